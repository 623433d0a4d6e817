//! Temporal values as bytes: a byte for the type, then their numbers, and of a moment the name of its zone (empty where
//! it has none). What lies outside the calendar is not read.

use std::sync::Arc;

use super::{Reader, encode_text};
use crate::time::calendar::{Date, DateTime, Duration, LocalDateTime, LocalTime, Offset, Temporal, Time};

const DATE_TIME: u8 = 0;
const LOCAL_DATE_TIME: u8 = 1;
const DATE: u8 = 2;
const TIME: u8 = 3;
const LOCAL_TIME: u8 = 4;
const DURATION: u8 = 5;

/// Appends a temporal value.
pub(super) fn encode(value: &Temporal, out: &mut Vec<u8>) {
    match value {
        Temporal::DateTime(value) => {
            out.push(DATE_TIME);
            encode_local(value.local, out);
            encode_number(value.offset.seconds(), out);
            encode_text(value.zone.as_deref().unwrap_or_default(), out);
        }
        Temporal::LocalDateTime(value) => {
            out.push(LOCAL_DATE_TIME);
            encode_local(*value, out);
        }
        Temporal::Date(value) => {
            out.push(DATE);
            encode_number(value.days(), out);
        }
        Temporal::Time(value) => {
            out.push(TIME);
            encode_number(value.local.nanos(), out);
            encode_number(value.offset.seconds(), out);
        }
        Temporal::LocalTime(value) => {
            out.push(LOCAL_TIME);
            encode_number(value.nanos(), out);
        }
        Temporal::Duration(value) => {
            out.push(DURATION);
            [value.months(), value.days(), value.seconds(), value.nanos()]
                .into_iter()
                .for_each(|part| encode_number(part, out));
        }
    }
}

fn encode_local(value: LocalDateTime, out: &mut Vec<u8>) {
    encode_number(value.date.days(), out);
    encode_number(value.time.nanos(), out);
}

fn encode_number(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(&number.to_le_bytes());
}

impl Reader<'_> {
    /// Reads a temporal value back.
    pub(super) fn temporal(&mut self) -> Option<Temporal> {
        Some(match self.bytes::<1>()?[0] {
            DATE_TIME => {
                let (local, offset) = (self.local()?, Offset::from_seconds(self.number()?)?);
                let zone = Some(self.text()?).filter(|zone| !zone.is_empty()).map(Arc::from);
                DateTime { local, offset, zone }.into()
            }
            LOCAL_DATE_TIME => self.local()?.into(),
            DATE => Date::from_days(self.number()?)?.into(),
            TIME => Time { local: self.time()?, offset: Offset::from_seconds(self.number()?)? }.into(),
            LOCAL_TIME => self.time()?.into(),
            DURATION => Duration::new(self.number()?, self.number()?, self.number()?, self.number()?)?.into(),
            _ => return None,
        })
    }

    fn local(&mut self) -> Option<LocalDateTime> {
        Some(LocalDateTime { date: Date::from_days(self.number()?)?, time: self.time()? })
    }

    fn time(&mut self) -> Option<LocalTime> {
        LocalTime::from_nanos(self.number()?)
    }

    fn number(&mut self) -> Option<i64> {
        self.bytes().map(i64::from_le_bytes)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::Value;

    /// A value of each type, some at the ends of the calendar.
    pub(in crate::graph::encoding) fn one_of_each_type() -> Vec<Value> {
        let local = LocalDateTime::parse("-999999999-01-01T21:40:32.142").expect("a moment");
        let offset = Offset::parse("-02:05:07").expect("an offset");
        let zoned = DateTime { local, offset, zone: Some("Africa/Bamako".into()) };
        let duration = Duration::new(i64::MIN, i64::MAX, -1, 999_999_999).expect("it fits");
        let values: [Temporal; 7] = [
            zoned.into(),
            DateTime::at_offset(local, offset).into(),
            local.into(),
            Date::MAX.into(),
            Time { local: local.time, offset }.into(),
            local.time.into(),
            duration.into(),
        ];
        values.map(Value::Temporal).into()
    }
}
