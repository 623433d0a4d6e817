//! Moments: a date and time of day at an offset from UTC, perhaps in a named zone.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::local_date_time::LocalDateTime;
use super::offset::Offset;

/// A moment as clocks in one place show it.
///
/// In order by the moment; of one moment, from west to east, and then by the zone's name. So two values of one moment
/// at different offsets are not equal (CIP2015-08-06).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// What calendar and clock show.
    pub local: LocalDateTime,
    /// How far that is ahead of UTC.
    pub offset: Offset,
    /// The zone (`Europe/Stockholm`) whose rules gave the offset; none where the offset was given itself.
    pub zone: Option<Arc<str>>,
}

impl DateTime {
    /// A moment at an offset.
    #[must_use]
    pub const fn at_offset(local: LocalDateTime, offset: Offset) -> Self {
        Self { local, offset, zone: None }
    }

    /// Seconds since 1970-01-01T00:00Z; the nanoseconds are those of the local time.
    #[must_use]
    pub fn epoch_seconds(&self) -> i64 {
        self.local.seconds() - self.offset.seconds()
    }

    fn moment(&self) -> (i64, i64) {
        (self.epoch_seconds(), self.local.time.nanosecond())
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_moment = self.moment().cmp(&other.moment());
        by_moment.then_with(|| self.offset.cmp(&other.offset)).then_with(|| self.zone.cmp(&other.zone))
    }
}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for DateTime {
    /// `2015-07-21T21:40:32.142+02:00[Europe/Stockholm]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.local, self.offset)?;
        self.zone.as_ref().map_or(Ok(()), |zone| write!(f, "[{zone}]"))
    }
}
