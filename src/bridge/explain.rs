//! Entry `explain`: names and texts of the words that results use, in one language; and reasons of what was not read, which
//! have values in them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::audit::explain::{self, Explanation};
use crate::audit::{FindingCode, Outcome};
use crate::classify::Scope;
use crate::control::table::operation;
use crate::control::{Area, Switch, switches};
use crate::enforce::{Because, ChangeOutcome, May, Way};
use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName};
use crate::plan::run_time::RunTimeKind;
use crate::record::EventKind;
use crate::removability::outcome::{Reason, Verdict};
use crate::source::apk::manifest::empty;
use crate::source::unread::UnreadReason;

/// Which words, in which language.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Request {
    language: Language,
    /// The words; without any, all.
    #[serde(default)]
    words: Option<BTreeSet<String>>,
    /// Reasons as they stand in results.
    #[serde(default)]
    unread: Vec<UnreadReason>,
}

/// The texts.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Answer {
    schema_version: u32,
    language: Language,
    /// Sorted by kind and word; one word can be of several kinds.
    words: Vec<Entry>,
    /// In the order of the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<String>,
}

/// One word.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Entry {
    kind: &'static str,
    word: Cow<'static, str>,
    /// For a switch: its area, for switches of two areas share words.
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'static str>,
    name: &'static str,
    #[serde(flatten)]
    texts: Option<Texts>,
}

/// The four texts of a word that needs explaining.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Texts {
    what: &'static str,
    why: &'static str,
    evidence: &'static str,
    repair: &'static str,
}

/// Explains words; those that are no word of ours are left out.
pub(super) fn run(request: &Request) -> Answer {
    let wanted = |word: &str| request.words.as_ref().is_none_or(|words| words.contains(word));
    let say = |text: Text| text.get(request.language);
    let mut words: Vec<Entry> = all()
        .into_iter()
        .filter(|(_, word, _, _)| wanted(word))
        .map(|(kind, word, name, explanation)| Entry {
            kind,
            word: Cow::Borrowed(word),
            area: None,
            name: say(name),
            texts: explanation.map(|explanation| Texts {
                what: say(explanation.what),
                why: say(explanation.why),
                evidence: say(explanation.evidence),
                repair: say(explanation.repair),
            }),
        })
        .collect();
    let switches = every_switch().into_iter().filter(|switch| wanted(switch.id));
    words.extend(switches.map(|switch| Entry {
        kind: "switch",
        word: Cow::Borrowed(switch.id),
        area: Some(switch.area.id()),
        name: say(switch.name),
        texts: None,
    }));
    let operations = operation::names().into_iter().filter(|(word, _)| wanted(word));
    words.extend(operations.map(|(word, name)| Entry {
        kind: "operation",
        word,
        area: None,
        name: say(name),
        texts: None,
    }));
    words.sort_by(|a, b| (a.kind, &a.word, a.area).cmp(&(b.kind, &b.word, b.area)));
    let unread = request.unread.iter().map(|reason| reason.localized(request.language)).collect();
    Answer { schema_version: 1, language: request.language, words, unread }
}

type Word = (&'static str, &'static str, Text, Option<Explanation>);

/// Every word there is: its kind, itself, its name, and its explanation where it has one.
fn all() -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    all.extend(
        FindingCode::ALL
            .map(|code| ("finding", code.id(), explain::finding_name(code), Some(explain::finding(code)))),
    );
    all.extend(
        Reason::ALL.map(|reason| {
            ("reason", reason.id(), explain::reason_name(reason), Some(explain::reason(reason)))
        }),
    );
    all.extend(Outcome::ALL.map(|outcome| {
        ("outcome", outcome.id(), explain::outcome_name(outcome), Some(explain::outcome(outcome)))
    }));
    all.extend(Group::ALL.map(|group| ("group", group.id(), group.name(), None)));
    all.extend(Scope::ALL.map(|scope| ("scope", scope.id(), scope.text(), None)));
    all.extend(Verdict::ALL.map(|verdict| ("verdict", verdict.id(), verdict.text(), None)));
    all.extend(Because::ALL.map(|because| ("obstacle", because.id(), because.text(), None)));
    all.extend(Area::ALL.map(|area| ("area", area.id(), area.name(), None)));
    all.extend(ChangeOutcome::ALL.map(|outcome| {
        let [what, why, evidence, repair] = outcome.explanation();
        ("change", outcome.id(), outcome.text(), Some(Explanation { what, why, evidence, repair }))
    }));
    all.extend(EventKind::ALL.map(|event| ("event", event.id(), event.text(), None)));
    all.extend(WAYS.map(|(word, way)| ("way", word, way.text(), None)));
    all.extend(STEPS.map(|(word, step)| ("step", word, step.text(), None)));
    all
}

/// Every switch there is: those of a package about which nothing is known, on a phone that has them all.
fn every_switch() -> Vec<Switch> {
    let Ok(name) = PackageName::new("android") else { return Vec::new() };
    let facts = empty(name);
    let may = May {
        way: Way::PlatformSigned,
        sdk: u32::MAX,
        permissions: Vec::new(),
        users: Vec::new(),
        fixed: Vec::new(),
        uid: None,
        device: None,
    };
    switches(&facts, 0, &may)
}

/// The ways to live on a phone, by their words in files.
const WAYS: [(&str, Way); 4] = [
    ("platform-signed", Way::PlatformSigned),
    ("privileged", Way::Privileged),
    ("ordinary", Way::Ordinary),
    ("shell", Way::Shell),
];

/// The steps on a running phone, by their words in files.
const STEPS: [(&str, RunTimeKind); 5] = [
    ("hand-over-role", RunTimeKind::HandOverRole),
    ("block-uninstall", RunTimeKind::BlockUninstall),
    ("unblock-uninstall", RunTimeKind::UnblockUninstall),
    ("uninstall-for-user", RunTimeKind::UninstallForUser),
    ("install-for-user", RunTimeKind::InstallForUser),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_files_and_none_is_there_twice() {
        for (word, way) in WAYS {
            assert_eq!(serde_json::to_string(&way).unwrap(), format!("\"{word}\""));
        }
        for (word, step) in STEPS {
            assert_eq!(serde_json::to_string(&step).unwrap(), format!("\"{word}\""));
        }
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{}\"", scope.id()));
        }
        let words = all();
        let distinct: BTreeSet<_> = words.iter().map(|(kind, word, _, _)| (kind, word)).collect();
        assert_eq!(distinct.len(), words.len());
        let switches = every_switch();
        let ids: BTreeSet<_> = switches.iter().map(|switch| (switch.area, switch.id)).collect();
        assert_eq!(ids.len(), switches.len());
        for area in Area::ALL {
            assert!(switches.iter().any(|switch| switch.area == area), "{area:?}");
        }
    }
}
