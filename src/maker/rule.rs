//! What the conventions know: makers, places, lists, switches, destinations. Plain values, filled by
//! [`super::conventions`]; nothing here reads or decides.

use std::collections::BTreeMap;

use crate::maker::place::{Pattern, glob};
use crate::source::snapshot::Device;

/// A maker, or a platform several makers build on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    /// The id, `xiaomi`.
    pub id: String,
    /// Whether it is a maker's own software or the platform below it.
    pub kind: MakerKind,
    /// The name in English.
    pub name_en: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// Any of these properties tells it.
    pub properties: Vec<PropertyTest>,
    /// Properties that overrule the others: a custom build keeps the properties of the maker whose hardware it runs on.
    pub unless: Vec<PropertyTest>,
    /// Any path of these tells it.
    pub markers: Vec<Pattern>,
}

/// Who writes a piece of the software.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MakerKind {
    /// The maker of the phone's own software (`ColorOS`, One UI).
    Maker,
    /// The platform of the system-on-a-chip's maker (`MediaTek`, Unisoc, Rockchip).
    Platform,
    /// Android as published.
    Android,
}

/// A property and the values that count; any value counts where none is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyTest {
    /// The property's name.
    pub name: String,
    /// Values, compared without regard to case; `*` stands for any run of characters.
    pub values: Vec<String>,
}

impl PropertyTest {
    /// Tells whether the property is stated and counts; `None` when no property file states it.
    pub fn holds(&self, device: &Device) -> Option<bool> {
        let value = device.properties.get(&self.name)?.value.trim().to_ascii_lowercase();
        if self.values.is_empty() {
            return Some(!value.is_empty());
        }
        Some(self.values.iter().any(|word| glob(&word.to_ascii_lowercase(), &value)))
    }
}

/// What a place or a list says about a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// The user may remove it.
    Removable,
    /// The user may not.
    Fixed,
    /// The user may perhaps: something else must settle it.
    Candidate,
}

/// How well a fact is known, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Read in the maker's code, or its own build files.
    VendorCode,
    /// Seen in the listing of a real image, with the apps in it.
    Listing,
    /// Several independent scripts or reports agree.
    Scripts,
    /// Told, not checked. Never enough for more than a candidate.
    Knowledge,
}

/// A folder of a maker and what lying in it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The folders.
    pub folders: Vec<Pattern>,
    /// Whose convention it is.
    pub maker: String,
    /// Whether the names are unmistakable, so that the rule holds on every phone, also on a port whose properties name
    /// another maker; otherwise it holds where the maker is recognised.
    pub everywhere: bool,
    /// What lying there means.
    pub says: Says,
    /// How well that is known.
    pub confidence: Confidence,
    /// Where the fact was read.
    pub source: String,
    /// For a candidate: the ids of the lists that settle it.
    pub settled_by: Vec<String>,
}

/// A list of a maker: a file that names packages or paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRule {
    /// The id, used in [`crate::source::snapshot::MakerList::list`].
    pub id: String,
    /// Whose list it is.
    pub maker: String,
    /// The files.
    pub files: Vec<Pattern>,
    /// How the file is written.
    pub format: ListFormat,
    /// What an entry says, by the entry's own word; the word `*` stands for every other and for none. An entry whose
    /// word is not here says nothing.
    pub says: BTreeMap<String, Says>,
    /// Which packages the list speaks of.
    pub speaks_of: Partition,
    /// The property that must be set for the platform to read the list.
    pub switch: Option<PropertyTest>,
    /// The property whose value ends the name of the one file that counts, where the image carries one per variant.
    pub variant: Option<String>,
    /// First API level the platform reads it on.
    pub min_sdk: Option<u32>,
    /// Last API level the platform reads it on.
    pub max_sdk: Option<u32>,
    /// Where two lists contradict, the higher number decides; between equals the one that says fixed.
    pub precedence: u32,
    /// Whether the list only informs and decides nothing.
    pub evidence_only: bool,
    /// How well its meaning is known.
    pub confidence: Confidence,
    /// Where the fact was read.
    pub source: String,
}

/// Where a package must lie for a list to speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partition {
    /// Any partition.
    Any,
    /// A partition of the image.
    System,
    /// The data partition, or a place whose apps are installed there.
    Data,
}

/// How a list is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// A package name a line.
    Packages,
    /// A path a line, perhaps a comma and a word after it.
    Paths,
    /// Sections of `key='value'` lines; the value of `name` is the package.
    Sections,
    /// XML elements: the element's name is the word, an attribute holds the package, `lt` and `gt` bound the first API
    /// level of the device.
    Elements {
        /// The attribute.
        attribute: String,
    },
    /// A JSON array of package names, or of objects that hold one under `packageName`.
    JsonPackages,
    /// Lines of `key="value"`; `location` is a path below the partition the file lies in, its first segment the word.
    Locations,
    /// JSON, `install_list` of objects with `app_dir` and `removable`; the word is `true` or `false`.
    InstallList,
}

/// Something that changes what may be done to a package, stated in its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaDataRule {
    /// The id.
    pub id: String,
    /// Whose convention it is.
    pub maker: String,
    /// The `<meta-data>` name of the application, `*` standing for any run of characters.
    pub name: String,
    /// What it does.
    pub effect: MetaDataEffect,
    /// Where the fact was read.
    pub source: String,
}

/// What a `<meta-data>` of a maker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetaDataEffect {
    /// A shell cannot remove the package for a user.
    NotByShell,
}

/// Something a maker's platform reads that no offline source holds in a form this program reads: it is named as a
/// missing fact wherever it could turn a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// The id.
    pub id: String,
    /// Whose it is.
    pub maker: String,
    /// What it could say.
    pub says: Says,
    /// Which packages it speaks of.
    pub speaks_of: Partition,
    /// The property that must be set for it to count.
    pub switch: Option<PropertyTest>,
    /// What to name it, in words of the maker (a file, a setting).
    pub called: String,
    /// Where the fact was read.
    pub source: String,
}

/// Where a maker's own removable apps live, so that a plan can move one there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestinationRule {
    /// Whose convention it is.
    pub maker: String,
    /// The way.
    pub way: Way,
    /// Where the fact was read.
    pub source: String,
}

/// How an app becomes removable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its folder moves. The places in order of preference, `{folder}` being the app's own folder name.
    Move {
        /// The places.
        to: Vec<String>,
        /// Whether the place is in the user-data image, not in the system's.
        user_data: bool,
    },
    /// It stays, and a list names it.
    Entry {
        /// The id of the list.
        list: String,
        /// The file to edit where the image has none of the list's files.
        file: String,
        /// The entry, `{package}` and `{path}` standing for the app's.
        entry: String,
        /// The property to set, with its value, where the list needs one.
        switch: Option<(String, String)>,
    },
}
