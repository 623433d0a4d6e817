//! Filters over whole columns: which rows of those that are left a condition leaves.
//!
//! A comparison of a property with a constant reads the graph's own cells, row by row of what is left, and makes no
//! column; any other condition is evaluated for what is left.

use std::cmp::Ordering;

use super::stored::{Places, Stored};
use super::{Evaluated, Evaluator, Operand, part_for};
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
    let is_constant = |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Constant(_) | BoundExprKind::Parameter(_));
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
        let is_whole = column.presence == Presence::All;
        Ok(match (&column.cells, value) {
            (Cells::Narrow(cells), Value::Int(int)) if is_whole => {
                let cells: &[i32] = cells;
                // Beyond 32 bits, a number compares with all cells alike.
                match i32::try_from(int) {
                    Ok(int) => Some(sift.by_order(op, |row| Some(cells[row].cmp(&int)))),
                    Err(_) => Some(sift.by_order(op, |row| Some(i64::from(cells[row]).cmp(&int)))),
                }
            }
            (Cells::Narrow(_) | Cells::Int(_), Value::Int(int)) => {
                Some(sift.by_order(op, |row| column.int(row).map(|cell| cell.cmp(&int))))
            }
            (Cells::Text(cells), Value::Text(text)) if matches!(op, ComparisonOp::Equal | ComparisonOp::NotEqual) => {
                let wanted = graph.base().texts().find(&text).unwrap_or(TextId::NONE);
                let missing = is_injected(Fault::NullDiffers).then_some(TextId::NONE);
                let cells: &[TextId] = cells;
                Some(match (op, is_whole) {
                    (ComparisonOp::Equal, true) => sift.by(|row| cells[row] == wanted),
                    (ComparisonOp::Equal, false) => sift.by(|row| column.text(row) == Some(wanted)),
                    (_, true) => sift.by(|row| cells[row] != wanted),
                    (_, false) => sift.by(|row| column.text(row).or(missing).is_some_and(|code| code != wanted)),
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
    /// By how each compares; one without an order is out.
    #[inline]
    fn by_order(&self, op: ComparisonOp, order: impl Fn(usize) -> Option<Ordering>) -> Vec<u32> {
        match op {
            ComparisonOp::Equal => self.by(|row| order(row).is_some_and(Ordering::is_eq)),
            ComparisonOp::NotEqual => self.by(|row| order(row).is_some_and(Ordering::is_ne)),
            ComparisonOp::Less if is_injected(Fault::LessOrEqual) => {
                self.by(|row| order(row).is_some_and(Ordering::is_le))
            }
            ComparisonOp::Less => self.by(|row| order(row).is_some_and(Ordering::is_lt)),
            ComparisonOp::LessOrEqual => self.by(|row| order(row).is_some_and(Ordering::is_le)),
            ComparisonOp::Greater => self.by(|row| order(row).is_some_and(Ordering::is_gt)),
            ComparisonOp::GreaterOrEqual => self.by(|row| order(row).is_some_and(Ordering::is_ge)),
        }
    }

    /// By a test of the place. Each row is written down and overwritten if it does not pass: no branch to foresee.
    #[inline]
    fn by(&self, passes: impl Fn(usize) -> bool) -> Vec<u32> {
        let mut kept = vec![0; self.left.map_or(self.rows, <[u32]>::len)];
        let mut count = 0;
        let mut offer = |row: u32, place: usize| {
            kept[count] = row;
            count += usize::from(passes(place));
        };
        match (self.left, self.places) {
            (Some(left), places) => left.iter().for_each(|row| offer(*row, places.at(*row as usize))),
            (None, Places::Nodes(nodes)) => (0..).zip(nodes).for_each(|(row, node)| offer(row, node.index())),
            (None, Places::Edges(edges, first)) => {
                (0..).zip(edges).for_each(|(row, edge)| offer(row, (edge.0 - first) as usize));
            }
        }
        kept.truncate(count);
        kept
    }
}
