//! ORDER BY: all rows, sorted by their keys; rows with equal keys stay in the order in which they came. With a limit,
//! no more rows than twice the limit are held, and a row that comes too late is told by one comparison.

use std::cmp::Ordering;
use std::sync::Arc;

use super::states::order_of_floats;
use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Sort<'p> {
    input: Input<'p>,
    keys: &'p [(BoundExpr, bool)],
    limit: Option<&'p BoundExpr>,
    live: &'p Live,
    sorted: Option<Sorted>,
}

/// The rows in order: batch and row of each.
struct Sorted {
    batches: Vec<Batch>,
    order: std::vec::IntoIter<Place>,
}

/// So many batches are held before those rows of them are gathered that may be among the first.
const BATCHES: usize = if cfg!(feature = "faults") { 2 } else { 64 };

/// A row: the number of its batch, and its number there.
type Place = (u32, u32);

/// The rows that are held while sorting.
struct Held<'p> {
    keys: &'p [(BoundExpr, bool)],
    limit: Option<usize>,
    /// Their batches, with the keys as hidden columns from this slot on.
    batches: Vec<Batch>,
    first_key: usize,
    places: Vec<Place>,
    /// The last of the first rows, once there are as many as the limit: none behind it is wanted.
    last: Option<Place>,
}

impl<'p> Sort<'p> {
    pub(super) fn new(
        input: Input<'p>,
        keys: &'p [(BoundExpr, bool)],
        limit: Option<&'p BoundExpr>,
        live: &'p Live,
    ) -> Self {
        Self { input, keys, limit, live, sorted: None }
    }

    fn sort(&mut self, execution: &Execution<'_>) -> Outcome<Sorted> {
        let limit = self.limit.map(|limit| execution.count(limit, "LIMIT")).transpose()?;
        // Operators have one hidden column besides, the first behind the slots.
        let first_key = execution.plan.slots as usize + 1;
        let mut held = Held { keys: self.keys, limit, batches: Vec::new(), first_key, places: Vec::new(), last: None };
        while let Some(mut batch) = self.input.next(execution)? {
            execution.token.check()?;
            if batch.rows == 0 {
                continue;
            }
            for (number, (expr, _)) in self.keys.iter().enumerate() {
                let column = execution.evaluate(|evaluator| evaluator.column(expr, &batch))?;
                batch.set_shared(first_key + number, column);
            }
            let before = held.places.len();
            held.take(batch);
            execution.token.hold(held.places.len().saturating_sub(before) * (32 + 24 * self.keys.len()))?;
            if let Some(limit) = limit
                && held.batches.len() > BATCHES
            {
                held.gather(limit);
            }
        }
        let mut places = std::mem::take(&mut held.places);
        places.sort_by(|a, b| held.compare(*a, *b));
        if let Some(limit) = limit {
            places.truncate(limit);
        }
        let mut batches = held.batches;
        batches.iter_mut().for_each(|batch| self.drop_unread(batch, first_key));
        Ok(Sorted { batches, order: places.into_iter() })
    }

    fn drop_unread(&self, batch: &mut Batch, first_key: usize) {
        batch.columns.truncate(first_key);
        for (slot, column) in batch.columns.iter_mut().enumerate() {
            if !self.live.reads(slot) {
                *column = None;
            }
        }
    }
}

impl Held<'_> {
    /// Takes the rows of a batch that may be among the first.
    fn take(&mut self, batch: Batch) {
        let number = u32::try_from(self.batches.len()).expect("fewer than 2^32 batches");
        let rows = u32::try_from(batch.rows).expect("a batch has fewer than 2^32 rows");
        self.batches.push(batch);
        let full = self.limit.map_or(usize::MAX, |limit| limit.saturating_mul(2).max(BATCH_ROWS));
        let mut is_needed = false;
        for row in self.candidates(number, rows) {
            if self.comes_too_late((number, row)) {
                continue;
            }
            self.places.push((number, row));
            is_needed = true;
            if self.places.len() >= full {
                self.shorten(full / 2);
            }
        }
        if !is_needed {
            self.batches.pop();
        }
    }

    /// The rows of a batch that may be among the first, as far as their first key tells.
    fn candidates(&self, batch: u32, rows: u32) -> Vec<u32> {
        let all = 0..rows;
        let Some(last) = self.last else { return all.collect() };
        let key = |place: Place| self.batches[place.0 as usize].column(self.first_key).cells();
        let ((cells, present), (bounds, known), descends) = (key((batch, 0)), key(last), self.keys[0].1);
        if known.is_some_and(|known| !known[last.1 as usize]) {
            return all.collect();
        }
        // Null comes last, and first where the order descends.
        let is_there = |row: u32| present.is_none_or(|present| present[row as usize]);
        let kept = |is_early: &dyn Fn(usize) -> bool| {
            all.clone().filter(|row| if is_there(*row) { is_early(*row as usize) } else { descends }).collect()
        };
        match (cells, bounds) {
            (Column::Ints(ints), Column::Ints(bounds)) => {
                let bound = bounds[last.1 as usize];
                if descends { kept(&|row| ints[row] >= bound) } else { kept(&|row| ints[row] <= bound) }
            }
            (Column::Floats(floats), Column::Floats(bounds)) => {
                let bound = bounds[last.1 as usize];
                let order = |row: usize| order_of_floats(floats[row], bound);
                if descends { kept(&|row| order(row).is_ge()) } else { kept(&|row| order(row).is_le()) }
            }
            _ => all.collect(),
        }
    }

    /// Whether there are enough rows before this one.
    fn comes_too_late(&self, place: Place) -> bool {
        self.last.is_some_and(|last| self.compare(place, last).is_gt())
    }

    /// Drops all rows but the first; `least` is at least the limit.
    fn shorten(&mut self, least: usize) {
        let limit = self.limit.unwrap_or(least);
        let limit = limit - usize::from(limit > 0 && is_injected(Fault::DropsOneTooMany));
        let mut places = std::mem::take(&mut self.places);
        if limit > 0 && limit < places.len() {
            let (_, last, _) = places.select_nth_unstable_by(limit - 1, |a, b| self.compare(*a, *b));
            self.last = Some(*last);
        }
        places.truncate(limit);
        self.places = places;
    }

    fn compare(&self, a: Place, b: Place) -> Ordering {
        for (number, (_, descending)) in self.keys.iter().enumerate() {
            let key = |place: Place| self.batches[place.0 as usize].column(self.first_key + number);
            let order = order((key(a), a.1 as usize), (key(b), b.1 as usize));
            if order.is_ne() {
                return if *descending { order.reverse() } else { order };
            }
        }
        a.cmp(&b)
    }

    /// Drops all but the first rows, and the batches that only dropped rows needed.
    fn gather(&mut self, limit: usize) {
        self.shorten(limit);
        // The order of arrival decides between equal keys, so rows are gathered in that order.
        self.places.sort_unstable();
        let place_of_last = self.last.and_then(|last| self.places.binary_search(&last).ok());
        self.batches = vec![gather(&self.batches, &self.places)];
        let rows = 0..u32::try_from(self.places.len()).expect("fewer than 2^32 rows");
        self.places = rows.map(|row| (0, row)).collect();
        self.last = place_of_last.map(|at| self.places[at]);
    }
}

/// The order of two cells; null comes last.
#[inline]
fn order((left, a): (&Column, usize), (right, b): (&Column, usize)) -> Ordering {
    let ((left, left_marks), (right, right_marks)) = (left.cells(), right.cells());
    let is_null = |marks: Option<&[bool]>, row: usize| marks.is_some_and(|marks| !marks[row]);
    match (is_null(left_marks, a), is_null(right_marks, b)) {
        (false, false) => {}
        (left_is_null, right_is_null) if left_marks.is_some() && right_marks.is_some() => {
            return left_is_null.cmp(&right_is_null);
        }
        (true, _) => return Value::Null.sort_order(&right.value(b)),
        (_, true) => return left.value(a).sort_order(&Value::Null),
    }
    match (left, right) {
        (Column::Ints(left), Column::Ints(right)) => left[a].cmp(&right[b]),
        (Column::Floats(left), Column::Floats(right)) => order_of_floats(left[a], right[b]),
        (Column::Texts(left), Column::Texts(right)) => match (left.text(a), right.text(b)) {
            (Some(left), Some(right)) => left.cmp(right),
            (left, right) => left.is_none().cmp(&right.is_none()),
        },
        _ => left.value(a).sort_order(&right.value(b)),
    }
}

/// The rows of several batches in a given order, as one batch of the columns that all of them have.
fn gather(batches: &[Batch], rows: &[Place]) -> Batch {
    let Some(first) = batches.first() else { return Batch::default() };
    if batches.len() == 1 {
        return first.gather(&rows.iter().map(|(_, row)| *row).collect::<Vec<_>>());
    }
    let width = batches.iter().map(|batch| batch.columns.len()).min().unwrap_or(0);
    let mut out = Batch { columns: vec![None; width], rows: rows.len() };
    for slot in 0..width {
        let columns: Option<Vec<&Column>> = batches.iter().map(|batch| batch.columns[slot].as_deref()).collect();
        if let Some(columns) = columns {
            out.columns[slot] = Some(Arc::new(Column::gather_from(&columns, rows)));
        }
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
