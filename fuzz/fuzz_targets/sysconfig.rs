//! Any bytes are a configuration file, or a reason why not.
#![no_main]

use keepone::source::tree::sysconfig::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    parse(bytes, "/system/etc/sysconfig/x.xml");
});
