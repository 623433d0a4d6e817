//! CALL { … }: for each row, the rows of a subquery.

use super::{Input, Operator, resume};
use crate::model::Value;
use crate::query::bind::bound::Slot;
use crate::query::plan::Pipeline;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Call<'p> {
    input: Input<'p>,
    inner: &'p Pipeline,
    output: &'p [Slot],
    optional: bool,
    returns: bool,
    at: Option<(Batch, usize)>,
}

impl<'p> Call<'p> {
    pub(super) fn new(
        input: Input<'p>,
        inner: &'p Pipeline,
        output: &'p [Slot],
        optional: bool,
        returns: bool,
    ) -> Self {
        Self { input, inner, output, optional, returns, at: None }
    }

    /// The rows of the subquery for one row, beside that row's own columns.
    fn answer(&self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Vec<Batch>> {
        let row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
        let outer = batch.gather(&[row]);
        let mut inner = super::build(self.inner, outer.clone());
        let mut found = Vec::new();
        while let Some(part) = inner.next(execution)? {
            execution.token.check()?;
            if part.rows > 0 && self.returns {
                let mut joined = batch.gather(&vec![row; part.rows]);
                for slot in self.output {
                    if let Some(Some(column)) = part.columns.get(slot.index()) {
                        joined.set_shared(slot.index(), column.clone());
                    }
                }
                found.push(joined);
            }
        }
        if !self.returns {
            found.push(outer);
        } else if found.is_empty() && self.optional {
            let mut joined = outer;
            for slot in self.output {
                joined.set(slot.index(), Column::Values(vec![Value::Null]));
            }
            found.push(joined);
        }
        Ok(found)
    }
}

impl Operator for Call<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let Some((batch, row)) = resume(&mut self.at, &mut self.input, execution)? else { return Ok(None) };
            if row == batch.rows {
                continue;
            }
            let found = self.answer(execution, &batch, row)?;
            self.at = Some((batch, row + 1));
            if !found.is_empty() {
                return Ok(Some(super::sort::concatenate(&found)));
            }
        }
    }
}
