//! ORDER BY: all rows, sorted by their keys; rows with equal keys stay in the order in which they came. With a limit,
//! no more rows than twice the limit are held, and a row that comes too late is told by one comparison.
//!
//! Beside each row stands a number that tells most rows apart ([`lead`]), so that few comparisons look at the keys.

use std::cmp::Ordering;
use std::sync::Arc;

use super::states::order_of_floats;
use super::{Input, Operator};
use crate::model::Value;
use crate::query::bind::bound::BoundExpr;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::plan::logical::FirstRows;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};

pub(super) struct Sort<'p> {
    input: Input<'p>,
    keys: &'p [(BoundExpr, bool)],
    first: Option<&'p FirstRows>,
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

/// A row with its lead: a row with a lesser lead comes before one with a greater.
type Led = (u64, Place);

/// The rows that are held while sorting.
struct Held<'p> {
    keys: &'p [(BoundExpr, bool)],
    limit: Option<usize>,
    /// Their batches, with the keys as hidden columns from this slot on.
    batches: Vec<Batch>,
    first_key: usize,
    places: Vec<Led>,
    /// The type of the first key, by which leads are made; none once it has changed.
    led_by: Option<Leading>,
    /// The last of the first rows, once there are as many as the limit: none behind it is wanted.
    last: Option<Led>,
}

impl<'p> Sort<'p> {
    pub(super) fn new(
        input: Input<'p>,
        keys: &'p [(BoundExpr, bool)],
        first: Option<&'p FirstRows>,
        live: &'p Live,
    ) -> Self {
        Self { input, keys, first, live, sorted: None }
    }

    fn sort(&mut self, execution: &Execution<'_>) -> Outcome<Sorted> {
        let limit = self.first.map(|first| count(execution, first)).transpose()?;
        // Operators have one hidden column besides, the first behind the slots.
        let first_key = execution.plan.slots as usize + 1;
        let (batches, places) = (Vec::new(), Vec::new());
        let mut held = Held { keys: self.keys, limit, batches, first_key, places, led_by: None, last: None };
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
            execution.token.hold(held.places.len().saturating_sub(before) * (40 + 24 * self.keys.len()))?;
            if let Some(limit) = limit
                && held.batches.len() > BATCHES
            {
                held.gather(limit);
            }
        }
        let mut places = std::mem::take(&mut held.places);
        places.sort_unstable_by(|a, b| held.compare(*a, *b));
        if let Some(limit) = limit {
            places.truncate(limit);
        }
        let mut batches = held.batches;
        batches.iter_mut().for_each(|batch| self.drop_unread(batch, first_key));
        let order: Vec<Place> = places.into_iter().map(|(_, place)| place).collect();
        Ok(Sorted { batches, order: order.into_iter() })
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

/// How many of the first rows are wanted.
fn count(execution: &Execution<'_>, first: &FirstRows) -> Outcome<usize> {
    let limit = execution.count(&first.limit, "LIMIT")?;
    let skip = first.skip.as_ref().map_or(Ok(0), |skip| execution.count(skip, "SKIP"))?;
    Ok(limit.saturating_add(skip))
}

impl Held<'_> {
    /// Takes the rows of a batch that may be among the first.
    fn take(&mut self, batch: Batch) {
        let number = u32::try_from(self.batches.len()).expect("fewer than 2^32 batches");
        let leads = self.leads(batch.column(self.first_key));
        self.batches.push(batch);
        let full = self.limit.map_or(usize::MAX, |limit| limit.saturating_mul(2).max(BATCH_ROWS));
        let mut is_needed = false;
        for (lead, row) in leads.into_iter().zip(0u32..) {
            let led = (lead, (number, row));
            if self.last.is_some_and(|last| self.compare(led, last).is_gt()) {
                continue;
            }
            self.places.push(led);
            is_needed = true;
            if self.places.len() >= full {
                self.shorten(full / 2);
            }
        }
        if !is_needed {
            self.batches.pop();
        }
    }

    /// The leads of the rows of a batch, from its first key. Where its type is not that of the batches before, no row
    /// has a lead any more.
    fn leads(&mut self, key: &Column) -> Vec<u64> {
        let own = Leading::of(key);
        let is_first = self.batches.is_empty() && self.places.is_empty();
        if !is_first && self.led_by != own {
            self.places.iter_mut().chain(&mut self.last).for_each(|led| led.0 = 0);
        }
        self.led_by = own.filter(|_| is_first || self.led_by == own);
        if self.led_by.is_none() {
            return vec![0; key.len()];
        }
        let mut leads = leads(key);
        if self.keys[0].1 {
            leads.iter_mut().for_each(|lead| *lead = !*lead);
        }
        leads
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

    #[inline]
    fn compare(&self, a: Led, b: Led) -> Ordering {
        a.0.cmp(&b.0).then_with(|| self.compare_keys(a.1, b.1))
    }

    fn compare_keys(&self, a: Place, b: Place) -> Ordering {
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
        self.places.sort_unstable_by_key(|(_, place)| *place);
        let place_of = |last: Led| self.places.binary_search_by_key(&last.1, |(_, place)| *place).ok();
        let place_of_last = self.last.and_then(place_of);
        let places: Vec<Place> = self.places.iter().map(|(_, place)| *place).collect();
        self.batches = vec![gather(&self.batches, &places)];
        (0u32..).zip(&mut self.places).for_each(|(row, led)| led.1 = (0, row));
        self.last = place_of_last.map(|at| self.places[at]);
    }
}

/// The types of keys that give a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leading {
    Int,
    Float,
    Text,
}

impl Leading {
    fn of(key: &Column) -> Option<Self> {
        match key.cells().0 {
            Column::Ints(_) => Some(Self::Int),
            Column::Floats(_) => Some(Self::Float),
            Column::Texts(_) => Some(Self::Text),
            _ => None,
        }
    }
}

/// A number for each row of a key, which orders the rows as far as it goes: a number itself, the first bytes of a string.
/// Null comes last.
fn leads(key: &Column) -> Vec<u64> {
    let (cells, present) = key.cells();
    let mut leads: Vec<u64> = match cells {
        Column::Ints(ints) => ints.iter().map(|int| tilted(int.cast_unsigned())).collect(),
        Column::Floats(floats) => floats.iter().map(|float| lead_of_float(*float)).collect(),
        Column::Texts(texts) => (0..key.len()).map(|row| texts.text(row).map_or(u64::MAX, first_bytes)).collect(),
        _ => vec![0; key.len()],
    };
    if let Some(present) = present {
        leads.iter_mut().zip(present).filter(|(_, is)| !**is).for_each(|(lead, _)| *lead = u64::MAX);
    }
    leads
}

/// The bits of a whole number, so that negative ones come first.
fn tilted(bits: u64) -> u64 {
    if is_injected(Fault::LeadsMisled) { bits } else { bits ^ 1 << 63 }
}

/// NaN comes behind all numbers; the two zeros are one.
fn lead_of_float(float: f64) -> u64 {
    if float.is_nan() {
        return u64::MAX;
    }
    let bits = (float + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { tilted(bits) }
}

/// The first bytes of a string, so that a string with lesser ones comes first.
fn first_bytes(text: &str) -> u64 {
    let mut first = [0; 8];
    let length = text.len().min(first.len());
    first[..length].copy_from_slice(&text.as_bytes()[..length]);
    u64::from_be_bytes(first)
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
