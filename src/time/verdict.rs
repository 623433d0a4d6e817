//! What bounds answer to a question about a period, in three values.
//!
//! Exactness. For tight bounds every formula here agrees with the enumeration of all readings: *certain* if all
//! readings say yes, *no* if none does, *possible* otherwise. The start and the end of a momentary event are one and
//! the same day, so that it has fewer readings than its bounds. This matters to `THROUGHOUT` alone, and
//! [`Bounds::verdict`], which knows the time class, is exact there too.
//!
//! Traps. *Possible* is no truth value to compute with: that a relation possibly holds in two periods does not make
//! it possible that it holds in both ("a year of which we know only the decade"), and the negation of *possible* is
//! *possible*. A verdict grows with the period under AS OF, and shrinks with it under THROUGHOUT; a filter that wants
//! "does not hold" must ask for [`Verdict::No`], never for "not certain".

use std::ops::Not;

use super::{Bounds, Period, TimeClass};

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

impl Verdict {
    pub(super) fn of(is_possible: bool, is_certain: bool) -> Self {
        match (is_possible, is_certain) {
            (true, true) => Self::Certain,
            (true, false) => Self::Possible,
            (false, _) => Self::No,
        }
    }
}

impl Not for Verdict {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Certain,
            Self::Possible => Self::Possible,
            Self::Certain => Self::No,
        }
    }
}

/// What is asked of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Did it hold at some time? The question of a pattern without a time.
    AtSomeTime,
    /// `AS OF`: did it hold on some day of the period?
    AsOf(Period),
    /// `DURING`: the same; for a lasting event, is its date in the period?
    During(Period),
    /// `THROUGHOUT`: did it hold on every day of the period?
    Throughout(Period),
}

impl Question {
    /// The period asked about.
    #[must_use]
    pub fn period(self) -> Period {
        match self {
            Self::AtSomeTime => Period::ALL,
            Self::AsOf(period) | Self::During(period) | Self::Throughout(period) => period,
        }
    }
}

impl Bounds {
    /// Whether it holds on some day of the period: *possible* if `s1 ≤ q2` and `e2 ≥ q1`, *certain* if `s2 ≤ q2` and
    /// `e1 ≥ q1`.
    #[must_use]
    pub fn overlaps(self, asked: Period) -> Verdict {
        let Period { first: q1, last: q2 } = asked;
        Verdict::of(self.s1 <= q2 && self.e2 >= q1, self.s2 <= q2 && self.e1 >= q1)
    }

    /// Whether it holds on every day of the period: *possible* if `s1 ≤ q1` and `e2 ≥ q2`, *certain* if `s2 ≤ q1` and
    /// `e1 ≥ q2`.
    #[must_use]
    pub fn throughout(self, asked: Period) -> Verdict {
        let Period { first: q1, last: q2 } = asked;
        Verdict::of(self.s1 <= q1 && self.e2 >= q2, self.s2 <= q1 && self.e1 >= q2)
    }

    /// Whether its start lies in the period: *possible* if `s1 ≤ q2` and `s2 ≥ q1`, *certain* if `s1 ≥ q1` and
    /// `s2 ≤ q2`.
    #[must_use]
    pub fn starts_in(self, asked: Period) -> Verdict {
        Verdict::of(asked.overlaps(self.starts()), asked.covers(self.starts()))
    }

    /// Whether it holds at some time: certain, since bounds have a reading.
    #[must_use]
    pub fn at_some_time(self) -> Verdict {
        self.overlaps(Period::ALL)
    }

    /// The answer to a question about a relation of that class.
    #[must_use]
    pub fn verdict(self, question: Question, class: TimeClass) -> Verdict {
        match question {
            Question::AtSomeTime => self.at_some_time(),
            Question::During(asked) if class == TimeClass::LastingEvent => self.starts_in(asked),
            Question::AsOf(asked) | Question::During(asked) => self.overlaps(asked),
            // One day cannot fill several, though its bounds may reach over them.
            Question::Throughout(asked) if class.is_momentary() && !asked.is_one_day() => Verdict::No,
            Question::Throughout(asked) => self.throughout(asked),
        }
    }
}
