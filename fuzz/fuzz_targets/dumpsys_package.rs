//! The output of `dumpsys package`, or a bug report with it.
#![no_main]

use keepone::source::adb::dump;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    dump::parse(&text);
    if let Some(part) = dump::service(&text, "package") {
        dump::parse(part);
    }
});
