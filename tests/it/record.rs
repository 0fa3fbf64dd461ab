//! The record of processing: what is added is found again, stays within its bounds, and one event changed, dropped or moved
//! is detected and placed.

use std::fs;
use std::path::{Path, PathBuf};

use keepone::chain::Break;
use keepone::record::answer::records;
use keepone::record::{
    Bounds, Event, EventKind, Filter, LastResult, Moment, Origin, Page, Record, VerifyResult, all, last,
    list, verify,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::model_phone::name;

const SMALL: Bounds = Bounds { segments: 3, bytes: 4096 };

fn event(number: i64) -> Event {
    Event {
        when: Moment::from_milliseconds(1_795_485_784_000 + number * 1000).unwrap(),
        until: None,
        user: 0,
        package: name(if number % 2 == 0 { "even.app" } else { "odd.app" }),
        kind: if number % 3 == 0 { EventKind::Grant } else { EventKind::Access },
        what: format!("android:op_{number}"),
        foreground: Some(number % 5 == 0),
        precise: None,
        count: None,
        attribution: None,
        origin: Origin::Live,
    }
}

fn events(numbers: std::ops::Range<i64>) -> Vec<Event> {
    numbers.map(event).collect()
}

/// A record of some events, added in batches.
fn record(count: i64, batch: i64, bounds: Bounds) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::open(folder.path(), bounds).unwrap();
    let mut from = 0;
    while from < count {
        record.append(&events(from..(from + batch).min(count))).unwrap();
        from += batch;
    }
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().unwrap() == "ndjson").collect();
    files.sort();
    files
}

fn whole(folder: &Path) -> VerifyResult {
    let found = verify(folder).unwrap();
    assert!(found.whole && found.end_known, "{found:#?}");
    found
}

#[test]
fn what_is_added_is_found_again_page_by_page() {
    let folder = record(100, 7, Bounds::default());
    assert_eq!(whole(folder.path()).events, 100);
    let mut after = None;
    let mut seen = Vec::new();
    loop {
        let page = list(folder.path(), &Filter::default(), after, 9).unwrap();
        seen.extend(page.events.iter().map(|listed| listed.event.clone()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    seen.reverse();
    assert_eq!(seen, events(0..100));
    let filter = Filter {
        package: Some(name("even.app")),
        kind: Some(EventKind::Grant),
        since: Some(event(10).when),
        until: Some(event(30).when),
        ..Filter::default()
    };
    let found = all(folder.path(), &filter).unwrap();
    let numbers: Vec<&str> = found.iter().map(|listed| listed.event.what.as_str()).collect();
    assert_eq!(numbers, ["android:op_12", "android:op_18", "android:op_24"]);
    assert_eq!(list(Path::new("/not/there"), &filter, None, 5).unwrap().events, []);
}

fn camera(at: i64, user: u32) -> Event {
    let (kind, what) = (EventKind::Access, "android:camera".to_owned());
    Event { user, kind, what, package: name("camera.app"), ..event(at) }
}

#[test]
fn the_last_event_of_each_kind_of_data_is_found_behind_thousands_of_others() {
    let folder = record(0, 1, Bounds::default());
    let mut record = Record::open(folder.path(), Bounds::default()).unwrap();
    record.append(&[camera(1, 0), camera(2, 10), camera(9, 0)]).unwrap();
    // What the platform's history tells later, and happened before.
    record.append(&[camera(5, 0)]).unwrap();
    let busy: Vec<Event> =
        (20..6000).map(|at| Event { what: "android:op".to_owned(), ..event(at) }).collect();
    record.append(&busy).unwrap();
    let whens = |found: &LastResult| -> Vec<(String, u32, Moment)> {
        let events = found.events.iter().map(|listed| &listed.event);
        events.map(|event| (event.package.to_string(), event.user, event.when)).collect()
    };
    let row = |at: i64, package: &str, user| (package.to_owned(), user, event(at).when);
    let found = last(folder.path(), Some(EventKind::Access), None).unwrap();
    let all = [
        row(5999, "odd.app", 0),
        row(5998, "even.app", 0),
        row(9, "camera.app", 0),
        row(2, "camera.app", 10),
    ];
    assert_eq!(whens(&found), all);
    assert_eq!((found.since, found.cut, found.unreadable), (Some(event(1).when), false, 0));
    let found = last(folder.path(), Some(EventKind::Access), Some(10)).unwrap();
    assert_eq!(whens(&found), [row(2, "camera.app", 10)]);
    assert_eq!(found.since, Some(event(1).when), "the record of all users began then");
    let grants = last(folder.path(), Some(EventKind::Grant), Some(10)).unwrap();
    assert_eq!((grants.events.len(), grants.since), (0, Some(event(21).when)));
    let none = last(folder.path(), Some(EventKind::Remove), None).unwrap();
    assert_eq!((none.events.len(), none.since), (0, None));
    assert_eq!(last(Path::new("/not/there"), None, None).unwrap().since, None);
}

#[test]
fn an_answer_about_the_last_events_is_bounded_and_says_so() {
    let folder = record(20_001, 20_001, Bounds::default());
    let found = last(folder.path(), None, None).unwrap();
    assert!(found.cut);
    assert_eq!((found.events.len(), found.since), (20_000, Some(event(0).when)));
    assert_eq!(found.events[0].event, event(20_000), "what gives way is the oldest");
}

#[test]
fn it_stays_within_its_bounds_and_dropping_is_no_tampering() {
    let folder = record(400, 3, SMALL);
    let found = whole(folder.path());
    assert_eq!(found.segments, 3);
    assert_eq!(found.events + found.dropped, 400, "{found:?}");
    assert!(found.dropped > 300 && found.dropped_until.unwrap() < found.since.unwrap());
    let bytes: u64 = files(folder.path()).iter().map(|file| fs::metadata(file).unwrap().len()).sum();
    assert!(bytes <= 3 * SMALL.bytes);
    // The oldest segment taken away by somebody else is another matter.
    fs::remove_file(&files(folder.path())[0]).unwrap();
    let found = verify(folder.path()).unwrap();
    assert_eq!((found.damage[0].place.how, found.damage[0].place.line), (Break::Dropped, 1));
}

#[test]
fn a_batch_larger_than_a_segment_is_spread() {
    let folder = tempfile::tempdir().unwrap();
    Record::open(folder.path(), Bounds { segments: 50, ..SMALL }).unwrap().append(&events(0..200)).unwrap();
    let found = whole(folder.path());
    assert!(found.segments > 5, "{found:?}");
    assert_eq!(found.events, 200);
}

type Change<'c> = &'c dyn Fn(&mut Vec<String>);

/// Changes the lines of one segment.
fn tamper(folder: &Path, segment: usize, change: impl Fn(&mut Vec<String>)) {
    let file = &files(folder)[segment];
    let text = fs::read_to_string(file).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    change(&mut lines);
    let text: String = lines.into_iter().map(|line| line + "\n").collect();
    fs::write(file, text).unwrap();
}

#[test]
fn each_kind_of_tampering_is_found_and_placed() {
    let rows: [(&str, Change<'_>, u64, Break); 5] = [
        ("changed", &|lines| lines[4] = lines[4].replace("even.app", "evil.app"), 5, Break::Changed),
        ("dropped", &|lines| drop(lines.remove(4)), 5, Break::Dropped),
        ("moved", &|lines| lines.swap(4, 5), 5, Break::Dropped),
        ("doubled", &|lines| lines.insert(4, lines[3].clone()), 5, Break::Moved),
        ("cut", &|lines| lines.truncate(4), 0, Break::Dropped),
    ];
    for (what, change, line, how) in rows {
        let folder = record(12, 4, Bounds::default());
        tamper(folder.path(), 0, change);
        let found = verify(folder.path()).unwrap();
        assert!(!found.whole, "{what}");
        let place = &found.damage[0].place;
        assert_eq!((place.line, place.how), (line, how), "{what} {found:#?}");
        assert_eq!(found.damage[0].segment, "segment-00000001.ndjson");
        // Recording goes on, and does not cover the damage.
        Record::open(folder.path(), Bounds::default()).unwrap().append(&events(50..60)).unwrap();
        let later = verify(folder.path()).unwrap();
        assert!(!later.whole, "{what}: {later:#?}");
        assert_eq!(
            all(folder.path(), &Filter::default()).unwrap().last().unwrap().event,
            event(59),
            "{what}"
        );
    }
}

#[test]
fn a_segment_taken_from_the_middle_or_the_end_is_missed() {
    for at in [1, 2] {
        let folder = record(60, 5, Bounds { segments: 50, ..SMALL });
        let all = files(folder.path());
        assert!(all.len() >= 3, "{}", all.len());
        fs::remove_file(if at == 1 { &all[1] } else { all.last().unwrap() }).unwrap();
        assert!(!verify(folder.path()).unwrap().whole, "{at}");
    }
    // Without what was remembered of its end, nobody can vouch for it.
    let folder = record(6, 3, SMALL);
    fs::remove_file(folder.path().join("head.json")).unwrap();
    let found = verify(folder.path()).unwrap();
    assert!(found.whole && !found.end_known);
}

#[test]
fn a_loss_of_power_at_any_byte_of_an_append_loses_only_what_was_being_added() {
    let folder = record(5, 5, SMALL);
    let before = fs::read(&files(folder.path())[0]).unwrap();
    let head = fs::read(folder.path().join("head.json")).unwrap();
    Record::open(folder.path(), SMALL).unwrap().append(&events(5..8)).unwrap();
    let after = fs::read(&files(folder.path())[0]).unwrap();
    for length in before.len()..=after.len() {
        fs::write(&files(folder.path())[0], &after[..length]).unwrap();
        fs::write(folder.path().join("head.json"), &head).unwrap();
        let mut record = Record::open(folder.path(), SMALL).unwrap();
        record.append(&[event(99)]).unwrap();
        let found = whole(folder.path());
        assert!((6..=9).contains(&found.events), "{length}: {found:?}");
        let last = list(folder.path(), &Filter::default(), None, 1).unwrap();
        assert_eq!(last.events[0].event, event(99), "{length}");
    }
    // Also in the first line of a new segment.
    for rest in [&b""[..], b"{\"seq\":", b"{\"seq\":9,\"after\":\"00\""] {
        let folder = record(5, 5, SMALL);
        let head = fs::read(folder.path().join("head.json")).unwrap();
        Record::open(folder.path(), SMALL).unwrap().append(&events(5..8)).unwrap();
        fs::write(folder.path().join("head.json"), &head).unwrap();
        fs::write(folder.path().join("segment-00000002.ndjson"), rest).unwrap();
        Record::open(folder.path(), SMALL).unwrap().append(&[event(99)]).unwrap();
        assert_eq!(whole(folder.path()).events, 9);
    }
}

#[test]
fn requests_and_answers_are_json_and_files() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("record");
    let asked = |request: &Value| -> Vec<u8> { records(request.to_string().as_bytes(), &folder).unwrap() };
    let hostile = json!({"when": 1_795_485_784_500_i64, "user": 10, "package": "an.app", "kind": "access",
        "what": "=cmd|' /C calc'!A0,\u{202e}", "foreground": false, "precise": true, "origin": "live",
        "attribution": "x".repeat(10_000)});
    let appended =
        asked(&json!({"ask": "append", "events": [hostile, serde_json::to_value(event(1)).unwrap()]}));
    assert_eq!(appended, br#"{"appended":2}"#);
    let page: Page = serde_json::from_slice(&asked(&json!({"ask": "list", "limit": 1}))).unwrap();
    assert_eq!((page.events.len(), page.next), (1, Some(1)));
    let filter = json!({"user": 10, "since": "2026-11-24T02:03:04Z"});
    let page: Page = serde_json::from_slice(&asked(&json!({"ask": "list", "filter": filter}))).unwrap();
    assert_eq!(page.events[0].event.attribution.as_ref().unwrap().chars().count(), 201);
    let csv = String::from_utf8(asked(&json!({"ask": "export", "format": "csv"}))).unwrap();
    assert!(csv.starts_with("seq,when,until,user,package,kind,what,"), "{csv}");
    assert!(csv.contains("\"'=cmd|' /C calc'!A0,\\u{202e}\""), "{csv}");
    assert_eq!(csv.matches("\r\n").count(), 3);
    let ndjson = String::from_utf8(asked(&json!({"ask": "export", "format": "ndjson"}))).unwrap();
    let lines: Vec<Value> = ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let last: LastResult =
        serde_json::from_slice(&asked(&json!({"ask": "last", "kind": "access", "user": 10}))).unwrap();
    assert_eq!((last.events.len(), last.events[0].seq), (1, 0));
    let found: VerifyResult = serde_json::from_slice(&asked(&json!({"ask": "verify"}))).unwrap();
    assert!(found.whole && found.events == 2);
    for bad in ["", r#"{"ask":"append","events":[{}]}"#, r#"{"ask":"export","format":"xml"}"#] {
        assert_eq!(records(bad.as_bytes(), &folder).unwrap_err().code.id(), "bad-input");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_batches_verify_and_any_change_of_a_line_does_not(
        batches in prop::collection::vec(0_i64..12, 1..12),
        segment in any::<prop::sample::Index>(),
        line in any::<prop::sample::Index>(),
        byte in any::<prop::sample::Index>(),
        to in any::<u8>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut count = 0;
        for batch in &batches {
            Record::open(folder.path(), SMALL).unwrap().append(&events(count..count + batch)).unwrap();
            count += batch;
        }
        let found = whole(folder.path());
        prop_assert_eq!(i64::try_from(found.events + found.dropped).unwrap(), count);
        prop_assume!(found.events > 0);
        let files = files(folder.path());
        let file = segment.get(&files);
        let mut bytes = fs::read(file).unwrap();
        prop_assume!(!bytes.is_empty());
        let starts: Vec<usize> = std::iter::once(0)
            .chain(bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1))
            .filter(|start| *start < bytes.len())
            .collect();
        let start = *line.get(&starts);
        let length = bytes[start..].iter().position(|byte| *byte == b'\n').unwrap();
        let at = start + byte.index(length);
        prop_assume!(bytes[at] != to && to != b'\n');
        bytes[at] = to;
        fs::write(file, bytes).unwrap();
        let found = verify(folder.path()).unwrap();
        prop_assert!(!found.whole);
        let line = starts.iter().position(|known| *known == start).unwrap() + 1;
        let file = file.file_name().unwrap().to_str().unwrap();
        let placed = found.damage.iter().any(|damage| {
            damage.segment == file && damage.place.line == u64::try_from(line).unwrap()
        });
        prop_assert!(placed, "{:#?} {} {}", found, file, line);
    }

    #[test]
    fn arbitrary_segments_never_panic(bytes: Vec<u8>, head: Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("segment-00000001.ndjson"), &bytes).unwrap();
        fs::write(folder.path().join("head.json"), &head).unwrap();
        let _ = verify(folder.path()).unwrap();
        let _ = list(folder.path(), &Filter::default(), None, 10).unwrap();
        let _ = last(folder.path(), None, None).unwrap();
        Record::open(folder.path(), SMALL).unwrap().append(&events(0..3)).unwrap();
        prop_assert_eq!(all(folder.path(), &Filter::default()).unwrap().len(), 3);
    }
}
