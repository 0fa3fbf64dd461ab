//! Every maker's way to say what its users may remove, on a generated tree: the verdict with the maker's list and
//! without it, through the whole reader.

use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::removability::outcome::{Removability, Verdict};
use keepone::removability::removability;
use keepone::source::{ReadOptions, Silent, read};

use crate::firmware::Tree;

use Verdict::{NonUninstallable as Fixed, Uninstallable as Removable, Unknown};

/// One way of one maker.
struct Row {
    /// What it is, in the words of the notes on makers.
    way: &'static str,
    /// Properties that tell the maker and its switches.
    properties: &'static str,
    /// The folder of the APK, as a path on the device.
    folder: &'static str,
    /// The list that speaks of it: where it lies and what stands in it. `PATH` stands for the folder.
    list: Option<(&'static str, &'static str)>,
    /// The verdict with the list.
    with: Verdict,
    /// The verdict without it.
    without: Verdict,
}

/// A way without a list: the place alone decides.
const fn place(way: &'static str, properties: &'static str, folder: &'static str, verdict: Verdict) -> Row {
    Row { way, properties, folder, list: None, with: verdict, without: verdict }
}

const XIAOMI: &str = "ro.miui.ui.version.name=V14\n";
const OPPO: &str =
    "ro.build.version.oplusrom=V14.0.0\nro.product.first_api_level=31\nro.build.version.sdk=34\n";
const OPPO_8: &str = "ro.build.version.opporom=V5.0\nro.separate.soft=17107\nro.build.version.sdk=27\n";
const HUAWEI: &str = "ro.build.version.emui=EmotionUI_9.1.0\n";
const HONOR: &str = "ro.build.version.magic=7.0\n";
const VIVO: &str = "ro.vivo.os.version=13.0\nro.vivo.product.version=PD\n";
const SAMSUNG: &str = "ro.build.version.sep=120000\nro.config.rm_preload_enabled=1\n";
const TRANSSION: &str = "ro.tranos.version=13\n";
const MEIZU: &str = "ro.flyme.published=true\n";
const MEDIATEK: &str =
    "ro.mediatek.platform=MT6765\npersist.vendor.pms_removable=1\nro.build.version.sdk=31\n";
const MEDIATEK_OFF: &str =
    "ro.mediatek.platform=MT6765\npersist.vendor.pms_removable=0\nro.build.version.sdk=31\n";
const UNISOC: &str = "ro.sprd.version=1\n";
const ROCKCHIP: &str = "ro.board.platform=rk3399\n";
const ZTE: &str = "ro.product.manufacturer=ZTE\n";
const LENOVO: &str = "ro.product.manufacturer=Lenovo\n";
const GOOGLE: &str = "ro.product.manufacturer=Google\n";

/// The rows of the notes on makers' conventions, maker by maker.
const ROWS: &[Row] = &[
    place("Xiaomi: presets of the product partition", XIAOMI, "product/data-app/App", Removable),
    place("Xiaomi: presets of the system partition", XIAOMI, "system/data-app/App", Removable),
    place("Xiaomi: presets below system/product", XIAOMI, "system/product/data-app/App", Removable),
    place("Xiaomi: presets of the vendor partition", XIAOMI, "vendor/data-app/App", Removable),
    place("Xiaomi: presets of the cust partition", XIAOMI, "cust/data-app/App", Removable),
    place("Xiaomi: customised presets", XIAOMI, "cust/app/customized/App", Removable),
    place("Xiaomi: presets on the data partition", XIAOMI, "data/miui/app/App", Removable),
    place("Xiaomi: apps of the product partition", XIAOMI, "product/app/App", Fixed),
    place("Xiaomi: privileged apps of the product partition", XIAOMI, "product/priv-app/App", Fixed),
    place("Xiaomi: apps of the system partition", XIAOMI, "system/app/App", Fixed),
    place("Xiaomi: a port on a phone of another maker", ZTE, "product/data-app/App", Removable),
    place("OPPO: my_stock", OPPO, "my_stock/del-app/App", Removable),
    place("OPPO: my_product", OPPO, "my_product/del-app/App", Removable),
    place("OPPO: my_bigball", OPPO, "my_bigball/del-app/App", Removable),
    place("OPPO: my_bigball, before the first start", OPPO, "my_bigball/del-app-pre/App", Removable),
    place("OPPO: below system/system in ports", OPPO, "system/system/my_stock/del-app/App", Removable),
    place("OPPO: apps of my_product", OPPO, "my_product/app/App", Fixed),
    place("OPPO: privileged apps of my_stock", OPPO, "my_stock/priv-app/App", Fixed),
    place("OPPO: the reserve partition", OPPO, "reserve/vendor_app/App", Unknown),
    Row {
        way: "OPPO: the list of certificates names the folder",
        properties: OPPO,
        folder: "my_bigball/app/App",
        list: Some((
            "my_bigball/apkcerts.txt",
            "name=\"App.apk\" location=\"del-app/App\" certificate=\"x\"\n",
        )),
        with: Fixed,
        without: Fixed,
    },
    Row {
        way: "OPPO: the uninstall entry is hidden on phones first sold with an older system",
        properties: OPPO,
        folder: "my_stock/del-app/App",
        list: Some((
            "system_ext/etc/uninstallable_common_config.xml",
            "<appconfig><uninstall_hide pkg=\"org.example.app\" lt=\"33\"/></appconfig>",
        )),
        with: Fixed,
        without: Removable,
    },
    Row {
        way: "OPPO: the uninstall entry is hidden only below the level of this phone",
        properties: OPPO,
        folder: "my_stock/del-app/App",
        list: Some((
            "system_ext/etc/uninstallable_common_config.xml",
            "<appconfig><uninstall_hide pkg=\"org.example.app\" lt=\"30\"/></appconfig>",
        )),
        with: Removable,
        without: Removable,
    },
    Row {
        way: "OPPO: apps on the data partition that stay",
        properties: OPPO_8,
        folder: "data/app/App",
        list: Some(("system/etc/data_apps_cannot_be_uninstalled_17107", "org.example.app\n")),
        with: Fixed,
        without: Removable,
    },
    Row {
        way: "Huawei: the list of removable presets",
        properties: HUAWEI,
        folder: "cust/hw/normal/app/App",
        list: Some(("cust/hw/normal/xml/DelAPKInstallListEMUI5Release.txt", "PATH,sys\n")),
        with: Removable,
        without: Unknown,
    },
    Row {
        way: "Huawei: the list of fixed presets",
        properties: HUAWEI,
        folder: "cust/hw/normal/app/App",
        list: Some(("cust/hw/normal/xml/APKInstallListEMUI5Release.txt", "PATH,priv\n")),
        with: Fixed,
        without: Unknown,
    },
    place("Huawei: the folder of removable apps", HUAWEI, "system/delapp/App", Removable),
    place("Huawei: presets on the data partition", HUAWEI, "data/dataapp/App", Removable),
    place("Huawei: apps of the system partition", HUAWEI, "system/app/App", Fixed),
    Row {
        way: "Huawei: the list for sub-users is evidence, not a word",
        properties: HUAWEI,
        folder: "system/app/App",
        list: Some((
            "system/emui/base/xml/hw_subuser_delapps_config.xml",
            "<del_app_list><del_app packageName=\"org.example.app\"/></del_app_list>",
        )),
        with: Fixed,
        without: Fixed,
    },
    Row {
        way: "Honor: the list of removable presets",
        properties: HONOR,
        folder: "product_h/app/App",
        list: Some(("product_h/etc/xml/DelAPKInstallListRelease.txt", "PATH,nosys\n")),
        with: Removable,
        without: Unknown,
    },
    Row {
        way: "Honor: the list of fixed presets",
        properties: HONOR,
        folder: "product_h/app/App",
        list: Some(("product_h/etc/xml/APKInstallListRelease.txt", "PATH,sys\n")),
        with: Fixed,
        without: Unknown,
    },
    place("vivo: custom apps", VIVO, "system/custom/app/App", Removable),
    place("vivo: the older factory apps", VIVO, "system/vivo-apps/App", Removable),
    place("vivo: presets on the data partition", VIVO, "data/vgc/app/App", Removable),
    place("vivo: presets of the vendor partition", VIVO, "vendor/vgc/app/App", Unknown),
    Row {
        way: "vivo: system apps that the launcher may uninstall",
        properties: VIVO,
        folder: "system/app/App",
        list: Some(("system/etc/launcher_sys_app_uninstall_list.txt", "org.example.app\n")),
        with: Removable,
        without: Fixed,
    },
    Row {
        way: "vivo: system apps that stay",
        properties: VIVO,
        folder: "system/custom/app/App",
        list: Some(("system/etc/pm_not_uninstallable_sys_apps.txt", "org.example.app\n")),
        with: Fixed,
        without: Removable,
    },
    Row {
        way: "vivo: data apps that act as system apps",
        properties: VIVO,
        folder: "data/app/App",
        list: Some(("system/etc/pms_fake_system_flag_apps.txt", "org.example.app\n")),
        with: Fixed,
        without: Removable,
    },
    place("Samsung: hidden copies", SAMSUNG, "system/preload/App", Removable),
    place("Samsung: common copies", SAMSUNG, "product/preload/Common_app/App", Removable),
    place("Samsung: copies of one sales code", SAMSUNG, "prism/preload/TGY/hidden_app/App", Removable),
    place("Samsung: copies of a carrier", SAMSUNG, "system/carrier/preload/App", Removable),
    place("Samsung: apps of the prism partition", SAMSUNG, "prism/app/App", Fixed),
    place("Samsung: privileged apps of a carrier", SAMSUNG, "system/carrier/priv-app/App", Fixed),
    Row {
        way: "Samsung: the list of removable preloads speaks of the data partition",
        properties: SAMSUNG,
        folder: "system/app/App",
        list: Some(("system/etc/removable_preload.txt", "[App]\nname='org.example.app'\n")),
        with: Fixed,
        without: Fixed,
    },
    Row {
        way: "Samsung: the listing of image files is evidence, not a word",
        properties: SAMSUNG,
        folder: "system/preload/App",
        list: Some(("system/etc/irremovable_list.txt", "PATH/App.apk\n")),
        with: Removable,
        without: Removable,
    },
    place(
        "Transsion: which folders are removable is not established",
        TRANSSION,
        "tr_preload/app/App",
        Unknown,
    ),
    place("Transsion: apps of the system partition", TRANSSION, "system/app/App", Fixed),
    place("Meizu: third-party presets", MEIZU, "custom/3rd-party/apk/App", Removable),
    place(
        "Meizu: third-party presets of the vendor partition",
        MEIZU,
        "vendor/custom/3rd-party/apk2/App",
        Removable,
    ),
    place("Meizu: Google's apps", MEIZU, "custom/gms/apk/App", Removable),
    place("MediaTek: operator apps", MEDIATEK, "vendor/operator/app/App", Removable),
    place(
        "MediaTek: operator apps below system/vendor",
        MEDIATEK,
        "system/vendor/operator/app/App",
        Removable,
    ),
    place("MediaTek: custom apps", MEDIATEK, "custom/app/App", Removable),
    Row {
        way: "MediaTek: the list of removable system apps, switched on",
        properties: MEDIATEK,
        folder: "system/app/App",
        list: Some(("system/etc/permissions/pms_sysapp_removable_system_list.txt", "org.example.app\n")),
        with: Removable,
        without: Unknown,
    },
    Row {
        way: "MediaTek: the list of removable vendor apps, switched on",
        properties: MEDIATEK,
        folder: "vendor/app/App",
        list: Some(("vendor/etc/permissions/pms_sysapp_removable_vendor_list.txt", "org.example.app\n")),
        with: Removable,
        without: Unknown,
    },
    Row {
        way: "MediaTek: the list of removable system apps, switched off",
        properties: MEDIATEK_OFF,
        folder: "system/app/App",
        list: Some(("system/etc/permissions/pms_sysapp_removable_system_list.txt", "org.example.app\n")),
        with: Fixed,
        without: Fixed,
    },
    place("Unisoc: preloaded apps of the system partition", UNISOC, "system/preloadapp/App", Removable),
    place("Unisoc: preloaded apps of the product partition", UNISOC, "product/preloadapp/App", Removable),
    place("Unisoc: vital apps", UNISOC, "system/vital-app/App", Removable),
    place("Rockchip: presets that stay", ROCKCHIP, "vendor/bundled_persist-app/App", Fixed),
    place("Rockchip: presets that come back", ROCKCHIP, "odm/bundled_uninstall_back-app/App", Removable),
    place(
        "Rockchip: presets that are gone for good",
        ROCKCHIP,
        "oem/bundled_uninstall_gone-app/App",
        Removable,
    ),
    place("ZTE: old preset folders", ZTE, "system/preset_apps/App", Unknown),
    place("Lenovo: old preset folders", LENOVO, "system/pre-install/App", Unknown),
    place("any maker: the folder of removable apps", ZTE, "system/delapp/App", Removable),
    place("any maker: the reserve folder", LENOVO, "system/reserve/App", Unknown),
    place("any maker: customisation", LENOVO, "system/etc/customization/applications/App", Unknown),
    place("Google: apps of the product partition", GOOGLE, "product/app/App", Fixed),
    place("Google: privileged apps of the product partition", GOOGLE, "product/priv-app/App", Fixed),
    place("Google: privileged apps of system_ext", GOOGLE, "system_ext/priv-app/App", Fixed),
    place("Google: a stub for a compressed app", GOOGLE, "product/app/App-Stub", Fixed),
    place(
        "Play Auto Installs: the stub of the configuration",
        GOOGLE,
        "product/app/PlayAutoInstallConfig",
        Fixed,
    ),
    place("Play Auto Installs: what it installs", GOOGLE, "data/app/App", Removable),
    Row {
        way: "OpenHarmony: the install list says removable",
        properties: "const.product.software.version=OpenHarmony 5.0\n",
        folder: "system/app/App",
        list: Some((
            "system/etc/app/install_list.json",
            "{\"install_list\":[{\"app_dir\":\"PATH\",\"removable\":true}]}",
        )),
        with: Removable,
        without: Fixed,
    },
    Row {
        way: "OpenHarmony: the install list says not removable",
        properties: "const.product.software.version=OpenHarmony 5.0\n",
        folder: "system/app/App",
        list: Some((
            "system/etc/app/install_list.json",
            "{\"install_list\":[{\"app_dir\":\"PATH\",\"removable\":false}]}",
        )),
        with: Fixed,
        without: Fixed,
    },
];

/// Judges the one app of a tree made from a row.
fn judge(row: &Row, with_list: bool) -> Removability {
    let apk = row.folder.rsplit('/').next().unwrap();
    let mut tree = Tree::new()
        .file("system/build.prop", row.properties)
        .apk("system/framework/framework-res.apk", "android")
        .apk(&format!("{}/{apk}.apk", row.folder), "org.example.app");
    if let (true, Some((path, text))) = (with_list, row.list) {
        tree = tree.file(path, text.replace("PATH", &format!("/{}", row.folder)));
    }
    let inventory = Inventory::new(read(tree.root(), &ReadOptions::default(), &Silent).unwrap());
    let at = inventory.packages().iter().position(|package| package.name.as_str() == "org.example.app");
    let at = at.unwrap_or_else(|| panic!("{}: the app was not read: {:?}", row.way, inventory.unread()));
    removability(&inventory, Conventions::built_in()).swap_remove(at)
}

#[test]
fn each_way_of_each_maker_has_its_verdict_with_the_list_and_without() {
    let mut wrong = Vec::new();
    for row in ROWS {
        for (with_list, expected) in [(true, row.with), (false, row.without)] {
            let said = judge(row, with_list);
            if said.verdict != expected {
                let list = if with_list { "with" } else { "without" };
                wrong.push(format!("{} ({list} the list): expected {}, {said:?}", row.way, expected.id()));
            }
            assert!(!said.decided_by.is_empty(), "{}: nothing named that decided", row.way);
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}

#[test]
fn a_verdict_that_a_list_would_turn_names_it_as_missing() {
    for row in ROWS.iter().filter(|row| row.list.is_some() && row.with == Removable) {
        let said = judge(row, false);
        if said.verdict == Fixed {
            assert!(!said.missing.is_empty(), "{}: {said:?}", row.way);
        }
    }
}
