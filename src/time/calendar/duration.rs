//! Durations: months, days and seconds side by side.
//!
//! They are kept apart because none is a fixed number of the next: months have 28 to 31 days, and days 23 to 25 hours.
//! Where a fraction must be handed down, and for sorting, a month is the mean one of the Gregorian calendar,
//! 30.436875 days, and a day has 24 hours (CIP2015-08-06).

use std::cmp::Ordering;

use super::local_time::{NANOS_PER_SECOND, SECONDS_PER_DAY};

/// Seconds of a mean month: a twelfth of 365.2425 days.
pub(super) const SECONDS_PER_MONTH: i64 = 2_629_746;

/// An amount of time. Durations are equal if they agree in months, in days and in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    months: i64,
    days: i64,
    seconds: i64,
    /// Of the second, 0 to 999,999,999: what is added to the seconds, also where these are negative.
    nanos: i64,
}

impl Duration {
    /// No time.
    pub const ZERO: Self = Self { months: 0, days: 0, seconds: 0, nanos: 0 };

    /// The duration of these parts, each with its own sign; `None` if the seconds do not fit 64 bits.
    #[must_use]
    pub fn new(months: i64, days: i64, seconds: i64, nanos: i64) -> Option<Self> {
        let seconds = seconds.checked_add(nanos.div_euclid(NANOS_PER_SECOND))?;
        Some(Self { months, days, seconds, nanos: nanos.rem_euclid(NANOS_PER_SECOND) })
    }

    /// Its whole months.
    #[must_use]
    pub const fn months(self) -> i64 {
        self.months
    }

    /// Its days, besides the months.
    #[must_use]
    pub const fn days(self) -> i64 {
        self.days
    }

    /// Its seconds, besides months and days, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// The nanoseconds that its seconds were rounded down by.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.nanos
    }

    /// The nanoseconds of its seconds and their fraction.
    #[must_use]
    pub fn total_nanos(self) -> i128 {
        i128::from(self.seconds) * i128::from(NANOS_PER_SECOND) + i128::from(self.nanos)
    }

    /// The sum, part by part; `None` beyond 64 bits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::new(
            self.months.checked_add(other.months)?,
            self.days.checked_add(other.days)?,
            self.seconds.checked_add(other.seconds)?,
            self.nanos + other.nanos,
        )
    }

    /// The difference, part by part; `None` beyond 64 bits.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::new(
            self.months.checked_sub(other.months)?,
            self.days.checked_sub(other.days)?,
            self.seconds.checked_sub(other.seconds)?,
            self.nanos - other.nanos,
        )
    }

    /// The same backwards; `None` beyond 64 bits.
    #[must_use]
    pub fn negated(self) -> Option<Self> {
        Self::ZERO.minus(self)
    }

    /// A total order for sorting: by length, with mean months and days of 24 hours; among equally long ones by their
    /// parts. Which of two durations is longer is not known otherwise, so `<` is null of them.
    #[must_use]
    pub fn sort_order(&self, other: &Self) -> Ordering {
        let parts = |each: &Self| (each.months, each.days, each.seconds, each.nanos);
        self.mean_length().cmp(&other.mean_length()).then_with(|| parts(self).cmp(&parts(other)))
    }

    /// In nanoseconds.
    fn mean_length(self) -> i128 {
        let dates = i128::from(self.months) * i128::from(SECONDS_PER_MONTH)
            + i128::from(self.days) * i128::from(SECONDS_PER_DAY);
        dates * i128::from(NANOS_PER_SECOND) + self.total_nanos()
    }
}
