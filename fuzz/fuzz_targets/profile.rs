//! Any bytes are a profile file or mistakes that can be shown.
#![no_main]

use keepone::cli::mistakes::render;
use keepone::language::Language;
use keepone::profile::{parse_bytes, select};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(mistakes) = parse_bytes("file.toml", bytes).and_then(|file| select(&file, &[])) {
        assert!(mistakes.iter().all(|mistake| mistake.span.end <= mistakes.text_of(&mistake.file).len()));
        assert!(!render(&mistakes, Language::Chinese, false).is_empty());
    }
});
