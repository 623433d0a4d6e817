//! OPTIONAL MATCH: for each row the rows of the inner pipeline, and where there are none, the row with nulls.
//!
//! The inner pipeline runs once for a whole batch. Each row carries its number in a hidden column, so that those
//! without an answer are known afterwards; they come after the others of their batch.

use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::Slot;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Pipeline;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Optional<'p> {
    input: Input<'p>,
    inner: &'p Pipeline,
    fills: &'p [Slot],
    /// The batch being answered, its inner operators, and which of its rows have an answer.
    at: Option<(Batch, Input<'p>, Vec<bool>)>,
}

impl<'p> Optional<'p> {
    pub(super) fn new(input: Input<'p>, inner: &'p Pipeline, fills: &'p [Slot]) -> Self {
        Self { input, inner, fills, at: None }
    }

    /// The rows without an answer, with nulls.
    fn unanswered(&self, batch: &Batch, answered: &[bool]) -> Batch {
        let is_lost = is_injected(Fault::UnansweredLost) && answered.contains(&true);
        let rows = (0..batch.rows).filter(|row| !answered[*row] && !is_lost);
        let rows: Vec<u32> = rows.map(|row| u32::try_from(row).expect("a batch has fewer than 2^32 rows")).collect();
        let mut out = batch.gather(&rows);
        for slot in self.fills {
            out.set(slot.index(), Column::Values(vec![Value::Null; rows.len()]));
        }
        out
    }
}

impl Operator for Optional<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let number = execution.plan.slots as usize;
        let (batch, mut inner, mut answered) = match self.at.take() {
            Some(at) => at,
            None => {
                let Some(batch) = self.input.next(execution)? else { return Ok(None) };
                let mut numbered = batch.clone();
                let numbers = (0..batch.rows).map(|row| i64::try_from(row).expect("a row's number")).collect();
                numbered.set(number, Column::Ints(numbers));
                let answered = vec![false; batch.rows];
                (batch, super::build(self.inner, numbered), answered)
            }
        };
        match inner.next(execution)? {
            Some(mut found) => {
                if found.rows > 0 {
                    let column = found.column(number);
                    for row in 0..found.rows {
                        if let Value::Int(int) = column.value(row) {
                            answered[usize::try_from(int).expect("a row's number")] = true;
                        }
                    }
                    found.columns.truncate(number);
                }
                self.at = Some((batch, inner, answered));
                Ok(Some(found))
            }
            None => Ok(Some(self.unanswered(&batch, &answered))),
        }
    }
}
