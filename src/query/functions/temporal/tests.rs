//! What the conformance suite does not ask: refusals and their words, the ends of the calendar, laws of `between`.

use std::cell::RefCell;

use proptest::prelude::*;

use super::super::{FixedClock, SeededRandom, find};
use super::*;
use crate::graph::Graph;
use crate::time::Edtf;
use crate::time::calendar::{Date, LocalDateTime, LocalTime};

/// 2017-07-01T12:00Z.
const NOON: i64 = 1_498_910_400_000;

fn run(name: &str, args: &[Value]) -> Outcome {
    let (graph, random) = (Graph::default(), RefCell::new(SeededRandom(0)));
    let context = Context { graph: &graph, clock: &FixedClock(NOON), random: &random };
    find(name).expect("a known function").call(&context, args)
}

fn check(name: &str, args: &[Value], expected: &str) {
    let found = run(name, args).unwrap_or_else(|error| panic!("{name}({args:?}): {error}"));
    let Value::Temporal(found) = found else { panic!("{name}({args:?}) = {found:?}") };
    assert_eq!(found.to_string(), expected, "{name}({args:?})");
}

fn check_error(name: &str, args: &[Value], expected: &str) {
    let error = run(name, args).expect_err(name);
    assert_eq!(error.message, expected, "{name}({args:?})");
}

fn map(entries: &[(&str, i64)]) -> Value {
    Value::map(entries.iter().map(|(key, value)| (*key, Value::Int(*value))))
}

fn edtf(text: &str) -> Value {
    Value::Edtf(Edtf::parse(text).expect("an uncertain date").into())
}

#[test]
fn the_clock_is_read_in_a_zone() {
    check("date", &[], "2017-07-01");
    check("datetime", &[], "2017-07-01T12:00Z");
    check("datetime.realtime", &["Europe/Stockholm".into()], "2017-07-01T14:00+02:00[Europe/Stockholm]");
    check("localtime", &[Value::map([("timezone", "Asia/Kolkata".into())])], "17:30");
    check("time", &[Value::map([("hour", Value::Int(9)), ("timezone", "Europe/Stockholm".into())])], "09:00+02:00");
}

#[test]
fn components_that_are_missing_or_at_odds_are_named() {
    check_error("date", &[map(&[("month", 2)])], "`year` is missing");
    check_error("date", &[map(&[("year", 2015), ("day", 2)])], "`month` is missing");
    check_error("date", &[map(&[("year", 2015), ("dayOfWeek", 2)])], "`week` is missing");
    check_error("localtime", &[map(&[("hour", 1), ("second", 2)])], "`minute` is missing");
    check_error("localtime", &[map(&[("minute", 2)])], "`hour` is missing");
    check_error("localdatetime", &[map(&[("year", 2015), ("hour", 2)])], "`day` is missing");
    check_error(
        "date",
        &[map(&[("year", 2015), ("week", 2), ("month", 2)])],
        "`month` and `week` name a day in two ways",
    );
    check_error(
        "date",
        &[map(&[("year", 2015), ("month", 2), ("day", 29)])],
        "the calendar has no such day: year 2015, month 2, day 29",
    );
    check_error("localtime", &[map(&[("hour", 24)])], "the day has no such time: 24:00:00");
    check_error("date", &[map(&[("year", 2015), ("mnth", 2)])], "date() knows no component `mnth`");
    check_error(
        "localtime",
        &[map(&[("hour", 1), ("minute", 1), ("second", 1), ("millisecond", 5), ("microsecond", 1000)])],
        "`microsecond` lies between 0 and 999 here, and is 1000",
    );
    assert!(run("date", &[Value::map([("year", Value::Null)])]).expect("null").is_null());
}

#[test]
fn an_offset_that_a_zone_did_not_have_is_refused() {
    check_error(
        "datetime",
        &["2015-07-21T21:40+05:00[Europe/Stockholm]".into()],
        "'2015-07-21T21:40+05:00[Europe/Stockholm]': the offset there was +02:00 at that time",
    );
    check("datetime", &["2017-10-29T02:30+01:00[Europe/Stockholm]".into()], "2017-10-29T02:30+01:00[Europe/Stockholm]");
}

#[test]
fn an_uncertain_date_is_a_date_where_it_can_only_be_one_day() {
    check("date", &[edtf("2012-07-03")], "2012-07-03");
    let error = run("date", &[edtf("2012-07")]).expect_err("some day of July");
    assert_eq!(error.hint.as_deref(), Some("take earliest() or latest() of it"));
}

#[test]
fn a_quarter_keeps_the_month_within_it() {
    let from = Value::Temporal(Date::parse("1984-11-11").expect("a date").into());
    check("date", &[Value::map([("date", from.clone()), ("quarter", Value::Int(3))])], "1984-08-11");
    check("date", &[Value::map([("date", from), ("week", Value::Int(1))])], "1984-01-08");
}

#[test]
fn units_that_do_not_fit_are_refused() {
    let date = Value::Temporal(Date::parse("1984-11-11").expect("a date").into());
    check_error("date.truncate", &["hour".into(), date.clone()], "date.truncate() knows no unit 'hour'");
    check_error("time.truncate", &["month".into()], "time.truncate() knows no unit 'month'");
    check_error(
        "datetime.truncate",
        &["hour".into(), date],
        "a date cannot be cut off at the hour by datetime.truncate()",
    );
}

#[test]
fn the_ends_of_the_calendar_are_errors_and_no_panics() {
    let last = Value::Temporal(Date::MAX.into());
    let day = Value::Temporal(Duration::new(0, 1, 0, 0).expect("it fits").into());
    let long = Value::Temporal(Duration::new(i64::MIN, i64::MIN, i64::MIN, 0).expect("it fits").into());
    for by in [&day, &long] {
        for (one, other) in [(&last, by), (by, &last)] {
            let error = sum(one, other).expect("they add up").expect_err("beyond the calendar");
            assert_eq!((error.class, error.detail), (super::super::ErrorClass::ArithmeticError, "NumberOutOfRange"));
        }
    }
    assert!(negated(&long).expect("a duration").is_err());
    assert!(product(&long, &Value::Float(f64::INFINITY)).expect("a product").is_err());
    assert!(quotient(&long, &Value::Float(0.0)).expect("a quotient").is_err());
    assert!(run("datetime.fromepoch", &[Value::Int(i64::MAX), Value::Int(i64::MAX)]).is_err());
    assert!(run("datetime.fromepochmillis", &[Value::Int(i64::MIN)]).is_ok());
    let moment = run("datetime", &["+999999999-12-31T23:59:59Z".into()]).expect("the last second");
    let Value::Temporal(moment) = moment else { panic!("no moment") };
    assert!(field(&moment, "epochMillis").is_err());
    assert!(field(&moment, "epochSeconds").is_ok());
}

fn moments() -> impl Strategy<Value = Value> {
    (-100_000i64..100_000, 0i64..86_400, prop_oneof![Just(0), 0i64..1_000_000_000]).prop_map(
        |(days, seconds, nanos)| {
            let date = Date::from_days(days).expect("a day");
            let time = LocalTime::from_nanos(seconds * 1_000_000_000 + nanos).expect("a time");
            Value::Temporal(LocalDateTime { date, time }.into())
        },
    )
}

fn in_zone(moment: &Value) -> Value {
    let zone = Value::map([("datetime", moment.clone()), ("timezone", "Europe/Stockholm".into())]);
    run("datetime", &[zone]).expect("a moment")
}

proptest! {
    #[test]
    fn what_lies_between_leads_from_the_one_to_the_other(from in moments(), to in moments()) {
        for (from, to) in [(from.clone(), to.clone()), (in_zone(&from), in_zone(&to))] {
            for name in ["duration.between", "duration.inSeconds"] {
                let between = run(name, &[from.clone(), to.clone()]).expect("a duration");
                let reached = sum(&from, &between).expect("they add up").expect("it lies in the calendar");
                prop_assert!(reached.is_equivalent(&to), "{:?} + {:?} = {:?}, not {:?}", from, between, reached, to);
            }
        }
    }

    #[test]
    fn seconds_between_are_the_same_backwards(from in moments(), to in moments()) {
        let there = run("duration.inSeconds", &[from.clone(), to.clone()]).expect("a duration");
        let back = run("duration.inSeconds", &[to, from]).expect("a duration");
        prop_assert!(negated(&there).expect("a duration").expect("it fits").is_equivalent(&back));
    }
}
