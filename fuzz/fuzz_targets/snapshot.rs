//! Any bytes are a snapshot that survives being kept, or an error.
#![no_main]

use std::path::Path;

use keepone::source::load::{from_slice, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(snapshot) = from_slice(bytes, Path::new("x.json")) {
        let mut kept = Vec::new();
        write(&snapshot, &mut kept).expect("memory takes everything");
        assert_eq!(from_slice(&kept, Path::new("x.json")).expect("what was written is read"), snapshot);
    }
});
