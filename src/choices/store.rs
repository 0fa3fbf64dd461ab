//! The file of one user's choices.
//!
//! Written whole into a temporary file, made durable, then renamed over the old one: at every moment one whole file stands,
//! the old one or the new one (POSIX `rename`).

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::enforce::Purpose;
use crate::enforce::journal::{Change, store::sync_folder, unusable};
use crate::failure::{Failure, FailureCode};
use crate::language::Text;
use crate::package::PackageName;

/// The schema version that is written, and the newest that is read.
pub const SCHEMA_VERSION: u32 = 1;

/// The largest file that is read, in bytes: ten thousand choices take a fifth of it.
const LARGEST: u64 = 8 << 20;

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Choice {
    /// The package.
    pub package: PackageName,
    /// The area, `auto-start`. An area that this version does not know is kept.
    pub area: String,
    /// The switch, `self-start`.
    pub switch: String,
    /// How it is to stand.
    pub wanted: Wanted,
    /// When the user chose, RFC 3339.
    pub when: String,
}

impl Choice {
    /// Returns whether a change was made for the switch that this is about.
    pub(super) fn is_about(&self, change: &Change) -> bool {
        change.package == self.package
            && matches!(&change.purpose, Purpose::Switch { area, switch }
                if *area == self.area && *switch == self.switch)
    }
}

/// How a switch is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// The app may.
    On,
    /// The app may not.
    Off,
}

/// All choices of one user of the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Choices {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The user of the phone.
    pub user: u32,
    /// The choices, by package, area and switch; one for each switch.
    pub choices: Vec<Choice>,
}

/// What a file of any version says first.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Version {
    schema_version: u32,
}

impl Choices {
    /// No choices yet.
    pub const fn none(user: u32) -> Self {
        Self { schema_version: SCHEMA_VERSION, user, choices: Vec::new() }
    }

    /// Reads the choices of a user; a file that is not there holds none.
    ///
    /// # Errors
    /// When the file cannot be read, is of a newer version, is damaged, or belongs to another user.
    pub fn read(path: &Path, user: u32) -> Result<Self, Failure> {
        const DAMAGED: Text = Text::new(
            "{path} is no file of choices; it is left as it is: {error}",
            "{path} 不是有效的用户选择文件，已保留原样：{error}",
        );
        const NEWER: Text = Text::new(
            "{path} was written by a newer version (schema {version}); it is left as it is",
            "{path} 由更新的版本写入（格式 {version}），已保留原样",
        );
        const OTHER: Text = Text::new(
            "{path} holds the choices of user {user}; it is left as it is",
            "{path} 属于用户 {user}，已保留原样",
        );
        let mut bytes = Vec::new();
        match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::none(user)),
            Err(error) => return Err(unusable(path, &error)),
            Ok(file) => {
                file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| unusable(path, &error))?;
            }
        }
        if bytes.len() as u64 > LARGEST {
            return Err(unusable(path, &io::ErrorKind::FileTooLarge.into()));
        }
        let shown = crate::escape::shown(&path.to_string_lossy());
        let damaged = |error: serde_json::Error| {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &shown), ("error", &error)];
            Failure::new(FailureCode::BadInput, DAMAGED, &values)
        };
        let version: Version = serde_json::from_slice(&bytes).map_err(damaged)?;
        if version.schema_version > SCHEMA_VERSION {
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("path", &shown), ("version", &version.schema_version)];
            return Err(Failure::new(FailureCode::NewerVersion, NEWER, &values));
        }
        let choices: Self = serde_json::from_slice(&bytes).map_err(damaged)?;
        if choices.user != user {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &shown), ("user", &choices.user)];
            return Err(Failure::new(FailureCode::BadInput, OTHER, &values));
        }
        Ok(choices)
    }

    /// Writes the choices; until the last moment the file before stands.
    ///
    /// # Errors
    /// When that fails; the file before then stands.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".new");
        let new = path.with_file_name(name);
        let written = serde_json::to_vec_pretty(self).map_err(io::Error::other).and_then(|bytes| {
            let mut file = File::create(&new)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&new, path)?;
            sync_folder(path)
        });
        written.map_err(|error| unusable(path, &error))
    }

    /// Remembers a choice; returns the one it replaces.
    pub fn set(&mut self, choice: Choice) -> Option<Choice> {
        let replaced = self.remove(&choice.package, &choice.area, &choice.switch);
        self.choices.push(choice);
        self.choices.sort();
        replaced
    }

    /// Forgets a choice and returns it.
    pub fn remove(&mut self, package: &PackageName, area: &str, switch: &str) -> Option<Choice> {
        let of =
            |choice: &Choice| choice.package == *package && choice.area == area && choice.switch == switch;
        let at = self.choices.iter().position(of)?;
        Some(self.choices.remove(at))
    }

    /// Returns the packages that choices are about, each once.
    pub fn packages(&self) -> Vec<PackageName> {
        let mut packages: Vec<PackageName> =
            self.choices.iter().map(|choice| choice.package.clone()).collect();
        packages.dedup();
        packages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(package: &str, switch: &str, wanted: Wanted) -> Choice {
        Choice {
            package: PackageName::new(package).unwrap(),
            area: "auto-start".to_owned(),
            switch: switch.to_owned(),
            wanted,
            when: "2026-11-24T00:00:00Z".to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_and_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choices-0.json");
        let mut choices = Choices::read(&path, 0).unwrap();
        assert_eq!(choices.set(choice("b.b", "self-start", Wanted::Off)), None);
        assert_eq!(choices.set(choice("a.a", "self-start", Wanted::Off)), None);
        choices.write(&path).unwrap();
        assert_eq!(Choices::read(&path, 0).unwrap(), choices);
        let replaced = choices.set(choice("a.a", "self-start", Wanted::On));
        assert_eq!(replaced.unwrap().wanted, Wanted::Off);
        choices.write(&path).unwrap();
        assert_eq!(Choices::read(&path, 0).unwrap().choices.len(), 2);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
        assert_eq!(choices.packages().len(), 2);
    }

    #[test]
    fn a_newer_damaged_or_foreign_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choices-0.json");
        let rows = [
            (r#"{"schema-version":2,"user":0,"teleport":true}"#, "newer-version"),
            (r#"{"schema-version":1,"user":0,"choices":[{"package":"a b"}]}"#, "bad-input"),
            (r#"{"schema-version":1,"user":0,"cho"#, "bad-input"),
            (r#"{"schema-version":1,"user":10,"choices":[]}"#, "bad-input"),
            ("", "bad-input"),
        ];
        for (text, code) in rows {
            fs::write(&path, text).unwrap();
            assert_eq!(Choices::read(&path, 0).unwrap_err().code.id(), code, "{text}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn what_a_death_left_half_written_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("choices-0.json");
        let mut choices = Choices::none(0);
        choices.set(choice("a.a", "self-start", Wanted::Off));
        choices.write(&path).unwrap();
        fs::write(folder.path().join("choices-0.json.new"), b"{\"schema-ver").unwrap();
        assert_eq!(Choices::read(&path, 0).unwrap(), choices);
        choices.write(&path).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
