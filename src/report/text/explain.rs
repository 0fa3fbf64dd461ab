//! The pages of `keepone explain`: a word of a result, a requirement, a function group, or how one package was judged.

use crate::audit::explain::{self, Explanation};
use crate::audit::{Finding, FindingCode, Outcome};
use crate::classify::{Evidence, Scope};
use crate::language::{Localized as _, Text};
use crate::package::{Group, PackageName};
use crate::profile::{Profile, Requirement};
use crate::report::escape::shown;
use crate::report::result::PackageEntry;
use crate::report::table::Table;
use crate::report::text::{Page, profile, reason};
use crate::source::unread::Unread;

const OF_PROFILE: Text = Text::new("a requirement of {id}: {title}", "{id} 的要求：{title}");
const GROUP: Text = Text::new("the function group \"{name}\"", "功能组“{name}”");
const ALLOWED_BY: Text = Text::new("Rules that allow it", "允许该功能组的规则");
const TERM: Text =
    Text::new("\"{term}\", at most {max} non-uninstallable", "“{term}”，最多 {max} 个不可卸载");
const FOLDER: Text = Text::new("Folder", "目录");
const VERSION: Text = Text::new("Version", "版本");
const LABEL: Text = Text::new("Label", "名称");
const SCOPE: Text = Text::new("In scope", "是否在范围内");
const FUNCTION: Text = Text::new("What it is for", "功能");
const THRESHOLDS: Text = Text::new(
    "a member from {member} points, for a person to look at from {review}",
    "{member} 分起为成员，{review} 分起须人工确认",
);
const MEMBER: Text = Text::new("member", "成员");
const REVIEW: Text = Text::new("for a person to look at", "须人工确认");
const LACKS: Text = Text::new("{count} points short of a member", "距成员还差 {count} 分");
const NOTHING: Text = Text::new("no evidence for any function group", "没有任何功能组的证据");
const REMOVABILITY: Text = Text::new("Whether its user may remove it", "用户能否卸载");
const RULE: Text = Text::new("Rule", "判定规则");
const DECIDED_BY: Text = Text::new("Decided by", "依据");
const AGAINST: Text = Text::new("Against it", "相反的依据");
const MISSING: Text = Text::new("Not known", "未知");
const DISABLE: Text = Text::new("Can be disabled", "能否停用");
const BY_SHELL: Text = Text::new("By a shell, for one user", "能否通过 shell 对单个用户移除");
const WHAT_WOULD_CHANGE: Text = Text::new("What would change it", "如何改变该结论");
const JUDGED: Text = Text::new("What {profile} says of it", "{profile} 的判定");
const NO_FINDING: Text = Text::new("nothing breaks the rule", "没有违反规则之处");
const NOT_READ: Text = Text::new("Not read", "未读取");
const NOT_STATED: Text = Text::new("not stated", "未注明");
const YES: Text = Text::new("yes", "是");
const NO: Text = Text::new("no", "否");
const UNKNOWN: Text = Text::new("not known", "未知");

/// How the evidence about one package weighs for one group, also far below the thresholds.
pub struct Weighed {
    /// The group.
    pub group: Group,
    /// The sum of the evidence.
    pub sum: i32,
    /// What was observed.
    pub evidence: Vec<Evidence>,
}

/// One folder of a package with what was weighed for it.
pub struct Folder<'a> {
    /// What the stages said.
    pub entry: &'a PackageEntry,
    /// Every group with its evidence.
    pub weighed: Vec<Weighed>,
}

/// From how many points on a package is a member of a group, or for a person to look at.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// For a member.
    pub member: i32,
    /// For a person to look at.
    pub review: i32,
}

/// Renders the page about a word of a result: a finding code, a removability rule, an outcome.
pub fn word(mut page: Page, word: &str, name: Text, explanation: Explanation) -> String {
    page.line([shown(word), page.say(name).to_owned()].join(page.colon()));
    for (heading, part) in explanation.parts() {
        page.heading(page.say(heading));
        page.paragraph(2, page.say(part));
    }
    page.finish()
}

/// Renders the page about a requirement, once for each profile that has it.
pub fn requirement(mut page: Page, found: &[(&Profile, &Requirement)]) -> String {
    for (of, requirement) in found {
        page.blank();
        let (id, title) = (shown(&of.id), shown(of.title.get(page.language)));
        let line = OF_PROFILE.fill(page.language, &[("id", &id), ("title", &title)]);
        page.paragraph(0, &line);
        profile::requirement(&mut page, requirement);
    }
    page.finish()
}

/// Renders the page about a function group.
pub fn group(mut page: Page, group: Group, profiles: &[Profile]) -> String {
    let name = GROUP.fill(page.language, &[("name", &page.say(group.name()))]);
    page.line([group.id(), &name].join(page.colon()));
    page.heading(page.say(ALLOWED_BY));
    let mut table = Table::new(2);
    for profile in profiles {
        for rule in profile.groups.iter().filter(|rule| rule.id == group) {
            let term = shown(rule.term.get(page.language));
            let about = TERM.fill(page.language, &[("term", &term), ("max", &rule.max_non_uninstallable)]);
            table.row([shown(&profile.id), about]);
        }
    }
    page.table(&table);
    page.finish()
}

/// Renders the page about one package of a source.
pub fn package(
    mut page: Page,
    name: &PackageName,
    folders: &[Folder<'_>],
    thresholds: Thresholds,
    findings: &[Finding],
    profile: &str,
) -> String {
    page.line(name.to_string());
    for folder in folders {
        page.blank();
        facts(&mut page, folder.entry);
        function(&mut page, folder, thresholds);
        removability(&mut page, folder.entry);
    }
    let heading = JUDGED.fill(page.language, &[("profile", &shown(profile))]);
    page.heading(&heading);
    if findings.is_empty() {
        page.paragraph(2, page.say(NO_FINDING));
    }
    for finding in findings {
        self::finding(&mut page, finding, name);
    }
    page.finish()
}

/// Renders the page about a package of which only the name is known.
pub fn not_read(mut page: Page, name: &PackageName, unread: &[&Unread]) -> String {
    page.line(name.to_string());
    page.blank();
    let mut table = Table::new(0);
    for entry in unread {
        let path = if entry.path.is_empty() { page.say(NOT_STATED).to_owned() } else { shown(&entry.path) };
        table.row([page.say(FOLDER).to_owned(), path]);
        table.row([page.say(NOT_READ).to_owned(), shown(&entry.reason.localized(page.language))]);
    }
    table.row([page.say(SCOPE).to_owned(), page.say(Scope::NotRead.text()).to_owned()]);
    let change = explain::finding(FindingCode::IncompleteInventory).repair;
    table.row([page.say(WHAT_WOULD_CHANGE).to_owned(), page.say(change).to_owned()]);
    page.table(&table);
    page.finish()
}

fn facts(page: &mut Page, entry: &PackageEntry) {
    let mut table = Table::new(0);
    table.row([page.say(FOLDER).to_owned(), shown(&entry.path)]);
    if let Some(version) = entry.version_code {
        table.row([page.say(VERSION).to_owned(), version.to_string()]);
    }
    if let Some(label) = &entry.label {
        let texts =
            [label.en.as_deref(), label.zh.as_deref()].into_iter().flatten().map(shown).collect::<Vec<_>>();
        table.row([page.say(LABEL).to_owned(), texts.join(" / ")]);
    }
    table.row([page.say(SCOPE).to_owned(), page.say(entry.scope.text()).to_owned()]);
    page.table(&table);
}

fn function(page: &mut Page, folder: &Folder<'_>, thresholds: Thresholds) {
    page.heading(page.say(FUNCTION));
    let mut weighed: Vec<&Weighed> =
        folder.weighed.iter().filter(|weighed| !weighed.evidence.is_empty()).collect();
    weighed.sort_by_key(|weighed| (-weighed.sum, weighed.group));
    if weighed.is_empty() {
        page.paragraph(2, page.say(NOTHING));
    }
    for weighed in weighed {
        let standing = standing(page, weighed.sum, thresholds);
        let sum = page.with_aside(&weighed.sum.to_string(), &standing);
        page.paragraph(2, &[page.say(weighed.group.name()), &sum].join(page.colon()));
        let mut table = Table::new(4);
        for evidence in &weighed.evidence {
            table.row([format!("{:+}", evidence.weight), shown(&evidence.id), shown(&evidence.origin)]);
        }
        page.table(&table);
    }
    let text =
        THRESHOLDS.fill(page.language, &[("member", &thresholds.member), ("review", &thresholds.review)]);
    page.paragraph(2, &text);
}

fn standing(page: &Page, sum: i32, thresholds: Thresholds) -> String {
    if sum >= thresholds.member {
        return page.say(MEMBER).to_owned();
    }
    let lacks = LACKS.fill(page.language, &[("count", &(thresholds.member - sum))]);
    if sum >= thresholds.review { [page.say(REVIEW), &lacks].join(page.semicolon()) } else { lacks }
}

fn removability(page: &mut Page, entry: &PackageEntry) {
    let Some(removability) = &entry.removability else { return };
    page.heading(page.say(REMOVABILITY));
    page.paragraph(2, page.say(removability.verdict.text()));
    let mut table = Table::new(2);
    let rule = page.with_aside(page.say(explain::reason_name(removability.reason)), removability.reason.id());
    table.row([page.say(RULE).to_owned(), rule]);
    table.row([page.say(DECIDED_BY).to_owned(), shown(&removability.decided_by)]);
    for against in &removability.against {
        table.row([page.say(AGAINST).to_owned(), shown(against)]);
    }
    for missing in &removability.missing {
        table.row([page.say(MISSING).to_owned(), shown(missing)]);
    }
    table.row([page.say(DISABLE).to_owned(), answer(page, removability.disable)]);
    table.row([page.say(BY_SHELL).to_owned(), answer(page, removability.by_shell)]);
    let change = explain::reason(removability.reason).repair;
    table.row([page.say(WHAT_WOULD_CHANGE).to_owned(), page.say(change).to_owned()]);
    page.table(&table);
}

fn answer(page: &Page, answer: Option<bool>) -> String {
    let text = match answer {
        Some(true) => YES,
        Some(false) => NO,
        None => UNKNOWN,
    };
    page.say(text).to_owned()
}

fn finding(page: &mut Page, finding: &Finding, package: &PackageName) {
    let outcome = page.say(explain::outcome_name(finding.outcome));
    let requirement = finding.requirement.as_deref().map(shown).unwrap_or_default();
    let name = page.say(explain::finding_name(finding.code));
    let name = page.with_aside(name, finding.code.id());
    page.paragraph(2, &format!("{outcome} {requirement} {name}"));
    for part in reason::parts(page, finding, package) {
        page.paragraph(6, &part);
    }
    if finding.outcome != Outcome::Informational {
        page.paragraph(6, page.say(explain::finding(finding.code).repair));
    }
}
