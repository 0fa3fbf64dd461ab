//! What the platform itself needs: the installer, the verifier, the permission controller, setup, a home screen,
//! telephony, providers, the status bar and their like. No plan touches such a package.
//!
//! Told by what a package serves - intents, authorities, permissions, shared users - as `config/required.toml` says;
//! package names only where nothing else tells. Takes one package's facts; knows no device.

mod document;
mod hints;

use std::sync::LazyLock;

use crate::language::{Language, Localized};
use crate::source::snapshot::{Component, PackageFacts, Stated};
use hints::Hints;

pub use document::read;

/// The schema version of `config/required.toml` that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

static BUILT_IN: LazyLock<Vec<Need>> = LazyLock::new(|| {
    read(include_str!("../../config/required.toml"))
        .expect("the file compiled in is read by a test of this module")
});

static HINTS: LazyLock<Hints> = LazyLock::new(|| Hints::new(&BUILT_IN));

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
    HINTS.of(package).into_iter().find_map(|(need, evidence)| {
        let need = BUILT_IN.get(need)?;
        let evidence = told(need.evidence.get(evidence)?, package)?;
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
fn told(evidence: &Evidence, package: &PackageFacts) -> Option<String> {
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
    (!evidence.without_entry || !has_entry(package)).then_some(fact)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::snapshot::Snapshot;

    /// What is said without hints: every evidence asked about every package.
    fn asked_one_by_one(package: &PackageFacts) -> Option<RequiredBecause> {
        BUILT_IN.iter().find_map(|need| {
            let evidence = need.evidence.iter().find_map(|evidence| told(evidence, package))?;
            Some(RequiredBecause { need, evidence })
        })
    }

    #[test]
    fn hints_leave_nothing_out_on_real_phones() {
        let phones = [
            include_str!("../../tests/data/devices/zte-u930hd.json"),
            include_str!("../../tests/data/devices/lenovo-tb-x6c6l.json"),
        ];
        let phones = phones.map(|text| serde_json::from_str::<Snapshot>(text).unwrap());
        let told = phones.iter().flat_map(|phone| &phone.packages).filter(|package| {
            let because = required(package);
            assert_eq!(because, asked_one_by_one(package), "{}", package.name);
            because.is_some()
        });
        assert!(told.count() > 20);
    }
}
