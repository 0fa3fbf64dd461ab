//! Special access: what is given app by app in a page of its own.
//!
//! Sources: `AppOpsManager.OPSTR_*`, the protection levels of API 26 to 36, `Settings.ACTION_*`.

use crate::enforce::Access;
use crate::language::Text;

/// One kind of special access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Special {
    /// The id of its switch.
    pub id: &'static str,
    /// Its name.
    pub name: Text,
    /// How the platform keeps it.
    pub kept: Kept,
    /// The first release that has it.
    pub since: u32,
}

/// How the platform keeps a special access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In an app-op; at its default the permission decides. An app that does not ask for the permission cannot have it.
    Op {
        /// The operation.
        op: &'static str,
        /// The permission, without `android.permission.`.
        permission: &'static str,
    },
    /// In a list of components; an app without a component that is guarded so cannot have it.
    Component {
        /// The access.
        access: Access,
        /// The permission that guards the component, without `android.permission.`.
        guard: &'static str,
    },
    /// In a list of packages; an app that does not ask for the permission cannot have it.
    Package {
        /// The access.
        access: Access,
        /// The permission, without `android.permission.`.
        permission: &'static str,
    },
}

const fn op(id: &'static str, name: Text, op: &'static str, permission: &'static str, since: u32) -> Special {
    Special { id, name, kept: Kept::Op { op, permission }, since }
}

const fn component(id: &'static str, name: Text, access: Access, guard: &'static str) -> Special {
    Special { id, name, kept: Kept::Component { access, guard }, since: 23 }
}

/// Access to all files, which the storage area shows too.
pub const ALL_FILES: Special = op(
    "all-files",
    Text::new("all files", "所有文件访问权限"),
    "android:manage_external_storage",
    "MANAGE_EXTERNAL_STORAGE",
    30,
);

/// Every kind.
pub const SPECIAL: [Special; 12] = [
    op(
        "overlay",
        Text::new("display over other apps", "显示在其他应用上层"),
        "android:system_alert_window",
        "SYSTEM_ALERT_WINDOW",
        23,
    ),
    component(
        "accessibility",
        Text::new("accessibility service", "无障碍服务"),
        Access::Accessibility,
        "BIND_ACCESSIBILITY_SERVICE",
    ),
    component(
        "notification-listener",
        Text::new("read notifications", "读取通知"),
        Access::NotificationListener,
        "BIND_NOTIFICATION_LISTENER_SERVICE",
    ),
    component(
        "device-admin",
        Text::new("device administrator", "设备管理应用"),
        Access::DeviceAdmin,
        "BIND_DEVICE_ADMIN",
    ),
    op(
        "usage-access",
        Text::new("usage access", "使用情况访问权限"),
        "android:get_usage_stats",
        "PACKAGE_USAGE_STATS",
        23,
    ),
    ALL_FILES,
    op(
        "install-unknown-apps",
        Text::new("install unknown apps", "安装未知应用"),
        "android:request_install_packages",
        "REQUEST_INSTALL_PACKAGES",
        26,
    ),
    op(
        "write-settings",
        Text::new("modify system settings", "修改系统设置"),
        "android:write_settings",
        "WRITE_SETTINGS",
        23,
    ),
    Special {
        id: "notification-policy",
        name: Text::new("Do Not Disturb", "勿扰权限"),
        kept: Kept::Package { access: Access::NotificationPolicy, permission: "ACCESS_NOTIFICATION_POLICY" },
        since: 23,
    },
    op("manage-media", Text::new("manage media", "媒体管理"), "android:manage_media", "MANAGE_MEDIA", 31),
    op(
        "exact-alarm",
        Text::new("alarms and reminders", "闹钟和提醒"),
        "android:schedule_exact_alarm",
        "SCHEDULE_EXACT_ALARM",
        31,
    ),
    op(
        "full-screen-intent",
        Text::new("full-screen notifications", "全屏通知"),
        "android:use_full_screen_intent",
        "USE_FULL_SCREEN_INTENT",
        34,
    ),
];
