//! Aligned columns for people. Takes rows of cells, gives lines; wide Chinese characters count two columns, and a cell
//! that does not fit is broken between words, never cut.

use unicode_width::UnicodeWidthStr as _;

/// The columns that one line of text output fills at most, where no single word is longer.
pub const LINE: usize = 100;

/// The least room in which a cell is broken into lines beside the others; with less it stands below them.
const NARROWEST: usize = 32;

/// How far a cell that stands below the others is indented under them.
const BELOW: usize = 4;

/// Returns how many columns of a terminal `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Rows under an optional head.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
    indent: usize,
}

impl Table {
    /// Returns an empty table whose lines start after `indent` blanks.
    pub const fn new(indent: usize) -> Self {
        Self { rows: Vec::new(), indent }
    }

    /// Adds a row; the cells hold no line breaks.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// Returns whether no row was added.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the lines: every column but the last as wide as its widest cell and left out when all its
    /// cells are empty, the last one wrapped to what is left
    /// of [`LINE`].
    pub fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                self.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        self.rows.iter().flat_map(|row| self.lines_of(row, &widths)).collect()
    }

    fn lines_of(&self, row: &[String], widths: &[usize]) -> Vec<String> {
        let Some((last, first)) = row.split_last() else { return Vec::new() };
        let mut line = " ".repeat(self.indent);
        for (cell, width) in first.iter().zip(widths).filter(|(_, width)| **width > 0) {
            line.push_str(&padded(cell, *width));
            line.push_str("  ");
        }
        let mut hang = width(&line);
        let mut lines = Vec::new();
        let word = pieces(last).into_iter().map(|piece| width(piece.trim())).max().unwrap_or_default();
        if width(last) + hang > LINE && hang + NARROWEST.max(word) > LINE {
            // Beside names this long there is no room for a sentence, or for its longest word: it goes below.
            lines.push(line.trim_end().to_owned());
            hang = self.indent + BELOW;
            line = " ".repeat(hang);
        }
        for part in wrapped(last, LINE.saturating_sub(hang)) {
            line.push_str(&part);
            lines.push(line.trim_end().to_owned());
            line = " ".repeat(hang);
        }
        lines
    }
}

/// Returns `text` with blanks after it up to `columns`.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Breaks `text` into lines of at most `columns`, between words or between Chinese characters; a longer word stands
/// whole on a line of its own. At least one line comes back.
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let blank = piece.starts_with(' ');
        if !line.is_empty() && width(&line) + width(piece.trim_end()) > columns {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(if line.is_empty() && blank { piece.trim_start() } else { piece });
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Splits `text` where a line may end: before a blank, and beside a wide character unless punctuation would then start
/// a line (the rule 避头尾 of Chinese typesetting).
fn pieces(text: &str) -> Vec<&str> {
    const CLOSING: &str = "，。、；：？！）》」』”’…〕】";
    const OPENING: &str = "（《「『“‘〔【";
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (index, character) in text.char_indices() {
        if let Some(before) = previous {
            let wide = is_wide(before) || is_wide(character);
            let may_break = character == ' ' && before != ' '
                || wide && before != ' ' && !CLOSING.contains(character) && !OPENING.contains(before);
            if may_break {
                pieces.push(&text[start..index]);
                start = index;
            }
        }
        previous = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_wide(character: char) -> bool {
    unicode_width::UnicodeWidthChar::width(character) == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_keep_columns_aligned() {
        let mut table = Table::new(1);
        table.row(["电话".into(), "x".into()]);
        table.row(["phone".into(), "y".into()]);
        assert_eq!(table.lines(), [" 电话   x", " phone  y"]);
    }

    #[test]
    fn the_last_column_wraps_under_itself() {
        let mut table = Table::new(0);
        table.row(["a".into(), "word ".repeat(30)]);
        let lines = table.lines();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("   word"));
        assert!(lines.iter().all(|line| width(line) <= LINE));
    }

    #[test]
    fn a_sentence_beside_a_long_name_goes_below_it() {
        let mut table = Table::new(2);
        table.row(["p".repeat(80), "word ".repeat(10)]);
        let lines = table.lines();
        assert_eq!(
            lines,
            [format!("  {}", "p".repeat(80)), format!("      {}", "word ".repeat(10).trim_end())]
        );
    }

    #[test]
    fn a_long_name_is_never_cut() {
        let name = "com.".repeat(50);
        let mut table = Table::new(0);
        table.row(["a".into(), format!("x {name}, y")]);
        assert!(table.lines().iter().any(|line| line.contains(&name)));
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_punctuation() {
        assert_eq!(wrapped("一二三，四五", 6), ["一二", "三，四", "五"]);
        assert_eq!(wrapped("", 6), [""]);
        assert_eq!(wrapped("ab cd", 3), ["ab", "cd"]);
    }
}
