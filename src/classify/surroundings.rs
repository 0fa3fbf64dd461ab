//! What the image says about packages from outside their manifests, by package.

use std::collections::BTreeMap;

use crate::classify::entry::Overrides;
use crate::classify::unread::UnreadParts;
use crate::inventory::Inventory;
use crate::source::snapshot::{Claim, StatementKind};

/// What the image says about packages from outside their manifests.
pub(super) struct Surroundings<'a> {
    overrides: Overrides<'a>,
    pub(super) holders: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    pub(super) preferred: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    pub(super) claims: BTreeMap<&'a str, Vec<&'a Claim>>,
    /// Which facts of packages were not read.
    pub(super) unread: UnreadParts<'a>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(inventory: &'a Inventory) -> Self {
        let config = &inventory.snapshot().system_config;
        let mut surroundings = Self {
            overrides: Overrides::default(),
            holders: BTreeMap::new(),
            preferred: BTreeMap::new(),
            claims: BTreeMap::new(),
            unread: UnreadParts::new(inventory),
        };
        for statement in &config.statements {
            let set = match statement.says {
                StatementKind::ComponentEnabled => true,
                StatementKind::ComponentDisabled => false,
                _ => continue,
            };
            if let Some(class) = &statement.of {
                surroundings.overrides.set(&statement.package, class, set);
            }
        }
        for holder in &config.default_holders {
            let of = surroundings.holders.entry(holder.package.as_str()).or_default();
            of.push((holder.role.as_str(), holder.path.as_str()));
        }
        for preferred in &config.preferred {
            for action in &preferred.actions {
                let of = surroundings.preferred.entry(preferred.package.as_str()).or_default();
                of.push((action.as_str(), preferred.path.as_str()));
            }
        }
        for claim in &inventory.snapshot().claims {
            surroundings.claims.entry(claim.package.as_str()).or_default().push(claim);
        }
        surroundings
    }

    pub(super) const fn overrides(&self) -> &Overrides<'a> {
        &self.overrides
    }
}
