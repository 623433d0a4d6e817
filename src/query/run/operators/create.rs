//! CREATE: makes nodes and relations, row by row. It stands between two steps that read all rows first.

use super::{Input, Operator, making};
use crate::query::bind::tree::BoundCreate;
use crate::query::run::batch::Batch;
use crate::query::run::{Execution, Outcome};

pub(super) struct Create<'p> {
    pub input: Input<'p>,
    pub create: &'p BoundCreate,
}

impl Operator for Create<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(mut batch) = self.input.next(execution)? else { return Ok(None) };
        making::make(execution, self.create, &mut batch)?;
        Ok(Some(batch))
    }
}
