//! Times of day with an offset.

use std::cmp::Ordering;
use std::fmt;

use super::local_time::{LocalTime, NANOS_PER_SECOND};
use super::offset::Offset;

/// A time of day at an offset from UTC.
///
/// In order by the moment of a day in UTC that it stands for; times of one moment from west to east. So 12:00+01:00
/// and 11:00Z are one moment, and not equal (CIP2015-08-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// What the clock shows.
    pub local: LocalTime,
    /// How far that is ahead of UTC.
    pub offset: Offset,
}

impl Time {
    /// Nanoseconds since midnight UTC of the day on which local midnight was; beyond a day on either side.
    #[must_use]
    pub fn utc_nanos(self) -> i64 {
        self.local.nanos() - self.offset.seconds() * NANOS_PER_SECOND
    }

    /// The same moment of the day at another offset.
    #[must_use]
    pub fn at(self, offset: Offset) -> Self {
        Self { local: self.local.plus(offset.seconds() - self.offset.seconds(), 0), offset }
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.utc_nanos().cmp(&other.utc_nanos()).then_with(|| self.offset.cmp(&other.offset))
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Time {
    /// `21:40:32.142+01:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, self.offset)
    }
}
