//! Why the platform refused a manifest that we read.

use std::path::Path;

use keepone::source::apk::ApkRead;
use keepone::source::snapshot::Stated;

use super::rows::platform;
use crate::manifest_view::{Attribute, elements, manifest_bytes};

/// Why the platform refused a manifest that we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    /// It is a split, which has no meaning without its base. We say that it is one.
    Split,
    /// A process name or shared user id is a reference, which the package's own resources resolve on a device; or a
    /// class name is a placeholder of its build.
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
    /// An overlay that says nothing of what it lies over.
    NoOverlayTarget,
    /// A name without a dot, which only an app that is installed must have; framework packages have none.
    NoDot,
}

impl Refusal {
    pub(crate) const ALL: [Self; 12] = [
        Self::Split,
        Self::UnresolvedName,
        Self::UnresolvedNumber,
        Self::UnresolvedType,
        Self::NewerRelease,
        Self::UnresolvedRelease,
        Self::OverlayCondition,
        Self::NoOverlayTarget,
        Self::UnresolvedResource,
        Self::FeatureCondition,
        Self::PermissionDeclaration,
        Self::NoDot,
    ];

    /// Says it in the table.
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::Split => "a split without its base",
            Self::UnresolvedName => "a process, user or class name by reference or placeholder",
            Self::UnresolvedNumber => "a number by reference",
            Self::UnresolvedType => "a MIME type by reference",
            Self::NewerRelease => "it needs a newer release",
            Self::UnresolvedRelease => "its least release is a placeholder",
            Self::OverlayCondition => "an overlay on condition of a device property",
            Self::NoOverlayTarget => "an overlay without a target",
            Self::UnresolvedResource => "meta-data of a library's own table",
            Self::FeatureCondition => "persistent on condition of a feature",
            Self::PermissionDeclaration => "a rule about `<permission>`, of which we keep nothing",
            Self::NoDot => "a package name without a dot",
        }
    }
}

/// Finds the class of a refusal from what the manifest holds; `None` when nothing in it explains the refusal.
pub(crate) fn class(path: &Path, refused: &str, read: &ApkRead, level: i64) -> Option<Refusal> {
    // versionCode, launchMode, priority, minWidth, minHeight
    const NUMBERS: [u32; 5] = [0x0101_021b, 0x0101_001d, 0x0101_001c, 0x0101_013f, 0x0101_0140];
    const TARGET_PACKAGE: u32 = 0x0101_0021;
    const RESOURCE: u32 = 0x0101_0025;
    const PERSISTENT_WITH_FEATURE: u32 = 0x0101_0563;
    const NAME: u32 = 0x0101_0003;
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
        (
            "is not a valid Java class name",
            Refusal::UnresolvedName,
            has(&|one| one.id == NAME && is_reference(one)),
        ),
        ("bad sharedUserId name", Refusal::UnresolvedName, is_stated(&facts.shared_user_id)),
        (
            "MalformedMimeType",
            Refusal::UnresolvedType,
            types().flat_map(|one| &one.types).any(|one| one.starts_with('@')),
        ),
        ("Requires newer sdk version", Refusal::NewerRelease, platform(facts).min_sdk > level),
        ("Requires development platform", Refusal::UnresolvedRelease, is_stated(&facts.min_sdk)),
        ("<meta-data> requires", Refusal::UnresolvedResource, has(&is_of_library)),
        ("<permission>", Refusal::PermissionDeclaration, elements.iter().any(|one| one.name == "permission")),
        (
            "<overlay> does not specify a target",
            Refusal::NoOverlayTarget,
            elements.iter().any(|one| one.name == "overlay" && one.attribute(TARGET_PACKAGE).is_none()),
        ),
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
