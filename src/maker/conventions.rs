//! `config/preload-paths.toml` after reading: strict, all mistakes at once.
//!
//! Takes a text, gives [`Conventions`]; decides nothing about any package.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::maker::document::{self, Mistakes, Table};
use crate::maker::place::{Pattern, segments};
use crate::maker::rule::{
    Confidence, DestinationRule, ListFormat, ListRule, Location, Maker, MakerKind, MetaDataEffect,
    MetaDataRule, Partition, PropertyTest, Says, Unseen, Way,
};

/// The schema version of the file that this program reads.
pub const SCHEMA_VERSION: u32 = 1;

const SAYS: [(&str, Says); 3] =
    [("removable", Says::Removable), ("fixed", Says::Fixed), ("candidate", Says::Candidate)];

const CONFIDENCE: [(&str, Confidence); 4] = [
    ("vendor-code", Confidence::VendorCode),
    ("listing", Confidence::Listing),
    ("scripts", Confidence::Scripts),
    ("knowledge", Confidence::Knowledge),
];

const KINDS: [(&str, MakerKind); 3] =
    [("maker", MakerKind::Maker), ("platform", MakerKind::Platform), ("android", MakerKind::Android)];

const PARTITIONS: [(&str, Partition); 3] =
    [("any", Partition::Any), ("system", Partition::System), ("data", Partition::Data)];

const EFFECTS: [(&str, MetaDataEffect); 1] = [("not-by-shell", MetaDataEffect::NotByShell)];

static BUILT_IN: LazyLock<Conventions> = LazyLock::new(|| {
    Conventions::read(include_str!("../../config/preload-paths.toml"))
        .expect("the file compiled in is read by a test of this module")
});

/// What is known about where makers put what their users may remove.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    /// Makers first, then platforms, then Android; within a kind in the order of the file.
    pub(crate) makers: Vec<Maker>,
    pub(crate) locations: Vec<Location>,
    pub(crate) lists: Vec<ListRule>,
    pub(crate) meta_data: Vec<MetaDataRule>,
    pub(crate) unseen: Vec<Unseen>,
    pub(crate) destinations: Vec<DestinationRule>,
}

impl Conventions {
    /// Returns the conventions this program ships, `config/preload-paths.toml`.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Reads conventions from a text in the form of `config/preload-paths.toml`.
    ///
    /// # Errors
    /// Every mistake of the text, each with its line.
    pub fn read(text: &str) -> Result<Self, Mistakes> {
        let (document, collector) = document::parse(text);
        let root = Table::new(&document, &collector);
        if root.number::<u32>("schema-version") != Some(SCHEMA_VERSION) {
            root.mistake_at("schema-version", format!("`schema-version` must be {SCHEMA_VERSION}"));
        }
        let mut read = Self {
            makers: each(root.tables("maker"), maker),
            locations: each(root.tables("location"), location),
            lists: each(root.tables("list"), list),
            meta_data: each(root.tables("meta-data"), meta_data),
            unseen: each(root.tables("unseen"), unseen),
            destinations: each(root.tables("destination"), destination),
        };
        read.makers.sort_by_key(|maker| maker.kind);
        read.check_references(&root);
        root.finish();
        let mistakes = collector.finish();
        if mistakes.is_empty() { Ok(read) } else { Err(Mistakes(mistakes)) }
    }

    /// Returns every list rule.
    pub fn lists(&self) -> &[ListRule] {
        &self.lists
    }

    /// Returns the list rule with this id.
    pub fn list(&self, id: &str) -> Option<&ListRule> {
        self.lists.iter().find(|list| list.id == id)
    }

    /// Returns every maker and platform, makers first.
    pub fn makers(&self) -> &[Maker] {
        &self.makers
    }

    /// Returns every rule about a place.
    pub fn locations(&self) -> &[Location] {
        &self.locations
    }

    /// Returns every rule about `<meta-data>` of manifests.
    pub fn meta_data(&self) -> &[MetaDataRule] {
        &self.meta_data
    }

    /// Returns what platforms read and no offline source holds.
    pub fn unseen(&self) -> &[Unseen] {
        &self.unseen
    }

    /// Names the properties that rules hang on, so that a source must keep them; a name may come more than once.
    pub fn properties(&self) -> impl Iterator<Item = &str> {
        let of_makers = self.makers.iter().flat_map(|maker| maker.properties.iter().chain(&maker.unless));
        let of_lists = self.lists.iter().filter_map(|list| list.switch.as_ref());
        let of_unseen = self.unseen.iter().filter_map(|unseen| unseen.switch.as_ref());
        let variants = self.lists.iter().filter_map(|list| list.variant.as_deref());
        std::iter::once(crate::maker::condition::FIRST_API_LEVEL)
            .chain(of_makers.chain(of_lists).chain(of_unseen).map(|test| test.name.as_str()))
            .chain(variants)
    }

    /// Returns the list that a file of the device is, by its path; `None` when it is no maker's list.
    pub fn list_for(&self, device_path: &str) -> Option<&ListRule> {
        let segments = segments(device_path);
        self.lists.iter().find(|list| list.files.iter().any(|file| file.names_segments(&segments)))
    }

    /// Notes ids that are used twice or name nothing.
    fn check_references(&self, root: &Table<'_, '_>) {
        let makers: BTreeSet<&str> = self.makers.iter().map(|maker| maker.id.as_str()).collect();
        let lists: BTreeSet<&str> = self.lists.iter().map(|list| list.id.as_str()).collect();
        if makers.len() != self.makers.len() || lists.len() != self.lists.len() {
            root.mistake("every maker and every list needs an id of its own");
        }
        let named = (self.locations.iter().map(|rule| &rule.maker))
            .chain(self.lists.iter().map(|rule| &rule.maker))
            .chain(self.meta_data.iter().map(|rule| &rule.maker))
            .chain(self.unseen.iter().map(|rule| &rule.maker))
            .chain(self.destinations.iter().map(|rule| &rule.maker));
        for id in named.filter(|id| !makers.contains(id.as_str())).collect::<BTreeSet<_>>() {
            root.mistake(format!("no [[maker]] has the id {id:?}"));
        }
        self.check_exceptions(root);
        let entries = self.destinations.iter().filter_map(|rule| match &rule.way {
            Way::Entry { list, .. } => Some(list),
            Way::Move { .. } => None,
        });
        let named = self.locations.iter().flat_map(|rule| &rule.settled_by).chain(entries);
        for id in named.filter(|id| !lists.contains(id.as_str())).collect::<BTreeSet<_>>() {
            root.mistake(format!("no [[list]] has the id {id:?}"));
        }
    }
}

impl Conventions {
    /// Notes makers whose recognition a missing property could widen to more removable places: what is not known must
    /// never make an app removable.
    fn check_exceptions(&self, root: &Table<'_, '_>) {
        for maker in self.makers.iter().filter(|maker| !maker.unless.is_empty()) {
            let own =
                |rule: &&Location| rule.maker == maker.id && !rule.everywhere && rule.says == Says::Removable;
            if self.locations.iter().any(|rule| own(&rule)) {
                root.mistake(format!(
                    "maker {:?} has `unless` and a removable location that holds for it alone",
                    maker.id
                ));
            }
        }
    }
}

/// Reads every table with `read` and checks that it had no other keys.
fn each<T>(tables: Vec<Table<'_, '_>>, read: fn(&Table<'_, '_>) -> Option<T>) -> Vec<T> {
    let read = |table: Table<'_, '_>| {
        let value = read(&table);
        table.finish();
        value
    };
    tables.into_iter().filter_map(read).collect()
}

fn patterns(table: &Table<'_, '_>, key: &'static str) -> Vec<Pattern> {
    let read = |written| Pattern::new(written).map_err(|error| table.mistake_at(key, error.to_string())).ok();
    table.texts(key).into_iter().filter_map(read).collect()
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

fn property_test(table: &Table<'_, '_>) -> PropertyTest {
    PropertyTest { name: table.text("name").to_owned(), values: owned(table.texts("values")) }
}

fn maker(table: &Table<'_, '_>) -> Option<Maker> {
    let Some(name) = table.table("name") else {
        table.mistake("`name` with `en` and `zh` is missing");
        return None;
    };
    let (name_en, name_zh) = (name.text("en").to_owned(), name.text("zh").to_owned());
    name.finish();
    let kind = table.word("kind", &KINDS);
    let maker = Maker {
        id: table.text("id").to_owned(),
        kind: kind.unwrap_or(MakerKind::Maker),
        name_en,
        name_zh,
        properties: each(table.tables("properties"), |test| Some(property_test(test))),
        unless: each(table.tables("unless"), |test| Some(property_test(test))),
        markers: patterns(table, "markers"),
    };
    kind.map(|_| maker)
}

fn location(table: &Table<'_, '_>) -> Option<Location> {
    // every key is asked for before any missing one ends the reading, so that none is called unknown
    let everywhere = table.word("holds", &[("everywhere", true), ("maker", false)]);
    let says = table.word("says", &SAYS);
    let confidence = table.word("confidence", &CONFIDENCE);
    let folders = patterns(table, "folders");
    let settled_by = owned(table.texts("settled-by"));
    let (maker, source) = (table.text("maker").to_owned(), table.text("source").to_owned());
    let (everywhere, says, confidence) = (everywhere?, says?, confidence?);
    let location = Location { folders, maker, everywhere, says, confidence, source, settled_by };
    if location.folders.is_empty() {
        table.mistake("`folders` names no folder");
    }
    if location.confidence == Confidence::Knowledge && location.says != Says::Candidate {
        table.mistake_at("says", "what is only told is a `candidate`, never `removable` or `fixed`");
    }
    Some(location)
}

fn list(table: &Table<'_, '_>) -> Option<ListRule> {
    let says = said_by(table);
    let format = format(table);
    let confidence = table.word("confidence", &CONFIDENCE);
    let rule = ListRule {
        id: table.text("id").to_owned(),
        maker: table.text("maker").to_owned(),
        files: patterns(table, "files"),
        format: format.clone().unwrap_or(ListFormat::Packages),
        says,
        speaks_of: table.optional_word("speaks-of", &PARTITIONS).unwrap_or(Partition::Any),
        switch: table.table("switch").map(|switch| {
            let test = property_test(&switch);
            switch.finish();
            test
        }),
        variant: table.optional_text("variant-property").map(str::to_owned),
        min_sdk: table.number("min-sdk"),
        max_sdk: table.number("max-sdk"),
        precedence: table.number("precedence").unwrap_or(0),
        evidence_only: table.flag("evidence-only").unwrap_or(false),
        confidence: confidence.unwrap_or(Confidence::Knowledge),
        source: table.text("source").to_owned(),
    };
    format.and(confidence)?;
    if rule.files.is_empty() {
        table.mistake("`files` names no file");
    }
    if rule.says.is_empty() && !rule.evidence_only {
        table.mistake("`says` or `[[list.words]]` must tell what an entry says");
    }
    if rule.confidence == Confidence::Knowledge && !rule.evidence_only {
        table.mistake_at("confidence", "a list whose meaning is only told is `evidence-only`");
    }
    Some(rule)
}

/// Reads what the entries of a list say: one word for all, or one per word of the entry.
fn said_by(table: &Table<'_, '_>) -> BTreeMap<String, Says> {
    const SAID: [(&str, Says); 2] = [("removable", Says::Removable), ("fixed", Says::Fixed)];
    let mut says = BTreeMap::new();
    if let Some(all) = table.optional_word("says", &SAID) {
        says.insert("*".to_owned(), all);
    }
    for word in table.tables("words") {
        if let Some(said) = word.word("says", &SAID) {
            says.insert(word.text("word").to_owned(), said);
        }
        word.finish();
    }
    says
}

fn format(table: &Table<'_, '_>) -> Option<ListFormat> {
    let attribute = table.optional_text("attribute");
    let format = match table.text("format") {
        "packages" => ListFormat::Packages,
        "paths" => ListFormat::Paths,
        "sections" => ListFormat::Sections,
        "elements" => ListFormat::Elements { attribute: attribute.unwrap_or_default().to_owned() },
        "json-packages" => ListFormat::JsonPackages,
        "locations" => ListFormat::Locations,
        "install-list" => ListFormat::InstallList,
        other => {
            let known = "packages, paths, sections, elements, json-packages, locations, install-list";
            table.mistake_at("format", format!("`format` is {other:?}, expected one of: {known}"));
            return None;
        }
    };
    if matches!(format, ListFormat::Elements { .. }) != attribute.is_some() {
        table.mistake("`attribute` belongs to the format `elements`, and only to it");
    }
    Some(format)
}

fn meta_data(table: &Table<'_, '_>) -> Option<MetaDataRule> {
    let effect = table.word("effect", &EFFECTS);
    let (id, maker) = (table.text("id").to_owned(), table.text("maker").to_owned());
    let (name, source) = (table.text("name").to_owned(), table.text("source").to_owned());
    effect.map(|effect| MetaDataRule { id, maker, name, effect, source })
}

fn unseen(table: &Table<'_, '_>) -> Option<Unseen> {
    let says = table.word("says", &SAYS);
    let speaks_of = table.optional_word("speaks-of", &PARTITIONS).unwrap_or(Partition::Any);
    let (id, maker) = (table.text("id").to_owned(), table.text("maker").to_owned());
    let (called, source) = (table.text("called").to_owned(), table.text("source").to_owned());
    let switch = table.table("switch").map(|switch| {
        let test = property_test(&switch);
        switch.finish();
        test
    });
    says.map(|says| Unseen { id, maker, says, speaks_of, switch, called, source })
}

fn destination(table: &Table<'_, '_>) -> Option<DestinationRule> {
    let to = owned(table.texts("to"));
    let user_data = table.flag("user-data").unwrap_or(false);
    let list = table.optional_text("list");
    let way = match list {
        None if to.is_empty() => {
            table.mistake("a destination needs `to` or `list`");
            return None;
        }
        None => Way::Move { to, user_data },
        Some(list) => Way::Entry {
            list: list.to_owned(),
            file: table.text("file").to_owned(),
            entry: table.text("entry").to_owned(),
            switch: table.optional_text("switch").and_then(|written| {
                let assignment =
                    written.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()));
                if assignment.is_none() {
                    table.mistake_at("switch", "`switch` must be name=value");
                }
                assignment
            }),
        },
    };
    for place in table.texts("to") {
        if !place.starts_with('/') || !place.ends_with("/{folder}") {
            table.mistake_at("to", "every place of `to` is an absolute folder that ends in /{folder}");
        }
    }
    Some(DestinationRule {
        maker: table.text("maker").to_owned(),
        way,
        source: table.text("source").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_shipped_has_no_mistake() {
        let read = Conventions::read(include_str!("../../config/preload-paths.toml"));
        assert_eq!(read.as_ref().map_err(ToString::to_string).map(|_| ()), Ok(()));
        assert!(read.unwrap().lists().len() > 10);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = "schema-version = 1\n[[location]]\nfolders = [\"x\"]\nmaker = \"nobody\"\nholds = \"sometimes\"\n\
                    says = \"removable\"\nconfidence = \"scripts\"\nsource = \"s\"\ncolour = 1\n\n[[list]]\nid = \"l\"\n\
                    maker = \"nobody\"\nfiles = [\"/a\"]\nformat = \"yaml\"\nsays = \"fixed\"\nconfidence = \"listing\"\n";
        let Err(Mistakes(mistakes)) = Conventions::read(text) else { panic!("must be refused") };
        let told: Vec<(usize, &str)> =
            mistakes.iter().map(|mistake| (mistake.line, mistake.message.as_str())).collect();
        let has = |line, words: &str| told.iter().any(|(at, message)| *at == line && message.contains(words));
        assert!(has(3, "leading '/'"), "{told:?}");
        assert!(has(5, "expected one of: everywhere, maker"), "{told:?}");
        assert!(has(9, "unknown key `colour`"), "{told:?}");
        assert!(has(15, "expected one of: packages"), "{told:?}");
    }

    #[test]
    fn hearsay_is_never_more_than_a_candidate() {
        let text = "schema-version = 1\n[[maker]]\nid = \"m\"\nkind = \"maker\"\nname = { en = \"M\", zh = \"M\" }\n\
                    [[location]]\nfolders = [\"/a\"]\nmaker = \"m\"\nholds = \"maker\"\nsays = \"removable\"\n\
                    confidence = \"knowledge\"\nsource = \"s\"\n";
        let Err(mistakes) = Conventions::read(text) else { panic!("must be refused") };
        assert!(mistakes.to_string().contains("line 10: what is only told is a `candidate`"), "{mistakes}");
    }
}
