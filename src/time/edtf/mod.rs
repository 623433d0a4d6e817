//! EDTF dates (ISO 8601-2, the Extended Date/Time Format of the Library of Congress): the part of levels 0 to 2 that
//! says *when*, read as the set of days that may be meant.
//!
//! | written | read as |
//! |---|---|
//! | `2012`, `2012-07`, `2017-03-02` | some day of that year, month, day |
//! | `199X`, `19XX`, `2012-XX`, `2012-07-XX` | some day of the decade, century, year, month |
//! | `2012-21` … `2012-41` | some day of a season (21–32), quarter (33–36), third (37–39) or half-year (40, 41) |
//! | `2012~` | as `2012`, and one unit of its precision more on either side |
//! | `2012?`, `2012%` | as `2012`, marked as uncertain; `%` is both `?` and `~` |
//! | `../2012-07`, `2012-07/..` | some day up to the end of July; from its start on |
//! | `[2012..2013]`, `[2012,2014]`, `[..2012]`, `[2025..]` | some day in one of them |
//! | `2012/2014` | an extent: for `observed` and figures only |
//! | `..` | as an end: not ended |
//!
//! Not read: times of day, marks inside a date (`2012-~07`), sets of all (`{…}`), exponents and significant digits.
//! A text outside this grammar is an [`EdtfError`] that says what was expected and, where it can, the right writing.

mod error;
mod nearest;
mod parse;
mod precision;
mod readings;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

pub use error::EdtfError;
pub use precision::Precision;

use super::{Day, Period};

/// An EDTF date: the text as written, and the days that it may mean.
///
/// Two are equal if they are written alike; whether they mean the same day is [`Edtf::equals`].
#[derive(Clone, Debug)]
pub struct Edtf {
    text: Box<str>,
    form: Form,
    precision: Option<Precision>,
    marks: Marks,
    /// Sorted, disjoint, not empty.
    readings: Box<[Period]>,
}

/// The shape in which a date is written, from which the reader of a file decides whether it fits its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `2012-07`: one date.
    Date,
    /// `[2012..2013]`, `[2012,2014]`: one of several.
    OneOf,
    /// `../2012-07`: some day up to its end.
    UpTo,
    /// `2012-07/..`: some day from its start on.
    FromOn,
    /// `2012/2014`: from the one to the other.
    Extent,
    /// `..`: not ended.
    NotEnded,
}

impl Form {
    /// Whether it names some one day, as a start, an end or an event's date must.
    #[must_use]
    pub fn is_point(self) -> bool {
        matches!(self, Self::Date | Self::OneOf | Self::UpTo | Self::FromOn)
    }
}

/// The marks behind a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    uncertain: bool,
    approximate: bool,
}

impl Edtf {
    /// Reads a date.
    ///
    /// # Errors
    /// If the text is not of the grammar above, names a day that the calendar lacks, or a span that ends before it
    /// starts. The error carries the place in the text.
    pub fn parse(text: &str) -> Result<Self, EdtfError> {
        parse::parse(text).map_err(|error| nearest::advise(text, error))
    }

    /// That day, written in full. `None` for an unbounded day.
    #[must_use]
    pub fn of_day(day: Day) -> Option<Self> {
        let text = match day.to_ymd()? {
            (-9999..=9999, ..) => day.to_string(),
            (year, month, day) => format!("Y{year}-{month:02}-{day:02}"),
        };
        Some(Self {
            text: text.into(),
            form: Form::Date,
            precision: Some(Precision::Day),
            marks: Marks::default(),
            readings: Box::new([Period::of_day(day)]),
        })
    }

    /// The text as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The shape in which it is written.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The unit in which it is given, the coarsest if it names several dates; `None` for `..`.
    #[must_use]
    pub fn precision(&self) -> Option<Precision> {
        self.precision
    }

    /// Whether it, or a part of it, is marked with `?` or `%`.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.marks.uncertain
    }

    /// Whether it, or a part of it, is marked with `~` or `%`.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.marks.approximate
    }

    /// Whether it is `..`: as an end, "not ended".
    #[must_use]
    pub fn is_open_end(&self) -> bool {
        self.form == Form::NotEnded
    }

    /// The first day that may be meant.
    #[must_use]
    pub fn earliest(&self) -> Day {
        self.readings[0].first
    }

    /// The last day that may be meant.
    #[must_use]
    pub fn latest(&self) -> Day {
        self.readings[self.readings.len() - 1].last
    }

    /// From the first to the last day that may be meant: what the date stands for where a question has a period.
    #[must_use]
    pub fn period(&self) -> Period {
        Period { first: self.earliest(), last: self.latest() }
    }

    /// The days that may be meant: in order, disjoint, at least one period.
    #[must_use]
    pub fn readings(&self) -> &[Period] {
        &self.readings
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        Self::parse(text)
    }
}

impl PartialEq for Edtf {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Edtf {}

impl Hash for Edtf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
