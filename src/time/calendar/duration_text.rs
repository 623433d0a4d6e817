//! How durations are written: `P12Y5M14DT16H13M10.000000001S`, each part with its own sign.

use std::fmt;

use super::amount::{Amount, Amounts, DurationUnit};
use super::duration::Duration;
use super::error::TemporalError;
use super::local_time::NANOS_PER_SECOND;

const HINT: &str = "write P1Y2M3DT4H5M6.7S, P2W or P2012-02-02T14:37:21.545";

const BEFORE_T: [(char, DurationUnit); 4] =
    [('Y', DurationUnit::Years), ('M', DurationUnit::Months), ('W', DurationUnit::Weeks), ('D', DurationUnit::Days)];

const AFTER_T: [(char, DurationUnit); 3] =
    [('H', DurationUnit::Hours), ('M', DurationUnit::Minutes), ('S', DurationUnit::Seconds)];

impl Duration {
    /// Reads a duration of ISO 8601: `P1Y2M3W4DT5H6M7.8S`, any part of it, with fractions and signs; or the form like
    /// a date, `P2012-02-02T14:37:21.545`.
    ///
    /// # Errors
    /// Texts in another form, and amounts beyond 64 bits.
    pub fn parse(text: &str) -> Result<Self, TemporalError> {
        let refused = || TemporalError::unreadable(text, "duration", HINT);
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let body = unsigned.strip_prefix('P').ok_or_else(refused)?;
        let parts = by_units(body).or_else(|| like_a_date(body)).ok_or_else(refused)?;
        let sum = parts.into_iter().try_fold(Amounts::default(), |sum, (unit, amount)| {
            sum.with(unit, if is_negative { amount.negated() } else { amount })
        });
        let too_long = || TemporalError::missing(text, "the duration is beyond 64 bits");
        sum.and_then(Amounts::total).ok_or_else(too_long)
    }
}

type Parts = Vec<(DurationUnit, Amount)>;

/// `1Y2M3DT4H`: numbers before their units, in order, each unit once; `T` before those of time.
fn by_units(body: &str) -> Option<Parts> {
    let (dates, times) = match body.split_once('T') {
        Some((dates, times)) => (dates, Some(times)),
        None => (body, None),
    };
    let mut parts = numbers(dates, &BEFORE_T)?;
    if let Some(times) = times {
        let times = numbers(times, &AFTER_T).filter(|times| !times.is_empty())?;
        parts.extend(times);
    }
    Some(parts).filter(|parts| !parts.is_empty())
}

fn numbers(mut text: &str, units: &[(char, DurationUnit)]) -> Option<Parts> {
    let mut parts = Vec::new();
    let mut left = units.iter();
    while !text.is_empty() {
        let end = text.find(|letter: char| letter.is_ascii_alphabetic())?;
        let letter = char::from(text.as_bytes()[end]);
        let (_, unit) = left.find(|(each, _)| *each == letter)?;
        parts.push((*unit, Amount::parse(&text[..end])?));
        text = &text[end + 1..];
    }
    Some(parts)
}

/// `2012-02-02T14:37:21.545` or `20120202T143721.545`.
fn like_a_date(body: &str) -> Option<Parts> {
    let (date, time) = body.split_once('T')?;
    let date = fields(date, '-', &[4, 2, 2])?;
    let (time, fraction) = match time.find(['.', ',']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let mut time = fields(time, ':', &[2, 2, 2])?;
    time[2].push_str(fraction);
    let units = [DurationUnit::Years, DurationUnit::Months, DurationUnit::Days];
    let units = units.into_iter().chain([DurationUnit::Hours, DurationUnit::Minutes, DurationUnit::Seconds]);
    units.zip(date.iter().chain(&time)).map(|(unit, text)| Some((unit, Amount::parse(text)?))).collect()
}

/// Digits in groups of these lengths, with the mark between them or without any.
fn fields(text: &str, mark: char, lengths: &[usize]) -> Option<Vec<String>> {
    let groups: Vec<String> = if text.contains(mark) {
        text.split(mark).map(str::to_owned).collect()
    } else {
        let mut rest = text;
        let mut cut = |length: &usize| {
            let (group, after) = rest.split_at_checked(*length)?;
            rest = after;
            Some(group.to_owned())
        };
        let groups = lengths.iter().map(&mut cut).collect::<Option<_>>()?;
        rest.is_empty().then_some(groups)?
    };
    let is_group =
        |(group, length): (&String, &usize)| group.len() == *length && group.bytes().all(|byte| byte.is_ascii_digit());
    (groups.len() == lengths.len() && groups.iter().zip(lengths).all(is_group)).then_some(groups)
}

impl fmt::Display for Duration {
    /// `P1Y2M3DT4H5M6.7S`, `PT-1M-0.001S`; `PT0S` of nothing.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write_part = |f: &mut fmt::Formatter<'_>, number: i128, unit: char| {
            if number == 0 { Ok(()) } else { write!(f, "{number}{unit}") }
        };
        f.write_str("P")?;
        write_part(f, (self.months() / 12).into(), 'Y')?;
        write_part(f, (self.months() % 12).into(), 'M')?;
        write_part(f, self.days().into(), 'D')?;
        let nanos = self.total_nanos();
        if nanos == 0 {
            return if *self == Self::ZERO { f.write_str("T0S") } else { Ok(()) };
        }
        f.write_str("T")?;
        let seconds = nanos / i128::from(NANOS_PER_SECOND);
        write_part(f, seconds / 3_600, 'H')?;
        write_part(f, seconds / 60 % 60, 'M')?;
        write_seconds(f, nanos % (60 * i128::from(NANOS_PER_SECOND)))
    }
}

/// Seconds with as many digits after the point as there are.
fn write_seconds(f: &mut fmt::Formatter<'_>, nanos: i128) -> fmt::Result {
    if nanos == 0 {
        return Ok(());
    }
    let (size, per_second) = (nanos.unsigned_abs(), NANOS_PER_SECOND.unsigned_abs().into());
    write!(f, "{}{}", if nanos < 0 { "-" } else { "" }, size / per_second)?;
    if !size.is_multiple_of(per_second) {
        let fraction = format!("{:09}", size % per_second);
        write!(f, ".{}", fraction.trim_end_matches('0'))?;
    }
    f.write_str("S")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let read = Duration::parse(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.to_string(), expected);
    }

    #[test]
    fn durations_read_in_each_form_of_iso_8601() {
        check("P14DT16H12M", "P14DT16H12M");
        check("P5M1.5D", "P5M1DT12H");
        check("PT0,75M", "PT45S");
        check("P2.5W", "P17DT12H");
        check("P1Y-2M", "P10M");
        check("-P1DT1S", "P-1DT-1S");
        check("PT-0.001S", "PT-0.001S");
        check("P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S");
        check("P20120202T143721.545", "P2012Y2M2DT14H37M21.545S");
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in
            ["", "P", "PT", "P1", "P1S", "PT1D", "P1DT", "P1M1Y", "1D", "P1.D", "P1D1D", "PxD", "P2012-2-2T1:1:1"]
        {
            assert!(Duration::parse(text).is_err(), "{text}");
        }
        assert!(Duration::parse("P99999999999999999999Y").is_err());
        assert!(Duration::parse("P9223372036854775807Y").is_err());
    }
}
