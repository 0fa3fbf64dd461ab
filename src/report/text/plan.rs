//! The page of `keepone plan`, and the few lines of it that an audit ends with.

use std::collections::BTreeMap;

use crate::audit::Outcome;
use crate::audit::explain;
use crate::language::{Localized as _, Text};
use crate::plan::kind::StepKind;
use crate::plan::outcome::{Alternative, CannotRepair, GroupPlan, KeeperReason, Plan};
use crate::plan::run_time::RunTimeStep;
use crate::plan::step::{Applicability, Step};
use crate::profile::Profile;
use crate::report::escape::shown;
use crate::report::result::PlanResult;
use crate::report::table::Table;
use crate::report::text::{Page, Paint, basis, head};

const NOTHING: Text = Text::new("NOTHING TO DO: the rule is kept", "无需改动：规则已得到遵守");
const NOTHING_KNOWN: Text = Text::new(
    "NOTHING TO DO as far as is known: what is not known or was not read is left alone",
    "就已知内容而言无需改动：未知或未读取的部分不予触动",
);
const ONE_STEP: Text = Text::new("one step, cost {cost}", "共 1 步，代价 {cost}");
const STEPS: Text = Text::new("{count} steps, cost {cost}", "共 {count} 步，代价 {cost}");
const ONE_STAYS: Text = Text::new("one failure cannot be repaired", "有 1 处无法修复");
const STAY: Text = Text::new("{count} failures cannot be repaired", "有 {count} 处无法修复");
const KEPT: Text = Text::new("What stays", "保留的应用");
const NOTHING_STAYS: Text = Text::new("no app stays", "不保留任何应用");
const NOT_CHOSEN: Text = Text::new("not {package}: {why}", "未选 {package}：{why}");
const DONE: Text = Text::new("What is done, in this order", "改动步骤（按顺序）");
const BECAUSE: Text = Text::new("because", "原因");
const LOSES: Text = Text::new("loses", "失去");
const ONLY_IF: Text = Text::new("only if", "前提");
const UNDO: Text = Text::new("undo", "撤销");
const COST: Text = Text::new("cost {cost}, {applicability}", "代价 {cost}，{applicability}");
const CANNOT: Text = Text::new("Cannot be repaired ({count})", "无法修复（{count}）");
const LEFT_ALONE: Text =
    Text::new("Left alone, because something is not known ({count})", "因情况未知而不触动（{count}）");
const ON_A_PHONE: Text = Text::new("On a running phone ({count})", "在已运行的手机上（{count}）");
const LEAVES: Text = Text::new(
    "Left to the image, which a running phone cannot change ({count})",
    "须由镜像解决，运行中的手机无法改变（{count}）",
);
const REPAIR: Text = Text::new("The least repair", "最小修复方案");
const STAYS: Text = Text::new("stays", "保留");
const CONSENT: Text = Text::new(
    "{count} of them lose something and need consent (keepone plan tells what)",
    "其中 {count} 步会失去某些功能，需征得同意（keepone plan 列出详情）",
);

/// Renders the page.
pub fn plan(mut page: Page, result: &PlanResult, profile: &Profile) -> String {
    let mut rows = head::rows(&page, &result.head);
    basis::rows(&page, &mut rows, &result.basis, profile);
    page.table(&rows);
    page.blank();
    verdict(&mut page, result);
    kept(&mut page, &result.groups);
    steps(&mut page, &result.steps);
    cannot(&mut page, &result.cannot_repair);
    left_alone(&mut page, result);
    on_a_phone(&mut page, result);
    page.finish()
}

fn verdict(page: &mut Page, result: &PlanResult) {
    if result.steps.is_empty() && result.cannot_repair.is_empty() {
        let (paint, text) = if result.summary.outcome == Outcome::Pass {
            (Paint::Good, NOTHING)
        } else {
            (Paint::Open, NOTHING_KNOWN)
        };
        page.painted_paragraph(paint, page.say(text));
        return;
    }
    let text = totals(page, result.steps.len(), result.cost, result.cannot_repair.len());
    page.painted_paragraph(Paint::Heading, &text);
}

fn totals(page: &Page, steps: usize, cost: u64, stays: usize) -> String {
    let text = if steps == 1 { ONE_STEP } else { STEPS };
    let done = text.fill(page.language, &[("count", &steps), ("cost", &cost)]);
    if stays == 0 { done } else { [done, page.count(ONE_STAYS, STAY, stays)].join(page.pause()) }
}

fn kept(page: &mut Page, groups: &[GroupPlan]) {
    if groups.is_empty() {
        return;
    }
    page.heading(page.say(KEPT));
    let mut table = Table::new(2);
    for group in groups {
        let mut name = page.say(group.id.name());
        if group.keepers.is_empty() {
            table.row([name.to_owned(), page.say(NOTHING_STAYS).to_owned(), String::new()]);
        }
        for keeper in &group.keepers {
            table.row([name.to_owned(), keeper.package.to_string(), reasons(page, &keeper.because)]);
            name = "";
        }
        for (why, names) in not_chosen(page, group) {
            let text =
                NOT_CHOSEN.fill(page.language, &[("package", &names.join(page.comma())), ("why", &why)]);
            table.row([String::new(), String::new(), text]);
        }
    }
    page.table(&table);
}

/// Returns the apps of a group that do not stay, together where the same stands against them.
fn not_chosen(page: &Page, group: &GroupPlan) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for Alternative { package, why_not } in &group.alternatives {
        let why = shown(&why_not.localized(page.language));
        match found.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(package.to_string()),
            None => found.push((why, vec![package.to_string()])),
        }
    }
    found
}

fn reasons(page: &Page, because: &[KeeperReason]) -> String {
    let said = because.iter().map(|reason| shown(&reason.localized(page.language)));
    said.collect::<Vec<_>>().join(page.semicolon())
}

fn steps(page: &mut Page, steps: &[Step]) {
    if steps.is_empty() {
        return;
    }
    page.heading(page.say(DONE));
    for (number, step) in steps.iter().enumerate() {
        let cost = COST.fill(
            page.language,
            &[("cost", &step.cost), ("applicability", &page.say(step.applicability.text()))],
        );
        let what = page.with_aside(page.say(step.kind.text()), &cost);
        page.item(2, 3, &format!("{}. {}{}{what}", number + 1, step.package, page.colon()));
        for detail in details(page, step) {
            page.item(5, 2, &detail);
        }
    }
}

/// Returns what a step changes and why, what is lost by it, and, where everything is asked for, on which condition it is
/// done and what undoes it.
fn details(page: &Page, step: &Step) -> Vec<String> {
    let mut details = Vec::new();
    if let (Some(from), Some(to)) = (&step.from, &step.to) {
        details.push(format!("{} -> {}", shown(from), shown(to)));
    }
    if let Some(edit) = &step.edit {
        details.push([shown(&edit.file), shown(&edit.line)].join(page.colon()));
    }
    let mut told =
        |name: Text, what: String| details.push([page.say(name), &shown(&what)].join(page.colon()));
    told(BECAUSE, step.because.localized(page.language));
    for loss in &step.loses {
        told(LOSES, loss.localized(page.language));
    }
    if page.is_verbose() {
        for condition in &step.preconditions {
            told(ONLY_IF, condition.localized(page.language));
        }
        told(UNDO, step.inverse.localized(page.language));
    }
    details
}

fn cannot(page: &mut Page, cannot: &[CannotRepair]) {
    if cannot.is_empty() {
        return;
    }
    let heading = CANNOT.fill(page.language, &[("count", &cannot.len())]);
    page.heading(&heading);
    for entry in cannot {
        let what = page.say(explain::finding_name(entry.code));
        page.paragraph(2, &[entry.package.as_str(), what].join(page.colon()));
        page.paragraph(5, &shown(&entry.because.localized(page.language)));
    }
}

fn left_alone(page: &mut Page, result: &PlanResult) {
    let left = &result.left_alone;
    if left.is_empty() {
        return;
    }
    let heading = LEFT_ALONE.fill(page.language, &[("count", &left.len())]);
    page.heading(&heading);
    let told = left.iter().map(|entry| (entry.because.localized(page.language), entry.package.to_string()));
    grouped(page, told.collect());
}

fn on_a_phone(page: &mut Page, result: &PlanResult) {
    let run_time = &result.run_time;
    if !run_time.steps.is_empty() {
        let heading = ON_A_PHONE.fill(page.language, &[("count", &run_time.steps.len())]);
        page.heading(&heading);
        let told = run_time.steps.iter().map(|step| run_time_step(page, step)).collect();
        grouped(page, told);
    }
    if !run_time.leaves.is_empty() {
        let heading = LEAVES.fill(page.language, &[("count", &run_time.leaves.len())]);
        page.heading(&heading);
        let told = run_time.leaves.iter().flat_map(|left| {
            left.packages.iter().map(|package| (left.because.localized(page.language), package.to_string()))
        });
        grouped(page, told.collect());
    }
}

/// Returns what is done by a run-time step, and to whom.
fn run_time_step(page: &Page, step: &RunTimeStep) -> (String, String) {
    let what = page.with_aside(page.say(step.kind.text()), page.say(step.applicability.text()));
    let to = step.to.as_ref().map(|to| format!(" -> {to}")).unwrap_or_default();
    match &step.role {
        Some(role) => (what, format!("{role} {}{to}", step.package)),
        None => (what, format!("{}{to}", step.package)),
    }
}

/// Says once what holds for several packages, with their number and their names after it.
fn grouped(page: &mut Page, told: Vec<(String, String)>) {
    page.grouped(told, |page, what, count| {
        page.paragraph(2, &[shown(what), count.to_string()].join(page.colon()));
    });
}

/// Adds the plan in a few lines: what stays in each group that fails, how many apps are made removable and how, what
/// cannot be repaired.
pub(super) fn in_few_lines(page: &mut Page, plan: &Plan) {
    if plan.is_empty() {
        return;
    }
    page.heading(page.say(REPAIR));
    let text = totals(page, plan.steps.len(), plan.cost, plan.cannot_repair.len());
    page.paragraph(2, &text);
    let mut table = Table::new(2);
    for group in plan.groups.iter().filter(|group| !group.alternatives.is_empty()) {
        for keeper in &group.keepers {
            let because = keeper.because.first().map(std::slice::from_ref).unwrap_or_default();
            let stays = [page.say(STAYS).to_owned(), reasons(page, because)].join(page.colon());
            table.row([page.say(group.id.name()).to_owned(), keeper.package.to_string(), stays]);
        }
    }
    page.table(&table);
    for (kind, count) in by_kind(&plan.steps) {
        page.paragraph(2, &format!("{count} × {}", page.say(kind.text())));
    }
    let consent = plan.steps.iter().filter(|step| step.applicability == Applicability::NeedsConsent).count();
    if consent > 0 {
        let text = CONSENT.fill(page.language, &[("count", &consent)]);
        page.paragraph(2, &text);
    }
    for entry in &plan.cannot_repair {
        let because = shown(&entry.because.localized(page.language));
        page.paragraph(2, &[entry.package.to_string(), because].join(page.colon()));
    }
}

fn by_kind(steps: &[Step]) -> BTreeMap<StepKind, usize> {
    let mut counts = BTreeMap::new();
    for step in steps {
        *counts.entry(step.kind).or_default() += 1;
    }
    counts
}
