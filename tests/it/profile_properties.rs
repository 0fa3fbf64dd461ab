//! Whatever text is given, reading it ends in a profile file or in mistakes that lie inside the text.

use keepone::language::{Language, Localized as _};
use keepone::profile::{self, Mistakes, parse, parse_bytes, select};
use proptest::prelude::*;

const SEEDS: [&str; 5] = [
    include_str!("../../config/profiles/tc260-2021-draft.toml"),
    include_str!("../../config/profiles/eu-dma-6-3.toml"),
    include_str!("../data/profiles/valid/layer-over-a-built-in-profile.toml"),
    include_str!("../data/profiles/valid/profile-of-its-own.toml"),
    include_str!("../data/profiles/invalid/five-mistakes.toml"),
];

/// Reads a text all the way and checks that every mistake has a place in it and can be said.
fn read(text: &[u8]) -> Result<(), TestCaseError> {
    match parse_bytes("file.toml", text).and_then(|file| select(&file, &[])) {
        Ok(_) => Ok(()),
        Err(mistakes) => every_mistake_is_told(&mistakes),
    }
}

fn every_mistake_is_told(mistakes: &Mistakes) -> Result<(), TestCaseError> {
    prop_assert!(mistakes.len() > 0);
    for mistake in mistakes {
        let text = mistakes.text_of(&mistake.file);
        prop_assert!(mistake.span.start <= mistake.span.end && mistake.span.end <= text.len());
        prop_assert!(mistake.line >= 1 && mistake.column >= 1);
        prop_assert!(mistake.line as usize <= text.split('\n').count());
        for language in [Language::English, Language::Chinese] {
            let message = mistake.localized(language);
            prop_assert!(
                !message.is_empty() && !message.contains('\n') && !message.contains('\u{1b}'),
                "{}",
                message
            );
        }
    }
    #[cfg(feature = "cli")]
    for language in [Language::English, Language::Chinese] {
        let shown = keepone::cli::mistakes::render(mistakes, language, false);
        prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{}", shown.escape_debug());
    }
    Ok(())
}

/// One change to a text: a piece of it replaced by something else.
fn changed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        any::<String>(),
        prop::sample::select(vec![
            "",
            "\n",
            "\"",
            "[",
            "[[",
            "]]",
            "{",
            "}",
            "=",
            "\\",
            "'''",
            "\"\"\"",
            "1",
            "-1",
            "true",
            "2026-02-30",
            "[]",
            "{}",
            "schema-version = 2\n",
            "[[waiver]]\n",
            "[[group]]\n",
            "id = 1\n",
            "extends = \"kr-tba\"\n",
            "\u{202e}",
            "\r",
            "\0",
        ])
        .prop_map(str::to_owned),
    ];
    let edit = (any::<prop::sample::Index>(), 0..40_usize, piece);
    (prop::sample::select(SEEDS.to_vec()), prop::collection::vec(edit, 1..6)).prop_map(|(seed, edits)| {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, length, piece) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_told_wrong(text in any::<String>()) {
        read(text.as_bytes())?;
    }

    #[test]
    fn any_bytes_are_read_or_told_wrong(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read(&bytes)?;
    }

    #[test]
    fn any_change_to_a_file_is_read_or_told_wrong(text in changed()) {
        read(text.as_bytes())?;
    }

    #[test]
    fn reading_twice_gives_the_same(text in changed()) {
        prop_assert_eq!(parse("file.toml", &text), parse("file.toml", &text));
    }

    /// A file that is right stays right when a line is added that says nothing.
    #[test]
    fn comments_change_nothing_but_the_lines(text in prop::sample::select(SEEDS[2..4].to_vec()), comment in "# \\PC{0,20}") {
        let plain = select(&parse("file.toml", text).unwrap(), &[]).unwrap();
        let commented = select(&parse("file.toml", &format!("{comment}\n{text}")).unwrap(), &[]).unwrap();
        prop_assert_eq!(&plain.requirements.len(), &commented.requirements.len());
        for (one, other) in plain.waivers.iter().zip(&commented.waivers) {
            prop_assert_eq!(one.origin.line + 1, other.origin.line);
        }
        prop_assert_ne!(plain.digest(), commented.digest());
    }
}

#[test]
fn a_file_as_large_as_allowed_is_told_wrong() {
    for piece in ["[[waiver]]\n", "a.b.c.d = 1\n", "x = [[[[[[", "\"", "[[group]]\nid=\"contacts\"\n", "={"] {
        let text = piece.repeat(profile::MAX_FILE / piece.len());
        let mistakes = parse("file.toml", &text).expect_err("no profile is made of one piece");
        assert!(mistakes.len() > 0);
    }
}
