//! UNWIND: for each row, each element of a list. Null has none; anything else is a list of itself.

use std::sync::Arc;

use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Unwind<'p> {
    input: Input<'p>,
    list: &'p BoundExpr,
    slot: Slot,
    /// The batch being unwound: its lists, the row, and the place in its list.
    at: Option<(Batch, Arc<Column>, usize, usize)>,
}

impl<'p> Unwind<'p> {
    pub(super) fn new(input: Input<'p>, list: &'p BoundExpr, slot: Slot) -> Self {
        Self { input, list, slot, at: None }
    }
}

impl Operator for Unwind<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let (batch, lists, mut row, mut place) = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) => {
                        let lists = execution.evaluate(|evaluator| evaluator.column(self.list, &batch))?;
                        (batch, lists, 0, 0)
                    }
                    None => return Ok(None),
                },
            };
            let (mut rows, mut found) = (Vec::new(), Vec::new());
            while row < batch.rows && found.len() < BATCH_ROWS {
                let number = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
                match lists.value(row) {
                    Value::List(items) => {
                        let part = &items[place..(place + BATCH_ROWS - found.len()).min(items.len())];
                        found.extend_from_slice(part);
                        rows.resize(found.len(), number);
                        place += part.len();
                        if place < items.len() {
                            continue;
                        }
                    }
                    Value::Null => {}
                    single => {
                        found.push(single);
                        rows.push(number);
                    }
                }
                (row, place) = (row + 1, 0);
            }
            let mut out = batch.gather(&rows);
            if row < batch.rows {
                self.at = Some((batch, lists, row, place));
            }
            if !found.is_empty() {
                out.set(self.slot.index(), Column::from_values(found));
                return Ok(Some(out));
            }
        }
    }
}
