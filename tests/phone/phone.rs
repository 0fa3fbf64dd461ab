//! A phone for tests that speaks real adb. `phone serve …` is the phone, `phone image FACTS DIR` writes the image that it
//! shows; called by the name of one of Android's programs
//! it is that program, which asks the phone.
//!
//! Debian's `adb` connects to it over loopback ([`wire`]); what it asks runs in the host's own shell with nothing on its path
//! but the phone's programs ([`program`]), so that quoting is tested by a real shell; they come to the [`desk`], where
//! [`say`] answers in the words of the platform from the [`model`], and [`lie`] may change the answer. Everything that was
//! asked is in the [`log`]; [`control`] is how a test talks to the phone.

mod answer;
#[expect(dead_code, clippy::unwrap_used, reason = "shared with the integration tests, which use all of it")]
#[path = "../it/apk_builder.rs"]
mod apk_builder;
mod control;
mod desk;
mod image;
mod lie;
mod log;
mod model;
mod program;
mod say;
mod serve;
mod wire;

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let name = std::env::args_os().next().unwrap_or_default();
    let is_phone = std::path::Path::new(&name)
        .file_name()
        .is_none_or(|name| name.to_string_lossy().starts_with("phone"));
    let outcome = match words.next().as_deref() {
        Some("serve") if is_phone => serve::serve(words).map(|()| 0),
        Some("image") if is_phone => serve::image(words).map(|()| 0),
        _ => program::run(),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "phone: {error}");
            ExitCode::from(126)
        }
    }
}
