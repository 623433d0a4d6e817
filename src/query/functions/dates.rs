//! Functions on uncertain dates. A date is an EDTF value or a string that says one.

use std::sync::Arc;

use super::{Function, FunctionError, PLAIN, ValueKind, required};
use crate::model::Value;
use crate::time::calendar::Temporal;
use crate::time::{Day, Edtf, Form, Period};

const DATE: super::Parameter = required("date", DATE_SOURCE);

/// A date, a string that says one, or the number of a year.
pub(super) const DATE_SOURCE: ValueKind =
    ValueKind::OneOf(&[ValueKind::Edtf, ValueKind::Date, ValueKind::String, ValueKind::Integer]);

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "edtf",
        parameters: &[DATE],
        returns: ValueKind::Edtf,
        meaning: "an uncertain date: 2012, 2012-07, 2012~, [2012..2013], ../2012-07",
        examples: &[("edtf('2012~').approximate", "true"), ("edtf('2012-07') < '2013'", "true")],
        body: |_, args| date(&args[0]).map(Value::Edtf),
        ..PLAIN
    },
    Function {
        name: "earliest",
        parameters: &[DATE],
        returns: ValueKind::Edtf,
        meaning: "the first day that a date may mean; null if it is open towards the past",
        examples: &[("toString(earliest('2012-07'))", "'2012-07-01'"), ("earliest('../2012')", "null")],
        body: |_, args| Ok(day(date(&args[0])?.earliest())),
        ..PLAIN
    },
    Function {
        name: "latest",
        parameters: &[DATE],
        returns: ValueKind::Edtf,
        meaning: "the last day that a date may mean; null if it is open towards the future",
        examples: &[("toString(latest('2012-02'))", "'2012-02-29'")],
        body: |_, args| Ok(day(date(&args[0])?.latest())),
        ..PLAIN
    },
    Function {
        name: "overlaps",
        parameters: &[DATE, required("other", DATE_SOURCE)],
        returns: ValueKind::Boolean,
        meaning: "whether the one lies in the other or shares a day with it; null if it may and may not",
        examples: &[
            ("overlaps('2012-07-03', '2012')", "true"),
            ("overlaps('2012', '2013')", "false"),
            ("overlaps('[2012..2013]', '2012')", "null"),
        ],
        body: |_, args| Ok(overlaps(&*date(&args[0])?, &*date(&args[1])?).into()),
        ..PLAIN
    },
    Function {
        name: "today",
        returns: ValueKind::Edtf,
        meaning: "today, in UTC; the same all through a query",
        is_deterministic: false,
        body: |context, _| Ok(day(context.clock.today())),
        ..PLAIN
    },
];

/// The date of an argument.
pub(super) fn date(value: &Value) -> Result<Arc<Edtf>, FunctionError> {
    let text = match value {
        Value::Edtf(date) => return Ok(date.clone()),
        Value::Temporal(Temporal::Date(date)) => return Ok(Arc::new(Edtf::of_date(*date))),
        Value::Text(text) => text.to_string(),
        Value::Int(year @ 0..=9999) => format!("{year:04}"),
        other => {
            let message = format!("a date is expected, not {}", ValueKind::of(other));
            return Err(FunctionError::wrong_value(message));
        }
    };
    Edtf::parse(text.trim()).map(Arc::new).map_err(|error| {
        let refused = FunctionError::bad_argument(format!("'{text}' is no date: {}", error.message));
        match error.hint {
            Some(hint) => refused.with_hint(hint),
            None => refused,
        }
    })
}

/// A date that a source gives in writing; null where it gives none.
pub(super) fn read(text: Option<&str>) -> Value {
    text.and_then(|text| Edtf::parse(text).ok()).map_or(Value::Null, |date| Value::Edtf(Arc::new(date)))
}

/// A day as a date; null where it is unbounded.
pub(super) fn day(day: Day) -> Value {
    let written = Edtf::of_period(Period::of_day(day)).filter(|_| day.is_bounded());
    written.map_or(Value::Null, |date| Value::Edtf(Arc::new(date)))
}

/// A date is some day of its readings, an extent all of its days. Surely inside, surely outside, or neither.
fn overlaps(a: &Edtf, b: &Edtf) -> Option<bool> {
    let meet = |a: &Period| b.readings().iter().any(|b| a.overlaps(*b));
    if !a.readings().iter().any(meet) {
        return Some(false);
    }
    let is_extent = |date: &Edtf| matches!(date.form(), Form::Extent | Form::NotEnded);
    let is_sure = match (is_extent(a), is_extent(b)) {
        (true, true) => true,
        (true, false) => b.is_narrower_than(a),
        (false, true) => a.is_narrower_than(b),
        // What is given to the year stands for the year where a finer date is held against it.
        (false, false) => a.is_narrower_than(b) || b.is_narrower_than(a) && b.precision() < a.precision(),
    };
    is_sure.then_some(true)
}

/// `date.year` and its kin; null where the date does not say, or there is no such field.
pub(super) fn field(date: &Edtf, name: &str) -> Value {
    let part = |pick: fn((i32, u32, u32)) -> i64| {
        let ends = [date.earliest(), date.latest()].map(|day| day.to_ymd().map(pick));
        // A part is known if the first and the last day have it in common, and what is coarser than it.
        Value::from(ends[0].filter(|_| ends[0] == ends[1]))
    };
    match name {
        "earliest" => day(date.earliest()),
        "latest" => day(date.latest()),
        "year" => part(|(year, ..)| i64::from(year)),
        "month" if !field(date, "year").is_null() => part(|(_, month, _)| i64::from(month)),
        "day" if date.period().is_one_day() => part(|(.., day)| i64::from(day)),
        "approximate" => Value::Bool(date.is_approximate()),
        "uncertain" => Value::Bool(date.is_uncertain()),
        "text" => date.as_str().into(),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(text: &str) -> Edtf {
        Edtf::parse(text).expect("a date")
    }

    #[test]
    fn dates_overlap_in_three_values() {
        for (a, b, expected) in [
            ("2012-07", "2012-07", Some(true)),
            ("2012-07-03", "2012-07", Some(true)),
            ("2012-07", "2012-07-03", Some(true)),
            ("2012", "2013", Some(false)),
            ("[2012..2013]", "2012", None),
            ("2012/2014", "2013", Some(true)),
            ("2012/2014", "2014/2016", Some(true)),
            ("2012~", "2012", None),
        ] {
            assert_eq!(overlaps(&edtf(a), &edtf(b)), expected, "overlaps({a}, {b})");
        }
    }

    #[test]
    fn parts_of_a_date_are_known_as_far_as_it_is_written() {
        for (date, name, expected) in [
            ("2012-07-03", "day", Some(3)),
            ("2012-07", "month", Some(7)),
            ("2012-07", "day", None),
            ("[2012-07..2013-07]", "month", None),
            ("2012", "year", Some(2012)),
            ("2012~", "year", None),
        ] {
            let found = field(&edtf(date), name);
            assert!(found.is_equivalent(&expected.into()), "{date}.{name} = {found:?}");
        }
    }

    #[test]
    fn numbers_stand_for_years() {
        assert_eq!(date(&Value::Int(2012)).expect("a year").as_str(), "2012");
        let error = date(&"the year 2012".into()).expect_err("no date");
        assert_eq!((error.class, error.detail), (super::super::ErrorClass::ArgumentError, "InvalidArgumentValue"));
    }
}
