//! Any of the temporal values.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, Time};

/// A temporal value of one of openCypher's six types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Temporal {
    /// A moment.
    DateTime(Arc<DateTime>),
    /// A date and a time of day, somewhere.
    LocalDateTime(LocalDateTime),
    /// A day.
    Date(Date),
    /// A time of day at an offset.
    Time(Time),
    /// A time of day, somewhere.
    LocalTime(LocalTime),
    /// An amount of time.
    Duration(Arc<Duration>),
}

impl Temporal {
    /// The type's name as openCypher says it.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::DateTime(_) => "DateTime",
            Self::LocalDateTime(_) => "LocalDateTime",
            Self::Date(_) => "Date",
            Self::Time(_) => "Time",
            Self::LocalTime(_) => "LocalTime",
            Self::Duration(_) => "Duration",
        }
    }

    /// `a < b`, `a = b`, `a > b`: `None` where the types differ. Durations compare only where they are equal, since
    /// the lengths of months and days are not known.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::DateTime(a), Self::DateTime(b)) => Some(a.cmp(b)),
            (Self::LocalDateTime(a), Self::LocalDateTime(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Time(a), Self::Time(b)) => Some(a.cmp(b)),
            (Self::LocalTime(a), Self::LocalTime(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// The total order of ORDER BY: type by type in the order in which they stand here; durations by their mean
    /// lengths.
    #[must_use]
    pub fn sort_order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Duration(a), Self::Duration(b)) => a.sort_order(b),
            _ => self.compare(other).unwrap_or_else(|| self.sort_rank().cmp(&other.sort_rank())),
        }
    }

    const fn sort_rank(&self) -> u8 {
        match self {
            Self::DateTime(_) => 0,
            Self::LocalDateTime(_) => 1,
            Self::Date(_) => 2,
            Self::Time(_) => 3,
            Self::LocalTime(_) => 4,
            Self::Duration(_) => 5,
        }
    }
}

impl fmt::Display for Temporal {
    /// As ISO 8601 writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DateTime(value) => value.fmt(f),
            Self::LocalDateTime(value) => value.fmt(f),
            Self::Date(value) => value.fmt(f),
            Self::Time(value) => value.fmt(f),
            Self::LocalTime(value) => value.fmt(f),
            Self::Duration(value) => value.fmt(f),
        }
    }
}

impl From<DateTime> for Temporal {
    fn from(value: DateTime) -> Self {
        Self::DateTime(Arc::new(value))
    }
}

impl From<LocalDateTime> for Temporal {
    fn from(value: LocalDateTime) -> Self {
        Self::LocalDateTime(value)
    }
}

impl From<Date> for Temporal {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl From<Time> for Temporal {
    fn from(value: Time) -> Self {
        Self::Time(value)
    }
}

impl From<LocalTime> for Temporal {
    fn from(value: LocalTime) -> Self {
        Self::LocalTime(value)
    }
}

impl From<Duration> for Temporal {
    fn from(value: Duration) -> Self {
        Self::Duration(Arc::new(value))
    }
}
