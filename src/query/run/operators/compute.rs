//! New columns, and forgetting old ones.

use super::{Input, Operator};
use crate::query::bind::bound::{BoundExpr, BoundExprKind, Slot};
use crate::query::run::batch::Batch;
use crate::query::run::{Execution, Outcome};

pub(super) struct Compute<'p> {
    pub input: Input<'p>,
    pub items: &'p [(BoundExpr, Slot)],
}

impl Operator for Compute<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(mut batch) = self.input.next(execution)? else { return Ok(None) };
        let mut computed = Vec::with_capacity(self.items.len());
        for (expr, slot) in self.items {
            let column = match &expr.kind {
                // A variable under another name shares its column.
                BoundExprKind::Column(from) => {
                    batch.columns[from.index()].clone().expect("a slot is filled before it is read")
                }
                _ => execution.evaluate(|evaluator| evaluator.column(expr, &batch))?,
            };
            computed.push((slot.index(), column));
        }
        for (slot, column) in computed {
            batch.set_shared(slot, column);
        }
        Ok(Some(batch))
    }
}

/// Forgets all columns but these.
pub(super) struct Keep<'p> {
    pub input: Input<'p>,
    pub slots: &'p [Slot],
}

impl Operator for Keep<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let mut kept = Batch { columns: Vec::new(), rows: batch.rows };
        for slot in self.slots {
            if let Some(Some(column)) = batch.columns.get(slot.index()) {
                kept.set_shared(slot.index(), column.clone());
            }
        }
        // What operators carry along for themselves stands behind the query's slots.
        for (slot, column) in batch.columns.into_iter().enumerate().skip(execution.plan.slots as usize) {
            column.into_iter().for_each(|column| kept.set_shared(slot, column));
        }
        Ok(Some(kept))
    }
}

/// Brings columns of the row back from which a subquery began.
pub(super) struct Around<'p> {
    pub input: Input<'p>,
    pub slots: &'p [Slot],
    /// That row.
    pub row: Batch,
}

impl Operator for Around<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(mut batch) = self.input.next(execution)? else { return Ok(None) };
        for slot in self.slots {
            // Only what the subquery reads is handed in.
            if let Some(Some(column)) = self.row.columns.get(slot.index()) {
                batch.set(slot.index(), column.gather(&vec![0; batch.rows]));
            }
        }
        Ok(Some(batch))
    }
}
