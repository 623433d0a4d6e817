//! Aggregates of values of any kind: count, collect, min, max.

use std::cmp::Ordering;

use super::super::{FunctionError, Outcome};
use super::Accumulator;
use crate::model::Value;

/// count(x) and count(*).
pub(super) fn count() -> Box<dyn Accumulator> {
    Box::new(Count(0))
}

struct Count(i64);

impl Accumulator for Count {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        self.0 += i64::from(values.first().is_none_or(|value| !value.is_null()));
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome {
        Ok(Value::Int(self.0))
    }
}

/// collect(x).
pub(super) fn collect() -> Box<dyn Accumulator> {
    Box::new(Collect(Vec::new()))
}

struct Collect(Vec<Value>);

impl Accumulator for Collect {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        self.0.extend(values.first().filter(|value| !value.is_null()).cloned());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome {
        Ok(Value::list(self.0))
    }
}

/// min(x).
pub(super) fn min() -> Box<dyn Accumulator> {
    Box::new(Extreme { wanted: Ordering::Less, found: Value::Null })
}

/// max(x).
pub(super) fn max() -> Box<dyn Accumulator> {
    Box::new(Extreme { wanted: Ordering::Greater, found: Value::Null })
}

/// The first or the last in the total order; of equals, the one that came first.
struct Extreme {
    wanted: Ordering,
    found: Value,
}

impl Accumulator for Extreme {
    fn add(&mut self, values: &[Value]) -> Result<(), FunctionError> {
        let value = &values[0];
        if !value.is_null() && (self.found.is_null() || value.sort_order(&self.found) == self.wanted) {
            self.found = value.clone();
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Outcome {
        Ok(self.found)
    }
}
