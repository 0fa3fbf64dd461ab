//! Property files, configuration and makers' lists that say what the facts say.

use std::collections::BTreeMap;
use std::fmt::Write;

use keepone::source::snapshot::{Preferred, Snapshot, Statement, StatementKind};

/// The text of each file, by its path on the device.
pub(crate) fn files(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (name, property) in &snapshot.device.properties {
        let _ = writeln!(files.entry(property.path.clone()).or_default(), "{name}={}", property.value);
    }
    for layer in &snapshot.profile_layers {
        files.insert(layer.path.clone(), layer.text.clone());
    }
    // Of makers' lists only those of plain lines can be written without knowing them.
    for list in &snapshot.maker_lists {
        let lines: Vec<&str> = list.entries.iter().map(|entry| entry.subject.as_str()).collect();
        files.insert(list.path.clone(), lines.join("\n") + "\n");
    }
    let mut said: BTreeMap<&String, Vec<&Statement>> = BTreeMap::new();
    for statement in &snapshot.system_config.statements {
        said.entry(&statement.path).or_default().push(statement);
    }
    for (path, statements) in said {
        let root = if path.contains("/default-permissions/") { "exceptions" } else { "config" };
        let elements: String = statements.iter().map(|statement| element(statement)).collect();
        files.insert(path.clone(), format!("<?xml version=\"1.0\"?>\n<{root}>\n{elements}</{root}>\n"));
    }
    let mut preferred: BTreeMap<&String, String> = BTreeMap::new();
    for one in &snapshot.system_config.preferred {
        preferred.entry(&one.path).or_default().push_str(&item(one));
    }
    for (path, items) in preferred {
        files.insert(path.clone(), format!("<preferred-activities>\n{items}</preferred-activities>\n"));
    }
    files
}

/// One statement as an element of its own.
fn element(statement: &Statement) -> String {
    let package = escaped(&statement.package);
    let of = statement.of.as_deref().map(escaped);
    let of = of.as_deref().unwrap_or_default();
    let around =
        |element: &str, inner: &str| format!("<{element} package=\"{package}\"><{inner}/></{element}>\n");
    match statement.says {
        StatementKind::PrivappPermission => {
            around("privapp-permissions", &format!("permission name=\"{of}\""))
        }
        StatementKind::PrivappPermissionDenied => {
            around("privapp-permissions", &format!("deny-permission name=\"{of}\""))
        }
        StatementKind::DefaultPermission => {
            around("exception", &format!("permission name=\"{of}\" fixed=\"false\""))
        }
        StatementKind::ComponentEnabled => {
            around("component-override", &format!("component class=\"{of}\" enabled=\"true\""))
        }
        StatementKind::ComponentDisabled => {
            around("component-override", &format!("component class=\"{of}\" enabled=\"false\""))
        }
        StatementKind::InstallInUserType => {
            around("install-in-user-type", &format!("install-in user-type=\"{of}\""))
        }
        StatementKind::DoNotInstallInUserType => {
            around("install-in-user-type", &format!("do-not-install-in user-type=\"{of}\""))
        }
        StatementKind::PreventDisable => format!("<prevent-disable package=\"{package}\"/>\n"),
        StatementKind::InitialState => {
            let stopped =
                of.strip_prefix("stopped=").map(|value| format!(" stopped=\"{value}\"")).unwrap_or_default();
            format!("<initial-package-state package=\"{package}\"{stopped}/>\n")
        }
        StatementKind::DisabledUntilUsed if of.is_empty() => {
            format!("<disabled-until-used-preinstalled-carrier-app package=\"{package}\"/>\n")
        }
        StatementKind::DisabledUntilUsed => format!(
            "<disabled-until-used-preinstalled-carrier-associated-app package=\"{package}\" carrierAppPackage=\"{of}\"/>\n"
        ),
        StatementKind::DisabledInSku => format!("<disabled-in-sku package=\"{package}\"/>\n"),
        StatementKind::AllowInPowerSave | StatementKind::SystemUserList => {
            format!("<{of} package=\"{package}\"/>\n")
        }
    }
}

/// A preferred activity.
fn item(preferred: &Preferred) -> String {
    let mut item = format!("<item name=\"{}\"><filter>", escaped(&preferred.component));
    for (element, attribute, values) in [
        ("action", "name", &preferred.actions),
        ("cat", "name", &preferred.categories),
        ("scheme", "name", &preferred.schemes),
        ("type", "name", &preferred.types),
    ] {
        for value in values {
            let _ = write!(item, "<{element} {attribute}=\"{}\"/>", escaped(value));
        }
    }
    item + "</filter></item>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
