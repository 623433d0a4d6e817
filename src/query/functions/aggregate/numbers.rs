//! Aggregates of numbers: sum, mean, standard deviations.

use super::super::{FunctionError, Outcome, number};
use super::Accumulator;
use crate::model::Value;

/// sum(x).
pub(super) fn sum() -> Box<dyn Accumulator> {
    Box::new(Sum::default())
}

/// Whole numbers add up in 128 bits, so that only the sum itself can overflow, not the way there.
#[derive(Default)]
struct Sum {
    whole: i128,
    fraction: Option<f64>,
}

impl Accumulator for Sum {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        match &values[0] {
            Value::Int(int) => self.whole += i128::from(*int),
            Value::Float(float) => *self.fraction.get_or_insert(0.0) += float,
            _ => {}
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome {
        match self.fraction {
            Some(_) => Ok(Value::Float(self.total())),
            None => i64::try_from(self.whole).map(Value::Int).map_err(|_| {
                let error = FunctionError::overflow(format!("sum() is {}, beyond 64 bits", self.whole));
                error.with_hint("add up toFloat() of the values")
            }),
        }
    }
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
    count: f64,
}

impl Accumulator for Mean {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        self.count += if values[0].is_null() { 0.0 } else { 1.0 };
        self.sum.add(values)
    }

    fn finish(self: Box<Self>) -> Outcome {
        Ok(if self.count > 0.0 { Value::Float(self.sum.total() / self.count) } else { Value::Null })
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
