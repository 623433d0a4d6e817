//! MERGE: for each row, all that the pattern matches, or else what it makes. Each row sees what the rows before made.

use super::change::change_row;
use super::sort::concatenate;
use super::{Input, Operator, making};
use crate::query::bind::bound::{BoundExpr, BoundExprKind, MapPiece};
use crate::query::bind::tree::BoundCreate;
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::ErrorClass;
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::Merge as Plan;
use crate::query::run::batch::Batch;
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome, RunError};

pub(super) struct Merge<'p> {
    pub input: Input<'p>,
    pub merge: &'p Plan,
}

impl Operator for Merge<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let mut rows = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            execution.token.check()?;
            let row = batch.gather(&[u32::try_from(row).expect("a batch has fewer than 2^32 rows")]);
            rows.extend(self.find_or_make(execution, row)?);
        }
        Ok(Some(concatenate(&rows)))
    }
}

impl Merge<'_> {
    fn find_or_make(&self, execution: &Execution<'_>, mut row: Batch) -> Outcome<Vec<Batch>> {
        self.refuse_nulls(execution, &row)?;
        let mut sought = super::build(&self.merge.sought, row.clone());
        let mut found = Vec::new();
        while let Some(batch) = sought.next(execution)? {
            if batch.rows > 0 && !is_injected(Fault::MergeMakesAlways) {
                found.push(batch);
            }
        }
        if found.is_empty() {
            making::make(execution, &self.merge.create, &mut row)?;
            change_row(execution, &self.merge.on_create, &row, 0)?;
            return Ok(vec![row]);
        }
        for batch in &found {
            for row in 0..batch.rows {
                change_row(execution, &self.merge.on_match, batch, row)?;
            }
        }
        Ok(found)
    }

    /// Nothing equals null: what is made with a null would never be found again.
    fn refuse_nulls(&self, execution: &Execution<'_>, row: &Batch) -> Outcome<()> {
        let create = &self.merge.create;
        let nodes = create.nodes.iter().filter_map(|node| node.properties.as_ref());
        for expr in nodes.chain(create.rels.iter().filter_map(|rel| rel.properties.as_ref())) {
            let BoundExprKind::Map(pieces) = &expr.kind else { continue };
            for piece in pieces {
                let MapPiece::Entry(key, value) = piece else { continue };
                if reads_own(create, value) {
                    continue;
                }
                let found = execution.evaluate(|evaluator| evaluator.value(value, Row { batch: row, index: 0 }))?;
                if found.is_null() {
                    let message = format!("MERGE finds nothing by a null, and `{key}` is null here");
                    return Err(RunError::at(value.span, ErrorClass::SemanticError, "MergeReadOwnWrites", message));
                }
            }
        }
        Ok(())
    }
}

/// Whether an expression reads what the same MERGE brings in: that is not there before it is found or made.
fn reads_own(create: &BoundCreate, expr: &BoundExpr) -> bool {
    let own = create.nodes.iter().map(|node| node.slot).chain(create.rels.iter().map(|rel| rel.slot));
    let own: Vec<_> = own.collect();
    columns_of(expr).is_none_or(|columns| columns.iter().any(|slot| own.contains(slot)))
}
