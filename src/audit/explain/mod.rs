//! What every word of a result means: finding codes, removability rules, outcomes. Takes a word, gives an
//! [`Explanation`] in four parts; knows nothing of a device.

mod codes;
mod outcomes;
mod reasons;

use crate::audit::outcome::{FindingCode, Outcome};
use crate::language::Text;
use crate::removability::outcome::Reason;

/// What a word of a result means to the person who meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it says about the device.
    pub what: Text,
    /// Why it matters.
    pub why: Text,
    /// Which evidence it rests on, or which is needed to settle it.
    pub evidence: Text,
    /// What can be done about it.
    pub repair: Text,
}

impl Explanation {
    /// Heading of [`Self::what`].
    pub const WHAT: Text = Text::new("What it says", "含义");
    /// Heading of [`Self::why`].
    pub const WHY: Text = Text::new("Why it matters", "为何重要");
    /// Heading of [`Self::evidence`].
    pub const EVIDENCE: Text = Text::new("Evidence needed", "所需证据");
    /// Heading of [`Self::repair`].
    pub const REPAIR: Text = Text::new("How to repair", "如何修复");

    /// Returns the four parts, each with its heading.
    pub const fn parts(self) -> [(Text, Text); 4] {
        [
            (Self::WHAT, self.what),
            (Self::WHY, self.why),
            (Self::EVIDENCE, self.evidence),
            (Self::REPAIR, self.repair),
        ]
    }
}

/// Explains a finding code.
pub const fn finding(code: FindingCode) -> Explanation {
    codes::explanation(code)
}

/// Explains a removability rule.
pub const fn reason(reason: Reason) -> Explanation {
    reasons::explanation(reason)
}

/// Explains an outcome.
pub const fn outcome(outcome: Outcome) -> Explanation {
    outcomes::explanation(outcome)
}

/// Returns a finding code as a few words for a list.
pub const fn finding_name(code: FindingCode) -> Text {
    codes::name(code)
}

/// Returns a removability rule as a few words for a list.
pub const fn reason_name(reason: Reason) -> Text {
    reasons::name(reason)
}

/// Returns an outcome as a word for people.
pub const fn outcome_name(outcome: Outcome) -> Text {
    outcomes::name(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<(&'static str, Explanation)> {
        let codes = FindingCode::ALL.into_iter().map(|code| (code.id(), finding(code)));
        let reasons = Reason::ALL.into_iter().map(|known| (known.id(), reason(known)));
        let outcomes = Outcome::ALL.into_iter().map(|known| (known.id(), outcome(known)));
        codes.chain(reasons).chain(outcomes).collect()
    }

    #[test]
    fn every_part_is_written_in_both_languages() {
        for (word, explanation) in all() {
            for (_, text) in explanation.parts() {
                assert!(text.en.len() > 20 && text.en.is_ascii(), "{word}: {}", text.en);
                assert!(text.zh.chars().count() > 6 && !text.zh.is_ascii(), "{word}: {}", text.zh);
                assert!(!text.zh.contains("。。") && !text.zh.ends_with('.'), "{word}: {}", text.zh);
            }
        }
    }

    #[test]
    fn no_two_words_share_an_explanation() {
        let mut what: Vec<&str> = all().iter().map(|(_, explanation)| explanation.what.en).collect();
        let count = what.len();
        what.sort_unstable();
        what.dedup();
        assert_eq!(what.len(), count);
    }
}
