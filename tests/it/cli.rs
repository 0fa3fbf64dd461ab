//! Every command as a user meets it: what goes to standard output, what to standard error, which status it ends with.

use std::process::Stdio;

use crate::program::{PHONE, Run, TABLET, command, finish, keepone, root};

/// A temporary folder and the path of a file in it, as text.
fn folder_with(name: &str, content: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// Asserts that a run refused its arguments or input: status 3, nothing on standard output, the words on standard error.
fn refused(arguments: &[&str], words: &[&str]) {
    let run = keepone(arguments);
    assert_eq!((run.status, run.stdout.as_str()), (3, ""), "{arguments:?}: {}", run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "{arguments:?}: {word:?} is not in:\n{}", run.stderr);
    }
}

#[test]
fn help_and_version_are_data() {
    for arguments in [["--help"], ["-h"], ["--version"], ["-V"]] {
        let run = keepone(&arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!run.stdout.is_empty());
    }
    assert_eq!(keepone(&["--version"]).stdout, concat!("keepone ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn without_arguments_the_help_is_told_and_nothing_is_done() {
    refused(&[], &["Usage: keepone <COMMAND>", "audit", "snapshot"]);
    refused(&["profile"], &["Usage: keepone profile <COMMAND>", "check"]);
}

#[test]
fn wrong_words_are_answered_with_the_right_ones() {
    refused(&["adit", "x"], &["error: there is no command adit", "hint: did you mean audit?"]);
    refused(&["audit", "x", "--profil", "y"], &["unexpected argument --profil", "did you mean --profile?"]);
    refused(
        &["audit", "x", "--format", "yaml"],
        &["yaml is no value for --format", "possible values: text, json"],
    );
    refused(&["audit", "x", "--lang", "fr"], &["fr is no value for --lang", "possible values: en, zh-CN"]);
    refused(&["plan", "x", "--emit", "cmake"], &["possible values: soong, make, script, list"]);
    refused(&["classify", "x", "--ignore-evidence", "nam"], &["did you mean name?"]);
    refused(&["audit"], &["error: missing: <SOURCE>", "hint: usage: keepone audit [OPTIONS] <SOURCE>"]);
    refused(&["diff", "x"], &["error: missing: <AFTER>"]);
    refused(&["audit", "x", "y"], &["unexpected argument y"]);
    refused(&["audit", "x", "-o"], &["--output <FILE> needs a value"]);
    refused(&["profile", "shw"], &["did you mean show?", "usage: keepone profile <COMMAND>"]);
}

#[test]
fn wrong_words_are_answered_in_chinese() {
    refused(
        &["adit", "--lang", "zh-CN"],
        &["错误：没有命令 adit", "提示：您是否想用 audit？", "提示：用法：keepone <命令>"],
    );
    refused(&["audit", "--lang=zh-CN"], &["错误：缺少：<来源>", "运行 `keepone audit --help` 了解更多"]);
    refused(&["audit", "absent", "--lang", "zh"], &["错误：", "absent", "提示："]);
}

#[test]
fn the_locale_chooses_the_language_and_the_argument_overrides_it() {
    let chinese = finish(command(&["audit"]).env("LANG", "zh_CN.UTF-8"));
    assert!(chinese.stderr.starts_with("错误："), "{}", chinese.stderr);
    let english = finish(command(&["--lang", "en", "audit"]).env("LC_ALL", "zh_CN.UTF-8"));
    assert!(english.stderr.starts_with("error: "), "{}", english.stderr);
}

#[test]
fn a_source_that_cannot_be_read_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let (_folder, text) = folder_with("phone.json", "{\"schema-version\": 1");
    let (_folder, newer) = folder_with("newer.json", "{\"schema-version\": 99}");
    let empty = empty.path().to_str().unwrap();
    for name in ["audit", "classify", "plan", "snapshot"] {
        refused(&[name, "no/such/place"], &["error: no/such/place does not exist", "hint: "]);
        refused(&[name, empty], &["is empty", "hint: "]);
        refused(&[name, &text], &["phone.json", "line 1", "hint: "]);
        refused(&[name, &newer], &["newer.json", "99", "hint: "]);
        refused(&[name, PHONE, "--expected", "no/such/list"], &["no/such/list"]);
    }
    refused(&["diff", PHONE, "no/such/place"], &["no/such/place does not exist"]);
}

#[test]
fn a_profile_that_is_not_there_is_answered_with_those_that_are() {
    refused(
        &["audit", PHONE, "-p", "tc260-02-2022"],
        &["there is no built-in profile tc260-02-2022", "did you mean tc260-002-2022?", "eu-dma-6-3"],
    );
    refused(
        &["audit", PHONE, "-p", "lab/none.toml"],
        &["failed to read lab/none.toml: no such file or folder"],
    );
    refused(&["audit", PHONE, "-p", "kr-tba", "-p", "eu-dma-6-3"], &["both state a rule"]);
}

#[test]
fn every_mistake_of_a_profile_is_shown_at_once() {
    let mistakes = "schema-version = 1\nextend = 'kr-tba'\n[[waiver]]\npackge = 'a.b'\nrequirement = ''\nuntil = 'soon'\n";
    let (_folder, path) = folder_with("lab.toml", mistakes);
    let run = keepone(&["profile", "check", &path]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    for word in ["extends", "packge", "package", "reason", "until", "lab.toml:2:1", "lab.toml:4:1", "^^^^"] {
        assert!(run.stdout.contains(word), "{word:?} is not in:\n{}", run.stdout);
    }
    refused(&["audit", PHONE, "-p", &path], &["packge", "until"]);
}

#[test]
fn a_layer_for_another_rule_is_not_passed_over_in_silence() {
    let (_folder, path) = folder_with("lab.toml", "schema-version = 1\nextends = 'kr-tba'\n");
    refused(&["audit", PHONE, "-p", "eu-dma-6-3", "-p", &path], &["adds to kr-tba", "eu-dma-6-3"]);
    assert_eq!(keepone(&["profile", "check", &path]).status, 0);
}

#[test]
fn a_layer_is_named_in_the_first_lines_of_a_verdict() {
    let layer = "schema-version = 1\nextends = 'tc260-2021-draft'\n[[waiver]]\npackage = 'cn.com.fetion'\n\
                 requirement = 'R1-1'\nreason = 'carrier contract'\n";
    let (_folder, path) = folder_with("lab.toml", layer);
    let run = keepone(&["audit", PHONE, "-p", &path, "-v"]);
    let head: String = run.stdout.lines().take(9).collect::<Vec<_>>().join("\n");
    assert!(head.contains("lab.toml") && head.contains("sha256") && head.contains("1 waiver"), "{head}");
    assert!(run.stdout.contains("accepted: carrier contract"), "{}", run.stdout);
}

#[test]
fn the_status_tells_the_verdict() {
    let status = |arguments: &[&str]| {
        let run = keepone(arguments);
        assert_eq!(run.stderr, "", "{arguments:?}");
        run.status
    };
    assert_eq!(status(&["audit", PHONE]), 1);
    assert_eq!(status(&["plan", PHONE]), 1);
    // Something was not read, which classify and snapshot do not judge but never call whole.
    assert_eq!(status(&["classify", PHONE]), 2);
    assert_eq!(status(&["snapshot", PHONE]), 2);
    assert_eq!(status(&["audit", PHONE, "-p", "eu-dma-6-3"]), 2);
    assert_eq!(status(&["explain", "pass"]), 0);
    assert_eq!(status(&["explain", "com.android.mms", PHONE]), 0);
    assert_eq!(status(&["profile", "list"]), 0);
    assert_eq!(status(&["profile", "show", "kr-tba"]), 0);
}

#[test]
fn a_phone_that_was_read_whole_and_keeps_the_rule_ends_with_zero() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (phone, repaired) = (path("phone.json"), path("repaired.json"));
    std::fs::write(&phone, serde_json::to_string(&crate::phones::whole(crate::phones::ZTE)).unwrap())
        .unwrap();
    assert_eq!(keepone(&["classify", &phone]).status, 0);
    assert_eq!(keepone(&["snapshot", &phone]).status, 0);
    assert_eq!(keepone(&["plan", &phone, "--derived", &repaired]).status, 1);
    let run = keepone(&["audit", &repaired]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(run.stdout.contains("\nCOMPLIANT: "), "{}", run.stdout);
    assert!(run.stdout.contains("no reading of a device: computed (plan applied, profile tc260-2021-draft)"));
    let run = keepone(&["plan", &repaired]);
    assert!(run.status == 0 && run.stdout.contains("NOTHING TO DO"), "{}", run.stdout);
    // Worse one way, not worse the other way, and the same as itself.
    assert_eq!(keepone(&["diff", &phone, &repaired]).status, 0);
    assert_eq!(keepone(&["diff", &repaired, &phone]).status, 1);
    assert_eq!(keepone(&["diff", &phone, &phone]).status, 0);
    // What was not read could hold anything.
    assert_eq!(keepone(&["diff", PHONE, PHONE]).status, 2);
}

#[test]
fn both_formats_have_the_same_counts_and_the_same_status() {
    for phone in [PHONE, TABLET] {
        for profile in ["tc260-2021-draft", "miit-cac-2022-269", "kr-tba"] {
            let text = keepone(&["audit", phone, "-p", profile]);
            let json = keepone(&["audit", phone, "-p", profile, "--format", "json"]);
            assert_eq!(text.status, json.status);
            let result: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
            let summary = &result["summary"];
            let held = format!(
                "{} apps in scope, {} of them non-uninstallable",
                summary["in-scope"], summary["non-uninstallable"]
            );
            assert!(text.stdout.contains(&held), "{held:?} is not in:\n{}", text.stdout);
            let word = match summary["outcome"].as_str().unwrap() {
                "fail" => "NOT COMPLIANT: ",
                "unknown" => "NOT DECIDED: ",
                other => panic!("{other}"),
            };
            assert!(text.stdout.contains(word), "{word:?} is not in:\n{}", text.stdout);
        }
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let runs: [&[&str]; 9] = [
        &["audit", PHONE],
        &["audit", PHONE, "--format", "json"],
        &["classify", TABLET, "--verbose"],
        &["classify", TABLET, "--format", "json"],
        &["plan", PHONE, "--format", "json"],
        &["plan", PHONE, "--emit", "script"],
        &["diff", PHONE, TABLET, "--format", "json"],
        &["snapshot", TABLET],
        &["explain", "com.android.contacts", PHONE],
    ];
    for arguments in runs {
        assert_eq!(keepone(arguments), keepone(arguments), "{arguments:?}");
    }
}

#[test]
fn a_snapshot_of_a_snapshot_is_the_snapshot() {
    let committed = std::fs::read_to_string(root().join(PHONE)).unwrap();
    let again: serde_json::Value = serde_json::from_str(&keepone(&["snapshot", PHONE]).stdout).unwrap();
    assert_eq!(again, serde_json::from_str::<serde_json::Value>(&committed).unwrap());
}

#[test]
fn a_result_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("result.json");
    let name = path.to_str().unwrap();
    let run = keepone(&["audit", PHONE, "--format", "json", "-o", name]);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (1, "", ""));
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        keepone(&["audit", PHONE, "--format", "json"]).stdout
    );
    // A run that fails leaves the file of the run before.
    assert_eq!(keepone(&["audit", "no/such/place", "--format", "json", "-o", name]).status, 3);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with('{'));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    refused(
        &["audit", PHONE, "-o", "no/such/folder/x"],
        &["failed to write no/such/folder/x: no such file or folder"],
    );
    refused(&["audit", PHONE, "-o", folder.path().to_str().unwrap()], &["it is a folder"]);
    assert_eq!(keepone(&["profile", "list", "-o", "-"]).stdout, keepone(&["profile", "list"]).stdout);
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let mut child = command(&["classify", TABLET, "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(2), "the status is still that of the result");
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    for name in ["audit", "classify", "plan"] {
        let Run { stdout, stderr, .. } = keepone(&[name, PHONE]);
        assert!(!stdout.contains('\u{1b}') && !stderr.contains('\u{1b}'), "{name}");
    }
}

#[test]
fn a_package_is_explained_with_its_source_and_found_by_a_near_name() {
    refused(
        &["explain", "com.android.mms"],
        &["together with its source: keepone explain com.android.mms SOURCE"],
    );
    refused(
        &["explain", "com.android.mmss", PHONE],
        &["did you mean com.android.mms?", "10 things of the source were not read"],
    );
    refused(&["explain", "too-many"], &["nothing to explain under too-many", "finding codes: "]);
    let run = keepone(&["explain", "com.android.mms", PHONE]);
    for word in
        ["text messages", "member", "on a system partition", "What would change it", "tc260-2021-draft"]
    {
        assert!(run.stdout.contains(word), "{word:?} is not in:\n{}", run.stdout);
    }
    let run = keepone(&["explain", "com.google.android.documentsui", TABLET]);
    assert!(
        run.stdout.contains("without its base APK") && run.stdout.contains("only its name"),
        "{}",
        run.stdout
    );
    let run = keepone(&["explain", "R1-2"]);
    assert!(run.stdout.contains("tc260-2021-draft"), "{}", run.stdout);
    let run = keepone(&["explain", "phone-calls"]);
    assert!(run.stdout.contains("miit-cac-2022-269"), "{}", run.stdout);
}

#[test]
fn the_plan_is_written_in_every_form() {
    for form in ["make", "script", "list"] {
        let run = keepone(&["plan", PHONE, "--emit", form]);
        assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{form}");
        assert!(
            run.stdout.contains("cn.com.fetion") || run.stdout.contains("fetion_RK"),
            "{form}:\n{}",
            run.stdout
        );
    }
    // Soong cannot install into this phone's removable place: said, with the forms that can, and nothing written.
    refused(
        &["plan", PHONE, "--emit", "soong"],
        &["cannot be written as soong", "make, script and list can"],
    );
    assert_eq!(keepone(&["plan", TABLET, "--emit", "soong"]).status, 1);
    refused(&["plan", PHONE, "--emit", "list", "--format", "json"], &["--emit", "--format"]);
}

#[test]
fn a_wrong_date_in_the_environment_is_refused() {
    let run = finish(command(&["audit", PHONE]).env("SOURCE_DATE_EPOCH", "yesterday"));
    assert_eq!((run.status, run.stdout.as_str()), (3, ""));
    assert!(run.stderr.contains("SOURCE_DATE_EPOCH is yesterday"), "{}", run.stderr);
}

#[test]
fn evidence_can_be_left_out_of_account() {
    let groups = |ignored: &[&str]| {
        let run = keepone(&[&["classify", PHONE, "--format", "json"], ignored].concat());
        let result: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let kinds = |group: &serde_json::Value| -> Vec<String> {
            let evidence = group["evidence"].as_array().unwrap().iter();
            evidence.map(|evidence| evidence["kind"].as_str().unwrap().to_owned()).collect()
        };
        let packages = result["packages"].as_array().unwrap();
        let groups = packages.iter().flat_map(|package| package["groups"].as_array().unwrap());
        (groups.flat_map(kinds).collect::<Vec<_>>(), result["ignored-evidence"].clone())
    };
    let (all, ignored) = groups(&[]);
    assert!(all.iter().any(|kind| kind == "name") && ignored == serde_json::json!([]));
    let (some, ignored) = groups(&["--ignore-evidence", "name,label"]);
    assert!(!some.is_empty() && !some.iter().any(|kind| kind == "name" || kind == "label"));
    assert_eq!(ignored, serde_json::json!(["name", "label"]));
}
