//! How many rows each key has, where keys lie close together: the numbers stand in an array, at the places that the words of
//! the keys make up, and no row is told the number of its group. Where many rows are counted, a row costs one look at the
//! memory instead of two.
//!
//! It takes over from keys by number once these have shown to lie close together, and hands back to them when a key comes
//! that has no place. The keys come out in ascending order.

use std::sync::Arc;

use super::keys::{Keys, Sort, fit, words};
use super::words::{Span, WordColumn, each_place, length, place};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::Column;

/// So many rows are counted by number before places are looked for; twice as many each time that a key had none.
pub(super) const ROWS: usize = if cfg!(feature = "faults") { 4 } else { 1 << 13 };

/// So many places a row are made: as many as keys by number have.
const PLACES_A_ROW: usize = 8;

/// And so many, if they are no more than so many a row.
const FEW_PLACES: (usize, usize) = (1 << 21, 64);

/// Two histograms become one if that has no more places than so many times those of both.
const PLACES_JOINED: usize = 2;

pub(super) struct Histogram {
    sorts: Vec<Sort>,
    spans: Vec<Span>,
    counts: Vec<u32>,
    /// How many rows were counted.
    rows: usize,
}

impl Histogram {
    /// Of the keys that came so far, if they lie close together, and how many rows each has.
    pub(super) fn of(keys: &Keys, counts: &[i64]) -> Option<Self> {
        let Keys::Words(words, sorts) = keys else { return None };
        let rows = usize::try_from(counts.iter().sum::<i64>()).ok()?;
        let spans: Vec<Span> = words.spans().into_iter().map(Span::roomy).collect();
        let most = (PLACES_A_ROW * rows).max(FEW_PLACES.0.min(FEW_PLACES.1 * rows));
        let length = length(&spans).filter(|length| *length <= most)?;
        let mut found = Self { sorts: sorts.clone(), spans, counts: vec![0; length], rows };
        let nulls: Vec<u64> = found.sorts.iter().map(Sort::null).collect();
        for (key, count) in words.keys().zip(counts) {
            let place = place(&found.spans, key, &nulls);
            found.counts[place] = if is_injected(Fault::EarlierUncounted) { 0 } else { u32::try_from(*count).ok()? };
        }
        Some(found)
    }

    /// The bytes that it holds.
    pub(super) fn bytes(&self) -> usize {
        self.counts.len() * size_of::<u32>()
    }

    /// Counts some rows; whether all their keys have a place, else none is counted.
    pub(super) fn add(&mut self, columns: &[Arc<Column>], rows: usize) -> bool {
        if !fit(&self.sorts, columns) {
            return false;
        }
        let words = words(&self.sorts, columns);
        let is_within = |(span, words): (&Span, &WordColumn<'_>)| Span::of(words).is_none_or(|own| span.contains(own));
        let has_room = u32::try_from(self.rows + rows).is_ok();
        if !has_room || !self.spans.iter().zip(&words).all(is_within) {
            return false;
        }
        self.rows += rows;
        let Self { spans, counts, .. } = self;
        each_place(spans, &words, rows, |place| counts[place] += 1);
        true
    }

    /// Adds what another one counted; whether keys of both mean the same and lie close together, else nothing is added.
    pub(super) fn join(&mut self, other: &Self) -> bool {
        let joint: Vec<Span> = self.spans.iter().zip(&other.spans).map(|(one, two)| one.joined(*two)).collect();
        let has_room = u32::try_from(self.rows + other.rows).is_ok();
        // The words of texts mean the same only in one dictionary.
        let is_alike = self.sorts.iter().zip(&other.sorts).all(|(one, two)| one.is(two));
        let most = PLACES_JOINED * (self.counts.len() + other.counts.len());
        let length = length(&joint).filter(|length| has_room && is_alike && *length <= most);
        let Some(length) = length else { return false };
        if self.spans != joint {
            let mut counts = vec![0; length];
            self.spread(&joint, &mut counts);
            (self.spans, self.counts) = (joint.clone(), counts);
        }
        other.spread(&joint, &mut self.counts);
        self.rows += other.rows;
        true
    }

    /// Adds what was counted to other places, of spans that these lie within.
    fn spread(&self, onto: &[Span], counts: &mut [u32]) {
        let (behind, places) = (behind(&self.spans), behind(onto));
        if let ([own], [span]) = (self.spans.as_slice(), onto) {
            counts[0] += self.counts[0];
            let there = counts[1 + span.offset(*own)..].iter_mut();
            there.zip(&self.counts[1..]).for_each(|(there, count)| *there += count);
            return;
        }
        for (place, count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let place = self.spans.iter().zip(onto).enumerate().map(|(at, (own, span))| {
                let place = place / behind[at] % size(own);
                if place == 0 { 0 } else { (place + span.offset(*own)) * places[at] }
            });
            counts[place.sum::<usize>()] += count;
        }
    }

    /// The columns of all keys, and how many rows each has.
    pub(super) fn finish(self) -> (Vec<Column>, Vec<i64>) {
        let Self { sorts, spans, counts, .. } = self;
        let found = || counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let numbers: Vec<i64> = found().map(|(_, count)| i64::from(*count)).collect();
        let behind = behind(&spans);
        let column = |(at, sort): (usize, &Sort)| {
            let word = |place: usize| spans[at].word(place / behind[at] % size(&spans[at]), sort.null());
            sort.column(found().map(|(place, _)| word(place)))
        };
        (sorts.iter().enumerate().map(column).collect(), numbers)
    }
}

fn size(span: &Span) -> usize {
    span.size().expect("it fits an array")
}

/// For each column, how far the places of one word lie behind those of the word before it.
fn behind(spans: &[Span]) -> Vec<usize> {
    (0..spans.len()).map(|at| spans[at + 1..].iter().map(size).product()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NodeId, Value};

    fn keys(rows: &[(i64, u32)]) -> Vec<Arc<Column>> {
        let (ints, nodes) = rows.iter().map(|(int, node)| (*int, NodeId(*node))).unzip();
        vec![Arc::new(Column::Ints(ints)), Arc::new(Column::Nodes(nodes))]
    }

    /// The keys as text, each with its number of rows.
    fn shown(histogram: Histogram) -> Vec<String> {
        let (columns, numbers) = histogram.finish();
        let key = |row: usize| columns.iter().map(|column| column.value(row)).collect::<Vec<Value>>();
        numbers.iter().enumerate().map(|(row, number)| format!("{:?} {number}", key(row))).collect()
    }

    #[test]
    fn rows_are_counted_by_key_in_ascending_order() {
        let many: Vec<(i64, u32)> = [(7, 3), (-2, 3), (7, u32::MAX), (7, 3)].repeat(10);
        let histogram_of = |rows: &[(i64, u32)]| {
            let mut numbered = Keys::Unknown;
            let mut counts = vec![0; rows.len()];
            for number in numbered.number(&keys(rows), rows.len()) {
                counts[number as usize] += 1;
            }
            Histogram::of(&numbered, &counts[..numbered.len()]).expect("they lie close together")
        };
        let mut histogram = histogram_of(&many);
        assert!(histogram.add(&keys(&[(7, u32::MAX), (0, 3)]), 2));
        // Too far away: nothing of these rows is counted.
        assert!(!histogram.add(&keys(&[(7, 3), (1 << 40, 3)]), 2));
        // Of other spans.
        assert!(histogram.join(&histogram_of(&[(-9, 2), (7, u32::MAX), (20, 3)].repeat(100))));
        let expected = [
            "[Int(-9), Node(NodeId(2))] 100",
            "[Int(-2), Node(NodeId(3))] 10",
            "[Int(0), Node(NodeId(3))] 1",
            "[Int(7), Null] 111",
            "[Int(7), Node(NodeId(3))] 20",
            "[Int(20), Node(NodeId(3))] 100",
        ];
        assert_eq!(shown(histogram), expected);
        let single = |rows: &[(i64, u32)]| {
            let mut numbered = Keys::Unknown;
            let column = &keys(rows)[..1];
            let numbers = numbered.number(column, rows.len());
            assert_eq!(numbers, [0, 1]);
            Histogram::of(&numbered, &[3, 4]).expect("they lie close together")
        };
        let mut histogram = single(&[(5, 0), (4, 0)]);
        assert!(histogram.join(&single(&[(4, 0), (11, 0)])));
        // Far apart: nothing is added, and no room is made between them.
        assert!(!histogram.join(&single(&[(1 << 40, 0), ((1 << 40) + 7, 0)])));
        assert_eq!(shown(histogram), ["[Int(4)] 7", "[Int(5)] 3", "[Int(11)] 4"]);
    }
}
