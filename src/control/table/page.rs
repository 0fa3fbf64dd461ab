//! Pages of the system where a user may do what this program may not.
//!
//! Sources: `android.provider.Settings.ACTION_*`; the makers' auto-start pages as other apps open them, which change from
//! release to release, so that each is tried and the app's own page comes last.

use serde::{Deserialize, Serialize};

use crate::package::PackageName;

/// One way to open a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Open {
    /// The action of the intent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The component, `package/class`, where it is opened by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// The data of the intent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// An extra that takes the package name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
}

/// The pages of switches: id, action, whether the data names the package, and the extra that does.
const PAGES: [(&str, &str, bool, Option<&str>); 16] = [
    ("app-details", "android.settings.APPLICATION_DETAILS_SETTINGS", true, None),
    (
        "app-permissions",
        "android.intent.action.MANAGE_APP_PERMISSIONS",
        false,
        Some("android.intent.extra.PACKAGE_NAME"),
    ),
    ("overlay", "android.settings.action.MANAGE_OVERLAY_PERMISSION", true, None),
    ("write-settings", "android.settings.action.MANAGE_WRITE_SETTINGS", true, None),
    ("usage-access", "android.settings.USAGE_ACCESS_SETTINGS", false, None),
    ("all-files", "android.settings.MANAGE_APP_ALL_FILES_ACCESS_PERMISSION", true, None),
    ("install-unknown-apps", "android.settings.MANAGE_UNKNOWN_APP_SOURCES", true, None),
    ("exact-alarm", "android.settings.REQUEST_SCHEDULE_EXACT_ALARM", true, None),
    ("full-screen-intent", "android.settings.MANAGE_APP_USE_FULL_SCREEN_INTENT", true, None),
    ("manage-media", "android.settings.REQUEST_MANAGE_MEDIA", true, None),
    ("notification-listener", "android.settings.ACTION_NOTIFICATION_LISTENER_SETTINGS", false, None),
    ("accessibility", "android.settings.ACCESSIBILITY_SETTINGS", false, None),
    ("device-admin", "android.settings.SECURITY_SETTINGS", false, None),
    ("notification-policy", "android.settings.NOTIFICATION_POLICY_ACCESS_SETTINGS", false, None),
    (
        "app-notifications",
        "android.settings.APP_NOTIFICATION_SETTINGS",
        false,
        Some("android.provider.extra.APP_PACKAGE"),
    ),
    ("default-apps", "android.settings.MANAGE_DEFAULT_APPS_SETTINGS", false, None),
];

/// The makers' pages for auto-start.
const AUTO_START: [&str; 10] = [
    "com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity",
    "com.coloros.safecenter/com.coloros.safecenter.permission.startup.StartupAppListActivity",
    "com.oppo.safe/com.oppo.safe.permission.startup.StartupAppListActivity",
    "com.vivo.permissionmanager/com.vivo.permissionmanager.activity.BgStartUpManagerActivity",
    "com.iqoo.secure/com.iqoo.secure.ui.phoneoptimize.AddWhiteListActivity",
    "com.huawei.systemmanager/com.huawei.systemmanager.startupmgr.ui.StartupNormalAppListActivity",
    "com.huawei.systemmanager/com.huawei.systemmanager.optimize.process.ProtectActivity",
    "com.meizu.safe/com.meizu.safe.permission.SmartBGActivity",
    "com.oneplus.security/com.oneplus.security.chainlaunch.view.ChainLaunchAppListActivity",
    "com.letv.android.letvsafe/com.letv.android.letvsafe.AutobootManageActivity",
];

/// The id of the makers' pages for auto-start.
pub const MAKER_AUTO_START: &str = "maker-auto-start";

/// Returns the ways to open a page, the best first; the app's own page is always the last.
pub fn opens(page: &str, package: &PackageName) -> Vec<Open> {
    let mut opens = Vec::new();
    if page == MAKER_AUTO_START {
        opens.extend(AUTO_START.map(|component| Open {
            action: None,
            component: Some(component.to_owned()),
            data: None,
            extra: None,
        }));
    }
    let wanted = PAGES.iter().filter(|(id, ..)| *id == page);
    let details = PAGES.iter().filter(|(id, ..)| *id == "app-details" && page != "app-details");
    opens.extend(wanted.chain(details).map(|(_, action, data, extra)| Open {
        action: Some((*action).to_owned()),
        component: None,
        data: data.then(|| format!("package:{package}")),
        extra: extra.map(str::to_owned),
    }));
    opens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_ends_with_the_apps_own() {
        let package = PackageName::new("a.b").unwrap();
        for page in PAGES.map(|(id, ..)| id).into_iter().chain([MAKER_AUTO_START, "no such page"]) {
            let opens = opens(page, &package);
            let last = opens.last().unwrap();
            assert_eq!(last.data.as_deref(), Some("package:a.b"), "{page}");
            assert_eq!(last.action.as_deref(), Some(PAGES[0].1), "{page}");
        }
        assert_eq!(opens("app-details", &package).len(), 1);
    }
}
