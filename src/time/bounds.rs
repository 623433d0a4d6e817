//! When a relation holds, as far as one claim says: bounds of its start and of its end.
//!
//! A *reading* of bounds is a start in `[s1, s2]` with an end in `[e1, e2]` that is not before it. All rules of this
//! module are about readings; how bounds come from a claim is told in `claim_dates`, what they answer in `verdict`.

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

use super::{Day, Period, Verdict};

/// Start within `[s1, s2]`, end within `[e1, e2]`.
///
/// Those made here are tight: `s1 ≤ s2 ≤ e2` and `s1 ≤ e1 ≤ e2`, so that every day of either range occurs in some
/// reading. The formulas of [`Bounds::overlaps`] and its like are exact for tight bounds only.
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

impl TimeClass {
    /// Whether it holds on one day only, so that its start and its end are the same.
    #[must_use]
    pub fn is_momentary(self) -> bool {
        matches!(self, Self::MomentaryEvent | Self::EventDate)
    }
}

impl Bounds {
    /// Nothing known: it held at some time.
    pub const UNBOUNDED: Self = Self { s1: Day::MIN, s2: Day::MAX, e1: Day::MIN, e2: Day::MAX };

    /// At all times, for certain.
    pub const TIMELESS: Self = Self { s1: Day::MIN, s2: Day::MIN, e1: Day::MAX, e2: Day::MAX };

    /// Throughout a period, for certain, and at no other time.
    #[must_use]
    pub fn exactly(period: Period) -> Self {
        Self { s1: period.first, s2: period.first, e1: period.last, e2: period.last }
    }

    /// Drops the days of either range that no reading has; `None` if there is no reading.
    #[must_use]
    pub fn tightened(self) -> Option<Self> {
        let tight = Self { s2: self.s2.min(self.e2), e1: self.e1.max(self.s1), ..self };
        tight.is_tight().then_some(tight)
    }

    /// Whether `s1 ≤ s2 ≤ e2` and `s1 ≤ e1 ≤ e2`.
    #[must_use]
    pub fn is_tight(self) -> bool {
        self.s1 <= self.s2 && self.s2 <= self.e2 && self.s1 <= self.e1 && self.e1 <= self.e2
    }

    /// From the earliest start to the latest end: it surely does not hold outside.
    #[must_use]
    pub fn hull(self) -> Period {
        Period { first: self.s1, last: self.e2 }
    }

    /// The days on one of which it started.
    #[must_use]
    pub fn starts(self) -> Period {
        Period { first: self.s1, last: self.s2 }
    }

    /// The days on one of which it ended.
    #[must_use]
    pub fn ends(self) -> Period {
        Period { first: self.e1, last: self.e2 }
    }

    /// The days on which it surely holds; `None` if no single day is sure.
    #[must_use]
    pub fn certain_days(self) -> Option<Period> {
        Period::new(self.s2, self.e1)
    }

    /// Whether its start may be as late as one likes, so that it is certain at no time.
    #[must_use]
    pub fn is_undated(self) -> bool {
        self.s2 == Day::MAX
    }

    /// Whether both can hold on one and the same day, so that their claims may speak of one episode.
    #[must_use]
    pub fn can_meet(self, other: Self) -> bool {
        self.hull().overlaps(other.hull())
    }

    /// Whether the two hold on one and the same day, whatever the readings of either.
    #[must_use]
    pub fn meets(self, other: Self) -> Verdict {
        let is_certain = self.s2 <= other.e1 && other.s2 <= self.e1;
        Verdict::of(self.can_meet(other), is_certain)
    }

    /// The readings that both have: `None` if no start and end satisfies both, so that the two disagree.
    #[must_use]
    pub fn shared(self, other: Self) -> Option<Self> {
        let both = Self {
            s1: self.s1.max(other.s1),
            s2: self.s2.min(other.s2),
            e1: self.e1.max(other.e1),
            e2: self.e2.min(other.e2),
        };
        both.tightened()
    }

    /// The smallest bounds that have all readings of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            s1: self.s1.min(other.s1),
            s2: self.s2.max(other.s2),
            e1: self.e1.min(other.e1),
            e2: self.e2.max(other.e2),
        }
    }

    /// Whether every reading of this is one of the other's.
    #[must_use]
    pub fn is_narrower_than(self, other: Self) -> bool {
        other.s1 <= self.s1 && self.s2 <= other.s2 && other.e1 <= self.e1 && self.e2 <= other.e2
    }
}
