//! Which part of a sorted array belongs to which key: the row starts of a compressed sparse row.
//!
//! Two shapes behind one accessor. *Dense*: one start per key of the domain and one more; a look-up is two reads.
//! *Sparse*: the distinct keys, sorted, and their starts; a look-up asks a bit whether the key is there, and counts bits
//! for its place (Jacobson, "Space-efficient static trees and graphs", FOCS 1989). A type with few edges would
//! otherwise cost four bytes for each node of the graph and direction. The bits are set when they are first asked for.

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
    /// Where the shape is sparse: the places of the keys.
    pub(crate) places: OnceLock<Places>,
}

/// The keys of a sparse shape as bits.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    words: Vec<u64>,
    /// How many keys come before each word.
    before: Vec<u32>,
}

impl Places {
    fn of(keys: &[u32]) -> Self {
        let mut words = vec![0u64; keys.iter().max().map_or(0, |last| *last as usize / 64 + 1)];
        keys.iter().for_each(|key| words[*key as usize / 64] |= 1 << (key % 64));
        let mut count = 0;
        let before = words.iter().map(|word| {
            let before = count;
            count += word.count_ones();
            before
        });
        Self { before: before.collect(), words }
    }

    /// Where a key stands among all keys.
    #[inline]
    fn find(&self, key: u32) -> Option<usize> {
        let at = key as usize / 64;
        let (word, bit) = (self.words.get(at)?, 1u64 << (key % 64));
        (word & bit != 0).then(|| (self.before[at] + (word & (bit - 1)).count_ones()) as usize)
    }
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
            match self.places.get_or_init(|| Places::of(&self.keys)).find(key) {
                Some(at) => at,
                None => return 0..0,
            }
        };
        match self.starts.get(at..at.wrapping_add(2)) {
            Some(&[start, end]) => start as usize..end as usize,
            _ => 0..0,
        }
    }

    /// How many keys have rows.
    #[must_use]
    pub fn occupied(&self) -> usize {
        if self.keys.is_empty() {
            self.starts.array_windows().filter(|[start, end]| start < end).count()
        } else {
            self.keys.len()
        }
    }

    /// Whether the rows of all keys are those of an array of this length, in order.
    pub(crate) fn covers(&self, rows: usize) -> bool {
        let first_and_last = match &*self.starts {
            [] => rows == 0,
            [first, .., last] => *first == 0 && *last as usize == rows,
            [_] => false,
        };
        let keys_fit = self.keys.is_empty() || self.keys.len() + 1 == self.starts.len() && self.keys.is_sorted();
        first_and_last && keys_fit && self.starts.is_sorted()
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
        assert!(offsets.rows(u32::MAX).is_empty());
        let mut distinct = keys.to_vec();
        distinct.dedup();
        assert_eq!(offsets.occupied(), distinct.len());
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
