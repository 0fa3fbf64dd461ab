//! The same verdict through JNI: every tree of the corpus judged as a phone that runs it would - the framework's parser,
//! Robolectric's package manager, the app's collector, the native library - beside `classify` on the tree itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use keepone::classify::{Classification, EvidenceKind, Groups, Options, Scope, classify};
use keepone::inventory::Inventory;
use keepone::package::Group;
use keepone::report::result::PackageEntry;
use keepone::source::snapshot::{Component, PackageFacts, Stated};
use keepone::source::{Error, ReadOptions, Silent, read};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::run;

/// Kinds of evidence that one side cannot have: files of the image, default holders and claims only a tree shows.
const LEFT_OUT: [EvidenceKind; 3] = [EvidenceKind::Role, EvidenceKind::Image, EvidenceKind::Claim];

/// What the phone said of one tree.
#[derive(Deserialize)]
struct Told {
    tree: String,
    /// By APK, why the framework refused it.
    refused: BTreeMap<String, String>,
    verdict: Verdict,
}

#[derive(Deserialize)]
struct Verdict {
    classify: Classified,
}

#[derive(Deserialize)]
struct Classified {
    packages: Vec<PackageEntry>,
}

/// One tree as we read it.
struct Tree {
    id: String,
    root: PathBuf,
    inventory: Inventory,
    classifications: Vec<Classification>,
}

fn trees() -> Vec<Tree> {
    let one = |device: &PathBuf| {
        let root = device.join("root").canonicalize().unwrap();
        let snapshot = match read(&root, &ReadOptions::default(), &Silent) {
            Ok(snapshot) => snapshot,
            // Some trees of the corpus hold paths only.
            Err(Error::NoApk { .. }) => return None,
            Err(error) => panic!("{}: {error}", root.display()),
        };
        let inventory = Inventory::new(snapshot);
        let options = Options { ignore: LEFT_OUT.into() };
        let classifications = classify(&inventory, Groups::built_in(), &options);
        Some(Tree {
            id: device.file_name().unwrap().to_str().unwrap().to_owned(),
            root,
            inventory,
            classifications,
        })
    };
    crate::devices().par_iter().filter_map(one).collect()
}

/// The APK of a package inside its tree, and its code path there.
fn place(package: &PackageFacts) -> (String, String) {
    let apk = package.source_path.as_ref().unwrap_or(&package.file).trim_start_matches('/').to_owned();
    let folder = apk.rsplit_once('/').map_or("", |(folder, _)| folder);
    let code = if package.path == package.file { apk.clone() } else { folder.to_owned() };
    (apk, code)
}

/// The packages of a tree as phones can hold them: one of each name. Where a name lies in the tree more than once, a
/// second phone holds the second, and so on.
fn phones(tree: &Tree) -> Vec<Vec<(&PackageFacts, &Classification)>> {
    let mut phones: Vec<Vec<(&PackageFacts, &Classification)>> = Vec::new();
    let mut before: BTreeMap<&str, usize> = BTreeMap::new();
    for (package, ours) in tree.inventory.packages().iter().zip(&tree.classifications) {
        let at = before.entry(package.name.as_str()).or_default();
        if phones.len() <= *at {
            phones.push(Vec::new());
        }
        phones[*at].push((package, ours));
        *at += 1;
    }
    phones
}

fn question(trees: &[Tree]) -> Value {
    let of_tree = |tree: &Tree| {
        let one = |phone: Vec<(&PackageFacts, &Classification)>| {
            let files: Vec<_> = phone.into_iter().map(|(package, _)| place(package)).collect();
            json!({ "id": tree.id, "root": tree.root, "files": files })
        };
        phones(tree).into_iter().map(one).collect::<Vec<_>>()
    };
    let trees: Vec<_> = trees.iter().flat_map(of_tree).collect();
    json!({ "trees": trees, "options": { "want": ["classify"], "ignore-evidence": LEFT_OUT } })
}

/// How one package of a tree came out.
enum Outcome {
    /// The phone says of it what we say of the tree.
    Equal,
    /// The framework could not read it.
    Refused,
    /// We leave something open that hangs on an unresolved reference, for which the framework took its default; the rest
    /// is equal.
    Reference(String),
    /// None of these.
    Different(String),
}

fn compare(told: &Told, package: &PackageFacts, ours: &Classification) -> Outcome {
    if told.refused.contains_key(&place(package).0) {
        return Outcome::Refused;
    }
    let Some(theirs) = told.verdict.classify.packages.iter().find(|entry| entry.name == package.name) else {
        return Outcome::Different("the phone does not tell of it".to_owned());
    };
    if (ours.scope, &ours.groups, &ours.undecided) == (theirs.scope, &theirs.groups, &theirs.undecided) {
        return Outcome::Equal;
    }
    let said = format!("{} / {}", short(ours), short_entry(theirs));
    // What we call certain the phone says too; what it says beyond that we left open.
    let scope = ours.scope == theirs.scope || ours.scope == Scope::Unknown;
    let certain = theirs.scope == Scope::NoEntry && ours.scope == Scope::Unknown
        || ours.groups.iter().all(|group| theirs.groups.contains(group));
    let open =
        theirs.groups.iter().all(|group| ours.groups.contains(group) || ours.undecided.contains(&group.id))
            && theirs.undecided.iter().all(|group| ours.undecided.contains(group));
    if scope && certain && open && has_references(package) {
        Outcome::Reference(said)
    } else {
        Outcome::Different(format!("{said}: {:?} / {:?}", ours.groups, theirs.groups))
    }
}

/// Returns whether the manifest gives what decides by reference: what is enabled, exported, or lets intents through.
fn has_references(package: &PackageFacts) -> bool {
    let is_reference = |stated: &Option<Stated<bool>>| matches!(stated, Some(Stated::Reference { .. }));
    let of_component = |component: &Component| {
        is_reference(&component.enabled)
            || is_reference(&component.exported)
            || component.filters.iter().any(|filter| filter.has_references)
    };
    let all = package.activities.iter().chain(&package.receivers).chain(&package.services);
    is_reference(&package.application.enabled) || all.into_iter().any(of_component)
}

fn short(ours: &Classification) -> String {
    words(ours.scope, ours.groups.iter().map(|one| one.id), &ours.undecided)
}

fn short_entry(theirs: &PackageEntry) -> String {
    words(theirs.scope, theirs.groups.iter().map(|one| one.id), &theirs.undecided)
}

fn words(scope: Scope, groups: impl Iterator<Item = Group>, undecided: &[Group]) -> String {
    let groups: Vec<String> = groups.map(|id| id.to_string()).collect();
    let open: Vec<String> = undecided.iter().map(|id| format!("{id}?")).collect();
    format!("{scope:?} {}", [groups, open].concat().join(" ")).trim_end().to_owned()
}

#[test]
fn a_phone_that_runs_a_tree_says_what_we_say_of_the_tree() {
    let trees = trees();
    let folder = run::ask("TreeOracle", &question(&trees), &["-Dsdks=34", "-P!newest-platform"]);
    let answers = run::answers::<Told>(&folder, "verdict");
    let [(34, told)] = &answers[..] else { panic!("answers of {} platforms", answers.len()) };
    let (mut equal, mut refused) = (0, 0);
    let (mut rows, mut differences) = (Vec::new(), Vec::new());
    let asked = trees.iter().flat_map(|tree| phones(tree).into_iter().map(move |phone| (tree, phone)));
    let asked: Vec<_> = asked.collect();
    assert_eq!(asked.len(), told.len());
    for ((tree, phone), told) in asked.into_iter().zip(told) {
        assert_eq!(tree.id, told.tree);
        for (package, ours) in phone {
            let head = || format!("{}\t{}", tree.id, place(package).0);
            match compare(told, package, ours) {
                Outcome::Equal => equal += 1,
                Outcome::Refused => {
                    refused += 1;
                    rows.push(format!("{}\trefused by the framework\t", head()));
                }
                Outcome::Reference(said) => rows.push(format!("{}\tby reference\t{said}", head())),
                Outcome::Different(said) => differences.push(format!("{}\t{said}", head())),
            }
        }
    }
    let by_reference = rows.len() - refused;
    let table = format!(
        "# Trees judged through JNI on platform 34 beside the trees themselves: {equal} packages equal, {by_reference} rest \
         on an unresolved reference,\n# {refused} are refused by the framework.\ntree\tapk\twhy\tthe tree / the phone\n{}\n",
        rows.join("\n")
    );
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    crate::committed("through-jni.tsv", &table);
}
