//! One thing that happened: who did what, when, how, and how that is known.

use serde::{Deserialize, Serialize};

use crate::enforce::{Cell, ChangeOutcome, Purpose, RunResult, Value};
use crate::language::Text;
use crate::package::PackageName;
use crate::record::moment::Moment;

/// The longest free text of an event, in characters; more is cut, and the cut is marked.
pub const LONGEST_TEXT: usize = 200;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// When it happened, or began.
    pub when: Moment,
    /// When it ended, where it lasted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// The user of the phone.
    pub user: u32,
    /// The package that did it, or to which it was done.
    pub package: PackageName,
    /// What kind of thing happened.
    pub kind: EventKind,
    /// The app-op, permission or switch: `android:camera`, `android.permission.CAMERA`, `auto-start/self-start`.
    pub what: String,
    /// Whether the app was in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreground: Option<bool>,
    /// Whether it was given precisely, where that differs (location).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precise: Option<bool>,
    /// How often, where the source only counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The part of the app that did it (`Context.createAttributionContext`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// How it is known.
    pub origin: Origin,
}

/// Kinds of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Something was used.
    Access,
    /// Something was tried and denied.
    Denied,
    /// Something was given.
    Grant,
    /// Something was taken.
    Revoke,
    /// A switch was set.
    Control,
    /// The app was installed.
    Install,
    /// The app was updated.
    Update,
    /// The app was removed.
    Remove,
    /// The app was started by another. No release of Android tells of a single start: this is for platforms that do.
    Start,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Access,
        Self::Denied,
        Self::Grant,
        Self::Revoke,
        Self::Control,
        Self::Install,
        Self::Update,
        Self::Remove,
        Self::Start,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Denied => "denied",
            Self::Grant => "grant",
            Self::Revoke => "revoke",
            Self::Control => "control",
            Self::Install => "install",
            Self::Update => "update",
            Self::Remove => "remove",
            Self::Start => "start",
        }
    }

    /// Returns the words for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Access => Text::new("used", "使用"),
            Self::Denied => Text::new("denied", "被拒绝"),
            Self::Grant => Text::new("granted", "授予"),
            Self::Revoke => Text::new("revoked", "收回"),
            Self::Control => Text::new("switch set", "设置开关"),
            Self::Install => Text::new("installed", "安装"),
            Self::Update => Text::new("updated", "更新"),
            Self::Remove => Text::new("removed", "移除"),
            Self::Start => Text::new("started by another app", "被其他应用启动"),
        }
    }
}

/// How an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The platform told it as it happened.
    Live,
    /// The platform's own history.
    PlatformHistory,
    /// This program did it.
    Ours,
}

impl Origin {
    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::PlatformHistory => "platform-history",
            Self::Ours => "ours",
        }
    }
}

impl Event {
    /// Cuts free texts to their bound.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self { what: cut(self.what), attribution: self.attribution.map(cut), ..self }
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Returns the events of a run of this program: one for each change that was made.
pub fn of_run(result: &RunResult, when: Moment) -> Vec<Event> {
    let made = result
        .changes
        .iter()
        .filter(|change| change.outcome == ChangeOutcome::Done && !change.already && change.seq.is_some());
    made.map(|change| {
        let (kind, what) = match (&change.purpose, &change.cell, &change.to) {
            (_, Cell::Installed { .. }, Value::Flag(true)) => (EventKind::Install, "installed".to_owned()),
            (_, Cell::Installed { .. }, _) => (EventKind::Remove, "installed".to_owned()),
            (_, Cell::Permission { permission, .. }, Value::Permission { granted, .. }) => {
                (if *granted { EventKind::Grant } else { EventKind::Revoke }, permission.clone())
            }
            (Purpose::Switch { area, switch }, _, _) => (EventKind::Control, format!("{area}/{switch}")),
            (_, cell, _) => (EventKind::Control, cell.to_string()),
        };
        Event {
            when,
            until: None,
            user: change.cell.user(),
            package: change.package.clone(),
            kind,
            what,
            foreground: None,
            precise: None,
            count: None,
            attribution: None,
            origin: Origin::Ours,
        }
        .bounded()
    })
    .collect()
}
