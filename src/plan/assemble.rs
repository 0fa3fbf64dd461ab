//! Turns a choice into the steps of a plan: final places, conditions, order.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::inventory::Inventory;
use crate::package::{Group, PackageName};
use crate::plan::choose::Choice;
use crate::plan::group_set::GroupSet;
use crate::plan::kind::StepKind;
use crate::plan::repair::{Member, Repair, Standing};
use crate::plan::step::{Applicability, Because, Edit, Inverse, Precondition, Step};
use crate::plan::way::{APK, Part, Way};

/// Roles whose holder serves a group, so that the group's keeper can take them over (`roles.xml`).
const ROLES: [(&str, Group); 4] = [
    ("android.app.role.DIALER", Group::PhoneCalls),
    ("android.app.role.SMS", Group::TextMessages),
    ("android.app.role.SYSTEM_CONTACTS", Group::Contacts),
    ("android.app.role.BROWSER", Group::Browser),
];

/// Builds the steps of one plan.
pub(super) struct Assembly<'r, 'a> {
    repair: &'r Repair<'a>,
    choice: &'r Choice,
    /// Code paths that something lies at, or will, in the folders that something moves to.
    taken: HashSet<Cow<'r, str>>,
    /// Properties that a step sets already.
    switched: Vec<Option<Edit>>,
    steps: Vec<Step>,
}

impl<'r, 'a> Assembly<'r, 'a> {
    pub(super) fn new(repair: &'r Repair<'a>, choice: &'r Choice, inventory: &'r Inventory) -> Self {
        let outside = repair.outside.iter().filter_map(|outside| outside.way.as_ref().ok());
        let ways = going(repair, choice).map(|(_, way)| way).chain(outside);
        let moves = ways.flat_map(|way| &way.parts).filter_map(|part| part.to.as_deref());
        let mut folders: Vec<&str> = moves.filter_map(folder_of).collect();
        folders.sort_unstable();
        folders.dedup();
        let taken = taken_in(&folders, inventory);
        Self { repair, choice, taken, switched: Vec::new(), steps: Vec::new() }
    }

    /// Returns the steps in the order in which they are done.
    pub(super) fn steps(mut self) -> Vec<Step> {
        let repair = self.repair;
        for (member, way) in going(repair, self.choice) {
            let full = repair.full(member, self.choice);
            let keepers = repair.keepers_of(full, self.choice);
            let because = Because::OthersStay { groups: full.iter().collect(), keepers };
            self.add(member.app.name, way, &because, member.groups);
        }
        for outside in &repair.outside {
            if let Ok(way) = &outside.way {
                self.add(outside.app.name, way, &outside.because, GroupSet::EMPTY);
            }
        }
        let first = |step: &Step| !matches!(step.kind, StepKind::HandOverRole | StepKind::SetProperty);
        self.steps.sort_by(|a, b| (first(a), a).cmp(&(first(b), b)));
        self.steps
    }

    /// Adds the steps of one way.
    fn add(&mut self, package: &PackageName, way: &Way<'_>, because: &Because, groups: GroupSet) {
        let mut conditions = self.keepers_stay(groups);
        for (role, to) in successors(self.repair, self.choice, package) {
            conditions.push(Precondition::RoleHeldBy { role: role.to_owned(), package: to.clone() });
            self.hand_over(package, role, to, because);
        }
        if let Some(switch) = way.switch.as_ref().filter(|switch| !self.switched.contains(&switch.edit)) {
            self.switched.push(switch.edit.clone());
            self.push(switch, because, &[]);
        }
        for part in &way.parts {
            self.push(part, because, &conditions);
        }
    }

    fn push(&mut self, part: &Part<'_>, because: &Because, conditions: &[Precondition]) {
        let to = part.to.as_deref().map(|to| self.free_place(to, &part.package.name));
        let mut preconditions = part.preconditions(to.as_deref());
        preconditions.extend_from_slice(conditions);
        self.steps.push(Step {
            package: part.package.name.clone(),
            kind: part.kind,
            because: because.clone(),
            from: to.as_ref().map(|_| part.package.path.clone()),
            files: to.as_deref().map(|to| part.files(to)).unwrap_or_default(),
            inverse: part.inverse(to.as_deref()),
            to,
            edit: part.edit.clone(),
            applicability: part.applicability(),
            preconditions,
            cost: part.cost,
            loses: part.loses.clone(),
        });
    }

    /// Returns a code path at which nothing lies: `to`, or a folder of another name beside it.
    fn free_place(&mut self, to: &str, package: &PackageName) -> String {
        let folder = folder_of(to).unwrap_or_default();
        let ending = if to.ends_with(APK) { APK } else { "" };
        let by_name = format!("{folder}/{package}{ending}");
        let numbered = (2..).map(|number: u32| format!("{folder}/{package}-{number}{ending}"));
        let mut names = [to.to_owned(), by_name].into_iter().chain(numbered);
        // There are more numbers than packages.
        let free = names.find(|path| !self.taken.contains(path.as_str())).unwrap_or_default();
        self.taken.insert(free.clone().into());
        free
    }

    fn keepers_stay(&self, groups: GroupSet) -> Vec<Precondition> {
        let one = |group: Group| {
            let package =
                self.repair.keepers_of(GroupSet::EMPTY.with(group), self.choice).into_iter().next()?;
            Some(Precondition::KeeperStays { group, package })
        };
        groups.iter().filter_map(one).collect()
    }

    /// A role changes hands in the framework's resources, which only the maker's build can change.
    fn hand_over(&mut self, package: &PackageName, role: &str, to: &PackageName, because: &Because) {
        let file = self.repair.platform.holder_file(role, package);
        let edit = Edit {
            file: file.to_owned(),
            list: None,
            subject: role.to_owned(),
            says: Some(to.to_string()),
            line: format!("{role}={to}"),
            whole_line: false,
        };
        self.steps.push(Step {
            package: package.clone(),
            kind: StepKind::HandOverRole,
            because: because.clone(),
            from: None,
            to: None,
            files: Vec::new(),
            edit: Some(edit),
            applicability: Applicability::DisplayOnly,
            preconditions: Vec::new(),
            inverse: Inverse::HandBack { role: role.to_owned(), to: package.clone() },
            cost: 0,
            loses: Vec::new(),
        });
    }
}

/// The folder that a code path lies in.
fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

/// The code paths of packages that lie in one of `folders`, which are few.
fn taken_in<'r>(folders: &[&str], inventory: &'r Inventory) -> HashSet<Cow<'r, str>> {
    if folders.is_empty() {
        return HashSet::new();
    }
    let paths = inventory.packages().iter().map(|package| package.path.as_str());
    let inside = paths.filter(|path| folder_of(path).is_some_and(|folder| folders.contains(&folder)));
    inside.map(Cow::from).collect()
}

/// The members that do not stay, with their ways.
pub(super) fn going<'r, 'a>(
    repair: &'r Repair<'a>,
    choice: &'r Choice,
) -> impl Iterator<Item = (&'r Member<'a>, &'r Way<'a>)> {
    let members = repair.members.iter().enumerate().filter(|(position, _)| !choice.kept.contains(position));
    members.filter_map(|(_, member)| match &member.standing {
        Standing::Way(way) => Some((member, way)),
        _ => None,
    })
}

/// The roles that `package` holds by default and that a keeper can take over, with that keeper.
pub(super) fn successors<'r>(
    repair: &'r Repair<'_>,
    choice: &'r Choice,
    package: &PackageName,
) -> Vec<(&'r str, &'r PackageName)> {
    let held = repair.platform.said_of(package).roles.into_iter();
    let successor = |role: &'r str| {
        let (_, group) = ROLES.iter().find(|(known, _)| *known == role)?;
        let members = choice.kept.iter().map(|&kept| &repair.members[kept]);
        let keeper =
            members.filter(|member| member.groups.contains(*group)).map(|member| member.app.name).min()?;
        Some((role, keeper))
    };
    held.filter_map(successor).collect()
}
