//! Walks the elements of a manifest and reads their attributes as the platform does.
//!
//! Takes a document and what knows its resources, gives elements and values; never decides what an element means.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;

use super::attribute as id;
use super::axml::{ANDROID, Attribute, Document, Element, Node, Nodes};
use super::bytes::{Malformed, Part};
use super::locale::Locale;
use super::resources::Resource;
use super::value::Value;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::source::snapshot::{Label, Stated};
use crate::source::unread::UnreadReason;

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

/// The place in the document.
pub(super) struct Walk<'a> {
    pub(super) document: Document<'a>,
    nodes: Nodes<'a>,
    resources: &'a dyn Resources,
    depth: usize,
    /// How much text may still be decoded.
    text: Cell<usize>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What reads one child element.
pub(super) type Visit<'v, 'a> = dyn FnMut(&mut Walk<'a>, &Element<'a>) -> Result<(), Malformed> + 'v;

impl<'a> Walk<'a> {
    /// Begins before the root of `document`.
    pub(super) fn new(document: Document<'a>, resources: &'a dyn Resources) -> Self {
        Self {
            nodes: document.nodes(),
            document,
            resources,
            depth: 0,
            text: Cell::new(TEXT_LIMIT),
            diagnostics: Vec::new(),
        }
    }

    /// Finds the root element.
    pub(super) fn root(&mut self) -> Result<Element<'a>, UnreadReason> {
        let expected = "an element <manifest>";
        match self.next()? {
            Some(Node::Start(element)) if self.is_named(&element, "manifest") => Ok(element),
            Some(Node::Start(element)) => Err(Malformed::new(Part::Manifest, element.at, expected).into()),
            _ => Err(Malformed::new(Part::Manifest, 0, expected).into()),
        }
    }

    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, Malformed> {
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
    pub(super) fn children(&mut self, visit: &mut Visit<'_, 'a>) -> Result<(), Malformed> {
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
    pub(super) fn attributes(&self, element: &Element<'a>, mut take: impl FnMut(u32, Value<'a>)) {
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
    pub(super) fn value(&self, attribute: &Attribute) -> Option<Value<'a>> {
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
    pub(super) fn resolved(&self, id: u32, value: Value<'a>) -> Value<'a> {
        match value {
            Value::Resource(resource) if !matches!(id, id::LABEL | id::ICON | id::VALUE | id::RESOURCE) => {
                self.resources.value(resource).map_or(value, Value::of_resource)
            }
            value => value,
        }
    }

    /// Reads a label in both languages.
    pub(super) fn label(&self, value: Value<'a>) -> Label {
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
    pub(super) fn plain(&self, element: &Element<'a>, name: &str) -> Option<Attribute> {
        let strings = self.document.strings();
        element
            .attributes()
            .find(|attribute| attribute.namespace == u32::MAX && strings.is(attribute.name, name))
    }

    /// Returns the text of an attribute that has no namespace, as written in the source where that was kept.
    pub(super) fn plain_text(&self, element: &Element<'a>, name: &str) -> Option<String> {
        let attribute = self.plain(element, name)?;
        let text = self.document.string(attribute.raw);
        text.or_else(|| Value::read(&self.document, &attribute).map(Value::text)).map(Cow::into_owned)
    }

    /// Returns `android:name`, by number or, as the parser of intent filters does, by name.
    pub(super) fn name(&self, element: &Element<'a>) -> Option<Value<'a>> {
        let mut name = None;
        self.attributes(element, |id, value| {
            if id == id::NAME {
                name = Some(value);
            }
        });
        name.or_else(|| self.named(element, "name"))
    }

    /// Returns an attribute of the platform's namespace by its name.
    pub(super) fn named(&self, element: &Element<'a>, name: &str) -> Option<Value<'a>> {
        let strings = self.document.strings();
        let named = |attribute: &Attribute| {
            strings.is(attribute.name, name) && strings.is(attribute.namespace, ANDROID)
        };
        self.value(&element.attributes().find(named)?)
    }

    pub(super) fn is_named(&self, element: &Element<'a>, name: &str) -> bool {
        self.document.strings().is(element.name, name)
    }

    pub(super) fn note(&mut self, at: usize, code: DiagnosticCode, detail: impl Into<String>) {
        if self.diagnostics.len() >= DIAGNOSTIC_LIMIT {
            return;
        }
        let at = u64::try_from(at).unwrap_or(u64::MAX);
        self.diagnostics.push(Diagnostic { path: String::new(), at, code, detail: detail.into() });
    }
}

/// Adds a text to a list that does not have it.
pub(super) fn push_once(list: &mut Vec<String>, value: Option<Value<'_>>) {
    let Some(text) = value.map(Value::text) else { return };
    if list.len() >= SEARCHED || !list.iter().any(|known| *known == *text) {
        list.push(text.into_owned());
    }
}

/// Removes what is twice from a list that [`push_once`] filled, in a time that a hostile list cannot stretch.
pub(super) fn unique(list: &mut Vec<String>) {
    if list.len() <= SEARCHED {
        return;
    }
    let mut seen = HashSet::new();
    let mut first = list.iter().map(|text| seen.insert(text.as_str())).collect::<Vec<_>>().into_iter();
    list.retain(|_| first.next().unwrap_or(true));
}

/// Returns a value as text, a reference as written.
pub(super) fn owned(value: Value<'_>) -> String {
    value.text().into_owned()
}
