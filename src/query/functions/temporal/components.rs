//! The maps that dates and times are made of: `{year: 1984, week: 10}`, `{date: other, day: 28}`.
//!
//! What is coarser must be said before what is finer, or come from the value that the map starts from (`date`, `time`,
//! `datetime`); what is finer and not said is the first there is, or that value's. A day has four names, by month, by
//! week, by quarter and by its number in the year, and a map uses one of them.

use crate::model::{Map, Value};
use crate::names;
use crate::query::functions::{FunctionError, ValueKind};
use crate::time::calendar::{Date, LocalTime, Unit};

/// The keys that name a day, from coarse to fine, by how they name it.
pub(super) const DATE_KEYS: &[&str] =
    &["year", "quarter", "month", "week", "day", "ordinalDay", "dayOfWeek", "dayOfQuarter"];

/// The keys that name a time of day, from coarse to fine.
pub(super) const TIME_KEYS: &[&str] = &["hour", "minute", "second", "millisecond", "microsecond", "nanosecond"];

const BELOW_SECOND: [&str; 3] = ["millisecond", "microsecond", "nanosecond"];

/// The ways to name a day of a year, with their keys.
const NAMINGS: [&[&str]; 4] =
    [&["month", "day"], &["week", "dayOfWeek"], &["quarter", "dayOfQuarter"], &["ordinalDay"]];

/// A map of components.
#[derive(Clone, Copy)]
pub(super) struct Components<'m>(pub &'m Map);

impl<'m> Components<'m> {
    /// Refuses keys that are none of these.
    pub(super) fn expect_keys(self, function: &str, allowed: &[&[&'static str]]) -> Result<(), FunctionError> {
        let allowed: Vec<&'static str> = allowed.concat();
        let Some(unknown) = self.0.keys().find(|key| !allowed.contains(&key.as_ref())) else { return Ok(()) };
        let error = FunctionError::bad_argument(format!("{function}() knows no component `{unknown}`"));
        let nearest = names::nearest(allowed.iter().copied(), unknown, 1);
        Err(match nearest.first() {
            Some(nearest) => error.with_hint(format!("did you mean `{nearest}`?")),
            None => error.with_hint(format!("write one of {}", allowed.join(", "))),
        })
    }

    /// The value of a key.
    pub(super) fn get(self, key: &str) -> Option<&'m Value> {
        self.0.get(key)
    }

    /// Whether any of the keys is there.
    pub(super) fn has_any(self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.0.contains_key(*key))
    }

    /// The whole number of a key.
    pub(super) fn whole(self, key: &str) -> Result<Option<i64>, FunctionError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Int(int)) => Ok(Some(*int)),
            Some(other) => {
                let message = format!("`{key}` is an integer, not {}", ValueKind::of(other));
                Err(FunctionError::wrong_value(message))
            }
        }
    }

    /// The string of a key.
    pub(super) fn text(self, key: &str) -> Result<Option<&'m str>, FunctionError> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => {
                let message = format!("`{key}` is a string, not {}", ValueKind::of(other));
                Err(FunctionError::wrong_value(message))
            }
        }
    }

    /// The day that is named, by itself or starting from another.
    pub(super) fn date(self, from: Option<Date>) -> Result<Date, FunctionError> {
        let mut used = NAMINGS.iter().filter(|keys| self.has_any(keys));
        let (naming, further) = (used.next(), used.next());
        if let (Some(one), Some(other)) = (naming, further) {
            let (one, other) = (self.first_of(one), self.first_of(other));
            let message = format!("`{one}` and `{other}` name a day in two ways");
            return Err(FunctionError::bad_argument(message).with_hint("leave out one of them"));
        }
        let year = self.whole("year")?;
        if year.is_none() && from.is_none() {
            return Err(missing("year"));
        }
        let named = match naming.map(|keys| keys[0]) {
            Some("week") => self.by_week(year, from)?,
            Some("quarter") => self.by_quarter(year, from)?,
            Some("ordinalDay") => Date::from_ordinal(year_or(year, from), self.whole("ordinalDay")?.unwrap_or(1)),
            _ => self.by_month(year, from)?,
        };
        named.ok_or_else(|| {
            let said = self.0.iter().filter(|(key, _)| DATE_KEYS.contains(&key.as_ref()));
            let said = said.map(|(key, value)| match value {
                Value::Int(int) => format!("{key} {int}"),
                _ => key.to_string(),
            });
            let said = said.collect::<Vec<_>>().join(", ");
            FunctionError::bad_argument(format!("the calendar has no such day: {said}"))
        })
    }

    fn by_month(self, year: Option<i64>, from: Option<Date>) -> Result<Option<Date>, FunctionError> {
        let (month, day) = (self.whole("month")?, self.whole("day")?);
        let year = year_or(year, from);
        if day.is_some() && month.is_none() && from.is_none() {
            return Err(missing("month"));
        }
        let month = month.or(from.map(Date::month)).unwrap_or(1);
        Ok(match day {
            Some(day) => Date::from_ymd(year, month, day),
            // A day that was not said gives way where the month is shorter.
            None => Date::in_month(year, month, from.map_or(1, Date::day)),
        })
    }

    fn by_week(self, year: Option<i64>, from: Option<Date>) -> Result<Option<Date>, FunctionError> {
        let (week, day) = (self.whole("week")?, self.whole("dayOfWeek")?);
        let year = year.or(from.map(Date::week_year)).unwrap_or_default();
        let week = week.or(from.map(Date::week)).ok_or_else(|| missing("week"))?;
        Ok(Date::from_week(year, week, day.or(from.map(Date::day_of_week)).unwrap_or(1)))
    }

    fn by_quarter(self, year: Option<i64>, from: Option<Date>) -> Result<Option<Date>, FunctionError> {
        let (quarter, day) = (self.whole("quarter")?, self.whole("dayOfQuarter")?);
        let year = year_or(year, from);
        let quarter = quarter.or(from.map(Date::quarter)).ok_or_else(|| missing("quarter"))?;
        Ok(match (day, from) {
            (None, Some(from)) if (1..=4).contains(&quarter) => {
                Date::in_month(year, 3 * (quarter - 1) + (from.month() - 1) % 3 + 1, from.day())
            }
            _ => Date::from_quarter(year, quarter, day.unwrap_or(1)),
        })
    }

    /// The first of the keys that is there.
    fn first_of(self, keys: &[&'static str]) -> &'static str {
        keys.iter().find(|key| self.0.contains_key(**key)).copied().unwrap_or_default()
    }

    /// Refuses a time of day on a day that is not wholly named.
    pub(super) fn expect_whole_date(self) -> Result<(), FunctionError> {
        let is_whole = self.has_any(&["day", "dayOfWeek", "ordinalDay", "dayOfQuarter"]);
        if is_whole || !self.has_any(TIME_KEYS) && !self.has_any(&["time"]) { Ok(()) } else { Err(missing("day")) }
    }

    /// The time of day that is named, by itself or starting from another. What was `cut` off at a part of the second
    /// keeps that part where a finer one is said.
    pub(super) fn time(self, from: Option<LocalTime>, cut: Option<Unit>) -> Result<LocalTime, FunctionError> {
        let (hour, minute, second) = (self.whole("hour")?, self.whole("minute")?, self.whole("second")?);
        let below = self.below_second(from.filter(|_| cut.is_some()).map_or(0, LocalTime::nanosecond), cut)?;
        if from.is_none() {
            let said = [("hour", hour.is_some()), ("minute", minute.is_some()), ("second", second.is_some())];
            let finest = if below.is_some() { 3 } else { said.iter().rposition(|(_, is_said)| *is_said).unwrap_or(0) };
            if let Some((coarser, _)) = said[..finest].iter().find(|(_, is_said)| !is_said) {
                return Err(missing(coarser));
            }
        }
        let from = from.unwrap_or_default();
        let (hour, minute) = (hour.unwrap_or(from.hour()), minute.unwrap_or(from.minute()));
        let (second, below) = (second.unwrap_or(from.second()), below.unwrap_or(from.nanosecond()));
        LocalTime::from_parts(hour, minute, second, below).ok_or_else(|| {
            FunctionError::bad_argument(format!("the day has no such time: {hour}:{minute:02}:{second:02}"))
        })
    }

    /// The nanoseconds of the second, if any part of it is said.
    fn below_second(self, kept: i64, cut: Option<Unit>) -> Result<Option<i64>, FunctionError> {
        if !self.has_any(&BELOW_SECOND) {
            return Ok(None);
        }
        let mut parts = [self.whole("millisecond")?, self.whole("microsecond")?, self.whole("nanosecond")?];
        let is_kept = |below: usize| parts[below..].iter().any(Option::is_some);
        let keeps = match cut {
            Some(Unit::Millisecond) if is_kept(1) => 1,
            Some(Unit::Microsecond) if is_kept(2) => 2,
            _ => 0,
        };
        for (part, value) in parts.iter_mut().zip([kept / 1_000_000, kept / 1_000 % 1_000]).take(keeps) {
            part.get_or_insert(value);
        }
        let (mut sum, mut room) = (0, 1_000_000_000);
        for ((part, key), unit) in parts.into_iter().zip(BELOW_SECOND).zip([1_000_000, 1_000, 1]) {
            let Some(part) = part else { continue };
            if !(0..room / unit).contains(&part) {
                let message = format!("`{key}` lies between 0 and {} here, and is {part}", room / unit - 1);
                return Err(FunctionError::bad_argument(message));
            }
            sum += part * unit;
            room = unit;
        }
        Ok(Some(sum))
    }
}

fn year_or(year: Option<i64>, from: Option<Date>) -> i64 {
    year.or(from.map(Date::year)).unwrap_or_default()
}

fn missing(key: &str) -> FunctionError {
    FunctionError::bad_argument(format!("`{key}` is missing"))
        .with_hint(format!("say `{key}` too, or start from a value"))
}
