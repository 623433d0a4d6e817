//! FOREACH: for each row and each element of a list, the changes of the inner pipeline. The rows stay as they are.

use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::functions::ErrorClass;
use crate::query::plan::Pipeline;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome, RunError};

pub(super) struct Foreach<'p> {
    pub input: Input<'p>,
    pub list: &'p BoundExpr,
    pub slot: Slot,
    pub inner: &'p Pipeline,
}

impl Operator for Foreach<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        for row in 0..batch.rows {
            let value =
                execution.evaluate(|evaluator| evaluator.value(self.list, Row { batch: &batch, index: row }))?;
            let items = match value {
                Value::List(items) => items,
                Value::Null => continue,
                other => {
                    let message = format!("the elements come from a list, and this is a {}", other.type_name());
                    return Err(RunError::at(self.list.span, ErrorClass::TypeError, "InvalidArgumentType", message));
                }
            };
            let outer = batch.gather(&[u32::try_from(row).expect("a batch has fewer than 2^32 rows")]);
            for item in items.iter() {
                execution.token.check()?;
                let mut row = outer.clone();
                row.set(self.slot.index(), Column::from_values(vec![item.clone()]));
                let mut inner = super::build(self.inner, row);
                while inner.next(execution)?.is_some() {}
            }
        }
        Ok(Some(batch))
    }
}
