//! The script of a plan, run on generated trees: the tree then reads as the plan said, and undo brings every byte back,
//! also after the script was killed at any entry of its journal.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use keepone::audit::{AuditOptions, audit};
use keepone::classify::{Classification, Scope};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::plan::kind::StepKind;
use keepone::plan::{self, Form, Judged, Plan, StepCosts};
use keepone::removability::removability;
use keepone::source::snapshot::Snapshot;
use keepone::source::{self, ReadOptions, Silent, count};

use crate::firmware::Tree;
use crate::phones::profile;

fn read(tree: &Tree) -> Inventory {
    Inventory::new(source::read(tree.root(), &ReadOptions::default(), &Silent).unwrap())
}

/// The plan of a tree whose every package is an app of no group, so that each has to become removable.
fn plan_of(inventory: &Inventory) -> Plan {
    let app = Classification { scope: Scope::InScope, groups: Vec::new(), undecided: Vec::new() };
    let classifications = vec![app; inventory.packages().len()];
    let removabilities = removability(inventory, Conventions::built_in());
    let profile = profile("tc260-2021-draft");
    let audit = audit(inventory, &classifications, &removabilities, &profile, &AuditOptions::default());
    let judged = Judged {
        inventory,
        classifications: &classifications,
        removabilities: &removabilities,
        profile: &profile,
        audit: &audit,
    };
    plan::plan(&judged, Conventions::built_in(), StepCosts::built_in())
}

/// A tree beside the script that repairs it.
struct Workshop {
    tree: Tree,
    /// Holds the script, outside the tree.
    bench: tempfile::TempDir,
    before: Inventory,
    plan: Plan,
}

impl Workshop {
    fn new(tree: Tree) -> Self {
        let before = read(&tree);
        let plan = plan_of(&before);
        let bench = tempfile::tempdir().unwrap();
        fs::write(bench.path().join("plan.sh"), plan::emit(&plan, &before, Form::Script).unwrap()).unwrap();
        Self { tree, bench, before, plan }
    }

    fn journal(&self) -> PathBuf {
        self.bench.path().join("journal")
    }

    fn command(&self, shell: &[&str], words: &[&str]) -> Command {
        let mut command = Command::new(shell[0]);
        command.args(&shell[1..]).arg(self.bench.path().join("plan.sh"));
        command.arg("--journal").arg(self.journal()).args(words).arg(self.tree.root());
        command
    }

    fn run(&self, shell: &[&str], words: &[&str]) -> Output {
        self.command(shell, words).output().unwrap()
    }

    fn must(&self, shell: &[&str], words: &[&str]) -> String {
        let output = self.run(shell, words);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && err.is_empty(), "{shell:?} {words:?}: {:?} {err}", output.status);
        String::from_utf8(output.stdout).unwrap()
    }
}

const SHELLS: [&[&str]; 2] = [&["sh"], &["bash", "--posix"]];

/// Everything below a folder: the bytes of files, the targets of links, folders as they are.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            let bytes = match (kind.is_dir(), kind.is_symlink()) {
                (true, _) => {
                    open.push(path.clone());
                    None
                }
                (_, true) => Some(fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes()),
                _ => Some(fs::read(&path).unwrap()),
            };
            all.insert(path, bytes);
        }
    }
    all
}

/// A snapshot without what a computed state cannot have: places inside the source, digests, the mark of a derivation.
fn comparable(inventory: &Inventory) -> Snapshot {
    let mut snapshot = inventory.snapshot().clone();
    snapshot.derived = None;
    snapshot.packages.iter_mut().for_each(|package| package.source_path = None);
    snapshot.maker_lists.iter_mut().for_each(|list| list.sha256 = None);
    count::seal(&mut snapshot);
    snapshot
}

const MIUI: &str = "ro.miui.ui.version.name=V12\nro.build.version.sdk=30\n";

fn moving(system: &str) -> Tree {
    Tree::new()
        .file(&format!("{system}/build.prop"), MIUI)
        .apk(&format!("{system}/app/Plain/Plain.apk"), "com.example.plain")
        .file(&format!("{system}/app/Plain/oat/arm64/Plain.odex"), "odex")
        .apk(&format!("{system}/priv-app/It's $(touch pwned) `id` \"x\"\\/a b.apk"), "com.example.quotes")
        .apk(&format!("{system}/priv-app/-n 中文/base.apk"), "com.example.dash")
        .split(&format!("{system}/priv-app/-n 中文/split_config.xx.apk"), "com.example.dash", "config.xx")
        .apk(&format!("{system}/app/Loose.apk"), "com.example.loose")
        .apk(&format!("{system}/app/Shared/One.apk"), "com.example.one")
        .apk(&format!("{system}/app/Shared/Two.apk"), "com.example.two")
        .apk("product/data-app/Plain/Plain.apk", "com.example.removable")
}

const LIST: &str = "system/etc/permissions/pms_sysapp_removable_system_list.txt";

fn mediatek(switch: &str) -> Tree {
    Tree::new()
        .file("system/build.prop", "ro.vendor.mediatek.platform=MT6765\nro.build.version.sdk=30\n")
        .file("vendor/build.prop", format!("ro.x=1\npersist.vendor.pms_removable={switch}\nro.y=2"))
        .apk("system/app/Fixed/Fixed.apk", "com.example.fixed")
        .apk("system/app/More/More.apk", "com.example.more")
        .apk("system/priv-app/Other/Other.apk", "com.example.other")
}

/// Android 4.4, which knows no app folders.
fn flat() -> Tree {
    Tree::new()
        .file("system/build.prop", "ro.build.version.sdk=19\n")
        .apk("system/app/One.apk", "com.example.one")
        .apk("system/app/Two.apk", "com.example.two")
        .apk("data/app/Two.apk", "com.example.taken")
}

/// A maker's list that is read already, without a line break at its end.
fn listing() -> Tree {
    mediatek("1")
        .file(LIST, "com.example.known\r\ncom.example.last")
        .apk("system/app/Known/Known.apk", "com.example.known")
}

/// No list, and the switch for it off.
fn switching() -> Tree {
    mediatek("0")
}

#[test]
fn the_tree_reads_afterwards_as_the_plan_said_and_undo_brings_every_byte_back() {
    for tree in
        [moving("system"), moving("system/system"), moving("system_a"), listing(), switching(), flat()]
    {
        let shop = Workshop::new(tree);
        assert!(shop.plan.steps.len() >= 2, "{:#?}", shop.plan);
        assert!(shop.plan.cannot_repair.is_empty(), "{:#?}", shop.plan.cannot_repair);
        let expected = Inventory::new(plan::apply(&shop.before, &shop.plan, None));
        let before = contents(shop.tree.root());
        for shell in SHELLS {
            let shown = shop.must(shell, &[]);
            assert!(shown.contains("Nothing was changed") && !shop.journal().exists(), "{shown}");
            assert_eq!(contents(shop.tree.root()), before, "a dry run changes nothing");

            shop.must(shell, &["--apply"]);
            assert_eq!(comparable(&read(&shop.tree)), comparable(&expected));
            let after = contents(shop.tree.root());
            assert_ne!(after, before);
            assert!(plan_of(&read(&shop.tree)).is_empty(), "nothing is left to do");

            assert_eq!(shop.run(shell, &["--apply"]).status.code(), Some(1), "never twice");
            shop.must(shell, &["--undo"]);
            assert_eq!(contents(shop.tree.root()), after, "a dry undo changes nothing");
            shop.must(shell, &["--undo", "--apply"]);
            assert_eq!(contents(shop.tree.root()), before);
            assert!(!shop.journal().exists());
        }
    }
}

#[test]
fn killed_at_any_entry_of_its_journal_it_can_be_undone() {
    for tree in [moving("system/system"), listing(), switching()] {
        let shop = Workshop::new(tree);
        let before = contents(shop.tree.root());
        // The script calls sync after every entry; this one ends the script the n-th time.
        let tools = tempfile::tempdir().unwrap();
        let sync = tools.path().join("sync");
        fs::write(
            &sync,
            "#!/bin/sh\nn=$(cat \"$COUNT\")\nn=$((n - 1))\necho $n >\"$COUNT\"\n[ $n -gt 0 ] || kill -9 $PPID\n",
        )
        .unwrap();
        fs::set_permissions(&sync, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap());
        let mut kills = 0;
        for entry in 1.. {
            let count = tools.path().join("count");
            fs::write(&count, entry.to_string()).unwrap();
            let mut command = shop.command(SHELLS[0], &["--apply"]);
            if command.env("PATH", &path).env("COUNT", &count).output().unwrap().status.success() {
                shop.must(SHELLS[0], &["--undo", "--apply"]);
                break;
            }
            kills += 1;
            shop.must(SHELLS[0], &["--undo", "--apply"]);
            assert_eq!(contents(shop.tree.root()), before, "killed at entry {entry}");
        }
        assert_eq!(contents(shop.tree.root()), before);
        let moves = |step: &&keepone::plan::step::Step| step.kind != StepKind::HandOverRole;
        assert!(kills > 2 * shop.plan.steps.iter().filter(moves).count(), "{kills}");
    }
}

#[test]
fn a_condition_that_does_not_hold_stops_it_before_anything_changes() {
    let shop = Workshop::new(moving("system"));
    let last = shop.tree.place("product/data-app/Loose/Loose.apk");
    fs::create_dir_all(&last).unwrap();
    let before = contents(shop.tree.root());
    let output = shop.run(SHELLS[0], &["--apply"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("something lies there already: /product/data-app/Loose/Loose.apk"), "{said}");
    assert_eq!(contents(shop.tree.root()), before);
    fs::remove_dir(&last).unwrap();

    fs::remove_dir_all(shop.tree.place("system/app/Plain")).unwrap();
    assert_eq!(shop.run(SHELLS[0], &["--apply"]).status.code(), Some(1));
}

#[test]
fn a_link_never_leads_it_out_of_the_tree() {
    let shop = Workshop::new(moving("system"));
    let outside = tempfile::tempdir().unwrap();
    fs::remove_dir_all(shop.tree.place("product")).unwrap();
    std::os::unix::fs::symlink(outside.path(), shop.tree.place("product")).unwrap();
    let output = shop.run(SHELLS[0], &["--apply"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("leads out of the tree"), "{said}");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn wrong_use_is_told() {
    let shop = Workshop::new(moving("system"));
    let script = shop.bench.path().join("plan.sh");
    let run = |words: &[&str]| Command::new("sh").arg(&script).args(words).output().unwrap();
    for words in [&[] as &[&str], &["--fast", "/tmp"], &["/no/such/folder"], &["/tmp", "/tmp"], &["/"]] {
        let output = run(words);
        assert_eq!(output.status.code(), Some(3), "{words:?}");
        assert!(!output.stderr.is_empty());
    }
    assert!(run(&["--help"]).status.success());
    // A journal of another plan is not undone.
    fs::create_dir(shop.journal()).unwrap();
    fs::write(shop.journal().join("log"), "plan 0\nbegin 1 0\n").unwrap();
    assert_eq!(shop.run(SHELLS[0], &["--undo", "--apply"]).status.code(), Some(1));
}

#[test]
fn an_app_without_a_folder_stays_without_one_where_the_release_knows_none() {
    let plan = plan_of(&read(&flat()));
    let to: Vec<&str> = plan.steps.iter().filter_map(|step| step.to.as_deref()).collect();
    assert_eq!(to, ["/data/app/One.apk", "/data/app/com.example.two.apk"]);
    let make = plan::emit(&plan, &read(&flat()), Form::Make).unwrap();
    assert!(
        make.contains("LOCAL_MODULE := One\n")
            && make.contains("LOCAL_MODULE_PATH := $(TARGET_OUT_DATA)/app\n")
    );
}

#[test]
fn a_switch_that_would_make_other_apps_removable_is_left_off() {
    let tree = mediatek("0").file(LIST, "com.example.more\n");
    let plan = plan_of(&read(&tree));
    assert!(
        plan.steps.len() == 3 && plan.steps.iter().all(|step| step.kind == StepKind::MoveToRemovableLocation)
    );
}

#[test]
fn a_path_with_a_line_break_is_refused_by_every_form() {
    // A tree is not read with such a path, but somebody may write a snapshot.
    let tree = Tree::new().file("system/build.prop", MIUI).apk("system/app/Evil/A.apk", "com.example.evil");
    let text = serde_json::to_string(read(&tree).snapshot()).unwrap().replace("Evil", "Ev\\nil");
    let before = Inventory::new(serde_json::from_str(&text).unwrap());
    let plan = plan_of(&before);
    assert_eq!(plan.steps.len(), 1, "{:?}", before.unread());
    for form in Form::ALL {
        let error = plan::emit(&plan, &before, form).unwrap_err();
        assert_eq!(error.package.as_str(), "com.example.evil");
        assert!(error.to_string().contains("Ev\\u{a}il"), "{error}");
    }
}

#[test]
fn build_files_refuse_what_they_cannot_quote_by_name() {
    let before = read(&moving("system"));
    let plan = plan_of(&before);
    for form in [Form::Make, Form::Soong] {
        let error = plan::emit(&plan, &before, form).unwrap_err();
        assert!(["com.example.quotes", "com.example.dash"].contains(&error.package.as_str()), "{error}");
        assert!(error.shown.is_ascii(), "{error}");
        let chinese = keepone::language::Localized::localized(&error, keepone::language::Language::Chinese);
        assert!(chinese.contains("无法安全写入"), "{chinese}");
    }
    let list = plan::emit(&plan, &before, Form::List).unwrap();
    assert!(list.contains("\n-/system/app/Plain/Plain.apk\n"), "{list}");
    assert!(list.contains("\n+/product/data-app/com.example.plain/Plain.apk\n"), "{list}");
}

#[test]
fn build_files_say_what_to_install_where() {
    let tree = Tree::new()
        .file("system/build.prop", format!("{MIUI}ro.system.build.fingerprint=x/y $(id)\\\n"))
        .apk("system/app/Clock/Clock.apk", "com.example.clock")
        .apk("system/priv-app/Notes/base.apk", "com.example.notes")
        .split("system/priv-app/Notes/split_config.xx.apk", "com.example.notes", "config.xx")
        .apk("product/data-app/Known/Known.apk", "com.example.known");
    let before = read(&tree);
    let plan = plan_of(&before);
    let head = "Made by keepone 0.1.0 for the profile tc260-2021-draft.";
    let device = "Device: x/y \\u{24}(id)\\u{5c}";
    let make = plan::emit(&plan, &before, Form::Make).unwrap();
    assert_eq!(
        make,
        format!(
            "# {head}\n# {device}\n\
             # Put this where the APKs lie, and take the modules out of where they are now.\n\
             # An app built from source needs LOCAL_MODULE_PATH in its own module instead.\n\
             \nLOCAL_PATH := $(call my-dir)\n\
             \ninclude $(CLEAR_VARS)\nLOCAL_MODULE := Clock\nLOCAL_SRC_FILES := Clock.apk\nLOCAL_MODULE_CLASS := APPS\n\
             LOCAL_MODULE_TAGS := optional\nLOCAL_MODULE_SUFFIX := $(COMMON_ANDROID_PACKAGE_SUFFIX)\n\
             LOCAL_CERTIFICATE := PRESIGNED\nLOCAL_DEX_PREOPT := false\n\
             LOCAL_MODULE_PATH := $(TARGET_OUT_PRODUCT)/data-app\ninclude $(BUILD_PREBUILT)\n\
             \ninclude $(CLEAR_VARS)\nLOCAL_MODULE := Notes\nLOCAL_SRC_FILES := base.apk\nLOCAL_MODULE_CLASS := APPS\n\
             LOCAL_MODULE_TAGS := optional\nLOCAL_MODULE_SUFFIX := $(COMMON_ANDROID_PACKAGE_SUFFIX)\n\
             LOCAL_CERTIFICATE := PRESIGNED\nLOCAL_DEX_PREOPT := false\n\
             LOCAL_MODULE_PATH := $(TARGET_OUT_PRODUCT)/data-app\nLOCAL_INSTALLED_MODULE_STEM := base.apk\n\
             LOCAL_PACKAGE_SPLITS := split_config.xx.apk\ninclude $(BUILD_PREBUILT)\n"
        )
    );
    let soong = plan::emit(&plan, &before, Form::Soong).unwrap();
    assert!(soong.starts_with(&format!("// {head}\n// {device}\n")), "{soong}");
    assert!(
        soong.contains(
            "\nprebuilt_any {\n    name: \"com.example.notes.split_config.xx.apk\",\n    src: \"split_config.xx.apk\",\n    \
             filename: \"split_config.xx.apk\",\n    relative_install_path: \"data-app/Notes\",\n    \
             product_specific: true,\n}\n"
        ),
        "{soong}"
    );
    let script = plan::emit(&plan, &before, Form::Script).unwrap();
    assert!(script.contains(&format!("# {device}\n")), "{script}");
    assert!(script.contains("1) move 1 '/system/app/Clock' '/product/data-app/Clock' ;;"), "{script}");
}
