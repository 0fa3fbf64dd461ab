//! The other answers of a device: `getprop`, `dumpsys role`, `dumpsys device_policy`, `cmd package query-…`.
#![no_main]

use keepone::source::adb::{getprop, policy, probe, role};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    getprop::parse(&text);
    policy::parse(&text);
    probe::parse(&text);
    role::parse(&text);
});
