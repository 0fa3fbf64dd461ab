//! Takes names apart into words: `com.android.deskclock` and `BookmarksPageActivity`.

/// Returns the words of `text`: runs of letters, split where lower case turns to upper case (`fileBrowser`) and before
/// the last capital of a run of capitals (`SMSBackup`).
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.bytes().position(|byte| byte.is_ascii_alphabetic())?;
        let letters = rest.get(start..)?;
        let (word, after) = letters.split_at_checked(first_word(letters.as_bytes()))?;
        rest = after;
        Some(word)
    })
}

/// Returns how long the word is that `text` begins with.
fn first_word(text: &[u8]) -> usize {
    let capitals = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let small = text.iter().skip(capitals).take_while(|byte| byte.is_ascii_lowercase()).count();
    match (capitals, small) {
        (0 | 1, small) => capitals + small,
        (capitals, 0) => capitals,
        // the last capital begins the next word
        (capitals, _) => capitals - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn camel_case_underscores_and_runs_of_capitals_are_split() {
        for (text, expected) in [
            ("BookmarksPageActivity", &["Bookmarks", "Page", "Activity"][..]),
            ("PICK_DIRECTORY", &["PICK", "DIRECTORY"]),
            ("SMSBackup2Activity", &["SMS", "Backup", "Activity"]),
            ("globalFileexplorer", &["global", "Fileexplorer"]),
            ("", &[]),
            ("_2", &[]),
            ("my相机Camera", &["my", "Camera"]),
        ] {
            assert_eq!(words(text).collect::<Vec<_>>(), expected);
        }
    }
}
