//! Rows told apart by some of their columns: each combination of values gets a number, in the order of first coming.
//! Grouping and DISTINCT stand on it.
//!
//! As long as the columns are of handles, numbers, booleans or dictionary codes, a key is a few words of 64 bits
//! ([`Words`]); one word of each sort stands for null. The first column of another type turns all keys into values, for good.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::words::{NONE, Row, WordColumn, Words};
use crate::model::{EdgeId, GroupKey, NodeId, TextId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::batch::{Codes, Column};
use crate::query::run::dictionary::Dictionary;

/// What the words of a column stand for.
#[derive(Clone, Debug)]
pub(super) enum Sort {
    Int,
    Float,
    Bool,
    Node,
    Rel,
    Text(Dictionary),
}

/// Stands for null among floating-point numbers: a NaN that no arithmetic yields.
const NULL_FLOAT: u64 = 0xfff8_0000_dead_0001;

impl Sort {
    /// The sort of a column; none of one that does not go into words.
    pub(super) fn of(column: &Column) -> Option<Self> {
        let sort = match column.cells().0 {
            Column::Ints(_) => Self::Int,
            Column::Floats(_) => Self::Float,
            Column::Bools(_) => Self::Bool,
            Column::Nodes(_) => Self::Node,
            Column::Rels(_) => Self::Rel,
            Column::Texts(codes) => Self::Text(codes.texts.clone()),
            Column::Partial(_) | Column::Values(_) => return None,
        };
        sort.fits(column).then_some(sort)
    }

    /// Whether a column's words mean the same as these.
    pub(super) fn fits(&self, column: &Column) -> bool {
        match (self, column.cells().0) {
            (Self::Text(texts), Column::Texts(codes)) => codes.texts.is(texts),
            // The word of the least number stands for null.
            (Self::Int, Column::Ints(ints)) => !ints.contains(&i64::MIN),
            // 0 and -0 are one key; the one that came first is shown.
            (Self::Float, Column::Floats(floats)) => {
                floats.iter().fold(true, |fits, float| fits & (float.to_bits() != (-0.0f64).to_bits()))
            }
            (Self::Bool, Column::Bools(_)) | (Self::Node, Column::Nodes(_)) | (Self::Rel, Column::Rels(_)) => true,
            _ => false,
        }
    }

    /// Whether the same words mean the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(own), Self::Text(others)) => own.is(others),
            (own, other) => std::mem::discriminant(own) == std::mem::discriminant(other),
        }
    }

    /// The word that stands for null.
    pub(super) fn null(&self) -> u64 {
        match self {
            Self::Int => i64::MIN.cast_unsigned(),
            Self::Float => NULL_FLOAT,
            Self::Bool => 2,
            Self::Node | Self::Rel | Self::Text(_) => u64::from(u32::MAX),
        }
    }

    /// Whether a word stands for null.
    pub(super) fn is_null(&self, word: u64) -> bool {
        word == self.null()
    }

    /// The value that a word stands for.
    pub(super) fn value(&self, word: u64) -> Value {
        self.column(std::iter::once(word)).value(0)
    }

    /// The column of some words.
    #[expect(clippy::cast_possible_truncation, reason = "words of handles and codes have 32 bits")]
    pub(super) fn column(&self, words: impl Iterator<Item = u64>) -> Column {
        match self {
            Self::Int => self.partial(words, u64::cast_signed, Column::Ints),
            Self::Float => self.partial(words, f64::from_bits, Column::Floats),
            Self::Bool => self.partial(words, |word| word == 1, Column::Bools),
            Self::Node => Column::Nodes(words.map(|word| NodeId(word as u32)).collect()),
            Self::Rel => Column::Rels(words.map(|word| EdgeId(word as u32)).collect()),
            Self::Text(texts) => {
                let codes = words.map(|word| TextId(word as u32)).collect();
                Column::Texts(Codes { codes, texts: texts.clone() })
            }
        }
    }

    fn partial<T>(
        &self,
        words: impl Iterator<Item = u64>,
        cell: impl Fn(u64) -> T,
        column: impl Fn(Vec<T>) -> Column,
    ) -> Column {
        let (cells, present) = words.map(|word| (cell(word), !self.is_null(word))).unzip();
        Column::partial(column(cells), present)
    }

    /// The words of a column of this sort.
    pub(super) fn words<'c>(&self, column: &'c Column) -> WordColumn<'c> {
        let (cells, present) = column.cells();
        let words = match cells {
            Column::Ints(ints) if present.is_none() => Row::Ints(ints),
            Column::Nodes(nodes) => Row::Codes(bytemuck::cast_slice(nodes)),
            Column::Rels(edges) => Row::Codes(bytemuck::cast_slice(edges)),
            Column::Texts(codes) => Row::Codes(bytemuck::cast_slice(&codes.codes)),
            Column::Ints(ints) => Row::Words(ints.iter().map(|int| int.cast_unsigned()).collect()),
            // Every NaN is the same key.
            Column::Floats(floats) => {
                let word = |float: &f64| if float.is_nan() { f64::NAN.to_bits() } else { float.to_bits() };
                Row::Words(floats.iter().map(word).collect())
            }
            Column::Bools(truths) => Row::Words(truths.iter().map(|truth| u64::from(*truth)).collect()),
            Column::Partial(_) | Column::Values(_) => unreachable!("a column without a sort has no words"),
        };
        let null = self.null();
        let words = match words {
            Row::Words(mut words) => {
                for (word, is_there) in words.iter_mut().zip(present.into_iter().flatten()) {
                    if !is_there && !is_injected(Fault::MissingIsZero) {
                        *word = null;
                    }
                }
                Row::Words(words)
            }
            words => words,
        };
        WordColumn { words, null }
    }
}

/// Whether the words of all columns mean the same as those of these sorts.
pub(super) fn fit(sorts: &[Sort], columns: &[Arc<Column>]) -> bool {
    sorts.iter().zip(columns).all(|(sort, column)| sort.fits(column))
}

/// The words of columns of these sorts.
pub(super) fn words<'c>(sorts: &[Sort], columns: &'c [Arc<Column>]) -> Vec<WordColumn<'c>> {
    sorts.iter().zip(columns).map(|(sort, column)| sort.words(column)).collect()
}

/// About how many bytes a combination costs beside its values.
const KEY_BYTES: usize = 48;

/// The combinations of values that have come in some columns.
#[derive(Debug)]
pub(super) enum Keys {
    /// Nothing has come yet.
    Unknown,
    /// Columns of words, and the sort of each.
    Words(Words, Vec<Sort>),
    /// Columns of anything, and the bytes that have been told.
    Values(IndexMap<Vec<GroupKey>, (), FxBuildHasher>, usize),
}

impl Keys {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Unknown => 0,
            Self::Words(words, _) => words.len() as usize,
            Self::Values(values, _) => values.len(),
        }
    }

    /// The bytes by which it has grown since this was last asked, about.
    pub(super) fn grown(&mut self) -> usize {
        match self {
            Self::Words(words, _) => words.grown(),
            Self::Values(values, told) => {
                let width = values.first().map_or(0, |(key, ())| key.len());
                let bytes = values.len() * (width * size_of::<GroupKey>() + KEY_BYTES);
                let grown = bytes.saturating_sub(*told);
                *told += grown;
                grown
            }
            Self::Unknown => 0,
        }
    }

    /// The number of each row of a batch. A combination that is new has the next number.
    pub(super) fn number(&mut self, columns: &[Arc<Column>], rows: usize) -> Vec<u32> {
        self.prepare(columns);
        match self {
            Self::Words(table, sorts) => table.number(&words(sorts, columns), rows),
            Self::Values(values, _) => {
                let number = |row| {
                    let key = columns.iter().map(|column| GroupKey(column.value(row))).collect();
                    u32::try_from(values.insert_full(key, ()).0).expect("fewer than 2^32 keys")
                };
                (0..rows).map(number).collect()
            }
            Self::Unknown => unreachable!("prepared above"),
        }
    }

    /// The number of each row of a batch; [`NONE`] of a combination that has not come.
    pub(super) fn find(&mut self, columns: &[Arc<Column>], rows: usize) -> Vec<u32> {
        self.prepare(columns);
        match self {
            Self::Words(table, sorts) => table.find(&words(sorts, columns), rows),
            Self::Values(values, _) => {
                let number = |row| {
                    let key: Vec<GroupKey> = columns.iter().map(|column| GroupKey(column.value(row))).collect();
                    values
                        .get_index_of(&key)
                        .map_or(NONE, |number| u32::try_from(number).expect("fewer than 2^32 keys"))
                };
                (0..rows).map(number).collect()
            }
            Self::Unknown => unreachable!("prepared above"),
        }
    }

    /// Chooses a shape for columns of these types, or leaves the one that no longer fits.
    fn prepare(&mut self, columns: &[Arc<Column>]) {
        match self {
            Self::Unknown => {
                let sorts: Option<Vec<Sort>> = columns.iter().map(|column| Sort::of(column)).collect();
                *self = match sorts {
                    Some(sorts) if !sorts.is_empty() => Self::Words(Words::new(sorts.len()), sorts),
                    _ => Self::Values(IndexMap::default(), 0),
                };
            }
            Self::Words(words, sorts) if !fit(sorts, columns) => {
                let keys = words.keys().map(|key| {
                    let values = sorts.iter().zip(key).map(|(sort, word)| GroupKey(sort.value(*word)));
                    (values.collect::<Vec<_>>(), ())
                });
                let known = if is_injected(Fault::KeysForgotten) { 0 } else { usize::MAX };
                let known = keys.take(known).collect();
                *self = Self::Values(known, 0);
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
            Self::Values(values, _) => {
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
    fn keys_are_found_without_being_kept() {
        for far in [6, i64::MAX] {
            let mut keys = Keys::Unknown;
            let known = [Arc::new(Column::Ints(vec![4, far, 4])), Arc::new(Column::Bools(vec![true, false, true]))];
            assert_eq!(keys.number(&known, 3), [0, 1, 0]);
            let sought = Column::Ints(vec![far, 5, far, -9]);
            let sought = [Arc::new(sought), Arc::new(Column::Bools(vec![false, true, true, false]))];
            assert_eq!(keys.find(&sought, 4), [1, NONE, NONE, NONE]);
            let mixed = Column::Values(vec![Value::Float(4.0), Value::Null]);
            assert_eq!(keys.find(&[Arc::new(mixed), Arc::new(Column::Bools(vec![true; 2]))], 2), [0, NONE]);
            assert_eq!(keys.len(), 2);
        }
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
