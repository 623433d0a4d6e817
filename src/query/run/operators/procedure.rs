//! CALL of a procedure: for each row, the rows that it yields; a void one leaves the rows as they are.

use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::writing::BoundProcedure;
use crate::query::functions::Context;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::{ExpressionError, Row};
use crate::query::run::{Execution, Outcome};

pub(super) struct CallProcedure<'p> {
    pub input: Input<'p>,
    pub call: &'p BoundProcedure,
}

impl Operator for CallProcedure<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let mut rows = Vec::new();
        let mut columns: Vec<Vec<Value>> = vec![Vec::new(); self.call.yields.len()];
        for row in 0..batch.rows {
            execution.token.check()?;
            let found = self.answer(execution, &batch, row)?;
            rows.resize(rows.len() + found.len(), u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
            for values in found {
                columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
            }
        }
        let mut out = batch.gather(&rows);
        for (column, slot) in columns.into_iter().zip(self.call.slots()) {
            out.set(slot.index(), Column::from_values(column));
        }
        Ok(Some(out))
    }
}

impl CallProcedure<'_> {
    /// What the procedure yields for a row, in the columns that go on.
    fn answer(&self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Vec<Vec<Value>>> {
        let BoundProcedure { procedure, arguments, yields, filter, optional, span } = self.call;
        let arguments = execution.evaluate(|evaluator| {
            arguments.iter().map(|each| evaluator.value(each, Row { batch, index: row })).collect::<Result<Vec<_>, _>>()
        })?;
        let found = {
            let graph = execution.graph.borrow();
            let context = Context { graph: &graph, clock: execution.setting.clock, random: execution.setting.random };
            procedure.call(&context, arguments).map_err(|error| ExpressionError::at(*span, error))?
        };
        if self.call.is_void() {
            return Ok(vec![Vec::new()]);
        }
        let pick = |values: Vec<Value>| -> Vec<Value> { yields.iter().map(|(at, _)| values[*at].clone()).collect() };
        let mut found: Vec<Vec<Value>> = found.into_iter().map(pick).collect();
        if let Some(filter) = filter {
            found = self.passing(execution, filter, batch, row, &found)?;
        }
        if found.is_empty() && *optional {
            found.push(vec![Value::Null; yields.len()]);
        }
        Ok(found)
    }

    fn passing(
        &self,
        execution: &Execution<'_>,
        filter: &crate::query::bind::bound::BoundExpr,
        batch: &Batch,
        row: usize,
        found: &[Vec<Value>],
    ) -> Outcome<Vec<Vec<Value>>> {
        let outer = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
        let mut beside = batch.gather(&vec![outer; found.len()]);
        for (at, slot) in self.call.slots().enumerate() {
            beside.set(slot.index(), Column::from_values(found.iter().map(|values| values[at].clone()).collect()));
        }
        let passing = execution.evaluate(|evaluator| evaluator.truths(filter, &beside))?;
        Ok(passing.into_iter().map(|row| found[row as usize].clone()).collect())
    }
}
