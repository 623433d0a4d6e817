//! Days of the calendar, by counting them one year and one month after the other.

use griot::model::Value;
use griot::time::calendar::{Date, Temporal};

use super::Fault;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_year(year: i64) -> i64 {
    365 + i64::from(is_leap(year))
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The years that are counted.
const YEARS: std::ops::Range<i64> = 1600..2400;

/// The number of a day.
fn number((year, month, day): (i64, i64, i64)) -> Result<i64, Fault> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return Err(Fault::unspecified("a day that the naive calendar does not have"));
    }
    let since: i64 = (1970..year).map(days_in_year).sum();
    let until: i64 = (year..1970).map(days_in_year).sum();
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    Ok(since - until + months + day - 1)
}

/// Year, month and day of a date.
fn named(date: Date) -> Result<(i64, i64, i64), Fault> {
    let (mut year, mut month, mut left) = (1970, 1, date.days());
    while left < 0 && YEARS.contains(&year) {
        year -= 1;
        left += days_in_year(year);
    }
    while left >= days_in_year(year) && YEARS.contains(&year) {
        left -= days_in_year(year);
        year += 1;
    }
    if !YEARS.contains(&year) {
        return Err(Fault::unspecified("a day that the naive calendar does not have"));
    }
    while left >= days_in(year, month) {
        left -= days_in(year, month);
        month += 1;
    }
    Ok((year, month, left + 1))
}

/// The day of `2012-02-29`.
pub(super) fn day(text: &str) -> Result<Date, Fault> {
    let parts: Vec<i64> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else {
        return Err(Fault::unspecified("dates that are not named by year, month and day"));
    };
    Ok(Date::from_days(number((year, month, day))?).expect("the calendar has these days"))
}

/// `date('2012-02-29')`.
pub(super) fn date(text: &str) -> Result<Value, Fault> {
    Ok(Value::Temporal(Temporal::Date(day(text)?)))
}

/// The day so many months later, or the last of the month that lacks it, and so many days after that.
pub(super) fn later(date: Date, months: i64, days: i64) -> Result<Date, Fault> {
    let (year, month, day) = named(date)?;
    let count = year * 12 + month - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let day = number((year, month, day.min(days_in(year, month))))? + days;
    Date::from_days(day).ok_or_else(|| Fault::unspecified("a day that the naive calendar does not have"))
}

/// `date.year`, `.month` and `.day`.
pub(super) fn part(date: Date, key: &str) -> Result<Value, Fault> {
    let (year, month, day) = named(date)?;
    match key {
        "year" => Ok(Value::Int(year)),
        "month" => Ok(Value::Int(month)),
        "day" => Ok(Value::Int(day)),
        _ => Err(Fault::unspecified("a part of a date that is not in the naive matcher")),
    }
}
