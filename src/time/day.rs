//! Days, and the calendar that names them: the proleptic Gregorian one, with a year 0 as in ISO 8601.

use std::fmt;

use bytemuck::{Pod, Zeroable};

/// Days since 1970-01-01; [`Day::MIN`] and [`Day::MAX`] stand for "unbounded".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Pod, Zeroable)]
#[repr(transparent)]
pub struct Day(pub i32);

/// Days from 0001-01-01 to 1970-01-01.
const EPOCH: i64 = 719_162;

/// Days in 400 years, after which the calendar repeats.
const DAYS_IN_400_YEARS: i64 = 146_097;

impl Day {
    /// Before every date.
    pub const MIN: Self = Self(i32::MIN);
    /// After every date.
    pub const MAX: Self = Self(i32::MAX);
    /// The last year that can be named; the first is its negative.
    pub const LAST_YEAR: i32 = 999_999;

    /// The day of that year, month (1–12) and day of the month; `None` if the calendar has no such day or the year is
    /// beyond ±[`Day::LAST_YEAR`].
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let is_named = (-Self::LAST_YEAR..=Self::LAST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        is_named.then(|| Self::counted(days_before_month(year, month) + i64::from(day) - 1))
    }

    /// Year, month (1–12) and day of the month; `None` for the unbounded days.
    #[must_use]
    pub fn to_ymd(self) -> Option<(i32, u32, u32)> {
        if !self.is_bounded() {
            return None;
        }
        let number = i64::from(self.0);
        let guess = (number + EPOCH) * 400 / DAYS_IN_400_YEARS;
        let guess = i32::try_from(guess).expect("a day count of 32 bits has a year of 32 bits");
        // The mean year is not the calendar's: the guess, of the years gone by, may be off by one either way.
        let year = (guess - 1..=guess + 2)
            .rev()
            .find(|year| days_before_month(*year, 1) <= number)
            .expect("the guess is off by one year at most");
        let month = (1..=12).rev().find(|month| days_before_month(year, *month) <= number)?;
        let day = u32::try_from(number - days_before_month(year, month)).expect("the month begins by that day");
        Some((year, month, day + 1))
    }

    /// Whether this is a day, and not one of the two unbounded ones.
    #[must_use]
    pub fn is_bounded(self) -> bool {
        self != Self::MIN && self != Self::MAX
    }

    /// The day `days` later (earlier if negative). An unbounded day stays what it is.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        if !self.is_bounded() {
            return self;
        }
        Self(self.0.saturating_add(days))
    }

    fn counted(days: i64) -> Self {
        Self(i32::try_from(days).expect("years of six digits have day counts of 32 bits"))
    }

    /// The first day of a month counted from January of the year 0.
    pub(super) fn first_of_month(months: i32) -> Self {
        Self::counted(days_before_month(months.div_euclid(12), month_of(months)))
    }

    /// The last day of a month counted from January of the year 0.
    pub(super) fn last_of_month(months: i32) -> Self {
        Self::first_of_month(months + 1).plus(-1)
    }
}

/// The month of the year, 1–12, of a month counted from January of the year 0.
fn month_of(months: i32) -> u32 {
    months.rem_euclid(12).cast_unsigned() + 1
}

fn is_leap(year: i32) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// How many days a month (1–12) has.
pub(super) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to the first of a month (1–12).
fn days_before_month(year: i32, month: u32) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let whole = i64::from(year) - 1;
    let before_year = 365 * whole + whole.div_euclid(4) - whole.div_euclid(100) + whole.div_euclid(400);
    let leap_day = i64::from(month > 2 && is_leap(year));
    before_year - EPOCH + BEFORE[month as usize - 1] + leap_day
}

impl fmt::Display for Day {
    /// `2012-07-31`; `..` when unbounded; years beyond four digits with a sign, as ISO 8601 expands them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_ymd() {
            None => f.write_str(".."),
            Some((year @ 0..=9999, month, day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
            Some((year, month, day)) => {
                let sign = if year < 0 { '-' } else { '+' };
                write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_known_numbers() {
        for (number, (year, month, day)) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (11_016, (2000, 2, 29)),
            (15_547, (2012, 7, 26)),
            (-719_162, (1, 1, 1)),
            (-719_528, (0, 1, 1)),
        ] {
            assert_eq!(Day::from_ymd(year, month, day), Some(Day(number)));
            assert_eq!(Day(number).to_ymd(), Some((year, month, day)));
        }
    }

    #[test]
    fn a_day_that_the_calendar_lacks_is_none() {
        for (year, month, day) in
            [(2011, 2, 29), (1900, 2, 29), (2012, 4, 31), (2012, 13, 1), (2012, 0, 1), (2012, 1, 0)]
        {
            assert_eq!(Day::from_ymd(year, month, day), None, "{year}-{month}-{day}");
        }
        assert_eq!(Day::from_ymd(1_000_000, 1, 1), None);
    }

    #[test]
    fn days_print_as_iso_dates() {
        let day = |year, month, day| Day::from_ymd(year, month, day).expect("the calendar has it").to_string();
        assert_eq!(day(2012, 7, 3), "2012-07-03");
        assert_eq!(day(-44, 3, 15), "-0044-03-15");
        assert_eq!(day(12_345, 1, 1), "+12345-01-01");
        assert_eq!(Day::MIN.to_string(), "..");
        assert_eq!(Day::MAX.to_string(), "..");
    }

    proptest! {
        #[test]
        fn every_day_has_one_name(number in i32::MIN + 1..i32::MAX) {
            let (year, month, day) = Day(number).to_ymd().expect("it is bounded");
            prop_assert_eq!(days_before_month(year, month) + i64::from(day) - 1, i64::from(number));
            prop_assert!((1..=days_in_month(year, month)).contains(&day));
        }

        #[test]
        fn the_next_day_is_the_next_name(number in -400_000_000..400_000_000) {
            let (today, tomorrow) = (Day(number).to_ymd(), Day(number + 1).to_ymd());
            prop_assert!(today < tomorrow);
        }
    }
}
