//! `packages.xml` (`com.android.server.pm.Settings.writeLPr`): every package with its place, version and flags.

use crate::source::adb::settings::walk;
use crate::source::tree::xml::{Element, Visit};
use crate::source::unread::UnreadReason;

/// `ApplicationInfo.FLAG_SYSTEM`.
const FLAG_SYSTEM: i64 = 1;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packages {
    /// The packages that run.
    pub packages: Vec<Kept>,
    /// The copies in the image of packages that run from an update.
    pub updated: Vec<Kept>,
    /// Shared users: id and name.
    pub shared_users: Vec<(u32, String)>,
    /// The API level that the file was written by.
    pub sdk: Option<u32>,
    /// The build it was written by.
    pub fingerprint: Option<String>,
    /// Elements that name no package.
    pub nameless: usize,
}

/// One package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its code path.
    pub code_path: Option<String>,
    /// Its version.
    pub version_code: Option<u64>,
    /// The user id that it shares, without the user.
    pub shared_user: Option<u32>,
    /// Whether it is a system app.
    pub system: Option<bool>,
    /// Who installed it.
    pub installer: Option<String>,
    /// The permissions it holds or, by later releases, asked for at install time.
    pub permissions: Vec<String>,
}

/// Reads the file, in either form.
///
/// # Errors
/// When it is malformed.
pub fn packages(bytes: &[u8]) -> Result<Packages, UnreadReason> {
    let mut packages = Packages::default();
    walk(bytes, &mut packages)?;
    Ok(packages)
}

impl Visit for Packages {
    fn open(&mut self, element: &Element<'_>) {
        let around: Vec<&str> = element.around.iter().map(String::as_str).collect();
        match (&around[..], element.name) {
            (["packages"], "package") => self.enter(element, false),
            (["packages"], "updated-package") => self.enter(element, true),
            (["packages"], "shared-user") => {
                let id = element.attribute("userId").and_then(|id| id.parse().ok());
                self.shared_users.extend(id.zip(element.attribute("name").map(str::to_owned)));
            }
            // The first stands for the internal storage.
            (["packages"], "version") => {
                let sdk = element.attribute("sdkVersion").and_then(|sdk| sdk.parse().ok());
                self.sdk = self.sdk.or(sdk);
                let print = element.attribute("fingerprint").map(str::to_owned);
                self.fingerprint = self.fingerprint.take().or(print);
            }
            (["packages"], "last-platform-version") => {
                self.sdk = self.sdk.or_else(|| element.attribute("internal")?.parse().ok());
            }
            (["packages", "package", "perms"], "item") => {
                if let Some(package) = self.packages.last_mut() {
                    package.permissions.extend(element.attribute("name").map(str::to_owned));
                }
            }
            _ => {}
        }
    }
}

impl Packages {
    fn enter(&mut self, element: &Element<'_>, is_updated: bool) {
        let Some(name) = element.attribute("name") else {
            self.nameless = self.nameless.saturating_add(1);
            return;
        };
        let number = |name: &str| element.attribute(name)?.parse::<i64>().ok();
        // `flags` before Android 6, which also had `system` for a while.
        let flags = number("publicFlags").or_else(|| number("flags"));
        let said = element.attribute("system").map(|said| said == "true");
        let system = flags.map(|flags| flags & FLAG_SYSTEM != 0).or(said);
        let kept = Kept {
            name: name.to_owned(),
            code_path: element.attribute("codePath").map(str::to_owned),
            version_code: number("version").and_then(|version| u64::try_from(version).ok()),
            shared_user: element.attribute("sharedUserId").and_then(|id| id.parse().ok()),
            system: if is_updated { Some(true) } else { system },
            installer: element.attribute("installer").map(str::to_owned),
            permissions: Vec::new(),
        };
        if is_updated { self.updated.push(kept) } else { self.packages.push(kept) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<packages>\n\
        <version sdkVersion=\"28\" databaseVersion=\"3\" fingerprint=\"a/b:9\" />\n\
        <package name=\"a.b\" codePath=\"/data/app/a.b-1==\" publicFlags=\"-1207386559\" version=\"27\" sharedUserId=\"1000\" installer=\"s.t\">\n\
        <perms><item name=\"p.Q\" granted=\"true\" flags=\"0\" /></perms></package>\n\
        <package codePath=\"/x\" />\n<updated-package name=\"a.b\" codePath=\"/system/app/B\" version=\"26\" />\n\
        <shared-user name=\"android.uid.system\" userId=\"1000\" />\n</packages>\n";

    #[test]
    fn both_forms_say_the_same() {
        let read = packages(TEXT.as_bytes()).unwrap();
        let [package] = &read.packages[..] else { panic!("{read:?}") };
        assert_eq!(
            (package.version_code, package.system, package.shared_user),
            (Some(27), Some(true), Some(1000))
        );
        assert_eq!(
            (&package.permissions[..], package.installer.as_deref()),
            (&["p.Q".to_owned()][..], Some("s.t"))
        );
        assert_eq!(read.updated[0].code_path.as_deref(), Some("/system/app/B"));
        assert_eq!((read.sdk, read.nameless), (Some(28), 1));
        assert_eq!(packages(&android_abx::xml_to_abx(TEXT).unwrap()).unwrap(), read);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(mut bytes: Vec<u8>) {
            let _ = packages(&bytes);
            bytes.splice(0..0, *b"ABX\0");
            let _ = packages(&bytes);
        }
    }
}
