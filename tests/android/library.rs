//! `libkeepone.so` as a phone would load it.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::root;
use crate::elf::{ABIS, library, load_alignments, needed, sections, symbols};

/// The most that the library for phones may take in an image: where it stands, so that it does not grow unnoticed. The goal is
/// 700 KiB; a quarter of the code reads JSON and TOML into types, a fifth of the file is tables for unwinding.
const LIMIT: u64 = 2740 * 1024;

/// What the linker was allowed: the symbols of Android 8.0, by library.
fn bionic() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join("android/toolchain/bionic-26.txt")).unwrap();
    let mut libraries: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (library, symbol) = (words.next().unwrap(), words.next().unwrap());
        let fresh = libraries.entry(format!("{library}.so")).or_default().insert(symbol.to_owned());
        assert!(fresh, "{line} stands there twice");
    }
    libraries
}

#[test]
fn it_asks_for_nothing_that_android_8_lacks() {
    let bionic = bionic();
    for (abi, _) in ABIS {
        let library = library(abi);
        let needed = needed(&library);
        assert!(needed.contains(&"libc.so".to_owned()), "{abi}: {needed:?}");
        let offered: BTreeSet<&String> = needed.iter().flat_map(|name| &bionic[name]).collect();
        // A weak symbol may be missing: Rust's standard library takes another way then.
        let wanted = symbols(&library).into_iter().filter(|symbol| !symbol.defined && !symbol.weak);
        let wanted: Vec<String> = wanted.map(|symbol| symbol.name).collect();
        assert!(wanted.iter().any(|name| name == "malloc"), "{abi}: {wanted:?}");
        let missing: Vec<&String> = wanted.iter().filter(|name| !offered.contains(name)).collect();
        assert!(missing.is_empty(), "{abi} wants {missing:?}");
    }
}

#[test]
fn its_segments_fit_pages_of_16_kb() {
    for (abi, _) in ABIS {
        let alignments = load_alignments(&library(abi));
        assert!(alignments.len() >= 2, "{abi}: {alignments:?}");
        assert!(alignments.iter().all(|alignment| *alignment >= 0x4000), "{abi}: {alignments:?}");
    }
}

#[test]
fn it_is_small_and_stripped() {
    for (abi, _) in ABIS {
        let sections = sections(&library(abi));
        assert!(sections.iter().any(|name| name == ".text"), "{abi}: {sections:?}");
        let left = sections.iter().any(|name| name == ".symtab" || name.starts_with(".debug"));
        assert!(!left, "{abi} is not stripped: {sections:?}");
    }
    let size = std::fs::metadata(library("arm64-v8a")).unwrap().len();
    assert!(size <= LIMIT, "{size} bytes, {LIMIT} are allowed");
}

/// With another panic strategy, a mistake of ours would end the process that we are a guest in.
#[test]
fn it_can_unwind() {
    for (abi, _) in ABIS {
        let sections = sections(&library(abi));
        for section in [".eh_frame_hdr", ".gcc_except_table"] {
            assert!(sections.iter().any(|name| name == section), "{abi}: {sections:?}");
        }
    }
}

/// The method of an exported name: what stands before the mangled signature (JNI specification, "Resolving native method names").
fn method(exported: &str) -> Option<&str> {
    Some(exported.strip_prefix("Java_org_keepone_engine_Native_")?.split("__").next().unwrap_or_default())
}

#[test]
fn it_exports_every_native_method_of_the_app_and_no_other() {
    let java = root().join("android/app/src/main/java/org/keepone/engine/Native.java");
    let java = std::fs::read_to_string(java).unwrap();
    let names = java.split("static native ").skip(1).map(|rest| rest.split('(').next().unwrap());
    let declared: BTreeSet<&str> = names.map(|name| name.split_whitespace().last().unwrap()).collect();
    assert!(declared.contains("judge"), "{declared:?}");
    for (abi, _) in ABIS {
        let symbols = symbols(&library(abi));
        let exported = symbols.iter().filter(|symbol| symbol.defined && symbol.name.starts_with("Java_"));
        let exported: BTreeSet<&str> =
            exported.map(|symbol| method(&symbol.name).unwrap_or(&symbol.name)).collect();
        assert_eq!(exported, declared, "{abi}");
    }
}
