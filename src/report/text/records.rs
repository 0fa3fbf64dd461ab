//! The page of `keepone records`: one line for each event, the latest first.

use crate::control::table::operation;
use crate::language::Text;
use crate::record::Event;
use crate::report::escape::shown;
use crate::report::result::RecordsResult;
use crate::report::table::Table;
use crate::report::text::{Page, Paint};

const SOURCE: Text = Text::new("Source", "来源");
const SINCE: Text = Text::new("Since", "起始");
const NONE: Text = Text::new("nothing was recorded", "没有记录");
const EVENTS: Text = Text::new("{count} events", "{count} 条记录");
const NOT_UNDERSTOOD: Text =
    Text::new("{count} lines of the phone were not understood", "手机输出中有 {count} 行无法理解");
const IN_USE: Text = Text::new("in use", "使用中");
const NOT_IN_USE: Text = Text::new("in the background", "后台");
const LIMIT: Text = Text::new(
    "The platform keeps the last access of each app to each kind of data, and single accesses for some days and few kinds",
    "系统仅保留每个应用对每类数据的最近一次访问；逐次记录只保留数日且仅限少数类别",
);

/// Renders the page.
pub fn records(mut page: Page, result: &RecordsResult) -> String {
    let mut rows = Table::new(0);
    rows.row([page.say(SOURCE).to_owned(), shown(&result.source)]);
    if let Some(since) = result.since {
        rows.row([page.say(SINCE).to_owned(), since.to_string()]);
    }
    page.table(&rows);
    page.blank();
    let count = EVENTS.fill(page.language, &[("count", &result.events.len())]);
    let count = if result.events.is_empty() { page.say(NONE).to_owned() } else { count };
    page.painted_paragraph(Paint::Heading, &count);
    if result.not_understood > 0 {
        let text = NOT_UNDERSTOOD.fill(page.language, &[("count", &result.not_understood)]);
        page.painted_paragraph(Paint::Open, &text);
    }
    page.paragraph(0, page.say(LIMIT));
    page.blank();
    let names = operation::names();
    let mut table = Table::new(0);
    for event in result.events.iter().take(page.shown_of(result.events.len())) {
        let what = names.get(event.what.as_str()).map(|name| page.say(*name).to_owned());
        let what =
            what.map_or_else(|| shown(&event.what), |name| page.with_aside(&name, &shown(&event.what)));
        table.row([
            event.when.to_string(),
            event.user.to_string(),
            event.package.to_string(),
            page.say(event.kind.text()).to_owned(),
            [Some(what), times(&page, event), in_use(&page, event)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(page.pause()),
        ]);
    }
    page.table(&table);
    page.left_out(0, result.events.len());
    page.finish()
}

/// How often, where the platform only counts, and until when.
fn times(page: &Page, event: &Event) -> Option<String> {
    const TIMES: Text = Text::new("{count} times until {until}", "至 {until} 共 {count} 次");
    let until = event.until.map(|until| until.to_string()).unwrap_or_default();
    event.count.map(|count| TIMES.fill(page.language, &[("count", &count), ("until", &until)]))
}

fn in_use(page: &Page, event: &Event) -> Option<String> {
    event.foreground.map(|in_use| page.say(if in_use { IN_USE } else { NOT_IN_USE }).to_owned())
}
