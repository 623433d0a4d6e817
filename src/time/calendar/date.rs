//! Days of the calendar, and the four ways to name one: by month, by week, by its number in the year, by quarter.
//!
//! The arithmetic between day numbers and names is Howard Hinnant's ("chrono-compatible low-level date algorithms",
//! 2013): years begin in March, so that the leap day comes last, and the calendar repeats after 400 of them.

use std::fmt;

use super::unit::Unit;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// Since 1970-01-01.
    days: i64,
}

const DAYS_IN_400_YEARS: i64 = 146_097;

/// From 0000-03-01 to 1970-01-01.
const DAYS_BEFORE_EPOCH: i64 = 719_468;

impl Date {
    /// The last year; the first is its negative.
    pub const LAST_YEAR: i64 = 999_999_999;
    /// The first day: -999999999-01-01.
    pub const MIN: Self = Self { days: day_number(-Self::LAST_YEAR, 1, 1) };
    /// The last day: +999999999-12-31.
    pub const MAX: Self = Self { days: day_number(Self::LAST_YEAR, 12, 31) };

    /// The day so many days after 1970-01-01; `None` beyond the calendar.
    #[must_use]
    pub fn from_days(days: i64) -> Option<Self> {
        (Self::MIN.days..=Self::MAX.days).contains(&days).then_some(Self { days })
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i64 {
        self.days
    }

    /// The day of that year, month (1–12) and day of the month; `None` if the calendar has no such day.
    #[must_use]
    pub fn from_ymd(year: i64, month: i64, day: i64) -> Option<Self> {
        let exists = is_year(year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| Self { days: day_number(year, month, day) })
    }

    /// The day of that year of weeks (ISO 8601), week (1–53) and day of the week (1, Monday, to 7).
    #[must_use]
    pub fn from_week(week_year: i64, week: i64, day_of_week: i64) -> Option<Self> {
        if !is_year(week_year) || !(1..=53).contains(&week) || !(1..=7).contains(&day_of_week) {
            return None;
        }
        // The fourth of January lies in the first week.
        let fourth = Self { days: day_number(week_year, 1, 4) };
        let monday = fourth.days + 1 - fourth.day_of_week() + 7 * (week - 1);
        let is_of_year = Self { days: monday }.week_year() == week_year;
        Self::from_days(monday + day_of_week - 1).filter(|_| is_of_year)
    }

    /// The day with that number in the year (1–366).
    #[must_use]
    pub fn from_ordinal(year: i64, ordinal_day: i64) -> Option<Self> {
        let exists = is_year(year) && (1..=365 + i64::from(is_leap(year))).contains(&ordinal_day);
        exists.then(|| Self { days: day_number(year, 1, 1) + ordinal_day - 1 })
    }

    /// The day with that number (1–92) in the quarter (1–4) of the year.
    #[must_use]
    pub fn from_quarter(year: i64, quarter: i64, day_of_quarter: i64) -> Option<Self> {
        if !is_year(year) || !(1..=4).contains(&quarter) || !(1..=92).contains(&day_of_quarter) {
            return None;
        }
        let day = Self { days: day_number(year, 3 * quarter - 2, 1) + day_of_quarter - 1 };
        (day.quarter() == quarter).then_some(day)
    }

    /// Year, month (1–12) and day of the month.
    #[must_use]
    pub fn to_ymd(self) -> (i64, i64, i64) {
        let shifted = self.days + DAYS_BEFORE_EPOCH;
        let cycle = shifted.div_euclid(DAYS_IN_400_YEARS);
        let day = shifted.rem_euclid(DAYS_IN_400_YEARS);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        (year + 400 * cycle + i64::from(month <= 2), month, day_of_month)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i64 {
        self.to_ymd().0
    }

    /// The month, 1–12.
    #[must_use]
    pub fn month(self) -> i64 {
        self.to_ymd().1
    }

    /// The day of the month, 1–31.
    #[must_use]
    pub fn day(self) -> i64 {
        self.to_ymd().2
    }

    /// The quarter, 1–4.
    #[must_use]
    pub fn quarter(self) -> i64 {
        (self.month() + 2) / 3
    }

    /// The number of the day in its quarter, 1–92.
    #[must_use]
    pub fn day_of_quarter(self) -> i64 {
        let (year, month, _) = self.to_ymd();
        self.days - day_number(year, (month - 1) / 3 * 3 + 1, 1) + 1
    }

    /// The number of the day in its year, 1–366.
    #[must_use]
    pub fn ordinal_day(self) -> i64 {
        self.days - day_number(self.year(), 1, 1) + 1
    }

    /// The day of the week, from 1, Monday, to 7.
    #[must_use]
    pub const fn day_of_week(self) -> i64 {
        // The epoch was a Thursday.
        (self.days + 3).rem_euclid(7) + 1
    }

    /// The week, 1–53; the first is that of the year's first Thursday (ISO 8601).
    #[must_use]
    pub fn week(self) -> i64 {
        (self.thursday().ordinal_day() - 1) / 7 + 1
    }

    /// The year that the week belongs to.
    #[must_use]
    pub fn week_year(self) -> i64 {
        self.thursday().year()
    }

    /// The Thursday of the week. It may lie beyond the calendar by days, which its name can bear.
    const fn thursday(self) -> Self {
        Self { days: self.days - self.day_of_week() + 4 }
    }

    /// Months since January of the year 0.
    #[must_use]
    pub fn months(self) -> i64 {
        let (year, month, _) = self.to_ymd();
        12 * year + month - 1
    }

    /// So many months later, on the same day of the month or, where that month is shorter, on its last.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let months = self.months().checked_add(months)?;
        Self::in_month(months.div_euclid(12), months.rem_euclid(12) + 1, self.day())
    }

    /// So many days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_days(self.days.checked_add(days)?)
    }

    /// The day of a month, or the month's last where it has no such day.
    #[must_use]
    pub fn in_month(year: i64, month: i64, day: i64) -> Option<Self> {
        let is_month = is_year(year) && (1..=12).contains(&month);
        is_month.then(|| days_in_month(year, month)).and_then(|last| Self::from_ymd(year, month, day.min(last)))
    }

    /// The first day of the unit that it lies in: of the year, the week. Units of time leave it as it is; before the
    /// year 0, decades and the like begin with the lower year. `None` where that is beyond the calendar.
    #[must_use]
    pub fn truncated(self, unit: Unit) -> Option<Self> {
        let (year, month, _) = self.to_ymd();
        let run_of = |years: i64| Self::from_ymd(year.div_euclid(years) * years, 1, 1);
        match unit {
            Unit::Millennium => run_of(1_000),
            Unit::Century => run_of(100),
            Unit::Decade => run_of(10),
            Unit::Year => run_of(1),
            Unit::WeekYear => Self::from_week(self.week_year(), 1, 1),
            Unit::Quarter => Self::from_quarter(year, self.quarter(), 1),
            Unit::Month => Self::from_ymd(year, month, 1),
            Unit::Week => self.plus_days(1 - self.day_of_week()),
            _ => Some(self),
        }
    }
}

const fn is_year(year: i64) -> bool {
    -Date::LAST_YEAR <= year && year <= Date::LAST_YEAR
}

const fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a day of a month (1–12).
const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month_from_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_cycle = year.rem_euclid(400);
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_cycle = 365 * of_cycle + of_cycle / 4 - of_cycle / 100 + day_of_year;
    year.div_euclid(400) * DAYS_IN_400_YEARS + day_of_cycle - DAYS_BEFORE_EPOCH
}

impl fmt::Display for Date {
    /// `2012-07-31`; years beyond four digits, and those before the year 0, with a sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.to_ymd();
        let sign = match year {
            0..=9999 => "",
            10_000.. => "+",
            _ => "-",
        };
        write!(f, "{sign}{:04}-{month:02}-{day:02}", year.unsigned_abs())
    }
}
