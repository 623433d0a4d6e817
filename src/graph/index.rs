//! Exact look-up: which nodes have this string as this property (or as their slug).

use std::sync::LazyLock;

use super::array::Array;
use super::column::{Cells, Column};
use super::offsets::Offsets;
use crate::model::{NodeId, TextId};

/// Nodes by dictionary code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextIndex {
    /// Rows of `nodes` by code.
    pub(crate) codes: Offsets,
    /// The nodes, ascending within a code.
    pub(crate) nodes: Array<NodeId>,
}

impl TextIndex {
    /// The index on a property that no node has.
    pub(super) fn empty() -> &'static Self {
        static EMPTY: LazyLock<TextIndex> = LazyLock::new(TextIndex::default);
        &EMPTY
    }

    /// The nodes of a code, ascending.
    #[inline]
    #[must_use]
    pub fn nodes(&self, code: TextId) -> &[NodeId] {
        self.nodes.get(self.codes.rows(code.0)).unwrap_or(&[])
    }

    /// From each node's code, nodes ascending; `texts` is the size of the dictionary.
    pub(super) fn of(pairs: impl Iterator<Item = (TextId, NodeId)>, texts: usize) -> Self {
        let mut pairs: Vec<(TextId, NodeId)> = pairs.collect();
        if !pairs.is_sorted() {
            pairs.sort_unstable();
        }
        let codes = Offsets::of_sorted(pairs.iter().map(|(code, _)| code.0), texts);
        Self { codes, nodes: pairs.into_iter().map(|(_, node)| node).collect() }
    }

    /// Of a property column; `None` where it does not hold strings only.
    pub(super) fn of_column(column: &Column, texts: usize) -> Option<Self> {
        let Cells::Text(cells) = &column.cells else { return None };
        Some(Self::of(column.rows().map(|(row, cell)| (cells[cell], NodeId::from_index(row))), texts))
    }
}
