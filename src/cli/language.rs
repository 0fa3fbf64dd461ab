//! Which language to speak, found before anything else is understood, so that even the message about a wrong argument
//! is in it.

use std::ffi::OsString;

use crate::language::Language;

/// Returns the language asked for by `--lang` anywhere in `arguments`, else by the locale that `variable` tells, else
/// English.
///
/// Of the locale the first that is set and not empty counts, `LC_ALL` before `LC_MESSAGES` before `LANG`, as POSIX
/// orders them for messages.
pub(super) fn find(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Language {
    let asked = asked(arguments).and_then(Language::from_tag);
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|v| !v.is_empty()));
    asked.or_else(|| locale.as_deref().and_then(Language::from_tag)).unwrap_or_default()
}

fn asked(arguments: &[OsString]) -> Option<&str> {
    let mut arguments = arguments.iter().skip(1).map_while(|argument| {
        let text = argument.to_str().unwrap_or_default();
        (text != "--").then_some(text)
    });
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            return arguments.next();
        }
        if let Some(value) = argument.strip_prefix("--lang=") {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(arguments: &[&str], locale: &[(&str, &str)]) -> Language {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        find(&arguments, |name| {
            locale.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_argument_wins_wherever_it_stands() {
        let english = [("LANG", "en_US.UTF-8")];
        assert_eq!(language(&["keepone", "--lang", "zh-CN", "audit"], &english), Language::Chinese);
        assert_eq!(language(&["keepone", "audit", "x", "--lang=zh"], &english), Language::Chinese);
        assert_eq!(language(&["keepone", "audit", "--", "--lang=zh"], &english), Language::English);
        assert_eq!(language(&["keepone", "--lang", "en"], &[("LC_ALL", "zh_CN")]), Language::English);
    }

    #[test]
    fn the_locale_speaks_in_the_order_of_posix() {
        assert_eq!(language(&["keepone"], &[("LANG", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(language(&["keepone"], &[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), Language::English);
        assert_eq!(language(&["keepone"], &[("LC_ALL", ""), ("LC_MESSAGES", "zh_SG")]), Language::Chinese);
        assert_eq!(language(&["keepone"], &[("LANG", "de_DE.UTF-8")]), Language::English);
        assert_eq!(language(&["keepone", "--lang"], &[]), Language::English);
    }
}
