//! The command line is whole in both languages: every command, every argument, every line of help, and no English
//! sentence is left in what speaks Chinese.

use clap::{Arg, Command};
use keepone::cli;
use keepone::language::Language;
use keepone::report::table;

use crate::program::{PHONE, TABLET, keepone};

/// Every command with its full name.
fn commands(language: Language) -> Vec<(String, Command)> {
    fn walk(name: String, command: &Command, all: &mut Vec<(String, Command)>) {
        for part in command.get_subcommands() {
            walk(format!("{name} {}", part.get_name()), part, all);
        }
        all.push((name, command.clone()));
    }
    let mut all = Vec::new();
    walk("keepone".to_owned(), &cli::command(language), &mut all);
    all
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

/// Returns the first run of `length` English words in a line, if there is one: words of letters alone, as sentences have
/// them; ids, paths, options and names are made of more.
fn english(line: &str, length: usize) -> Option<String> {
    let mut run: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let bare = word.trim_matches(|character: char| character.is_ascii_punctuation());
        let is_word = !bare.is_empty() && bare.chars().all(|character| character.is_ascii_lowercase());
        if is_word {
            run.push(bare);
            if run.len() >= length {
                return Some(run.join(" "));
            }
        } else {
            run.clear();
        }
    }
    None
}

#[test]
fn the_commands_of_this_release_are_there_and_no_others() {
    let names: Vec<String> = commands(Language::English).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "keepone audit",
        "keepone classify",
        "keepone plan",
        "keepone enforce",
        "keepone undo",
        "keepone controls",
        "keepone records",
        "keepone snapshot",
        "keepone diff",
        "keepone explain",
        "keepone profile list",
        "keepone profile show",
        "keepone profile check",
        "keepone profile init",
        "keepone profile",
        "keepone",
    ];
    assert_eq!(names, expected);
}

#[test]
fn every_command_and_argument_has_its_words_in_both_languages() {
    let (english, chinese) = (commands(Language::English), commands(Language::Chinese));
    assert_eq!(english.len(), chinese.len());
    for ((name, en), (same, zh)) in english.iter().zip(&chinese) {
        assert_eq!(name, same);
        both(name, &about(en), &about(zh));
        let arguments: Vec<(&Arg, &Arg)> = en.get_arguments().zip(zh.get_arguments()).collect();
        assert_eq!(arguments.len(), zh.get_arguments().count());
        for (en, zh) in arguments {
            assert_eq!(en.get_id(), zh.get_id());
            both(&format!("{name} {}", en.get_id()), &help(en), &help(zh));
        }
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn help(argument: &Arg) -> String {
    argument.get_help().map(ToString::to_string).unwrap_or_default()
}

fn both(what: &str, en: &str, zh: &str) {
    assert!(!en.is_empty() && en.is_ascii(), "{what}: {en:?}");
    assert!(is_chinese(zh), "{what}: {zh:?}");
    assert!(!en.ends_with('.') && !zh.ends_with('。'), "{what}: {en:?} {zh:?}");
}

#[test]
fn help_pages_fit_a_terminal_and_are_whole() {
    for language in [Language::English, Language::Chinese] {
        for (name, _) in commands(language) {
            let mut arguments: Vec<&str> = name.split(' ').skip(1).collect();
            arguments.extend(["--help", "--lang", language.tag()]);
            let run = keepone(&arguments);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
            for line in run.stdout.lines() {
                assert!(table::width(line) <= table::LINE, "{name}: {line}");
                if language == Language::Chinese {
                    assert_eq!(english(line, 3), None, "{name}: {line}");
                }
            }
            let heading = if language == Language::Chinese { "用法：" } else { "Usage: " };
            assert!(run.stdout.contains(&format!("{heading}{name}")), "{name}:\n{}", run.stdout);
        }
    }
}

#[test]
fn what_speaks_chinese_has_no_english_sentence() {
    let runs: [&[&str]; 9] = [
        &["audit", PHONE, "-v"],
        &["audit", TABLET, "-v"],
        &["classify", TABLET, "-v"],
        &["plan", PHONE, "-v"],
        &["plan", TABLET, "-v"],
        &["diff", PHONE, TABLET, "-v"],
        &["profile", "list"],
        &["explain", "com.android.mms", PHONE, "-v"],
        &["explain", "claim-contradicted"],
    ];
    for arguments in runs {
        let run = keepone(&[arguments, &["--lang", "zh-CN"]].concat());
        assert_eq!(run.stderr, "", "{arguments:?}");
        for line in run.stdout.lines() {
            assert_eq!(english(line, 4), None, "{arguments:?}: {line}");
        }
    }
}

#[test]
fn a_sentence_is_found_where_there_is_one() {
    assert_eq!(english("错误 failed to read the file", 4).as_deref(), Some("failed to read the"));
    assert_eq!(english("/system/app com.android.mms --lang zh-CN a-b", 2), None);
}
