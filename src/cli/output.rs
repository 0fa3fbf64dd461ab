//! Where a result goes: standard output, or a file that is there whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::error::{CommandError, Message, system_message};
use crate::language::Text;

const NOT_WRITTEN: Text = Text::new("failed to write {path}: {why}", "无法写入 {path}：{why}");
const STDOUT_NOT_WRITTEN: Text =
    Text::new("failed to write to standard output: {why}", "无法写入标准输出：{why}");
const CHOOSE_ANOTHER: Text = Text::new(
    "name a file in a folder that exists and that you may write to, or leave out -o",
    "请指定一个位于已有且可写目录中的文件，或省略 -o",
);

/// A place for a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// Standard output.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Output {
    /// Returns the place that `-o` names; `-` and nothing mean standard output.
    pub(crate) fn new(path: Option<&PathBuf>) -> Self {
        match path {
            Some(path) if path.as_os_str() != "-" => Self::File(path.clone()),
            _ => Self::Standard,
        }
    }

    /// Writes the whole result. A reader of standard output that has gone away has read enough: that is no error.
    ///
    /// # Errors
    /// When the file or the stream could not be written; the file is then as it was before.
    pub(crate) fn write(&self, result: &str) -> Result<(), CommandError> {
        match self {
            Self::Standard => write_to_standard(result),
            Self::File(path) => write_whole(path, result).map_err(|error| {
                let path = path.to_string_lossy();
                let message =
                    Message::new(NOT_WRITTEN).with("path", &path).with_message("why", system_message(&error));
                CommandError::output(message).hint(Message::new(CHOOSE_ANOTHER))
            }),
        }
    }
}

fn write_to_standard(result: &str) -> Result<(), CommandError> {
    let mut stream = io::stdout().lock();
    match stream.write_all(result.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::output(
            Message::new(STDOUT_NOT_WRITTEN).with_message("why", system_message(&error)),
        )),
        _ => Ok(()),
    }
}

/// Writes beside `path` first and renames, so that a reader never sees half a result.
fn write_whole(path: &Path, result: &str) -> io::Result<()> {
    if !path.exists() || path.is_file() {
        return write_beside(path, result);
    }
    if path.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // A device or a pipe cannot be renamed onto without ceasing to be one.
    fs::write(path, result)
}

fn write_beside(path: &Path, result: &str) -> io::Result<()> {
    // A link keeps pointing where it points; its target is what is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", std::process::id()));
    let beside = target.with_file_name(beside);
    let written = fs::File::create_new(&beside).and_then(|mut file| {
        file.write_all(result.as_bytes())?;
        file.sync_all()?;
        if let Ok(before) = fs::metadata(&target) {
            file.set_permissions(before.permissions())?;
        }
        fs::rename(&beside, &target)
    });
    if written.is_err() {
        // The error that matters is the first one; what is left behind is named after it.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        Output::File(path.clone()).write("one").ok().unwrap();
        Output::File(path.clone()).write("two").ok().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_not_written_to() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Output::File(folder.path().to_owned()).write("x").is_err());
        assert!(Output::File(folder.path().join("absent/x")).write("x").is_err());
    }

    #[test]
    fn a_dash_is_standard_output() {
        assert_eq!(Output::new(Some(&PathBuf::from("-"))), Output::Standard);
        assert_eq!(Output::new(None), Output::Standard);
    }
}
