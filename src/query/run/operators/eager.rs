//! All rows first: what comes after may change what is read before.

use super::{Input, Operator};
use crate::query::run::batch::Batch;
use crate::query::run::{Execution, Outcome};

pub(super) struct Eager<'p> {
    input: Input<'p>,
    rows: Option<std::vec::IntoIter<Batch>>,
}

impl<'p> Eager<'p> {
    pub(super) fn new(input: Input<'p>) -> Self {
        Self { input, rows: None }
    }
}

/// Reads an input to its end, and notes what it holds.
pub(super) fn read_all(input: &mut dyn Operator, execution: &Execution<'_>) -> Outcome<Vec<Batch>> {
    let mut batches = Vec::new();
    while let Some(batch) = input.next(execution)? {
        execution.token.check()?;
        if batch.rows > 0 {
            execution.token.hold(bytes(&batch))?;
            batches.push(batch);
        }
    }
    Ok(batches)
}

/// About how many bytes a batch holds.
pub(super) fn bytes(batch: &Batch) -> usize {
    let columns = batch.columns.iter().filter(|column| column.is_some()).count();
    batch.rows * columns * 16
}

impl Operator for Eager<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        if self.rows.is_none() {
            self.rows = Some(read_all(&mut *self.input, execution)?.into_iter());
        }
        Ok(self.rows.as_mut().expect("read above").next())
    }
}
