//! Instants of every type from a text, a map, or another instant.

use super::components::{Components, DATE_KEYS, TIME_KEYS};
use super::now;
use super::zones::Zone;
use crate::model::{Map, Value};
use crate::query::functions::{Context, FunctionError, Outcome, ValueKind};
use crate::time::calendar::{
    Date, DateTime, DateTimeText, LocalDateTime, LocalTime, Offset, Temporal, TemporalError, Time, TimeText, Unit,
};

type Made<T> = Result<T, FunctionError>;

/// A type of instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    LocalTime,
    Time,
    LocalDateTime,
    DateTime,
}

impl Kind {
    /// The function that makes them.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::LocalTime => "localtime",
            Self::Time => "time",
            Self::LocalDateTime => "localdatetime",
            Self::DateTime => "datetime",
        }
    }

    pub(super) const fn has_date(self) -> bool {
        !matches!(self, Self::LocalTime | Self::Time)
    }

    pub(super) const fn has_time(self) -> bool {
        !matches!(self, Self::Date)
    }

    pub(super) const fn has_zone(self) -> bool {
        matches!(self, Self::Time | Self::DateTime)
    }
}

/// What is known of an instant: any of its three parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub date: Option<Date>,
    pub time: Option<LocalTime>,
    /// The zone, and the offset that holds in it.
    pub zone: Option<(Zone, Offset)>,
}

impl Parts {
    /// Those of a value; none of what is no instant. An uncertain date has a date where it can only be one day.
    pub(super) fn of(value: &Value) -> Self {
        let of_local = |of: LocalDateTime| Self { date: Some(of.date), time: Some(of.time), zone: None };
        match value {
            Value::Edtf(of) => Self { date: of.only_date(), ..Self::default() },
            Value::Temporal(Temporal::Date(of)) => Self { date: Some(*of), ..Self::default() },
            Value::Temporal(Temporal::LocalTime(of)) => Self { time: Some(*of), ..Self::default() },
            Value::Temporal(Temporal::Time(of)) => {
                Self { date: None, time: Some(of.local), zone: Some((Zone::Fixed(of.offset), of.offset)) }
            }
            Value::Temporal(Temporal::LocalDateTime(of)) => of_local(*of),
            Value::Temporal(Temporal::DateTime(of)) => {
                Self { zone: Some((Zone::of(of), of.offset)), ..of_local(of.local) }
            }
            _ => Self::default(),
        }
    }

    /// An instant of a type. What has no zone is in UTC, what has no time of day at midnight; `None` without a date
    /// where the type has one, and beyond the calendar.
    pub(super) fn instant(self, kind: Kind) -> Option<Temporal> {
        let time = self.time.unwrap_or_default();
        Some(match kind {
            Kind::Date => self.date?.into(),
            Kind::LocalTime => time.into(),
            Kind::Time => Time { local: time, offset: self.zone.map_or(Offset::UTC, |(_, offset)| offset) }.into(),
            Kind::LocalDateTime => LocalDateTime { date: self.date?, time }.into(),
            Kind::DateTime => self.moment()?.into(),
        })
    }

    fn moment(self) -> Option<DateTime> {
        let local = LocalDateTime { date: self.date?, time: self.time.unwrap_or_default() };
        match self.zone {
            Some((zone, offset)) => zone.resolve(local, Some(offset)),
            None => Zone::UTC.resolve(local, None),
        }
    }
}

/// `date(…)` and its kin: an instant from whatever says one; without an argument that of the clock.
pub(super) fn make(kind: Kind, context: &Context<'_>, args: &[Value]) -> Outcome {
    match args.first() {
        None => now::now(kind, context, &Zone::UTC),
        Some(Value::Text(text)) => read(kind, text),
        Some(Value::Map(map)) if map.values().any(Value::is_null) => Ok(Value::Null),
        Some(Value::Map(map)) => from_map(kind, context, map),
        Some(value) => convert(kind, value),
    }
}

fn read(kind: Kind, text: &str) -> Outcome {
    let text = text.trim();
    let instant: Temporal = match kind {
        Kind::Date => Date::parse(text).map_err(refused)?.into(),
        Kind::LocalTime => LocalTime::parse(text).map_err(refused)?.into(),
        Kind::LocalDateTime => LocalDateTime::parse(text).map_err(refused)?.into(),
        Kind::Time => {
            let TimeText { local, offset } = TimeText::parse(text).map_err(refused)?;
            Time { local, offset: offset.unwrap_or_default() }.into()
        }
        Kind::DateTime => moment(text, &DateTimeText::parse(text).map_err(refused)?)?.into(),
    };
    Ok(instant.into())
}

/// A moment as written: in its zone, whose rules must allow for the offset beside it.
fn moment(text: &str, written: &DateTimeText) -> Made<DateTime> {
    let zone = match &written.zone {
        Some(zone) => Zone::named(zone)?,
        None => Zone::Fixed(written.offset.unwrap_or_default()),
    };
    let moment = zone.resolve(written.local, written.offset).ok_or_else(beyond)?;
    match written.offset {
        Some(offset) if offset != moment.offset => {
            let message = format!("'{text}': the offset there was {} at that time", moment.offset);
            Err(FunctionError::bad_argument(message).with_hint("leave out the offset or the zone"))
        }
        _ => Ok(moment),
    }
}

pub(super) fn refused(error: TemporalError) -> FunctionError {
    let refused = FunctionError::bad_argument(error.message);
    match error.hint {
        Some(hint) => refused.with_hint(hint),
        None => refused,
    }
}

fn convert(kind: Kind, value: &Value) -> Outcome {
    let parts = Parts::of(value);
    let lacks = |what: &str| {
        let message = format!("{} has no {what}, so {}() cannot be made of it", ValueKind::of(value), kind.name());
        FunctionError::bad_argument(message)
    };
    if kind.has_date() && parts.date.is_none() {
        let error = lacks("day");
        let is_uncertain = matches!(value, Value::Edtf(_));
        return Err(if is_uncertain { error.with_hint("take earliest() or latest() of it") } else { error });
    }
    if kind.has_time() && !kind.has_date() && parts.time.is_none() {
        return Err(lacks("time"));
    }
    parts.instant(kind).map(Value::from).ok_or_else(beyond)
}

fn from_map(kind: Kind, context: &Context<'_>, map: &Map) -> Outcome {
    let components = Components(map);
    components.expect_keys(kind.name(), &keys(kind))?;
    let zone = components.text("timezone")?.map(Zone::parse).transpose()?;
    if map.len() == 1
        && let Some(zone) = &zone
    {
        return now::now(kind, context, zone);
    }
    if let Some(moment) = from_epoch(components, zone.as_ref())? {
        return Ok(moment);
    }
    let mut parts = start(kind, components)?;
    if kind.has_date() {
        if parts.date.is_none() {
            components.expect_whole_date()?;
        }
        parts.date = Some(components.date(parts.date)?);
    }
    if kind.has_time() {
        parts.time = Some(components.time(parts.time, None)?);
    }
    zoned(kind, context, parts, zone)
}

/// The keys that a map may have, for a type.
fn keys(kind: Kind) -> Vec<&'static [&'static str]> {
    let mut keys: Vec<&'static [&'static str]> = vec![&["timezone"]];
    if kind.has_date() {
        keys.extend([DATE_KEYS, &["date"]]);
    }
    if kind.has_time() {
        keys.extend([TIME_KEYS, &["time"]]);
    }
    if kind.has_date() && kind.has_time() {
        keys.push(&["datetime"]);
    }
    if kind == Kind::DateTime {
        keys.push(&["epochSeconds", "epochMillis"]);
    }
    keys
}

/// `{epochSeconds: …}`, `{epochMillis: …}`, with nanoseconds and a zone.
fn from_epoch(components: Components<'_>, zone: Option<&Zone>) -> Made<Option<Value>> {
    let (seconds, below) = match (components.whole("epochSeconds")?, components.whole("epochMillis")?) {
        (None, None) => return Ok(None),
        (Some(seconds), None) => (seconds, 0),
        (None, Some(millis)) => (millis.div_euclid(1_000), millis.rem_euclid(1_000) * 1_000_000),
        (Some(_), Some(_)) => {
            return Err(FunctionError::bad_argument("`epochSeconds` and `epochMillis` are said at once"));
        }
    };
    components.expect_keys("datetime", &[&["epochSeconds", "epochMillis", "nanosecond", "timezone"]])?;
    let nanosecond = components.whole("nanosecond")?.unwrap_or(0);
    let room = if below == 0 { 1_000_000_000 } else { 1_000_000 };
    if !(0..room).contains(&nanosecond) {
        let message = format!("`nanosecond` lies between 0 and {} here, and is {nanosecond}", room - 1);
        return Err(FunctionError::bad_argument(message));
    }
    let moment = zone.unwrap_or(&Zone::UTC).at(seconds, below + nanosecond).ok_or_else(beyond)?;
    Ok(Some(Temporal::from(moment).into()))
}

/// What the map starts from: the parts of `date`, `time` or `datetime`. The zone comes with the time of day.
fn start(kind: Kind, components: Components<'_>) -> Made<Parts> {
    if let Some(value) = components.get("datetime") {
        if components.has_any(&["date", "time"]) {
            let message = "`datetime` gives both date and time, so `date` and `time` cannot stand beside it";
            return Err(FunctionError::bad_argument(message));
        }
        let parts = Parts::of(value);
        let is_whole = parts.date.is_some() && parts.time.is_some();
        return if is_whole { Ok(parts) } else { Err(unfit("datetime", value, "a datetime")) };
    }
    let mut start = Parts::default();
    if let Some(value) = components.get("date") {
        start.date = Some(Parts::of(value).date.ok_or_else(|| unfit("date", value, "a date"))?);
    }
    if let Some(value) = components.get("time").filter(|_| kind.has_time()) {
        let Parts { time, zone, .. } = Parts::of(value);
        start.time = Some(time.ok_or_else(|| unfit("time", value, "a time"))?);
        start.zone = zone;
    }
    Ok(start)
}

fn unfit(key: &str, value: &Value, wanted: &str) -> FunctionError {
    FunctionError::wrong_value(format!("`{key}` is {wanted}, not {}", ValueKind::of(value)))
}

/// An instant in the zone that is asked for: the same moment where the parts have a zone, else the same clock.
fn zoned(kind: Kind, context: &Context<'_>, mut parts: Parts, zone: Option<Zone>) -> Outcome {
    let Some(zone) = zone.filter(|_| kind.has_zone()) else {
        return parts.instant(kind).map(Value::from).ok_or_else(beyond);
    };
    if kind == Kind::Time {
        let offset = now::offset(context, &zone);
        let local = parts.time.unwrap_or_default();
        let time = match parts.zone {
            Some((_, from)) => Time { local, offset: from }.at(offset),
            None => Time { local, offset },
        };
        return Ok(Temporal::from(time).into());
    }
    if parts.zone.is_none() {
        parts.zone = Some((zone, Offset::UTC));
        return parts.instant(kind).map(Value::from).ok_or_else(beyond);
    }
    let moment = parts.moment().and_then(|moment| zone.shows(&moment));
    moment.map(|moment| Temporal::from(moment).into()).ok_or_else(beyond)
}

/// `date.truncate('month', …)` and its kin: the start of the unit that an instant lies in, with some parts set anew.
pub(super) fn truncate(kind: Kind, context: &Context<'_>, args: &[Value]) -> Outcome {
    let unit = unit(kind, &args[0])?;
    let current;
    let value = match args.get(1) {
        Some(value) => value,
        None => {
            current = now::now(kind, context, &Zone::UTC)?;
            &current
        }
    };
    let parts = Parts::of(value);
    let is_fit = (!kind.has_date() || parts.date.is_some())
        && (kind.has_date() || parts.time.is_some())
        && (unit.is_of_dates() || parts.time.is_some());
    if !is_fit {
        let message =
            format!("{} cannot be cut off at the {} by {}.truncate()", ValueKind::of(value), unit.name(), kind.name());
        return Err(FunctionError::bad_argument(message));
    }
    let date = parts.date.map(|date| date.truncated(unit).ok_or_else(beyond)).transpose()?;
    let time = parts.time.map(|time| time.truncated(unit));
    let cut = Parts { date, time, zone: parts.zone };
    match args.get(2) {
        Some(Value::Map(map)) if map.values().any(Value::is_null) => Ok(Value::Null),
        Some(Value::Map(map)) => set_anew(kind, context, cut, unit, Components(map)),
        _ => cut.instant(kind).map(Value::from).ok_or_else(beyond),
    }
}

fn unit(kind: Kind, name: &Value) -> Made<Unit> {
    let Value::Text(name) = name else { unreachable!("the signature admits strings only") };
    let is_fit = |unit: &Unit| match kind {
        Kind::Date => unit.is_of_dates(),
        Kind::LocalTime | Kind::Time => *unit >= Unit::Day,
        Kind::LocalDateTime | Kind::DateTime => true,
    };
    Unit::named(name).filter(is_fit).ok_or_else(|| {
        let known = Unit::ALL.iter().filter(|unit| is_fit(unit)).map(|unit| unit.name()).collect::<Vec<_>>();
        let error = FunctionError::bad_argument(format!("{}.truncate() knows no unit '{name}'", kind.name()));
        error.with_hint(format!("write one of {}", known.join(", ")))
    })
}

/// The parts with those of the map in their place; a zone is put in the place of the old one, with the clock as it is.
fn set_anew(kind: Kind, context: &Context<'_>, mut parts: Parts, cut: Unit, components: Components<'_>) -> Outcome {
    let mut allowed: Vec<&'static [&'static str]> = Vec::new();
    if kind.has_date() {
        allowed.push(DATE_KEYS);
        parts.date = Some(components.date(parts.date)?);
    }
    if kind.has_time() {
        allowed.push(TIME_KEYS);
        parts.time = Some(components.time(Some(parts.time.unwrap_or_default()), Some(cut))?);
    }
    if kind.has_zone() {
        allowed.push(&["timezone"]);
        if let Some(zone) = components.text("timezone")? {
            let zone = Zone::parse(zone)?;
            let offset = now::offset(context, &zone);
            parts.zone = Some((zone, offset));
        }
    }
    components.expect_keys(&format!("{}.truncate", kind.name()), &allowed)?;
    parts.instant(kind).map(Value::from).ok_or_else(beyond)
}

/// The error of a result that the calendar does not reach.
pub(super) fn beyond() -> FunctionError {
    FunctionError::out_of_range("the calendar reaches from the year -999999999 to the year +999999999")
}
