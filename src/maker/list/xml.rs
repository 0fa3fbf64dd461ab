//! Lists written as XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::DiagnosticCode;
use crate::maker::list::Reading;

/// The deepest nesting that is followed; real lists have two levels.
const MAX_DEPTH: usize = 32;

/// Elements that name a package in `attribute`; `lt` and `gt` bound the device's first API level (OPPO's
/// `uninstallable_common_config.xml`, whose comments say so).
pub(super) fn elements(reading: &mut Reading<'_>, bytes: &[u8], attribute: &str) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        reading.malformed("xml", 0, "UTF-8");
        return;
    };
    let mut xml = Reader::from_str(text);
    let mut depth = 0usize;
    loop {
        let at = xml.buffer_position();
        match xml.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    reading.malformed("xml", at, "at most 32 levels");
                    return;
                }
                if !one(reading, &element, at, attribute) {
                    return;
                }
            }
            Ok(Event::Empty(element)) => {
                if !one(reading, &element, at, attribute) {
                    return;
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) if depth == 0 => return,
            Ok(Event::Eof) => {
                reading.malformed("xml", at, "the end of an open element");
                return;
            }
            Ok(_) => {}
            Err(_) => {
                reading.malformed("xml", at, "well-formed XML");
                return;
            }
        }
    }
}

/// Reads one element; `false` when reading must stop.
fn one(reading: &mut Reading<'_>, element: &BytesStart<'_>, at: u64, attribute: &str) -> bool {
    let name = element.name();
    let word = name.as_ref().to_owned();
    let (mut package, mut conditions, mut understood) = (None, Vec::new(), true);
    for read in element.attributes() {
        let Ok(read) = read else {
            understood = false;
            break;
        };
        let value = read.value.to_string();
        match read.key.as_ref() {
            "lt" => conditions.push(format!("first-api-level < {value}")),
            "gt" => conditions.push(format!("first-api-level > {value}")),
            key if key == attribute => package = Some(value),
            _ => {}
        }
    }
    if !understood {
        return reading.passed_over(DiagnosticCode::LineNotUnderstood, at, &word);
    }
    let condition = (!conditions.is_empty()).then(|| conditions.join(" and "));
    match package {
        Some(package) => reading.package(package.trim(), at, Some(&word), condition),
        None => true,
    }
}
