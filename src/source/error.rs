//! Why a source as a whole could not be read. What could not be read inside a source is no error but an
//! [`crate::source::unread::Unread`] entry.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::escape::shown;
use crate::language::{Language, Localized, Text};
use crate::source::snapshot::SourceKind;
use crate::source::unread::UnreadReason;

/// Why a source could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has this path.
    #[error("{} does not exist", Shown(path))]
    NotFound {
        /// The path as given.
        path: PathBuf,
    },
    /// The system refused to read it.
    #[error("failed to read {}", Shown(path))]
    Io {
        /// The path as given.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// A folder with nothing in it.
    #[error("the folder {} is empty", Shown(path))]
    EmptyFolder {
        /// The path as given.
        path: PathBuf,
    },
    /// A folder in which no APK lies.
    #[error("no APK lies under {} ({files} files were seen)", Shown(path))]
    NoApk {
        /// The path as given.
        path: PathBuf,
        /// How many files were seen.
        files: usize,
    },
    /// A folder where a file is needed, or a file where a folder is needed.
    #[error("{} is no {}", Shown(path), kind_name(*kind).get(Language::English))]
    WrongKind {
        /// The path as given.
        path: PathBuf,
        /// The kind of source it was to be read as.
        kind: SourceKind,
    },
    /// A file larger than what is read.
    #[error("{} holds {size} bytes, more than the {limit} bytes that are read", Shown(path))]
    TooLarge {
        /// The path as given.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A snapshot that is broken.
    #[error("{} is no valid snapshot: line {line}, column {column}: {problem}", Shown(path))]
    BrokenSnapshot {
        /// The path as given.
        path: PathBuf,
        /// Line of the fault, counted from 1.
        line: usize,
        /// Column of the fault, counted from 1.
        column: usize,
        /// What is wrong there, in English.
        problem: String,
    },
    /// A snapshot of a later version of the program.
    #[error("{} has schema version {version}, this program reads versions up to {supported}", Shown(path))]
    NewerSnapshot {
        /// The path as given.
        path: PathBuf,
        /// The version it states.
        version: u64,
        /// The newest version that is read.
        supported: u32,
    },
    /// A list of what to expect that names nothing.
    #[error("the list {} names no package and no path", Shown(path))]
    NothingExpected {
        /// The path as given.
        path: PathBuf,
    },
    /// Something saved of a phone that says nothing of packages.
    #[error("{} tells of no package{}", Shown(path), reason.as_ref().map(|reason| format!(": {}", reason.localized(Language::English))).unwrap_or_default())]
    NoPackages {
        /// The path as given.
        path: PathBuf,
        /// Why, where that is known.
        reason: Option<UnreadReason>,
    },
    /// A device that could not be talked to.
    #[cfg(feature = "cli")]
    #[error(transparent)]
    Device(#[from] crate::adb::Error),
    /// A source that this program does not read.
    #[error("{} is {}, which is not read", Shown(path), what.name().get(Language::English))]
    Unsupported {
        /// The path as given.
        path: PathBuf,
        /// What it is.
        what: Foreign,
    },
}

/// A source that is recognised and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// `adb:` and a serial.
    Adb,
    /// The device the library runs on.
    Device,
    /// A file system or partition image, an OTA package or payload.
    Image,
    /// A bundle of APKs (`.apks`, `.xapk`, `.apkm`).
    Bundle,
    /// A file of no known kind.
    File,
    /// A pipe, socket or device node.
    Special,
}

/// How a caller should treat an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// It is not there or may not be read.
    Unavailable,
    /// It is there and broken, or holds nothing to judge.
    Malformed,
    /// It is sound and this program does not read it.
    Unsupported,
}

impl Error {
    /// Returns how a caller should treat this.
    pub const fn family(&self) -> Family {
        match self {
            Self::NotFound { .. } | Self::Io { .. } => Family::Unavailable,
            #[cfg(feature = "cli")]
            Self::Device(_) => Family::Unavailable,
            Self::EmptyFolder { .. }
            | Self::NoApk { .. }
            | Self::BrokenSnapshot { .. }
            | Self::NoPackages { .. }
            | Self::NothingExpected { .. } => Family::Malformed,
            Self::WrongKind { .. }
            | Self::TooLarge { .. }
            | Self::NewerSnapshot { .. }
            | Self::Unsupported { .. } => Family::Unsupported,
        }
    }

    /// Returns what to do next.
    pub const fn hint(&self) -> Text {
        match self {
            Self::NotFound { .. } => Text::new(
                "give a folder with an unpacked firmware, an APK, a snapshot made by 'keepone snapshot', or adb:SERIAL",
                "请给出已解包固件的目录、一个 APK、由 'keepone snapshot' 生成的快照，或 adb:序列号",
            ),
            Self::Io { .. } => Text::new("check that you may read it", "请检查您是否有读取权限"),
            Self::EmptyFolder { .. } | Self::NoApk { .. } => Text::new(
                "a firmware root holds folders such as system/app, system/priv-app, system/system/app, product/app or \
                 vendor/app with APKs in them",
                "固件根目录应包含 system/app、system/priv-app、system/system/app、product/app 或 vendor/app 等存放 APK 的目录",
            ),
            Self::WrongKind { .. } => {
                Text::new("leave the source kind out to have it detected", "不指定来源类型即可自动识别")
            }
            Self::TooLarge { .. } => Text::new(
                "a snapshot of a phone holds a few megabytes; check that this is one",
                "手机快照一般只有几兆字节，请确认该文件是否为快照",
            ),
            Self::BrokenSnapshot { .. } => Text::new(
                "make it again with 'keepone snapshot SOURCE -o FILE.json'",
                "请用 'keepone snapshot 来源 -o 文件.json' 重新生成",
            ),
            Self::NewerSnapshot { .. } => Text::new(
                "read it with the version of keepone that wrote it",
                "请使用生成该快照的 keepone 版本读取",
            ),
            Self::NothingExpected { .. } => Text::new(
                "give one package name or path a line, as 'pm list packages -f' prints them",
                "请每行写一个包名或路径，如 'pm list packages -f' 的输出",
            ),
            Self::NoPackages { .. } => Text::new(
                "save the whole output of 'dumpsys package -f', or take a bug report",
                "请保存 'dumpsys package -f' 的完整输出，或生成错误报告",
            ),
            #[cfg(feature = "cli")]
            Self::Device(error) => error.hint(),
            Self::Unsupported { what, .. } => what.hint(),
        }
    }
}

impl Foreign {
    const fn name(self) -> Text {
        match self {
            Self::Adb => Text::new("a device seen through adb", "通过 adb 连接的设备"),
            Self::Device => Text::new("the device the library runs on", "本库所在的设备"),
            Self::Image => Text::new("an image or an OTA package", "镜像或 OTA 包"),
            Self::Bundle => Text::new("a bundle of APKs", "APK 合集包"),
            Self::File => Text::new("a file of no known kind", "未知类型的文件"),
            Self::Special => Text::new("a pipe, socket or device node", "管道、套接字或设备节点"),
        }
    }

    const fn hint(self) -> Text {
        match self {
            Self::Adb => Text::new(
                "this build of the library does not read devices; the command line does",
                "此版本的库不读取设备，请使用命令行程序",
            ),
            Self::Device => Text::new(
                "facts of the running device come through the Android library",
                "运行中设备的事实由 Android 库提供",
            ),
            Self::Image => Text::new("unpack it first and give the folder", "请先解包，然后给出目录"),
            Self::Bundle => Text::new(
                "unpack it first and give the folder or its base APK",
                "请先解包，然后给出目录或其中的基础 APK",
            ),
            Self::File | Self::Special => Text::new(
                "expected is a folder, a file that ends in .apk, a snapshot that ends in .json, saved output of 'dumpsys \
                 package', or adb:SERIAL; --source-kind overrides",
                "应为目录、以 .apk 结尾的文件、以 .json 结尾的快照、'dumpsys package' 输出的存档或 adb:序列号；可用 --source-kind 指定",
            ),
        }
    }
}

impl Localized for Error {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::NotFound { path } => {
                Text::new("{path} does not exist", "{path} 不存在").fill(language, &[("path", &Shown(path))])
            }
            Self::Io { path, source } => {
                Text::new("failed to read {path}: {source}", "读取 {path} 失败：{source}")
                    .fill(language, &[("path", &Shown(path)), ("source", source)])
            }
            Self::EmptyFolder { path } => Text::new("the folder {path} is empty", "目录 {path} 是空的")
                .fill(language, &[("path", &Shown(path))]),
            Self::NoApk { path, files } => Text::new(
                "no APK lies under {path} ({files} files were seen)",
                "{path} 下没有任何 APK（共见到 {files} 个文件）",
            )
            .fill(language, &[("path", &Shown(path)), ("files", files)]),
            Self::WrongKind { path, kind } => Text::new("{path} is no {kind}", "{path} 不是{kind}")
                .fill(language, &[("path", &Shown(path)), ("kind", &kind_name(*kind).get(language))]),
            Self::TooLarge { path, size, limit } => Text::new(
                "{path} holds {size} bytes, more than the {limit} bytes that are read",
                "{path} 有 {size} 字节，超过读取上限 {limit} 字节",
            )
            .fill(language, &[("path", &Shown(path)), ("size", size), ("limit", limit)]),
            Self::BrokenSnapshot { path, line, column, problem } => Text::new(
                "{path} is no valid snapshot: line {line}, column {column}: {problem}",
                "{path} 不是有效的快照：第 {line} 行第 {column} 列：{problem}",
            )
            .fill(
                language,
                &[("path", &Shown(path)), ("line", line), ("column", column), ("problem", problem)],
            ),
            Self::NewerSnapshot { path, version, supported } => Text::new(
                "{path} has schema version {version}, this program reads versions up to {supported}",
                "{path} 的格式版本为 {version}，本程序最高支持版本 {supported}",
            )
            .fill(language, &[("path", &Shown(path)), ("version", version), ("supported", supported)]),
            Self::NothingExpected { path } => {
                Text::new("the list {path} names no package and no path", "清单 {path} 中没有任何包名或路径")
                    .fill(language, &[("path", &Shown(path))])
            }
            Self::NoPackages { path, reason: Some(reason) } => {
                Text::new("{path} tells of no package: {reason}", "{path} 中没有任何应用包信息：{reason}")
                    .fill(
                        language,
                        &[("path", &Shown(path)), ("reason", &shown(&reason.localized(language)))],
                    )
            }
            Self::NoPackages { path, reason: None } => {
                Text::new("{path} tells of no package", "{path} 中没有任何应用包信息")
                    .fill(language, &[("path", &Shown(path))])
            }
            #[cfg(feature = "cli")]
            Self::Device(error) => error.localized(language),
            Self::Unsupported { path, what } => {
                Text::new("{path} is {what}, which is not read", "{path} 是{what}，无法读取")
                    .fill(language, &[("path", &Shown(path)), ("what", &what.name().get(language))])
            }
        }
    }
}

/// What a kind of source is called in a message.
const fn kind_name(kind: SourceKind) -> Text {
    match kind {
        SourceKind::Tree => Text::new("folder with an unpacked firmware", "已解包固件的目录"),
        SourceKind::Apk => Text::new("APK file", "APK 文件"),
        SourceKind::Snapshot => Text::new("snapshot file", "快照文件"),
        SourceKind::Adb => Text::new("device seen through adb", "通过 adb 连接的设备"),
        SourceKind::Device => Text::new("running device", "运行中的设备"),
        SourceKind::Dump => Text::new("saved output of a device", "设备输出的存档"),
    }
}

/// A path on one line: control characters stand escaped, so that a name cannot act on a terminal.
struct Shown<'a>(&'a Path);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.to_string_lossy().chars() {
            if character.is_control() {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}
