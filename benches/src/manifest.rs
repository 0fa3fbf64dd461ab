//! Manifests made from facts: what a committed snapshot says of a package, written as a binary manifest again.

use keepone::source::snapshot::{
    Component, Filter, Label, MetaData, PackageFacts, PathMatch, Provider, Stated,
};

use crate::axml::{Element, Value, document};

const LABEL: u32 = 0x0101_0001;
const ICON: u32 = 0x0101_0002;
const NAME: u32 = 0x0101_0003;
const PERMISSION: u32 = 0x0101_0006;
const SHARED_USER_ID: u32 = 0x0101_000b;
const HAS_CODE: u32 = 0x0101_000c;
const PERSISTENT: u32 = 0x0101_000d;
const ENABLED: u32 = 0x0101_000e;
const EXPORTED: u32 = 0x0101_0010;
const AUTHORITIES: u32 = 0x0101_0018;
const PRIORITY: u32 = 0x0101_001c;
const TARGET_PACKAGE: u32 = 0x0101_0021;
const VALUE: u32 = 0x0101_0024;
const MIME_TYPE: u32 = 0x0101_0026;
const SCHEME: u32 = 0x0101_0027;
const HOST: u32 = 0x0101_0028;
const PATH: u32 = 0x0101_002a;
const PATH_PREFIX: u32 = 0x0101_002b;
const PATH_PATTERN: u32 = 0x0101_002c;
const TARGET_ACTIVITY: u32 = 0x0101_0202;
const MIN_SDK_VERSION: u32 = 0x0101_020c;
const VERSION_CODE: u32 = 0x0101_021b;
const VERSION_NAME: u32 = 0x0101_021c;
const TARGET_SDK_VERSION: u32 = 0x0101_0270;
const PATH_ADVANCED_PATTERN: u32 = 0x0101_0620;
const PATH_SUFFIX: u32 = 0x0101_061e;

/// Writes the manifest of a package.
pub fn manifest(facts: &PackageFacts) -> Vec<u8> {
    let mut root = Element::new("manifest");
    root.push("package", 0, Value::Text(facts.name.to_string()));
    if let Some(code) = facts.version_code.and_then(|code| u32::try_from(code & 0xffff_ffff).ok()) {
        root.push("versionCode", VERSION_CODE, Value::Integer(code.cast_signed()));
    }
    stated(&mut root, "versionName", VERSION_NAME, facts.version_name.as_ref());
    stated(&mut root, "sharedUserId", SHARED_USER_ID, facts.shared_user_id.as_ref());
    let mut sdk = Element::new("uses-sdk");
    stated(&mut sdk, "minSdkVersion", MIN_SDK_VERSION, facts.min_sdk.as_ref());
    stated(&mut sdk, "targetSdkVersion", TARGET_SDK_VERSION, facts.target_sdk.as_ref());
    root.children.push(sdk);
    root.children.extend(facts.features.iter().map(|name| named("uses-feature", name)));
    root.children.extend(facts.permissions.iter().map(|name| named("uses-permission", name)));
    if let Some(target) = &facts.overlay_target {
        let mut overlay = Element::new("overlay");
        overlay.push("targetPackage", TARGET_PACKAGE, Value::Text(target.clone()));
        root.children.push(overlay);
    }
    root.children.push(application(facts));
    document(&root)
}

fn application(facts: &PackageFacts) -> Element {
    let stated_here = &facts.application;
    let mut this = Element::new("application");
    label(&mut this, stated_here.label.as_ref());
    text(&mut this, "icon", ICON, stated_here.icon.as_deref());
    text(&mut this, "permission", PERMISSION, stated_here.permission.as_deref());
    truth(&mut this, "hasCode", HAS_CODE, stated_here.has_code.as_ref());
    truth(&mut this, "persistent", PERSISTENT, stated_here.persistent.as_ref());
    truth(&mut this, "enabled", ENABLED, stated_here.enabled.as_ref());
    this.children.extend(stated_here.meta_data.iter().map(meta_data));
    for activity in &facts.activities {
        let kind = if activity.alias_of.is_some() { "activity-alias" } else { "activity" };
        this.children.push(component(kind, activity));
    }
    this.children.extend(facts.receivers.iter().map(|receiver| component("receiver", receiver)));
    this.children.extend(facts.services.iter().map(|service| component("service", service)));
    this.children.extend(facts.providers.iter().map(provider));
    this
}

fn component(kind: &'static str, facts: &Component) -> Element {
    let mut this = named(kind, &facts.name);
    label(&mut this, facts.label.as_ref());
    text(&mut this, "permission", PERMISSION, facts.permission.as_deref());
    truth(&mut this, "enabled", ENABLED, facts.enabled.as_ref());
    truth(&mut this, "exported", EXPORTED, facts.exported.as_ref());
    text(&mut this, "targetActivity", TARGET_ACTIVITY, facts.alias_of.as_deref());
    this.children.extend(facts.filters.iter().map(filter));
    this.children.extend(facts.meta_data.iter().map(meta_data));
    this
}

fn provider(facts: &Provider) -> Element {
    let mut this = named("provider", &facts.name);
    text(&mut this, "permission", PERMISSION, facts.permission.as_deref());
    truth(&mut this, "enabled", ENABLED, facts.enabled.as_ref());
    truth(&mut this, "exported", EXPORTED, facts.exported.as_ref());
    this.push("authorities", AUTHORITIES, Value::Text(facts.authorities.join(";")));
    this
}

fn filter(facts: &Filter) -> Element {
    let mut this = Element::new("intent-filter");
    if facts.priority != 0 {
        this.push("priority", PRIORITY, Value::Integer(facts.priority));
    }
    this.children.extend(facts.actions.iter().map(|name| named("action", name)));
    this.children.extend(facts.categories.iter().map(|name| named("category", name)));
    let data = |name, id, value: &str| {
        let mut data = Element::new("data");
        text(&mut data, name, id, Some(value));
        data
    };
    this.children.extend(facts.schemes.iter().map(|value| data("scheme", SCHEME, value)));
    this.children.extend(facts.hosts.iter().map(|value| data("host", HOST, value)));
    this.children.extend(facts.types.iter().map(|value| data("mimeType", MIME_TYPE, value)));
    this.children.extend(facts.paths.iter().map(|path| match path {
        PathMatch::Literal(value) => data("path", PATH, value),
        PathMatch::Prefix(value) => data("pathPrefix", PATH_PREFIX, value),
        PathMatch::Suffix(value) => data("pathSuffix", PATH_SUFFIX, value),
        PathMatch::Pattern(value) => data("pathPattern", PATH_PATTERN, value),
        PathMatch::AdvancedPattern(value) => data("pathAdvancedPattern", PATH_ADVANCED_PATTERN, value),
    }));
    this
}

fn meta_data(facts: &MetaData) -> Element {
    let mut this = named("meta-data", &facts.name);
    text(&mut this, "value", VALUE, facts.value.as_deref());
    this
}

fn named(kind: &'static str, name: &str) -> Element {
    let mut this = Element::new(kind);
    text(&mut this, "name", NAME, Some(name));
    this
}

fn label(this: &mut Element, label: Option<&Label>) {
    let said = label.and_then(|label| label.en.as_ref().or(label.zh.as_ref()).or(label.reference.as_ref()));
    text(this, "label", LABEL, said.map(String::as_str));
}

fn stated(this: &mut Element, name: &'static str, id: u32, value: Option<&Stated<String>>) {
    match value {
        Some(Stated::Value(value)) => text(this, name, id, Some(value)),
        Some(Stated::Reference { reference }) => text(this, name, id, Some(reference)),
        None => {}
    }
}

fn truth(this: &mut Element, name: &'static str, id: u32, value: Option<&Stated<bool>>) {
    match value {
        Some(Stated::Value(value)) => this.push(name, id, Value::Boolean(*value)),
        Some(Stated::Reference { reference }) => text(this, name, id, Some(reference)),
        None => {}
    }
}

/// Adds text, or the reference that it writes out (`@0x7f050001`).
fn text(this: &mut Element, name: &'static str, id: u32, value: Option<&str>) {
    let Some(value) = value else { return };
    let number = value.strip_prefix("@0x").and_then(|digits| u32::from_str_radix(digits, 16).ok());
    this.push(name, id, number.map_or_else(|| Value::Text(value.to_owned()), Value::Reference));
}
