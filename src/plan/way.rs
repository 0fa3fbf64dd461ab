//! How one package becomes removable, what that costs and what is lost by it.
//!
//! Takes the facts of a package and the makers' conventions, gives the steps of the maker's own way or the reason why
//! there is none. Chooses nothing between packages.

use crate::audit::App;
use crate::maker::destination::Change;
use crate::plan::cost::StepCosts;
use crate::plan::kind::{LossKind, StepKind};
use crate::plan::listed::{has_lines, named, off_fixed_lists};
use crate::plan::outcome::Hindrance;
use crate::plan::platform::Platform;
use crate::plan::step::{Applicability, Edit, Inverse, Loss, Moved, Precondition};
use crate::removability::outcome::{Reason, Removability, Verdict};
use crate::source::snapshot::{PackageFacts, Stated};

/// A way to make one app removable: what is done, but not yet why, and not yet the final place of what moves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way<'a> {
    pub(super) parts: Vec<Part<'a>>,
    /// A property that the platform must have set for it. Once is enough for the whole image, so it has no part in the
    /// way's cost.
    pub(super) switch: Option<Part<'a>>,
}

/// One step of a way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part<'a> {
    /// The folder it is about.
    pub(super) package: &'a PackageFacts,
    pub(super) kind: StepKind,
    /// For a move: where to; the last segment may still change.
    pub(super) to: Option<String>,
    pub(super) edit: Option<Edit>,
    pub(super) loses: Vec<Loss>,
    pub(super) cost: u64,
}

impl Way<'_> {
    /// What the whole way costs.
    pub(super) fn cost(&self) -> u64 {
        self.parts.iter().map(|part| part.cost).fold(0, u64::saturating_add)
    }

    /// Whether this program can do it: no part needs a person.
    pub(super) fn is_known(&self) -> bool {
        self.parts.iter().all(|part| part.kind != StepKind::MakeRemovableByHand)
    }
}

/// Finds the way for every folder of `app` that cannot be removed.
///
/// # Errors
/// The reason why none of them may or can be changed.
pub(super) fn way<'a>(
    app: &App<'a>,
    platform: &Platform<'a>,
    costs: &StepCosts,
) -> Result<Way<'a>, Hindrance> {
    for (_, _, removability) in app.folders() {
        if let Some(because) = &removability.required {
            return Err(Hindrance::RequiredByPlatform { need: because.clone().into() });
        }
    }
    let what = platform.unread_of(app.name);
    if !what.is_empty() {
        return Err(Hindrance::FactsNotRead { what });
    }
    let mut way = Way { parts: Vec::new(), switch: None };
    for (package, _, removability) in app.folders() {
        if removability.verdict == Verdict::NonUninstallable {
            folder(&mut way, package, removability, platform, costs)?;
        }
    }
    Ok(way)
}

/// Finds the way for one folder and adds it.
fn folder<'a>(
    way: &mut Way<'a>,
    package: &'a PackageFacts,
    removability: &Removability,
    platform: &Platform<'a>,
    costs: &StepCosts,
) -> Result<(), Hindrance> {
    if removability.reason == Reason::Blocked {
        return Err(Hindrance::Blocked { by: removability.decided_by.clone() });
    }
    let mut parts = off_fixed_lists(package, platform, costs);
    // Off the list, an app that lies where users may remove things needs nothing more.
    if !parts.is_empty() && platform.is_removable_place(&package.path) {
        way.parts.append(&mut parts);
        return Ok(());
    }
    let part = match platform.change(package) {
        None => Part::new(package, StepKind::MakeRemovableByHand, platform, costs),
        Some(Change::ListEntry { list, file, entry, switch, .. }) => {
            let (subject, says) = named(platform.list(&list), &entry);
            let whole_line = platform.list(&list).is_some_and(has_lines);
            let edit = Edit { file, list: Some(list), subject, says, line: entry, whole_line };
            if let Some((name, value)) = switch {
                way.switch = switched_on(package, &name, &value, platform, costs);
            }
            Part { edit: Some(edit), ..Part::new(package, StepKind::AddToRemovableList, platform, costs) }
        }
        Some(Change::Move { to, user_data }) => {
            can_move(package)?;
            let mut part = Part::new(package, StepKind::MoveToRemovableLocation, platform, costs);
            part.lose(user_data, LossKind::GoneAfterReset, costs);
            part.lose(
                !user_data && partition(&package.path) != partition(&to),
                LossKind::OtherPartition,
                costs,
            );
            Part { to: Some(if platform.is_flat(package) { to + APK } else { to }), ..part }
        }
    };
    way.parts.append(&mut parts);
    way.parts.push(part);
    Ok(())
}

/// Whether the package lies in a folder that can be moved as it is.
fn can_move(package: &PackageFacts) -> Result<(), Hindrance> {
    if package.stub {
        return Err(Hindrance::CompressedStub);
    }
    if package.path.starts_with("/apex/") || package.path.contains("/framework/") {
        return Err(Hindrance::NotAnAppFolder { path: package.path.clone() });
    }
    Ok(())
}

impl<'a> Part<'a> {
    /// A step of `kind` with everything the app loses by it.
    pub(super) fn new(
        package: &'a PackageFacts,
        kind: StepKind,
        platform: &Platform<'a>,
        costs: &StepCosts,
    ) -> Self {
        let priced = |(lost, items): (LossKind, Vec<String>)| {
            let cost = costs.loss(lost, items.len(), kind)?;
            Some(Loss { kind: lost, items, cost })
        };
        let loses: Vec<Loss> = losses(package, platform).into_iter().filter_map(priced).collect();
        let cost = loses.iter().map(|loss| loss.cost).fold(costs.step(kind), u64::saturating_add);
        Self { package, kind, to: None, edit: None, cost, loses }
    }

    /// Adds a loss that depends on where the app goes.
    fn lose(&mut self, lost: bool, kind: LossKind, costs: &StepCosts) {
        if let Some(cost) = lost.then(|| costs.loss(kind, 1, self.kind)).flatten() {
            self.loses.push(Loss { kind, items: Vec::new(), cost });
            self.cost = self.cost.saturating_add(cost);
        }
    }

    /// Whether the step may be done unasked.
    pub(super) fn applicability(&self) -> Applicability {
        match self.kind {
            StepKind::MakeRemovableByHand | StepKind::HandOverRole => Applicability::DisplayOnly,
            _ if self.loses.is_empty() => Applicability::Safe,
            _ => Applicability::NeedsConsent,
        }
    }

    /// What must hold of the step's own place and file.
    pub(super) fn preconditions(&self, to: Option<&str>) -> Vec<Precondition> {
        let mut all = vec![Precondition::LiesAt { path: self.package.path.clone() }];
        if let Some(to) = to {
            all.push(Precondition::NothingAt { path: to.to_owned() });
        }
        if let Some(Edit { file, line, .. }) = &self.edit {
            let (file, line) = (file.clone(), line.clone());
            all.push(match self.kind {
                StepKind::RemoveFromFixedList => Precondition::LineStands { file, line },
                _ => Precondition::LineAbsent { file, line },
            });
        }
        all
    }

    /// What undoes the step.
    pub(super) fn inverse(&self, to: Option<&str>) -> Inverse {
        match (to, &self.edit) {
            (Some(to), _) => Inverse::MoveBack { from: to.to_owned(), to: self.package.path.clone() },
            (None, Some(Edit { file, line, .. })) if self.kind == StepKind::RemoveFromFixedList => {
                Inverse::PutBackLine { file: file.clone(), line: line.clone() }
            }
            (None, Some(Edit { file, line, .. })) => {
                Inverse::TakeOutLine { file: file.clone(), line: line.clone() }
            }
            (None, None) => Inverse::ByHand,
        }
    }

    /// The files that move to the code path `to`: the base first, then its splits.
    ///
    /// A code path that is the APK itself becomes a folder that holds it, or stays one where the release knows no app
    /// folders.
    pub(super) fn files(&self, to: &str) -> Vec<Moved> {
        if to.ends_with(APK) && self.package.path == self.package.file {
            return vec![Moved { from: self.package.file.clone(), to: to.to_owned() }];
        }
        let all =
            std::iter::once(&self.package.file).chain(self.package.splits.iter().map(|split| &split.file));
        let moved = |from: &String| {
            let below = from.strip_prefix(&self.package.path).filter(|rest| rest.starts_with('/'));
            let name = below.map_or_else(|| from.rsplit('/').next().unwrap_or(from), |rest| &rest[1..]);
            Moved { from: from.clone(), to: format!("{to}/{name}") }
        };
        all.map(moved).collect()
    }
}

/// How the file of a package ends.
pub(super) const APK: &str = ".apk";

/// The partition of a device path: its first segment.
pub(super) fn partition(path: &str) -> Option<String> {
    crate::maker::place::one_form(path).split('/').nth(1).map(str::to_owned)
}

/// Everything an app could lose; the costs say which step causes which loss.
fn losses(package: &PackageFacts, platform: &Platform<'_>) -> Vec<(LossKind, Vec<String>)> {
    let is = |stated: Option<&Stated<bool>>| stated.and_then(Stated::value) == Some(&true);
    let shared = package.shared_user_id.as_ref().and_then(Stated::value);
    let config = platform.said_of(&package.name);
    let mut all = Vec::new();
    let mut add = |lost: bool, kind: LossKind, items: Vec<String>| {
        if lost {
            all.push((kind, items));
        }
    };
    add(is_privileged(&package.path), LossKind::PrivilegedFolder, Vec::new());
    add(!config.privileged.is_empty(), LossKind::PrivilegedPermission, owned(&config.privileged));
    add(!config.granted.is_empty(), LossKind::DefaultPermission, owned(&config.granted));
    if let Some(id) = shared {
        let kind =
            if id.starts_with("android.uid.") { LossKind::SystemUserId } else { LossKind::SharedUserId };
        add(true, kind, vec![id.clone()]);
    }
    add(is(package.core_app.as_ref()), LossKind::CoreApp, Vec::new());
    add(is(package.application.persistent.as_ref()), LossKind::Persistent, Vec::new());
    add(is(package.application.required_for_all_users.as_ref()), LossKind::RequiredForAllUsers, Vec::new());
    add(platform.signed_by_platform(package), LossKind::PlatformKey, Vec::new());
    add(config.keeps_enabled, LossKind::KeepsEnabled, Vec::new());
    add(!config.roles.is_empty(), LossKind::DefaultRole, owned(&config.roles));
    add(!config.preferred.is_empty(), LossKind::PreferredActivity, owned(&config.preferred));
    all
}

fn owned(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

/// Whether a code path lies in a privileged folder.
pub(super) fn is_privileged(path: &str) -> bool {
    path.contains("/priv-app/")
}

/// The step that sets a property, unless the device has it so.
fn switched_on<'a>(
    package: &'a PackageFacts,
    name: &str,
    value: &str,
    platform: &Platform<'a>,
    costs: &StepCosts,
) -> Option<Part<'a>> {
    let stated = platform.property(name);
    if stated.is_some_and(|property| property.value == value) {
        return None;
    }
    // Where no file states it: the partition whose properties its name is reserved for (`vendor_property_contexts`).
    let home = if name.contains(".vendor.") { "/vendor/build.prop" } else { "/system/build.prop" };
    let edit = Edit {
        file: stated.map_or_else(|| home.to_owned(), |property| property.path.clone()),
        list: None,
        subject: name.to_owned(),
        says: Some(value.to_owned()),
        line: format!("{name}={value}"),
        whole_line: true,
    };
    Some(Part { edit: Some(edit), ..Part::new(package, StepKind::SetProperty, platform, costs) })
}
