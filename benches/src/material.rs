//! Where real facts come from: the corpus, where `KEEPONE_CORPUS` names it, else the snapshots of real phones that are
//! committed with the project.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use keepone::source::apk::manifest::{NoResources, read as read_manifest};
use keepone::source::snapshot::Snapshot;
use keepone::source::{ReadOptions, Silent, load, read};

use crate::{files, floor, manifest};

/// Which facts are used.
#[derive(Clone, Debug)]
pub enum Material {
    /// The corpus in this folder.
    Corpus(PathBuf),
    /// These committed snapshots.
    Committed(Vec<PathBuf>),
}

impl Material {
    /// Finds what there is.
    ///
    /// # Errors
    /// When `KEEPONE_CORPUS` is not set and no snapshot is committed.
    pub fn find() -> io::Result<Self> {
        if let Some(corpus) = corpus() {
            return Ok(Self::Corpus(corpus));
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/devices");
        let mut found: Vec<PathBuf> = fs::read_dir(&folder)
            .map_err(|error| told(&error, &folder))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension() == Some(OsStr::new("json")))
            .collect();
        found.sort();
        if found.is_empty() {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "no snapshot of a phone under tests/data/devices; set KEEPONE_CORPUS to use the corpus",
            ));
        }
        Ok(Self::Committed(found))
    }

    /// Says in a few words what it is.
    pub fn words(&self) -> String {
        match self {
            Self::Corpus(_) => "the corpus".to_owned(),
            Self::Committed(files) => format!("{} committed snapshots", files.len()),
        }
    }

    /// Returns manifests as they lie in the APKs of the corpus, or written anew from the facts of snapshots; only such as
    /// `KeepOne` reads.
    ///
    /// # Errors
    /// When a folder or snapshot cannot be read.
    pub fn manifests(&self) -> io::Result<Vec<Vec<u8>>> {
        let mut manifests: Vec<Vec<u8>> = match self {
            Self::Corpus(corpus) => {
                files::apks(corpus)?.iter().filter_map(|path| floor::manifest_of(path).ok()).collect()
            }
            Self::Committed(_) => self
                .snapshots()?
                .iter()
                .flat_map(|snapshot| snapshot.packages.iter().map(manifest::manifest))
                .collect(),
        };
        manifests.retain(|data| read_manifest(data, &NoResources).is_ok());
        manifests.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        manifests.dedup();
        Ok(manifests)
    }

    /// Returns the facts of real phones.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn snapshots(&self) -> io::Result<Vec<Snapshot>> {
        let load = |path: &PathBuf| load::load(path).map_err(|error| told(&error, path));
        match self {
            Self::Committed(paths) => paths.iter().map(load).collect(),
            Self::Corpus(corpus) => trees(corpus),
        }
    }
}

/// Returns the folder that `KEEPONE_CORPUS` names; `None` when it is not set.
pub fn corpus() -> Option<PathBuf> {
    env::var_os("KEEPONE_CORPUS").filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Reads the firmware trees of the corpus that hold a phone's worth of packages.
fn trees(corpus: &Path) -> io::Result<Vec<Snapshot>> {
    const A_PHONE: usize = 100;
    let folder = corpus.join("firmware");
    let entries = fs::read_dir(&folder).map_err(|error| told(&error, &folder))?;
    let mut roots: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path().join("root"))).collect();
    roots.sort();
    // A device of which only the paths are known has no facts to read.
    let read_one = |root: &PathBuf| read(root, &ReadOptions::default(), &Silent).ok();
    let whole = |snapshot: &Snapshot| snapshot.packages.len() >= A_PHONE;
    let found: Vec<Snapshot> = roots.iter().filter_map(read_one).filter(whole).collect();
    if found.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("no phone under {}", folder.display())));
    }
    Ok(found)
}

fn told(error: &impl std::fmt::Display, path: &Path) -> io::Error {
    io::Error::other(format!("failed to read {}: {error}", path.display()))
}
