//! Any text is a dump of what apps did, or tells of nothing.
#![no_main]

use keepone::record::Moment;
use keepone::record::dump::{Clock, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let now = Moment::from_milliseconds(1_700_000_000_000).expect("a moment");
    let _ = parse(&String::from_utf8_lossy(bytes), Clock { now, ahead: 3_600_000 });
});
