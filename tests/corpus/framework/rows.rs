//! What the platform read of one APK, a row each, and our facts put as it would put them.
//!
//! The platform fills in defaults and sees no resource table; [`platform`] applies its defaulting rules to our facts.

use std::collections::{BTreeMap, BTreeSet};

use keepone::source::snapshot::{Component, Filter, PackageFacts, PathMatch, Stated};
use serde::Deserialize;

/// One row of `framework-facts.jsonl.gz`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) apk: String,
    #[serde(default)]
    pub(crate) refused: Option<String>,
    /// By probe: which filters let it through, as positions of the component and of its filter.
    #[serde(default)]
    pub(crate) answers: BTreeMap<String, BTreeSet<(usize, usize)>>,
    /// Whether the app is eligible for text messages.
    #[serde(default)]
    pub(crate) texts: bool,
    #[serde(flatten)]
    pub(crate) facts: Option<Facts>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Facts {
    pub(crate) package: String,
    pub(crate) version_code: i64,
    #[serde(default)]
    pub(crate) shared_user_id: Option<String>,
    pub(crate) min_sdk: i64,
    pub(crate) target_sdk: i64,
    pub(crate) core_app: bool,
    pub(crate) enabled: bool,
    pub(crate) requested_permissions: Vec<String>,
    pub(crate) activities: Vec<PlatformComponent>,
    pub(crate) receivers: Vec<PlatformComponent>,
    pub(crate) services: Vec<PlatformComponent>,
    pub(crate) providers: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PlatformComponent {
    pub(crate) name: String,
    pub(crate) enabled: bool,
    pub(crate) exported: bool,
    #[serde(default)]
    pub(crate) permission: Option<String>,
    #[serde(default)]
    pub(crate) alias_of: Option<String>,
    pub(crate) filters: Vec<PlatformFilter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PlatformFilter {
    pub(crate) actions: Vec<String>,
    pub(crate) categories: Vec<String>,
    pub(crate) schemes: Vec<String>,
    pub(crate) types: Vec<String>,
    pub(crate) hosts: Vec<String>,
    pub(crate) paths: Vec<String>,
    pub(crate) priority: i32,
}

/// What the platform makes of a reference that it cannot resolve, as text: `TypedValue.coerceToString` writes a number.
fn as_platform_text(text: &str) -> String {
    for sign in ["@", "?"] {
        let digits = text.strip_prefix(sign).and_then(|rest| rest.strip_prefix("0x"));
        if let Some(id) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            return format!("{sign}{}", id.cast_signed());
        }
    }
    text.to_owned()
}

fn text(stated: &Stated<String>) -> String {
    match stated {
        Stated::Value(value) => value.clone(),
        Stated::Reference { reference } => as_platform_text(reference),
    }
}

/// What the platform makes of a truth value.
fn truth(stated: Option<&Stated<bool>>, default: bool) -> bool {
    match stated {
        None => default,
        Some(Stated::Value(value)) => *value,
        Some(Stated::Reference { .. }) => false,
    }
}

fn filter(filter: &Filter) -> PlatformFilter {
    let path = |path: &PathMatch| match path {
        PathMatch::Literal(path) => format!("0:{}", as_platform_text(path)),
        PathMatch::Prefix(path) => format!("1:{}", as_platform_text(path)),
        PathMatch::Pattern(path) => format!("2:{}", as_platform_text(path)),
        PathMatch::AdvancedPattern(path) => format!("3:{}", as_platform_text(path)),
        PathMatch::Suffix(path) => format!("4:{}", as_platform_text(path)),
    };
    let all = |list: &[String]| list.iter().map(|text| as_platform_text(text)).collect::<Vec<_>>();
    PlatformFilter {
        actions: all(&filter.actions),
        categories: all(&filter.categories),
        schemes: all(&filter.schemes),
        types: filter
            .types
            .iter()
            .map(|kind| as_platform_text(kind.strip_suffix("/*").unwrap_or(kind)))
            .collect(),
        hosts: all(&filter.hosts),
        paths: filter.paths.iter().map(path).collect(),
        priority: filter.priority,
    }
}

fn component(component: &Component, guard: Option<&str>) -> PlatformComponent {
    let inherited = if component.alias_of.is_some() { None } else { guard };
    let permission = component.permission.as_deref().or(inherited).filter(|name| !name.is_empty());
    PlatformComponent {
        name: component.name.clone(),
        enabled: truth(component.enabled.as_ref(), true),
        exported: truth(component.exported.as_ref(), !component.filters.is_empty()),
        permission: permission.map(as_platform_text),
        alias_of: component.alias_of.clone(),
        filters: component.filters.iter().map(filter).collect(),
    }
}

pub(crate) fn platform(facts: &PackageFacts) -> Facts {
    let guard = facts.application.permission.as_deref();
    // The platform takes whatever is no text for a number, a reference too.
    let number = |sdk: &Stated<String>| text(sdk).trim_start_matches('@').parse().unwrap_or(-1);
    let (min_sdk, target_sdk) = match (&facts.min_sdk, &facts.target_sdk) {
        (None, None) => (0, 0),
        (None, Some(target)) => (1, number(target)),
        (Some(min), None) => (number(min), number(min)),
        (Some(min), Some(target)) => (number(min), number(target)),
    };
    let components = |list: &[Component]| list.iter().map(|one| component(one, guard)).collect::<Vec<_>>();
    Facts {
        package: facts.name.to_string(),
        version_code: facts.version_code.unwrap_or(0).cast_signed(),
        shared_user_id: facts.shared_user_id.as_ref().map(text),
        min_sdk,
        target_sdk,
        core_app: truth(facts.core_app.as_ref(), false),
        enabled: truth(facts.application.enabled.as_ref(), true),
        requested_permissions: facts.permissions.clone(),
        activities: components(&facts.activities),
        receivers: components(&facts.receivers),
        services: components(&facts.services),
        providers: facts.providers.iter().map(|provider| provider.name.clone()).collect(),
    }
}
