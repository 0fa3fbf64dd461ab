//! Makes a phone of the kept facts of one, or of an image as it stands after first boot.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use keepone::source::snapshot::{PackageFacts, Snapshot, StatementKind, UserKind};

use crate::model::clock::Clock;
use crate::model::files::Files;
use crate::model::permission::at_first;
use crate::model::state::{ACTIVE, App, Enabled};
use crate::model::user::User;
use crate::model::{Kept, Package, Phone};

/// The releases whose words the phone can speak.
const APIS: std::ops::RangeInclusive<u32> = 25..=36;

/// User ids that AOSP gives to shared users of the platform.
const SHARED: [(&str, u32); 8] = [
    ("android.uid.system", 1000),
    ("android.uid.phone", 1001),
    ("android.uid.bluetooth", 1002),
    ("android.uid.log", 1007),
    ("android.uid.nfc", 1027),
    ("android.uid.se", 1068),
    ("android.uid.networkstack", 1073),
    ("android.uid.shell", 2000),
];

/// Fills a phone. `api` chooses the words; without it the release of the facts does, as far as it is known.
pub(crate) fn fill(
    snapshot: &Snapshot,
    api: Option<u32>,
    users: &[User],
    root: Option<&Path>,
) -> std::io::Result<Phone> {
    let api = api.or(snapshot.device.sdk).unwrap_or(34).clamp(*APIS.start(), *APIS.end());
    let mut known: Vec<User> =
        snapshot.users.iter().map(|user| User { id: user.id, kind: user.kind }).collect();
    known.extend(users);
    if !known.iter().any(|user| user.id == 0) {
        known.insert(0, User { id: 0, kind: UserKind::Main });
    }
    let files = match root {
        Some(root) => Files::new(keepone::source::tree::places(root)?),
        None => Files::of(crate::image::files(snapshot)),
    };
    let mut phone = Phone {
        api,
        root: false,
        properties: snapshot
            .device
            .properties
            .iter()
            .map(|(name, set)| (name.clone(), set.value.clone()))
            .collect(),
        users: known,
        packages: packages(snapshot),
        kept: Kept::default(),
        idle_system: of_kind(snapshot, StatementKind::AllowInPowerSave),
        admins: BTreeSet::new(),
        device_owner: None,
        records: Vec::new(),
        intruders: Vec::new(),
        files,
        clock: Clock::new(),
    };
    let granted = granted(snapshot);
    for index in 0..phone.users.len() {
        let user = phone.users[index];
        for package in phone.packages.values_mut() {
            let at_first =
                at_first(package, api, granted.get(package.facts.name.as_str()).map_or(&[], Vec::as_slice));
            let permissions = at_first.collect();
            let app = App {
                installed: true,
                permissions,
                bucket: ACTIVE,
                data: 5_000_000,
                cache: 1_000_000,
                ..App::default()
            };
            let app = kept_state(&package.facts, user.id, app);
            package.users.insert(user.id, app);
        }
        for holder in &snapshot.system_config.default_holders {
            if phone.has_role(&holder.role) && phone.packages.contains_key(&holder.package) {
                phone.hold(&holder.role, &holder.package, user.id);
            }
        }
    }
    Ok(phone)
}

/// One package of each name, as a running platform has: the newest, and of equals the first.
fn packages(snapshot: &Snapshot) -> BTreeMap<String, Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    let mut ids: BTreeMap<String, u32> = SHARED.iter().map(|(name, id)| ((*name).to_owned(), *id)).collect();
    let mut next = 10_000;
    let mut facts: Vec<&PackageFacts> = snapshot.packages.iter().collect();
    facts.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    for facts in facts {
        let name = facts.name.as_str();
        if packages.get(name).is_some_and(|known| known.facts.version_code >= facts.version_code) {
            continue;
        }
        let shared_user = facts.shared_user_id.as_ref().and_then(|id| id.value()).cloned();
        let owner = if name == "android" {
            "android.uid.system".to_owned()
        } else {
            shared_user.clone().unwrap_or_else(|| name.to_owned())
        };
        let app_id = *ids.entry(owner).or_insert_with(|| {
            next += 1;
            next - 1
        });
        let overrides =
            snapshot.system_config.statements.iter().filter(|said| said.package == name).filter_map(|said| {
                let on = match said.says {
                    StatementKind::ComponentEnabled => true,
                    StatementKind::ComponentDisabled => false,
                    _ => return None,
                };
                let class = said.of.as_ref()?;
                Some((if class.starts_with('.') { format!("{name}{class}") } else { class.clone() }, on))
            });
        let package = Package {
            app_id,
            shared_user,
            system: facts.system.unwrap_or_else(|| !facts.path.starts_with("/data/")),
            update: facts.update.clone(),
            installer: facts.installer.clone(),
            users: BTreeMap::new(),
            overrides: overrides.collect(),
            facts: facts.clone(),
        };
        packages.insert(name.to_owned(), package);
    }
    packages
}

/// The state for a user as the facts have it, where they are those of a running phone.
fn kept_state(facts: &PackageFacts, user: u32, mut app: App) -> App {
    let Some(kept) = facts.states.iter().find(|state| state.user == user) else { return app };
    app.installed = kept.installed.unwrap_or(true);
    app.hidden = kept.hidden.unwrap_or(false);
    app.suspended = kept.suspended.unwrap_or(false);
    app.stopped = kept.stopped.unwrap_or(false);
    app.block_uninstall = kept.block_uninstall.unwrap_or(false);
    if kept.enabled == Some(false) {
        app.enabled = Enabled::OffByUser;
    }
    let switched =
        |names: &[String], on: bool| names.iter().map(|name| (name.clone(), on)).collect::<Vec<_>>();
    app.components.extend(switched(&kept.disabled_components, false));
    app.components.extend(switched(&kept.enabled_components, true));
    app
}

fn of_kind(snapshot: &Snapshot, kind: StatementKind) -> BTreeSet<String> {
    let said = snapshot.system_config.statements.iter().filter(|said| said.says == kind);
    said.map(|said| said.package.clone()).collect()
}

/// The runtime permissions that the image grants at first boot, by package.
fn granted(snapshot: &Snapshot) -> BTreeMap<String, Vec<String>> {
    let mut granted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for said in
        snapshot.system_config.statements.iter().filter(|said| said.says == StatementKind::DefaultPermission)
    {
        granted.entry(said.package.clone()).or_default().extend(said.of.clone());
    }
    granted
}
