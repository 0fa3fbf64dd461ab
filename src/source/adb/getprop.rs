//! The output of `getprop`. Takes the text, gives name and value of each property.

/// Reads `[name]: [value]` per line. A value that holds line breaks goes on until one ends in `]`.
pub fn parse(text: &str) -> Vec<(String, String)> {
    let mut properties: Vec<(String, String)> = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        if let Some((name, mut value)) = open.take() {
            value.push('\n');
            value.push_str(line.strip_suffix(']').unwrap_or(line));
            // A line that begins a property ends one that never did.
            match property(line) {
                Some(next) => place(next, &mut properties, &mut open),
                None if line.ends_with(']') => properties.push((name, value)),
                None => open = Some((name, value)),
            }
        } else if let Some(next) = property(line) {
            place(next, &mut properties, &mut open);
        }
    }
    properties
}

fn property(line: &str) -> Option<(&str, &str)> {
    line.trim_start().strip_prefix('[')?.split_once("]: [")
}

fn place(
    (name, value): (&str, &str),
    properties: &mut Vec<(String, String)>,
    open: &mut Option<(String, String)>,
) {
    match value.trim_end().strip_suffix(']') {
        Some(whole) => properties.push((name.to_owned(), whole.to_owned())),
        None => *open = Some((name.to_owned(), value.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn properties_are_read_also_with_line_breaks_in_them() {
        let text = "[a.b]: [1]\n[c]: []\n[d]: [one\ntwo]\n[e]: [open\n[f]: [x]: [y]]\nnoise\n";
        let expected = [("a.b", "1"), ("c", ""), ("d", "one\ntwo"), ("f", "x]: [y]")];
        assert_eq!(parse(text), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "([\\[\\]: a\n]|\\PC){0,60}") {
            parse(&text);
        }
    }
}
