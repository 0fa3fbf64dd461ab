//! A phone filled from each tree, read through real adb, is judged as the tree is.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::devices;
use crate::lab::{Lab, Phone, differences, judged};

#[test]
fn a_phone_of_each_tree_is_judged_over_adb_as_the_tree_is() {
    let devices = devices();
    let (next, differing) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(device) = devices.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let tree = device.join("root");
                    let tree = tree.to_str().unwrap();
                    let lab = Lab::new();
                    let phone = Phone::of(tree).with(&["--root"]).start();
                    lab.connect(&phone);
                    let over_adb = lab.keepone(&["audit", &phone.source(), "--format", "json"]);
                    let of_tree = lab.keepone(&["audit", tree, "--format", "json"]);
                    assert_eq!(phone.streams().len(), 1, "{tree}: one stream for the whole read");
                    let found = differences(&judged(&over_adb), &judged(&of_tree));
                    if !found.is_empty() {
                        let some = found.iter().take(12).cloned().collect::<Vec<_>>().join("\n  ");
                        differing
                            .lock()
                            .unwrap()
                            .push(format!("{tree}: {} differences\n  {some}", found.len()));
                    }
                }
            });
        }
    });
    let differing = differing.into_inner().unwrap();
    println!("{} trees, {} differ", devices.len(), differing.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}
