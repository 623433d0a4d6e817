//! Days with a time of day, without a zone.

use std::fmt;

use super::date::Date;
use super::local_time::{LocalTime, NANOS_PER_SECOND, SECONDS_PER_DAY};
use super::unit::Unit;

/// A date and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: LocalTime,
}

impl LocalDateTime {
    /// The start of a day.
    #[must_use]
    pub const fn midnight(date: Date) -> Self {
        Self { date, time: LocalTime::MIDNIGHT }
    }

    /// Seconds since 1970-01-01T00:00, as clocks in one place count them.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.date.days() * SECONDS_PER_DAY + self.time.seconds()
    }

    /// Seconds since 1970-01-01T00:00, and nanoseconds less than a second; `None` beyond the calendar.
    #[must_use]
    pub fn from_seconds(seconds: i64, nanosecond: i64) -> Option<Self> {
        let date = Date::from_days(seconds.div_euclid(SECONDS_PER_DAY))?;
        let of_day = seconds.rem_euclid(SECONDS_PER_DAY) * NANOS_PER_SECOND;
        Some(Self { date, time: LocalTime::from_nanos(of_day.checked_add(nanosecond)?)? })
    }

    /// Later by seconds and nanoseconds; `None` beyond the calendar.
    #[must_use]
    pub fn plus(self, seconds: i64, nanos: i64) -> Option<Self> {
        let nanos = self.time.nanosecond().checked_add(nanos)?;
        let seconds = self.seconds().checked_add(seconds)?.checked_add(nanos.div_euclid(NANOS_PER_SECOND))?;
        Self::from_seconds(seconds, nanos.rem_euclid(NANOS_PER_SECOND))
    }

    /// The same time of day on a later day: months first, then days.
    #[must_use]
    pub fn plus_dates(self, months: i64, days: i64) -> Option<Self> {
        Some(Self { date: self.date.plus_months(months)?.plus_days(days)?, ..self })
    }

    /// The start of the unit that it lies in; `None` beyond the calendar.
    #[must_use]
    pub fn truncated(self, unit: Unit) -> Option<Self> {
        Some(Self { date: self.date.truncated(unit)?, time: self.time.truncated(unit) })
    }
}

impl fmt::Display for LocalDateTime {
    /// `2015-07-21T21:40:32.142`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.time)
    }
}
