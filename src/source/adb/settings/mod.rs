//! The package manager's own files: `packages.xml` and `package-restrictions.xml`, as text or, since Android 12, in
//! Android's binary form (ABX). Takes bytes, gives what they say; both forms are read by the same code and give equal facts.
//!
//! Only the system and root may read these files on a device: most phones do not tell them.

mod packages;
mod restrictions;

use android_abx::{AbxParser, Event};

use crate::source::tree::xml::{self, Element, Visit};
use crate::source::unread::UnreadReason;

pub use packages::{Kept, Packages, packages};
pub use restrictions::{Restrictions, restrictions};

/// How a file in Android's binary form begins.
pub const ABX_MAGIC: &[u8] = b"ABX\0";

/// The deepest nesting and the most attributes that are walked.
const MAX_DEPTH: usize = 64;
const MAX_ATTRIBUTES: usize = 256;

/// Hands every element to `visit`, whichever form the file has.
fn walk(bytes: &[u8], visit: &mut impl Visit) -> Result<(), UnreadReason> {
    if bytes.starts_with(ABX_MAGIC) { walk_binary(bytes, visit) } else { xml::walk(bytes, visit) }
}

fn walk_binary(bytes: &[u8], visit: &mut impl Visit) -> Result<(), UnreadReason> {
    let fault = |number: u64, expected: String| UnreadReason::Malformed {
        part: "abx".to_owned(),
        at: number,
        expected,
    };
    let mut number = 0_u64;
    let mut parser = AbxParser::new(bytes).map_err(|error| fault(0, error.to_string()))?;
    let mut around: Vec<String> = Vec::new();
    let mut has_root = false;
    while let Some(event) = parser.next_event().map_err(|error| fault(number, error.to_string()))? {
        number = number.saturating_add(1);
        match event {
            Event::StartTag { name, attributes } => {
                if around.len() >= MAX_DEPTH || attributes.len() > MAX_ATTRIBUTES {
                    return Err(fault(
                        number,
                        "fewer elements inside each other, fewer attributes".to_owned(),
                    ));
                }
                has_root = true;
                let attributes = attributes
                    .into_iter()
                    .map(|attribute| (attribute.name.to_string(), attribute.value.as_str().into_owned()))
                    .collect();
                visit.open(&Element::new(&name, &around, attributes, number));
                around.push(name.to_string());
            }
            Event::EndTag { .. } => {
                if let Some(name) = around.pop() {
                    visit.close(&name);
                }
            }
            Event::EndDocument => break,
            _ => {}
        }
    }
    match around.last() {
        Some(name) => Err(fault(number, format!("the end of {name}"))),
        None if !has_root => Err(fault(number, "an element".to_owned())),
        None => Ok(()),
    }
}
