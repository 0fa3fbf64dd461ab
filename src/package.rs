//! The nouns every stage shares, validated where they enter: package names, function groups, partitions, digests.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::language::Text;

/// The longest package name Android's parser accepts, in bytes (`FrameworkParsingPackageUtils.validateName`: it must
/// serve as a file name).
pub const MAX_PACKAGE_NAME: usize = 223;

/// A package name as Android accepts one: ASCII letters, digits, `_` and `.`.
///
/// Makers' framework packages (`miui`, `androidhwext`) have no dot, as `android` has none, so a dot is not required.
/// Holding one of these is proof that the text can be shown, compared and quoted without harm.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct PackageName(Arc<str>);

/// Why a text is no package name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{name:?} is no package name: expected 1 to {MAX_PACKAGE_NAME} ASCII letters, digits, '_' or '.', each part starting with a letter"
)]
pub struct NameError {
    /// The text as it was read.
    pub name: String,
}

impl PackageName {
    /// Checks `name` against the rule of Android's package parser.
    ///
    /// # Errors
    /// When it is empty, longer than [`MAX_PACKAGE_NAME`], `.` or `..`, holds another character, or a part of it does
    /// not start with a letter. (Android's parser lets empty parts pass, so `a..b` is a name.)
    pub fn new(name: &str) -> Result<Self, NameError> {
        let fits = !name.is_empty() && name.len() <= MAX_PACKAGE_NAME;
        let well_formed = name.split('.').all(|part| {
            (part.is_empty() || part.starts_with(|c: char| c.is_ascii_alphabetic()))
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        });
        if fits && well_formed && name != "." && name != ".." {
            Ok(Self(name.into()))
        } else {
            Err(NameError { name: name.to_owned() })
        }
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PackageName {
    type Error = NameError;
    fn try_from(name: String) -> Result<Self, NameError> {
        Self::new(&name)
    }
}

impl From<PackageName> for String {
    fn from(name: PackageName) -> Self {
        name.0.as_ref().to_owned()
    }
}

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Tells whether a path of a device lies on the data partition, or on storage adopted as part of it.
pub fn is_on_data(path: &str) -> bool {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty() && *segment != ".");
    match segments.next() {
        Some("data") => true,
        Some("mnt") => matches!(segments.next(), Some("expand" | "asec")),
        _ => false,
    }
}

/// A function group (功能组). The ids are the contract in every file and output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// 系统设置.
    SystemSettings,
    /// 接打电话.
    PhoneCalls,
    /// 收发短信.
    TextMessages,
    /// 通信录.
    Contacts,
    /// 时间显示.
    TimeDisplay,
    /// 应用下载 (应用商店 in the final texts).
    AppDownload,
    /// 文件管理.
    FileManagement,
    /// 多媒体摄录.
    MultimediaCapture,
    /// 浏览器.
    Browser,
}

impl Group {
    /// Every group, in the order of the regulations.
    pub const ALL: [Self; 9] = [
        Self::SystemSettings,
        Self::PhoneCalls,
        Self::TextMessages,
        Self::Contacts,
        Self::TimeDisplay,
        Self::AppDownload,
        Self::FileManagement,
        Self::MultimediaCapture,
        Self::Browser,
    ];

    /// Returns the id, for example `phone-calls`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SystemSettings => "system-settings",
            Self::PhoneCalls => "phone-calls",
            Self::TextMessages => "text-messages",
            Self::Contacts => "contacts",
            Self::TimeDisplay => "time-display",
            Self::AppDownload => "app-download",
            Self::FileManagement => "file-management",
            Self::MultimediaCapture => "multimedia-capture",
            Self::Browser => "browser",
        }
    }

    /// Reads an id; `None` when no group has it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.id() == id)
    }

    /// Returns the name for people, in the regulations' own words.
    pub const fn name(self) -> Text {
        match self {
            Self::SystemSettings => Text::new("system settings", "系统设置"),
            Self::PhoneCalls => Text::new("phone calls", "接打电话"),
            Self::TextMessages => Text::new("text messages", "收发短信"),
            Self::Contacts => Text::new("contacts", "通信录"),
            Self::TimeDisplay => Text::new("time display", "时间显示"),
            Self::AppDownload => Text::new("app download", "应用下载"),
            Self::FileManagement => Text::new("file management", "文件管理"),
            Self::MultimediaCapture => Text::new("multimedia capture", "多媒体摄录"),
            Self::Browser => Text::new("browser", "浏览器"),
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A SHA-256 digest as 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Sha256Digest(pub String);

impl Sha256Digest {
    /// Digests bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hash(&Sha256::digest(bytes))
    }

    /// Writes the 32 bytes of a finished SHA-256 as text.
    pub fn from_hash(hash: &[u8]) -> Self {
        let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Self(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }
}

impl fmt::Display for Sha256Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Writes bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_android_accepts_are_accepted() {
        for name in [
            "android",
            "miui",
            "com.android.dialer",
            "com.UCMobile",
            "a.b_c.d9",
            "androidhwext",
            "a..b",
            "a.",
        ] {
            assert!(PackageName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn text_that_could_act_as_code_is_refused() {
        let long = "a".repeat(MAX_PACKAGE_NAME + 1);
        for name in
            ["", ".", "..", "9a.b", "a.9b", "a b", "a;rm", "$(x)", "a\nb", "а.б", "😀.a", long.as_str()]
        {
            assert!(PackageName::new(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_digest_is_64_lower_case_digits() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Sha256Digest::of(b"").0, empty);
    }

    #[test]
    fn ids_are_read_back() {
        for group in Group::ALL {
            assert_eq!(Group::from_id(group.id()), Some(group));
            assert_eq!(serde_json::to_string(&group).unwrap(), format!("\"{group}\""));
        }
    }
}
