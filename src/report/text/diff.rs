//! The page of `keepone diff`.

use crate::audit::{Outcome, explain};
use crate::language::Text;
use crate::package::Group;
use crate::report::escape::shown;
use crate::report::result::{
    Aspect, Change, DiffOutcome, DiffResult, PackageChange, PackageState, Point, Side,
};
use crate::report::table::Table;
use crate::report::text::{Page, Paint, unread};

const BEFORE: Text = Text::new("Before", "之前");
const AFTER: Text = Text::new("After", "之后");
const SIDE: Text = Text::new(
    "{source}: {build}, {outcome}, {unread} not read",
    "{source}：{build}，{outcome}，{unread} 项未读取",
);
const NO_BUILD: Text = Text::new("build not stated", "未注明版本");
const NOT_WORSE: Text =
    Text::new("NOT WORSE: nothing breaks the rule that did not before", "没有变差：没有新增违反规则之处");
const ONE_WORSE: Text =
    Text::new("WORSE: one point breaks the rule that did not before", "变差：新增 1 处违反规则");
const WORSE: Text =
    Text::new("WORSE: {count} points break the rule that did not before", "变差：新增 {count} 处违反规则");
const UNDECIDED: Text = Text::new(
    "NOT DECIDED: something was not read, or is newly unknown, so it cannot be said whether it got worse",
    "无法判定：有内容未读取，或新出现未知项，因此不能确定是否变差",
);
const COUNTS: Text = Text::new(
    "packages: {added} added, {removed} removed, {changed} changed; failures: {new} new, {gone} gone",
    "应用包：新增 {added}，移除 {removed}，变化 {changed}；不通过之处：新增 {new}，消除 {gone}",
);
const POINTS_NEW: Text = Text::new("New ({count})", "新增（{count}）");
const POINTS_GONE: Text = Text::new("Gone ({count})", "消除（{count}）");
const ADDED: Text = Text::new("Packages added ({count})", "新增的应用包（{count}）");
const REMOVED: Text = Text::new("Packages removed ({count})", "移除的应用包（{count}）");
const CHANGED: Text = Text::new("Packages changed ({count})", "变化的应用包（{count}）");
const UNREAD_NEW: Text = Text::new("No longer read ({count})", "不再能读取（{count}）");
const UNREAD_GONE: Text = Text::new("No longer missing ({count})", "不再缺失（{count}）");

const VERSION: Text = Text::new("version {version}", "版本 {version}");

/// Renders the page.
pub fn diff(mut page: Page, result: &DiffResult) -> String {
    let mut table = Table::new(0);
    table.row([page.say(BEFORE).to_owned(), side(&page, &result.before)]);
    table.row([page.say(AFTER).to_owned(), side(&page, &result.after)]);
    page.table(&table);
    page.blank();
    verdict(&mut page, result);
    points(&mut page, POINTS_NEW, &result.points_new);
    points(&mut page, POINTS_GONE, &result.points_gone);
    for (heading, change) in [(CHANGED, Change::Changed), (ADDED, Change::Added), (REMOVED, Change::Removed)]
    {
        packages(
            &mut page,
            heading,
            result.packages.iter().filter(|package| package.change == change).collect(),
        );
    }
    unread::titled(&mut page, UNREAD_NEW, &result.unread_new);
    unread::titled(&mut page, UNREAD_GONE, &result.unread_gone);
    page.finish()
}

fn side(page: &Page, side: &Side) -> String {
    let build = side.device.fingerprint.as_deref().map_or_else(|| page.say(NO_BUILD).to_owned(), shown);
    let outcome = page.say(explain::outcome_name(side.outcome));
    let source = shown(&side.source.name);
    SIDE.fill(
        page.language,
        &[("source", &source), ("build", &build), ("outcome", &outcome), ("unread", &side.unread)],
    )
}

fn verdict(page: &mut Page, result: &DiffResult) {
    let summary = &result.summary;
    let (paint, text) = match summary.outcome {
        DiffOutcome::NotWorse => (Paint::Good, page.say(NOT_WORSE).to_owned()),
        DiffOutcome::Worse => (Paint::Bad, page.count(ONE_WORSE, WORSE, summary.failures_new)),
        DiffOutcome::Undecided => (Paint::Open, page.say(UNDECIDED).to_owned()),
    };
    page.painted_paragraph(paint, &text);
    let counts = COUNTS.fill(
        page.language,
        &[
            ("added", &summary.added),
            ("removed", &summary.removed),
            ("changed", &summary.changed),
            ("new", &summary.failures_new),
            ("gone", &summary.failures_gone),
        ],
    );
    page.paragraph(0, &counts);
}

fn points(page: &mut Page, heading: Text, points: &[Point]) {
    let told: Vec<&Point> = points.iter().filter(|point| point.outcome != Outcome::Informational).collect();
    if told.is_empty() {
        return;
    }
    let heading = heading.fill(page.language, &[("count", &told.len())]);
    page.heading(&heading);
    let mut table = Table::new(2);
    for point in told.iter().take(page.shown_of(told.len())) {
        let package = point.package.as_ref().map(ToString::to_string).unwrap_or_default();
        let group = point.group.map_or("", |group: Group| page.say(group.name()));
        let outcome = page.say(explain::outcome_name(point.outcome)).to_owned();
        let name = page.say(explain::finding_name(point.code));
        let what = [name, group].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        table.row([outcome, package, what.join(page.colon())]);
    }
    page.table(&table);
    page.left_out(2, told.len());
}

fn packages(page: &mut Page, heading: Text, mut packages: Vec<&PackageChange>) {
    if packages.is_empty() {
        return;
    }
    // What the rule looks at comes first.
    let matters = |package: &&PackageChange| {
        [&package.before, &package.after].into_iter().flatten().any(|state| state.in_scope != Some(false))
    };
    packages.sort_by_key(|package| !matters(package));
    let heading = heading.fill(page.language, &[("count", &packages.len())]);
    page.heading(&heading);
    let mut table = Table::new(2);
    for package in packages.iter().take(page.shown_of(packages.len())) {
        table.row([package.name.to_string(), about(page, package)]);
    }
    page.table(&table);
    page.left_out(2, packages.len());
}

fn about(page: &Page, package: &PackageChange) -> String {
    let parts: Vec<String> = match (&package.before, &package.after) {
        (Some(before), Some(after)) => package
            .aspects
            .iter()
            .map(|aspect| format!("{} -> {}", said(page, before, *aspect), said(page, after, *aspect)))
            .collect(),
        (None, Some(state)) | (Some(state), None) => [Aspect::Paths, Aspect::Groups, Aspect::Removability]
            .into_iter()
            .map(|aspect| said(page, state, aspect))
            .collect(),
        (None, None) => Vec::new(),
    };
    parts.join(page.semicolon())
}

fn said(page: &Page, state: &PackageState, aspect: Aspect) -> String {
    let comma = page.comma();
    match aspect {
        Aspect::Paths => state.paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(comma),
        Aspect::Versions => {
            let versions = state.versions.iter().map(ToString::to_string).collect::<Vec<_>>().join(comma);
            VERSION.fill(page.language, &[("version", &versions)])
        }
        Aspect::InScope => page.say(scope(state.in_scope)).to_owned(),
        Aspect::Groups if state.groups.is_empty() => page.say(Text::new("no group", "无功能组")).to_owned(),
        Aspect::Groups => {
            state.groups.iter().map(|group| page.say(group.name())).collect::<Vec<_>>().join(comma)
        }
        Aspect::Removability => page.say(state.removability.text()).to_owned(),
    }
}

const fn scope(in_scope: Option<bool>) -> Text {
    match in_scope {
        Some(true) => Text::new("in scope", "在范围内"),
        Some(false) => Text::new("out of scope", "不在范围内"),
        None => Text::new("scope not known", "是否在范围内未知"),
    }
}
