//! What the tests need around them: the `adb` program, a server of its own, phones.

mod install;
mod judged;
mod phone;
mod server;

pub(crate) use install::adb;
pub(crate) use judged::{differences, judged};
pub(crate) use phone::Phone;
pub(crate) use server::{Lab, Run};

use std::path::PathBuf;

/// The committed facts of a phone that breaks the rule, with a few APKs not read.
pub(crate) const PHONE: &str = "tests/data/devices/zte-u930hd.json";

/// The committed facts of a tablet, most of whose large apps were not read.
pub(crate) const TABLET: &str = "tests/data/devices/lenovo-tb-x6c6l.json";

/// The folder that paths of test data are relative to.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
