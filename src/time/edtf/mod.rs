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

use super::{Day, Period, calendar};

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

    /// Some day of that period, written as shortly as it can be: `2012-07`, `[2012..2013]`, `[..2012]`. `None` for all
    /// of time, about which there is nothing to say, and beyond the years that can be named.
    #[must_use]
    pub fn of_period(period: Period) -> Option<Self> {
        if period == Period::ALL {
            return None;
        }
        let text = period.to_string();
        let text = if text.contains("..") { format!("[{text}]") } else { text };
        Self::parse(&text).ok()
    }

    /// A day of the calendar among the uncertain dates: just that day. A day in a year that these cannot name lies
    /// before or after all that they can.
    #[must_use]
    pub fn of_date(date: calendar::Date) -> Self {
        let day = i32::try_from(date.days()).ok().map(Day).filter(|day| day.is_bounded());
        let beyond = if date.year() < 0 { Day(Day::MIN.0 + 1) } else { Day(Day::MAX.0 - 1) };
        Self {
            text: date.to_string().into(),
            form: Form::Date,
            precision: Some(Precision::Day),
            marks: Marks::default(),
            readings: Box::new([Period::of_day(day.unwrap_or(beyond))]),
        }
    }

    /// The day that is meant, where it can only be one.
    #[must_use]
    pub fn only_date(&self) -> Option<calendar::Date> {
        let period = self.period();
        let is_certain = period.is_one_day() && period.first.is_bounded();
        calendar::Date::from_days(period.first.0.into()).filter(|_| is_certain)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Edtf {
        Edtf::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// What a date is read as, in the shortest words for its periods.
    fn check(text: &str, expected: &str) {
        let readings: Vec<String> = read(text).readings().iter().map(Period::to_string).collect();
        assert_eq!(readings.join(", "), expected, "{text}");
    }

    #[test]
    fn a_date_is_read_as_some_day_of_its_period() {
        check("2012", "2012");
        check("2012-07", "2012-07");
        check("2017-03-02", "2017-03-02");
        check("199X", "1990..1999");
        check("19XX", "1900..1999");
        check("1XXX", "1000..1999");
        check("2012-XX", "2012");
        check("2012-XX-XX", "2012");
        check("2012-02-XX", "2012-02");
        check("-0044-03-15", "-0044-03-15");
        check("-019X", "-0199..-0190");
        check("Y-50000", "Y-50000");
        check("Y12345-02", "Y12345-02");
    }

    #[test]
    fn an_approximate_date_is_wider_by_one_unit_on_either_side() {
        check("2012~", "2011..2013");
        check("2012%", "2011..2013");
        check("2012?", "2012");
        check("2012-07~", "2012-06..2012-08");
        check("2012-01-01~", "2011-12-31..2012-01-02");
        check("199X~", "1980..2009");
        check("2012-34~", "2012-01..2012-09");
        check("2012-XX~", "2011-12..2013-01");
        check("2012-07-XX~", "2012-06-30..2012-08-01");
    }

    #[test]
    fn parts_of_a_year_have_numbers() {
        check("2012-21", "2012-03..2012-05");
        check("2012-24", "2012-12..2013-02");
        check("2012-26", "2012-06..2012-08");
        check("2012-29", "2012-09..2012-11");
        check("2012-30", "2012-12..2013-02");
        check("2012-31", "2012-03..2012-05");
        check("2012-33", "2012-01..2012-03");
        check("2012-36", "2012-10..2012-12");
        check("2012-39", "2012-09..2012-12");
        check("2012-40", "2012-01..2012-06");
        check("2012-41", "2012-07..2012-12");
    }

    #[test]
    fn spans_and_sets_are_read_as_their_days() {
        check("../2012-07", "..2012-07");
        check("2012-07/..", "2012-07..");
        check("2012/2014", "2012..2014");
        check("2012~/2014?", "2011..2014");
        check("[2012..2013]", "2012..2013");
        check("[2021-10..2021-12]", "2021-10..2021-12");
        check("[..2012]", "..2012");
        check("[2025..]", "2025..");
        check("[2012,2014]", "2012, 2014");
        check("[2014,2012,2013]", "2012..2014");
        check("[2016-09-03,2016-09-04]", "2016-09-03..2016-09-04");
        check("..", "..");
    }

    #[test]
    fn the_form_tells_points_from_extents_and_open_ends() {
        for (text, form) in [
            ("2012", Form::Date),
            ("[2012,2014]", Form::OneOf),
            ("../2012", Form::UpTo),
            ("2012/..", Form::FromOn),
            ("2012/2013", Form::Extent),
            ("..", Form::NotEnded),
        ] {
            assert_eq!(read(text).form(), form, "{text}");
        }
        assert!(!Form::Extent.is_point() && !Form::NotEnded.is_point() && Form::UpTo.is_point());
        assert!(read("..").is_open_end() && !read("2012/..").is_open_end());
    }

    #[test]
    fn marks_and_precision_are_kept() {
        let both = read("[2012-07?,2014~]");
        assert!(both.is_uncertain() && both.is_approximate());
        assert_eq!(both.precision(), Some(Precision::Year));
        assert_eq!(read("2012-07").precision(), Some(Precision::Month));
        assert_eq!(read("2012-07-XX").precision(), Some(Precision::Day));
        assert_eq!(read("199X").precision(), Some(Precision::Decade));
        assert_eq!(read("..").precision(), None);
    }

    #[test]
    fn a_period_is_written_as_the_date_that_is_read_as_it() {
        for text in ["2012", "2012-07", "[2012..2013]", "[2012-07-03..2013-01-31]", "[..2012]", "[2012-02..]"] {
            assert_eq!(Edtf::of_period(read(text).period()), Some(read(text)));
        }
        assert_eq!(Edtf::of_period(Period::ALL), None);
    }

    /// Dates of every form, most of them well formed.
    pub(crate) fn any_date() -> impl Strategy<Value = String> {
        let atom = prop_oneof![
            "20[01][0-9]",
            "20[01]X",
            "20[01][0-9]-(0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|XX)",
            "20[01][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]|XX)",
            "Y?-[0-9]{4}",
        ];
        let marked = (atom, "[?~%]?").prop_map(|(atom, mark)| atom + &mark);
        let marked = marked.boxed();
        prop_oneof![
            marked.clone(),
            (marked.clone(), "/|\\.\\.", marked.clone()).prop_map(|(a, joint, b)| match joint.as_str() {
                "/" => format!("{a}/{b}"),
                _ => format!("[{a}..{b}]"),
            }),
            marked.clone().prop_map(|a| format!("../{a}")),
            marked.clone().prop_map(|a| format!("{a}/..")),
            proptest::collection::vec(marked, 1..4).prop_map(|dates| format!("[{}]", dates.join(","))),
            Just("..".to_owned()),
        ]
    }

    proptest! {
        #[test]
        fn what_was_read_prints_as_written(text in any_date()) {
            if let Ok(date) = Edtf::parse(&text) {
                prop_assert_eq!(date.to_string(), text.clone());
                prop_assert_eq!(Edtf::parse(&date.to_string()), Ok(date.clone()));
                prop_assert!(date.earliest() <= date.latest());
                for pair in date.readings().windows(2) {
                    prop_assert!(pair[0].last.plus(1) < pair[1].first, "sorted, disjoint, not touching");
                }
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".*") {
            let _ = Edtf::parse(&text).map_err(|error| text[error.span].to_owned());
        }

        #[test]
        fn nearly_a_date_is_no_cause_to_panic(text in "[-0-9X./~?%\\[\\]{},Y –a-dé]{0,14}") {
            if let Err(error) = Edtf::parse(&text) {
                prop_assert!(text.get(error.span).is_some());
            }
        }

        #[test]
        fn every_writing_that_is_advised_can_be_read(text in "[0-9]{1,4}([-/. ,]|\\.\\.| to )(july |[0-9]{1,4})?([-/. ,][0-9]{1,4})?") {
            if let Err(EdtfError { hint: Some(hint), .. }) = Edtf::parse(&text) {
                for writing in hint.split('`').skip(1).step_by(2) {
                    prop_assert!(Edtf::parse(writing).is_ok(), "{} for {}", writing, text);
                }
            }
        }
    }
}
