//! Makes firmware for tests: APKs with a binary manifest of their own, and trees of files.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A tree in a temporary folder that is removed with it.
pub(crate) struct Tree {
    folder: tempfile::TempDir,
}

impl Tree {
    /// An empty tree.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The root.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The place of a file.
    pub(crate) fn place(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Puts a file there.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let place = self.place(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
        self
    }

    /// Puts the base APK of a package there.
    pub(crate) fn apk(self, path: &str, package: &str) -> Self {
        self.file(path, apk(&manifest(package, None)))
    }

    /// Puts a split APK there.
    pub(crate) fn split(self, path: &str, package: &str, split: &str) -> Self {
        self.file(path, apk(&manifest(package, Some(split))))
    }

    /// Puts a symbolic link there.
    pub(crate) fn link(self, path: &str, target: &str) -> Self {
        let place = self.place(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, place).unwrap();
        self
    }
}

/// The binary manifest of a package without components.
pub(crate) fn manifest(package: &str, split: Option<&str>) -> Vec<u8> {
    let mut attributes = vec![("package", package)];
    attributes.extend(split.map(|split| ("split", split)));
    axml("manifest", &attributes, "application")
}

/// A binary XML document: one element with attributes of no namespace, and one empty element in it.
///
/// The layout is that of `ResourceTypes.h`: a string pool, then the events of the tree.
fn axml(name: &str, attributes: &[(&str, &str)], inner: &str) -> Vec<u8> {
    let mut strings = vec![name, inner];
    strings.extend(attributes.iter().flat_map(|(name, value)| [*name, *value]));
    let mut body = string_pool(&strings);
    body.extend(start_element(
        0,
        &(0..attributes.len()).map(|at| (2 + 2 * at, 3 + 2 * at)).collect::<Vec<_>>(),
    ));
    body.extend(start_element(1, &[]));
    body.extend(end_element(1));
    body.extend(end_element(0));
    chunk(0x0003, &[], &body)
}

const NONE: u32 = u32::MAX;

/// A chunk: type, size of its header, size of all of it, the rest of the header, the body.
fn chunk(kind: u16, header: &[u8], body: &[u8]) -> Vec<u8> {
    let header_size = 8 + header.len();
    let mut bytes = Vec::new();
    bytes.extend(kind.to_le_bytes());
    bytes.extend(u16::try_from(header_size).unwrap().to_le_bytes());
    bytes.extend(number(header_size + body.len()));
    bytes.extend(header);
    bytes.extend(body);
    bytes
}

fn number(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap().to_le_bytes()
}

fn string_pool(strings: &[&str]) -> Vec<u8> {
    let (mut offsets, mut data) = (Vec::new(), Vec::new());
    for string in strings {
        offsets.extend(number(data.len()));
        let units: Vec<u16> = string.encode_utf16().collect();
        data.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
        data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        data.extend([0, 0]);
    }
    data.resize(data.len().next_multiple_of(4), 0);
    let counts = [number(strings.len()), [0; 4], [0; 4], number(28 + offsets.len()), [0; 4]];
    chunk(0x0001, &counts.concat(), &[offsets, data].concat())
}

fn start_element(name: usize, attributes: &[(usize, usize)]) -> Vec<u8> {
    let mut body = [NONE.to_le_bytes(), number(name)].concat();
    for value in [20, 20, u16::try_from(attributes.len()).unwrap(), 0, 0, 0] {
        body.extend(value.to_le_bytes());
    }
    for (name, value) in attributes {
        // No namespace, the name, the value as text, and the value as a string of 8 bytes (type 3).
        body.extend(
            [NONE.to_le_bytes(), number(*name), number(*value), [8, 0, 0, 3], number(*value)].concat(),
        );
    }
    chunk(0x0102, &[number(1), NONE.to_le_bytes()].concat(), &body)
}

fn end_element(name: usize) -> Vec<u8> {
    chunk(0x0103, &[number(1), NONE.to_le_bytes()].concat(), &[NONE.to_le_bytes(), number(name)].concat())
}

/// An archive that holds only a manifest, stored.
pub(crate) fn apk(manifest: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let entry = Stored::write(&mut bytes, "AndroidManifest.xml", manifest, 0);
    end(&mut bytes, &[entry], 0);
    bytes
}

/// Writes an archive of `size` bytes and more whose first entry is a hole of the file system, before its manifest.
pub(crate) fn huge_apk(path: &Path, size: u32, manifest: &[u8]) {
    let mut file = fs::File::create(path).unwrap();
    let mut start = Vec::new();
    let hole = Stored { name: "assets/hole", size, crc: 0, offset: 0 };
    hole.header(&mut start);
    file.write_all(&start).unwrap();
    let offset = u32::try_from(start.len()).unwrap() + size;
    file.set_len(offset.into()).unwrap();
    let mut rest = Vec::new();
    let entry = Stored::write(&mut rest, "AndroidManifest.xml", manifest, offset);
    end(&mut rest, &[hole, entry], offset);
    std::os::unix::fs::FileExt::write_all_at(&file, &rest, offset.into()).unwrap();
}

/// An entry of an archive that is stored as it is.
struct Stored {
    name: &'static str,
    size: u32,
    crc: u32,
    offset: u32,
}

impl Stored {
    /// Writes the entry to `bytes`, which lie at `base` in the archive.
    fn write(bytes: &mut Vec<u8>, name: &'static str, data: &[u8], base: u32) -> Self {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        let offset = base + u32::try_from(bytes.len()).unwrap();
        let entry = Self { name, size: u32::try_from(data.len()).unwrap(), crc: crc.sum(), offset };
        entry.header(bytes);
        bytes.extend(data);
        entry
    }

    fn header(&self, bytes: &mut Vec<u8>) {
        bytes.extend(b"PK\x03\x04");
        self.common(bytes);
        bytes.extend(self.name.as_bytes());
    }

    /// The fields that the local header and the directory share: version, flags, method, time, checksum, sizes, lengths.
    fn common(&self, bytes: &mut Vec<u8>) {
        bytes.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x4a]);
        bytes.extend(self.crc.to_le_bytes());
        bytes.extend(self.size.to_le_bytes());
        bytes.extend(self.size.to_le_bytes());
        bytes.extend(u16::try_from(self.name.len()).unwrap().to_le_bytes());
        bytes.extend([0, 0]);
    }
}

/// Writes the directory and the end record of an archive; `bytes` lie at `base` in it.
fn end(bytes: &mut Vec<u8>, entries: &[Stored], base: u32) {
    let start = bytes.len();
    for entry in entries {
        bytes.extend(b"PK\x01\x02\x14\x00");
        entry.common(bytes);
        bytes.extend([0; 10]);
        bytes.extend(entry.offset.to_le_bytes());
        bytes.extend(entry.name.as_bytes());
    }
    let size = u32::try_from(bytes.len() - start).unwrap();
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    bytes.extend([count, count].concat());
    bytes.extend(size.to_le_bytes());
    bytes.extend((base + u32::try_from(start).unwrap()).to_le_bytes());
    bytes.extend([0, 0]);
}
