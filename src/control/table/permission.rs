//! Runtime permissions, their groups and the app-ops that stand for them.
//!
//! Sources: `PermissionMapping.kt` of the permission controller (from Android 10 the manifest no longer says the group),
//! `AppOpsManager.sAppOpInfos` for the operations, the protection levels of API 26 to 36.

use crate::language::Text;

/// A group as a user sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PermissionGroup {
    /// The id of its switch.
    pub id: &'static str,
    /// Its name.
    pub name: Text,
    /// Its permissions.
    pub members: &'static [RuntimePermission],
}

/// One runtime permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuntimePermission {
    /// Its name without `android.permission.`.
    pub name: &'static str,
    /// The app-op that stands for it (`android:…`); `None` where Android has none.
    pub op: Option<&'static str>,
    /// The first release in which it is a runtime permission.
    pub since: u32,
    /// What it is within its group.
    pub kind: Kind,
}

/// What a permission is within its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Given and taken with the group.
    Ordinary,
    /// More than the group: taken with it, given only by the user in the system's own page.
    More,
    /// Without effect for an app that targets Android 13 or newer on such a phone.
    OldStorage,
}

/// What stands before the names of Android's own permissions.
pub const PREFIX: &str = "android.permission.";

impl RuntimePermission {
    /// Returns the full name.
    pub fn full(&self) -> String {
        if self.name.contains('.') { self.name.to_owned() } else { format!("{PREFIX}{}", self.name) }
    }
}

const fn of(name: &'static str, op: &'static str, since: u32) -> RuntimePermission {
    RuntimePermission { name, op: Some(op), since, kind: Kind::Ordinary }
}

const fn more(name: &'static str, op: Option<&'static str>, since: u32) -> RuntimePermission {
    RuntimePermission { name, op, since, kind: Kind::More }
}

const fn old(name: &'static str, op: &'static str) -> RuntimePermission {
    RuntimePermission { name, op: Some(op), since: 23, kind: Kind::OldStorage }
}

const CONTACTS: [RuntimePermission; 3] = [
    of("READ_CONTACTS", "android:read_contacts", 23),
    of("WRITE_CONTACTS", "android:write_contacts", 23),
    of("GET_ACCOUNTS", "android:get_accounts", 23),
];
const CALENDAR: [RuntimePermission; 2] =
    [of("READ_CALENDAR", "android:read_calendar", 23), of("WRITE_CALENDAR", "android:write_calendar", 23)];
const CALL_LOG: [RuntimePermission; 3] = [
    of("READ_CALL_LOG", "android:read_call_log", 23),
    of("WRITE_CALL_LOG", "android:write_call_log", 23),
    of("PROCESS_OUTGOING_CALLS", "android:process_outgoing_calls", 23),
];
const SMS: [RuntimePermission; 6] = [
    of("READ_SMS", "android:read_sms", 23),
    of("RECEIVE_SMS", "android:receive_sms", 23),
    of("SEND_SMS", "android:send_sms", 23),
    of("RECEIVE_MMS", "android:receive_mms", 23),
    of("RECEIVE_WAP_PUSH", "android:receive_wap_push", 23),
    of("READ_CELL_BROADCASTS", "android:read_cell_broadcasts", 23),
];
const LOCATION: [RuntimePermission; 3] = [
    of("ACCESS_FINE_LOCATION", "android:fine_location", 23),
    of("ACCESS_COARSE_LOCATION", "android:coarse_location", 23),
    more("ACCESS_BACKGROUND_LOCATION", None, 29),
];
const MEDIA: [RuntimePermission; 7] = [
    of("READ_MEDIA_IMAGES", "android:read_media_images", 33),
    of("READ_MEDIA_VIDEO", "android:read_media_video", 33),
    of("READ_MEDIA_AUDIO", "android:read_media_audio", 33),
    more("READ_MEDIA_VISUAL_USER_SELECTED", Some("android:read_media_visual_user_selected"), 34),
    of("ACCESS_MEDIA_LOCATION", "android:access_media_location", 29),
    old("READ_EXTERNAL_STORAGE", "android:read_external_storage"),
    old("WRITE_EXTERNAL_STORAGE", "android:write_external_storage"),
];
const PHONE: [RuntimePermission; 7] = [
    of("READ_PHONE_STATE", "android:read_phone_state", 23),
    of("READ_PHONE_NUMBERS", "android:read_phone_numbers", 26),
    of("CALL_PHONE", "android:call_phone", 23),
    of("com.android.voicemail.permission.ADD_VOICEMAIL", "android:add_voicemail", 23),
    of("USE_SIP", "android:use_sip", 23),
    of("ANSWER_PHONE_CALLS", "android:answer_phone_calls", 26),
    of("ACCEPT_HANDOVER", "android:accept_handover", 28),
];
const STORAGE: [RuntimePermission; 2] = [
    old("READ_EXTERNAL_STORAGE", "android:read_external_storage"),
    old("WRITE_EXTERNAL_STORAGE", "android:write_external_storage"),
];
const MEDIA_ONLY: [RuntimePermission; 5] = [
    of("READ_MEDIA_IMAGES", "android:read_media_images", 33),
    of("READ_MEDIA_VIDEO", "android:read_media_video", 33),
    of("READ_MEDIA_AUDIO", "android:read_media_audio", 33),
    more("READ_MEDIA_VISUAL_USER_SELECTED", Some("android:read_media_visual_user_selected"), 34),
    of("ACCESS_MEDIA_LOCATION", "android:access_media_location", 29),
];
const CAMERA: [RuntimePermission; 1] = [of("CAMERA", "android:camera", 23)];
const MICROPHONE: [RuntimePermission; 1] = [of("RECORD_AUDIO", "android:record_audio", 23)];
const SENSORS: [RuntimePermission; 2] =
    [of("BODY_SENSORS", "android:body_sensors", 23), more("BODY_SENSORS_BACKGROUND", None, 33)];
const ACTIVITY: [RuntimePermission; 1] = [of("ACTIVITY_RECOGNITION", "android:activity_recognition", 29)];
const NEARBY: [RuntimePermission; 6] = [
    of("BLUETOOTH_SCAN", "android:bluetooth_scan", 31),
    of("BLUETOOTH_CONNECT", "android:bluetooth_connect", 31),
    of("BLUETOOTH_ADVERTISE", "android:bluetooth_advertise", 31),
    of("UWB_RANGING", "android:uwb_ranging", 31),
    of("NEARBY_WIFI_DEVICES", "android:nearby_wifi_devices", 33),
    of("RANGING", "android:ranging", 36),
];
const NOTIFICATIONS: [RuntimePermission; 1] = [of("POST_NOTIFICATIONS", "android:post_notification", 33)];

const fn group(
    id: &'static str,
    en: &'static str,
    zh: &'static str,
    members: &'static [RuntimePermission],
) -> PermissionGroup {
    PermissionGroup { id, name: Text::new(en, zh), members }
}

/// Permissions by group, the most sensitive first.
pub const GROUPS: [PermissionGroup; 14] = [
    group("location", "location", "位置信息", &LOCATION),
    group("camera", "camera", "相机", &CAMERA),
    group("microphone", "microphone", "麦克风", &MICROPHONE),
    group("contacts", "contacts", "通讯录", &CONTACTS),
    group("sms", "SMS", "短信", &SMS),
    group("call-log", "call log", "通话记录", &CALL_LOG),
    group("phone", "phone", "电话", &PHONE),
    group("calendar", "calendar", "日历", &CALENDAR),
    group("media", "photos, videos and audio", "照片、视频和音频", &MEDIA_ONLY),
    group("storage", "shared storage", "共享存储", &STORAGE),
    group("sensors", "body sensors", "身体传感器", &SENSORS),
    group("activity-recognition", "physical activity", "身体活动", &ACTIVITY),
    group("nearby-devices", "nearby devices", "附近的设备", &NEARBY),
    group("notifications", "notifications", "通知", &NOTIFICATIONS),
];

/// Kinds of personal information that runtime permissions open.
pub const KINDS: [PermissionGroup; 6] = [
    group("contacts", "contacts", "通讯录", &CONTACTS),
    group("calendar", "calendar", "日历", &CALENDAR),
    group("call-log", "call log", "通话记录", &CALL_LOG),
    group("messages", "messages", "短信与彩信", &SMS),
    group("media", "photos, videos and audio", "照片、视频和音频", &MEDIA),
    group("location", "location", "位置信息", &LOCATION),
];

/// Identifiers of the phone that runtime permissions open.
pub const PHONE_STATE: PermissionGroup = group(
    "phone-state",
    "phone number and state; up to Android 9 also IMEI and serial numbers",
    "电话号码与状态（安卓 9 及以下还包括 IMEI 与序列号）",
    &[
        of("READ_PHONE_STATE", "android:read_phone_state", 23),
        of("READ_PHONE_NUMBERS", "android:read_phone_numbers", 26),
    ],
);

/// `PackageManager.FLAG_PERMISSION_USER_SET`.
pub const USER_SET: u32 = 1;
/// `PackageManager.FLAG_PERMISSION_USER_FIXED`.
pub const USER_FIXED: u32 = 1 << 1;
/// `PackageManager.FLAG_PERMISSION_POLICY_FIXED`.
pub const POLICY_FIXED: u32 = 1 << 2;
/// `PackageManager.FLAG_PERMISSION_SYSTEM_FIXED`.
pub const SYSTEM_FIXED: u32 = 1 << 4;
/// `PackageManager.FLAG_PERMISSION_GRANTED_BY_DEFAULT`.
pub const GRANTED_BY_DEFAULT: u32 = 1 << 5;
/// `PackageManager.FLAG_PERMISSION_GRANTED_BY_ROLE`.
pub const GRANTED_BY_ROLE: u32 = 1 << 15;
/// `PackageManager.FLAG_PERMISSION_ONE_TIME`.
pub const ONE_TIME: u32 = 1 << 16;
