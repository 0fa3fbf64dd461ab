//! `packages.xml` and `package-restrictions.xml`, as text or in binary.
#![no_main]

use keepone::source::adb::settings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = settings::packages(bytes);
    let _ = settings::restrictions(bytes);
});
