//! Writes binary XML as Android's compiler does: a UTF-16 string pool that begins with the names of the platform's
//! attributes, their resource map, then the elements. Takes a tree of elements, gives the bytes of the document.

use std::collections::HashMap;

/// One element.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// Its attributes, in any order.
    pub attributes: Vec<Attribute>,
    /// The elements inside it.
    pub children: Vec<Element>,
}

/// One attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// The platform's number for it; 0 for an attribute without a namespace, such as `package`.
    pub id: u32,
    /// Its value.
    pub value: Value,
}

/// A typed value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text.
    Text(String),
    /// A reference to a resource.
    Reference(u32),
    /// A number.
    Integer(i32),
    /// A truth value.
    Boolean(bool),
}

impl Element {
    /// Makes an element without attributes.
    pub fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds an attribute.
    pub fn push(&mut self, name: &'static str, id: u32, value: Value) {
        self.attributes.push(Attribute { name, id, value });
    }
}

const ANDROID: &str = "http://schemas.android.com/apk/res/android";
const NONE: u32 = u32::MAX;

/// Writes the document with `root` as its root element.
pub fn document(root: &Element) -> Vec<u8> {
    let mut pool = Pool::default();
    let mut names = Vec::new();
    collect_names(root, &mut names);
    names.sort_unstable();
    names.dedup();
    for (_, name) in &names {
        pool.add(name);
    }
    let prefix = pool.index("android");
    let uri = pool.index(ANDROID);
    let mut nodes = Vec::new();
    let ids: HashMap<u32, u32> = names.iter().zip(0..).map(|((id, _), index)| (*id, index)).collect();
    let namespace = [prefix, uri].map(u32::to_le_bytes).concat();
    node(&mut nodes, 0x0100, &namespace);
    element(&mut nodes, root, &mut pool, &ids, uri);
    node(&mut nodes, 0x0101, &namespace);
    let map: Vec<u8> = names.iter().flat_map(|(id, _)| id.to_le_bytes()).collect();
    let body = [pool.chunk(), chunk(0x0180, 8, &map), nodes].concat();
    chunk(0x0003, 8, &body)
}

/// Collects the platform's attributes that are used below `element`.
fn collect_names(element: &Element, names: &mut Vec<(u32, &'static str)>) {
    let own = element.attributes.iter().filter(|attribute| attribute.id != 0);
    names.extend(own.map(|attribute| (attribute.id, attribute.name)));
    for child in &element.children {
        collect_names(child, names);
    }
}

fn element(out: &mut Vec<u8>, this: &Element, pool: &mut Pool, ids: &HashMap<u32, u32>, uri: u32) {
    let name = pool.index(this.name);
    let mut attributes: Vec<&Attribute> = this.attributes.iter().collect();
    // The platform looks attributes up in ascending order of their numbers; those without one come last.
    attributes.sort_by_key(|attribute| attribute.id.wrapping_sub(1));
    let mut body = Vec::new();
    extend(&mut body, &[NONE, name]);
    extend(&mut body, &[0x0014_0014, length(attributes.len()), 0]);
    for attribute in attributes {
        let known = ids.get(&attribute.id);
        extend(&mut body, &[if known.is_some() { uri } else { NONE }]);
        extend(&mut body, &[known.copied().unwrap_or_else(|| pool.index(attribute.name))]);
        let (raw, kind, data) = match &attribute.value {
            Value::Text(text) => {
                let index = pool.index(text);
                (index, 0x03, index)
            }
            Value::Reference(id) => (NONE, 0x01, *id),
            Value::Integer(number) => (NONE, 0x10, number.cast_unsigned()),
            Value::Boolean(value) => (NONE, 0x12, if *value { u32::MAX } else { 0 }),
        };
        extend(&mut body, &[raw, kind << 24 | 8, data]);
    }
    node(out, 0x0102, &body);
    for child in &this.children {
        element(out, child, pool, ids, uri);
    }
    node(out, 0x0103, &[NONE, name].map(u32::to_le_bytes).concat());
}

/// Writes one node: a chunk whose header also holds a line number and a comment.
fn node(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    let rest = [1, NONE].map(u32::to_le_bytes).concat();
    out.extend(chunk(kind, 16, &[&rest, body].concat()));
}

/// Writes one chunk: its kind, the size of its header, its size, and what follows these eight bytes.
pub(crate) fn chunk(kind: u16, header: u16, rest: &[u8]) -> Vec<u8> {
    let size = length(rest.len() + 8);
    let mut out = Vec::with_capacity(rest.len() + 8);
    out.extend(kind.to_le_bytes());
    out.extend(header.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(rest);
    out
}

pub(crate) fn extend(out: &mut Vec<u8>, words: &[u32]) {
    out.extend(words.iter().flat_map(|word| word.to_le_bytes()));
}

/// Narrows a length of something that was built here.
pub(crate) fn length(length: usize) -> u32 {
    u32::try_from(length).expect("what is built here is far below 4 GB")
}

/// A string pool while it is filled.
#[derive(Default)]
struct Pool {
    strings: Vec<String>,
    known: HashMap<String, u32>,
}

impl Pool {
    /// Adds a string without looking whether it is there.
    fn add(&mut self, text: &str) -> u32 {
        let index = length(self.strings.len());
        self.strings.push(text.to_owned());
        self.known.entry(text.to_owned()).or_insert(index);
        index
    }

    /// Returns the index of a string, which is added when it is not there.
    fn index(&mut self, text: &str) -> u32 {
        match self.known.get(text) {
            Some(index) => *index,
            None => self.add(text),
        }
    }

    /// Writes the chunk, its strings as UTF-16.
    fn chunk(&self) -> Vec<u8> {
        let mut offsets = Vec::new();
        let mut data = Vec::new();
        for text in &self.strings {
            extend(&mut offsets, &[length(data.len())]);
            let units: Vec<u16> = text.encode_utf16().collect();
            let count = length(units.len());
            if count > 0x7fff {
                let high = u16::try_from(count >> 16 | 0x8000).unwrap_or(u16::MAX);
                data.extend(high.to_le_bytes());
            }
            data.extend(count.to_le_bytes().into_iter().take(2));
            data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
            data.extend([0, 0]);
        }
        data.resize(data.len().next_multiple_of(4), 0);
        let mut rest = Vec::new();
        let start = 28 + length(offsets.len());
        extend(&mut rest, &[length(self.strings.len()), 0, 0, start, 0]);
        rest.extend(offsets);
        rest.extend(data);
        chunk(0x0001, 28, &rest)
    }
}
