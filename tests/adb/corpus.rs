//! A phone filled from each firmware tree of the corpus gets the verdict of the tree. Reads the folder named by
//! `KEEPONE_CORPUS`.

use std::path::PathBuf;

use keepone::source::{ReadOptions, Silent, read};

use crate::lab::{Lab, Phone};
use crate::reading::{as_root, json, same_but_for_the_source, snapshot, source, unread};

/// The firmware trees that can be read.
fn trees() -> Vec<PathBuf> {
    let corpus =
        std::env::var_os("KEEPONE_CORPUS").expect("KEEPONE_CORPUS must name the folder with the corpus");
    let entries = std::fs::read_dir(PathBuf::from(corpus).join("firmware")).unwrap();
    let mut trees: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path().join("root")).collect();
    trees.retain(|tree| tree.is_dir() && read(tree, &ReadOptions::default(), &Silent).is_ok());
    trees.sort();
    assert!(trees.len() > 40, "{}", trees.len());
    trees
}

#[test]
fn a_phone_filled_from_each_tree_gets_the_verdict_of_the_tree() {
    for tree in trees() {
        let lab = Lab::new();
        let phone = Phone::of(tree.to_str().unwrap()).with(&["--user", "10:work"]).start();
        lab.connect(&phone);
        as_root(&phone, &[0, 10]);
        let of_tree = json(&lab, &["audit", tree.to_str().unwrap(), "--format", "json"], &[0, 1, 2]);
        let of_phone = json(&lab, &["audit", &source(&phone), "--user", "0", "--format", "json"], &[0, 1, 2]);
        println!("{}", tree.display());
        same_but_for_the_source(of_tree, of_phone);
        let shells = phone.streams().into_iter().filter(|service| service.starts_with("shell"));
        assert_eq!(shells.count(), 1, "{}", tree.display());
    }
}

#[test]
fn the_work_profile_of_each_phone_has_states_of_its_own() {
    for tree in trees() {
        let lab = Lab::new();
        let phone = Phone::of(tree.to_str().unwrap()).with(&["--user", "10:work"]).start();
        lab.connect(&phone);
        as_root(&phone, &[0, 10]);
        let before = snapshot(&lab, &phone);
        let name = before["packages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|package| package["name"].as_str().unwrap())
            .find(|name| *name != "android")
            .unwrap();
        lab.shell(&phone, &format!("pm uninstall --user 10 {name}"));
        let after = snapshot(&lab, &phone);
        assert_eq!(unread(&after), unread(&before), "{}", tree.display());
        let packages = after["packages"].as_array().unwrap().iter().filter(|package| package["name"] == name);
        for package in packages {
            let installed: Vec<bool> = package["states"]
                .as_array()
                .unwrap()
                .iter()
                .map(|state| state["installed"].as_bool().unwrap())
                .collect();
            assert_eq!(installed, [true, false], "{}: {name}", tree.display());
        }
    }
}
