//! Facts of a package that its source could not read although it read the package: what hangs on them is possible, and
//! never ruled out.

use std::collections::BTreeMap;

use crate::inventory::Inventory;
use crate::source::snapshot::PackageFacts;
use crate::source::unread::{Unread, UnreadKind};

/// A part of a package's facts, by the name it has in [`Unread::path`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Activities and aliases.
    Activities,
    /// Receivers.
    Receivers,
    /// Services.
    Services,
    /// Providers.
    Providers,
    /// Requested permissions.
    Permissions,
    /// The manifest: which filters there are besides those that answered a probe.
    Manifest,
}

impl Part {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Activities, "activities"),
        (Self::Receivers, "receivers"),
        (Self::Services, "services"),
        (Self::Providers, "providers"),
        (Self::Permissions, "permissions"),
        (Self::Manifest, "manifest"),
    ];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The parts of one package that were not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    pub(super) const fn contains(self, part: Part) -> bool {
        self.0 & part.bit() != 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The parts that were not read, by package.
#[derive(Debug, Default)]
pub(super) struct UnreadParts<'a> {
    by_name: BTreeMap<&'a str, Parts>,
    /// Of every package.
    of_all: Parts,
}

impl<'a> UnreadParts<'a> {
    pub(super) fn new(inventory: &'a Inventory) -> Self {
        let mut parts = Self::default();
        for unread in inventory.unread().iter().filter(|unread| unread.kind == UnreadKind::Facts) {
            parts.enter(unread);
        }
        parts
    }

    fn enter(&mut self, unread: &'a Unread) {
        let Some((part, _)) = Part::ALL.iter().find(|(_, name)| *name == unread.path) else { return };
        let parts = match &unread.package {
            Some(package) => self.by_name.entry(package.as_str()).or_default(),
            None => &mut self.of_all,
        };
        parts.0 |= part.bit();
    }

    /// Returns what was not read of `package`.
    pub(super) fn of(&self, package: &PackageFacts) -> Parts {
        let own = self.by_name.get(package.name.as_str()).copied().unwrap_or_default();
        Parts(own.0 | self.of_all.0)
    }
}
