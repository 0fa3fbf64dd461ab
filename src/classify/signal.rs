//! Signals: the yes-or-no facts that evidence is made of, numbered so that a set of them is a few machine words.

use crate::classify::filter::Intent;
use crate::classify::outcome::EvidenceKind;

/// How many signals `config/groups.toml` may define.
pub const MAX_SIGNALS: usize = 256;

/// The number of a signal, in the order of the file.
pub type SignalId = u8;

/// A set of signals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignalSet([u64; MAX_SIGNALS / 64]);

impl SignalSet {
    /// Adds a signal.
    pub const fn insert(&mut self, id: SignalId) {
        self.0[(id >> 6) as usize] |= 1 << (id & 63);
    }

    /// Returns whether a signal is in the set.
    pub const fn contains(&self, id: SignalId) -> bool {
        self.0[(id >> 6) as usize] & (1 << (id & 63)) != 0
    }

    /// Returns whether no signal is in the set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns whether every signal of `others` is in the set.
    pub fn contains_all(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(own, other)| own & other == *other)
    }

    /// Returns whether any signal of `others` is in the set.
    pub fn contains_any(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).any(|(own, other)| own & other != 0)
    }
}

impl FromIterator<SignalId> for SignalSet {
    fn from_iter<I: IntoIterator<Item = SignalId>>(ids: I) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}

/// What a signal is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// An enabled, exported component answers an intent.
    Probe(Box<Probe>),
    /// The manifest requests any of these permissions.
    Permission(Vec<String>),
    /// The manifest asks for any of these features.
    Feature(Vec<String>),
    /// The shared user id is one of these.
    SharedUser(Vec<String>),
    /// A provider serves one of these authorities.
    Authority(Vec<String>),
    /// At least `at_least` different actions with this prefix are answered by activities.
    ManyActions {
        /// The prefix.
        prefix: String,
        /// How many.
        at_least: usize,
        /// Actions with the prefix that a running device is asked for.
        known: Vec<String>,
    },
    /// A component answers an action of its own whose last part holds all words of one entry.
    OwnAction {
        /// Whether only activities are asked, not receivers and services too.
        of_activities: bool,
        /// Sets of words; every word of one set must be there.
        words: Vec<Vec<String>>,
    },
    /// Words, in the place named by the kind.
    Words {
        /// Where they are looked for.
        place: WordPlace,
        /// The words.
        any: Vec<String>,
    },
    /// Several signals that count as one: at least `at_least` of `of`.
    Several {
        /// How many must be observed.
        at_least: usize,
        /// Of these.
        of: Vec<SignalId>,
    },
    /// The package is the default holder of a role.
    DefaultHolder(String),
    /// The image prefers the package for an action.
    Preferred(String),
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordPlace {
    /// Parts of the package name; `*x` and `x*` match ends and beginnings.
    Package,
    /// Words of class names.
    Class,
    /// The label of the package or of an entry, whole or, with `*`, in part.
    Label,
}

impl Signal {
    /// Returns the kind of evidence that a signal is.
    pub fn kind(&self) -> EvidenceKind {
        match self {
            Self::Probe(probe) if asks_for_app_category(probe) => EvidenceKind::Category,
            Self::Permission(_) | Self::Feature(_) | Self::SharedUser(_) | Self::Authority(_) => {
                EvidenceKind::Declared
            }
            Self::Words { place: WordPlace::Label, .. } => EvidenceKind::Label,
            Self::Words { .. } => EvidenceKind::Name,
            Self::DefaultHolder(_) => EvidenceKind::Role,
            Self::Preferred(_) => EvidenceKind::Image,
            // `Several` takes the kind of its parts; see `Groups`.
            Self::Probe(_) | Self::ManyActions { .. } | Self::OwnAction { .. } | Self::Several { .. } => {
                EvidenceKind::Intent
            }
        }
    }
}

/// Returns whether a probe asks for one of the `CATEGORY_APP_*` selectors.
fn asks_for_app_category(probe: &Probe) -> bool {
    probe.intent.categories.iter().any(|category| category.starts_with("android.intent.category.APP_"))
}

/// A question every source can answer in the same way: does this package have an enabled, exported component that
/// answers this intent?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Which kind of component is asked.
    pub component: ComponentKind,
    /// The intent.
    pub intent: Intent,
    /// The data URI of the intent as it is written.
    pub uri: Option<String>,
    /// The permission the component must be guarded with.
    pub guard: Option<String>,
    /// The lowest priority a filter may have; courtesy filters have less than 0.
    pub min_priority: Option<i32>,
    /// Whether the component must be a launcher entry, or what an entry leads to.
    pub at_entry: bool,
    /// Whether a disabled component counts too (a receiver that is switched on when a role is granted).
    pub disabled_counts: bool,
    /// Whether the filter must list the intent's type itself: `*/*` and `image/*` do not do.
    pub listed_type: bool,
    /// Meta-data that the component must carry, with this value where one is given.
    pub meta_data: Option<(String, Option<String>)>,
}

/// Kinds of components that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentKind {
    /// Activities and aliases.
    Activity,
    /// Receivers.
    Receiver,
    /// Services.
    Service,
}
