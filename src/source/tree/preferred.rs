//! Reads `etc/preferred-apps` files. Takes the bytes of one file, gives the preferred activities; never resolves them.
//!
//! Source of the form: `Settings.applyDefaultPreferredAppsLPw`, `PreferredComponent`, `IntentFilter.readFromXml`. One
//! `<item>` holds one filter.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::PackageName;
use crate::source::snapshot::Preferred;
use crate::source::tree::xml::{self, Element, Visit};
use crate::source::unread::UnreadReason;

/// What one file says.
#[derive(Debug, Default)]
pub struct Said {
    /// The preferred activities, in the file's order.
    pub preferred: Vec<Preferred>,
    /// Items that name no component.
    pub diagnostics: Vec<Diagnostic>,
    /// Why the rest of the file was not read.
    pub fault: Option<UnreadReason>,
}

/// Reads one file that lies at `path` on the device.
pub fn parse(bytes: &[u8], path: &str) -> Said {
    let mut reader = Items { path, said: Said::default(), item: None };
    let fault = xml::walk(bytes, &mut reader).err();
    Said { fault, ..reader.said }
}

/// Collects items while the file is walked.
struct Items<'a> {
    path: &'a str,
    said: Said,
    item: Option<Preferred>,
}

impl Visit for Items<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let around: Vec<&str> = element.around.iter().map(String::as_str).collect();
        match around.as_slice() {
            ["preferred-activities"] if element.name == "item" => self.item = self.start(element),
            ["preferred-activities", "item", "filter"] => {
                let (Some(item), Some(name)) = (&mut self.item, element.attribute("name")) else { return };
                match element.name {
                    "action" => item.actions.push(name.to_owned()),
                    "cat" => item.categories.push(name.to_owned()),
                    "scheme" => item.schemes.push(name.to_owned()),
                    "type" | "staticType" => item.types.push(whole_type(name)),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "item" {
            self.said.preferred.extend(self.item.take());
        }
    }
}

impl Items<'_> {
    fn start(&mut self, element: &Element<'_>) -> Option<Preferred> {
        let component = element.attribute("name").unwrap_or_default().trim();
        let package = component.split('/').next().unwrap_or_default();
        if PackageName::new(package).is_err() {
            self.said.diagnostics.push(Diagnostic {
                path: self.path.to_owned(),
                at: element.line,
                code: DiagnosticCode::NotAPackageName,
                detail: component.to_owned(),
            });
            return None;
        }
        Some(Preferred {
            package: package.to_owned(),
            component: component.to_owned(),
            actions: Vec::new(),
            categories: Vec::new(),
            schemes: Vec::new(),
            types: Vec::new(),
            path: self.path.to_owned(),
        })
    }
}

/// Android writes `image/*` as `image` and `*/*` as `*` when it stores a filter (`IntentFilter.addDataType`).
fn whole_type(name: &str) -> String {
    if name.contains('/') {
        name.to_owned()
    } else if name == "*" {
        "*/*".to_owned()
    } else {
        format!("{name}/*")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_item_without_a_component_is_told() {
        let said =
            parse(b"<preferred-activities>\n<item/><item name='x y/Z'/></preferred-activities>", "/x.xml");
        assert!(said.preferred.is_empty() && said.fault.is_none());
        let problems: Vec<_> =
            said.diagnostics.iter().map(|problem| (problem.at, problem.detail.as_str())).collect();
        assert_eq!(problems, [(2, ""), (2, "x y/Z")]);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            parse(&bytes, "/x.xml");
        }

        #[test]
        fn arbitrary_elements_never_panic(text in "(<(preferred-activities|item|filter|action|cat|type)( (package|name|enabled|class)=(\"[a-z./&;<]{0,6}\"|x))*/?>|</(config|item)>|[ \n&]){0,12}") {
            parse(text.as_bytes(), "/x.xml");
        }
    }
}
