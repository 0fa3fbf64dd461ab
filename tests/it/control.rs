//! The six areas on the model phone: what stands, who decided, what each way of life may set, and what setting does.

use keepone::control::sheet::{Item, MaySet, State, SwitchSheet};
use keepone::control::{Area, DecidedBy, SetResult, Sheet, Turn, read_sheet, set};
use keepone::enforce::{ChangeOutcome, Journal, MemoryStore, Purpose, Reason, Way, Word, answer, undo};
use keepone::source::snapshot::PackageFacts;

use crate::enforce::NOW;
use crate::model_phone::{GRANTED_BY_DEFAULT, GRANTED_BY_ROLE, POLICY_FIXED, Phone, SYSTEM_FIXED, name};

/// What a platform-signed system app holds.
pub(crate) const ALL: [&str; 10] = [
    "CHANGE_COMPONENT_ENABLED_STATE",
    "GRANT_RUNTIME_PERMISSIONS",
    "REVOKE_RUNTIME_PERMISSIONS",
    "MANAGE_APP_OPS_MODES",
    "CHANGE_APP_IDLE_STATE",
    "WRITE_SECURE_SETTINGS",
    "CLEAR_APP_USER_DATA",
    "INTERNAL_DELETE_CACHE_FILES",
    "MANAGE_DEVICE_ADMINS",
    "INTERACT_ACROSS_USERS_FULL",
];

/// Facts of an app that starts itself, is started by others, and asks for much.
pub(crate) fn facts(package: &str) -> PackageFacts {
    let receiver = |class: &str, actions: &[&str], guard: Option<&str>| {
        serde_json::json!({"name": format!("{package}.{class}"), "exported": true, "permission": guard,
            "filters": [{"actions": actions}]})
    };
    serde_json::from_value(serde_json::json!({
        "name": package, "path": format!("/system/app/{package}"), "file": format!("/system/app/{package}/base.apk"),
        "target-sdk": "34", "application": {},
        "permissions": ["android.permission.READ_CONTACTS", "android.permission.CAMERA",
            "android.permission.READ_SMS", "android.permission.ACCESS_FINE_LOCATION",
            "android.permission.ACCESS_BACKGROUND_LOCATION", "android.permission.READ_EXTERNAL_STORAGE",
            "android.permission.SYSTEM_ALERT_WINDOW", "android.permission.QUERY_ALL_PACKAGES"],
        "receivers": [
            receiver("Boot", &["android.intent.action.BOOT_COMPLETED"], None),
            receiver("Push", &["com.push.RECEIVE"], None),
            receiver("Sms", &["android.provider.Telephony.SMS_DELIVER"], Some("android.permission.BROADCAST_SMS")),
        ],
        "services": [
            {"name": format!("{package}.Wake"), "exported": true, "filters": [{"actions": ["com.wake.UP"]}]},
            {"name": format!("{package}.Own"), "exported": false},
            {"name": format!("{package}.Listener"), "exported": true,
             "permission": "android.permission.BIND_NOTIFICATION_LISTENER_SERVICE"},
        ],
    }))
    .unwrap()
}

/// A phone with that app, held in one way.
pub(crate) fn phone(way: Way, permissions: &[&str]) -> Phone {
    let mut phone = Phone::new();
    phone.way = way;
    phone.permissions = permissions.iter().map(|name| format!("android.permission.{name}")).collect();
    for user in [0, 10] {
        let app = phone.install(user, "an.app");
        app.components.clear();
        app.ops.clear();
        for permission in ["ACCESS_FINE_LOCATION", "ACCESS_BACKGROUND_LOCATION", "SYSTEM_ALERT_WINDOW"] {
            app.permissions.insert(format!("android.permission.{permission}"), (true, 0));
        }
        app.permissions.insert("android.permission.QUERY_ALL_PACKAGES".to_owned(), (true, 0));
    }
    phone
}

fn switch<'s>(sheet: &'s Sheet, area: Area, id: &str) -> &'s SwitchSheet {
    let area = sheet.areas.iter().find(|known| known.id == area).unwrap();
    area.switches.iter().find(|switch| switch.id == id).unwrap()
}

fn read(phone: &mut Phone) -> Sheet {
    read_sheet(phone, &facts("an.app"), 0).unwrap()
}

fn turn(phone: &mut Phone, area: Area, switch: &str, on: bool) -> SetResult {
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let turn = Turn { area, switch, on, consent: false };
    set(phone, &mut journal, &facts("an.app"), 0, &turn, NOW).unwrap()
}

#[test]
fn a_sheet_has_all_six_areas_and_every_switch_says_what_it_is() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let sheet = read(&mut phone);
    assert_eq!(sheet.areas.iter().map(|area| area.id).collect::<Vec<_>>(), Area::ALL);
    let ids = |area: usize| sheet.areas[area].switches.iter().map(|s| s.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids(0), ["self-start", "associated-start", "background-run"]);
    assert_eq!(
        ids(1),
        ["contacts", "calendar", "call-log", "messages", "media", "location", "clipboard", "app-list"]
    );
    assert_eq!(sheet.areas[2].switches.len(), 14 + 12);
    assert_eq!(ids(3), ["phone-state", "read-identifiers", "privileged-identifiers", "advertising-id"]);
    assert_eq!(ids(4), ["app-size", "clear-data", "clear-cache", "all-files"]);
    assert_eq!(ids(5), ["record"]);
    for area in &sheet.areas {
        for switch in &area.switches {
            assert!(!switch.name.en.is_empty() && !switch.name.zh.is_ascii(), "{}", switch.id);
            let told = switch.cannot.is_some() || switch.state == State::NotApplicable;
            let told = told || switch.kind != keepone::control::SwitchKind::Switch;
            assert!(
                switch.may == MaySet::Set || told,
                "nothing is greyed out without its reason: {}",
                switch.id
            );
        }
    }
    assert_eq!(switch(&sheet, Area::SensitivePermissions, "calendar").state, State::NotApplicable);
    assert_eq!(switch(&sheet, Area::SensitivePermissions, "storage").state, State::NotApplicable);
    let size = switch(&sheet, Area::Storage, "clear-data");
    assert!(size.destroys && size.cells.len() == 1);
}

#[test]
fn each_switch_turns_what_it_says_and_back() {
    let rows = [
        (Area::AutoStart, "self-start"),
        (Area::AutoStart, "associated-start"),
        (Area::AutoStart, "background-run"),
        (Area::PersonalInformation, "contacts"),
        (Area::PersonalInformation, "location"),
        (Area::PersonalInformation, "clipboard"),
        (Area::SensitivePermissions, "camera"),
        (Area::SensitivePermissions, "overlay"),
    ];
    for (area, id) in rows {
        let mut phone = phone(Way::PlatformSigned, &ALL);
        let before = switch(&read(&mut phone), area, id).clone();
        assert_eq!((before.state, before.may), (State::On, MaySet::Set), "{id} {before:#?}");
        let off = turn(&mut phone, area, id, false);
        assert_eq!(off.switch.state, State::Off, "{id} {off:#?}");
        assert_eq!(off.cannot, [], "{id}");
        assert!(off.result.unwrap().changes.iter().all(|change| change.outcome == ChangeOutcome::Done));
        let on = turn(&mut phone, area, id, true);
        assert_eq!(on.switch.state, State::On, "{id} {on:#?}");
        assert_eq!(phone.app(10, "an.app").ops.len(), 0, "another user is left alone");
    }
}

#[test]
fn starting_is_told_apart() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let sheet = read(&mut phone);
    let components = |id: &str| -> Vec<String> {
        let items = &switch(&sheet, Area::AutoStart, id).items;
        let component = |item: &Item| item.cell.to_string();
        items.iter().map(component).filter(|cell| cell.starts_with("component")).collect()
    };
    assert_eq!(components("self-start"), ["component-enabled an.app/an.app.Boot (user 0)"]);
    assert_eq!(
        components("associated-start"),
        ["component-enabled an.app/an.app.Wake (user 0)", "component-enabled an.app/an.app.Push (user 0)"]
    );
    let boot = &switch(&sheet, Area::AutoStart, "self-start").items[0];
    assert_eq!(boot.answers, ["android.intent.action.BOOT_COMPLETED"]);
    assert_eq!(boot.who.decided_by, DecidedBy::Maker);
    turn(&mut phone, Area::AutoStart, "self-start", false);
    assert_eq!(phone.app(0, "an.app").components["an.app.Boot"], Word::Disabled);
    assert!(!phone.app(0, "an.app").components.contains_key("an.app.Sms"));
}

#[test]
fn who_decided_is_said_and_what_is_fixed_is_not_pretended() {
    let contacts = "android.permission.READ_CONTACTS";
    let rows = [
        ((true, GRANTED_BY_DEFAULT), DecidedBy::Maker),
        ((true, GRANTED_BY_DEFAULT | GRANTED_BY_ROLE), DecidedBy::Role),
        ((true, 1), DecidedBy::User),
        ((true, SYSTEM_FIXED | GRANTED_BY_DEFAULT), DecidedBy::System),
        ((true, POLICY_FIXED), DecidedBy::Policy),
        ((false, 0), DecidedBy::Nobody),
    ];
    for (state, decided_by) in rows {
        let mut phone = phone(Way::PlatformSigned, &ALL);
        phone.app_mut(0, "an.app").permissions.insert(contacts.to_owned(), state);
        let sheet = read(&mut phone);
        let before = switch(&sheet, Area::PersonalInformation, "contacts");
        assert_eq!(before.who.decided_by, decided_by, "{state:?}");
        let off = turn(&mut phone, Area::PersonalInformation, "contacts", false);
        match decided_by {
            DecidedBy::Policy => {
                assert_eq!(off.switch.state, State::On);
                assert!(off.cannot[0].text.en.contains("owner of the device"), "{:?}", off.cannot);
                assert!(before.may != MaySet::Set && before.cannot.is_some());
            }
            DecidedBy::System => {
                // The permission cannot be taken; the app-op that stands for it can.
                assert_eq!(off.switch.state, State::Off);
                assert_eq!(phone.app(0, "an.app").permissions[contacts], state);
                assert_eq!(phone.app(0, "an.app").ops["android:read_contacts"], Word::Ignored);
                let on = turn(&mut phone, Area::PersonalInformation, "contacts", true);
                assert_eq!(on.switch.state, State::On);
            }
            _ => {
                assert_eq!(off.switch.state, State::Off);
                assert!(!phone.app(0, "an.app").permissions[contacts].0);
            }
        }
    }
}

#[test]
fn an_app_for_android_5_is_denied_by_the_app_op() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut old = facts("an.app");
    old.target_sdk = serde_json::from_value("22".into()).unwrap();
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let off = Turn { area: Area::PersonalInformation, switch: "contacts", on: false, consent: false };
    let result = set(&mut phone, &mut journal, &old, 0, &off, NOW).unwrap();
    assert_eq!(result.switch.state, State::Off);
    assert!(phone.app(0, "an.app").permissions["android.permission.READ_CONTACTS"].0);
}

#[test]
fn background_access_is_taken_with_its_group_and_given_by_the_user_alone() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let granted = |phone: &Phone, permission: &str| {
        phone.app(0, "an.app").permissions[&format!("android.permission.{permission}")].0
    };
    turn(&mut phone, Area::PersonalInformation, "location", false);
    assert!(!granted(&phone, "ACCESS_FINE_LOCATION") && !granted(&phone, "ACCESS_BACKGROUND_LOCATION"));
    let on = turn(&mut phone, Area::PersonalInformation, "location", true);
    assert!(granted(&phone, "ACCESS_FINE_LOCATION") && !granted(&phone, "ACCESS_BACKGROUND_LOCATION"));
    assert_eq!(on.switch.state, State::On);
}

#[test]
fn each_way_of_life_is_offered_what_it_may() {
    use MaySet::{No, OpenPage, Set};
    let row = |way, permissions: &[&str]| {
        let sheet = read(&mut phone(way, permissions));
        let may = |area, id| {
            let switch = switch(&sheet, area, id);
            assert!(switch.may == MaySet::Set || switch.cannot.is_some(), "{id}");
            assert_eq!(
                switch.may == MaySet::OpenPage,
                switch.may == MaySet::OpenPage && switch.page.is_some()
            );
            switch.may
        };
        [
            may(Area::AutoStart, "self-start"),
            may(Area::AutoStart, "background-run"),
            may(Area::PersonalInformation, "contacts"),
            may(Area::SensitivePermissions, "overlay"),
            may(Area::Storage, "clear-cache"),
        ]
    };
    assert_eq!(row(Way::PlatformSigned, &ALL), [Set; 5]);
    // Signature permissions are not for the allow-list: the bucket stands for the app-op of background work.
    let privileged = ["CHANGE_COMPONENT_ENABLED_STATE", "CHANGE_APP_IDLE_STATE", "WRITE_SECURE_SETTINGS"];
    assert_eq!(row(Way::Privileged, &privileged), [Set, Set, OpenPage, OpenPage, OpenPage]);
    assert_eq!(row(Way::Ordinary, &[]), [OpenPage; 5]);
    // The shell sets no component, and there is no page of a phone to open from a desk.
    let shell = row(Way::Shell, &[]);
    assert_eq!(shell[1..], [Set, Set, Set, No], "the shell clears a cache alone from Android 16 on");
    let mut shell_phone = phone(Way::Shell, &[]);
    let sheet = read(&mut shell_phone);
    let start = switch(&sheet, Area::AutoStart, "associated-start");
    assert_eq!((start.may, start.page.as_ref()), (No, None));
    assert!(start.cannot.as_ref().unwrap().en.contains("shell"));
    let opened = read(&mut phone(Way::Ordinary, &[]));
    let overlay = switch(&opened, Area::SensitivePermissions, "overlay");
    assert_eq!(overlay.opens[0].action.as_deref(), Some("android.settings.action.MANAGE_OVERLAY_PERMISSION"));
}

#[test]
fn a_privileged_app_restricts_background_work_by_the_bucket() {
    let mut phone = phone(Way::Privileged, &["CHANGE_APP_IDLE_STATE"]);
    let off = turn(&mut phone, Area::AutoStart, "background-run", false);
    assert_eq!((off.switch.state, phone.app(0, "an.app").bucket), (State::Off, 45));
}

#[test]
fn what_the_platform_needs_is_shown_and_never_touched() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    phone.install(0, "android");
    let needed = facts("android");
    let sheet = read_sheet(&mut phone, &needed, 0).unwrap();
    assert!(sheet.untouchable.is_some());
    assert!(sheet.areas.iter().flat_map(|area| &area.switches).all(|switch| switch.may == MaySet::No));
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let off = Turn { area: Area::PersonalInformation, switch: "contacts", on: false, consent: true };
    let result = set(&mut phone, &mut journal, &needed, 0, &off, NOW).unwrap();
    assert!(result.result.is_none() && !result.cannot.is_empty());
    assert_eq!(phone.writes, 0);
}

#[test]
fn that_a_permission_is_granted_is_known_where_who_decided_it_is_not() {
    let mut phone = phone(Way::Ordinary, &[]);
    phone.sees_flags = false;
    let sheet = read(&mut phone);
    let contacts = switch(&sheet, Area::PersonalInformation, "contacts");
    assert_eq!((contacts.state, contacts.may), (State::On, MaySet::OpenPage));
    assert_eq!(contacts.who.decided_by, DecidedBy::Unknown);
    assert!(contacts.cannot.as_ref().unwrap().en.contains("GET_RUNTIME_PERMISSIONS"), "{contacts:?}");
    assert!(turn(&mut phone, Area::PersonalInformation, "contacts", false).result.is_none());
}

#[test]
fn clearing_asks_first_and_is_read_back() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let refused = turn(&mut phone, Area::Storage, "clear-data", false).result.unwrap();
    assert_eq!(refused.changes[0].because, Some(Reason::NeedsConsent));
    assert_eq!(phone.app(0, "an.app").data, 5_000_000);
    let cache = turn(&mut phone, Area::Storage, "clear-cache", false).result.unwrap();
    assert_eq!(cache.changes[0].outcome, ChangeOutcome::Done);
    assert_eq!((phone.app(0, "an.app").cache, phone.app(0, "an.app").data), (0, 5_000_000));
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let turn = Turn { area: Area::Storage, switch: "clear-data", on: false, consent: true };
    let cleared = set(&mut phone, &mut journal, &facts("an.app"), 0, &turn, NOW).unwrap();
    let change = &cleared.result.unwrap().changes[0];
    assert_eq!((change.outcome, phone.app(0, "an.app").data), (ChangeOutcome::Done, 0));
    assert!(change.lost[0].text.zh.contains("5000000 字节"), "{change:?}");
}

#[test]
fn what_was_cleared_is_never_said_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.ndjson");
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let clear = Turn { area: Area::Storage, switch: "clear-data", on: false, consent: true };
    let off = Turn { area: Area::PersonalInformation, switch: "contacts", on: false, consent: false };
    for turn in [off, clear] {
        set(&mut phone, &mut Journal::open(&path).unwrap(), &facts("an.app"), 0, &turn, NOW).unwrap();
    }
    // The storage first: the latest change comes first.
    let listed = || {
        let journal = answer::list(&path).unwrap();
        let mine = journal.changes.iter().filter(|change| !matches!(change.purpose, Purpose::Undo { .. }));
        let told = mine.map(|change| (change.undone, change.can_undo)).collect::<Vec<_>>();
        (journal.standing, told)
    };
    assert_eq!(listed(), (1, vec![(false, false), (false, true)]));
    let undone = undo(&mut phone, &mut Journal::open(&path).unwrap(), NOW, None).unwrap();
    assert!(undone.changes.iter().any(|change| !change.lost.is_empty()), "what is lost is told: {undone:?}");
    assert_eq!(listed(), (0, vec![(false, false), (true, false)]));
}

#[test]
fn a_switch_that_is_not_there_is_a_clear_error() {
    let mut phone = phone(Way::PlatformSigned, &ALL);
    let mut journal = Journal::new(MemoryStore::default()).unwrap();
    let turn = Turn { area: Area::AutoStart, switch: "self-\u{202e}destruct", on: false, consent: false };
    let failure = set(&mut phone, &mut journal, &facts("an.app"), 0, &turn, NOW).unwrap_err();
    assert!(failure.en.contains(r"self-\u{202e}destruct"), "{failure}");
    assert_eq!(name("an.app").as_str(), "an.app");
}
