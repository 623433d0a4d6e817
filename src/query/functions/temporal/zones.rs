//! Time zones: what offset from UTC holds at a moment, or where clocks show a certain time.
//!
//! Offsets are given by themselves (`+01:00`) or by the rules of a named zone (`Europe/Stockholm`), from the IANA
//! database that is compiled in. Where clocks are turned back, a time of day is shown twice: the earlier moment is
//! taken, unless the other's offset is asked for. Where they are turned on, some times of day are never shown: they
//! are read as if the clock had not been turned, so they come out later by as much as it was. Before the first rule
//! of a zone its local mean time holds; the last rules hold for ever.

use std::sync::Arc;

use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, civil};

use crate::names;
use crate::query::functions::FunctionError;
use crate::time::calendar::{Date, DateTime, Duration, LocalDateTime, Offset};

/// Years after which the calendar repeats, weekdays included.
const CYCLE: i64 = 400;

/// Days of a cycle.
const DAYS_OF_CYCLE: i64 = 146_097;

const SECONDS_OF_CYCLE: i64 = DAYS_OF_CYCLE * 86_400;

/// A zone.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// One offset at all times.
    Fixed(Offset),
    /// The rules of a name.
    Named(Arc<str>, TimeZone),
}

impl Zone {
    /// UTC: the zone of whatever says none.
    pub(super) const UTC: Self = Self::Fixed(Offset::UTC);

    /// The zone of an offset or a name.
    pub(super) fn parse(text: &str) -> Result<Self, FunctionError> {
        if text == "Z" || text.starts_with(['+', '-']) {
            let offset = Offset::parse(text).map(Self::Fixed);
            return offset.ok_or_else(|| {
                let error = FunctionError::bad_argument(format!("'{text}' is no offset from UTC"));
                error.with_hint("write +01:00; 18 hours are the most")
            });
        }
        Self::named(text)
    }

    /// The zone of a name, in any case.
    pub(super) fn named(name: &str) -> Result<Self, FunctionError> {
        let database = TimeZoneDatabase::bundled();
        if let Ok(zone) = database.get(name)
            && let Some(name) = zone.iana_name()
        {
            return Ok(Self::Named(name.into(), zone.clone()));
        }
        let known: Vec<String> = database.available().map(|known| known.to_string()).collect();
        let nearest = names::nearest(known.iter().map(String::as_str), name, 1);
        let error = FunctionError::bad_argument(format!("there is no time zone '{name}'"));
        Err(match nearest.first() {
            Some(nearest) => error.with_hint(format!("did you mean '{nearest}'?")),
            None => error.with_hint("write 'Africa/Bamako' or '+01:00'"),
        })
    }

    /// The zone of a moment.
    pub(super) fn of(moment: &DateTime) -> Self {
        // A zone that came from elsewhere and is not known here stays what it was: the offset that it gave.
        let named = moment.zone.as_deref().and_then(|zone| Self::named(zone).ok());
        named.unwrap_or(Self::Fixed(moment.offset))
    }

    /// The moment at which clocks of the zone show this. Of two, that of the preferred offset, else the earlier.
    /// `None` beyond the calendar.
    pub(super) fn resolve(&self, local: LocalDateTime, preferred: Option<Offset>) -> Option<DateTime> {
        let (zone, rules) = match self {
            Self::Fixed(offset) => return Some(DateTime::at_offset(local, *offset)),
            Self::Named(zone, rules) => (zone, rules),
        };
        let (local, offset) = match rules.to_ambiguous_timestamp(within_jiff(local)).offset() {
            AmbiguousOffset::Unambiguous { offset } => (local, offset),
            AmbiguousOffset::Fold { before, after } => {
                let is_later = preferred.is_some_and(|preferred| preferred.seconds() == i64::from(after.seconds()));
                (local, if is_later { after } else { before })
            }
            AmbiguousOffset::Gap { before, after } => {
                (local.plus(i64::from(after.seconds() - before.seconds()), 0)?, after)
            }
        };
        Some(DateTime { local, offset: Offset::from_seconds(offset.seconds().into())?, zone: Some(zone.clone()) })
    }

    /// What clocks of the zone show so many seconds after 1970-01-01T00:00Z. `None` beyond the calendar.
    pub(super) fn at(&self, epoch_seconds: i64, nanosecond: i64) -> Option<DateTime> {
        let (offset, zone) = match self {
            Self::Fixed(offset) => (*offset, None),
            Self::Named(zone, rules) => {
                let offset = rules.to_offset(timestamp_near(epoch_seconds));
                (Offset::from_seconds(offset.seconds().into())?, Some(zone.clone()))
            }
        };
        let local = LocalDateTime::from_seconds(epoch_seconds.checked_add(offset.seconds())?, nanosecond)?;
        Some(DateTime { local, offset, zone })
    }

    /// The same moment as clocks of the zone show it.
    pub(super) fn shows(&self, moment: &DateTime) -> Option<DateTime> {
        self.at(moment.epoch_seconds(), moment.local.time.nanosecond())
    }
}

/// A moment later by a duration: months and days on the calendar of its zone, then seconds as they pass. `None` beyond
/// the calendar.
pub(super) fn later(moment: &DateTime, by: Duration) -> Option<DateTime> {
    let zone = Zone::of(moment);
    let moved = if (by.months(), by.days()) == (0, 0) {
        moment.clone()
    } else {
        zone.resolve(moment.local.plus_dates(by.months(), by.days())?, Some(moment.offset))?
    };
    let utc = LocalDateTime::from_seconds(moved.epoch_seconds(), moved.local.time.nanosecond())?;
    let utc = utc.plus(by.seconds(), by.nanos())?;
    zone.at(utc.seconds(), utc.time.nanosecond())
}

/// The same place in a cycle of 400 years that jiff, whose years have four digits, can name.
fn within_jiff(local: LocalDateTime) -> civil::DateTime {
    let year = local.date.year();
    let named = match year {
        9_990.. => 9_200 + year.rem_euclid(CYCLE),
        ..=-9_990 => -9_600 + year.rem_euclid(CYCLE),
        _ => year,
    };
    let days = local.date.days() + (named - year) / CYCLE * DAYS_OF_CYCLE;
    let (_, month, day) = Date::from_days(days).unwrap_or(local.date).to_ymd();
    let time = local.time;
    let part = |number: i64| i8::try_from(number).expect("parts of dates and times have two digits");
    civil::DateTime::new(
        i16::try_from(named).expect("the year has four digits"),
        part(month),
        part(day),
        part(time.hour()),
        part(time.minute()),
        part(time.second()),
        i32::try_from(time.nanosecond()).expect("a second has nine digits of nanoseconds"),
    )
    .expect("both calendars have the same days")
}

/// The same place in a cycle of 400 years that jiff can name.
fn timestamp_near(epoch_seconds: i64) -> Timestamp {
    let (first, last) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    let near = if epoch_seconds < first {
        first + (epoch_seconds - first).rem_euclid(SECONDS_OF_CYCLE)
    } else if epoch_seconds > last {
        let start = last - SECONDS_OF_CYCLE;
        start + (epoch_seconds - start).rem_euclid(SECONDS_OF_CYCLE)
    } else {
        epoch_seconds
    };
    Timestamp::from_second(near).expect("it was brought into the range")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(local: &str, zone: &str, preferred: Option<&str>) -> String {
        let local = LocalDateTime::parse(local).expect("a moment");
        let preferred = preferred.and_then(Offset::parse);
        Zone::parse(zone).expect("a zone").resolve(local, preferred).expect("it lies in the calendar").to_string()
    }

    #[test]
    fn a_time_that_is_shown_twice_is_the_earlier_one_unless_asked_for() {
        let stockholm = "Europe/Stockholm";
        assert_eq!(shown("2017-10-29T02:30", stockholm, None), "2017-10-29T02:30+02:00[Europe/Stockholm]");
        assert_eq!(shown("2017-10-29T02:30", stockholm, Some("+01:00")), "2017-10-29T02:30+01:00[Europe/Stockholm]");
        assert_eq!(shown("2017-10-29T02:30", stockholm, Some("+05:00")), "2017-10-29T02:30+02:00[Europe/Stockholm]");
    }

    #[test]
    fn a_time_that_is_never_shown_comes_later() {
        assert_eq!(shown("2017-03-26T02:30", "Europe/Stockholm", None), "2017-03-26T03:30+02:00[Europe/Stockholm]");
    }

    #[test]
    fn rules_reach_to_the_ends_of_the_calendar() {
        assert_eq!(shown("1818-07-21", "Europe/Stockholm", None), "1818-07-21T00:00+00:53:28[Europe/Stockholm]");
        assert_eq!(
            shown("+999999999-07-21", "europe/stockholm", None),
            "+999999999-07-21T00:00+02:00[Europe/Stockholm]"
        );
        assert_eq!(
            shown("-999999999-07-21", "Europe/Stockholm", None),
            "-999999999-07-21T00:00+00:53:28[Europe/Stockholm]"
        );
    }

    #[test]
    fn a_moment_is_shown_as_it_was_found() {
        let zone = Zone::parse("Europe/Stockholm").expect("a zone");
        for local in ["-999999999-06-01T12:00", "1969-12-31T23:59:59.5", "2017-07-01T00:00", "+999999999-06-01T12:00"] {
            let local = LocalDateTime::parse(local).expect("a moment");
            let moment = zone.resolve(local, None).expect("it lies in the calendar");
            assert_eq!(zone.shows(&moment), Some(moment));
        }
    }

    #[test]
    fn a_misspelt_zone_brings_the_nearest() {
        let error = Zone::parse("Europe/Stokholm").expect_err("no zone");
        assert_eq!(error.hint.as_deref(), Some("did you mean 'Europe/Stockholm'?"));
    }
}
