//! Places on a device: paths brought to one form, and the patterns the conventions name them by.
//!
//! Takes paths as a source wrote them, gives the one form patterns are matched against; never touches a file system.
//!
//! A pattern is an absolute path of segments. Within a segment `*` stands for any run of characters and `{a,b}` for one
//! of several words; a segment `**` stands for any number of segments, also none. Nothing else is special.

use std::fmt;

/// The most segments a path or pattern may have before matching gives up: real ones have about ten.
const MAX_SEGMENTS: usize = 64;

/// The most words the braces of one segment may expand to.
const MAX_WORDS: usize = 64;

/// Partitions that some releases mount below `/system`, so that `/system/product/app` and `/product/app` are one place
/// (`init`'s links of Android 9 and later; ports of `ColorOS` do the same with `my_*`).
const MOUNTED_BELOW_SYSTEM: [&str; 8] =
    ["product", "system_ext", "vendor", "odm", "oem", "vendor_dlkm", "product_services", "mi_ext"];

/// Brings a path on a device to one form: no empty or `.` segments, `/system/system` is `/system`, and a partition
/// mounted below `/system` or `/mnt/vendor` stands for itself.
///
/// ```
/// # use keepone::maker::place::one_form;
/// assert_eq!(one_form("/system/system/product//data-app/Clock"), "/product/data-app/Clock");
/// ```
pub fn one_form(path: &str) -> String {
    joined(&segments(path))
}

/// Returns segments as a path.
pub(crate) fn joined(segments: &[&str]) -> String {
    let length = segments.iter().map(|segment| segment.len() + 1).sum();
    segments.iter().fold(String::with_capacity(length), |mut path, segment| {
        path.push('/');
        path.push_str(segment);
        path
    })
}

/// Tells whether a file lies in a `framework` folder, or below one: there lie the platform's and the makers' own
/// resource packages.
pub(crate) fn is_of_framework(file: &str) -> bool {
    file.contains("/framework/")
}

/// Returns the segments of `path` in its one form.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    let mut segments: Vec<&str> =
        path.split('/').filter(|segment| !segment.is_empty() && *segment != ".").take(MAX_SEGMENTS).collect();
    if segments.first() == Some(&"system_root") {
        segments.remove(0);
    }
    if let ["system", "system", ..] = segments.as_slice() {
        segments.remove(0);
    }
    match segments.as_slice() {
        ["system", partition, ..] if is_partition_below_system(partition) => drop(segments.remove(0)),
        ["mnt", "vendor", partition, ..] if partition.starts_with("my_") => drop(segments.drain(..2)),
        _ => {}
    }
    segments
}

fn is_partition_below_system(name: &str) -> bool {
    MOUNTED_BELOW_SYSTEM.contains(&name) || name.starts_with("my_") || name.starts_with("tr_")
}

/// A pattern for folders or files of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    written: String,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    /// `**`.
    Any,
    /// What the braces expand to.
    Words(Vec<Word>),
}

/// A name of a folder or file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    /// This one.
    Exact(String),
    /// Any that fits, `*` standing for any run of characters.
    Glob(String),
}

impl Word {
    fn new(written: String) -> Self {
        if written.contains('*') { Self::Glob(written) } else { Self::Exact(written) }
    }

    fn as_str(&self) -> &str {
        let (Self::Exact(written) | Self::Glob(written)) = self;
        written
    }

    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Exact(written) => written == name,
            Self::Glob(written) => glob(written, name),
        }
    }
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{written:?} is no path pattern: expected {expected}")]
pub struct PatternError {
    /// The text.
    pub written: String,
    /// What was expected.
    pub expected: &'static str,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is not absolute, has no segment, braces that do not pair, are nested or are empty, or `**` beside other
    /// characters.
    pub fn new(written: &str) -> Result<Self, PatternError> {
        let error = |expected| PatternError { written: written.to_owned(), expected };
        let rest = written.strip_prefix('/').ok_or_else(|| error("a leading '/'"))?;
        let segments =
            rest.split('/').map(|text| segment(text).map_err(error)).collect::<Result<Vec<_>, _>>()?;
        if segments.len() > MAX_SEGMENTS {
            return Err(error("at most 64 segments"));
        }
        Ok(Self { written: written.to_owned(), segments })
    }

    /// Returns the pattern as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Tells whether `path` is a file or folder this pattern names.
    pub fn names(&self, path: &str) -> bool {
        self.names_segments(&segments(path))
    }

    /// Tells the same of a path that is already taken apart.
    pub(crate) fn names_segments(&self, segments: &[&str]) -> bool {
        matches(&self.segments, segments)
    }

    /// Returns the folder this pattern names that `path` lies in, the innermost one, in its one form; `None` when it
    /// lies in none.
    pub fn holds(&self, path: &str) -> Option<String> {
        self.holds_segments(&segments(path)).map(joined)
    }

    /// Returns the same of a path that is already taken apart, as the segments of the folder.
    pub(crate) fn holds_segments<'s, 'p>(&self, segments: &'s [&'p str]) -> Option<&'s [&'p str]> {
        let folders = (1..segments.len()).rev().filter_map(|length| segments.get(..length));
        folders.into_iter().find(|folder| matches(&self.segments, folder))
    }

    /// Returns one path the pattern names, the first word of every brace, `*` left as it is: for people who look for
    /// the file.
    pub fn example(&self) -> String {
        let mut example = String::new();
        for segment in &self.segments {
            example.push('/');
            example.push_str(match segment {
                Segment::Any => "**",
                Segment::Words(words) => words.first().map_or("*", Word::as_str),
            });
        }
        example
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Reads one segment of a pattern.
fn segment(text: &str) -> Result<Segment, &'static str> {
    if text == "**" {
        return Ok(Segment::Any);
    }
    if text.is_empty() || text.contains("**") {
        return Err("no empty segment, and '**' only as a segment of its own");
    }
    let mut words = vec![String::new()];
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('{') {
        let (choices, after) = from.split_once('}').ok_or("a '}' for every '{'")?;
        if before.contains('}') || choices.contains('{') || choices.is_empty() {
            return Err("braces that pair, hold a word and are not nested");
        }
        words = words
            .iter()
            .flat_map(|word| choices.split(',').map(move |choice| format!("{word}{before}{choice}")))
            .take(MAX_WORDS + 1)
            .collect();
        if words.len() > MAX_WORDS {
            return Err("braces that expand to at most 64 words");
        }
        rest = after;
    }
    if rest.contains('}') {
        return Err("a '{' for every '}'");
    }
    for word in &mut words {
        word.push_str(rest);
    }
    Ok(Segment::Words(words.into_iter().map(Word::new).collect()))
}

/// Matches whole segment lists; `**` is tried shortest first, and only the last one is ever returned to.
fn matches(pattern: &[Segment], path: &[&str]) -> bool {
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while here < path.len() {
        match (pattern.get(at), path.get(here)) {
            (Some(Segment::Any), _) => {
                star = Some((at + 1, here));
                at += 1;
            }
            (Some(Segment::Words(words)), Some(name)) if words.iter().any(|word| word.fits(name)) => {
                at += 1;
                here += 1;
            }
            _ => {
                let Some((after, from)) = star else { return false };
                star = Some((after, from + 1));
                at = after;
                here = from + 1;
            }
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|segment| *segment == Segment::Any)
}

/// Matches one name against a word whose `*` stands for any run of characters.
pub(crate) fn glob(word: &str, name: &str) -> bool {
    let Some((first, rest)) = word.split_once('*') else { return word == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let mut rest = rest;
    while let Some((piece, after)) = rest.split_once('*') {
        let Some(found) = name.find(piece) else { return false };
        name = name.get(found + piece.len()..).unwrap_or_default();
        rest = after;
    }
    name.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holds(pattern: &str, path: &str) -> Option<String> {
        Pattern::new(pattern).unwrap().holds(path)
    }

    #[test]
    fn a_place_has_one_form_whatever_the_layout() {
        for (path, form) in [
            ("/system/system/app/A", "/system/app/A"),
            ("/system/product/data-app/A", "/product/data-app/A"),
            ("/system/system/my_stock/del-app/A", "/my_stock/del-app/A"),
            ("/mnt/vendor/my_preload/x", "/my_preload/x"),
            ("system/vendor/operator/app//B.apk", "/vendor/operator/app/B.apk"),
            ("/system/preload/A", "/system/preload/A"),
        ] {
            assert_eq!(one_form(path), form);
        }
    }

    #[test]
    fn a_folder_holds_what_lies_below_it() {
        assert_eq!(
            holds("/{product,system}/data-app", "/product/data-app/A/A.apk").as_deref(),
            Some("/product/data-app")
        );
        assert_eq!(holds("/product/data-app", "/product/data-app"), None);
        assert_eq!(
            holds("/**/data-app", "/mi_ext/product/data-app/A").as_deref(),
            Some("/mi_ext/product/data-app")
        );
        assert_eq!(holds("/**/data-app", "/data-app/A").as_deref(), Some("/data-app"));
        assert_eq!(
            holds("/**/3rd-party/apk*", "/custom/3rd-party/apk2/A.apk").as_deref(),
            Some("/custom/3rd-party/apk2")
        );
        assert_eq!(holds("/my_*/del-app", "/my_stock/del-app-x/A"), None);
        assert_eq!(
            holds("/product/data-app", "/system/product/data-app/A").as_deref(),
            Some("/product/data-app")
        );
    }

    #[test]
    fn two_stars_may_meet_several_chances() {
        let pattern = Pattern::new("/**/a/**/b").unwrap();
        assert!(pattern.names("/x/a/a/y/b"));
        assert!(pattern.names("/a/b"));
        assert!(!pattern.names("/a/x"));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for written in ["data-app", "/", "/a//b", "/a**", "/{a", "/a}", "/{a{b}}", "/{}"] {
            assert!(Pattern::new(written).is_err(), "{written}");
        }
        assert_eq!(Pattern::new("/{a,b}/x*").unwrap().example(), "/a/x*");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(written in ".{0,40}", path in ".{0,60}") {
            if let Ok(pattern) = Pattern::new(&written) {
                let _ = (pattern.names(&path), pattern.holds(&path));
            }
            prop_assert_eq!(one_form(&one_form(&path)).len() <= one_form(&path).len(), true);
        }
    }
}
