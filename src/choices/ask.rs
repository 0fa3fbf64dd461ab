//! Requests about switches, as JSON in and out: what the bridge and the command line call. They stand here, since to set
//! switches again takes both the switches and the choices.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::choices::reapply::{CameBack, came_back, reapply};
use crate::choices::store::{Choices, Wanted};
use crate::choices::undone::take_back;
use crate::control::{Area, Turn, read_sheet, set};
use crate::enforce::{Carrier, Journal};
use crate::failure::{self, Failure};
use crate::source::snapshot::PackageFacts;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
enum Request {
    /// The sheet of one package.
    Sheet {
        facts: Box<PackageFacts>,
        #[serde(default)]
        user: u32,
    },
    /// Turns one switch.
    Set {
        facts: Box<PackageFacts>,
        #[serde(default)]
        user: u32,
        area: Area,
        switch: String,
        to: Wanted,
        #[serde(default)]
        consent: bool,
        now: String,
    },
    /// Sets choices again, those whose changes were not undone.
    Reapply {
        facts: Vec<PackageFacts>,
        #[serde(default)]
        user: u32,
        choices: PathBuf,
        now: String,
    },
    /// Tells which removed apps came back.
    CameBack,
}

/// Apps that were removed for a user and are installed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CameBackResult {
    /// The version of its shape.
    pub schema_version: u32,
    /// The apps.
    pub came_back: Vec<CameBack>,
}

/// Answers a request about switches: gives a [`Sheet`](crate::control::Sheet), a [`SetResult`](crate::control::SetResult),
/// a [`ReapplyResult`](crate::choices::ReapplyResult) or a [`CameBackResult`].
///
/// # Errors
/// A request that is not understood, a file that cannot be worked with, a carrier that does not answer.
pub fn control(carrier: &mut dyn Carrier, request: &[u8], journal: &Path) -> Result<Vec<u8>, Failure> {
    match failure::one_of(request)? {
        Request::Sheet { facts, user } => failure::answer(&read_sheet(carrier, &facts, user)?),
        Request::Set { facts, user, area, switch, to, consent, now } => {
            let turn = Turn { area, switch: &switch, on: to == Wanted::On, consent };
            failure::answer(&set(carrier, &mut Journal::open(journal)?, &facts, user, &turn, &now)?)
        }
        Request::Reapply { facts, user, choices, now } => {
            let mut journal = Journal::open(journal)?;
            let mut chosen = Choices::read(&choices, user)?;
            // A process can end between an undo and the choice that goes with it.
            if take_back(&mut chosen, journal.history()) {
                chosen.write(&choices)?;
            }
            failure::answer(&reapply(carrier, &mut journal, &chosen, &facts, &now)?)
        }
        Request::CameBack => {
            let journal = Journal::open(journal)?;
            let came_back = came_back(carrier, journal.history())?;
            failure::answer(&CameBackResult { schema_version: 1, came_back })
        }
    }
}
