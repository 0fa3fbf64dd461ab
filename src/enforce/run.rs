//! The one loop that changes a phone. Takes an order, a carrier and a journal; gives what became of each task.
//!
//! For each task, in order: read what stands; ask the guard; save what the platform may change along with it; write the
//! journal; write the cell; read it back. At the end everything that was done is read once more. A task whose state before
//! could not be read is refused: it could not be undone. When the phone or the journal is lost the run stops, and what was
//! written so far stands in the journal.

use crate::enforce::carrier::{Because, Carrier, CarrierError, May, Obstacle, Reading, Written};
use crate::enforce::cell::{Cell, Held, Part, Value};
use crate::enforce::guard::{self, ROLES};
use crate::enforce::journal::{Begin, CameOut, Change, End, Entry, Journal, Store};
use crate::enforce::order::{Order, RunKind, Task};
use crate::enforce::outcome::{ChangeOutcome, Lost, Reason};
use crate::enforce::result::{self, ChangeResult, RunResult, Told};
use crate::enforce::same::{differing, same, stands};
use crate::enforce::undo::undo;
use crate::failure::{Failure, FailureCode};
use crate::language::Text;
use crate::package::PackageName;

/// The program and its version, as journals and results name it.
pub const TOOL: &str = concat!("keepone ", env!("CARGO_PKG_VERSION"));

/// Carries out an order.
///
/// # Errors
/// When the carrier does not answer or the journal cannot be written before anything was done.
pub fn run<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    order: &Order,
) -> Result<RunResult, Failure> {
    carry_out(carrier, journal, order, None)
}

/// Takes up an interrupted run again; `None` when the last run came to its end.
///
/// # Errors
/// As [`run`].
pub fn resume<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    now: &str,
) -> Result<Option<RunResult>, Failure> {
    let Some(interrupted) = journal.history().interrupted() else { return Ok(None) };
    if interrupted.begin.order.kind == RunKind::Undo {
        let chosen = interrupted.begin.chosen.clone().map(|mut chosen| {
            chosen.retain(|seq| journal.history().standing().any(|(standing, _)| standing == *seq));
            chosen
        });
        return undo(carrier, journal, now, chosen.as_deref()).map(Some);
    }
    let order = Order { now: now.to_owned(), ..interrupted.begin.order.clone() };
    let resumes = Some(interrupted.run);
    carry_out(carrier, journal, &order, resumes).map(Some)
}

fn carry_out<S: Store>(
    carrier: &mut dyn Carrier,
    journal: &mut Journal<S>,
    order: &Order,
    resumes: Option<u64>,
) -> Result<RunResult, Failure> {
    let torn = journal.history().torn.clone();
    let (mut hand, may) = Hand::begin(carrier, journal, order, None, resumes)?;
    hand.settle();
    let mut changes: Vec<ChangeResult> = Vec::with_capacity(order.tasks.len());
    for task in &order.tasks {
        let change =
            if hand.stopped.is_some() { refused(task, Reason::Stopped) } else { hand.carry(task, order) };
        changes.push(change);
    }
    hand.look_again(&mut changes);
    let stopped = hand.end();
    let changes: Vec<ChangeResult> = changes.into_iter().map(ChangeResult::told).collect();
    Ok(RunResult {
        schema_version: result::SCHEMA_VERSION,
        tool: TOOL.to_owned(),
        kind: order.kind,
        run: hand.run,
        now: order.now.clone(),
        way: may.way,
        counts: result::counts(&changes),
        notes: notes(&changes),
        stopped: stopped.map(Told::from),
        torn,
        changes,
    })
}

/// What has to be known of a run that removed apps.
fn notes(changes: &[ChangeResult]) -> Vec<crate::profile::Bilingual> {
    const FOR_THE_USER: Text = Text::new(
        "removed apps are removed for this user of the phone only: the image keeps them, other users keep them, and a \
         factory reset brings them back",
        "应用仅为该手机用户移除：镜像及其他用户仍保留，恢复出厂设置后会重新出现",
    );
    let removed = changes.iter().any(|change| {
        matches!(change.cell, Cell::Installed { .. })
            && change.outcome == ChangeOutcome::Done
            && !change.already
    });
    if removed { vec![result::fixed(FOR_THE_USER)] } else { Vec::new() }
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
        text: result::fixed(Text::new("", "")),
    }
}

/// A carrier and a journal at work.
pub(super) struct Hand<'r, S> {
    pub(super) carrier: &'r mut dyn Carrier,
    pub(super) journal: &'r mut Journal<S>,
    /// The number of the run.
    pub(super) run: u64,
    /// Why nothing more is done.
    pub(super) stopped: Option<Reason>,
}

impl<'r, S: Store> Hand<'r, S> {
    /// Begins a run.
    pub(super) fn begin(
        carrier: &'r mut dyn Carrier,
        journal: &'r mut Journal<S>,
        order: &Order,
        chosen: Option<Vec<u64>>,
        resumes: Option<u64>,
    ) -> Result<(Self, May), Failure> {
        const NO_JOURNAL: Text = Text::new(
            "the journal could not be written, and nothing is changed without it: {error}",
            "无法写入日志，没有日志就不做任何更改：{error}",
        );
        let may = carrier.may().map_err(|error| gone(&error))?;
        let begin = Begin {
            tool: TOOL.to_owned(),
            way: may.way,
            sdk: may.sdk,
            device: may.device.clone(),
            order: order.clone(),
            chosen,
            resumes,
            torn: None,
        };
        let run = journal
            .append(Entry::Begin(Box::new(begin)))
            .map_err(|error| Failure::new(FailureCode::Failed, NO_JOURNAL, &[("error", &error)]))?;
        Ok((Self { carrier, journal, run, stopped: None }, may))
    }

    /// Notes what became of changes whose run was interrupted before it could.
    pub(super) fn settle(&mut self) {
        let history = self.journal.history();
        let open: Vec<(u64, Change)> = history
            .changes
            .iter()
            .filter(|(_, changed)| changed.came_out.is_none() && changed.undone_in.is_none())
            .map(|(seq, changed)| (*seq, changed.change.clone()))
            .collect();
        let cells: Vec<Cell> = open.iter().map(|(_, change)| change.cell.clone()).collect();
        let readings = match self.carrier.read(&cells) {
            Ok(readings) => readings,
            Err(error) => return self.lost(&error),
        };
        for ((seq, change), reading) in open.into_iter().zip(readings) {
            let (outcome, because) = match reading.value() {
                Some(read) if stands(&change.cell, &change.to, read, change.before.as_ref()) => {
                    (ChangeOutcome::Done, None)
                }
                Some(read) if change.before.as_ref().is_some_and(|before| same(before, read)) => {
                    (ChangeOutcome::Refused, Some(Reason::Stopped))
                }
                _ => (ChangeOutcome::Unknown, Some(Reason::Stopped)),
            };
            let came_out =
                CameOut { change: seq, outcome, after: reading.value().cloned(), because, touched: None };
            if !self.note(Entry::CameOut(Box::new(came_out))) {
                return;
            }
        }
    }

    /// Adds an entry; `false` stops the run.
    pub(super) fn note(&mut self, entry: Entry) -> bool {
        match self.journal.append(entry) {
            Ok(_) => true,
            Err(error) => {
                self.stopped = Some(Reason::NoJournal { detail: error.to_string() });
                false
            }
        }
    }

    /// The carrier is gone: nothing more is done.
    pub(super) fn lost(&mut self, error: &CarrierError) {
        self.stopped = Some(Reason::platform(Because::Failed, error.detail.clone()));
    }

    /// Reads one cell.
    pub(super) fn read(&mut self, cell: &Cell) -> Result<Reading, CarrierError> {
        let mut readings = self.carrier.read(std::slice::from_ref(cell))?;
        readings.pop().ok_or_else(|| CarrierError { detail: format!("no reading of {cell}") })
    }

    /// Carries out one task.
    fn carry(&mut self, task: &Task, order: &Order) -> ChangeResult {
        let task = &Task { to: self.carrier.kept(&task.cell, task.to.clone()), ..task.clone() };
        match self.prepare(task, order) {
            Err(error) => {
                self.lost(&error);
                refused(task, Reason::platform(Because::Failed, error.detail))
            }
            Ok(Prepared::Settled(result)) => *result,
            Ok(Prepared::Ready(change)) => self.change(task, *change),
        }
    }

    /// Reads what stands before a task, and everything that could forbid it.
    fn prepare(&mut self, task: &Task, order: &Order) -> Result<Prepared, CarrierError> {
        let settled = |result| Ok(Prepared::Settled(Box::new(result)));
        if !is_writable(&task.cell, &task.to) {
            return settled(refused(task, Reason::NotWritable));
        }
        let before = match self.read(&task.cell)? {
            Reading::Value(before) => Some(before),
            // What is cleared cannot come back, so that nothing hangs on its size.
            Reading::NotRead(_) if matches!(task.cell, Cell::Storage { .. }) => None,
            Reading::NotRead(obstacle) => {
                return settled(refused(task, Reason::NotRestorable { obstacle }));
            }
        };
        let cleared = matches!(task.cell, Cell::Storage { .. });
        if let Some(before) = before.as_ref().filter(|before| !cleared && same(before, &task.to)) {
            return settled(ChangeResult {
                before: Some(before.clone()),
                after: Some(before.clone()),
                outcome: ChangeOutcome::Done,
                because: None,
                already: true,
                ..refused(task, Reason::Stopped)
            });
        }
        if let Some(because) = guard::forbids(task, &order.guard, self.carrier)? {
            return settled(ChangeResult { before, ..refused(task, because) });
        }
        let saved = match self.saved(task, before.as_ref())? {
            Ok(saved) => saved,
            Err(obstacle) => {
                return settled(ChangeResult { before, ..refused(task, Reason::NotRestorable { obstacle }) });
            }
        };
        let mut lost = self.losses(task, before.as_ref())?;
        lost.extend(self.lost_settings(&task.cell, &saved)?);
        Ok(Prepared::Ready(Box::new(Change {
            purpose: task.purpose.clone(),
            package: task.package.clone(),
            cell: task.cell.clone(),
            before,
            to: task.to.clone(),
            saved,
            lost,
        })))
    }

    /// Journals a change, writes it, reads it back.
    fn change(&mut self, task: &Task, change: Change) -> ChangeResult {
        let before = change.before.clone();
        let saved = change.saved.clone();
        let lost: Vec<Told> = change.lost.iter().cloned().map(Told::from).collect();
        let seq = match self.journal.append(Entry::Change(Box::new(change))) {
            Ok(seq) => seq,
            Err(error) => {
                let because = Reason::NoJournal { detail: error.to_string() };
                self.stopped = Some(because.clone());
                return ChangeResult { before, ..refused(task, because) };
            }
        };
        let write = self.write(&task.cell, &task.to, before.as_ref(), &saved);
        let touched = match task.cell {
            Cell::RoleHolder { .. } if write.after.is_some() => self.touched(task, before.as_ref(), &saved),
            _ => None,
        };
        let result = ChangeResult {
            before,
            after: write.after.clone(),
            outcome: write.outcome,
            because: write.because.clone(),
            seq: Some(seq),
            lost: if has_effect(write.outcome) { lost } else { Vec::new() },
            ..refused(task, Reason::Stopped)
        };
        let Write { outcome, after, because } = write;
        self.note(Entry::CameOut(Box::new(CameOut { change: seq, outcome, after, because, touched })));
        result
    }

    /// Writes a cell whose change is journalled, and reads it back.
    pub(super) fn write(&mut self, cell: &Cell, to: &Value, before: Option<&Value>, saved: &[Held]) -> Write {
        let written = self.carrier.write(cell, to);
        if let Err(error) = &written {
            self.lost(error);
        }
        let mut cells = vec![cell.clone()];
        let removal = removed(cell, to);
        cells.extend(removal.clone());
        let mut readings = match self.carrier.read(&cells) {
            Ok(readings) => readings.into_iter(),
            Err(error) => {
                self.lost(&error);
                let because = Some(Reason::platform(Because::Failed, error.detail));
                return Write { outcome: ChangeOutcome::Unknown, after: None, because };
            }
        };
        let (after, unread) = match readings.next() {
            Some(Reading::Value(after)) => (Some(after), None),
            Some(Reading::NotRead(obstacle)) => (None, Some(obstacle)),
            None => (None, None),
        };
        let setting = readings.next().and_then(|reading| reading.value().cloned());
        let was = saved.iter().find(|held| Some(&held.cell) == removal.as_ref()).map(|held| &held.value);
        let only_disabled = matches!(&setting, Some(Value::Word(word)) if word.is_disabled())
            && !matches!(was, Some(Value::Word(word)) if word.is_disabled());
        let (outcome, because) = match &after {
            Some(read) if stands(cell, to, read, before) => (ChangeOutcome::Done, None),
            None => (ChangeOutcome::Unknown, unread.map(|obstacle| Reason::Platform { obstacle })),
            Some(_) if only_disabled => (ChangeOutcome::DisabledInstead, None),
            Some(read) => match written {
                Ok(Written::Refused(obstacle)) => {
                    (ChangeOutcome::Refused, Some(Reason::Platform { obstacle }))
                }
                Err(error) => {
                    let because = Some(Reason::platform(Because::Failed, error.detail));
                    let unchanged = before.is_some_and(|before| same(before, read));
                    (if unchanged { ChangeOutcome::Refused } else { ChangeOutcome::Unknown }, because)
                }
                Ok(Written::Done(_)) => {
                    let other = before.is_none_or(|before| !same(before, read));
                    (ChangeOutcome::Ignored, other.then_some(Reason::AnotherValue))
                }
            },
        };
        Write { outcome, after, because }
    }

    /// Reads what the platform may change along with a task.
    fn saved(
        &mut self,
        task: &Task,
        before: Option<&Value>,
    ) -> Result<Result<Vec<Held>, Obstacle>, CarrierError> {
        let user = task.cell.user();
        let packages = concerned(&task.cell, before, &task.to);
        if packages.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        let mut saved = match self.holdings(&packages, user)? {
            Ok(saved) => saved,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        if let Cell::Installed { package, .. } = &task.cell {
            let mut cells = vec![Cell::PackageEnabled { package: package.clone(), user }];
            cells.extend(ROLES.map(|role| Cell::RoleHolder { role: role.to_owned(), user }));
            let readings = self.carrier.read(&cells)?;
            for (cell, reading) in cells.into_iter().zip(readings) {
                let Reading::Value(value) = reading else { continue };
                let holds = |packages: &[PackageName]| packages.contains(package);
                let keep = !matches!(&value, Value::Packages(holders) if !holds(holders));
                if keep && !saved.iter().any(|held| held.cell == cell) {
                    saved.push(Held { cell, value });
                }
            }
        }
        Ok(Ok(saved))
    }

    /// Reads everything the platform keeps for packages.
    pub(super) fn holdings(
        &mut self,
        packages: &[PackageName],
        user: u32,
    ) -> Result<Result<Vec<Held>, Obstacle>, CarrierError> {
        let cells: Vec<Cell> =
            packages.iter().map(|package| Cell::Holdings { package: package.clone(), user }).collect();
        let mut all = Vec::new();
        for reading in self.carrier.read(&cells)? {
            match reading {
                Reading::Value(Value::Holdings(held)) => all.extend(held),
                Reading::NotRead(obstacle) => return Ok(Err(obstacle)),
                Reading::Value(_) => {
                    return Ok(Err(Obstacle { because: Because::Failed, detail: String::new() }));
                }
            }
        }
        Ok(Ok(all))
    }

    /// What of the saved state the platform changed along with a role; `None` when it could not be read.
    fn touched(&mut self, task: &Task, before: Option<&Value>, saved: &[Held]) -> Option<Vec<Held>> {
        let packages = concerned(&task.cell, before, &task.to);
        let now = self.holdings(&packages, task.cell.user()).ok()?.ok()?;
        Some(differing(saved, &now))
    }

    /// What a task destroys.
    fn losses(&mut self, task: &Task, before: Option<&Value>) -> Result<Vec<Lost>, CarrierError> {
        let bytes = |value: Option<&Value>| match value {
            Some(Value::Number(bytes)) => Some(*bytes),
            _ => None,
        };
        Ok(match (&task.cell, &task.to) {
            (Cell::Installed { package, user }, Value::Flag(false)) => {
                let data = Cell::Storage { package: package.clone(), user: *user, part: Part::Data };
                vec![Lost::Data { bytes: bytes(self.read(&data)?.value()) }]
            }
            (Cell::Storage { part: Part::Data, .. }, _) => vec![Lost::Data { bytes: bytes(before) }],
            (Cell::Storage { .. }, _) => vec![Lost::Cache { bytes: bytes(before) }],
            (Cell::Stopped { .. }, Value::Flag(true)) => vec![Lost::Running],
            _ => Vec::new(),
        })
    }

    /// What an uninstall takes along and this carrier may not set again.
    fn lost_settings(&mut self, cell: &Cell, saved: &[Held]) -> Result<Option<Lost>, CarrierError> {
        if !matches!(cell, Cell::Installed { .. }) {
            return Ok(None);
        }
        let mut cells = Vec::new();
        for held in differing(saved, &[]) {
            if self.carrier.cannot(&held.cell)?.is_some() {
                cells.push(held.cell);
            }
        }
        Ok((!cells.is_empty()).then_some(Lost::Settings { cells }))
    }

    /// Reads everything that was done once more, and names what did not last.
    fn look_again(&mut self, changes: &mut [ChangeResult]) {
        let mut last: Vec<usize> = (0..changes.len()).collect();
        last.retain(|at| {
            let change = &changes[*at];
            let later =
                changes[at + 1..].iter().any(|other| other.cell == change.cell && other.seq.is_some());
            change.outcome == ChangeOutcome::Done && change.seq.is_some() && !later
        });
        let cells: Vec<Cell> = last.iter().map(|at| changes[*at].cell.clone()).collect();
        if self.stopped.is_some() || cells.is_empty() {
            return;
        }
        let readings = match self.carrier.read(&cells) {
            Ok(readings) => readings,
            Err(error) => return self.lost(&error),
        };
        for (at, reading) in last.into_iter().zip(readings) {
            let change = &mut changes[at];
            let Reading::Value(read) = reading else { continue };
            if stands(&change.cell, &change.to, &read, change.before.as_ref()) {
                continue;
            }
            change.outcome = ChangeOutcome::Reverted;
            change.after = Some(read.clone());
            let came_out = CameOut {
                change: change.seq.unwrap_or_default(),
                outcome: ChangeOutcome::Reverted,
                after: Some(read),
                because: None,
                touched: None,
            };
            if !self.note(Entry::CameOut(Box::new(came_out))) {
                return;
            }
        }
    }

    /// Ends the run; returns why it stopped before its end.
    pub(super) fn end(&mut self) -> Option<Reason> {
        if self.stopped.is_none() {
            let run = self.run;
            self.note(Entry::End(End { run }));
        }
        self.stopped.take()
    }
}

/// What stands before a task was read.
enum Prepared {
    /// Nothing is to be done, or nothing may be.
    Settled(Box<ChangeResult>),
    /// The change may be made.
    Ready(Box<Change>),
}

/// What became of one write.
pub(super) struct Write {
    pub(super) outcome: ChangeOutcome,
    pub(super) after: Option<Value>,
    pub(super) because: Option<Reason>,
}

/// Whether a change of this outcome may have had an effect.
const fn has_effect(outcome: ChangeOutcome) -> bool {
    !matches!(outcome, ChangeOutcome::Refused | ChangeOutcome::Ignored | ChangeOutcome::DisabledInstead)
}

/// The packages whose state the platform changes along with a cell: an app that goes, holders of a role.
pub(super) fn concerned(cell: &Cell, before: Option<&Value>, to: &Value) -> Vec<PackageName> {
    match (cell, before, to) {
        (Cell::Installed { package, .. }, _, Value::Flag(false)) => vec![package.clone()],
        (Cell::RoleHolder { .. }, Some(Value::Packages(before)), Value::Packages(after)) => {
            let come = after.iter().filter(|name| !before.contains(name));
            before.iter().chain(come).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// The enabled setting of an app that is to go: a phone may only disable it.
fn removed(cell: &Cell, to: &Value) -> Option<Cell> {
    match (cell, to) {
        (Cell::Installed { package, user }, Value::Flag(false)) => {
            Some(Cell::PackageEnabled { package: package.clone(), user: *user })
        }
        _ => None,
    }
}

fn is_writable(cell: &Cell, to: &Value) -> bool {
    let writable = match cell {
        Cell::Holdings { .. } | Cell::Storage { part: Part::App, .. } => false,
        Cell::Storage { .. } => *to == Value::Number(0),
        _ => true,
    };
    writable && cell.takes(to)
}

fn gone(error: &CarrierError) -> Failure {
    const GONE: Text = Text::new("the phone did not answer: {detail}", "手机没有响应：{detail}");
    let detail = crate::escape::shown(&error.detail);
    Failure::new(FailureCode::Callback, GONE, &[("detail", &detail)])
}
