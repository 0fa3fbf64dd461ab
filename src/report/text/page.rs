//! A page that grows line by line.

use crate::language::{Language, Text};
use crate::report::escape::shown;
use crate::report::table::{LINE, Table, wrapped};

/// How many entries of a long list are shown unless all are asked for.
const FEW: usize = 5;

const MORE: Text =
    Text::new("… and {count} more (--verbose lists all)", "……另有 {count} 项（--verbose 列出全部）");

/// A text page in one language.
#[derive(Clone, Debug)]
pub struct Page {
    /// The language of the page.
    pub language: Language,
    colour: bool,
    verbose: bool,
    lines: Vec<String>,
}

/// What a colour repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// A heading: bold.
    Heading,
    /// Good: green.
    Good,
    /// Bad: red.
    Bad,
    /// Open: yellow.
    Open,
}

impl Page {
    /// Returns an empty page. `colour`: the terminal shows colour; `verbose`: long lists are shown whole.
    pub const fn new(language: Language, colour: bool, verbose: bool) -> Self {
        Self { language, colour, verbose, lines: Vec::new() }
    }

    /// Returns a text in the language of the page.
    pub const fn say(&self, text: Text) -> &'static str {
        text.get(self.language)
    }

    /// Returns a text that names a number, in its form for one or for several; `{count}` is filled.
    pub fn count(&self, one: Text, several: Text, count: usize) -> String {
        let text = if count == 1 { one } else { several };
        text.fill(self.language, &[("count", &count)])
    }

    /// Returns what stands between a thing and what is said of it.
    pub const fn colon(&self) -> &'static str {
        self.say(Text::new(": ", "："))
    }

    /// Returns what stands between names of a list.
    pub const fn comma(&self) -> &'static str {
        self.say(Text::new(", ", "、"))
    }

    /// Returns what stands between parts of a sentence.
    pub const fn pause(&self) -> &'static str {
        self.say(Text::new(", ", "，"))
    }

    /// Returns what stands between statements.
    pub const fn semicolon(&self) -> &'static str {
        self.say(Text::new("; ", "；"))
    }

    /// Returns `text` with `aside` in parentheses after it.
    pub fn with_aside(&self, text: &str, aside: &str) -> String {
        match self.language {
            Language::English => format!("{text} ({aside})"),
            Language::Chinese => format!("{text}（{aside}）"),
        }
    }

    /// Adds an empty line, unless the page is empty or ends in one.
    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Adds one line as it is.
    pub fn line(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    /// Adds a heading after an empty line.
    pub fn heading(&mut self, heading: &str) {
        self.blank();
        let heading = self.painted(Paint::Heading, heading);
        self.lines.push(heading);
    }

    /// Adds a text broken to the width of the page, each line after `indent` blanks.
    pub fn paragraph(&mut self, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        let lines = wrapped(text, LINE.saturating_sub(indent));
        self.lines.extend(lines.into_iter().map(|line| format!("{margin}{line}")));
    }

    /// Adds a text broken to the width of the page, its first line after `indent` blanks and the others `hang` further.
    pub fn item(&mut self, indent: usize, hang: usize, text: &str) {
        let text = text.trim_start();
        let margin = indent + hang;
        let first = wrapped(text, LINE.saturating_sub(indent)).into_iter().next().unwrap_or_default();
        self.lines.push(format!("{}{first}", " ".repeat(indent)));
        let rest = text.get(first.len()..).unwrap_or_default().trim_start();
        if !rest.is_empty() {
            self.paragraph(margin, rest);
        }
    }

    /// Adds a text broken to the width of the page, every line of it in colour.
    pub fn painted_paragraph(&mut self, paint: Paint, text: &str) {
        for line in wrapped(text, LINE) {
            let line = self.painted(paint, &line);
            self.lines.push(line);
        }
    }

    /// Adds the lines of a table.
    pub fn table(&mut self, table: &Table) {
        self.lines.extend(table.lines());
    }

    /// Returns how many of `count` entries to show: all when that is asked for or when little would be left out.
    pub const fn shown_of(&self, count: usize) -> usize {
        if self.verbose || count <= FEW + 1 { count } else { FEW }
    }

    /// Says how many entries were left out, when any were.
    pub fn left_out(&mut self, indent: usize, count: usize) {
        let left = count - self.shown_of(count);
        if left > 0 {
            let text = MORE.fill(self.language, &[("count", &left)]);
            self.paragraph(indent, &text);
        }
    }

    /// Says once what holds for several things, in the order in which it is first met, with their names after it. `say` writes
    /// what holds, and is told for how many.
    pub(super) fn grouped(&mut self, told: Vec<(String, String)>, say: impl Fn(&mut Self, &str, usize)) {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (what, name) in told {
            match groups.iter_mut().find(|(known, _)| *known == what) {
                Some((_, names)) => names.push(name),
                None => groups.push((what, vec![name])),
            }
        }
        for (what, names) in groups {
            say(self, &what, names.len());
            let few = self.shown_of(names.len());
            let names_shown: Vec<String> = names.iter().take(few).map(|name| shown(name)).collect();
            self.paragraph(5, &names_shown.join(self.comma()));
            self.left_out(5, names.len());
        }
    }

    /// Returns whether long lists are shown whole.
    pub const fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Returns the page as one text.
    pub fn finish(mut self) -> String {
        self.lines.push(String::new());
        self.lines.join("\n")
    }

    fn painted(&self, paint: Paint, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Heading => "1",
            Paint::Good => "1;32",
            Paint::Bad => "1;31",
            Paint::Open => "1;33",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_a_little_too_long_is_shown_whole() {
        let mut page = Page::new(Language::English, false, false);
        assert_eq!((page.shown_of(6), page.shown_of(7)), (6, 5));
        page.left_out(2, 7);
        assert_eq!(page.finish(), "  … and 2 more (--verbose lists all)\n");
    }

    #[test]
    fn an_item_hangs_under_its_first_line() {
        let mut page = Page::new(Language::English, false, false);
        page.item(2, 3, &"words ".repeat(20));
        page.item(2, 3, "short");
        let text = page.finish();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("  words") && lines[1].starts_with("     words"), "{text}");
        assert_eq!(text.matches("words").count(), 20);
    }

    #[test]
    fn without_colour_no_control_character_is_written() {
        let mut page = Page::new(Language::Chinese, false, false);
        page.painted_paragraph(Paint::Bad, "不合规");
        page.heading("x");
        assert_eq!(page.finish(), "不合规\n\nx\n");
    }
}
