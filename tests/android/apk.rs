//! The APK as Android's own tools and the format's rules see it.

use std::path::Path;

use rawzip::{CompressionMethod, ZipArchive};

use crate::build::{built, elsewhere, output, root, text};
use crate::dex;

/// The boundary on which Android maps libraries from within an APK where pages have 16 KB.
const PAGE: u64 = 16 * 1024;

/// One entry: its name, where its bytes start, and whether they are stored as they are.
struct Entry {
    name: String,
    at: u64,
    stored: bool,
}

fn entries(apk: &Path) -> Vec<Entry> {
    let archive = ZipArchive::from_slice(std::fs::read(apk).unwrap()).unwrap();
    let mut listed = archive.entries();
    let mut entries = Vec::new();
    while let Some(record) = listed.next_entry().unwrap() {
        let entry = archive.get_entry(record.wayfinder()).unwrap();
        entries.push(Entry {
            name: String::from_utf8(record.file_path().as_bytes().to_vec()).unwrap(),
            at: entry.compressed_data_range().0,
            stored: record.compression_method() == CompressionMethod::STORE,
        });
    }
    entries
}

#[test]
fn its_signature_verifies_from_the_oldest_platform_to_the_newest() {
    for apk in [&built().apk, &elsewhere().built.apk] {
        let said = output("apksigner", &["verify", "--verbose", "--min-sdk-version", "26", text(apk)]);
        assert!(said.starts_with("Verifies\n"), "{said}");
        for scheme in ["(APK Signature Scheme v2): true", "(APK Signature Scheme v3): true"] {
            assert!(said.contains(scheme), "{scheme}: {said}");
        }
    }
}

#[test]
fn a_key_in_the_form_of_aosp_signs_it() {
    let said = output("apksigner", &["verify", "--print-certs", text(&elsewhere().built.apk)]);
    let asked = ["x509", "-noout", "-fingerprint", "-sha256", "-in", text(&elsewhere().certificate)];
    let fingerprint = output("openssl", &asked);
    let digest = fingerprint.trim().rsplit('=').next().unwrap().replace(':', "").to_lowercase();
    assert_eq!(digest.len(), 64, "{fingerprint}");
    assert!(said.contains(&format!("certificate SHA-256 digest: {digest}")), "{said}");
}

#[test]
fn zipalign_finds_every_entry_on_its_boundary() {
    for apk in [&built().apk, &elsewhere().built.apk] {
        let said = output("zipalign", &["-c", "-v", "4", text(apk)]);
        assert!(said.trim_end().ends_with("Verification successful"), "{said}");
    }
}

#[test]
fn libraries_are_stored_on_boundaries_of_16_kb() {
    for apk in [&built().apk, &elsewhere().built.apk] {
        let entries = entries(apk);
        let libraries: Vec<&Entry> = entries.iter().filter(|entry| entry.name.starts_with("lib/")).collect();
        let names: Vec<&str> = libraries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["lib/arm64-v8a/libkeepone.so", "lib/x86_64/libkeepone.so"]);
        for library in libraries {
            assert!(library.stored, "{} is compressed", library.name);
            assert_eq!(library.at % PAGE, 0, "{} starts at {}", library.name, library.at);
        }
    }
}

/// Apps for Android 11 and newer are refused otherwise (`PackageManagerServiceUtils`, "resources.arsc … must be stored
/// uncompressed and aligned on a 4-byte boundary").
#[test]
fn resources_are_stored_on_boundaries_of_4_bytes() {
    let entries = entries(&built().apk);
    let table = entries.iter().find(|entry| entry.name == "resources.arsc").expect("resources.arsc is there");
    assert!(table.stored);
    assert_eq!(table.at % 4, 0);
}

#[test]
fn badging_says_what_the_app_is() {
    let said = output("aapt2", &["dump", "badging", text(&built().apk)]);
    let version = env!("CARGO_PKG_VERSION");
    for line in [
        &*format!("package: name='org.keepone' versionCode='100' versionName='{version}'"),
        "sdkVersion:'26'",
        "targetSdkVersion:'36'",
        "native-code: 'arm64-v8a' 'x86_64'",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(said.lines().any(|line| line.starts_with("application-label:'")), "{said}");
    assert!(said.lines().any(|line| line.starts_with("application-label-zh-CN:'")), "{said}");
    assert!(said.lines().any(|line| line.starts_with("launchable-activity: name='org.keepone.")), "{said}");
    assert!(!said.contains("application-debuggable"), "{said}");
    assert!(!said.contains("testOnly"), "{said}");
}

/// Libraries are mapped from within the APK, which is why they are stored on boundaries.
#[test]
fn the_manifest_leaves_libraries_within_the_apk() {
    let said = output("aapt2", &["dump", "xmltree", "--file", "AndroidManifest.xml", text(&built().apk)]);
    assert!(said.contains(":extractNativeLibs(0x010104ea)=false"), "{said}");
}

/// The library finds Java's classes and methods by name; the shrinker knows nothing of that but what `keep.pro` says.
#[test]
fn the_shrinker_left_what_the_library_finds_by_name() {
    let dex = dex::files(&built().apk).concat();
    // A name in a dex file is its length, its bytes and a zero.
    let holds = |name: &str| {
        let bytes = [&[u8::try_from(name.len()).unwrap()], name.as_bytes(), b"\0"].concat();
        dex.windows(bytes.len()).any(|window| window == bytes)
    };
    let sources = root().join("android/app/src/main/java");
    let marked = output("grep", &["-rl", "^ *@CalledFromNative", text(&sources)]);
    let marked: Vec<&str> = marked.lines().collect();
    assert!(marked.len() >= 3, "{marked:?}");
    for file in marked {
        let class = Path::new(file).strip_prefix(&sources).unwrap().with_extension("");
        assert!(holds(&format!("L{};", text(&class))), "{} was renamed or taken out", class.display());
        let java = std::fs::read_to_string(file).unwrap();
        // The declaration that the annotation stands before: a method, or the type itself.
        let declarations = java.split("@CalledFromNative\n").skip(1).filter_map(|after| {
            after.lines().map(str::trim).find(|line| !line.starts_with('@'))?.split_once('(')
        });
        for (declaration, _) in declarations {
            let name = declaration.split_whitespace().last().unwrap();
            let constructor = class.ends_with(name);
            assert!(constructor || holds(name), "{name} of {file} was renamed or taken out");
        }
    }
}

/// Other tools give other bytes: who compares two builds has to know what each was made with.
#[test]
fn the_build_names_the_tools_it_was_made_with() {
    let made_with = std::fs::read_to_string(built().tools()).unwrap();
    let named: Vec<(&str, &str)> = made_with.lines().map(|line| line.split_once(": ").unwrap()).collect();
    let tools: Vec<&str> = named.iter().map(|(tool, _)| *tool).collect();
    assert_eq!(tools, ["rustc", "clang", "lld", "javac", "aapt2", "r8", "android-all"]);
    for (tool, version) in named {
        assert!(version.bytes().any(|byte| byte.is_ascii_digit()), "{tool}: {version}");
    }
    assert!(made_with.contains("r8: com.android.tools:r8:"), "{made_with}");
}

#[test]
fn two_builds_in_two_folders_give_the_same_bytes() {
    let [here, there] = [built(), &elsewhere().built].map(|built| std::fs::read(built.unsigned()).unwrap());
    assert!(
        here == there,
        "{} and {} differ",
        built().unsigned().display(),
        elsewhere().built.unsigned().display()
    );
}
