//! Every hostile and odd file of the corpus, as it is and wrapped as the manifest of an APK: the fact read or the reason
//! given, one by one.

use std::collections::BTreeSet;
use std::path::Path;

use keepone::diagnostic::DiagnosticCode;
use keepone::source::apk::{ApkRead, Wanted, read, read_from};
use keepone::source::unread::UnreadReason;

use crate::apk_builder::{Entry, zip};
use crate::manifest_view::elements;
use crate::{aapt2, corpus};

/// What must come of one file.
enum Expected {
    /// Facts: package, version code, and how many permissions, activities, receivers, services and providers.
    Facts(&'static str, Option<u64>, [usize; 5]),
    /// Facts, and a diagnostic that says what Android would refuse.
    Said(&'static str, Option<u64>, [usize; 5], &'static str),
    /// No facts: the part, the place in it, and what was expected there.
    Malformed(&'static str, u64, &'static str),
}

use Expected::{Facts, Malformed, Said};

/// The binary XML files, each as the manifest of an APK.
const MANIFESTS: [(&str, Expected); 22] = [
    ("AndroidManifest-Chinese.xml", Facts("com.hotel", Some(8), [11, 34, 5, 1, 0])),
    ("AndroidManifest-xmlns.xml", Facts("com.real.RealPlayer", Some(8), [12, 42, 5, 2, 0])),
    ("AndroidManifest.xml", Facts("org.t0t0.androguard.TC", Some(1), [0, 1, 0, 0, 0])),
    ("AndroidManifestDoubleNamespace.xml", Facts("com.tencent.weread", Some(10_122_117), [34, 24, 9, 13, 1])),
    (
        "AndroidManifestExtraNamespace.xml",
        Facts("com.shopgate.android.app13182", Some(507_000), [12, 5, 2, 2, 2]),
    ),
    ("AndroidManifestLiapp.xml", Facts("kc.dotoritv.android.air", Some(6), [20, 28, 7, 9, 1])),
    (
        "AndroidManifestMaskingNamespace.xml",
        Facts("com.primedia.apartmentguide", Some(572), [13, 27, 8, 5, 1]),
    ),
    ("AndroidManifestNonZeroStyle.xml", Facts("co.download.video", Some(1), [10, 1, 0, 0, 0])),
    ("AndroidManifestNullbytes.xml", Facts("com.ditc.automobilityxxxxxxxxxxxx", Some(2), [5, 2, 0, 0, 0])),
    ("AndroidManifestTextChunksXML.xml", Facts("com.tslstudio.tsladsudoku", Some(358), [9, 9, 0, 6, 3])),
    ("AndroidManifestUTF8Strings.xml", Facts("com.easylocker.bbottles.zt", Some(5), [10, 2, 1, 1, 0])),
    ("AndroidManifestWithComment.xml", Facts("com.zxfxxx660.sucruri", Some(98), [17, 3, 3, 3, 0])),
    (
        "AndroidManifestWrongFilesize.xml",
        Malformed("manifest", 4, "a document no larger than the bytes there are"),
    ),
    (
        "AndroidManifest_InvalidCharsInAttribute.xml",
        Facts("com.chaozhuo.gameassistant", Some(9999), [182, 143, 3, 26, 27]),
    ),
    ("AndroidManifest_NamespaceInAttributeName.xml", Facts("jyiaivi.ohduxbbylb", Some(1), [30, 1, 3, 0, 0])),
    (
        "AndroidManifest_NamespaceInAttributeName2.xml",
        Facts("com.car2go", Some(129_215), [19, 50, 10, 21, 4]),
    ),
    (
        "AndroidManifest_StringNotTerminated.xml",
        Said("com.swampy.sexpos", Some(162), [6, 8, 0, 0, 0], "a component without a name"),
    ),
    (
        "AndroidManifest_WrongChunkStart.xml",
        Said(
            "com.zxfxxx160.sucruri55633254",
            Some(98),
            [17, 3, 3, 3, 0],
            "the document is not marked as binary XML",
        ),
    ),
    ("test.xml", Malformed("manifest", 876, "an element <manifest>")),
    ("test1.xml", Malformed("manifest", 1504, "an element <manifest>")),
    ("test2.xml", Malformed("manifest", 936, "an element <manifest>")),
    ("test3.xml", Malformed("manifest", 1164, "an element <manifest>")),
];

/// The APKs, each as it is.
const APKS: [(&str, Expected); 2] = [
    ("AndroidManifest_ShortName.apk", Facts("com.android.galaxy4", Some(1), [0, 1, 0, 1, 0])),
    ("compact-entry.apk", Facts("com.erev0s", None, [0, 0, 0, 0, 0])),
];

const WANTED: Wanted = Wanted { labels: true, digest: false, signers: true };

fn check(name: &str, read: Result<ApkRead, UnreadReason>, expected: &Expected) {
    let (package, version, counts, said) = match (expected, &read) {
        (
            Malformed(part, at, expected),
            Err(UnreadReason::Malformed { part: found, at: place, expected: words }),
        ) => {
            assert_eq!((found.as_str(), *place, words.as_str()), (*part, *at, *expected), "{name}");
            return;
        }
        (Facts(package, version, counts), Ok(_)) => (package, version, counts, None),
        (Said(package, version, counts, said), Ok(_)) => (package, version, counts, Some(*said)),
        _ => panic!("{name}: {read:?}"),
    };
    let read = read.unwrap();
    let facts = &read.facts;
    let found =
        [facts.permissions.len(), facts.activities.len(), facts.receivers.len(), facts.services.len()];
    assert_eq!((facts.name.as_str(), facts.version_code), (*package, *version), "{name}");
    assert_eq!((&found[..], facts.providers.len()), (&counts[..4], counts[4]), "{name}");
    let codes: Vec<_> = read.diagnostics.iter().map(|one| (one.code, one.detail.as_str())).collect();
    let expected: Vec<_> = said.map(|said| (DiagnosticCode::NonConforming, said)).into_iter().collect();
    assert_eq!(codes, expected, "{name}");
}

fn from_bytes(bytes: &[u8]) -> Result<ApkRead, UnreadReason> {
    read_from(bytes, u64::try_from(bytes.len()).unwrap(), WANTED)
}

/// Writes `data` as the manifest of an APK, stored and deflated.
fn wrapped(data: &[u8]) -> [Vec<u8>; 2] {
    [Entry::stored, Entry::deflated].map(|write| zip(&[write("AndroidManifest.xml", data)]))
}

#[test]
fn every_file_gives_the_stated_fact_or_reason() {
    let folder = corpus().join("malformed");
    for (name, expected) in &MANIFESTS {
        check(name, read(&folder.join(name), WANTED), &Malformed("zip", 0, "a zip archive"));
        for archive in wrapped(&std::fs::read(folder.join(name)).unwrap()) {
            check(name, from_bytes(&archive), expected);
        }
    }
    for (name, expected) in &APKS {
        check(name, read(&folder.join(name), WANTED), expected);
        for archive in wrapped(&std::fs::read(folder.join(name)).unwrap()) {
            check(
                name,
                from_bytes(&archive),
                &Malformed("manifest", 2, "a header no larger than the document"),
            );
        }
    }
}

#[test]
fn no_file_is_left_out() {
    let stated: BTreeSet<&str> = MANIFESTS.iter().chain(&APKS).map(|(name, _)| *name).collect();
    let names = std::fs::read_dir(corpus().join("malformed")).unwrap();
    let found: BTreeSet<String> = names.map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), stated);
}

/// What of a document `aapt2` opens, we open and see alike; what it refuses we refuse or say.
#[test]
fn aapt2_sees_the_same() {
    aapt2::require_aapt2();
    let (mut same, mut refused) = (0, 0);
    for (name, _) in &MANIFESTS {
        let data = std::fs::read(corpus().join("malformed").join(name)).unwrap();
        let [archive, _] = wrapped(&data);
        let file = tempfile::Builder::new().suffix(".apk").tempfile().unwrap();
        std::fs::write(file.path(), &archive).unwrap();
        if let Ok(theirs) = aapt2::dump(file.path()) {
            same += 1;
            assert_eq!(aapt2::ours(&elements(&data)), theirs, "{name}");
        } else {
            refused += 1;
            let conforms = from_bytes(&archive).is_ok_and(|read| read.diagnostics.is_empty());
            assert!(!conforms, "{name}: aapt2 refuses it, we have nothing to say");
        }
    }
    println!("of the malformed files aapt2 and we see {same} alike, {refused} it refuses");
}

/// The label of the APK whose table has compact entries is in the table.
#[test]
fn compact_entries_are_read() {
    let path = corpus().join("malformed/compact-entry.apk");
    let label = read(Path::new(&path), WANTED).unwrap().facts.application.label.unwrap();
    assert_eq!(label.en.as_deref(), Some("erev0s.com-CompactEntry"));
}
