//! The result of `keepone diff`: what changed between two sources or builds, and whether it got worse.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::audit::{Finding, FindingCode, Outcome};
use crate::classify::Status;
use crate::package::{Group, PackageName};
use crate::removability::outcome::Verdict;
use crate::report::result::{AuditResult, DeviceEntry, PackageEntry, SCHEMA_VERSION, TOOL};
use crate::source::snapshot::SourceIdentity;
use crate::source::unread::Unread;

/// What changed from one source to another, both held to the same rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DiffResult {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program and version.
    pub tool: String,
    /// The id of the profile both were held to.
    pub profile: String,
    /// The first source.
    pub before: Side,
    /// The second source.
    pub after: Side,
    /// Packages that came, went or changed, by name.
    pub packages: Vec<PackageChange>,
    /// Points that the second source has and the first has not.
    pub points_new: Vec<Point>,
    /// Points that the first source has and the second has not.
    pub points_gone: Vec<Point>,
    /// What was not read of the second source, and was of the first.
    pub unread_new: Vec<Unread>,
    /// What was not read of the first source, and is read of the second or gone.
    pub unread_gone: Vec<Unread>,
    /// The counts, and whether it got worse.
    pub summary: DiffSummary,
}

/// One of the two sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Side {
    /// Where the facts were read.
    pub source: SourceIdentity,
    /// Which device and build.
    pub device: DeviceEntry,
    /// Whether the rule is kept there.
    pub outcome: Outcome,
    /// How many things were not read.
    pub unread: usize,
}

/// A package that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PackageChange {
    /// The package.
    pub name: PackageName,
    /// What happened to it.
    pub change: Change,
    /// For a changed package: in what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aspects: Vec<Aspect>,
    /// How it was; `null` for an added one.
    pub before: Option<PackageState>,
    /// How it is; `null` for a removed one.
    pub after: Option<PackageState>,
}

/// What happened to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Only the second source has it.
    Added,
    /// Only the first source has it.
    Removed,
    /// Both have it and differ.
    Changed,
}

/// In what a package changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Aspect {
    /// It moved.
    Paths,
    /// Another version.
    Versions,
    /// The rule looks at it, or no longer does.
    InScope,
    /// It is for something else.
    Groups,
    /// Whether it can be removed.
    Removability,
}

/// How a package stands, all its folders together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PackageState {
    /// Its folders, sorted.
    pub paths: Vec<String>,
    /// The versions there, sorted.
    pub versions: Vec<u64>,
    /// Whether the rule looks at it; `null`: not known.
    pub in_scope: Option<bool>,
    /// Groups it is a member of.
    pub groups: Vec<Group>,
    /// Whether its user may remove it: the hardest verdict of its folders.
    pub removability: Verdict,
}

/// A finding about one package, or about the whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Point {
    /// What it means.
    pub outcome: Outcome,
    /// What the problem is.
    pub code: FindingCode,
    /// The requirement, where there is one.
    pub requirement: Option<String>,
    /// The group, where there is one.
    pub group: Option<Group>,
    /// The package, where there is one.
    pub package: Option<PackageName>,
}

/// The counts of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DiffSummary {
    /// Whether it got worse.
    pub outcome: DiffOutcome,
    /// Packages added.
    pub added: usize,
    /// Packages removed.
    pub removed: usize,
    /// Packages changed.
    pub changed: usize,
    /// New points that fail.
    pub failures_new: usize,
    /// Points that failed and are gone.
    pub failures_gone: usize,
}

/// Whether the second source is worse than the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DiffOutcome {
    /// Nothing fails that did not fail before, and nothing hides that it might.
    NotWorse,
    /// Something fails that did not fail before.
    Worse,
    /// It cannot be said: something of either source was not read, or is newly unknown.
    Undecided,
}

impl DiffResult {
    /// Compares two results of an audit by the same rule.
    pub fn new(before: &AuditResult, after: &AuditResult) -> Self {
        let packages = packages(before, after);
        let (was, is) = (points(before), points(after));
        let points_new: Vec<Point> = is.difference(&was).cloned().collect();
        let points_gone: Vec<Point> = was.difference(&is).cloned().collect();
        let only_in = |a: &AuditResult, b: &AuditResult| -> Vec<Unread> {
            a.unread.iter().filter(|entry| !b.unread.contains(entry)).cloned().collect()
        };
        let summary = DiffSummary {
            outcome: outcome(before, after, &points_new),
            added: count(&packages, Change::Added),
            removed: count(&packages, Change::Removed),
            changed: count(&packages, Change::Changed),
            failures_new: failures(&points_new),
            failures_gone: failures(&points_gone),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            tool: TOOL.to_owned(),
            profile: after.profile.clone(),
            before: Side::of(before),
            after: Side::of(after),
            packages,
            points_new,
            points_gone,
            unread_new: only_in(after, before),
            unread_gone: only_in(before, after),
            summary,
        }
    }
}

impl Side {
    fn of(result: &AuditResult) -> Self {
        Self {
            source: result.head.source.clone(),
            device: result.head.device.clone(),
            outcome: result.summary.outcome,
            unread: result.unread.len(),
        }
    }
}

fn outcome(before: &AuditResult, after: &AuditResult, new: &[Point]) -> DiffOutcome {
    let newly_open =
        |point: &Point| matches!(point.outcome, Outcome::Unknown | Outcome::NotChecked | Outcome::Error);
    if failures(new) > 0 {
        DiffOutcome::Worse
    } else if new.iter().any(newly_open) || !before.unread.is_empty() || !after.unread.is_empty() {
        // A package that was read only once cannot be compared, and one that was never read could be anything.
        DiffOutcome::Undecided
    } else {
        DiffOutcome::NotWorse
    }
}

fn failures(points: &[Point]) -> usize {
    points.iter().filter(|point| point.outcome == Outcome::Fail).count()
}

fn count(packages: &[PackageChange], change: Change) -> usize {
    packages.iter().filter(|package| package.change == change).count()
}

/// Takes findings apart into one point per package.
fn points(result: &AuditResult) -> BTreeSet<Point> {
    let point = |finding: &Finding, package: Option<&PackageName>| Point {
        outcome: finding.outcome,
        code: finding.code,
        requirement: finding.requirement.clone(),
        group: finding.group,
        package: package.cloned(),
    };
    let of_finding = |finding: &Finding| -> Vec<Point> {
        if finding.packages.is_empty() {
            return vec![point(finding, None)];
        }
        finding.packages.iter().map(|package| point(finding, Some(package))).collect()
    };
    result.findings.iter().flat_map(of_finding).collect()
}

fn packages(before: &AuditResult, after: &AuditResult) -> Vec<PackageChange> {
    let (mut was, is) = (states(before), states(after));
    let mut changes = Vec::new();
    for (name, after) in is {
        let before = was.remove(&name);
        let aspects = before.as_ref().map(|before| aspects(before, &after)).unwrap_or_default();
        let change = if before.is_some() { Change::Changed } else { Change::Added };
        if change == Change::Added || !aspects.is_empty() {
            changes.push(PackageChange { name, change, aspects, before, after: Some(after) });
        }
    }
    changes.extend(was.into_iter().map(|(name, before)| PackageChange {
        name,
        change: Change::Removed,
        aspects: Vec::new(),
        before: Some(before),
        after: None,
    }));
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

fn aspects(before: &PackageState, after: &PackageState) -> Vec<Aspect> {
    let differs = [
        (Aspect::Paths, before.paths != after.paths),
        (Aspect::Versions, before.versions != after.versions),
        (Aspect::InScope, before.in_scope != after.in_scope),
        (Aspect::Groups, before.groups != after.groups),
        (Aspect::Removability, before.removability != after.removability),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(aspect, _)| aspect).collect()
}

fn states(result: &AuditResult) -> BTreeMap<PackageName, PackageState> {
    let by_name = result.packages.chunk_by(|a, b| a.name == b.name);
    by_name.filter_map(|folders| Some((folders.first()?.name.clone(), state(folders)))).collect()
}

fn state(folders: &[PackageEntry]) -> PackageState {
    let mut paths: Vec<String> = folders.iter().map(|folder| folder.path.clone()).collect();
    let mut versions: Vec<u64> = folders.iter().filter_map(|folder| folder.version_code).collect();
    let members =
        folders.iter().flat_map(|folder| &folder.groups).filter(|group| group.status == Status::Member);
    let groups: BTreeSet<Group> = members.map(|group| group.id).collect();
    paths.sort();
    versions.sort_unstable();
    PackageState {
        paths,
        versions,
        in_scope: in_scope(folders),
        groups: groups.into_iter().collect(),
        removability: hardest(folders),
    }
}

fn in_scope(folders: &[PackageEntry]) -> Option<bool> {
    if folders.iter().any(|folder| folder.in_scope == Some(true)) {
        Some(true)
    } else if folders.iter().any(|folder| folder.in_scope.is_none()) {
        None
    } else {
        Some(false)
    }
}

fn hardest(folders: &[PackageEntry]) -> Verdict {
    let has = |verdict| {
        folders
            .iter()
            .any(|folder| folder.removability.as_ref().is_some_and(|known| known.verdict == verdict))
    };
    if has(Verdict::NonUninstallable) {
        Verdict::NonUninstallable
    } else if has(Verdict::Uninstallable) && !has(Verdict::Unknown) {
        Verdict::Uninstallable
    } else {
        Verdict::Unknown
    }
}
