//! Any text is a dump of one package, or says nothing about it.
#![no_main]

use keepone::enforce::adb::package::parse;
use keepone::package::PackageName;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let package = PackageName::new("a.b").expect("a name");
    let _ = parse(&String::from_utf8_lossy(bytes), &package);
});
