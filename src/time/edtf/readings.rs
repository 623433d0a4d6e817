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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Edtf {
        Edtf::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn two_days_of_a_year_need_not_be_the_same() {
        assert_eq!(read("2012").equals(&read("2012")), None);
        assert_eq!(read("2012-07-03").equals(&read("2012-07-03")), Some(true));
        assert_eq!(read("2012").equals(&read("2012-07-03")), None);
        assert_eq!(read("2012").equals(&read("2013")), Some(false));
        assert_eq!(read("[2012,2014]").equals(&read("2013")), Some(false));
        assert_eq!(read("2012~").equals(&read("2013-12-31")), None);
    }

    #[test]
    fn what_is_surely_earlier_compares() {
        assert_eq!(read("2012").compare(&read("2013")), Some(Ordering::Less));
        assert_eq!(read("2013-01-01").compare(&read("2012")), Some(Ordering::Greater));
        assert_eq!(read("2012").compare(&read("2012-07")), None);
        assert_eq!(read("..").compare(&read("2012")), None);
        assert_eq!(read("2012").is_not_after(&read("2012-12-31")), Some(true));
        assert_eq!(read("2012").is_before(&read("2012-12-31")), None);
    }

    #[test]
    fn dates_sort_by_their_earliest_reading() {
        let mut dates: Vec<Edtf> = ["2012-07", "2012", "..", "2012?", "2012-01-01", "../2010"].map(read).into();
        dates.sort_by(Edtf::sort_order);
        let sorted: Vec<&str> = dates.iter().map(Edtf::as_str).collect();
        assert_eq!(sorted, ["../2010", "..", "2012-01-01", "2012", "2012?", "2012-07"]);
    }

    /// Some days around the turn of a year, one by one, in spans and in sets.
    fn few_days() -> impl Strategy<Value = Edtf> {
        let day = prop_oneof!["2011-12-(29|30|31)~?", "2012-01-0[1-4]~?"];
        let day = day.boxed();
        let dates = proptest::collection::vec(day, 1..4);
        dates.prop_map(|mut dates| {
            dates.sort();
            read(&if dates.len() == 2 { format!("[{}]", dates.join("..")) } else { format!("[{}]", dates.join(",")) })
        })
    }

    fn days(date: &Edtf) -> Vec<i32> {
        date.readings().iter().flat_map(|period| period.first.0..=period.last.0).collect()
    }

    /// What all pairs of readings agree on.
    fn unanimous<T: PartialEq>(a: &Edtf, b: &Edtf, ask: impl Fn(i32, i32) -> T) -> Option<T> {
        let (a, b) = (days(a), days(b));
        let mut answers = a.iter().flat_map(|x| b.iter().map(|y| ask(*x, *y)).collect::<Vec<_>>());
        let first = answers.next()?;
        answers.all(|answer| answer == first).then_some(first)
    }

    proptest! {
        #[test]
        fn comparison_agrees_with_all_pairs_of_readings(a in few_days(), b in few_days()) {
            prop_assert_eq!(a.equals(&b), unanimous(&a, &b, |x, y| x == y));
            prop_assert_eq!(a.compare(&b), unanimous(&a, &b, |x, y| x.cmp(&y)));
            prop_assert_eq!(a.is_before(&b), unanimous(&a, &b, |x, y| x < y));
            prop_assert_eq!(a.is_not_after(&b), unanimous(&a, &b, |x, y| x <= y));
            prop_assert_eq!(a.is_narrower_than(&b), days(&a).iter().all(|day| days(&b).contains(day)));
        }
    }
}
