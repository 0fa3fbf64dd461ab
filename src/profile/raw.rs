//! The shapes of a profile file as written: which tables and keys there are, nothing of what they mean.
//!
//! Every value is optional and has its place: what was missing or of the wrong type is noted already, and
//! [`super::validate`] goes on with the rest.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::profile::mistake::Collector;
use crate::profile::problem::FILE;
use crate::profile::resolved::Bilingual;
use crate::profile::table::{self, Placed, Table};

/// Keys of the file itself.
pub(super) const FILE_KEYS: &[&str] = &[
    "schema-version",
    "id",
    "extends",
    "title",
    "issuer",
    "standing",
    "in-force",
    "source",
    "switches",
    "group",
    "requirement",
    "keeper",
    "waiver",
    "claim",
];
/// Keys of the file that state the rule: a profile of its own has them, a layer may not.
pub(super) const RULE_KEYS: &[&str] =
    &["id", "title", "issuer", "standing", "in-force", "source", "switches", "group", "requirement"];
/// Keys of `[switches]`.
pub(super) const SWITCHES_KEYS: &[&str] = &["disabled", "removed-for-user", "count-in-each-group"];
/// Keys of `[[group]]`.
pub(super) const GROUP_KEYS: &[&str] = &["id", "term", "max-non-uninstallable"];
/// Keys of `[[requirement]]`.
pub(super) const REQUIREMENT_KEYS: &[&str] =
    &["id", "clause", "check", "confidence", "source", "text", "note"];
/// Keys of `[[keeper]]`.
pub(super) const KEEPER_KEYS: &[&str] = &["group", "package"];
/// Keys of `[[waiver]]`.
pub(super) const WAIVER_KEYS: &[&str] = &["package", "requirement", "reason", "owner", "signer", "until"];
/// Keys of `[[claim]]`.
pub(super) const CLAIM_KEYS: &[&str] = &["package", "groups"];

/// A whole file.
pub(super) struct RawFile {
    pub(super) id: Placed<String>,
    pub(super) extends: Placed<String>,
    pub(super) title: Placed<Bilingual>,
    pub(super) issuer: Placed<Bilingual>,
    pub(super) standing: Placed<String>,
    pub(super) in_force: Placed<String>,
    pub(super) source: Placed<Bilingual>,
    pub(super) switches: RawSwitches,
    pub(super) groups: Vec<RawGroup>,
    pub(super) requirements: Vec<RawRequirement>,
    pub(super) keepers: Vec<RawKeeper>,
    pub(super) waivers: Vec<RawWaiver>,
    pub(super) claims: Vec<RawClaim>,
    /// Whether `requirement` is an empty array.
    pub(super) asks_nothing: bool,
    /// Those of [`RULE_KEYS`] that the file has, with their places.
    pub(super) rule_keys: Vec<(&'static str, Range<usize>)>,
}

/// `[switches]`.
#[derive(Default)]
pub(super) struct RawSwitches {
    pub(super) disabled: Placed<String>,
    pub(super) removed_for_user: Placed<String>,
    pub(super) count_in_each_group: Placed<bool>,
}

/// `[[group]]`.
pub(super) struct RawGroup {
    pub(super) place: Range<usize>,
    pub(super) id: Placed<String>,
    pub(super) term: Placed<Bilingual>,
    pub(super) max_non_uninstallable: Placed<String>,
}

/// `[[requirement]]`.
pub(super) struct RawRequirement {
    pub(super) place: Range<usize>,
    pub(super) id: Placed<String>,
    pub(super) clause: Placed<Bilingual>,
    pub(super) check: Placed<String>,
    pub(super) confidence: Placed<String>,
    pub(super) source: Placed<Bilingual>,
    pub(super) text: Placed<Bilingual>,
    pub(super) note: Placed<Bilingual>,
}

/// `[[keeper]]`.
pub(super) struct RawKeeper {
    pub(super) place: Range<usize>,
    pub(super) group: Placed<String>,
    pub(super) package: Placed<String>,
}

/// `[[waiver]]`.
pub(super) struct RawWaiver {
    pub(super) place: Range<usize>,
    pub(super) package: Placed<String>,
    pub(super) requirement: Placed<String>,
    pub(super) reason: Placed<String>,
    pub(super) owner: Placed<String>,
    pub(super) signer: Placed<String>,
    pub(super) until: Placed<String>,
}

/// `[[claim]]`.
pub(super) struct RawClaim {
    pub(super) place: Range<usize>,
    pub(super) package: Placed<String>,
    pub(super) groups: Option<Vec<Spanned<String>>>,
}

/// Returns the version a file says it is of, when that is a number at all.
pub(super) fn version(entries: &DeTable<'_>) -> Placed<String> {
    let value = entries.get("schema-version")?;
    Some(Spanned::new(value.span(), table::decimal(value.get_ref())?))
}

/// Reads the shape of a file and notes unknown and missing keys and values of the wrong type.
pub(super) fn read<'a>(entries: &'a DeTable<'a>, collector: &'a Collector) -> RawFile {
    let file = Table::open(FILE, FILE_KEYS, 0..0, entries, collector);
    file.require("schema-version");
    // Its value was looked at before; only its type is left to check.
    file.number("schema-version");
    RawFile {
        id: file.text("id"),
        extends: file.text("extends"),
        title: file.bilingual("title"),
        issuer: file.bilingual("issuer"),
        standing: file.text("standing"),
        in_force: file.date("in-force"),
        source: file.words("source"),
        switches: file
            .table("switches", "[switches]", SWITCHES_KEYS)
            .map(|table| switches(&table))
            .unwrap_or_default(),
        groups: file.tables("group", "[[group]]", GROUP_KEYS).iter().map(group).collect(),
        requirements: file
            .tables("requirement", "[[requirement]]", REQUIREMENT_KEYS)
            .iter()
            .map(requirement)
            .collect(),
        keepers: file.tables("keeper", "[[keeper]]", KEEPER_KEYS).iter().map(keeper).collect(),
        waivers: file.tables("waiver", "[[waiver]]", WAIVER_KEYS).iter().map(waiver).collect(),
        claims: file.tables("claim", "[[claim]]", CLAIM_KEYS).iter().map(claim).collect(),
        asks_nothing: entries
            .get("requirement")
            .and_then(|value| value.get_ref().as_array())
            .is_some_and(|array| array.is_empty()),
        rule_keys: RULE_KEYS.iter().filter_map(|key| Some((*key, file.place_of(key)?))).collect(),
    }
}

fn switches(table: &Table<'_>) -> RawSwitches {
    RawSwitches {
        disabled: table.text("disabled"),
        removed_for_user: table.text("removed-for-user"),
        count_in_each_group: table.flag("count-in-each-group"),
    }
}

fn group(table: &Table<'_>) -> RawGroup {
    table.require("max-non-uninstallable");
    RawGroup {
        place: table.place(),
        id: table.required_text("id"),
        term: table.required_bilingual("term"),
        max_non_uninstallable: table.number("max-non-uninstallable"),
    }
}

fn requirement(table: &Table<'_>) -> RawRequirement {
    RawRequirement {
        place: table.place(),
        id: table.required_text("id"),
        clause: table.required_words("clause"),
        check: table.required_text("check"),
        confidence: table.required_text("confidence"),
        source: table.required_words("source"),
        text: table.required_bilingual("text"),
        note: table.bilingual("note"),
    }
}

fn keeper(table: &Table<'_>) -> RawKeeper {
    RawKeeper {
        place: table.place(),
        group: table.required_text("group"),
        package: table.required_text("package"),
    }
}

fn waiver(table: &Table<'_>) -> RawWaiver {
    RawWaiver {
        place: table.place(),
        package: table.required_text("package"),
        requirement: table.required_text("requirement"),
        reason: table.required_text("reason"),
        owner: table.text("owner"),
        signer: table.text("signer"),
        until: table.date("until"),
    }
}

fn claim(table: &Table<'_>) -> RawClaim {
    table.require("groups");
    RawClaim { place: table.place(), package: table.required_text("package"), groups: table.texts("groups") }
}
