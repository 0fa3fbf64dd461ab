//! A problem of the input that lost nothing, told to the author of the file.
//!
//! What did lose something is [`crate::source::unread::Unread`]; what breaks a rule is a finding. Mistakes in a
//! profile have their own type with spans, in [`crate::profile`].

use serde::{Deserialize, Serialize};

use crate::language::{Language, Localized, Text};

/// One problem of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Diagnostic {
    /// The file, as a path on the device or inside the source.
    pub path: String,
    /// Where in the file: line number of a text, byte offset of a binary; 0 for the whole file.
    #[serde(default)]
    pub at: u64,
    /// What the problem is.
    pub code: DiagnosticCode,
    /// The text as read that caused it, or other detail; hostile, so escape it before showing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// The kinds of problems. Names are kebab-case in files and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DiagnosticCode {
    /// A line or element that is not understood and was passed over.
    LineNotUnderstood,
    /// A package name in a list or configuration file is none.
    NotAPackageName,
    /// A value that is not of the kind the attribute takes.
    BadValue,
    /// Part of an APK other than its manifest could not be read: the resource table or the signature.
    PartNotRead,
    /// An archive holds two entries of one name; Android and others may read different ones.
    DuplicateEntry,
    /// One package lies in two folders.
    DuplicatePackage,
    /// A claim names a group that does not exist.
    UnknownGroup,
    /// A list that the maker's platform reads is not in the source.
    ListAbsent,
    /// Counts stated in the snapshot differ from what it holds.
    CountDiffers,
    /// A manifest that Android's own parser would refuse, read all the same.
    NonConforming,
}

impl DiagnosticCode {
    /// Returns the message in both languages, without the detail.
    pub const fn text(self) -> Text {
        match self {
            Self::LineNotUnderstood => Text::new("not understood, passed over", "无法理解，已跳过"),
            Self::NotAPackageName => Text::new("not a package name", "不是合法的包名"),
            Self::BadValue => Text::new("a value of the wrong kind", "值的类型不正确"),
            Self::PartNotRead => Text::new("this part could not be read", "该部分无法读取"),
            Self::DuplicateEntry => Text::new("two archive entries of one name", "压缩包内有同名条目"),
            Self::DuplicatePackage => {
                Text::new("the package lies in more than one folder", "同一应用包位于多个目录")
            }
            Self::UnknownGroup => Text::new("no such function group", "没有此功能组"),
            Self::ListAbsent => {
                Text::new("a list this platform reads is not in the source", "来源中缺少该平台会读取的清单")
            }
            Self::CountDiffers => Text::new("the stated count differs", "声明的数量与实际不符"),
            Self::NonConforming => Text::new(
                "Android's own parser would refuse this, read all the same",
                "安卓自身的解析器会拒绝此内容，仍已读取",
            ),
        }
    }
}

impl Localized for Diagnostic {
    fn localized(&self, language: Language) -> String {
        let text = self.code.text().get(language);
        if self.detail.is_empty() { text.to_owned() } else { format!("{text}: {}", self.detail) }
    }
}
