//! Plans of small random devices, held against the audit itself: no cheaper lawful choice exists, what the plan does not
//! list as broken is repaired, and what may not be touched is not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;

use super::*;
use crate::audit::{AuditOptions, FindingCode, Hold, Outcome};
use crate::classify::{Membership, Scope, Status};
use crate::package::{Group, PackageName};
use crate::plan::outcome::{Hindrance, KeeperReason, WhyNot};
use crate::plan::repair::{Repair, Standing};
use crate::profile::{self, Keeper, Origin, Profile, Waiver};
use crate::removability::outcome::Verdict;
use crate::removability::{removability, required};
use crate::source::count;
use crate::source::snapshot::{PackageFacts, Snapshot};

mod stories;

/// A device whose apps' functions are given, and everything else is judged for real.
#[derive(Clone, Debug)]
struct Phone {
    inventory: Inventory,
    functions: BTreeMap<PackageName, Classification>,
    profile: Profile,
    conventions: Conventions,
}

/// One app of a random device.
#[derive(Clone, Debug)]
struct App {
    folder: &'static str,
    members: Vec<usize>,
    review: Option<usize>,
    scope: Scope,
    privileges: u8,
    needed: bool,
}

impl Phone {
    fn classifications(&self) -> Vec<Classification> {
        let of = |package: &PackageFacts| self.functions[&package.name].clone();
        self.inventory.packages().iter().map(of).collect()
    }

    fn removabilities(&self) -> Vec<Removability> {
        removability(&self.inventory, &self.conventions)
    }

    fn audit_with(&self, removabilities: &[Removability]) -> Audit {
        let options = AuditOptions::default();
        audit::audit(&self.inventory, &self.classifications(), removabilities, &self.profile, &options)
    }

    fn plan(&self) -> Plan {
        let (classifications, removabilities) = (self.classifications(), self.removabilities());
        let audit = self.audit_with(&removabilities);
        let judged = Judged {
            inventory: &self.inventory,
            classifications: &classifications,
            removabilities: &removabilities,
            profile: &self.profile,
            audit: &audit,
        };
        plan(&judged, &self.conventions, StepCosts::built_in())
    }

    fn after(&self, plan: &Plan) -> Self {
        Self { inventory: Inventory::new(apply(&self.inventory, plan, None)), ..self.clone() }
    }

    /// What is not known of each app.
    fn unknowns(&self) -> Vec<(PackageName, Option<bool>, bool, BTreeSet<Group>)> {
        let (classifications, removabilities) = (self.classifications(), self.removabilities());
        let apps = audit::apps(&self.inventory, &classifications, &removabilities, self.profile.switches);
        let unknown = |app: &audit::App<'_>| {
            (app.name.clone(), app.in_scope, app.hold == Hold::Unknown, app.possible.clone())
        };
        apps.iter().map(unknown).collect()
    }
}

static PROFILES: LazyLock<Vec<Profile>> =
    LazyLock::new(|| profile::built_in_ids().map(|id| profile::built_in(id).unwrap()).collect());

const NAMES: [&str; 9] = ["a.b", "a.c", "b.a", "b.b", "b.c", "c.a", "c.b", "d.a", "e.a"];

fn facts(name: &str, app: &App) -> serde_json::Value {
    let path = format!("{}/{}", app.folder, name.replace('.', "_"));
    let mut facts = json!({ "name": name, "path": path, "file": format!("{path}/base.apk") });
    if app.privileges & 1 != 0 {
        facts["shared-user-id"] = json!("some.shared");
    }
    if app.privileges & 2 != 0 {
        facts["core-app"] = json!(true);
    }
    if app.privileges & 4 != 0 {
        facts["splits"] = json!([{ "name": "config.xx", "file": format!("{path}/split.apk") }]);
    }
    if app.needed {
        // A home screen.
        let filter = json!({ "actions": ["android.intent.action.MAIN"], "categories": ["android.intent.category.HOME", "android.intent.category.DEFAULT"] });
        facts["activities"] =
            json!([{ "name": format!("{name}.Home"), "exported": true, "filters": [filter] }]);
    }
    facts
}

fn function(app: &App) -> Classification {
    let groups = app.members.iter().map(|group| (*group, Status::Member, 70 + u8::try_from(*group).unwrap()));
    let groups = groups.chain(app.review.map(|group| (group, Status::Review, 50)));
    let membership = |(group, status, score): (usize, Status, u8)| Membership {
        id: Group::ALL[group],
        status,
        score,
        evidence: Vec::new(),
    };
    Classification { scope: app.scope, groups: groups.map(membership).collect(), undecided: Vec::new() }
}

fn app() -> impl Strategy<Value = App> {
    let folder = prop_oneof![
        4 => Just("/system/app"),
        4 => Just("/system/priv-app"),
        2 => Just("/product/priv-app"),
        1 => Just("/product/data-app"),
        1 => Just("/system/preset_apps"),
    ];
    let members = prop::collection::btree_set(prop_oneof![4 => 0..4_usize, 1 => 0..9_usize], 0..=3);
    let scope = prop_oneof![10 => Just(Scope::InScope), 1 => Just(Scope::NoEntry), 1 => Just(Scope::Unknown)];
    let review = prop_oneof![6 => Just(None), 1 => (0..9_usize).prop_map(Some)];
    (folder, members, review, scope, 0..8_u8, prop::bool::weighted(0.07)).prop_map(
        |(folder, members, review, scope, privileges, needed)| App {
            folder,
            review: review.filter(|group| !members.contains(group)),
            members: members.into_iter().collect(),
            scope,
            privileges,
            needed,
        },
    )
}

/// The maker whose software the device runs: one that moves, one that lists, none, and one of which no way is known.
fn maker() -> impl Strategy<Value = (serde_json::Value, bool)> {
    let properties = |pairs: &[(&str, &str)]| {
        let property = |(name, value): &(&str, &str)| {
            ((*name).to_owned(), json!({ "value": value, "path": "/system/build.prop" }))
        };
        serde_json::Value::Object(pairs.iter().map(property).collect())
    };
    prop_oneof![
        Just((properties(&[("ro.miui.ui.version.name", "V12")]), true)),
        Just((properties(&[("ro.build.version.emui", "EmotionUI_8.0.0")]), true)),
        Just((
            properties(&[("ro.vendor.mediatek.platform", "MT6765"), ("persist.vendor.pms_removable", "1")]),
            true
        )),
        Just((properties(&[]), true)),
        Just((properties(&[]), false)),
    ]
}

fn phone() -> impl Strategy<Value = Phone> {
    let apps =
        prop_oneof![1 => prop::collection::vec(app(), 0..=2), 6 => prop::collection::vec(app(), 3..=7)];
    let declared = prop::collection::vec((0..NAMES.len(), 0..4_usize), 0..=3);
    let waived = prop::option::weighted(0.4, (0..NAMES.len(), any::<bool>()));
    let id = prop_oneof![Just("tc260-2021-draft"), Just("tc260-002-2022")];
    let roles = prop::collection::vec((0..NAMES.len(), 0..3_usize), 0..=2);
    let cap = prop_oneof![5 => Just(1_u32), 1 => Just(2)];
    let count_in_each = prop::bool::weighted(0.85);
    (apps, maker(), declared, waived, id, roles, cap, count_in_each).prop_map(
        |(apps, (properties, known), declared, waived, id, roles, cap, count_in_each)| {
            let mut profile = PROFILES.iter().find(|profile| profile.id == id).unwrap().clone();
            profile.switches.count_in_each_group = count_in_each;
            profile.groups.iter_mut().for_each(|rule| rule.max_non_uninstallable = cap);
            let origin = Origin { file: "/odm/etc/keepone.toml".into(), line: 3 };
            let allowed: Vec<Group> = profile.groups.iter().map(|rule| rule.id).collect();
            for (name, group) in declared {
                let (package, group) = (PackageName::new(NAMES[name]).unwrap(), Group::ALL[group]);
                let is_new = profile.keepers.iter().all(|keeper| keeper.group != group);
                if is_new && allowed.contains(&group) {
                    profile.keepers.push(Keeper { group, package, origin: origin.clone() });
                }
            }
            if let Some((name, of_cap)) = waived {
                let check = if of_cap { crate::profile::Check::Cap } else { crate::profile::Check::AllowedGroups };
                let requirement = profile.requirements.iter().find(|requirement| requirement.check == check).unwrap();
                profile.waivers.push(Waiver {
                    package: PackageName::new(NAMES[name]).unwrap(),
                    requirement: requirement.id.clone(),
                    reason: "agreed".into(),
                    owner: None,
                    signer: None,
                    until: None,
                    origin,
                });
            }
            let role = |(name, role): (usize, usize)| {
                let role = ["DIALER", "SMS", "BROWSER"][role];
                json!({ "role": format!("android.app.role.{role}"), "package": NAMES[name], "path": "/product/overlay/x.apk" })
            };
            let named = || NAMES.iter().zip(&apps);
            let snapshot = json!({
                "schema-version": 1, "tool": "test", "source": { "kind": "tree", "name": "t" },
                "device": { "properties": properties },
                "packages": named().map(|(name, app)| facts(name, app)).collect::<Vec<_>>(),
                "system-config": { "default-holders": roles.into_iter().map(role).collect::<Vec<_>>() },
                "totals": { "packages": 0, "unread": 0, "facts": 0 },
            });
            let mut snapshot: Snapshot = serde_json::from_value(snapshot).unwrap();
            count::seal(&mut snapshot);
            let functions = named().map(|(name, app)| (PackageName::new(name).unwrap(), function(app))).collect();
            let conventions = if known {
                Conventions::built_in().clone()
            } else {
                Conventions::read("schema-version = 1\n").unwrap()
            };
            Phone { inventory: Inventory::new(snapshot), functions, profile, conventions }
        },
    )
}

/// What making a set of apps removable would come to, as the audit sees it: how far groups stay over their caps, how
/// many declared keepers go, and what it costs. Less is better.
fn consequence(
    phone: &Phone,
    removabilities: &[Removability],
    costs: &[(PackageName, u64)],
    chosen: &BTreeSet<&PackageName>,
    had: &BTreeSet<Group>,
) -> (usize, usize, u64) {
    let mut changed = removabilities.to_vec();
    for (package, removability) in phone.inventory.packages().iter().zip(&mut changed) {
        if chosen.contains(&package.name) {
            removability.verdict = Verdict::Uninstallable;
        }
    }
    let audit = phone.audit_with(&changed);
    let cap = |group: Group| {
        let rule = phone.profile.groups.iter().find(|rule| rule.id == group).unwrap();
        usize::try_from(rule.max_non_uninstallable).unwrap()
    };
    let fails = |code| audit.findings.iter().filter(move |f| f.code == code && f.outcome == Outcome::Fail);
    let over =
        fails(FindingCode::TooManyNonUninstallable).map(|f| f.packages.len() - cap(f.group.unwrap())).sum();
    let apps = audit::apps(&phone.inventory, &[], &[], phone.profile.switches);
    assert!(apps.is_empty());
    let classifications = phone.classifications();
    let apps = audit::apps(&phone.inventory, &classifications, &changed, phone.profile.switches);
    let fixed = apps.iter().filter(|app| app.in_scope == Some(true) && app.hold == Hold::Fixed);
    let covered: BTreeSet<Group> = fixed.flat_map(|app| app.members.iter().copied()).collect();
    let penalty = StepCosts::built_in().group_without_keeper.cost;
    let lost = u64::try_from(had.difference(&covered).count()).unwrap() * penalty;
    let cost: u64 = costs.iter().filter(|(name, _)| chosen.contains(name)).map(|(_, cost)| cost).sum();
    (over, fails(FindingCode::DeclaredKeeperDiffers).count(), cost + lost)
}

/// How many random devices each property is tried on.
const CASES: u32 = 2500;

/// What happens on the random devices: a property that is tried on devices without a choice shows nothing.
#[test]
#[expect(clippy::print_stdout, reason = "the figures are what a person reads")]
fn the_random_devices_are_worth_trying() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..600 {
        let plan = phone().new_tree(&mut runner).unwrap().current().plan();
        let alternatives = || plan.groups.iter().flat_map(|group| &group.alternatives);
        let reasons =
            || plan.groups.iter().flat_map(|group| &group.keepers).flat_map(|keeper| &keeper.because);
        let hindered =
            |wanted: fn(&Hindrance) -> bool| plan.cannot_repair.iter().any(|stays| wanted(&stays.because));
        let kind = |kind: StepKind| plan.steps.iter().any(|step| step.kind == kind);
        let facts = [
            (
                "a choice between apps",
                plan.groups.iter().any(|group| !group.keepers.is_empty()) && alternatives().count() > 0,
            ),
            (
                "a keeper of several groups",
                plan.groups.iter().enumerate().any(|(n, group)| {
                    plan.groups
                        .iter()
                        .skip(n + 1)
                        .any(|other| other.keepers.iter().any(|keeper| group.keepers.contains(keeper)))
                }),
            ),
            ("a group that keeps none", plan.groups.iter().any(|group| group.keepers.is_empty())),
            ("a price", alternatives().any(|other| matches!(other.why_not, WhyNot::CostsMore { .. }))),
            ("an even choice", alternatives().any(|other| other.why_not == WhyNot::EqualCost)),
            ("no room", alternatives().any(|other| matches!(other.why_not, WhyNot::NoRoom { .. }))),
            ("a declared keeper", reasons().any(|reason| matches!(reason, KeeperReason::Declared { .. }))),
            (
                "a declared keeper pushed in",
                alternatives().any(|other| other.why_not == WhyNot::AgainstDeclared),
            ),
            ("a waiver", reasons().any(|reason| *reason == KeeperReason::Waived)),
            (
                "what the platform needs",
                hindered(|because| matches!(because, Hindrance::RequiredByPlatform { .. })),
            ),
            ("no known way", hindered(|because| *because == Hindrance::NoKnownWay)),
            ("a move", kind(StepKind::MoveToRemovableLocation)),
            ("a line in a list", kind(StepKind::AddToRemovableList)),
            ("a role that changes hands", kind(StepKind::HandOverRole)),
            ("something not known", !plan.left_alone.is_empty()),
        ];
        for (fact, holds) in facts {
            *met.entry(fact).or_default() += u32::from(holds);
        }
    }
    for (fact, times) in met {
        println!("{times:4} of 600 devices: {fact}");
        assert!(times >= 6, "{fact}: {times} of 600");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn no_cheaper_lawful_choice_exists(phone in phone()) {
        let (classifications, removabilities) = (phone.classifications(), phone.removabilities());
        let audit = phone.audit_with(&removabilities);
        let apps = audit::apps(&phone.inventory, &classifications, &removabilities, phone.profile.switches);
        let platform = platform::Platform::new(&phone.inventory, &phone.conventions);
        let costs = StepCosts::built_in();
        let repair = Repair::new(&apps, &phone.profile, &audit, &platform, costs);
        // Every app of an allowed group that could be made removable, also where its group is in order.
        let allowed: BTreeSet<Group> = phone.profile.groups.iter().map(|rule| rule.id).collect();
        let priced: Vec<(PackageName, u64)> = apps.iter()
            .filter(|app| app.in_scope == Some(true) && app.hold == Hold::Fixed && !app.members.is_disjoint(&allowed))
            .filter(|app| !repair.members.iter().any(|m| m.app.name == app.name && matches!(m.standing, Standing::Waived)))
            .filter_map(|app| Some((app.name.clone(), way::way(app, &platform, costs).ok()?.cost())))
            .collect();
        let counted = apps.iter().filter(|app| app.in_scope == Some(true) && app.hold == Hold::Fixed);
        let had: BTreeSet<Group> = counted.flat_map(|app| app.members.intersection(&allowed).copied()).collect();
        let best = (0..1_u32 << priced.len()).map(|bits| {
            let chosen = priced.iter().enumerate().filter(|(n, _)| bits & 1 << n != 0).map(|(_, (name, _))| name).collect();
            consequence(&phone, &removabilities, &priced, &chosen, &had)
        }).min().unwrap();
        let candidates = repair.candidates();
        let search = Search::new(&candidates, repair.limits.clone());
        let choice = search.best();
        let gone: BTreeSet<&PackageName> = repair.members.iter().enumerate()
            .filter(|(n, _)| !choice.kept.contains(n)).map(|(_, member)| member.app.name).collect();
        let found = consequence(&phone, &removabilities, &priced, &gone, &had);
        prop_assert_eq!(found, best);
        prop_assert_eq!(found.2, choice.cost);
    }

    #[test]
    fn after_the_plan_nothing_fails_but_what_it_lists(phone in phone()) {
        let plan = phone.plan();
        let after = phone.after(&plan);
        let audit = after.audit_with(&after.removabilities());
        for finding in audit.findings.iter().filter(|finding| finding.outcome == Outcome::Fail) {
            let listed = plan.cannot_repair.iter().any(|stays| {
                stays.code == finding.code && stays.group == finding.group && stays.requirement == finding.requirement
                    && finding.packages.contains(&stays.package)
            });
            prop_assert!(listed, "{:?}\n{:#?}", finding, plan);
        }
        // and nothing is listed that does not fail
        for stays in &plan.cannot_repair {
            let fails = audit.findings.iter().any(|finding| {
                finding.outcome == Outcome::Fail && stays.code == finding.code && stays.group == finding.group
                    && finding.packages.contains(&stays.package)
            });
            prop_assert!(fails, "{:?}\n{:#?}", stays, audit.findings);
        }
        prop_assert_eq!(phone.unknowns(), after.unknowns());
        for step in &plan.steps {
            prop_assert!(phone.inventory.package(&step.package).iter().all(|package| required(package).is_none()));
        }
    }

    #[test]
    fn the_plan_of_a_repaired_device_is_empty(phone in phone()) {
        let plan = phone.plan();
        let after = phone.after(&plan).plan();
        let by_hand = |plan: &Plan| plan.steps.iter().filter(|step| step.applicability == step::Applicability::DisplayOnly).count();
        prop_assert_eq!(after.steps.len(), by_hand(&after), "{:#?}", after);
        if plan.cannot_repair.is_empty() {
            prop_assert!(after.is_empty() && after.groups.is_empty() && after.cost == 0);
            prop_assert!(after.run_time.steps.is_empty() && after.run_time.leaves.is_empty());
        }
    }

    #[test]
    fn the_order_of_the_packages_does_not_matter(phone in phone(), seed in any::<prop::sample::Index>()) {
        let mut snapshot = phone.inventory.snapshot().clone();
        if !snapshot.packages.is_empty() {
            let by = seed.index(snapshot.packages.len());
            snapshot.packages.rotate_left(by);
            snapshot.packages.reverse();
        }
        let shuffled = Phone { inventory: Inventory::new(snapshot), ..phone.clone() };
        prop_assert_eq!(phone.plan(), shuffled.plan());
    }
}
