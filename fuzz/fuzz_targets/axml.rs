//! A binary manifest. Run: `cargo +nightly fuzz run axml`.
#![no_main]

use keepone::source::apk::manifest::{NoResources, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = read(data, &NoResources);
});
