//! Any bytes are a preferred-apps file, or a reason why not.
#![no_main]

use keepone::source::tree::preferred::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    parse(bytes, "/system/etc/preferred-apps/x.xml");
});
