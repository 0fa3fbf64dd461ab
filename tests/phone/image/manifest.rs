//! A binary manifest that says what the facts of a package say. Every value is written as text: what the platform's tools
//! would write as a number or a truth value is understood from text too.

use keepone::source::snapshot::{
    Application, Component, Filter, Label, MetaData, PackageFacts, PathMatch, Provider, Stated,
};

use crate::apk_builder::{Attribute, Is, Xml, android, plain};

/// The platform's numbers of its attributes (`android.R.attr`).
const NUMBERS: [(&str, u32); 35] = [
    ("label", 0x0101_0001),
    ("icon", 0x0101_0002),
    ("name", 0x0101_0003),
    ("permission", 0x0101_0006),
    ("sharedUserId", 0x0101_000b),
    ("hasCode", 0x0101_000c),
    ("persistent", 0x0101_000d),
    ("enabled", 0x0101_000e),
    ("exported", 0x0101_0010),
    ("authorities", 0x0101_0018),
    ("priority", 0x0101_001c),
    ("targetPackage", 0x0101_0021),
    ("value", 0x0101_0024),
    ("mimeType", 0x0101_0026),
    ("scheme", 0x0101_0027),
    ("host", 0x0101_0028),
    ("port", 0x0101_0029),
    ("path", 0x0101_002a),
    ("pathPrefix", 0x0101_002b),
    ("pathPattern", 0x0101_002c),
    ("targetActivity", 0x0101_0202),
    ("minSdkVersion", 0x0101_020c),
    ("versionCode", 0x0101_021b),
    ("versionName", 0x0101_021c),
    ("targetSdkVersion", 0x0101_0270),
    ("requiredForAllUsers", 0x0101_03d0),
    ("ssp", 0x0101_03e3),
    ("sspPrefix", 0x0101_03e4),
    ("sspPattern", 0x0101_03e5),
    ("appCategory", 0x0101_0545),
    ("versionCodeMajor", 0x0101_0576),
    ("pathSuffix", 0x0101_061e),
    ("sspSuffix", 0x0101_061f),
    ("pathAdvancedPattern", 0x0101_0620),
    ("sspAdvancedPattern", 0x0101_0621),
];

/// The attributes of an element while they are gathered: whether of the platform, name, value.
#[derive(Default)]
struct Attributes(Vec<(bool, &'static str, String)>);

impl Attributes {
    fn set(&mut self, name: &'static str, value: Option<impl Into<String>>) -> &mut Self {
        self.0.extend(value.map(|value| (true, name, value.into())));
        self
    }

    fn plain(&mut self, name: &'static str, value: Option<impl Into<String>>) -> &mut Self {
        self.0.extend(value.map(|value| (false, name, value.into())));
        self
    }

    fn truth(&mut self, name: &'static str, value: Option<&Stated<bool>>) -> &mut Self {
        self.set(name, value.map(truth))
    }

    fn label(&mut self, label: Option<&Label>) -> &mut Self {
        let text = label.and_then(|label| label.en.clone().or(label.zh.clone()).or(label.reference.clone()));
        self.set("label", text)
    }

    /// Writes the beginning of an element: the platform finds its attributes by their numbers, which rise.
    fn open(&self, xml: &mut Xml, element: &str) {
        let number = |name: &str| NUMBERS.iter().find(|(known, _)| *known == name).map(|(_, number)| *number);
        let mut attributes: Vec<(u32, Attribute<'_>)> = Vec::new();
        for (platform, name, value) in &self.0 {
            // A root attribute without a namespace is a truth value only where it is compiled as one.
            let value = match value.as_str() {
                "true" if !platform => Is::Truth(true),
                "false" if !platform => Is::Truth(false),
                text => Is::Text(text),
            };
            attributes.push(match number(name).filter(|_| *platform) {
                Some(number) => (number, android(number, value)),
                None => (u32::MAX, plain(name, value)),
            });
        }
        attributes.sort_by_key(|(number, _)| *number);
        let attributes: Vec<Attribute<'_>> = attributes.into_iter().map(|(_, attribute)| attribute).collect();
        xml.start(element, &attributes);
    }

    fn leaf(&self, xml: &mut Xml, element: &str) {
        self.open(xml, element);
        xml.end();
    }
}

fn truth(value: &Stated<bool>) -> String {
    match value {
        Stated::Value(value) => value.to_string(),
        Stated::Reference { reference } => reference.clone(),
    }
}

fn text(value: Option<&Stated<String>>) -> Option<String> {
    Some(match value? {
        Stated::Value(value) => value.clone(),
        Stated::Reference { reference } => reference.clone(),
    })
}

/// Writes the manifest of a package, or of one of its splits, which says little.
pub(crate) fn of(facts: &PackageFacts, split: Option<&str>) -> Vec<u8> {
    let mut xml = Xml::new(false, &NUMBERS.map(|(_, number)| number));
    let mut root = Attributes::default();
    root.plain("package", Some(facts.name.as_str())).plain("split", split);
    root.set("versionCode", facts.version_code.map(|code| (code & 0xffff_ffff).to_string()));
    root.set(
        "versionCodeMajor",
        facts.version_code.map(|code| code >> 32).filter(|major| *major > 0).map(|major| major.to_string()),
    );
    root.set("versionName", text(facts.version_name.as_ref()));
    root.set("sharedUserId", text(facts.shared_user_id.as_ref()));
    root.plain("coreApp", facts.core_app.as_ref().map(truth));
    root.open(&mut xml, "manifest");
    if split.is_none() {
        body(&mut xml, facts);
    }
    xml.end();
    xml.finish()
}

fn body(xml: &mut Xml, facts: &PackageFacts) {
    if facts.min_sdk.is_some() || facts.target_sdk.is_some() {
        let mut sdk = Attributes::default();
        sdk.set("minSdkVersion", text(facts.min_sdk.as_ref()));
        sdk.set("targetSdkVersion", text(facts.target_sdk.as_ref())).leaf(xml, "uses-sdk");
    }
    let mut named = |element: &str, names: &[String]| {
        for name in names {
            Attributes::default().set("name", Some(name)).leaf(xml, element);
        }
    };
    named("original-package", &facts.original_packages);
    named("uses-permission", &facts.permissions);
    named("uses-feature", &facts.features);
    if let Some(target) = &facts.overlay_target {
        Attributes::default().set("targetPackage", Some(target)).leaf(xml, "overlay");
    }
    application(xml, facts, &facts.application);
}

fn application(xml: &mut Xml, facts: &PackageFacts, said: &Application) {
    let mut attributes = Attributes::default();
    attributes.truth("enabled", said.enabled.as_ref()).label(said.label.as_ref());
    attributes.set("icon", said.icon.as_ref()).set("permission", said.permission.as_ref());
    attributes.set("appCategory", said.category.as_ref()).truth("persistent", said.persistent.as_ref());
    attributes.truth("hasCode", said.has_code.as_ref());
    attributes.truth("requiredForAllUsers", said.required_for_all_users.as_ref());
    attributes.open(xml, "application");
    meta_data(xml, &said.meta_data);
    if let Some(library) = &said.library {
        Attributes::default().set("name", Some(library)).leaf(xml, "static-library");
    }
    for activity in &facts.activities {
        component(xml, if activity.alias_of.is_some() { "activity-alias" } else { "activity" }, activity);
    }
    facts.receivers.iter().for_each(|receiver| component(xml, "receiver", receiver));
    facts.services.iter().for_each(|service| component(xml, "service", service));
    facts.providers.iter().for_each(|one| provider(xml, one));
    xml.end();
}

fn component(xml: &mut Xml, element: &str, said: &Component) {
    let mut attributes = Attributes::default();
    attributes.set("name", Some(&said.name)).set("targetActivity", said.alias_of.as_ref());
    attributes.truth("enabled", said.enabled.as_ref()).truth("exported", said.exported.as_ref());
    attributes.set("permission", said.permission.as_ref()).label(said.label.as_ref());
    attributes.open(xml, element);
    said.filters.iter().for_each(|one| filter(xml, one));
    meta_data(xml, &said.meta_data);
    xml.end();
}

fn filter(xml: &mut Xml, said: &Filter) {
    let priority = (said.priority != 0).then(|| said.priority.to_string());
    Attributes::default().set("priority", priority).open(xml, "intent-filter");
    for action in &said.actions {
        Attributes::default().set("name", Some(action)).leaf(xml, "action");
    }
    for category in &said.categories {
        Attributes::default().set("name", Some(category)).leaf(xml, "category");
    }
    for scheme in &said.schemes {
        Attributes::default().set("scheme", Some(scheme)).leaf(xml, "data");
    }
    for part in &said.scheme_specific_parts {
        let (name, value) =
            pattern(part, ["ssp", "sspPrefix", "sspSuffix", "sspPattern", "sspAdvancedPattern"]);
        Attributes::default().set(name, Some(value)).leaf(xml, "data");
    }
    for host in &said.hosts {
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if is_port(port) => (name, Some(port)),
            _ => (host.as_str(), None),
        };
        Attributes::default().set("host", Some(name)).set("port", port).leaf(xml, "data");
    }
    for path in &said.paths {
        let (name, value) =
            pattern(path, ["path", "pathPrefix", "pathSuffix", "pathPattern", "pathAdvancedPattern"]);
        Attributes::default().set(name, Some(value)).leaf(xml, "data");
    }
    for kind in &said.types {
        Attributes::default().set("mimeType", Some(kind)).leaf(xml, "data");
    }
    if said.has_references && !is_told(said) {
        Attributes::default().set("path", Some("@0x7f000000")).leaf(xml, "data");
    }
    xml.end();
}

/// Whether a reference of a filter is among what it tells, so that none has to be made up.
fn is_told(said: &Filter) -> bool {
    let texts = said.schemes.iter().chain(&said.hosts).chain(&said.types);
    let paths = said.paths.iter().chain(&said.scheme_specific_parts).map(|path| match path {
        PathMatch::Literal(text)
        | PathMatch::Prefix(text)
        | PathMatch::Suffix(text)
        | PathMatch::Pattern(text)
        | PathMatch::AdvancedPattern(text) => text,
    });
    texts.chain(paths).any(|text| text.starts_with(['@', '?']))
}

fn pattern<'a>(path: &'a PathMatch, names: [&'static str; 5]) -> (&'static str, &'a str) {
    match path {
        PathMatch::Literal(text) => (names[0], text),
        PathMatch::Prefix(text) => (names[1], text),
        PathMatch::Suffix(text) => (names[2], text),
        PathMatch::Pattern(text) => (names[3], text),
        PathMatch::AdvancedPattern(text) => (names[4], text),
    }
}

fn meta_data(xml: &mut Xml, said: &[MetaData]) {
    for one in said {
        Attributes::default()
            .set("name", Some(&one.name))
            .set("value", one.value.as_ref())
            .leaf(xml, "meta-data");
    }
}

fn provider(xml: &mut Xml, said: &Provider) {
    let mut attributes = Attributes::default();
    attributes.set("name", Some(&said.name));
    attributes.set("authorities", (!said.authorities.is_empty()).then(|| said.authorities.join(";")));
    attributes.truth("enabled", said.enabled.as_ref()).truth("exported", said.exported.as_ref());
    attributes.set("permission", said.permission.as_ref()).leaf(xml, "provider");
}
