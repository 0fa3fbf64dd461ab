//! The other answers of a device: `getprop`, `dumpsys role`, `dumpsys device_policy`, `cmd package query-…`.
#![no_main]

use keepone::source::adb::role::Roles;
use keepone::source::adb::{getprop, policy, probe};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    getprop::parse(&text);
    policy::parse(&text);
    probe::parse(&text);
    let _ = Roles::parse(&text).is_whole();
});
