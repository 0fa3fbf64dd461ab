//! Stage: maker.
