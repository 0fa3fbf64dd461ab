//! Manifests as we read them held against `aapt2 dump xmltree`, element by element and attribute by attribute.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::manifest_view::{Attribute, Element, apks, elements, manifest_bytes};

/// Makes sure that `aapt2` is there; installs Debian's package when it is not.
///
/// # Panics
/// When it can neither be found nor installed: this test is never passed over.
pub(crate) fn require_aapt2() {
    require("aapt2", &["version"], "aapt");
}

/// Makes sure that a program is there; installs Debian's package when it is not.
///
/// # Panics
/// When it can neither be found nor installed.
pub(crate) fn require(program: &str, arguments: &[&str], package: &str) {
    // One at a time: the package manager refuses to run twice.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap();
    let runs = || Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    if runs() {
        return;
    }
    for words in [&["update"][..], &["install", "-y", package]] {
        let output = Command::new("apt-get").args(words).output().expect("apt-get can be started");
        assert!(output.status.success(), "apt-get {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(runs(), "{program} is not there and could not be installed");
}

/// What `aapt2` says about one manifest: one line for each element and attribute, without indentation.
///
/// # Errors
/// The message, when it refuses the file.
pub(crate) fn dump(apk: &Path) -> Result<Vec<String>, String> {
    let arguments = ["dump", "xmltree", "--file", "AndroidManifest.xml"];
    let output = Command::new("aapt2").args(arguments).arg(apk).output().expect("aapt2 can be started");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(lines(&String::from_utf8_lossy(&output.stdout)))
}

/// Cuts a dump into lines. Namespaces and text are left out: neither holds a fact. The depth of an element is counted
/// from the indentation of the elements around it.
fn lines(dump: &str) -> Vec<String> {
    // What follows repeats the value as the source wrote it.
    const RAW: &str = " (Raw: ";
    let mut lines: Vec<String> = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut kept = false;
    for line in dump.lines() {
        let text = line.trim_start();
        let indentation = line.len() - text.len();
        let value = |rest: &str| rest.split(RAW).next().unwrap_or_default().to_owned();
        if let Some((kind @ ("E" | "N"), rest)) = text.split_once(": ") {
            open.retain(|(above, _)| *above < indentation);
            open.push((indentation, kind == "E"));
            kept = kind == "E";
            if kept {
                let name = rest.split(" (line=").next().unwrap_or_default();
                lines.push(format!("{} {name}", open.iter().filter(|(_, element)| *element).count()));
            }
        } else if let Some(rest) = text.strip_prefix("A: ") {
            lines.push(value(rest));
            kept = !rest.contains(RAW);
        } else if text.starts_with("T: ") {
            kept = false;
        } else if let Some(last) = lines.last_mut().filter(|_| kept) {
            // A value with a line break, which aapt2 indents.
            *last = format!("{last}\n{}", value(text));
            kept = !text.contains(RAW);
        }
    }
    lines
}

/// Writes our view in the same form.
pub(crate) fn ours(elements: &[Element]) -> Vec<String> {
    let mut lines = Vec::new();
    for element in elements {
        lines.push(format!("{} {}{}", element.depth, prefix(element.namespace.as_ref()), element.name));
        lines.extend(element.attributes.iter().map(attribute));
    }
    lines
}

fn prefix(namespace: Option<&String>) -> String {
    namespace
        .filter(|namespace| !namespace.is_empty())
        .map(|namespace| format!("{namespace}:"))
        .unwrap_or_default()
}

/// The units of a dimension, by their number.
const UNITS: [&str; 6] = ["px", "dp", "sp", "pt", "in", "mm"];

/// Writes an attribute as `Item::PrettyPrint` of aapt2 does.
fn attribute(attribute: &Attribute) -> String {
    let id = if attribute.id == 0 { String::new() } else { format!("({:#010x})", attribute.id) };
    let data = attribute.data;
    let value = match attribute.kind {
        0x01 | 0x07 if data == 0 => "@null".to_owned(),
        0x01 | 0x07 => format!("@{data:#010x}"),
        0x02 | 0x08 => format!("?{data:#010x}"),
        0x03 => format!("\"{}\"", attribute.text.as_deref().unwrap_or_default()),
        0x04 => f32::from_bits(data).to_string(),
        // Only whole numbers, as in the corpus.
        0x05 => format!("{:.6}{}", f64::from(data >> 8), UNITS.get((data & 0xf) as usize).unwrap_or(&"")),
        0x1c..=0x1f => format!("#{data:08x}"),
        0x11 => format!("{data:#010x}"),
        0x12 => (data != 0).to_string(),
        _ => data.cast_signed().to_string(),
    };
    format!("{}{}{id}={value}", prefix(attribute.namespace.as_ref()), attribute.name)
}

#[test]
fn every_manifest_is_what_aapt2_says() {
    require_aapt2();
    let files: Vec<PathBuf> = apks(&crate::corpus().join("firmware"));
    let difference = |apk: &PathBuf| {
        let theirs = dump(apk).unwrap_or_else(|message| vec![message]);
        let ours = ours(&elements(&manifest_bytes(apk)));
        let first = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
        (ours != theirs)
            .then(|| format!("{}: {} lines, {} lines, {first:?}", apk.display(), ours.len(), theirs.len()))
    };
    let differences: Vec<String> = files.par_iter().filter_map(difference).collect();
    println!("{} manifests held against aapt2, {} differ", files.len(), differences.len());
    assert_eq!(files.len(), 3930, "APKs of the corpus");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
