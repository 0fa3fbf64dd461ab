//! The verdict in one sentence, and how each function group stands: the words that a terminal's page and a phone's
//! screen share, so that both say the same of the same result. Takes a result, gives texts; counts nothing itself that
//! the result does not hold.

use crate::audit::{Finding, FindingCode, Outcome};
use crate::classify::Scope;
use crate::language::{Language, Text};
use crate::report::result::{AuditResult, GroupEntry};

const KEPT: Text = Text::new(
    "{held} of {in-scope} apps in scope are non-uninstallable, all within the rule",
    "范围内 {in-scope} 个应用中有 {held} 个不可卸载，均符合规则",
);
const OPEN: Text =
    Text::new("nothing that was read breaks the rule, but {why}", "已读取的部分没有违反规则，但{why}");
const ONE_OUTSIDE: Text =
    Text::new("one app that has to be removable is not", "1 个应当可卸载的应用不可卸载");
const APPS_OUTSIDE: Text =
    Text::new("{count} apps that have to be removable are not", "{count} 个应当可卸载的应用不可卸载");
const ONE_OVER: Text =
    Text::new("one function group has too many non-uninstallable apps", "1 个功能组的不可卸载应用过多");
const GROUPS_OVER: Text = Text::new(
    "{count} function groups have too many non-uninstallable apps",
    "{count} 个功能组的不可卸载应用过多",
);
const ONE_OTHER: Text = Text::new("one further finding fails", "另有 1 项发现不通过");
const OTHER_FAILS: Text = Text::new("{count} further findings fail", "另有 {count} 项发现不通过");
const ONE_OPEN: Text = Text::new("one point is not decided", "有 1 项无法判定");
const AND_OPEN: Text = Text::new("{count} points are not decided", "有 {count} 项无法判定");
const COUNTS: Text = Text::new(
    "{in-scope} apps in scope, {held} of them non-uninstallable; {packages} packages read, {unread} not read",
    "范围内 {in-scope} 个应用，其中 {held} 个不可卸载；已读取 {packages} 个应用包，{unread} 项未读取",
);

/// Returns the verdict in two or three words.
pub const fn headline(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Pass => Text::new("Compliant", "合规"),
        Outcome::Fail => Text::new("Not compliant", "不合规"),
        _ => Text::new("Not decided", "无法判定"),
    }
}

/// Says in one sentence, without a final period, why the verdict is what it is.
pub fn sentence(result: &AuditResult, language: Language) -> String {
    let summary = &result.summary;
    match summary.outcome {
        Outcome::Pass => {
            KEPT.fill(language, &[("held", &summary.non_uninstallable), ("in-scope", &summary.in_scope)])
        }
        Outcome::Fail => failures(result, language),
        _ => OPEN.fill(language, &[("why", &count(language, ONE_OPEN, AND_OPEN, summary.unknown))]),
    }
}

/// Says what was counted on the way to the verdict.
pub fn counts(result: &AuditResult, language: Language) -> String {
    let read = result.packages.iter().filter(|package| package.scope != Scope::NotRead).count();
    COUNTS.fill(
        language,
        &[
            ("in-scope", &result.summary.in_scope),
            ("held", &result.summary.non_uninstallable),
            ("packages", &read),
            ("unread", &result.unread.len()),
        ],
    )
}

/// Counts what fails, by what it is, with what is open at the end.
fn failures(result: &AuditResult, language: Language) -> String {
    let failed = |codes: &[FindingCode]| {
        let of_code = |finding: &&Finding| finding.outcome == Outcome::Fail && codes.contains(&finding.code);
        result.findings.iter().filter(of_code).count()
    };
    let all = result.findings.iter().filter(|finding| finding.outcome == Outcome::Fail).count();
    let outside = failed(&[FindingCode::OutsideAllowedGroups, FindingCode::UnclassifiedNonUninstallable]);
    let over = failed(&[FindingCode::TooManyNonUninstallable]);
    let parts = [
        (ONE_OUTSIDE, APPS_OUTSIDE, outside),
        (ONE_OVER, GROUPS_OVER, over),
        (ONE_OTHER, OTHER_FAILS, all - outside - over),
        (ONE_OPEN, AND_OPEN, result.summary.unknown),
    ];
    let parts = parts.into_iter().filter(|(_, _, number)| *number > 0);
    let parts: Vec<String> =
        parts.map(|(one, several, number)| count(language, one, several, number)).collect();
    parts.join(Text::new(", ", "，").get(language))
}

/// Returns a text that names a number, in its form for one or for several.
fn count(language: Language, one: Text, several: Text, number: usize) -> String {
    let text = if number == 1 { one } else { several };
    text.fill(language, &[("count", &number)])
}

/// How a function group stands against what the rule allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupStanding {
    /// More apps are non-uninstallable than the rule allows.
    TooMany,
    /// Apps that are not decided yet could make it too many.
    Open,
    /// Within the rule as far as anything was read; something else was not read.
    SoFar,
    /// Within the rule.
    Kept,
}

impl GroupStanding {
    /// Tells how a group of a result stands.
    pub fn of(entry: &GroupEntry, result: &AuditResult) -> Self {
        let allowed = usize::try_from(entry.allowed.unwrap_or_default()).unwrap_or(usize::MAX);
        if entry.non_uninstallable.len() > allowed {
            Self::TooMany
        } else if entry.non_uninstallable.len() + entry.open.len() > allowed {
            Self::Open
        } else if result.unread.is_empty() {
            Self::Kept
        } else {
            // What was not read could hold another app of the group.
            Self::SoFar
        }
    }

    /// Returns it as a word or two for a list.
    pub const fn text(self) -> Text {
        match self {
            Self::TooMany => Text::new("too many", "超出"),
            Self::Open => Text::new("open", "未定"),
            Self::SoFar => Text::new("ok so far", "目前符合"),
            Self::Kept => Text::new("ok", "符合"),
        }
    }

    /// Returns it in XCCDF's words. A group that is kept so far is not yet known to be kept.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::TooMany => Outcome::Fail,
            Self::Open => Outcome::Unknown,
            Self::SoFar => Outcome::NotChecked,
            Self::Kept => Outcome::Pass,
        }
    }
}
