//! APKs built by the platform's own tools: resources by `aapt2`, signatures by `apksigner`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use keepone::source::apk::{Wanted, read, strings_named};
use keepone::source::snapshot::{Label, Stated};
use tempfile::TempDir;

use crate::aapt2::{require, require_aapt2};

const FRAMEWORK: &str = "/usr/share/android-framework-res/framework-res.apk";

const WANTED: Wanted = Wanted { labels: true, digest: false, signers: true };

const MANIFEST: &str = r#"<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.built"
    android:versionCode="42" android:versionName="@string/version">
  <uses-sdk android:minSdkVersion="26" android:targetSdkVersion="29"/>
  <application android:label="@string/app" android:enabled="@bool/on" android:persistent="@bool/by_release">
    <activity android:name=".Main" android:label="@string/alias" android:exported="@bool/chained">
      <intent-filter android:priority="@integer/priority">
        <action android:name="android.intent.action.VIEW"/>
        <data android:scheme="@string/scheme" android:host="@string/app"/>
      </intent-filter>
    </activity>
    <provider android:name=".P" android:authorities="@string/authority" android:label="@string/untranslated"/>
  </application>
</manifest>"#;

const VALUES: [(&str, &str); 7] = [
    (
        "values",
        r#"<string name="app">Clock</string><string name="alias">@string/app</string><string name="scheme">clock</string>
        <string name="version">4.2</string><string name="authority">com.example.built.data</string>
        <string name="untranslated">Only so</string>
        <bool name="on">true</bool><bool name="chained">@bool/on</bool><bool name="by_release">false</bool>
        <integer name="priority">7</integer>"#,
    ),
    ("values-v28", r#"<bool name="by_release">true</bool>"#),
    ("values-en-rGB", r#"<string name="app">Clock (GB)</string>"#),
    ("values-zh-rTW", r#"<string name="app">時鐘</string>"#),
    ("values-zh-rCN", r#"<string name="app">时钟</string>"#),
    ("values-zh-rCN-land", r#"<string name="app">横屏时钟</string>"#),
    ("values-de", r#"<string name="app">Uhr</string>"#),
];

fn run(program: &str, arguments: &[&dyn AsRef<std::ffi::OsStr>], folder: &Path) -> String {
    let mut command = Command::new(program);
    command.current_dir(folder);
    for argument in arguments {
        command.arg(argument.as_ref());
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Builds the APK; `flags` go to the linker.
fn build(folder: &TempDir, flags: &[&str]) -> PathBuf {
    require_aapt2();
    require("dpkg", &["-s", "android-framework-res"], "android-framework-res");
    let root = folder.path();
    std::fs::write(root.join("AndroidManifest.xml"), MANIFEST).unwrap();
    for (name, values) in VALUES {
        std::fs::create_dir_all(root.join("res").join(name)).unwrap();
        let text = format!("<resources>{values}</resources>");
        std::fs::write(root.join("res").join(name).join("values.xml"), text).unwrap();
    }
    run("aapt2", &[&"compile", &"--dir", &"res", &"-o", &"compiled.zip"], root);
    let fixed: [&dyn AsRef<std::ffi::OsStr>; 7] =
        [&"link", &"-I", &FRAMEWORK, &"--manifest", &"AndroidManifest.xml", &"-o", &"built.apk"];
    let mut arguments = fixed.to_vec();
    arguments.push(&"compiled.zip");
    for flag in flags {
        arguments.push(flag);
    }
    run("aapt2", &arguments, root);
    root.join("built.apk")
}

#[test]
fn references_are_resolved_as_the_source_says() {
    for flags in [&[][..], &["--enable-sparse-encoding"]] {
        let folder = tempfile::tempdir().unwrap();
        let apk = build(&folder, flags);
        let facts = read(&apk, WANTED).unwrap().facts;
        let clock = Label { en: Some("Clock".into()), zh: Some("时钟".into()), reference: None };
        assert_eq!(facts.application.label, Some(clock.clone()), "{flags:?}");
        assert_eq!(facts.version_name, Some(Stated::Value("4.2".into())));
        assert_eq!(facts.application.enabled, Some(Stated::Value(true)));
        assert!(
            matches!(facts.application.persistent, Some(Stated::Reference { .. })),
            "it depends on the release"
        );
        let main = &facts.activities[0];
        assert_eq!((main.label.as_ref(), &main.exported), (Some(&clock), &Some(Stated::Value(true))));
        let filter = &main.filters[0];
        assert_eq!((filter.priority, &filter.schemes[0][..]), (7, "clock"));
        assert!(filter.has_references, "its host depends on the language");
        assert_eq!(facts.providers[0].authorities, ["com.example.built.data"]);
        assert_eq!(strings_named(&apk, &["scheme", "alias", "absent"]).unwrap().len(), 2);
    }
}

#[test]
fn the_framework_names_its_default_holders() {
    require("dpkg", &["-s", "android-framework-res"], "android-framework-res");
    let names = ["config_defaultDialer", "config_defaultSms", "no_such_string"];
    let found = strings_named(Path::new(FRAMEWORK), &names).unwrap();
    assert_eq!(found.get("config_defaultDialer").map(String::as_str), Some("com.android.dialer"));
    assert_eq!(found.get("config_defaultSms").map(String::as_str), Some("com.android.messaging"));
    assert_eq!(found.len(), 2);
}

/// The certificates that `apksigner` finds, as SHA-256 digests.
fn certificates(apk: &Path, release: &str, folder: &Path) -> BTreeSet<String> {
    let said = run("apksigner", &[&"verify", &"--print-certs", &"--min-sdk-version", &release, &apk], folder);
    said.lines().filter_map(|line| line.split("SHA-256 digest: ").nth(1)).map(str::to_owned).collect()
}

#[test]
fn signers_are_those_that_apksigner_finds() {
    require("apksigner", &["--version"], "apksigner");
    require("openssl", &["version"], "openssl");
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let unsigned = build(&folder, &[]);
    assert_eq!(read(&unsigned, WANTED).unwrap().facts.signers, Some(vec![]));
    for (name, algorithm) in [("a", "rsa:2048"), ("b", "ec")] {
        let (key, certificate) = (format!("{name}.pem"), format!("{name}.crt"));
        let curve = if algorithm == "ec" { "ec_paramgen_curve:P-256" } else { "rsa_keygen_pubexp:65537" };
        let subject = format!("/CN={name}");
        run(
            "openssl",
            &[
                &"req",
                &"-x509",
                &"-newkey",
                &algorithm,
                &"-pkeyopt",
                &curve,
                &"-nodes",
                &"-days",
                &"3650",
                &"-subj",
                &subject,
                &"-keyout",
                &key,
                &"-out",
                &certificate,
            ],
            root,
        );
        run(
            "openssl",
            &[
                &"pkcs8",
                &"-topk8",
                &"-outform",
                &"DER",
                &"-nocrypt",
                &"-in",
                &key,
                &"-out",
                &format!("{name}.pk8"),
            ],
            root,
        );
    }
    let schemes: [[bool; 3]; 4] =
        [[true, false, false], [false, true, false], [false, true, true], [true, true, true]];
    for key in ["a", "b"] {
        for [one, two, three] in schemes {
            // Android reads scheme v2 from API 24 on.
            let release = if one { "21" } else { "24" };
            let signed = root.join("signed.apk");
            let flag = |number: u8, on: bool| format!("--v{number}-signing-enabled={on}");
            let (key, certificate) = (format!("{key}.pk8"), format!("{key}.crt"));
            run(
                "apksigner",
                &[
                    &"sign",
                    &"--min-sdk-version",
                    &release,
                    &flag(1, one),
                    &flag(2, two),
                    &flag(3, three),
                    &"--key",
                    &key,
                    &"--cert",
                    &certificate,
                    &"--out",
                    &signed,
                    &unsigned,
                ],
                root,
            );
            let found = read(&signed, WANTED).unwrap();
            let ours: BTreeSet<String> =
                found.facts.signers.unwrap().into_iter().map(|digest| digest.0).collect();
            assert_eq!(ours, certificates(&signed, release, root), "{key} {one} {two} {three}");
            assert_eq!(ours.len(), 1);
        }
    }
}
