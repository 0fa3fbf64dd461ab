//! What `cmd appops get PACKAGE` says: the modes of app-ops, of the package and of its uid. Takes the text, any bytes.
//!
//! The form is that of `AppOpsService.Shell`: `CAMERA: allow; time=+1h ago`, with `Uid mode: ` before what holds for the
//! uid; a maker's own operations stand with their numbers, `MIUIOP(10008): ignore`.

use std::collections::BTreeMap;

use crate::enforce::Word;

/// The most operations that are kept; Android has fewer than two hundred, makers add some dozens.
const MOST: usize = 4096;

/// The modes of one package for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// What holds for the uid, before what holds for the package.
    pub uid: BTreeMap<String, Word>,
    /// What holds for the package.
    pub package: BTreeMap<String, Word>,
}

impl Modes {
    /// Reads the text.
    pub fn parse(text: &str) -> Self {
        let mut modes = Self::default();
        for line in text.lines() {
            let (of, line) = match line.trim().strip_prefix("Uid mode:") {
                Some(rest) => (&mut modes.uid, rest.trim_start()),
                None => (&mut modes.package, line.trim()),
            };
            let Some((name, mode)) = line.split_once(": ") else { continue };
            let mode = mode.split([';', ' ']).next().unwrap_or_default();
            if let (Some(name), Some(mode)) = (key_of_name(name), word(mode))
                && of.len() < MOST
            {
                of.insert(name, mode);
            }
        }
        modes
    }

    /// Returns the mode that holds; `None` when the operation is not listed. A mode of the uid that is the default decides
    /// nothing (`AppOpsService.checkOperation`).
    pub fn of(&self, key: &str) -> Option<Word> {
        let of = |modes: &BTreeMap<String, Word>| modes.get(key).map(|word| kept(key, *word));
        let of_uid = of(&self.uid);
        of_uid.filter(|word| *word != Word::Default).or_else(|| of(&self.package)).or(of_uid)
    }

    /// Returns whether the mode of the uid decides.
    pub fn by_uid(&self, key: &str) -> bool {
        self.uid.get(key).is_some_and(|word| kept(key, *word) != Word::Default)
    }

    /// Returns every operation that is not at its default, with the mode that holds.
    pub fn set(&self) -> BTreeMap<&str, Word> {
        let keys = self.uid.keys().chain(self.package.keys());
        keys.filter_map(|key| Some((key.as_str(), self.of(key)?)))
            .filter(|(_, word)| *word != Word::Default)
            .collect()
    }
}

/// The modes of operations that are not allowed while nothing is set (`AppOpsManager.opToDefaultMode`), of those that are
/// ever set.
const DEFAULTS: [(&str, Word); 19] = [
    ("ACTIVATE_PLATFORM_VPN", Word::Ignored),
    ("ACTIVATE_VPN", Word::Ignored),
    ("GET_USAGE_STATS", Word::Default),
    ("INTERACT_ACROSS_PROFILES", Word::Default),
    ("LEGACY_STORAGE", Word::Default),
    ("LOADER_USAGE_STATS", Word::Default),
    ("MANAGE_EXTERNAL_STORAGE", Word::Default),
    ("MANAGE_IPSEC_TUNNELS", Word::Errored),
    ("MANAGE_MEDIA", Word::Default),
    ("MOCK_LOCATION", Word::Errored),
    ("NO_ISOLATED_STORAGE", Word::Errored),
    ("PROJECT_MEDIA", Word::Ignored),
    ("READ_DEVICE_IDENTIFIERS", Word::Errored),
    ("REQUEST_INSTALL_PACKAGES", Word::Default),
    ("SCHEDULE_EXACT_ALARM", Word::Default),
    ("SYSTEM_ALERT_WINDOW", Word::Default),
    ("USE_FULL_SCREEN_INTENT", Word::Default),
    ("WRITE_SETTINGS", Word::Default),
    ("WRITE_SMS", Word::Ignored),
];

/// The mode of an operation that nobody has set; `None` for a maker's own.
fn default_of(key: &str) -> Option<Word> {
    let known = || DEFAULTS.iter().find(|(name, _)| *name == key).map_or(Word::Allowed, |(_, word)| *word);
    (!is_number(key)).then(known)
}

/// The mode as Android keeps it: one that is the default of its operation is not kept. A maker's own operation stays as it
/// is.
pub fn kept(key: &str, word: Word) -> Word {
    if default_of(key) == Some(word) { Word::Default } else { word }
}

/// The mode to set so that an operation stands at its default: `MODE_DEFAULT` itself would be kept beside it, and for work
/// in the background it restricts (`AppStateTracker`).
pub fn set_to(key: &str, word: Word) -> Word {
    if word == Word::Default { default_of(key).unwrap_or(word) } else { word }
}

/// The name by which the shell knows an operation of a cell: `CAMERA` for `android:camera`, a maker's number as it is.
/// `None` when the text is neither.
pub fn key(op: &str) -> Option<String> {
    if is_number(op) {
        return Some(op.to_owned());
    }
    let name = op.strip_prefix("android:")?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (!name.is_empty() && name.len() <= 64 && name.bytes().all(fits)).then(|| name.to_ascii_uppercase())
}

/// The operation of a cell for a name of the shell.
pub fn op(key: &str) -> String {
    if is_number(key) { key.to_owned() } else { format!("android:{}", key.to_ascii_lowercase()) }
}

/// Whether an operation is a maker's own, known by its number.
pub fn is_number(op: &str) -> bool {
    !op.is_empty() && op.len() <= 9 && op.bytes().all(|byte| byte.is_ascii_digit())
}

/// The word of the shell for a mode; `None` when it is no mode.
pub const fn mode(word: Word) -> Option<&'static str> {
    Some(match word {
        Word::Default => "default",
        Word::Allowed => "allow",
        Word::Ignored => "ignore",
        Word::Errored => "deny",
        Word::Foreground => "foreground",
        Word::Enabled | Word::Disabled | Word::DisabledByUser | Word::DisabledUntilUsed => return None,
    })
}

/// The default of an operation that is not set, where `cmd appops get PACKAGE OP` tells it.
pub fn default_mode(text: &str) -> Option<Word> {
    text.lines().find_map(|line| word(line.trim().strip_prefix("Default mode: ")?))
}

fn word(mode: &str) -> Option<Word> {
    Some(match mode {
        "default" => Word::Default,
        "allow" => Word::Allowed,
        "ignore" => Word::Ignored,
        "deny" => Word::Errored,
        "foreground" => Word::Foreground,
        _ => return None,
    })
}

/// `CAMERA`, or the number of `MIUIOP(10008)`.
fn key_of_name(name: &str) -> Option<String> {
    let number = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    match number {
        Some(number) => is_number(number).then(|| number.to_owned()),
        None => key(&format!("android:{name}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn modes_of_uid_package_and_maker_are_told_apart() {
        let modes = Modes::parse(
            "Uid mode: COARSE_LOCATION: ignore\nUid mode: LEGACY_STORAGE: default\nCOARSE_LOCATION: allow; time=+1h2m ago\n\
             RUN_ANY_IN_BACKGROUND: deny; rejectTime=+3s ago (running)\nMIUIOP(10008): ignore\nVIBRATE: default\n",
        );
        assert_eq!(modes.of("COARSE_LOCATION"), Some(Word::Ignored));
        assert!(modes.by_uid("COARSE_LOCATION") && !modes.by_uid("LEGACY_STORAGE"));
        assert_eq!(modes.of("RUN_ANY_IN_BACKGROUND"), Some(Word::Errored));
        assert_eq!(modes.of("10008"), Some(Word::Ignored));
        assert_eq!(modes.of("CAMERA"), None);
        let modes_of_uid =
            Modes::parse("Uid mode: CAMERA: allow\nCAMERA: ignore\nSYSTEM_ALERT_WINDOW: allow\n");
        assert_eq!(modes_of_uid.of("CAMERA"), Some(Word::Ignored), "a default of the uid decides nothing");
        assert_eq!(modes_of_uid.of("SYSTEM_ALERT_WINDOW"), Some(Word::Allowed));
        assert_eq!(
            modes.set().keys().copied().collect::<Vec<_>>(),
            ["10008", "COARSE_LOCATION", "RUN_ANY_IN_BACKGROUND"]
        );
        assert_eq!(Modes::parse("No operations.\nDefault mode: allow\n"), Modes::default());
        assert_eq!(
            (key("android:camera").as_deref(), key("10008").as_deref()),
            (Some("CAMERA"), Some("10008"))
        );
        assert_eq!(key("android:x; reboot"), None);
        assert_eq!((op("CAMERA"), op("10008")), ("android:camera".to_owned(), "10008".to_owned()));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(Uid mode: |CAMERA: allow|MIUIOP\\(|\\)|: |\n|\\PC*)*") {
            let modes = Modes::parse(&text);
            let _ = modes.set();
        }
    }
}
