//! What a platform says of one package, from whichever of its words: a dump, a list, a file of the package manager.

use crate::package::{PackageName, is_on_data};
use crate::source::adb::dump::{Package, UserLine};
use crate::source::adb::settings::Kept;
use crate::source::apk::manifest::empty;
use crate::source::snapshot::{PackageFacts, Split, Stated, Update, UserState};

/// One package as the platform tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// The code path that runs.
    pub(super) code_path: Option<String>,
    /// The base APK that runs.
    pub(super) file: Option<String>,
    /// The code path of the copy in the image, where an update runs.
    pub(super) image_path: Option<String>,
    /// The version of that copy.
    pub(super) image_version: Option<u64>,
    pub(super) version_code: Option<u64>,
    pub(super) version_name: Option<String>,
    pub(super) min_sdk: Option<String>,
    pub(super) target_sdk: Option<String>,
    pub(super) shared_user: Option<String>,
    pub(super) system: Option<bool>,
    /// Whether it says to be the update of a system app.
    pub(super) is_update: bool,
    pub(super) installer: Option<String>,
    pub(super) splits: Vec<String>,
    pub(super) is_static_library: bool,
    pub(super) requested: Option<Vec<String>>,
    pub(super) users: Vec<ToldState>,
}

/// What is said of it for one user, the enabled state as the platform keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToldState {
    pub(super) state: UserState,
    /// `COMPONENT_ENABLED_STATE_*`; `None` where only the outcome is known, which then stands in `state`.
    pub(super) enabled: Option<u8>,
}

impl Told {
    /// Takes what a dump says.
    pub(super) fn of_dump(package: &Package<'_>) -> Self {
        let owned = |text: &str| text.to_owned();
        Self {
            code_path: package.code_path.map(owned),
            version_code: package.version_code,
            version_name: package.version_name.map(owned),
            min_sdk: package.min_sdk.map(owned),
            target_sdk: package.target_sdk.map(owned),
            shared_user: package.shared_user.map(owned),
            system: package.has_flag("SYSTEM"),
            is_update: package.has_flag("UPDATED_SYSTEM_APP") == Some(true),
            installer: package.installer.map(owned),
            splits: package.splits.iter().map(|&split| owned(split)).collect(),
            is_static_library: package.is_static_library,
            requested: package
                .requested
                .as_ref()
                .map(|asked| asked.iter().map(|&name| owned(name)).collect()),
            users: package.users.iter().map(|line| ToldState::of_dump(line, package.name)).collect(),
            ..Self::default()
        }
    }

    /// Takes what the package manager's own file says; `shared_user` is the name behind its number.
    pub(super) fn of_file(kept: &Kept, shared_user: Option<&str>) -> Self {
        Self {
            code_path: kept.code_path.clone(),
            version_code: kept.version_code,
            shared_user: shared_user.map(str::to_owned),
            system: kept.system,
            installer: kept.installer.clone(),
            ..Self::default()
        }
    }

    /// Changes the state for a user, made where there is none.
    pub(super) fn set(&mut self, user: u32, set: impl FnOnce(&mut UserState)) {
        if let Some(told) = self.users.iter_mut().find(|told| told.state.user == user) {
            set(&mut told.state);
        } else {
            let mut state = UserState { user, ..UserState::default() };
            set(&mut state);
            self.users.push(ToldState { state, enabled: None });
        }
    }

    /// Returns whether the data partition holds an update of it, and the image a copy.
    pub(super) fn is_updated(&self) -> bool {
        self.image_path.is_some() || self.is_update && self.code_path.as_deref().is_some_and(is_on_data)
    }

    /// The base APK that runs, as far as it is said. An installer always calls it `base.apk`
    /// (`PackageInstallerSession.validateApkInstallLocked`).
    pub(super) fn running_file(&self) -> Option<String> {
        let guess = || {
            let path = self.code_path.as_deref()?;
            if is_apk(path) {
                return Some(path.to_owned());
            }
            is_on_data(path).then(|| format!("{}/base.apk", path.trim_end_matches('/')))
        };
        self.file.clone().or_else(guess)
    }

    /// The code path that runs: said, or the folder of the base APK.
    pub(super) fn running_path(&self) -> Option<String> {
        let folder = || self.file.as_deref()?.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        self.code_path.clone().or_else(folder)
    }

    /// Adds to facts what the platform says; a manifest that was read keeps what it says of itself.
    pub(super) fn enter(&self, facts: &mut PackageFacts) {
        facts.system = self.system;
        facts.installer.clone_from(&self.installer);
        // The platform calls a version that no manifest states 0.
        facts.version_code = facts.version_code.or(self.version_code.filter(|code| *code != 0));
        let stated = |value: &Option<String>| value.clone().map(Stated::Value);
        facts.version_name = facts.version_name.take().or_else(|| stated(&self.version_name));
        facts.min_sdk = facts.min_sdk.take().or_else(|| stated(&self.min_sdk));
        facts.target_sdk = facts.target_sdk.take().or_else(|| stated(&self.target_sdk));
        if !matches!(facts.shared_user_id, Some(Stated::Value(_))) {
            facts.shared_user_id = stated(&self.shared_user).or(facts.shared_user_id.take());
        }
        let by_default = match &facts.application.enabled {
            None => Some(true),
            Some(stated) => stated.value().copied(),
        };
        facts.states = self.users.iter().map(|told| told.whole(by_default)).collect();
    }

    /// The facts of a package whose manifest was not read.
    pub(super) fn facts(&self, name: PackageName, path: String, file: String) -> PackageFacts {
        let mut facts = empty(name);
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let split = |name: &String| Split { name: name.clone(), file: format!("{folder}/split_{name}.apk") };
        facts.splits = self.splits.iter().map(split).collect();
        (facts.path, facts.file) = (path, file);
        facts.permissions = self.requested.clone().unwrap_or_default();
        self.enter(&mut facts);
        facts
    }

    /// The update that runs, where one does.
    pub(super) fn update(&self) -> Option<Update> {
        let path = self.running_path()?;
        self.is_updated().then_some(Update { path, version_code: self.version_code })
    }
}

impl ToldState {
    fn of_dump(line: &UserLine<'_>, package: &str) -> Self {
        let names = |classes: &[&str]| {
            let full = |class: &&str| {
                if class.starts_with('.') { format!("{package}{class}") } else { (*class).to_owned() }
            };
            let mut names: Vec<String> = classes.iter().map(full).collect();
            names.sort();
            names
        };
        let state = UserState {
            user: line.id,
            installed: line.installed,
            hidden: line.hidden,
            suspended: line.suspended,
            stopped: line.stopped,
            disabled_components: names(&line.disabled_components),
            enabled_components: names(&line.enabled_components),
            ..UserState::default()
        };
        Self { state, enabled: line.enabled }
    }

    /// The state with the enabled state resolved: the default is what the manifest states.
    fn whole(&self, by_default: Option<bool>) -> UserState {
        let mut state = self.state.clone();
        state.enabled = match self.enabled {
            Some(0) => by_default,
            Some(1) => Some(true),
            Some(_) => Some(false),
            None => state.enabled,
        };
        state
    }
}

/// Tells whether a code path is an APK itself rather than the folder of one.
pub(super) fn is_apk(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("apk"))
}
