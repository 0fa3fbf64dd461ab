//! Pieces of what the platform says that several services share.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::answer::Answer;

/// What the platform prints of an object without a name of its own: a number that stays the same.
pub(crate) fn identity(of: &str) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    format!("{:x}", hasher.finish() & 0x0fff_ffff)
}

/// `ComponentName.flattenToShortString`.
pub(crate) fn short_name(package: &str, class: &str) -> String {
    match class.strip_prefix(package) {
        Some(rest) if rest.starts_with('.') => format!("{package}/{rest}"),
        _ => format!("{package}/{class}"),
    }
}

/// An exception of a shell command, as its release prints it.
pub(crate) fn exception(api: u32, command: &str, exception: &str) -> Answer {
    match api {
        ..28 => Answer::failed(1, format!("Error: {exception}\n")),
        28 | 29 => Answer::failed(
            255,
            format!(
                "\nException occurred while executing:\n{exception}\n\tat android.os.Parcel.createException(Parcel.java:1950)\n"
            ),
        ),
        _ => Answer::failed(
            255,
            format!(
                "\nException occurred while executing '{command}':\n{exception}\n\tat android.os.ShellCommand.exec(ShellCommand.java:44)\n"
            ),
        ),
    }
}

/// Options and arguments of a command line.
#[derive(Debug, Default)]
pub(crate) struct Arguments<'a> {
    pub(crate) user: Option<&'a str>,
    pub(crate) flags: Vec<&'a str>,
    pub(crate) plain: Vec<&'a str>,
}

impl<'a> Arguments<'a> {
    /// Takes a command line apart: `--user N`, flags without a value, the rest.
    pub(crate) fn of(words: &[&'a str]) -> Self {
        let mut arguments = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--user" => arguments.user = words.next().copied(),
                word if word.starts_with('-') && word.len() > 1 && arguments.plain.is_empty() => {
                    arguments.flags.push(word);
                }
                word => arguments.plain.push(word),
            }
        }
        arguments
    }

    /// The user that is meant; the first one where none is named. `None` for `all` or what is no user.
    pub(crate) fn user(&self) -> Option<u32> {
        match self.user {
            None | Some("current" | "cur") => Some(0),
            Some(user) => user.parse().ok(),
        }
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }
}
