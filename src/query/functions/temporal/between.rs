//! The time between two instants.
//!
//! What one of the two lacks it takes from the other: the date, the zone; a date alone starts at midnight. Between two
//! in different zones the calendar of the first counts. Months and days are counted on the calendar, seconds as they
//! pass, so that a day on which clocks are turned has 23 or 25 hours.

use std::cmp::Ordering;

use super::instant::{Parts, beyond};
use super::zones::{Zone, later};
use crate::model::Value;
use crate::query::functions::{FunctionError, Outcome};
use crate::time::calendar::{Date, DateTime, Duration, LocalDateTime, Temporal};

/// What a duration between two instants is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    /// Whole months, then whole days, then seconds.
    All,
    /// Whole months only.
    Months,
    /// Whole days only.
    Days,
    /// Seconds only.
    Seconds,
}

/// The duration from one instant to another; negative if the other comes first.
pub(super) fn between(counting: Counting, from: &Value, to: &Value) -> Outcome {
    let (from, to) = (Parts::of(from), Parts::of(to));
    let have_dates = from.date.is_some() && to.date.is_some();
    let (from, to) = aligned(&from, &to).ok_or_else(beyond)?;
    let months = if have_dates && matches!(counting, Counting::All | Counting::Months) {
        months_between(from.local, to.local)
    } else {
        0
    };
    let days = if have_dates && matches!(counting, Counting::All | Counting::Days) {
        let start = from.local.plus_dates(months, 0).ok_or_else(beyond)?;
        days_between(start, to.local)
    } else {
        0
    };
    let (seconds, nanos) = if matches!(counting, Counting::All | Counting::Seconds) {
        let dates = Duration::new(months, days, 0, 0).ok_or_else(too_long)?;
        let start = later(&from, dates).ok_or_else(beyond)?;
        let nanos = to.local.time.nanosecond() - start.local.time.nanosecond();
        (to.epoch_seconds() - start.epoch_seconds(), nanos)
    } else {
        (0, 0)
    };
    let duration = Duration::new(months, days, seconds, nanos).ok_or_else(too_long)?;
    Ok(Temporal::from(duration).into())
}

fn too_long() -> FunctionError {
    FunctionError::overflow("the duration is beyond 64 bits")
}

/// Both as moments, the second in the zone of the first.
fn aligned(from: &Parts, to: &Parts) -> Option<(DateTime, DateTime)> {
    let day = from.date.or(to.date).or(Date::from_days(0))?;
    let zones = [from.zone.as_ref().or(to.zone.as_ref()), to.zone.as_ref().or(from.zone.as_ref())];
    let moment = |parts: &Parts, zone: Option<&(Zone, _)>| {
        let local = LocalDateTime { date: parts.date.unwrap_or(day), time: parts.time.unwrap_or_default() };
        zone.map_or_else(|| Zone::UTC.resolve(local, None), |(zone, offset)| zone.resolve(local, Some(*offset)))
    };
    let (first, second) = (moment(from, zones[0])?, moment(to, zones[1])?);
    let second = Zone::of(&first).shows(&second)?;
    Some((first, second))
}

/// Whole months, of the sign of the way.
fn months_between(from: LocalDateTime, to: LocalDateTime) -> i64 {
    let to_day = whole_days_end(from, to);
    let months = to_day.months() - from.date.months();
    match months {
        1.. if to_day.day() < from.date.day() => months - 1,
        ..=-1 if to_day.day() > from.date.day() => months + 1,
        _ => months,
    }
}

/// Whole days, of the sign of the way.
fn days_between(from: LocalDateTime, to: LocalDateTime) -> i64 {
    whole_days_end(from, to).days() - from.date.days()
}

/// The last day that whole days lead to: one short of the other's where its time of day is not reached.
fn whole_days_end(from: LocalDateTime, to: LocalDateTime) -> Date {
    let step = match (to.date.cmp(&from.date), to.time.cmp(&from.time)) {
        (Ordering::Greater, Ordering::Less) => -1,
        (Ordering::Less, Ordering::Greater) => 1,
        _ => 0,
    };
    to.date.plus_days(step).unwrap_or(to.date)
}
