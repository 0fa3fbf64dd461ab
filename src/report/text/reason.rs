//! Why an app stays or goes, and what else a finding rests on, in a few words.

use crate::audit::{Finding, explain};
use crate::package::PackageName;
use crate::removability::outcome::Reason;
use crate::report::escape::shown;
use crate::report::text::Page;

/// Returns what a finding says of one package: each fact with the place where it stands. Facts about its group come
/// after the reason why it cannot be removed.
pub(super) fn of_finding(page: &Page, finding: &Finding, package: &PackageName) -> String {
    let own = finding.evidence.iter().filter(|evidence| evidence.subject == package.as_str());
    let mut parts: Vec<String> = Vec::new();
    for evidence in own {
        let fact = Reason::from_id(&evidence.fact).map_or_else(
            || shown(&evidence.fact),
            |reason| page.say(explain::reason_name(reason)).to_owned(),
        );
        let part = match (fact.as_str(), evidence.origin.as_str()) {
            (fact, "") => fact.to_owned(),
            ("", origin) => shown(origin),
            (fact, origin) => format!("{fact}: {}", shown(origin)),
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    // The group's evidence explains why it counts; in a list of what breaks the rule the first fact is the one that
    // matters, the others are for those who ask for everything.
    let few = if page.is_verbose() { parts.len() } else { 1 };
    parts.truncate(few);
    parts.join("; ")
}
