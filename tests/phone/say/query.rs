//! `cmd package query-activities` and its sisters.

use std::fmt::Write;

use keepone::classify::filter::{Data, Intent};

use crate::answer::Answer;
use crate::lie::{Lies, Place};
use crate::model::Phone;
use crate::model::query::{Answering, Kind, is_default};
use crate::say::text::{exception, short_name};

/// A question as it was asked.
#[derive(Default)]
struct Asked {
    intent: Intent,
    user: u32,
    flags: u32,
    brief: bool,
    components: bool,
    /// The package that alone is asked, `-p`.
    of: Option<String>,
}

pub(crate) fn answer(phone: &Phone, lies: &Lies, kind: Kind, words: &[&str]) -> Answer {
    let (command, many, one) = match kind {
        Kind::Activity => ("query-activities", "activities", "Activity"),
        Kind::Receiver => ("query-receivers", "receivers", "Receiver"),
        Kind::Service => ("query-services", "services", "Service"),
    };
    let asked = match parse(phone, words) {
        Ok(asked) => asked,
        Err(why) => {
            return exception(phone.api, command, &format!("java.lang.IllegalArgumentException: {why}"));
        }
    };
    let mut answering = phone.answering(kind, &asked.intent, asked.user, asked.flags);
    answering.retain(|answer| {
        let name = answer.package.facts.name.as_str();
        !lies.hides(Place::Queries, name) && asked.of.as_ref().is_none_or(|of| of == name)
    });
    if answering.is_empty() {
        return Answer::said(format!("No {many} found\n"));
    }
    let mut said = String::new();
    if !asked.components {
        let _ = writeln!(said, "{} {many} found:", answering.len());
    }
    for (index, answer) in answering.iter().enumerate() {
        one_answer(&mut said, &asked, one, index, answer);
    }
    Answer::said(said)
}

fn one_answer(said: &mut String, asked: &Asked, one: &str, index: usize, answer: &Answering) {
    let name = short_name(answer.package.facts.name.as_str(), &answer.component.name);
    if asked.components {
        let _ = writeln!(said, "{name}");
        return;
    }
    let _ = writeln!(said, "  {one} #{index}:");
    let found = match (&asked.intent.data, &asked.intent.mime_type) {
        (_, Some(_)) => 0x60_8000,
        (Some(_), None) => 0x20_8000,
        (None, None) => 0x10_8000,
    };
    let _ = writeln!(
        said,
        "    priority={} preferredOrder=0 match=0x{found:x} specificIndex=-1 isDefault={}",
        answer.filter.priority,
        is_default(answer.filter),
    );
    if asked.brief {
        let _ = writeln!(said, "    {name}");
        return;
    }
    let exported =
        answer.component.exported.as_ref().and_then(|exported| exported.value()).copied().unwrap_or(true);
    let _ = writeln!(said, "    {one}Info:");
    let _ = writeln!(said, "      name={}", answer.component.name);
    let _ = writeln!(said, "      packageName={}", answer.package.facts.name);
    let _ = writeln!(said, "      enabled=true exported={exported} directBootAware=false");
    if let Some(permission) = &answer.component.permission {
        let _ = writeln!(said, "      permission={permission}");
    }
}

/// `Intent.parseCommandArgs`, as far as a question needs it.
fn parse(phone: &Phone, words: &[&str]) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().copied().ok_or_else(|| format!("Argument expected after \"{word}\""));
        match *word {
            "--brief" => asked.brief = true,
            "--components" if phone.api >= 26 => asked.components = true,
            "--query-flags" if phone.api >= 28 => asked.flags = number(value()?)?,
            "--user" => asked.user = value()?.parse().map_err(|_| "Bad user number".to_owned())?,
            "-a" => value()?.clone_into(&mut asked.intent.action),
            "-c" => asked.intent.categories.push(value()?.to_owned()),
            "-d" => asked.intent.data = Some(Data::parse(value()?)),
            "-t" => asked.intent.mime_type = Some(value()?.to_owned()),
            "-p" => asked.of = Some(value()?.to_owned()),
            word if word.starts_with('-') => return Err(format!("Unknown option: {word}")),
            word => return Err(format!("Unexpected argument: {word}")),
        }
    }
    Ok(asked)
}

/// `Integer.decode`.
fn number(text: &str) -> Result<u32, String> {
    let read = match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    read.map_err(|_| format!("For input string: \"{text}\""))
}
