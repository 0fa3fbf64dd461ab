//! What the phone is: packages, users and what hangs on them, as Android keeps it. Changed only through [`change`] and
//! [`role`]; the words are [`crate::say`]'s.

pub(crate) mod change;
mod clock;
pub(crate) mod files;
pub(crate) mod fill;
pub(crate) mod operation;
pub(crate) mod permission;
pub(crate) mod query;
pub(crate) mod record;
pub(crate) mod role;
pub(crate) mod state;
pub(crate) mod user;

use std::collections::{BTreeMap, BTreeSet};

use keepone::source::snapshot::{PackageFacts, Update};
use serde::Serialize;

use clock::Clock;
use files::Files;
use record::Record;
use state::App;
use user::User;

/// One package.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) facts: PackageFacts,
    /// The user id without the user.
    pub(crate) app_id: u32,
    pub(crate) shared_user: Option<String>,
    /// Whether it lies in the image.
    pub(crate) system: bool,
    pub(crate) update: Option<Update>,
    pub(crate) installer: Option<String>,
    pub(crate) users: BTreeMap<u32, App>,
    /// Components that the configuration of the image switches.
    pub(crate) overrides: BTreeMap<String, bool>,
}

/// What a change can change beside the state of one package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) roles: BTreeMap<(u32, String), Vec<String>>,
    /// Modes of app-ops that are kept for a user id, not for a package.
    pub(crate) uid_operations: BTreeMap<u32, BTreeMap<String, String>>,
    /// `Settings.Secure` by user and key.
    pub(crate) settings: BTreeMap<(u32, String), String>,
    /// Packages that doze does not touch because the user said so.
    pub(crate) idle_user: BTreeSet<String>,
}

/// The phone.
#[derive(Debug)]
pub(crate) struct Phone {
    /// Whose words are spoken: the API level.
    pub(crate) api: u32,
    /// Whether adb's shell has the rights of root, as on a build for engineers after `adb root`. It then reads what it may
    /// not otherwise; what it may change is the same.
    pub(crate) root: bool,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) users: Vec<User>,
    pub(crate) packages: BTreeMap<String, Package>,
    pub(crate) kept: Kept,
    /// Packages of the image that doze does not touch.
    pub(crate) idle_system: BTreeSet<String>,
    /// Active administrators and owners of the device, by user.
    pub(crate) admins: BTreeSet<(u32, String)>,
    pub(crate) device_owner: Option<String>,
    pub(crate) records: Vec<Record>,
    /// Names that no package can have, which the phone lists all the same.
    pub(crate) intruders: Vec<String>,
    pub(crate) files: Files,
    clock: Clock,
}

impl Phone {
    /// Lets time pass, as far as the phone knows.
    pub(crate) fn pass(&mut self, seconds: u64) {
        self.clock.pass(seconds);
    }

    /// Takes back what a lie has changed and the time for has come.
    pub(crate) fn settle(&mut self) {
        while let Some(before) = self.clock.due() {
            if let Some(app) =
                self.packages.get_mut(&before.package).and_then(|it| it.users.get_mut(&before.user))
            {
                *app = before.app;
            }
            self.kept = before.kept;
        }
    }

    pub(crate) fn app(&self, package: &str, user: u32) -> Option<&App> {
        self.packages.get(package)?.users.get(&user)
    }

    pub(crate) fn app_mut(&mut self, package: &str, user: u32) -> Option<&mut App> {
        self.packages.get_mut(package)?.users.get_mut(&user)
    }

    pub(crate) fn has_user(&self, user: u32) -> bool {
        self.users.iter().any(|known| known.id == user)
    }

    /// Installs an update of a package of the image; all else stays.
    pub(crate) fn update(&mut self, package: &str, version_code: u64) -> Option<()> {
        let package = self.packages.get_mut(package)?;
        let path = format!("/data/app/~~a2VlcG9uZQ==/{}-dXBkYXRl==", package.facts.name);
        package.update = Some(Update { path, version_code: Some(version_code) });
        Some(())
    }

    /// Everything that a change can change, as JSON, for a test to compare.
    pub(crate) fn state(&self) -> String {
        #[derive(Serialize)]
        struct Whole<'a> {
            apps: BTreeMap<String, &'a App>,
            roles: BTreeMap<String, &'a Vec<String>>,
            uid_operations: &'a BTreeMap<u32, BTreeMap<String, String>>,
            settings: BTreeMap<String, &'a String>,
            idle: &'a BTreeSet<String>,
            updates: BTreeMap<&'a String, Option<u64>>,
        }
        let apps = self.packages.iter().flat_map(|(name, package)| {
            package.users.iter().map(move |(user, app)| (format!("{user} {name}"), app))
        });
        let updated =
            self.packages.iter().filter_map(|(name, package)| Some((name, package.update.as_ref()?)));
        let whole = Whole {
            apps: apps.collect(),
            roles: self
                .kept
                .roles
                .iter()
                .map(|((user, role), holders)| (format!("{user} {role}"), holders))
                .collect(),
            uid_operations: &self.kept.uid_operations,
            settings: self
                .kept
                .settings
                .iter()
                .map(|((user, key), value)| (format!("{user} {key}"), value))
                .collect(),
            idle: &self.kept.idle_user,
            updates: updated.map(|(name, update)| (name, update.version_code)).collect(),
        };
        serde_json::to_string(&whole).unwrap_or_default()
    }
}

impl Package {
    /// The code path that runs: that of the update, where there is one.
    pub(crate) fn code_path(&self) -> &str {
        self.update.as_ref().map_or(&self.facts.path, |update| &update.path)
    }

    /// The base APK that runs.
    pub(crate) fn source_dir(&self) -> String {
        match &self.update {
            Some(update) => format!("{}/base.apk", update.path),
            None => self.facts.file.clone(),
        }
    }

    pub(crate) fn version_code(&self) -> u64 {
        self.update.as_ref().and_then(|update| update.version_code).or(self.facts.version_code).unwrap_or(0)
    }

    pub(crate) fn uid(&self, user: u32) -> u32 {
        user * 100_000 + self.app_id
    }

    /// `targetSdkVersion`; an app that states none targets the first release.
    pub(crate) fn target_sdk(&self) -> u32 {
        number(self.facts.target_sdk.as_ref()).or_else(|| number(self.facts.min_sdk.as_ref())).unwrap_or(0)
    }

    pub(crate) fn min_sdk(&self) -> u32 {
        number(self.facts.min_sdk.as_ref()).unwrap_or(1)
    }

    /// Whether it is privileged by its place.
    pub(crate) fn privileged(&self) -> bool {
        self.facts.path.contains("/priv-app/")
    }
}

fn number(stated: Option<&keepone::source::snapshot::Stated<String>>) -> Option<u32> {
    stated?.value()?.parse().ok()
}
