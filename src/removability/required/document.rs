//! `config/required.toml` as it is read: strict, all mistakes at once.

use crate::maker::document::{self, Mistakes, Table};
use crate::removability::required::{ComponentKind, Evidence, Need, SCHEMA_VERSION};

/// Reads needs from a text in the form of `config/required.toml`.
///
/// # Errors
/// Every mistake of the text, each with its line.
pub fn read(text: &str) -> Result<Vec<Need>, Mistakes> {
    let (document, collector) = document::parse(text);
    let root = Table::new(&document, &collector);
    if root.number::<u32>("schema-version") != Some(SCHEMA_VERSION) {
        root.mistake_at("schema-version", format!("`schema-version` must be {SCHEMA_VERSION}"));
    }
    let needs = root.tables("required").into_iter().map(need).collect();
    root.finish();
    let mistakes = collector.finish();
    if mistakes.is_empty() { Ok(needs) } else { Err(Mistakes(mistakes)) }
}

fn need(table: Table<'_, '_>) -> Need {
    let both = |key| {
        let Some(words) = table.table(key) else {
            table.mistake(format!("`{key}` with `en` and `zh` is missing"));
            return Default::default();
        };
        let both = [words.text("en").to_owned(), words.text("zh").to_owned()];
        words.finish();
        both
    };
    let need = Need {
        id: table.text("id").to_owned(),
        name: both("name"),
        why: both("why"),
        evidence: table.tables("evidence").into_iter().map(evidence).collect(),
    };
    if need.evidence.is_empty() {
        table.mistake("a need without evidence is never met");
    }
    table.finish();
    need
}

fn evidence(table: Table<'_, '_>) -> Evidence {
    let text = |key| table.optional_text(key).map(str::to_owned);
    let texts = |key| table.texts(key).into_iter().map(str::to_owned).collect();
    let activity = text("activity-action").map(|action| (ComponentKind::Activity, action));
    let service = text("service-action").map(|action| (ComponentKind::Service, action));
    let receiver = text("receiver-action").map(|action| (ComponentKind::Receiver, action));
    let evidence = Evidence {
        action: activity.or(service).or(receiver),
        category: text("category"),
        guard: text("guard"),
        permissions: texts("uses-permission"),
        authority: text("authority"),
        shared_user: text("shared-user"),
        meta_data: text("meta-data"),
        service: text("service"),
        without_entry: table.flag("without-entry").unwrap_or(false),
        without_action: text("without-activity-action"),
        names: texts("names"),
    };
    let positive = Evidence {
        without_entry: false,
        without_action: None,
        category: None,
        guard: None,
        ..evidence.clone()
    };
    if positive == Evidence::default() {
        table.mistake("an evidence must name something a package has");
    }
    table.finish();
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_shipped_has_no_mistake() {
        let needs = read(include_str!("../../../config/required.toml"));
        assert_eq!(needs.as_ref().map_err(ToString::to_string).map(|_| ()), Ok(()));
        let ids: Vec<String> = needs.unwrap().into_iter().map(|need| need.id).collect();
        for id in [
            "package-installer",
            "package-verifier",
            "permission-controller",
            "setup",
            "home",
            "telephony",
            "provider",
        ] {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }

    #[test]
    fn a_need_without_evidence_and_an_unknown_key_are_told_together() {
        let text = "schema-version = 1\n[[required]]\nid = \"x\"\nname = { en = \"a\", zh = \"b\" }\nwhy = { en = \"a\" }\n\
                    [[required]]\nid = \"y\"\nname = { en = \"a\", zh = \"b\" }\nwhy = { en = \"a\", zh = \"b\" }\n\
                    [[required.evidence]]\nwithout-entry = true\ncolour = 1\n";
        let Err(mistakes) = read(text) else { panic!("must be refused") };
        let told = mistakes.to_string();
        for words in ["`zh` is missing", "without evidence", "must name something", "unknown key `colour`"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }
}
