//! App-ops: names, modes, and where a mode is kept.

/// Reads the name of an operation as `cmd appops` takes it: `CAMERA`, `android:camera`, or a number. Numbers of makers begin
/// at 10000; a phone that has none does not know them.
pub(crate) fn name(text: &str, makers: bool) -> Option<String> {
    if let Ok(number) = text.parse::<u32>() {
        if number >= 10_000 {
            return makers.then(|| format!("MIUIOP({number})"));
        }
        return NUMBERS.iter().find(|(known, _)| *known == number).map(|(_, name)| (*name).to_owned());
    }
    let name = text.strip_prefix("android:").unwrap_or(text).to_uppercase();
    let known = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    (known && !name.is_empty() && !name.starts_with("NO_SUCH")).then_some(name)
}

/// A few operations by number (`AppOpsManager.OP_*`).
const NUMBERS: [(u32, &str); 14] = [
    (0, "COARSE_LOCATION"),
    (1, "FINE_LOCATION"),
    (4, "READ_CONTACTS"),
    (14, "READ_SMS"),
    (23, "WRITE_SETTINGS"),
    (24, "SYSTEM_ALERT_WINDOW"),
    (26, "CAMERA"),
    (27, "RECORD_AUDIO"),
    (43, "GET_USAGE_STATS"),
    (63, "RUN_IN_BACKGROUND"),
    (66, "REQUEST_INSTALL_PACKAGES"),
    (70, "RUN_ANY_IN_BACKGROUND"),
    (89, "READ_DEVICE_IDENTIFIERS"),
    (92, "MANAGE_EXTERNAL_STORAGE"),
];

/// Reads a mode as `cmd appops set` takes it.
pub(crate) fn mode(text: &str) -> Option<&'static str> {
    let names = ["allow", "ignore", "deny", "default", "foreground"];
    let by_number = |number: usize| names.get(number).copied();
    text.parse().ok().and_then(by_number).or_else(|| names.into_iter().find(|name| *name == text))
}

/// The mode of an operation that nobody has set.
pub(crate) fn default_mode(operation: &str) -> &'static str {
    match operation {
        "SYSTEM_ALERT_WINDOW"
        | "WRITE_SETTINGS"
        | "GET_USAGE_STATS"
        | "REQUEST_INSTALL_PACKAGES"
        | "MANAGE_EXTERNAL_STORAGE"
        | "SCHEDULE_EXACT_ALARM"
        | "USE_FULL_SCREEN_INTENT"
        | "MANAGE_MEDIA" => "default",
        "READ_DEVICE_IDENTIFIERS" => "deny",
        "WRITE_SMS" => "ignore",
        _ => "allow",
    }
}
