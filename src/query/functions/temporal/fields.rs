//! The components of temporal values: `date('2015-07-21').week`. What a value does not have is null.

use crate::model::Value;
use crate::query::functions::{FunctionError, Outcome};
use crate::time::calendar::{Date, DateTime, Duration, LocalTime, Offset, Temporal};

/// `x.key` of a temporal value.
pub(in crate::query::functions) fn field(of: &Temporal, key: &str) -> Outcome {
    Ok(match of {
        Temporal::DateTime(of) if key == "epochMillis" => return epoch_millis(of),
        Temporal::DateTime(of) => of_local(of.local.date, of.local.time, key).or_else(|| of_moment(of, key)),
        Temporal::LocalDateTime(of) => of_local(of.date, of.time, key),
        Temporal::Date(of) => of_date(*of, key).map(Value::Int),
        Temporal::Time(of) => of_time(of.local, key).map(Value::Int).or_else(|| of_offset(of.offset, None, key)),
        Temporal::LocalTime(of) => of_time(*of, key).map(Value::Int),
        Temporal::Duration(of) => return of_duration(**of, key),
    }
    .unwrap_or_default())
}

fn of_local(date: Date, time: LocalTime, key: &str) -> Option<Value> {
    of_date(date, key).or_else(|| of_time(time, key)).map(Value::Int)
}

fn of_date(of: Date, key: &str) -> Option<i64> {
    Some(match key {
        "year" => of.year(),
        "quarter" => of.quarter(),
        "month" => of.month(),
        "week" => of.week(),
        "weekYear" => of.week_year(),
        "dayOfQuarter" | "quarterDay" => of.day_of_quarter(),
        "day" => of.day(),
        "ordinalDay" => of.ordinal_day(),
        "dayOfWeek" | "weekDay" => of.day_of_week(),
        _ => return None,
    })
}

fn of_time(of: LocalTime, key: &str) -> Option<i64> {
    Some(match key {
        "hour" => of.hour(),
        "minute" => of.minute(),
        "second" => of.second(),
        "millisecond" => of.nanosecond() / 1_000_000,
        "microsecond" => of.nanosecond() / 1_000,
        "nanosecond" => of.nanosecond(),
        _ => return None,
    })
}

fn of_offset(of: Offset, zone: Option<&str>, key: &str) -> Option<Value> {
    Some(match key {
        "timezone" => zone.map_or_else(|| of.to_string().into(), Value::from),
        "offset" => of.to_string().into(),
        "offsetMinutes" => Value::Int(of.seconds() / 60),
        "offsetSeconds" => Value::Int(of.seconds()),
        _ => return None,
    })
}

fn of_moment(of: &DateTime, key: &str) -> Option<Value> {
    match key {
        "epochSeconds" => Some(Value::Int(of.epoch_seconds())),
        _ => of_offset(of.offset, of.zone.as_deref(), key),
    }
}

fn epoch_millis(of: &DateTime) -> Outcome {
    let millis = of.epoch_seconds().checked_mul(1_000);
    let millis = millis.and_then(|millis| millis.checked_add(of.local.time.nanosecond() / 1_000_000));
    millis.map(Value::Int).ok_or_else(|| FunctionError::overflow(format!("epochMillis of {of} are beyond 64 bits")))
}

/// The components of a duration are whole: `minutes` are all those of its seconds, `minutesOfHour` what hours leave.
fn of_duration(of: Duration, key: &str) -> Outcome {
    let (months, days, seconds, nanos) = (of.months(), of.days(), of.seconds(), of.nanos());
    let total = |per_second: i64| {
        let sum = of.total_nanos().div_euclid(i128::from(1_000_000_000 / per_second));
        i64::try_from(sum).map_err(|_| FunctionError::overflow(format!("{key} of {of} are beyond 64 bits")))
    };
    Ok(Value::Int(match key {
        "years" => months / 12,
        "quarters" => months / 3,
        "months" => months,
        "weeks" => days / 7,
        "days" => days,
        "hours" => seconds / 3_600,
        "minutes" => seconds / 60,
        "seconds" => seconds,
        "milliseconds" => total(1_000)?,
        "microseconds" => total(1_000_000)?,
        "nanoseconds" => total(1_000_000_000)?,
        "quartersOfYear" => months / 3 % 4,
        "monthsOfQuarter" => months % 3,
        "monthsOfYear" => months % 12,
        "daysOfWeek" => days % 7,
        "minutesOfHour" => seconds / 60 % 60,
        "secondsOfMinute" => seconds % 60,
        "millisecondsOfSecond" => nanos / 1_000_000,
        "microsecondsOfSecond" => nanos / 1_000,
        "nanosecondsOfSecond" => nanos,
        _ => return Ok(Value::Null),
    }))
}
