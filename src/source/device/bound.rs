//! How much of an answer is taken, and what makes one not worth taking. Each limit is far above what a phone holds; it is
//! there so that a hostile package or a broken platform costs neither memory nor the run.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::package::PackageName;
use crate::source::snapshot::{Label, PackageFacts};
use crate::source::unread::UnreadReason;

/// How many packages are read. A phone has up to a thousand.
pub(super) const NAMES: usize = 1_000_000;

/// The largest answer about one package, in bytes. The largest manifests of real phones come to about 2 MB.
pub(super) const RECORD: usize = 32 << 20;

/// The largest answer about the device as a whole, in bytes.
pub(super) const DEVICE: usize = 32 << 20;

/// All answers about packages together, in bytes: what a snapshot file may hold.
pub(super) const ALL_RECORDS: usize = 512 << 20;

/// The longest label that is kept, in bytes. Settings show 50 characters; `PackageItemInfo` cuts at 1,000.
const LABEL: usize = 4_000;

/// The longest text of a reason, in bytes.
const SHORT: usize = 500;

/// Returns a text cut to what a reason needs.
pub(super) fn short(text: &str) -> String {
    cut(text, SHORT).to_owned()
}

/// Returns the beginning of a text, at most `limit` bytes of it.
fn cut(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Holds a record against the package it was asked of, and its paths against what a path on a device is.
pub(super) fn check(package: &PackageFacts, asked: &PackageName) -> Result<(), UnreadReason> {
    let malformed = |part: &str, expected: String| {
        Err(UnreadReason::Malformed { part: part.to_owned(), at: 0, expected })
    };
    if package.name != *asked {
        return malformed("json", format!("the record of {asked}, not of {}", package.name));
    }
    let update = package.update.iter().map(|update| &update.path);
    for path in [&package.path, &package.file].into_iter().chain(update) {
        if inside(path).is_none() {
            return malformed("path", "a path from the root without `..` and control characters".to_owned());
        }
    }
    Ok(())
}

/// Returns a path on the device without its slash in front; `None` when it is no such path, or leads out again.
pub(super) fn inside(path: &str) -> Option<&str> {
    const LONGEST: usize = 4_096;
    let inside = path.strip_prefix('/')?;
    let leads_out = inside.split('/').any(|segment| segment == "..");
    let fits = path.len() <= LONGEST && !path.chars().any(char::is_control);
    (!inside.is_empty() && !leads_out && fits).then_some(inside)
}

/// Cuts labels that are longer than any that is shown, and notes each.
pub(super) fn labels(package: &mut PackageFacts, diagnostics: &mut Vec<Diagnostic>) {
    let mut cut_from: Option<usize> = None;
    let mut shorten = |label: &mut Option<Label>| {
        let Some(label) = label else { return };
        for text in [&mut label.en, &mut label.zh].into_iter().flatten() {
            if text.len() > LABEL {
                cut_from = cut_from.max(Some(text.len()));
                let end = cut(text, LABEL).len();
                text.truncate(end);
                text.shrink_to_fit();
            }
        }
    };
    shorten(&mut package.application.label);
    let components = package.activities.iter_mut().chain(&mut package.receivers).chain(&mut package.services);
    components.for_each(|component| shorten(&mut component.label));
    if let Some(length) = cut_from {
        diagnostics.push(Diagnostic {
            path: package.file.clone(),
            at: 0,
            code: DiagnosticCode::BadValue,
            detail: format!("a label of {length} bytes, cut"),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("设置", 4), "设");
        assert_eq!(cut("ab", 4), "ab");
        assert_eq!(cut("设", 1), "");
    }

    #[test]
    fn a_path_stays_inside_the_root() {
        assert_eq!(inside("/system/app/A/A.apk"), Some("system/app/A/A.apk"));
        for path in ["", "/", "a", "/a/../../etc", "/a\n", "/..", &format!("/{}", "a".repeat(5_000))] {
            assert_eq!(inside(path), None, "{path:?}");
        }
    }
}
