//! What a source returned: facts as read, in a form that can be kept, compared and replayed.
//!
//! A snapshot holds facts only - names, paths, intents, flags - never a verdict. What a manifest leaves out stays left
//! out; what it gives by a reference that could not be resolved is that reference ([`Stated::Reference`]), not a
//! default. What could not be read at all stands in [`Snapshot::unread`] with its reason. Every record carries the
//! number of facts it holds, so that a cut or thinned snapshot is noticed ([`Totals`]).

mod component;
mod image;
mod package;
mod stated;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::package::Sha256Digest;
use crate::source::unread::Unread;

pub use component::{Component, Filter, PathMatch, Provider};
pub use image::{
    Claim, DefaultHolder, MakerList, MakerListEntry, Preferred, ProfileLayer, Statement, StatementKind,
    SystemConfig,
};
pub use package::{Application, Label, MetaData, PackageFacts, Split, Update, UserState};
pub use stated::Stated;

/// The schema version that this program writes, and the newest it reads.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything one source said about one device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Snapshot {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The program and version that read the facts, `keepone 0.1.0`.
    pub tool: String,
    /// Where the facts were read.
    pub source: SourceIdentity,
    /// When the facts were captured, RFC 3339 in UTC; from the source or `SOURCE_DATE_EPOCH`, never from the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<String>,
    /// Present when this is no reading of a device but a computed state of one, such as the state after a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derived: Option<Derived>,
    /// Which device and build this is.
    pub device: Device,
    /// The users of the phone. Empty for an image: no user exists before first boot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<User>,
    /// Who administers the running phone; absent for an image.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub administrators: Vec<Administrator>,
    /// One entry per package and folder it was found in.
    pub packages: Vec<PackageFacts>,
    /// What was there, or should have been there, and could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// What the image's own configuration files say about packages.
    #[serde(default)]
    pub system_config: SystemConfig,
    /// Lists of the maker about what may and may not be removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maker_lists: Vec<MakerList>,
    /// The maker's own word about the function of packages (`functions.toml` in the firmware).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// Files of the firmware that add to the rule the device is held to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profile_layers: Vec<ProfileLayer>,
    /// Problems of the input that lost no package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// Counts taken when the snapshot was written.
    pub totals: Totals,
}

impl Snapshot {
    /// A snapshot that holds nothing yet.
    pub(crate) fn blank(kind: SourceKind, name: String) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: concat!("keepone ", env!("CARGO_PKG_VERSION")).to_owned(),
            source: SourceIdentity { kind, name, sha256: None },
            captured: None,
            derived: None,
            device: Device::default(),
            users: Vec::new(),
            administrators: Vec::new(),
            packages: Vec::new(),
            unread: Vec::new(),
            system_config: SystemConfig::default(),
            maker_lists: Vec::new(),
            claims: Vec::new(),
            profile_layers: Vec::new(),
            diagnostics: Vec::new(),
            totals: Totals::default(),
        }
    }
}

/// Where facts were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SourceIdentity {
    /// The kind of source.
    pub kind: SourceKind,
    /// The last part of the path or address it was read from.
    pub name: String,
    /// Digest of the file itself, where the source is one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Sha256Digest>,
}

/// A kind of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// An unpacked firmware root.
    Tree,
    /// One APK.
    Apk,
    /// A snapshot kept earlier.
    Snapshot,
    /// A device seen through the platform's `adb` program.
    Adb,
    /// The device this library runs on.
    Device,
    /// What was saved of a device: `dumpsys package`, a bug report, `packages.xml`.
    Dump,
}

/// How a computed snapshot came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Derived {
    /// What was done to the facts, `plan applied`.
    pub by: String,
    /// The profile the plan was made for.
    pub profile: String,
    /// Digest of the snapshot it was computed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Sha256Digest>,
}

/// Which device and build the facts describe. A field is absent when no property file said it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Device {
    /// `ro.build.fingerprint`, or the system partition's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// `ro.build.version.release`, for example `14`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android_release: Option<String>,
    /// `ro.build.version.sdk`, the API level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk: Option<u32>,
    /// `ro.product.manufacturer` or the first partition's form of it. A port may name another maker than the one
    /// whose software it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    /// `ro.product.brand`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// `ro.product.model`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// All properties that identify the build or switch removability, by name. Where several files set one, the first
    /// in `init`'s order of precedence wins, as on the device.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, Property>,
}

/// A system property and the file that set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Property {
    /// The value, as read.
    pub value: String,
    /// The file, as a path on the device.
    pub path: String,
}

/// A user of the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct User {
    /// Android's user id, 0 for the first user.
    pub id: u32,
    /// What kind of user.
    pub kind: UserKind,
}

/// A package that administers the phone for a user (`DevicePolicyManager`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Administrator {
    /// Android's user id.
    pub user: u32,
    /// The package.
    pub package: String,
    /// Whether it owns the device or the profile: then the user cannot take the right away from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owner: bool,
}

/// Kinds of users that are read and judged separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are Android's own")]
pub enum UserKind {
    Main,
    Secondary,
    Work,
    Clone,
    Private,
    Guest,
    Unknown,
}

/// Counts that a reader compares with what it holds.
///
/// A fact is a leaf value of the JSON form of a record, its `facts` field left out. Fewer packages, unread entries or
/// facts than stated mean that the snapshot was cut or thinned: the affected record counts as not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Totals {
    /// How many entries [`Snapshot::packages`] held.
    pub packages: u32,
    /// How many entries [`Snapshot::unread`] held.
    pub unread: u32,
    /// How many facts everything but `packages` and `totals` held.
    pub facts: u32,
}
