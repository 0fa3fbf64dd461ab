//! The manifest of one APK, as facts.
//!
//! Takes a binary XML document, gives [`PackageFacts`]; never fills in a default, never judges. A reference that the
//! package's own resources do not resolve for every device alike stays one. Elements count only where Android's
//! `PackageParser` looks for them: a `<receiver>` outside `<application>` is none, a second `<application>` is passed
//! over.

use std::collections::HashMap;

use super::attribute as id;
use super::axml::{Document, Element};
use super::bytes::Malformed;
use super::component::{actionable, application, class_name, component, meta_data, provider};
use super::value::Value;
pub use super::walk::{NoResources, Resources};
use super::walk::{Walk, owned, push_once, unique};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::{PackageName, Sha256Digest};
use crate::source::snapshot::{Application, Component, PackageFacts};
use crate::source::unread::UnreadReason;

/// What one manifest says.
#[derive(Debug)]
pub struct Manifest {
    /// The facts. Path and file are empty, digests absent.
    pub facts: PackageFacts,
    /// `manifest/@split`.
    pub split: Option<String>,
    /// Oddities, without a path; `at` is the offset in the manifest.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the manifest in `data`; references that `resources` knows are resolved.
///
/// # Errors
/// When it is no binary XML document that Android would open, has no `<manifest>`, or its package name is none.
pub fn read<'a>(data: &'a [u8], resources: &'a dyn Resources) -> Result<Manifest, UnreadReason> {
    let document = Document::new(data)?;
    let mut walk = Walk::new(document, resources);
    if !document.is_typed() {
        walk.note(0, DiagnosticCode::NonConforming, "the document is not marked as binary XML");
    }
    let root = walk.root()?;
    let mut package = Package::of(&walk, &root)?;
    walk.children(&mut |walk, element| package.element(walk, element))?;
    package.finish(&mut walk);
    Ok(Manifest { facts: package.facts, split: package.split, diagnostics: walk.diagnostics })
}

/// The package while it is read.
struct Package {
    facts: PackageFacts,
    split: Option<String>,
    has_application: bool,
    /// The aliases: their place among the activities and in the document.
    aliases: Vec<(usize, usize)>,
}

impl Package {
    /// Reads the attributes of `<manifest>`.
    fn of<'a>(walk: &Walk<'a>, root: &Element<'a>) -> Result<Self, UnreadReason> {
        let name = walk.plain_text(root, "package").unwrap_or_default();
        let name = PackageName::new(&name).map_err(|error| UnreadReason::BadName { name: error.name })?;
        let mut facts = empty(name);
        let (mut code, mut major) = (None, None);
        walk.attributes(root, |id, value| match id {
            id::VERSION_CODE => code = value.integer().ok(),
            id::VERSION_CODE_MAJOR => major = value.integer().ok(),
            id::VERSION_NAME => facts.version_name = Some(value.stated()),
            id::SHARED_USER_ID => facts.shared_user_id = Some(value.stated()),
            _ => {}
        });
        facts.version_code = code.map(|code| long_version(major.unwrap_or(0), code));
        facts.core_app = walk
            .plain(root, "coreApp")
            .and_then(|attribute| Value::read(&walk.document, &attribute))
            // The platform does not convert here (`getAttributeBooleanValue`): text is no truth value.
            .filter(|value| !matches!(value, Value::Text(_)))
            .and_then(Value::boolean);
        let split = walk.plain_text(root, "split").filter(|split| !split.is_empty());
        Ok(Self { facts, split, has_application: false, aliases: Vec::new() })
    }

    /// Reads a child of `<manifest>`.
    fn element<'a>(&mut self, walk: &mut Walk<'a>, element: &Element<'a>) -> Result<(), Malformed> {
        let mut buffer = [0; 32];
        match walk.document.strings().short(element.name, &mut buffer).unwrap_or_default() {
            "application" if !self.has_application => {
                self.has_application = true;
                self.application(walk, element)?;
            }
            "application" => walk.note(element.at, DiagnosticCode::NonConforming, "a second <application>"),
            "uses-permission" | "uses-permission-sdk-23" | "uses-permission-sdk-m" => {
                push_once(&mut self.facts.permissions, walk.name(element));
            }
            "uses-feature" => push_once(&mut self.facts.features, walk.name(element)),
            "original-package" => push_once(&mut self.facts.original_packages, walk.name(element)),
            "uses-sdk" => self.uses_sdk(walk, element),
            "overlay" => walk.attributes(element, |id, value| {
                if id == id::TARGET_PACKAGE {
                    self.facts.overlay_target = Some(owned(value));
                }
            }),
            _ => {}
        }
        Ok(())
    }

    /// Reads `<uses-sdk>`. A second one replaces all that the first said.
    fn uses_sdk<'a>(&mut self, walk: &Walk<'a>, element: &Element<'a>) {
        (self.facts.min_sdk, self.facts.target_sdk) = (None, None);
        walk.attributes(element, |id, value| match id {
            id::MIN_SDK_VERSION => self.facts.min_sdk = Some(value.stated()),
            id::TARGET_SDK_VERSION => self.facts.target_sdk = Some(value.stated()),
            _ => {}
        });
    }

    fn application<'a>(&mut self, walk: &mut Walk<'a>, element: &Element<'a>) -> Result<(), Malformed> {
        self.facts.application = application(walk, element);
        walk.children(&mut |walk, element| self.application_child(walk, element))
    }

    /// Reads a child of `<application>`.
    fn application_child<'a>(&mut self, walk: &mut Walk<'a>, element: &Element<'a>) -> Result<(), Malformed> {
        let mut buffer = [0; 32];
        let package = self.facts.name.clone();
        match walk.document.strings().short(element.name, &mut buffer).unwrap_or_default() {
            "activity" => self.facts.activities.push(actionable(component(walk, element, package.as_str())?)),
            "activity-alias" => self.alias(walk, element, package.as_str())?,
            "receiver" => self.facts.receivers.push(actionable(component(walk, element, package.as_str())?)),
            "service" => self.facts.services.push(component(walk, element, package.as_str())?),
            "provider" => self.facts.providers.push(provider(walk, element, package.as_str())),
            "meta-data" => self.facts.application.meta_data.extend(meta_data(walk, element)),
            "static-library" | "sdk-library" => {
                self.facts.application.library = walk.name(element).map(|name| name.text().into_owned());
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads an `<activity-alias>`.
    fn alias<'a>(
        &mut self,
        walk: &mut Walk<'a>,
        element: &Element<'a>,
        package: &str,
    ) -> Result<(), Malformed> {
        let mut alias_of = None;
        walk.attributes(element, |id, value| {
            if id == id::TARGET_ACTIVITY {
                alias_of = Some(class_name(package, &value.text()));
            }
        });
        let alias = actionable(component(walk, element, package)?);
        self.aliases.push((self.facts.activities.len(), element.at));
        // An alias without a target must not be taken for an activity.
        self.facts.activities.push(Component { alias_of: Some(alias_of.unwrap_or_default()), ..alias });
        Ok(())
    }

    /// Does what needs the whole manifest.
    fn finish(&mut self, walk: &mut Walk<'_>) {
        unique(&mut self.facts.permissions);
        unique(&mut self.facts.features);
        unique(&mut self.facts.original_packages);
        let activities = &self.facts.activities;
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (place, activity) in activities.iter().enumerate() {
            places.entry(&activity.name).or_insert(place);
        }
        for (alias, at) in &self.aliases {
            let target = activities.get(*alias).and_then(|alias| alias.alias_of.as_deref());
            let is_before = target.and_then(|target| places.get(target)).is_some_and(|target| target < alias);
            if !is_before {
                walk.note(*at, DiagnosticCode::NonConforming, "an alias of no activity declared before it");
            }
        }
    }
}

pub(crate) fn empty(name: PackageName) -> PackageFacts {
    PackageFacts {
        name,
        path: String::new(),
        file: String::new(),
        source_path: None,
        splits: Vec::new(),
        stub: false,
        version_code: None,
        version_name: None,
        min_sdk: None,
        target_sdk: None,
        shared_user_id: None,
        core_app: None,
        application: Application::default(),
        original_packages: Vec::new(),
        overlay_target: None,
        permissions: Vec::new(),
        features: Vec::new(),
        activities: Vec::new(),
        receivers: Vec::new(),
        services: Vec::new(),
        providers: Vec::new(),
        sha256: None::<Sha256Digest>,
        signers: None,
        system: None,
        update: None,
        installer: None,
        states: Vec::new(),
        facts: 0,
    }
}

/// Joins both halves of a version code (`PackageInfo.composeLongVersionCode`).
fn long_version(major: i32, code: i32) -> u64 {
    u64::from(major.cast_unsigned()) << 32 | u64::from(code.cast_unsigned())
}
