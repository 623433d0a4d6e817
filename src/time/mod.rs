//! Uncertain dates, and what can be said of them in three values.
//!
//! The way of a date: text → [`Edtf`] (a set of days that it may be) → [`Bounds`] of a claim (its start and its end,
//! each between two days) → [`Verdict`] of one claim on one [`Question`] → [`Standing`] of an edge, which weighs all
//! claims behind it.
//!
//! For uncertain dates the day is the finest grain. Beside them stand openCypher's temporal values, [`calendar`]: single
//! days, times of day, moments and durations. Both use the proleptic Gregorian calendar. Nothing here knows who claims
//! what, reads a clock, or has the rules of time zones; it depends on no other module.
//!
//! Invariants: an [`Edtf`] has at least one reading; [`Bounds`] that come from [`ClaimDates::bounds`] have at least
//! one too, and satisfy `s1 ≤ s2 ≤ e2` and `s1 ≤ e1 ≤ e2`; crossed bounds are an error value, never a silent repair.

mod bounds;
pub mod calendar;
mod claim_dates;
mod day;
mod edtf;
mod limits;
mod period;
mod standing;
mod verdict;
mod why;
mod window;

#[cfg(test)]
mod properties;

pub use bounds::{Bounds, TimeClass};
pub use claim_dates::{ClaimDates, Lifetime};
pub use day::Day;
pub use edtf::{Edtf, EdtfError, Form, Precision};
pub use limits::{CrossedBounds, DateField, Limit};
pub use period::Period;
pub use standing::{EdgeTime, Reading, Stance, Standing};
pub use verdict::{Question, Verdict};
pub use why::Why;
pub use window::Window;
