//! Days, periods, bounds.
use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

/// Days since 1970-01-01; [`Day::MIN`] and [`Day::MAX`] stand for "unbounded".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Pod, Zeroable)]
#[repr(transparent)]
pub struct Day(pub i32);

impl Day {
    /// Before every date.
    pub const MIN: Self = Self(i32::MIN);
    /// After every date.
    pub const MAX: Self = Self(i32::MAX);
}

/// An inclusive period of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// Start within `[s1, s2]`, end within `[e1, e2]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(C)]
pub struct Bounds {
    /// Earliest start.
    pub s1: Day,
    /// Latest start.
    pub s2: Day,
    /// Earliest end.
    pub e1: Day,
    /// Latest end.
    pub e2: Day,
}

/// When a relation type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeClass {
    /// From a start to an end.
    Interval,
    /// In force from its date on.
    LastingEvent,
    /// Only in its date.
    MomentaryEvent,
    /// Takes the date of the event at its end.
    EventDate,
    /// Has no time.
    Timeless,
}

/// An answer in three values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Surely not.
    No,
    /// Perhaps.
    Possible,
    /// Surely.
    Certain,
}
