//! Layers add keepers, waivers and claims; who wins is the order of the layers; nothing changes the rule.

use keepone::package::Group;
use keepone::profile::{self, LayerFile, LayerName, Profile, ProfileFile, parse, resolve, select};
use proptest::prelude::*;

fn base(id: &str) -> ProfileFile {
    profile::built_in_file(id).expect("a built-in profile")
}

fn layer(layer: LayerName, name: &str, text: &str) -> LayerFile {
    let file =
        parse(name, &format!("schema-version = 1\n{text}")).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    LayerFile { layer, file }
}

fn keeper(group: &str, package: &str) -> String {
    format!("[[keeper]]\ngroup = \"{group}\"\npackage = \"{package}\"\n")
}

fn waiver(package: &str, requirement: &str, reason: &str) -> String {
    format!("[[waiver]]\npackage = \"{package}\"\nrequirement = \"{requirement}\"\nreason = \"{reason}\"\n")
}

fn claim(package: &str, groups: &str) -> String {
    format!("[[claim]]\npackage = \"{package}\"\ngroups = [{groups}]\n")
}

#[test]
fn the_higher_layer_wins_and_says_where_it_stands() {
    let layers = [
        layer(LayerName::Lab, "lab.toml", &keeper("contacts", "lab.contacts")),
        layer(LayerName::SystemExt, "/system_ext/etc/keepone/a.toml", &keeper("contacts", "se.contacts")),
        layer(LayerName::Product, "/product/etc/keepone/a.toml", &keeper("browser", "product.browser")),
        layer(LayerName::Odm, "/odm/etc/keepone/a.toml", &keeper("contacts", "odm.contacts")),
    ];
    let profile = resolve(&base("tc260-002-2022"), &layers).unwrap();
    let keepers: Vec<_> = profile
        .keepers
        .iter()
        .map(|keeper| {
            (keeper.group, keeper.package.as_str(), keeper.origin.file.as_str(), keeper.origin.line)
        })
        .collect();
    assert_eq!(
        keepers,
        [
            (Group::Contacts, "lab.contacts", "lab.toml", 2),
            (Group::Browser, "product.browser", "/product/etc/keepone/a.toml", 2),
        ]
    );
    let order: Vec<_> = profile.layers.iter().map(|layer| (layer.layer.as_str(), layer.adds)).collect();
    assert_eq!(
        order,
        [("built-in", false), ("system_ext", true), ("product", true), ("odm", true), ("lab", true)]
    );
}

#[test]
fn a_waiver_and_a_claim_are_replaced_by_those_of_a_higher_layer() {
    let layers = [
        layer(
            LayerName::Product,
            "/product/etc/keepone/a.toml",
            &(waiver("a.b", "R2-2", "old") + &waiver("a.c", "R2-2", "kept") + &claim("a.b", "\"browser\"")),
        ),
        layer(
            LayerName::Vendor,
            "/vendor/etc/keepone/a.toml",
            &(waiver("a.b", "R2-2", "new") + &claim("a.b", "")),
        ),
    ];
    let profile = resolve(&base("tc260-002-2022"), &layers).unwrap();
    let mut reasons: Vec<_> = profile.waivers.iter().map(|waiver| waiver.reason.as_str()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["kept", "new"]);
    assert_eq!(profile.claims.len(), 1);
    assert_eq!(profile.claims[0].groups, []);
}

#[test]
fn files_of_one_layer_count_in_the_order_of_their_names() {
    let layers = [
        layer(LayerName::Product, "/product/etc/keepone/50.toml", &keeper("contacts", "later")),
        layer(LayerName::Product, "/product/etc/keepone/10.toml", &keeper("contacts", "earlier")),
    ];
    let profile = resolve(&base("tc260-002-2022"), &layers).unwrap();
    assert_eq!(profile.keepers[0].package.as_str(), "later");
}

#[test]
fn what_is_meant_for_other_profiles_is_idle_and_shown() {
    let layers = [
        layer(
            LayerName::Product,
            "/product/etc/keepone/a.toml",
            &(keeper("time-display", "a.clock") + &waiver("a.clock", "R1-2", "one clock")),
        ),
        layer(LayerName::Odm, "/odm/etc/keepone/a.toml", "extends = \"eu-dma-6-3\"\n"),
    ];
    let profile = resolve(&base("miit-cac-2022-269"), &layers).unwrap();
    assert!(profile.keepers.is_empty() && profile.waivers.is_empty());
    assert_eq!(profile.idle.keepers[0].group, Group::TimeDisplay);
    assert_eq!(profile.idle.waivers[0].requirement, "R1-2");
    assert_eq!(profile.idle.files, ["/odm/etc/keepone/a.toml"]);
    assert!(profile.layers.iter().all(|layer| layer.file != "/odm/etc/keepone/a.toml"));
    let draft = resolve(&base("tc260-2021-draft"), &layers).unwrap();
    assert_eq!((draft.keepers.len(), draft.waivers.len()), (1, 1));
}

#[test]
fn a_profile_of_its_own_outranks_the_firmware_and_takes_its_additions() {
    let own = include_str!("../data/profiles/valid/profile-of-its-own.toml");
    let own = parse("own.toml", own).unwrap();
    let firmware = [
        layer(LayerName::Odm, "/odm/etc/keepone/a.toml", &keeper("phone-calls", "odm.dialer")),
        layer(LayerName::Product, "/product/etc/keepone/a.toml", &claim("odm.dialer", "\"phone-calls\"")),
    ];
    let profile = select(&own, &firmware).unwrap();
    let keepers: Vec<_> = profile.keepers.iter().map(|keeper| keeper.package.as_str()).collect();
    assert_eq!(keepers, ["com.example.dialer", "com.example.dialer.video"]);
    assert_eq!(profile.claims.len(), 2);
    let order: Vec<_> = profile.layers.iter().map(|layer| layer.layer.as_str()).collect();
    assert_eq!(order, ["lab", "product", "odm"]);
}

#[test]
fn a_rule_cannot_come_in_as_a_layer() {
    let own =
        parse("/odm/etc/keepone/rule.toml", include_str!("../data/profiles/valid/profile-of-its-own.toml"));
    let layers = [LayerFile { layer: LayerName::Odm, file: own.unwrap() }];
    let mistakes = resolve(&base("tc260-2021-draft"), &layers).unwrap_err();
    let found: Vec<_> =
        mistakes.iter().map(|mistake| (mistake.code(), mistake.file.as_str(), mistake.line)).collect();
    assert_eq!(found, [("layer-changes-rule", "/odm/etc/keepone/rule.toml", 2)]);
    assert!(mistakes.to_string().contains("the odm layer may not set `id`"));
}

#[test]
fn a_layer_is_no_base_and_must_say_what_it_extends_on_the_command_line() {
    let lone = layer(LayerName::Lab, "lab.toml", &keeper("contacts", "a.b")).file;
    let codes = |mistakes: profile::Mistakes| mistakes.iter().map(profile::Mistake::code).collect::<Vec<_>>();
    assert_eq!(codes(resolve(&lone, &[]).unwrap_err()), ["missing-key"]);
    assert_eq!(codes(select(&lone, &[]).unwrap_err()), ["missing-key"]);
}

#[test]
fn the_mistakes_of_several_layers_come_together() {
    let two = |package: &str| keeper("contacts", package) + &keeper("contacts", &format!("{package}.too"));
    let layers = [
        layer(LayerName::Odm, "/odm/etc/keepone/a.toml", &two("odm")),
        layer(LayerName::Product, "/product/etc/keepone/a.toml", &two("product")),
    ];
    let mistakes = resolve(&base("tc260-2021-draft"), &layers).unwrap_err();
    let files: Vec<_> = mistakes.iter().map(|mistake| mistake.file.as_str()).collect();
    assert_eq!(files, ["/odm/etc/keepone/a.toml", "/product/etc/keepone/a.toml"]);
    assert!(mistakes.text_of(files[1]).contains("product.too"));
}

#[test]
fn the_digest_binds_every_file_and_nothing_else() {
    use sha2::Digest as _;
    let bare = profile::built_in("eu-dma-6-3").unwrap();
    let sha256 = bare.layers[0].sha256.clone();
    let text =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/config/profiles/eu-dma-6-3.toml")).unwrap();
    let hex = |bytes: &[u8]| keepone::package::hex(bytes);
    assert_eq!(sha256.0, hex(&sha2::Sha256::digest(&text)));
    assert_eq!(bare.digest().0, hex(&sha2::Sha256::digest(format!("built-in {sha256}\n"))));
    let layers = |name: &str, text: &str| [layer(LayerName::Lab, name, text)];
    let digest = |layers: &[LayerFile]| resolve(&base("eu-dma-6-3"), layers).unwrap().digest();
    let with = digest(&layers("a.toml", &claim("a.b", "")));
    assert_ne!(with, bare.digest());
    assert_eq!(with, digest(&layers("elsewhere/b.toml", &claim("a.b", ""))));
    assert_ne!(with, digest(&layers("a.toml", &claim("a.c", ""))));
}

/// Everything that states the rule.
fn rule(profile: &Profile) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        profile.id.clone(),
        profile.groups.clone(),
        profile.requirements.clone(),
        profile.switches,
        (profile.standing, profile.in_force.clone(), profile.title.clone(), profile.source.clone()),
    )
}

prop_compose! {
    fn any_declaration()(
        kind in 0..3,
        group in prop::sample::select(Group::ALL.to_vec()),
        package in "[a-c]\\.[a-c]",
        requirement in prop::sample::select(vec!["R1-1", "R1-2", "R2-2", "R3-6", "EU-1", "Q-SCOPE-1"]),
    ) -> (i32, Group, String, &'static str) {
        (kind, group, package, requirement)
    }
}

/// A layer with at most one keeper for each group, one waiver and one claim for each package.
fn any_layer() -> impl Strategy<Value = LayerFile> {
    let place = prop::sample::select(LayerName::ALL[1..].to_vec());
    (place, 0..3, prop::collection::vec(any_declaration(), 0..8)).prop_map(|(place, number, declarations)| {
        let mut text = String::new();
        let mut seen = std::collections::BTreeSet::new();
        for (kind, group, package, requirement) in declarations {
            let (key, entry) = match kind {
                0 => (group.to_string(), keeper(group.id(), &package)),
                1 => (format!("{package} {requirement}"), waiver(&package, requirement, "agreed")),
                _ => (package.clone(), claim(&package, &format!("\"{group}\""))),
            };
            if seen.insert((kind, key)) {
                text.push_str(&entry);
            }
        }
        layer(place, &format!("/{place}/etc/keepone/{number}.toml"), &text)
    })
}

proptest! {
    #[test]
    fn no_layer_changes_the_rule(
        id in prop::sample::select(profile::built_in_ids().collect::<Vec<_>>()),
        layers in prop::collection::vec(any_layer(), 0..5),
    ) {
        let profile = resolve(&base(id), &layers).unwrap();
        let bare = profile::built_in(id).unwrap();
        prop_assert_eq!(rule(&profile), rule(&bare));
        prop_assert_eq!(&profile.layers[0], &bare.layers[0]);
        for rule in &profile.groups {
            let kept = profile.keepers.iter().filter(|keeper| keeper.group == rule.id).count();
            prop_assert!(kept <= rule.max_non_uninstallable as usize);
        }
    }

    #[test]
    fn the_order_in_which_layers_are_found_does_not_matter(
        (sorted, shuffled) in prop::collection::vec(any_layer(), 0..5)
            .prop_flat_map(|layers| (Just(layers.clone()), Just(layers).prop_shuffle())),
    ) {
        let base = base("tc260-2021-draft");
        let profile = resolve(&base, &sorted).unwrap();
        prop_assert_eq!(&profile, &resolve(&base, &shuffled).unwrap());
        prop_assert_eq!(profile.digest(), resolve(&base, &shuffled).unwrap().digest());
    }
}
