//! Periods: from one day to another, both included.

use std::fmt;

use super::Day;
use super::day::days_in_month;

/// An inclusive period of days, open where a side is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

impl Period {
    /// All of time.
    pub const ALL: Self = Self { first: Day::MIN, last: Day::MAX };

    /// From one day to another; `None` if the second comes first.
    #[must_use]
    pub fn new(first: Day, last: Day) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// One day alone.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        Self { first: day, last: day }
    }

    /// Whether it holds the day.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether every day of the other is one of its own.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The smallest period that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Whether this is a single day.
    #[must_use]
    pub fn is_one_day(self) -> bool {
        self.first == self.last
    }
}

/// How coarsely a side of a period can be named without loss: `2012`, `2012-07`, `2012-07-31`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grain {
    Day,
    Month,
    Year,
}

impl Period {
    fn grain_of_first(self) -> Grain {
        match self.first.to_ymd() {
            None | Some((_, 1, 1)) => Grain::Year,
            Some((_, _, 1)) => Grain::Month,
            Some(_) => Grain::Day,
        }
    }

    fn grain_of_last(self) -> Grain {
        match self.last.to_ymd() {
            None | Some((_, 12, 31)) => Grain::Year,
            Some((year, month, day)) if day == days_in_month(year, month) => Grain::Month,
            Some(_) => Grain::Day,
        }
    }
}

/// The day as EDTF writes it, down to that grain; nothing for an unbounded one.
fn named(day: Day, grain: Grain) -> String {
    let Some((number, month, day)) = day.to_ymd() else { return String::new() };
    let year = match number {
        0..=9999 => format!("{number:04}"),
        -9999..0 => format!("-{:04}", number.unsigned_abs()),
        _ => format!("Y{number}"),
    };
    match grain {
        Grain::Year => year,
        Grain::Month => format!("{year}-{month:02}"),
        Grain::Day => format!("{year}-{month:02}-{day:02}"),
    }
}

impl fmt::Display for Period {
    /// As short as it can be said, each side as EDTF writes it: `2012`, `2012-07`, `2012-07-03..2013`, `2014..`, `..2013`, `..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.grain_of_first(), self.grain_of_last());
        // A side that is open says nothing of how finely the other was meant.
        let grain = first.min(last);
        let (from, to) = (named(self.first, grain), named(self.last, grain));
        if from == to && !from.is_empty() { f.write_str(&from) } else { write!(f, "{from}..{to}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(first: (i32, u32, u32), last: (i32, u32, u32)) -> Period {
        let day = |(year, month, day)| Day::from_ymd(year, month, day).expect("the calendar has it");
        Period::new(day(first), day(last)).expect("first comes first")
    }

    #[test]
    fn a_period_is_named_as_shortly_as_it_can_be() {
        for (period, expected) in [
            (period((2012, 1, 1), (2012, 12, 31)), "2012"),
            (period((2012, 2, 1), (2012, 2, 29)), "2012-02"),
            (period((2012, 2, 3), (2012, 2, 3)), "2012-02-03"),
            (period((2012, 1, 1), (2013, 12, 31)), "2012..2013"),
            (period((2021, 10, 1), (2021, 12, 31)), "2021-10..2021-12"),
            (period((2012, 2, 1), (2012, 2, 28)), "2012-02-01..2012-02-28"),
            (Period { last: Day::MAX, ..period((2012, 2, 1), (2012, 2, 1)) }, "2012-02.."),
            (Period { first: Day::MIN, ..period((2012, 2, 1), (2012, 12, 31)) }, "..2012"),
            (Period::ALL, ".."),
        ] {
            assert_eq!(period.to_string(), expected);
        }
    }
}
