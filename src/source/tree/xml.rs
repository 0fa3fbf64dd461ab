//! Walks an XML file element by element. Takes the bytes, hands each opening element with its ancestors to the reader
//! of one format; gives the reason and line when the file is not well-formed. Never resolves entities beyond XML's own
//! five and character references, so no file can grow while it is read.

use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::source::unread::UnreadReason;

/// The deepest nesting that is walked; configuration files have four levels.
const MAX_DEPTH: usize = 64;

/// The most attributes of one element; configuration files use up to ten.
const MAX_ATTRIBUTES: usize = 256;

/// One element as it opens.
pub(crate) struct Element<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// The names of the elements around it, outermost first.
    pub(crate) around: &'a [String],
    /// Its attributes in order, unescaped.
    attributes: Vec<(String, String)>,
    /// The line it starts in, counted from 1.
    pub(crate) line: u64,
}

#[cfg(feature = "cli")]
impl<'a> Element<'a> {
    /// An element that another form of XML holds.
    pub(crate) fn new(
        name: &'a str,
        around: &'a [String],
        attributes: Vec<(String, String)>,
        line: u64,
    ) -> Self {
        Self { name, around, attributes, line }
    }
}

impl Element<'_> {
    /// Returns the value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What the reader of one format does with elements.
pub(crate) trait Visit {
    /// Takes one element as it opens.
    fn open(&mut self, element: &Element<'_>);
    /// Takes the end of the element of this name.
    fn close(&mut self, _name: &str) {}
}

/// Walks `bytes`, handing every element to `visit`.
///
/// # Errors
/// A binary form of XML is [`UnreadReason::Unsupported`]; text that is not well-formed is [`UnreadReason::Malformed`]
/// with the line. What was handed over before the fault stays handed over, as the platform keeps what it read before
/// one (`SystemConfig.readPermissionsFromXml`).
pub(crate) fn walk(bytes: &[u8], visit: &mut impl Visit) -> Result<(), UnreadReason> {
    let text = text_of(bytes)?;
    let mut reader = Reader::from_str(text);
    let mut around: Vec<String> = Vec::new();
    let mut has_root = false;
    let mut lines = Lines { text, seen: 0, line: 1 };
    loop {
        let start = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(malformed(lines.at(reader.error_position()), &error)),
        };
        has_root |= matches!(event, Event::Start(_) | Event::Empty(_));
        match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let line = lines.at(start);
                open(&tag, &around, line, visit)?;
                if around.len() >= MAX_DEPTH {
                    return Err(fault(line, &format!("at most {MAX_DEPTH} elements inside each other")));
                }
                around.push(tag.name().as_ref().to_owned());
            }
            Event::Empty(tag) => {
                open(&tag, &around, lines.at(start), visit)?;
                visit.close(tag.name().as_ref());
            }
            Event::End(_) => {
                if let Some(name) = around.pop() {
                    visit.close(&name);
                }
            }
            _ => {}
        }
    }
    match around.last() {
        Some(name) => Err(fault(lines.at(u64::MAX), &format!("</{name}>"))),
        None if !has_root => Err(fault(lines.at(u64::MAX), "an XML element")),
        None => Ok(()),
    }
}

/// The text of an XML file; binary forms are told apart here.
fn text_of(bytes: &[u8]) -> Result<&str, UnreadReason> {
    let binary = [
        (&b"ABX\0"[..], "Android binary XML (ABX)"),
        (&b"\x03\x00\x08\x00"[..], "compiled binary XML (AXML)"),
        (&b"\xff\xfe"[..], "XML in UTF-16"),
        (&b"\xfe\xff"[..], "XML in UTF-16"),
    ];
    for (magic, what) in binary {
        if bytes.starts_with(magic) {
            return Err(UnreadReason::Unsupported { what: what.to_owned() });
        }
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        fault(newlines(before).saturating_add(1), "UTF-8 text")
    })
}

/// How many lines end in `bytes`.
pub(crate) fn newlines(bytes: &[u8]) -> u64 {
    // A piece stands behind every line break and one before the first.
    u64::try_from(bytes.split(|byte| *byte == b'\n').skip(1).count()).unwrap_or(u64::MAX)
}

/// Counts lines forward only, so that a long file is counted once.
struct Lines<'a> {
    text: &'a str,
    seen: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, position: u64) -> u64 {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        if let Some(passed) = self.text.as_bytes().get(self.seen..position) {
            self.line = self.line.saturating_add(newlines(passed));
            self.seen = position;
        }
        self.line
    }
}

/// Hands one element over.
fn open(
    tag: &BytesStart<'_>,
    around: &[String],
    line: u64,
    visit: &mut impl Visit,
) -> Result<(), UnreadReason> {
    let mut attributes = Vec::new();
    // Looking for attributes of one name costs time in the square of their number: the first of that name counts.
    for attribute in tag.attributes().with_checks(false) {
        if attributes.len() >= MAX_ATTRIBUTES {
            return Err(fault(line, &format!("at most {MAX_ATTRIBUTES} attributes")));
        }
        let attribute =
            attribute.map_err(|error| fault(line, &format!("well-formed attributes ({error})")))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| fault(line, &format!("a well-formed attribute value ({error})")))?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    visit.open(&Element { name: tag.name().as_ref(), around, attributes, line });
    Ok(())
}

fn malformed(line: u64, error: &Error) -> UnreadReason {
    fault(line, &format!("well-formed XML ({error})"))
}

fn fault(line: u64, expected: &str) -> UnreadReason {
    UnreadReason::Malformed { part: "xml".to_owned(), at: line, expected: expected.to_owned() }
}
