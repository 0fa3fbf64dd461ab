//! Any text is a dump of roles, or none that is whole.
#![no_main]

use keepone::enforce::adb::role::Roles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Roles::parse(&String::from_utf8_lossy(bytes)).is_whole();
});
