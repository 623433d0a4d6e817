//! openCypher's temporal functions (CIP2015-08-06): dates, times of day, moments, durations, and what is asked of them.
//!
//! The values and their calendar are [`crate::time::calendar`]'s. Here stand what needs the rules of time zones
//! ([`zones`], the only place that knows jiff), the clock, or the maps of the language.

mod arithmetic;
mod between;
mod components;
mod fields;
mod instant;
mod now;
#[cfg(test)]
mod tests;
mod zones;

pub(crate) use arithmetic::{difference, negated, product, quotient, sum};
use between::{Counting, between};
use components::Components;
pub(super) use fields::field;
use instant::{Kind, make, truncate};
use zones::Zone;

use super::{Context, Function, FunctionError, Outcome, PLAIN, Parameter, ValueKind, optional, required, text, whole};
use crate::model::{Map, Value};
use crate::time::calendar::{Amount, Amounts, Duration, DurationUnit, Temporal};

/// What an instant is made of.
const SOURCE: ValueKind = ValueKind::OneOf(&[ValueKind::String, ValueKind::Map, ValueKind::INSTANT, ValueKind::Edtf]);

const INPUT: Parameter = optional("input", SOURCE);
const ZONE: Parameter = optional("timezone", ValueKind::String);
const CUT: &[Parameter] =
    &[required("unit", ValueKind::String), optional("instant", ValueKind::INSTANT), optional("fields", ValueKind::Map)];
const TWO: &[Parameter] = &[required("from", ValueKind::INSTANT), required("to", ValueKind::INSTANT)];

/// The makers of instants, in reading order.
pub(super) static INSTANTS: &[Function] = &[
    Function {
        name: "date",
        parameters: &[INPUT],
        returns: ValueKind::Date,
        meaning: "a date: of a string, a map of components or another instant; today without an argument",
        examples: &[
            ("toString(date('2015-W30-2'))", "'2015-07-21'"),
            ("toString(date({year: 1984, month: 10}))", "'1984-10-01'"),
            ("date('2012-07-03') < edtf('2013')", "true"),
            ("date('2012-07-03') = edtf('2012-07')", "null"),
        ],
        is_deterministic: false,
        body: |context, args| make(Kind::Date, context, args),
        ..PLAIN
    },
    Function {
        name: "localtime",
        parameters: &[INPUT],
        returns: ValueKind::LocalTime,
        meaning: "a time of day without a zone: of a string, a map or another instant; now without an argument",
        examples: &[("toString(localtime('214032.142'))", "'21:40:32.142'")],
        is_deterministic: false,
        body: |context, args| make(Kind::LocalTime, context, args),
        ..PLAIN
    },
    Function {
        name: "time",
        parameters: &[INPUT],
        returns: ValueKind::Time,
        meaning: "a time of day with an offset: of a string, a map or another instant; now without an argument",
        examples: &[("toString(time('21:40-01:30'))", "'21:40-01:30'")],
        is_deterministic: false,
        body: |context, args| make(Kind::Time, context, args),
        ..PLAIN
    },
    Function {
        name: "localdatetime",
        parameters: &[INPUT],
        returns: ValueKind::LocalDateTime,
        meaning: "date and time of day without a zone: of a string, a map or another instant; now without an argument",
        examples: &[("toString(localdatetime({year: 1984, week: 10}))", "'1984-03-05T00:00'")],
        is_deterministic: false,
        body: |context, args| make(Kind::LocalDateTime, context, args),
        ..PLAIN
    },
    Function {
        name: "datetime",
        parameters: &[INPUT],
        returns: ValueKind::DateTime,
        meaning: "a moment in a zone, in UTC if none is said: of a string, a map or another instant; now without an \
                  argument",
        examples: &[
            ("toString(datetime('2015-07-21T21:40[Europe/London]'))", "'2015-07-21T21:40+01:00[Europe/London]'"),
            ("datetime({epochMillis: 3360000}).minute", "56"),
        ],
        is_deterministic: false,
        body: |context, args| make(Kind::DateTime, context, args),
        ..PLAIN
    },
    Function {
        name: "datetime.fromepoch",
        parameters: &[required("seconds", ValueKind::Integer), required("nanoseconds", ValueKind::Integer)],
        returns: ValueKind::DateTime,
        meaning: "the moment so many seconds and nanoseconds after 1970-01-01T00:00Z",
        examples: &[("toString(datetime.fromepoch(416779, 999999999))", "'1970-01-05T19:46:19.999999999Z'")],
        body: |_, args| from_epoch(whole(&args[0]), whole(&args[1])),
        ..PLAIN
    },
    Function {
        name: "datetime.fromepochmillis",
        parameters: &[required("milliseconds", ValueKind::Integer)],
        returns: ValueKind::DateTime,
        meaning: "the moment so many milliseconds after 1970-01-01T00:00Z",
        examples: &[("toString(datetime.fromepochmillis(237821673987))", "'1977-07-15T13:34:33.987Z'")],
        body: |_, args| {
            let millis = whole(&args[0]);
            from_epoch(millis.div_euclid(1_000), millis.rem_euclid(1_000) * 1_000_000)
        },
        ..PLAIN
    },
];

fn from_epoch(seconds: i64, nanos: i64) -> Outcome {
    let whole = seconds.checked_add(nanos.div_euclid(1_000_000_000));
    let moment = whole.and_then(|seconds| Zone::UTC.at(seconds, nanos.rem_euclid(1_000_000_000)));
    moment.map(|moment| Temporal::from(moment).into()).ok_or_else(instant::beyond)
}

/// A row for the clock's time.
const fn clock(
    name: &'static str,
    kind: ValueKind,
    meaning: &'static str,
    examples: &'static [(&'static str, &'static str)],
    body: fn(&Context<'_>, &[Value]) -> Outcome,
) -> Function {
    Function { name, parameters: &[ZONE], returns: kind, meaning, examples, is_deterministic: false, body, ..PLAIN }
}

fn clock_of(kind: Kind, context: &Context<'_>, args: &[Value]) -> Outcome {
    let zone = args.first().map_or(Ok(Zone::UTC), |zone| Zone::parse(text(zone)))?;
    now::now(kind, context, &zone)
}

/// The clock's time, in reading order. A query sees one moment.
pub(super) static CLOCKS: &[Function] = &[
    clock(
        "date.transaction",
        ValueKind::Date,
        "the day on which the transaction began, in UTC or in a zone",
        &[("date.transaction() = date()", "true")],
        |context, args| clock_of(Kind::Date, context, args),
    ),
    clock(
        "date.statement",
        ValueKind::Date,
        "the day on which the statement began, in UTC or in a zone",
        &[("date.statement() = date()", "true")],
        |context, args| clock_of(Kind::Date, context, args),
    ),
    clock(
        "date.realtime",
        ValueKind::Date,
        "today, in UTC or in a zone",
        &[("date.realtime() = date()", "true")],
        |context, args| clock_of(Kind::Date, context, args),
    ),
    clock(
        "localtime.transaction",
        ValueKind::LocalTime,
        "the time when the transaction began, in UTC or in a zone",
        &[("localtime.transaction() = localtime()", "true")],
        |context, args| clock_of(Kind::LocalTime, context, args),
    ),
    clock(
        "localtime.statement",
        ValueKind::LocalTime,
        "the time when the statement began, in UTC or in a zone",
        &[("localtime.statement() = localtime()", "true")],
        |context, args| clock_of(Kind::LocalTime, context, args),
    ),
    clock(
        "localtime.realtime",
        ValueKind::LocalTime,
        "the time now, in UTC or in a zone",
        &[("localtime.realtime() = localtime()", "true")],
        |context, args| clock_of(Kind::LocalTime, context, args),
    ),
    clock(
        "time.transaction",
        ValueKind::Time,
        "the time, with its offset when the transaction began, in UTC or in a zone",
        &[("time.transaction() = time()", "true")],
        |context, args| clock_of(Kind::Time, context, args),
    ),
    clock(
        "time.statement",
        ValueKind::Time,
        "the time, with its offset when the statement began, in UTC or in a zone",
        &[("time.statement() = time()", "true")],
        |context, args| clock_of(Kind::Time, context, args),
    ),
    clock(
        "time.realtime",
        ValueKind::Time,
        "the time, with its offset now, in UTC or in a zone",
        &[("time.realtime() = time()", "true")],
        |context, args| clock_of(Kind::Time, context, args),
    ),
    clock(
        "localdatetime.transaction",
        ValueKind::LocalDateTime,
        "date and time when the transaction began, in UTC or in a zone",
        &[("localdatetime.transaction() = localdatetime()", "true")],
        |context, args| clock_of(Kind::LocalDateTime, context, args),
    ),
    clock(
        "localdatetime.statement",
        ValueKind::LocalDateTime,
        "date and time when the statement began, in UTC or in a zone",
        &[("localdatetime.statement() = localdatetime()", "true")],
        |context, args| clock_of(Kind::LocalDateTime, context, args),
    ),
    clock(
        "localdatetime.realtime",
        ValueKind::LocalDateTime,
        "date and time now, in UTC or in a zone",
        &[("localdatetime.realtime() = localdatetime()", "true")],
        |context, args| clock_of(Kind::LocalDateTime, context, args),
    ),
    clock(
        "datetime.transaction",
        ValueKind::DateTime,
        "the moment when the transaction began, in UTC or in a zone",
        &[("datetime.transaction() = datetime()", "true")],
        |context, args| clock_of(Kind::DateTime, context, args),
    ),
    clock(
        "datetime.statement",
        ValueKind::DateTime,
        "the moment when the statement began, in UTC or in a zone",
        &[("datetime.statement() = datetime()", "true")],
        |context, args| clock_of(Kind::DateTime, context, args),
    ),
    clock(
        "datetime.realtime",
        ValueKind::DateTime,
        "the moment now, in UTC or in a zone",
        &[("datetime.realtime() = datetime()", "true")],
        |context, args| clock_of(Kind::DateTime, context, args),
    ),
];

/// The cutters, in reading order.
pub(super) static TRUNCATIONS: &[Function] = &[
    Function {
        name: "date.truncate",
        parameters: CUT,
        returns: ValueKind::Date,
        meaning: "the first day of the unit that an instant lies in, with some components set anew",
        examples: &[
            ("toString(date.truncate('quarter', date('1984-11-11')))", "'1984-10-01'"),
            ("toString(date.truncate('week', date('1984-10-11'), {dayOfWeek: 2}))", "'1984-10-09'"),
        ],
        is_deterministic: false,
        body: |context, args| truncate(Kind::Date, context, args),
        ..PLAIN
    },
    Function {
        name: "localtime.truncate",
        parameters: CUT,
        returns: ValueKind::LocalTime,
        meaning: "the start of the unit that the time of day lies in, with some components set anew",
        examples: &[("toString(localtime.truncate('minute', localtime('12:31:14')))", "'12:31'")],
        is_deterministic: false,
        body: |context, args| truncate(Kind::LocalTime, context, args),
        ..PLAIN
    },
    Function {
        name: "time.truncate",
        parameters: CUT,
        returns: ValueKind::Time,
        meaning: "the start of the unit that the time of day lies in, with some components set anew",
        examples: &[("toString(time.truncate('hour', time('12:31+01:00')))", "'12:00+01:00'")],
        is_deterministic: false,
        body: |context, args| truncate(Kind::Time, context, args),
        ..PLAIN
    },
    Function {
        name: "localdatetime.truncate",
        parameters: CUT,
        returns: ValueKind::LocalDateTime,
        meaning: "the start of the unit that an instant lies in, with some components set anew",
        examples: &[(
            "toString(localdatetime.truncate('day', localdatetime('1984-10-11T12:31')))",
            "'1984-10-11T00:00'",
        )],
        is_deterministic: false,
        body: |context, args| truncate(Kind::LocalDateTime, context, args),
        ..PLAIN
    },
    Function {
        name: "datetime.truncate",
        parameters: CUT,
        returns: ValueKind::DateTime,
        meaning: "the start of the unit that an instant lies in, with some components set anew",
        examples: &[(
            "toString(datetime.truncate('millisecond', datetime('1984-10-11T12:31:14.6458Z'), {nanosecond: 2}))",
            "'1984-10-11T12:31:14.645000002Z'",
        )],
        is_deterministic: false,
        body: |context, args| truncate(Kind::DateTime, context, args),
        ..PLAIN
    },
];

/// Durations, in reading order.
pub(super) static DURATIONS: &[Function] = &[
    Function {
        name: "duration",
        parameters: &[required("input", ValueKind::OneOf(&[ValueKind::String, ValueKind::Map, ValueKind::Duration]))],
        returns: ValueKind::Duration,
        meaning: "a duration: of a string or a map of years, quarters, months, weeks, days, hours, minutes, seconds, \
                  milliseconds, microseconds, nanoseconds",
        examples: &[
            ("toString(duration({months: 5, days: 1.5}))", "'P5M1DT12H'"),
            ("toString(duration('P2.5W'))", "'P17DT12H'"),
            ("toString(2 * duration('PT1.5H'))", "'PT3H'"),
        ],
        body: |_, args| duration(&args[0]),
        ..PLAIN
    },
    Function {
        name: "duration.between",
        parameters: TWO,
        returns: ValueKind::Duration,
        meaning: "from one instant to another: whole months, then whole days, then seconds",
        examples: &[("toString(duration.between(date('1984-10-11'), date('2015-06-24')))", "'P30Y8M13D'")],
        body: |_, args| between(Counting::All, &args[0], &args[1]),
        ..PLAIN
    },
    Function {
        name: "duration.inMonths",
        parameters: TWO,
        returns: ValueKind::Duration,
        meaning: "from one instant to another in whole months",
        examples: &[("toString(duration.inMonths(date('1984-10-11'), date('2015-06-24')))", "'P30Y8M'")],
        body: |_, args| between(Counting::Months, &args[0], &args[1]),
        ..PLAIN
    },
    Function {
        name: "duration.inDays",
        parameters: TWO,
        returns: ValueKind::Duration,
        meaning: "from one instant to another in whole days",
        examples: &[("duration.inDays(date('1984-10-11'), date('2015-06-24')).days", "11213")],
        body: |_, args| between(Counting::Days, &args[0], &args[1]),
        ..PLAIN
    },
    Function {
        name: "duration.inSeconds",
        parameters: TWO,
        returns: ValueKind::Duration,
        meaning: "from one instant to another in seconds and their fractions",
        examples: &[("duration.inSeconds(localtime('14:30'), localtime('16:30')).seconds", "7200")],
        body: |_, args| between(Counting::Seconds, &args[0], &args[1]),
        ..PLAIN
    },
];

fn duration(input: &Value) -> Outcome {
    match input {
        Value::Text(text) => Ok(Temporal::from(Duration::parse(text.trim()).map_err(instant::refused)?).into()),
        Value::Map(map) if map.values().any(Value::is_null) => Ok(Value::Null),
        Value::Map(map) => from_amounts(map),
        other => Ok(other.clone()),
    }
}

fn from_amounts(map: &Map) -> Outcome {
    let keys = DurationUnit::ALL.map(DurationUnit::name);
    let components = Components(map);
    components.expect_keys("duration", &[&keys])?;
    let too_large = || FunctionError::overflow("the duration is beyond 64 bits");
    let mut sum = Amounts::default();
    for unit in DurationUnit::ALL {
        let amount = match components.get(unit.name()) {
            None => continue,
            Some(Value::Int(int)) => Some(Amount::whole(*int)),
            Some(Value::Float(float)) => Amount::of_float(*float),
            Some(other) => {
                let message = format!("`{}` is a number, not {}", unit.name(), ValueKind::of(other));
                return Err(FunctionError::wrong_value(message));
            }
        };
        sum = amount.and_then(|amount| sum.with(unit, amount)).ok_or_else(too_large)?;
    }
    let total = sum.total().ok_or_else(too_large)?;
    Ok(Temporal::from(total).into())
}
