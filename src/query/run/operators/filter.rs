//! Conditions: only rows for which the predicate is true, not false and not null.

use super::steps::node_at;
use super::{Input, Operator};
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::bind::tree::BoundEvidence;
use crate::query::run::admission::Admission;
use crate::query::run::batch::Batch;
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome};

pub(super) struct Filter<'p> {
    pub input: Input<'p>,
    pub predicate: &'p BoundExpr,
}

impl Operator for Filter<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let rows = execution.evaluate(|evaluator| evaluator.truths(self.predicate, &batch))?;
        Ok(Some(if rows.len() == batch.rows { batch } else { batch.gather(&rows) }))
    }
}

/// Only rows whose node exists at the time that is asked for.
pub(super) struct Exists<'p> {
    pub input: Input<'p>,
    pub slot: Slot,
    pub evidence: &'p BoundEvidence,
}

impl Operator for Exists<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let mut rows = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            let admission = Admission::of(Some(self.evidence), execution, Row { batch: &batch, index: row })?;
            let exists = match (admission, node_at(&batch, row, self.slot)) {
                (Some(admission), Some(node)) => admission.admits_node(&execution.graph.borrow(), node),
                _ => true,
            };
            if exists {
                rows.push(u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
            }
        }
        Ok(Some(batch.gather(&rows)))
    }
}
