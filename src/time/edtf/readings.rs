//! Comparison in three values: certain only if every reading of the one and every reading of the other agree on it.

use std::cmp::Ordering;

use super::Edtf;
use crate::time::{Day, Period};

impl Edtf {
    /// Whether the two are the same day: `Some(true)` if each can only be that one day, `Some(false)` if they share
    /// no day, else `None`. So `2012 = 2012` is unknown: two days of a year need not be the same.
    #[must_use]
    pub fn equals(&self, other: &Self) -> Option<bool> {
        match (self.only_day(), other.only_day()) {
            (Some(a), Some(b)) => Some(a == b),
            _ if self.shares_a_day_with(other) => None,
            _ => Some(false),
        }
    }

    /// Which is earlier, if that is certain, or that they are the same day.
    ///
    /// `None` says less than [`Edtf::is_before`] and [`Edtf::is_not_after`] do: 2012 is surely not after 2012-12-31,
    /// though it may be that day.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.latest() < other.earliest() {
            Some(Ordering::Less)
        } else if self.earliest() > other.latest() {
            Some(Ordering::Greater)
        } else {
            (self.only_day().is_some() && other.only_day().is_some()).then_some(Ordering::Equal)
        }
    }

    /// `self < other` in three values.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> Option<bool> {
        if self.latest() < other.earliest() { Some(true) } else { (self.earliest() >= other.latest()).then_some(false) }
    }

    /// `self ≤ other` in three values.
    #[must_use]
    pub fn is_not_after(&self, other: &Self) -> Option<bool> {
        other.is_before(self).map(|after| !after)
    }

    /// A total order, for sorting: by the earliest reading, then the latest, then as text.
    #[must_use]
    pub fn sort_order(&self, other: &Self) -> Ordering {
        let key = |date: &Self| (date.earliest(), date.latest());
        key(self).cmp(&key(other)).then_with(|| self.as_str().cmp(other.as_str()))
    }

    /// Whether every reading of this is one of the other's.
    #[must_use]
    pub fn is_narrower_than(&self, other: &Self) -> bool {
        self.readings().iter().all(|own| other.readings().iter().any(|wide| wide.covers(*own)))
    }

    fn only_day(&self) -> Option<Day> {
        let period = self.period();
        period.is_one_day().then_some(period.first)
    }

    fn shares_a_day_with(&self, other: &Self) -> bool {
        self.readings().iter().any(|own| other.readings().iter().any(|theirs| own.overlaps(*theirs)))
    }
}

/// Sorts the periods and joins those that touch or overlap.
pub(super) fn merged(mut periods: Vec<Period>) -> Box<[Period]> {
    periods.sort_unstable();
    let mut joined: Vec<Period> = Vec::with_capacity(periods.len());
    for period in periods {
        match joined.last_mut() {
            Some(last) if period.first <= last.last.plus(1) => *last = last.hull(period),
            _ => joined.push(period),
        }
    }
    joined.into()
}
