//! The part of a page that says what was not read.

use crate::language::{Localized as _, Text};
use crate::report::escape::shown;
use crate::report::table::Table;
use crate::report::text::Page;
use crate::source::unread::Unread;

const HEADING: Text = Text::new("Not read ({count})", "未读取（{count}）");

/// Adds what was not read, each with its reason; nothing when all was read.
pub(super) fn section(page: &mut Page, unread: &[Unread]) {
    titled(page, HEADING, unread);
}

/// Adds the same under another heading, in which `{count}` is filled.
pub(super) fn titled(page: &mut Page, heading: Text, unread: &[Unread]) {
    if unread.is_empty() {
        return;
    }
    let heading = heading.fill(page.language, &[("count", &unread.len())]);
    page.heading(&heading);
    let mut table = Table::new(2);
    for entry in unread.iter().take(page.shown_of(unread.len())) {
        let name = entry.package.as_ref().map(ToString::to_string);
        let what = [name.as_deref(), Some(entry.path.as_str())]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty());
        let what = what.map(shown).collect::<Vec<_>>().join(" ");
        table.row([what, shown(&entry.reason.localized(page.language))]);
    }
    page.table(&table);
    page.left_out(2, unread.len());
}
