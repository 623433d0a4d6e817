//! The units in which dates are given, and the parts of a year that have numbers of their own.

use crate::time::{Day, Period};

/// The unit in which a date is given, from fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// `2017-03-02`.
    Day,
    /// `2012-07`.
    Month,
    /// `2012-33`: three months from January, April, July, October.
    Quarter,
    /// `2012-21`: three months from March, June, September, December.
    Season,
    /// `2012-37`: four months.
    Third,
    /// `2012-40`.
    HalfYear,
    /// `2012`.
    Year,
    /// `199X`.
    Decade,
    /// `19XX`.
    Century,
    /// `1XXX`.
    Millennium,
}

impl Precision {
    /// Its length in months; `None` for the day.
    fn months(self) -> Option<i32> {
        match self {
            Self::Day => None,
            Self::Month => Some(1),
            Self::Quarter | Self::Season => Some(3),
            Self::Third => Some(4),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
            Self::Decade => Some(120),
            Self::Century => Some(1_200),
            Self::Millennium => Some(12_000),
        }
    }

    /// The unit of a year whose last digits, so many, are masked with `X`.
    pub(super) fn of_masked_year(masked: usize) -> Self {
        match masked {
            0 => Self::Year,
            1 => Self::Decade,
            2 => Self::Century,
            _ => Self::Millennium,
        }
    }
}

/// A run of whole months, counted from January of the year 0, or a single day.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stretch {
    Months { first: i32, last: i32 },
    Day(Day),
}

impl Stretch {
    /// The days of it; widened by one unit on either side if the date is approximate.
    pub(super) fn period(self, precision: Precision, approximate: bool) -> Period {
        let (days, months) = match (approximate, precision.months()) {
            (false, _) => (0, 0),
            (true, None) => (1, 0),
            (true, Some(months)) => (0, months),
        };
        let (first, last) = match self {
            Self::Months { first, last } => (Day::first_of_month(first - months), Day::last_of_month(last + months)),
            Self::Day(day) => (day, day),
        };
        Period { first: first.plus(-days), last: last.plus(days) }
    }
}

/// The unit, first month (from 0) and length in months of a numbered part of a year; ISO 8601-2, 4.8.
///
/// A season without a hemisphere is read as a northern one. Winter begins in December of its year.
pub(super) fn part_of_year(number: u32) -> Option<(Precision, i32, i32)> {
    let nth = |base: u32| i32::try_from(number - base).expect("numbers of parts have two digits");
    match number {
        21..=24 => Some((Precision::Season, 2 + 3 * nth(21), 3)),
        25..=28 => Some((Precision::Season, 2 + 3 * nth(25), 3)),
        // Spring of the south is in September; its autumn and winter come first in the year.
        29..=30 => Some((Precision::Season, 8 + 3 * nth(29), 3)),
        31..=32 => Some((Precision::Season, 2 + 3 * nth(31), 3)),
        33..=36 => Some((Precision::Quarter, 3 * nth(33), 3)),
        37..=39 => Some((Precision::Third, 4 * nth(37), 4)),
        40..=41 => Some((Precision::HalfYear, 6 * nth(40), 6)),
        _ => None,
    }
}
