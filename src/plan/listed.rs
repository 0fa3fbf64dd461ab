//! Entries of makers' lists: which of them hold on to a package, and how one is written.

use crate::maker::condition;
use crate::maker::place::one_form;
use crate::maker::rule::{ListFormat, ListRule, Says};
use crate::plan::cost::StepCosts;
use crate::plan::kind::StepKind;
use crate::plan::platform::Platform;
use crate::plan::step::Edit;
use crate::plan::way::Part;
use crate::source::snapshot::{Device, MakerListEntry, PackageFacts};

/// The steps that take a package off the lists that hold on to it.
pub(super) fn off_fixed_lists<'a>(
    package: &'a PackageFacts,
    platform: &Platform<'a>,
    costs: &StepCosts,
) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for list in platform.lists_in_image() {
        let Some(rule) = platform.list(&list.list) else { continue };
        for entry in list.entries.iter().filter(|entry| names(entry, package)) {
            if says(rule, entry) != Some(Says::Fixed) || rule.evidence_only || !platform.holds(entry) {
                continue;
            }
            let line = line_of(rule, entry);
            let edit = Edit {
                file: list.path.clone(),
                list: Some(list.list.clone()),
                subject: entry.subject.clone(),
                says: entry.says.clone(),
                line,
                whole_line: has_lines(rule),
            };
            // One line may stand twice; taking it out takes out both.
            if parts.iter().all(|part: &Part<'_>| part.edit.as_ref() != Some(&edit)) {
                let part = Part::new(package, StepKind::RemoveFromFixedList, platform, costs);
                parts.push(Part { edit: Some(edit), ..part });
            }
        }
    }
    parts
}

/// Whether an entry names a package, by its name or by a path of it.
fn names(entry: &MakerListEntry, package: &PackageFacts) -> bool {
    let same = |path: &str| one_form(path) == one_form(&entry.subject);
    entry.subject == package.name.as_str()
        || (entry.subject.contains('/') && (same(&package.path) || same(&package.file)))
}

/// What an entry says, by its own word.
fn says(rule: &ListRule, entry: &MakerListEntry) -> Option<Says> {
    let word = entry.says.as_deref().unwrap_or("*");
    rule.says.get(word).or_else(|| rule.says.get("*")).copied()
}

/// The line of an entry as it stands in its file.
fn line_of(rule: &ListRule, entry: &MakerListEntry) -> String {
    let subject = &entry.subject;
    match (&rule.format, &entry.says) {
        (ListFormat::Paths, Some(word)) => format!("{subject},{word}"),
        (ListFormat::Elements { attribute }, Some(word)) => format!("<{word} {attribute}=\"{subject}\"/>"),
        (ListFormat::JsonPackages, _) => format!("\"{subject}\""),
        _ => subject.clone(),
    }
}

/// Whether each entry of a list is a line of its own.
pub(super) const fn has_lines(rule: &ListRule) -> bool {
    matches!(rule.format, ListFormat::Packages | ListFormat::Paths)
}

/// Returns what an entry written as `line` names, and what it says of that.
pub(super) fn named(rule: Option<&ListRule>, line: &str) -> (String, Option<String>) {
    match (rule.map(|rule| &rule.format), line.rsplit_once(',')) {
        (Some(ListFormat::Paths), Some((path, word))) => (path.to_owned(), Some(word.to_owned())),
        _ => (line.to_owned(), None),
    }
}

/// Whether a condition of a list entry holds on the device; one that cannot be told holds, so that nothing is missed.
pub(super) fn condition_holds(entry: &MakerListEntry, device: &Device) -> bool {
    entry.condition.as_deref().is_none_or(|condition| condition::holds(condition, device) != Some(false))
}
