//! Reads a maker's own word about the function of its apps: `etc/keepone/functions.toml` of any partition. Takes the
//! bytes of one file, gives the claims and the mistakes; never checks a claim against facts.
//!
//! ```toml
//! schema-version = 1
//!
//! [[function]]
//! package = "com.example.dialer"
//! groups = ["phone-calls", "contacts"]
//! ```
//!
//! An empty list of groups says that the app serves none.

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::{Group, PackageName};
use crate::source::snapshot::Claim;
use crate::source::tree::xml::newlines;
use crate::source::unread::UnreadReason;

/// The version of the format that is read.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawFile {
    schema_version: u32,
    #[serde(default)]
    function: Vec<RawFunction>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawFunction {
    package: Spanned<String>,
    groups: Vec<Spanned<String>>,
}

/// What one file says.
#[derive(Debug, Default)]
pub struct Said {
    /// The claims, in the file's order.
    pub claims: Vec<Claim>,
    /// Entries that name no package or no function group.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one file that lies at `path` on the device.
///
/// # Errors
/// Text that is no TOML of this form, with the line; a newer version of it.
pub fn parse(bytes: &[u8], path: &str) -> Result<Said, UnreadReason> {
    let text =
        std::str::from_utf8(bytes).map_err(|error| malformed(bytes, error.valid_up_to(), "UTF-8 text"))?;
    let raw: RawFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        malformed(bytes, at, error.message())
    })?;
    if raw.schema_version != SCHEMA_VERSION {
        let what =
            format!("functions.toml of schema-version {}, read is {SCHEMA_VERSION}", raw.schema_version);
        return Err(UnreadReason::Unsupported { what });
    }
    let mut said = Said::default();
    for function in raw.function {
        claim(&function, bytes, path, &mut said);
    }
    Ok(said)
}

/// Checks one entry. A claim with an unknown group is kept with the groups that are known.
fn claim(function: &RawFunction, bytes: &[u8], path: &str, said: &mut Said) {
    let mut fault = |value: &Spanned<String>, code| {
        let (at, detail) = (line(bytes, value.span().start), value.get_ref().clone());
        said.diagnostics.push(Diagnostic { path: path.to_owned(), at, code, detail });
    };
    let Ok(package) = PackageName::new(function.package.get_ref()) else {
        return fault(&function.package, DiagnosticCode::NotAPackageName);
    };
    let mut groups = Vec::new();
    for id in &function.groups {
        match Group::from_id(id.get_ref()) {
            Some(group) => groups.push(group),
            None => fault(id, DiagnosticCode::UnknownGroup),
        }
    }
    if groups.is_empty() && !function.groups.is_empty() {
        // "None of these groups exists" is not "it serves no group".
        return;
    }
    said.claims.push(Claim { package, groups, path: path.to_owned() });
}

/// Says that a TOML file is malformed at a byte.
pub(super) fn malformed(bytes: &[u8], at: usize, expected: &str) -> UnreadReason {
    UnreadReason::Malformed { part: "toml".to_owned(), at: line(bytes, at), expected: expected.to_owned() }
}

/// The line of a byte offset, counted from 1.
fn line(bytes: &[u8], at: usize) -> u64 {
    newlines(bytes.get(..at).unwrap_or(bytes)).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Said {
        parse(text.as_bytes(), "/product/etc/keepone/functions.toml").unwrap()
    }

    fn problems(said: &Said) -> Vec<(u64, DiagnosticCode)> {
        said.diagnostics.iter().map(|problem| (problem.at, problem.code)).collect()
    }

    #[test]
    fn an_empty_list_says_the_app_serves_no_group() {
        let said = said("schema-version = 1\n[[function]]\npackage = 'com.a'\ngroups = []\n");
        let groups: Vec<&[Group]> = said.claims.iter().map(|claim| claim.groups.as_slice()).collect();
        assert_eq!(groups, [&[]]);
    }

    #[test]
    fn a_claim_of_unknown_groups_only_is_none() {
        let said = said("schema-version = 1\n[[function]]\npackage = 'com.a'\ngroups = ['x']\n");
        assert!(said.claims.is_empty());
        assert_eq!(problems(&said), [(4, DiagnosticCode::UnknownGroup)]);
    }

    #[test]
    fn a_package_that_is_none_is_told_with_its_line() {
        let said = said("schema-version = 1\n\n[[function]]\npackage = '$(x)'\ngroups = ['browser']\n");
        assert!(said.claims.is_empty());
        assert_eq!(problems(&said), [(4, DiagnosticCode::NotAPackageName)]);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = parse(&bytes, "/x");
        }

        #[test]
        fn arbitrary_values_never_panic(package in ".{0,9}", group in ".{0,9}") {
            let text = format!("schema-version = 1\n[[function]]\npackage = {package:?}\ngroups = [{group:?}]\n");
            let _ = parse(text.as_bytes(), "/x");
        }
    }
}
