//! Any bytes are a maker's list, or a reason why not, in every format that lists have.
#![no_main]

use keepone::maker::Conventions;
use keepone::maker::list::parse_list;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for list in Conventions::built_in().lists() {
        let _ = parse_list(list, "/system/etc/list", bytes);
    }
});
