//! Stage 3b: may the user remove it, who decided, where that stands. Takes the inventory and the makers' conventions,
//! gives one [`Removability`] per package and folder, in the inventory's order; knows nothing of what an app is for.
//!
//! The rules, in the order they are asked; the first that speaks decides, and every verdict names it and the file, path
//! or property it rests on:
//!
//! | rule | says |
//! |---|---|
//! | `word`: makers' lists, turned on by their switches | what the list says |
//! | `location`: the maker's places | removable: uninstallable; candidate: unknown |
//! | `data`: the data partition | uninstallable, unless it updates an app of the image |
//! | `required`: what the platform needs | non-uninstallable |
//! | the system partition (AOSP `DeletePackageHelper`) | non-uninstallable |
//!
//! Over all of them stand two tests. `blocked`: what would be uninstallable is not while uninstalling is blocked.
//! `gap`: a list that is known to exist and was not read, or a snapshot that lost facts, makes unknown what it could
//! turn; a list that may exist is named as missing. A missing fact never makes an app uninstallable.
//!
//! `FLAG_SYSTEM` decides nothing: makers let users remove apps that carry it, and keep apps that do not.

mod blocked;
mod data;
mod disable;
mod gap;
mod ground;
mod location;
pub mod outcome;
pub mod required;
mod shell;
mod system;
mod word;

pub use ground::folders;
pub use required::{RequiredBecause, required};

use crate::inventory::Inventory;
use crate::maker::Conventions;
use crate::maker::place::Pattern;
use crate::maker::rule::Says;
use crate::source::snapshot::PackageFacts;
use ground::{Ground, is_data};
use outcome::{Reason, Removability, Verdict};

/// Judges every package of `inventory` in every folder it lies in, in the order of [`Inventory::packages`].
pub fn removability(inventory: &Inventory, conventions: &Conventions) -> Vec<Removability> {
    let ground = Ground::new(inventory, conventions);
    inventory.packages().iter().map(|package| judge(&ground, package)).collect()
}

/// What the rules have come to so far.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    verdict: Verdict,
    reason: Reason,
    decided_by: String,
    against: Vec<String>,
    missing: Vec<String>,
    /// Where the deciding list stands among lists; 0 when no list decided.
    precedence: u32,
}

impl Finding {
    fn new(verdict: Verdict, reason: Reason, decided_by: impl Into<String>) -> Self {
        let (against, missing) = (Vec::new(), Vec::new());
        Self { verdict, reason, decided_by: decided_by.into(), against, missing, precedence: 0 }
    }
}

fn judge(ground: &Ground<'_>, package: &PackageFacts) -> Removability {
    let mut finding = verdict(ground, package);
    finding.missing.sort();
    finding.missing.dedup();
    Removability {
        disable: disable::disable(ground, package, &finding),
        by_shell: shell::by_shell(ground, package, &finding),
        verdict: finding.verdict,
        reason: finding.reason,
        decided_by: finding.decided_by,
        against: finding.against,
        missing: finding.missing,
    }
}

/// Asks the rules about one package in one folder.
fn verdict(ground: &Ground<'_>, package: &PackageFacts) -> Finding {
    if let Some(fixed) = system::part_of_the_platform(package) {
        return fixed;
    }
    let on_data = is_data(&package.path);
    let place = ground.places.of(&package.path);
    let installed_on_data = place.as_ref().is_some_and(|place| place.rule.says != Says::Fixed);
    // what the rules below the lists say
    let base = match place {
        Some(place) => from_place(ground, &place),
        None if on_data => data::on_data(ground, package),
        None => system::on_system(package),
    };
    let finding = from_lists(ground, package, on_data, installed_on_data, base);
    let finding = gap::apply(ground, package, on_data, installed_on_data, finding);
    blocked::apply(ground, package, finding)
}

/// The verdict of a maker's place.
fn from_place(ground: &Ground<'_>, place: &location::Place<'_>) -> Finding {
    match place.rule.says {
        Says::Removable => Finding::new(Verdict::Uninstallable, Reason::RemovableLocation, &place.folder),
        Says::Fixed => Finding::new(Verdict::NonUninstallable, Reason::SystemPartition, &place.folder),
        Says::Candidate => {
            let mut finding = Finding::new(Verdict::Unknown, Reason::CandidateLocation, &place.folder);
            finding.missing = settling(ground, place);
            finding
        }
    }
}

/// Names what would settle a candidate place: its lists, or else the maker's own word about the folder.
fn settling(ground: &Ground<'_>, place: &location::Place<'_>) -> Vec<String> {
    let lists = place.rule.settled_by.iter().filter_map(|id| ground.conventions.list(id));
    let files: Vec<String> = lists.filter_map(|list| list.files.first()).map(Pattern::example).collect();
    if files.is_empty() { vec![place.folder.clone()] } else { files }
}

/// Asks the lists; `base` is what the rules after them say.
fn from_lists(
    ground: &Ground<'_>,
    package: &PackageFacts,
    on_data: bool,
    installed_on_data: bool,
    base: Finding,
) -> Finding {
    let words = ground.words.about(package, on_data, installed_on_data);
    let certain = words.iter().find(|word| word.hangs_on.is_none());
    let mut finding = match certain {
        Some(word) => {
            let (verdict, reason) = match word.says {
                Says::Fixed => (Verdict::NonUninstallable, Reason::MakerListFixed),
                Says::Removable | Says::Candidate => (Verdict::Uninstallable, Reason::MakerListRemovable),
            };
            let mut finding = Finding::new(verdict, reason, word.path);
            finding.precedence = word.rule.precedence;
            let opposite = words.iter().filter(|other| other.says != word.says && other.hangs_on.is_none());
            finding.against = opposite.map(|other| other.path.to_owned()).collect();
            let plain = matches!(base.reason, Reason::SystemPartition | Reason::DataPartition);
            if !plain && base.verdict != Verdict::Unknown && base.verdict != verdict {
                finding.against.push(base.decided_by);
            }
            finding
        }
        None => base,
    };
    // words that come before what decided and would say otherwise, if a property that is not stated turns them on
    let before = words.iter().take_while(|word| certain.is_none_or(|certain| *word != certain));
    for word in before {
        let says = if word.says == Says::Fixed { Verdict::NonUninstallable } else { Verdict::Uninstallable };
        let (Some(property), true) = (word.hangs_on, finding.verdict != says) else { continue };
        if finding.verdict != Verdict::Unknown {
            let reason =
                if word.says == Says::Fixed { Reason::MakerListFixed } else { Reason::MakerListRemovable };
            let before = std::mem::replace(&mut finding.decided_by, word.path.to_owned());
            if !matches!(finding.reason, Reason::SystemPartition | Reason::DataPartition) {
                finding.against.push(before);
            }
            (finding.verdict, finding.reason) = (Verdict::Unknown, reason);
        }
        finding.missing.push(property.to_owned());
    }
    finding
}
