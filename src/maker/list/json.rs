//! Lists written as JSON.

use serde_json::Value;

use crate::diagnostic::DiagnosticCode;
use crate::maker::list::Reading;

/// Parses the bytes; `None`, with the reason noted, when they are no JSON. (`serde_json` bounds the depth itself.)
fn parse(reading: &mut Reading<'_>, bytes: &[u8]) -> Option<Value> {
    match serde_json::from_slice(bytes) {
        Ok(value) => Some(value),
        Err(error) => {
            reading.malformed("json", u64::try_from(error.line()).unwrap_or(u64::MAX), "JSON");
            None
        }
    }
}

/// An array of package names, or of objects with a `packageName` (MIUI's `auto-install.json`).
pub(super) fn packages(reading: &mut Reading<'_>, bytes: &[u8]) {
    let Some(value) = parse(reading, bytes) else { return };
    let Value::Array(items) = &value else {
        reading.malformed("json", 1, "an array");
        return;
    };
    for (at, item) in (1..).zip(items) {
        let name = item.as_str().or_else(|| item.get("packageName").and_then(Value::as_str));
        let going = match name {
            Some(name) => reading.package(name, at, None, None),
            None => reading.passed_over(DiagnosticCode::LineNotUnderstood, at, &item.to_string()),
        };
        if !going {
            return;
        }
    }
}

/// `install_list` of objects with `app_dir` and `removable`, which is false when left out (`OpenHarmony`'s guide to
/// pre-installed applications).
pub(super) fn install_list(reading: &mut Reading<'_>, bytes: &[u8]) {
    let Some(value) = parse(reading, bytes) else { return };
    let Some(items) = value.get("install_list").and_then(Value::as_array) else {
        reading.malformed("json", 1, "an object with `install_list`");
        return;
    };
    for (at, item) in (1..).zip(items) {
        let removable = match item.get("removable") {
            None => Some(false),
            Some(stated) => stated.as_bool(),
        };
        let folder = item.get("app_dir").and_then(Value::as_str);
        let going = match (folder, removable) {
            (Some(folder), Some(removable)) => {
                let path = format!("/{}", folder.trim_start_matches('/'));
                reading.entry(&path, Some(if removable { "true" } else { "false" }), None)
            }
            _ => reading.passed_over(DiagnosticCode::LineNotUnderstood, at, &item.to_string()),
        };
        if !going {
            return;
        }
    }
}
