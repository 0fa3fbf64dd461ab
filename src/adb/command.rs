//! One command for the shell of a device. Takes words, gives a line of which a shell makes exactly these words again.
//!
//! Package names, permissions and paths of a device reach its shell only through [`Command::line`]: whatever a word holds,
//! it stays one word.

/// One program with its arguments, as words; nothing is quoted until it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    words: Vec<String>,
    drop_errors: bool,
    at_most: usize,
}

/// The longest answer that is kept when a command sets no limit of its own. The largest `dumpsys package` seen has 3 MB.
pub const LONGEST_ANSWER: usize = 64 << 20;

impl Command {
    /// A command that runs `program`, without arguments.
    pub fn new(program: &'static str) -> Self {
        Self { words: vec![program.to_owned()], drop_errors: false, at_most: LONGEST_ANSWER }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, word: impl Into<String>) -> Self {
        self.words.push(word.into());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<I: IntoIterator<Item = S>, S: Into<String>>(mut self, words: I) -> Self {
        self.words.extend(words.into_iter().map(Into::into));
        self
    }

    /// Returns the program and its arguments.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Drops what the program says on its error stream. Without this it stands in the output, where `pm` and `cmd` say why
    /// they refuse; a binary answer cannot bear it.
    #[must_use]
    pub fn drop_errors(mut self) -> Self {
        self.drop_errors = true;
        self
    }

    /// Keeps at most `bytes` of the output. A longer answer says that it was cut.
    #[must_use]
    pub fn at_most(mut self, bytes: usize) -> Self {
        self.at_most = bytes;
        self
    }

    /// Returns how much of the output is kept, in bytes.
    pub const fn limit(&self) -> usize {
        self.at_most
    }

    /// Returns whether the error stream is dropped.
    pub const fn drops_errors(&self) -> bool {
        self.drop_errors
    }

    /// Writes the words so that `sh` reads exactly them: each as it is, or in single quotes where it holds anything but
    /// ASCII letters, digits and `_./:=,@%+-`.
    pub fn line(&self) -> String {
        let mut line = String::new();
        for word in &self.words {
            if !line.is_empty() {
                line.push(' ');
            }
            quote(word, &mut line);
        }
        line
    }
}

/// Appends `word` to `line` as one word of `sh`. Inside single quotes nothing is special but the single quote itself,
/// which is written outside of them.
fn quote(word: &str, line: &mut String) {
    if !word.is_empty() && word.bytes().all(is_plain) {
        line.push_str(word);
        return;
    }
    line.push('\'');
    for character in word.chars() {
        match character {
            '\'' => line.push_str("'\\''"),
            // No program can be given one, and shells differ in what they make of it.
            '\0' => line.push('\u{fffd}'),
            other => line.push(other),
        }
    }
    line.push('\'');
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'_' | b'.' | b'/' | b':' | b'=' | b',' | b'@' | b'%' | b'+' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the system's `sh` makes of a line: its words.
    fn words_of_sh(line: &str) -> Vec<String> {
        let script = format!("set -- {line}\nfor word do printf '%s\\0' \"$word\"; done");
        let output = std::process::Command::new("/bin/sh").arg("-c").arg(script).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_terminator('\0').map(str::to_owned).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_shell_reads_the_words_that_were_written(
            words in proptest::collection::vec("([^\0]|[-'\"$`(){};&|<>*?~!#\\\\ \n\t]){0,12}", 0..6),
        ) {
            let command = Command::new("printf").args(words);
            prop_assert_eq!(words_of_sh(&command.line()), command.words());
        }
    }

    #[test]
    fn plain_words_stay_readable_and_others_stay_words() {
        let command = Command::new("pm").args(["grant", "--user", "10", "a.b", "x.Y_Z"]);
        assert_eq!(command.line(), "pm grant --user 10 a.b x.Y_Z");
        let hostile = Command::new("pm").arg("path").arg("a; rm -rf '$HOME' `id`\n");
        assert_eq!(hostile.line(), "pm path 'a; rm -rf '\\''$HOME'\\'' `id`\n'");
        assert_eq!(Command::new("echo").arg("").arg("*").line(), "echo '' '*'");
        assert_eq!(words_of_sh(&hostile.line()), hostile.words());
    }

    #[test]
    fn a_word_cannot_hold_the_character_that_ends_texts() {
        assert_eq!(Command::new("echo").arg("a\0b").line(), "echo 'a\u{fffd}b'");
    }
}
