//! The page of `keepone classify`: every group with its members, then what a person must look at, then the rest.

use crate::classify::{Membership, Scope, Status};
use crate::language::Text;
use crate::package::Group;
use crate::report::escape::shown;
use crate::report::result::{ClassifyResult, PackageEntry};
use crate::report::table::Table;
use crate::report::text::{Page, head, unread};

const COUNTS: Text = Text::new(
    "{in-scope} apps in scope of {packages} packages; {members} have a function group, {review} need a person's look",
    "共 {packages} 个应用包，{in-scope} 个在范围内；其中 {members} 个已归入功能组，{review} 个须人工确认",
);
const MEMBERS: Text = Text::new("Function groups", "功能组");
const NONE: Text = Text::new("(none)", "（无）");
const REVIEW: Text = Text::new("For a person to look at ({count})", "须人工确认（{count}）");
const NO_GROUP: Text = Text::new("In scope, of no group ({count})", "在范围内但不属于任何功能组（{count}）");
const SCOPE_UNKNOWN: Text = Text::new("Scope not known ({count})", "是否在范围内未知（{count}）");
const IGNORED: Text = Text::new("Evidence left out of account: {kinds}", "未采用的证据类别：{kinds}");

/// Renders the page.
pub fn classify(mut page: Page, result: &ClassifyResult) -> String {
    let rows = head::rows(&page, &result.head);
    page.table(&rows);
    page.blank();
    counts(&mut page, result);
    groups(&mut page, result);
    list(&mut page, REVIEW, &standing(result, Status::Review));
    let rest: Vec<_> =
        in_scope(result).filter(|package| package.groups.is_empty()).map(|package| (package, None)).collect();
    list(&mut page, NO_GROUP, &rest);
    let unknown: Vec<_> = result
        .packages
        .iter()
        .filter(|package| package.scope == Scope::Unknown)
        .map(|package| (package, None))
        .collect();
    list(&mut page, SCOPE_UNKNOWN, &unknown);
    unread::section(&mut page, &result.unread);
    page.finish()
}

fn counts(page: &mut Page, result: &ClassifyResult) {
    let summary = &result.summary;
    let text = COUNTS.fill(
        page.language,
        &[
            ("in-scope", &summary.in_scope),
            ("packages", &summary.packages),
            ("members", &summary.members),
            ("review", &summary.review),
        ],
    );
    page.paragraph(0, &text);
    if !result.ignored_evidence.is_empty() {
        let kinds: Vec<&str> = result.ignored_evidence.iter().map(|kind| kind.id()).collect();
        let text = IGNORED.fill(page.language, &[("kinds", &kinds.join(page.comma()))]);
        page.paragraph(0, &text);
    }
}

fn groups(page: &mut Page, result: &ClassifyResult) {
    page.heading(page.say(MEMBERS));
    let members = standing(result, Status::Member);
    let mut table = Table::new(2);
    for group in Group::ALL {
        let mut name = page.say(group.name());
        let mut of_group = members.iter().filter_map(|(package, standing)| {
            standing.filter(|standing| standing.id == group).map(|standing| (package, standing))
        });
        for (package, standing) in of_group.by_ref() {
            table.row([
                name.to_owned(),
                package.name.to_string(),
                format!("{:>3}", standing.score),
                because(page, standing),
            ]);
            name = "";
        }
        if !name.is_empty() {
            table.row([name.to_owned(), page.say(NONE).to_owned(), String::new(), String::new()]);
        }
    }
    page.table(&table);
}

/// Returns the packages in scope with each of their standings of one kind.
fn standing(result: &ClassifyResult, status: Status) -> Vec<(&PackageEntry, Option<&Membership>)> {
    in_scope(result)
        .flat_map(|package| {
            package
                .groups
                .iter()
                .filter(move |group| group.status == status)
                .map(move |group| (package, Some(group)))
        })
        .collect()
}

fn in_scope(result: &ClassifyResult) -> impl Iterator<Item = &PackageEntry> {
    result.packages.iter().filter(|package| package.in_scope == Some(true))
}

fn list(page: &mut Page, heading: Text, entries: &[(&PackageEntry, Option<&Membership>)]) {
    if entries.is_empty() {
        return;
    }
    let heading = heading.fill(page.language, &[("count", &entries.len())]);
    page.heading(&heading);
    let mut table = Table::new(2);
    for (package, standing) in entries.iter().take(page.shown_of(entries.len())) {
        let about = standing.map_or_else(String::new, |standing| {
            format!(
                "{} {}{}{}",
                page.say(standing.id.name()),
                standing.score,
                page.colon(),
                because(page, standing)
            )
        });
        table.row([package.name.to_string(), shown(&package.path), about]);
    }
    page.table(&table);
    page.left_out(2, entries.len());
}

/// Names the evidence, heaviest first: what counts without being asked for.
fn because(page: &Page, standing: &Membership) -> String {
    let shown_count = if page.is_verbose() { standing.evidence.len() } else { 3 };
    let few = standing.evidence.iter().take(shown_count);
    few.map(|evidence| format!("{} {:+}", shown(&evidence.id), evidence.weight))
        .collect::<Vec<_>>()
        .join(", ")
}
