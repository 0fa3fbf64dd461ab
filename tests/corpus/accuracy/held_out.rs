//! Leaves one device out: takes from the groups everything that only this device's packages speak for, so that what
//! is left could have been written without having seen it.
//!
//! Evidence stays when a labelled package of another device shows it; a word in names stays when it fits such a
//! package. In the stricter form packages that the left-out device has too, by name, speak for nothing either.

use std::collections::{BTreeMap, BTreeSet};

use keepone::classify::Groups;

/// Which (device, package) pairs show a piece of evidence.
pub(super) type Support = BTreeMap<(String, String), BTreeSet<(String, String)>>;

/// Returns the groups without what only `device` supports. `own` are package names that speak for
/// nothing: those of the device in the stricter form, none in the other.
pub(super) fn groups_without(
    device: &str,
    text: &str,
    support: &Support,
    members: &BTreeSet<(String, String)>,
    own: &BTreeSet<String>,
) -> Groups {
    let mut file: toml::Table = toml::from_str(text).unwrap();
    for group in file["group"].as_array_mut().unwrap() {
        let id = group["id"].as_str().unwrap().to_owned();
        let evidence = group.get_mut("evidence").unwrap().as_array_mut().unwrap();
        evidence.retain(|entry| {
            let key = (id.clone(), entry["id"].as_str().unwrap().to_owned());
            let shown_by = support.get(&key).into_iter().flatten();
            shown_by.into_iter().any(|(on, package)| on != device && !own.contains(package))
        });
    }
    let elsewhere: Vec<&str> = members
        .iter()
        .filter(|(on, package)| on != device && !own.contains(package))
        .map(|(_, package)| package.as_str())
        .collect();
    for signal in file["signal"].as_array_mut().unwrap() {
        if let Some(words) = signal.get_mut("package-word").and_then(toml::Value::as_array_mut) {
            words.retain(|word| elsewhere.iter().any(|package| fits(word.as_str().unwrap(), package)));
            if words.is_empty() {
                words.push(toml::Value::from("no word is left"));
            }
        }
    }
    Groups::parse(&toml::to_string(&file).unwrap()).unwrap()
}

/// Whether a word pattern fits some part of a package name: the test's own reading, simpler than the library's.
fn fits(pattern: &str, package: &str) -> bool {
    let core = pattern.trim_matches('*');
    package.split('.').map(str::to_ascii_lowercase).any(|part| {
        match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (true, false) => part.ends_with(core),
            (false, true) => part.starts_with(core),
            (true, true) | (false, false) => part.contains(core),
        }
    })
}
