//! Reads dates, times and moments of ISO 8601, in the extended form (`2015-07-21`) and the basic one (`20150721`).
//!
//! What may be left out is what is least: `2015` is its first day, `21` an hour. A date and a time in one text may be
//! in different forms. Years beyond four digits, or before the year 0, bear a sign.

use super::date::Date;
use super::error::TemporalError;
use super::local_date_time::LocalDateTime;
use super::local_time::LocalTime;
use super::offset::Offset;

const DATE_HINT: &str = "write 2015-07-21, 2015-W30-2, 2015-202 or 2015-Q3-21";
const TIME_HINT: &str = "write 21:40:32.142, and with an offset 21:40+01:00 or 21:40Z";
const MOMENT_HINT: &str = "write 2015-07-21T21:40:32+02:00 or 2015-07-21T21:40:32[Europe/Stockholm]";

/// A time of day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeText {
    /// The time of day.
    pub local: LocalTime,
    /// The offset, if one is written.
    pub offset: Option<Offset>,
}

/// A moment as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateTimeText {
    /// Date and time of day; midnight where no time is written.
    pub local: LocalDateTime,
    /// The offset, if one is written.
    pub offset: Option<Offset>,
    /// The zone, if one is written; whether there is such a zone is not known here.
    pub zone: Option<String>,
}

impl Date {
    /// Reads a date.
    ///
    /// # Errors
    /// Texts in another form, and days that the calendar lacks.
    pub fn parse(text: &str) -> Result<Self, TemporalError> {
        date(text, text)
    }
}

impl LocalTime {
    /// Reads a time of day without an offset.
    ///
    /// # Errors
    /// Texts in another form, and times that the day lacks.
    pub fn parse(text: &str) -> Result<Self, TemporalError> {
        time(text, text)
    }
}

impl TimeText {
    /// Reads a time of day, perhaps with an offset.
    ///
    /// # Errors
    /// Texts in another form, and times that the day lacks.
    pub fn parse(text: &str) -> Result<Self, TemporalError> {
        offset_time(text, text)
    }
}

impl LocalDateTime {
    /// Reads a date, perhaps with a time of day.
    ///
    /// # Errors
    /// Texts in another form, and what the calendar lacks.
    pub fn parse(text: &str) -> Result<Self, TemporalError> {
        match text.split_once('T') {
            Some((day, clock)) => Ok(Self { date: date(day, text)?, time: time(clock, text)? }),
            None => Ok(Self::midnight(date(text, text)?)),
        }
    }
}

impl DateTimeText {
    /// Reads a date, perhaps with a time of day, an offset and a zone in brackets.
    ///
    /// # Errors
    /// Texts in another form, and what the calendar lacks.
    pub fn parse(text: &str) -> Result<Self, TemporalError> {
        let refused = || TemporalError::unreadable(text, "moment", MOMENT_HINT);
        let (moment, zone) = match text.split_once('[') {
            Some((moment, zone)) => (moment, Some(zone.strip_suffix(']').ok_or_else(refused)?.to_owned())),
            None => (text, None),
        };
        let Some((day, clock)) = moment.split_once('T') else {
            return Ok(Self { local: LocalDateTime::midnight(date(moment, text)?), offset: None, zone });
        };
        let TimeText { local, offset } = offset_time(clock, text)?;
        Ok(Self { local: LocalDateTime { date: date(day, text)?, time: local }, offset, zone })
    }
}

impl Offset {
    /// Reads `Z`, `+01`, `+0100`, `+01:00`, `+01:00:30`; `None` of other texts and beyond 18 hours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "Z" {
            return Some(Self::UTC);
        }
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let digits = text.strip_prefix(['+', '-'])?;
        let (hours, minutes, seconds) = clock(digits)?;
        let is_possible = minutes < 60 && seconds < 60;
        Self::from_seconds(sign * (3_600 * hours + 60 * minutes + seconds)).filter(|_| is_possible)
    }
}

fn offset_time(text: &str, whole: &str) -> Result<TimeText, TemporalError> {
    let (local, offset) = match text.find(['Z', '+', '-']) {
        Some(at) => {
            let (local, offset) = text.split_at(at);
            let offset = Offset::parse(offset).ok_or_else(|| {
                TemporalError::missing(whole, "an offset is written Z or +01:00, and is 18 hours at most")
            })?;
            (local, Some(offset))
        }
        None => (text, None),
    };
    Ok(TimeText { local: time(local, whole)?, offset })
}

fn time(text: &str, whole: &str) -> Result<LocalTime, TemporalError> {
    let refused = || TemporalError::unreadable(whole, "time", TIME_HINT);
    let (clock_text, fraction) = match text.split_once(['.', ',']) {
        Some((clock_text, fraction)) => (clock_text, Some(fraction)),
        None => (text, None),
    };
    let (hour, minute, second) = clock(clock_text).ok_or_else(refused)?;
    let nanosecond = match fraction {
        None => 0,
        // A fraction belongs to seconds.
        Some(fraction) if (1..=9).contains(&fraction.len()) && matches!(clock_text.len(), 6 | 8) => {
            number(&format!("{fraction:0<9}")).ok_or_else(refused)?
        }
        Some(_) => return Err(refused()),
    };
    let lacking = || TemporalError::missing(whole, "the day has no such time");
    LocalTime::from_parts(hour, minute, second, nanosecond).ok_or_else(lacking)
}

/// `hh`, `hhmm`, `hh:mm`, `hhmmss`, `hh:mm:ss`.
fn clock(text: &str) -> Option<(i64, i64, i64)> {
    let part = |from: usize| text.get(from..from + 2).and_then(number);
    let is_mark = |at: usize| text.as_bytes()[at] == b':';
    match text.len() {
        2 => Some((part(0)?, 0, 0)),
        4 => Some((part(0)?, part(2)?, 0)),
        5 if is_mark(2) => Some((part(0)?, part(3)?, 0)),
        6 => Some((part(0)?, part(2)?, part(4)?)),
        8 if is_mark(2) && is_mark(5) => Some((part(0)?, part(3)?, part(6)?)),
        _ => None,
    }
}

fn date(text: &str, whole: &str) -> Result<Date, TemporalError> {
    let refused = || TemporalError::unreadable(whole, "date", DATE_HINT);
    let (year, rest) = year(text).ok_or_else(refused)?;
    let named = match rest.strip_prefix('-') {
        Some(rest) => named(rest, "-"),
        None => named(rest, ""),
    };
    let lacking = || TemporalError::missing(whole, "the calendar has no such day");
    named.ok_or_else(refused)?.of(year).ok_or_else(lacking)
}

/// The year, and what follows it. With a sign it has up to nine digits, else four.
fn year(text: &str) -> Option<(i64, &str)> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    if let Some(unsigned) = text.strip_prefix(['+', '-']) {
        let end = unsigned.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(unsigned.len());
        let (digits, rest) = unsigned.split_at(end);
        let year = number(digits).filter(|_| digits.len() <= 9)?;
        return Some((sign * year, rest));
    }
    let (digits, rest) = text.split_at_checked(4)?;
    Some((number(digits)?, rest))
}

/// A day within a year.
enum Named {
    Month(i64, i64),
    Week(i64, i64),
    Ordinal(i64),
    Quarter(i64, i64),
}

impl Named {
    fn of(&self, year: i64) -> Option<Date> {
        match *self {
            Self::Month(month, day) => Date::from_ymd(year, month, day),
            Self::Week(week, day) => Date::from_week(year, week, day),
            Self::Ordinal(day) => Date::from_ordinal(year, day),
            Self::Quarter(quarter, day) => Date::from_quarter(year, quarter, day),
        }
    }
}

/// What follows the year, and a hyphen in the extended form, whose mark it then bears.
fn named(text: &str, mark: &str) -> Option<Named> {
    if let Some(week) = text.strip_prefix('W') {
        let (week, day) = split(week, 2, mark)?;
        return Some(Named::Week(number(week)?, day.map_or(Some(1), |day| of_length(day, 1))?));
    }
    if let Some(quarter) = text.strip_prefix('Q') {
        let (quarter, day) = split(quarter, 1, mark)?;
        return Some(Named::Quarter(number(quarter)?, day.map_or(Some(1), |day| of_length(day, 2))?));
    }
    match text.len() {
        0 if mark.is_empty() => Some(Named::Month(1, 1)),
        3 => Some(Named::Ordinal(number(text)?)),
        _ => {
            let (month, day) = split(text, 2, mark)?;
            Some(Named::Month(number(month)?, day.map_or(Some(1), |day| of_length(day, 2))?))
        }
    }
}

/// The first characters, and what follows them and the mark, if anything does.
fn split<'t>(text: &'t str, length: usize, mark: &str) -> Option<(&'t str, Option<&'t str>)> {
    let (first, rest) = text.split_at_checked(length)?;
    if rest.is_empty() { Some((first, None)) } else { Some((first, Some(rest.strip_prefix(mark)?))) }
}

fn of_length(text: &str, length: usize) -> Option<i64> {
    number(text).filter(|_| text.len() == length)
}

/// A number of digits only.
fn number(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_in_both_forms() {
        for text in
            ["2015-07-21", "20150721", "2015-W30-2", "2015W302", "2015-202", "2015202", "2015-Q3-21", "2015Q321"]
        {
            assert_eq!(Date::parse(text).expect(text).to_string(), "2015-07-21", "{text}");
        }
        for (text, expected) in [("2015", "2015-01-01"), ("201507", "2015-07-01"), ("2015-W30", "2015-07-20")] {
            assert_eq!(Date::parse(text).expect(text).to_string(), expected);
        }
        assert_eq!(Date::parse("+999999999-12-31").expect("the last day"), Date::MAX);
        assert_eq!(Date::parse("-999999999-01-01").expect("the first day"), Date::MIN);
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (text, expected) in [
            ("2015-02-29", "'2015-02-29': the calendar has no such day"),
            ("2015-W54", "'2015-W54': the calendar has no such day"),
            ("2015-Q2-92", "'2015-Q2-92': the calendar has no such day"),
            ("2015-7-1", "'2015-7-1' is no date"),
            ("2015-0721", "'2015-0721' is no date"),
            ("201507-21", "'201507-21' is no date"),
            ("15-07-21", "'15-07-21' is no date"),
            ("20", "'20' is no date"),
            ("+1234567890-01-01", "'+1234567890-01-01' is no date"),
            ("2015-", "'2015-' is no date"),
            ("ä015", "'ä015' is no date"),
        ] {
            assert_eq!(Date::parse(text).expect_err(text).message, expected);
        }
    }

    #[test]
    fn times_read_in_both_forms() {
        for (text, expected) in [
            ("21:40:32.142", "21:40:32.142"),
            ("214032,142", "21:40:32.142"),
            ("2140", "21:40"),
            ("21", "21:00"),
            ("00:00:00.000000001", "00:00:00.000000001"),
        ] {
            assert_eq!(LocalTime::parse(text).expect(text).to_string(), expected);
        }
        for text in ["24", "21:60", "2:40", "21:40:60", "21:40.5", "21:40:32.", "21:40:32.1234567890", "21:40Z", ""] {
            assert!(LocalTime::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn offsets_and_zones_are_taken_as_written() {
        let read = DateTimeText::parse("2015-07-21T21:40:32.142-04[America/New_York]").expect("a moment");
        assert_eq!(read.offset.map(Offset::seconds), Some(-14_400));
        assert_eq!(read.zone.as_deref(), Some("America/New_York"));
        assert_eq!(TimeText::parse("2140-00:00").expect("a time").offset, Some(Offset::UTC));
        for text in ["21:40+19:00", "21:40+1", "21:40+01:60", "21:40+", "21:40ZZ"] {
            assert!(TimeText::parse(text).is_err(), "{text}");
        }
    }
}
