//! The phone's clock: the host's, and what a test lets pass beyond it. Holds what is to be taken back, and when.

use std::time::{Duration, Instant};

use crate::model::Kept;
use crate::model::state::App;

/// How things stood before a change that will be taken back: of the package, and what hangs on no package alone.
#[derive(Debug)]
pub(crate) struct Before {
    pub(crate) package: String,
    pub(crate) user: u32,
    pub(crate) app: App,
    pub(crate) kept: Kept,
}

#[derive(Debug)]
pub(crate) struct Clock {
    start: Instant,
    passed: Duration,
    pending: Vec<(Duration, Before)>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), passed: Duration::ZERO, pending: Vec::new() }
    }

    fn now(&self) -> Duration {
        self.start.elapsed() + self.passed
    }

    pub(crate) fn pass(&mut self, seconds: u64) {
        self.passed += Duration::from_secs(seconds);
    }

    pub(crate) fn take_back(&mut self, after: u64, before: Before) {
        self.pending.push((self.now() + Duration::from_secs(after), before));
    }

    /// Returns something whose time has come, the latest change first.
    pub(crate) fn due(&mut self) -> Option<Before> {
        let now = self.now();
        let at = self.pending.iter().rposition(|(due, _)| *due <= now)?;
        Some(self.pending.remove(at).1)
    }
}
