//! `keepone records`: what apps did on a phone, as far as the platform keeps it. Judges nothing; ends with 2 when something
//! that the phone told was not understood.

use clap::builder::PossibleValuesParser;
use clap::{ArgMatches, Command};

use crate::adb::{Answer, Command as Question, Shell as _};
use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, phone, reading};
use crate::enforce::adb::said;
use crate::failure::Failure;
use crate::language::{Localized as _, Text};
use crate::record::dump::{self, Clock};
use crate::record::export;
use crate::record::{Listed, Moment};
use crate::report::result::{DeviceEntry, RecordsResult, SCHEMA_VERSION, TOOL};
use crate::report::text;

const ABOUT: Text = Text::new("Show what apps did on a phone", "查看手机上各应用的行为记录");
const SINCE: Text = Text::new("MOMENT", "时间");
const SINCE_HELP: Text = Text::new(
    "Not before: 24h, 7d, 30m, or 2026-12-31T00:00:00Z (default: all there is)",
    "起始时间：24h、7d、30m 或 2026-12-31T00:00:00Z（默认：系统保留的全部）",
);
const FORMAT: Text = Text::new("FORMAT", "形式");
const FORMAT_HELP: Text = Text::new(
    "Form of the result: text, json, csv or ndjson (default: text)",
    "结果的形式：text、json、csv 或 ndjson（默认 text）",
);
const BAD_SINCE: Text = Text::new(
    "{given} is no moment: expected 24h, 7d, 30m or 2026-12-31T00:00:00Z",
    "{given} 不是有效的时间：应为 24h、7d、30m 或 2026-12-31T00:00:00Z",
);
const REFUSED: Text =
    Text::new("the phone does not tell what apps did: {why}", "手机未提供应用行为记录：{why}");
const NO_CLOCK: Text = Text::new(
    "note: the phone does not tell its time zone; its times are taken as UTC",
    "注意：手机未告知时区，其时间按 UTC 处理",
);

/// The forms of the result.
const FORMATS: [&str; 4] = ["text", "json", "csv", "ndjson"];

/// The API level that brought counts by time, Android 10.
const HISTORY: u32 = 29;

/// The API level that brought discrete accesses, Android 12.
const DISCRETE: u32 = 31;

/// How many accesses of each kind are asked for.
const MOST_OF_EACH: &str = "1000";

/// The longest answer that is read, in bytes.
const LONGEST: usize = 64 << 20;

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let format = words.option("format", FORMAT, FORMAT_HELP).value_parser(PossibleValuesParser::new(FORMATS));
    let command = words
        .command("records", ABOUT)
        .after_help(words.say(arguments::READING_STATUSES))
        .arg(reading::source(words))
        .arg(words.option("since", SINCE, SINCE_HELP))
        .arg(reading::adb(words))
        .arg(format)
        .arg(arguments::output(words))
        .arg(arguments::verbose(words));
    words.finish(command, "keepone records")
}

/// Shows the records of the source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let source = reading::source_path(matches, "source");
    let serial = phone::only_a_phone(source)?;
    let given = arguments::text(matches, "since");
    let now: Moment = phone::now()?.parse().map_err(|_| bad_since(""))?;
    let mut phone = phone::open(matches, serial)?;
    let sdk = phone::may(&mut phone)?.sdk;
    let dump = Question::new("dumpsys").arg("appops");
    let dump = if sdk >= HISTORY { dump.arg("--history") } else { dump };
    let dump = if sdk >= DISCRETE { dump.args(["--include-discrete", MOST_OF_EACH]) } else { dump };
    let property = |name: &str| Question::new("getprop").arg(name);
    let questions = [
        Question::new("date").arg("+%s %z"),
        dump.at_most(LONGEST),
        property("ro.build.fingerprint"),
        property("ro.build.version.release"),
        property("ro.product.manufacturer"),
        property("ro.product.brand"),
        property("ro.product.model"),
    ];
    let answers = phone
        .shell()
        .ask(&questions)
        .map_err(|gone| CommandError::input(Failure::from(crate::enforce::CarrierError::from(gone))))?;
    let text_of = |at: usize| answers.get(at).map(Answer::text).unwrap_or_default();
    let clock = answers.first().and_then(|answer| clock(&answer.text()));
    if clock.is_none() {
        Console::tell([NO_CLOCK.get(console.language)]);
    }
    let clock = clock.unwrap_or(Clock { now, ahead: 0 });
    let told = text_of(1);
    if !told.starts_with("Current AppOps Service state") && !told.contains("AppOps Service state") {
        let why = answers.get(1).and_then(said::failure).map(|obstacle| obstacle.localized(console.language));
        let message = Message::new(REFUSED).with("why", &why.unwrap_or_default());
        return Err(CommandError::input(message));
    }
    let since = given.map(|given| moment(given, clock.now).ok_or_else(|| bad_since(given))).transpose()?;
    let dumped = dump::parse(&told, clock);
    let property = |at: usize| Some(text_of(at).trim().to_owned()).filter(|text| !text.is_empty());
    let mut events = dumped.events;
    events.retain(|event| since.is_none_or(|since| event.until.unwrap_or(event.when) >= since));
    events.reverse();
    let cut = answers.get(1).is_some_and(|answer| answer.cut);
    let result = RecordsResult {
        schema_version: SCHEMA_VERSION,
        tool: TOOL.to_owned(),
        source: source.to_string_lossy().into_owned(),
        device: DeviceEntry {
            fingerprint: property(2),
            android_release: property(3),
            sdk: Some(sdk),
            manufacturer: property(4),
            brand: property(5),
            model: property(6),
        },
        since,
        events,
        not_understood: dumped.not_understood + u64::from(cut),
    };
    let rendered = match arguments::text(matches, "format") {
        Some("json") => arguments::json(&result)?,
        Some("csv") => export::csv(&listed(&result)),
        Some("ndjson") => export::ndjson(&listed(&result)).map_err(CommandError::input)?,
        _ => text::records(arguments::page(matches, console), &result),
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(ExitStatus::of_reading(result.not_understood == 0))
}

/// Events with their numbers, the latest first.
fn listed(result: &RecordsResult) -> Vec<Listed> {
    (1..).zip(&result.events).map(|(seq, event)| Listed { seq, event: event.clone() }).collect()
}

fn bad_since(given: &str) -> CommandError {
    CommandError::usage(Message::new(BAD_SINCE).with("given", given))
}

/// `1669680000 +0800`
fn clock(text: &str) -> Option<Clock> {
    let (seconds, zone) = text.trim().split_once(' ')?;
    let now = Moment::from_milliseconds(seconds.parse::<i64>().ok()?.checked_mul(1000)?).ok()?;
    let (sign, digits) = zone.split_at_checked(1)?;
    let digits: i64 = (digits.len() == 4).then(|| digits.parse().ok()).flatten()?;
    let ahead = (digits / 100 * 60 + digits % 100) * 60_000;
    Some(Clock { now, ahead: if sign == "-" { -ahead } else { ahead } })
}

/// A moment, or how long before now.
fn moment(given: &str, now: Moment) -> Option<Moment> {
    if let Ok(moment) = given.parse() {
        return Some(moment);
    }
    let unit = match given.chars().last()? {
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => 86_400_000,
        _ => return None,
    };
    let number: i64 = given.get(..given.len() - 1)?.parse().ok().filter(|number| *number >= 0)?;
    Moment::from_milliseconds(now.milliseconds().checked_sub(number.checked_mul(unit)?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_and_moments_are_read() {
        let clock = clock("1669680000 -0330\n").unwrap();
        assert_eq!(clock.ahead, -(3 * 60 + 30) * 60_000);
        assert_eq!(moment("24h", clock.now).unwrap().milliseconds(), 1_669_680_000_000 - 86_400_000);
        assert!(moment("2022-11-28T00:00:00Z", clock.now).is_some());
        for bad in ["", "h", "-1h", "1w", "yesterday", "9999999999999999h"] {
            assert_eq!(moment(bad, clock.now), None, "{bad}");
        }
        assert_eq!(super::clock("date: not found"), None);
    }
}
