//! Exact numbers for durations: amounts with a decimal fraction, and what durations are multiplied by.
//!
//! A floating-point number of the language stands for the shortest decimal number that is written like it: 0.1 is one
//! tenth here. So `duration({days: 0.1})` is 2 hours and 24 minutes, to the nanosecond.

use super::duration::{Duration, SECONDS_PER_MONTH};
use super::local_time::{NANOS_PER_SECOND, SECONDS_PER_DAY};

/// Amounts are counted in this part of one.
const ONE: i128 = 1_000_000_000_000_000_000;

/// A number with up to 18 decimal places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(i128);

impl Amount {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self(i128::from(number) * ONE)
    }

    /// The decimal number that a float is written as, cut after 18 places; `None` of infinities, NaN, and what is
    /// beyond 64 bits.
    #[must_use]
    pub fn of_float(float: f64) -> Option<Self> {
        let Decimal { digits, exponent } = Decimal::of_float(float)?;
        let shift = exponent + 18;
        if shift >= 0 {
            let shift = u32::try_from(shift).ok()?;
            digits.checked_mul(10i128.checked_pow(shift)?).map(Self)
        } else {
            let cut = u32::try_from(-shift).ok().and_then(|places| 10i128.checked_pow(places));
            Some(Self(cut.map_or(0, |cut| digits / cut)))
        }
    }

    /// The number of digits, perhaps with a sign and a fraction after a point or comma; `None` of other texts, more
    /// than 18 decimal places, and what is beyond 64 bits.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) || fraction.len() > 18 {
            return None;
        }
        let whole: i128 = whole.parse::<u64>().ok()?.into();
        let fraction: i128 = format!("{fraction:0<18}").parse().ok()?;
        let size = whole.checked_mul(ONE)?.checked_add(fraction)?;
        Some(Self(if is_negative { -size } else { size }))
    }

    /// With the other sign.
    pub(super) fn negated(self) -> Self {
        Self(-self.0)
    }
}

/// A unit in which durations are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// Twelve months.
    Years,
    /// Three months.
    Quarters,
    /// Months.
    Months,
    /// Seven days.
    Weeks,
    /// Days.
    Days,
    /// 3,600 seconds.
    Hours,
    /// Sixty seconds.
    Minutes,
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths.
    Microseconds,
    /// Thousand-millionths.
    Nanoseconds,
}

impl DurationUnit {
    /// All, from long to short.
    pub const ALL: [Self; 11] = [
        Self::Years,
        Self::Quarters,
        Self::Months,
        Self::Weeks,
        Self::Days,
        Self::Hours,
        Self::Minutes,
        Self::Seconds,
        Self::Milliseconds,
        Self::Microseconds,
        Self::Nanoseconds,
    ];

    /// As the language writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Years => "years",
            Self::Quarters => "quarters",
            Self::Months => "months",
            Self::Weeks => "weeks",
            Self::Days => "days",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
            Self::Microseconds => "microseconds",
            Self::Nanoseconds => "nanoseconds",
        }
    }
}

/// Amounts of units, gathered; in 10⁻¹⁸ of a month, a day, a second.
#[derive(Clone, Copy, Debug, Default)]
pub struct Amounts {
    months: i128,
    days: i128,
    seconds: i128,
}

impl Amounts {
    /// Adds an amount of a unit; `None` where it is too large.
    #[must_use]
    pub fn with(mut self, unit: DurationUnit, Amount(amount): Amount) -> Option<Self> {
        let (sum, factor, divisor) = match unit {
            DurationUnit::Years => (&mut self.months, 12, 1),
            DurationUnit::Quarters => (&mut self.months, 3, 1),
            DurationUnit::Months => (&mut self.months, 1, 1),
            DurationUnit::Weeks => (&mut self.days, 7, 1),
            DurationUnit::Days => (&mut self.days, 1, 1),
            DurationUnit::Hours => (&mut self.seconds, 3_600, 1),
            DurationUnit::Minutes => (&mut self.seconds, 60, 1),
            DurationUnit::Seconds => (&mut self.seconds, 1, 1),
            DurationUnit::Milliseconds => (&mut self.seconds, 1, 1_000),
            DurationUnit::Microseconds => (&mut self.seconds, 1, 1_000_000),
            DurationUnit::Nanoseconds => (&mut self.seconds, 1, 1_000_000_000),
        };
        *sum = sum.checked_add(amount.checked_mul(factor)? / divisor)?;
        Some(self)
    }

    /// The duration: a fraction of a month becomes days, a fraction of a day seconds, and what is less than a
    /// nanosecond is dropped. `None` beyond 64 bits.
    #[must_use]
    pub fn total(self) -> Option<Duration> {
        handed_down([self.months, self.days, self.seconds, 0], ONE)
    }
}

/// What a duration is multiplied by: a fraction of two whole numbers, the lower one positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    upper: i128,
    lower: i128,
}

impl Ratio {
    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self { upper: number.into(), lower: 1 }
    }

    /// The decimal number that a float is written as; beyond 28 decimal places it is cut. `None` of infinities, NaN,
    /// and floats beyond 10³⁷.
    #[must_use]
    pub fn of_float(float: f64) -> Option<Self> {
        let Decimal { digits, exponent } = Decimal::of_float(float)?;
        let power = |places: i32| u32::try_from(places).ok().and_then(|places| 10i128.checked_pow(places));
        Some(match exponent {
            0.. => Self { upper: digits.checked_mul(power(exponent)?)?, lower: 1 },
            -28..0 => Self { upper: digits, lower: power(-exponent)? },
            _ => Self { upper: power(-28 - exponent).map_or(0, |cut| digits / cut), lower: power(28)? },
        })
    }

    /// One divided by it; `None` of zero.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        let sign = self.upper.signum();
        (sign != 0).then(|| Self { upper: self.lower * sign, lower: self.upper.abs() })
    }
}

impl Duration {
    /// The duration times a number: each part by itself, its fraction handed down as in [`Amounts::total`]. `None`
    /// beyond 64 bits.
    #[must_use]
    pub fn times(self, Ratio { upper, lower }: Ratio) -> Option<Self> {
        let scaled = |part: i64| i128::from(part).checked_mul(upper);
        let parts = [scaled(self.months())?, scaled(self.days())?, scaled(self.seconds())?, scaled(self.nanos())?];
        handed_down(parts, lower)
    }
}

/// The duration of so many months, days, seconds and nanoseconds, each divided by the number.
fn handed_down([months, days, seconds, nanos]: [i128; 4], by: i128) -> Option<Duration> {
    let day = by.checked_mul(SECONDS_PER_DAY.into())?;
    // What is left of months and days, in seconds.
    let left = (days % by).checked_mul(SECONDS_PER_DAY.into())?;
    let left = left.checked_add((months % by).checked_mul(SECONDS_PER_MONTH.into())?)?;
    let (mut whole_days, mut left) = (days / by + left / day, left % day);
    // Days and their fraction have one sign.
    if whole_days.signum() * left.signum() < 0 {
        whole_days += left.signum();
        left -= left.signum() * day;
    }
    let seconds = seconds.checked_add(left)?;
    let nanos = (seconds % by).checked_mul(NANOS_PER_SECOND.into())?.checked_add(nanos)? / by;
    let part = |number: i128| i64::try_from(number).ok();
    Duration::new(part(months / by)?, part(whole_days)?, part(seconds / by)?, part(nanos)?)
}

/// `digits · 10^exponent`.
struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal number that reads as the float; `None` of infinities and NaN.
    fn of_float(float: f64) -> Option<Self> {
        if !float.is_finite() {
            return None;
        }
        let written = format!("{float:e}");
        let (mantissa, exponent) = written.split_once('e')?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, exponent: exponent.parse::<i32>().ok()?.checked_sub(places)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(units: &[(DurationUnit, f64)], expected: &str) {
        let total = units.iter().fold(Amounts::default(), |sum, (unit, amount)| {
            sum.with(*unit, Amount::of_float(*amount).expect("a number")).expect("it is small")
        });
        assert_eq!(total.total().expect("it is small").to_string(), expected, "{units:?}");
    }

    #[test]
    fn fractions_are_handed_down_exactly() {
        use DurationUnit::*;
        check(&[(Months, 0.75)], "P22DT19H51M49.5S");
        check(&[(Days, 0.1)], "PT2H24M");
        check(&[(Days, 0.3)], "PT7H12M");
        check(&[(Seconds, 0.1), (Seconds, 0.2)], "PT0.3S");
        check(&[(Nanoseconds, 1e-300)], "PT0S");
        check(&[(Days, 1.0), (Months, -0.5)], "P-14DT-5H-14M-33S");
    }

    #[test]
    fn a_third_of_a_month_is_no_nanosecond_short() {
        let month = Duration::new(1, 0, 0, 0).expect("it is small");
        let third = month.times(Ratio::whole(3).inverse().expect("it is not zero"));
        assert_eq!(third.expect("it is small").to_string(), "P10DT3H29M42S");
    }

    #[test]
    fn what_is_too_large_is_refused() {
        assert_eq!(Amount::of_float(1e30), None);
        assert_eq!(Amount::of_float(f64::NAN), None);
        assert_eq!(Ratio::of_float(1e300), None);
        let long = Duration::new(i64::MAX, i64::MIN, i64::MAX, 999_999_999).expect("it fits");
        assert_eq!(long.times(Ratio::whole(2)), None);
        assert_eq!(long.times(Ratio::whole(1)), Some(long));
        assert_eq!(long.plus(long), None);
        assert_eq!(long.negated(), None);
    }
}
