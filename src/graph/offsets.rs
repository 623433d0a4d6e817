//! Which part of a sorted array belongs to which key: the row starts of a compressed sparse row.
//!
//! Two shapes behind one accessor. *Dense*: one start per key of the domain and one more; a look-up is two reads.
//! *Sparse*: the distinct keys, sorted, and their starts; a look-up is a binary search. A type with few edges would
//! otherwise cost four bytes for each node of the graph and direction.

use std::cell::Cell;
use std::ops::Range;
use std::sync::OnceLock;

use super::array::{Array, to_u32};

/// Row starts by key.
#[derive(Clone, Debug, Default)]
pub struct Offsets {
    /// Sorted distinct keys; empty where the shape is dense.
    pub(crate) keys: Array<u32>,
    /// Start of each key's rows, and the end of the last.
    pub(crate) starts: Array<u32>,
    /// How many keys have rows: known from the start, or counted when somebody asks.
    pub(crate) occupied: OnceLock<u32>,
}

impl PartialEq for Offsets {
    fn eq(&self, other: &Self) -> bool {
        self.keys == other.keys && self.starts == other.starts
    }
}

impl Offsets {
    /// From the keys of all rows, ascending; keys are below `domain`.
    #[must_use]
    pub fn of_sorted(rows: impl ExactSizeIterator<Item = u32>, domain: usize) -> Self {
        let count = rows.len();
        if count == 0 {
            Self::default()
        } else if count >= domain / 4 {
            Self::dense(rows, domain)
        } else {
            Self::sparse(rows)
        }
    }

    fn dense(rows: impl ExactSizeIterator<Item = u32>, domain: usize) -> Self {
        let mut starts = Vec::with_capacity(domain + 1);
        let count = to_u32(rows.len());
        for (row, key) in (0..count).zip(rows) {
            while starts.len() <= key as usize {
                starts.push(row);
            }
        }
        starts.resize(domain + 1, count);
        Self { starts: starts.into(), ..Self::default() }
    }

    fn sparse(rows: impl ExactSizeIterator<Item = u32>) -> Self {
        let (mut keys, mut starts) = (Vec::new(), Vec::new());
        let count = to_u32(rows.len());
        for (row, key) in (0..count).zip(rows) {
            if keys.last() != Some(&key) {
                keys.push(key);
                starts.push(row);
            }
        }
        starts.push(count);
        Self { keys: keys.into(), starts: starts.into(), ..Self::default() }
    }

    /// The rows of a key; empty for a key that has none or lies outside the domain.
    #[inline]
    #[must_use]
    pub fn rows(&self, key: u32) -> Range<usize> {
        let at = if self.keys.is_empty() {
            key as usize
        } else {
            match self.keys.binary_search(&key) {
                Ok(at) => at,
                Err(_) => return 0..0,
            }
        };
        match self.starts.part(at..at.wrapping_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// The keys that have rows, ascending, where not every key has a start of its own.
    #[inline]
    pub(super) fn sparse_keys(&self) -> Option<&[u32]> {
        (!self.keys.is_empty()).then_some(&*self.keys)
    }

    /// The rows of one of [`Offsets::sparse_keys`], by its place.
    #[inline]
    pub(super) fn rows_at(&self, place: usize) -> Range<usize> {
        match self.starts.get(place..place.wrapping_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// The start of each key's rows, and the end of the last; of [`Offsets::sparse_keys`], where there are such.
    #[inline]
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The same for keys that come in ascending order, more or less: the place of the last one tells where to look.
    #[inline]
    #[must_use]
    pub fn rows_near(&self, key: u32, hint: &Cell<usize>) -> Range<usize> {
        if self.keys.is_empty() {
            return self.rows(key);
        }
        let start = match self.keys.get(hint.get()) {
            Some(known) if *known <= key => hint.get(),
            _ => 0,
        };
        // Doubling steps from there on (Bentley and Yao, Information Processing Letters 5:3, 1976).
        let (mut low, mut step) = (start, 1);
        while self.keys.get(low + step).is_some_and(|each| *each <= key) {
            low += step;
            step *= 2;
        }
        let end = (low + step).min(self.keys.len());
        let at = low + self.keys[low..end].partition_point(|each| *each < key);
        hint.set(at);
        match (self.keys.get(at), self.starts.part(at..at.wrapping_add(2))) {
            (Some(found), Some(&[start, end])) if *found == key => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// How many keys have rows.
    #[must_use]
    pub fn occupied(&self) -> usize {
        if !self.keys.is_empty() {
            return self.keys.len();
        }
        let count = || to_u32(self.starts.array_windows().filter(|[start, end]| start < end).count());
        *self.occupied.get_or_init(count) as usize
    }

    /// The key of each row, in order.
    pub(super) fn keys_of_rows(&self) -> impl Iterator<Item = u32> + '_ {
        let keys = &*self.keys;
        let key = move |at: u32| if keys.is_empty() { at } else { keys[at as usize] };
        let lengths = self.starts.array_windows().map(|[start, end]| (end - start) as usize);
        (0..).zip(lengths).flat_map(move |(at, length)| std::iter::repeat_n(key(at), length))
    }

    /// Whether the rows of all keys are those of an array of this length, in order; of arrays that still have to be
    /// read, whether their lengths fit.
    pub(crate) fn covers(&self, rows: usize) -> bool {
        let first_and_last = match self.starts.known() {
            None => rows > 0,
            Some([]) => rows == 0,
            Some([first, .., last]) => *first == 0 && *last as usize == rows,
            Some([_]) => false,
        };
        let keys_fit = self.keys.is_empty() || self.keys.len() + 1 == self.starts.len();
        let is_sorted = |array: &Array<u32>| array.known().is_none_or(<[u32]>::is_sorted);
        first_and_last && keys_fit && is_sorted(&self.keys) && is_sorted(&self.starts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[u32], domain: usize) {
        let offsets = Offsets::of_sorted(keys.iter().copied(), domain);
        assert!(offsets.covers(keys.len()));
        for key in 0..to_u32(domain) + 2 {
            let rows = offsets.rows(key);
            assert_eq!(rows.len(), keys.iter().filter(|each| **each == key).count(), "rows of {key} in {keys:?}");
            assert!(keys[rows].iter().all(|each| *each == key));
        }
        let hint = Cell::new(0);
        for key in (0..to_u32(domain) + 2).chain([3, 0, 9, 1]) {
            assert_eq!(offsets.rows_near(key, &hint), offsets.rows(key), "rows of {key} from a hint in {keys:?}");
        }
        assert!(offsets.rows(u32::MAX).is_empty());
        let mut distinct = keys.to_vec();
        distinct.dedup();
        assert_eq!(offsets.occupied(), distinct.len());
        assert!(offsets.keys_of_rows().eq(keys.iter().copied()));
    }

    #[test]
    fn rows_of_each_key_are_found_dense_and_sparse() {
        check(&[], 10);
        check(&[0, 0, 3, 9], 10);
        check(&[1, 2, 2, 2, 8], 10);
        check(&[7], 1000);
        check(&[0, 0, 500, 999], 1000);
        check(&[0], 1);
    }
}
