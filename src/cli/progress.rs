//! Progress of long reading, on a terminal's standard error only.

use std::sync::OnceLock;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::console::Console;
use crate::language::Text;
use crate::source::Progress;

const READING: Text = Text::new("reading", "读取中");

/// A bar that is drawn while files are read, and is gone afterwards.
pub(super) struct Bar {
    bar: OnceLock<ProgressBar>,
    console: Console,
}

impl Bar {
    /// Returns a bar that shows itself when reading begins, if the console allows it.
    pub(super) const fn new(console: Console) -> Self {
        Self { bar: OnceLock::new(), console }
    }
}

impl Progress for Bar {
    fn started(&self, total: usize) {
        let target =
            if self.console.progress { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(READING.get(self.console.language));
        // A second start within one run keeps the first bar.
        let _ = self.bar.set(bar);
    }

    fn advanced(&self) {
        if let Some(bar) = self.bar.get() {
            bar.inc(1);
        }
    }

    fn finished(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
