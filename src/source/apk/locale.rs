//! Which configuration of a resource holds for a language.
//!
//! Takes the bytes of a `ResTable_config`, gives a rank; never reads a value.

use super::bytes::u8_at;

/// A language that labels are looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// No language: what holds for a device that nothing is known of.
    Default,
    /// English, or the default that an app falls back to.
    English,
    /// Chinese as written in mainland China.
    Chinese,
}

/// What a configuration asks of the device, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    language: [u8; 2],
    country: [u8; 2],
    script: [u8; 4],
    /// How many bytes other than those of the language are set: the fewer, the more devices it holds for.
    others: usize,
}

impl Rank {
    /// Reads a configuration. Fields that an older one lacks are unset.
    pub(super) fn of(config: &[u8]) -> Self {
        let byte = |at| u8_at(config, at).unwrap_or(0);
        let size = usize::from(byte(0)).min(config.len());
        let is_other = |at: &usize| !matches!(at, 0..4 | 8..12 | 36..48 | 52..);
        let others = (0..size).filter(is_other).filter(|at| byte(*at) != 0).count();
        Self {
            language: [byte(8), byte(9)],
            country: [byte(10), byte(11)],
            script: if size > 36 { [byte(36), byte(37), byte(38), byte(39)] } else { [0; 4] },
            others,
        }
    }

    /// Tells whether the configuration asks nothing of the device.
    pub(super) fn is_default(self) -> bool {
        self.language == [0, 0] && self.country == [0, 0] && self.others == 0
    }

    /// Ranks the configuration for a language, the best lowest; `None` when it is of another language.
    pub(super) fn in_locale(self, locale: Locale) -> Option<(u8, usize)> {
        let rank = match (locale, &self.language, &self.country) {
            (Locale::Default, ..) if self.is_default() => 0,
            (Locale::English, b"en", [0, 0]) => 0,
            (Locale::English, b"en", b"US") => 1,
            (Locale::English, [0, 0], _) => 2,
            (Locale::English, b"en", _) => 3,
            (Locale::Chinese, b"zh", _) if &self.script == b"Hant" => return None,
            (Locale::Chinese, b"zh", b"CN") => 0,
            (Locale::Chinese, b"zh", [0, 0]) => 1,
            (Locale::Chinese, b"zh", _) if &self.script == b"Hans" => 2,
            _ => return None,
        };
        Some((rank, self.others))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(language: &str, country: &str, script: &str, density: u8) -> Rank {
        let mut config = [0; 64];
        config[0] = 64;
        config[8..8 + language.len()].copy_from_slice(language.as_bytes());
        config[10..10 + country.len()].copy_from_slice(country.as_bytes());
        config[14] = density;
        config[36..36 + script.len()].copy_from_slice(script.as_bytes());
        Rank::of(&config)
    }

    #[test]
    fn mainland_chinese_comes_before_chinese_and_never_traditional() {
        let order = [rank("zh", "CN", "", 0), rank("zh", "", "", 0), rank("zh", "SG", "Hans", 0)];
        assert!(order.is_sorted_by_key(|rank| rank.in_locale(Locale::Chinese).unwrap()));
        assert_eq!(rank("zh", "TW", "", 0).in_locale(Locale::Chinese), None);
        assert_eq!(rank("zh", "", "Hant", 0).in_locale(Locale::Chinese), None);
        assert_eq!(rank("", "", "", 0).in_locale(Locale::Chinese), None);
    }

    #[test]
    fn english_comes_before_the_default_and_the_default_before_other_english() {
        let order = [rank("en", "", "", 0), rank("", "", "", 0), rank("en", "GB", "", 0)];
        assert!(order.is_sorted_by_key(|rank| rank.in_locale(Locale::English).unwrap()));
        assert!(order[1].is_default() && !order[0].is_default());
    }

    #[test]
    fn of_two_in_one_language_the_one_that_asks_less_comes_first() {
        let (plain, dense) = (rank("zh", "CN", "", 0), rank("zh", "CN", "", 240));
        assert!(plain.in_locale(Locale::Chinese) < dense.in_locale(Locale::Chinese));
    }
}
