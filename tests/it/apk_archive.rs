//! The archive around a manifest: what Android accepts, what it refuses, and what no reader must fall for.

use std::cell::Cell;
use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use keepone::diagnostic::DiagnosticCode;
use keepone::source::apk::archive::MANIFEST_LIMIT;
use keepone::source::apk::{ApkRead, Wanted, read, read_from};
use keepone::source::unread::UnreadReason;
use rawzip::ReaderAt;

use crate::apk_builder::{Entry, Is, Xml, apk, end_record, plain, sha256, zip, zip_with};

const MANIFEST: &str = "AndroidManifest.xml";

/// A manifest that names `package`.
fn manifest(package: &str) -> Vec<u8> {
    Xml::any().start("manifest", &[plain("package", Is::Text(package))]).finish()
}

fn parse(archive: &[u8]) -> Result<ApkRead, UnreadReason> {
    read_from(archive, u64::try_from(archive.len()).unwrap(), Wanted::default())
}

/// The package that is read, and the diagnostics.
fn package(archive: &[u8]) -> (String, Vec<(DiagnosticCode, String)>) {
    let read = parse(archive).unwrap();
    let diagnostics = read.diagnostics.into_iter().map(|one| (one.code, one.detail)).collect();
    (read.facts.name.to_string(), diagnostics)
}

fn malformed(archive: &[u8]) -> (u64, String) {
    match parse(archive) {
        Err(UnreadReason::Malformed { part, at, expected }) if part == "zip" => (at, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn stored_and_deflated_manifests_are_the_same() {
    for entry in [Entry::stored(MANIFEST, &manifest("a.b")), Entry::deflated(MANIFEST, &manifest("a.b"))] {
        assert_eq!(package(&zip(&[entry])), ("a.b".to_owned(), vec![]));
    }
}

#[test]
fn a_method_that_android_does_not_know_means_stored() {
    for method in [1, 12, 93, 99, 0x1234] {
        let entry = Entry { method, ..Entry::stored(MANIFEST, &manifest("a.b")) };
        assert_eq!(package(&zip(&[entry])).0, "a.b", "method {method}");
    }
}

#[test]
fn the_mark_of_encryption_is_ignored_when_the_bytes_are_plain() {
    for entry in [Entry::stored(MANIFEST, &manifest("a.b")), Entry::deflated(MANIFEST, &manifest("a.b"))] {
        assert_eq!(package(&zip(&[Entry { flags: 1, ..entry }])).0, "a.b");
    }
}

#[test]
fn what_is_really_encrypted_is_said_to_be() {
    let noise: Vec<u8> =
        (0..400_u32).map(|i| u8::try_from(i.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    for method in [0, 8, 99] {
        let entry = Entry { flags: 1, method, ..Entry::stored(MANIFEST, &noise) };
        assert_eq!(parse(&zip(&[entry])).unwrap_err(), UnreadReason::Encrypted);
    }
}

#[test]
fn of_two_manifests_the_first_is_read_and_the_second_reported() {
    let entries =
        [Entry::stored(MANIFEST, &manifest("first.a")), Entry::stored(MANIFEST, &manifest("second.b"))];
    assert_eq!(
        package(&zip(&entries)),
        ("first.a".to_owned(), vec![(DiagnosticCode::DuplicateEntry, MANIFEST.to_owned())])
    );
}

#[test]
fn what_android_refuses_and_is_clear_all_the_same_is_read_and_said() {
    let plain = apk(&manifest("a.b"));
    let behind = [&plain[..], b"more"].concat();
    let before = [&b"#!/bin/sh\n"[..], &plain].concat();
    let other_name =
        zip(&[Entry { local_name: "classes.dex".into(), ..Entry::stored(MANIFEST, &manifest("a.b")) }]);
    for (archive, words) in
        [(behind, "after the end"), (before, "before the first"), (other_name, "names another")]
    {
        let (name, diagnostics) = package(&archive);
        assert_eq!(name, "a.b");
        assert!(
            matches!(&diagnostics[..], [(DiagnosticCode::NonConforming, said)] if said.contains(words)),
            "{diagnostics:?}"
        );
    }
}

#[test]
fn an_archive_without_a_manifest_says_so() {
    let archive = zip(&[Entry::stored("classes.dex", b"dex\n")]);
    assert_eq!(malformed(&archive).1, "an entry AndroidManifest.xml");
}

#[test]
fn a_file_that_is_no_archive_says_so() {
    assert_eq!(malformed(&[0x7f; 2000]), (0, "a zip archive".to_owned()));
}

#[test]
fn an_empty_file_and_a_pointer_are_placeholders() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    for file in [&b""[..], pointer] {
        let size = u64::try_from(file.len()).unwrap();
        assert_eq!(parse(file).unwrap_err(), UnreadReason::Placeholder { size });
    }
}

#[test]
fn an_archive_cut_off_anywhere_is_never_read_as_whole() {
    let whole = apk(&manifest("a.b"));
    for length in 1..whole.len() {
        let reason = parse(&whole[..length]).expect_err("a cut archive");
        assert!(
            matches!(reason, UnreadReason::Malformed { ref part, .. } if part == "zip"),
            "{length}: {reason:?}"
        );
    }
    assert_eq!(malformed(&whole[..100]).1, "an end of central directory record: the archive is cut off");
}

#[test]
fn a_directory_of_fewer_entries_than_stated_is_refused() {
    let entry = Entry::stored(MANIFEST, &manifest("a.b"));
    let mut archive = entry.local();
    let directory = entry.central(0);
    let offset = archive.len();
    archive.extend(&directory);
    archive.extend(end_record(3, directory.len(), offset));
    assert_eq!(malformed(&archive).1, "as many entries as the end record states");
}

#[test]
fn an_entry_that_reaches_into_the_directory_is_refused() {
    let entry = Entry::stored(MANIFEST, &manifest("a.b")).of_size(1 << 20);
    assert_eq!(malformed(&zip(&[entry])).1, "an entry that ends before the central directory");
}

#[test]
fn a_manifest_that_states_200_mb_is_too_large() {
    let entry = Entry::deflated(MANIFEST, &manifest("a.b")).of_size(200 << 20);
    let reason = UnreadReason::TooLarge { size: 200 << 20, limit: MANIFEST_LIMIT };
    assert_eq!(parse(&zip(&[entry])).unwrap_err(), reason);
}

#[test]
fn a_manifest_of_200_mb_is_too_large_and_costs_nothing() {
    // A block that refers to nothing before it may be repeated; the last two bytes end the stream.
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&vec![0; 1 << 20]).unwrap();
    encoder.flush().unwrap();
    let packed = [encoder.get_ref().repeat(200), vec![3, 0]].concat();
    let entry = Entry { packed, method: 8, ..Entry::stored(MANIFEST, &[]) };
    let honest = zip(&[entry.clone().of_size(200 << 20)]);
    let start = Instant::now();
    assert_eq!(
        parse(&honest).unwrap_err(),
        UnreadReason::TooLarge { size: 200 << 20, limit: MANIFEST_LIMIT }
    );
    assert!(start.elapsed() < Duration::from_millis(200), "{:?}", start.elapsed());
    // The same bytes, but stated to be small: no more is inflated than stated.
    let bomb = zip(&[entry.of_size(4096)]);
    assert_eq!(malformed(&bomb).1, "deflated bytes of the size the central directory states");
}

#[test]
fn deflated_bytes_that_are_none_are_refused() {
    let entry = Entry { packed: vec![0xff; 64], ..Entry::deflated(MANIFEST, &manifest("a.b")) };
    assert_eq!(malformed(&zip(&[entry])).1, "deflated bytes of the size the central directory states");
}

/// Counts what is read.
struct Counting<R> {
    source: R,
    bytes: Cell<usize>,
    reads: Cell<usize>,
}

impl<R: ReaderAt> ReaderAt for Counting<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
        let count = self.source.read_at(buffer, offset)?;
        self.bytes.set(self.bytes.get() + count);
        self.reads.set(self.reads.get() + 1);
        Ok(count)
    }
}

/// Writes an APK of 3 GB, nearly all of it a hole.
fn large_apk() -> tempfile::NamedTempFile {
    const SIZE: u64 = 3_000_000_000;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let first = Entry::deflated(MANIFEST, &manifest("large.a"));
    let local = first.local();
    let mut big = Entry::stored("assets/data.bin", &[]).of_size(usize::try_from(SIZE).unwrap());
    file.write_all(&local).unwrap();
    file.write_all(&big.local()).unwrap();
    file.seek(SeekFrom::Current(i64::try_from(SIZE).unwrap())).unwrap();
    let directory_offset = file.stream_position().unwrap();
    big.packed = Vec::new();
    let mut directory = first.central(0);
    let mut central = big.central(u32::try_from(local.len()).unwrap());
    central[20..24].copy_from_slice(&u32::try_from(SIZE).unwrap().to_le_bytes());
    directory.extend(central);
    file.write_all(&directory).unwrap();
    file.write_all(&end_record(2, directory.len(), usize::try_from(directory_offset).unwrap())).unwrap();
    file.flush().unwrap();
    file
}

#[test]
fn an_apk_of_3_gb_costs_what_a_small_one_costs() {
    let file = large_apk();
    let length = file.as_file().metadata().unwrap().len();
    assert!(length > 3_000_000_000);
    let start = Instant::now();
    let facts = read(file.path(), Wanted { signers: true, labels: true, digest: false }).unwrap().facts;
    assert!(start.elapsed() < Duration::from_millis(250), "{:?}", start.elapsed());
    assert_eq!((facts.name.as_str(), facts.signers), ("large.a", Some(vec![])));
    let source = rawzip::FileReader::from(file.reopen().unwrap());
    let counting = Counting { source, bytes: Cell::new(0), reads: Cell::new(0) };
    read_from(&counting, length, Wanted::default()).unwrap();
    assert!(counting.bytes.get() < 8 << 10, "{} bytes read", counting.bytes.get());
    assert!(counting.reads.get() < 10, "{} reads", counting.reads.get());
}

#[test]
fn a_large_directory_is_read_once() {
    let mut entries = vec![Entry::deflated(MANIFEST, &manifest("a.b"))];
    entries.extend((0..5000).map(|number| Entry::stored(&format!("res/drawable/icon_{number}.png"), b"")));
    let archive = zip_with(&entries, &vec![0; 1 << 20]);
    let counting = Counting { source: &archive[..], bytes: Cell::new(0), reads: Cell::new(0) };
    read_from(&counting, u64::try_from(archive.len()).unwrap(), Wanted::default()).unwrap();
    let directory: usize = entries.iter().map(|entry| entry.central(0).len()).sum();
    assert!(counting.bytes.get() < directory + (8 << 10), "{} bytes for {directory}", counting.bytes.get());
}

#[test]
fn a_missing_file_and_a_folder_are_reasons() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("absent.apk"), folder.path().to_owned()] {
        let reason = read(&path, Wanted::default()).unwrap_err();
        assert!(matches!(reason, UnreadReason::Io { .. }), "{reason:?}");
    }
}

#[test]
fn the_digest_of_the_whole_file_is_given_when_wanted() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let archive = apk(&manifest("a.b"));
    file.write_all(&archive).unwrap();
    let digest = |digest| read(file.path(), Wanted { digest, ..Wanted::default() }).unwrap().facts.sha256;
    assert_eq!(digest(true).unwrap().0, sha256(&archive));
    assert_eq!(digest(false), None);
}
