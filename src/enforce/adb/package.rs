//! What `dumpsys package PACKAGE` says of one package: state for each user, permissions, components that were switched,
//! services that have to be named to give special access. Takes the text, any bytes; gives facts or nothing, and never
//! believes a line that is there twice.
//!
//! The form is that of `Settings.dumpPackageLPr`, Android 7 to 16: a section `Packages:` with `  Package [NAME] (…):`, in it
//! `    User N: key=value …` with lists below; permissions of a package with a shared user id stand under `Shared users:`.

use std::collections::{BTreeMap, BTreeSet};

use crate::enforce::Word;
use crate::package::PackageName;

/// The action of services that read notifications.
pub const LISTENER: &str = "android.service.notification.NotificationListenerService";
/// The action of accessibility services.
pub const ACCESSIBILITY: &str = "android.accessibilityservice.AccessibilityService";

/// The most entries of one list that are kept; a package has a few hundred.
const MOST: usize = 10_000;

/// What is known of one package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageDump {
    /// Permissions that the manifest asks for.
    pub requested: BTreeSet<String>,
    /// Permissions that came with the installation, with their flags.
    pub install: BTreeMap<String, (bool, u32)>,
    /// State by user of the phone.
    pub users: BTreeMap<u32, UserDump>,
    /// Services by the actions that special access is given for, as `package/class`.
    pub services: BTreeMap<&'static str, BTreeSet<String>>,
}

/// What is known of one package for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserDump {
    /// `installed`.
    pub installed: Option<bool>,
    /// `suspended`.
    pub suspended: Option<bool>,
    /// `stopped`.
    pub stopped: Option<bool>,
    /// `enabled`.
    pub enabled: Option<Word>,
    /// Components that were switched.
    pub components: BTreeMap<String, Word>,
    /// Runtime permissions with their flags.
    pub permissions: BTreeMap<String, (bool, u32)>,
    /// The state stands there twice: a text of the package imitates it, and none of it is believed.
    pub twice: bool,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Other,
    Packages,
    SharedUsers,
    Services,
}

/// Which list a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    None,
    Requested,
    Install,
    Runtime,
    Enabled,
    Disabled,
}

/// Reads what a dump says of a package; `None` when it is not in it.
pub fn parse(text: &str, package: &PackageName) -> Option<PackageDump> {
    let mut reader = Reader {
        package,
        dump: PackageDump::default(),
        section: Section::Other,
        inside: false,
        found: false,
        shared: None,
        shared_found: false,
        user: None,
        list: List::None,
        action: None,
    };
    text.lines().for_each(|line| reader.line(line));
    reader.found.then_some(reader.dump)
}

struct Reader<'a> {
    package: &'a PackageName,
    dump: PackageDump,
    section: Section,
    /// In the block of the package, or of its shared user.
    inside: bool,
    found: bool,
    shared: Option<String>,
    shared_found: bool,
    user: Option<u32>,
    list: List,
    action: Option<&'static str>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if indent == 0 {
            self.section = match line {
                "Packages:" => Section::Packages,
                "Shared users:" => Section::SharedUsers,
                "Service Resolver Table:" => Section::Services,
                _ => Section::Other,
            };
            self.leave();
            return;
        }
        match self.section {
            Section::Other => {}
            Section::Services => self.service(line),
            Section::Packages | Section::SharedUsers => self.block(indent, line),
        }
    }

    fn leave(&mut self) {
        (self.inside, self.user, self.list, self.action) = (false, None, List::None, None);
    }

    fn block(&mut self, indent: usize, line: &str) {
        if indent <= 2 {
            self.leave();
            self.head(line);
        } else if self.inside {
            self.inner(line);
        }
    }

    /// The head of a block: `Package [NAME] (…):` or `SharedUser [NAME] (…):`.
    fn head(&mut self, line: &str) {
        let named = |prefix: &str| {
            line.strip_prefix(prefix).and_then(|rest| rest.split_once(']')).map(|(name, _)| name)
        };
        match self.section {
            Section::Packages if named("Package [") == Some(self.package.as_str()) => {
                if self.found {
                    self.dump.users.values_mut().for_each(|user| user.twice = true);
                }
                (self.inside, self.found) = (true, true);
            }
            Section::SharedUsers => {
                let name = named("SharedUser [");
                self.inside = !self.shared_found && name.is_some() && name == self.shared.as_deref();
                self.shared_found |= self.inside;
            }
            _ => {}
        }
    }

    fn inner(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("User ")
            && let Some((user, state)) = rest.split_once(':')
            && let Ok(user) = user.parse()
        {
            self.user(user, state);
            return;
        }
        let list = match line {
            "requested permissions:" => List::Requested,
            "install permissions:" => List::Install,
            "runtime permissions:" => List::Runtime,
            "enabledComponents:" => List::Enabled,
            "disabledComponents:" => List::Disabled,
            _ => List::None,
        };
        if list != List::None {
            self.list = list;
            return;
        }
        if !self.entry(line) {
            self.list = List::None;
            if let Some(shared) = line.strip_prefix("sharedUser=SharedUserSetting{") {
                let name = shared.trim_end_matches('}').split_once(' ').map(|(_, name)| name);
                self.shared = name.and_then(|name| name.rsplit_once('/')).map(|(name, _)| name.to_owned());
            }
        }
    }

    fn user(&mut self, user: u32, state: &str) {
        (self.user, self.list) = (Some(user), List::None);
        if self.dump.users.len() >= MOST {
            return;
        }
        let dump = self.dump.users.entry(user).or_default();
        if self.section == Section::SharedUsers {
            return;
        }
        dump.twice |= dump.installed.is_some();
        for (key, value) in state.split_whitespace().filter_map(|token| token.split_once('=')) {
            let flag = value.parse().ok();
            match key {
                "installed" => dump.installed = flag,
                "suspended" => dump.suspended = flag,
                "stopped" => dump.stopped = flag,
                "enabled" => dump.enabled = enabled(value),
                _ => {}
            }
        }
    }

    /// Takes an entry of the list at hand; `false` when the line is none.
    fn entry(&mut self, line: &str) -> bool {
        match self.list {
            List::None => false,
            List::Requested => {
                let name = line.split_once(':').map_or(line, |(name, _)| name);
                let fits = is_name(name) && self.dump.requested.len() < MOST;
                fits && {
                    self.dump.requested.insert(name.to_owned());
                    true
                }
            }
            List::Install | List::Runtime => {
                let Some((name, state)) = permission(line) else { return false };
                let user = self.user.and_then(|user| self.dump.users.get_mut(&user));
                let permissions = match (self.list, user) {
                    (List::Install, _) => &mut self.dump.install,
                    (_, Some(user)) => &mut user.permissions,
                    (_, None) => return false,
                };
                if permissions.len() < MOST {
                    permissions.insert(name.to_owned(), state);
                }
                true
            }
            List::Enabled | List::Disabled => {
                let Some(user) = self.user.and_then(|user| self.dump.users.get_mut(&user)) else {
                    return false;
                };
                if !is_name(line) || user.components.len() >= MOST {
                    return false;
                }
                let word = if self.list == List::Enabled { Word::Enabled } else { Word::Disabled };
                user.components.insert(line.to_owned(), word);
                true
            }
        }
    }

    /// A line of the resolver table: an action, or `HASH package/class …` under it.
    fn service(&mut self, line: &str) {
        if let Some(action) = line.strip_suffix(':') {
            self.action = [LISTENER, ACCESSIBILITY].into_iter().find(|known| *known == action);
            return;
        }
        let Some(action) = self.action else { return };
        let component = line.split_whitespace().nth(1).and_then(|component| component.split_once('/'));
        if let Some((package, class)) = component
            && package == self.package.as_str()
        {
            let class = if class.starts_with('.') { format!("{package}{class}") } else { class.to_owned() };
            if is_name(&class) {
                self.dump.services.entry(action).or_default().insert(format!("{package}/{class}"));
            }
        }
    }
}

/// Whether a text can be the name of a permission or a class: it holds nothing that separates.
fn is_name(text: &str) -> bool {
    let fits = |character: char| !character.is_whitespace() && !"=:/[]{}".contains(character);
    !text.is_empty() && text.chars().all(fits)
}

/// `NAME: granted=true, flags=[ A|B ]`
fn permission(line: &str) -> Option<(&str, (bool, u32))> {
    let (name, state) = line.split_once(": granted=")?;
    let granted = match state.split([',', ' ']).next()? {
        "true" => true,
        "false" => false,
        _ => return None,
    };
    let flags = state.split_once("flags=[").and_then(|(_, flags)| flags.split_once(']'));
    let words = flags.map_or("", |(flags, _)| flags).split([' ', '|', ',']);
    let flags = words.filter_map(flag).fold(0, |all, flag| all | flag);
    is_name(name).then_some((name, (granted, flags)))
}

/// `PackageManager.permissionFlagToString`.
fn flag(word: &str) -> Option<u32> {
    Some(match word {
        "USER_SET" => 1,
        "USER_FIXED" => 1 << 1,
        "POLICY_FIXED" => 1 << 2,
        "REVOKED_COMPAT" | "REVOKE_ON_UPGRADE" => 1 << 3,
        "SYSTEM_FIXED" => 1 << 4,
        "GRANTED_BY_DEFAULT" => 1 << 5,
        "REVIEW_REQUIRED" => 1 << 6,
        "REVOKE_WHEN_REQUESTED" => 1 << 7,
        "USER_SENSITIVE_WHEN_GRANTED" => 1 << 8,
        "USER_SENSITIVE_WHEN_DENIED" => 1 << 9,
        "RESTRICTION_INSTALLER_EXEMPT" => 1 << 11,
        "RESTRICTION_SYSTEM_EXEMPT" => 1 << 12,
        "RESTRICTION_UPGRADE_EXEMPT" => 1 << 13,
        "APPLY_RESTRICTION" => 1 << 14,
        "GRANTED_BY_ROLE" => 1 << 15,
        "ONE_TIME" => 1 << 16,
        "AUTO_REVOKED" => 1 << 17,
        "SELECTED_LOCATION_ACCURACY" => 1 << 19,
        _ => return None,
    })
}

/// `PackageManager.COMPONENT_ENABLED_STATE_*`
fn enabled(value: &str) -> Option<Word> {
    Some(match value {
        "0" => Word::Default,
        "1" => Word::Enabled,
        "2" => Word::Disabled,
        "3" => Word::DisabledByUser,
        "4" => Word::DisabledUntilUsed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SEVEN: &str = "\
Packages:
  Package [com.example.changeled] (fe54a9d):
    userId=10002
    sharedUser=SharedUserSetting{537e99e android.uid.systemui/10002}
    versionName=7.1.2
    requested permissions:
      android.permission.CAMERA
      android.permission.BLUETOOTH
    install permissions:
      android.permission.BLUETOOTH: granted=true
    User 0: ceDataInode=114252 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0
      disabledComponents:
        com.example.changeled.Boot
      enabledComponents:
        com.example.changeled.Main
    User 10: ceDataInode=0 installed=false hidden=false suspended=true stopped=true notLaunched=true enabled=3
Shared users:
  SharedUser [android.uid.other] (1):
    User 0:
      runtime permissions:
        android.permission.READ_SMS: granted=true
  SharedUser [android.uid.systemui] (537e99e):
    userId=10002
    User 0:
      gids=[3002]
      runtime permissions:
        android.permission.CAMERA: granted=true, flags=[ SYSTEM_FIXED GRANTED_BY_DEFAULT ]
Hidden system packages:
  Package [com.example.changeled] (1):
    User 0: installed=false enabled=2
";

    const THIRTEEN: &str = "\
Service Resolver Table:
  Non-Data Actions:
      android.service.notification.NotificationListenerService:
        ab12 a.b/.Listener filter cd34
        ab13 c.d/.Other filter cd35
Packages:
  Package [a.b] (11):
    appId=10143
    requested permissions:
      android.permission.CAMERA: restricted=true
    User 0: ceDataInode=-4294835694 installed=true hidden=false suspended=false distractionFlags=0 stopped=true \
notLaunched=false enabled=1 instant=false virtual=false
      gids=[3002, 1023, 3003]
      runtime permissions:
        android.permission.READ_SMS: granted=false, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED|RESTRICTION_UPGRADE_EXEMPT]
";

    fn name(name: &str) -> PackageName {
        PackageName::new(name).unwrap()
    }

    #[test]
    fn both_forms_are_read() {
        let dump = parse(SEVEN, &name("com.example.changeled")).unwrap();
        let user = &dump.users[&0];
        assert_eq!(
            (user.installed, user.suspended, user.enabled),
            (Some(true), Some(false), Some(Word::Default))
        );
        assert_eq!(user.permissions["android.permission.CAMERA"], (true, 16 | 32));
        assert_eq!(user.permissions.len(), 1, "another shared user's are not its own");
        assert_eq!(user.components["com.example.changeled.Boot"], Word::Disabled);
        assert_eq!(user.components["com.example.changeled.Main"], Word::Enabled);
        assert!(!user.twice);
        assert_eq!(dump.users[&10].enabled, Some(Word::DisabledByUser));
        assert_eq!(dump.install["android.permission.BLUETOOTH"], (true, 0));
        assert!(dump.requested.contains("android.permission.CAMERA"));

        let dump = parse(THIRTEEN, &name("a.b")).unwrap();
        assert_eq!(dump.users[&0].permissions["android.permission.READ_SMS"], (false, 1 | 256 | 8192));
        assert_eq!(dump.users[&0].stopped, Some(true));
        assert!(dump.requested.contains("android.permission.CAMERA"));
        assert_eq!(dump.services[LISTENER], BTreeSet::from(["a.b/a.b.Listener".to_owned()]));
        assert_eq!(parse(THIRTEEN, &name("not.there")), None);
    }

    #[test]
    fn a_version_name_that_imitates_state_is_not_believed() {
        let forged = SEVEN.replace(
            "versionName=7.1.2",
            "versionName=1\n    User 0: installed=false suspended=false stopped=false enabled=3",
        );
        assert!(parse(&forged, &name("com.example.changeled")).unwrap().users[&0].twice);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(Packages:\n|  Package \\[a\\] \\(1\\):\n|    User 0: |installed=true|\n|runtime permissions:\n|\\PC*)*") {
            let _ = parse(&text, &name("a"));
        }
    }
}
