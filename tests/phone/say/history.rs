//! The part of `dumpsys appops` about the past: counts by time (`HistoricalRegistry`, Android 10), single accesses
//! (`DiscreteRegistry`, Android 12).

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::Phone;
use crate::model::record::Record;

/// Records by uid, package and operation.
type Sorted<'a> = BTreeMap<(u32, u32), BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Record>>>>;

/// The moment at which the phone says what it says, in seconds since 1970: the newest record's, so that a dump is the same
/// at each run.
fn now(phone: &Phone) -> u64 {
    phone.records.iter().map(|record| record.at).max().unwrap_or(0)
}

/// `UserHandle.formatUid`.
pub(super) fn uid(user: u32, app_id: u32) -> String {
    match app_id.checked_sub(10_000) {
        None => format!("{}", user * 100_000 + app_id),
        Some(number) => format!("u{user}a{number}"),
    }
}

/// A moment as the platform prints it, to the millisecond.
pub(super) fn date(at: u64) -> String {
    keepone::source::rfc3339(at).trim_end_matches('Z').replace('T', " ") + ".000"
}

/// `TimeUtils.formatDuration` of the time since then.
pub(super) fn ago(phone: &Phone, at: u64) -> String {
    let ago = now(phone).saturating_sub(at);
    format!("-{}h{}m{}s0ms", ago / 3_600, ago / 60 % 60, ago % 60)
}

fn sorted<'a>(phone: &Phone, records: &[&'a Record]) -> Sorted<'a> {
    let mut sorted = Sorted::new();
    for record in records {
        let app_id = phone.packages.get(&record.package).map_or(0, |package| package.app_id);
        let of_uid = sorted.entry((record.user, app_id)).or_default();
        let of_package = of_uid.entry(record.package.as_str()).or_default();
        of_package.entry(record.operation.as_str()).or_default().push(record);
    }
    sorted
}

/// All records as one span of time, counted.
pub(super) fn snapshot(said: &mut String, phone: &Phone, records: &[&Record]) {
    let Some(begin) = records.iter().map(|record| record.at).min() else { return };
    let end = now(phone);
    let _ = writeln!(said, "\n    snapshot:");
    let _ = writeln!(said, "      begin = {}  ({})", date(begin), ago(phone, begin));
    let _ = writeln!(said, "      end = {}  ({})", date(end), ago(phone, end));
    for ((user, app_id), packages) in sorted(phone, records) {
        let _ = writeln!(said, "\n      Uid {}:", uid(user, app_id));
        for (package, operations) in packages {
            let _ = writeln!(said, "        Package {package}:");
            if phone.api >= 30 {
                let _ = writeln!(said, "          Attribution null:");
            }
            for (operation, records) in operations {
                let _ = writeln!(said, "            {operation}:");
                let refused = records.iter().filter(|record| record.refused).count();
                let lasted: u64 = records.iter().map(|record| record.lasted).sum();
                let mut parts = Vec::new();
                if records.len() > refused {
                    parts.push(format!("access={}", records.len() - refused));
                }
                if refused > 0 {
                    parts.push(format!("reject={refused}"));
                }
                if lasted > 0 {
                    parts.push(format!("duration=+{lasted}ms"));
                }
                let _ = writeln!(said, "              [fg-s] = {}", parts.join(", "));
            }
        }
    }
}

/// Each access by itself.
pub(super) fn discrete(said: &mut String, phone: &Phone, records: &[&Record]) {
    said.push_str("Discrete accesses: \n");
    for ((user, app_id), packages) in sorted(phone, records) {
        let _ = writeln!(said, "  Uid: {}", uid(user, app_id));
        for (package, operations) in packages {
            let _ = writeln!(said, "    Package: {package}");
            for (operation, records) in operations {
                let _ = writeln!(said, "      {operation}\n        Attribution: null");
                for record in records.iter().filter(|record| !record.refused) {
                    let _ = write!(said, "          Access [fg-s] at {}", date(record.at));
                    if record.lasted > 0 {
                        let _ = write!(said, " for {} milliseconds ", record.lasted);
                    }
                    said.push('\n');
                }
            }
        }
    }
}
