//! One intent filter as `IntentFilter.dump` prints it.

use crate::source::adb::dump::lines::Lines;
use crate::source::snapshot::{Filter, PathMatch};

/// Reads the filter that stands further in than `indent`; `None` where none does.
pub(super) fn read(indent: usize, lines: &mut Lines<'_>) -> Option<Filter> {
    let mut filter: Option<Filter> = None;
    while let Some(line) = lines.inside(indent) {
        part(filter.get_or_insert_default(), line.text);
    }
    filter
}

fn part(filter: &mut Filter, text: &str) {
    let Some((key, value)) = text.split_once(": ") else { return numbers(filter, text) };
    let Some(quoted) = quoted(value) else { return };
    let owned = quoted.to_owned();
    match key {
        "Action" => filter.actions.push(owned),
        "Category" => filter.categories.push(owned),
        "Scheme" => filter.schemes.push(owned),
        "Ssp" => filter.scheme_specific_parts.extend(pattern(quoted)),
        "Authority" => filter.hosts.push(authority(quoted, value)),
        "Path" => filter.paths.extend(pattern(quoted)),
        // Android 12 tells static types from all types; both are listed, so one list is enough.
        "Type" | "StaticType" => {
            let whole = whole_type(quoted);
            if !filter.types.contains(&whole) {
                filter.types.push(whole);
            }
        }
        _ => {}
    }
}

/// `mPriority=-1, mOrder=0, mHasStaticPartialTypes=false`
fn numbers(filter: &mut Filter, text: &str) {
    for word in text.split([',', ' ']) {
        if let Some(priority) = word.strip_prefix("mPriority=").and_then(|number| number.parse().ok()) {
            filter.priority = priority;
        }
    }
}

/// The text between the first quotation mark and the last.
fn quoted(value: &str) -> Option<&str> {
    let inside = value.strip_prefix('"')?;
    Some(inside.rsplit_once('"').map_or(inside, |(inside, _)| inside))
}

/// `"host": 8080 WILD` is host and port; without a port it prints -1, and a host that began with `*` lost it.
fn authority(quoted: &str, value: &str) -> String {
    // The host itself holds no quotation mark.
    let host = quoted.split('"').next().unwrap_or(quoted);
    let after = value.rsplit_once('"').map_or("", |(_, after)| after);
    let wild = if after.contains("WILD") { "*" } else { "" };
    let port = after.split_whitespace().find_map(|word| word.trim_matches(':').parse::<i32>().ok());
    match port {
        Some(port) if port >= 0 => format!("{wild}{host}:{port}"),
        _ => format!("{wild}{host}"),
    }
}

/// `PatternMatcher{PREFIX: /x}`
fn pattern(text: &str) -> Option<PathMatch> {
    let inside = text.strip_prefix("PatternMatcher{")?.strip_suffix('}')?;
    let (kind, path) = inside.split_once(": ")?;
    let path = path.to_owned();
    match kind {
        "LITERAL" => Some(PathMatch::Literal(path)),
        "PREFIX" => Some(PathMatch::Prefix(path)),
        "GLOB" => Some(PathMatch::Pattern(path)),
        "ADVANCED" => Some(PathMatch::AdvancedPattern(path)),
        "SUFFIX" => Some(PathMatch::Suffix(path)),
        _ => None,
    }
}

/// A filter keeps `image/*` as `image` and `*/*` as `*` (`IntentFilter.processMimeType`).
fn whole_type(kept: &str) -> String {
    match kept {
        "*" => "*/*".to_owned(),
        kept if kept.contains('/') => kept.to_owned(),
        kept => format!("{kept}/*"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_filter_is_read() {
        let text = "  Action: \"a.VIEW\"\n  Category: \"a.DEFAULT\"\n  Scheme: \"http\"\n  Authority: \"x.org\": -1\n\
            \x20 Authority: \"y.org\": 8080 WILD\n  Path: \"PatternMatcher{PREFIX: /a}\"\n  Ssp: \"PatternMatcher{LITERAL: b}\"\n\
            \x20 StaticType: \"image\"\n  Type: \"image\"\n  Type: \"*\"\n  Type: \"text/plain\"\n\
            \x20 mPriority=-5, mOrder=0, mHasStaticPartialTypes=true\n  AutoVerify=true\nnext\n";
        let mut lines = Lines::of(text);
        let filter = read(0, &mut lines).unwrap();
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let expected = Filter {
            actions: owned(&["a.VIEW"]),
            categories: owned(&["a.DEFAULT"]),
            schemes: owned(&["http"]),
            scheme_specific_parts: vec![PathMatch::Literal("b".to_owned())],
            hosts: owned(&["x.org", "*y.org:8080"]),
            paths: vec![PathMatch::Prefix("/a".to_owned())],
            types: owned(&["image/*", "*/*", "text/plain"]),
            priority: -5,
            has_references: false,
        };
        assert_eq!(filter, expected);
        assert_eq!(lines.next().unwrap().text, "next");
    }
}
