//! One device each: what a plan says of it, and why.

use serde_json::Value;

use super::*;
use crate::language::{Language, Localized};
use crate::plan::outcome::{DeclarationFault, NotKnown};
use crate::plan::run_time::{LeftBecause, RunTimeKind, RunTimeStep};
use crate::plan::step::{Applicability, Inverse, Precondition};

/// A phone of Xiaomi with apps in folders, each with its functions.
fn device(apps: &[(&str, &str, &[Group])], more: impl FnOnce(&mut Value)) -> Phone {
    let package = |(name, folder, _): &(&str, &str, &[Group])| {
        let path = format!("{folder}/{}", name.rsplit('.').next().unwrap());
        json!({ "name": name, "path": path, "file": format!("{path}/base.apk") })
    };
    let mut packages: Vec<Value> = apps.iter().map(package).collect();
    // So that the maker's folder is in use.
    packages
        .push(json!({ "name": "x.y", "path": "/product/data-app/y", "file": "/product/data-app/y/y.apk" }));
    let mut snapshot = json!({
        "schema-version": 1, "tool": "test", "source": { "kind": "tree", "name": "t" }, "packages": packages,
        "device": { "sdk": 30, "properties": {
            "ro.miui.ui.version.name": { "value": "V12", "path": "/system/build.prop" } } },
        "system-config": {}, "totals": { "packages": 0, "unread": 0, "facts": 0 },
    });
    more(&mut snapshot);
    let mut snapshot: Snapshot = serde_json::from_value(snapshot).unwrap();
    count::seal(&mut snapshot);
    let membership =
        |id: &Group| Membership { id: *id, status: Status::Member, score: 80, evidence: Vec::new() };
    let function = |groups: &[Group]| Classification {
        scope: Scope::InScope,
        groups: groups.iter().map(membership).collect(),
        undecided: Vec::new(),
    };
    let none = Classification { scope: Scope::NoEntry, groups: Vec::new(), undecided: Vec::new() };
    let mut functions: BTreeMap<PackageName, Classification> =
        apps.iter().map(|(name, _, groups)| (named(name), function(groups))).collect();
    functions.insert(named("x.y"), none);
    Phone {
        inventory: Inventory::new(snapshot),
        functions,
        profile: profile::built_in("tc260-2021-draft").unwrap(),
        conventions: Conventions::built_in().clone(),
    }
}

fn named(name: &str) -> PackageName {
    PackageName::new(name).unwrap()
}

fn declare(phone: &mut Phone, group: Group, name: &str) {
    let origin = Origin { file: "/odm/etc/keepone.toml".into(), line: 7 };
    phone.profile.keepers.push(Keeper { group, package: named(name), origin });
}

fn keepers(plan: &Plan, group: Group) -> Vec<&str> {
    let group = plan.groups.iter().find(|known| known.id == group).unwrap();
    group.keepers.iter().map(|keeper| keeper.package.as_str()).collect()
}

fn because(plan: &Plan, name: &str) -> Vec<KeeperReason> {
    let keepers = plan.groups.iter().flat_map(|group| &group.keepers);
    keepers.into_iter().find(|keeper| keeper.package.as_str() == name).unwrap().because.clone()
}

const DIALER: &str = "android.app.role.DIALER";

fn dialer(snapshot: &mut Value) {
    snapshot["system-config"]["default-holders"] =
        json!([{ "role": DIALER, "package": "a.dialer", "path": "/product/overlay/roles.apk" }]);
}

#[test]
fn the_holder_of_the_role_stays_and_the_other_moves() {
    let apps: [(&str, &str, &[Group]); 2] =
        [("a.dialer", "/system/app", &[Group::PhoneCalls]), ("b.phone", "/system/app", &[Group::PhoneCalls])];
    let plan = device(&apps, dialer).plan();
    assert_eq!(keepers(&plan, Group::PhoneCalls), ["a.dialer"]);
    let reasons = because(&plan, "a.dialer");
    assert_eq!(
        reasons,
        [KeeperReason::CheapestToKeep { saves: 50 }, KeeperReason::HoldsRole { role: DIALER.into() }]
    );
    assert_eq!(reasons[1].localized(Language::English), "holds the role android.app.role.DIALER");
    assert_eq!(plan.groups[0].alternatives[0].why_not, WhyNot::CostsMore { by: 50 });
    let [step] = plan.steps.as_slice() else { panic!("{:#?}", plan.steps) };
    assert_eq!(
        (step.from.as_deref(), step.to.as_deref()),
        (Some("/system/app/phone"), Some("/product/data-app/phone"))
    );
    assert_eq!(step.files[0].to, "/product/data-app/phone/base.apk");
    assert_eq!(step.cost, 40);
    assert_eq!(
        step.preconditions,
        [
            Precondition::LiesAt { path: "/system/app/phone".into() },
            Precondition::NothingAt { path: "/product/data-app/phone".into() },
            Precondition::KeeperStays { group: Group::PhoneCalls, package: named("a.dialer") },
        ]
    );
    let back = Inverse::MoveBack { from: "/product/data-app/phone".into(), to: "/system/app/phone".into() };
    assert_eq!(step.inverse, back);
}

#[test]
fn a_declared_keeper_takes_over_the_role_before_its_holder_may_go() {
    let apps: [(&str, &str, &[Group]); 2] = [
        ("a.dialer", "/product/app", &[Group::PhoneCalls]),
        ("b.phone", "/product/app", &[Group::PhoneCalls]),
    ];
    let mut phone = device(&apps, dialer);
    declare(&mut phone, Group::PhoneCalls, "b.phone");
    let plan = phone.plan();
    assert_eq!(keepers(&plan, Group::PhoneCalls), ["b.phone"]);
    assert!(matches!(because(&plan, "b.phone")[0], KeeperReason::Declared { .. }));
    assert_eq!(plan.groups[0].alternatives[0].why_not, WhyNot::AgainstDeclared);
    let [hand_over, moved] = plan.steps.as_slice() else { panic!("{:#?}", plan.steps) };
    assert_eq!(
        (hand_over.kind, hand_over.applicability),
        (StepKind::HandOverRole, Applicability::DisplayOnly)
    );
    let edit = hand_over.edit.as_ref().unwrap();
    assert_eq!(
        (edit.file.as_str(), edit.line.as_str()),
        ("/product/overlay/roles.apk", "android.app.role.DIALER=b.phone")
    );
    assert_eq!(
        (moved.kind, moved.applicability),
        (StepKind::MoveToRemovableLocation, Applicability::NeedsConsent)
    );
    let held = Precondition::RoleHeldBy { role: DIALER.into(), package: named("b.phone") };
    assert!(moved.preconditions.contains(&held));
    let kinds: Vec<RunTimeKind> = plan.run_time.steps.iter().map(|step| step.kind).collect();
    assert_eq!(
        kinds,
        [
            RunTimeKind::HandOverRole,
            RunTimeKind::BlockUninstall,
            RunTimeKind::UnblockUninstall,
            RunTimeKind::UninstallForUser
        ]
    );
    let uninstall = plan.run_time.steps.last().unwrap();
    assert!(uninstall.destroys_data && uninstall.preconditions.contains(&held));
    assert_eq!(plan.run_time.leaves[0].because, LeftBecause::ImageKeepsIt);
}

#[test]
fn one_app_of_two_groups_stays_where_two_would_cost_more() {
    let both = &[Group::PhoneCalls, Group::Contacts];
    let apps: [(&str, &str, &[Group]); 3] = [
        ("a.both", "/system/priv-app", both),
        ("b.phone", "/product/app", &[Group::PhoneCalls]),
        ("c.people", "/product/app", &[Group::Contacts]),
    ];
    // Moving the one app costs 80, moving both others 60.
    let plan = device(&apps, |_| {}).plan();
    assert_eq!(
        (keepers(&plan, Group::PhoneCalls), keepers(&plan, Group::Contacts)),
        (vec!["a.both"], vec!["a.both"])
    );
    assert_eq!(plan.cost, 60);
    assert_eq!(because(&plan, "a.both"), [KeeperReason::CheapestToKeep { saves: 20 }]);
    // Where they, too, cost more, they stay.
    let system_user =
        |snapshot: &mut Value| snapshot["packages"][1]["shared-user-id"] = json!("android.uid.system");
    let plan = device(&apps, system_user).plan();
    assert_eq!(
        (keepers(&plan, Group::PhoneCalls), keepers(&plan, Group::Contacts)),
        (vec!["b.phone"], vec!["c.people"])
    );
    assert_eq!(plan.cost, 80);
}

#[test]
fn declarations_that_cannot_all_be_kept_are_told() {
    let both = &[Group::PhoneCalls, Group::Contacts];
    let apps: [(&str, &str, &[Group]); 3] = [
        ("a.both", "/product/app", both),
        ("b.phone", "/product/app", &[Group::PhoneCalls]),
        ("c.people", "/product/app", &[Group::Contacts]),
    ];
    let mut phone = device(&apps, |_| {});
    declare(&mut phone, Group::Contacts, "a.both");
    declare(&mut phone, Group::PhoneCalls, "b.phone");
    declare(&mut phone, Group::TextMessages, "d.gone");
    let plan = phone.plan();
    let faults: Vec<(&str, &DeclarationFault)> = plan
        .cannot_repair
        .iter()
        .map(|stays| match &stays.because {
            Hindrance::DeclarationUnlawful { because, .. } => (stays.package.as_str(), because),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults.contains(&("d.gone", &DeclarationFault::NotOnDevice)), "{faults:?}");
    let too_many =
        |(_, fault): &&(&str, &DeclarationFault)| matches!(fault, DeclarationFault::TooMany { .. });
    assert_eq!(faults.iter().filter(too_many).count(), 1, "{faults:?}");
}

#[test]
fn what_is_not_known_is_left_alone_and_told() {
    let apps: [(&str, &str, &[Group]); 2] =
        [("a.music", "/product/app", &[]), ("b.radio", "/product/app", &[])];
    let mut phone = device(&apps, |_| {});
    let unsure = phone.functions.get_mut(&named("b.radio")).unwrap();
    unsure.groups =
        vec![Membership { id: Group::Contacts, status: Status::Review, score: 50, evidence: Vec::new() }];
    let plan = phone.plan();
    assert_eq!(plan.steps.iter().map(|step| step.package.as_str()).collect::<Vec<_>>(), ["a.music"]);
    assert_eq!(plan.left_alone.len(), 1);
    assert_eq!(plan.left_alone[0].because, NotKnown::Groups { groups: vec![Group::Contacts] });
    assert_eq!(plan.left_alone[0].because.localized(Language::Chinese), "不确定它是否属于：通信录");
}

#[test]
fn the_last_app_of_a_function_is_never_offered_for_removal_at_run_time() {
    let apps: [(&str, &str, &[Group]); 1] = [("a.web", "/product/app", &[Group::Browser])];
    let plan = device(&apps, |_| {}).plan();
    assert_eq!(plan.steps.len(), 1, "users may remove it");
    assert!(
        plan.run_time.steps.iter().all(|step| step.kind != RunTimeKind::UninstallForUser),
        "nobody removes it"
    );
    let apps: [(&str, &str, &[Group]); 2] =
        [("a.web", "/product/app", &[Group::Browser]), ("b.web", "/product/data-app", &[Group::Browser])];
    let plan = device(&apps, |_| {}).plan();
    let uninstall =
        plan.run_time.steps.iter().find(|step| step.kind == RunTimeKind::UninstallForUser).unwrap();
    let other = Precondition::AnotherStays { group: Group::Browser, packages: vec![named("b.web")] };
    assert_eq!(uninstall.preconditions, [other]);
}

#[test]
fn who_does_not_have_an_app_keeps_nobody_from_being_held_to_the_rule() {
    let apps: [(&str, &str, &[Group]); 2] = [
        ("a.dialer", "/product/app", &[Group::PhoneCalls]),
        ("b.dialer", "/product/app", &[Group::PhoneCalls]),
    ];
    let plan = |of_work_profile: &Value| {
        let device = device(&apps, |snapshot| {
            dialer(snapshot);
            for (at, blocked) in [(0, true), (1, false)] {
                snapshot["packages"][at]["states"] = json!([
                    { "user": 0, "installed": true, "block-uninstall": blocked }, of_work_profile]);
            }
        });
        let steps = device.plan().run_time.steps;
        let held = |step: &&RunTimeStep| {
            matches!(step.kind, RunTimeKind::BlockUninstall | RunTimeKind::UnblockUninstall)
        };
        steps.iter().filter(held).count()
    };
    assert_eq!(plan(&json!({ "user": 10, "installed": false })), 0, "the work profile has neither");
    assert_eq!(plan(&json!({ "user": 10, "installed": true, "block-uninstall": false })), 1);
    assert_eq!(plan(&json!({ "user": 10, "installed": true })), 2, "what was not read is not taken for done");
}

#[test]
fn every_text_of_a_plan_stands_in_both_languages() {
    let texts =
        StepKind::ALL.map(StepKind::text).into_iter().chain(kind::LossKind::ALL.map(kind::LossKind::text));
    for text in texts {
        assert!(text.en.is_ascii() && !text.zh.is_ascii(), "{text:?}");
    }
    let costs = StepCosts::built_in();
    let whys =
        costs.steps.values().map(|cost| &cost.why).chain(costs.losses.values().map(|loss| &loss.cost.why));
    for why in whys {
        assert!(why.en.ends_with('.') && why.zh.ends_with('。'), "{why:?}");
    }
}
