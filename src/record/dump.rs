//! What `dumpsys appops` tells of what apps did, as events. Takes the text, any bytes, and how far the phone's clock is from
//! UTC; gives events and how many lines were not understood.
//!
//! The forms are those of `AppOpsService.dump`, Android 7 to 16: up to Android 9 one line for an operation with how long ago
//! it was used; then a line `Access:` or `Reject:` for each state the app was in, with the moment by the phone's clock; from
//! Android 12 also `Discrete accesses:`, one line for each access, to the minute. From Android 10 `--history` counts accesses
//! within spans of time: one event for a span, with its count.

use std::collections::BTreeSet;

use crate::package::PackageName;
use crate::record::event::{Event, EventKind, Origin};
use crate::record::moment::Moment;

/// The most events that are taken from one dump; a phone that keeps a week of discrete accesses has some ten thousand.
pub const MOST: usize = 200_000;

/// A minute, to which discrete accesses are rounded, in milliseconds.
const MINUTE: i64 = 60_000;

/// How many uids each user of the phone has (`UserHandle.PER_USER_RANGE`).
const PER_USER: u32 = 100_000;

/// The clock of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Now.
    pub now: Moment,
    /// How far its zone is ahead of UTC, in milliseconds.
    pub ahead: i64,
}

/// Events of a dump.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dumped {
    /// What happened, in the order of time.
    pub events: Vec<Event>,
    /// How many lines that tell of an access were not understood.
    pub not_understood: u64,
}

/// Reads a dump.
pub fn parse(text: &str, clock: Clock) -> Dumped {
    let mut reader = Reader {
        clock,
        place: Place::default(),
        discrete: false,
        span: (None, None),
        dumped: Dumped::default(),
        told: BTreeSet::new(),
    };
    text.lines().for_each(|line| reader.line(line.trim()));
    reader.dumped.events.sort();
    reader.dumped.events.dedup();
    reader.dumped
}

/// Whom and what a line is about.
#[derive(Clone, Debug, Default)]
struct Place {
    user: Option<u32>,
    package: Option<PackageName>,
    op: Option<String>,
    attribution: Option<String>,
}

struct Reader {
    clock: Clock,
    place: Place,
    /// In the section of discrete accesses.
    discrete: bool,
    /// The span of time that is counted.
    span: (Option<Moment>, Option<Moment>),
    dumped: Dumped,
    /// The minutes in which an access is told to the millisecond.
    told: BTreeSet<(u32, PackageName, String, i64)>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if line.starts_with("Discrete accesses:") {
            (self.discrete, self.place, self.span) = (true, Place::default(), (None, None));
        } else if let Some(begin) = line.strip_prefix("begin = ") {
            self.span = (self.moment(begin).map(|(moment, _)| moment), None);
        } else if let Some(end) = line.strip_prefix("end = ") {
            self.span.1 = self.moment(end).map(|(moment, _)| moment);
        } else if let Some(uid) = line.strip_prefix("Uid: ").or_else(|| named(line, "Uid ")) {
            self.place = Place { user: user_of(uid), ..Place::default() };
        } else if let Some(package) = line.strip_prefix("Package: ").or_else(|| named(line, "Package ")) {
            self.place =
                Place { user: self.place.user, package: PackageName::new(package).ok(), ..Place::default() };
        } else if let Some(rest) = line.strip_prefix("Access: [") {
            self.access(EventKind::Access, rest);
        } else if let Some(rest) = line.strip_prefix("Reject: [") {
            self.access(EventKind::Denied, rest);
        } else if let Some(rest) = line.strip_prefix("Access [") {
            self.discrete_access(rest);
        } else if let Some(tag) = line.strip_prefix("Attribution: ") {
            self.place.attribution = tag_of(tag);
        } else if let Some(tag) = line.strip_suffix("=[") {
            self.place.attribution = tag_of(tag);
        } else if self.span.0.is_some() && self.counted(line) {
        } else if self.discrete && op_of(line).is_some() {
            (self.place.op, self.place.attribution) = (op_of(line), None);
        } else if let Some((op, rest)) = line.split_once(" (")
            && rest.trim_end().ends_with("):")
        {
            (self.place.op, self.place.attribution) = (op_of(op), None);
        } else if let Some((op, rest)) = line.split_once(": mode=") {
            (self.place.op, self.place.attribution) = (op_of(op), None);
            self.old(rest);
        }
    }

    /// A line within a span of time that is counted: `CAMERA:`, `Attribution TAG:`, `[fg-s] = access=3, reject=1, …`.
    fn counted(&mut self, line: &str) -> bool {
        if let Some(tag) = named(line, "Attribution ") {
            self.place.attribution = tag_of(tag);
            return true;
        }
        if let Some(op) = line.strip_suffix(':').and_then(op_of) {
            self.place.op = Some(op);
            return true;
        }
        let Some((state, counts)) = line.strip_prefix('[').and_then(|line| line.split_once("] = ")) else {
            return false;
        };
        for count in counts.split(", ") {
            let (kind, count) = match (count.strip_prefix("access="), count.strip_prefix("reject=")) {
                (Some(count), _) => (EventKind::Access, count),
                (_, Some(count)) => (EventKind::Denied, count),
                _ => continue,
            };
            let count = count.parse::<u64>().ok().filter(|count| *count > 0);
            let (begin, end) = self.span;
            let read = count.and(begin).map(|begin| (state, begin, None));
            let before = self.dumped.events.len();
            self.add(kind, read);
            if let Some(event) = self.dumped.events.get_mut(before) {
                (event.count, event.until) = (count, end);
            }
        }
        true
    }

    /// `fg-s] 2022-03-29 23:03:03.763 (-24m50s324ms) duration=+33ms proxy[…]`
    fn access(&mut self, kind: EventKind, rest: &str) {
        let read = rest.split_once(']').and_then(|(state, rest)| {
            let (moment, rest) = self.moment(rest.trim_start())?;
            let lasted = rest.split_once("duration=+").and_then(|(_, rest)| duration(rest));
            Some((state, moment, lasted))
        });
        self.add(kind, read);
    }

    /// `fg-s] at 2021-03-01 10:11:12.345 for 5000 milliseconds`
    fn discrete_access(&mut self, rest: &str) {
        let read = rest.split_once("] at ").and_then(|(state, rest)| {
            let (moment, rest) = self.moment(rest)?;
            let lasted = rest.trim_start().strip_prefix("for ");
            let lasted = lasted.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
            Some((state, moment, lasted))
        });
        self.add(EventKind::Access, read);
    }

    /// `0; time=+2h3m4s5ms ago; rejectTime=+1d ago; duration=+1s`
    fn old(&mut self, rest: &str) {
        for part in rest.split("; ") {
            let (kind, ago) = match (part.strip_prefix("time=+"), part.strip_prefix("rejectTime=+")) {
                (Some(ago), _) => (EventKind::Access, ago),
                (_, Some(ago)) => (EventKind::Denied, ago),
                _ => continue,
            };
            let now = self.clock.now.milliseconds();
            let moment = duration(ago)
                .and_then(|ago| Moment::from_milliseconds(now.checked_sub(ago)?).ok())
                .map(|moment| ("", moment, None));
            self.add(kind, moment);
        }
    }

    /// A moment by the phone's clock, and what follows it.
    fn moment<'a>(&self, text: &'a str) -> Option<(Moment, &'a str)> {
        let (moment, rest) = text.split_at_checked(23)?;
        let local: Moment = format!("{}Z", moment.replacen(' ', "T", 1)).parse().ok()?;
        let utc = local.milliseconds().checked_sub(self.clock.ahead)?;
        Some((Moment::from_milliseconds(utc).ok()?, rest))
    }

    fn add(&mut self, kind: EventKind, read: Option<(&str, Moment, Option<i64>)>) {
        let place = &self.place;
        let (Some((state, when, lasted)), Some(user), Some(package), Some(op)) =
            (read, place.user, place.package.clone(), place.op.clone())
        else {
            self.dumped.not_understood += 1;
            return;
        };
        let minute = (user, package.clone(), op.clone(), when.milliseconds().div_euclid(MINUTE));
        if self.discrete && self.told.contains(&minute) {
            return;
        }
        if !self.discrete && self.span.0.is_none() {
            self.told.insert(minute);
        }
        if self.dumped.events.len() >= MOST {
            self.dumped.not_understood += 1;
            return;
        }
        let until = lasted.and_then(|lasted| when.milliseconds().checked_add(lasted));
        let event = Event {
            when,
            until: until.and_then(|until| Moment::from_milliseconds(until).ok()),
            user,
            package,
            kind,
            what: op,
            foreground: in_use(state),
            precise: None,
            count: None,
            attribution: place.attribution.clone(),
            origin: Origin::PlatformHistory,
        };
        self.dumped.events.push(event.bounded());
    }
}

/// `NAME` of `PREFIX NAME:`
fn named<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    line.strip_prefix(prefix)?.strip_suffix(':')
}

/// The user of a uid as `UserHandle.formatUid` writes it: `1000`, `u0a103`, `u10s1000`, `u0i5`.
fn user_of(uid: &str) -> Option<u32> {
    if let Some(rest) = uid.strip_prefix('u') {
        return rest.split(['a', 's', 'i']).next()?.parse().ok();
    }
    uid.parse::<u32>().ok().map(|uid| uid / PER_USER)
}

/// The operation of a name of the dump: `android:camera` for `CAMERA`.
fn op_of(name: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let maker = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    if let Some(number) = maker.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(number.to_owned());
    }
    let is_name = !name.is_empty() && name.len() <= 64 && name.bytes().all(fits);
    is_name.then(|| format!("android:{}", name.to_ascii_lowercase()))
}

fn tag_of(tag: &str) -> Option<String> {
    let tag = tag.trim();
    (!tag.is_empty() && tag != "null").then(|| tag.to_owned())
}

/// Whether the app was in use, by the state of its uid (`AppOpsManager.getUidStateName`).
fn in_use(state: &str) -> Option<bool> {
    match state.split('-').next()? {
        "pers" | "top" | "fgsvcl" | "fgsvc" | "fg" => Some(true),
        "bg" | "cch" => Some(false),
        _ => None,
    }
}

/// A duration as `TimeUtils.formatDuration` writes it, `-1d2h3m4s5ms`, in milliseconds.
fn duration(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut all: Option<i64> = None;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = rest.split_at(digits);
        let Ok(number) = number.parse::<i64>() else { return all };
        let (length, unit) = match unit {
            unit if unit.starts_with("ms") => (1, "ms"),
            unit if unit.starts_with('s') => (1000, "s"),
            unit if unit.starts_with('m') => (60_000, "m"),
            unit if unit.starts_with('h') => (3_600_000, "h"),
            unit if unit.starts_with('d') => (86_400_000, "d"),
            _ => return None,
        };
        all = Some(all.unwrap_or(0).checked_add(number.checked_mul(length)?)?);
        rest = rest.get(digits + unit.len()..)?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clock() -> Clock {
        Clock { now: "2022-03-30T00:00:00Z".parse().unwrap(), ahead: 8 * 3_600_000 }
    }

    const TWELVE: &str = "\
Current AppOps Service state:
  Uid u0a103:
    state=cch
      COARSE_LOCATION: mode=ignore
    Package com.facebook.katana:
      READ_CONTACTS (allow):
        null=[
          Access: [bg-tpd] 2022-03-07 18:05:34.325 (-22d4h22m19s762ms)
        ]
      WRITE_SMS (ignore):
          Reject: [fg-s]2021-05-19 22:02:52.054 (-314d1h25m2s33ms)
      CAMERA (allow): 
        upload=[
          Access: [top-s] 2022-03-29 23:03:03.763 (-24m50s324ms) duration=+1s33ms proxy[uid=0, pkg=null]
        ]
  Uid u10a5:
    Package a.b:
      CAMERA (allow):
          Access: [unheard] never
Discrete accesses: 
  Uid: 10103
    Package: com.facebook.katana
      CAMERA
        Attribution: upload
          Access [top-s] at 2022-03-29 23:03:00.000 for 5000 milliseconds
          Access [top-s] at 2022-03-29 22:00:00.000 for 5000 milliseconds
";

    #[test]
    fn accesses_denials_and_discrete_ones_are_events() {
        let dumped = parse(TWELVE, clock());
        assert_eq!(dumped.not_understood, 1);
        let told: Vec<String> = dumped
            .events
            .iter()
            .map(|event| {
                format!(
                    "{} {} {} {} {:?}",
                    event.when,
                    event.user,
                    event.kind.id(),
                    event.what,
                    event.foreground
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "2021-05-19T14:02:52.054Z 0 denied android:write_sms Some(true)",
                "2022-03-07T10:05:34.325Z 0 access android:read_contacts Some(false)",
                "2022-03-29T14:00:00.000Z 0 access android:camera Some(true)",
                "2022-03-29T15:03:03.763Z 0 access android:camera Some(true)",
            ]
        );
        let last = dumped.events.last().unwrap();
        assert_eq!(last.attribution.as_deref(), Some("upload"));
        assert_eq!(last.until.unwrap().milliseconds() - last.when.milliseconds(), 1033);
    }

    #[test]
    fn what_is_only_counted_is_one_event_for_its_span() {
        let text = "  Historical ops:\n    snapshot:\n      begin = 2022-03-28 08:00:00.000  (-1d)\n      end = \
                    2022-03-29 08:00:00.000  (-1h)\n\n      Uid u10a103:\n        Package a.b:\n          Attribution \
                    null:\n            CAMERA:\n              [bg-s] = access=3, reject=2, duration=+5ms\n";
        let dumped = parse(text, clock());
        assert_eq!(dumped.not_understood, 0);
        let told: Vec<String> = dumped
            .events
            .iter()
            .map(|event| format!("{} {:?} {} {}", event.when, event.count, event.user, event.kind.id()))
            .collect();
        assert_eq!(
            told,
            ["2022-03-28T00:00:00.000Z Some(3) 10 access", "2022-03-28T00:00:00.000Z Some(2) 10 denied"]
        );
        assert_eq!(dumped.events[0].until.unwrap().to_string(), "2022-03-29T00:00:00.000Z");
    }

    #[test]
    fn the_old_form_counts_back_from_now() {
        let text = "  Uid 1000:\n    Package a.b:\n      CAMERA: mode=0; time=+1d2h ago; rejectTime=+5ms ago; duration=+1s\n";
        let dumped = parse(text, clock());
        let told: Vec<String> =
            dumped.events.iter().map(|event| format!("{} {}", event.when, event.kind.id())).collect();
        assert_eq!(told, ["2022-03-28T22:00:00.000Z access", "2022-03-29T23:59:59.995Z denied"]);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(
            text in "(  Uid u0a1:\n|Package a.b:\n|CAMERA \\(allow\\):\n|Access: \\[fg-s\\] |2022-03-07 18:05:34.325|Discrete accesses:\n|99999999999999d|\\PC*)*"
        ) {
            let _ = parse(&text, clock());
        }

        #[test]
        fn every_duration_is_read_back(parts in proptest::collection::vec(0_i64..999, 5)) {
            let text = format!("{}d{}h{}m{}s{}ms ago", parts[0], parts[1], parts[2], parts[3], parts[4]);
            let all = (((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60 + parts[3]) * 1000 + parts[4];
            prop_assert_eq!(duration(&text), Some(all));
        }
    }
}
