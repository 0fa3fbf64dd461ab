//! A generated tree of every layout gives its packages at their places on the device, and nothing is lost.

use std::collections::BTreeSet;
use std::path::Path;

use keepone::source::snapshot::{PackageFacts, Snapshot, SourceKind, StatementKind};
use keepone::source::unread::{UnreadKind, UnreadReason};
use keepone::source::{self, ReadOptions, Silent, load};
use proptest::prelude::*;

use crate::firmware::Tree;

fn read(tree: &Tree) -> Snapshot {
    source::read(tree.root(), &ReadOptions::default(), &Silent).unwrap()
}

fn only(snapshot: &Snapshot) -> &PackageFacts {
    assert_eq!(snapshot.packages.len(), 1, "{:?} {:?}", snapshot.packages, snapshot.unread);
    &snapshot.packages[0]
}

fn package<'a>(snapshot: &'a Snapshot, name: &str) -> &'a PackageFacts {
    let found = snapshot.packages.iter().find(|package| package.name.as_str() == name);
    found.unwrap_or_else(|| panic!("{name} is not in {:?}", snapshot.packages))
}

/// The unread entries as kind, path and the name of the reason.
fn unread(snapshot: &Snapshot) -> Vec<(UnreadKind, &str, String)> {
    let why =
        |reason: &UnreadReason| serde_json::to_value(reason).unwrap()["why"].as_str().unwrap().to_owned();
    snapshot.unread.iter().map(|unread| (unread.kind, unread.path.as_str(), why(&unread.reason))).collect()
}

fn with_expected(tree: &Tree, list: &str) -> Snapshot {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), list).unwrap();
    let options = ReadOptions { expected: Some(file.path().to_owned()), ..ReadOptions::default() };
    source::read(tree.root(), &options, &Silent).unwrap()
}

/// Path inside the source, code path on the device, base APK on the device.
const PLACES: &[(&str, &str, &str)] = &[
    ("system/app/A/A.apk", "/system/app/A", "/system/app/A/A.apk"),
    ("system/app/A.apk", "/system/app/A.apk", "/system/app/A.apk"),
    ("system/system/priv-app/A/A.apk", "/system/priv-app/A", "/system/priv-app/A/A.apk"),
    ("system_root/system/app/A/A.apk", "/system/app/A", "/system/app/A/A.apk"),
    ("system_a/app/A/A.apk", "/system/app/A", "/system/app/A/A.apk"),
    ("product_a/app/A/A.apk", "/product/app/A", "/product/app/A/A.apk"),
    (
        "system/framework/framework-res.apk",
        "/system/framework/framework-res.apk",
        "/system/framework/framework-res.apk",
    ),
    ("product/data-app/A/A.apk", "/product/data-app/A", "/product/data-app/A/A.apk"),
    ("vendor/app/A/A.apk", "/vendor/app/A", "/vendor/app/A/A.apk"),
    (
        "odm/bundled_uninstall_gone-app/A.apk",
        "/odm/bundled_uninstall_gone-app/A.apk",
        "/odm/bundled_uninstall_gone-app/A.apk",
    ),
    ("system_ext/priv-app/A/A.apk", "/system_ext/priv-app/A", "/system_ext/priv-app/A/A.apk"),
    ("my_stock/del-app/A/A.apk", "/my_stock/del-app/A", "/my_stock/del-app/A/A.apk"),
    ("my_bigball/del-app-pre/A/A.apk", "/my_bigball/del-app-pre/A", "/my_bigball/del-app-pre/A/A.apk"),
    ("oppo_product/app/A/A.apk", "/oppo_product/app/A", "/oppo_product/app/A/A.apk"),
    ("hw_product/app/A/A.apk", "/hw_product/app/A", "/hw_product/app/A/A.apk"),
    ("product_h/app/A/A.apk", "/product_h/app/A", "/product_h/app/A/A.apk"),
    (
        "cust/preinstalled/public/app/A.apk",
        "/cust/preinstalled/public/app/A.apk",
        "/cust/preinstalled/public/app/A.apk",
    ),
    ("preas/app/A/A.apk", "/preas/app/A", "/preas/app/A/A.apk"),
    ("preload/A/A.apk", "/preload/A", "/preload/A/A.apk"),
    ("version/special_cust/app/A/A.apk", "/version/special_cust/app/A", "/version/special_cust/app/A/A.apk"),
    ("special_preload/app/A/A.apk", "/special_preload/app/A", "/special_preload/app/A/A.apk"),
    ("mi_ext/product/data-app/A/A.apk", "/mi_ext/product/data-app/A", "/mi_ext/product/data-app/A/A.apk"),
    ("tr_preload/app/A/A.apk", "/tr_preload/app/A", "/tr_preload/app/A/A.apk"),
    (
        "prism/preload/CHN/hidden_app/A/A.apk",
        "/prism/preload/CHN/hidden_app/A",
        "/prism/preload/CHN/hidden_app/A/A.apk",
    ),
    ("custom/3rd-party/apk/A.apk", "/custom/3rd-party/apk", "/custom/3rd-party/apk/A.apk"),
    ("oem/app/A/A.apk", "/oem/app/A", "/oem/app/A/A.apk"),
    ("reserve/app/A/A.apk", "/reserve/app/A", "/reserve/app/A/A.apk"),
    ("data/app/com.a-1/base.apk", "/data/app/com.a-1", "/data/app/com.a-1/base.apk"),
    ("stockrom/system/app/A.apk", "/system/app/A.apk", "/system/app/A.apk"),
    ("vendor/system/app/A.apk", "/system/app/A.apk", "/system/app/A.apk"),
    ("system/system/product/priv-app/A/A.apk", "/product/priv-app/A", "/product/priv-app/A/A.apk"),
    ("system/system/system_ext/app/A/A.apk", "/system_ext/app/A", "/system_ext/app/A/A.apk"),
    ("system/vendor/operator/app/A/A.apk", "/vendor/operator/app/A", "/vendor/operator/app/A/A.apk"),
    ("vendor/odm/app/A/A.apk", "/odm/app/A", "/odm/app/A/A.apk"),
    ("system/system/my_product/app/A/A.apk", "/my_product/app/A", "/my_product/app/A/A.apk"),
    (
        "system/apex/com.android.tethering/priv-app/A/A.apk",
        "/apex/com.android.tethering/priv-app/A",
        "/apex/com.android.tethering/priv-app/A/A.apk",
    ),
    (
        "apex/com.android.tethering@300/app/A/A.apk",
        "/apex/com.android.tethering@300/app/A",
        "/apex/com.android.tethering@300/app/A/A.apk",
    ),
    ("app/A/A.apk", "/system/app/A", "/system/app/A/A.apk"),
    ("framework/A.apk", "/system/framework/A.apk", "/system/framework/A.apk"),
    ("system/media/themes/A.apk", "/system/media/themes", "/system/media/themes/A.apk"),
    ("nexus/A.apk", "/nexus", "/nexus/A.apk"),
    ("A.apk", "/A.apk", "/A.apk"),
];

#[test]
fn every_layout_gives_the_place_on_the_device() {
    for (source, path, file) in PLACES {
        let snapshot = read(&Tree::new().apk(source, "com.a"));
        let package = only(&snapshot);
        assert_eq!((package.path.as_str(), package.file.as_str()), (*path, *file), "{source}");
        let differs = file.strip_prefix('/') != Some(*source);
        assert_eq!(package.source_path.as_deref(), differs.then_some(*source), "{source}");
        assert_eq!(unread(&snapshot), [], "{source}");
    }
}

#[test]
fn a_root_that_is_a_partition_is_named_after_its_folder() {
    let tree = Tree::new()
        .apk("phone/product/app/A/A.apk", "com.a")
        .file("phone/product/etc/build.prop", "ro.product.product.brand=b\n");
    let snapshot = source::read(&tree.place("phone/product"), &ReadOptions::default(), &Silent).unwrap();
    assert_eq!(only(&snapshot).file, "/product/app/A/A.apk");
    assert_eq!(snapshot.device.brand.as_deref(), Some("b"));
    assert_eq!(snapshot.source.name, "product");
}

#[test]
fn an_inner_partition_keeps_its_long_name_beside_an_outer_one() {
    let tree = Tree::new()
        .apk("system/system/app/A/A.apk", "com.a")
        .apk("system/system/product/app/B/B.apk", "com.b")
        .apk("product/app/B/B.apk", "com.b");
    let snapshot = read(&tree);
    let files: BTreeSet<&str> = snapshot.packages.iter().map(|package| package.file.as_str()).collect();
    assert_eq!(
        files,
        BTreeSet::from(["/product/app/B/B.apk", "/system/app/A/A.apk", "/system/product/app/B/B.apk"])
    );
}

#[test]
fn a_second_firmware_in_the_tree_is_laid_over_the_first_only_where_nothing_collides() {
    let tree = Tree::new()
        .apk("vendor/system/app/A.apk", "com.a")
        .apk("vendor/system/vendor/app/C.apk", "com.c")
        .apk("overlay/system/app/B.apk", "com.b");
    let snapshot = read(&tree);
    assert_eq!(package(&snapshot, "com.c").file, "/vendor/app/C.apk");
    assert_eq!(package(&snapshot, "com.a").file, "/system/app/A.apk");
    assert_eq!(package(&snapshot, "com.b").file, "/system/app/B.apk");
    let tree = Tree::new().apk("system/app/A.apk", "com.a").apk("stockrom/system/app/A.apk", "com.a");
    let files: Vec<String> = read(&tree).packages.into_iter().map(|package| package.file).collect();
    assert_eq!(files, ["/stockrom/system/app/A.apk", "/system/app/A.apk"]);
}

#[test]
fn several_packages_in_one_folder_are_a_code_path_each() {
    let tree = Tree::new().apk("system/vivo-apps/A.apk", "com.a").apk("system/vivo-apps/B.apk", "com.b");
    let snapshot = read(&tree);
    assert_eq!(package(&snapshot, "com.a").path, "/system/vivo-apps/A.apk");
    assert_eq!(package(&snapshot, "com.b").path, "/system/vivo-apps/B.apk");
}

#[test]
fn splits_belong_to_the_base_beside_them() {
    let tree = Tree::new()
        .apk("product/app/A/A.apk", "com.a")
        .split("product/app/A/A-hdpi.apk", "com.a", "config.hdpi")
        .split("product/app/B/B-hdpi.apk", "com.b", "config.hdpi");
    let snapshot = read(&tree);
    let base = only(&snapshot);
    assert_eq!(base.splits.len(), 1);
    assert_eq!(
        (base.splits[0].name.as_str(), base.splits[0].file.as_str()),
        ("config.hdpi", "/product/app/A/A-hdpi.apk")
    );
    assert_eq!(unread(&snapshot), [(UnreadKind::Split, "/product/app/B/B-hdpi.apk", "no-base".to_owned())]);
    assert_eq!(snapshot.unread[0].package.as_ref().unwrap().as_str(), "com.b");
}

#[test]
fn a_stub_is_told_by_the_compressed_app_beside_it() {
    let tree = Tree::new()
        .apk("product/app/Chrome-Stub/Chrome-Stub.apk", "com.chrome")
        .file("product/app/Chrome/Chrome.apk.gz", "\x1f\u{8b}")
        .apk("product/app/Lone-Stub/Lone-Stub.apk", "com.lone");
    let snapshot = read(&tree);
    assert!(package(&snapshot, "com.chrome").stub);
    assert!(!package(&snapshot, "com.lone").stub);
    assert_eq!(
        unread(&snapshot),
        [(UnreadKind::Package, "/product/app/Chrome/Chrome.apk.gz", "unsupported".to_owned())]
    );
    assert_eq!(snapshot.unread[0].package.as_ref().unwrap().as_str(), "com.chrome");
    let expected = with_expected(&tree, "/product/app/Lone/Lone.apk.gz\n");
    assert!(package(&expected, "com.lone").stub, "a compressed app that the device has makes a stub, too");
}

#[test]
fn a_packed_apex_is_listed_and_an_unpacked_one_is_read() {
    let tree = Tree::new()
        .apk("system/app/A/A.apk", "com.a")
        .file("system/apex/com.android.wifi.capex", "PK")
        .file("system/apex/com.android.tethering.apex", "PK")
        .apk("apex/com.android.tethering/app/T/T.apk", "com.tether");
    let snapshot = read(&tree);
    assert_eq!(package(&snapshot, "com.tether").path, "/apex/com.android.tethering/app/T");
    assert_eq!(
        unread(&snapshot),
        [(UnreadKind::Apex, "/system/apex/com.android.wifi.capex", "unsupported".to_owned())]
    );
}

#[test]
fn links_inside_the_source_are_met_where_the_platform_meets_them() {
    let tree = Tree::new()
        .apk("system/preset/Foo/Foo.apk", "com.foo")
        .apk("product/app/Bar/Bar.apk", "com.bar")
        .link("system/app/Foo", "/system/preset/Foo")
        .link("system/app/Bar.apk", "../../product/app/Bar/Bar.apk")
        .link("system/product", "/product")
        .link("d", "/sys/kernel/debug")
        .link("sdcard", "/storage/self/primary");
    let snapshot = read(&tree);
    let files: Vec<&str> = snapshot.packages.iter().map(|package| package.file.as_str()).collect();
    let expected = [
        "/product/app/Bar/Bar.apk",
        "/system/app/Bar.apk",
        "/system/app/Foo/Foo.apk",
        "/system/preset/Foo/Foo.apk",
    ];
    assert_eq!(files, expected);
    assert_eq!(unread(&snapshot), []);
}

#[test]
fn configuration_of_the_image_becomes_statements() {
    let permissions = r#"<?xml version="1.0"?>
        <permissions>
          <privapp-permissions package="com.a"><permission name="p.A"/><deny-permission name="p.B"/></privapp-permissions>
          <privapp-permissions package="no name"><permission name="p.C"/></privapp-permissions>
          <feature name="android.hardware.nfc"/>
          <component-override package="com.a"><component class=".Main" enabled="false"/></component-override>
          <install-in-user-type package="com.a"><install-in user-type="FULL"/><do-not-install-in user-type="SYSTEM"/></install-in-user-type>
        </permissions>"#;
    let config = r#"<config>
          <prevent-disable package="com.a"/>
          <initial-package-state package="com.a" stopped="false"/>
          <disabled-until-used-preinstalled-carrier-associated-app package="com.a" carrierAppPackage="com.c"/>
          <allow-in-power-save-except-idle package="com.a"/>
          <system-user-blacklisted-app package="com.a"/>
        </config>"#;
    let defaults = r#"<exceptions><exception package="com.a"><permission name="p.D" fixed="false"/></exception></exceptions>"#;
    let preferred = r#"<preferred-activities><item name="com.a/.Main"><filter>
          <action name="VIEW"/><cat name="DEFAULT"/><scheme name="http"/><type name="image"/></filter></item></preferred-activities>"#;
    let tree = Tree::new()
        .apk("system/app/A/A.apk", "com.a")
        .file("product/etc/permissions/a.xml", permissions)
        .file("system/etc/sysconfig/b.xml", config)
        .file("vendor/etc/default-permissions/c.xml", defaults)
        .file("system/etc/preferred-apps/d.xml", preferred);
    let snapshot = read(&tree);
    let said: Vec<_> = snapshot
        .system_config
        .statements
        .iter()
        .map(|said| (said.says, said.of.as_deref().unwrap_or_default(), said.path.as_str()))
        .collect();
    let (permissions, config) = ("/product/etc/permissions/a.xml", "/system/etc/sysconfig/b.xml");
    assert_eq!(
        said,
        [
            (StatementKind::PrivappPermission, "p.A", permissions),
            (StatementKind::PrivappPermissionDenied, "p.B", permissions),
            (StatementKind::ComponentDisabled, "com.a.Main", permissions),
            (StatementKind::InstallInUserType, "FULL", permissions),
            (StatementKind::DoNotInstallInUserType, "SYSTEM", permissions),
            (StatementKind::PreventDisable, "", config),
            (StatementKind::InitialState, "stopped=false", config),
            (StatementKind::DisabledUntilUsed, "com.c", config),
            (StatementKind::AllowInPowerSave, "allow-in-power-save-except-idle", config),
            (StatementKind::SystemUserList, "system-user-blacklisted-app", config),
            (StatementKind::DefaultPermission, "p.D", "/vendor/etc/default-permissions/c.xml"),
        ]
    );
    assert!(snapshot.system_config.statements.iter().all(|said| said.package == "com.a"));
    let preferred = &snapshot.system_config.preferred[0];
    assert_eq!(
        (preferred.component.as_str(), preferred.types.as_slice()),
        ("com.a/.Main", &["image/*".to_owned()][..])
    );
    let problems: Vec<_> =
        snapshot.diagnostics.iter().map(|problem| (problem.at, problem.detail.as_str())).collect();
    assert_eq!(problems, [(4, "no name")]);
}

#[test]
fn a_makers_claims_and_lists_are_read() {
    let claims =
        "schema-version = 1\n[[function]]\npackage = \"com.a\"\ngroups = [\"phone-calls\", \"telepathy\"]\n";
    let tree = Tree::new()
        .apk("system/app/A/A.apk", "com.a")
        .file("product/etc/keepone/functions.toml", claims)
        .file("system/etc/removable_preload.txt", "")
        .file("vendor/etc/permissions/pms_sysapp_removable_vendor_list.txt", "com.a\n");
    let snapshot = read(&tree);
    assert_eq!(snapshot.claims.len(), 1);
    assert_eq!(snapshot.claims[0].groups, [keepone::package::Group::PhoneCalls]);
    let problems: Vec<_> =
        snapshot.diagnostics.iter().map(|problem| (problem.at, problem.detail.as_str())).collect();
    assert_eq!(problems, [(4, "telepathy")]);
    let lists: Vec<_> =
        snapshot.maker_lists.iter().map(|list| (list.list.as_str(), list.entries.len())).collect();
    assert_eq!(lists, [("samsung-removable", 0), ("mediatek-removable", 1)]);
    assert!(snapshot.maker_lists.iter().all(|list| list.sha256.is_some()));
}

#[test]
fn the_device_is_what_init_would_make_of_the_property_files() {
    let tree = Tree::new()
        .apk("system/system/app/A/A.apk", "com.a")
        .file("system/system/build.prop", "# made\nro.build.version.sdk=33\nro.build.version.release=13\nro.build.id=ID\nro.build.version.incremental=7\nro.build.type=user\nro.build.tags=release-keys\nro.build.host=machine\nro.build.user=someone\nro.product.system.brand=generic\nro.product.system.model=System\n import /x.prop\nro.hardware=first\n")
        .file("vendor/build.prop", "ro.product.vendor.brand=maker\nro.product.vendor.name=name\nro.product.vendor.device=device\nro.product.vendor.model=Model\nro.product.vendor.manufacturer=Maker\nro.hardware=second\n")
        .file("product/build.prop", "ro.hardware=old\n")
        .file("product/etc/build.prop", "ro.control_privapp_permissions=enforce\nro.hardware=third\n")
        .file("my_manifest/build.prop", "ro.hardware=fourth\nro.build.version.oplusrom=V14\n");
    let device = read(&tree).device;
    assert_eq!(device.fingerprint.as_deref(), Some("maker/name/device:13/ID/7:user/release-keys"));
    assert_eq!((device.sdk, device.android_release.as_deref()), (Some(33), Some("13")));
    assert_eq!(
        (device.brand.as_deref(), device.model.as_deref(), device.manufacturer.as_deref()),
        (Some("maker"), Some("Model"), Some("Maker"))
    );
    let hardware = &device.properties["ro.hardware"];
    assert_eq!((hardware.value.as_str(), hardware.path.as_str()), ("third", "/product/etc/build.prop"));
    assert_eq!(device.properties["ro.build.version.oplusrom"].value, "V14");
    assert!(!device.properties.keys().any(|name| name.ends_with("host") || name.ends_with("user")));
}

#[test]
fn before_android_10_the_first_file_wins() {
    let tree = Tree::new()
        .apk("system/app/A.apk", "com.a")
        .file("boot/ramdisk/default.prop", "ro.hardware=ramdisk\n")
        .file("system/build.prop", "ro.build.version.sdk=28\nro.hardware=system\nro.board.platform=system\n")
        .file("vendor/build.prop", "ro.board.platform=vendor\n");
    let device = read(&tree).device;
    assert_eq!(
        (device.properties["ro.hardware"].value.as_str(), device.properties["ro.hardware"].path.as_str()),
        ("ramdisk", "/default.prop")
    );
    assert_eq!(device.properties["ro.board.platform"].value, "system");
}

#[test]
fn what_is_expected_and_absent_is_listed_in_every_form_of_list() {
    let tree = Tree::new()
        .apk("system/system/app/A/A.apk", "com.a")
        .split("product/app/B/B-x.apk", "com.b", "config.x")
        .file("product/etc/permissions/here.xml", "<permissions/>");
    let list = "\u{feff}# what the phone prints\r\n\r\n\
        package:/system/app/A/A.apk=com.a\r\n\
        package:/data/app/~~x==/com.a-y==/base.apk=com.a versionCode:7\r\n\
        package:/product/app/B/B.apk=com.b\r\n\
        package:/product/app/Gone/Gone.apk=com.gone  installer=null\r\n\
        package:com.named\r\n\
        com.plain\r\n\
        /vendor/overlay/Over.apk\r\n\
        system/system/app/C/C.apk\t12\tabsent\r\n\
        system/apex/com.android.wifi.apex\r\n\
        not a name\r\n";
    let snapshot = with_expected(&tree, list);
    let absent: Vec<_> = unread(&snapshot)
        .into_iter()
        .filter(|(_, _, why)| why == "absent")
        .map(|(kind, path, _)| (kind, path))
        .collect();
    assert_eq!(
        absent,
        [
            (UnreadKind::Package, ""),
            (UnreadKind::Package, ""),
            (UnreadKind::Package, "/product/app/Gone/Gone.apk"),
            (UnreadKind::Package, "/system/app/C/C.apk"),
            (UnreadKind::Overlay, "/vendor/overlay/Over.apk"),
            (UnreadKind::Apex, "/system/apex/com.android.wifi.apex"),
        ]
    );
    let named: BTreeSet<&str> = snapshot
        .unread
        .iter()
        .filter_map(|unread| unread.package.as_ref())
        .map(keepone::package::PackageName::as_str)
        .collect();
    assert_eq!(named, BTreeSet::from(["com.b", "com.gone", "com.named", "com.plain"]));
    let problems: Vec<_> =
        snapshot.diagnostics.iter().map(|problem| (problem.at, problem.detail.as_str())).collect();
    assert_eq!(problems, [(12, "not a name")]);
}

#[test]
fn a_listing_of_all_files_is_searched_for_what_is_read() {
    let tree = Tree::new().apk("system/app/A/A.apk", "com.a").file("system/build.prop", "ro.build.id=x\n");
    let list = "     4096  /system/app/A/A.apk\n     12  /system/app/B/B.apk\n  9 /system/lib/libc.so\n 1 /system/build.prop\n\
         1 /vendor/build.prop\n 3 /product/etc/sysconfig/x.xml\n 4 /system/etc/removable_preload.txt\n 5 README.md\n";
    let absent: Vec<_> =
        with_expected(&tree, list).unread.into_iter().map(|unread| (unread.kind, unread.path)).collect();
    let absent: Vec<(UnreadKind, &str)> = absent.iter().map(|(kind, path)| (*kind, path.as_str())).collect();
    assert_eq!(
        absent,
        [
            (UnreadKind::Package, "/system/app/B/B.apk"),
            (UnreadKind::Config, "/product/etc/sysconfig/x.xml"),
            (UnreadKind::Config, "/vendor/build.prop"),
            (UnreadKind::MakerList, "/system/etc/removable_preload.txt"),
        ]
    );
}

#[test]
fn a_single_apk_is_a_source() {
    let tree = Tree::new().apk("A.apk", "com.a").split("B.apk", "com.b", "config.x");
    let options = ReadOptions { digests: true, ..ReadOptions::default() };
    let snapshot = source::read(&tree.place("A.apk"), &options, &Silent).unwrap();
    assert_eq!(snapshot.source.kind, SourceKind::Apk);
    assert_eq!((only(&snapshot).path.as_str(), only(&snapshot).file.as_str()), ("A.apk", "A.apk"));
    assert!(snapshot.source.sha256.is_some());
    let split = source::read(&tree.place("B.apk"), &ReadOptions::default(), &Silent).unwrap();
    assert_eq!(unread(&split), [(UnreadKind::Split, "B.apk", "no-base".to_owned())]);
}

#[test]
fn a_snapshot_is_read_back_as_it_was_written() {
    let tree = Tree::new()
        .apk("system/system/app/A/A.apk", "com.a")
        .file("system/system/app/Bad/Bad.apk", "no archive")
        .file("system/system/build.prop", "ro.build.version.sdk=33\n");
    let options = ReadOptions { source_date_epoch: Some(0), ..ReadOptions::default() };
    let snapshot = source::read(tree.root(), &options, &Silent).unwrap();
    assert_eq!(snapshot.captured.as_deref(), Some("1970-01-01T00:00:00Z"));
    let (mut first, mut second) = (Vec::new(), Vec::new());
    load::write(&snapshot, &mut first).unwrap();
    let file = tree.place("kept.json");
    std::fs::write(&file, &first).unwrap();
    let kept = source::read(&file, &ReadOptions::default(), &Silent).unwrap();
    assert_eq!(kept, snapshot);
    assert_eq!(kept.source.kind, SourceKind::Tree, "a kept snapshot still says where its facts were read");
    load::write(&kept, &mut second).unwrap();
    assert_eq!(first, second);
}

#[test]
fn two_readings_give_the_same_bytes() {
    let mut tree = Tree::new();
    for at in 0..40 {
        tree = tree.apk(&format!("system/app/A{at}/A{at}.apk"), &format!("com.a{at}"));
    }
    let bytes = || {
        let mut bytes = Vec::new();
        load::write(&read(&tree), &mut bytes).unwrap();
        bytes
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn expecting_more_of_a_kept_snapshot_keeps_its_own_counts() {
    let tree = Tree::new().apk("system/app/A/A.apk", "com.a").apk("system/app/B/B.apk", "com.b");
    let mut snapshot = read(&tree);
    snapshot.packages.pop();
    let mut bytes = Vec::new();
    load::write(&snapshot, &mut bytes).unwrap();
    let file = tree.place("kept.json");
    std::fs::write(&file, bytes).unwrap();
    let list = tree.place("list");
    std::fs::write(&list, "com.c\n").unwrap();
    let options = ReadOptions { expected: Some(list), ..ReadOptions::default() };
    let kept = source::read(&file, &options, &Silent).unwrap();
    assert_eq!((kept.totals.packages, kept.totals.unread), (2, 1));
    let inventory = keepone::inventory::Inventory::new(kept);
    let thinned = |what: &str| {
        inventory
            .unread()
            .iter()
            .any(|unread| unread.path == what && matches!(unread.reason, UnreadReason::Thinned { .. }))
    };
    assert!(thinned("packages"), "a package cut from the file is still missed");
    assert!(!thinned("unread") && !thinned("facts"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever files lie in a tree: each is a package, a split or unread, and the snapshot survives being kept.
    #[test]
    fn no_apk_is_lost(files in prop::collection::btree_map("(system/|system/system/|vendor/|product/|odd/)(app/|priv-app/|etc/)?[ab]/[a-c]{1,2}\\.apk", 0_u8..4, 1..12)) {
        let mut tree = Tree::new();
        for (path, content) in &files {
            tree = match content {
                0 => tree.apk(path, "com.a"),
                1 => tree.apk(path, "com.b"),
                2 => tree.split(path, "com.a", "config.x"),
                _ => tree.file(path, "garbage"),
            };
        }
        let snapshot = read(&tree);
        let splits: usize = snapshot.packages.iter().map(|package| package.splits.len()).sum();
        prop_assert_eq!(snapshot.packages.len() + splits + snapshot.unread.len(), files.len());
        let mut bytes = Vec::new();
        load::write(&snapshot, &mut bytes).unwrap();
        prop_assert_eq!(load::from_slice(&bytes, Path::new("kept.json")).unwrap(), snapshot);
    }
}
