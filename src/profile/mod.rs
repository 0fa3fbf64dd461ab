//! The rule as data: one regulation per file, strict, layered, every value with its origin.
//!
//! Takes profile files as text, gives a [`Profile`] an audit can hold a device to, or every [`Mistake`] of the files
//! at once. Reads no file itself, knows no clock, and decides nothing about a device.
//!
//! ```text
//! text -> parse ----------------------------> ProfileFile -> resolve -> Profile
//!         table: spanned TOML, strict keys     one file,      layers:    what an audit uses,
//!         raw: the shapes                      sound          who wins   every value with its origin
//!         validate: what the values mean
//! ```
//!
//! A file is either a profile of its own (it has an `id` and its requirements) or a layer, which may add keepers,
//! waivers and claims to a profile and nothing else. The regulations in `config/profiles` are compiled in.
//!
//! ```
//! let profile = keepone::profile::built_in("tc260-2021-draft").unwrap();
//! assert_eq!(profile.groups.len(), 6);
//!
//! let mistakes = keepone::profile::parse("lab.toml", "schema-version = 1\nextend = 'eu-dma-6-3'").unwrap_err();
//! assert_eq!(mistakes.iter().map(|mistake| mistake.code()).collect::<Vec<_>>(), ["unknown-key"]);
//! ```

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::package::{Sha256Digest, hex};
use crate::profile::document::Document;

mod advice;
mod built_in;
mod date;
mod declaration;
mod document;
mod file;
mod layer;
mod mistake;
mod nearest;
mod problem;
mod raw;
mod resolved;
mod syntax;
mod table;
mod template;
mod validate;
mod value;
mod visible;
mod wording;

pub use built_in::{DEFAULT_ID, built_in, built_in_file, built_in_ids};
pub use date::{DateError, check as check_date};
pub use file::ProfileFile;
pub use layer::{Firmware, LayerFile, LayerName, firmware, resolve, select};
pub use mistake::{Mistake, Mistakes};
pub use nearest::nearest;
pub use problem::{Kind, Problem, Thing, Word};
pub use resolved::{
    Bilingual, Check, DeclaredClaim, GroupRule, Idle, Keeper, Layer, Origin, Profile, Requirement, Standing,
    SwitchOrigins, Switches, Waiver,
};
pub use template::{TEMPLATE_ID, template};
pub use validate::SCHEMA_VERSION;

/// The most bytes that a profile file may have. The longest built-in one has less than 10 KiB.
pub const MAX_FILE: usize = 256 * 1024;

/// Reads one file from its bytes; `file` is the name that messages and origins show.
///
/// # Errors
/// With every mistake of the file: as [`parse`], and when it is not UTF-8.
pub fn parse_bytes(file: &str, bytes: &[u8]) -> Result<ProfileFile, Mistakes> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(file, text),
        Err(error) => {
            let shown = String::from_utf8_lossy(bytes);
            let at = error.valid_up_to();
            Err(one_mistake(file, &shown, at..at, Problem::NotUtf8))
        }
    }
}

/// Reads one file; `file` is the name that messages and origins show.
///
/// # Errors
/// With every mistake of the file, in the order of their places: what is not TOML, unknown and missing keys, values of
/// the wrong type, ids that do not exist, bad names and dates, duplicates, and whatever of a rule stands in a layer. A
/// file of a later version of the format gives that one mistake only.
pub fn parse(file: &str, text: &str) -> Result<ProfileFile, Mistakes> {
    parse_as(file, text, false)
}

/// Reads a file that is compiled in, or one that is not and so may not take the id of one that is.
fn parse_as(file: &str, text: &str, is_built_in: bool) -> Result<ProfileFile, Mistakes> {
    if text.len() > MAX_FILE {
        return Err(one_mistake(file, "", 0..0, Problem::TooLarge { size: text.len(), limit: MAX_FILE }));
    }
    let shared: Arc<str> = text.into();
    let collector = mistake::Collector::new(file, Arc::clone(&shared));
    let stated = read(text, is_built_in, &collector);
    collector.finish()?;
    match stated {
        Some(validate::Stated { content: Some(content), keepers, waivers, claims }) => Ok(ProfileFile {
            name: file.to_owned(),
            text: shared,
            sha256: Sha256Digest(hex(&Sha256::digest(text.as_bytes()))),
            is_built_in,
            content,
            keepers,
            waivers,
            claims,
        }),
        _ => unreachable!("whatever is left out of a file was noted as a mistake"),
    }
}

/// Reads what a file states and notes its mistakes; `None` when it is of a later version, of which nothing but that is
/// noted, since it can have other keys.
fn read(text: &str, is_built_in: bool, collector: &mistake::Collector) -> Option<validate::Stated> {
    let (document, errors) = Document::parse(text);
    if !validate::is_readable(raw::version(document.entries()), collector) {
        return None;
    }
    let stated = validate::validate(&raw::read(document.entries(), collector), is_built_in, collector);
    for error in errors.into_iter().filter(|error| !error.is_date || collector.is_empty()) {
        collector.note(error.span, Problem::Syntax { words: error.words });
    }
    Some(stated)
}

fn one_mistake(file: &str, text: &str, span: std::ops::Range<usize>, problem: Problem) -> Mistakes {
    let collector = mistake::Collector::new(file, text.into());
    collector.note(span, problem);
    collector.into_mistakes()
}

impl Profile {
    /// Returns one digest for all files the profile was made of: the SHA-256 of a line `LAYER SHA256` for each, in the
    /// order of [`Profile::layers`].
    pub fn digest(&self) -> Sha256Digest {
        let mut hash = Sha256::new();
        for layer in &self.layers {
            hash.update(format!("{} {}\n", layer.layer, layer.sha256));
        }
        Sha256Digest(hex(&hash.finalize()))
    }
}
