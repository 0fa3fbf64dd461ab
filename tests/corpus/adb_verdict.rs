//! A phone filled from each tree, read through real adb, is judged as the tree is; its work profile has states of its own.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use keepone::source::{ReadOptions, Silent, read};
use serde_json::Value;

use crate::devices;
use crate::lab::{Lab, Phone, differences, judged};

/// The trees that are sources; of a few phones only the paths are there.
fn trees() -> Vec<PathBuf> {
    let mut trees: Vec<PathBuf> = devices().iter().map(|device| device.join("root")).collect();
    trees.retain(|tree| read(tree, &ReadOptions::default(), &Silent).is_ok());
    assert!(trees.len() > 40, "{}", trees.len());
    trees
}

/// Tries something on a phone of each tree, two at a time; it returns what is wrong.
fn on_each(words: &[&str], wrong: impl Fn(&Lab, &Phone, &str) -> Vec<String> + Sync) {
    let trees = trees();
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(tree) = trees.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let tree = tree.to_str().unwrap();
                    let lab = Lab::new();
                    let phone = Phone::of(tree).with(&["--root"]).with(words).start();
                    lab.connect(&phone);
                    let found = wrong(&lab, &phone, tree);
                    if !found.is_empty() {
                        let some: Vec<&str> = found.iter().take(12).map(String::as_str).collect();
                        let told = format!("{tree}: {} differences\n  {}", found.len(), some.join("\n  "));
                        failures.lock().unwrap().push(told);
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    println!("{} trees, {} with differences", trees.len(), failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_phone_of_each_tree_is_judged_over_adb_as_the_tree_is() {
    on_each(&[], |lab, phone, tree| {
        let over_adb = lab.keepone(&["audit", &phone.source(), "--format", "json"]);
        let of_tree = lab.keepone(&["audit", tree, "--format", "json"]);
        let mut found = differences(&judged(&over_adb), &judged(&of_tree));
        if phone.streams().len() != 1 {
            found.push(format!("{} streams for one read", phone.streams().len()));
        }
        found
    });
}

#[test]
fn the_work_profile_of_each_phone_has_states_of_its_own() {
    on_each(&["--user", "10:work"], |lab, phone, _| {
        let listed = lab.shell(phone, "pm list packages --user 10").stdout;
        let names: Vec<&str> = listed.lines().filter_map(|line| line.strip_prefix("package:")).collect();
        let name = *names.iter().find(|name| **name != "android").unwrap();
        let removed = lab.shell(phone, &format!("pm uninstall --user 10 {name}"));
        let read = lab.keepone(&["snapshot", &phone.source()]);
        let read: Value = serde_json::from_str(&read.stdout).unwrap_or_else(|_| panic!("{read:?}"));
        let packages = read["packages"].as_array().unwrap().iter().filter(|package| package["name"] == name);
        let installed: Vec<&Value> =
            packages.flat_map(|package| package["states"].as_array().unwrap()).collect();
        let stands = |user: u64, on: bool| {
            installed.iter().any(|state| state["user"] == user && state["installed"] == on)
        };
        let holds = removed.status == 0 && stands(0, true) && stands(10, false);
        if holds { Vec::new() } else { vec![format!("{name}: {installed:?}")] }
    });
}
