//! ORDER BY: all rows, sorted by their keys; rows with equal keys stay in the order in which they came. With a limit,
//! no more rows than twice the limit are held.

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Sort<'p> {
    input: Input<'p>,
    keys: &'p [(BoundExpr, bool)],
    limit: Option<&'p BoundExpr>,
    sorted: Option<Sorted>,
}

/// The rows in order: batch and row of each.
struct Sorted {
    batches: Vec<Batch>,
    order: std::vec::IntoIter<(u32, u32)>,
}

struct Entry {
    keys: Vec<Value>,
    batch: u32,
    row: u32,
}

impl<'p> Sort<'p> {
    pub(super) fn new(input: Input<'p>, keys: &'p [(BoundExpr, bool)], limit: Option<&'p BoundExpr>) -> Self {
        Self { input, keys, limit, sorted: None }
    }

    fn sort(&mut self, execution: &Execution<'_>) -> Outcome<Sorted> {
        let limit = self.limit.map(|limit| execution.count(limit, "LIMIT")).transpose()?;
        let mut batches = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        while let Some(batch) = self.input.next(execution)? {
            execution.token.check()?;
            if batch.rows == 0 {
                continue;
            }
            execution.token.hold(batch.rows * (32 + 24 * self.keys.len()))?;
            let number = u32::try_from(batches.len()).expect("fewer than 2^32 batches");
            entries.extend(self.entries(execution, &batch, number)?);
            batches.push(batch);
            if let Some(limit) = limit
                && entries.len() > limit.saturating_mul(2).max(BATCH_ROWS)
            {
                self.shorten(&mut batches, &mut entries, limit);
            }
        }
        entries.sort_by(|a, b| self.compare(a, b));
        if let Some(limit) = limit {
            entries.truncate(limit);
        }
        let order: Vec<_> = entries.into_iter().map(|entry| (entry.batch, entry.row)).collect();
        Ok(Sorted { batches, order: order.into_iter() })
    }

    fn entries(&self, execution: &Execution<'_>, batch: &Batch, number: u32) -> Outcome<Vec<Entry>> {
        let columns = self
            .keys
            .iter()
            .map(|(expr, _)| execution.evaluate(|evaluator| evaluator.column(expr, batch)))
            .collect::<Result<Vec<_>, _>>()?;
        let rows = 0..u32::try_from(batch.rows).expect("a batch has fewer than 2^32 rows");
        let entries = rows.map(|row| Entry {
            keys: columns.iter().map(|column| column.value(row as usize)).collect(),
            batch: number,
            row,
        });
        Ok(entries.collect())
    }

    fn compare(&self, a: &Entry, b: &Entry) -> Ordering {
        for ((x, y), (_, descending)) in a.keys.iter().zip(&b.keys).zip(self.keys) {
            let order = x.sort_order(y);
            let order = if *descending { order.reverse() } else { order };
            if order.is_ne() {
                return order;
            }
        }
        (a.batch, a.row).cmp(&(b.batch, b.row))
    }

    /// Drops all but the first rows, and the batches that only dropped rows needed.
    fn shorten(&self, batches: &mut Vec<Batch>, entries: &mut Vec<Entry>, limit: usize) {
        entries.sort_by(|a, b| self.compare(a, b));
        entries.truncate(limit - usize::from(limit > 0 && is_injected(Fault::DropsOneTooMany)));
        // The order of arrival decides between equal keys, so rows are gathered in that order.
        let mut arrived: Vec<usize> = (0..entries.len()).collect();
        arrived.sort_by_key(|entry| (entries[*entry].batch, entries[*entry].row));
        let rows: Vec<(u32, u32)> = arrived.iter().map(|entry| (entries[*entry].batch, entries[*entry].row)).collect();
        let gathered = gather(batches, &rows);
        for (row, entry) in arrived.into_iter().enumerate() {
            entries[entry].batch = 0;
            entries[entry].row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
        }
        *batches = vec![gathered];
    }
}

/// The rows of several batches in a given order, as one batch.
fn gather(batches: &[Batch], rows: &[(u32, u32)]) -> Batch {
    let Some(first) = batches.first() else { return Batch::default() };
    if batches.len() == 1 {
        return first.gather(&rows.iter().map(|(_, row)| *row).collect::<Vec<_>>());
    }
    let width = batches.iter().map(|batch| batch.columns.len()).max().unwrap_or(0);
    let mut out = Batch { columns: vec![None; width], rows: rows.len() };
    for slot in 0..width {
        if first.columns.get(slot).is_none_or(Option::is_none) {
            continue;
        }
        let values = rows.iter().map(|(batch, row)| batches[*batch as usize].column(slot).value(*row as usize));
        out.columns[slot] = Some(Arc::new(Column::from_values(values.collect())));
    }
    out
}

impl Operator for Sort<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        if self.sorted.is_none() {
            self.sorted = Some(self.sort(execution)?);
        }
        let sorted = self.sorted.as_mut().expect("sorted above");
        let part: Vec<_> = sorted.order.by_ref().take(BATCH_ROWS).collect();
        Ok((!part.is_empty()).then(|| gather(&sorted.batches, &part)))
    }
}

/// Several batches as one.
pub(super) fn concatenate(batches: &[Batch]) -> Batch {
    match batches {
        [] => Batch::default(),
        [single] => single.clone(),
        several => {
            let number = |number: usize| u32::try_from(number).expect("fewer than 2^32 rows and batches");
            let rows = several.iter().enumerate();
            let rows = rows.flat_map(|(at, batch)| (0..batch.rows).map(move |row| (number(at), number(row))));
            gather(several, &rows.collect::<Vec<_>>())
        }
    }
}
