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
mod subject;
mod system;
mod word;

pub use ground::Ground;
pub use required::{RequiredBecause, intents, required};

use crate::cores::{in_parts, joined};
use crate::inventory::Inventory;
use crate::maker::Conventions;
use crate::maker::place::Pattern;
use crate::maker::rule::{Partition, Says};
use crate::source::snapshot::PackageFacts;
use location::Places;
use outcome::{Reason, Removability, Verdict};
use subject::Subject;
use word::Word;

/// Judges every package of `inventory` in every folder it lies in, in the order of [`Inventory::packages`].
pub fn removability(inventory: &Inventory, conventions: &Conventions) -> Vec<Removability> {
    let ground = Ground::new(inventory, conventions);
    joined(in_parts(inventory.packages(), |part| {
        let rules = Rules::new(&ground);
        part.iter().map(|package| rules.judge(package)).collect()
    }))
}

/// The rules at work on some packages of one device. What several packages have in common is found out once, so one of
/// these serves one thread.
pub struct Rules<'g, 'a> {
    ground: &'g Ground<'a>,
    places: Places<'a>,
}

impl<'g, 'a> Rules<'g, 'a> {
    /// Begins with what the rules look at.
    pub fn new(ground: &'g Ground<'a>) -> Self {
        Self { ground, places: Places::new(ground.conventions, &ground.makers) }
    }

    /// Judges one package in one folder.
    pub fn judge(&self, package: &'a PackageFacts) -> Removability {
        let Self { ground, places } = self;
        let subject = Subject::new(places, package);
        let mut finding = verdict(ground, &subject);
        finding.missing.sort();
        finding.missing.dedup();
        Removability {
            disable: disable::disable(ground, &subject, &finding),
            by_shell: shell::by_shell(ground, &subject, &finding),
            verdict: finding.verdict,
            reason: finding.reason,
            decided_by: finding.decided_by,
            against: finding.against,
            missing: finding.missing,
            required: subject.into_required(),
        }
    }
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

    /// Tells whether only the package's own place decided, which nobody needs to be told as an argument.
    const fn is_plain(&self) -> bool {
        matches!(self.reason, Reason::SystemPartition | Reason::DataPartition)
    }
}

/// Asks the rules about one package in one folder.
fn verdict<'a>(ground: &Ground<'a>, subject: &Subject<'_, 'a>) -> Finding {
    if subject.of_the_platform {
        return Finding::new(Verdict::NonUninstallable, Reason::SystemPartition, &subject.package.path);
    }
    // what the rules below the lists say
    let base = match &subject.place {
        Some(place) => from_place(ground, place),
        None if subject.on_data => data::on_data(ground, subject),
        None => system::on_system(subject),
    };
    let finding = from_lists(ground, subject, base);
    blocked::apply(ground, subject.package, gap::apply(ground, subject, finding))
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
fn from_lists(ground: &Ground<'_>, subject: &Subject<'_, '_>, base: Finding) -> Finding {
    let words = ground.words.about(subject.package);
    if words.is_empty() {
        return base;
    }
    let (words, elsewhere): (Vec<&Word<'_>>, Vec<&Word<'_>>) =
        words.into_iter().partition(|word| subject.is_spoken_of(word.rule.speaks_of));
    let certain = words.iter().copied().find(|word| word.hangs_on.is_none());
    let mut finding = match certain {
        Some(word) => from_word(word, &words, base),
        None => base,
    };
    let before = words.iter().take_while(|word| certain.is_none_or(|certain| **word != certain));
    for word in before {
        weigh_uncertain(word, &mut finding);
    }
    for word in elsewhere {
        note_elsewhere(word, subject.package, &mut finding);
    }
    finding
}

/// The verdict of the word that decides, with what is against it.
fn from_word(word: &Word<'_>, words: &[&Word<'_>], base: Finding) -> Finding {
    let reason = match word.says {
        Says::Fixed => Reason::MakerListFixed,
        Says::Removable | Says::Candidate => Reason::MakerListRemovable,
    };
    let mut finding = Finding::new(word.verdict(), reason, word.path);
    finding.precedence = word.rule.precedence;
    let opposite = words.iter().filter(|other| other.says != word.says && other.hangs_on.is_none());
    finding.against = opposite.map(|other| other.path.to_owned()).collect();
    if !base.is_plain() && base.verdict != Verdict::Unknown && base.verdict != finding.verdict {
        finding.against.push(base.decided_by);
    }
    finding
}

/// Weighs a word that comes before what decided and would say otherwise, if a property that is not stated turns it on.
fn weigh_uncertain(word: &Word<'_>, finding: &mut Finding) {
    let Some(property) = word.hangs_on.filter(|_| finding.verdict != word.verdict()) else { return };
    finding.missing.push(property.to_owned());
    if finding.verdict == Verdict::Unknown {
        return;
    }
    let before = std::mem::replace(&mut finding.decided_by, word.path.to_owned());
    if !finding.is_plain() {
        finding.against.push(before);
    }
    finding.verdict = Verdict::Unknown;
    finding.reason =
        if word.says == Says::Fixed { Reason::MakerListFixed } else { Reason::MakerListRemovable };
}

/// Notes a word that speaks of the package, but of a copy that lies elsewhere: a list of data apps names the app that
/// the image only holds a stub or an older copy of.
fn note_elsewhere(word: &Word<'_>, package: &PackageFacts, finding: &mut Finding) {
    if finding.verdict != word.verdict() && finding.verdict != Verdict::Unknown {
        finding.against.push(word.path.to_owned());
        if word.rule.speaks_of == Partition::Data {
            finding.missing.push(format!("/data/app: {}", package.name));
        }
    }
}
