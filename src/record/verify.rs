//! Checks a record: every event changed, dropped or moved since it was written is found, and placed.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::chain::{self, Break, Broken, Tail};
use crate::enforce::result::both;
use crate::json;
use crate::language::{Language, Localized, Text};
use crate::profile::Bilingual;
use crate::record::moment::Moment;
use crate::record::store::{Line, begin, head, path, segments};

/// What checking a record found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct VerifyResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// Whether every event stands as it was written, and none is missing but those that the record says it dropped.
    pub whole: bool,
    /// How many events stand.
    pub events: u64,
    /// How many segments there are.
    pub segments: u64,
    /// When the first of them happened.
    pub since: Option<Moment>,
    /// When the last of them happened.
    pub until: Option<Moment>,
    /// How many events were dropped to keep the record within its bounds, as the record says.
    pub dropped: u64,
    /// When the last of those happened.
    pub dropped_until: Option<Moment>,
    /// Whether the end of the record could be compared with what was remembered of it.
    pub end_known: bool,
    /// Where the record does not stand as it was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<Damage>,
}

/// A place where a record does not stand as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Damage {
    /// The file.
    pub segment: String,
    /// The place in it; line 0 is its end.
    #[serde(flatten)]
    pub place: Broken,
    /// The same for people.
    pub text: Bilingual,
}

/// Where damage is, for people.
struct Place<'a>(&'a str, Broken);

impl Localized for Place<'_> {
    fn localized(&self, language: Language) -> String {
        const LINE: Text = Text::new("{segment}, {place}", "{segment}，{place}");
        const END: Text = Text::new("{segment}: events at its end are missing", "{segment}：末尾的事件缺失");
        if self.1.line == 0 {
            return END.fill(language, &[("segment", &self.0)]);
        }
        LINE.fill(language, &[("segment", &self.0), ("place", &self.1.localized(language))])
    }
}

/// Checks the record in a folder. A folder that is not there is an empty record.
///
/// # Errors
/// When a file cannot be read.
pub fn verify(folder: &Path) -> io::Result<VerifyResult> {
    let mut found = VerifyResult { schema_version: 1, ..VerifyResult::default() };
    let numbers = if folder.is_dir() { segments(folder)? } else { Vec::new() };
    found.segments = numbers.len() as u64;
    let mut tail: Option<Tail> = None;
    let (mut first, mut dropped) = (Tail::default(), Vec::new());
    let mut last = String::new();
    for number in &numbers {
        let file = path(folder, *number);
        last = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&file)?;
        let begins = begin(&bytes);
        let from = match (&tail, &begins) {
            (Some(tail), _) => tail.clone(),
            (None, Some(begins)) => begins.clone(),
            (None, None) => Tail::default(),
        };
        if tail.is_none() {
            first = from.clone();
        }
        let mut chain = chain::read(&bytes, from);
        if let Some(broken) = chain.broken.take() {
            found.damage(&last, broken.clone());
            // What follows the damage in the file is not trusted; a later segment says where it goes on.
            count(&chain, &mut found, &mut dropped);
            tail = None;
            // A segment that begins elsewhere is looked at from where it says it begins.
            if let Some(begins) = begins.filter(|_| broken.line == 1 && broken.how != Break::Changed) {
                let again = chain::read(&bytes, begins);
                if again.broken.is_none() {
                    count(&again, &mut found, &mut dropped);
                    tail = Some(again.tail);
                }
            }
            continue;
        }
        count(&chain, &mut found, &mut dropped);
        tail = Some(chain.tail);
    }
    if first != Tail::default() && !dropped.contains(&first) && !numbers.is_empty() {
        let segment = path(folder, numbers[0]).file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.damage(&segment, Broken { line: 1, expected: 0, how: Break::Dropped });
    }
    let head = if folder.is_dir() { head(folder) } else { None };
    found.end_known = head.is_some() || numbers.is_empty();
    if let Some(head) = head {
        let end = tail.unwrap_or_default();
        let cut = head.next > end.next;
        if cut && found.damage.is_empty() {
            found.damage(&last, Broken { line: 0, expected: end.next, how: Break::Dropped });
        } else if head.next == end.next && head.digest != end.digest && found.damage.is_empty() {
            found.damage(&last, Broken { line: 0, expected: end.next, how: Break::Changed });
        }
    }
    found.whole = found.damage.is_empty();
    Ok(found)
}

impl VerifyResult {
    fn damage(&mut self, segment: &str, place: Broken) {
        let text = both(&Place(segment, place.clone()));
        self.damage.push(Damage { segment: segment.to_owned(), place, text });
    }
}

/// Counts what stands in a segment, and what it says was dropped.
fn count(chain: &chain::Chain<'_>, found: &mut VerifyResult, dropped: &mut Vec<Tail>) {
    for link in &chain.links {
        match json::of_text(link.entry) {
            Ok(Line::Event { event }) => {
                found.events += 1;
                found.since.get_or_insert(event.when);
                found.until = Some(event.when);
            }
            Ok(Line::Dropped { tail, total, until }) => {
                dropped.push(tail);
                found.dropped = total;
                found.dropped_until = until.or(found.dropped_until);
            }
            // An entry of a newer version holds the chain, and says nothing here.
            Err(_) => {}
        }
    }
}
