//! Conditions: only rows for which the predicate is true, not false and not null.

use super::steps::node_at;
use super::{Input, Operator};
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::bind::tree::BoundEvidence;
use crate::query::plan::Live;
use crate::query::plan::columns::is_for_all_rows;
use crate::query::run::admission::{Admission, ForAllRows};
use crate::query::run::batch::Batch;
use crate::query::run::expression::{Condition, ExpressionError, Row};
use crate::query::run::{Execution, Outcome};

/// Several conditions, one after the other; those first that cost little and cannot fail.
pub(super) struct Filter<'p> {
    input: Input<'p>,
    conditions: Vec<Condition<'p>>,
    live: &'p Live,
}

impl<'p> Filter<'p> {
    pub(super) fn new(input: Input<'p>, predicates: Vec<&'p BoundExpr>, live: &'p Live) -> Self {
        Self { input, conditions: Condition::all(predicates), live }
    }
}

impl Operator for Filter<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let left = execution.evaluate(|evaluator| {
            let mut left = None;
            for condition in &self.conditions {
                left = evaluator.sift(condition, &batch, left)?;
                if left.as_ref().is_some_and(Vec::is_empty) {
                    break;
                }
            }
            Ok::<_, ExpressionError>(left)
        })?;
        Ok(Some(match left {
            Some(rows) if rows.len() < batch.rows => batch.gather_live(&rows, self.live),
            _ => batch,
        }))
    }
}

/// Only rows whose node exists at the time that is asked for.
pub(super) struct Exists<'p> {
    input: Input<'p>,
    slot: Slot,
    evidence: &'p BoundEvidence,
    admission: Option<ForAllRows>,
}

impl<'p> Exists<'p> {
    pub(super) fn new(input: Input<'p>, slot: Slot, evidence: &'p BoundEvidence) -> Self {
        Self { input, slot, evidence, admission: None }
    }
}

impl Operator for Exists<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let admission = |index: usize| Admission::of(Some(self.evidence), execution, Row { batch: &batch, index });
        if self.admission.is_none() && batch.rows > 0 && is_for_all_rows(Some(self.evidence)) {
            self.admission = Some(ForAllRows(admission(0)?));
        }
        let graph = execution.graph.borrow();
        if let Some(ForAllRows(known)) = &self.admission
            && known.as_ref().is_none_or(|admission| admission.admits_all_nodes(&graph))
        {
            return Ok(Some(batch));
        }
        let mut rows = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            let own = if self.admission.is_some() { None } else { admission(row)? };
            let admission = self.admission.as_ref().map_or(own.as_ref(), |known| known.0.as_ref());
            let exists = match (admission, node_at(&batch, row, self.slot)) {
                (Some(admission), Some(node)) => admission.admits_node(&graph, node),
                _ => true,
            };
            if exists {
                rows.push(u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
            }
        }
        Ok(Some(batch.gather(&rows)))
    }
}
