//! The running device as a source, with a reader of this process: what the platform said is united with the manifests of
//! generated APKs, and what it held back keeps open what hangs on it.

use std::collections::BTreeMap;
use std::path::Path;

use keepone::audit::AuditOptions;
use keepone::classify::{Classification, Groups, Options, Scope, classify};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::package::{Group, PackageName};
use keepone::removability::outcome::{Reason, Removability, Verdict};
use keepone::removability::removability;
use keepone::source::count;
use keepone::source::device::{DeviceOptions, Reader, read_device};
use keepone::source::snapshot::{Administrator, Snapshot, Stated};
use keepone::source::unread::UnreadReason;
use serde_json::{Value, json};

use crate::apk_builder::{Is, Xml, android, apk, id, plain};

/// A phone of this process.
struct Phone {
    device: Value,
    records: BTreeMap<String, Value>,
    root: tempfile::TempDir,
    progress: Vec<usize>,
}

impl Phone {
    fn new() -> Self {
        let device = json!({"device": {"sdk": 34, "properties": {}}, "users": [{"id": 0, "kind": "main"}]});
        Self { device, records: BTreeMap::new(), root: tempfile::tempdir().unwrap(), progress: Vec::new() }
    }

    /// Adds a package that lies at `path`, with an APK there.
    fn package(&mut self, name: &str, path: &str, more: &Value, manifest: &[u8]) -> &mut Self {
        let file = format!("{path}/base.apk");
        self.apk(&file, manifest);
        let mut package = json!({"name": name, "path": path, "file": file,
            "states": [{"user": 0, "installed": true, "enabled": true, "block-uninstall": false}]});
        let (package_fields, more) = (package.as_object_mut().unwrap(), more.as_object().unwrap());
        package_fields.extend(more.clone());
        let not_read = package_fields.remove("not-read").unwrap_or(json!([]));
        self.records.insert(name.to_owned(), json!({"package": package, "not-read": not_read}));
        self
    }

    fn apk(&self, file: &str, manifest: &[u8]) {
        let place = self.root.path().join(file.trim_start_matches('/'));
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, apk(manifest)).unwrap();
    }

    fn read(&mut self) -> Snapshot {
        let options = DeviceOptions { root: self.root.path().to_owned(), ..DeviceOptions::default() };
        read_device(self, &options)
    }

    /// Reads and judges one package.
    fn judge(&mut self, name: &str) -> (Classification, Removability) {
        let mut snapshot = self.read();
        count::seal(&mut snapshot);
        let inventory = Inventory::new(snapshot);
        let at = inventory.packages().iter().position(|package| package.name.as_str() == name).unwrap();
        let classified = classify(&inventory, Groups::built_in(), &Options::default());
        (classified[at].clone(), removability(&inventory, Conventions::built_in())[at].clone())
    }
}

impl Reader for Phone {
    fn count(&mut self) -> Result<i32, UnreadReason> {
        Ok(i32::try_from(self.records.len()).unwrap())
    }

    fn names(&mut self) -> Result<Vec<Option<String>>, UnreadReason> {
        Ok(self.records.keys().cloned().map(Some).collect())
    }

    fn device(&mut self) -> Result<Option<Vec<u8>>, UnreadReason> {
        Ok(Some(self.device.to_string().into_bytes()))
    }

    fn read(&mut self, name: &PackageName) -> Result<Option<Vec<u8>>, UnreadReason> {
        Ok(self.records.get(name.as_str()).map(|record| record.to_string().into_bytes()))
    }

    fn progress(&mut self, done: usize, of: usize) {
        assert!(done <= of);
        self.progress.push(done);
    }
}

const LAUNCHER: &str = "android.intent.category.LAUNCHER";

fn intent_filter(xml: &mut Xml, action: &str, categories: &[&str]) {
    xml.start("intent-filter", &[]).leaf("action", &[android(id::NAME, Is::Text(action))]);
    for category in categories {
        xml.leaf("category", &[android(id::NAME, Is::Text(category))]);
    }
    xml.end();
}

/// A manifest with a launcher entry whose `enabled` is a reference, and an activity that answers `SET_ALARM`.
fn clock(package: &str) -> Vec<u8> {
    let mut xml = Xml::any();
    xml.start("manifest", &[plain("package", Is::Text(package))]).start("application", &[]);
    let enabled = android(id::ENABLED, Is::Reference(0x7f05_0001));
    xml.start("activity", &[android(id::NAME, Is::Text(".Main")), enabled]);
    intent_filter(&mut xml, "android.intent.action.MAIN", &[LAUNCHER]);
    xml.end()
        .start("activity", &[android(id::NAME, Is::Text(".Set")), android(id::EXPORTED, Is::Truth(true))]);
    for action in ["SET_ALARM", "SHOW_ALARMS", "SET_TIMER"] {
        intent_filter(
            &mut xml,
            &format!("android.intent.action.{action}"),
            &["android.intent.category.DEFAULT"],
        );
    }
    xml.finish()
}

#[test]
fn the_platform_settles_what_the_manifest_leaves_open_and_the_manifest_adds_what_nobody_asked_for() {
    let entry = |enabled: bool| {
        json!({"system": true,
            "activities": [{"name": "a.clock.Main", "enabled": enabled, "exported": true, "label": {"zh": "时钟"}}]})
    };
    for (enabled, scope) in [(true, Scope::InScope), (false, Scope::NoEntry)] {
        let mut phone = Phone::new();
        phone.package("a.clock", "/product/app/Clock", &entry(enabled), &clock("a.clock"));
        let snapshot = phone.read();
        let activities = &snapshot.packages[0].activities;
        assert_eq!(
            activities.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(),
            ["a.clock.Main", "a.clock.Set"]
        );
        assert_eq!(activities[0].enabled, Some(Stated::Value(enabled)));
        assert_eq!(activities[0].label.as_ref().unwrap().zh.as_deref(), Some("时钟"));
        assert_eq!(activities[1].filters.len(), 3);
        assert_eq!(phone.progress.last(), Some(&1));
        let (classified, removable) = phone.judge("a.clock");
        assert_eq!(classified.scope, scope);
        assert_eq!(removable.verdict, Verdict::NonUninstallable);
        if enabled {
            assert_eq!(classified.groups[0].id, Group::TimeDisplay);
        }
    }
}

/// An activity whose `enabled` is a reference, and an alias of the same name that is enabled.
fn twice(package: &str) -> Vec<u8> {
    let mut xml = Xml::any();
    xml.start("manifest", &[plain("package", Is::Text(package))]).start("application", &[]);
    let enabled = android(id::ENABLED, Is::Reference(0x7f05_0001));
    xml.start("activity", &[android(id::NAME, Is::Text(".Main")), enabled]);
    intent_filter(&mut xml, "android.intent.action.MAIN", &[LAUNCHER]);
    xml.end().start(
        "activity-alias",
        &[android(id::NAME, Is::Text(".Main")), android(id::TARGET_ACTIVITY, Is::Text(".Main"))],
    );
    xml.finish()
}

#[test]
fn of_a_class_declared_twice_the_manifest_says_which_is_which() {
    let told = json!({"activities": [{"name": "a.phone.Main", "enabled": true, "exported": true}]});
    let mut phone = Phone::new();
    phone.package("a.phone", "/product/app/Phone", &told, &twice("a.phone"));
    let activities = &phone.read().packages[0].activities;
    assert!(matches!(activities[0].enabled, Some(Stated::Reference { .. })), "{activities:?}");
    assert_eq!((activities.len(), &activities[1].enabled), (2, &None));
}

#[test]
fn a_manifest_that_cannot_be_read_leaves_open_what_only_it_tells() {
    let mut phone = Phone::new();
    let answered = json!([{"actions": ["android.intent.action.MAIN"], "categories": [LAUNCHER]}]);
    let main = json!({"system": true, "permissions": ["android.permission.WRITE_EXTERNAL_STORAGE"],
        "activities": [{"name": "com.maker.papers.Main", "enabled": true, "exported": true, "filters": answered}]});
    phone.package("com.maker.papers", "/product/app/Files", &main, b"no manifest");
    let snapshot = phone.read();
    assert_eq!(snapshot.packages.len(), 1);
    assert_eq!((snapshot.unread.len(), snapshot.unread[0].path.as_str()), (1, "manifest"));
    let (classified, _) = phone.judge("com.maker.papers");
    assert_eq!(classified.scope, Scope::InScope);
    // its own actions could make it a file manager
    assert_eq!(classified.undecided, [Group::FileManagement], "{classified:?}");
    // of another package, the same; and a split is no base
    phone.apk("/product/app/Clock/base.apk", &clock("b.clock"));
    assert!(matches!(phone.read().unread[0].reason, UnreadReason::Malformed { .. }));
}

#[test]
fn hidden_activities_keep_the_scope_open() {
    let mut phone = Phone::new();
    let hidden = json!({"system": true, "not-read": [{"what": "activities", "because": "needs-permission"}]});
    phone.package("a.secret", "/system/app/Secret", &hidden, b"no manifest");
    assert_eq!(phone.judge("a.secret").0.scope, Scope::Unknown);
}

#[test]
fn an_update_is_read_where_it_lies_and_judged_where_it_came_from() {
    let mut phone = Phone::new();
    let update = json!({"system": true, "update": {"path": "/data/app/~~a/a.clock-b", "version-code": 9},
        "activities": [{"name": "a.clock.Main", "enabled": true, "exported": true}]});
    phone.package("a.clock", "/product/app/Clock", &update, b"the factory copy is not opened");
    phone.apk("/data/app/~~a/a.clock-b/base.apk", &clock("a.clock"));
    let (classified, removable) = phone.judge("a.clock");
    assert_eq!(classified.groups[0].id, Group::TimeDisplay);
    assert_eq!((removable.verdict, removable.reason), (Verdict::NonUninstallable, Reason::SystemPartition));
    assert_eq!(removable.decided_by, "/product/app/Clock");
    assert!(phone.read().unread.is_empty());
    // where the platform does not tell the factory place, nobody knows
    let nowhere = json!({"system": true, "activities": [{"name": "a.clock.Main", "enabled": true}]});
    phone.package("a.clock", "/data/app/~~a/a.clock-b", &nowhere, &clock("a.clock"));
    let (classified, removable) = phone.judge("a.clock");
    assert_eq!((classified.scope, removable.verdict), (Scope::InScope, Verdict::Unknown));
}

#[test]
fn what_the_user_installed_is_out_of_scope_unless_nobody_is_named_and_it_is_held() {
    let entry = json!([{"name": "a.clock.Main", "enabled": true, "exported": true}]);
    let judged = |installer: Option<&str>, block: bool| {
        let mut phone = Phone::new();
        let mut more = json!({"system": false, "activities": entry,
            "states": [{"user": 0, "installed": true, "block-uninstall": block}]});
        if let Some(installer) = installer {
            more["installer"] = json!(installer);
        }
        phone.package("a.clock", "/data/app/~~a/a.clock-b", &more, &clock("a.clock"));
        let (classified, removable) = phone.judge("a.clock");
        (classified.scope, removable.verdict)
    };
    assert_eq!(judged(Some("com.store"), false), (Scope::NotShipped, Verdict::Uninstallable));
    assert_eq!(judged(None, false), (Scope::NotShipped, Verdict::Uninstallable));
    assert_eq!(judged(Some("com.store"), true), (Scope::NotShipped, Verdict::NonUninstallable));
    assert_eq!(judged(None, true), (Scope::Unknown, Verdict::NonUninstallable));
}

#[test]
fn every_user_counts() {
    let mut phone = Phone::new();
    phone.device["users"] = json!([{"id": 0, "kind": "main"}, {"id": 10, "kind": "work"}]);
    let states = |second: Value| {
        json!({"system": false, "installer": "s", "activities": [{"name": "a.clock.Main", "enabled": false}],
            "states": [{"user": 0, "installed": true, "block-uninstall": false}, second]})
    };
    // not told for the second user
    phone.package(
        "a.clock",
        "/data/app/a",
        &states(json!({"user": 10, "installed": true})),
        &clock("a.clock"),
    );
    assert_eq!(phone.judge("a.clock").1.missing, ["block-uninstall: user 10"]);
    phone.package(
        "a.clock",
        "/data/app/a",
        &states(json!({"user": 10, "installed": true, "block-uninstall": true})),
        &clock("a.clock"),
    );
    assert_eq!(phone.judge("a.clock").1.decided_by, "block-uninstall: user 10");
    // an entry that is switched on for any user is one
    let mut switched =
        states(json!({"user": 10, "enabled-components": ["a.clock.Main"], "block-uninstall": false}));
    switched["system"] = json!(true);
    phone.package("a.clock", "/system/app/a", &switched, &clock("a.clock"));
    assert_eq!(phone.judge("a.clock").0.scope, Scope::InScope);
}

#[test]
fn who_owns_the_phone_or_a_profile_is_not_uninstallable_for_its_user() {
    let mut phone = Phone::new();
    phone.device["users"] = json!([{"id": 0, "kind": "main"}, {"id": 10, "kind": "work"}]);
    let state = |user: u32| json!({"user": user, "installed": true, "block-uninstall": false});
    let more = json!({"system": false, "installer": "s", "states": [state(0), state(10)]});
    phone.package("a.clock", "/data/app/a", &more, &clock("a.clock"));
    let mut judged = |administrators: Vec<Administrator>, user: Option<u32>| {
        let mut snapshot = phone.read();
        snapshot.administrators = administrators;
        count::seal(&mut snapshot);
        let inventory = Inventory::new(snapshot);
        let inventory = match user {
            Some(user) => inventory.of_user(user).unwrap(),
            None => inventory,
        };
        let judged = removability(&inventory, Conventions::built_in()).remove(0);
        (judged.verdict, judged.decided_by)
    };
    let held = |owner: bool| vec![Administrator { user: 10, package: "a.clock".to_owned(), owner }];
    let by_data = (Verdict::Uninstallable, "/data/app/a".to_owned());
    let by_owner = (Verdict::NonUninstallable, "device-owner: user 10".to_owned());
    assert_eq!(judged(held(false), None), by_data);
    assert_eq!(judged(held(true), None), by_owner);
    assert_eq!(judged(held(true), Some(10)), by_owner);
    assert_eq!(judged(held(true), Some(0)), by_data);
}

#[test]
fn an_entry_that_is_switched_off_for_a_user_is_told_and_stays_in_scope() {
    use keepone::audit::{FindingCode, Outcome, audit};
    let mut phone = Phone::new();
    let off = json!({"system": true, "activities": [{"name": "a.clock.Main", "enabled": true, "exported": true}],
        "states": [{"user": 0, "installed": true, "disabled-components": ["a.clock.Main"]}]});
    phone.package("a.clock", "/product/app/Clock", &off, &clock("a.clock"));
    let mut snapshot = phone.read();
    count::seal(&mut snapshot);
    let inventory = Inventory::new(snapshot);
    let classified = classify(&inventory, Groups::built_in(), &Options::default());
    let removable = removability(&inventory, Conventions::built_in());
    let profile = keepone::profile::built_in("tc260-2021-draft").unwrap();
    let audit = audit(&inventory, &classified, &removable, &profile, &AuditOptions::default());
    assert_eq!(classified[0].scope, Scope::InScope);
    let told = audit.findings.iter().find(|finding| finding.code == FindingCode::HinderedRemoval).unwrap();
    assert_eq!((told.outcome, told.evidence[0].origin.as_str()), (Outcome::Informational, "a.clock.Main"));
}

#[test]
fn an_app_that_was_removed_and_is_there_again_is_told_for_its_user() {
    use keepone::audit::{AuditOptions, FindingCode, Outcome, Removed, audit};
    let mut phone = Phone::new();
    let back =
        json!({"system": true, "states": [{"user": 0, "installed": true}, {"user": 10, "installed": false}]});
    phone.package("a.clock", "/product/app/Clock", &back, &clock("a.clock"));
    let mut snapshot = phone.read();
    count::seal(&mut snapshot);
    let inventory = Inventory::new(snapshot);
    let classified = classify(&inventory, Groups::built_in(), &Options::default());
    let removable = removability(&inventory, Conventions::built_in());
    let profile = keepone::profile::built_in("tc260-2021-draft").unwrap();
    let told = |users: &[u32]| {
        let package = keepone::package::PackageName::new("a.clock").unwrap();
        let removed = users.iter().map(|user| Removed { package: package.clone(), user: *user }).collect();
        let options = AuditOptions { removed, ..AuditOptions::default() };
        let findings = audit(&inventory, &classified, &removable, &profile, &options).findings;
        findings.into_iter().find(|finding| finding.code == FindingCode::RestoredAfterUpdate)
    };
    assert_eq!(told(&[]), None);
    assert_eq!(told(&[10]), None);
    let finding = told(&[0, 10]).unwrap();
    assert_eq!(finding.outcome, Outcome::Informational);
    assert_eq!(finding.evidence[0].origin, "user 0, /product/app/Clock");
}

#[test]
fn a_device_snapshot_is_kept_and_read_back() {
    let mut phone = Phone::new();
    phone.package("a.clock", "/product/app/Clock", &json!({"system": true}), &clock("a.clock"));
    let mut snapshot = phone.read();
    count::seal(&mut snapshot);
    let mut file = Vec::new();
    keepone::source::load::write(&snapshot, &mut file).unwrap();
    let back = keepone::source::load::from_slice(&file, Path::new("x")).unwrap();
    assert_eq!(back, snapshot);
    assert!(Inventory::new(back).unread().is_empty());
}

#[test]
fn what_the_platform_may_need_is_not_planned_away() {
    use keepone::plan::run_time::RunTimeKind;
    let taken_away = |hidden: &str| {
        let mut phone = Phone::new();
        for name in ["a.clock", "b.clock"] {
            let more = json!({"system": true,
                "activities": [{"name": format!("{name}.Main"), "enabled": true, "exported": true}],
                "not-read": if name == hidden { json!([{"what": "services", "because": "failed"}]) } else { json!([]) }});
            phone.package(name, &format!("/product/app/{name}"), &more, &clock(name));
        }
        let rule = keepone::profile::built_in("tc260-2021-draft").unwrap();
        let judged = keepone::judge::judge(
            Inventory::new(sealed(phone.read())),
            &rule,
            &Options::default(),
            AuditOptions::default(),
        );
        let steps = judged.plan(&rule).run_time.steps;
        let away = steps.iter().filter(|step| step.kind == RunTimeKind::UninstallForUser);
        away.map(|step| step.package.to_string()).collect::<Vec<_>>()
    };
    // of two clocks one stays: the one that may serve something nobody could see
    assert_eq!(taken_away("a.clock"), ["b.clock"]);
    assert_eq!(taken_away("b.clock"), ["a.clock"]);
}

fn sealed(mut snapshot: Snapshot) -> Snapshot {
    count::seal(&mut snapshot);
    snapshot
}

/// Java asks the engine what to ask, and knows no group's intents itself.
#[test]
fn the_collector_holds_no_intent_of_any_group() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("android/app/src/main/java");
    let mut sources = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { sources.push(path) }
        }
    }
    let text: toml::Table = toml::from_str(include_str!("../../config/groups.toml")).unwrap();
    let signals = text["signal"].as_array().unwrap();
    let actions =
        |key: &str| signals.iter().filter_map(|signal| signal.get(key)?.as_str()).collect::<Vec<_>>();
    let (activities, services, receivers) = (actions("activity"), actions("service"), actions("receiver"));
    assert!(activities.len() > 60 && services.len() > 3 && receivers.len() > 10);
    for source in sources {
        let code = std::fs::read_to_string(&source).unwrap();
        for action in activities.iter().chain(&services).chain(&receivers) {
            assert!(!code.contains(&format!("\"{action}\"")), "{} holds {action}", source.display());
        }
        // the names of constants stand for them where facts are read; screens may open a system page
        if source.components().any(|part| part.as_os_str() == "read") {
            for action in activities.iter().chain(&services) {
                let constant = format!("ACTION_{}", action.rsplit('.').next().unwrap());
                let words = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                assert!(!words.into_iter().any(|word| word == constant), "{}: {constant}", source.display());
            }
        }
    }
}
