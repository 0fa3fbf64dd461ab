//! Manifest facts held against those of Android's own `PackageParser` (platform 13), row by row.
//!
//! The platform fills in defaults and saw no resource table; so the test applies its defaulting rules to our facts
//! first. What differs after that is a bug, or one of the [`Rule`]s below, each checked against the manifest itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use keepone::source::apk::{ApkRead, Wanted, read};
use keepone::source::snapshot::{Component, Filter, PackageFacts, PathMatch, Stated};
use rayon::prelude::*;
use serde::Deserialize;

use crate::manifest_view::{Attribute, Element, elements, manifest_bytes};

/// The API level of the platform that wrote the rows.
const PLATFORM: i64 = 33;

/// Why a difference is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// The platform adds an activity of its own to every app that has none in the launcher.
    SyntheticActivity,
    /// The platform resolves references into its own resources (package 0x01); for us they are unresolved.
    PlatformResource,
    /// The platform grants an app for API 3 or lower the permissions that were not asked for in its time.
    ImpliedPermission,
    /// The platform passes over a permission whose `maxSdkVersion` is below its own level; we keep what is asked for.
    PermissionOfOlderRelease,
    /// `<uses-sdk>` without any level means 1, no `<uses-sdk>` means 0; both state nothing.
    NoLevel,
    /// The rows leave out the port of a host.
    Port,
}

/// One row of `framework-facts.jsonl.gz`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Row {
    apk: String,
    #[serde(default)]
    refused: Option<String>,
    #[serde(flatten)]
    facts: Option<Facts>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Facts {
    package: String,
    version_code: i64,
    #[serde(default)]
    shared_user_id: Option<String>,
    min_sdk: i64,
    target_sdk: i64,
    core_app: bool,
    enabled: bool,
    requested_permissions: Vec<String>,
    activities: Vec<PlatformComponent>,
    receivers: Vec<PlatformComponent>,
    services: Vec<PlatformComponent>,
    providers: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PlatformComponent {
    name: String,
    enabled: bool,
    exported: bool,
    #[serde(default)]
    permission: Option<String>,
    #[serde(default)]
    alias_of: Option<String>,
    filters: Vec<PlatformFilter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PlatformFilter {
    actions: Vec<String>,
    categories: Vec<String>,
    schemes: Vec<String>,
    types: Vec<String>,
    hosts: Vec<String>,
    paths: Vec<String>,
    priority: i32,
}

/// Reads the rows.
fn rows(corpus: &Path) -> Vec<Row> {
    let file = std::fs::File::open(corpus.join("framework-facts.jsonl.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
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

fn platform(facts: &PackageFacts) -> Facts {
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

/// The differences of one row, and the rules that explained others.
#[derive(Default)]
struct Compared {
    differences: Vec<String>,
    explained: BTreeMap<Rule, usize>,
}

impl Compared {
    fn explain(&mut self, rule: Rule) {
        *self.explained.entry(rule).or_default() += 1;
    }

    fn equal<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, ours: &T, theirs: &T) {
        if ours != theirs {
            self.differences.push(format!("{what}: ours {ours:?}, the platform's {theirs:?}"));
        }
    }
}

fn compare(path: &Path, read: &ApkRead, theirs: &Facts) -> Compared {
    let mut compared = Compared::default();
    let mut ours = platform(&read.facts);
    let synthetic = theirs.activities.last().filter(|last| last.name == "android.app.AppDetailsActivity");
    if let Some(synthetic) = synthetic.filter(|_| ours.activities.len() + 1 == theirs.activities.len()) {
        compared.explain(Rule::SyntheticActivity);
        ours.activities.push(synthetic.clone());
    }
    if (ours.min_sdk, ours.target_sdk, theirs.min_sdk, theirs.target_sdk) == (0, 0, 1, 1) {
        compared.explain(Rule::NoLevel);
        (ours.min_sdk, ours.target_sdk) = (1, 1);
    }
    compared.equal("package", &ours.package, &theirs.package);
    compared.equal("version code", &ours.version_code, &theirs.version_code);
    compared.equal("shared user id", &ours.shared_user_id, &theirs.shared_user_id);
    compared.equal("min sdk", &ours.min_sdk, &theirs.min_sdk);
    compared.equal("target sdk", &ours.target_sdk, &theirs.target_sdk);
    compared.equal("core app", &ours.core_app, &theirs.core_app);
    compared.equal("enabled", &ours.enabled, &theirs.enabled);
    compared.equal("providers", &ours.providers, &theirs.providers);
    permissions(path, &ours, theirs, &mut compared);
    components("activity", &read.facts.activities, &ours.activities, &theirs.activities, &mut compared);
    components("receiver", &read.facts.receivers, &ours.receivers, &theirs.receivers, &mut compared);
    components("service", &read.facts.services, &ours.services, &theirs.services, &mut compared);
    compared
}

/// Compares what is asked for, as sets: the rows keep no order across the platform's own additions.
fn permissions(path: &Path, ours: &Facts, theirs: &Facts, compared: &mut Compared) {
    const IMPLIED: [&str; 2] =
        ["android.permission.READ_PHONE_STATE", "android.permission.WRITE_EXTERNAL_STORAGE"];
    const NAME: u32 = 0x0101_0003;
    const MAX_SDK_VERSION: u32 = 0x0101_0271;
    let asked: BTreeSet<&String> = ours.requested_permissions.iter().collect();
    let counted: BTreeSet<&String> = theirs.requested_permissions.iter().collect();
    for name in counted.difference(&asked) {
        if ours.target_sdk < 4 && IMPLIED.contains(&name.as_str()) {
            compared.explain(Rule::ImpliedPermission);
        } else {
            compared.differences.push(format!("permission {name}: only the platform has it"));
        }
    }
    let mut elements_of_manifest = None;
    for name in asked.difference(&counted) {
        let elements = elements_of_manifest.get_or_insert_with(|| elements(&manifest_bytes(path)));
        let is_old = |element: &Element| {
            let max = element.attribute(MAX_SDK_VERSION).map_or(PLATFORM, |max| i64::from(max.data));
            element.name.starts_with("uses-permission") && max < PLATFORM
        };
        let names =
            |element: &&Element| element.attribute(NAME).and_then(|name| name.text.as_ref()) == Some(name);
        if elements.iter().filter(names).all(is_old) {
            compared.explain(Rule::PermissionOfOlderRelease);
        } else {
            compared.differences.push(format!("permission {name}: only we have it"));
        }
    }
}

fn components(
    kind: &str,
    facts: &[Component],
    ours: &[PlatformComponent],
    theirs: &[PlatformComponent],
    compared: &mut Compared,
) {
    compared.equal(&format!("number of {kind} components"), &ours.len(), &theirs.len());
    for (position, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        let what = |field: &str| format!("{kind} {} {field}", theirs.name);
        let of_platform = |value: fn(&Component) -> Option<&Stated<bool>>| {
            facts.get(position).and_then(value).is_some_and(is_platform_resource)
        };
        compared.equal(&what("name"), &ours.name, &theirs.name);
        if of_platform(|component| component.enabled.as_ref()) {
            compared.explain(Rule::PlatformResource);
        } else {
            compared.equal(&what("enabled"), &ours.enabled, &theirs.enabled);
        }
        if of_platform(|component| component.exported.as_ref()) {
            compared.explain(Rule::PlatformResource);
        } else {
            compared.equal(&what("exported"), &ours.exported, &theirs.exported);
        }
        compared.equal(&what("permission"), &ours.permission, &theirs.permission);
        compared.equal(&what("alias"), &ours.alias_of, &theirs.alias_of);
        filters(&what("filters"), &ours.filters, &theirs.filters, compared);
    }
}

fn is_platform_resource(stated: &Stated<bool>) -> bool {
    matches!(stated, Stated::Reference { reference } if reference.starts_with("@0x01"))
}

fn filters(what: &str, ours: &[PlatformFilter], theirs: &[PlatformFilter], compared: &mut Compared) {
    compared.equal(what, &ours.len(), &theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        let mut ours = ours.clone();
        for (ours, theirs) in ours.hosts.iter_mut().zip(&theirs.hosts) {
            if let Some((host, _)) = ours.split_once(':').filter(|(host, _)| host == theirs) {
                compared.explain(Rule::Port);
                *ours = host.to_owned();
            }
        }
        compared.equal(what, &ours, theirs);
    }
}

/// The corpus read once: every row beside what we read.
fn both() -> Vec<(PathBuf, Row, ApkRead)> {
    let corpus = crate::corpus();
    let read_one = |row: Row| {
        let path = corpus.join("firmware").join(&row.apk);
        let ours = read(&path, Wanted::default()).unwrap_or_else(|reason| panic!("{}: {reason:?}", row.apk));
        (path, row, ours)
    };
    rows(&corpus).into_par_iter().map(read_one).collect()
}

#[test]
fn what_the_platform_read_we_read_alike() {
    let mut explained: BTreeMap<Rule, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    let (mut count, mut components) = (0, 0);
    for (path, row, ours) in both() {
        let Some(theirs) = &row.facts else { continue };
        count += 1;
        components += theirs.activities.len() + theirs.receivers.len() + theirs.services.len();
        let compared = compare(&path, &ours, theirs);
        differences.extend(compared.differences.into_iter().map(|one| format!("{}: {one}", row.apk)));
        for (rule, times) in compared.explained {
            *explained.entry(rule).or_default() += times;
        }
    }
    println!("{count} packages with {components} components compared, {} differences", differences.len());
    println!("explained: {explained:?}");
    assert_eq!(count, 3803, "rows that the platform read");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// Why the platform refused a manifest that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Refusal {
    /// It is a split, which has no meaning without its base. We say that it is one.
    Split,
    /// A process name or shared user id is a reference, which the package's own resources resolve on a device.
    UnresolvedName,
    /// A number is a reference, which the package's own resources resolve on a device.
    UnresolvedNumber,
    /// A MIME type is a reference, which the package's own resources resolve on a device.
    UnresolvedType,
    /// It needs a newer release than the one that read it.
    NewerRelease,
    /// The minimal release is a placeholder of its build.
    UnresolvedRelease,
    /// An overlay that applies only on devices with a certain property; the reader had no properties.
    OverlayCondition,
    /// A `<meta-data>` whose resource is text, or a number of a shared library's own table, which has no number of its
    /// own before it is loaded.
    UnresolvedResource,
    /// The process persists only where a feature is present; the reader had no features.
    FeatureCondition,
    /// A rule about `<permission>`, of which we keep nothing.
    PermissionDeclaration,
    /// A name without a dot, which only an app that is installed must have; framework packages have none.
    NoDot,
}

/// Finds the class of a refusal from what the manifest holds; `None` when nothing in it explains the refusal.
fn class(path: &Path, refused: &str, read: &ApkRead) -> Option<Refusal> {
    // versionCode, launchMode, priority, minWidth, minHeight
    const NUMBERS: [u32; 5] = [0x0101_021b, 0x0101_001d, 0x0101_001c, 0x0101_013f, 0x0101_0140];
    const RESOURCE: u32 = 0x0101_0025;
    const PERSISTENT_WITH_FEATURE: u32 = 0x0101_0563;
    const PROCESS: u32 = 0x0101_0011;
    const REQUIRED_PROPERTY: u32 = 0x0101_0565;
    let facts = &read.facts;
    let elements = elements(&manifest_bytes(path));
    let has = |test: &dyn Fn(&Attribute) -> bool| elements.iter().flat_map(|one| &one.attributes).any(test);
    let is_reference = |attribute: &Attribute| {
        attribute.kind == 1 || attribute.text.as_ref().is_some_and(|text| text.starts_with(['@', '$']))
    };
    let is_stated = |stated: &Option<Stated<String>>| matches!(stated, Some(Stated::Reference { .. }));
    let types =
        || facts.activities.iter().flat_map(|one| &one.filters).filter(|filter| filter.has_references);
    let is_of_library = |one: &Attribute| one.id == RESOURCE && (one.text.is_some() || one.data >> 24 == 0);
    let cases = [
        ("Expected base APK, but found split", Refusal::Split, read.split.is_some()),
        (
            "Invalid process name @",
            Refusal::UnresolvedName,
            has(&|one| one.id == PROCESS && is_reference(one)),
        ),
        ("bad sharedUserId name", Refusal::UnresolvedName, is_stated(&facts.shared_user_id)),
        (
            "MalformedMimeType",
            Refusal::UnresolvedType,
            types().flat_map(|one| &one.types).any(|one| one.starts_with('@')),
        ),
        ("Requires newer sdk version", Refusal::NewerRelease, platform(facts).min_sdk > PLATFORM),
        ("Requires development platform", Refusal::UnresolvedRelease, is_stated(&facts.min_sdk)),
        ("<meta-data> requires", Refusal::UnresolvedResource, has(&is_of_library)),
        ("<permission>", Refusal::PermissionDeclaration, elements.iter().any(|one| one.name == "permission")),
        ("at least one '.' separator", Refusal::NoDot, !facts.name.as_str().contains('.')),
        (
            "): null",
            Refusal::OverlayCondition,
            facts.overlay_target.is_some() && has(&|one| one.id == REQUIRED_PROPERTY),
        ),
        (
            "Failed to read",
            Refusal::UnresolvedNumber,
            has(&|one| NUMBERS.contains(&one.id) && is_reference(one)),
        ),
        ("Failed to read", Refusal::FeatureCondition, has(&|one| one.id == PERSISTENT_WITH_FEATURE)),
    ];
    cases.into_iter().find(|(words, _, holds)| refused.contains(words) && *holds).map(|(_, class, _)| class)
}

#[test]
fn what_the_platform_refused_is_read_and_explained() {
    let mut classes: BTreeMap<Refusal, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for (path, row, ours) in both() {
        let Some(refused) = &row.refused else { continue };
        match class(&path, refused, &ours) {
            Some(class) => *classes.entry(class).or_default() += 1,
            None => unexplained.push(format!("{}: {refused}", row.apk)),
        }
    }
    println!("refused by the platform: {classes:?}");
    assert!(unexplained.is_empty(), "{} unexplained:\n{}", unexplained.len(), unexplained.join("\n"));
    assert_eq!(classes.values().sum::<usize>(), 127, "rows that the platform refused");
}
