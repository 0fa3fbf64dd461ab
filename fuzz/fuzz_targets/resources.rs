//! A resource table, and every way to ask it. Run: `cargo +nightly fuzz run resources`.
#![no_main]

use keepone::source::apk::{locale::Locale, resources::Table};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(table) = Table::new(data) else { return };
    for id in [0x7f01_0000, 0x7f02_0001, 0x0101_0000] {
        let _ = (table.value(id), table.label(id, Locale::English), table.label(id, Locale::Chinese));
    }
    let _ = table.strings_named(&["config_defaultDialer"]);
});
