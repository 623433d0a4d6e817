//! Date columns: properties from which it follows when the edges of a graph of tables hold.
//!
//! The dates stay the numbers that the table had, so that a query may compare them; the days of each edge, which
//! questions of time are asked of, are made of them when the first such question comes. They are not kept twice.

use serde::{Deserialize, Serialize};

use super::array::Array;
use super::column::{Cells, Column};
use super::edge_times::TypeTimes;
use super::store::EdgeTable;
use super::symbols::Symbols;
use crate::model::KeyId;
use crate::time::{Day, Period};

/// How dates are written as whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateFormat {
    /// 20120717.
    YearMonthDay,
    /// 201207: the whole month.
    YearMonth,
    /// 2012: the whole year.
    Year,
    /// Days since 1970-01-01.
    Days,
}

impl DateFormat {
    /// The days that a number stands for; `None` where it is no date.
    #[must_use]
    pub fn period(self, number: i64) -> Option<Period> {
        let number = i32::try_from(number).ok()?;
        let part = |number: i32| u32::try_from(number).ok();
        match self {
            Self::YearMonthDay => {
                let day = Day::from_ymd(number / 10_000, part(number / 100 % 100)?, part(number % 100)?)?;
                Some(Period { first: day, last: day })
            }
            Self::YearMonth => {
                let (year, month) = (number / 100, part(number % 100)?);
                let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                let first = Day::from_ymd(year, month, 1)?;
                Some(Period { first, last: Day::from_ymd(next.0, next.1, 1)?.plus(-1) })
            }
            Self::Year => Some(Period { first: Day::from_ymd(number, 1, 1)?, last: Day::from_ymd(number, 12, 31)? }),
            Self::Days => {
                let day = Day(number);
                day.is_bounded().then_some(Period { first: day, last: day })
            }
        }
    }
}

/// Which properties of edges are their dates, and how they are to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateColumns {
    /// The property that holds the first date; without one, edges have no known start.
    pub since: Option<String>,
    /// The property that holds the second date; without one, edges have no end.
    pub until: Option<String>,
    /// How dates are written.
    pub format: DateFormat,
    /// The number that means that there is no end (or no known start).
    pub open: Option<i64>,
    /// Whether an edge still holds on its second date.
    pub is_inclusive: bool,
}

impl DateColumns {
    /// The first day of an edge with this first date; `None` where it is no date.
    #[must_use]
    pub fn first_day(&self, since: i64) -> Option<Day> {
        if self.open == Some(since) { Some(Day::MIN) } else { self.format.period(since).map(|days| days.first) }
    }

    /// The last day of an edge with this second date; `None` where it is no date.
    #[must_use]
    pub fn last_day(&self, until: i64) -> Option<Day> {
        if self.open == Some(until) {
            return Some(Day::MAX);
        }
        let days = self.format.period(until)?;
        Some(if self.is_inclusive { days.last } else { days.first.plus(-1) })
    }

    /// The properties that hold the dates, among all keys.
    pub(crate) fn keys(&self, keys: &Symbols) -> [Option<KeyId>; 2] {
        [&self.since, &self.until].map(|name| keys.find(name.as_deref()?).map(KeyId::from_index))
    }

    /// Makes the days of each type's edges follow from its date columns.
    pub(crate) fn derive_times(&self, table: &mut EdgeTable, keys: [Option<KeyId>; 2]) {
        for (at, columns) in table.columns.iter_mut().enumerate() {
            if !is_derived(columns, keys) {
                continue;
            }
            let count = table.by_type[at].count as usize;
            let [since, until] = keys.map(|key| {
                let found = columns.iter_mut().find(|(each, _)| Some(*each) == key)?;
                found.1.share();
                Some(found.1.clone())
            });
            let first = self.late_days(since, count, Day::MIN, Self::first_day);
            let last = self.late_days(until, count, Day::MAX, Self::last_day);
            table.times[at] = TypeTimes::Days { first, last };
        }
    }

    fn late_days(
        &self,
        column: Option<Column>,
        count: usize,
        none: Day,
        day: fn(&Self, i64) -> Option<Day>,
    ) -> Array<Day> {
        let dates = self.clone();
        Array::late(count, move || {
            let Some(column) = &column else { return vec![none; count] };
            let (mut before, mut is) = (None, none);
            let days = (0..count).map(|row| {
                let date = column.int(row);
                if date != before {
                    (before, is) = (date, date.and_then(|date| day(&dates, date)).unwrap_or(none));
                }
                is
            });
            days.collect()
        })
    }
}

/// Whether the days of a type's edges follow from its columns: one of the two dates is there, and none is anything but
/// whole numbers.
pub(crate) fn is_derived(columns: &[(KeyId, Column)], keys: [Option<KeyId>; 2]) -> bool {
    let mut dates = columns.iter().filter(|(key, _)| keys.contains(&Some(*key))).peekable();
    let is_whole = |column: &Column| column.parts().all(|part| matches!(part.cells, Cells::Narrow(_) | Cells::Int(_)));
    dates.peek().is_some() && dates.all(|(_, column)| is_whole(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Year, month, day.
    type Date = (i32, u32, u32);

    fn check(format: DateFormat, number: i64, expected: Option<(Date, Date)>) {
        let day = |(year, month, day): Date| Day::from_ymd(year, month, day).expect("a date");
        let expected = expected.map(|(first, last)| Period { first: day(first), last: day(last) });
        assert_eq!(format.period(number), expected, "{format:?} {number}");
    }

    #[test]
    fn numbers_are_read_as_the_days_they_stand_for() {
        check(DateFormat::YearMonthDay, 20_120_717, Some(((2012, 7, 17), (2012, 7, 17))));
        check(DateFormat::YearMonthDay, 20_120_731, Some(((2012, 7, 31), (2012, 7, 31))));
        check(DateFormat::YearMonthDay, 20_120_732, None);
        check(DateFormat::YearMonth, 201_202, Some(((2012, 2, 1), (2012, 2, 29))));
        check(DateFormat::YearMonth, 201_212, Some(((2012, 12, 1), (2012, 12, 31))));
        check(DateFormat::YearMonth, 201_213, None);
        check(DateFormat::Year, 2012, Some(((2012, 1, 1), (2012, 12, 31))));
        check(DateFormat::Days, 31, Some(((1970, 2, 1), (1970, 2, 1))));
        check(DateFormat::YearMonthDay, i64::MAX, None);
    }

    #[test]
    fn an_end_is_the_last_day_or_the_day_after_it() {
        let dates = |is_inclusive| DateColumns {
            since: None,
            until: Some("until".into()),
            format: DateFormat::Year,
            open: Some(9999),
            is_inclusive,
        };
        assert_eq!(dates(true).last_day(2012), Day::from_ymd(2012, 12, 31));
        assert_eq!(dates(false).last_day(2012), Day::from_ymd(2011, 12, 31));
        assert_eq!(dates(false).last_day(9999), Some(Day::MAX));
        assert_eq!(dates(false).first_day(9999), Some(Day::MIN));
    }
}
