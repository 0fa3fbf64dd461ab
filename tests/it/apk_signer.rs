//! Who signed an APK, in every scheme.

use keepone::diagnostic::DiagnosticCode;
use keepone::source::apk::{Wanted, read_from};

use crate::apk_builder::{Entry, Is, Xml, plain, sha256, words, zip_with};

/// Reads the signers of an APK with these signature files and these bytes before its directory.
fn signers(files: &[Entry], block: &[u8]) -> (Option<Vec<String>>, Vec<DiagnosticCode>) {
    let manifest = Xml::any().start("manifest", &[plain("package", Is::Text("a.b"))]).finish();
    let mut entries = vec![Entry::stored("AndroidManifest.xml", &manifest)];
    entries.extend_from_slice(files);
    let archive = zip_with(&entries, block);
    let wanted = Wanted { signers: true, ..Wanted::default() };
    let read = read_from(&archive[..], u64::try_from(archive.len()).unwrap(), wanted).unwrap();
    let signers = read.facts.signers.map(|digests| digests.into_iter().map(|digest| digest.0).collect());
    (signers, read.diagnostics.into_iter().map(|one| one.code).collect())
}

/// Puts the length in four bytes before each part and joins them.
fn prefixed(parts: &[&[u8]]) -> Vec<u8> {
    parts
        .iter()
        .flat_map(|part| [words(&[u32::try_from(part.len()).unwrap()]), part.to_vec()].concat())
        .collect()
}

/// The value of a scheme block: one signer for each certificate.
fn scheme(certificates: &[&[u8]]) -> Vec<u8> {
    let signer = |certificate: &&[u8]| {
        let signed = prefixed(&[b"digests", &prefixed(&[certificate, b"issuer"]), b"attributes"]);
        prefixed(&[&signed, b"signatures", b"key"])
    };
    let signers: Vec<Vec<u8>> = certificates.iter().map(signer).collect();
    let signers: Vec<&[u8]> = signers.iter().map(Vec::as_slice).collect();
    prefixed(&[&prefixed(&signers)])
}

/// Writes a signing block.
fn block(parts: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut pairs = Vec::new();
    for (id, value) in parts {
        pairs.extend(u64::try_from(value.len() + 4).unwrap().to_le_bytes());
        pairs.extend(words(&[*id]));
        pairs.extend(value);
    }
    let size = u64::try_from(pairs.len() + 24).unwrap().to_le_bytes();
    [&size[..], &pairs, &size, b"APK Sig Block 42"].concat()
}

const V2: u32 = 0x7109_871a;
const V3: u32 = 0xf053_68c0;
const V31: u32 = 0x1b93_ad61;

/// A signing block for tests of other things.
pub(crate) fn sample() -> Vec<u8> {
    block(&[(V2, scheme(&[b"one"]))])
}

#[test]
fn an_apk_that_nobody_signed_has_no_signers() {
    assert_eq!(signers(&[], &[]), (Some(vec![]), vec![]));
}

#[test]
fn the_newest_scheme_tells_the_signers() {
    let padding = (0x4272_6577, vec![0; 100]);
    let old = block(&[padding.clone(), (V2, scheme(&[b"one", b"two"]))]);
    let mut both = vec![sha256(b"one"), sha256(b"two")];
    both.sort();
    assert_eq!(signers(&[], &old).0.unwrap(), both);
    let newer =
        block(&[(V2, scheme(&[b"one"])), (V3, scheme(&[b"three"])), (V31, scheme(&[b"four"])), padding]);
    let mut rotated = vec![sha256(b"three"), sha256(b"four")];
    rotated.sort();
    assert_eq!(signers(&[], &newer).0.unwrap(), rotated);
}

#[test]
fn a_damaged_block_is_reported_and_loses_nothing_else() {
    let mut cut = scheme(&[b"one"]);
    cut.truncate(20);
    let mut long = block(&[(V2, scheme(&[b"one"]))]);
    long[8] = 0xff;
    for damaged in [block(&[(V2, cut)]), long, block(&[(V2, words(&[u32::MAX]))])] {
        assert_eq!(signers(&[], &damaged), (None, vec![DiagnosticCode::PartNotRead]));
    }
}

/// Writes a DER element.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], &content[..]].concat()
}

/// A certificate as far as it is looked at: version, number, algorithm, issuer.
fn certificate(issuer: &[u8], serial: u8) -> Vec<u8> {
    let version = der(0xa0, &[&der(2, &[&[2]])]);
    let fields = der(0x30, &[&version, &der(2, &[&[serial]]), &der(0x30, &[]), &name(issuer), b"\x05\x00"]);
    der(0x30, &[&fields, b"\x05\x00"])
}

fn name(issuer: &[u8]) -> Vec<u8> {
    der(0x30, &[issuer])
}

/// A signature file whose signer is the one that `issuer` gave the number `serial`.
fn signature_file(certificates: &[&[u8]], issuer: &[u8], serial: u8) -> Vec<u8> {
    let id = der(0x30, &[&name(issuer), &der(2, &[&[serial]])]);
    let signer = der(0x30, &[&der(2, &[&[1]]), &id, b"\x05\x00"]);
    let data = der(
        0x30,
        &[
            &der(2, &[&[1]]),
            &der(0x31, &[]),
            &der(0x30, &[]),
            &der(0xa0, certificates),
            &der(0x31, &[&signer]),
        ],
    );
    der(0x30, &[&der(6, &[b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"]), &der(0xa0, &[&data])])
}

#[test]
fn a_signature_file_tells_the_certificate_of_its_signer_and_not_of_the_issuer() {
    let (own, root) = (certificate(b"\x0c\x01A", 7), certificate(b"\x0c\x01R", 1));
    let file = signature_file(&[&root, &own], b"\x0c\x01A", 7);
    for name in ["META-INF/CERT.RSA", "META-INF/X.EC", "META-INF/ANDROID.DSA"] {
        let (found, codes) = signers(&[Entry::deflated(name, &file)], &[]);
        assert_eq!((found.unwrap(), codes), (vec![sha256(&own)], vec![]), "{name}");
    }
    let (found, _) =
        signers(&[Entry::stored("META-INF/sub/CERT.RSA", &file), Entry::stored("CERT.RSA", &file)], &[]);
    assert_eq!(found, Some(vec![]), "only META-INF itself counts");
}

#[test]
fn a_signature_file_without_its_signer_is_reported() {
    let file = signature_file(&[&certificate(b"\x0c\x01A", 7)], b"\x0c\x01A", 8);
    for file in [&file[..], &file[..40], b"no signature"] {
        let found = signers(&[Entry::stored("META-INF/CERT.RSA", file)], &[]);
        assert_eq!(found, (None, vec![DiagnosticCode::PartNotRead]));
    }
}

#[test]
fn a_signing_block_comes_before_signature_files() {
    let own = certificate(b"\x0c\x01A", 7);
    let file = Entry::stored("META-INF/CERT.RSA", &signature_file(&[&own], b"\x0c\x01A", 7));
    assert_eq!(signers(&[file], &block(&[(V2, scheme(&[b"one"]))])).0.unwrap(), [sha256(b"one")]);
}
