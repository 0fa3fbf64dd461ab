//! Bad input gets a clear message with the file, the place and what was expected; one bad file never stops a run and
//! never disappears.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use keepone::language::{Language, Localized};
use keepone::source::error::Family;
use keepone::source::snapshot::{Snapshot, SourceKind};
use keepone::source::unread::{UnreadKind, UnreadReason};
use keepone::source::{self, Error, ReadOptions, Silent};

use crate::firmware::{Tree, apk, huge_apk, manifest};

fn read(path: &Path) -> Result<Snapshot, Error> {
    source::read(path, &ReadOptions::default(), &Silent)
}

/// The error of a source that cannot be read: its family, and its message with the path left out, in both languages.
fn refused(path: &Path) -> (Family, String, String) {
    describe(path, &read(path).unwrap_err())
}

fn describe(path: &Path, error: &Error) -> (Family, String, String) {
    let said = |language| error.localized(language).replace(path.to_str().unwrap(), "PATH");
    assert!(!error.localized(Language::Chinese).contains("{path}"), "{error}");
    assert!(!error.hint().en.is_empty() && !error.hint().zh.is_empty());
    (error.family(), said(Language::English), said(Language::Chinese))
}

fn owned(family: Family, en: &str, zh: &str) -> (Family, String, String) {
    (family, en.to_owned(), zh.to_owned())
}

/// The reason for the only unread entry, beside the good package that every such tree holds.
fn one_unread(tree: &Tree) -> (UnreadKind, String, UnreadReason) {
    let snapshot = read(tree.root()).unwrap();
    let names: Vec<&str> = snapshot.packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(names, ["com.good"], "the good package is read beside the bad file");
    assert_eq!(snapshot.unread.len(), 1, "{:?}", snapshot.unread);
    let unread = snapshot.unread.into_iter().next().unwrap();
    assert!(
        !unread.reason.localized(Language::English).is_empty()
            && !unread.reason.localized(Language::Chinese).is_empty()
    );
    (unread.kind, unread.path, unread.reason)
}

fn good() -> Tree {
    Tree::new().apk("system/app/Good/Good.apk", "com.good")
}

#[test]
fn a_missing_path_is_said_to_be_missing() {
    let path = Path::new("no/such/place");
    assert_eq!(refused(path), owned(Family::Unavailable, "PATH does not exist", "PATH 不存在"));
}

#[test]
fn an_empty_folder_is_said_to_be_empty() {
    let tree = Tree::new();
    assert_eq!(
        refused(tree.root()),
        owned(Family::Malformed, "the folder PATH is empty", "目录 PATH 是空的")
    );
    assert!(
        read(tree.root()).unwrap_err().hint().en.contains("system/app"),
        "the hint says what a firmware root holds"
    );
}

#[test]
fn a_tree_without_any_apk_says_how_much_was_seen() {
    let tree = Tree::new().file("system/build.prop", "ro.build.id=x\n").file("readme", "x");
    let en = "no APK lies under PATH (2 files were seen)";
    assert_eq!(refused(tree.root()), owned(Family::Malformed, en, "PATH 下没有任何 APK（共见到 2 个文件）"));
}

#[test]
fn sources_that_are_not_read_say_what_to_do() {
    let tree = Tree::new()
        .file("a.img", [0x3a, 0xff, 0x26, 0xed])
        .file("payload.bin", "CrAU")
        .file("bundle.apks", "PK\x03\x04")
        .file("notes", "hello");
    for (name, en) in [
        ("a.img", "PATH is an image or an OTA package, which is not read"),
        ("payload.bin", "PATH is an image or an OTA package, which is not read"),
        ("bundle.apks", "PATH is a bundle of APKs, which is not read"),
        ("notes", "PATH is a file of no known kind, which is not read"),
    ] {
        let (family, said, _) = refused(&tree.place(name));
        assert_eq!((family, said.as_str()), (Family::Unsupported, en));
    }
}

#[test]
fn a_device_without_an_adb_program_says_what_to_do() {
    let options = ReadOptions { adb: Some("/nowhere/adb".into()), ..ReadOptions::default() };
    for address in ["adb:", "adb:emulator-5554"] {
        let error = source::read(Path::new(address), &options, &Silent).unwrap_err();
        assert_eq!(error.family(), Family::Unavailable);
        assert_eq!(error.to_string(), "failed to run /nowhere/adb");
        assert!(error.localized(Language::Chinese).starts_with("运行 /nowhere/adb 失败："));
        assert!(error.hint().en.contains("adb program"));
    }
}

#[test]
fn a_kind_that_does_not_fit_is_refused() {
    let tree = good();
    let options = |kind| ReadOptions { kind: Some(kind), ..ReadOptions::default() };
    let error = source::read(tree.root(), &options(SourceKind::Snapshot), &Silent).unwrap_err();
    assert_eq!(describe(tree.root(), &error).1, "PATH is no snapshot file");
    let file = tree.place("system/app/Good/Good.apk");
    let error = source::read(&file, &options(SourceKind::Tree), &Silent).unwrap_err();
    assert_eq!(
        describe(&file, &error),
        owned(
            Family::Unsupported,
            "PATH is no folder with an unpacked firmware",
            "PATH 不是已解包固件的目录"
        )
    );
    // An APK under another name is read when it is said to be one.
    fs::rename(&file, tree.place("file")).unwrap();
    let snapshot = source::read(&tree.place("file"), &options(SourceKind::Apk), &Silent).unwrap();
    assert_eq!(snapshot.packages[0].name.as_str(), "com.good");
}

#[test]
fn a_broken_snapshot_is_shown_with_line_and_column() {
    let tree = Tree::new()
        .file("cut.json", "{\n  \"schema-version\": 1,\n  \"tool\": \"keep")
        .file("other.json", "{\"packages\": []}")
        .file("list.json", "[1, 2]")
        .file("unknown.json", "{\"schema-version\": 1,\n \"verdict\": true}")
        .file("zero.json", "{\"schema-version\": 0}")
        .file("bytes.json", b"{\"schema-version\": 1, \"tool\": \"\xff\"}");
    for (name, en) in [
        ("cut.json", "line 3, column 15: EOF while parsing a string"),
        ("other.json", "line 1, column 16: missing field `schema-version`"),
        ("unknown.json", "line 2, column 10: unknown field `verdict`"),
        ("zero.json", "line 1, column 1: schema-version 0 does not exist"),
    ] {
        let (family, said, _) = refused(&tree.place(name));
        assert_eq!(family, Family::Malformed);
        assert!(said.starts_with("PATH is no valid snapshot: ") && said.contains(en), "{said}");
    }
    for name in ["list.json", "bytes.json"] {
        assert_eq!(refused(&tree.place(name)).0, Family::Malformed);
    }
}

#[test]
fn a_snapshot_of_a_newer_schema_says_which_version_is_read() {
    let newer = "{\"schema-version\": 2, \"tool\": \"keepone 9\", \"packages\": {\"of\": \"another shape\"}}";
    let tree = Tree::new().file("newer.json", newer);
    let en = "PATH has schema version 2, this program reads versions up to 1";
    assert_eq!(
        refused(&tree.place("newer.json")),
        owned(Family::Unsupported, en, "PATH 的格式版本为 2，本程序最高支持版本 1")
    );
}

#[test]
fn a_snapshot_beyond_the_limit_is_not_read() {
    let tree = Tree::new().file("huge.json", "{");
    fs::File::options().write(true).open(tree.place("huge.json")).unwrap().set_len(1 << 30).unwrap();
    let en = "PATH holds 1073741824 bytes, more than the 536870912 bytes that are read";
    assert_eq!(refused(&tree.place("huge.json")).1, en);
}

#[test]
fn a_list_of_expectations_must_be_there_and_name_something() {
    let tree = good().file("empty.txt", "# nothing\n\n");
    let refused = |list: &str| {
        let options = ReadOptions { expected: Some(tree.place(list)), ..ReadOptions::default() };
        describe(&tree.place(list), &source::read(tree.root(), &options, &Silent).unwrap_err()).1
    };
    assert_eq!(refused("empty.txt"), "the list PATH names no package and no path");
    assert_eq!(refused("absent.txt"), "PATH does not exist");
}

#[test]
fn a_truncated_archive_is_listed() {
    let whole = apk(&manifest("com.cut", None));
    let tree = good().file("system/app/Cut/Cut.apk", &whole[..whole.len() / 2]);
    let (kind, path, reason) = one_unread(&tree);
    assert_eq!((kind, path.as_str()), (UnreadKind::Package, "/system/app/Cut/Cut.apk"));
    assert!(matches!(&reason, UnreadReason::Malformed { part, .. } if part == "zip"), "{reason:?}");
}

#[test]
fn a_manifest_that_is_text_is_listed() {
    let tree = good().file("system/app/Text/Text.apk", apk(b"<manifest package=\"com.text\"/>"));
    let (_, _, reason) = one_unread(&tree);
    assert!(matches!(&reason, UnreadReason::Malformed { part, .. } if part == "manifest"), "{reason:?}");
}

#[test]
fn placeholders_are_told_from_apks() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    for content in ["", pointer] {
        let tree = good().file("product/overlay/Pointer.apk", content);
        let (kind, _, reason) = one_unread(&tree);
        let size = u64::try_from(content.len()).unwrap();
        assert_eq!((kind, reason), (UnreadKind::Overlay, UnreadReason::Placeholder { size }));
    }
    let tree = good().file("system/etc/sysconfig/x.xml", pointer);
    assert!(matches!(one_unread(&tree).2, UnreadReason::Placeholder { .. }));
}

#[test]
fn an_apk_of_three_gigabytes_is_read_by_position() {
    let tree = good();
    fs::create_dir_all(tree.place("system/app/Huge")).unwrap();
    huge_apk(&tree.place("system/app/Huge/Huge.apk"), 3_000_000_000, &manifest("com.huge", None));
    let snapshot = read(tree.root()).unwrap();
    assert_eq!(snapshot.packages[1].name.as_str(), "com.huge");
    assert_eq!(snapshot.unread, []);
    // The same size without an archive in it is no reason to stop, either.
    let holes = good().file("system/app/Hole/Hole.apk", "");
    let file = fs::File::options().write(true).open(holes.place("system/app/Hole/Hole.apk")).unwrap();
    file.set_len(3_000_000_000).unwrap();
    assert!(matches!(one_unread(&holes).2, UnreadReason::Malformed { .. }));
}

#[test]
fn links_that_lead_nowhere_are_listed() {
    for (path, target, kind) in [
        ("system/app/Loop", "Loop", UnreadKind::Folder),
        ("system/app/Back", "../..", UnreadKind::Folder),
        ("system/app/Gone", "/preset/Gone", UnreadKind::Folder),
        ("system/app/Gone.apk", "/preset/Gone.apk", UnreadKind::Package),
        ("system/etc/sysconfig/x.xml", "../gone.xml", UnreadKind::Config),
    ] {
        let (found, place, reason) = one_unread(&good().link(path, target));
        assert_eq!((found, place), (kind, format!("/{path}")));
        assert_eq!(reason, UnreadReason::Link { target: target.to_owned() });
    }
}

#[test]
fn links_out_of_the_source_are_listed_and_not_followed() {
    let outside = Tree::new().apk("app/Secret/Secret.apk", "com.secret");
    let target = outside.place("app").to_str().unwrap().to_owned();
    for path in ["product/app", "system/app/Out"] {
        let (kind, place, reason) = one_unread(&good().link(path, &target));
        assert_eq!((kind, place), (UnreadKind::Folder, format!("/{path}")));
        assert_eq!(reason, UnreadReason::Link { target: target.clone() });
    }
    let file = outside.place("app/Secret/Secret.apk");
    let (kind, ..) = one_unread(&good().link("system/app/Out.apk", file.to_str().unwrap()));
    assert_eq!(kind, UnreadKind::Package);
}

#[test]
fn paths_that_could_act_on_a_terminal_or_are_no_text_are_listed() {
    let (_, path, reason) = one_unread(&good().apk("system/app/New\nLine/a.apk", "com.bad"));
    assert_eq!(path, "/system/app/New\nLine/a.apk");
    assert_eq!(reason, UnreadReason::Unsupported { what: "a path with control characters".to_owned() });
    let tree = good();
    let name = std::ffi::OsStr::new(std::str::from_utf8(b"Bytes").unwrap());
    let mut bytes = std::os::unix::ffi::OsStrExt::as_bytes(name).to_vec();
    bytes.extend(b"\xff.apk");
    let name = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&bytes);
    fs::write(tree.place("system/app/Good").join(name), apk(&manifest("com.bad", None))).unwrap();
    let (kind, path, reason) = one_unread(&tree);
    assert_eq!((kind, path.as_str()), (UnreadKind::Package, "/system/app/Good/Bytes\u{fffd}.apk"));
    assert_eq!(reason, UnreadReason::PathNotUtf8);
    let said = read(Path::new("no\u{1b}[2Jwhere")).unwrap_err().localized(Language::English);
    assert!(!said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn a_pipe_named_like_an_apk_is_not_opened() {
    let tree = good();
    let pipe = tree.place("system/app/Good/Pipe.apk");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(matches!(one_unread(&tree).2, UnreadReason::Unsupported { .. }));
    assert_eq!(refused(&pipe).1, "PATH is a pipe, socket or device node, which is not read");
}

#[test]
fn folders_nested_too_deep_are_listed() {
    let deep = format!("system/{}a.apk", "d/".repeat(200));
    let (kind, _, reason) = one_unread(&good().apk(&deep, "com.deep"));
    assert_eq!(kind, UnreadKind::Folder);
    assert!(matches!(reason, UnreadReason::Unsupported { .. }));
}

#[test]
fn malformed_configuration_is_listed_with_its_line_and_what_stood_before_is_kept() {
    let cut = "<config>\n  <prevent-disable package=\"com.good\"/>\n  <prevent-disable package=\n</config>\n";
    let tree = good().file("system/etc/sysconfig/cut.xml", cut);
    let snapshot = read(tree.root()).unwrap();
    assert_eq!(snapshot.system_config.statements.len(), 1);
    let (kind, path, reason) = one_unread(&tree);
    assert_eq!((kind, path.as_str()), (UnreadKind::Config, "/system/etc/sysconfig/cut.xml"));
    assert!(matches!(&reason, UnreadReason::Malformed { part, at: 3, .. } if part == "xml"), "{reason:?}");
    for (bytes, what) in
        [(&b"ABX\0\x10"[..], "ABX"), (&b"\x03\0\x08\0\x10"[..], "AXML"), (&b"\xff\xfe<\0"[..], "UTF-16")]
    {
        let reason = one_unread(&good().file("system/etc/permissions/binary.xml", bytes)).2;
        assert!(
            matches!(&reason, UnreadReason::Unsupported { what: said } if said.contains(what)),
            "{reason:?}"
        );
    }
    for (text, line) in [("", 0), ("\n\n  ", 3), ("<a>\n<b>\n</a>", 3), ("<a>\n<b>", 2), ("<a>\n\u{fffd}", 2)]
    {
        let reason = one_unread(&good().file("vendor/etc/default-permissions/bad.xml", text)).2;
        match reason {
            UnreadReason::Malformed { at, .. } => assert_eq!(at, line, "{text:?}"),
            other => assert_eq!((other, line), (UnreadReason::Placeholder { size: 0 }, 0)),
        }
    }
}

#[test]
fn mistakes_in_a_makers_claims_are_shown_with_their_line() {
    let syntax = "schema-version = 1\n[[function]]\npackage = com.a\n";
    let newer = "schema-version = 2\n";
    let unknown = "schema-version = 1\n[[function]]\npackage = \"com.a\"\ngroups = []\nkeeper = true\n";
    for (text, line) in [(syntax, 3), (unknown, 5)] {
        let reason = one_unread(&good().file("product/etc/keepone/functions.toml", text)).2;
        assert!(
            matches!(&reason, UnreadReason::Malformed { part, at, .. } if part == "toml" && *at == line),
            "{reason:?}"
        );
    }
    let reason = one_unread(&good().file("product/etc/keepone/functions.toml", newer)).2;
    assert!(matches!(reason, UnreadReason::Unsupported { .. }));
}

/// The variable that tells the copy of this test that it runs without the rights of the superuser.
const TREE_WITHOUT_RIGHTS: &str = "KEEPONE_TEST_TREE_WITHOUT_RIGHTS";

#[test]
fn what_may_not_be_read_is_listed() {
    if let Some(root) = std::env::var_os(TREE_WITHOUT_RIGHTS) {
        return assert_unreadable_is_listed(Path::new(&root));
    }
    let tree = good()
        .apk("system/app/Closed/Closed.apk", "com.closed")
        .apk("system/app/Shut/Shut.apk", "com.shut")
        .file("system/etc/sysconfig/closed.xml", "<config/>");
    let mode =
        |path: &str, mode| fs::set_permissions(tree.place(path), fs::Permissions::from_mode(mode)).unwrap();
    mode("", 0o755);
    mode("system/app/Closed/Closed.apk", 0);
    mode("system/app/Shut", 0);
    mode("system/etc/sysconfig/closed.xml", 0);
    // The superuser reads everything: the assertions run in a copy of this program under another user id, which any
    // other user keeps.
    let program = tree.place("test-program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut copy = Command::new(&program);
    copy.args(["--exact", "bad_input::what_may_not_be_read_is_listed"]).env(TREE_WITHOUT_RIGHTS, tree.root());
    let superuser = fs::read(tree.place("system/app/Closed/Closed.apk")).is_ok();
    if superuser {
        copy.uid(65_534).gid(65_534);
    }
    let output = copy.output().unwrap();
    mode("system/app/Shut", 0o755);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn assert_unreadable_is_listed(root: &Path) {
    let snapshot = read(root).unwrap();
    let names: Vec<&str> = snapshot.packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(names, ["com.good"]);
    let unread: Vec<_> = snapshot.unread.iter().map(|unread| (unread.kind, unread.path.as_str())).collect();
    assert_eq!(
        unread,
        [
            (UnreadKind::Package, "/system/app/Closed/Closed.apk"),
            (UnreadKind::Config, "/system/etc/sysconfig/closed.xml"),
            (UnreadKind::Folder, "/system/app/Shut"),
        ]
    );
    let denied =
        |reason: &UnreadReason| matches!(reason, UnreadReason::Io { message } if message.contains("denied"));
    assert!(snapshot.unread.iter().all(|unread| denied(&unread.reason)));
    let file = root.join("system/app/Closed/Closed.apk");
    let (family, said, _) = refused(&file);
    assert_eq!(family, Family::Unavailable);
    assert!(said.starts_with("failed to read PATH: "), "{said}");
}
