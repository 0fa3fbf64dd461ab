//! Our facts, our matching and our evidence held against the framework's own classes, run for the purpose:
//! `PackageParser`, `IntentFilter.match` and `SmsApplication` of every platform that the app's tests run on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use keepone::source::apk::{ApkRead, Wanted, read};
use rayon::prelude::*;
use serde_json::json;

use super::compare::{Rule, compare};
use super::probes;
use super::refusal::{Refusal, class};
use super::rows::Row;
use super::{run, table, texts};
use crate::manifest_view::apks;

/// The platforms that every machine runs.
const ALWAYS: [i64; 4] = [26, 30, 34, 35];

/// What one platform said.
pub(super) struct Platform {
    /// Its API level.
    pub(super) level: i64,
    rows: Vec<Row>,
}

/// The corpus read once by us and once by every platform.
struct Both {
    /// The folder that the rows' paths begin in.
    root: PathBuf,
    /// By path below that folder.
    ours: BTreeMap<String, ApkRead>,
    platforms: Vec<Platform>,
}

static BOTH: LazyLock<Both> = LazyLock::new(|| {
    let root = crate::corpus().canonicalize().unwrap();
    let paths: Vec<PathBuf> =
        ["firmware", "apps"].iter().flat_map(|folder| apks(&root.join(folder))).collect();
    let names: Vec<&Path> = paths.iter().map(|path| path.strip_prefix(&root).unwrap()).collect();
    let question = json!({ "root": root, "apks": names, "probes": probes::asked() });
    let folder = run::ask("FrameworkOracle", &question, &[]);
    let read_one = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let ours = read(path, Wanted::default()).unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        (name, ours)
    };
    let ours = paths.par_iter().map(read_one).collect();
    let answers = run::answers(&folder, "answer").into_iter();
    let platforms: Vec<Platform> = answers.map(|(level, rows)| Platform { level, rows }).collect();
    let levels: Vec<i64> = platforms.iter().map(|platform| platform.level).collect();
    assert!(ALWAYS.iter().all(|level| levels.contains(level)), "platforms that answered: {levels:?}");
    Both { root, ours, platforms }
});

impl Both {
    /// Every row of a platform beside what we read.
    fn pairs<'a>(&'a self, platform: &'a Platform) -> impl Iterator<Item = (&'a Row, &'a ApkRead)> {
        assert_eq!(platform.rows.len(), self.ours.len(), "rows of platform {}", platform.level);
        platform.rows.iter().map(|row| (row, &self.ours[&row.apk]))
    }
}

/// How reading came out on one platform.
#[derive(Default)]
pub(super) struct Read {
    pub(super) packages: usize,
    pub(super) components: usize,
    pub(super) explained: BTreeMap<Rule, usize>,
    pub(super) refused: BTreeMap<Refusal, usize>,
    differences: Vec<String>,
}

pub(super) fn reading(platform: &Platform) -> Read {
    let mut outcome = Read::default();
    for (row, ours) in BOTH.pairs(platform) {
        let path = BOTH.root.join(&row.apk);
        let found = match (&row.facts, &row.refused) {
            (Some(theirs), _) => {
                outcome.packages += 1;
                outcome.components +=
                    theirs.activities.len() + theirs.receivers.len() + theirs.services.len();
                let compared = compare(&path, ours, theirs, platform.level);
                for (rule, times) in compared.explained {
                    *outcome.explained.entry(rule).or_default() += times;
                }
                compared.differences
            }
            (None, Some(refused)) => match class(&path, refused, ours, platform.level) {
                Some(class) => {
                    *outcome.refused.entry(class).or_default() += 1;
                    Vec::new()
                }
                None => vec![format!("refused: {refused}")],
            },
            (None, None) => vec!["neither read nor refused".to_owned()],
        };
        let of_platform = |one| format!("{} {}: {one}", platform.level, row.apk);
        outcome.differences.extend(found.into_iter().map(of_platform));
    }
    outcome
}

pub(super) fn matching(platform: &Platform) -> probes::Outcome {
    let mut outcome = probes::Outcome::default();
    for (row, ours) in BOTH.pairs(platform).filter(|(row, _)| row.facts.is_some()) {
        let before = outcome.differences.len();
        probes::compare(&ours.facts, &row.answers, &mut outcome);
        for difference in &mut outcome.differences[before..] {
            *difference = format!("{} {}: {difference}", platform.level, row.apk);
        }
    }
    outcome
}

/// Who is eligible for text messages on one platform.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) asked: usize,
    pub(super) eligible: usize,
    differences: Vec<String>,
}

pub(super) fn texting(platform: &Platform) -> Texts {
    let mut outcome = Texts::default();
    for row in &platform.rows {
        // Without this receiver there is neither evidence nor eligibility.
        let takes_texts = row.answers.contains_key("sms-deliver");
        assert!(takes_texts || !row.texts, "{}", row.apk);
        if !takes_texts {
            continue;
        }
        outcome.asked += 1;
        outcome.eligible += usize::from(row.texts);
        let ours = texts::have_evidence(&BOTH.root.join(&row.apk));
        if ours != row.texts {
            let theirs = row.texts;
            outcome
                .differences
                .push(format!("{} {}: ours {ours}, the framework's {theirs}", platform.level, row.apk));
        }
    }
    outcome
}

fn none(differences: &[String]) {
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn every_platform_reads_what_we_read_or_says_why_not() {
    none(&BOTH.platforms.iter().flat_map(|platform| reading(platform).differences).collect::<Vec<_>>());
}

#[test]
fn every_platform_matches_as_we_match() {
    none(&BOTH.platforms.iter().flat_map(|platform| matching(platform).differences).collect::<Vec<_>>());
}

#[test]
fn who_is_eligible_for_text_messages_shows_our_evidence() {
    none(&BOTH.platforms.iter().flat_map(|platform| texting(platform).differences).collect::<Vec<_>>());
}

#[test]
fn what_was_compared_and_what_is_explained_is_committed() {
    // The newest platform runs only where a newer JDK is found.
    let always = BOTH.platforms.iter().filter(|platform| ALWAYS.contains(&platform.level));
    crate::committed("framework.md", &table::of(&always.collect::<Vec<_>>()));
}
