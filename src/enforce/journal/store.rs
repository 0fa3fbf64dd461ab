//! Where the bytes of a journal lie: a file whose every append is durable before it returns, or memory in a test.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Bytes that only grow.
pub trait Store {
    /// Reads everything.
    ///
    /// # Errors
    /// When that fails.
    fn read(&mut self) -> io::Result<Vec<u8>>;

    /// Adds bytes at the end; when it returns they are durable.
    ///
    /// # Errors
    /// When that fails; some of the bytes may then stand at the end.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Takes off everything after the first `length` bytes.
    ///
    /// # Errors
    /// When that fails.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// The largest journal that is read, in bytes. Each change of a control takes about a kilobyte.
pub const LARGEST: u64 = 256 << 20;

/// Files that a run of this process works with.
static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
/// Told when one of them is free again.
static FREE: Condvar = Condvar::new();

/// How long a run waits for another that works with the same file.
const PATIENCE: Duration = Duration::from_secs(10);

/// A journal's file, held by one run at a time.
#[derive(Debug)]
pub struct FileStore {
    file: File,
    path: PathBuf,
    /// How long the file is: another length means that somebody else writes too.
    length: u64,
}

impl FileStore {
    /// Opens a file, or makes it; waits a while for another run that works with it. What makes it also makes its entry in
    /// the folder durable.
    ///
    /// # Errors
    /// When that fails; [`io::ErrorKind::ResourceBusy`] when another run of this process works with it,
    /// [`io::ErrorKind::FileTooLarge`] when it is larger than [`LARGEST`].
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::open_within(path, PATIENCE)
    }

    fn open_within(path: &Path, patience: Duration) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let busy = |open: &mut BTreeSet<PathBuf>| open.contains(&path);
        let waited = FREE.wait_timeout_while(open, patience, busy).unwrap_or_else(PoisonError::into_inner);
        let mut open = waited.0;
        if !open.insert(path.clone()) {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        drop(open);
        let opened = open_durably(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
        match opened {
            Ok((length, _)) if length > LARGEST => {
                release(&path);
                Err(io::ErrorKind::FileTooLarge.into())
            }
            Ok((length, file)) => Ok(Self { file, path, length }),
            Err(error) => {
                release(&path);
                Err(error)
            }
        }
    }
}

fn release(path: &Path) {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
    FREE.notify_all();
}

impl Drop for FileStore {
    fn drop(&mut self) {
        release(&self.path);
    }
}

fn open_durably(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let file = options.create(true).open(path)?;
            file.sync_all()?;
            sync_folder(path)?;
            Ok(file)
        }
        opened => opened,
    }
}

/// Makes the entries of a file's folder durable.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    // Only a POSIX system opens a folder as a file.
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

impl Store for FileStore {
    fn read(&mut self) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        (&mut self.file).take(LARGEST + 1).read_to_end(&mut bytes)?;
        self.length = bytes.len() as u64;
        Ok(bytes)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.file.metadata()?.len() != self.length {
            return Err(io::Error::other("another program wrote into the same file"));
        }
        self.file.write_all(bytes)?;
        self.file.sync_data()?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        self.file.sync_all()?;
        self.length = length;
        Ok(())
    }
}

/// Bytes in memory, for tests of what works with a journal.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore(pub Vec<u8>);

impl Store for MemoryStore {
    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.0.clone())
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_grows_is_cut_and_is_held_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.ndjson");
        let mut store = FileStore::open(&path).unwrap();
        let busy = FileStore::open_within(&path, Duration::from_millis(5)).unwrap_err();
        assert_eq!(busy.kind(), io::ErrorKind::ResourceBusy);
        store.append(b"one\n").unwrap();
        store.append(b"tw").unwrap();
        assert_eq!(store.read().unwrap(), b"one\ntw");
        store.cut(4).unwrap();
        store.append(b"two\n").unwrap();
        drop(store);
        assert_eq!(FileStore::open(&path).unwrap().read().unwrap(), b"one\ntwo\n");
    }

    #[test]
    fn many_runs_wait_for_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.ndjson");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| FileStore::open(&path).unwrap().append(b"one\n").unwrap());
            }
        });
        assert_eq!(FileStore::open(&path).unwrap().read().unwrap(), b"one\n".repeat(8));
    }

    #[test]
    fn a_second_writer_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.ndjson");
        let mut store = FileStore::open(&path).unwrap();
        store.append(b"one\n").unwrap();
        OpenOptions::new().append(true).open(&path).unwrap().write_all(b"stranger\n").unwrap();
        assert!(store.append(b"two\n").unwrap_err().to_string().contains("another program"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_and_holds_nothing() {
        let path = Path::new("/no/such/folder/journal.ndjson");
        assert_eq!(FileStore::open(path).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!(FileStore::open(path).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
