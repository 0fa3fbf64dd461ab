//! The two languages of everything a person reads: English and simplified Chinese.
//!
//! A text is written once, as a [`Text`] with both forms side by side, next to the code that says it. So a message
//! cannot exist in one language only. Nothing here decides anything.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

/// A language that every message of `KeepOne` exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese as written in mainland China.
    #[serde(rename = "zh-CN")]
    Chinese,
}

impl Language {
    /// Returns the BCP 47 tag, `en` or `zh-CN`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// Reads a language from a BCP 47 tag or a POSIX locale name (`zh_CN.UTF-8`); `None` when it is neither of ours.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary {
            "en" | "c" | "posix" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }
}

/// One message in both languages. `{name}` marks a place that [`Text::fill`] fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The English form.
    pub en: &'static str,
    /// The Chinese form.
    pub zh: &'static str,
}

impl Text {
    /// Pairs the English form of a message with its Chinese form.
    pub const fn new(en: &'static str, zh: &'static str) -> Self {
        Self { en, zh }
    }

    /// Returns the message in one language, its places unfilled.
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }

    /// Returns the message in one language with every `{name}` replaced by the value given for it.
    ///
    /// A value is inserted as it is and never searched for places itself, so hostile text cannot pull in another
    /// value.
    pub fn fill(self, language: Language, values: &[(&str, &dyn Display)]) -> String {
        let mut rest = self.get(language);
        let mut filled = String::with_capacity(rest.len() + 32);
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            filled.push_str(before);
            let Some(close) = from.find('}') else {
                rest = from;
                break;
            };
            let name = &from[1..close];
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => filled.push_str(&value.to_string()),
                None => filled.push_str(&from[..=close]),
            }
            rest = &from[close + 1..];
        }
        filled.push_str(rest);
        filled
    }
}

/// Something that can say itself in either language.
pub trait Localized {
    /// Returns the whole message in `language`, without a final period.
    fn localized(&self, language: Language) -> String;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_value_is_not_searched_for_places() {
        let text = Text::new("{a} and {b}", "{b}和{a}");
        assert_eq!(text.fill(Language::English, &[("a", &"{b}"), ("b", &2)]), "{b} and 2");
        assert_eq!(text.fill(Language::Chinese, &[("a", &1), ("b", &2)]), "2和1");
    }

    #[test]
    fn an_open_brace_without_end_stays_as_it_is() {
        assert_eq!(Text::new("x {a", "").fill(Language::English, &[("a", &1)]), "x {a");
    }

    #[test]
    fn locale_names_are_understood() {
        assert_eq!(Language::from_tag("zh_CN.UTF-8"), Some(Language::Chinese));
        assert_eq!(Language::from_tag("en-US"), Some(Language::English));
        assert_eq!(Language::from_tag("de_DE"), None);
    }
}
