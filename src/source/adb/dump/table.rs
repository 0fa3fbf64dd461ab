//! The resolver tables of a dump: which component answers by which filter.

use ahash::AHashSet;

use crate::source::adb::dump::filter;
use crate::source::adb::dump::lines::{Line, Lines};
use crate::source::snapshot::Filter;

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Activities and aliases.
    Activities,
    /// Receivers.
    Receivers,
    /// Services.
    Services,
}

impl Table {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "Activity Resolver Table" => Some(Self::Activities),
            "Receiver Resolver Table" => Some(Self::Receivers),
            "Service Resolver Table" => Some(Self::Services),
            _ => None,
        }
    }
}

/// A component and one filter it answers by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answering<'a> {
    /// The table it stands in.
    pub table: Table,
    /// The component as printed, `com.x/.Y`.
    pub component: &'a str,
    /// The filter. Where the dump lists no filters but only what leads to them, it holds the action and says that the
    /// rest is not known.
    pub filter: Filter,
}

/// The sub-tables that lead to a component by an action.
const BY_ACTION: [&str; 2] = ["Non-Data Actions:", "MIME Typed Actions:"];

/// Reads one table. A filter stands in it once for every way that leads to it; it is read once.
pub(super) fn section<'a>(table: Table, lines: &mut Lines<'a>, into: &mut Vec<Answering<'a>>) {
    let mut met = AHashSet::new();
    let mut by_action = false;
    let mut way: Option<Line<'a>> = None;
    while let Some(line) = lines.inside(0) {
        // A component stands further in than the way that leads to it.
        if let Some(led) = way.filter(|led| line.indent > led.indent)
            && let Some((component, id)) = component(line.text)
        {
            if id.is_some_and(|id| met.contains(&(component, id))) {
                lines.pass(line.indent);
                continue;
            }
            let action = led.text.trim_end_matches(':');
            let (key, filter) = match filter::read(line.indent, lines) {
                Some(filter) => (id.unwrap_or(action), filter),
                None if by_action => (action, guessed(action)),
                None => continue,
            };
            if met.insert((component, key)) {
                into.push(Answering { table, component, filter });
            }
        } else if line.text.ends_with(':') {
            let is_sub_table = way.is_none_or(|led| line.indent < led.indent) && is_title(line.text);
            if is_sub_table {
                by_action = BY_ACTION.contains(&line.text);
                way = None;
            } else {
                way = Some(line);
            }
        }
    }
}

/// A filter of which only the action is known.
fn guessed(action: &str) -> Filter {
    Filter { actions: vec![action.to_owned()], has_references: true, ..Filter::default() }
}

/// Titles have words with blanks between, or are the one word `Schemes`; actions, schemes and types hold none.
fn is_title(text: &str) -> bool {
    text.contains(' ') || text == "Schemes:"
}

/// Reads `1a2b com.x/.Y filter 3c4d` or `1a2b com.x/.Y (2 filters)`: the component and what tells the filter.
fn component(text: &str) -> Option<(&str, Option<&str>)> {
    let (hash, rest) = text.split_once(' ')?;
    let mut words = rest.split_ascii_whitespace();
    let component = words.next()?;
    let is_hash = hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = match words.next() {
        Some("filter") => words.next(),
        _ => None,
    };
    (is_hash && component.contains('/')).then_some((component, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "  Full MIME Types:\n      image/png:\n        1a com.x/.View filter 2b\n          Action: \"a.VIEW\"\n\
        \x20         Type: \"image/png\"\n\n  Schemes:\n      tel:\n        3c com.x/.Dial filter 4d\n\
        \x20         Action: \"a.DIAL\"\n          Scheme: \"tel\"\n\n  Non-Data Actions:\n      a.DIAL:\n\
        \x20       3c com.x/.Dial filter 5e\n          Action: \"a.DIAL\"\n        3c com.x/.Dial filter 4d\n\
        \x20         Action: \"a.DIAL\"\n          Scheme: \"tel\"\n\n  MIME Typed Actions:\n      a.VIEW:\n\
        \x20       1a com.x/.View filter 2b\n          Action: \"a.VIEW\"\n          Type: \"image/png\"\n";

    #[test]
    fn each_filter_is_taken_once() {
        let mut answering = Vec::new();
        section(Table::Activities, &mut Lines::of(TABLE), &mut answering);
        let found: Vec<_> = answering
            .iter()
            .map(|one| (one.component, &one.filter.schemes[..], &one.filter.types[..]))
            .collect();
        let (none, tel, png) = (&[][..], &["tel".to_owned()][..], &["image/png".to_owned()][..]);
        assert_eq!(
            found,
            [("com.x/.View", none, png), ("com.x/.Dial", tel, none), ("com.x/.Dial", none, none)]
        );
        assert!(answering.iter().all(|one| !one.filter.has_references));
    }

    #[test]
    fn without_filters_the_action_is_known_and_the_rest_is_not() {
        let text = "  Schemes:\n      tel:\n        3c com.x/.Dial (2 filters)\n  Non-Data Actions:\n      a.DIAL:\n        3c com.x/.Dial\n";
        let mut answering = Vec::new();
        section(Table::Activities, &mut Lines::of(text), &mut answering);
        let [dial] = &answering[..] else { panic!("{answering:?}") };
        assert_eq!(dial.filter.actions, ["a.DIAL"]);
        assert!(dial.filter.has_references);
    }
}
