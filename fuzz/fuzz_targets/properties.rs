//! Any bytes are a property file.
#![no_main]

use keepone::source::tree::properties::{device, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    device(&[parse(bytes, "/system/build.prop"), parse(bytes, "/product/etc/build.prop")]);
});
