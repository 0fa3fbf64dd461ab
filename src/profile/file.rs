//! One profile file after validation: sound in itself, not yet put together with others.

use std::ops::Range;
use std::sync::Arc;

use crate::package::Sha256Digest;
use crate::profile::mistake::{Collector, Mistakes};
use crate::profile::problem::Problem;
use crate::profile::resolved::{
    Bilingual, DeclaredClaim, GroupRule, Keeper, Requirement, Standing, SwitchOrigins, Switches, Waiver,
};

/// One valid file: either a profile of its own, which states a rule, or a layer, which adds to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFile {
    pub(super) name: String,
    pub(super) text: Arc<str>,
    pub(super) sha256: Sha256Digest,
    pub(super) is_built_in: bool,
    pub(super) content: Content,
    pub(super) keepers: Vec<(Range<usize>, Keeper)>,
    pub(super) waivers: Vec<Waiver>,
    pub(super) claims: Vec<DeclaredClaim>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A profile of its own.
    Rule(Box<Rule>),
    /// A layer, over the built-in profile of this id or over any.
    Layer { extends: Option<String> },
}

/// The rule of a profile of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) id_place: Range<usize>,
    pub(super) title: Bilingual,
    pub(super) issuer: Bilingual,
    pub(super) standing: Standing,
    pub(super) in_force: Option<String>,
    pub(super) source: Bilingual,
    pub(super) groups: Vec<GroupRule>,
    pub(super) requirements: Vec<Requirement>,
    pub(super) switches: Switches,
    pub(super) switch_origins: SwitchOrigins,
}

impl ProfileFile {
    /// Returns the name it was read under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the digest of its bytes.
    pub const fn sha256(&self) -> &Sha256Digest {
        &self.sha256
    }

    /// Returns the rule when the file is a profile of its own.
    pub(super) fn rule(&self) -> Option<&Rule> {
        match &self.content {
            Content::Rule(rule) => Some(rule),
            Content::Layer { .. } => None,
        }
    }

    /// Returns the id when the file is a profile of its own; `None` for a layer.
    pub fn id(&self) -> Option<&str> {
        self.rule().map(|rule| rule.id.as_str())
    }

    /// Returns the built-in profile that a layer says it adds to.
    pub fn extends(&self) -> Option<&str> {
        match &self.content {
            Content::Rule(_) => None,
            Content::Layer { extends } => extends.as_deref(),
        }
    }

    /// Returns one mistake in this file, found when it was put together with others.
    pub(super) fn mistake(&self, span: Range<usize>, problem: Problem) -> Mistakes {
        let collector = Collector::new(&self.name, Arc::clone(&self.text));
        collector.note(span, problem);
        collector.into_mistakes()
    }

    /// Returns whether it declares keepers, waivers or claims.
    pub(super) const fn adds(&self) -> bool {
        !(self.keepers.is_empty() && self.waivers.is_empty() && self.claims.is_empty())
    }
}
