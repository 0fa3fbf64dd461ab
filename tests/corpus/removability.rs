//! What the makers' lists of real phones are worth: the verdicts with every list, with each list hidden, and with each
//! list known to exist but not read. The table is committed; `KEEPONE_UPDATE=1` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::removability::outcome::{Removability, Verdict};
use keepone::removability::removability;
use keepone::source::snapshot::Snapshot;
use keepone::source::unread::{Unread, UnreadKind, UnreadReason};
use keepone::source::{ReadOptions, Silent, count, read};

/// How often a verdict with all lists became which verdict without one.
type Confusion = BTreeMap<(&'static str, &'static str), usize>;

fn judge(mut snapshot: Snapshot) -> Vec<(String, Removability)> {
    count::seal(&mut snapshot);
    let inventory = Inventory::new(snapshot);
    let said = removability(&inventory, Conventions::built_in());
    inventory
        .packages()
        .iter()
        .map(|package| format!("{} {}", package.name, package.path))
        .zip(said)
        .collect()
}

/// Takes every file of one list out of a snapshot; with `expected`, says that the device has it.
fn hide(snapshot: &Snapshot, list: &str, expected: bool) -> Snapshot {
    let mut hidden = snapshot.clone();
    for taken in hidden.maker_lists.extract_if(.., |entry| entry.list == list).collect::<Vec<_>>() {
        if expected {
            hidden.unread.push(Unread {
                kind: UnreadKind::MakerList,
                path: taken.path,
                package: None,
                reason: UnreadReason::Absent,
            });
        }
    }
    hidden
}

fn confuse(full: &[(String, Removability)], less: &[(String, Removability)]) -> Confusion {
    let mut confusion = Confusion::new();
    for ((name, before), (same, after)) in full.iter().zip(less) {
        assert_eq!(name, same);
        *confusion.entry((before.verdict.id(), after.verdict.id())).or_default() += 1;
    }
    confusion
}

#[test]
fn hiding_a_list_never_makes_an_app_removable_and_names_what_is_missing() {
    let mut out = String::from("device\tlist\thidden\twith all lists\twithout it\tpackages\n");
    let mut devices = 0;
    for device in crate::devices() {
        let Ok(snapshot) = read(&device.join("root"), &ReadOptions::default(), &Silent) else { continue };
        let name = device.file_name().unwrap().to_string_lossy().into_owned();
        let full = judge(snapshot.clone());
        devices += 1;
        for ((before, after), packages) in confuse(&full, &full) {
            writeln!(out, "{name}\tall\tno\t{before}\t{after}\t{packages}").unwrap();
        }
        let mut lists: Vec<&str> = snapshot.maker_lists.iter().map(|entry| entry.list.as_str()).collect();
        lists.sort_unstable();
        lists.dedup();
        for list in lists {
            for expected in [false, true] {
                let less = judge(hide(&snapshot, list, expected));
                for ((before, after), packages) in confuse(&full, &less) {
                    let how = if expected { "not read" } else { "absent" };
                    writeln!(out, "{name}\t{list}\t{how}\t{before}\t{after}\t{packages}").unwrap();
                }
                for ((package, before), (_, after)) in full.iter().zip(&less) {
                    let where_ = format!("{name}: {package} without {list}: {before:?} {after:?}");
                    // What the maker calls removable is not called fixed in silence.
                    let called_fixed = after.verdict == Verdict::NonUninstallable;
                    if before.verdict == Verdict::Uninstallable && called_fixed {
                        assert!(!after.missing.is_empty(), "{where_}");
                    }
                    // A list that is known to exist and was not read makes nothing sure.
                    if expected && before.verdict != after.verdict {
                        assert_eq!(after.verdict, Verdict::Unknown, "{where_}");
                    }
                    // Nothing becomes removable because a list is gone, but what only that list held back.
                    if after.verdict == Verdict::Uninstallable && before.verdict != after.verdict {
                        assert!(
                            !expected && before.decided_by.contains(&held_by(&snapshot, list)),
                            "{where_}"
                        );
                    }
                }
            }
        }
    }
    assert!(devices >= 40, "only {devices} devices could be read");
    crate::committed("removability.tsv", &out);
}

/// The folder of the first file of a list, which a verdict that rests on it names.
fn held_by(snapshot: &Snapshot, list: &str) -> String {
    let path = &snapshot.maker_lists.iter().find(|entry| entry.list == list).unwrap().path;
    path.rsplit_once('/').unwrap().0.to_owned()
}
