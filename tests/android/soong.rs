//! The build files of a platform tree, held against the files, the crates and the lists that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::build::{built, output, root, text};
use crate::oem::same_as_committed;

/// The features that a platform tree builds the library with: no unwinder, which the tree brings.
const FEATURES: [&str; 2] = ["apk", "bridge"];

/// The crates that the library is made of on a phone: `name version`, direct ones with depth 1.
fn crates() -> Vec<(usize, String, String)> {
    let features = FEATURES.join(",");
    let arguments = [
        "tree",
        "--locked",
        "--target",
        "aarch64-linux-android",
        "--no-default-features",
        "--features",
        &features,
        "--edges",
        "normal,build",
        "--prefix",
        "depth",
        "--no-dedupe",
        "--format",
        " {p}",
    ];
    let tree = output(env!("CARGO"), &arguments);
    let mut crates = Vec::new();
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        let (depth, name, version) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        crates.push((depth.parse().unwrap(), name.to_owned(), version.trim_start_matches('v').to_owned()));
    }
    assert_eq!(crates.first().map(|(depth, name, _)| (*depth, name.as_str())), Some((0, "keepone")));
    crates.into_iter().filter(|(depth, ..)| *depth > 0).collect()
}

/// Checksums by `name version`, from the lock file.
fn checksums() -> BTreeMap<(String, String), String> {
    let lock: toml::Table = std::fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let text =
        |package: &toml::Value, key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let packages = packages.filter_map(|package| {
        Some(((text(package, "name")?, text(package, "version")?), text(package, "checksum")?))
    });
    packages.collect()
}

/// The name that a platform tree gives a crate.
fn module(name: &str) -> String {
    match name {
        "log" => "liblog_rust".to_owned(),
        _ => format!("lib{}", name.replace('-', "_")),
    }
}

#[test]
fn the_list_of_crates_is_that_of_the_lock_file() {
    let checksums = checksums();
    let direct: BTreeSet<String> =
        crates().into_iter().filter(|(depth, ..)| *depth == 1).map(|(_, name, _)| name).collect();
    let all: BTreeSet<(String, String)> =
        crates().into_iter().map(|(_, name, version)| (name, version)).collect();
    let mut fresh = String::from(
        "# The crates of libkeepone.so in a platform tree, out of Cargo.lock: name, version, SHA-256 of the published crate, and\n\
         # whether the library names it itself. `cargo test` keeps the list current.\n",
    );
    for (name, version) in &all {
        let of = if direct.contains(name) { "direct" } else { "-" };
        writeln!(fresh, "{name} {version} {} {of}", checksums[&(name.clone(), version.clone())]).unwrap();
    }
    assert!(all.len() > 20, "{all:?}");
    same_as_committed("android/oem/crates.txt", &fresh);
}

/// The text of a module, by its type and its name.
fn body<'a>(blueprint: &'a str, module: &str) -> &'a str {
    let (kind, name) = module.split_once(' ').unwrap();
    let start = blueprint.find(&format!("\n{kind} {{\n    name: \"{name}\""));
    let start = start.unwrap_or_else(|| panic!("no module {module}"));
    blueprint[start..].split("\n}\n").next().unwrap()
}

/// The strings of one property of a module, in the order they stand in.
fn property(blueprint: &str, module: &str, property: &str) -> Vec<String> {
    let value = body(blueprint, module)
        .split(&format!("\n    {property}: "))
        .nth(1)
        .unwrap_or_else(|| panic!("{module} has no {property}"));
    let end = if value.starts_with('[') { ']' } else { ',' };
    let value = value.split(end).next().unwrap();
    value.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn blueprint() -> String {
    std::fs::read_to_string(root().join("android/Android.bp")).unwrap()
}

#[test]
fn the_library_is_built_from_the_same_crates_features_and_edition() {
    let blueprint = blueprint();
    let direct: BTreeSet<String> =
        crates().iter().filter(|(depth, ..)| *depth == 1).map(|(_, name, _)| module(name)).collect();
    let library = |name: &str| property(&blueprint, "keepone_library libkeepone", name);
    let named: BTreeSet<String> = library("rustlibs").into_iter().collect();
    assert_eq!(named, direct);
    assert_eq!(library("features"), FEATURES);
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(library("edition"), [manifest["package"]["edition"].as_str().unwrap()]);
    assert_eq!(library("crate_name"), ["keepone"]);
}

/// A tree sets what Cargo sets for the compiler (`env!("CARGO_PKG_VERSION")`) where it is asked to, and only then.
#[test]
fn the_library_finds_its_version_in_a_tree_as_under_cargo() {
    let blueprint = blueprint();
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let library = body(&blueprint, "keepone_library libkeepone");
    assert!(library.contains("\n    cargo_env_compat: true,\n"), "{library}");
    assert_eq!(
        property(&blueprint, "keepone_library libkeepone", "cargo_pkg_version"),
        [manifest["package"]["version"].as_str().unwrap()]
    );
    // What else of Cargo's the sources ask for would have to be set beside it.
    let asked = output("grep", &["-rhoE", "env!\\(\"CARGO[A-Z_]*\"", text(&root().join("src"))]);
    let asked: BTreeSet<&str> = asked.lines().filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(asked, BTreeSet::from(["CARGO_PKG_VERSION"]));
}

#[test]
fn every_file_and_module_that_is_named_is_there() {
    let blueprint = blueprint();
    for (module, name) in [
        ("keepone_app KeepOne", "manifest"),
        ("keepone_app KeepOne", "resource_dirs"),
        ("runtime_resource_overlay KeepOnePlatformOverlay", "manifest"),
        ("runtime_resource_overlay KeepOnePlatformOverlay", "resource_dirs"),
        ("keepone_etc keepone_privapp_permissions", "src"),
        ("keepone_etc keepone_sysconfig", "src"),
        ("keepone_etc keepone_default_permissions", "src"),
    ] {
        let files = property(&blueprint, module, name);
        assert!(!files.is_empty(), "{module} {name}");
        for file in files {
            assert!(root().join("android").join(&file).exists(), "{module} names {file}");
        }
    }
    assert!(root().join("android/app/keep.pro").is_file());
    for needed in [
        property(&blueprint, "keepone_app_import KeepOne", "required"),
        property(&blueprint, "keepone_app KeepOne", "required"),
        property(&blueprint, "keepone_app KeepOne", "jni_libs"),
    ]
    .concat()
    {
        assert!(blueprint.contains(&format!("name: \"{needed}\"")), "{needed}");
    }
    let sources = std::fs::read_to_string(root().join("src/Android.bp")).unwrap();
    let group = property(&blueprint, "keepone_library libkeepone", "srcs");
    assert!(sources.contains(&format!("name: \"{}\"", group[0].trim_start_matches(':'))), "{group:?}");
}

#[test]
fn the_app_is_privileged_signed_by_the_platform_and_on_one_partition_with_its_lists() {
    let blueprint = blueprint();
    let [tested, source] =
        ["keepone_app_import KeepOne", "keepone_app KeepOne"].map(|app| body(&blueprint, app));
    for app in [tested, source] {
        for line in ["certificate: \"platform\",", "privileged: true,"] {
            assert!(app.contains(line), "{line}");
        }
    }
    for line in ["platform_apis: true,", "use_embedded_native_libs: true,"] {
        assert!(source.contains(line), "{line}");
    }
    // One choice of a partition, the same for the app and what belongs beside it.
    let choices: Vec<&str> = blueprint
        .split("\n        keepone_partition: {")
        .skip(1)
        .map(|choice| choice.split("\n        },\n").next().unwrap())
        .collect();
    assert_eq!(choices.len(), 5);
    assert_eq!(BTreeSet::from_iter(&choices).len(), 1, "{choices:?}");
}

/// Either the tested APK or the sources: never both, never neither, and the tested one where nothing is set.
#[test]
fn a_tree_takes_the_tested_app_unless_it_is_told_otherwise() {
    let blueprint = blueprint();
    let enabled = |module: &str| {
        let choice = body(&blueprint, module).split("\n        keepone_from_source: {").nth(1).unwrap();
        let values =
            choice.split("enabled: ").skip(1).map(|value| value.split(',').next().unwrap() == "true");
        // From source, and where nothing is set.
        values.collect::<Vec<_>>()
    };
    assert_eq!(enabled("keepone_app_import KeepOne"), [false, true]);
    assert_eq!(enabled("keepone_app KeepOne"), [true, false]);
    assert_eq!(enabled("keepone_library libkeepone"), [true, false]);
    // The file that the build leaves behind.
    let apk = property(&blueprint, "keepone_app_import KeepOne", "apk");
    assert_eq!(root().join("android").join(&apk[0]), built().unsigned());
    assert!(built().unsigned().is_file());
}

#[test]
fn braces_and_brackets_of_the_build_files_close() {
    for file in ["android/Android.bp", "src/Android.bp"] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let mut open = Vec::new();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for character in code.flat_map(str::chars) {
            match character {
                '{' | '[' => open.push(character),
                '}' => assert_eq!(open.pop(), Some('{'), "{file}"),
                ']' => assert_eq!(open.pop(), Some('['), "{file}"),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{file}");
    }
}
