//! Requests about choices, as JSON in and out: what the bridge and the command line call.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::choices::carry::{self, Imported};
use crate::choices::store::{Choice, Choices, Wanted};
use crate::choices::undone::take_back;
use crate::enforce::Journal;
use crate::failure::{self, Failure};
use crate::package::PackageName;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
enum Request {
    List {
        #[serde(default)]
        user: u32,
        #[serde(default)]
        package: Option<PackageName>,
    },
    Set {
        #[serde(default)]
        user: u32,
        package: PackageName,
        area: String,
        switch: String,
        wanted: Wanted,
        now: String,
    },
    Remove {
        #[serde(default)]
        user: u32,
        package: PackageName,
        area: String,
        switch: String,
    },
    /// Takes back the choices whose changes the last run of the journal undid.
    Undone {
        #[serde(default)]
        user: u32,
        journal: PathBuf,
    },
    Export {
        #[serde(default)]
        user: u32,
    },
    Import {
        #[serde(default)]
        user: u32,
        toml: String,
    },
}

/// What became of a request about choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ChoicesResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// The user of the phone.
    pub user: u32,
    /// The choices as they stand, or those of one package where it was asked for.
    pub choices: Vec<Choice>,
    /// The packages that choices are about.
    pub packages: Vec<PackageName>,
    /// For `export`: the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub toml: Option<String>,
    /// For `import`: what became of each item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Vec<Imported>>,
}

/// Answers a request about the choices at a path; gives a [`ChoicesResult`].
///
/// # Errors
/// A request that is not understood, a file that cannot be worked with; nothing is changed then.
pub fn choices(request: &[u8], path: &Path) -> Result<Vec<u8>, Failure> {
    let request: Request = failure::one_of(request)?;
    let user = match &request {
        Request::List { user, .. }
        | Request::Set { user, .. }
        | Request::Remove { user, .. }
        | Request::Undone { user, .. }
        | Request::Export { user }
        | Request::Import { user, .. } => *user,
    };
    let mut choices = Choices::read(path, user)?;
    let (mut toml, mut imported, mut only) = (None, None, None);
    match request {
        Request::List { package, .. } => only = package,
        Request::Set { package, area, switch, wanted, now, .. } => {
            choices.set(Choice { package, area, switch, wanted, when: now });
            choices.write(path)?;
        }
        Request::Remove { package, area, switch, .. } => {
            if choices.remove(&package, &area, &switch).is_some() {
                choices.write(path)?;
            }
        }
        Request::Undone { journal, .. } => {
            if take_back(&mut choices, Journal::open(&journal)?.history()) {
                choices.write(path)?;
            }
        }
        Request::Export { .. } => toml = Some(carry::export(&choices)?),
        Request::Import { toml, .. } => {
            imported = Some(carry::import(&mut choices, &toml)?);
            choices.write(path)?;
        }
    }
    failure::answer(&ChoicesResult {
        schema_version: 1,
        user,
        packages: choices.packages(),
        choices: choices
            .choices
            .into_iter()
            .filter(|choice| only.as_ref().is_none_or(|only| choice.package == *only))
            .collect(),
        toml,
        imported,
    })
}
