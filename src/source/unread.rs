//! What could not be read, and why. Nothing a source meets disappears: it is a fact or it is listed here.

use serde::{Deserialize, Serialize};

use crate::language::{Language, Localized, Text};
use crate::package::PackageName;

/// One thing that could not be read. Every entry makes what it touches `notchecked`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unread {
    /// What it is, or would be.
    pub kind: UnreadKind,
    /// Its path on the device; for an expected package known by name only, the empty string.
    pub path: String,
    /// Its package name, where known all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageName>,
    /// Why it was not read.
    pub reason: UnreadReason,
}

impl Unread {
    /// Returns the user of the phone whose facts these are, where they are one user's: `user 10`, `count, user 10`.
    pub fn user(&self) -> Option<u32> {
        let of_facts = (self.kind == UnreadKind::Facts).then_some(self.path.as_str());
        let (before, id) = of_facts?.rsplit_once("user ")?;
        if before.is_empty() || before.ends_with(", ") { id.parse().ok() } else { None }
    }
}

/// What kind of thing was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UnreadKind {
    /// An APK that is, or may be, a package's base.
    Package,
    /// A split APK.
    Split,
    /// A resource overlay APK (it lies in an `overlay` folder): never an app.
    Overlay,
    /// An APEX, whose payload may hold apps.
    Apex,
    /// A configuration or property file.
    Config,
    /// A list of the maker.
    MakerList,
    /// A folder.
    Folder,
    /// Some facts of a package, or of the device where no package is named, that the running platform held back; the path
    /// is the name of the facts (`activities`, `user 10`, `default-holders`).
    Facts,
}

/// Why something was not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
pub enum UnreadReason {
    /// The device should have it (`--expected`), the source does not.
    Absent,
    /// The file is a pointer to content stored elsewhere (Git LFS) or is empty.
    Placeholder {
        /// The file's size in bytes.
        size: u64,
    },
    /// The operating system refused to read it.
    Io {
        /// The system's own message.
        message: String,
    },
    /// A symbolic link that leads back to itself, or out of the source.
    Link {
        /// Where the link points.
        target: String,
    },
    /// A path that is not UTF-8; shown with the bad bytes replaced.
    PathNotUtf8,
    /// Larger than what is read; the limit is there to bound memory and is far above any real file.
    TooLarge {
        /// Size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Encrypted, so nobody without the key can read it.
    Encrypted,
    /// Not of the format it should have.
    Malformed {
        /// The part of the file: `zip`, `manifest`, `resources`, `signature`, `xml`, `text`, `json`.
        part: String,
        /// Where in that part, in bytes from its start; line number for text formats.
        at: u64,
        /// What was expected there, in English.
        expected: String,
    },
    /// A format or variant that this program does not read.
    Unsupported {
        /// What it is, in English.
        what: String,
    },
    /// The manifest's package name is none.
    BadName {
        /// As written.
        name: String,
    },
    /// A split whose base is not there.
    NoBase {
        /// The split's name.
        split: String,
    },
    /// The record in a snapshot holds fewer facts than its writer counted.
    Thinned {
        /// Facts counted by the writer.
        stated: u32,
        /// Facts found.
        found: u32,
    },
    /// The running platform tells it only to a program that holds a permission.
    NeedsPermission {
        /// Which permission, or what the platform said.
        detail: String,
    },
    /// It belongs to another user of the phone, whose facts the platform hides.
    HiddenUser {
        /// Which user, or what the platform said.
        detail: String,
    },
    /// It was listed and is gone: removed while the phone was read.
    Gone,
    /// The running platform did not answer in time.
    TimedOut {
        /// What the platform said.
        detail: String,
    },
    /// This release of Android has no such fact.
    NotOnThisRelease {
        /// Which release has it, or what the platform said.
        detail: String,
    },
    /// The running platform answered for more or fewer than it counted.
    CountDiffers {
        /// How many it counted.
        counted: u32,
        /// For how many it answered.
        found: u32,
    },
    /// Reading it failed in a way that is a mistake of this program.
    Internal {
        /// What happened.
        message: String,
    },
}

impl UnreadReason {
    /// Returns the word used in files, `absent`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Placeholder { .. } => "placeholder",
            Self::Io { .. } => "io",
            Self::Link { .. } => "link",
            Self::PathNotUtf8 => "path-not-utf8",
            Self::TooLarge { .. } => "too-large",
            Self::Encrypted => "encrypted",
            Self::Malformed { .. } => "malformed",
            Self::Unsupported { .. } => "unsupported",
            Self::BadName { .. } => "bad-name",
            Self::NoBase { .. } => "no-base",
            Self::Thinned { .. } => "thinned",
            Self::NeedsPermission { .. } => "needs-permission",
            Self::HiddenUser { .. } => "hidden-user",
            Self::Gone => "gone",
            Self::TimedOut { .. } => "timed-out",
            Self::NotOnThisRelease { .. } => "not-on-this-release",
            Self::CountDiffers { .. } => "count-differs",
            Self::Internal { .. } => "internal",
        }
    }
}

impl Localized for UnreadReason {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::Absent => {
                Text::new("expected on the device, absent from the source", "设备上应有，但来源中没有")
                    .get(language)
                    .to_owned()
            }
            Self::Placeholder { size } => Text::new(
                "a placeholder of {size} bytes stands where the file should be",
                "文件位置上只有一个 {size} 字节的占位文件",
            )
            .fill(language, &[("size", size)]),
            Self::Io { message } => {
                Text::new("the system could not read it: {message}", "系统无法读取：{message}")
                    .fill(language, &[("message", message)])
            }
            Self::Link { target } => Text::new(
                "a symbolic link to {target} that does not end inside the source",
                "符号链接指向 {target}，未在来源内终止",
            )
            .fill(language, &[("target", target)]),
            Self::PathNotUtf8 => {
                Text::new("its path is not UTF-8", "路径不是 UTF-8 编码").get(language).to_owned()
            }
            Self::TooLarge { size, limit } => Text::new(
                "{size} bytes, more than the {limit} bytes that are read",
                "{size} 字节，超过读取上限 {limit} 字节",
            )
            .fill(language, &[("size", size), ("limit", limit)]),
            Self::Encrypted => Text::new("encrypted", "已加密").get(language).to_owned(),
            Self::Malformed { part, at, expected } => Text::new(
                "malformed {part} at {at}: expected {expected}",
                "{part} 在 {at} 处格式错误：应为 {expected}",
            )
            .fill(language, &[("part", part), ("at", at), ("expected", expected)]),
            Self::Unsupported { what } => {
                Text::new("not supported: {what}", "不支持：{what}").fill(language, &[("what", what)])
            }
            Self::BadName { name } => Text::new("{name} is no package name", "{name} 不是合法的包名")
                .fill(language, &[("name", &format!("{name:?}"))]),
            Self::NoBase { split } => {
                Text::new("split {split} without its base APK", "拆分包 {split} 缺少其基础 APK")
                    .fill(language, &[("split", split)])
            }
            Self::Thinned { stated, found } => Text::new(
                "the record states {stated} facts and holds {found}",
                "该记录声明有 {stated} 条事实，实际只有 {found} 条",
            )
            .fill(language, &[("stated", stated), ("found", found)]),
            Self::NeedsPermission { detail } => with(
                Text::new("the platform tells it only with a permission", "系统仅向具备权限的程序提供"),
                detail,
                language,
            ),
            Self::HiddenUser { detail } => with(
                Text::new("it belongs to another user of the phone", "属于手机的其他用户"),
                detail,
                language,
            ),
            Self::Gone => {
                Text::new("removed while the phone was read", "读取期间已被移除").get(language).to_owned()
            }
            Self::TimedOut { detail } => {
                with(Text::new("the platform did not answer in time", "系统未及时响应"), detail, language)
            }
            Self::NotOnThisRelease { detail } => with(
                Text::new("this release of Android does not tell it", "此安卓版本不提供该信息"),
                detail,
                language,
            ),
            Self::CountDiffers { counted, found } => Text::new(
                "the platform counted {counted} and answered for {found}",
                "系统计数为 {counted}，实际给出 {found}",
            )
            .fill(language, &[("counted", counted), ("found", found)]),
            Self::Internal { message } => Text::new("internal error: {message}", "内部错误：{message}")
                .fill(language, &[("message", message)]),
        }
    }
}

/// A message with what the platform itself said, where it said anything.
fn with(text: Text, detail: &str, language: Language) -> String {
    let text = text.get(language);
    match language {
        _ if detail.is_empty() => text.to_owned(),
        Language::English => format!("{text}: {detail}"),
        Language::Chinese => format!("{text}：{detail}"),
    }
}
