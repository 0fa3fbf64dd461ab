//! Days of the calendar, as profiles write them.

use crate::language::Text;

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not of the form `YYYY-MM-DD`.
    Form,
    /// The month is not 1 to 12.
    Month,
    /// The month does not have that day.
    Day,
}

impl DateError {
    /// Returns the reason for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Form => Text::new("expected year, month and day, nothing else", "应写明且只写年、月、日"),
            Self::Month => Text::new("there is no such month", "没有这个月份"),
            Self::Day => Text::new("the month has no such day", "该月没有这一天"),
        }
    }
}

/// Checks that `text` is a day of the Gregorian calendar, written `YYYY-MM-DD`.
///
/// # Errors
/// When it has another form, or names a month or day that does not exist.
pub fn check(text: &str) -> Result<(), DateError> {
    let form = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let mut parts = text.split('-').filter_map(|part| part.parse::<u16>().ok());
    let (true, Some(year), Some(month), Some(day)) = (form, parts.next(), parts.next(), parts.next()) else {
        return Err(DateError::Form);
    };
    let last = days_in(year, month).ok_or(DateError::Month)?;
    if (1..=last).contains(&day) { Ok(()) } else { Err(DateError::Day) }
}

/// Returns how many days a month has; `None` when there is no such month.
const fn days_in(year: u16, month: u16) -> Option<u16> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("2023-02-29", DateError::Day),
            ("1900-02-29", DateError::Day),
            ("2026-04-31", DateError::Day),
            ("2026-01-00", DateError::Day),
            ("2026-13-01", DateError::Month),
            ("2026-00-01", DateError::Month),
            ("2026-1-01", DateError::Form),
            ("20260101", DateError::Form),
            ("2026/01/01", DateError::Form),
            ("+026-01-01", DateError::Form),
            ("二〇二六-01", DateError::Form),
            ("", DateError::Form),
        ] {
            assert_eq!(check(bad), Err(why), "{bad}");
        }
    }
}
