//! Exact look-up: which nodes have this string or this whole number as this property (or as their slug).

use std::sync::LazyLock;

use super::array::{Array, to_u32};
use super::column::{Cells, Column};
use super::offsets::Offsets;
use crate::model::{NodeId, TextId};

/// The look-up on a property: by its strings and by its whole numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueIndex {
    /// By string.
    pub texts: TextIndex,
    /// By whole number.
    pub ints: IntIndex,
    /// What else the property holds.
    pub unlisted: Unlisted,
}

/// What a property holds that cannot be looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unlisted {
    /// Nothing: who is not found is not there.
    #[default]
    Nothing,
    /// Floating-point numbers or booleans, which no string equals.
    Scalars,
    /// Dates, lists or maps: a date may equal a string.
    Anything,
}

impl Unlisted {
    /// Of a property column.
    pub(crate) fn of_column(column: &Column) -> Self {
        let is_any = |test: fn(&Cells) -> bool| column.parts().any(|part| test(&part.cells));
        if is_any(|cells| matches!(cells, Cells::Mixed { .. })) {
            Self::Anything
        } else if is_any(|cells| matches!(cells, Cells::Float(_) | Cells::Bool(_))) {
            Self::Scalars
        } else {
            Self::Nothing
        }
    }
}

impl ValueIndex {
    /// Of a property column. `texts` is the size of the dictionary.
    pub(super) fn of_column(column: &Column, texts: usize) -> Self {
        let node = NodeId::from_index;
        let mut index = Self { unlisted: Unlisted::of_column(column), ..Self::default() };
        for part in column.parts() {
            match &part.cells {
                Cells::Text(cells) => {
                    index.texts = TextIndex::of(part.rows().map(|(row, cell)| (cells[cell], node(row))), texts);
                }
                Cells::Narrow(cells) => {
                    let pairs = part.rows().map(|(row, cell)| (i64::from(cells[cell]), node(row)));
                    index.ints = IntIndex::of(pairs);
                }
                Cells::Int(cells) => {
                    index.ints = IntIndex::of(part.rows().map(|(row, cell)| (cells[cell], node(row))));
                }
                Cells::Float(_) | Cells::Bool(_) | Cells::Mixed { .. } => {}
            }
        }
        index
    }

    /// The look-up on a property that no node has.
    pub(super) fn empty() -> &'static Self {
        static EMPTY: LazyLock<ValueIndex> = LazyLock::new(ValueIndex::default);
        &EMPTY
    }

    /// How many different strings and whole numbers there are.
    pub(super) fn distinct(&self) -> usize {
        self.texts.codes.occupied() + self.ints.values.len()
    }
}

/// Nodes by dictionary code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextIndex {
    /// Rows of `nodes` by code.
    pub(crate) codes: Offsets,
    /// The nodes, ascending within a code.
    pub(crate) nodes: Array<NodeId>,
}

impl TextIndex {
    /// The nodes of a code, ascending.
    #[inline]
    #[must_use]
    pub fn nodes(&self, code: TextId) -> &[NodeId] {
        self.nodes.part(self.codes.rows(code.0)).unwrap_or(&[])
    }

    /// From each node's code; `texts` is the size of the dictionary.
    pub(super) fn of(pairs: impl Iterator<Item = (TextId, NodeId)>, texts: usize) -> Self {
        let pairs = sorted(pairs);
        let codes = Offsets::of_sorted(pairs.iter().map(|(code, _)| code.0), texts);
        Self { codes, nodes: pairs.into_iter().map(|(_, node)| node).collect() }
    }
}

/// Nodes by whole number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntIndex {
    /// The distinct numbers, ascending.
    pub(crate) values: Array<i64>,
    /// Start of each number's part of `nodes`, and the end of the last.
    pub(crate) starts: Array<u32>,
    /// The nodes, ascending within a number.
    pub(crate) nodes: Array<NodeId>,
}

impl IntIndex {
    /// The nodes of a number, ascending.
    #[must_use]
    pub fn nodes(&self, value: i64) -> &[NodeId] {
        let Ok(at) = self.values.binary_search(&value) else { return &[] };
        match self.starts.get(at..at + 2) {
            Some(&[start, end]) => self.nodes.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// From each node's number.
    fn of(pairs: impl Iterator<Item = (i64, NodeId)>) -> Self {
        let pairs = sorted(pairs);
        let (mut values, mut starts) = (Vec::new(), Vec::new());
        for (row, (value, _)) in pairs.iter().enumerate() {
            if values.last() != Some(value) {
                values.push(*value);
                starts.push(to_u32(row));
            }
        }
        starts.push(to_u32(pairs.len()));
        let nodes = pairs.into_iter().map(|(_, node)| node).collect();
        Self { values: values.into(), starts: starts.into(), nodes }
    }

    /// Whether the arrays fit together: what a graph file must keep.
    pub(crate) fn is_sound(&self) -> bool {
        let ends_well = |starts: &[u32]| starts.last().map_or(0, |end| *end as usize) == self.nodes.len();
        (self.values.len() + 1 == self.starts.len() || self.values.is_empty() && self.starts.is_empty())
            && self.values.known().is_none_or(<[i64]>::is_sorted)
            && self.starts.known().is_none_or(ends_well)
    }
}

fn sorted<T: Ord + Copy>(pairs: impl Iterator<Item = (T, NodeId)>) -> Vec<(T, NodeId)> {
    let mut pairs: Vec<(T, NodeId)> = pairs.collect();
    if !pairs.is_sorted() {
        pairs.sort_unstable();
    }
    pairs
}
