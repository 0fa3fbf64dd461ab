//! A signer block and a signature file. Run: `cargo +nightly fuzz run signer`.
#![no_main]

use keepone::source::apk::signer::{of_scheme, of_signature_file};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = (of_scheme(data), of_signature_file(data));
});
