//! A cable that is pulled: after how many bytes of a shell's output the connection ends. Counted over all streams since it
//! was set.

use std::sync::{Mutex, PoisonError};

/// The cable.
#[derive(Debug, Default)]
pub(crate) struct Cable(Mutex<State>);

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Whole,
    /// So many bytes still pass.
    Passes(usize),
    Pulled,
}

impl Cable {
    /// Pulls the cable once `bytes` more have passed.
    pub(crate) fn pull_after(&self, bytes: usize) {
        self.set(State::Passes(bytes));
    }

    pub(crate) fn plug_in(&self) {
        self.set(State::Whole);
    }

    pub(crate) fn is_pulled(&self) -> bool {
        matches!(*self.0.lock().unwrap_or_else(PoisonError::into_inner), State::Pulled)
    }

    /// Returns how many of the next `bytes` pass. Fewer than all: the cable is pulled with them.
    pub(crate) fn pass(&self, bytes: usize) -> usize {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *state {
            State::Whole => bytes,
            State::Pulled => 0,
            State::Passes(left) if left < bytes => {
                *state = State::Pulled;
                left
            }
            State::Passes(left) => {
                *state = State::Passes(left - bytes);
                bytes
            }
        }
    }

    fn set(&self, to: State) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}
