//! Our facts held against the rows that the platform's parser once wrote: `framework-facts.jsonl.gz` of the corpus,
//! written by platform 13.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use keepone::source::apk::{ApkRead, Wanted, read};
use rayon::prelude::*;

use super::compare::{Rule, compare};
use super::refusal::{Refusal, class};
use super::rows::Row;

/// The API level of the platform that wrote the rows.
const PLATFORM: i64 = 33;

/// Reads the rows.
fn rows(corpus: &Path) -> Vec<Row> {
    let file = std::fs::File::open(corpus.join("framework-facts.jsonl.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// The corpus read once: every row beside what we read.
fn both() -> Vec<(PathBuf, Row, ApkRead)> {
    let corpus = crate::corpus();
    let read_one = |row: Row| {
        let path = corpus.join("firmware").join(&row.apk);
        let ours = read(&path, Wanted::default()).unwrap_or_else(|reason| panic!("{}: {reason:?}", row.apk));
        (path, row, ours)
    };
    rows(&corpus).into_par_iter().map(read_one).collect()
}

#[test]
fn what_the_platform_read_we_read_alike() {
    let mut explained: BTreeMap<Rule, usize> = BTreeMap::new();
    let mut differences = Vec::new();
    let (mut count, mut components) = (0, 0);
    for (path, row, ours) in both() {
        let Some(theirs) = &row.facts else { continue };
        count += 1;
        components += theirs.activities.len() + theirs.receivers.len() + theirs.services.len();
        let compared = compare(&path, &ours, theirs, PLATFORM);
        differences.extend(compared.differences.into_iter().map(|one| format!("{}: {one}", row.apk)));
        for (rule, times) in compared.explained {
            *explained.entry(rule).or_default() += times;
        }
    }
    println!("{count} packages with {components} components compared, {} differences", differences.len());
    println!("explained: {explained:?}");
    assert_eq!(count, 3803, "rows that the platform read");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn what_the_platform_refused_is_read_and_explained() {
    let mut classes: BTreeMap<Refusal, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for (path, row, ours) in both() {
        let Some(refused) = &row.refused else { continue };
        match class(&path, refused, &ours, PLATFORM) {
            Some(class) => *classes.entry(class).or_default() += 1,
            None => unexplained.push(format!("{}: {refused}", row.apk)),
        }
    }
    println!("refused by the platform: {classes:?}");
    assert!(unexplained.is_empty(), "{} unexplained:\n{}", unexplained.len(), unexplained.join("\n"));
    assert_eq!(classes.values().sum::<usize>(), 127, "rows that the platform refused");
}
