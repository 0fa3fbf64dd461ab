//! Laws that hold for every verdict: the order of the facts does not matter, and what is not known never passes.

use std::fmt::Write as _;

use keepone::audit::{Audit, Outcome};
use keepone::source::count;
use keepone::source::snapshot::{Snapshot, Stated};
use keepone::source::unread::{Unread, UnreadKind, UnreadReason};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::phones::{self, LENOVO, ZTE};

const PROFILES: [&str; 2] = ["tc260-2021-draft", "miit-cac-2022-269"];

/// Asserts that nothing passes in `after` that failed or was open in `before`.
fn assert_nothing_gained(before: &Audit, after: &Audit, change: &str) {
    for (old, new) in before.requirements.iter().zip(&after.requirements) {
        assert_eq!(old.id, new.id);
        if !matches!(old.outcome, Outcome::Pass | Outcome::NotSelected) {
            assert_ne!(new.outcome, Outcome::Pass, "{} passes after {change}", new.id);
        }
    }
    if before.summary.outcome != Outcome::Pass {
        assert_ne!(after.summary.outcome, Outcome::Pass, "all passes after {change}");
    }
}

/// Removes one leaf or branch of a JSON value, chosen by `choices` from the root down, and says which.
fn remove(value: &mut Value, choices: &[Index], path: &mut String) -> bool {
    let Some((choice, deeper)) = choices.split_first() else { return false };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let key = fields.keys().nth(choice.index(fields.len())).unwrap().clone();
            write!(path, "/{key}").unwrap();
            let child = fields.get_mut(&key).unwrap();
            remove(child, deeper, path) || fields.remove(&key).is_some()
        }
        Value::Array(items) if !items.is_empty() => {
            let at = choice.index(items.len());
            write!(path, "/{at}").unwrap();
            if !remove(&mut items[at], deeper, path) {
                items.remove(at);
            }
            true
        }
        _ => false,
    }
}

/// How many facts a JSON value holds.
fn leaves(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(leaves).sum(),
        Value::Array(items) => items.iter().map(leaves).sum(),
        _ => 1,
    }
}

/// A phone with nothing to find: every app lies where its user may remove it.
fn compliant(phone: &str) -> Snapshot {
    let mut snapshot = phones::whole(phone);
    for package in &mut snapshot.packages {
        package.path = format!("/data/app/{}", package.name);
        package.file = format!("{}/base.apk", package.path);
    }
    count::seal(&mut snapshot);
    snapshot
}

/// Ways to lose one fact and say so.
#[derive(Clone, Debug)]
enum Loss {
    /// A package is not read any more.
    Package(Index),
    /// Whether a component is enabled hangs on a reference.
    Enabled(Index, Index),
    /// Whether a package is enabled hangs on a reference.
    Application(Index),
    /// What a filter matches hangs on a reference.
    Filter(Index, Index),
    /// A list of the maker is not read any more.
    List(Index),
    /// A configuration file is not read any more.
    Config(Index),
}

fn losses() -> impl Strategy<Value = Loss> {
    prop_oneof![
        any::<Index>().prop_map(Loss::Package),
        (any::<Index>(), any::<Index>()).prop_map(|(package, activity)| Loss::Enabled(package, activity)),
        any::<Index>().prop_map(Loss::Application),
        (any::<Index>(), any::<Index>()).prop_map(|(package, activity)| Loss::Filter(package, activity)),
        any::<Index>().prop_map(Loss::List),
        any::<Index>().prop_map(Loss::Config),
    ]
}

/// Loses a fact in the way a source would: what is not known is marked, and the counts are taken anew.
fn lose(snapshot: &mut Snapshot, loss: &Loss) {
    let reference = || Stated::Reference { reference: "@0x7f050001".to_owned() };
    let unread = |kind, path: &str| Unread {
        kind,
        path: path.to_owned(),
        package: None,
        reason: UnreadReason::Absent,
    };
    match loss {
        Loss::Package(at) => {
            let package = snapshot.packages.remove(at.index(snapshot.packages.len()));
            snapshot
                .unread
                .push(Unread { package: Some(package.name), ..unread(UnreadKind::Package, &package.file) });
        }
        Loss::Application(at) => {
            let index = at.index(snapshot.packages.len());
            snapshot.packages[index].application.enabled = Some(reference());
        }
        Loss::Enabled(at, of) | Loss::Filter(at, of) => {
            let index = at.index(snapshot.packages.len());
            let activities = &mut snapshot.packages[index].activities;
            if activities.is_empty() {
                return;
            }
            let component = of.index(activities.len());
            let component = &mut activities[component];
            if matches!(loss, Loss::Enabled(..)) {
                component.enabled = Some(reference());
            } else {
                component.filters.iter_mut().for_each(|filter| filter.has_references = true);
            }
        }
        Loss::List(at) => {
            if !snapshot.maker_lists.is_empty() {
                let list = snapshot.maker_lists.remove(at.index(snapshot.maker_lists.len()));
                snapshot.unread.push(unread(UnreadKind::MakerList, &list.path));
            }
        }
        Loss::Config(at) => {
            let statements = &mut snapshot.system_config.statements;
            if !statements.is_empty() {
                let path = statements[at.index(statements.len())].path.clone();
                statements.retain(|statement| statement.path != path);
                snapshot.unread.push(unread(UnreadKind::Config, &path));
            }
        }
    }
    count::seal(snapshot);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_facts_does_not_matter(seed in any::<u64>(), profile in 0..PROFILES.len()) {
        let profile = phones::profile(PROFILES[profile]);
        let snapshot = phones::snapshot(LENOVO);
        let mut shuffled = snapshot.clone();
        let mut state = seed;
        let mut shuffle = |length: usize| -> Vec<usize> {
            let mut order: Vec<usize> = (0..length).collect();
            for index in (1..length).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                order.swap(index, usize::try_from(state >> 33).unwrap() % (index + 1));
            }
            order
        };
        shuffled.packages = shuffle(snapshot.packages.len()).into_iter().map(|at| snapshot.packages[at].clone()).collect();
        shuffled.unread = shuffle(snapshot.unread.len()).into_iter().map(|at| snapshot.unread[at].clone()).collect();
        shuffled.maker_lists =
            shuffle(snapshot.maker_lists.len()).into_iter().map(|at| snapshot.maker_lists[at].clone()).collect();
        let statements = &snapshot.system_config.statements;
        shuffled.system_config.statements =
            shuffle(statements.len()).into_iter().map(|at| statements[at].clone()).collect();
        prop_assert_eq!(phones::judge(snapshot, &profile), phones::judge(shuffled, &profile));
    }

    /// Whatever is cut out of a snapshot file, by accident or on purpose, nothing passes that did not pass before.
    #[test]
    fn cutting_a_snapshot_never_makes_it_pass(
        choices in prop::collection::vec(any::<Index>(), 1..9),
        phone in prop::sample::select(vec![ZTE, LENOVO]),
        profile in 0..PROFILES.len(),
    ) {
        let profile = phones::profile(PROFILES[profile]);
        let before = phones::whole(phone);
        let mut cut = serde_json::to_value(&before).unwrap();
        let mut path = String::new();
        remove(&mut cut, &choices, &mut path);
        // A file that is refused is no verdict at all.
        if let Ok(after) = serde_json::from_value::<Snapshot>(cut) {
            let before = phones::judge(before, &profile);
            assert_nothing_gained(&before, &phones::judge(after, &profile), &path);
        }
    }

    /// A phone that passes does not pass any more once something is cut out of its snapshot.
    #[test]
    fn a_cut_snapshot_of_a_compliant_phone_is_noticed(choices in prop::collection::vec(any::<Index>(), 1..9)) {
        let profile = phones::profile(PROFILES[0]);
        let before = serde_json::to_value(compliant(ZTE)).unwrap();
        let mut cut = before.clone();
        let mut path = String::new();
        remove(&mut cut, &choices, &mut path);
        // Cutting out an empty list cuts out no fact.
        prop_assume!(leaves(&cut) < leaves(&before));
        if let Ok(after) = serde_json::from_value::<Snapshot>(cut) {
            prop_assert_ne!(phones::judge(after, &profile).summary.outcome, Outcome::Pass, "{}", path);
        }
    }

    /// A fact that a source could not read and says so never turns an outcome into a pass.
    #[test]
    fn losing_facts_never_makes_a_phone_pass(
        losses in prop::collection::vec(losses(), 1..6),
        phone in prop::sample::select(vec![ZTE, LENOVO]),
        profile in 0..PROFILES.len(),
    ) {
        let profile = phones::profile(PROFILES[profile]);
        let before = phones::whole(phone);
        let mut after = before.clone();
        for loss in &losses {
            lose(&mut after, loss);
        }
        let before = phones::judge(before, &profile);
        assert_nothing_gained(&before, &phones::judge(after, &profile), &format!("{losses:?}"));
    }
}

#[test]
fn the_phones_break_the_rule_and_a_phone_without_fixed_apps_keeps_it() {
    let profile = phones::profile(PROFILES[0]);
    for phone in [ZTE, LENOVO] {
        assert_eq!(
            phones::judge(phones::snapshot(phone), &profile).summary.outcome,
            Outcome::Fail,
            "{phone}"
        );
    }
    let audit = phones::judge(compliant(ZTE), &profile);
    assert_eq!(audit.summary.outcome, Outcome::Pass, "{:#?}", audit.findings);
    assert!(
        audit
            .requirements
            .iter()
            .all(|requirement| { matches!(requirement.outcome, Outcome::Pass | Outcome::NotSelected) })
    );
}
