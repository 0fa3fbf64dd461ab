//! The output of `dumpsys device_policy`. Takes the text, gives who administers the device, per user.

use crate::source::adb::probe;

/// Who administers a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy<'a> {
    /// Active administrators: user and component.
    pub admins: Vec<(u32, &'a str)>,
    /// The package that owns the device.
    pub device_owner: Option<&'a str>,
    /// Packages that own a profile or user.
    pub profile_owners: Vec<(u32, &'a str)>,
}

/// What the next lines are about.
#[derive(Clone, Copy)]
enum Part {
    None,
    Admins(u32),
    DeviceOwner,
    ProfileOwner(u32),
}

/// Reads the parts `Enabled Device Admins (User 0, …):`, `Device Owner:` and `Profile Owner (User 10):`.
pub fn parse(text: &str) -> Policy<'_> {
    let mut policy = Policy::default();
    let mut part = Part::None;
    for line in text.lines() {
        let indent = line.len().saturating_sub(line.trim_start().len());
        let line = line.trim();
        if line.starts_with("Enabled Device Admins (") {
            part = user_in(line).map_or(Part::None, Part::Admins);
        } else if line == "Device Owner:" {
            part = Part::DeviceOwner;
        } else if line.starts_with("Profile Owner (") {
            part = user_in(line).map_or(Part::None, Part::ProfileOwner);
        } else if let Some(component) = line.strip_prefix("admin=") {
            let component = component.trim_start_matches("ComponentInfo{").trim_end_matches('}');
            let Some((package, _)) = component.split_once('/') else { continue };
            match part {
                Part::DeviceOwner => policy.device_owner = Some(package),
                Part::ProfileOwner(user) => policy.profile_owners.push((user, package)),
                Part::None | Part::Admins(_) => {}
            }
        } else if let (Part::Admins(user), Some(component)) = (part, line.strip_suffix(':'))
            && indent > 0
            && probe::names(component).is_some()
            && !component.contains([' ', '='])
        {
            policy.admins.push((user, component));
        }
    }
    policy
}

/// The user of `Enabled Device Admins (User 10, provisioningState: 0):`.
fn user_in(line: &str) -> Option<u32> {
    let rest = line.split_once("(User ")?.1;
    rest.split([',', ')']).next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn admins_and_owners_are_read() {
        let text = "Current Device Policy Manager state:\n  Immutable state:\n    Device Owner:\n      admin=ComponentInfo{com.o/com.o.A}\n\
            \x20     name=x\n    Profile Owner (User 10):\n      admin=ComponentInfo{com.p/com.p.A}\n\n\
            \x20 Enabled Device Admins (User 0, provisioningState: 3):\n    com.o/.A:\n      uid=10100\n      policies:\n        wipe-data\n\
            \x20 Enabled Device Admins (User 10, provisioningState: 0):\n    com.p/com.p.A:\n";
        let policy = parse(text);
        assert_eq!(policy.device_owner, Some("com.o"));
        assert_eq!(policy.profile_owners, [(10, "com.p")]);
        assert_eq!(policy.admins, [(0, "com.o/.A"), (10, "com.p/com.p.A")]);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(Enabled Device Admins \\(User |admin=|Device Owner:|[a-z/.:(){}\n ]|\\PC){0,60}") {
            parse(&text);
        }
    }
}
