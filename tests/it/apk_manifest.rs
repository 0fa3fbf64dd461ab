//! What is read from a manifest, on small ones made for one thing each.

use keepone::diagnostic::DiagnosticCode;
use keepone::source::apk::manifest::{Manifest, NoResources, read};
use keepone::source::snapshot::{Component, PathMatch, Stated};
use keepone::source::unread::UnreadReason;

use crate::apk_builder::{Attribute, Is, Xml, android, by_name, chunk, halves, id, plain, words};

fn parse(document: &[u8]) -> Manifest {
    read(document, &NoResources).unwrap()
}

fn reason(document: &[u8]) -> UnreadReason {
    read(document, &NoResources).map(|read| read.facts.name).unwrap_err()
}

/// The place and words of a malformed manifest.
fn malformed(document: &[u8]) -> (u64, String) {
    match reason(document) {
        UnreadReason::Malformed { part, at, expected } if part == "manifest" => (at, expected),
        other => panic!("{other:?}"),
    }
}

/// Starts `<manifest package="com.example">`.
fn manifest<'a>(xml: &'a mut Xml, attributes: &[Attribute<'_>]) -> &'a mut Xml {
    let mut all = attributes.to_vec();
    all.push(plain("package", Is::Text("com.example")));
    xml.start("manifest", &all)
}

/// Reads the one activity that `write` puts into an application.
fn activity(write: impl FnOnce(&mut Xml)) -> (Component, Vec<DiagnosticCode>) {
    let mut xml = Xml::any();
    write(manifest(&mut xml, &[]).start("application", &[]));
    let mut read = parse(&xml.finish());
    let codes = read.diagnostics.iter().map(|one| one.code).collect();
    (read.facts.activities.remove(0), codes)
}

fn name(name: &str) -> Attribute<'_> {
    android(id::NAME, Is::Text(name))
}

fn reference<T>(text: &str) -> Stated<T> {
    Stated::Reference { reference: text.to_owned() }
}

#[test]
fn every_field_of_the_package_is_read_in_both_encodings() {
    for utf8 in [false, true] {
        let numbers = [id::NAME, id::SHARED_USER_ID, id::MIN_SDK_VERSION, id::VERSION_CODE, id::VERSION_NAME];
        let mut xml =
            Xml::new(utf8, &[&numbers[..], &[id::TARGET_SDK_VERSION, id::VERSION_CODE_MAJOR]].concat());
        let attributes = [
            android(id::SHARED_USER_ID, Is::Text("android.uid.system")),
            android(id::VERSION_CODE, Is::Number(7)),
            android(id::VERSION_NAME, Is::Text("7.0-测试-😀")),
            android(id::VERSION_CODE_MAJOR, Is::Number(2)),
            plain("coreApp", Is::Truth(true)),
        ];
        manifest(&mut xml, &attributes)
            .leaf(
                "uses-sdk",
                &[
                    android(id::MIN_SDK_VERSION, Is::Number(24)),
                    android(id::TARGET_SDK_VERSION, Is::Text("V")),
                ],
            )
            .leaf("uses-permission", &[name("a.p.A")])
            .leaf("uses-permission-sdk-23", &[name("a.p.B")])
            .leaf("uses-permission", &[name("a.p.A")])
            .leaf("uses-feature", &[name("a.f.C")])
            .leaf("original-package", &[name("com.example.old")]);
        let facts = parse(&xml.finish()).facts;
        assert_eq!(facts.name.as_str(), "com.example");
        assert_eq!(facts.shared_user_id, Some(Stated::Value("android.uid.system".into())));
        assert_eq!(facts.version_code, Some((2 << 32) + 7));
        assert_eq!(facts.version_name, Some(Stated::Value("7.0-测试-😀".into())));
        assert_eq!(facts.core_app, Some(Stated::Value(true)));
        assert_eq!(facts.min_sdk, Some(Stated::Value("24".into())));
        assert_eq!(facts.target_sdk, Some(Stated::Value("V".into())));
        assert_eq!(facts.permissions, ["a.p.A", "a.p.B"]);
        assert_eq!(facts.features, ["a.f.C"]);
        assert_eq!(facts.original_packages, ["com.example.old"]);
    }
}

#[test]
fn what_is_left_out_stays_left_out() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[]).start("application", &[]).leaf("activity", &[name(".A")]);
    let facts = parse(&xml.finish()).facts;
    assert_eq!((facts.version_code, facts.min_sdk, facts.core_app), (None, None, None));
    assert_eq!((facts.application.enabled, facts.application.label), (None, None));
    let Component { enabled, exported, permission, .. } = &facts.activities[0];
    assert_eq!((enabled, exported, permission), (&None, &None, &None));
}

#[test]
fn a_reference_is_a_fact_of_its_own_kind() {
    let (component, _) = activity(|xml| {
        let attributes = [
            android(id::LABEL, Is::Reference(0x7f01_0002)),
            name(".A"),
            android(id::ENABLED, Is::Reference(0x7f05_0001)),
            android(id::EXPORTED, Is::Text("@bool/exported")),
        ];
        xml.leaf("activity", &attributes);
    });
    assert_eq!(component.enabled, Some(reference("@0x7f050001")));
    assert_eq!(component.exported, Some(reference("@bool/exported")));
    assert_eq!(component.label.unwrap().reference.unwrap(), "@0x7f010002");
}

#[test]
fn a_theme_attribute_and_a_placeholder_are_references_and_null_is_nothing() {
    let (component, _) = activity(|xml| {
        let attributes = [
            name(".A"),
            android(id::PERMISSION, Is::Reference(0)),
            android(id::ENABLED, Is::Theme(0x7f02_0003)),
            android(id::EXPORTED, Is::Text("${exported}")),
        ];
        xml.leaf("activity", &attributes);
    });
    assert_eq!(component.enabled, Some(reference("?0x7f020003")));
    assert_eq!(component.exported, Some(reference("${exported}")));
    assert_eq!(component.permission, None);
}

#[test]
fn a_truth_value_in_text_is_read_as_the_platform_reads_it() {
    for (text, truth) in [("true", true), ("1", true), ("TRUE", true), ("false", false), ("yes", false)] {
        let (component, _) = activity(|xml| {
            xml.leaf("activity", &[name(".A"), android(id::ENABLED, Is::Text(text))]);
        });
        assert_eq!(component.enabled, Some(Stated::Value(truth)), "{text}");
    }
    let (component, _) = activity(|xml| {
        xml.leaf("activity", &[name(".A"), android(id::ENABLED, Is::Text(""))]);
    });
    assert_eq!(component.enabled, None, "empty text means the default");
}

#[test]
fn class_names_are_qualified_as_the_platform_does() {
    let cases = [
        (".A", "com.example.A"),
        ("A", "com.example.A"),
        ("org.other.A", "org.other.A"),
        ("a$B", "com.example.a$B"),
    ];
    for (written, qualified) in cases {
        let (component, _) = activity(|xml| {
            xml.leaf("activity", &[name(written)]);
        });
        assert_eq!(component.name, qualified);
    }
}

#[test]
fn an_alias_keeps_its_target_and_must_follow_it() {
    let alias = [name(".B"), android(id::TARGET_ACTIVITY, Is::Text(".A"))];
    let mut xml = Xml::any();
    manifest(&mut xml, &[])
        .start("application", &[])
        .leaf("activity", &[name(".A")])
        .leaf("activity-alias", &alias);
    let read = parse(&xml.finish());
    assert_eq!(read.facts.activities[1].name, "com.example.B");
    assert_eq!(read.facts.activities[1].alias_of.as_deref(), Some("com.example.A"));
    assert!(read.diagnostics.is_empty());
    let (component, codes) = activity(|xml| {
        xml.leaf("activity-alias", &alias);
    });
    assert_eq!(
        (component.alias_of.as_deref(), codes),
        (Some("com.example.A"), vec![DiagnosticCode::NonConforming])
    );
}

#[test]
fn every_kind_of_data_goes_into_its_list() {
    let (component, codes) = activity(|xml| {
        xml.start("activity", &[name(".A")])
            .start("intent-filter", &[android(id::PRIORITY, Is::Number(-10))]);
        xml.leaf("action", &[name("a.VIEW")])
            .leaf("action", &[name("a.VIEW")])
            .leaf("category", &[name("c.DEFAULT")]);
        let data = [
            [
                android(id::SCHEME, Is::Text("https")),
                android(id::HOST, Is::Text("example.com")),
                android(id::PORT, Is::Text("8080")),
            ]
            .to_vec(),
            vec![android(id::SCHEME, Is::Text("https")), android(id::HOST, Is::Text("*.example.org"))],
            vec![android(id::MIME_TYPE, Is::Text("image/*"))],
            vec![android(id::PATH, Is::Text("/a"))],
            vec![android(id::PATH_PREFIX, Is::Text("/b"))],
            vec![android(id::PATH_PATTERN, Is::Text("/c.*"))],
            vec![android(id::PATH_SUFFIX, Is::Text(".d"))],
            vec![android(id::PATH_ADVANCED_PATTERN, Is::Text("/[e]"))],
        ];
        for attributes in data {
            xml.leaf("data", &attributes);
        }
    });
    let filter = &component.filters[0];
    assert_eq!((filter.priority, filter.has_references), (-10, false));
    assert_eq!(
        (&filter.actions[..], &filter.categories[..]),
        (&["a.VIEW".to_owned()][..], &["c.DEFAULT".to_owned()][..])
    );
    assert_eq!(
        (&filter.schemes[..], &filter.types[..]),
        (&["https".to_owned()][..], &["image/*".to_owned()][..])
    );
    assert_eq!(filter.hosts, ["example.com:8080", "*.example.org"]);
    let paths = [
        PathMatch::Literal("/a".into()),
        PathMatch::Prefix("/b".into()),
        PathMatch::Pattern("/c.*".into()),
        PathMatch::Suffix(".d".into()),
        PathMatch::AdvancedPattern("/[e]".into()),
    ];
    assert_eq!(filter.paths, paths);
    assert!(codes.is_empty());
}

#[test]
fn a_filter_whose_data_is_a_reference_says_so_and_still_has_data() {
    for value in [Is::Reference(0x7f04_0000), Is::Text("@string/scheme")] {
        let (component, _) = activity(|xml| {
            xml.start("activity", &[name(".A")])
                .start("intent-filter", &[])
                .leaf("action", &[name("a.VIEW")]);
            xml.leaf("data", &[android(id::SCHEME, value)]);
        });
        assert!(component.filters[0].has_references);
        assert!(component.filters[0].schemes[0].starts_with('@'));
    }
}

#[test]
fn a_priority_may_be_text() {
    let cases = [
        (Is::Text("100"), 100, false),
        (Is::Text("-0x10"), -16, false),
        (Is::Reference(0x7f06_0001), 0, true),
        (Is::Text("high"), 0, false),
    ];
    for (value, priority, has_references) in cases {
        let (component, codes) = activity(|xml| {
            xml.start("activity", &[name(".A")]).start("intent-filter", &[android(id::PRIORITY, value)]);
            xml.leaf("action", &[name("a.VIEW")]);
        });
        let filter = &component.filters[0];
        assert_eq!((filter.priority, filter.has_references), (priority, has_references));
        let is_odd = matches!(value, Is::Text("high"));
        assert_eq!(codes.contains(&DiagnosticCode::BadValue), is_odd);
    }
}

#[test]
fn a_filter_without_an_action_counts_for_a_service_only() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[]).start("application", &[]);
    for kind in ["activity", "receiver", "service"] {
        xml.start(kind, &[name(".A")])
            .start("intent-filter", &[])
            .leaf("category", &[name("c.DEFAULT")])
            .end()
            .end();
    }
    let facts = parse(&xml.finish()).facts;
    let counts = [&facts.activities, &facts.receivers, &facts.services].map(|list| list[0].filters.len());
    assert_eq!(counts, [0, 0, 1]);
}

#[test]
fn elements_count_only_where_the_platform_looks_for_them() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[]);
    xml.leaf("receiver", &[name(".Outside")])
        .start("queries", &[])
        .leaf("uses-permission", &[name("a.p.Q")])
        .end();
    xml.start("application", &[])
        .start("activity", &[name(".A")])
        .leaf("service", &[name(".Inside")])
        .end()
        .end();
    xml.start("application", &[]).leaf("activity", &[name(".Second")]).end();
    let read = parse(&xml.finish());
    assert_eq!(read.facts.activities.len(), 1);
    assert!(
        read.facts.receivers.is_empty()
            && read.facts.services.is_empty()
            && read.facts.permissions.is_empty()
    );
    assert_eq!(read.diagnostics[0].detail, "a second <application>");
}

#[test]
fn a_second_uses_sdk_replaces_the_first() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[])
        .leaf("uses-sdk", &[android(id::MIN_SDK_VERSION, Is::Number(8))])
        .leaf("uses-sdk", &[android(id::TARGET_SDK_VERSION, Is::Number(30))]);
    let facts = parse(&xml.finish()).facts;
    assert_eq!((facts.min_sdk, facts.target_sdk), (None, Some(Stated::Value("30".into()))));
}

#[test]
fn an_attribute_out_of_order_is_not_seen_as_the_platform_does_not_see_it() {
    let (component, _) = activity(|xml| {
        let attributes =
            [name(".A"), android(id::EXPORTED, Is::Truth(true)), android(id::ENABLED, Is::Truth(false))];
        xml.leaf("activity", &attributes);
    });
    assert_eq!((component.exported, component.enabled), (Some(Stated::Value(true)), None));
}

#[test]
fn an_action_is_also_found_by_the_name_of_its_attribute() {
    let (component, _) = activity(|xml| {
        xml.start("activity", &[name(".A")]).start("intent-filter", &[]);
        xml.leaf("action", &[by_name("name", Is::Text("a.VIEW"))])
            .leaf("action", &[plain("name", Is::Text("a.NONE"))]);
    });
    assert_eq!(component.filters[0].actions, ["a.VIEW"]);
}

#[test]
fn providers_meta_data_libraries_and_overlays_are_read() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[])
        .leaf("overlay", &[android(id::TARGET_PACKAGE, Is::Text("android"))])
        .start("application", &[android(id::APP_CATEGORY, Is::Number(2))])
        .leaf("static-library", &[name("lib.x")])
        .leaf("meta-data", &[name("m.text"), android(id::VALUE, Is::Text("v"))])
        .leaf("meta-data", &[name("m.number"), android(id::VALUE, Is::Number(3))])
        .leaf("meta-data", &[name("m.resource"), android(id::RESOURCE, Is::Reference(0x7f11_0000))])
        .leaf("meta-data", &[name("m.nothing")])
        .leaf(
            "provider",
            &[
                name(".P"),
                android(id::EXPORTED, Is::Truth(false)),
                android(id::AUTHORITIES, Is::Text("a.b;c.d;")),
            ],
        );
    let read = parse(&xml.finish());
    let application = &read.facts.application;
    assert_eq!(read.facts.overlay_target.as_deref(), Some("android"));
    assert_eq!((application.category.as_deref(), application.library.as_deref()), (Some("2"), Some("lib.x")));
    let values: Vec<_> = application.meta_data.iter().map(|one| one.value.as_deref()).collect();
    assert_eq!(values, [Some("v"), Some("3"), Some("@0x7f110000"), None]);
    assert_eq!(read.facts.providers[0].authorities, ["a.b", "c.d"]);
    assert_eq!(read.facts.providers[0].exported, Some(Stated::Value(false)));
    assert_eq!(read.diagnostics[0].detail, "a meta-data without value and resource");
}

#[test]
fn a_split_names_itself() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[plain("split", Is::Text("config.hdpi"))]);
    assert_eq!(parse(&xml.finish()).split.as_deref(), Some("config.hdpi"));
}

#[test]
fn what_android_would_refuse_is_read_and_said() {
    let (component, codes) = activity(|xml| {
        xml.start("activity", &[])
            .start("intent-filter", &[])
            .leaf("action", &[])
            .leaf("action", &[name("a.VIEW")]);
        xml.leaf("data", &[android(id::MIME_TYPE, Is::Text("image"))]);
    });
    assert_eq!((component.name.as_str(), component.filters[0].actions.len()), ("", 1));
    assert_eq!(codes, vec![DiagnosticCode::NonConforming; 3]);
}

#[test]
fn a_package_name_that_is_none_is_the_reason() {
    for wrong in ["", "a b", "../x", "a;rm -rf", "9.a"] {
        let mut xml = Xml::any();
        xml.start("manifest", &[plain("package", Is::Text(wrong))]);
        assert_eq!(reason(&xml.finish()), UnreadReason::BadName { name: wrong.to_owned() });
    }
}

#[test]
fn unknown_chunks_text_and_bytes_behind_the_end_are_passed_over() {
    let mut xml = Xml::any();
    manifest(&mut xml, &[]);
    xml.node(0x0199, &[1, 2, 3, 4]);
    xml.node(0x0104, &words(&[0, 8, 0]));
    xml.start("application", &[]).leaf("activity", &[name(".A")]);
    let mut document = xml.finish();
    document.extend(b"whatever");
    assert_eq!(parse(&document).facts.activities.len(), 1);
}

#[test]
fn each_damage_is_told_with_its_place() {
    let document = manifest(&mut Xml::any(), &[]).finish();
    let with = |at: usize, bytes: &[u8]| {
        let mut damaged = document.clone();
        damaged[at..at + bytes.len()].copy_from_slice(bytes);
        malformed(&damaged)
    };
    assert_eq!(malformed(&[]), (0, "the 8 bytes of a binary XML header".into()));
    assert_eq!(malformed(b"<?xml version=\"1.0\"?><manifest/>"), (0, "binary XML, not text".into()));
    assert_eq!(malformed(b" \n<manifest package='a.b'/>"), (0, "binary XML, not text".into()));
    assert_eq!(malformed(b"no manifest at all"), (4, "a document no larger than the bytes there are".into()));
    assert_eq!(with(4, &[0xff; 4]), (4, "a document no larger than the bytes there are".into()));
    assert_eq!(with(12, &words(&[1 << 30])), (8, "an XML node".into()));
    assert_eq!(with(16, &words(&[1 << 29])), (16, "as many string offsets as the pool states".into()));
    assert_eq!(with(28, &words(&[1 << 29])), (28, "strings inside the string pool".into()));
    let pool = usize::try_from(u32::from_le_bytes(document[12..16].try_into().unwrap())).unwrap();
    let map = 8 + pool;
    let node =
        map + usize::try_from(u32::from_le_bytes(document[map + 4..map + 8].try_into().unwrap())).unwrap();
    let place = u64::try_from(node).unwrap();
    assert_eq!(with(node + 4, &words(&[6])), (place, "a chunk no smaller than its header".into()));
    assert_eq!(with(node + 28, &halves(&[400])), (place, "attributes inside their element".into()));
}

#[test]
fn another_root_is_no_manifest() {
    let document = Xml::any().start("resources", &[]).finish();
    assert_eq!(malformed(&document).1, "an element <manifest>");
    assert_eq!(malformed(&chunk(3, 8, &[])).1, "an XML node");
}

#[test]
fn a_string_pool_whose_last_string_does_not_end_is_refused() {
    let mut body = words(&[1, 0, 0, 32, 0, 0]);
    body.extend(halves(&[2, 0x61, 0x62, 0x63]));
    let node = chunk(0x0102, 16, &[0; 28]);
    let document = chunk(3, 8, &[chunk(1, 28, &body), node.clone(), node].concat());
    assert_eq!(malformed(&document).1, "a terminated last string");
}
