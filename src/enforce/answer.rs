//! Requests to enforce, undo and look at the journal, as JSON in and out: what the bridge and the command line call.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::enforce::carrier::{Carrier, Way};
use crate::enforce::cell::{Cell, Value};
use crate::enforce::foresee::foresee;
use crate::enforce::journal::{self, Changed, Damage, FileStore, Journal, Run, Torn};
use crate::enforce::order::{Order, Purpose, RunKind, Wish};
use crate::enforce::outcome::{ChangeOutcome, Reason};
use crate::enforce::result::{self, ChangeResult, Told};
use crate::enforce::run::{resume, run};
use crate::enforce::undo::undo;
use crate::failure::{self, Failure, FailureCode};
use crate::language::Text;
use crate::package::PackageName;
use crate::plan::run_time::{RunTime, RunTimeKind};
use crate::profile::Bilingual;

/// A request to carry out a plan, or to take up an interrupted run again.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct EnforceRequest {
    /// The JSON of `keepone plan`; its run-time form is used.
    #[serde(default)]
    plan: Option<PlanPart>,
    #[serde(default)]
    user: u32,
    #[serde(default)]
    consent: Vec<PackageName>,
    #[serde(default)]
    only: Option<Vec<PackageName>>,
    /// The kinds of steps to do, such as `block-uninstall`; without them, all.
    #[serde(default)]
    kinds: Option<Vec<RunTimeKind>>,
    /// Packages to bring back from the image for the user, in place of the steps of the plan.
    #[serde(default)]
    bring_back: Vec<PackageName>,
    /// Says what would be done and what would be lost, and does nothing.
    #[serde(default)]
    foresee: bool,
    /// Takes up the interrupted run of the journal instead.
    #[serde(default)]
    resume: bool,
    now: String,
}

/// What of a plan's JSON is used here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct PlanPart {
    run_time: RunTime,
}

/// Carries out a plan as its request says; gives a [`RunResult`](crate::enforce::RunResult). To resume a journal without an interrupted run gives
/// `null`; to foresee gives a list of [`Foreseen`](crate::enforce::Foreseen) and touches neither the phone nor the journal.
///
/// # Errors
/// A request that is not understood, a journal that cannot be worked with, a carrier that does not answer.
pub fn enforce(carrier: &mut dyn Carrier, request: &[u8], journal: &Path) -> Result<Vec<u8>, Failure> {
    const NO_PLAN: Text = Text::new("the request has no plan", "请求中没有方案");
    let request: EnforceRequest = failure::request(request)?;
    if request.resume {
        let mut journal = Journal::open(journal)?;
        return failure::answer(&resume(carrier, &mut journal, &request.now)?);
    }
    let Some(plan) = request.plan else { return Err(Failure::new(FailureCode::BadInput, NO_PLAN, &[])) };
    let wish = Wish {
        user: request.user,
        consent: &request.consent,
        only: request.only.as_deref(),
        kinds: request.kinds.as_deref(),
        now: &request.now,
    };
    let order = if request.bring_back.is_empty() {
        Order::of_plan(&plan.run_time, &wish)
    } else {
        Order::bringing_back(&plan.run_time, &request.bring_back, request.user, &request.now)
    };
    if request.foresee {
        let foreseen = foresee(carrier, &order)?;
        return failure::answer(&foreseen);
    }
    failure::answer(&run(carrier, &mut Journal::open(journal)?, &order)?)
}

/// A request to undo.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct UndoRequest {
    /// Numbers of changes; none: all that stand.
    #[serde(default)]
    seq: Option<Vec<u64>>,
    now: String,
}

/// Undoes what its request says; gives a [`RunResult`](crate::enforce::RunResult).
///
/// # Errors
/// As [`enforce`].
pub fn undo_changes(carrier: &mut dyn Carrier, request: &[u8], journal: &Path) -> Result<Vec<u8>, Failure> {
    let request: UndoRequest = failure::request(request)?;
    let mut journal = Journal::open(journal)?;
    failure::answer(&undo(carrier, &mut journal, &request.now, request.seq.as_deref())?)
}

/// A request about a journal.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
enum JournalRequest {
    /// Lists runs and changes, the latest first.
    List {
        /// Only changes with a smaller number.
        #[serde(default)]
        before: Option<u64>,
        /// How many changes at most.
        #[serde(default)]
        limit: Option<usize>,
        #[serde(default)]
        package: Option<PackageName>,
    },
    /// Moves a journal that cannot be used beside itself, so that a new one can begin.
    SetAside,
}

/// What a journal says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct JournalResult {
    /// [`result::SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version that read it.
    pub tool: String,
    /// The runs of the listed changes, and an interrupted one, the latest first.
    pub runs: Vec<JournalRun>,
    /// The changes, the latest first.
    pub changes: Vec<JournalChange>,
    /// How many changes there are in all.
    pub total: u64,
    /// How many of them can be undone.
    pub standing: u64,
    /// The number of the run that did not come to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interrupted: Option<u64>,
    /// What follows the last whole entry: its writing was cut short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub torn: Option<Torn>,
    /// Where the journal was changed after it was written; what is listed stands before that place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damaged: Option<Damage>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct JournalRun {
    /// Its number.
    pub run: u64,
    /// What kind.
    pub kind: RunKind,
    /// When it was asked for.
    pub now: String,
    /// The program that ran, and how it lived on the phone.
    pub tool: String,
    /// How it lived on the phone.
    pub way: Way,
    /// Whether it came to its end.
    pub ended: bool,
    /// What kind, for people.
    pub text: Bilingual,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct JournalChange {
    /// Its number.
    pub seq: u64,
    /// The number of its run.
    pub run: u64,
    /// What it was for.
    pub purpose: Purpose,
    /// The package it is about.
    pub package: PackageName,
    /// The cell.
    pub cell: Cell,
    /// What stood in it.
    pub before: Option<Value>,
    /// What was to stand in it.
    pub to: Value,
    /// What was read back.
    pub after: Option<Value>,
    /// What became of it; `null` when the run was interrupted before that was known.
    pub outcome: Option<ChangeOutcome>,
    /// Why it came out so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Reason>,
    /// What no undo brings back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Told>,
    /// Whether it was undone; what was cleared or stopped never is.
    pub undone: bool,
    /// Whether an undo would bring back what was before it.
    pub can_undo: bool,
    /// The outcome and the reason, for people.
    pub text: Bilingual,
}

/// The most changes that are listed at once.
const MOST_LISTED: usize = 1000;

/// Answers a request about the journal at a path; gives a [`JournalResult`], or for `set-aside` the new place of the file.
///
/// # Errors
/// A request that is not understood, a file that cannot be read. A damaged journal is an answer, not an error.
pub fn journal(request: &[u8], path: &Path) -> Result<Vec<u8>, Failure> {
    match failure::one_of(request)? {
        JournalRequest::List { before, limit, package } => {
            let limit = limit.unwrap_or(MOST_LISTED).min(MOST_LISTED);
            failure::answer(&listed(path, before, limit, package.as_ref())?)
        }
        JournalRequest::SetAside => failure::answer(&set_aside(path)?),
    }
}

/// Lists the changes of a journal, the latest first, as many as are listed at once.
///
/// # Errors
/// When the file cannot be read. A damaged journal is an answer, not an error.
pub fn list(path: &Path) -> Result<JournalResult, Failure> {
    listed(path, None, MOST_LISTED, None)
}

fn listed(
    path: &Path,
    before: Option<u64>,
    limit: usize,
    package: Option<&PackageName>,
) -> Result<JournalResult, Failure> {
    // Read beside a run that may be writing: what it is writing right now looks like the rest of an entry.
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        read => read.map_err(|error| journal::unusable(path, &error))?,
    };
    let (history, damaged) = journal::inspect(&bytes);
    let asked = |(seq, changed): &(&u64, &Changed)| {
        before.is_none_or(|before| **seq < before)
            && package.is_none_or(|package| changed.change.package == *package)
    };
    let changes: Vec<JournalChange> = history
        .changes
        .iter()
        .rev()
        .filter(asked)
        .take(limit)
        .map(|(seq, changed)| entry(*seq, changed))
        .collect();
    let interrupted = history.interrupted().map(|run| run.run);
    let wanted =
        |run: &&Run| Some(run.run) == interrupted || changes.iter().any(|change| change.run == run.run);
    Ok(JournalResult {
        schema_version: result::SCHEMA_VERSION,
        tool: result::TOOL.to_owned(),
        runs: history.runs.iter().rev().filter(wanted).map(run_entry).collect(),
        total: history.changes.len() as u64,
        standing: history.changes.values().filter(|changed| changed.can_undo()).count() as u64,
        interrupted,
        torn: history.torn.clone(),
        damaged,
        changes,
    })
}

fn run_entry(run: &Run) -> JournalRun {
    JournalRun {
        run: run.run,
        kind: run.begin.order.kind,
        now: run.begin.order.now.clone(),
        tool: run.begin.tool.clone(),
        way: run.begin.way,
        ended: run.ended,
        text: result::fixed(run.begin.order.kind.text()),
    }
}

fn entry(seq: u64, changed: &Changed) -> JournalChange {
    const INTERRUPTED: Text = Text::new("interrupted before its outcome was known", "在得知结果之前被中断");
    let change = &changed.change;
    let came_out = changed.came_out.as_ref();
    let text = came_out.map_or_else(
        || result::fixed(INTERRUPTED),
        |came_out| {
            let result = ChangeResult {
                purpose: change.purpose.clone(),
                package: change.package.clone(),
                cell: change.cell.clone(),
                to: change.to.clone(),
                before: None,
                after: None,
                outcome: came_out.outcome,
                because: came_out.because.clone(),
                already: false,
                seq: None,
                lost: Vec::new(),
                also: Vec::new(),
                text: result::fixed(INTERRUPTED),
            };
            result.told().text
        },
    );
    JournalChange {
        seq,
        run: changed.run,
        purpose: change.purpose.clone(),
        package: change.package.clone(),
        cell: change.cell.clone(),
        before: change.before.clone(),
        to: change.to.clone(),
        after: came_out.and_then(|came_out| came_out.after.clone()),
        outcome: came_out.map(|came_out| came_out.outcome),
        because: came_out.and_then(|came_out| came_out.because.clone()),
        lost: change.lost.iter().cloned().map(Told::from).collect(),
        undone: changed.undone_in.is_some() && change.comes_back(),
        can_undo: changed.can_undo(),
        text,
    }
}

/// Moves a journal beside itself, under a name that nothing has.
fn set_aside(path: &Path) -> Result<BTreeMap<&'static str, PathBuf>, Failure> {
    let failed = |error: std::io::Error| journal::unusable(path, &error);
    let store = FileStore::open(path).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let free = (1..u32::MAX).map(|number| path.with_file_name(format!("{name}.aside-{number}")));
    let Some(to) = free.into_iter().find(|to| !to.exists()) else {
        return Err(failed(std::io::ErrorKind::AlreadyExists.into()));
    };
    std::fs::rename(path, &to).map_err(failed)?;
    journal::store::sync_folder(path).map_err(failed)?;
    drop(store);
    Ok(BTreeMap::from([("moved-to", to)]))
}
