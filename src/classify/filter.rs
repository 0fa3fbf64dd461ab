//! Matches an intent against a filter as Android does (`android.content.IntentFilter.match`, API 34).
//!
//! What the platform decides at run time and a manifest cannot tell - MIME groups, per-user state - is left out.

use crate::source::snapshot::{Filter, PathMatch};

/// The part of an intent that filters look at. All texts as the intent carries them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// The action.
    pub action: String,
    /// The categories; a filter must list every one.
    pub categories: Vec<String>,
    /// The data URI, taken apart.
    pub data: Option<Data>,
    /// The MIME type, `image/jpeg` or a pattern such as `image/*`.
    pub mime_type: Option<String>,
}

/// A data URI, taken apart as `android.net.Uri` does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    /// The scheme, without the colon.
    pub scheme: String,
    /// Everything between the scheme and the fragment.
    pub scheme_specific_part: String,
    /// The host; `None` for an opaque URI such as `tel:`.
    pub host: Option<String>,
    /// The port; `None` when not stated.
    pub port: Option<u16>,
    /// The path, with its slash; empty when there is none.
    pub path: String,
}

impl Data {
    /// Takes a URI apart. Texts without a scheme become a URI of an empty scheme.
    pub fn parse(uri: &str) -> Self {
        let (scheme, rest) = uri.split_once(':').unwrap_or(("", uri));
        let scheme_specific_part = rest.split_once('#').map_or(rest, |(part, _)| part).to_owned();
        let Some(hierarchical) = rest.strip_prefix("//") else {
            return Self { scheme: scheme.to_owned(), scheme_specific_part, ..Self::default() };
        };
        let authority_end = hierarchical.find(['/', '?', '#']).unwrap_or(hierarchical.len());
        let (authority, after) = hierarchical.split_at(authority_end);
        let path_end = after.find(['?', '#']).unwrap_or(after.len());
        let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = match host_and_port.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()),
            None => (host_and_port, None),
        };
        Self {
            scheme: scheme.to_owned(),
            scheme_specific_part,
            host: (!host.is_empty()).then(|| host.to_owned()),
            port,
            path: after[..path_end].to_owned(),
        }
    }
}

/// How surely a filter matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It does not.
    No,
    /// It hangs on an attribute that was given by an unresolved reference.
    Perhaps,
    /// It does.
    Yes,
}

/// Returns whether `filter` lets `intent` through.
pub fn matches(filter: &Filter, intent: &Intent) -> Match {
    if filter.actions.contains(&intent.action) { matches_but_action(filter, intent) } else { Match::No }
}

/// Returns whether `filter`, which lists the action of `intent`, lets it through.
pub(super) fn matches_but_action(filter: &Filter, intent: &Intent) -> Match {
    if !intent.categories.iter().all(|category| filter.categories.contains(category)) {
        return Match::No;
    }
    match (data_matches(filter, intent), filter.has_references) {
        (true, false) => Match::Yes,
        (true, true) => Match::Perhaps,
        // An unresolved reference can stand for what is missing only where there are data conditions at all.
        (false, true) if intent.data.is_some() || intent.mime_type.is_some() => Match::Perhaps,
        (false, _) => Match::No,
    }
}

/// `IntentFilter.matchData`: type first, then scheme, then what follows it: its scheme-specific part as a whole, or
/// authority and path.
fn data_matches(filter: &Filter, intent: &Intent) -> bool {
    let has_types = !filter.types.is_empty();
    let has_schemes = !filter.schemes.is_empty();
    if !has_types && !has_schemes {
        return intent.data.is_none() && intent.mime_type.is_none();
    }
    let scheme = intent.data.as_ref().map_or("", |data| data.scheme.as_str());
    let scheme_fits = if has_schemes {
        filter.schemes.iter().any(|known| known == scheme)
            && intent.data.as_ref().is_none_or(|data| rest_matches(filter, data))
    } else {
        // A filter with types and no schemes takes content: and file:, or no data at all.
        matches!(scheme, "" | "content" | "file")
    };
    let type_fits = match &intent.mime_type {
        Some(mime_type) => {
            let asked = mime_type.split_once('/').unwrap_or((mime_type, "*"));
            filter.types.iter().any(|known| type_matches(known, asked))
        }
        None => !has_types,
    };
    scheme_fits && type_fits
}

fn rest_matches(filter: &Filter, data: &Data) -> bool {
    let parts = &filter.scheme_specific_parts;
    if parts.iter().any(|known| path_matches(known, &data.scheme_specific_part)) {
        return true;
    }
    // Where no part fits, an authority must; without one the parts alone decide.
    if filter.hosts.is_empty() { parts.is_empty() } else { authority_and_path_match(filter, data) }
}

fn authority_and_path_match(filter: &Filter, data: &Data) -> bool {
    let Some(host) = &data.host else { return false };
    let host_fits = filter.hosts.iter().any(|known| {
        let (name, port) = match known.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => {
                (name, port.parse::<u16>().ok())
            }
            _ => (known.as_str(), None),
        };
        (port.is_none() || port == data.port) && host_matches(name, host)
    });
    host_fits && (filter.paths.is_empty() || filter.paths.iter().any(|known| path_matches(known, &data.path)))
}

/// `IntentFilter.AuthorityEntry.match`: `*` takes any host, `*.x` takes hosts ending in `.x`, case does not matter.
fn host_matches(known: &str, host: &str) -> bool {
    match known.strip_prefix('*') {
        Some(suffix) => {
            host.len() >= suffix.len()
                && host.is_char_boundary(host.len() - suffix.len())
                && host[host.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
        }
        None => known.eq_ignore_ascii_case(host),
    }
}

fn path_matches(known: &PathMatch, path: &str) -> bool {
    match known {
        PathMatch::Literal(literal) => literal == path,
        PathMatch::Prefix(prefix) => path.starts_with(prefix.as_str()),
        PathMatch::Suffix(suffix) => path.ends_with(suffix.as_str()),
        PathMatch::Pattern(pattern) | PathMatch::AdvancedPattern(pattern) => {
            glob(pattern.as_bytes(), path.as_bytes())
        }
    }
}

/// `PatternMatcher.PATTERN_SIMPLE_GLOB`: `.` is any byte, `x*` any number of `x`, `\` quotes. Bounded: the work is at
/// most the product of both lengths.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let mut reachable = vec![false; text.len() + 1];
    reachable[0] = true;
    let mut at = 0;
    while at < pattern.len() {
        let quoted = pattern[at] == b'\\' && at + 1 < pattern.len();
        let symbol = if quoted { pattern[at + 1] } else { pattern[at] };
        at += if quoted { 2 } else { 1 };
        let any = symbol == b'.' && !quoted;
        let starred = pattern.get(at) == Some(&b'*');
        if starred {
            at += 1;
            for index in 0..text.len() {
                if reachable[index] && (any || text[index] == symbol) {
                    reachable[index + 1] = true;
                }
            }
        } else {
            for index in (0..text.len()).rev() {
                reachable[index + 1] = reachable[index] && (any || text[index] == symbol);
            }
            reachable[0] = false;
        }
    }
    reachable[text.len()]
}

/// `IntentFilter.findMimeType`: either side may be a pattern; `*` alone means `*/*`. `asked` is taken apart.
fn type_matches(known: &str, (base, sub): (&str, &str)) -> bool {
    if matches!(known, "*/*" | "*") || (base, sub) == ("*", "*") {
        return true;
    }
    match known.strip_prefix(base).map(|rest| (rest, rest.strip_prefix('/'))) {
        Some(("", _)) => true,
        Some((_, Some(known_sub))) => known_sub == "*" || sub == "*" || known_sub == sub,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(schemes: &[&str], hosts: &[&str], types: &[&str]) -> Filter {
        let own = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Filter {
            actions: vec!["VIEW".to_owned()],
            categories: vec!["DEFAULT".to_owned()],
            schemes: own(schemes),
            hosts: own(hosts),
            types: own(types),
            ..Filter::default()
        }
    }

    fn view(uri: Option<&str>, mime_type: Option<&str>) -> Intent {
        Intent {
            action: "VIEW".to_owned(),
            data: uri.map(Data::parse),
            mime_type: mime_type.map(str::to_owned),
            ..Intent::default()
        }
    }

    #[test]
    fn an_intent_without_data_passes_only_filters_without_data() {
        assert_eq!(matches(&filter(&[], &[], &[]), &view(None, None)), Match::Yes);
        assert_eq!(matches(&filter(&["tel"], &[], &[]), &view(None, None)), Match::No);
        assert_eq!(matches(&filter(&[], &[], &["image/*"]), &view(None, None)), Match::No);
        assert_eq!(matches(&filter(&["", "http"], &[], &[]), &view(None, None)), Match::Yes);
    }

    #[test]
    fn every_category_of_the_intent_must_be_listed() {
        let mut intent = view(None, None);
        intent.categories.push("DEFAULT".to_owned());
        assert_eq!(matches(&filter(&[], &[], &[]), &intent), Match::Yes);
        intent.categories.push("BROWSABLE".to_owned());
        assert_eq!(matches(&filter(&[], &[], &[]), &intent), Match::No);
    }

    #[test]
    fn hosts_narrow_a_scheme_and_wildcards_widen_it() {
        let url = view(Some("http://any.invalid/page"), None);
        assert_eq!(matches(&filter(&["http"], &[], &[]), &url), Match::Yes);
        assert_eq!(matches(&filter(&["http"], &["shop.example"], &[]), &url), Match::No);
        assert_eq!(matches(&filter(&["http"], &["*"], &[]), &url), Match::Yes);
        assert_eq!(matches(&filter(&["http"], &["*.INVALID"], &[]), &url), Match::Yes);
        assert_eq!(matches(&filter(&["http"], &["any.invalid:8080"], &[]), &url), Match::No);
    }

    #[test]
    fn what_follows_the_scheme_fits_as_a_whole_or_by_its_authority() {
        let mut one_app = filter(&["package"], &[], &[]);
        one_app.scheme_specific_parts.push(PathMatch::Literal("one.app".to_owned()));
        assert_eq!(matches(&one_app, &view(Some("package:one.app"), None)), Match::Yes);
        assert_eq!(matches(&one_app, &view(Some("package:any.app"), None)), Match::No);
        one_app.hosts.push("*".to_owned());
        assert_eq!(matches(&one_app, &view(Some("package://any.app"), None)), Match::Yes);
    }

    #[test]
    fn types_and_schemes_must_both_fit() {
        let typed = view(Some("content://media/1"), Some("image/jpeg"));
        assert_eq!(matches(&filter(&[], &[], &["image/*"]), &typed), Match::Yes);
        assert_eq!(matches(&filter(&["file"], &[], &["image/*"]), &typed), Match::No);
        assert_eq!(matches(&filter(&["content"], &[], &[]), &typed), Match::No);
        assert_eq!(matches(&filter(&[], &[], &["*"]), &view(None, Some("a/b"))), Match::Yes);
    }

    #[test]
    fn paths_follow_the_simple_glob() {
        for (pattern, text, expected) in [
            ("/a.*b", "/axxxb", true),
            ("/a.*b", "/axxx", false),
            (".*\\.zip", "/x/y.zip", true),
            (".*\\.zip", "/x/yazip", false),
            ("x*", "", true),
            ("", "a", false),
        ] {
            assert_eq!(glob(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn an_unresolved_data_reference_may_match() {
        let mut unresolved = filter(&[], &[], &[]);
        unresolved.has_references = true;
        assert_eq!(matches(&unresolved, &view(Some("tel:1"), None)), Match::Perhaps);
        assert_eq!(matches(&unresolved, &view(None, None)), Match::Perhaps);
    }

    #[test]
    fn uris_are_taken_apart() {
        let data = Data::parse("https://user@host.example:8443/a/b?q#f");
        assert_eq!(data.host.as_deref(), Some("host.example"));
        assert_eq!((data.port, data.path.as_str()), (Some(8443), "/a/b"));
        assert_eq!(Data::parse("tel:112").host, None);
    }
}
