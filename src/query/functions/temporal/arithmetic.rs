//! `+`, `-`, `*` and `/` where temporal values take part.
//!
//! Months are added first, then days, then seconds. A day that a month lacks becomes its last. A date takes the whole
//! days of a duration's seconds; a time of day goes round the clock and leaves months and days out.

use super::zones::later;
use crate::model::Value;
use crate::query::functions::{ErrorClass, FunctionError, Outcome};
use crate::time::calendar::{Duration, Ratio, Temporal, Time};

/// Nanoseconds of a day.
const DAY: i128 = 86_400_000_000_000;

/// `a + b`; `None` where the operator does not join the two.
pub(crate) fn sum(left: &Value, right: &Value) -> Option<Outcome> {
    match (left, right) {
        (Value::Temporal(Temporal::Duration(a)), Value::Temporal(Temporal::Duration(b))) => {
            Some(a.plus(**b).map(duration).ok_or_else(|| too_long(left, "+", right)))
        }
        (Value::Temporal(instant), Value::Temporal(Temporal::Duration(by)))
        | (Value::Temporal(Temporal::Duration(by)), Value::Temporal(instant)) => {
            Some(moved(instant, **by).map(Value::from).ok_or_else(|| beyond(left, "+", right)))
        }
        _ => None,
    }
}

/// `a - b`; `None` where the operator does not join the two.
pub(crate) fn difference(left: &Value, right: &Value) -> Option<Outcome> {
    match (left, right) {
        (Value::Temporal(Temporal::Duration(a)), Value::Temporal(Temporal::Duration(b))) => {
            Some(a.minus(**b).map(duration).ok_or_else(|| too_long(left, "-", right)))
        }
        (Value::Temporal(instant), Value::Temporal(Temporal::Duration(by))) => {
            let moved = by.negated().and_then(|by| moved(instant, by));
            Some(moved.map(Value::from).ok_or_else(|| beyond(left, "-", right)))
        }
        _ => None,
    }
}

/// `a * b`; `None` where the operator does not join the two.
pub(crate) fn product(left: &Value, right: &Value) -> Option<Outcome> {
    let ((Value::Temporal(Temporal::Duration(of)), number) | (number, Value::Temporal(Temporal::Duration(of)))) =
        (left, right)
    else {
        return None;
    };
    let scaled = ratio(number)?.and_then(|by| of.times(by));
    Some(scaled.map(duration).ok_or_else(|| too_long(left, "*", right)))
}

/// `a / b`; `None` where the operator does not join the two.
pub(crate) fn quotient(left: &Value, right: &Value) -> Option<Outcome> {
    let Value::Temporal(Temporal::Duration(of)) = left else { return None };
    let by = ratio(right)?;
    if by == Some(Ratio::whole(0)) {
        let message = format!("{of} / 0: durations are not divided by zero");
        return Some(Err(FunctionError::new(ErrorClass::ArithmeticError, "DivisionByZero", message)));
    }
    let scaled = by.and_then(Ratio::inverse).and_then(|by| of.times(by));
    Some(scaled.map(duration).ok_or_else(|| too_long(left, "/", right)))
}

/// `-a`; `None` where it is no duration.
pub(crate) fn negated(of: &Value) -> Option<Outcome> {
    let Value::Temporal(Temporal::Duration(value)) = of else { return None };
    let error = || FunctionError::overflow(format!("-({value}) is beyond 64 bits"));
    Some(value.negated().map(duration).ok_or_else(error))
}

fn duration(value: Duration) -> Value {
    Temporal::from(value).into()
}

/// The factor that a number is, if it is one.
#[expect(clippy::option_option, reason = "no number is one thing, and a number too large another")]
fn ratio(number: &Value) -> Option<Option<Ratio>> {
    match number {
        Value::Int(int) => Some(Some(Ratio::whole(*int))),
        Value::Float(float) => Some(Ratio::of_float(*float)),
        _ => None,
    }
}

fn moved(instant: &Temporal, by: Duration) -> Option<Temporal> {
    Some(match instant {
        Temporal::Date(date) => {
            let days = i64::try_from(by.total_nanos() / DAY).ok()?;
            date.plus_months(by.months())?.plus_days(by.days())?.plus_days(days)?.into()
        }
        Temporal::LocalTime(time) => time.plus(by.seconds(), by.nanos()).into(),
        Temporal::Time(time) => Time { local: time.local.plus(by.seconds(), by.nanos()), ..*time }.into(),
        Temporal::LocalDateTime(of) => of.plus_dates(by.months(), by.days())?.plus(by.seconds(), by.nanos())?.into(),
        Temporal::DateTime(of) => later(of, by)?.into(),
        Temporal::Duration(_) => return None,
    })
}

fn written(value: &Value) -> String {
    super::super::simple_text(value).unwrap_or_default()
}

fn too_long(left: &Value, sign: &str, right: &Value) -> FunctionError {
    let message = format!("{} {sign} {} is beyond the durations of 64 bits", written(left), written(right));
    FunctionError::overflow(message)
}

fn beyond(left: &Value, sign: &str, right: &Value) -> FunctionError {
    let message = format!("{} {sign} {} lies beyond the calendar", written(left), written(right));
    FunctionError::new(ErrorClass::ArithmeticError, "NumberOutOfRange", message)
        .with_hint("the calendar reaches from the year -999999999 to the year +999999999")
}
