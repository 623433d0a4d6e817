//! Gauges: what a step gives, how long it takes and what it holds. Time and memory of the steps before it and within it
//! are their own gauges'; so those that are read at the same time are kept on a stack.

use std::time::{Duration, Instant};

use super::{Input, Operator};
use crate::query::plan::gauges::Reading;
use crate::query::run::batch::Batch;
use crate::query::run::{Execution, Outcome};

pub(super) struct Gauge<'p> {
    pub input: Input<'p>,
    pub number: usize,
}

/// All gauges of a running query.
#[derive(Debug, Default)]
pub(in crate::query::run) struct Gauges {
    readings: Vec<Reading>,
    /// For each step that is at work: time and bytes of those below it.
    below: Vec<(Duration, i64)>,
}

impl Gauges {
    fn enter(&mut self) {
        self.below.push((Duration::ZERO, 0));
    }

    fn leave(&mut self, number: usize, rows: usize, time: Duration, held: i64) {
        let (time_below, held_below) = self.below.pop().expect("a gauge is entered before it is left");
        if let Some((above_time, above_held)) = self.below.last_mut() {
            *above_time += time;
            *above_held += held;
        }
        if self.readings.len() <= number {
            self.readings.resize(number + 1, Reading::default());
        }
        let reading = &mut self.readings[number];
        reading.rows += u64::try_from(rows).unwrap_or(u64::MAX);
        reading.time += time.saturating_sub(time_below);
        reading.held += held - held_below;
        reading.bytes = reading.bytes.max(usize::try_from(reading.held).unwrap_or(0));
    }

    /// What they have read, by number.
    pub(in crate::query::run) fn finish(self) -> Vec<Reading> {
        self.readings
    }
}

impl Operator for Gauge<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let held = || i64::try_from(execution.token.held()).unwrap_or(i64::MAX);
        let (before, began) = (held(), Instant::now());
        execution.gauges.borrow_mut().enter();
        let outcome = self.input.next(execution);
        let rows = outcome.as_ref().ok().and_then(Option::as_ref).map_or(0, |batch| batch.rows);
        execution.gauges.borrow_mut().leave(self.number, rows, began.elapsed(), held() - before);
        outcome
    }
}
