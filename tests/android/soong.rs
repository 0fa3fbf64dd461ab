//! The build files of a platform tree, held against the files, the crates and the lists that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::build::{output, root};
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

/// The strings of one property of a module, in the order they stand in.
fn property(blueprint: &str, module: &str, property: &str) -> Vec<String> {
    let start =
        blueprint.find(&format!("name: \"{module}\"")).unwrap_or_else(|| panic!("no module {module}"));
    let body = blueprint[start..].split("\n}\n").next().unwrap();
    let value = body
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
    let named: BTreeSet<String> = property(&blueprint, "libkeepone", "rustlibs").into_iter().collect();
    assert_eq!(named, direct);
    assert_eq!(property(&blueprint, "libkeepone", "features"), FEATURES);
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(
        property(&blueprint, "libkeepone", "edition"),
        [manifest["package"]["edition"].as_str().unwrap()]
    );
    assert_eq!(property(&blueprint, "libkeepone", "crate_name"), ["keepone"]);
}

#[test]
fn every_file_and_module_that_is_named_is_there() {
    let blueprint = blueprint();
    for (module, name) in [
        ("KeepOne", "manifest"),
        ("KeepOne", "resource_dirs"),
        ("KeepOnePlatformOverlay", "manifest"),
        ("KeepOnePlatformOverlay", "resource_dirs"),
        ("keepone_privapp_permissions", "src"),
        ("keepone_sysconfig", "src"),
        ("keepone_default_permissions", "src"),
    ] {
        let files = property(&blueprint, module, name);
        assert!(!files.is_empty(), "{module} {name}");
        for file in files {
            assert!(root().join("android").join(&file).exists(), "{module} names {file}");
        }
    }
    assert!(root().join("android/app/keep.pro").is_file());
    for needed in
        [property(&blueprint, "KeepOne", "required"), property(&blueprint, "KeepOne", "jni_libs")].concat()
    {
        assert!(blueprint.contains(&format!("name: \"{needed}\"")), "{needed}");
    }
    let sources = std::fs::read_to_string(root().join("src/Android.bp")).unwrap();
    let group = property(&blueprint, "libkeepone", "srcs");
    assert!(sources.contains(&format!("name: \"{}\"", group[0].trim_start_matches(':'))), "{group:?}");
}

#[test]
fn the_app_is_privileged_signed_by_the_platform_and_on_one_partition_with_its_lists() {
    let blueprint = blueprint();
    let app = blueprint.split("keepone_app {").nth(1).unwrap().split("\n}\n").next().unwrap();
    for line in [
        "certificate: \"platform\",",
        "privileged: true,",
        "platform_apis: true,",
        "use_embedded_native_libs: true,",
    ] {
        assert!(app.contains(line), "{line}");
    }
    // One choice of a partition, the same for the app and what belongs beside it.
    let choices: BTreeSet<&str> = blueprint
        .split("soong_config_variables: ")
        .skip(1)
        .map(|choice| choice.split("\n}\n").next().unwrap())
        .collect();
    assert_eq!(choices.len(), 1, "{choices:?}");
    assert_eq!(blueprint.matches("soong_config_variables: ").count(), 4);
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
