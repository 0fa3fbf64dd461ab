//! Any bytes are a list of what a device should have.
#![no_main]

use keepone::source::expected::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    parse(bytes, "list");
});
