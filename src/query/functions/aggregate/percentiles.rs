//! Percentiles: the number at a place of the sorted numbers, or between two.

use super::super::{FunctionError, Outcome, number};
use super::Accumulator;
use crate::model::Value;

/// percentileDisc(x, p).
pub(super) fn percentile_disc() -> Box<dyn Accumulator> {
    Box::new(Percentile { name: "percentileDisc", values: Vec::new(), wanted: None, pick: nearest_rank })
}

/// percentileCont(x, p).
pub(super) fn percentile_cont() -> Box<dyn Accumulator> {
    Box::new(Percentile { name: "percentileCont", values: Vec::new(), wanted: None, pick: interpolated })
}

struct Percentile {
    name: &'static str,
    values: Vec<Value>,
    /// That of the first row: openCypher takes the percentile for a constant.
    wanted: Option<f64>,
    pick: fn(&[Value], f64) -> Value,
}

impl Accumulator for Percentile {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        if values[1].is_null() {
            return Err(FunctionError::wrong_value(format!("{}() takes a number as percentile, not null", self.name)));
        }
        let percentile = number(&values[1]);
        if !(0.0..=1.0).contains(&percentile) {
            let error = FunctionError::out_of_range(format!("{percentile:?} is no percentile of {}()", self.name));
            return Err(error.with_hint("write a number from 0.0 to 1.0"));
        }
        self.wanted.get_or_insert(percentile);
        self.values.extend(Some(&values[0]).filter(|value| !value.is_null()).cloned());
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Outcome {
        self.values.sort_by(Value::sort_order);
        Ok(match self.wanted {
            Some(percentile) if !self.values.is_empty() => (self.pick)(&self.values, percentile),
            _ => Value::Null,
        })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0 ≤ p ≤ 1")]
fn nearest_rank(sorted: &[Value], percentile: f64) -> Value {
    let rank = (percentile * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1].clone()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0 ≤ p ≤ 1")]
fn interpolated(sorted: &[Value], percentile: f64) -> Value {
    let place = percentile * (sorted.len() - 1) as f64;
    let below = number(&sorted[place.floor() as usize]);
    let above = number(&sorted[place.ceil() as usize]);
    // At a place without fraction there is nothing to interpolate, and infinities would make NaN of it.
    Value::Float(if place.fract() > 0.0 { below + (above - below) * place.fract() } else { below })
}
