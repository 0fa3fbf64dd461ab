//! Writes small APKs: binary XML, zip archives and signing blocks, right or wrong on purpose.

use std::collections::HashMap;
use std::io::Write;

/// The platform's namespace.
const ANDROID: &str = "http://schemas.android.com/apk/res/android";

/// The platform's numbers of the attributes that tests use.
pub(crate) mod id {
    pub(crate) const LABEL: u32 = 0x0101_0001;
    pub(crate) const NAME: u32 = 0x0101_0003;
    pub(crate) const PERMISSION: u32 = 0x0101_0006;
    pub(crate) const SHARED_USER_ID: u32 = 0x0101_000b;
    pub(crate) const ENABLED: u32 = 0x0101_000e;
    pub(crate) const EXPORTED: u32 = 0x0101_0010;
    pub(crate) const AUTHORITIES: u32 = 0x0101_0018;
    pub(crate) const PRIORITY: u32 = 0x0101_001c;
    pub(crate) const TARGET_PACKAGE: u32 = 0x0101_0021;
    pub(crate) const VALUE: u32 = 0x0101_0024;
    pub(crate) const RESOURCE: u32 = 0x0101_0025;
    pub(crate) const MIME_TYPE: u32 = 0x0101_0026;
    pub(crate) const SCHEME: u32 = 0x0101_0027;
    pub(crate) const HOST: u32 = 0x0101_0028;
    pub(crate) const PORT: u32 = 0x0101_0029;
    pub(crate) const PATH: u32 = 0x0101_002a;
    pub(crate) const PATH_PREFIX: u32 = 0x0101_002b;
    pub(crate) const PATH_PATTERN: u32 = 0x0101_002c;
    pub(crate) const TARGET_ACTIVITY: u32 = 0x0101_0202;
    pub(crate) const MIN_SDK_VERSION: u32 = 0x0101_020c;
    pub(crate) const VERSION_CODE: u32 = 0x0101_021b;
    pub(crate) const VERSION_NAME: u32 = 0x0101_021c;
    pub(crate) const TARGET_SDK_VERSION: u32 = 0x0101_0270;
    pub(crate) const APP_CATEGORY: u32 = 0x0101_0545;
    pub(crate) const VERSION_CODE_MAJOR: u32 = 0x0101_0576;
    pub(crate) const PATH_SUFFIX: u32 = 0x0101_061e;
    pub(crate) const PATH_ADVANCED_PATTERN: u32 = 0x0101_0620;
}

/// The value of an attribute.
#[derive(Clone, Copy)]
pub(crate) enum Is<'a> {
    Text(&'a str),
    Number(i32),
    Truth(bool),
    Reference(u32),
    Theme(u32),
}

/// One attribute.
#[derive(Clone, Copy)]
pub(crate) struct Attribute<'a> {
    id: u32,
    name: &'a str,
    is_platform: bool,
    value: Is<'a>,
}

/// An attribute of the platform, found by its number; its name is as tools that protect apps leave it.
pub(crate) fn android(id: u32, value: Is<'_>) -> Attribute<'_> {
    Attribute { id, name: "", is_platform: true, value }
}

/// An attribute of the platform that has no number, only its name.
pub(crate) fn by_name<'a>(name: &'a str, value: Is<'a>) -> Attribute<'a> {
    Attribute { id: 0, name, is_platform: true, value }
}

/// An attribute without a namespace.
pub(crate) fn plain<'a>(name: &'a str, value: Is<'a>) -> Attribute<'a> {
    Attribute { id: 0, name, is_platform: false, value }
}

/// A binary XML document while it is written.
pub(crate) struct Xml {
    utf8: bool,
    /// Names of attributes with a number come first: the resource map goes by their place.
    numbered: Vec<u32>,
    strings: Vec<String>,
    places: HashMap<String, usize>,
    nodes: Vec<u8>,
    open: Vec<String>,
}

impl Xml {
    /// Starts a document; `numbered` are the numbers of all platform attributes that it will hold.
    pub(crate) fn new(utf8: bool, numbered: &[u32]) -> Self {
        Self {
            utf8,
            numbered: numbered.to_vec(),
            strings: Vec::new(),
            places: HashMap::new(),
            nodes: Vec::new(),
            open: Vec::new(),
        }
    }

    /// Starts a document that may hold any attribute of [`id`].
    pub(crate) fn any() -> Self {
        Self::new(false, &ALL)
    }

    fn string(&mut self, text: &str) -> u32 {
        let place = *self.places.entry(text.to_owned()).or_insert_with(|| {
            self.strings.push(text.to_owned());
            self.strings.len() - 1
        });
        u32::try_from(self.numbered.len() + place).unwrap()
    }

    /// Begins an element.
    pub(crate) fn start(&mut self, name: &str, attributes: &[Attribute<'_>]) -> &mut Self {
        let mut body = words(&[u32::MAX, self.string(name)]);
        body.extend(halves(&[20, 20, u16::try_from(attributes.len()).unwrap(), 0, 0, 0]));
        for attribute in attributes {
            let namespace = if attribute.is_platform { self.string(ANDROID) } else { u32::MAX };
            let place = self.numbered.iter().position(|id| *id == attribute.id);
            let name = match place {
                Some(place) => u32::try_from(place).unwrap(),
                None => self.string(attribute.name),
            };
            let (raw, kind, data) = match attribute.value {
                Is::Text(text) => (self.string(text), 3, self.string(text)),
                Is::Number(number) => (u32::MAX, 0x10, number.cast_unsigned()),
                Is::Truth(truth) => (u32::MAX, 0x12, if truth { u32::MAX } else { 0 }),
                Is::Reference(id) => (u32::MAX, 1, id),
                Is::Theme(id) => (u32::MAX, 2, id),
            };
            body.extend(words(&[namespace, name, raw]));
            body.extend(halves(&[8]));
            body.extend([0, kind]);
            body.extend(words(&[data]));
        }
        self.node(0x0102, &body);
        self.open.push(name.to_owned());
        self
    }

    /// Ends the element that began last.
    pub(crate) fn end(&mut self) -> &mut Self {
        let name = self.open.pop().unwrap();
        let body = words(&[u32::MAX, self.string(&name)]);
        self.node(0x0103, &body);
        self
    }

    /// Writes an element without children.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[Attribute<'_>]) -> &mut Self {
        self.start(name, attributes).end()
    }

    /// Writes what `write` writes as many times as asked, at the cost of once.
    pub(crate) fn repeated(&mut self, times: usize, write: impl FnOnce(&mut Self)) {
        let start = self.nodes.len();
        write(self);
        let once = self.nodes.split_off(start);
        self.nodes.extend(once.repeat(times));
    }

    /// Writes a chunk of any type among the nodes.
    pub(crate) fn node(&mut self, kind: u16, body: &[u8]) {
        self.nodes.extend(halves(&[kind, 16]));
        self.nodes.extend(words(&[u32::try_from(16 + body.len()).unwrap(), 1, u32::MAX]));
        self.nodes.extend(body);
    }

    /// Ends all elements and returns the document.
    pub(crate) fn finish(&mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.end();
        }
        let names = vec![String::new(); self.numbered.len()];
        let strings: Vec<&str> = names.iter().chain(&self.strings).map(String::as_str).collect();
        let mut body = string_pool(&strings, self.utf8);
        body.extend(chunk(0x0180, 8, &words(&self.numbered)));
        body.extend(&self.nodes);
        chunk(0x0003, 8, &body)
    }
}

/// Every number of [`id`], ascending.
const ALL: [u32; 27] = [
    id::LABEL,
    id::NAME,
    id::PERMISSION,
    id::SHARED_USER_ID,
    id::ENABLED,
    id::EXPORTED,
    id::AUTHORITIES,
    id::PRIORITY,
    id::TARGET_PACKAGE,
    id::VALUE,
    id::RESOURCE,
    id::MIME_TYPE,
    id::SCHEME,
    id::HOST,
    id::PORT,
    id::PATH,
    id::PATH_PREFIX,
    id::PATH_PATTERN,
    id::TARGET_ACTIVITY,
    id::MIN_SDK_VERSION,
    id::VERSION_CODE,
    id::VERSION_NAME,
    id::TARGET_SDK_VERSION,
    id::APP_CATEGORY,
    id::VERSION_CODE_MAJOR,
    id::PATH_SUFFIX,
    id::PATH_ADVANCED_PATTERN,
];

/// Writes a chunk: its type, the size of its header, and what follows the first eight bytes.
pub(crate) fn chunk(kind: u16, header: u16, body: &[u8]) -> Vec<u8> {
    let mut chunk = halves(&[kind, header]);
    chunk.extend(words(&[u32::try_from(8 + body.len()).unwrap()]));
    chunk.extend(body);
    chunk
}

/// Writes a string pool.
pub(crate) fn string_pool(strings: &[&str], utf8: bool) -> Vec<u8> {
    let (mut offsets, mut data) = (Vec::new(), Vec::new());
    for string in strings {
        offsets.push(u32::try_from(data.len()).unwrap());
        let units: Vec<u16> = string.encode_utf16().collect();
        if utf8 {
            data.extend(length8(units.len() & 0x7fff));
            data.extend(length8(string.len() & 0x7fff));
            data.extend(string.as_bytes());
            data.push(0);
        } else {
            data.extend(halves(&[u16::try_from(units.len()).unwrap()]));
            data.extend(halves(&units));
            data.extend([0, 0]);
        }
    }
    while !data.len().is_multiple_of(4) {
        data.push(0);
    }
    let start = u32::try_from(28 + 4 * offsets.len()).unwrap();
    let mut body =
        words(&[u32::try_from(strings.len()).unwrap(), 0, if utf8 { 1 << 8 } else { 0 }, start, 0]);
    body.extend(words(&offsets));
    body.extend(data);
    chunk(0x0001, 28, &body)
}

fn length8(length: usize) -> Vec<u8> {
    let length = u16::try_from(length).unwrap();
    let [high, low] = length.to_be_bytes();
    if length < 0x80 { vec![low] } else { vec![high | 0x80, low] }
}

pub(crate) fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

pub(crate) fn halves(halves: &[u16]) -> Vec<u8> {
    halves.iter().flat_map(|half| half.to_le_bytes()).collect()
}

/// An entry of a zip archive, every field as it shall be written.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) local_name: String,
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) packed: Vec<u8>,
    pub(crate) unpacked: u32,
}

impl Entry {
    /// An entry stored as it is.
    pub(crate) fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            local_name: name.to_owned(),
            method: 0,
            flags: 0,
            packed: data.to_vec(),
            unpacked: u32::try_from(data.len()).unwrap(),
        }
    }

    /// A deflated entry.
    pub(crate) fn deflated(name: &str, data: &[u8]) -> Self {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(data).unwrap();
        Self { method: 8, packed: encoder.finish().unwrap(), ..Self::stored(name, &[]) }.of_size(data.len())
    }

    /// States another size.
    pub(crate) fn of_size(mut self, unpacked: usize) -> Self {
        self.unpacked = u32::try_from(unpacked).unwrap();
        self
    }

    /// The fields that local header and central directory share.
    fn fields(&self, name: &str) -> Vec<u8> {
        let mut fields = halves(&[20, self.flags, self.method, 0, 0x21]);
        fields.extend(words(&[0, u32::try_from(self.packed.len()).unwrap(), self.unpacked]));
        fields.extend(halves(&[u16::try_from(name.len()).unwrap(), 0]));
        fields
    }

    /// The local header, its name, and the bytes of the entry.
    pub(crate) fn local(&self) -> Vec<u8> {
        let mut local = b"PK\x03\x04".to_vec();
        local.extend(self.fields(&self.local_name));
        local.extend(self.local_name.as_bytes());
        local.extend(&self.packed);
        local
    }

    /// The entry of the central directory.
    pub(crate) fn central(&self, offset: u32) -> Vec<u8> {
        let mut central = b"PK\x01\x02\x14\x00".to_vec();
        central.extend(self.fields(&self.name));
        central.extend(halves(&[0, 0, 0]));
        central.extend(words(&[0, offset]));
        central.extend(self.name.as_bytes());
        central
    }
}

/// The end record.
pub(crate) fn end_record(entries: usize, size: usize, offset: usize) -> Vec<u8> {
    let count = u16::try_from(entries).unwrap();
    let mut end = b"PK\x05\x06".to_vec();
    end.extend(halves(&[0, 0, count, count]));
    end.extend(words(&[u32::try_from(size).unwrap(), u32::try_from(offset).unwrap()]));
    end.extend(halves(&[0]));
    end
}

/// Writes an archive; `before_directory` lies between the entries and the central directory.
pub(crate) fn zip_with(entries: &[Entry], before_directory: &[u8]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        directory.extend(entry.central(u32::try_from(zip.len()).unwrap()));
        zip.extend(entry.local());
    }
    zip.extend(before_directory);
    let offset = zip.len();
    zip.extend(&directory);
    zip.extend(end_record(entries.len(), directory.len(), offset));
    zip
}

/// Writes an archive.
pub(crate) fn zip(entries: &[Entry]) -> Vec<u8> {
    zip_with(entries, &[])
}

/// Writes an APK whose manifest is `manifest`.
pub(crate) fn apk(manifest: &[u8]) -> Vec<u8> {
    zip(&[Entry::deflated("AndroidManifest.xml", manifest), Entry::stored("classes.dex", b"dex\n")])
}

/// The SHA-256 of `bytes` in lower-case hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
