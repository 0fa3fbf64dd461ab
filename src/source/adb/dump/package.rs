//! What a dump says of one package.

use memchr::memchr2;

use crate::source::adb::dump::lines::{Line, Lines};

/// One package, as `Settings.dumpPackageLPr` prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package<'a> {
    /// Its name, as printed.
    pub name: &'a str,
    /// Its code path: the folder that holds the base APK, or that APK.
    pub code_path: Option<&'a str>,
    /// Its user id without the user (`appId`, before Android 13 `userId`).
    pub app_id: Option<u32>,
    /// The user it shares, `android.uid.system`.
    pub shared_user: Option<&'a str>,
    /// Its version.
    pub version_code: Option<u64>,
    /// The name of its version.
    pub version_name: Option<&'a str>,
    /// `minSdk`.
    pub min_sdk: Option<&'a str>,
    /// `targetSdk`.
    pub target_sdk: Option<&'a str>,
    /// Words of `flags=[ … ]`: `SYSTEM`, `UPDATED_SYSTEM_APP`, …
    pub flags: Option<Vec<&'a str>>,
    /// Words of `privateFlags=[ … ]`: `PRIVILEGED`, `PRODUCT`, …
    pub private_flags: Option<Vec<&'a str>>,
    /// Who installed it.
    pub installer: Option<&'a str>,
    /// Names of its split APKs, the base left out.
    pub splits: Vec<&'a str>,
    /// Whether it is a static shared library, which lists of packages leave out.
    pub is_static_library: bool,
    /// The permissions that its manifest asks for; `None` where the dump does not list them.
    pub requested: Option<Vec<&'a str>>,
    /// Its state per user.
    pub users: Vec<UserLine<'a>>,
}

/// The state of a package for one user. What the line does not say is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserLine<'a> {
    /// Android's user id.
    pub id: u32,
    /// Whether it is installed for the user.
    pub installed: Option<bool>,
    /// Whether it is hidden from the user.
    pub hidden: Option<bool>,
    /// Whether it is suspended.
    pub suspended: Option<bool>,
    /// Whether it is stopped.
    pub stopped: Option<bool>,
    /// `PackageManager.COMPONENT_ENABLED_STATE_*` of the whole package: 0 default, 1 enabled, 2 disabled, 3 disabled by the
    /// user, 4 disabled until used.
    pub enabled: Option<u8>,
    /// Components switched off at run time.
    pub disabled_components: Vec<&'a str>,
    /// Components switched on at run time.
    pub enabled_components: Vec<&'a str>,
}

impl Package<'_> {
    /// Returns whether one of `flags` is `flag`; `None` where the dump has no flags.
    pub fn has_flag(&self, flag: &str) -> Option<bool> {
        self.flags.as_ref().map(|flags| flags.contains(&flag))
    }
}

/// Reads the packages of a section.
pub(super) fn section<'a>(lines: &mut Lines<'a>, packages: &mut Vec<Package<'a>>) {
    while let Some(line) = lines.inside(0) {
        // `Package [com.x] (1a2b):`; what else stands here, such as renamed packages, is not of a package.
        if let Some(name) = line.text.strip_prefix("Package [").and_then(|rest| rest.split(']').next()) {
            packages.push(package(name, line, lines));
        }
    }
}

fn package<'a>(name: &'a str, head: Line<'a>, lines: &mut Lines<'a>) -> Package<'a> {
    let mut package = Package { name, ..Package::default() };
    while let Some(line) = lines.inside(head.indent) {
        match keyed(line.text) {
            Some((key, b'=', rest)) => property(&mut package, key, rest, line.text),
            Some(("requested permissions", _, "")) => {
                let asked = package.requested.get_or_insert_default();
                while let Some(item) = lines.inside(line.indent) {
                    // `android.permission.X: restricted=true`
                    asked.extend(item.text.split([':', ' ']).next());
                }
            }
            Some(("static library", ..)) => package.is_static_library = true,
            Some((key, _, rest)) => {
                if let Some(id) = key.strip_prefix("User ").and_then(|id| id.parse().ok()) {
                    package.users.push(user(id, rest, line, lines));
                }
            }
            None => {}
        }
    }
    package
}

/// Takes `key=value` or `key:value` apart, with what stands between.
fn keyed(text: &str) -> Option<(&str, u8, &str)> {
    let at = memchr2(b'=', b':', text.as_bytes())?;
    let (key, rest) = text.split_at_checked(at)?;
    Some((key, *rest.as_bytes().first()?, rest.get(1..)?))
}

fn property<'a>(package: &mut Package<'a>, key: &str, value: &'a str, line: &'a str) {
    match key {
        "codePath" => package.code_path = Some(value),
        "appId" | "userId" => package.app_id = value.parse().ok(),
        // `sharedUser=SharedUserSetting{1392d11 android.uid.system/1000}`
        "sharedUser" => {
            let inside = value.split_once(' ').map(|(_, named)| named.trim_end_matches('}'));
            package.shared_user = inside.map(|named| named.rsplit_once('/').map_or(named, |(name, _)| name));
        }
        "versionCode" => {
            for word in line.split_whitespace() {
                match word.split_once('=') {
                    Some(("versionCode", code)) => package.version_code = code.parse().ok(),
                    Some(("minSdk", sdk)) => package.min_sdk = Some(sdk),
                    Some(("targetSdk", sdk)) => package.target_sdk = Some(sdk),
                    _ => {}
                }
            }
        }
        "versionName" => package.version_name = stated(value),
        "flags" => package.flags = Some(words(value).collect()),
        "privateFlags" => package.private_flags = Some(words(value).collect()),
        "installerPackageName" => package.installer = stated(value),
        "splits" => package.splits = words(value).filter(|split| *split != "base").collect(),
        _ => {}
    }
}

/// The words of `[ A B ]` or `[base, config.en]`.
fn words(list: &str) -> impl Iterator<Item = &str> {
    let inside = list.trim_start_matches('[').trim_end_matches(']');
    inside
        .split([' ', ',', '|'])
        .filter(|word| !word.is_empty())
        .map(|word| word.split(':').next().unwrap_or(word))
}

/// Java prints `null` for what is not there.
fn stated(value: &str) -> Option<&str> {
    (!value.is_empty() && value != "null").then_some(value)
}

fn user<'a>(id: u32, rest: &'a str, head: Line<'a>, lines: &mut Lines<'a>) -> UserLine<'a> {
    let mut user = UserLine { id, ..UserLine::default() };
    states(&mut user, rest);
    while let Some(line) = lines.inside(head.indent) {
        let into = match line.text {
            "disabledComponents:" => &mut user.disabled_components,
            "enabledComponents:" => &mut user.enabled_components,
            // Some makers break the line of the states.
            text if !text.contains(':') => {
                states(&mut user, text);
                continue;
            }
            _ => continue,
        };
        while let Some(item) = lines.inside(line.indent) {
            into.push(item.text);
        }
    }
    user
}

/// Reads `installed=true hidden=false …`; the first word of a kind stands.
fn states(user: &mut UserLine<'_>, text: &str) {
    for word in text.split_ascii_whitespace() {
        let Some((key, value)) = word.split_once('=') else { continue };
        let truth = || value.parse().ok();
        match key {
            "installed" => user.installed = user.installed.or_else(truth),
            "hidden" => user.hidden = user.hidden.or_else(truth),
            "suspended" => user.suspended = user.suspended.or_else(truth),
            "stopped" => user.stopped = user.stopped.or_else(truth),
            "enabled" => user.enabled = user.enabled.or_else(|| value.parse().ok()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKAGE: &str = "  Package [com.x] (1a2b):\n    appId=10012\n    sharedUser=SharedUserSetting{1 android.uid.x/10012}\n\
        \x20   codePath=/system/app/X\n    versionCode=24 minSdk=21 targetSdk=25\n    versionName=7.0\n    splits=[base, config.en]\n\
        \x20   flags=[ SYSTEM HAS_CODE ]\n    privateFlags=[ PRIVILEGED ]\n    installerPackageName=null\n\
        \x20   requested permissions:\n      android.permission.A\n      android.permission.B: restricted=true\n\
        \x20   install permissions:\n      android.permission.C: granted=true\n\
        \x20   User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=true notLaunched=false enabled=3 instant=false\n\
        \x20     gids=[3003]\n      runtime permissions:\n        android.permission.A: granted=false\n\
        \x20     disabledComponents:\n        com.x.A\n        com.x.B\n      enabledComponents:\n        com.x.C\n\
        \x20   User 10: installed=false\n  Package [com.y] (2):\n    codePath=/data/app/com.y\n";

    #[test]
    fn a_package_is_read_with_its_users() {
        let mut packages = Vec::new();
        section(&mut Lines::of(PACKAGE), &mut packages);
        let [x, y] = &packages[..] else { panic!("{packages:?}") };
        assert_eq!((x.name, x.app_id, x.shared_user), ("com.x", Some(10012), Some("android.uid.x")));
        assert_eq!((x.version_code, x.min_sdk, x.target_sdk), (Some(24), Some("21"), Some("25")));
        assert_eq!((x.has_flag("SYSTEM"), x.has_flag("UPDATED_SYSTEM_APP")), (Some(true), Some(false)));
        assert_eq!((x.installer, &x.splits[..]), (None, &["config.en"][..]));
        assert_eq!(x.requested.as_deref(), Some(&["android.permission.A", "android.permission.B"][..]));
        let [owner, work] = &x.users[..] else { panic!("{:?}", x.users) };
        assert_eq!((owner.installed, owner.stopped, owner.enabled), (Some(true), Some(true), Some(3)));
        assert_eq!(owner.disabled_components, ["com.x.A", "com.x.B"]);
        assert_eq!(owner.enabled_components, ["com.x.C"]);
        assert_eq!((work.id, work.installed, work.enabled), (10, Some(false), None));
        assert_eq!((y.name, y.code_path, y.flags.as_ref()), ("com.y", Some("/data/app/com.y"), None));
    }
}
