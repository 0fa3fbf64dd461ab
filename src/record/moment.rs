//! A moment in time, to the millisecond, as RFC 3339 in UTC. Reads RFC 3339 and milliseconds since 1970; reads no clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z. Written so that the order of the texts is that of the moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(try_from = "Written")]
pub struct Moment(i64);

/// What a moment may be written as.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Milliseconds(i64),
    Text(String),
}

/// A text or number that is no moment of the years 0 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no moment: expected 2026-12-31T23:59:59Z or milliseconds since 1970")]
pub struct MomentError(String);

const DAY: i64 = 86_400_000;
/// 0000-01-01T00:00:00Z and 10000-01-01T00:00:00Z.
const RANGE: std::ops::Range<i64> = -62_167_219_200_000..253_402_300_800_000;

impl Moment {
    /// Takes milliseconds since 1970.
    ///
    /// # Errors
    /// When the year has not four digits.
    pub fn from_milliseconds(milliseconds: i64) -> Result<Self, MomentError> {
        let moment = RANGE.contains(&milliseconds).then_some(Self(milliseconds));
        moment.ok_or_else(|| MomentError(milliseconds.to_string()))
    }

    /// Returns milliseconds since 1970.
    pub const fn milliseconds(self) -> i64 {
        self.0
    }
}

impl TryFrom<Written> for Moment {
    type Error = MomentError;
    fn try_from(written: Written) -> Result<Self, MomentError> {
        match written {
            Written::Milliseconds(milliseconds) => Self::from_milliseconds(milliseconds),
            Written::Text(text) => text.parse(),
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;
    fn from_str(text: &str) -> Result<Self, MomentError> {
        parse(text)
            .and_then(|moment| Self::from_milliseconds(moment).ok())
            .ok_or_else(|| MomentError(text.chars().take(40).collect()))
    }
}

/// RFC 3339, section 5.6; a leap second counts as the next one.
fn parse(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let at = rest.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = rest.split_at(at);
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(whole, ':', [2, 2, 2])?;
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let [hours, minutes] = numbers(zone.get(1..)?, ':', [2, 2])?;
            let offset = (hours * 60 + minutes) * 60_000;
            if zone.starts_with('-') { -offset } else { offset }
        }
    };
    let length = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let last = *length.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    if !(1..=last).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let clock = ((hour * 60 + minute) * 60 + second) * 1000 + thousandths;
    Some(days(year, month, day) * DAY + clock - offset)
}

fn numbers<const N: usize>(text: &str, between: char, digits: [usize; N]) -> Option<[i64; N]> {
    let parts: Vec<&str> = text.split(between).collect();
    let fits = parts.len() == N
        && parts
            .iter()
            .zip(digits)
            .all(|(part, digits)| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()));
    let numbers: Vec<i64> =
        if fits { parts.iter().filter_map(|part| part.parse().ok()).collect() } else { return None };
    numbers.try_into().ok()
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, counted in eras of 400 years that begin in March.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.div_euclid(DAY) + 719_468;
        let clock = self.0.rem_euclid(DAY);
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        let [hour, minute, second] = [clock / 3_600_000, clock / 60_000 % 60, clock / 1000 % 60];
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", clock % 1000)
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_moments_are_read_and_written() {
        for (text, milliseconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00Z", 951_825_600_000),
            ("2026-11-24T02:03:04.5Z", 1_795_485_784_500),
            ("2026-11-24T10:03:04.500+08:00", 1_795_485_784_500),
            ("0000-01-01T00:00:00Z", RANGE.start),
            ("9999-12-31T23:59:59.999Z", RANGE.end - 1),
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().milliseconds(), milliseconds, "{text}");
        }
        assert_eq!(Moment(1_795_485_784_500).to_string(), "2026-11-24T02:03:04.500Z");
        let read: Moment = serde_json::from_str("1795485784500").unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), "\"2026-11-24T02:03:04.500Z\"");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "now",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-01",
            "2026-01-01T24:00:00Z",
            "2026-1-1T00:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+8",
            "+026-01-01T00:00:00Z",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
        assert!(Moment::from_milliseconds(i64::MAX).is_err());
    }

    proptest! {
        #[test]
        fn texts_are_read_back_and_stand_in_order(a in RANGE, b in RANGE) {
            let (a, b) = (Moment(a), Moment(b));
            prop_assert_eq!(a.to_string().parse::<Moment>().unwrap(), a);
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC*") {
            let _ = text.parse::<Moment>();
        }
    }
}
