//! What was not read and could turn a verdict.
//!
//! A list that is known to exist and was not read, or whose switch is stated to be on while the source holds none of its
//! files, makes unknown what it could turn. A list that the platform may read and the source does not hold is named as
//! missing, and the verdict stands. A snapshot that lost facts on its way calls nothing uninstallable.

use crate::maker::rule::Says;
use crate::removability::Finding;
use crate::removability::ground::Ground;
use crate::removability::outcome::{Reason, Verdict};
use crate::removability::subject::Subject;
use crate::removability::word::Silent;

/// Applies what is missing to what the rules found.
pub(super) fn apply(ground: &Ground<'_>, subject: &Subject<'_, '_>, mut finding: Finding) -> Finding {
    let by_list = matches!(finding.reason, Reason::MakerListRemovable | Reason::MakerListFixed);
    let decided = (finding.verdict, by_list.then_some(finding.precedence));
    for silent in &ground.words.silent {
        if !subject.is_spoken_of(silent.speaks_of) || !turns(silent, decided) {
            continue;
        }
        finding.missing.push(silent.called.clone());
        if silent.exists && finding.verdict != Verdict::Unknown {
            become_unknown(&mut finding, &silent.called);
        }
    }
    if let (Some(lost), Verdict::Uninstallable) = (ground.lost, finding.verdict) {
        become_unknown(&mut finding, lost);
        finding.missing.push(lost.to_owned());
    }
    // a list may call an update removable, but not while the copy it would fall back to was not read
    let copy = ground.unread_copies.get(&subject.package.name).filter(|_| subject.on_data);
    if let (Some(path), Verdict::Uninstallable) = (copy, finding.verdict) {
        become_unknown(&mut finding, path);
        finding.missing.push((*path).to_owned());
    }
    finding
}

fn become_unknown(finding: &mut Finding, because: &str) {
    because.clone_into(&mut finding.decided_by);
    (finding.verdict, finding.reason) = (Verdict::Unknown, Reason::NotRead);
}

/// Tells whether a list could say otherwise and would be heard over what decided: a verdict, and the precedence of the
/// list that gave it, if one did.
fn turns(silent: &Silent, (verdict, precedence): (Verdict, Option<u32>)) -> bool {
    silent.says.iter().any(|says| {
        let otherwise = match verdict {
            Verdict::Uninstallable => *says == Says::Fixed,
            Verdict::NonUninstallable => *says == Says::Removable,
            Verdict::Unknown => true,
        };
        let heard = precedence.is_none_or(|decided| {
            silent.precedence > decided || (silent.precedence == decided && *says == Says::Fixed)
        });
        otherwise && heard
    })
}
