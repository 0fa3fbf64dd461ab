//! What the rules look at: the device's facts, put in order once for all its packages.
//!
//! Takes the inventory and the conventions; decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::inventory::Inventory;
use crate::maker::Conventions;
use crate::maker::rule::MakerKind;
use crate::maker::site::Recognised;
use crate::package::{PackageName, Sha256Digest, is_on_data};
use crate::removability::word::Words;
use crate::source::snapshot::{PackageFacts, StatementKind};
use crate::source::unread::{UnreadKind, UnreadReason};

/// The facts of one device as the rules need them.
pub struct Ground<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) conventions: &'a Conventions,
    /// Whose software the device runs.
    pub(super) makers: Vec<Recognised<'a>>,
    /// What the makers' lists say.
    pub(super) words: Words<'a>,
    /// Packages whose copy on a system partition is known to exist and was not read, with its path.
    pub(super) unread_copies: BTreeMap<&'a PackageName, &'a str>,
    /// Set when the snapshot lost facts on its way: names what was lost. Nothing is called removable from it.
    pub(super) lost: Option<&'a str>,
    /// Packages that `<prevent-disable>` names.
    pub(super) prevent_disable: BTreeSet<&'a str>,
    /// Whether a configuration file was not read, so that a statement may be missing.
    pub(super) config_unread: bool,
    /// Signing certificates of the package `android`, which are the platform's.
    pub(super) platform_signers: Option<&'a [Sha256Digest]>,
}

impl<'a> Ground<'a> {
    /// Puts the facts of `inventory` in order.
    pub fn new(inventory: &'a Inventory, conventions: &'a Conventions) -> Self {
        let snapshot = inventory.snapshot();
        let makers = conventions.recognise(&snapshot.device, inventory.folders());
        let statements = &snapshot.system_config.statements;
        let prevented = statements.iter().filter(|statement| statement.says == StatementKind::PreventDisable);
        let platform = PackageName::new("android").ok();
        let platform_signers = platform
            .and_then(|name| inventory.package(&name).first())
            .and_then(|package| package.signers.as_deref());
        Self {
            inventory,
            conventions,
            words: Words::collect(snapshot, conventions, &makers),
            makers,
            unread_copies: unread_copies(inventory),
            lost: lost(inventory),
            prevent_disable: prevented.map(|statement| statement.package.as_str()).collect(),
            config_unread: inventory.unread().iter().any(|unread| unread.kind == UnreadKind::Config),
            platform_signers,
        }
    }

    /// Tells whether the device runs a maker's own software rather than Android as published.
    pub(super) fn has_maker(&self) -> bool {
        self.makers.iter().any(|recognised| recognised.maker.kind == MakerKind::Maker)
    }

    /// Tells whether the software of the maker with this id was recognised.
    pub(super) fn is(&self, maker: &str) -> bool {
        self.makers.iter().any(|recognised| recognised.maker.id == maker)
    }
}

fn unread_copies(inventory: &Inventory) -> BTreeMap<&PackageName, &str> {
    let copies = inventory
        .unread()
        .iter()
        .filter(|unread| unread.kind == UnreadKind::Package && !is_on_data(&unread.path));
    copies.filter_map(|unread| Some((unread.package.as_ref()?, unread.path.as_str()))).collect()
}

/// Returns what the snapshot lost on its way, as [`Inventory::new`] notes it.
fn lost(inventory: &Inventory) -> Option<&str> {
    let thinned = |reason: &UnreadReason| matches!(reason, UnreadReason::Thinned { .. });
    let unread = inventory.unread().iter();
    unread
        .filter(|unread| thinned(&unread.reason) && unread.kind == UnreadKind::Config)
        .map(|unread| unread.path.as_str())
        .next()
}

/// Returns the other copies of a package that lie on a system partition.
pub(super) fn factory_copies<'a>(
    inventory: &'a Inventory,
    package: &PackageFacts,
) -> impl Iterator<Item = &'a PackageFacts> {
    inventory.package(&package.name).iter().filter(|copy| !is_on_data(&copy.path))
}
