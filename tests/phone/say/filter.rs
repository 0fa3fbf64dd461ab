//! An intent filter as `dumpsys package -f` prints it (`IntentFilter.dump`).

use std::fmt::Write;

use keepone::source::snapshot::{Filter, PathMatch};

pub(crate) fn details(said: &mut String, filter: &Filter, api: u32) {
    let indent = "          ";
    let mut each = |name: &str, values: &mut dyn Iterator<Item = String>| {
        for value in values {
            let _ = writeln!(said, "{indent}{name}: {value}");
        }
    };
    let quoted = |text: &String| format!("\"{text}\"");
    each("Action", &mut filter.actions.iter().map(quoted));
    each("Category", &mut filter.categories.iter().map(quoted));
    each("Scheme", &mut filter.schemes.iter().map(quoted));
    each("Ssp", &mut filter.scheme_specific_parts.iter().map(pattern));
    each("Authority", &mut filter.hosts.iter().map(|host| authority(host)));
    each("Path", &mut filter.paths.iter().map(pattern));
    let name = if api >= 31 { "StaticType" } else { "Type" };
    each(name, &mut filter.types.iter().map(quoted));
    let partial = filter.types.iter().any(|kind| kind.ends_with("/*"));
    if filter.priority != 0 || partial {
        let _ = match api {
            31.. => writeln!(
                said,
                "{indent}mPriority={}, mOrder=0, mHasStaticPartialTypes={partial}, mHasDynamicPartialTypes=false",
                filter.priority
            ),
            29..31 => {
                writeln!(said, "{indent}mPriority={}, mOrder=0, mHasPartialTypes={partial}", filter.priority)
            }
            _ => writeln!(said, "{indent}mPriority={}, mHasPartialTypes={partial}", filter.priority),
        };
    }
}

/// `PatternMatcher.toString`.
fn pattern(path: &PathMatch) -> String {
    let (kind, text) = match path {
        PathMatch::Literal(text) => ("LITERAL", text),
        PathMatch::Prefix(text) => ("PREFIX", text),
        PathMatch::Pattern(text) => ("GLOB", text),
        PathMatch::AdvancedPattern(text) => ("ADVANCED", text),
        PathMatch::Suffix(text) => ("SUFFIX", text),
    };
    format!("\"PatternMatcher{{{kind}: {text}}}\"")
}

/// The host without its star, the port, and whether there was a star.
fn authority(host: &str) -> String {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit()) => {
            (name, port)
        }
        _ => (host, "-1"),
    };
    match name.strip_prefix('*') {
        Some(rest) => format!("\"{rest}\": {port} WILD"),
        None => format!("\"{name}\": {port}"),
    }
}
