//! What a run and an undo say: an outcome for each change, in the words people and programs read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enforce::carrier::Way;
use crate::enforce::cell::{Cell, Value};
use crate::enforce::journal::Torn;
use crate::enforce::order::{Purpose, RunKind, Task};
use crate::enforce::outcome::{ChangeOutcome, Lost, Reason};
use crate::language::{Language, Localized, Text};
use crate::package::PackageName;
use crate::profile::Bilingual;

/// The version of the shape of these results.
pub const SCHEMA_VERSION: u32 = 1;

/// The program and its version, as journals and results name it.
pub const TOOL: &str = concat!("keepone ", env!("CARGO_PKG_VERSION"));

/// What became of one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct RunResult {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version that ran.
    pub tool: String,
    /// What kind of run.
    pub kind: RunKind,
    /// Its number in the journal.
    pub run: u64,
    /// When it was asked for, as the caller says.
    pub now: String,
    /// How the program lives on the phone.
    pub way: Way,
    /// What became of each task, in order.
    pub changes: Vec<ChangeResult>,
    /// How many came out in which way.
    pub counts: BTreeMap<ChangeOutcome, u64>,
    /// Why the run stopped before its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Told>,
    /// What was found after the last whole entry of the journal, and taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub torn: Option<Torn>,
    /// What has to be known about the result as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Bilingual>,
}

/// What became of one task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ChangeResult {
    /// What it is for.
    pub purpose: Purpose,
    /// The package it is about.
    pub package: PackageName,
    /// The cell.
    pub cell: Cell,
    /// What was to stand in it.
    pub to: Value,
    /// What stood in it; `null` when that was not read.
    pub before: Option<Value>,
    /// What was read back; `null` when nothing was.
    pub after: Option<Value>,
    /// What became of it.
    pub outcome: ChangeOutcome,
    /// Why it came out so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Reason>,
    /// Whether it stood before, so that nothing was written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
    /// The number of the change in the journal, where something was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// What no undo brings back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Told>,
    /// For an undo: what the platform had changed along with it and was put back too, or could not be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ChangeResult>,
    /// The outcome and the reason, for people.
    pub text: Bilingual,
}

/// Something said in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Told {
    /// What it is, for programs.
    #[serde(flatten)]
    pub what: What,
    /// The same, for people.
    pub text: Bilingual,
}

/// What a [`Told`] is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum What {
    /// Something that no undo brings back.
    Lost(Lost),
    /// A reason.
    Reason(Reason),
}

impl From<Lost> for Told {
    fn from(lost: Lost) -> Self {
        Self { text: both(&lost), what: What::Lost(lost) }
    }
}

impl From<Reason> for Told {
    fn from(reason: Reason) -> Self {
        Self { text: both(&reason), what: What::Reason(reason) }
    }
}

/// Says something in both languages.
pub fn both(localized: &impl Localized) -> Bilingual {
    Bilingual { en: localized.localized(Language::English), zh: localized.localized(Language::Chinese) }
}

/// Says a fixed text in both languages.
pub fn fixed(text: Text) -> Bilingual {
    Bilingual { en: text.en.to_owned(), zh: text.zh.to_owned() }
}

impl ChangeResult {
    /// Says the outcome and the reason for people.
    pub(super) fn told(mut self) -> Self {
        const WITH_REASON: Text = Text::new("{outcome}: {reason}", "{outcome}：{reason}");
        const ALREADY: Text = Text::new("nothing to do: it stood so before", "无需操作：原已如此");
        let say = |language| match &self.because {
            Some(reason) => WITH_REASON.fill(
                language,
                &[("outcome", &self.outcome.text().get(language)), ("reason", &reason.localized(language))],
            ),
            None if self.already => ALREADY.get(language).to_owned(),
            None => self.outcome.text().get(language).to_owned(),
        };
        self.text = Bilingual { en: say(Language::English), zh: say(Language::Chinese) };
        self
    }
}

/// Counts outcomes.
pub(super) fn counts(changes: &[ChangeResult]) -> BTreeMap<ChangeOutcome, u64> {
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry(change.outcome).or_default() += 1;
    }
    counts
}

/// A task that was not tried.
pub(super) fn refused(task: &Task, because: Reason) -> ChangeResult {
    ChangeResult {
        purpose: task.purpose.clone(),
        package: task.package.clone(),
        cell: task.cell.clone(),
        to: task.to.clone(),
        before: None,
        after: None,
        outcome: ChangeOutcome::Refused,
        because: Some(because),
        already: false,
        seq: None,
        lost: Vec::new(),
        also: Vec::new(),
        text: fixed(Text::new("", "")),
    }
}
