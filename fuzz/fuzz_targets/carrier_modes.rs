//! Any text is the modes of app-ops, or none.
#![no_main]

use keepone::enforce::adb::ops::Modes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let modes = Modes::parse(&String::from_utf8_lossy(bytes));
    let _ = modes.set();
});
