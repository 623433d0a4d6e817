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
    pick: fn(&mut [Value], f64) -> Value,
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
        Ok(match self.wanted {
            Some(percentile) if !self.values.is_empty() => (self.pick)(&mut self.values, percentile),
            _ => Value::Null,
        })
    }
}

/// The number at a place of the sorted ones, and the next one; of equal numbers of two types, those that came first.
fn at(values: &mut [Value], place: usize) -> (Value, Value) {
    let is_mixed = values.windows(2).any(|pair| std::mem::discriminant(&pair[0]) != std::mem::discriminant(&pair[1]));
    if is_mixed {
        values.sort_by(Value::sort_order);
        return (values[place].clone(), values[(place + 1).min(values.len() - 1)].clone());
    }
    let (_, found, above) = values.select_nth_unstable_by(place, Value::sort_order);
    let next = above.iter().min_by(|a, b| a.sort_order(b)).unwrap_or(found);
    (found.clone(), next.clone())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0 ≤ p ≤ 1")]
fn nearest_rank(values: &mut [Value], percentile: f64) -> Value {
    let rank = (percentile * values.len() as f64).ceil() as usize;
    at(values, rank.clamp(1, values.len()) - 1).0
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "0 ≤ p ≤ 1")]
fn interpolated(values: &mut [Value], percentile: f64) -> Value {
    let place = percentile * (values.len() - 1) as f64;
    let (below, above) = at(values, place.floor() as usize);
    let (below, above) = (number(&below), number(&above));
    // At a place without fraction there is nothing to interpolate, and infinities would make NaN of it.
    Value::Float(if place.fract() > 0.0 { below + (above - below) * place.fract() } else { below })
}
