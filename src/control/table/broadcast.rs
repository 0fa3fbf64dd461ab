//! Broadcasts that start an app which nobody opened.
//!
//! Sources: the broadcasts exempt from the ban on implicit ones (Android 8), the boot broadcasts of AOSP and of makers.

/// Actions by which a receiver starts its app by itself: at boot, and when the phone's state changes.
pub const STARTS: [&str; 34] = [
    "android.intent.action.BOOT_COMPLETED",
    "android.intent.action.LOCKED_BOOT_COMPLETED",
    "android.intent.action.QUICKBOOT_POWERON",
    "com.htc.intent.action.QUICKBOOT_POWERON",
    "android.intent.action.REBOOT",
    "android.intent.action.USER_INITIALIZE",
    "android.intent.action.USER_PRESENT",
    "android.intent.action.USER_UNLOCKED",
    "android.intent.action.TIME_SET",
    "android.intent.action.TIMEZONE_CHANGED",
    "android.app.action.NEXT_ALARM_CLOCK_CHANGED",
    "android.intent.action.LOCALE_CHANGED",
    "android.hardware.usb.action.USB_ACCESSORY_ATTACHED",
    "android.hardware.usb.action.USB_ACCESSORY_DETACHED",
    "android.hardware.usb.action.USB_DEVICE_ATTACHED",
    "android.hardware.usb.action.USB_DEVICE_DETACHED",
    "android.bluetooth.headset.profile.action.CONNECTION_STATE_CHANGED",
    "android.bluetooth.a2dp.profile.action.CONNECTION_STATE_CHANGED",
    "android.bluetooth.device.action.ACL_CONNECTED",
    "android.bluetooth.device.action.ACL_DISCONNECTED",
    "android.telephony.action.CARRIER_CONFIG_CHANGED",
    "android.intent.action.PHONE_STATE",
    "android.intent.action.NEW_OUTGOING_CALL",
    "android.accounts.LOGIN_ACCOUNTS_CHANGED",
    "android.accounts.action.ACCOUNT_REMOVED",
    "android.intent.action.PACKAGE_DATA_CLEARED",
    "android.intent.action.PACKAGE_FULLY_REMOVED",
    "android.intent.action.PACKAGE_ADDED",
    "android.intent.action.PACKAGE_REPLACED",
    "android.intent.action.MY_PACKAGE_REPLACED",
    "android.net.conn.CONNECTIVITY_CHANGE",
    "android.intent.action.ACTION_POWER_CONNECTED",
    "android.intent.action.ACTION_POWER_DISCONNECTED",
    "android.intent.action.MEDIA_MOUNTED",
];

/// The app-op of MIUI and HyperOS for starting by itself; other makers keep no such operation.
pub const MIUI_AUTO_START: &str = "10008";

/// The app-op of MIUI and HyperOS for the list of installed apps.
pub const MIUI_APP_LIST: &str = "10022";

/// Permissions that only the platform holds: a component guarded by one is there for the platform to call, and without it
/// a function is lost. `BIND_*` are all of this kind.
pub const PLATFORM_GUARDS: [&str; 6] = [
    "android.permission.BROADCAST_SMS",
    "android.permission.BROADCAST_WAP_PUSH",
    "android.permission.SEND_RESPOND_VIA_MESSAGE",
    "android.permission.DUMP",
    "android.permission.MANAGE_DOCUMENTS",
    "android.permission.MODIFY_PHONE_STATE",
];

/// What the names of those permissions begin with.
pub const BIND: &str = "android.permission.BIND_";
