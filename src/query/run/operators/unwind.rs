//! UNWIND: for each row, each element of a list. Null has none; anything else is a list of itself.

use std::sync::Arc;

use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome};

pub(super) struct Unwind<'p> {
    input: Input<'p>,
    list: &'p BoundExpr,
    slot: Slot,
    at: Option<Place>,
}

/// How far the unwinding of a batch has come. One list is held at a time: a batch of long lists would not fit.
struct Place {
    batch: Batch,
    row: usize,
    /// The list of that row, and its next element.
    list: Option<(Arc<Vec<Value>>, usize)>,
}

impl<'p> Unwind<'p> {
    pub(super) fn new(input: Input<'p>, list: &'p BoundExpr, slot: Slot) -> Self {
        Self { input, list, slot, at: None }
    }

    fn list_of(&self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Arc<Vec<Value>>> {
        let value = execution.evaluate(|evaluator| evaluator.value(self.list, Row { batch, index: row }))?;
        Ok(match value {
            Value::List(items) => items,
            Value::Null => Arc::default(),
            single => Arc::new(vec![single]),
        })
    }
}

impl Operator for Unwind<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let mut at = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) => Place { batch, row: 0, list: None },
                    None => return Ok(None),
                },
            };
            let (mut rows, mut found) = (Vec::new(), Vec::new());
            while at.row < at.batch.rows && found.len() < BATCH_ROWS {
                execution.token.step()?;
                let (items, next) = match at.list.take() {
                    Some(list) => list,
                    None => (self.list_of(execution, &at.batch, at.row)?, 0),
                };
                let end = (next + BATCH_ROWS - found.len()).min(items.len());
                found.extend_from_slice(&items[next..end]);
                rows.resize(found.len(), u32::try_from(at.row).expect("a batch has fewer than 2^32 rows"));
                if end < items.len() {
                    at.list = Some((items, end));
                } else {
                    at.row += 1;
                }
            }
            let mut out = at.batch.gather(&rows);
            if at.row < at.batch.rows {
                self.at = Some(at);
            }
            if !found.is_empty() {
                out.set(self.slot.index(), Column::from_values(found));
                return Ok(Some(out));
            }
        }
    }
}
