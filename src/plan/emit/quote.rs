//! Makes foreign text safe for a shell script or a build file, or refuses it by name.

use std::fmt::Write as _;

use crate::package::PackageName;
use crate::plan::emit::{EmitError, Form, Refusal};

/// Refuses in the name of one package and one form.
#[derive(Clone, Copy)]
pub(super) struct Quote<'a> {
    pub(super) package: &'a PackageName,
    pub(super) form: Form,
}

impl Quote<'_> {
    /// Returns the error that refuses `text`.
    pub(super) fn refuse(self, text: &str, refusal: Refusal) -> EmitError {
        EmitError { package: self.package.clone(), form: self.form, shown: harmless(text), refusal }
    }

    /// Returns `text` as one word of a POSIX shell: nothing in it is expanded, whatever it holds.
    ///
    /// Characters that would act on the terminal the script prints to are refused.
    pub(super) fn shell(self, text: &str) -> Result<String, EmitError> {
        Ok(format!("'{}'", self.line(text)?.replace('\'', "'\\''")))
    }

    /// Returns `text` when it is one line that nothing in it breaks, repaints or hides.
    pub(super) fn line(self, text: &str) -> Result<&str, EmitError> {
        match text.chars().find(|character| acts(*character)) {
            Some(found) => Err(self.refuse(text, Refusal::Character(found))),
            None => Ok(text),
        }
    }

    /// Returns `text` when Make and Soong take every character of it as itself; they have no quoting that holds
    /// everywhere a path is used.
    pub(super) fn build(self, text: &str) -> Result<&str, EmitError> {
        let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@' | '/');
        match text.chars().find(|character| !plain(character)) {
            Some(found) => Err(self.refuse(text, Refusal::Character(found))),
            None => Ok(text),
        }
    }

    /// Returns the segments of an absolute path that stays where it is: no empty segment, no `.` and no `..`.
    pub(super) fn segments(self, path: &str) -> Result<Vec<&str>, EmitError> {
        let segments: Vec<&str> =
            path.strip_prefix('/').map(|rest| rest.split('/').collect()).unwrap_or_default();
        let stays = |segment: &&str| !matches!(*segment, "" | "." | "..");
        if segments.is_empty() || !segments.iter().all(stays) {
            return Err(self.refuse(path, Refusal::NotAPath));
        }
        Ok(segments)
    }
}

/// Returns whether a character could act on a terminal, break a line, or hide what stands beside it.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns `text` as it may stand in a comment of any form: one line of ASCII in which nothing has a meaning.
pub(super) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() || " ._-+@/:,=()".contains(character) {
            shown.push(character);
        } else {
            // Writing into a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;

    fn with<T>(form: Form, test: impl FnOnce(Quote<'_>) -> T) -> T {
        let package = PackageName::new("a.b").unwrap();
        test(Quote { package: &package, form })
    }

    #[test]
    fn a_shell_takes_a_quoted_word_as_it_is() {
        for text in [
            "",
            "a b",
            "$(touch /tmp/x)",
            "`id`",
            "it's",
            "\\",
            "\"",
            "*",
            "-n",
            "~",
            "!x",
            "中文",
            "a'\\''b",
        ] {
            let word = with(Form::Script, |quote| quote.shell(text)).unwrap();
            let out = Command::new("sh").arg("-c").arg(format!("printf '%s.' {word}")).output().unwrap();
            assert_eq!(String::from_utf8(out.stdout).unwrap(), format!("{text}."), "{word}");
        }
    }

    #[test]
    fn what_acts_on_a_terminal_is_refused_by_name() {
        for text in ["a\nb", "a\rb", "\u{1b}[2J", "\u{202e}abc", "a\0", "\u{9b}x", "\u{200b}"] {
            let error = with(Form::Script, |quote| quote.shell(text)).unwrap_err();
            assert_eq!(error.package.as_str(), "a.b");
            assert!(error.shown.is_ascii() && !error.shown.contains(char::is_control), "{error}");
            assert!(matches!(error.refusal, Refusal::Character(_)));
        }
    }

    #[test]
    fn build_files_take_plain_words_only() {
        for text in
            ["$(shell id)", "a b", "a'b", "a\"b", "a\\", "a#b", "a:b", "a%b", "中", "a\nb", "a,b", "a=b"]
        {
            let error = with(Form::Make, |quote| quote.build(text).map(str::to_owned)).unwrap_err();
            assert!(error.to_string().contains("make"), "{error}");
        }
        assert!(with(Form::Soong, |quote| quote.build("/product/data-app/A_b+c@1.apk").is_ok()));
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_refused() {
        for path in ["", "a/b", "/", "/a//b", "/a/../b", "/a/.", "/a/"] {
            assert!(with(Form::Script, |quote| quote.segments(path).is_err()), "{path:?}");
        }
        assert_eq!(with(Form::Script, |quote| quote.segments("/a/b c").unwrap().len()), 2);
    }

    proptest! {
        #[test]
        fn a_comment_is_one_harmless_line(text in "\\PC*|.*") {
            let shown = harmless(&text);
            prop_assert!(shown.is_ascii() && !shown.contains(char::is_control) && !shown.ends_with('\\'));
            prop_assert!(!shown.contains(['$', '`', '\'', '"', '*', '#']));
        }
    }
}
