//! The application and its components, with their filters and meta-data.
//!
//! Takes an element, gives the facts that it and its children state.

use super::attribute as id;
use super::axml::Element;
use super::bytes::Malformed;
use super::value::is_reference;
use super::walk::{Walk, owned, push_once, unique};
use crate::diagnostic::DiagnosticCode;
use crate::source::snapshot::{Application, Component, Filter, MetaData, PathMatch, Provider};

/// Reads the attributes of `<application>`.
pub(super) fn application<'a>(walk: &Walk<'a>, element: &Element<'a>) -> Application {
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
pub(super) fn component<'a>(
    walk: &mut Walk<'a>,
    element: &Element<'a>,
    package: &str,
) -> Result<Component, Malformed> {
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
pub(super) fn actionable(mut component: Component) -> Component {
    component.filters.retain(|filter| !filter.actions.is_empty());
    component
}

pub(super) fn provider<'a>(walk: &mut Walk<'a>, element: &Element<'a>, package: &str) -> Provider {
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
pub(super) fn class_name(package: &str, class: &str) -> String {
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
pub(super) fn meta_data<'a>(walk: &mut Walk<'a>, element: &Element<'a>) -> Option<MetaData> {
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
                | id::SSP
                | id::SSP_PREFIX
                | id::SSP_SUFFIX
                | id::SSP_PATTERN
                | id::SSP_ADVANCED_PATTERN
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
            id::PATH_ADVANCED_PATTERN => filter.paths.push(PathMatch::AdvancedPattern(owned(value))),
            id::SSP => filter.scheme_specific_parts.push(PathMatch::Literal(owned(value))),
            id::SSP_PREFIX => filter.scheme_specific_parts.push(PathMatch::Prefix(owned(value))),
            id::SSP_SUFFIX => filter.scheme_specific_parts.push(PathMatch::Suffix(owned(value))),
            id::SSP_PATTERN => filter.scheme_specific_parts.push(PathMatch::Pattern(owned(value))),
            _ => filter.scheme_specific_parts.push(PathMatch::AdvancedPattern(owned(value))),
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
