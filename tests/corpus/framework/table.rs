//! The committed table: what was compared on each platform, and what tells the readers apart.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::compare::Rule;
use super::live::{Platform, matching, reading, texting};
use super::refusal::Refusal;

/// Writes the table.
pub(super) fn of(platforms: &[&Platform]) -> String {
    let read: Vec<_> = platforms.iter().map(|platform| reading(platform)).collect();
    let matched: Vec<_> = platforms.iter().map(|platform| matching(platform)).collect();
    let texts: Vec<_> = platforms.iter().map(|platform| texting(platform)).collect();
    let mut table = "# Our readers beside Android's own classes\n\n\
        All APKs of the corpus, on every platform that the app's tests run on. There is no difference but those below, \
        each checked\nagainst the manifest itself.\n\n"
        .to_owned();
    let mut row = |head: &str, cells: &[String]| {
        if cells.iter().all(|cell| cell == "0") {
            return;
        }
        let _ = writeln!(table, "| {head} | {} |", cells.join(" | "));
    };
    row("API level", &each(platforms, |platform| platform.level.to_string()));
    row("---", &each(platforms, |_| "--:".to_owned()));
    row("packages read by both", &each(&read, |read| read.packages.to_string()));
    row("components compared", &each(&read, |read| read.components.to_string()));
    row("probes put to filters", &each(&matched, |matched| matched.asked.to_string()));
    row("answered yes by both", &each(&matched, |matched| matched.passed.to_string()));
    row("apart: a value by unresolved reference", &each(&matched, |matched| matched.unresolved.to_string()));
    row("apps that take text messages", &each(&texts, |texts| texts.asked.to_string()));
    row("eligible for text messages, for both", &each(&texts, |texts| texts.eligible.to_string()));
    for rule in Rule::ALL {
        row(rule.why(), &each(&read, |read| count(&read.explained, &rule)));
    }
    for refusal in Refusal::ALL {
        row(&format!("refused: {}", refusal.why()), &each(&read, |read| count(&read.refused, &refusal)));
    }
    table
}

fn each<T>(platforms: &[T], cell: impl Fn(&T) -> String) -> Vec<String> {
    platforms.iter().map(cell).collect()
}

fn count<K: Ord>(counts: &BTreeMap<K, usize>, key: &K) -> String {
    counts.get(key).copied().unwrap_or_default().to_string()
}
