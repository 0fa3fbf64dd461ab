//! `package-restrictions.xml` of one user (`com.android.server.pm.Settings.writePackageRestrictionsLPr`).

use std::collections::{BTreeMap, BTreeSet};

use crate::source::adb::settings::walk;
use crate::source::tree::xml::{Element, Visit};
use crate::source::unread::UnreadReason;

/// What the file says of one user's packages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restrictions {
    /// Packages whose uninstalling is blocked for the user.
    pub blocked: BTreeSet<String>,
    /// Packages that are not installed for the user.
    pub not_installed: BTreeSet<String>,
    /// The enabled state of whole packages, where it is not the default.
    pub enabled: BTreeMap<String, u8>,
}

/// Reads the file, in either form.
///
/// # Errors
/// When it is malformed.
pub fn restrictions(bytes: &[u8]) -> Result<Restrictions, UnreadReason> {
    let mut restrictions = Restrictions::default();
    walk(bytes, &mut restrictions)?;
    Ok(restrictions)
}

impl Visit for Restrictions {
    fn open(&mut self, element: &Element<'_>) {
        match (element.around.last().map(String::as_str), element.name) {
            (Some("package-restrictions"), "pkg") => {
                let Some(name) = element.attribute("name") else { return };
                if element.attribute("inst") == Some("false") {
                    self.not_installed.insert(name.to_owned());
                }
                if let Some(enabled) = element.attribute("enabled").and_then(|enabled| enabled.parse().ok()) {
                    self.enabled.insert(name.to_owned(), enabled);
                }
            }
            (Some("block-uninstall-packages"), "block-uninstall") => {
                self.blocked.extend(element.attribute("packageName").map(str::to_owned));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<package-restrictions>\n\
        <pkg name=\"a.b\" inst=\"false\" />\n<pkg name=\"c.d\" enabled=\"3\"><disabled-components><item name=\"c.d.E\" /></disabled-components></pkg>\n\
        <preferred-activities />\n<block-uninstall-packages>\n<block-uninstall packageName=\"e.f\" />\n</block-uninstall-packages>\n</package-restrictions>\n";

    #[test]
    fn both_forms_say_the_same() {
        let read = restrictions(TEXT.as_bytes()).unwrap();
        assert_eq!(read.blocked, BTreeSet::from(["e.f".to_owned()]));
        assert_eq!(read.not_installed, BTreeSet::from(["a.b".to_owned()]));
        assert_eq!(read.enabled, BTreeMap::from([("c.d".to_owned(), 3)]));
        assert_eq!(restrictions(&android_abx::xml_to_abx(TEXT).unwrap()).unwrap(), read);
    }

    #[test]
    fn a_file_that_stops_early_is_malformed() {
        let binary = android_abx::xml_to_abx(TEXT).unwrap();
        for bytes in [&TEXT.as_bytes()[..TEXT.len() / 2], &binary[..binary.len() / 2], b"", b"ABX\0"] {
            assert!(restrictions(bytes).is_err());
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(mut bytes: Vec<u8>) {
            let _ = restrictions(&bytes);
            bytes.splice(0..0, *b"ABX\0");
            let _ = restrictions(&bytes);
        }
    }
}
