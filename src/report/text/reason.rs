//! Why an app stays or goes, and what else a finding rests on, in a few words.

use crate::audit::{Finding, explain};
use crate::package::PackageName;
use crate::removability::outcome::Reason;
use crate::report::escape::shown;
use crate::report::text::Page;

/// Returns the first of [`parts`], or all of them where everything is asked for: in a list of what breaks the rule the
/// reason why an app stays is the one that matters.
pub(super) fn of_finding(page: &Page, finding: &Finding, package: &PackageName) -> String {
    let mut parts = parts(page, finding, package);
    if !page.is_verbose() {
        parts.truncate(1);
    }
    parts.join(page.semicolon())
}

/// Returns what a finding says of one package: each fact with the place where it stands. The reason why it cannot be
/// removed comes first, facts about its group after it.
pub(super) fn parts(page: &Page, finding: &Finding, package: &PackageName) -> Vec<String> {
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
            (fact, origin) => [fact, &shown(origin)].join(page.colon()),
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}
