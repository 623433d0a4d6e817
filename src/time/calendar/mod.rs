//! openCypher's temporal values: dates, times of day, moments, and durations, exact to the nanosecond, in years up to
//! ±999,999,999 of the proleptic Gregorian calendar with a year 0 (ISO 8601).
//!
//! Beside the uncertain dates of [`super::Edtf`], which are sets of days, these are single values. Here stand the
//! values, their arithmetic, and how they are written and read. What a *named* time zone says of a moment is not known
//! here: a [`DateTime`] carries the offset that was worked out where the rules of zones are at hand (the functions of
//! the language), and the zone's name beside it.
//!
//! Invariants: whatever can be made lies in the calendar's range; arithmetic that leaves it, or 64 bits, gives `None`
//! and never panics; no floating-point number takes part in a result; what is printed reads back as the same value.

mod amount;
mod date;
mod date_time;
mod duration;
mod duration_text;
mod error;
mod local_date_time;
mod local_time;
mod offset;
mod temporal;
mod text;
mod unit;
mod zoned_time;

#[cfg(test)]
mod properties;

pub use amount::{Amount, Amounts, DurationUnit, Ratio};
pub use date::Date;
pub use date_time::DateTime;
pub use duration::Duration;
pub use error::TemporalError;
pub use local_date_time::LocalDateTime;
pub use local_time::LocalTime;
pub use offset::Offset;
pub use temporal::Temporal;
pub use text::{DateTimeText, TimeText};
pub use unit::Unit;
pub use zoned_time::Time;
