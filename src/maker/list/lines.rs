//! Lists written a line at a time.

use crate::diagnostic::DiagnosticCode;
use crate::maker::list::Reading;

/// Calls `read` with every line that says something, and its number; stops when it answers `false`.
fn each_line(
    reading: &mut Reading<'_>,
    bytes: &[u8],
    mut read: impl FnMut(&mut Reading<'_>, u64, &str) -> bool,
) {
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let going = if let Ok(text) = std::str::from_utf8(line) {
            let text = text.trim();
            text.is_empty() || text.starts_with('#') || read(reading, number, text)
        } else {
            reading.passed_over(DiagnosticCode::LineNotUnderstood, number, &String::from_utf8_lossy(line))
        };
        if !going {
            return;
        }
    }
}

/// A package name a line (`MediaTek`'s `PmsExtImpl`, OPPO's and vivo's lists).
pub(super) fn packages(reading: &mut Reading<'_>, bytes: &[u8]) {
    each_line(reading, bytes, |reading, at, line| reading.package(line, at, None, None));
}

/// An absolute path a line, perhaps a word after a comma or semicolon (Huawei's install lists).
pub(super) fn paths(reading: &mut Reading<'_>, bytes: &[u8]) {
    each_line(reading, bytes, |reading, at, line| {
        let (path, word) = match line.split_once([',', ';']) {
            Some((path, word)) => (path.trim(), Some(word.trim())),
            None => (line, None),
        };
        if !path.starts_with('/') {
            return reading.passed_over(DiagnosticCode::LineNotUnderstood, at, line);
        }
        reading.entry(path, word.filter(|word| !word.is_empty()), None)
    });
}

/// Sections of `key='value'` lines as `aapt dump badging` prints them; the first `name` of a section is its package
/// (Samsung's `removable_preload.txt`).
pub(super) fn sections(reading: &mut Reading<'_>, bytes: &[u8]) {
    let mut open: Option<(u64, String)> = None;
    each_line(reading, bytes, |reading, at, line| {
        if let Some(title) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return match open.replace((at, title.to_owned())) {
                Some((at, title)) => reading.passed_over(DiagnosticCode::LineNotUnderstood, at, &title),
                None => true,
            };
        }
        let Some((key, value)) = line.split_once('=') else {
            return reading.passed_over(DiagnosticCode::LineNotUnderstood, at, line);
        };
        if key.trim() != "name" || open.take().is_none() {
            return true;
        }
        reading.package(value.trim().trim_matches(['\'', '"']), at, None, None)
    });
    if let Some((at, title)) = open {
        reading.passed_over(DiagnosticCode::LineNotUnderstood, at, &title);
    }
}

/// Lines of `key="value"` with a `location` below the partition the list lies in (`apkcerts.txt` of `ColorOS`).
pub(super) fn locations(reading: &mut Reading<'_>, bytes: &[u8]) {
    let partition = match reading.path.strip_prefix('/').and_then(|rest| rest.split('/').next()) {
        Some(partition) if !partition.is_empty() => format!("/{partition}"),
        _ => String::new(),
    };
    each_line(reading, bytes, |reading, at, line| {
        let location =
            line.split_once("location=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
        match location.map(|location| location.trim_matches('/')) {
            Some(location) if !location.is_empty() => {
                let word = location.split('/').next();
                reading.entry(&format!("{partition}/{location}"), word, None)
            }
            _ if line.contains("name=\"") => true,
            _ => reading.passed_over(DiagnosticCode::LineNotUnderstood, at, line),
        }
    });
}
