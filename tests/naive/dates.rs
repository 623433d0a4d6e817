//! Days of the calendar, by counting them one year and one month after the other.

use griot::model::Value;
use griot::time::calendar::{Date, Temporal};

use super::Fault;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `date('2012-02-29')`, from 1970 on.
pub(super) fn date(text: &str) -> Result<Value, Fault> {
    let parts: Vec<i64> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts[..] else {
        return Err(Fault::unspecified("dates that are not named by year, month and day"));
    };
    if year < 1970 || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return Err(Fault::unspecified("a day that the naive calendar does not have"));
    }
    let years: i64 = (1970..year).map(|year| 365 + i64::from(is_leap(year))).sum();
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    let date = Date::from_days(years + months + day - 1).expect("the calendar has these days");
    Ok(Value::Temporal(Temporal::Date(date)))
}

/// `date.year`, `.month` and `.day`.
pub(super) fn part(date: Date, key: &str) -> Result<Value, Fault> {
    let (mut year, mut month, mut left) = (1970, 1, date.days());
    while left >= 365 + i64::from(is_leap(year)) {
        left -= 365 + i64::from(is_leap(year));
        year += 1;
    }
    while left >= days_in(year, month) {
        left -= days_in(year, month);
        month += 1;
    }
    match key {
        "year" => Ok(Value::Int(year)),
        "month" => Ok(Value::Int(month)),
        "day" => Ok(Value::Int(left + 1)),
        _ => Err(Fault::unspecified("a part of a date that is not in the naive matcher")),
    }
}
