//! Reads `etc/permissions`, `etc/sysconfig` and `etc/default-permissions` files. Takes the bytes of one file, gives the
//! statements about packages; never judges them.
//!
//! The tags are those of `com.android.server.SystemConfig.readPermissionsFromXml` (root `<permissions>` or `<config>`)
//! and `DefaultPermissionGrantPolicy.parse` (root `<exceptions>`). Which tags the platform honours depends on the
//! partition (`/oem` may not grant privileged permissions, say) and on the release; here every statement is kept with
//! its file, and the reader of the statement can tell the partition from the path. Tags that say nothing about one
//! package (features, libraries, groups) and makers' own roots are passed over.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::PackageName;
use crate::source::snapshot::{Statement, StatementKind};
use crate::source::tree::xml::{self, Element, Visit};
use crate::source::unread::UnreadReason;

/// What one file says.
#[derive(Debug, Default)]
pub struct Said {
    /// The statements, in the file's order.
    pub statements: Vec<Statement>,
    /// Elements that should name a package and do not.
    pub diagnostics: Vec<Diagnostic>,
    /// Why the rest of the file was not read.
    pub fault: Option<UnreadReason>,
}

/// Reads one file that lies at `path` on the device.
pub fn parse(bytes: &[u8], path: &str) -> Said {
    let mut reader = Statements { path, said: Said::default(), package: None };
    let fault = xml::walk(bytes, &mut reader).err();
    Said { fault, ..reader.said }
}

/// Collects statements while the file is walked.
struct Statements<'a> {
    path: &'a str,
    said: Said,
    /// The package of the element around, for tags whose children speak of it.
    package: Option<String>,
}

impl Visit for Statements<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let around: Vec<&str> = element.around.iter().map(String::as_str).collect();
        match around.as_slice() {
            ["permissions" | "config"] => self.top(element),
            ["permissions" | "config", parent] => self.inner(parent, element),
            ["exceptions"] if element.name == "exception" => self.package = self.package_of(element),
            ["exceptions", "exception"] if element.name == "permission" => {
                self.say(StatementKind::DefaultPermission, element.attribute("name"));
            }
            _ => {}
        }
    }
}

impl Statements<'_> {
    /// An element directly below the root.
    fn top(&mut self, element: &Element<'_>) {
        use StatementKind as Kind;
        let (kind, of) = match element.name {
            "privapp-permissions" | "install-in-user-type" | "component-override" => {
                self.package = self.package_of(element);
                return;
            }
            "prevent-disable" => (Kind::PreventDisable, None),
            "initial-package-state" => {
                let stopped = element.attribute("stopped").map(|value| format!("stopped={value}"));
                (Kind::InitialState, stopped)
            }
            "disabled-until-used-preinstalled-carrier-app" => (Kind::DisabledUntilUsed, None),
            "disabled-until-used-preinstalled-carrier-associated-app" => {
                (Kind::DisabledUntilUsed, element.attribute("carrierAppPackage").map(str::to_owned))
            }
            "disabled-in-sku" => (Kind::DisabledInSku, None),
            "allow-in-power-save" | "allow-in-power-save-except-idle" | "allow-in-data-usage-save" => {
                (Kind::AllowInPowerSave, Some(element.name.to_owned()))
            }
            "system-user-blacklisted-app" | "system-user-whitelisted-app" => {
                (Kind::SystemUserList, Some(element.name.to_owned()))
            }
            _ => return,
        };
        self.package = self.package_of(element);
        self.say(kind, of.as_deref());
        self.package = None;
    }

    /// An element one level further down.
    fn inner(&mut self, parent: &str, element: &Element<'_>) {
        use StatementKind as Kind;
        match (parent, element.name) {
            ("privapp-permissions", "permission") => {
                self.say(Kind::PrivappPermission, element.attribute("name"));
            }
            ("privapp-permissions", "deny-permission") => {
                self.say(Kind::PrivappPermissionDenied, element.attribute("name"));
            }
            ("install-in-user-type", "install-in") => {
                self.say(Kind::InstallInUserType, element.attribute("user-type"));
            }
            ("install-in-user-type", "do-not-install-in") => {
                self.say(Kind::DoNotInstallInUserType, element.attribute("user-type"));
            }
            ("component-override", "component") => self.component(element),
            _ => {}
        }
    }

    /// `<component class="…" enabled="…">`; a class that starts with a dot belongs to the package
    /// (`SystemConfig.readComponentOverrides`).
    fn component(&mut self, element: &Element<'_>) {
        let Some(package) = self.package.clone() else { return };
        let enabled = element.attribute("enabled").unwrap_or_default();
        if !matches!(enabled, "true" | "false") {
            self.fault(DiagnosticCode::BadValue, &format!("enabled={enabled}"), element);
        }
        // The platform takes every word but `false` for true.
        let kind = if enabled == "false" {
            StatementKind::ComponentDisabled
        } else {
            StatementKind::ComponentEnabled
        };
        let class = element
            .attribute("class")
            .map(|class| if class.starts_with('.') { format!("{package}{class}") } else { class.to_owned() });
        self.say(kind, class.as_deref());
    }

    /// The `package` attribute, when it is a package name.
    fn package_of(&mut self, element: &Element<'_>) -> Option<String> {
        match element.attribute("package") {
            Some(name) if PackageName::new(name).is_ok() => Some(name.to_owned()),
            Some(name) => {
                self.fault(DiagnosticCode::NotAPackageName, name, element);
                None
            }
            None => {
                self.fault(
                    DiagnosticCode::LineNotUnderstood,
                    &format!("<{}> without package", element.name),
                    element,
                );
                None
            }
        }
    }

    fn say(&mut self, says: StatementKind, of: Option<&str>) {
        if let Some(package) = self.package.clone() {
            let of = of.map(str::to_owned);
            self.said.statements.push(Statement { package, says, of, path: self.path.to_owned() });
        }
    }

    fn fault(&mut self, code: DiagnosticCode, detail: &str, element: &Element<'_>) {
        let (path, detail) = (self.path.to_owned(), detail.to_owned());
        self.said.diagnostics.push(Diagnostic { path, at: element.line, code, detail });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            parse(&bytes, "/x.xml");
        }

        #[test]
        fn arbitrary_elements_never_panic(text in "(<(config|permissions|component-override|component|exceptions|exception|permission)( (package|name|enabled|class)=(\"[a-z./&;<]{0,6}\"|x))*/?>|</(config|permissions)>|[ \n&]){0,12}") {
            parse(text.as_bytes(), "/x.xml");
        }
    }
}
