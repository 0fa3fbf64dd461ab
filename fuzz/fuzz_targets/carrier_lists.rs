//! Any text is a list of the platform's, or an empty one.
#![no_main]

use keepone::enforce::Part;
use keepone::enforce::adb::{lists, size};
use keepone::package::PackageName;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let package = PackageName::new("a.b").expect("a name");
    let _ = (lists::doze_exempt(&text), lists::components(&text));
    let _ = (size::of_disk(&text, &package, Part::Data), size::of_package(&text, Part::Cache));
});
