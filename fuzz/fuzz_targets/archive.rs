//! A whole APK: zip archive, manifest, resources, signatures. Run: `cargo +nightly fuzz run archive`.
#![no_main]

use keepone::source::apk::{Wanted, read_from};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = read_from(data, data.len() as u64, Wanted { labels: true, digest: false, signers: true });
});
