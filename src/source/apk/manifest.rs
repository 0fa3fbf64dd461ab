//! The manifest of one APK, as facts.
//!
//! Takes a binary XML document, gives [`PackageFacts`]; never fills in a default, never resolves a reference, never
//! judges. Elements count only where Android's `PackageParser` looks for them: a `<receiver>` outside `<application>` is none, a
//! second `<application>` is passed over.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::attribute as id;
use super::axml::{ANDROID, Attribute, Document, Element, Node, Nodes};
use super::bytes::{Malformed, Part};
use super::locale::Locale;
use super::resources::Resource;
use super::value::{Value, is_reference};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::{PackageName, Sha256Digest};
use crate::source::snapshot::{
    Application, Component, Filter, Label, MetaData, PackageFacts, PathMatch, Provider, Stated,
};
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

/// How much text a manifest may state in all its elements together. The largest real one states less than 1 MiB.
const TEXT_LIMIT: usize = 64 << 20;

/// How many oddities of one manifest are told.
const DIAGNOSTIC_LIMIT: usize = 256;

/// Up to this length a list is searched for each new text; a longer one is freed of what is twice at its end.
const SEARCHED: usize = 32;

/// What knows the resources of the package.
pub trait Resources {
    /// Returns what a resource id stands for, where that is known and the same on every device.
    fn value(&self, id: u32) -> Option<Resource>;

    /// Returns the text that a resource id stands for in one language, where labels are wanted and it is known.
    fn label(&self, id: u32, locale: Locale) -> Option<String>;
}

/// Nothing is known of the resources: every reference stays one.
#[derive(Clone, Copy, Debug)]
pub struct NoResources;

impl Resources for NoResources {
    fn value(&self, _: u32) -> Option<Resource> {
        None
    }

    fn label(&self, _: u32, _: Locale) -> Option<String> {
        None
    }
}

/// Reads the manifest in `data`; references that `resources` knows are resolved.
///
/// # Errors
/// When it is no binary XML document that Android would open, has no `<manifest>`, or its package name is none.
pub fn read<'a>(data: &'a [u8], resources: &'a dyn Resources) -> Result<Manifest, UnreadReason> {
    let document = Document::new(data)?;
    let mut walk = Walk {
        nodes: document.nodes(),
        document,
        resources,
        depth: 0,
        text: Cell::new(TEXT_LIMIT),
        diagnostics: Vec::new(),
    };
    if !document.is_typed() {
        walk.note(0, DiagnosticCode::NonConforming, "the document is not marked as binary XML");
    }
    let root = walk.root()?;
    let mut package = Package::of(&walk, &root)?;
    walk.children(&mut |walk, element| package.element(walk, element))?;
    package.finish(&mut walk);
    Ok(Manifest { facts: package.facts, split: package.split, diagnostics: walk.diagnostics })
}

/// The place in the document.
struct Walk<'a> {
    document: Document<'a>,
    nodes: Nodes<'a>,
    resources: &'a dyn Resources,
    depth: usize,
    /// How much text may still be decoded.
    text: Cell<usize>,
    diagnostics: Vec<Diagnostic>,
}

/// What reads one child element.
type Visit<'v, 'a> = dyn FnMut(&mut Walk<'a>, &Element<'a>) -> Result<(), Malformed> + 'v;

impl<'a> Walk<'a> {
    /// Finds the root element.
    fn root(&mut self) -> Result<Element<'a>, UnreadReason> {
        let expected = "an element <manifest>";
        match self.next()? {
            Some(Node::Start(element)) if self.is_named(&element, "manifest") => Ok(element),
            Some(Node::Start(element)) => Err(Malformed::new(Part::Manifest, element.at, expected).into()),
            _ => Err(Malformed::new(Part::Manifest, 0, expected).into()),
        }
    }

    fn next(&mut self) -> Result<Option<Node<'a>>, Malformed> {
        if self.text.get() == 0 {
            return Err(Malformed::new(
                Part::Manifest,
                self.nodes.place(),
                "at most 64 MiB of text in all elements",
            ));
        }
        let node = self.nodes.next().transpose()?;
        match node {
            Some(Node::Start(_)) => self.depth = self.depth.saturating_add(1),
            Some(Node::End) => self.depth = self.depth.saturating_sub(1),
            None => self.depth = 0,
        }
        Ok(node)
    }

    /// Visits the children of the element that began last. What the visitor leaves unread is passed over.
    fn children(&mut self, visit: &mut Visit<'_, 'a>) -> Result<(), Malformed> {
        let parent = self.depth;
        while let Some(node) = self.next()? {
            if let Node::Start(element) = node {
                visit(self, &element)?;
                while self.depth > parent {
                    self.next()?;
                }
            }
            if self.depth < parent {
                break;
            }
        }
        Ok(())
    }

    /// Calls `take` with each attribute of the platform and its number.
    ///
    /// `TypedArray` walks the attributes and its own sorted list side by side, so it never sees an attribute whose
    /// number is not above all before it.
    fn attributes(&self, element: &Element<'a>, mut take: impl FnMut(u32, Value<'a>)) {
        let mut highest = 0;
        for attribute in element.attributes() {
            let id = self.document.id(&attribute);
            if id <= highest {
                continue;
            }
            highest = id;
            if let Some(value) = Some(&attribute).filter(|_| id::is_read(id)).and_then(|one| self.value(one))
            {
                take(id, self.resolved(id, value));
            }
        }
    }

    /// Reads a value. One long string that many elements share must not become much text: what is decoded is counted.
    fn value(&self, attribute: &Attribute) -> Option<Value<'a>> {
        let value = Value::read(&self.document, attribute);
        let length = match &value {
            Some(Value::Text(text) | Value::Reference(text)) => text.len(),
            Some(_) => 0,
            // To find that a string is damaged may have taken looking through all of them.
            None => self.document.strings().size(),
        };
        self.text.set(self.text.get().saturating_sub(length));
        value
    }

    /// Resolves a reference. Those to a label, an icon and what a `<meta-data>` holds stay as written.
    fn resolved(&self, id: u32, value: Value<'a>) -> Value<'a> {
        match value {
            Value::Resource(resource) if !matches!(id, id::LABEL | id::ICON | id::VALUE | id::RESOURCE) => {
                self.resources.value(resource).map_or(value, Value::of_resource)
            }
            value => value,
        }
    }

    /// Reads a label in both languages.
    fn label(&self, value: Value<'a>) -> Label {
        if let Value::Resource(resource) = value {
            let [en, zh] =
                [Locale::English, Locale::Chinese].map(|locale| self.resources.label(resource, locale));
            let reference = (en.is_none() && zh.is_none()).then(|| owned(value));
            return Label { en, zh, reference };
        }
        match value.stated() {
            Stated::Value(text) => Label { en: Some(text), ..Label::default() },
            Stated::Reference { reference } => Label { reference: Some(reference), ..Label::default() },
        }
    }

    /// Returns an attribute that has no namespace, such as `package`.
    fn plain(&self, element: &Element<'a>, name: &str) -> Option<Attribute> {
        let strings = self.document.strings();
        element
            .attributes()
            .find(|attribute| attribute.namespace == u32::MAX && strings.is(attribute.name, name))
    }

    /// Returns the text of an attribute that has no namespace, as written in the source where that was kept.
    fn plain_text(&self, element: &Element<'a>, name: &str) -> Option<String> {
        let attribute = self.plain(element, name)?;
        let text = self.document.string(attribute.raw);
        text.or_else(|| Value::read(&self.document, &attribute).map(Value::text))
            .map(std::borrow::Cow::into_owned)
    }

    /// Returns `android:name`, by number or, as the parser of intent filters does, by name.
    fn name(&self, element: &Element<'a>) -> Option<Value<'a>> {
        let mut name = None;
        self.attributes(element, |id, value| {
            if id == id::NAME {
                name = Some(value);
            }
        });
        name.or_else(|| self.named(element, "name"))
    }

    /// Returns an attribute of the platform's namespace by its name.
    fn named(&self, element: &Element<'a>, name: &str) -> Option<Value<'a>> {
        let strings = self.document.strings();
        let named = |attribute: &Attribute| {
            strings.is(attribute.name, name) && strings.is(attribute.namespace, ANDROID)
        };
        self.value(&element.attributes().find(named)?)
    }

    fn is_named(&self, element: &Element<'a>, name: &str) -> bool {
        self.document.strings().is(element.name, name)
    }

    fn note(&mut self, at: usize, code: DiagnosticCode, detail: impl Into<String>) {
        if self.diagnostics.len() >= DIAGNOSTIC_LIMIT {
            return;
        }
        let at = u64::try_from(at).unwrap_or(u64::MAX);
        self.diagnostics.push(Diagnostic { path: String::new(), at, code, detail: detail.into() });
    }
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

fn empty(name: PackageName) -> PackageFacts {
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
        states: Vec::new(),
        facts: 0,
    }
}

/// Joins both halves of a version code (`PackageInfo.composeLongVersionCode`).
fn long_version(major: i32, code: i32) -> u64 {
    u64::from(major.cast_unsigned()) << 32 | u64::from(code.cast_unsigned())
}

fn push_once(list: &mut Vec<String>, value: Option<Value<'_>>) {
    let Some(text) = value.map(Value::text) else { return };
    if list.len() >= SEARCHED || !list.iter().any(|known| *known == *text) {
        list.push(text.into_owned());
    }
}

/// Removes what is twice from a list that [`push_once`] filled, in a time that a hostile list cannot stretch.
fn unique(list: &mut Vec<String>) {
    if list.len() <= SEARCHED {
        return;
    }
    let mut seen = HashSet::new();
    let mut first = list.iter().map(|text| seen.insert(text.as_str())).collect::<Vec<_>>().into_iter();
    list.retain(|_| first.next().unwrap_or(true));
}

fn owned(value: Value<'_>) -> String {
    value.text().into_owned()
}

/// Reads the attributes of `<application>`.
fn application<'a>(walk: &Walk<'a>, element: &Element<'a>) -> Application {
    let mut application = Application::default();
    walk.attributes(element, |id, value| match id {
        id::LABEL => application.label = Some(walk.label(value)),
        id::ICON => application.icon = Some(owned(value)),
        id::PERMISSION => application.permission = Some(owned(value)),
        id::HAS_CODE => application.has_code = value.boolean(),
        id::PERSISTENT => application.persistent = value.boolean(),
        id::ENABLED => application.enabled = value.boolean(),
        id::REQUIRED_FOR_ALL_USERS => application.required_for_all_users = value.boolean(),
        id::APP_CATEGORY => application.category = Some(owned(value)),
        _ => {}
    });
    application
}

/// Reads an activity, alias, receiver or service with its filters and meta-data.
fn component<'a>(walk: &mut Walk<'a>, element: &Element<'a>, package: &str) -> Result<Component, Malformed> {
    let mut component = Component::default();
    walk.attributes(element, |id, value| match id {
        id::LABEL => component.label = Some(walk.label(value)),
        id::NAME => component.name = class_name(package, &value.text()),
        id::PERMISSION => component.permission = Some(owned(value)),
        id::ENABLED => component.enabled = value.boolean(),
        id::EXPORTED => component.exported = value.boolean(),
        _ => {}
    });
    if component.name.is_empty() {
        walk.note(element.at, DiagnosticCode::NonConforming, "a component without a name");
    }
    walk.children(&mut |walk, element| {
        let mut buffer = [0; 32];
        match walk.document.strings().short(element.name, &mut buffer).unwrap_or_default() {
            "intent-filter" => component.filters.push(filter(walk, element)?),
            "meta-data" => component.meta_data.extend(meta_data(walk, element)),
            _ => {}
        }
        Ok(())
    })?;
    Ok(component)
}

/// Drops the filters of an activity or receiver that name no action, as the platform does: nothing can match them, and they do
/// not export their component. Those of a service stay.
fn actionable(mut component: Component) -> Component {
    component.filters.retain(|filter| !filter.actions.is_empty());
    component
}

fn provider<'a>(walk: &mut Walk<'a>, element: &Element<'a>, package: &str) -> Provider {
    let mut provider = Provider::default();
    walk.attributes(element, |id, value| match id {
        id::NAME => provider.name = class_name(package, &value.text()),
        id::PERMISSION => provider.permission = Some(owned(value)),
        id::ENABLED => provider.enabled = value.boolean(),
        id::EXPORTED => provider.exported = value.boolean(),
        id::AUTHORITIES => {
            provider.authorities =
                value.text().split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        }
        _ => {}
    });
    if provider.authorities.is_empty() {
        walk.note(element.at, DiagnosticCode::NonConforming, "a provider without authorities");
    }
    if provider.name.is_empty() {
        walk.note(element.at, DiagnosticCode::NonConforming, "a provider without a name");
    }
    provider
}

/// Qualifies a class name (`PackageParser.buildClassName`): `.X` and `X` get the package in front.
fn class_name(package: &str, class: &str) -> String {
    if is_reference(class) {
        class.to_owned()
    } else if class.starts_with('.') {
        format!("{package}{class}")
    } else if class.is_empty() || class.contains('.') {
        class.to_owned()
    } else {
        format!("{package}.{class}")
    }
}

/// Reads a `<meta-data>` element; `None` when it has no name.
fn meta_data<'a>(walk: &mut Walk<'a>, element: &Element<'a>) -> Option<MetaData> {
    let (mut name, mut value, mut resource) = (None, None, None);
    walk.attributes(element, |id, read| match id {
        id::NAME => name = Some(owned(read)),
        id::VALUE => value = Some(owned(read)),
        id::RESOURCE => resource = Some(owned(read)),
        _ => {}
    });
    if name.is_none() {
        walk.note(element.at, DiagnosticCode::NonConforming, "a meta-data without a name");
    } else if value.is_none() && resource.is_none() {
        walk.note(element.at, DiagnosticCode::NonConforming, "a meta-data without value and resource");
    }
    Some(MetaData { name: name?, value: resource.or(value) })
}

/// Reads an intent filter (`PackageParser.parseIntent`).
fn filter<'a>(walk: &mut Walk<'a>, element: &Element<'a>) -> Result<Filter, Malformed> {
    let mut filter = Filter::default();
    let mut odd = None;
    walk.attributes(element, |id, value| {
        if id == id::PRIORITY {
            let is_reference = value.is_reference();
            match value.integer() {
                Ok(priority) => filter.priority = priority,
                Err(_) if is_reference => filter.has_references = true,
                Err(text) => odd = Some(text.into_owned()),
            }
        }
    });
    if let Some(text) = odd {
        walk.note(element.at, DiagnosticCode::BadValue, text);
    }
    walk.children(&mut |walk, element| {
        let mut buffer = [0; 32];
        match walk.document.strings().short(element.name, &mut buffer).unwrap_or_default() {
            "action" => named(walk, element, &mut filter.actions, "an action without a name"),
            "category" => named(walk, element, &mut filter.categories, "a category without a name"),
            "data" => data(walk, element, &mut filter),
            _ => {}
        }
        Ok(())
    })?;
    for list in [&mut filter.actions, &mut filter.categories, &mut filter.schemes, &mut filter.types] {
        unique(list);
    }
    Ok(filter)
}

/// Reads an `<action>` or `<category>`.
fn named<'a>(walk: &mut Walk<'a>, element: &Element<'a>, list: &mut Vec<String>, otherwise: &str) {
    let name = walk.name(element);
    if name.is_none() {
        walk.note(element.at, DiagnosticCode::NonConforming, otherwise);
    }
    push_once(list, name);
}

/// Reads a `<data>` element into the lists of its filter.
fn data<'a>(walk: &mut Walk<'a>, element: &Element<'a>, filter: &mut Filter) {
    let (mut host, mut port) = (None, None);
    let known = filter.types.len();
    walk.attributes(element, |id, value| {
        if !matches!(
            id,
            id::MIME_TYPE
                | id::SCHEME
                | id::HOST
                | id::PORT
                | id::PATH
                | id::PATH_PREFIX
                | id::PATH_SUFFIX
                | id::PATH_PATTERN
                | id::PATH_ADVANCED_PATTERN
        ) {
            return;
        }
        filter.has_references |= value.is_reference();
        match id {
            id::MIME_TYPE => push_once(&mut filter.types, Some(value)),
            id::SCHEME => push_once(&mut filter.schemes, Some(value)),
            id::HOST => host = Some(owned(value)),
            id::PORT => port = Some(owned(value)),
            id::PATH => filter.paths.push(PathMatch::Literal(owned(value))),
            id::PATH_PREFIX => filter.paths.push(PathMatch::Prefix(owned(value))),
            id::PATH_SUFFIX => filter.paths.push(PathMatch::Suffix(owned(value))),
            id::PATH_PATTERN => filter.paths.push(PathMatch::Pattern(owned(value))),
            _ => filter.paths.push(PathMatch::AdvancedPattern(owned(value))),
        }
    });
    if filter.types.len() > known && !filter.types.last().is_some_and(|kind| is_mime_type(kind)) {
        walk.note(element.at, DiagnosticCode::NonConforming, "a MIME type that is none");
    }
    if let Some(host) = host {
        filter.hosts.push(match port {
            Some(port) => format!("{host}:{port}"),
            None => host,
        });
    }
}

/// Tells whether the platform takes `kind` for a MIME type (`IntentFilter.processMimeType`); a reference may be one.
fn is_mime_type(kind: &str) -> bool {
    is_reference(kind)
        || kind.split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
}
