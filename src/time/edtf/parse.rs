//! The grammar of EDTF dates, by recursive descent. Says what was expected and where; never panics.

use std::ops::Range;

use super::error::EdtfError;
use super::precision::{Precision, Stretch, part_of_year};
use super::readings::merged;
use super::{Edtf, Form, Marks};
use crate::time::day::days_in_month;
use crate::time::{Day, Period};

type Parsed<T> = Result<T, EdtfError>;

/// One date of a text: `2012-07~`.
struct Atom {
    period: Period,
    span: Range<usize>,
}

/// Reads a whole text, without advice on what it should have been.
pub(super) fn parse(text: &str) -> Parsed<Edtf> {
    let mut cursor = Cursor { text, at: 0, marks: Marks::default(), precision: None };
    let (form, periods) = cursor.whole()?;
    Ok(Edtf { text: text.into(), form, precision: cursor.precision, marks: cursor.marks, readings: merged(periods) })
}

/// A place in the text, and what was gathered on the way to it.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
    marks: Marks,
    precision: Option<Precision>,
}

impl<'t> Cursor<'t> {
    fn whole(&mut self) -> Parsed<(Form, Vec<Period>)> {
        let found = if self.text == ".." {
            self.at = self.text.len();
            (Form::NotEnded, vec![Period::ALL])
        } else if self.eat("[") {
            (Form::OneOf, self.one_of()?)
        } else {
            self.date_or_interval()?
        };
        match self.rest() {
            "" => Ok(found),
            _ => Err(self.unexpected("the end of the date")),
        }
    }

    fn date_or_interval(&mut self) -> Parsed<(Form, Vec<Period>)> {
        if self.eat("..") {
            self.expect("/", "`/` and a date")?;
            if self.rest() == ".." {
                return Err(EdtfError::new(0..self.text.len(), "an interval without a date says nothing"));
            }
            let end = self.atom()?;
            return Ok((Form::UpTo, vec![Period { first: Day::MIN, ..end.period }]));
        }
        let start = self.atom()?;
        if !self.eat("/") {
            return Ok((Form::Date, vec![start.period]));
        }
        if self.eat("..") {
            return Ok((Form::FromOn, vec![Period { last: Day::MAX, ..start.period }]));
        }
        let end = self.atom()?;
        Ok((Form::Extent, vec![span_of(&start, &end)?]))
    }

    /// The rest of `[2012..2013]`, `[2012,2014]`, `[..2012]`, `[2025..]`.
    fn one_of(&mut self) -> Parsed<Vec<Period>> {
        let mut periods = Vec::new();
        loop {
            periods.push(self.one_of_item()?);
            if self.eat("]") {
                return Ok(periods);
            }
            self.expect(",", "`,`, `..` or `]`")?;
        }
    }

    fn one_of_item(&mut self) -> Parsed<Period> {
        if self.eat("..") {
            return Ok(Period { first: Day::MIN, ..self.atom()?.period });
        }
        let start = self.atom()?;
        if !self.eat("..") {
            return Ok(start.period);
        }
        if self.rest().starts_with([',', ']']) {
            return Ok(Period { last: Day::MAX, ..start.period });
        }
        let end = self.atom()?;
        span_of(&start, &end)
    }

    fn atom(&mut self) -> Parsed<Atom> {
        let start = self.at;
        let (stretch, precision) = self.date()?;
        let marks = self.eat_marks()?;
        self.marks.uncertain |= marks.uncertain;
        self.marks.approximate |= marks.approximate;
        self.precision = self.precision.max(Some(precision));
        let period = stretch.period(precision, marks.approximate);
        Ok(Atom { period, span: start..self.at })
    }

    fn eat_marks(&mut self) -> Parsed<Marks> {
        let marks = match self.rest().as_bytes().first() {
            Some(b'?') => Marks { uncertain: true, approximate: false },
            Some(b'~') => Marks { uncertain: false, approximate: true },
            Some(b'%') => Marks { uncertain: true, approximate: true },
            _ => return Ok(Marks::default()),
        };
        self.at += 1;
        if self.rest().starts_with(['?', '~', '%']) {
            let error = EdtfError::new(self.at - 1..self.at + 1, "a date bears one mark");
            return Err(error.with_hint("write `%` for uncertain and approximate"));
        }
        Ok(marks)
    }

    fn date(&mut self) -> Parsed<(Stretch, Precision)> {
        let start = self.at;
        let (years, masked) = self.year()?;
        let precision = Precision::of_masked_year(masked);
        let whole = Stretch::Months { first: years.start * 12, last: years.end * 12 - 1 };
        if !self.rest().starts_with('-') {
            return Ok((whole, precision));
        }
        if masked > 0 {
            let message = "a year with masked digits stands alone, without a month";
            return Err(EdtfError::new(start..self.at, message));
        }
        self.at += 1;
        self.within_year(years.start, whole)
    }

    /// What follows `2012-`: a month and perhaps a day, or a numbered part of the year.
    fn within_year(&mut self, year: i32, whole: Stretch) -> Parsed<(Stretch, Precision)> {
        let at = self.at;
        let Some(number) = self.two_digits("month")? else {
            // `2012-XX-XX` is a day of which only the year is known.
            let masked_day = self.eat("-XX");
            return Ok((whole, if masked_day { Precision::Day } else { Precision::Month }));
        };
        let january = year * 12;
        if let Some((precision, first, length)) = part_of_year(number) {
            let first = january + first;
            return Ok((Stretch::Months { first, last: first + length - 1 }, precision));
        }
        if !(1..=12).contains(&number) {
            return Err(no_such_month(at..self.at, year, number));
        }
        if !self.eat("-") {
            let month = january + number.cast_signed() - 1;
            return Ok((Stretch::Months { first: month, last: month }, Precision::Month));
        }
        self.within_month(year, number)
    }

    fn within_month(&mut self, year: i32, month: u32) -> Parsed<(Stretch, Precision)> {
        let at = self.at;
        let Some(number) = self.two_digits("day")? else {
            let month = year * 12 + month.cast_signed() - 1;
            return Ok((Stretch::Months { first: month, last: month }, Precision::Day));
        };
        match Day::from_ymd(year, month, number) {
            Some(day) => Ok((Stretch::Day(day), Precision::Day)),
            None => Err(no_such_day(at..self.at, (year, month), number)),
        }
    }

    /// Two digits; `None` for `XX`.
    fn two_digits(&mut self, what: &str) -> Parsed<Option<u32>> {
        let start = self.at;
        if self.eat("XX") {
            return Ok(None);
        }
        let digits = self.eat_digits();
        if digits.len() == 2 {
            return Ok(digits.parse().ok());
        }
        if digits.is_empty() {
            return Err(self.unexpected(&format!("a {what} of two digits")));
        }
        let error = EdtfError::new(start..self.at, format!("a {what} has two digits"));
        Err(if self.eat("X") { error.with_hint(format!("write `XX` for a {what} that is not known")) } else { error })
    }

    /// A year as a half-open range of years, and how many of its last digits are masked.
    fn year(&mut self) -> Parsed<(Range<i32>, usize)> {
        let start = self.at;
        let is_long = self.eat("Y");
        let is_negative = self.eat("-");
        let digits = self.eat_digits();
        let masked = if is_long { 0 } else { self.eat_masks() };
        let length = digits.len() + masked;
        if length == 0 {
            return Err(self.unexpected("a year"));
        }
        let span = start..self.at;
        if is_long && length > 6 {
            return Err(EdtfError::new(span, "years go up to 999999, before and after the year 0"));
        }
        if !is_long && length > 4 && masked == 0 {
            let error = EdtfError::new(span.clone(), "a year has four digits");
            let written = &self.text[span];
            return Err(if length <= 6 {
                error.with_hint(format!("write a longer year as `Y{written}`"))
            } else {
                error
            });
        }
        if !is_long && length != 4 {
            return Err(EdtfError::new(span, "a year has four digits"));
        }
        let known: i32 = if digits.is_empty() {
            return Err(EdtfError::new(span, "a year needs at least one digit that is known"));
        } else {
            digits.parse().expect("six digits at most make a number")
        };
        let unit = 10_i32.pow(u32::try_from(masked).expect("three digits at most are masked"));
        let (low, high) = (known * unit, known * unit + unit);
        Ok((if is_negative { 1 - high..1 - low } else { low..high }, masked))
    }

    fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn expect(&mut self, expected: &str, in_words: &str) -> Parsed<()> {
        if self.eat(expected) { Ok(()) } else { Err(self.unexpected(in_words)) }
    }

    fn eat_digits(&mut self) -> &'t str {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += length;
        &rest[..length]
    }

    fn eat_masks(&mut self) -> usize {
        let length = self.rest().bytes().take_while(|byte| *byte == b'X').count();
        self.at += length;
        length
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn unexpected(&self, expected: &str) -> EdtfError {
        match self.rest().chars().next() {
            None => EdtfError::new(self.at..self.at, format!("expected {expected}, but the date ends here")),
            Some(found) => {
                let message = format!("expected {expected}, found `{}`", found.escape_debug());
                EdtfError::new(self.at..self.at + found.len_utf8(), message)
            }
        }
    }
}

/// From the one date to the other.
fn span_of(start: &Atom, end: &Atom) -> Parsed<Period> {
    let whole = start.span.start..end.span.end;
    Period::new(start.period.first, end.period.last).ok_or_else(|| {
        EdtfError::new(whole, "the span ends before it starts").with_hint("write the earlier date first")
    })
}

fn no_such_month(span: Range<usize>, year: i32, number: u32) -> EdtfError {
    let hint = match number {
        0 => format!("write `{year:04}` where the month is not known"),
        _ => "write a month from 01 to 12, a season from 21 to 24, or a quarter from 33 to 36".to_owned(),
    };
    EdtfError::new(span, format!("there is no month {number:02}")).with_hint(hint)
}

fn no_such_day(span: Range<usize>, (year, month): (i32, u32), number: u32) -> EdtfError {
    let hint = match number {
        0 => format!("write `{year:04}-{month:02}` where the day is not known"),
        _ => format!("write a day from 01 to {}", days_in_month(year, month)),
    };
    EdtfError::new(span, format!("{year:04}-{month:02} has no day {number:02}")).with_hint(hint)
}
