//! Builds the run-time form of a plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{App, Finding, FindingCode};
use crate::package::{Group, PackageName};
use crate::plan::assemble::{going, successors};
use crate::plan::choose::Choice;
use crate::plan::group_set::GroupSet;
use crate::plan::outcome::GroupPlan;
use crate::plan::repair::{Repair, Standing};
use crate::plan::run_time::{GroupApps, Leaves, LeftBecause, RunTime, RunTimeKind, RunTimeStep};
use crate::plan::step::{Applicability, Inverse, Precondition};
use crate::removability::outcome::Verdict;

/// How many apps a step names of which one has to stay. A phone has a handful per group; naming fewer than there are only
/// makes the condition stricter.
const MOST_OTHERS: usize = 16;

/// Returns what can be done on a running phone, and the failures that leaves.
pub(super) fn run_time(repair: &Repair<'_>, choice: &Choice, groups: &[GroupPlan]) -> RunTime {
    let members = going(repair, choice).map(|(member, _)| (member.app, member.groups));
    let outside = repair.outside.iter().filter(|outside| outside.way.is_ok());
    let mut going: Vec<(&App<'_>, GroupSet)> =
        members.chain(outside.map(|outside| (outside.app, GroupSet::EMPTY))).collect();
    going.sort_by(|(a, _), (b, _)| a.name.cmp(b.name));
    let everyone = repair.everyone();
    let mut offered = BTreeSet::new();
    // Kind by kind and name by name, they are nearly in order.
    let mut removals = Vec::new();
    for (app, kept_groups) in &going {
        if let Some(more) = uninstalled(repair, choice, app, *kept_groups, &everyone) {
            offered.insert(app.name);
            removals.extend(more);
        }
    }
    let mut steps: Vec<RunTimeStep> = keepers(repair, groups);
    steps.extend(going.iter().filter_map(|(app, _)| unblocked(app)));
    steps.append(&mut removals);
    steps.sort_by(|a, b| (a.kind, a).cmp(&(b.kind, b)));
    let going = going.iter().map(|(app, _)| app.name).collect();
    let known = Known::new(repair, going, offered);
    let leaves = repair.failures().filter_map(|finding| known.left(finding)).collect();
    RunTime { steps, leaves, required: required(repair), groups: groups_of(&everyone) }
}

/// Apps in scope that the platform needs.
fn required(repair: &Repair<'_>) -> Vec<PackageName> {
    let in_scope = repair.apps.iter().filter(|app| app.in_scope != Some(false));
    let needed =
        in_scope.filter(|app| app.folders().any(|(_, _, removability)| removability.required.is_some()));
    needed.map(|app| app.name.clone()).collect()
}

fn groups_of(everyone: &BTreeMap<Group, Vec<&PackageName>>) -> Vec<GroupApps> {
    let apps = |(id, names): (&Group, &Vec<&PackageName>)| GroupApps {
        id: *id,
        packages: names.iter().map(|name| (*name).clone()).collect(),
    };
    everyone.iter().map(apps).collect()
}

/// What the run-time form can do about which app, by name.
struct Known<'r, 'a> {
    repair: &'r Repair<'a>,
    /// Members that cannot be changed.
    hindered: BTreeSet<&'r PackageName>,
    /// Groups that those fill beyond what is allowed.
    full: GroupSet,
    /// Apps outside every group that cannot be changed.
    stuck: BTreeSet<&'r PackageName>,
    going: BTreeSet<&'r PackageName>,
    /// Apps that the user is offered to remove.
    offered: BTreeSet<&'r PackageName>,
}

fn step(kind: RunTimeKind, package: &PackageName, inverse: Inverse) -> RunTimeStep {
    RunTimeStep {
        kind,
        package: package.clone(),
        role: None,
        to: None,
        applicability: Applicability::Safe,
        preconditions: Vec::new(),
        inverse,
        destroys_data: false,
    }
}

/// Blocks uninstalling the keepers, so that the function cannot be lost by one touch.
fn keepers(repair: &Repair<'_>, groups: &[GroupPlan]) -> Vec<RunTimeStep> {
    let names: BTreeSet<&PackageName> =
        groups.iter().flat_map(|group| &group.keepers).map(|keeper| &keeper.package).collect();
    let members = repair.members.iter().filter(|member| names.contains(member.app.name));
    let open = members.filter(|member| !blocked(member.app, true));
    open.map(|member| step(RunTimeKind::BlockUninstall, member.app.name, Inverse::Unblock)).collect()
}

/// Lifts the block of an app that goes, unless every user is known to have none.
fn unblocked(app: &App<'_>) -> Option<RunTimeStep> {
    (!blocked(app, false)).then(|| step(RunTimeKind::UnblockUninstall, app.name, Inverse::Block))
}

/// Whether uninstalling is known to be blocked, or not, for every user who has the app: who does not have it has nothing to
/// lose or to remove.
fn blocked(app: &App<'_>, wanted: bool) -> bool {
    let mut states = app.folders().flat_map(|(package, _, _)| &package.states).peekable();
    states.peek().is_some()
        && states
            .filter(|state| state.installed != Some(false))
            .all(|state| state.block_uninstall == Some(wanted))
}

/// The steps that remove an app for the user who asks; `None` when that would lose a function or a role, or the shell
/// could not do it.
fn uninstalled(
    repair: &Repair<'_>,
    choice: &Choice,
    app: &App<'_>,
    kept_groups: GroupSet,
    everyone: &BTreeMap<Group, Vec<&PackageName>>,
) -> Option<Vec<RunTimeStep>> {
    let held = app.folders().filter(|(_, _, removability)| removability.verdict == Verdict::NonUninstallable);
    if held.clone().any(|(_, _, removability)| removability.by_shell == Some(false)) {
        return None;
    }
    let heirs = successors(repair, choice, app.name);
    if heirs.len() < repair.platform.said_of(app.name).roles.len() {
        return None;
    }
    let mut removal = step(RunTimeKind::UninstallForUser, app.name, Inverse::InstallExisting);
    for group in &app.members {
        let keeper = repair.keepers_of(GroupSet::EMPTY.with(*group), choice).into_iter().next();
        let others = everyone.get(group).into_iter().flatten().filter(|name| ***name != *app.name);
        let others: Vec<PackageName> = others.map(|name| (*name).clone()).take(MOST_OTHERS).collect();
        removal.preconditions.push(match keeper {
            Some(package) if kept_groups.contains(*group) => {
                Precondition::KeeperStays { group: *group, package }
            }
            _ if others.is_empty() => return None,
            _ => Precondition::AnotherStays { group: *group, packages: others },
        });
    }
    let mut steps = Vec::new();
    for (role, to) in heirs {
        let inverse = Inverse::HandBack { role: role.to_owned(), to: app.name.clone() };
        let mut hand_over = step(RunTimeKind::HandOverRole, app.name, inverse);
        hand_over.role = Some(role.to_owned());
        hand_over.to = Some(to.clone());
        hand_over.applicability = Applicability::NeedsConsent;
        steps.push(hand_over);
        removal.preconditions.push(Precondition::RoleHeldBy { role: role.to_owned(), package: to.clone() });
    }
    removal.applicability = Applicability::NeedsConsent;
    removal.destroys_data = true;
    steps.push(removal);
    Some(steps)
}

impl<'r, 'a> Known<'r, 'a> {
    fn new(
        repair: &'r Repair<'a>,
        going: BTreeSet<&'r PackageName>,
        offered: BTreeSet<&'r PackageName>,
    ) -> Self {
        let hindered =
            repair.members.iter().filter(|member| matches!(member.standing, Standing::Hindered(_)));
        let rules = repair.profile.groups.iter().map(|rule| rule.id);
        let full = rules.filter(|group| repair.hindered(*group) > repair.limits.of(*group).cap);
        let stuck = repair.outside.iter().filter(|outside| outside.way.is_err());
        Self {
            repair,
            hindered: hindered.map(|member| member.app.name).collect(),
            full: full.collect(),
            stuck: stuck.map(|outside| outside.app.name).collect(),
            going,
            offered,
        }
    }

    /// What is left of one failing finding; `None` when the run-time form repairs it.
    fn left(&self, finding: &Finding) -> Option<Leaves> {
        let full = finding.group.is_some_and(|group| self.full.contains(group));
        let is_hindered = |name| (full && self.hindered.contains(name)) || self.stuck.contains(name);
        let hindered = finding.packages.iter().any(is_hindered);
        let about_the_app =
            matches!(finding.code, FindingCode::HinderedRemoval | FindingCode::DeclaredKeeperDiffers);
        let because = if hindered || about_the_app {
            LeftBecause::CannotRepair
        } else if self.repair.profile.switches.removed_for_user_counts_as_uninstalled {
            let mut packages = finding.packages.clone();
            packages.retain(|name| self.going.contains(name) && !self.offered.contains(name));
            if packages.is_empty() {
                return None;
            }
            LeftBecause::NotForUser { packages }
        } else {
            LeftBecause::ImageKeepsIt
        };
        Some(Leaves {
            code: finding.code,
            requirement: finding.requirement.clone(),
            group: finding.group,
            packages: finding.packages.clone(),
            because,
        })
    }
}
