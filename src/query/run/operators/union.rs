//! UNION: the rows of each branch, under the same columns. The branches start from the same rows.

use super::eager::read_all;
use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::Slot;
use crate::query::plan::Pipeline;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Union<'p> {
    input: Input<'p>,
    branches: &'p [(Pipeline, Vec<Slot>)],
    output: &'p [Slot],
    rows: Option<Batch>,
    present: Option<Input<'p>>,
    next: usize,
}

impl<'p> Union<'p> {
    pub(super) fn new(input: Input<'p>, branches: &'p [(Pipeline, Vec<Slot>)], output: &'p [Slot]) -> Self {
        Self { input, branches, output, rows: None, present: None, next: 0 }
    }
}

impl Operator for Union<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        if self.rows.is_none() {
            let all = read_all(&mut *self.input, execution)?;
            self.rows = Some(super::sort::concatenate(&all));
        }
        loop {
            if let Some(present) = &mut self.present {
                if let Some(batch) = present.next(execution)? {
                    let (_, slots) = &self.branches[self.next - 1];
                    let mut out = Batch { columns: Vec::new(), rows: batch.rows };
                    for (from, to) in slots.iter().zip(self.output) {
                        if let Some(Some(column)) = batch.columns.get(from.index()) {
                            out.set_shared(to.index(), column.clone());
                        }
                    }
                    // A branch that rests on nothing carries no evidence, though others do.
                    for to in self.output.iter().skip(slots.len()) {
                        out.set(to.index(), Column::Values(vec![Value::list(Vec::new()); batch.rows]));
                    }
                    return Ok(Some(out));
                }
                self.present = None;
            }
            let Some((branch, _)) = self.branches.get(self.next) else { return Ok(None) };
            self.next += 1;
            let rows = self.rows.clone().expect("read above");
            self.present = Some(super::build(branch, rows));
        }
    }
}
