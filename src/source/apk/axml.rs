//! Binary XML: a bounded reader of the chunks of a compiled `AndroidManifest.xml`.
//!
//! Takes the bytes of the document, gives its elements in order, borrowed; strings are decoded only when asked for.
//! It is tolerant where Android's `ResXMLTree` is (`libs/androidfw/ResourceTypes.cpp`): chunks of unknown type are passed
//! over, bytes behind the stated size are ignored, attributes may have any stride. Anything else out of order ends the
//! reading with the offset at which it was found.

use std::borrow::Cow;

use super::bytes::{Malformed, Part, index, slice, u8_at, u16_at, u32_at};
use super::strings::StringPool;

const XML: u16 = 0x0003;
const STRING_POOL: u16 = 0x0001;
const RESOURCE_MAP: u16 = 0x0180;
const FIRST_NODE: u16 = 0x0100;
const LAST_NODE: u16 = 0x017f;
const START_NAMESPACE: u16 = 0x0100;
const END_NAMESPACE: u16 = 0x0101;
const START_ELEMENT: u16 = 0x0102;
const END_ELEMENT: u16 = 0x0103;
const CDATA: u16 = 0x0104;

/// Size of the header that every chunk has.
const CHUNK_HEADER: usize = 8;

/// Size of the header that every node has.
const NODE_HEADER: usize = 16;

/// Size of one attribute as Android writes it.
const ATTRIBUTE: usize = 20;

/// The namespace of the platform's own attributes.
pub const ANDROID: &str = "http://schemas.android.com/apk/res/android";

/// A checked binary XML document.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    data: &'a [u8],
    strings: StringPool<'a>,
    /// Resource id of the attribute name at each string index, four bytes each.
    ids: &'a [u8],
    first: usize,
    typed: bool,
}

impl<'a> Document<'a> {
    /// Finds the string pool, the resource map and the first node of `data`.
    ///
    /// # Errors
    /// When the bytes are no binary XML document that Android would open.
    pub fn new(data: &'a [u8]) -> Result<Self, Malformed> {
        let header = u16_at(data, 2).map(usize::from);
        let size = u32_at(data, 4).map(index);
        let (Some(header), Some(size)) = (header, size) else {
            return Err(malformed(0, "the 8 bytes of a binary XML header"));
        };
        let text = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
        if text.trim_ascii_start().starts_with(b"<") {
            return Err(malformed(0, "binary XML, not text"));
        }
        if header > size {
            return Err(malformed(2, "a header no larger than the document"));
        }
        let typed = u16_at(data, 0) == Some(XML);
        let data = data.get(..size).ok_or(malformed(4, "a document no larger than the bytes there are"))?;
        let mut document = Self { data, strings: StringPool::default(), ids: &[], first: 0, typed };
        document.find_parts(header)?;
        Ok(document)
    }

    /// Walks the chunks before the first node, as `ResXMLTree::setTo` does.
    fn find_parts(&mut self, mut at: usize) -> Result<(), Malformed> {
        let mut strings = None;
        while let Some(chunk) = Chunk::leading(self.data, at)? {
            match chunk.kind {
                STRING_POOL => strings = Some(StringPool::new(Part::Manifest, self.data, at, chunk.size)),
                RESOURCE_MAP => self.ids = chunk.body(self.data),
                FIRST_NODE..=LAST_NODE => {
                    self.strings = strings.ok_or(malformed(at, "a string pool before the first node"))??;
                    self.first = at;
                    return Ok(());
                }
                _ => {}
            }
            at = chunk.end();
        }
        Err(malformed(at, "an XML node"))
    }

    /// Returns whether the document's first chunk has the type of binary XML. Android up to 13 does not look at it.
    pub const fn is_typed(&self) -> bool {
        self.typed
    }

    /// Returns the elements in document order.
    pub const fn nodes(&self) -> Nodes<'a> {
        Nodes { data: self.data, at: self.first, ended: false }
    }

    /// Returns the pool that names and text values are in.
    pub const fn strings(&self) -> &StringPool<'a> {
        &self.strings
    }

    /// Returns the resource id of an attribute's name; 0 when it has none.
    pub fn id(&self, attribute: &Attribute) -> u32 {
        index(attribute.name).checked_mul(4).and_then(|at| u32_at(self.ids, at)).unwrap_or(0)
    }

    /// Returns the string at `index` of the pool.
    pub fn string(&self, index: u32) -> Option<Cow<'a, str>> {
        self.strings.get(index)
    }
}

/// The start or end of an element. Namespaces, text and unknown chunks are not handed out.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// The last element that began ends.
    End,
}

/// The beginning of an element.
#[derive(Clone, Copy, Debug)]
pub struct Element<'a> {
    /// Where its chunk begins, in bytes from the start of the document.
    pub at: usize,
    /// Its line in the source it was compiled from, as the compiler noted it.
    pub line: u32,
    /// String index of its namespace; `u32::MAX` for none.
    pub namespace: u32,
    /// String index of its name.
    pub name: u32,
    attributes: &'a [u8],
    stride: usize,
    count: u16,
}

impl<'a> Element<'a> {
    /// Returns the attributes in the order in which they are stored.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute> + use<'a> {
        let (attributes, stride) = (self.attributes, self.stride);
        (0..usize::from(self.count)).map_while(move |position| {
            Attribute::read(slice(attributes, position.checked_mul(stride)?, ATTRIBUTE)?)
        })
    }
}

/// An attribute, its strings as indices.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// String index of its namespace; `u32::MAX` for none.
    pub namespace: u32,
    /// String index of its name.
    pub name: u32,
    /// String index of the value as it was written in the source; `u32::MAX` when it was not kept.
    pub raw: u32,
    /// Type of the value, a `Res_value::TYPE_*`.
    pub kind: u8,
    /// The value.
    pub data: u32,
}

impl Attribute {
    fn read(data: &[u8]) -> Option<Self> {
        Some(Self {
            namespace: u32_at(data, 0)?,
            name: u32_at(data, 4)?,
            raw: u32_at(data, 8)?,
            kind: u8_at(data, 15)?,
            data: u32_at(data, 16)?,
        })
    }
}

/// The elements of a document, one after the other.
#[derive(Clone, Debug)]
pub struct Nodes<'a> {
    data: &'a [u8],
    at: usize,
    ended: bool,
}

impl<'a> Nodes<'a> {
    /// Returns where the next chunk begins, in bytes from the start of the document.
    pub const fn place(&self) -> usize {
        self.at
    }

    /// Reads the node at the current place and moves on, passing over what is not handed out.
    fn advance(&mut self) -> Result<Option<Node<'a>>, Malformed> {
        while self.at < self.data.len() {
            let chunk = Chunk::read(self.data, self.at, NODE_HEADER)?;
            self.at = chunk.end();
            match chunk.kind {
                START_ELEMENT => return chunk.element(self.data).map(|element| Some(Node::Start(element))),
                END_ELEMENT => return chunk.at_least(8).map(|()| Some(Node::End)),
                START_NAMESPACE | END_NAMESPACE => chunk.at_least(8)?,
                CDATA => chunk.at_least(12)?,
                _ => {}
            }
        }
        Ok(None)
    }
}

impl<'a> Iterator for Nodes<'a> {
    type Item = Result<Node<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let node = self.advance().transpose();
        self.ended = !matches!(node, Some(Ok(_)));
        node
    }
}

/// A chunk whose size was checked against the document.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    at: usize,
    kind: u16,
    header: usize,
    size: usize,
}

impl Chunk {
    /// Checks the chunk at `at` (`validate_chunk`): its header is at least `least` bytes, both sizes are multiples of
    /// four, and it ends within the document.
    fn read(data: &[u8], at: usize, least: usize) -> Result<Self, Malformed> {
        let fields = || {
            Some((u16_at(data, at)?, u16_at(data, at.checked_add(2)?)?, u32_at(data, at.checked_add(4)?)?))
        };
        let (kind, header, size) = fields().ok_or(malformed(at, "the header of a chunk"))?;
        let chunk = Self { at, kind, header: header.into(), size: index(size) };
        if chunk.header < least || chunk.header > chunk.size {
            return Err(malformed(at, "a chunk no smaller than its header"));
        }
        if !chunk.header.is_multiple_of(4) || !chunk.size.is_multiple_of(4) {
            return Err(malformed(at, "a chunk size that is a multiple of four"));
        }
        match at.checked_add(chunk.size) {
            Some(end) if end <= data.len() => Ok(chunk),
            _ => Err(malformed(at, "a chunk that ends within the document")),
        }
    }

    /// Reads a chunk before the first node; `None` where `ResXMLTree::setTo` stops looking.
    fn leading(data: &[u8], at: usize) -> Result<Option<Self>, Malformed> {
        let size = at.checked_add(4).and_then(|at| u32_at(data, at)).map(index);
        let reaches = |length: usize| at.checked_add(length).is_some_and(|end| end < data.len());
        match size {
            Some(size) if reaches(CHUNK_HEADER) && reaches(size) => {
                Self::read(data, at, CHUNK_HEADER).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Returns where the next chunk begins.
    const fn end(self) -> usize {
        self.at.saturating_add(self.size)
    }

    /// Returns the bytes behind the header.
    fn body(self, data: &[u8]) -> &[u8] {
        data.get(self.at.saturating_add(self.header)..self.end()).unwrap_or_default()
    }

    /// Checks that the chunk holds `size` bytes behind its header.
    fn at_least(self, size: usize) -> Result<(), Malformed> {
        let rest = self.size.saturating_sub(self.header);
        if rest < size { Err(malformed(self.at, "a node with room for its fields")) } else { Ok(()) }
    }

    /// Reads the beginning of an element (`validateNode`, `ResXMLTree_attrExt`).
    fn element(self, data: &[u8]) -> Result<Element<'_>, Malformed> {
        self.at_least(20)?;
        let body = self.body(data);
        let fields = || {
            let counts = (u16_at(body, 8)?, u16_at(body, 10)?, u16_at(body, 12)?);
            Some((u32_at(data, self.at.checked_add(8)?)?, u32_at(body, 0)?, u32_at(body, 4)?, counts))
        };
        let (line, namespace, name, (start, stride, count)) =
            fields().ok_or(malformed(self.at, "an element with room for its fields"))?;
        let start = usize::from(start);
        let used = usize::from(stride).saturating_mul(count.into()).saturating_add(start);
        if used > body.len() {
            return Err(malformed(self.at, "attributes inside their element"));
        }
        // With a stride below 20 the last attribute reaches behind the element: Android reads it there.
        let from = self.at.saturating_add(self.header).saturating_add(start);
        let attributes = data.get(from..).unwrap_or_default();
        // Without a stride all attributes are one and the same.
        let count = if stride == 0 { count.min(1) } else { count };
        Ok(Element { at: self.at, line, namespace, name, attributes, stride: stride.into(), count })
    }
}

fn malformed(at: usize, expected: &'static str) -> Malformed {
    Malformed::new(Part::Manifest, at, expected)
}
