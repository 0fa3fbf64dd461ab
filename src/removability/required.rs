//! What the platform itself needs: the installer, the verifier, the permission controller, setup, a home screen,
//! telephony, providers, the status bar and their like. No plan touches such a package.
//!
//! Told by what a package serves - intents, authorities, permissions, shared users - as `config/required.toml` says;
//! package names only where nothing else tells. Takes one package's facts; knows no device.

use std::sync::LazyLock;

use crate::language::{Language, Localized};
use crate::maker::document::{self, Mistakes, Table};
use crate::source::snapshot::{Component, PackageFacts, Stated};

/// The schema version of `config/required.toml` that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

static BUILT_IN: LazyLock<Vec<Need>> = LazyLock::new(|| {
    read(include_str!("../../config/required.toml"))
        .expect("the file compiled in is read by a test of this module")
});

/// Something the platform needs a package for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The id, `package-installer`.
    pub id: String,
    /// What it is, in English and Chinese.
    pub name: [String; 2],
    /// Why the platform needs it, in English and Chinese.
    pub why: [String; 2],
    evidence: Vec<Evidence>,
}

/// One way to tell that a package serves a need; everything given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Evidence {
    action: Option<(ComponentKind, String)>,
    category: Option<String>,
    guard: Option<String>,
    permissions: Vec<String>,
    authority: Option<String>,
    shared_user: Option<String>,
    meta_data: Option<String>,
    service: Option<String>,
    without_entry: bool,
    without_action: Option<String>,
    names: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ComponentKind {
    Activity,
    Service,
    Receiver,
}

/// Why a package is required.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredBecause {
    /// What it is needed for.
    pub need: &'static Need,
    /// The fact that tells: `android.intent.category.HOME in .Launcher`, `provider settings`.
    pub evidence: String,
}

impl Localized for RequiredBecause {
    fn localized(&self, language: Language) -> String {
        let [name, why] = [&self.need.name, &self.need.why].map(|[en, zh]| match language {
            Language::English => en,
            Language::Chinese => zh,
        });
        match language {
            Language::English => format!("{name}: {why} ({})", self.evidence),
            Language::Chinese => format!("{name}：{why}（{}）", self.evidence),
        }
    }
}

/// Returns why the platform needs `package`; `None` when nothing says so.
pub fn required(package: &PackageFacts) -> Option<RequiredBecause> {
    let has_entry = std::cell::LazyCell::new(|| has_entry(package));
    BUILT_IN.iter().find_map(|need| {
        let evidence = need.evidence.iter().find_map(|evidence| told(evidence, package, &has_entry))?;
        Some(RequiredBecause { need, evidence })
    })
}

/// Returns the intents by which needs are told, for sources that ask a device: the kind of component (`activity`), the
/// action, the category.
pub fn intents() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    let evidence = BUILT_IN.iter().flat_map(|need| &need.evidence);
    evidence.filter_map(|evidence| {
        let (kind, action) = evidence.action.as_ref()?;
        let kind = match kind {
            ComponentKind::Activity => "activity",
            ComponentKind::Service => "service",
            ComponentKind::Receiver => "receiver",
        };
        Some((kind, action.as_str(), evidence.category.as_deref()))
    })
}

/// Returns the fact by which `evidence` tells, cheapest questions first.
fn told(
    evidence: &Evidence,
    package: &PackageFacts,
    has_entry: &impl std::ops::Deref<Target = bool>,
) -> Option<String> {
    let mut fact = String::new();
    if !evidence.names.is_empty() {
        if !evidence.names.iter().any(|name| name == package.name.as_str()) {
            return None;
        }
        fact = format!("package {}", package.name);
    }
    if let Some(shared_user) = &evidence.shared_user {
        if package.shared_user_id.as_ref().and_then(Stated::value) != Some(shared_user) {
            return None;
        }
        fact = format!("sharedUserId {shared_user}");
    }
    if !evidence.permissions.iter().all(|permission| package.permissions.contains(permission)) {
        return None;
    }
    if let Some(permission) = evidence.permissions.first() {
        fact = format!("uses-permission {permission}");
    }
    if let Some(name) = &evidence.meta_data {
        if !package.application.meta_data.iter().any(|meta_data| meta_data.name == *name) {
            return None;
        }
        fact = format!("meta-data {name}");
    }
    if let Some(authority) = &evidence.authority {
        if !package.providers.iter().any(|provider| provider.authorities.contains(authority)) {
            return None;
        }
        fact = format!("provider {authority}");
    }
    if let Some(class) = &evidence.service {
        if !package.services.iter().any(|service| service.name == *class) {
            return None;
        }
        fact = format!("service {class}");
    }
    if let Some((kind, action)) = &evidence.action {
        let components = match kind {
            ComponentKind::Activity => &package.activities,
            ComponentKind::Service => &package.services,
            ComponentKind::Receiver => &package.receivers,
        };
        let component = components.iter().find(|component| serves(evidence, component, action))?;
        fact = format!("{} in {}", evidence.category.as_ref().unwrap_or(action), component.name);
    }
    if evidence.without_action.as_ref().is_some_and(|action| answers(package, action)) {
        return None;
    }
    (!evidence.without_entry || !**has_entry).then_some(fact)
}

/// Tells whether a component answers the evidence's action, in one filter with its category.
fn serves(evidence: &Evidence, component: &Component, action: &String) -> bool {
    let category = |filter: &crate::source::snapshot::Filter| {
        evidence.category.as_ref().is_none_or(|category| filter.categories.contains(category))
    };
    component.enabled != Some(Stated::Value(false))
        && evidence.guard.as_ref().is_none_or(|guard| component.permission.as_ref() == Some(guard))
        && component.filters.iter().any(|filter| category(filter) && filter.actions.contains(action))
}

/// Tells whether an activity of the package answers an action.
fn answers(package: &PackageFacts, action: &String) -> bool {
    let mut filters = package.activities.iter().flat_map(|activity| &activity.filters);
    filters.any(|filter| filter.actions.contains(action))
}

/// Tells whether an activity of the package may be a launcher entry.
fn has_entry(package: &PackageFacts) -> bool {
    let launcher = "android.intent.category.LAUNCHER";
    let entry = |component: &Component| {
        component.enabled != Some(Stated::Value(false))
            && component
                .filters
                .iter()
                .any(|filter| filter.categories.iter().any(|category| category == launcher))
    };
    package.activities.iter().any(entry)
}

/// Reads needs from a text in the form of `config/required.toml`.
///
/// # Errors
/// Every mistake of the text, each with its line.
pub fn read(text: &str) -> Result<Vec<Need>, Mistakes> {
    let (document, collector) = document::parse(text);
    let root = Table::new(&document, &collector);
    if root.number::<u32>("schema-version") != Some(SCHEMA_VERSION) {
        root.mistake_at("schema-version", format!("`schema-version` must be {SCHEMA_VERSION}"));
    }
    let needs = root.tables("required").into_iter().map(need).collect();
    root.finish();
    let mistakes = collector.finish();
    if mistakes.is_empty() { Ok(needs) } else { Err(Mistakes(mistakes)) }
}

fn need(table: Table<'_, '_>) -> Need {
    let both = |key| {
        let Some(words) = table.table(key) else {
            table.mistake(format!("`{key}` with `en` and `zh` is missing"));
            return Default::default();
        };
        let both = [words.text("en").to_owned(), words.text("zh").to_owned()];
        words.finish();
        both
    };
    let need = Need {
        id: table.text("id").to_owned(),
        name: both("name"),
        why: both("why"),
        evidence: table.tables("evidence").into_iter().map(evidence).collect(),
    };
    if need.evidence.is_empty() {
        table.mistake("a need without evidence is never met");
    }
    table.finish();
    need
}

fn evidence(table: Table<'_, '_>) -> Evidence {
    let text = |key| table.optional_text(key).map(str::to_owned);
    let texts = |key| table.texts(key).into_iter().map(str::to_owned).collect();
    let activity = text("activity-action").map(|action| (ComponentKind::Activity, action));
    let service = text("service-action").map(|action| (ComponentKind::Service, action));
    let receiver = text("receiver-action").map(|action| (ComponentKind::Receiver, action));
    let evidence = Evidence {
        action: activity.or(service).or(receiver),
        category: text("category"),
        guard: text("guard"),
        permissions: texts("uses-permission"),
        authority: text("authority"),
        shared_user: text("shared-user"),
        meta_data: text("meta-data"),
        service: text("service"),
        without_entry: table.flag("without-entry").unwrap_or(false),
        without_action: text("without-activity-action"),
        names: texts("names"),
    };
    let positive = Evidence {
        without_entry: false,
        without_action: None,
        category: None,
        guard: None,
        ..evidence.clone()
    };
    if positive == Evidence::default() {
        table.mistake("an evidence must name something a package has");
    }
    table.finish();
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_shipped_has_no_mistake() {
        let needs = read(include_str!("../../config/required.toml"));
        assert_eq!(needs.as_ref().map_err(ToString::to_string).map(|_| ()), Ok(()));
        let ids: Vec<String> = needs.unwrap().into_iter().map(|need| need.id).collect();
        for id in [
            "package-installer",
            "package-verifier",
            "permission-controller",
            "setup",
            "home",
            "telephony",
            "provider",
        ] {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }

    #[test]
    fn a_need_without_evidence_and_an_unknown_key_are_told_together() {
        let text = "schema-version = 1\n[[required]]\nid = \"x\"\nname = { en = \"a\", zh = \"b\" }\nwhy = { en = \"a\" }\n\
                    [[required]]\nid = \"y\"\nname = { en = \"a\", zh = \"b\" }\nwhy = { en = \"a\", zh = \"b\" }\n\
                    [[required.evidence]]\nwithout-entry = true\ncolour = 1\n";
        let Err(mistakes) = read(text) else { panic!("must be refused") };
        let told = mistakes.to_string();
        for words in ["`zh` is missing", "without evidence", "must name something", "unknown key `colour`"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
}
