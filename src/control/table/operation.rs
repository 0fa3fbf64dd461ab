//! What people call an app-op or a permission: the name of the data or access that it stands for. A record of what apps did
//! has the platform's names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::control::table::permission::{GROUPS, PHONE_STATE, PREFIX};
use crate::control::table::special::{Kept, SPECIAL};
use crate::language::Text;

/// App-ops that no permission group and no special access names.
const OTHERS: [(&str, Text); 4] = [
    ("android:read_clipboard", Text::new("clipboard", "剪贴板")),
    ("android:write_clipboard", Text::new("writing the clipboard", "写入剪贴板")),
    ("android:read_device_identifiers", Text::new("device identifiers", "设备标识")),
    ("android:run_any_in_background", Text::new("running in the background", "后台运行")),
];

/// Returns every app-op (`android:…`) and permission that is known, in order, with its name.
pub fn names() -> BTreeMap<Cow<'static, str>, Text> {
    let mut names: BTreeMap<Cow<'static, str>, Text> = BTreeMap::new();
    for (op, name) in OTHERS {
        names.insert(Cow::Borrowed(op), name);
    }
    // A permission of two groups is called by the first, which is the one that Android shows.
    for group in GROUPS.iter().chain([&PHONE_STATE]) {
        for member in group.members {
            names.entry(Cow::Owned(member.full())).or_insert(group.name);
            if let Some(op) = member.op {
                names.entry(Cow::Borrowed(op)).or_insert(group.name);
            }
        }
    }
    for special in &SPECIAL {
        let (op, permission) = match special.kept {
            Kept::Op { op, permission } => (Some(op), permission),
            Kept::Package { permission, .. } => (None, permission),
            Kept::Component { guard, .. } => (None, guard),
        };
        names.entry(Cow::Owned(format!("{PREFIX}{permission}"))).or_insert(special.name);
        if let Some(op) = op {
            names.entry(Cow::Borrowed(op)).or_insert(special.name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_and_permissions_of_one_group_share_its_name() {
        let names = names();
        assert_eq!(names["android:fine_location"].en, "location");
        assert_eq!(names["android.permission.ACCESS_FINE_LOCATION"].zh, names["android:fine_location"].zh);
        assert_eq!(names["android:read_phone_state"].en, "phone");
        assert_eq!(names["android:read_clipboard"].zh, "剪贴板");
        assert!(names.contains_key("android:system_alert_window"));
        assert!(names.values().all(|name| !name.en.is_empty() && !name.zh.is_ascii()));
    }
}
