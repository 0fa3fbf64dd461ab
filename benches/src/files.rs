//! The APKs of the corpus: every `*.apk` under `firmware` and `apps`, sorted by path.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Returns the APKs of the corpus at `corpus`, sorted by path.
///
/// # Errors
/// When a folder cannot be read, or there is no APK in it.
pub fn apks(corpus: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in ["firmware", "apps"] {
        collect(&corpus.join(folder), &mut found)?;
    }
    found.sort();
    if found.is_empty() {
        let message = format!("no APK under {}", corpus.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    Ok(found)
}

/// Adds the APKs under `folder`; links are not followed.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| {
        io::Error::new(error.kind(), format!("failed to read folder {}: {error}", folder.display()))
    })?;
    for entry in entries {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            collect(&path, found)?;
        } else if kind.is_file() && path.extension() == Some(OsStr::new("apk")) {
            found.push(path);
        }
    }
    Ok(())
}
