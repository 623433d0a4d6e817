//! Aggregates of numbers: sum, mean, standard deviations; of durations too: sum and mean.

use super::super::{FunctionError, Outcome, number};
use super::Accumulator;
use crate::model::Value;
use crate::time::calendar::{Duration, Ratio, Temporal};

/// sum(x).
pub(super) fn sum() -> Box<dyn Accumulator> {
    Box::new(Sum::default())
}

/// Whole numbers add up in 128 bits, so that only the sum itself can overflow, not the way there.
#[derive(Default)]
struct Sum {
    whole: i128,
    fraction: Option<f64>,
    duration: Option<Duration>,
    has_numbers: bool,
}

impl Accumulator for Sum {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        match &values[0] {
            Value::Int(int) => self.whole += i128::from(*int),
            Value::Float(float) => *self.fraction.get_or_insert(0.0) += float,
            Value::Temporal(Temporal::Duration(duration)) => {
                let sum = self.duration.unwrap_or_default().plus(**duration);
                self.duration = Some(sum.ok_or_else(too_long)?);
            }
            _ => {}
        }
        self.has_numbers |= matches!(values[0], Value::Int(_) | Value::Float(_));
        if self.has_numbers && self.duration.is_some() {
            return Err(FunctionError::wrong_value("numbers and durations do not add up"));
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome {
        if let Some(duration) = self.duration {
            return Ok(Temporal::from(duration).into());
        }
        match self.fraction {
            Some(_) => Ok(Value::Float(self.total())),
            None => i64::try_from(self.whole).map(Value::Int).map_err(|_| {
                let error = FunctionError::overflow(format!("sum() is {}, beyond 64 bits", self.whole));
                error.with_hint("add up toFloat() of the values")
            }),
        }
    }
}

fn too_long() -> FunctionError {
    FunctionError::overflow("the sum is beyond the durations of 64 bits")
}

impl Sum {
    #[expect(clippy::cast_precision_loss, reason = "openCypher widens whole numbers to floats")]
    fn total(&self) -> f64 {
        self.whole as f64 + self.fraction.unwrap_or(0.0)
    }
}

/// avg(x).
pub(super) fn avg() -> Box<dyn Accumulator> {
    Box::new(Mean::default())
}

#[derive(Default)]
struct Mean {
    sum: Sum,
    count: i64,
}

impl Accumulator for Mean {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        self.count += i64::from(!values[0].is_null());
        self.sum.add(values)
    }

    fn finish(self: Box<Self>) -> Outcome {
        let Some(part) = Ratio::whole(self.count).inverse() else { return Ok(Value::Null) };
        match self.sum.duration {
            Some(duration) => Ok(Temporal::from(duration.times(part).ok_or_else(too_long)?).into()),
            #[expect(clippy::cast_precision_loss, reason = "a float counts exactly up to 2^53 values")]
            None => Ok(Value::Float(self.sum.total() / self.count as f64)),
        }
    }
}

/// stDev(x).
pub(super) fn st_dev() -> Box<dyn Accumulator> {
    Box::new(Moments { spared: 1.0, ..Moments::default() })
}

/// stDevP(x).
pub(super) fn st_dev_p() -> Box<dyn Accumulator> {
    Box::new(Moments::default())
}

/// Count, mean and squared distances in one pass (Welford, Technometrics 4:3, 1962).
#[derive(Default)]
struct Moments {
    /// 1 for a sample (Bessel's correction), 0 for a population.
    spared: f64,
    count: f64,
    mean: f64,
    squares: f64,
}

impl Accumulator for Moments {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        if !values[0].is_null() {
            let value = number(&values[0]);
            self.count += 1.0;
            let distance = value - self.mean;
            self.mean += distance / self.count;
            self.squares += distance * (value - self.mean);
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome {
        let divisor = self.count - self.spared;
        Ok(Value::Float(if divisor > 0.0 { (self.squares / divisor).sqrt() } else { 0.0 }))
    }
}
