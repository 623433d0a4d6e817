//! SKIP and LIMIT.

use super::{Input, Operator};
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::Batch;
use crate::query::run::{Execution, Outcome};

/// A part of a batch.
fn slice(batch: &Batch, from: usize, to: usize) -> Batch {
    let row = |row: usize| u32::try_from(row).expect("a batch has fewer than 2^32 rows");
    batch.gather(&(row(from)..row(to)).collect::<Vec<_>>())
}

pub(super) struct Skip<'p> {
    input: Input<'p>,
    count: &'p BoundExpr,
    left: Option<usize>,
}

impl<'p> Skip<'p> {
    pub(super) fn new(input: Input<'p>, count: &'p BoundExpr) -> Self {
        Self { input, count, left: None }
    }
}

impl Operator for Skip<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let left = match self.left {
            Some(left) => left,
            None => execution.count(self.count, "SKIP")?,
        };
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let skipped = left.min(batch.rows);
        self.left = Some(left - skipped);
        Ok(Some(if skipped == 0 { batch } else { slice(&batch, skipped, batch.rows) }))
    }
}

pub(super) struct Limit<'p> {
    input: Input<'p>,
    count: &'p BoundExpr,
    left: Option<usize>,
}

impl<'p> Limit<'p> {
    pub(super) fn new(input: Input<'p>, count: &'p BoundExpr) -> Self {
        Self { input, count, left: None }
    }
}

impl Operator for Limit<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let left = match self.left {
            Some(left) => left,
            None => execution.count(self.count, "LIMIT")?,
        };
        if left == 0 {
            // What is written below is written, though no row of it is wanted.
            if self.left.is_none() && execution.plan.writes && !is_injected(Fault::UnwrittenBelowLimit) {
                self.input.next(execution)?;
            }
            self.left = Some(left);
            return Ok(None);
        }
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let taken = left.min(batch.rows);
        self.left = Some(left - taken);
        Ok(Some(if taken == batch.rows { batch } else { slice(&batch, 0, taken) }))
    }
}
