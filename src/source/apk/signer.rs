//! Who signed an APK: the certificates of its signers, as digests.
//!
//! Takes an archive, gives the SHA-256 of each signing certificate. Reads the APK signing block (schemes v2, v3, v3.1)
//! by position and, where there is none, the signature files of JAR signing (v1). Never checks a signature: what is
//! found is who the APK says has signed it. Layout: `ApkSigningBlockUtils`, `ApkSignatureSchemeV2Verifier`,
//! `ApkSignatureSchemeV3Verifier`; PKCS #7 is RFC 2315.

use rawzip::ReaderAt;
use sha2::{Digest, Sha256};

use super::archive::{Archive, SIGNATURE_LIMIT};
use super::bytes::{Malformed, Part, index, slice, u32_at, u64_at};
use super::der::{Der, INTEGER, OBJECT, SEQUENCE, SET};
use super::hexadecimal;
use crate::package::Sha256Digest;
use crate::source::unread::UnreadReason;

const MAGIC: &[u8] = b"APK Sig Block 42";
const SCHEME_2: u32 = 0x7109_871a;
const SCHEME_3: u32 = 0xf053_68c0;
const SCHEME_3_1: u32 = 0x1b93_ad61;

/// How many parts of a signing block are looked at. Real ones have fewer than ten.
const PART_LIMIT: usize = 256;

/// How many signers are read. Android accepts ten of scheme v2 and one of each v3.
const SIGNER_LIMIT: usize = 32;

/// The object identifier of PKCS #7 signed data, 1.2.840.113549.1.7.2.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// Returns the digests of the signing certificates of `archive`, sorted, each once; none when it is not signed.
///
/// Schemes v3 and v3.1 together come before v2, v2 before v1, as on a device.
///
/// # Errors
/// When a signature is there but is damaged or too large.
pub fn read<R: ReaderAt>(archive: &Archive<R>) -> Result<Vec<Sha256Digest>, UnreadReason> {
    let mut digests = of_signing_block(archive.source(), archive.directory_offset())?;
    if digests.is_empty() {
        for entry in archive.signature_files() {
            let file = archive.read(entry, SIGNATURE_LIMIT)?;
            digests.extend(of_signature_file(&file)?.into_iter().map(digest));
        }
    }
    digests.sort();
    digests.dedup();
    Ok(digests)
}

/// Reads the signing block that ends at `directory`.
fn of_signing_block<R: ReaderAt>(source: &R, directory: u64) -> Result<Vec<Sha256Digest>, UnreadReason> {
    let Some((mut at, end)) = signing_block(source, directory) else { return Ok(Vec::new()) };
    let (mut newer, mut older) = (Vec::new(), Vec::new());
    for _ in 0..PART_LIMIT {
        if at >= end {
            break;
        }
        let mut header = [0; 12];
        let wrong = malformed(at, "a part of the signing block");
        source.read_exact_at(&mut header, at).map_err(|_| wrong)?;
        let size = u64_at(&header, 0).unwrap_or(0);
        let next = at.saturating_add(8).saturating_add(size);
        if size < 4 || next > end {
            return Err(wrong.into());
        }
        let found = match u32_at(&header, 8) {
            Some(SCHEME_3 | SCHEME_3_1) => Some(&mut newer),
            Some(SCHEME_2) => Some(&mut older),
            _ => None,
        };
        if let Some(found) = found {
            let value = value(source, at.saturating_add(12), size.saturating_sub(4))?;
            found.extend(of_scheme(&value)?.into_iter().map(digest));
        }
        at = next;
    }
    Ok(if newer.is_empty() { older } else { newer })
}

/// Finds where the parts of the signing block begin and end; `None` when there is no block.
fn signing_block<R: ReaderAt>(source: &R, directory: u64) -> Option<(u64, u64)> {
    let mut footer = [0; 24];
    let end = directory.checked_sub(24)?;
    source.read_exact_at(&mut footer, end).ok()?;
    footer.ends_with(MAGIC).then_some(())?;
    let start = directory.checked_sub(u64_at(&footer, 0)?)?;
    (start >= 8 && start <= end).then_some((start, end))
}

fn value<R: ReaderAt>(source: &R, at: u64, size: u64) -> Result<Vec<u8>, UnreadReason> {
    if size > SIGNATURE_LIMIT {
        return Err(UnreadReason::TooLarge { size, limit: SIGNATURE_LIMIT });
    }
    let mut value = vec![0; usize::try_from(size).unwrap_or(usize::MAX)];
    source.read_exact_at(&mut value, at).map_err(|_| malformed(at, "a whole part of the signing block"))?;
    Ok(value)
}

/// Returns the certificate of each signer of a scheme v2, v3 or v3.1 block, the first of its chain.
///
/// # Errors
/// When lengths in the block do not fit, or a signer has no certificate.
pub fn of_scheme(value: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    let expected = |expected| malformed(0, expected);
    let (signers, _) = prefixed(value).ok_or(expected("signers inside their block"))?;
    let mut certificates = Vec::new();
    let mut rest = signers;
    while !rest.is_empty() && certificates.len() < SIGNER_LIMIT {
        let (signer, next) = prefixed(rest).ok_or(expected("a signer inside its block"))?;
        certificates.push(certificate(signer).ok_or(expected("a signer with a certificate"))?);
        rest = next;
    }
    Ok(certificates)
}

/// Returns the first certificate of a signer: signed data, and in it digests, then certificates.
fn certificate(signer: &[u8]) -> Option<&[u8]> {
    let (data, _) = prefixed(signer)?;
    let (_, rest) = prefixed(data)?;
    let (certificates, _) = prefixed(rest)?;
    prefixed(certificates).map(|(first, _)| first).filter(|first| !first.is_empty())
}

/// Splits bytes that begin with their length in four bytes off from what follows.
fn prefixed(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = index(u32_at(bytes, 0)?);
    let inner = slice(bytes, 4, length)?;
    Some((inner, bytes.get(length.checked_add(4)?..)?))
}

/// Returns the certificate of each signer of a signature file of JAR signing.
///
/// # Errors
/// When it is no PKCS #7 signed data, or the certificate of a signer is not in it.
pub fn of_signature_file(file: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    signed_data(file).ok_or(malformed(0, "PKCS #7 signed data with the certificate of each signer"))
}

fn signed_data(file: &[u8]) -> Option<Vec<&[u8]>> {
    const CERTIFICATES: u8 = 0xa0;
    let mut content = Der::new(file).read(SEQUENCE)?.inside();
    (content.read(OBJECT)?.content == SIGNED_DATA).then_some(())?;
    let mut data = content.read(CERTIFICATES)?.inside().read(SEQUENCE)?.inside();
    data.read(INTEGER)?;
    data.read(SET)?;
    data.read(SEQUENCE)?;
    let certificates = data.read(CERTIFICATES)?.inside();
    let mut signers = data.last(SET)?.inside();
    let mut found = Vec::new();
    while found.len() < SIGNER_LIMIT && !signers.is_empty() {
        let mut signer = signers.read(SEQUENCE)?.inside();
        signer.read(INTEGER)?;
        let mut name = signer.read(SEQUENCE)?.inside();
        let (issuer, serial) = (name.read(SEQUENCE)?, name.read(INTEGER)?);
        found.push(certificate_of(certificates, issuer.whole, serial.content)?);
    }
    Some(found)
}

/// Finds the certificate that `issuer` gave the number `serial`.
fn certificate_of<'a>(mut certificates: Der<'a>, issuer: &[u8], serial: &[u8]) -> Option<&'a [u8]> {
    const VERSION: u8 = 0xa0;
    loop {
        let certificate = certificates.read(SEQUENCE)?;
        let mut fields = certificate.inside().read(SEQUENCE)?.inside();
        fields.skip(VERSION);
        let number = fields.read(INTEGER)?;
        fields.read(SEQUENCE)?;
        if fields.read(SEQUENCE)?.whole == issuer && number.content == serial {
            return Some(certificate.whole);
        }
    }
}

fn digest(certificate: &[u8]) -> Sha256Digest {
    Sha256Digest(hexadecimal(&Sha256::digest(certificate)))
}

const fn malformed(at: u64, expected: &'static str) -> Malformed {
    Malformed { part: Part::Signature, at, expected }
}
