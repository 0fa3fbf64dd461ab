//! Takes names apart into lower-case words: `com.android.deskclock` and `BookmarksPageActivity`.

/// Calls `each` with every word of `text`: runs of letters, split where lower case turns to upper case (`fileBrowser`)
/// and before the last capital of a run of capitals (`SMSBackup`).
pub(super) fn each_word(text: &str, mut each: impl FnMut(&str)) {
    let lower = text.to_ascii_lowercase();
    let bytes = text.as_bytes();
    let mut start = 0;
    for (index, &byte) in bytes.iter().enumerate() {
        let splits = byte.is_ascii_uppercase()
            && index > start
            && (!bytes[index - 1].is_ascii_uppercase()
                || bytes.get(index + 1).is_some_and(u8::is_ascii_lowercase));
        if splits || !byte.is_ascii_alphabetic() {
            // A word is ASCII, so its ends are boundaries of characters; other text falls through here.
            if let Some(word) = lower.get(start..index).filter(|word| !word.is_empty()) {
                each(word);
            }
            start = if splits { index } else { index + 1 };
        }
    }
    if let Some(word) = lower.get(start..).filter(|word| !word.is_empty()) {
        each(word);
    }
}

/// Returns whether `pattern` fits `word`: equal, or with `*` at one or both ends, found at the other end or anywhere.
pub(super) fn fits(pattern: &str, word: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => word.contains(pattern.trim_matches('*')),
        (Some(end), None) => word.ends_with(end),
        (None, Some(start)) => word.starts_with(start),
        (None, None) => word == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn camel_case_underscores_and_runs_of_capitals_are_split() {
        assert_eq!(words("BookmarksPageActivity"), ["bookmarks", "page", "activity"]);
        assert_eq!(words("PICK_DIRECTORY"), ["pick", "directory"]);
        assert_eq!(words("SMSBackup2Activity"), ["sms", "backup", "activity"]);
        assert_eq!(words("globalFileexplorer"), ["global", "fileexplorer"]);
        assert_eq!(words(""), Vec::<String>::new());
        assert_eq!(words("my相机Camera"), ["my", "camera"]);
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(fits("*clock", "alarmclock") && fits("camera*", "camera") && fits("*file*", "myfiles"));
        assert!(!fits("clock", "alarmclock") && !fits("camera*", "mycamera"));
    }
}
