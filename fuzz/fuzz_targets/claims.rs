//! Any bytes are a maker's claims, or a reason why not.
#![no_main]

use keepone::source::tree::claims::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = parse(bytes, "/product/etc/keepone/functions.toml");
});
