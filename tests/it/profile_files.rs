//! Profile files written by hand: each of `valid` loads clean; each of `invalid` is named for what it shows and has
//! its message in both languages beside it. `KEEPONE_UPDATE=1` writes the messages anew; read what changed.

use std::fs;
use std::path::{Path, PathBuf};

use keepone::cli::mistakes::render;
use keepone::language::Language;
use keepone::profile::{self, LayerFile, LayerName, Mistakes, Profile, ProfileFile};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/profiles").join(folder);
    let entries = fs::read_dir(&folder).expect("the folder of profile files");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a folder entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file name").to_string_lossy().into_owned()
}

/// Reads a file and puts it to use: over what it extends, or as a layer of the firmware where it extends nothing.
fn load(path: &Path) -> Result<Profile, Mistakes> {
    let file = profile::parse_bytes(&name(path), &fs::read(path).expect("the profile file"))?;
    if file.id().is_some() || file.extends().is_some() {
        return profile::select(&file, &[]);
    }
    profile::resolve(&default(), &[LayerFile { layer: LayerName::Product, file }])
}

fn default() -> ProfileFile {
    profile::built_in_file(profile::DEFAULT_ID).expect("the default profile")
}

#[test]
fn valid_files_load_clean() {
    let files = files("valid");
    assert!(files.len() >= 6);
    for path in files {
        if let Err(mistakes) = load(&path) {
            panic!("{}", render(&mistakes, Language::English, false));
        }
    }
}

#[test]
fn invalid_files_show_their_messages() {
    let update = std::env::var_os("KEEPONE_UPDATE").is_some_and(|value| value == "1");
    let files = files("invalid");
    assert!(files.len() >= 30);
    let mut stale = Vec::new();
    for path in files {
        let mistakes = load(&path).expect_err(&name(&path));
        for language in [Language::English, Language::Chinese] {
            let shown = render(&mistakes, language, false);
            let snapshot = path.with_extension(format!("{}.txt", language.tag()));
            if update {
                fs::write(&snapshot, &shown).expect("a snapshot to be written");
            } else if fs::read_to_string(&snapshot).ok().as_deref() != Some(&shown) {
                stale.push(format!("{} should be:\n{shown}", snapshot.display()));
            }
        }
    }
    assert!(stale.is_empty(), "{}\nKEEPONE_UPDATE=1 writes them anew", stale.join("\n"));
}

#[test]
fn no_message_stands_without_its_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/profiles/invalid");
    for entry in fs::read_dir(folder).expect("the folder of invalid files") {
        let path = entry.expect("a folder entry").path();
        let stem = name(&path).split('.').next().unwrap_or_default().to_owned();
        assert!(path.with_file_name(format!("{stem}.toml")).exists(), "{}", path.display());
    }
}

#[test]
fn a_file_with_five_mistakes_shows_five() {
    let path = files("invalid").into_iter().find(|path| name(path) == "five-mistakes.toml").unwrap();
    let mistakes = load(&path).unwrap_err();
    let codes: Vec<_> = mistakes.iter().map(|mistake| (mistake.line, mistake.code())).collect();
    assert_eq!(
        codes,
        [
            (3, "unknown-profile"),
            (6, "unknown-group"),
            (10, "unknown-key"),
            (14, "bad-date"),
            (16, "missing-key"),
        ]
    );
}
