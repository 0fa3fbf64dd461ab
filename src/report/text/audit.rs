//! The page of `keepone audit`: what was judged, the verdict in one sentence, each function group, what breaks the rule
//! and why, what is not known, and the least repair.

use crate::audit::explain;
use crate::audit::{Finding, FindingCode, Outcome};
use crate::language::Text;
use crate::package::{Group, PackageName};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::report::escape::shown;
use crate::report::result::{AuditResult, GroupEntry};
use crate::report::table::Table;
use crate::report::text::{Page, Paint, basis, head, plan, reason, unread};
use crate::report::verdict::{self, GroupStanding};

const VERDICT_PASS: Text = Text::new("COMPLIANT: {why}", "合规：{why}");
const VERDICT_FAIL: Text = Text::new("NOT COMPLIANT: {why}", "不合规：{why}");
const VERDICT_OPEN: Text = Text::new("NOT DECIDED: {why}", "无法判定：{why}");

const REQUIREMENTS: Text = Text::new("Requirements", "各项要求");
const ONE_FOR_A_PERSON: Text =
    Text::new("one more needs papers or a person", "另有 1 项须查阅文件或由人判定");
const FOR_A_PERSON: Text =
    Text::new("{count} more need papers or a person", "另有 {count} 项须查阅文件或由人判定");

const GROUPS: Text = Text::new("Function groups", "功能组");
const FIXED: Text = Text::new("non-uninstallable: {names}", "不可卸载：{names}");
const FIXED_OF: Text =
    Text::new("non-uninstallable (at most {max}): {names}", "不可卸载（最多 {max} 个）：{names}");
const MAYBE: Text = Text::new("not known: {names}", "未知：{names}");
const REMOVABLE: Text = Text::new("removable: {names}", "可卸载：{names}");
const NOBODY: Text = Text::new("no app", "没有应用");

const BREAKS: Text = Text::new("What breaks the rule", "违反规则之处");
const OPEN: Text = Text::new("Not decided ({count})", "无法判定（{count}）");
const NOTES: Text = Text::new("Worth knowing ({count})", "值得了解（{count}）");
const ACCEPTED: Text = Text::new("accepted: {reason}", "已豁免：{reason}");

const NEXT: Text = Text::new("Next", "下一步");
const NEXT_PLAN: Text = Text::new("every step of the repair", "修复方案的每一步");
const NEXT_EXPLAIN: Text = Text::new("why one app was judged so", "某个应用的判定依据");
const NEXT_CODE: Text = Text::new("what a finding means", "某项发现的含义");
const NEXT_ALL: Text = Text::new("everything that was left out here", "此处省略的全部内容");
const SOURCE: Text = Text::new("SOURCE", "来源");

/// Renders the page.
pub fn audit(mut page: Page, result: &AuditResult, profile: &Profile, repair: &Plan) -> String {
    let mut rows = head::rows(&page, &result.head);
    basis::rows(&page, &mut rows, &result.basis, profile);
    page.table(&rows);
    page.blank();
    in_words(&mut page, result);
    groups(&mut page, result);
    breaks(&mut page, result);
    open(&mut page, result);
    unread::section(&mut page, &result.unread);
    notes(&mut page, result);
    plan::in_few_lines(&mut page, repair);
    next(&mut page, result);
    page.finish()
}

/// Says in one sentence whether the rule is kept.
fn in_words(page: &mut Page, result: &AuditResult) {
    let (paint, text) = match result.summary.outcome {
        Outcome::Pass => (Paint::Good, VERDICT_PASS),
        Outcome::Fail => (Paint::Bad, VERDICT_FAIL),
        _ => (Paint::Open, VERDICT_OPEN),
    };
    let why = verdict::sentence(result, page.language);
    page.painted_paragraph(paint, &text.fill(page.language, &[("why", &why)]));
    page.paragraph(0, &verdict::counts(result, page.language));
    requirements(page, result);
}

/// Says in one line how each requirement came out; those that need papers or a person are only counted.
fn requirements(page: &mut Page, result: &AuditResult) {
    let judged = result.requirements.iter().filter(|requirement| requirement.outcome != Outcome::NotSelected);
    let mut parts: Vec<String> = judged
        .map(|requirement| {
            format!("{} {}", shown(&requirement.id), page.say(explain::outcome_name(requirement.outcome)))
        })
        .collect();
    let others = result.requirements.len() - parts.len();
    if others > 0 {
        parts.push(page.count(ONE_FOR_A_PERSON, FOR_A_PERSON, others));
    }
    let line = [page.say(REQUIREMENTS), &parts.join(page.pause())].join(page.colon());
    page.paragraph(0, &line);
}

/// One row per group: how it stands, which apps stay, which others there are.
fn groups(page: &mut Page, result: &AuditResult) {
    let allowed = |entry: &&GroupEntry| entry.allowed.is_some();
    if !result.groups.iter().any(|entry| allowed(&entry)) {
        return;
    }
    page.heading(page.say(GROUPS));
    let mut table = Table::new(2);
    for entry in result.groups.iter().filter(allowed) {
        let standing = GroupStanding::of(entry, result);
        let state = page.say(standing.text()).to_owned();
        table.row([state, page.say(entry.id.name()).to_owned(), members(page, entry, standing)]);
    }
    page.table(&table);
}

fn members(page: &Page, entry: &GroupEntry, standing: GroupStanding) -> String {
    let named = |text: Text, names: &[PackageName]| {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("names", &list(page, names)), ("max", &entry.allowed.unwrap_or_default())];
        (!names.is_empty()).then(|| text.fill(page.language, &values))
    };
    let fixed = if standing == GroupStanding::TooMany { FIXED_OF } else { FIXED };
    let parts = [
        named(fixed, &entry.non_uninstallable),
        named(MAYBE, &entry.open),
        named(REMOVABLE, &entry.uninstallable),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { page.say(NOBODY).to_owned() } else { parts.join(page.semicolon()) }
}

/// Joins package names as each language does.
fn list(page: &Page, names: &[PackageName]) -> String {
    names.iter().map(PackageName::as_str).collect::<Vec<_>>().join(page.comma())
}

/// What fails.
fn breaks(page: &mut Page, result: &AuditResult) {
    let failed: Vec<&Finding> =
        result.findings.iter().filter(|finding| finding.outcome == Outcome::Fail).collect();
    section(page, page.say(BREAKS), &failed);
}

/// Adds findings under a heading, code by code, each app with the reason why it stays.
fn section(page: &mut Page, heading: &str, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    page.heading(heading);
    for of_code in findings.chunk_by(|a, b| (a.code, &a.requirement) == (b.code, &b.requirement)) {
        let Some(first) = of_code.first() else { continue };
        let what = page.with_aside(page.say(explain::finding_name(first.code)), first.code.id());
        let what =
            first.requirement.as_deref().map_or_else(|| what.clone(), |id| format!("{} {what}", shown(id)));
        page.paragraph(2, &format!("{what}{}{}", page.colon(), of_code.len()));
        let mut table = Table::new(4);
        for finding in of_code.iter().take(page.shown_of(of_code.len())) {
            rows(page, &mut table, finding);
        }
        page.table(&table);
        page.left_out(4, of_code.len());
    }
}

/// One row per app of a finding: its name, its group, why it stays, and the waiver that accepts it.
fn rows(page: &Page, table: &mut Table, finding: &Finding) {
    let mut group = finding.group.map_or("", |group: Group| page.say(group.name()));
    let accepted =
        finding.waived.as_deref().map(|reason| ACCEPTED.fill(page.language, &[("reason", &shown(reason))]));
    for package in finding.packages.iter().take(page.shown_of(finding.packages.len())) {
        let because = reason::of_finding(page, finding, package);
        let parts = [Some(because), accepted.clone()].into_iter().flatten().filter(|part| !part.is_empty());
        let because = parts.collect::<Vec<_>>().join(page.semicolon());
        table.row([package.to_string(), group.to_owned(), because]);
        group = "";
    }
    let left = finding.packages.len() - page.shown_of(finding.packages.len());
    if left > 0 {
        table.row([format!("(+{left})"), String::new(), String::new()]);
    }
}

/// What could not be decided, except what was not read at all.
fn open(page: &mut Page, result: &AuditResult) {
    let is_open = |finding: &&Finding| {
        matches!(finding.outcome, Outcome::Unknown | Outcome::NotChecked | Outcome::Error)
            && finding.code != FindingCode::IncompleteInventory
    };
    let open: Vec<&Finding> = result.findings.iter().filter(is_open).collect();
    let heading = OPEN.fill(page.language, &[("count", &open.len())]);
    section(page, &heading, &open);
}

/// What breaks nothing: accepted exceptions, contradicted claims, unused waivers.
fn notes(page: &mut Page, result: &AuditResult) {
    let notes: Vec<&Finding> =
        result.findings.iter().filter(|finding| finding.outcome == Outcome::Informational).collect();
    let heading = NOTES.fill(page.language, &[("count", &notes.len())]);
    section(page, &heading, &notes);
}

/// Says which commands tell more.
fn next(page: &mut Page, result: &AuditResult) {
    let Some(worst) = result.findings.first() else { return };
    let source = page.say(SOURCE);
    page.heading(page.say(NEXT));
    let mut table = Table::new(2);
    if result.summary.outcome == Outcome::Fail {
        table.row([format!("keepone plan {source}"), page.say(NEXT_PLAN).to_owned()]);
    }
    if let Some(package) = worst.packages.first() {
        table.row([format!("keepone explain {package} {source}"), page.say(NEXT_EXPLAIN).to_owned()]);
    }
    table.row([format!("keepone explain {}", worst.code.id()), page.say(NEXT_CODE).to_owned()]);
    if !page.is_verbose() {
        table.row([format!("keepone audit {source} --verbose"), page.say(NEXT_ALL).to_owned()]);
    }
    page.table(&table);
}
