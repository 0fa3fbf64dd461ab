//! One cell, or a pair that hangs together, as a switch sees it: is it on, who decided that, what to write to turn it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::control::table::permission::{
    GRANTED_BY_DEFAULT, GRANTED_BY_ROLE, Kind, POLICY_FIXED, SYSTEM_FIXED, USER_FIXED, USER_SET,
};
use crate::enforce::{Because, Cell, Obstacle, Reading, Value, Word};
use crate::language::Text;

/// What was read, by cell.
pub type Readings = BTreeMap<Cell, Reading>;

/// Something a switch turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lever {
    /// A component that starts the app.
    Component {
        /// Its enabled setting.
        cell: Cell,
        /// What the manifest says; `None`: by a reference that is not known.
        declared: Option<bool>,
        /// What it answers to.
        answers: Vec<String>,
    },
    /// A runtime permission with the app-op that stands for it.
    Permission {
        /// The permission.
        cell: Cell,
        /// The app-op.
        twin: Option<Cell>,
        /// Whether the app targets Android 5.1 or older, so that only the app-op can be taken from it.
        legacy: bool,
        /// What it is within its group.
        kind: Kind,
    },
    /// An app-op that decides by itself.
    Op {
        /// The app-op.
        cell: Cell,
        /// What holds while the app-op is at its default.
        default: OpDefault,
        /// What switches it on.
        on: Word,
    },
    /// A special access that no app-op stands for.
    Access {
        /// The access.
        cell: Cell,
    },
    /// The standby bucket, where the app-op of background work may not be set.
    Bucket {
        /// The bucket.
        cell: Cell,
    },
    /// A permission that comes with the installation: told, never turned.
    Told {
        /// The permission.
        cell: Cell,
    },
    /// Bytes that can be cleared.
    Clear {
        /// What is cleared.
        cell: Cell,
    },
}

/// What holds while an app-op is at its default (`AppOpsManager.opToDefaultMode`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpDefault {
    /// It is allowed.
    Allows,
    /// It is not.
    Denies,
    /// A permission decides.
    Permission(Cell),
}

/// Buckets from which on an app hardly runs in the background (`UsageStatsManager.STANDBY_BUCKET_RESTRICTED`).
pub(crate) const RESTRICTED: u64 = 45;
/// The bucket of an app in regular use (`STANDBY_BUCKET_WORKING_SET`).
const WORKING_SET: u64 = 20;

/// Why something cannot be turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cannot {
    /// A cell could not be read.
    NotRead(Obstacle),
    /// The owner of the device or profile has fixed it.
    Policy,
    /// The platform has fixed it, and no app-op stands for it.
    System,
    /// It can only be given in the system's own page, which warns the user.
    OnlyInPage,
    /// It came with the installation.
    InstallTime,
}

impl Cannot {
    /// Returns the reason for people.
    pub const fn text(&self) -> Text {
        match self {
            Self::NotRead(_) => Text::new("what stands could not be read", "无法读取当前状态"),
            Self::Policy => {
                Text::new("the owner of the device or profile has fixed it", "已被设备或资料所有者固定")
            }
            Self::System => Text::new("the platform has fixed it", "已被系统固定"),
            Self::OnlyInPage => Text::new(
                "it can only be given in the system's own page, which warns the user",
                "只能在系统页面中授予，系统会提示风险",
            ),
            Self::InstallTime => {
                Text::new("it came with the installation and cannot be taken", "该权限随安装授予，无法收回")
            }
        }
    }
}

/// Who decided how something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// The owner of the device or profile.
    Policy,
    /// The platform, for good.
    System,
    /// A role that the app holds.
    Role,
    /// Something set on this phone: by the user, or for it.
    User,
    /// The maker: the manifest, the image or the first grant.
    Maker,
    /// This carrier does not see who.
    Unknown,
    /// Nobody yet.
    #[default]
    Nobody,
}

impl DecidedBy {
    /// Returns the words for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Policy => Text::new("the owner of the device or profile", "设备或资料所有者"),
            Self::System => Text::new("the platform, fixed", "系统固定"),
            Self::Role => Text::new("a default-app role that it holds", "其持有的默认应用角色"),
            Self::User => Text::new("set on this phone", "在本机上设置"),
            Self::Maker => Text::new("the maker", "厂商"),
            Self::Unknown => Text::new("not to be seen from here", "无法由此得知"),
            Self::Nobody => Text::new("nobody yet", "尚未决定"),
        }
    }
}

impl Lever {
    /// Returns the cells to read.
    pub fn cells(&self) -> Vec<&Cell> {
        match self {
            Self::Permission { cell, twin, .. } => std::iter::once(cell).chain(twin).collect(),
            Self::Op { cell, default: OpDefault::Permission(permission), .. } => vec![cell, permission],
            _ => vec![self.cell()],
        }
    }

    /// Returns the cell that stands for the lever.
    pub const fn cell(&self) -> &Cell {
        match self {
            Self::Component { cell, .. }
            | Self::Permission { cell, .. }
            | Self::Op { cell, .. }
            | Self::Access { cell }
            | Self::Bucket { cell }
            | Self::Told { cell }
            | Self::Clear { cell } => cell,
        }
    }

    /// Returns whether the lever counts for the state of its switch.
    pub const fn counts(&self) -> bool {
        !matches!(self, Self::Permission { kind: Kind::More, .. })
    }

    /// Returns whether it is on; `Ok(None)` when this phone has no such thing.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn state(&self, readings: &Readings) -> Result<Option<bool>, Obstacle> {
        let main = match value(readings, self.cell()) {
            Ok(main) => main,
            Err(obstacle) if matches!(obstacle.because, Because::NotOnThisRelease | Because::Gone) => {
                return Ok(None);
            }
            Err(obstacle) => return Err(obstacle),
        };
        Ok(Some(match (self, main) {
            (Self::Component { declared, .. }, Value::Word(Word::Default)) => {
                declared.ok_or_else(by_reference)?
            }
            (Self::Component { .. }, Value::Word(word)) => !word.is_disabled(),
            (Self::Permission { twin, .. }, Value::Permission { granted, .. }) => {
                let denied = twin.as_ref().and_then(|twin| value(readings, twin).ok()).is_some_and(is_denied);
                *granted && !denied
            }
            (Self::Op { default, .. }, Value::Word(Word::Default)) => match default {
                OpDefault::Allows => true,
                OpDefault::Denies => false,
                OpDefault::Permission(permission) => {
                    matches!(value(readings, permission)?, Value::Permission { granted: true, .. })
                }
            },
            (Self::Op { .. }, main) => !is_denied(main),
            (Self::Access { .. }, Value::Flag(flag)) => *flag,
            (Self::Bucket { .. }, Value::Number(bucket)) => *bucket < RESTRICTED,
            (Self::Told { .. }, Value::Permission { granted, .. }) => *granted,
            (Self::Clear { .. }, Value::Number(bytes)) => *bytes > 0,
            _ => return Ok(None),
        }))
    }

    /// Returns who decided how it stands.
    pub fn decided_by(&self, readings: &Readings) -> DecidedBy {
        let Ok(main) = value(readings, self.cell()) else { return DecidedBy::Nobody };
        match (self, main) {
            (Self::Permission { twin, .. }, Value::Permission { granted, flags }) => {
                let by_op = twin.as_ref().and_then(|twin| value(readings, twin).ok()).is_some_and(is_denied);
                let Some(flags) = flags else {
                    return if by_op && *granted { DecidedBy::User } else { DecidedBy::Unknown };
                };
                match flags {
                    flags if flags & POLICY_FIXED != 0 => DecidedBy::Policy,
                    _ if by_op && *granted => DecidedBy::User,
                    flags if flags & SYSTEM_FIXED != 0 => DecidedBy::System,
                    flags if flags & (USER_SET | USER_FIXED) != 0 => DecidedBy::User,
                    flags if flags & GRANTED_BY_ROLE != 0 => DecidedBy::Role,
                    flags if flags & GRANTED_BY_DEFAULT != 0 => DecidedBy::Maker,
                    _ => DecidedBy::Nobody,
                }
            }
            (Self::Component { .. } | Self::Op { .. }, Value::Word(Word::Default))
            | (Self::Told { .. }, _) => DecidedBy::Maker,
            (Self::Component { .. } | Self::Op { .. }, _) | (Self::Access { .. }, Value::Flag(true)) => {
                DecidedBy::User
            }
            (Self::Bucket { .. }, _) => DecidedBy::System,
            _ => DecidedBy::Nobody,
        }
    }

    /// Returns what to write so that it is on or off; nothing when it already is.
    ///
    /// # Errors
    /// Why it cannot be turned.
    pub fn writes(&self, on: bool, readings: &Readings) -> Result<Vec<(Cell, Value)>, Cannot> {
        if let Self::Clear { cell } = self {
            return Ok(vec![(cell.clone(), Value::Number(0))]);
        }
        match self.state(readings) {
            // To write without knowing is no choice; what stands before could not be put back either.
            Err(obstacle) => return Err(Cannot::NotRead(obstacle)),
            Ok(None) => return Ok(Vec::new()),
            Ok(Some(is)) if is == on => return Ok(Vec::new()),
            Ok(Some(_)) => {}
        }
        let one = |cell: &Cell, value: Value| Ok(vec![(cell.clone(), value)]);
        match self {
            Self::Component { cell, declared, .. } => {
                let enabled = if *declared == Some(true) { Word::Default } else { Word::Enabled };
                one(cell, Value::Word(if on { enabled } else { Word::Disabled }))
            }
            Self::Permission { cell, twin, legacy, kind } => {
                permission_writes(cell, twin.as_ref(), *legacy, *kind, on, readings)
            }
            Self::Op { cell, on: word, .. } => one(cell, Value::Word(if on { *word } else { Word::Ignored })),
            Self::Access { .. } if on => Err(Cannot::OnlyInPage),
            Self::Access { cell } => one(cell, Value::Flag(false)),
            Self::Bucket { cell } => one(cell, Value::Number(if on { WORKING_SET } else { RESTRICTED })),
            Self::Told { .. } => Err(Cannot::InstallTime),
            Self::Clear { .. } => Ok(Vec::new()),
        }
    }
}

/// What turns a runtime permission.
///
/// From Android 10 on `PermissionPolicyService` keeps the app-op in step with the permission, and a mode set beside it only
/// gets in the way: so the permission is written, and the app-op where the permission cannot be taken (fixed by the
/// platform, or an app for Android 5.1), or where it still denies what is given.
fn permission_writes(
    cell: &Cell,
    twin: Option<&Cell>,
    legacy: bool,
    kind: Kind,
    on: bool,
    readings: &Readings,
) -> Result<Vec<(Cell, Value)>, Cannot> {
    let Ok(Value::Permission { granted, flags }) = value(readings, cell) else { return Ok(Vec::new()) };
    let flags = flags.ok_or_else(|| {
        let detail = "android.permission.GET_RUNTIME_PERMISSIONS".to_owned();
        Cannot::NotRead(Obstacle { because: Because::NeedsPermission, detail })
    })?;
    if flags & POLICY_FIXED != 0 {
        return Err(Cannot::Policy);
    }
    let fixed = flags & SYSTEM_FIXED != 0;
    if !on {
        if !legacy && !fixed {
            let revoked = Value::Permission { granted: false, flags: Some(flags | USER_SET) };
            return Ok(vec![(cell.clone(), revoked)]);
        }
        let twin = twin.ok_or(Cannot::System)?;
        return Ok(vec![(twin.clone(), Value::Word(Word::Ignored))]);
    }
    if kind == Kind::More {
        return Err(Cannot::OnlyInPage);
    }
    let mut writes = Vec::new();
    if !granted {
        if fixed {
            return Err(Cannot::System);
        }
        let flags = (flags | USER_SET) & !USER_FIXED;
        writes.push((cell.clone(), Value::Permission { granted: true, flags: Some(flags) }));
    }
    if let Some(twin) = twin.filter(|twin| value(readings, twin).is_ok_and(is_denied)) {
        let word = if legacy { Word::Allowed } else { Word::Default };
        writes.push((twin.clone(), Value::Word(word)));
    }
    Ok(writes)
}

const fn is_denied(value: &Value) -> bool {
    matches!(value, Value::Word(Word::Ignored | Word::Errored))
}

fn value<'r>(readings: &'r Readings, cell: &Cell) -> Result<&'r Value, Obstacle> {
    match readings.get(cell) {
        Some(Reading::Value(value)) => Ok(value),
        Some(Reading::NotRead(obstacle)) => Err(obstacle.clone()),
        None => Err(Obstacle { because: Because::Failed, detail: format!("{cell} was not asked for") }),
    }
}

fn by_reference() -> Obstacle {
    let detail = "android:enabled is given by a reference that is not known".to_owned();
    Obstacle { because: Because::Failed, detail }
}
