//! Filters over whole columns: which rows of those that are left a condition leaves.
//!
//! A comparison of a property with a constant reads the graph's own cells, row by row of what is left, and makes no
//! column; any other condition is evaluated for what is left.

use std::cmp::Ordering;

use super::numbers::holds;
use super::stored::{Places, Stored};
use super::{Evaluated, Evaluator, Operand, is_constant, part_for};
use crate::graph::{Cells, Presence};
use crate::model::{TextId, Value};
use crate::query::bind::bound::{BoundExpr, BoundExprKind, Slot};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::Batch;
use crate::query::syntax::ast::ComparisonOp;

/// `x.key op value`: the slot of x, the key, the comparison as seen from x, the value.
type Test<'e> = (Slot, &'e str, ComparisonOp, &'e BoundExpr);

/// Whether a condition is a comparison of a property with a constant: one that cannot fail, and costs little.
#[must_use]
pub fn is_plain_test(predicate: &BoundExpr) -> bool {
    test(predicate).is_some()
}

fn test(predicate: &BoundExpr) -> Option<Test<'_>> {
    let BoundExprKind::Comparison(left, rest) = &predicate.kind else { return None };
    let [(op, right)] = rest.as_slice() else { return None };
    let property = |expr: &'_ BoundExpr| match &expr.kind {
        BoundExprKind::Property(of, _) => match of.kind {
            BoundExprKind::Column(slot) => Some(slot),
            _ => None,
        },
        _ => None,
    };
    let (of, op, value) = match (property(left), property(right)) {
        (Some(_), None) if is_constant(right) => (&**left, *op, right),
        (None, Some(_)) if is_constant(left) => (right, turned(*op), &**left),
        _ => return None,
    };
    match &of.kind {
        BoundExprKind::Property(_, key) => Some((property(of)?, key, op, value)),
        _ => None,
    }
}

/// The comparison seen from its right side.
pub(super) fn turned(op: ComparisonOp) -> ComparisonOp {
    match op {
        ComparisonOp::Less => ComparisonOp::Greater,
        ComparisonOp::LessOrEqual => ComparisonOp::GreaterOrEqual,
        ComparisonOp::Greater => ComparisonOp::Less,
        ComparisonOp::GreaterOrEqual => ComparisonOp::LessOrEqual,
        ComparisonOp::Equal | ComparisonOp::NotEqual => op,
    }
}

impl Evaluator<'_> {
    /// Of the rows that are left (`None`: all), those in which a predicate is true, ascending.
    ///
    /// # Errors
    /// As [`Evaluator::truths`].
    pub fn sift(&self, predicate: &BoundExpr, batch: &Batch, left: Option<Vec<u32>>) -> Evaluated<Option<Vec<u32>>> {
        if let Some(test) = test(predicate)
            && batch.rows > 0
            && let Some(kept) = self.sift_stored(test, batch, left.as_deref())?
        {
            return Ok(Some(kept));
        }
        let Some(left) = left else {
            let kept = self.truths(predicate, batch)?;
            return Ok((kept.len() < batch.rows).then_some(kept));
        };
        let kept = self.truths(predicate, &part_for(predicate, batch, &left))?;
        Ok(Some(kept.into_iter().map(|row| left[row as usize]).collect()))
    }

    /// `None` where the graph's cells cannot be read as they lie, or are of another type than the constant.
    fn sift_stored(&self, test: Test<'_>, batch: &Batch, left: Option<&[u32]>) -> Evaluated<Option<Vec<u32>>> {
        let (slot, key, op, value) = test;
        let graph = self.graph();
        let Some(stored) = graph.key_id(key).and_then(|key| Stored::of(graph, batch.column(slot.index()), key)) else {
            return Ok(None);
        };
        let Operand::Constant(value) = self.operand(value, batch)? else { return Ok(None) };
        let sift = Sift { places: stored.rows, left, rows: batch.rows };
        let column = stored.column;
        Ok(match (&column.cells, value) {
            (Cells::Narrow(cells), Value::Int(int)) => Some(match i32::try_from(int) {
                Ok(int) => sift.by_order(op, (cells, stored.presence), |cell| cell.cmp(&int)),
                // Beyond 32 bits, a number compares with all cells alike.
                Err(_) => sift.by_order(op, (cells, stored.presence), |cell| i64::from(*cell).cmp(&int)),
            }),
            (Cells::Int(cells), Value::Int(int)) => {
                Some(sift.by_order(op, (cells, stored.presence), |cell| cell.cmp(&int)))
            }
            (Cells::Float(cells), Value::Float(float)) => {
                Some(sift.by(cells, stored.presence, |cell| holds(op, cell, &float)))
            }
            (Cells::Text(cells), Value::Text(text)) if matches!(op, ComparisonOp::Equal | ComparisonOp::NotEqual) => {
                let wanted = graph.base().texts().find(&text).unwrap_or(TextId::NONE);
                let all = Presence::All;
                let presence = if is_injected(Fault::NullDiffers) { &all } else { stored.presence };
                Some(match op {
                    ComparisonOp::Equal => sift.by(cells, presence, |cell| *cell == wanted),
                    _ => sift.by(cells, presence, |cell| *cell != wanted),
                })
            }
            _ => None,
        })
    }
}

/// Rows to be sifted by what lies at their places.
struct Sift<'b> {
    places: Places<'b>,
    left: Option<&'b [u32]>,
    rows: usize,
}

impl Sift<'_> {
    /// By how each cell compares.
    #[inline]
    fn by_order<T>(&self, op: ComparisonOp, cells: (&[T], &Presence), order: impl Fn(&T) -> Ordering) -> Vec<u32> {
        let (cells, presence) = cells;
        match op {
            ComparisonOp::Equal => self.by(cells, presence, |cell| order(cell).is_eq()),
            ComparisonOp::NotEqual => self.by(cells, presence, |cell| order(cell).is_ne()),
            ComparisonOp::Less if is_injected(Fault::LessOrEqual) => {
                self.by(cells, presence, |cell| order(cell).is_le())
            }
            ComparisonOp::Less => self.by(cells, presence, |cell| order(cell).is_lt()),
            ComparisonOp::LessOrEqual => self.by(cells, presence, |cell| order(cell).is_le()),
            ComparisonOp::Greater => self.by(cells, presence, |cell| order(cell).is_gt()),
            ComparisonOp::GreaterOrEqual => self.by(cells, presence, |cell| order(cell).is_ge()),
        }
    }

    /// By a test of the cell; a row without one is out.
    #[inline]
    fn by<T>(&self, cells: &[T], presence: &Presence, passes: impl Fn(&T) -> bool) -> Vec<u32> {
        match (presence, self.places, self.left) {
            (Presence::All, Places::Run(start, _), None) => {
                self.keep((0..).zip(&cells[start..start + self.rows]).map(|(row, cell)| (row, passes(cell))))
            }
            (Presence::All, Places::Run(start, _), Some(left)) => {
                let cells = &cells[start..start + self.rows];
                self.keep(left.iter().map(|row| (*row, passes(&cells[*row as usize]))))
            }
            (Presence::All, places, _) => self.keep_by(|row| passes(&cells[places.at(row)])),
            (Presence::Bitmap(words), places, _) => {
                let words: &[u64] = words;
                self.keep_by(|row| {
                    let place = places.at(row);
                    (words[place / 64] >> (place % 64) & 1 == 1) & passes(&cells[place])
                })
            }
            (Presence::Rows(_) | Presence::Run { .. }, places, _) => {
                self.keep_by(|row| presence.cell(places.at(row)).is_some_and(|cell| passes(&cells[cell])))
            }
        }
    }

    #[inline]
    fn keep_by(&self, passes: impl Fn(usize) -> bool) -> Vec<u32> {
        match self.left {
            Some(left) => self.keep(left.iter().map(|row| (*row, passes(*row as usize)))),
            None => self.keep((0u32..).zip(0..self.rows).map(|(number, row)| (number, passes(row)))),
        }
    }

    /// Each row is written down and overwritten if it does not pass: no branch to foresee.
    #[inline]
    fn keep(&self, rows: impl Iterator<Item = (u32, bool)>) -> Vec<u32> {
        let mut kept = vec![0; self.left.map_or(self.rows, <[u32]>::len)];
        let mut count = 0;
        for (row, passes) in rows {
            kept[count] = row;
            count += usize::from(passes);
        }
        kept.truncate(count);
        kept
    }
}
