//! Changes of a phone in lines: what would be done, what was done and what became of it, what is lost.

use crate::enforce::answer::{JournalChange, JournalResult};
use crate::enforce::outcome::Lost;
use crate::enforce::result::{Told, What};
use crate::enforce::{Cell, ChangeOutcome, ChangeResult, Foreseen, Purpose, RunResult, Value};
use crate::language::{Language, Localized as _, Text};
use crate::profile::Bilingual;
use crate::report::escape::shown;
use crate::report::result::{EnforceResult, Head};
use crate::report::table::Table;
use crate::report::text::{Page, Paint, head};

pub(super) const DRY: Text =
    Text::new("DRY RUN: nothing was changed; --apply does it", "试运行：未作任何更改；使用 --apply 执行");
const NOTHING: Text = Text::new("NOTHING TO DO on this phone", "此手机上无需任何操作");
const JOURNAL: Text = Text::new("Journal", "日志");
const USER: Text = Text::new("User", "用户");
const WOULD: Text = Text::new("What would be done ({count})", "将执行的操作（{count}）");
const WOULD_NOT: Text = Text::new("What would not be done ({count})", "不会执行的操作（{count}）");
const NOT_FROM_HERE: Text = Text::new(
    "What cannot be done from here, and is not tried ({count})",
    "无法由此执行、因而不予尝试的操作（{count}）",
);
const ALREADY: Text = Text::new("What stands so already ({count})", "原已如此的项目（{count}）");
const DONE: Text = Text::new("Done ({count})", "已完成（{count}）");
const NOT_DONE: Text = Text::new("Not done ({count})", "未完成（{count}）");
const LOSES: Text = Text::new("loses", "失去");
const ALSO: Text = Text::new("with it", "随之恢复");
const STOPPED: Text = Text::new("The run stopped: {why}", "运行已中止：{why}");
const LEAVES: Text = Text::new(
    "Left to the build, which alone can repair it ({count})",
    "须由构建解决，运行中的手机无法修复（{count}）",
);
const UNDO_IT: Text =
    Text::new("keepone undo {journal} --apply puts it back", "可用 keepone undo {journal} --apply 还原");
const STANDS: Text =
    Text::new("What stands and would be undone ({count})", "仍然有效、将被撤销的更改（{count}）");
const NO_STANDING: Text =
    Text::new("NOTHING TO UNDO: no change of the journal stands", "无可撤销：日志中没有仍然有效的更改");
const INTERRUPTED: Text = Text::new(
    "A run was interrupted before its end; undoing it is safe, and so is taking it up again (enforce --resume)",
    "有一次运行中途中断；可以安全地撤销，也可以继续执行（enforce --resume）",
);

/// Returns a text of a result in the page's language.
pub(super) fn of(page: &Page, text: &Bilingual) -> String {
    shown(match page.language {
        Language::English => &text.en,
        Language::Chinese => &text.zh,
    })
}

/// Begins the page of what is changed on a phone: which one, for which user, and where its journal lies.
pub(super) fn begin(page: &mut Page, head: &Head, user: u32, journal: Option<&str>) {
    let mut rows = head::rows(page, head);
    rows.row([page.say(USER).to_owned(), user.to_string()]);
    if let Some(journal) = journal {
        rows.row([page.say(JOURNAL).to_owned(), shown(journal)]);
    }
    page.table(&rows);
    page.blank();
}

/// Renders the result of `keepone enforce`.
pub fn enforce(mut page: Page, result: &EnforceResult) -> String {
    begin(&mut page, &result.head, result.user, result.journal.as_deref());
    match &result.result {
        Some(run) => changes(&mut page, run, result.journal.as_deref()),
        None => verdict(&mut page, result.applied, &result.steps),
    }
    foreseen(&mut page, &result.steps, result.result.is_some());
    if !result.leaves.is_empty() {
        let heading = LEAVES.fill(page.language, &[("count", &result.leaves.len())]);
        page.heading(&heading);
        let told = result.leaves.iter().flat_map(|left| {
            let because = shown(&left.because.localized(page.language));
            left.packages.iter().map(move |package| (because.clone(), package.to_string()))
        });
        let told = told.collect();
        grouped(&mut page, told);
    }
    page.finish()
}

fn verdict(page: &mut Page, applied: bool, steps: &[Foreseen]) {
    let nothing = steps.iter().all(|step| step.already || step.not_from_here);
    let (paint, text) = if applied || nothing { (Paint::Good, NOTHING) } else { (Paint::Open, DRY) };
    page.painted_paragraph(paint, page.say(text));
}

/// Adds what was foreseen; after a run only what was not tried.
pub(super) fn foreseen(page: &mut Page, steps: &[Foreseen], ran: bool) {
    let is = |step: &Foreseen| match step {
        step if step.not_from_here => NOT_FROM_HERE,
        step if step.already => ALREADY,
        step if step.because.is_some() => WOULD_NOT,
        _ => WOULD,
    };
    for heading in [WOULD, WOULD_NOT, NOT_FROM_HERE, ALREADY] {
        let found: Vec<&Foreseen> = steps.iter().filter(|step| is(step) == heading).collect();
        if found.is_empty() || (ran && heading != NOT_FROM_HERE) {
            continue;
        }
        let text = heading.fill(page.language, &[("count", &found.len())]);
        page.heading(&text);
        let told = found.iter().map(|step| (said_of(page, step), subject(step))).collect();
        grouped(page, told);
    }
}

/// What is done by a foreseen step, why it would not be, and what is lost by it: the same for many packages.
fn said_of(page: &Page, step: &Foreseen) -> String {
    let mut said = if let Purpose::Step { kind } = &step.purpose {
        page.say(kind.text()).to_owned()
    } else {
        let from = step.before.as_ref().map(|before| format!("{} -> ", value(before)));
        format!("{}{}", from.unwrap_or_default(), value(&step.to))
    };
    if step.because.is_some() {
        said = [said, of(page, &step.text)].join(page.semicolon());
    }
    for lost in &step.lost {
        let lost = [page.say(LOSES).to_owned(), without_bytes(page, lost)].join(page.colon());
        said = [said, lost].join(page.semicolon());
    }
    said
}

/// A loss without how many bytes, which differs from app to app and stands in the JSON form.
fn without_bytes(page: &Page, lost: &Told) -> String {
    let lost = match &lost.what {
        What::Lost(Lost::Data { .. }) => Lost::Data { bytes: None },
        What::Lost(Lost::Cache { .. }) => Lost::Cache { bytes: None },
        _ => return of(page, &lost.text),
    };
    lost.localized(page.language)
}

/// What a foreseen step is about, shortly.
fn subject(step: &Foreseen) -> String {
    match (&step.purpose, &step.cell) {
        (Purpose::Step { .. }, Cell::RoleHolder { role, .. }) => {
            format!("{role} {} -> {}", step.package, value(&step.to))
        }
        (Purpose::Step { .. }, _) => step.package.to_string(),
        (_, cell) => cell.to_string(),
    }
}

/// Says once what holds for several things, with their names after it.
fn grouped(page: &mut Page, told: Vec<(String, String)>) {
    page.grouped(told, |page, what, _| page.item(2, 2, what));
}

/// Adds what became of a run.
pub(super) fn changes(page: &mut Page, run: &RunResult, journal: Option<&str>) {
    let counts: Vec<String> = run
        .counts
        .iter()
        .map(|(outcome, count)| [page.say(outcome.text()), &count.to_string()].join(page.colon()))
        .collect();
    let good =
        run.changes.iter().all(|change| change.outcome == ChangeOutcome::Done) && run.stopped.is_none();
    let paint = if good { Paint::Good } else { Paint::Bad };
    let counts = if counts.is_empty() { page.say(NOTHING).to_owned() } else { counts.join(page.pause()) };
    page.painted_paragraph(paint, &counts);
    if let Some(stopped) = &run.stopped {
        let why = STOPPED.fill(page.language, &[("why", &of(page, &stopped.text))]);
        page.painted_paragraph(Paint::Bad, &why);
    }
    for note in &run.notes {
        let note = of(page, note);
        page.paragraph(0, &note);
    }
    if let Some(journal) = journal.filter(|_| run.changes.iter().any(|change| change.seq.is_some())) {
        let undo = UNDO_IT.fill(page.language, &[("journal", &shown(journal))]);
        page.paragraph(0, &undo);
    }
    let (done, not_done): (Vec<&ChangeResult>, Vec<&ChangeResult>) =
        run.changes.iter().partition(|change| change.outcome == ChangeOutcome::Done);
    for (heading, list) in [(NOT_DONE, not_done), (DONE, done)] {
        if list.is_empty() {
            continue;
        }
        let text = heading.fill(page.language, &[("count", &list.len())]);
        page.heading(&text);
        // What went wrong is never left out.
        let few = if heading == NOT_DONE { list.len() } else { page.shown_of(list.len()) };
        for change in list.iter().take(few) {
            one(page, change);
        }
        if few < list.len() {
            page.left_out(2, list.len());
        }
    }
}

fn one(page: &mut Page, change: &ChangeResult) {
    let what = what(page, &change.purpose, &change.cell, change.before.as_ref(), &change.to);
    page.item(2, 3, &what);
    if change.outcome != ChangeOutcome::Done || change.already {
        let text = of(page, &change.text);
        page.paragraph(5, &text);
    }
    losses(page, &change.lost);
    for also in &change.also {
        let text = [also.cell.to_string(), of(page, &also.text)].join(page.colon());
        let text = [page.say(ALSO).to_owned(), shown(&text)].join(page.colon());
        page.paragraph(5, &text);
    }
}

fn losses(page: &mut Page, lost: &[Told]) {
    for lost in lost {
        let text = [page.say(LOSES).to_owned(), of(page, &lost.text)].join(page.colon());
        page.paragraph(5, &text);
    }
}

/// Says what is done to which cell: for a step its words, for anything else the cell with what stood and what is to stand.
fn what(page: &Page, purpose: &Purpose, cell: &Cell, before: Option<&Value>, to: &Value) -> String {
    let from = before.map(|before| format!("{} -> ", value(before))).unwrap_or_default();
    let cell = shown(&cell.to_string());
    let change = format!("{from}{}", value(to));
    match purpose {
        Purpose::Step { kind } => {
            [page.with_aside(&cell, &change), page.say(kind.text()).to_owned()].join(page.colon())
        }
        _ => [cell, change].join(page.colon()),
    }
}

/// A value in Android's own words, in no language.
fn value(value: &Value) -> String {
    match value {
        Value::Packages(names) if names.is_empty() => "-".to_owned(),
        Value::Packages(names) => names.iter().map(ToString::to_string).collect::<Vec<_>>().join("+"),
        Value::Permission { granted, .. } => if *granted { "granted" } else { "not-granted" }.to_owned(),
        Value::Holdings(held) => held.len().to_string(),
        Value::Unread => "?".to_owned(),
        other => serde_json::to_string(other).unwrap_or_default().trim_matches('"').to_owned(),
    }
}

/// Renders what a journal holds, before anything of it is undone.
pub fn standing(mut page: Page, journal: &JournalResult, path: &str) -> String {
    let mut rows = Table::new(0);
    rows.row([page.say(JOURNAL).to_owned(), shown(path)]);
    page.table(&rows);
    page.blank();
    let standing: Vec<&JournalChange> = journal.changes.iter().filter(|change| change.can_undo).collect();
    if let Some(damaged) = &journal.damaged {
        let text = of(&page, &damaged.text);
        page.painted_paragraph(Paint::Bad, &text);
    }
    if standing.is_empty() {
        page.painted_paragraph(Paint::Good, page.say(NO_STANDING));
        return page.finish();
    }
    page.painted_paragraph(Paint::Open, page.say(DRY));
    if journal.interrupted.is_some() {
        page.painted_paragraph(Paint::Open, page.say(INTERRUPTED));
    }
    let heading = STANDS.fill(page.language, &[("count", &standing.len())]);
    page.heading(&heading);
    for change in standing.iter().take(page.shown_of(standing.len())) {
        let back = change.before.as_ref().map_or_else(|| "?".to_owned(), value);
        let line =
            format!("#{} {} {} -> {back}", change.seq, shown(&change.cell.to_string()), value(&change.to));
        page.item(2, 3, &line);
        losses(&mut page, &change.lost);
    }
    page.left_out(2, standing.len());
    page.finish()
}

/// Renders the result of an undo.
pub fn undone(mut page: Page, run: &RunResult, path: &str) -> String {
    let mut rows = Table::new(0);
    rows.row([page.say(JOURNAL).to_owned(), shown(path)]);
    page.table(&rows);
    page.blank();
    changes(&mut page, run, None);
    page.finish()
}
