//! Roles: who qualifies, who holds one, and what it brings.

use keepone::classify::filter::{Data, Intent};

use crate::model::Phone;
use crate::model::permission::{GRANTED_BY_DEFAULT, GRANTED_BY_ROLE, SYSTEM_FIXED, USER_SET};
use crate::model::query::Kind;
use crate::model::state::Permission;

/// The roles of the platform, with the release that brought each.
pub(crate) const ROLES: [(&str, u32); 12] = [
    ("android.app.role.ASSISTANT", 29),
    ("android.app.role.BROWSER", 29),
    ("android.app.role.CALL_REDIRECTION", 29),
    ("android.app.role.CALL_SCREENING", 29),
    ("android.app.role.DIALER", 29),
    ("android.app.role.EMERGENCY", 29),
    ("android.app.role.HOME", 29),
    ("android.app.role.SMS", 29),
    ("android.app.role.SYSTEM_GALLERY", 30),
    ("android.app.role.SYSTEM_CONTACTS", 31),
    ("android.app.role.SYSTEM_UI", 31),
    ("android.app.role.SYSTEM_DOCUMENT_MANAGER", 33),
];

/// The runtime permissions that a role brings, without `android.permission.`.
fn brings(role: &str) -> &'static [&'static str] {
    match role {
        "android.app.role.DIALER" => &[
            "READ_PHONE_STATE",
            "CALL_PHONE",
            "READ_CONTACTS",
            "WRITE_CONTACTS",
            "READ_CALL_LOG",
            "WRITE_CALL_LOG",
            "SEND_SMS",
            "READ_SMS",
            "RECEIVE_SMS",
            "RECORD_AUDIO",
            "CAMERA",
            "POST_NOTIFICATIONS",
        ],
        "android.app.role.SMS" => &[
            "READ_PHONE_STATE",
            "READ_CONTACTS",
            "SEND_SMS",
            "READ_SMS",
            "RECEIVE_SMS",
            "RECEIVE_MMS",
            "RECEIVE_WAP_PUSH",
            "RECORD_AUDIO",
            "CAMERA",
            "POST_NOTIFICATIONS",
        ],
        _ => &[],
    }
}

/// The app-ops that a role allows.
fn allows(role: &str) -> &'static [&'static str] {
    match role {
        "android.app.role.DIALER" => &["RUN_ANY_IN_BACKGROUND"],
        "android.app.role.SMS" => &["RUN_ANY_IN_BACKGROUND", "WRITE_SMS", "READ_DEVICE_IDENTIFIERS"],
        _ => &[],
    }
}

impl Phone {
    pub(crate) fn has_role(&self, role: &str) -> bool {
        ROLES.iter().any(|(known, since)| *known == role && *since <= self.api)
    }

    pub(crate) fn holders(&self, role: &str, user: u32) -> &[String] {
        self.kept.roles.get(&(user, role.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Whether a package has the components that a role needs (`roles.xml`).
    pub(crate) fn qualifies(&self, role: &str, package: &str, user: u32) -> bool {
        let asks =
            |kind, action: &str, data: Option<&str>, mime_type: Option<&str>, category: Option<&str>| {
                let intent = Intent {
                    action: action.to_owned(),
                    categories: category.iter().map(|category| (*category).to_owned()).collect(),
                    data: data.map(Data::parse),
                    mime_type: mime_type.map(str::to_owned),
                };
                let answering = self.answering(kind, &intent, user, 0);
                answering.iter().any(|answer| answer.package.facts.name.as_str() == package)
            };
        let dial = "android.intent.action.DIAL";
        match role {
            "android.app.role.DIALER" => {
                asks(Kind::Activity, dial, None, None, None)
                    && asks(Kind::Activity, dial, Some("tel:1"), None, None)
            }
            "android.app.role.SMS" => {
                asks(Kind::Receiver, "android.provider.Telephony.SMS_DELIVER", None, None, None)
                    && asks(Kind::Activity, "android.intent.action.SENDTO", Some("smsto:1"), None, None)
            }
            "android.app.role.BROWSER" => {
                let browsable = Some("android.intent.category.BROWSABLE");
                asks(Kind::Activity, "android.intent.action.VIEW", Some("http://a.invalid"), None, browsable)
            }
            "android.app.role.HOME" => asks(
                Kind::Activity,
                "android.intent.action.MAIN",
                None,
                None,
                Some("android.intent.category.HOME"),
            ),
            _ => self.app(package, user).is_some_and(|app| app.installed),
        }
    }

    /// Makes a package the holder of a role: one holder at a time, as the roles of the function groups are.
    pub(crate) fn hold(&mut self, role: &str, package: &str, user: u32) {
        for old in self.kept.roles.remove(&(user, role.to_owned())).unwrap_or_default() {
            if old != package {
                self.lose(role, &old, user);
            }
        }
        self.kept.roles.insert((user, role.to_owned()), vec![package.to_owned()]);
        let Some(app) = self.app_mut(package, user) else { return };
        for name in brings(role) {
            if let Some(state) = app.permissions.get_mut(&format!("android.permission.{name}"))
                && state.flags & (SYSTEM_FIXED | USER_SET) == 0
            {
                *state =
                    Permission { granted: true, flags: state.flags | GRANTED_BY_ROLE | GRANTED_BY_DEFAULT };
            }
        }
        for operation in allows(role) {
            app.operations.insert((*operation).to_owned(), "allow".to_owned());
        }
    }

    /// Takes a role from a package.
    pub(crate) fn let_go(&mut self, role: &str, package: &str, user: u32) {
        if let Some(holders) = self.kept.roles.get_mut(&(user, role.to_owned())) {
            holders.retain(|holder| holder != package);
        }
        self.lose(role, package, user);
    }

    /// Takes back what a role brought.
    fn lose(&mut self, role: &str, package: &str, user: u32) {
        let Some(app) = self.app_mut(package, user) else { return };
        for state in app.permissions.values_mut().filter(|state| state.flags & GRANTED_BY_ROLE != 0) {
            let granted = state.flags & SYSTEM_FIXED != 0;
            *state = Permission { granted, flags: state.flags & !(GRANTED_BY_ROLE | GRANTED_BY_DEFAULT) };
        }
        for operation in allows(role) {
            app.operations.remove(*operation);
        }
    }
}
