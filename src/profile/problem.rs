//! What can be wrong with a profile file: one variant per kind, facts in its fields. How each is said is in
//! [`super::wording`], what to do about it in [`super::advice`].

use crate::profile::date::DateError;
use crate::profile::layer::LayerName;

/// One kind of mistake, with the facts it is about. Text from the file is kept as read and escaped when shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file is larger than a profile can be.
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The most that is read.
        limit: usize,
    },
    /// A byte sequence that is not UTF-8.
    NotUtf8,
    /// Not TOML; the words are the parser's.
    Syntax {
        /// What the parser says, in English.
        words: String,
    },
    /// A key that this table does not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The table, `[[waiver]]`.
        table: &'static str,
        /// The key that was probably meant.
        nearest: Option<&'static str>,
        /// The keys the table has.
        known: &'static [&'static str],
    },
    /// A key that this table must have.
    MissingKey {
        /// The key.
        key: &'static str,
        /// The table.
        table: &'static str,
    },
    /// A value of another type.
    WrongType {
        /// The key.
        key: String,
        /// What it takes.
        expected: Kind,
        /// What stands there, in TOML's words.
        found: &'static str,
    },
    /// A text that must say something and is empty.
    Empty {
        /// The key.
        key: &'static str,
        /// The table.
        table: &'static str,
    },
    /// A file of a later version of the format.
    NewerSchema {
        /// What the file says.
        found: String,
        /// The newest version that is read.
        newest: u32,
    },
    /// A version that never was.
    BadSchemaVersion {
        /// What the file says.
        found: String,
    },
    /// A word that is not one of those the key takes.
    UnknownWord {
        /// What the word should name.
        what: Word,
        /// The word.
        found: String,
        /// The word that was probably meant.
        nearest: Option<String>,
        /// All words that can stand there.
        known: Vec<String>,
    },
    /// Not a package name.
    BadPackageName {
        /// What stands there.
        found: String,
    },
    /// Not a day of the calendar.
    BadDate {
        /// What stands there.
        found: String,
        /// Why not.
        why: DateError,
    },
    /// Not a SHA-256 digest in hexadecimal digits.
    BadDigest {
        /// What stands there.
        found: String,
    },
    /// An id with characters that ids do not have.
    BadId {
        /// What stands there.
        found: String,
    },
    /// A profile of its own that takes the id of a built-in one.
    ReservedId {
        /// The id.
        id: String,
    },
    /// A number outside its range.
    OutOfRange {
        /// The key.
        key: &'static str,
        /// What stands there.
        found: String,
        /// The least it can be.
        least: u32,
        /// The most it can be.
        most: u32,
    },
    /// Something that is there twice.
    Duplicate {
        /// What it is.
        what: Thing,
        /// Its name.
        name: String,
        /// The line of the first one.
        first_line: u32,
    },
    /// A layer that tries to change the rule it is judged by.
    ChangesRule {
        /// The key it sets.
        key: String,
        /// The layer it is used as, where that is known.
        layer: Option<LayerName>,
    },
    /// A keeper of a group that the profile does not have.
    GroupNotInProfile {
        /// The group.
        group: String,
        /// The profile.
        profile: String,
    },
    /// More keepers for a group than it may have non-uninstallable apps.
    TooManyKeepers {
        /// The group.
        group: String,
        /// How many it may have.
        most: u32,
    },
    /// A check that needs groups in a profile that has none.
    CheckNeedsGroups {
        /// The check.
        check: &'static str,
    },
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A date, as a TOML date or a string.
    Date,
    /// A text in both languages.
    Bilingual,
    /// A string that is the same in both languages, or a text in both.
    Words,
    /// A table.
    Table,
    /// An array of tables.
    Tables,
    /// An array of strings.
    Texts,
}

/// What a word should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// A function group.
    Group,
    /// A check.
    Check,
    /// The standing of an instrument.
    Standing,
    /// How well a text is known.
    Confidence,
    /// `strict` or `lenient`.
    Semantics,
    /// A requirement.
    Requirement,
    /// A built-in profile.
    Profile,
}

/// What can be there twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A function group.
    Group,
    /// A requirement.
    Requirement,
    /// A keeper.
    Keeper,
    /// A waiver.
    Waiver,
    /// A claim.
    Claim,
}

impl Problem {
    /// Returns the code: kebab-case, stable, names the problem.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::NotUtf8 => "not-utf-8",
            Self::Syntax { .. } => "syntax",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingKey { .. } => "missing-key",
            Self::WrongType { .. } => "wrong-type",
            Self::Empty { .. } => "empty-text",
            Self::NewerSchema { .. } => "newer-schema",
            Self::BadSchemaVersion { .. } => "bad-schema-version",
            Self::UnknownWord { what, .. } => what.code(),
            Self::BadPackageName { .. } => "bad-package-name",
            Self::BadDate { .. } => "bad-date",
            Self::BadDigest { .. } => "bad-digest",
            Self::BadId { .. } => "bad-id",
            Self::ReservedId { .. } => "reserved-id",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Duplicate { what, .. } => what.duplicate_code(),
            Self::ChangesRule { .. } => "layer-changes-rule",
            Self::GroupNotInProfile { .. } => "group-not-in-profile",
            Self::TooManyKeepers { .. } => "too-many-keepers",
            Self::CheckNeedsGroups { .. } => "check-needs-groups",
        }
    }
}

impl Word {
    const fn code(self) -> &'static str {
        match self {
            Self::Group => "unknown-group",
            Self::Check => "unknown-check",
            Self::Standing => "unknown-standing",
            Self::Confidence => "unknown-confidence",
            Self::Semantics => "unknown-semantics",
            Self::Requirement => "unknown-requirement",
            Self::Profile => "unknown-profile",
        }
    }
}

impl Thing {
    const fn duplicate_code(self) -> &'static str {
        match self {
            Self::Group => "duplicate-group",
            Self::Requirement => "duplicate-requirement",
            Self::Keeper => "duplicate-keeper",
            Self::Waiver => "duplicate-waiver",
            Self::Claim => "duplicate-claim",
        }
    }
}

/// The file itself, as the name of a table.
pub(super) const FILE: &str = "";
