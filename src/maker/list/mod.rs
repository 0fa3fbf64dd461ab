//! Reads the lists of makers. Takes a file's bytes and the rule that says what file it is, gives its entries in their
//! own order; never decides what an entry means for a package.
//!
//! Bounded and tolerant: a line or element that is not understood is passed over and reported, and a file that is not
//! of its format at all, or holds more than any real one, gives the entries read so far and the reason the rest is
//! missing.

mod json;
mod lines;
mod xml;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::maker::rule::{ListFormat, ListRule};
use crate::package::PackageName;
use crate::source::snapshot::MakerListEntry;
use crate::source::unread::UnreadReason;

/// The largest list that is read, in bytes; the largest real one seen has 190 KB.
pub const MAX_LIST_BYTES: usize = 8 << 20;

/// The most entries of one list.
const MAX_ENTRIES: usize = 100_000;

/// The most parts that are not understood before the file counts as not of its format.
const MAX_NOT_UNDERSTOOD: usize = 200;

/// The longest piece of a hostile text that a diagnostic repeats, in characters.
const MAX_DETAIL: usize = 120;

/// What reading a list gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedList {
    /// The entries, in the file's order.
    pub entries: Vec<MakerListEntry>,
    /// Parts that were passed over.
    pub diagnostics: Vec<Diagnostic>,
    /// Why the list counts as not read, wholly or from some point on; `None` when all of it was read.
    pub unread: Option<UnreadReason>,
}

/// Reads the list `path` of the kind `rule` from its bytes.
pub fn parse_list(rule: &ListRule, path: &str, bytes: &[u8]) -> ParsedList {
    let mut reading = Reading { path, parsed: ParsedList::default() };
    if bytes.len() > MAX_LIST_BYTES {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        reading.parsed.unread = Some(UnreadReason::TooLarge { size, limit: MAX_LIST_BYTES as u64 });
        return reading.parsed;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match &rule.format {
        ListFormat::Packages => lines::packages(&mut reading, bytes),
        ListFormat::Paths => lines::paths(&mut reading, bytes),
        ListFormat::Sections => lines::sections(&mut reading, bytes),
        ListFormat::Locations => lines::locations(&mut reading, bytes),
        ListFormat::Elements { attribute } => xml::elements(&mut reading, bytes, attribute),
        ListFormat::JsonPackages => json::packages(&mut reading, bytes),
        ListFormat::InstallList => json::install_list(&mut reading, bytes),
    }
    reading.parsed
}

/// A list being read.
struct Reading<'a> {
    path: &'a str,
    parsed: ParsedList,
}

impl Reading<'_> {
    /// Adds an entry; `false` when the list is full, so that the reader stops.
    fn entry(&mut self, subject: &str, says: Option<&str>, condition: Option<String>) -> bool {
        if self.parsed.entries.len() >= MAX_ENTRIES {
            self.malformed("text", 0, "at most 100000 entries");
            return false;
        }
        let says = says.map(str::to_owned);
        self.parsed.entries.push(MakerListEntry { subject: subject.to_owned(), says, condition });
        true
    }

    /// Adds an entry that must name a package.
    fn package(&mut self, name: &str, at: u64, says: Option<&str>, condition: Option<String>) -> bool {
        if PackageName::new(name).is_ok() {
            return self.entry(name, says, condition);
        }
        self.passed_over(DiagnosticCode::NotAPackageName, at, name)
    }

    /// Notes a part that is passed over; `false` when there were so many that the file is not what it should be.
    fn passed_over(&mut self, code: DiagnosticCode, at: u64, detail: &str) -> bool {
        if self.parsed.diagnostics.len() >= MAX_NOT_UNDERSTOOD {
            self.malformed("text", at, "a list of this maker; too many parts are not understood");
            return false;
        }
        let detail = detail.chars().take(MAX_DETAIL).collect();
        self.parsed.diagnostics.push(Diagnostic { path: self.path.to_owned(), at, code, detail });
        true
    }

    /// Notes that the rest of the file is not of its format.
    fn malformed(&mut self, part: &str, at: u64, expected: &str) {
        let (part, expected) = (part.to_owned(), expected.to_owned());
        self.parsed.unread.get_or_insert(UnreadReason::Malformed { part, at, expected });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maker::Conventions;
    use proptest::prelude::*;

    fn read(id: &str, text: &str) -> ParsedList {
        let rule = Conventions::built_in().list(id).unwrap();
        parse_list(rule, "/x/etc/list", text.as_bytes())
    }

    fn said(parsed: &ParsedList) -> Vec<(&str, &str, &str)> {
        let text = |value: &'_ Option<String>| -> &'static str {
            value.clone().map_or("", |text| Box::leak(text.into_boxed_str()))
        };
        parsed
            .entries
            .iter()
            .map(|entry| (entry.subject.as_str(), text(&entry.says), text(&entry.condition)))
            .collect()
    }

    #[test]
    fn packages_a_line_with_blank_lines_comments_and_one_mistake() {
        let parsed = read("mediatek-removable", "com.a.b\r\n\n# note\n  com.c  \nno package!\n");
        assert_eq!(said(&parsed), [("com.a.b", "", ""), ("com.c", "", "")]);
        assert_eq!(parsed.diagnostics.len(), 1);
        assert_eq!(
            (parsed.diagnostics[0].at, parsed.diagnostics[0].code),
            (5, DiagnosticCode::NotAPackageName)
        );
        assert_eq!(parsed.unread, None);
    }

    #[test]
    fn sections_give_the_package_of_each() {
        let text = "\n[Duo]\nname='com.google.duo'\nversionCode='1'\napplication-label='name=\\'x'\n\n[B]\nname='b.c'\n[Empty]\n";
        let parsed = read("samsung-removable", text);
        assert_eq!(said(&parsed), [("com.google.duo", "", ""), ("b.c", "", "")]);
        assert_eq!(parsed.diagnostics.len(), 1, "a section without a name is told: {:?}", parsed.diagnostics);
    }

    #[test]
    fn elements_give_word_and_condition() {
        let text = "<?xml version=\"1.0\"?>\r\n<appconfig>\r\n <!-- x --><uninstall_hide pkg=\"com.a\" lt=\"33\"/>\n\
                    <launch_hide pkg=\"com.b\" gt=\"32\"/><reminder_show pkg=\"com.c\"/><other/></appconfig>";
        let parsed = read("oppo-uninstallable", text);
        assert_eq!(
            said(&parsed),
            [
                ("com.a", "uninstall_hide", "first-api-level < 33"),
                ("com.b", "launch_hide", "first-api-level > 32"),
                ("com.c", "reminder_show", "")
            ]
        );
        assert_eq!(parsed.unread, None);
    }

    #[test]
    fn a_cut_document_is_told_and_keeps_what_was_read() {
        let parsed = read("oppo-uninstallable", "<appconfig><reminder_show pkg=\"com.c\"/><remin");
        assert_eq!(said(&parsed), [("com.c", "reminder_show", "")]);
        assert!(matches!(parsed.unread, Some(UnreadReason::Malformed { .. })));
        assert!(read("oppo-uninstallable", "<appconfig><a pkg=\"b.c\"/>").unread.is_some());
        assert!(read("xiaomi-auto-install", "[\"a.b\",").unread.is_some());
    }

    #[test]
    fn paths_carry_their_word() {
        let parsed =
            read("huawei-removable", "/cust/hw/in/app/A/A.apk,sys\n/system/delapp/B;nosys\nrelative\n");
        assert_eq!(
            said(&parsed),
            [("/cust/hw/in/app/A/A.apk", "sys", ""), ("/system/delapp/B", "nosys", "")]
        );
        assert_eq!(parsed.diagnostics.len(), 1);
    }

    #[test]
    fn json_lists_of_both_kinds() {
        let parsed = read("xiaomi-auto-install", "[\"a.b\", {\"packageName\": \"c.d\", \"x\": 1}, 5]");
        assert_eq!(said(&parsed), [("a.b", "", ""), ("c.d", "", "")]);
        assert_eq!(parsed.diagnostics.len(), 1);
        let text = "{\"install_list\":[{\"app_dir\":\"system/app/X\",\"removable\":true},{\"app_dir\":\"/system/app/Y\"}]}";
        assert_eq!(
            said(&read("openharmony-install", text)),
            [("/system/app/X", "true", ""), ("/system/app/Y", "false", "")]
        );
    }

    #[test]
    fn locations_are_paths_below_the_lists_own_partition() {
        let rule = Conventions::built_in().list("oppo-apkcerts").unwrap();
        let text = b"name=\"A.apk\" certificate=\"x\" location=\"del-app/A/A.apk\"\nname=\"B.apk\" location=\"app/B/B.apk\"\n";
        let parsed = parse_list(rule, "/my_bigball/apkcerts.txt", text);
        assert_eq!(
            said(&parsed),
            [("/my_bigball/del-app/A/A.apk", "del-app", ""), ("/my_bigball/app/B/B.apk", "app", "")]
        );
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic_and_stay_bounded(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for rule in Conventions::built_in().lists() {
                let parsed = parse_list(rule, "/x", &bytes);
                prop_assert!(parsed.entries.len() <= 400);
            }
        }

        #[test]
        fn texts_of_the_right_alphabet_never_panic(text in "[\\[\\]{}<>/='\",:;a-z.\\n&!?-]{0,200}") {
            for rule in Conventions::built_in().lists() {
                parse_list(rule, "/x", text.as_bytes());
            }
        }
    }
}
