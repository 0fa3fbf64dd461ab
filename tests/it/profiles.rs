//! The built-in profiles say what the regulations say.

use keepone::package::Group;
use keepone::profile::{self, Check, Profile, Standing};

fn built_in(id: &str) -> Profile {
    profile::built_in(id).expect("a built-in profile")
}

fn groups(id: &str) -> Vec<&'static str> {
    let mut ids: Vec<_> = built_in(id).groups.iter().map(|group| group.id.id()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn every_built_in_profile_loads_clean_under_its_own_id() {
    let ids: Vec<_> = profile::built_in_ids().collect();
    assert_eq!(
        ids,
        ["tc260-2021-draft", "tc260-002-2022", "miit-cac-2022-269", "gbt-43445-2023", "eu-dma-6-3", "kr-tba"]
    );
    assert_eq!(profile::DEFAULT_ID, ids[0]);
    for id in ids {
        let profile = built_in(id);
        assert_eq!(profile.id, id);
        assert_eq!(profile.layers.len(), 1);
        assert_eq!(profile.layers[0].layer, "built-in");
        assert_eq!(profile.layers[0].file, format!("built-in:{id}"));
        assert!(!profile.layers[0].adds);
        assert!(profile.keepers.is_empty() && profile.waivers.is_empty() && profile.claims.is_empty());
    }
}

/// The matrix of functions and instruments: C where a function may have a non-uninstallable app, at most one.
#[test]
fn functions_and_instruments_match_the_matrix() {
    let six = ["app-download", "contacts", "phone-calls", "system-settings", "text-messages", "time-display"];
    let eight = [
        "app-download",
        "browser",
        "contacts",
        "file-management",
        "multimedia-capture",
        "phone-calls",
        "system-settings",
        "text-messages",
    ];
    assert_eq!(groups("tc260-2021-draft"), six);
    for id in ["tc260-002-2022", "miit-cac-2022-269", "gbt-43445-2023"] {
        assert_eq!(groups(id), eight, "{id}");
    }
    for id in ["eu-dma-6-3", "kr-tba"] {
        assert_eq!(groups(id), [] as [&str; 0], "{id}");
    }
    for id in profile::built_in_ids() {
        assert!(built_in(id).groups.iter().all(|group| group.max_non_uninstallable == 1), "{id}");
    }
}

#[test]
fn standing_and_dates_are_those_of_the_instruments() {
    let facts = |id: &str| {
        let profile = built_in(id);
        (profile.standing, profile.in_force)
    };
    assert_eq!(facts("tc260-2021-draft"), (Standing::Draft, None));
    assert_eq!(facts("tc260-002-2022"), (Standing::Guide, Some("2022-05-09".to_owned())));
    assert_eq!(facts("miit-cac-2022-269"), (Standing::Binding, Some("2023-01-01".to_owned())));
    assert_eq!(facts("gbt-43445-2023"), (Standing::Guide, Some("2024-06-01".to_owned())));
    assert_eq!(facts("eu-dma-6-3"), (Standing::Binding, Some("2024-03-07".to_owned())));
    assert_eq!(facts("kr-tba"), (Standing::Binding, None));
}

/// Which requirement is decided by which check; whatever is not listed here is for a person.
#[test]
fn requirements_are_checked_as_the_regulations_allow() {
    let checks = |id: &str| -> Vec<(String, Check)> {
        built_in(id)
            .requirements
            .into_iter()
            .filter(|requirement| requirement.check != Check::Person)
            .map(|requirement| (requirement.id, requirement.check))
            .collect()
    };
    let expect = |id: &str, expected: &[(&str, Check)]| {
        let expected: Vec<_> = expected.iter().map(|(id, check)| ((*id).to_owned(), *check)).collect();
        assert_eq!(checks(id), expected, "{id}");
    };
    expect(
        "tc260-2021-draft",
        &[("Q-SCOPE-1", Check::Inventory), ("R1-1", Check::AllowedGroups), ("R1-2", Check::Cap)],
    );
    expect(
        "tc260-002-2022",
        &[("R2-1", Check::Inventory), ("R2-2", Check::AllowedGroups), ("R2-3", Check::Cap)],
    );
    expect(
        "miit-cac-2022-269",
        &[
            ("R3-1", Check::Inventory),
            ("R3-5", Check::AllowedGroups),
            ("R3-6", Check::Cap),
            ("R10-3", Check::HinderedRemoval),
        ],
    );
    expect(
        "gbt-43445-2023",
        &[("R6-1", Check::Inventory), ("R6-2", Check::AllowedGroups), ("Q-CAP-1", Check::Cap)],
    );
    expect("eu-dma-6-3", &[("Q-SCOPE-1", Check::Inventory), ("EU-1", Check::Open)]);
    expect("kr-tba", &[("Q-SCOPE-1", Check::Inventory), ("KR-1", Check::Open)]);
}

#[test]
fn every_instrument_is_read_strictly_and_says_where() {
    for id in profile::built_in_ids() {
        let profile = built_in(id);
        assert_eq!(profile.switches, profile::Switches::default(), "{id}");
        assert!(!profile.switches.disabled_counts_as_uninstalled);
        assert!(!profile.switches.removed_for_user_counts_as_uninstalled);
        assert!(profile.switches.count_in_each_group);
        let origin = profile.switch_origins.disabled.unwrap();
        assert_eq!(origin.file, format!("built-in:{id}"));
        let text =
            std::fs::read_to_string(format!("{}/config/profiles/{id}.toml", env!("CARGO_MANIFEST_DIR")))
                .unwrap();
        let line = text.lines().nth(origin.line as usize - 1).unwrap();
        assert_eq!(line, "disabled = \"strict\"", "{id}");
    }
}

/// What was not read is said: a clause without text has a note, and nothing of it has high confidence.
#[test]
fn a_text_that_was_not_read_says_so() {
    for requirement in built_in("gbt-43445-2023").requirements {
        assert_ne!(requirement.confidence, "H", "{}", requirement.id);
        let note = requirement.note.unwrap();
        assert!(note.en.contains("not available") || note.en.contains("Not found"), "{}", requirement.id);
    }
    for requirement in built_in("tc260-2021-draft").requirements {
        assert_eq!(requirement.confidence, "L", "{}", requirement.id);
        assert!(requirement.note.is_some(), "{}", requirement.id);
    }
    for requirement in built_in("tc260-002-2022").requirements {
        assert_eq!(requirement.confidence, "H", "{}", requirement.id);
    }
}

#[test]
fn every_group_of_the_contract_is_allowed_by_some_profile() {
    for group in Group::ALL {
        let allowed =
            profile::built_in_ids().any(|id| built_in(id).groups.iter().any(|rule| rule.id == group));
        assert!(allowed, "{group}");
    }
}
