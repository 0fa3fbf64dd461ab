//! A carrier and a journal at work in one run: what the rooms that change a phone share.

use crate::enforce::carrier::{Because, Carrier, CarrierError, May, Reading};
use crate::enforce::cell::Cell;
use crate::enforce::journal::{Begin, End, Entry, Journal, Store};
use crate::enforce::order::Order;
use crate::enforce::outcome::Reason;
use crate::enforce::result::TOOL;
use crate::failure::{Failure, FailureCode};
use crate::language::Text;

/// A carrier and a journal at work.
pub(super) struct Hand<'r, S> {
    pub(super) carrier: &'r mut dyn Carrier,
    pub(super) journal: &'r mut Journal<S>,
    /// The number of the run.
    pub(super) run: u64,
    /// Why nothing more is done.
    pub(super) stopped: Option<Reason>,
}

impl<'r, S: Store> Hand<'r, S> {
    /// Begins a run.
    pub(super) fn begin(
        carrier: &'r mut dyn Carrier,
        journal: &'r mut Journal<S>,
        order: &Order,
        chosen: Option<Vec<u64>>,
        resumes: Option<u64>,
    ) -> Result<(Self, May), Failure> {
        const NO_JOURNAL: Text = Text::new(
            "the journal could not be written, and nothing is changed without it: {error}",
            "无法写入日志，没有日志就不做任何更改：{error}",
        );
        let may = carrier.may()?;
        let begin = Begin {
            tool: TOOL.to_owned(),
            way: may.way,
            sdk: may.sdk,
            device: may.device.clone(),
            order: order.clone(),
            chosen,
            resumes,
            torn: None,
        };
        let run = journal
            .append(Entry::Begin(Box::new(begin)))
            .map_err(|error| Failure::new(FailureCode::Failed, NO_JOURNAL, &[("error", &error)]))?;
        Ok((Self { carrier, journal, run, stopped: None }, may))
    }

    /// Adds an entry; `false` stops the run.
    pub(super) fn note(&mut self, entry: Entry) -> bool {
        match self.journal.append(entry) {
            Ok(_) => true,
            Err(error) => {
                self.stopped = Some(Reason::NoJournal { detail: error.to_string() });
                false
            }
        }
    }

    /// The carrier is gone: nothing more is done.
    pub(super) fn lost(&mut self, error: &CarrierError) {
        self.stopped = Some(Reason::platform(Because::Failed, error.detail.clone()));
    }

    /// Reads one cell.
    pub(super) fn read(&mut self, cell: &Cell) -> Result<Reading, CarrierError> {
        let mut readings = self.carrier.read(std::slice::from_ref(cell))?;
        readings.pop().ok_or_else(|| CarrierError { detail: format!("no reading of {cell}") })
    }

    /// Ends the run; returns why it stopped before its end.
    pub(super) fn end(&mut self) -> Option<Reason> {
        if self.stopped.is_none() {
            let run = self.run;
            self.note(Entry::End(End { run }));
        }
        self.stopped.take()
    }
}
