//! A library as `readelf` sees it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rawzip::ZipArchive;

use crate::build::{built, output, text};

/// Every ABI the APK holds a library for, with the target of Rust that it was built for.
pub(crate) const ABIS: [(&str, &str); 2] =
    [("arm64-v8a", "aarch64-linux-android"), ("x86_64", "x86_64-linux-android")];

/// The library of one ABI, taken out of the APK.
pub(crate) fn library(abi: &str) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        for (abi, _) in ABIS {
            std::fs::write(folder.path().join(abi), entry(&built().apk, &format!("lib/{abi}/libkeepone.so")))
                .unwrap();
        }
        folder
    });
    folder.path().join(abi)
}

/// The bytes of a stored entry.
fn entry(apk: &Path, name: &str) -> Vec<u8> {
    let archive = ZipArchive::from_slice(std::fs::read(apk).unwrap()).unwrap();
    let mut entries = archive.entries();
    while let Some(record) = entries.next_entry().unwrap() {
        if record.file_path().as_bytes() == name.as_bytes() {
            return archive.get_entry(record.wayfinder()).unwrap().data().to_vec();
        }
    }
    panic!("{} holds no {name}", apk.display());
}

/// A symbol of the dynamic table.
#[derive(Debug)]
pub(crate) struct Symbol {
    pub(crate) name: String,
    pub(crate) defined: bool,
    pub(crate) weak: bool,
}

/// The dynamic symbols.
pub(crate) fn symbols(file: &Path) -> Vec<Symbol> {
    // Num: Value Size Type Bind Vis Ndx Name
    let said = output("readelf", &["--dyn-syms", "--wide", text(file)]);
    let rows = said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let symbols = rows.filter(|row| row.len() >= 8 && row[0].trim_end_matches(':').parse::<u32>().is_ok());
    let symbols = symbols.map(|row| Symbol {
        name: row[7].split('@').next().unwrap().to_owned(),
        defined: row[6] != "UND",
        weak: row[4] == "WEAK",
    });
    symbols.collect()
}

/// The libraries that it asks for.
pub(crate) fn needed(file: &Path) -> Vec<String> {
    let said = output("readelf", &["--dynamic", "--wide", text(file)]);
    let libraries = said.lines().filter(|line| line.contains("(NEEDED)"));
    libraries.map(|line| line.split(['[', ']']).nth(1).unwrap().to_owned()).collect()
}

/// The alignment of every segment that is loaded.
pub(crate) fn load_alignments(file: &Path) -> Vec<u64> {
    let said = output("readelf", &["--segments", "--wide", text(file)]);
    let loads = said.lines().filter(|line| line.trim_start().starts_with("LOAD "));
    let alignments =
        loads.map(|line| line.split_whitespace().last().unwrap().trim_start_matches("0x").to_owned());
    alignments.map(|hexadecimal| u64::from_str_radix(&hexadecimal, 16).unwrap()).collect()
}

/// The names of the sections.
pub(crate) fn sections(file: &Path) -> Vec<String> {
    let said = output("readelf", &["--sections", "--wide", text(file)]);
    let names =
        said.lines().filter_map(|line| line.split(']').nth(1)?.split_whitespace().next().map(str::to_owned));
    names.collect()
}
