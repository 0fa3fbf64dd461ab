//! Changes of a package for a user, as the platform carries them out, and as the lies have it.

use std::collections::BTreeMap;

use crate::lie::{Lie, Lies};
use crate::model::Phone;
use crate::model::clock::Before;
use crate::model::permission::at_first;
use crate::model::state::{ACTIVE, App, Enabled, NEVER};

/// Packages that the platform protects from shell, whatever the user (`ProtectedPackages`, required packages).
const PROTECTED: [&str; 3] = ["android", "com.android.shell", "com.android.permissioncontroller"];

/// Why a package does not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stays {
    NotInstalled,
    Blocked,
    Admin,
    Internal,
}

impl Stays {
    /// The words of `pm uninstall`.
    pub(crate) fn words(self, user: u32) -> String {
        match self {
            Self::NotInstalled => format!("Failure [not installed for {user}]\n"),
            Self::Blocked => "Failure [DELETE_FAILED_OWNER_BLOCKED]\n".to_owned(),
            Self::Admin => "Failure [DELETE_FAILED_DEVICE_POLICY_MANAGER]\n".to_owned(),
            Self::Internal => "Failure [DELETE_FAILED_INTERNAL_ERROR]\n".to_owned(),
        }
    }
}

pub(crate) fn is_protected(package: &str) -> bool {
    PROTECTED.contains(&package)
}

impl Phone {
    /// Lets a change of a package happen as the lies have it: not at all, for a while, or truly.
    pub(crate) fn changes(&mut self, lies: &Lies, package: &str, user: u32, change: impl FnOnce(&mut Self)) {
        match lies.about(package) {
            Some(Lie::Ignores) => {}
            Some(Lie::Reverts(after)) => {
                let before = self.app(package, user).cloned();
                let kept = self.kept.clone();
                change(self);
                if let Some(app) = before {
                    self.clock.take_back(after, Before { package: package.to_owned(), user, app, kept });
                }
            }
            Some(Lie::Disables) | None => change(self),
        }
    }

    /// Removes a package for one user: its data, its state, its roles. The image keeps its copy.
    pub(crate) fn uninstall(
        &mut self,
        lies: &Lies,
        package: &str,
        user: u32,
        keep_data: bool,
    ) -> Result<(), Stays> {
        let app = self.app(package, user).filter(|app| app.installed).ok_or(Stays::NotInstalled)?;
        if app.block_uninstall {
            return Err(Stays::Blocked);
        }
        if self.admins.contains(&(user, package.to_owned())) {
            return Err(Stays::Admin);
        }
        if is_protected(package) || self.device_owner.as_deref() == Some(package) {
            return Err(Stays::Internal);
        }
        if lies.about(package) == Some(Lie::Disables) {
            if let Some(app) = self.app_mut(package, user) {
                app.enabled = Enabled::OffByUser;
            }
            return Ok(());
        }
        self.changes(lies, package, user, |phone| phone.remove(package, user, keep_data));
        Ok(())
    }

    fn remove(&mut self, package: &str, user: u32, keep_data: bool) {
        let roles: Vec<String> = self
            .kept
            .roles
            .iter()
            .filter(|((of, _), holders)| *of == user && holders.iter().any(|holder| holder == package))
            .map(|((_, role), _)| role.clone())
            .collect();
        for role in roles {
            self.let_go(&role, package, user);
        }
        self.kept.settings.retain(|(of, _), value| *of != user || !value.starts_with(&format!("{package}/")));
        if let Some(app) = self.app_mut(package, user) {
            let (data, cache) = if keep_data { (app.data, app.cache) } else { (0, 0) };
            *app = App { stopped: true, not_launched: true, bucket: NEVER, data, cache, ..App::default() };
        }
        let gone = self
            .packages
            .get(package)
            .is_some_and(|known| !known.system && known.users.values().all(|app| !app.installed));
        if gone {
            self.packages.remove(package);
        }
    }

    /// Installs for a user what another user, or the image, has.
    pub(crate) fn install_existing(&mut self, package: &str, user: u32) {
        let api = self.api;
        let Some(known) = self.packages.get_mut(package) else { return };
        let permissions: BTreeMap<_, _> = at_first(known, api, &[]).collect();
        let app = known.users.entry(user).or_default();
        if !app.installed {
            *app = App {
                installed: true,
                permissions,
                stopped: true,
                not_launched: true,
                bucket: ACTIVE,
                ..App::default()
            };
        }
    }

    /// Sets the state of a whole package.
    pub(crate) fn set_enabled(&mut self, package: &str, user: u32, enabled: Enabled) {
        if let Some(app) = self.app_mut(package, user) {
            app.enabled = enabled;
            app.last_caller = (enabled == Enabled::OffByUser).then(|| "com.android.shell".to_owned());
        }
    }
}
