//! What each kind of step costs, read from `config/step-costs.toml` and strictly checked. Takes the file's text, gives
//! [`StepCosts`]; decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::maker::document::{self, Mistakes, Table};
use crate::package::Sha256Digest;
use crate::plan::kind::{LossKind, StepKind};
use crate::profile::Bilingual;

/// The schema version of the file that is read.
pub const SCHEMA_VERSION: u32 = 1;

/// The greatest cost a file may give.
pub const MAX_COST: u64 = 1_000_000;

/// The costs compiled into the program.
const TEXT: &str = include_str!("../../config/step-costs.toml");

static BUILT_IN: LazyLock<StepCosts> =
    LazyLock::new(|| StepCosts::read(TEXT).expect("the file compiled in is read by a test of this module"));

/// The one kind of penalty.
const PENALTY: &str = "group-without-keeper";

/// What steps and their losses cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepCosts {
    /// Each kind of step that has a cost of its own.
    pub steps: BTreeMap<StepKind, Cost>,
    /// Each kind of loss, and the steps that cause it.
    pub losses: BTreeMap<LossKind, LossCost>,
    /// A group that had a fixed app and keeps none.
    pub group_without_keeper: Cost,
    /// Digest of the file.
    pub sha256: Sha256Digest,
}

/// One number and the reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The number; 10 is one reviewed line in one file.
    pub cost: u64,
    /// Why this number.
    pub why: Bilingual,
}

/// The cost of a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossCost {
    /// The number and its reason.
    pub cost: Cost,
    /// Whether it counts once for each item.
    pub each: bool,
    /// The steps that cause it.
    pub on: BTreeSet<StepKind>,
}

impl StepCosts {
    /// Returns the costs this program ships, `config/step-costs.toml`.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads costs from a text in the form of `config/step-costs.toml`.
    ///
    /// # Errors
    /// Every mistake of the text, each with its line: an unknown key or kind, a kind that is missing or given twice, a
    /// cost that is no number from 1 to [`MAX_COST`], an empty reason.
    pub fn read(text: &str) -> Result<Self, Mistakes> {
        let (document, collector) = document::parse(text);
        let root = Table::new(&document, &collector);
        if root.number::<u32>("schema-version") != Some(SCHEMA_VERSION) {
            root.mistake_at("schema-version", format!("`schema-version` must be {SCHEMA_VERSION}"));
        }
        let priced: Vec<(&str, StepKind)> = StepKind::PRICED.iter().map(|kind| (kind.id(), *kind)).collect();
        let lost: Vec<(&str, LossKind)> = LossKind::ALL.iter().map(|kind| (kind.id(), *kind)).collect();
        let steps = each(&root, "step", &priced, cost);
        let losses = each(&root, "loss", &lost, |table| loss(table, &priced));
        let mut penalties = each(&root, "penalty", &[(PENALTY, ())], cost);
        root.finish();
        let mistakes = collector.finish();
        match penalties.remove(&()) {
            Some(group_without_keeper) if mistakes.is_empty() => {
                Ok(Self { steps, losses, group_without_keeper, sha256: digest(text) })
            }
            // A penalty that is missing is a mistake already.
            _ => Err(Mistakes(mistakes)),
        }
    }

    /// Returns the number for a kind of step; 0 for a kind that has no cost of its own.
    pub fn step(&self, kind: StepKind) -> u64 {
        self.steps.get(&kind).map_or(0, |cost| cost.cost)
    }

    /// Returns the number for a loss of that many items by a step; `None` when such a step does not cause the loss.
    pub fn loss(&self, kind: LossKind, items: usize, step: StepKind) -> Option<u64> {
        let loss = self.losses.get(&kind).filter(|loss| loss.on.contains(&step))?;
        let times = if loss.each { u64::try_from(items).unwrap_or(u64::MAX) } else { 1 };
        Some(loss.cost.cost.saturating_mul(times))
    }
}

/// Reads one table for each kind, every kind exactly once.
fn each<K: Copy + Ord, V>(
    root: &Table<'_, '_>,
    key: &'static str,
    kinds: &[(&str, K)],
    read: impl Fn(&Table<'_, '_>) -> V,
) -> BTreeMap<K, V> {
    let mut values = BTreeMap::new();
    for table in root.tables(key) {
        let kind = table.word("kind", kinds);
        let value = read(&table);
        if kind.is_some_and(|kind| values.insert(kind, value).is_some()) {
            table.mistake_at("kind", "this kind is given twice");
        }
        table.finish();
    }
    for (id, _) in kinds.iter().filter(|(_, kind)| !values.contains_key(kind)) {
        root.mistake(format!("no [[{key}]] is of the kind {id:?}"));
    }
    values
}

/// Reads the number and its reason.
fn cost(table: &Table<'_, '_>) -> Cost {
    let cost = table.number("cost");
    if !cost.is_some_and(|cost| (1..=MAX_COST).contains(&cost)) {
        table.mistake_at("cost", format!("`cost` must be a whole number from 1 to {MAX_COST}"));
    }
    let mut why = Bilingual { en: String::new(), zh: String::new() };
    match table.table("why") {
        None => table.mistake("`why.en` and `why.zh` are missing"),
        Some(reason) => {
            why = Bilingual { en: reason.text("en").to_owned(), zh: reason.text("zh").to_owned() };
            reason.finish();
        }
    }
    Cost { cost: cost.unwrap_or_default(), why }
}

fn loss(table: &Table<'_, '_>, steps: &[(&str, StepKind)]) -> LossCost {
    let mut on = BTreeSet::new();
    for word in table.texts("on") {
        match steps.iter().find(|(id, _)| *id == word) {
            Some((_, kind)) => {
                on.insert(*kind);
            }
            None => table.mistake_at("on", format!("no kind of step is {word:?}")),
        }
    }
    if on.is_empty() {
        table.mistake("`on` names no step that causes the loss");
    }
    LossCost { cost: cost(table), each: table.flag("each").unwrap_or(false), on }
}

fn digest(text: &str) -> Sha256Digest {
    let digest = Sha256::digest(text.as_bytes());
    Sha256Digest(digest.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_is_whole() {
        let costs = StepCosts::built_in();
        assert_eq!(costs.steps.len(), StepKind::PRICED.len());
        assert_eq!(costs.losses.len(), LossKind::ALL.len());
        assert_eq!(costs.sha256.0.len(), 64);
    }

    #[test]
    fn a_list_edit_is_cheaper_than_a_move_and_an_ordinary_app_than_a_privileged_one() {
        let costs = StepCosts::built_in();
        let moved = costs.step(StepKind::MoveToRemovableLocation);
        assert!(costs.step(StepKind::AddToRemovableList) < moved);
        assert!(costs.loss(LossKind::PrivilegedFolder, 1, StepKind::MoveToRemovableLocation).unwrap() > 0);
        assert_eq!(costs.loss(LossKind::PrivilegedFolder, 1, StepKind::AddToRemovableList), None);
        assert_eq!(costs.loss(LossKind::DefaultRole, 2, StepKind::AddToRemovableList), Some(100));
        // A way by hand is dearer than a move with every loss that an app of ordinary standing can have.
        assert!(costs.step(StepKind::MakeRemovableByHand) > moved + 40 + 100 + 80);
    }

    #[test]
    fn all_mistakes_are_shown_at_once() {
        let text = TEXT
            .replacen("kind = \"add-to-removable-list\"", "kind = \"add-to-removal-list\"", 1)
            .replacen("kind = \"core-app\"\ncost = 100", "kind = \"persistent\"\ncost = 0", 1)
            .replacen("on = [\"move-to-removable-location\"]", "on = [\"fly\"]", 1)
            .replacen("schema-version = 1", "schema-version = 7", 1)
            .replacen("each = true", "per-item = true", 1)
            .replacen("why.zh = \"在厂商平台已读取的清单中删除一行。\"", "why.zh = \" \"", 1);
        let Mistakes(mistakes) = StepCosts::read(&text).unwrap_err();
        let expected = [
            "`schema-version` must be 1",
            "`kind` is \"add-to-removal-list\", expected one of: set-property, ",
            "`cost` must be a whole number from 1 to 1000000",
            "this kind is given twice",
            "no kind of step is \"fly\"",
            "`on` names no step",
            "unknown key `per-item`",
            "`zh` must be a text that is not empty",
            "no [[loss]] is of the kind \"core-app\"",
            "no [[step]] is of the kind \"add-to-removable-list\"",
        ];
        for wanted in expected {
            assert!(mistakes.iter().any(|m| m.message.starts_with(wanted)), "{wanted}\n{mistakes:#?}");
        }
        assert_eq!(mistakes.len(), expected.len(), "{mistakes:#?}");
        let at =
            mistakes.iter().find(|mistake| mistake.message.starts_with("`schema-version`")).unwrap().line;
        assert!(text.lines().nth(at - 1).unwrap().starts_with("schema-version"));
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        let Mistakes(mistakes) = StepCosts::read("schema-version = 1\n[[step").unwrap_err();
        assert!(mistakes.iter().any(|mistake| mistake.line == 2), "{mistakes:?}");
    }
}
