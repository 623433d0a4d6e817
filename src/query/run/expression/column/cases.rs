//! CASE by column: each branch is evaluated for those rows that come to it, and the pieces are put together.

use std::sync::Arc;

use super::{Evaluated, Evaluator, Operand, compared, part_for};
use crate::model::Value;
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::{Batch, Column};
use crate::query::syntax::ast::ComparisonOp;

/// CASE: what is compared, if anything is; the branches; what holds of the rows that no branch takes.
#[derive(Clone, Copy)]
pub(super) struct Case<'e> {
    pub operand: Option<&'e BoundExpr>,
    pub branches: &'e [(BoundExpr, BoundExpr)],
    pub otherwise: Option<&'e BoundExpr>,
}

/// What the branches have yielded.
struct Pieces {
    columns: Vec<Column>,
    /// The column of each row, and its row there.
    places: Vec<(u32, u32)>,
}

impl Evaluator<'_> {
    pub(super) fn cases(&self, case: Case<'_>, batch: &Batch) -> Evaluated<Column> {
        let operand = case.operand.map(|operand| self.column(operand, batch)).transpose()?;
        let mut pieces = Pieces { columns: Vec::new(), places: vec![(0, 0); batch.rows] };
        let mut left: Vec<u32> = (0u32..).take(batch.rows).collect();
        for (when, then) in case.branches {
            if left.is_empty() {
                break;
            }
            let part = part_for(when, batch, &left);
            let passed = match &operand {
                None => self.truths(when, &part)?,
                Some(operand) => {
                    let operand = Operand::Column(operand.gather(&left).into());
                    let holds = compared(ComparisonOp::Equal, &operand, &self.operand(when, &part)?, part.rows);
                    trues(&holds)
                }
            };
            let taken: Vec<u32> = passed.iter().map(|row| left[*row as usize]).collect();
            let mut passed = passed.into_iter().peekable();
            let mut number = 0..;
            left.retain(|_| passed.next_if_eq(&number.next().expect("counts on")).is_none());
            self.piece(then, batch, &taken, &mut pieces)?;
        }
        match case.otherwise.filter(|_| !is_injected(Fault::ElseForgotten)) {
            Some(otherwise) => self.piece(otherwise, batch, &left, &mut pieces)?,
            None => pieces.add(Column::Values(vec![Value::Null]), &left, true),
        }
        Ok(self.joined(pieces))
    }

    /// What some rows yield.
    fn piece(&self, expr: &BoundExpr, batch: &Batch, rows: &[u32], pieces: &mut Pieces) -> Evaluated<()> {
        if let Some(first) = rows.first() {
            let is_given = expr.is_given();
            let part = part_for(expr, batch, if is_given { std::slice::from_ref(first) } else { rows });
            let found = Arc::unwrap_or_clone(self.column(expr, &part)?);
            // Strings that are made row by row are not kept: there may be as many as rows.
            pieces.add(if is_given { self.memory.coded(found) } else { found }, rows, is_given);
        }
        Ok(())
    }

    /// The pieces as one column, as narrow as they are.
    fn joined(&self, Pieces { mut columns, places }: Pieces) -> Column {
        let is_null = |column: &Column| (0..column.len()).all(|row| super::is_null(column, row));
        let Some(like) = columns.iter().find(|column| !is_null(column)).cloned() else {
            return Column::Values(vec![Value::Null; places.len()]);
        };
        let is_foreign = |column: &Column| match (column, &like) {
            (Column::Texts(texts), Column::Texts(first)) => !texts.texts.is(&first.texts),
            _ => false,
        };
        let is_mixed = columns.iter().any(|column| !is_null(column) && is_foreign(column));
        for column in &mut columns {
            if is_null(column) {
                *column = like.nulls(column.len());
            }
            if let Column::Texts(texts) = column
                && is_mixed
            {
                *texts = self.memory.made_of(texts);
            }
        }
        Column::gather_from(&columns.iter().collect::<Vec<_>>(), &places)
    }
}

impl Pieces {
    /// Adds what some rows yield: a value for each, or one for all.
    fn add(&mut self, column: Column, rows: &[u32], is_one: bool) {
        let number = u32::try_from(self.columns.len()).expect("fewer branches than 2^32");
        self.columns.push(column);
        for (row, place) in rows.iter().zip(0u32..) {
            self.places[*row as usize] = (number, if is_one { 0 } else { place });
        }
    }
}

/// The rows that are true.
fn trues(column: &Column) -> Vec<u32> {
    let (Column::Bools(truths), present) = column.cells() else { return Vec::new() };
    let is_true = |row: &u32| {
        let row = *row as usize;
        truths[row] && present.is_none_or(|present| present[row])
    };
    (0u32..).take(truths.len()).filter(is_true).collect()
}
