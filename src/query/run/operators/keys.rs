//! Rows told apart by some of their columns: each combination of values gets a number, in the order of first coming.
//! Grouping and DISTINCT stand on it.
//!
//! As long as the columns are of handles, whole numbers, booleans or dictionary codes, a key is a few words of 64 bits
//! in a flat table ([`Words`]). The first column of another type turns all keys into values, for good.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::graph::Store;
use crate::model::{EdgeId, GroupKey, NodeId, TextId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::{Codes, Column};

/// What the words of a column stand for.
#[derive(Clone, Debug)]
pub(super) enum Sort {
    Int,
    Bool,
    Node,
    Rel,
    Text(Arc<Store>),
}

impl Sort {
    /// The sort of a column; none of one that does not go into words.
    pub(super) fn of(column: &Column) -> Option<Self> {
        match column {
            Column::Ints(_) => Some(Self::Int),
            Column::Bools(_) => Some(Self::Bool),
            Column::Nodes(_) => Some(Self::Node),
            Column::Rels(_) => Some(Self::Rel),
            Column::Texts(codes) => Some(Self::Text(codes.base.clone())),
            Column::Floats(_) | Column::Values(_) => None,
        }
    }

    /// Whether a column's words mean the same as these.
    pub(super) fn fits(&self, column: &Column) -> bool {
        match (self, column) {
            (Self::Text(base), Column::Texts(codes)) => Arc::ptr_eq(base, &codes.base),
            (Self::Int, Column::Ints(_))
            | (Self::Bool, Column::Bools(_))
            | (Self::Node, Column::Nodes(_))
            | (Self::Rel, Column::Rels(_)) => true,
            _ => false,
        }
    }

    /// Whether a word stands for null.
    pub(super) fn is_null(&self, word: u64) -> bool {
        match self {
            Self::Int | Self::Bool => false,
            Self::Node | Self::Rel | Self::Text(_) => word == u64::from(u32::MAX),
        }
    }

    /// The value that a word stands for.
    pub(super) fn value(&self, word: u64) -> Value {
        self.column(std::iter::once(word)).value(0)
    }

    /// The column of some words.
    #[expect(clippy::cast_possible_truncation, reason = "words of handles and codes have 32 bits")]
    pub(super) fn column(&self, words: impl Iterator<Item = u64>) -> Column {
        match self {
            Self::Int => Column::Ints(words.map(u64::cast_signed).collect()),
            Self::Bool => Column::Bools(words.map(|word| word != 0).collect()),
            Self::Node => Column::Nodes(words.map(|word| NodeId(word as u32)).collect()),
            Self::Rel => Column::Rels(words.map(|word| EdgeId(word as u32)).collect()),
            Self::Text(base) => {
                let codes = words.map(|word| TextId(word as u32)).collect();
                Column::Texts(Codes { codes, base: base.clone() })
            }
        }
    }
}

/// The words of a column that has a sort.
pub(super) fn words(column: &Column) -> Vec<u64> {
    match column {
        Column::Ints(ints) => ints.iter().map(|int| int.cast_unsigned()).collect(),
        Column::Bools(truths) => truths.iter().map(|truth| u64::from(*truth)).collect(),
        Column::Nodes(nodes) => nodes.iter().map(|node| u64::from(node.0)).collect(),
        Column::Rels(edges) => edges.iter().map(|edge| u64::from(edge.0)).collect(),
        Column::Texts(codes) => codes.codes.iter().map(|code| u64::from(code.0)).collect(),
        Column::Floats(_) | Column::Values(_) => unreachable!("a column without a sort has no words"),
    }
}

/// Marks a free place of a table.
const FREE: u32 = u32::MAX;

/// Keys of one or several words, numbered in the order in which they first came.
///
/// Keys of one small word stand in an array by themselves, as long as that is not much larger than the number of keys
/// that were looked up; all others in an open-addressed table.
#[derive(Debug)]
pub(super) struct Words {
    width: usize,
    /// All keys, end to end.
    keys: Vec<u64>,
    count: u32,
    /// Numbers by hash; a power of two of them.
    places: Vec<u32>,
    /// Numbers by word, for words below its length.
    direct: Vec<u32>,
    /// How many keys were looked up.
    asked: usize,
}

impl Words {
    /// No keys of so many words yet.
    pub(super) fn new(width: usize) -> Self {
        Self { width, keys: Vec::new(), count: 0, places: vec![FREE; 16], direct: Vec::new(), asked: 0 }
    }

    /// How many keys there are.
    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// The word at a place of each key.
    pub(super) fn column(&self, place: usize) -> impl Iterator<Item = u64> + '_ {
        self.keys.iter().skip(place).step_by(self.width).copied()
    }

    /// The numbers of keys of one word, in a batch.
    pub(super) fn number_all(&mut self, words: &[u64], into: &mut Vec<u32>) {
        self.asked += words.len();
        into.extend(words.iter().map(|word| self.number_one(*word)));
    }

    /// The number of a key of one word.
    #[inline]
    pub(super) fn number_one(&mut self, word: u64) -> u32 {
        match usize::try_from(word).ok().and_then(|at| self.direct.get_mut(at)) {
            Some(number) if *number == FREE => {
                *number = self.count;
                self.keys.push(word);
                self.count += 1;
                self.count - 1
            }
            Some(number) => *number,
            None if word < 8 * (self.asked as u64 + 128) => {
                self.widen(word);
                self.number_one(word)
            }
            None => self.number(&[word]),
        }
    }

    /// Lets the array take this word too.
    #[expect(clippy::cast_possible_truncation, reason = "it is not much larger than a count of rows")]
    fn widen(&mut self, word: u64) {
        let length = (word as usize + 1).next_power_of_two();
        let before = self.direct.len() as u64;
        self.direct.resize(length, FREE);
        for (number, word) in (0u32..).zip(&self.keys) {
            if *word >= before && *word < length as u64 {
                self.direct[*word as usize] = number;
            }
        }
    }

    /// The number of a key, by its hash.
    #[inline]
    pub(super) fn number(&mut self, key: &[u64]) -> u32 {
        if (self.count as usize + 1) * 2 > self.places.len() {
            self.grow();
        }
        let mask = self.places.len() - 1;
        let mut at = hash(key) & mask;
        loop {
            let number = self.places[at];
            if number == FREE {
                self.places[at] = self.count;
                self.keys.extend_from_slice(key);
                self.count += 1;
                return self.count - 1;
            }
            let start = number as usize * self.width;
            if self.keys[start..start + self.width] == *key {
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    /// Makes the table larger. Keys that have come to stand in the array need no place in it, and do no harm there.
    fn grow(&mut self) {
        let mut places = vec![FREE; (self.count as usize + 1).next_power_of_two() * 4];
        let mask = places.len() - 1;
        for (number, key) in (0u32..).zip(self.keys.chunks_exact(self.width)) {
            let mut at = hash(key) & mask;
            while places[at] != FREE {
                at = (at + 1) & mask;
            }
            places[at] = number;
        }
        self.places = places;
    }
}

/// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4) of each word in turn; the high bits are mixed
/// into the low ones, which choose the place.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are used as an index")]
fn hash(key: &[u64]) -> usize {
    let mut state = 0u64;
    for word in key {
        state = (state.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (state ^ state >> 32) as usize
}

/// The combinations of values that have come in some columns.
#[derive(Debug)]
pub(super) enum Keys {
    /// Nothing has come yet.
    Unknown,
    /// Columns of words, and the sort of each.
    Words(Words, Vec<Sort>),
    /// Columns of anything.
    Values(IndexMap<Vec<GroupKey>, (), FxBuildHasher>),
}

impl Keys {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Unknown => 0,
            Self::Words(words, _) => words.len() as usize,
            Self::Values(values) => values.len(),
        }
    }

    /// The number of each row of a batch. A combination that is new has the next number.
    pub(super) fn number(&mut self, columns: &[Arc<Column>], rows: usize) -> Vec<u32> {
        self.prepare(columns);
        let mut numbers = Vec::with_capacity(rows);
        match self {
            Self::Words(table, _) => match columns {
                [single] => table.number_all(&words(single), &mut numbers),
                _ => {
                    let words: Vec<Vec<u64>> = columns.iter().map(|column| words(column)).collect();
                    let mut key = vec![0; columns.len()];
                    for row in 0..rows {
                        key.iter_mut().zip(&words).for_each(|(word, column)| *word = column[row]);
                        numbers.push(table.number(&key));
                    }
                }
            },
            Self::Values(values) => {
                for row in 0..rows {
                    let key = columns.iter().map(|column| GroupKey(column.value(row))).collect();
                    let number = values.insert_full(key, ()).0;
                    numbers.push(u32::try_from(number).expect("fewer than 2^32 keys"));
                }
            }
            Self::Unknown => unreachable!("prepared above"),
        }
        numbers
    }

    /// Chooses a shape for columns of these types, or leaves the one that no longer fits.
    fn prepare(&mut self, columns: &[Arc<Column>]) {
        match self {
            Self::Unknown => {
                let sorts: Option<Vec<Sort>> = columns.iter().map(|column| Sort::of(column)).collect();
                *self = match sorts {
                    Some(sorts) if !sorts.is_empty() => Self::Words(Words::new(sorts.len()), sorts),
                    _ => Self::Values(IndexMap::default()),
                };
            }
            Self::Words(words, sorts) if !sorts.iter().zip(columns).all(|(sort, column)| sort.fits(column)) => {
                let keys = words.keys.chunks_exact(words.width).map(|key| {
                    let values = sorts.iter().zip(key).map(|(sort, word)| GroupKey(sort.value(*word)));
                    (values.collect::<Vec<_>>(), ())
                });
                *self =
                    Self::Values(if is_injected(Fault::KeysForgotten) { IndexMap::default() } else { keys.collect() });
            }
            _ => {}
        }
    }

    /// The columns of all combinations, in order of number.
    pub(super) fn columns(self, width: usize) -> Vec<Column> {
        match self {
            Self::Unknown => (0..width).map(|_| Column::Values(Vec::new())).collect(),
            Self::Words(words, sorts) => {
                sorts.iter().enumerate().map(|(place, sort)| sort.column(words.column(place))).collect()
            }
            Self::Values(values) => {
                let mut columns: Vec<Vec<Value>> = vec![Vec::with_capacity(values.len()); width];
                for (key, ()) in values {
                    columns.iter_mut().zip(key).for_each(|(column, GroupKey(value))| column.push(value));
                }
                columns.into_iter().map(Column::from_values).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[u64]) {
        let mut table = Words::new(1);
        let mut numbers = Vec::new();
        table.number_all(words, &mut numbers);
        let mut known: Vec<u64> = Vec::new();
        for (word, number) in words.iter().zip(numbers) {
            if !known.contains(word) {
                known.push(*word);
            }
            assert_eq!(known[number as usize], *word);
        }
        assert_eq!(table.column(0).collect::<Vec<_>>(), known);
    }

    #[test]
    fn each_word_has_one_number_in_the_order_of_first_coming() {
        check(&[7, 3, 7, 0, u64::MAX, 3, 1 << 40, u64::MAX, 900, 12, 900]);
        // Words that the array takes later on were in the table before.
        let spread: Vec<u64> = (0..2000u64).map(|row| row * 7919 % 5000).chain((0..2000).map(|row| row * 3)).collect();
        check(&spread);
    }

    #[test]
    fn keys_of_words_become_values_when_another_type_comes() {
        let mut keys = Keys::Unknown;
        let ints = Arc::new(Column::Ints(vec![4, 5, 4]));
        assert_eq!(keys.number(std::slice::from_ref(&ints), 3), [0, 1, 0]);
        let mixed = Arc::new(Column::Values(vec![Value::Float(5.0), Value::Null, Value::Int(4)]));
        assert_eq!(keys.number(&[mixed], 3), [1, 2, 0]);
        assert_eq!(keys.number(&[ints], 3), [0, 1, 0]);
        assert_eq!(keys.len(), 3);
    }

    #[test]
    fn keys_of_several_columns_are_told_apart_by_all_of_them() {
        let mut keys = Keys::Unknown;
        let columns =
            [Arc::new(Column::Ints(vec![1, 1, 2, 1])), Arc::new(Column::Bools(vec![true, false, true, true]))];
        assert_eq!(keys.number(&columns, 4), [0, 1, 2, 0]);
        assert!(matches!(&keys.columns(2)[..], [Column::Ints(ints), Column::Bools(_)] if *ints == [1, 1, 2]));
    }
}
