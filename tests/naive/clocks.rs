//! Times of day, moments and durations, by counting seconds; zones only by their offset.

use std::cmp::Ordering;

use griot::model::Value;
use griot::query::syntax::ast::BinaryOp;
use griot::time::calendar::{Date, DateTime, Duration, LocalDateTime, LocalTime, Offset, Temporal, Time};

use super::{Fault, dates};

const DAY: i64 = 86_400;
const NANOS: i64 = 1_000_000_000;

/// The functions that make such a value of a text.
pub(super) const NAMES: [&str; 5] = ["localtime", "time", "localdatetime", "datetime", "duration"];

fn lacking() -> Fault {
    Fault::unspecified("a temporal value that is not in the naive matcher")
}

/// `localtime('21:40:32')` and its like.
pub(super) fn made(function: &str, text: &str) -> Result<Value, Fault> {
    Ok(Value::Temporal(match function {
        "localtime" => Temporal::LocalTime(time(clock(text)?)),
        "time" => {
            let (text, offset) = zoned(text)?;
            Temporal::Time(Time { local: time(clock(text)?), offset })
        }
        "localdatetime" => Temporal::LocalDateTime(moment(text)?),
        "datetime" => {
            let (text, offset) = zoned(text)?;
            Temporal::from(DateTime::at_offset(moment(text)?, offset))
        }
        _ => Temporal::from(duration(text)?),
    }))
}

/// Seconds of `21:40` or `21:40:32`.
fn clock(text: &str) -> Result<i64, Fault> {
    let parts: Vec<Option<i64>> =
        text.split(':').map(|part| part.parse().ok().filter(|_| part.len() == 2 && !part.starts_with('+'))).collect();
    match parts[..] {
        [Some(hour @ 0..24), Some(minute @ 0..60)] => Ok(hour * 3600 + minute * 60),
        [Some(hour @ 0..24), Some(minute @ 0..60), Some(second @ 0..60)] => Ok(hour * 3600 + minute * 60 + second),
        _ => Err(lacking()),
    }
}

fn time(seconds: i64) -> LocalTime {
    LocalTime::from_nanos(seconds * NANOS).expect("it lies in the day")
}

fn moment(text: &str) -> Result<LocalDateTime, Fault> {
    let (date, time_of_day) = text.split_once('T').ok_or_else(lacking)?;
    Ok(LocalDateTime { date: dates::day(date)?, time: time(clock(time_of_day)?) })
}

/// What stands before `Z`, `+01:00` or `-05:30`, and the offset.
fn zoned(text: &str) -> Result<(&str, Offset), Fault> {
    let (before, seconds) = match text.strip_suffix('Z') {
        Some(before) => (before, 0),
        None => {
            let at = text.len().checked_sub(6).filter(|at| text.is_char_boundary(*at)).ok_or_else(lacking)?;
            let (before, offset) = text.split_at(at);
            let sign = match offset.as_bytes()[0] {
                b'+' => 1,
                b'-' => -1,
                _ => return Err(lacking()),
            };
            (before, sign * clock(&offset[1..])?)
        }
    };
    Ok((before, Offset::from_seconds(seconds).ok_or_else(lacking)?))
}

/// `P1Y2M3DT4H5M6S`, each part whole and perhaps negative.
fn duration(text: &str) -> Result<Duration, Fault> {
    let rest = text.strip_prefix('P').ok_or_else(lacking)?;
    let (dates, clocks) = rest.split_once('T').unwrap_or((rest, ""));
    let (mut months, mut days, mut seconds) = (0, 0, 0);
    for (number, unit) in amounts(dates)? {
        match unit {
            'Y' => months += number * 12,
            'M' => months += number,
            'W' => days += number * 7,
            'D' => days += number,
            _ => return Err(lacking()),
        }
    }
    for (number, unit) in amounts(clocks)? {
        seconds += match unit {
            'H' => number * 3600,
            'M' => number * 60,
            'S' => number,
            _ => return Err(lacking()),
        };
    }
    Duration::new(months, days, seconds, 0).ok_or_else(lacking)
}

fn amounts(text: &str) -> Result<Vec<(i64, char)>, Fault> {
    let parts = text.split_inclusive(|letter: char| letter.is_ascii_alphabetic());
    let amount = |part: &str| {
        let unit = part.chars().next_back()?;
        let number: i32 = part[..part.len() - unit.len_utf8()].parse().ok()?;
        Some((i64::from(number), unit))
    };
    parts.map(|part| amount(part).ok_or_else(lacking)).collect()
}

/// Seconds of a time of day; what has a fraction of a second is not in the naive matcher.
fn seconds(time: LocalTime) -> Result<i64, Fault> {
    if time.nanos() % NANOS == 0 { Ok(time.nanos() / NANOS) } else { Err(lacking()) }
}

/// `.year`, `.hour` and their like.
pub(super) fn part(of: &Temporal, key: &str) -> Result<Value, Fault> {
    let of_clock = |time: LocalTime| {
        let seconds = seconds(time)?;
        Ok(Value::Int(match key {
            "hour" => seconds / 3600,
            "minute" => seconds / 60 % 60,
            "second" => seconds % 60,
            _ => return Err(lacking()),
        }))
    };
    let of_moment = |of: LocalDateTime| {
        if ["year", "month", "day"].contains(&key) { dates::part(of.date, key) } else { of_clock(of.time) }
    };
    match of {
        Temporal::Date(date) => dates::part(*date, key),
        Temporal::LocalTime(time) => of_clock(*time),
        Temporal::Time(time) if key == "offsetSeconds" => Ok(Value::Int(time.offset.seconds())),
        Temporal::Time(time) => of_clock(time.local),
        Temporal::LocalDateTime(of) => of_moment(*of),
        Temporal::DateTime(of) if key == "offsetSeconds" => Ok(Value::Int(of.offset.seconds())),
        Temporal::DateTime(of) => of_moment(of.local),
        Temporal::Duration(of) => of_duration(**of, key),
    }
}

fn of_duration(of: Duration, key: &str) -> Result<Value, Fault> {
    if of.nanos() != 0 || of.months() < 0 || of.days() < 0 || of.seconds() < 0 {
        return Err(lacking());
    }
    Ok(Value::Int(match key {
        "years" => of.months() / 12,
        "months" => of.months(),
        "monthsOfYear" => of.months() % 12,
        "weeks" => of.days() / 7,
        "days" => of.days(),
        "hours" => of.seconds() / 3600,
        "minutes" => of.seconds() / 60,
        "minutesOfHour" => of.seconds() % 3600 / 60,
        "seconds" => of.seconds(),
        _ => return Err(lacking()),
    }))
}

/// `a + b`, `a - b`, `a * b` where a temporal value takes part.
pub(super) fn arithmetic(op: BinaryOp, a: &Value, b: &Value) -> Result<Value, Fault> {
    let wrong = || Fault::error(format!("arithmetic of {} and {}", a.type_name(), b.type_name()));
    let found = match (a, b) {
        (Value::Temporal(Temporal::Duration(a)), Value::Temporal(Temporal::Duration(b))) => match op {
            BinaryOp::Add => scaled_sum(**a, **b, 1)?.into(),
            BinaryOp::Subtract => scaled_sum(**a, **b, -1)?.into(),
            _ => return Err(wrong()),
        },
        (Value::Temporal(instant), Value::Temporal(Temporal::Duration(by))) => match op {
            BinaryOp::Add => moved(instant, **by)?,
            BinaryOp::Subtract => moved(instant, scaled_sum(Duration::ZERO, **by, -1)?)?,
            _ => return Err(wrong()),
        },
        (Value::Temporal(Temporal::Duration(by)), Value::Temporal(instant)) if op == BinaryOp::Add => {
            moved(instant, **by)?
        }
        (Value::Temporal(Temporal::Duration(of)), Value::Int(by))
        | (Value::Int(by), Value::Temporal(Temporal::Duration(of)))
            if op == BinaryOp::Multiply =>
        {
            scaled_sum(Duration::ZERO, **of, *by)?.into()
        }
        (Value::Temporal(Temporal::Duration(_)), Value::Int(_) | Value::Float(_))
        | (Value::Int(_) | Value::Float(_), Value::Temporal(Temporal::Duration(_))) => return Err(lacking()),
        // A string and something else is left open.
        (Value::Text(_), _) | (_, Value::Text(_)) => return Err(lacking()),
        _ => return Err(wrong()),
    };
    Ok(Value::Temporal(found))
}

/// `a + b * times`.
fn scaled_sum(a: Duration, b: Duration, times: i64) -> Result<Duration, Fault> {
    if a.nanos() != 0 || b.nanos() != 0 {
        return Err(lacking());
    }
    let sum = |a: i64, b: i64| b.checked_mul(times).and_then(|b| a.checked_add(b)).ok_or_else(lacking);
    let (months, days) = (sum(a.months(), b.months())?, sum(a.days(), b.days())?);
    Duration::new(months, days, sum(a.seconds(), b.seconds())?, 0).ok_or_else(lacking)
}

/// Months first, then days, then seconds. A date takes the whole days of the seconds; a time of day goes round.
fn moved(instant: &Temporal, by: Duration) -> Result<Temporal, Fault> {
    let small = |number: i64| number.abs() < 1_000_000_000;
    if by.nanos() != 0 || !small(by.months()) || !small(by.days()) || !small(by.seconds()) {
        return Err(lacking());
    }
    let round = |of: LocalTime| Ok::<_, Fault>(time((seconds(of)? + by.seconds()).rem_euclid(DAY)));
    let on = |of: LocalDateTime| {
        let date = dates::later(of.date, by.months(), by.days())?;
        let total = seconds(of.time)? + by.seconds();
        let date = dates::later(date, 0, total.div_euclid(DAY))?;
        Ok::<_, Fault>(LocalDateTime { date, time: time(total.rem_euclid(DAY)) })
    };
    Ok(match instant {
        Temporal::Date(date) => Temporal::Date(dates::later(*date, by.months(), by.days() + by.seconds() / DAY)?),
        Temporal::LocalTime(of) => Temporal::LocalTime(round(*of)?),
        Temporal::Time(of) => Temporal::Time(Time { local: round(of.local)?, offset: of.offset }),
        Temporal::LocalDateTime(of) => Temporal::LocalDateTime(on(*of)?),
        Temporal::DateTime(of) if of.zone.is_none() => DateTime::at_offset(on(of.local)?, of.offset).into(),
        _ => return Err(lacking()),
    })
}

/// `-a`.
pub(super) fn negated(of: &Temporal) -> Result<Value, Fault> {
    match of {
        Temporal::Duration(of) => Ok(Value::Temporal(scaled_sum(Duration::ZERO, **of, -1)?.into())),
        other => Err(Fault::error(format!("a sign of {}", other.type_name()))),
    }
}

/// `a < b` and its like between two values of one type: by the moment; of one moment, from west to east. Durations
/// have no order, since nobody knows how long a month is.
pub(super) fn compare(a: &Temporal, b: &Temporal) -> Option<Ordering> {
    let nanos =
        |date: Date, time: LocalTime| i128::from(date.days()) * i128::from(DAY * NANOS) + i128::from(time.nanos());
    let ahead = |offset: Offset| i128::from(offset.seconds());
    let key = |of: &Temporal| match of {
        Temporal::Date(date) => Some((0, i128::from(date.days()), 0)),
        Temporal::LocalTime(time) => Some((1, i128::from(time.nanos()), 0)),
        Temporal::Time(Time { local, offset }) => {
            Some((2, i128::from(local.nanos()) - ahead(*offset) * i128::from(NANOS), ahead(*offset)))
        }
        Temporal::LocalDateTime(of) => Some((3, nanos(of.date, of.time), 0)),
        Temporal::DateTime(of) => {
            let moment = nanos(of.local.date, of.local.time) - ahead(of.offset) * i128::from(NANOS);
            Some((4, moment, ahead(of.offset)))
        }
        Temporal::Duration(_) => None,
    };
    let (a, b) = (key(a)?, key(b)?);
    (a.0 == b.0).then(|| a.cmp(&b))
}
