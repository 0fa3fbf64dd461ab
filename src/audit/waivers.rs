//! Accepted exceptions: which hold, which were used, which match nothing any more.

use crate::audit::app::App;
use crate::audit::outcome::{Finding, FindingCode, FindingEvidence, Outcome};
use crate::profile::{Profile, Waiver};

/// The waivers of a profile and which of them were used.
pub(super) struct Waivers<'a> {
    waivers: Vec<(&'a Waiver, bool, State)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Used,
    /// It names a signer, and the package carries another or was not read for signers.
    SignerDiffers,
}

impl<'a> Waivers<'a> {
    /// Takes the waivers of `profile`; those past their end date on `today` do not hold.
    pub(super) fn new(profile: &'a Profile, today: Option<&str>) -> Self {
        let expired = |waiver: &Waiver| match (&waiver.until, today) {
            (Some(until), Some(today)) => until.as_str() < today,
            // Whether the date has passed cannot be told without a day.
            (Some(_), None) => true,
            (None, _) => false,
        };
        Self {
            waivers: profile.waivers.iter().map(|waiver| (waiver, expired(waiver), State::Open)).collect(),
        }
    }

    /// Returns the reason of a waiver that accepts `app` against `requirement`, and marks it as used.
    pub(super) fn accepts(&mut self, app: &App<'_>, requirement: &str) -> Option<String> {
        for (waiver, expired, state) in &mut self.waivers {
            if *expired || waiver.package != *app.name || waiver.requirement != requirement {
                continue;
            }
            let signed = waiver.signer.as_ref().is_none_or(|signer| {
                app.folders().all(|(package, _, _)| {
                    package.signers.as_ref().is_some_and(|signers| signers.contains(signer))
                })
            });
            if signed {
                *state = State::Used;
                return Some(waiver.reason.clone());
            }
            *state = State::SignerDiffers;
        }
        None
    }

    /// Returns findings for waivers that did not hold or were not needed.
    pub(super) fn leftovers(&self) -> Vec<Finding> {
        self.waivers
            .iter()
            .filter_map(|(waiver, expired, state)| {
                let (code, fact) = match (expired, state) {
                    (true, _) => (FindingCode::ExpiredWaiver, waiver.until.clone().unwrap_or_default()),
                    (false, State::Used) => return None,
                    (false, State::SignerDiffers) => {
                        (FindingCode::UnmatchedWaiver, "signer differs or was not read".to_owned())
                    }
                    (false, State::Open) => (FindingCode::UnmatchedWaiver, "nothing to accept".to_owned()),
                };
                Some(Finding {
                    code,
                    requirement: Some(waiver.requirement.clone()),
                    outcome: Outcome::Informational,
                    group: None,
                    packages: vec![waiver.package.clone()],
                    evidence: vec![FindingEvidence {
                        subject: waiver.package.to_string(),
                        fact,
                        origin: format!("{}:{}", waiver.origin.file, waiver.origin.line),
                    }],
                    waived: None,
                })
            })
            .collect()
    }
}
