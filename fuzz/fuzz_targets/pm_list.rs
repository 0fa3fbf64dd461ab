//! The output of `pm list packages` and `pm list users`.
#![no_main]

use keepone::source::adb::{listing, users};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    listing::parse(&text);
    users::parse(&text, &text);
});
