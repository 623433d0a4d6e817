//! Times of day without a zone.

use std::fmt;

use super::unit::Unit;

/// Nanoseconds of a second.
pub(super) const NANOS_PER_SECOND: i64 = 1_000_000_000;

/// Seconds of a day.
pub(super) const SECONDS_PER_DAY: i64 = 86_400;

const NANOS_PER_DAY: i64 = SECONDS_PER_DAY * NANOS_PER_SECOND;

/// A time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalTime {
    /// Since midnight.
    nanos: i64,
}

impl LocalTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self { nanos: 0 };

    /// The time of hour (0–23), minute, second (0–59) and nanosecond; `None` if there is none.
    #[must_use]
    pub fn from_parts(hour: i64, minute: i64, second: i64, nanosecond: i64) -> Option<Self> {
        let exists = (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second)
            && (0..NANOS_PER_SECOND).contains(&nanosecond);
        exists.then(|| Self { nanos: ((hour * 60 + minute) * 60 + second) * NANOS_PER_SECOND + nanosecond })
    }

    /// So many nanoseconds after midnight; `None` beyond the day.
    #[must_use]
    pub fn from_nanos(nanos: i64) -> Option<Self> {
        (0..NANOS_PER_DAY).contains(&nanos).then_some(Self { nanos })
    }

    /// Nanoseconds since midnight.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.nanos
    }

    /// Seconds since midnight.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.nanos / NANOS_PER_SECOND
    }

    /// The hour, 0–23.
    #[must_use]
    pub const fn hour(self) -> i64 {
        self.seconds() / 3_600
    }

    /// The minute, 0–59.
    #[must_use]
    pub const fn minute(self) -> i64 {
        self.seconds() / 60 % 60
    }

    /// The second, 0–59.
    #[must_use]
    pub const fn second(self) -> i64 {
        self.seconds() % 60
    }

    /// The nanosecond of the second.
    #[must_use]
    pub const fn nanosecond(self) -> i64 {
        self.nanos % NANOS_PER_SECOND
    }

    /// Later by seconds and nanoseconds, round the clock.
    #[must_use]
    pub fn plus(self, seconds: i64, nanos: i64) -> Self {
        let seconds = seconds.rem_euclid(SECONDS_PER_DAY) * NANOS_PER_SECOND;
        Self { nanos: (self.nanos + seconds + nanos.rem_euclid(NANOS_PER_DAY)).rem_euclid(NANOS_PER_DAY) }
    }

    /// The start of the unit that it lies in; midnight for a day and longer.
    #[must_use]
    pub fn truncated(self, unit: Unit) -> Self {
        unit.nanoseconds().map_or(Self::MIDNIGHT, |length| Self { nanos: self.nanos / length * length })
    }
}

impl fmt::Display for LocalTime {
    /// `21:40`, `21:40:32`, `21:40:32.142`: seconds if there are any, and three, six or nine digits of their fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())?;
        let (second, fraction) = (self.second(), self.nanosecond());
        if second != 0 || fraction != 0 {
            write!(f, ":{second:02}")?;
        }
        match fraction {
            0 => Ok(()),
            _ if fraction % 1_000_000 == 0 => write!(f, ".{:03}", fraction / 1_000_000),
            _ if fraction % 1_000 == 0 => write!(f, ".{:06}", fraction / 1_000),
            _ => write!(f, ".{fraction:09}"),
        }
    }
}
