//! The resource table: what one id stands for, found by its place, without reading the table as a whole.
//!
//! Takes a source of the bytes of `resources.arsc`, gives single values. A value that differs between configurations
//! of the device (language, size, release) is not chosen among but `None`: which one holds on a device is not known
//! here. Only a label is looked up by language. Layout: `ResTable_*` of `libs/androidfw/include/androidfw/ResourceTypes.h`.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use super::bytes::{Malformed, Part, index, u8_at, u16_at, u32_at};
pub use super::contents::{Bytes, Stored};
use super::locale::{Locale, Rank};
use super::strings::{self, StringPool};

const TABLE: u16 = 0x0002;
const STRING_POOL: u16 = 0x0001;
const PACKAGE: u16 = 0x0200;
const TYPE: u16 = 0x0201;

const REFERENCE: u8 = 0x01;
const STRING: u8 = 0x03;
const DYNAMIC_REFERENCE: u8 = 0x07;

/// How many chunks of a table are looked at. The largest real tables have a few thousand.
const CHUNK_LIMIT: usize = 1 << 16;

/// How many references are followed one after the other (`kMaxIterations` in `AssetManager2::ResolveReference`).
const REFERENCE_LIMIT: usize = 20;

/// Set in the flags of an entry that holds its name and value in eight bytes.
const COMPACT: u16 = 8;

/// The largest pool of names that is searched; the platform's own has 300 KiB.
const POOL_LIMIT: usize = 16 << 20;

/// How many names are searched.
const KEY_LIMIT: u32 = 1 << 20;

/// How many entries of one type are looked at by name; an id has 16 bits for them.
const ENTRY_LIMIT: u32 = 1 << 16;

/// How much a table may be looked at, in entries; a text counts by its length. The platform's own APK with its 3,000
/// strings in 85 languages takes a tenth.
const EFFORT_LIMIT: usize = 1 << 22;

/// The longest string that is read.
const STRING_LIMIT: usize = 128 << 10;

/// A simple value of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Text.
    Text(String),
    /// A number, colour or truth value; with its `Res_value` type.
    Data {
        /// The type.
        kind: u8,
        /// The value.
        data: u32,
    },
}

/// A resource table whose chunks were counted, none of them read.
#[derive(Debug)]
pub struct Table<B> {
    bytes: B,
    strings: Option<Pool>,
    types: Vec<Type>,
    packages: Vec<Package>,
    /// How much may still be looked at.
    effort: Cell<usize>,
}

/// A package of the table.
#[derive(Clone, Copy, Debug)]
struct Package {
    id: u32,
    type_names: Option<Pool>,
    keys: Option<Pool>,
}

/// The values of one type of resource in one configuration.
#[derive(Clone, Copy, Debug)]
struct Type {
    package: u32,
    id: u8,
    /// 1: the entries are sparse; 2: their offsets have two bytes.
    flags: u8,
    count: u32,
    /// Where the offsets of the entries are.
    offsets: u64,
    /// Where the entries are.
    entries: u64,
    end: u64,
    rank: Rank,
}

/// A string pool by its place.
#[derive(Clone, Copy, Debug)]
struct Pool {
    start: u64,
    count: u32,
    offsets: u64,
    strings: u64,
    end: u64,
    utf8: bool,
}

/// A chunk by its place.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    at: u64,
    kind: u16,
    header: u64,
    end: u64,
}

impl<B: Bytes> Table<B> {
    /// Walks the chunk headers of the table.
    ///
    /// # Errors
    /// When the bytes are no resource table, or a chunk does not lie inside the one around it.
    pub fn new(bytes: B) -> Result<Self, Malformed> {
        let length = bytes.length();
        let mut table = Self {
            bytes,
            strings: None,
            types: Vec::new(),
            packages: Vec::new(),
            effort: Cell::new(EFFORT_LIMIT),
        };
        let root = table.chunk(0, length)?;
        if root.kind != TABLE {
            return Err(malformed(0, "a resource table"));
        }
        let mut left = CHUNK_LIMIT;
        let mut at = root.header;
        while at < root.end {
            let chunk = table.counted(at, root.end, &mut left)?;
            match chunk.kind {
                STRING_POOL if table.strings.is_none() => table.strings = table.pool(chunk),
                PACKAGE => table.package(chunk, &mut left)?,
                _ => {}
            }
            at = chunk.end;
        }
        Ok(table)
    }

    /// Reads the header of a package and walks its chunks.
    fn package(&mut self, package: Chunk, left: &mut usize) -> Result<(), Malformed> {
        let header = self.bytes.at(package.at, 284);
        let field = |at| u32_at(&header, at).ok_or(malformed(package.at, "a package header of 284 bytes"));
        let id = field(8)?;
        let pool_at = |offset: u32| {
            let at = package.at.checked_add(offset.into()).filter(|_| offset != 0)?;
            self.chunk(at, package.end)
                .ok()
                .filter(|chunk| chunk.kind == STRING_POOL)
                .and_then(|chunk| self.pool(chunk))
        };
        self.packages.push(Package { id, type_names: pool_at(field(268)?), keys: pool_at(field(276)?) });
        let mut at = package.at.saturating_add(package.header);
        while at < package.end {
            let chunk = self.counted(at, package.end, left)?;
            if chunk.kind == TYPE {
                self.types.extend(self.of_type(id, chunk));
            }
            at = chunk.end;
        }
        Ok(())
    }

    /// Reads the header of the values of a type; `None` when it is damaged, so that the others can still be used.
    fn of_type(&self, package: u32, chunk: Chunk) -> Option<Type> {
        let size = usize::try_from(chunk.header).ok()?;
        let header = self.bytes.at(chunk.at, size.min(20 + 64));
        Some(Type {
            package,
            id: u8_at(&header, 8)?,
            flags: u8_at(&header, 9)?,
            count: u32_at(&header, 12)?,
            offsets: chunk.at.saturating_add(chunk.header),
            entries: chunk.at.saturating_add(u32_at(&header, 16)?.into()),
            end: chunk.end,
            rank: Rank::of(header.get(20..)?),
        })
    }

    fn pool(&self, chunk: Chunk) -> Option<Pool> {
        let header = self.bytes.at(chunk.at, 28);
        Some(Pool {
            start: chunk.at,
            count: u32_at(&header, 8)?,
            offsets: chunk.at.saturating_add(chunk.header),
            strings: chunk.at.saturating_add(u32_at(&header, 20)?.into()),
            end: chunk.end,
            utf8: u32_at(&header, 16)? & 1 << 8 != 0,
        })
    }

    /// Reads a chunk header and takes one off the chunks that are left.
    fn counted(&self, at: u64, end: u64, left: &mut usize) -> Result<Chunk, Malformed> {
        *left = left.checked_sub(1).ok_or(malformed(at, "at most 65,536 chunks"))?;
        self.chunk(at, end)
    }

    /// Reads the header of the chunk at `at`, which must end before `end`.
    fn chunk(&self, at: u64, end: u64) -> Result<Chunk, Malformed> {
        let header = self.bytes.at(at, 8);
        let fields = || Some((u16_at(&header, 0)?, u16_at(&header, 2)?, u32_at(&header, 4)?));
        let (kind, header, size) = fields().ok_or(malformed(at, "the header of a chunk"))?;
        let chunk_end = at.saturating_add(size.into());
        if header < 8 || u32::from(header) > size || chunk_end > end {
            return Err(malformed(at, "a chunk that lies inside the one around it"));
        }
        Ok(Chunk { at, kind, header: header.into(), end: chunk_end })
    }

    /// Returns what `id` stands for, references followed, when that is the same in every configuration.
    pub fn value(&self, id: u32) -> Option<Resource> {
        self.agreed(id, REFERENCE_LIMIT)
    }

    /// Returns the truth value that `id` stands for.
    pub fn boolean(&self, id: u32) -> Option<bool> {
        match self.value(id)? {
            Resource::Data { data, .. } => Some(data != 0),
            Resource::Text(text) => super::value::parse_boolean(&text),
        }
    }

    /// Returns the text that `id` stands for in `locale`; `None` when the table has none for it.
    pub fn label(&self, id: u32, locale: Locale) -> Option<String> {
        self.text_in(id, locale, REFERENCE_LIMIT)
    }

    /// Returns the text of the resource `string/name` in the default configuration.
    pub fn string_named(&self, name: &str) -> Option<String> {
        self.strings_named(&[name]).pop_first().map(|(_, text)| text)
    }

    /// Returns the texts of several resources `string/name` in the default configuration; those that there are.
    pub fn strings_named(&self, names: &[&str]) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for package in &self.packages {
            let keys = self.places(package.keys, names);
            let kind = self.places(package.type_names, &["string"]).into_keys().next();
            let Some(kind) = kind.and_then(|place| place.checked_add(1)) else { continue };
            let of_package =
                self.types.iter().filter(|one| one.package == package.id && u32::from(one.id) == kind);
            for one in of_package.filter(|one| one.rank.is_default()) {
                self.collect_named(one, &keys, &mut found);
            }
        }
        found
    }

    /// Adds the texts of the entries of one type whose name is among `keys`; what was found before stays.
    fn collect_named(&self, one: &Type, keys: &BTreeMap<u32, String>, found: &mut BTreeMap<String, String>) {
        let last = u16::try_from(one.count.min(ENTRY_LIMIT).saturating_sub(1)).unwrap_or(u16::MAX);
        for at in (0..=last).filter_map(|number| self.entry(one, number.into())) {
            let Some(name) = self.key(at).and_then(|key| keys.get(&key)) else { continue };
            let value = self.simple(one, at);
            if let Some(text) = value.and_then(|value| self.text_of(value, Locale::Default, REFERENCE_LIMIT))
            {
                found.entry(name.clone()).or_insert(text);
            }
        }
    }

    /// Returns the name of the entry at `at`, as its place among the package's keys.
    fn key(&self, at: u64) -> Option<u32> {
        let entry = self.bytes.at(at, 8);
        let is_compact = u16_at(&entry, 2)? & COMPACT != 0;
        if is_compact { u16_at(&entry, 0).map(u32::from) } else { u32_at(&entry, 4) }
    }

    /// Returns the places of those strings of a pool that are among `names`.
    fn places(&self, pool: Option<Pool>, names: &[&str]) -> BTreeMap<u32, String> {
        let Some(pool) = pool else { return BTreeMap::new() };
        let size = usize::try_from(pool.end.saturating_sub(pool.start)).unwrap_or(usize::MAX).min(POOL_LIMIT);
        let bytes = self.bytes.at(pool.start, size);
        let Ok(strings) = StringPool::new(Part::Resources, &bytes, 0, bytes.len()) else {
            return BTreeMap::new();
        };
        let place = |number| {
            let string = strings.get(number)?;
            names.contains(&string.as_ref()).then(|| (number, string.into_owned()))
        };
        (0..pool.count.min(KEY_LIMIT)).filter_map(place).collect()
    }

    fn agreed(&self, id: u32, left: usize) -> Option<Resource> {
        let left = left.checked_sub(1)?;
        self.spend(self.types.len().checked_div(16)?.saturating_add(1))?;
        let mut values = self.variants(id).map(|value| self.follow(value, left));
        let first = values.next()??;
        values.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// Returns what a stored value stands for.
    fn follow(&self, value: (u8, u32), left: usize) -> Option<Resource> {
        match value {
            (REFERENCE | DYNAMIC_REFERENCE, id) => self.agreed(id, left),
            (STRING, string) => self.string(self.strings.as_ref()?, string).map(Resource::Text),
            (kind, data) => Some(Resource::Data { kind, data }),
        }
    }

    /// Looks a text up in a language. A text of the default configuration is not Chinese, but what it refers to may have
    /// a Chinese text.
    fn text_in(&self, id: u32, locale: Locale, left: usize) -> Option<String> {
        let left = left.checked_sub(1)?;
        self.spend(self.types.len().checked_div(16)?.saturating_add(1))?;
        let mut ranked: Vec<_> =
            self.of_id(id).filter_map(|one| Some((one.rank.in_locale(locale)?, one))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let best = ranked.into_iter().find_map(|(_, one)| self.simple(one, self.entry(one, id)?));
        let default = || {
            let mut plain = self.of_id(id).filter(|one| one.rank.is_default());
            plain.find_map(|one| self.simple(one, self.entry(one, id)?)).filter(|(kind, _)| *kind != STRING)
        };
        self.text_of(best.or_else(default)?, locale, left)
    }

    /// Returns the text of a stored value, a reference followed in the same language.
    fn text_of(&self, value: (u8, u32), locale: Locale, left: usize) -> Option<String> {
        match value {
            (REFERENCE | DYNAMIC_REFERENCE, id) => self.text_in(id, locale, left),
            (STRING, string) => self.string(self.strings.as_ref()?, string),
            _ => None,
        }
    }

    /// Takes `effort` off what is left; `None` when too little is.
    fn spend(&self, effort: usize) -> Option<()> {
        let left = self.effort.get().checked_sub(effort);
        self.effort.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    /// Returns whether lookups were given up because the table made them too long.
    pub fn is_exhausted(&self) -> bool {
        self.effort.get() == 0
    }

    /// Returns the values of the type of `id`, one for each configuration.
    fn of_id(&self, id: u32) -> impl Iterator<Item = &Type> {
        let [package, kind, ..] = id.to_be_bytes();
        self.types.iter().filter(move |one| one.package == u32::from(package) && one.id == kind)
    }

    /// Returns the value of `id` in every configuration that has one.
    fn variants(&self, id: u32) -> impl Iterator<Item = (u8, u32)> {
        self.of_id(id).filter_map(move |one| self.simple(one, self.entry(one, id)?))
    }

    /// Returns where the entry of a type that belongs to `id` lies; only the lower half of `id` matters.
    fn entry(&self, one: &Type, id: u32) -> Option<u64> {
        const SPARSE: u8 = 1;
        const OFFSET16: u8 = 2;
        let sparse = if one.flags & SPARSE != 0 { index(one.count).min(1 << 16) } else { 0 };
        self.spend(sparse.saturating_add(1))?;
        let [_, _, high, low] = id.to_be_bytes();
        let number = u16::from_be_bytes([high, low]);
        let offset = if one.flags & SPARSE != 0 {
            let list = self.bytes.at(one.offsets, sparse.checked_mul(4)?);
            let found = list.chunks_exact(4).find(|pair| u16_at(pair, 0) == Some(number))?;
            u64::from(u16_at(found, 2)?).checked_mul(4)?
        } else if u32::from(number) >= one.count {
            return None;
        } else if one.flags & OFFSET16 != 0 {
            let at = u64::from(number).checked_mul(2)?.checked_add(one.offsets)?;
            let offset = u16_at(&self.bytes.at(at, 2), 0).filter(|offset| *offset != u16::MAX)?;
            u64::from(offset).checked_mul(4)?
        } else {
            let at = u64::from(number).checked_mul(4)?.checked_add(one.offsets)?;
            u32_at(&self.bytes.at(at, 4), 0).filter(|offset| *offset != u32::MAX)?.into()
        };
        one.entries.checked_add(offset).filter(|at| *at < one.end)
    }

    /// Returns the value of the entry at `at`; `None` when it is a style, array or plural.
    fn simple(&self, one: &Type, at: u64) -> Option<(u8, u32)> {
        const COMPLEX: u16 = 1;
        let entry = self.bytes.at(at, 16);
        let (size, flags) = (u16_at(&entry, 0)?, u16_at(&entry, 2)?);
        if flags & COMPACT != 0 {
            let [_, kind] = flags.to_le_bytes();
            return Some((kind, u32_at(&entry, 4)?));
        }
        if flags & COMPLEX != 0 {
            return None;
        }
        let value = at.checked_add(size.into()).filter(|at| *at < one.end)?;
        let value = self.bytes.at(value, 8);
        Some((u8_at(&value, 3)?, u32_at(&value, 4)?))
    }

    /// Returns the string at `number` of a pool.
    fn string(&self, pool: &Pool, number: u32) -> Option<String> {
        if number >= pool.count {
            return None;
        }
        let at = u64::from(number).checked_mul(4)?.checked_add(pool.offsets)?;
        let start = pool.strings.checked_add(u32_at(&self.bytes.at(at, 4), 0)?.into())?;
        let rest = usize::try_from(pool.end.checked_sub(start)?).unwrap_or(usize::MAX);
        let read = |length: usize| {
            let bytes = self.bytes.at(start, length.min(rest));
            self.spend(bytes.len())?;
            strings::decode(&bytes, pool.utf8).map(Cow::into_owned)
        };
        read(256).or_else(|| read(STRING_LIMIT))
    }
}

const fn malformed(at: u64, expected: &'static str) -> Malformed {
    Malformed { part: Part::Resources, at, expected }
}
