//! The hand that reads and writes cells: a phone through JNI, a phone through adb, a model in a test.
//!
//! A carrier carries out; it never decides. It says what it may do, reads cells in one batch, and writes one cell at a time.
//! What it could not read or write it says with the reason; a carrier that is gone altogether (a pulled cable, a dead
//! process) is an [`CarrierError`].

use serde::{Deserialize, Serialize};

use crate::enforce::cell::{Cell, Value};
use crate::failure::{Failure, FailureCode};
use crate::json;
use crate::language::Text;
use crate::source::snapshot::User;

/// Reads and writes cells.
pub trait Carrier {
    /// Tells what this carrier may do.
    ///
    /// # Errors
    /// When the carrier is gone.
    fn may(&mut self) -> Result<May, CarrierError>;

    /// Reads cells; the answer has one entry for each, in their order.
    ///
    /// # Errors
    /// When the carrier is gone, or did not answer for each cell.
    fn read(&mut self, cells: &[Cell]) -> Result<Vec<Reading>, CarrierError>;

    /// Writes one cell.
    ///
    /// # Errors
    /// When the carrier is gone: whether the cell was written is then not known.
    fn write(&mut self, cell: &Cell, value: &Value) -> Result<Written, CarrierError>;

    /// Returns a value as this phone would keep it: it may have one word for what others tell apart.
    fn kept(&self, cell: &Cell, value: Value) -> Value {
        let _ = cell;
        value
    }

    /// Tells what keeps this carrier from ever writing a cell, before that is tried; `None` when nothing is known to.
    ///
    /// # Errors
    /// When the carrier is gone.
    fn cannot(&mut self, cell: &Cell) -> Result<Option<Obstacle>, CarrierError> {
        let _ = cell;
        Ok(None)
    }
}

/// What a carrier may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct May {
    /// How this program lives on the phone.
    pub way: Way,
    /// The API level of the phone.
    pub sdk: u32,
    /// Permissions that this program holds.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Users of the phone that it can see.
    #[serde(default)]
    pub users: Vec<User>,
    /// Those of them whose apps the owner of the device or profile has fixed (`UserManager.DISALLOW_APPS_CONTROL`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<u32>,
    /// The uid it runs as.
    #[serde(default)]
    pub uid: Option<u32>,
    /// How the phone is named by what leads to it (the serial of adb); absent for a program on the phone itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

impl May {
    /// Returns whether this program holds a permission.
    pub fn holds(&self, permission: &str) -> bool {
        self.permissions.iter().any(|held| held == permission)
    }
}

/// How this program lives on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// A system app signed with the platform's key.
    PlatformSigned,
    /// A system app on the privileged allow-list, signed with another key.
    Privileged,
    /// An app like any other.
    Ordinary,
    /// No app: the shell of adb.
    Shell,
}

impl Way {
    /// Returns the words for people.
    pub const fn text(self) -> Text {
        match self {
            Self::PlatformSigned => Text::new(
                "system app signed with the platform key: every control",
                "使用平台签名的系统应用：可使用全部控制",
            ),
            Self::Privileged => Text::new(
                "privileged system app of another key: controls that the allow-list gives",
                "非平台签名的特权系统应用：可使用许可名单内的控制",
            ),
            Self::Ordinary => Text::new(
                "ordinary app: it reads and judges, and opens system pages for changes",
                "普通应用：可读取与判定，修改须在系统页面中进行",
            ),
            Self::Shell => Text::new(
                "adb shell: what the shell of this phone may do",
                "adb shell：可使用该手机 shell 具备的控制",
            ),
        }
    }
}

/// What reading one cell gave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// What stands in it.
    Value(Value),
    /// It could not be read.
    NotRead(Obstacle),
}

impl Reading {
    /// Returns the value, where there is one.
    pub const fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotRead(_) => None,
        }
    }
}

/// What writing one cell gave, in the carrier's own words; only reading it back tells what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// The platform took it. The value is always `true`.
    Done(bool),
    /// The platform did not.
    Refused(Obstacle),
}

/// Why a cell could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Obstacle {
    /// The reason.
    pub because: Because,
    /// The platform's own words or the missing permission; foreign text, escaped before it is shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// Reasons of an [`Obstacle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// A permission is missing.
    NeedsPermission,
    /// Only the holder of a role may.
    NeedsRole,
    /// The user of the phone cannot be seen or reached.
    HiddenUser,
    /// This Android has no such thing.
    NotOnThisRelease,
    /// The package or component is not there.
    Gone,
    /// The platform failed.
    Failed,
    /// The platform did not answer in time.
    TimedOut,
    /// A device or profile owner has fixed it.
    FixedByPolicy,
    /// The platform has fixed it.
    FixedBySystem,
}

impl Because {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::NeedsPermission,
        Self::NeedsRole,
        Self::HiddenUser,
        Self::NotOnThisRelease,
        Self::Gone,
        Self::Failed,
        Self::TimedOut,
        Self::FixedByPolicy,
        Self::FixedBySystem,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NeedsPermission => "needs-permission",
            Self::NeedsRole => "needs-role",
            Self::HiddenUser => "hidden-user",
            Self::NotOnThisRelease => "not-on-this-release",
            Self::Gone => "gone",
            Self::Failed => "failed",
            Self::TimedOut => "timed-out",
            Self::FixedByPolicy => "fixed-by-policy",
            Self::FixedBySystem => "fixed-by-system",
        }
    }

    /// Returns the reason for people.
    pub const fn text(self) -> Text {
        match self {
            Self::NeedsPermission => {
                Text::new("this program does not hold the permission for it", "本程序未持有所需权限")
            }
            Self::NeedsRole => Text::new(
                "only the holder of a role of the platform may do it",
                "仅系统指定角色的持有者可以操作",
            ),
            Self::HiddenUser => Text::new("the user of the phone cannot be reached", "无法访问该手机用户"),
            Self::NotOnThisRelease => Text::new("this Android has no such thing", "此安卓版本没有该功能"),
            Self::Gone => Text::new("it is not there any more", "对象已不存在"),
            Self::Failed => Text::new("the platform failed", "系统操作失败"),
            Self::TimedOut => Text::new("the platform did not answer in time", "系统未及时响应"),
            Self::FixedByPolicy => {
                Text::new("the owner of the device or profile has fixed it", "已被设备或资料所有者固定")
            }
            Self::FixedBySystem => Text::new("the platform has fixed it", "已被系统固定"),
        }
    }
}

/// The carrier is gone, or did not keep to its contract.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the phone did not answer: {detail}")]
pub struct CarrierError {
    /// What happened, in the carrier's words; foreign text, escaped before it is shown.
    pub detail: String,
}

impl From<CarrierError> for Failure {
    fn from(error: CarrierError) -> Self {
        const GONE: Text = Text::new("the phone did not answer: {detail}", "手机没有响应：{detail}");
        let detail = crate::escape::shown(&error.detail);
        Self::new(FailureCode::Callback, GONE, &[("detail", &detail)])
    }
}

/// Reads a carrier's JSON answer for `cells`, entry by entry: one that is no value of its cell is not read, and the others
/// stand.
///
/// # Errors
/// When the answer is no JSON array of as many entries as there are cells.
pub fn readings(cells: &[Cell], answer: &[u8]) -> Result<Vec<Reading>, CarrierError> {
    let entries: Vec<&serde_json::value::RawValue> = serde_json::from_slice(answer)
        .map_err(|error| CarrierError { detail: format!("no array of readings: {error}") })?;
    if entries.len() != cells.len() {
        let detail = format!("{} readings for {} cells", entries.len(), cells.len());
        return Err(CarrierError { detail });
    }
    let reading = |(cell, entry): (&Cell, &&serde_json::value::RawValue)| {
        let failed = |detail| Reading::NotRead(Obstacle { because: Because::Failed, detail });
        match json::of_text(entry.get()) {
            Ok(Reading::Value(value)) => match cell.fit(value) {
                Ok(value) => Reading::Value(value),
                Err(value) => failed(format!("{cell} does not hold {value:?}")),
            },
            Ok(not_read) => not_read,
            Err(error) => failed(format!("no reading of {cell}: {error}")),
        }
    };
    Ok(cells.iter().zip(&entries).map(reading).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_that_of_the_contract() {
        let may: May = serde_json::from_str(
            r#"{"way":"platform-signed","sdk":34,"permissions":["p"],"users":[{"id":0,"kind":"main"}],"uid":1000}"#,
        )
        .unwrap();
        assert!(may.holds("p") && !may.holds("q"));
        let read: Vec<Reading> = serde_json::from_str(
            r#"[{"value":true},{"not-read":{"because":"needs-permission","detail":"x"}},{"value":[]}]"#,
        )
        .unwrap();
        assert_eq!(read[0].value(), Some(&Value::Flag(true)));
        assert_eq!(read[1].value(), None);
        assert_eq!(serde_json::from_str::<Written>(r#"{"done":true}"#).unwrap(), Written::Done(true));
        assert!(serde_json::from_str::<Written>(r#"{"refused":{"because":"gone","detail":""}}"#).is_ok());
        for because in Because::ALL {
            assert_eq!(serde_json::to_string(&because).unwrap(), format!("\"{}\"", because.id()));
        }
    }

    #[test]
    fn one_bad_reading_spoils_no_other_and_a_missing_one_is_noticed() {
        let cells: Vec<Cell> = serde_json::from_str(
            r#"[{"cell":"installed","package":"a.b","user":0},{"cell":"suspended","package":"a.b","user":0},
                {"cell":"stopped","package":"a.b","user":0}]"#,
        )
        .unwrap();
        let read = readings(&cells, br#"[{"value":7},{"value":true},{"value":"nonsense"}]"#).unwrap();
        assert!(matches!(&read[0], Reading::NotRead(obstacle) if obstacle.because == Because::Failed));
        assert_eq!(read[1], Reading::Value(Value::Flag(true)));
        assert!(matches!(&read[2], Reading::NotRead(_)));
        assert!(readings(&cells, br#"[{"value":true}]"#).unwrap_err().detail.contains("1 readings for 3"));
        assert!(readings(&cells, b"{").is_err());
    }
}
