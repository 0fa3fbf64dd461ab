//! What every reader must agree on before its time counts: package name, version and permissions.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use apk_info::Apk;
use keepone::source::apk::{Wanted, read};
use keepone::source::snapshot::Stated;

/// The answer of one reader about one APK.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// `manifest/@package`.
    pub package: String,
    /// `versionCode` as a decimal number.
    pub version_code: Option<String>,
    /// `versionName`.
    pub version_name: Option<String>,
    /// `uses-permission` and `uses-permission-sdk-23`.
    pub permissions: BTreeSet<String>,
}

impl Answer {
    /// Says where two readers differ; `None` when they agree. A version name that one of them gives as a reference is
    /// not compared: the other resolved it.
    pub fn difference(&self, other: &Self) -> Option<String> {
        let is_reference = |name: &Option<String>| name.as_deref().is_some_and(|name| name.starts_with('@'));
        let resolved = is_reference(&self.version_name) || is_reference(&other.version_name);
        if self.package != other.package {
            Some(format!("package {:?} and {:?}", self.package, other.package))
        } else if self.version_code != other.version_code {
            Some(format!("version code {:?} and {:?}", self.version_code, other.version_code))
        } else if !resolved && self.version_name != other.version_name {
            Some(format!("version name {:?} and {:?}", self.version_name, other.version_name))
        } else if self.permissions != other.permissions {
            let only: Vec<&String> = self.permissions.symmetric_difference(&other.permissions).collect();
            Some(format!("permissions, not in both: {only:?}"))
        } else {
            None
        }
    }
}

/// Asks `KeepOne`.
///
/// # Errors
/// Why it could not read the APK.
pub fn keepone(path: &Path) -> Result<Answer, String> {
    let facts = read(path, Wanted::default()).map_err(|reason| format!("{reason:?}"))?.facts;
    let low = facts.version_code.and_then(|code| u32::try_from(code & 0xffff_ffff).ok());
    Ok(Answer {
        package: facts.name.to_string(),
        version_code: low.map(|code| code.cast_signed().to_string()),
        version_name: facts.version_name.map(|name| match name {
            Stated::Value(name) => name,
            Stated::Reference { reference } => reference,
        }),
        permissions: facts.permissions.into_iter().collect(),
    })
}

/// Asks apk-info.
///
/// # Errors
/// Why it could not read the APK.
pub fn apk_info(path: &Path) -> Result<Answer, String> {
    let apk = Apk::new(path).map_err(|error| error.to_string())?;
    Ok(Answer {
        package: apk.get_package_name().unwrap_or_default(),
        version_code: apk.get_version_code(),
        version_name: apk.get_version_name(),
        permissions: apk.get_permissions().chain(apk.get_permissions_sdk23()).map(str::to_owned).collect(),
    })
}

/// Asks aapt2 for the whole manifest, and takes the answer out of what it prints.
///
/// # Errors
/// When aapt2 is not installed, or refuses the APK.
pub fn aapt2(path: &Path) -> Result<Answer, String> {
    let output = aapt2_command(path).output().map_err(|error| format!("failed to run aapt2: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let mut answer = Answer::default();
    let mut element = "";
    for line in text.lines().map(str::trim_start) {
        if let Some(begun) = line.strip_prefix("E: ") {
            element = begun.split(' ').next().unwrap_or_default();
        } else if let Some(attribute) = line.strip_prefix("A: ") {
            answer.take(element, attribute);
        }
    }
    Ok(answer)
}

impl Answer {
    /// Takes what an attribute as aapt2 prints it adds: `name(number)=value`, the name with its namespace in front.
    fn take(&mut self, element: &str, attribute: &str) {
        let Some((name, value)) = attribute.split_once('=') else { return };
        let name = name.split('(').next().unwrap_or_default();
        let value = match value.strip_prefix('"') {
            Some(text) => text.split("\" (Raw: ").next().unwrap_or(text).trim_end_matches('"'),
            None => value,
        };
        let is = |wanted: &str| name.rsplit(':').next() == Some(wanted);
        match element {
            "manifest" if name == "package" => value.clone_into(&mut self.package),
            "manifest" if is("versionCode") => self.version_code = Some(value.to_owned()),
            "manifest" if is("versionName") => self.version_name = Some(value.to_owned()),
            "uses-permission" | "uses-permission-sdk-23" if is("name") => {
                self.permissions.insert(value.to_owned());
            }
            _ => {}
        }
    }
}

/// The command that prints a whole manifest. It resolves nothing, which is the quickest that aapt2 can do.
pub fn aapt2_command(path: &Path) -> Command {
    let mut command = Command::new("aapt2");
    command.args(["dump", "xmltree", "--file", "AndroidManifest.xml"]).arg(path);
    command
}
