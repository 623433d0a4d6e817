//! Many nodes, edges and properties at a time: how tables fill a builder.
//!
//! What is said here is what [`GraphBuilder::add_node`], [`GraphBuilder::add_edge`] and the setters say one by one.

use super::array::to_u32;
use super::builder::{GraphBuilder, NewEdge};
use crate::model::{KeyId, LabelId, NodeId, TextId, TypeId};
use crate::time::Period;

/// Values of one property, all of one type.
#[derive(Clone, Copy, Debug)]
pub enum NewCells<'c> {
    /// Whole numbers.
    Ints(&'c [i64]),
    /// Floating-point numbers.
    Floats(&'c [f64]),
    /// 0 or 1.
    Bools(&'c [u8]),
    /// Strings of the builder's dictionary.
    Texts(&'c [TextId]),
}

/// Values of one property, and the rows that have them.
#[derive(Clone, Copy, Debug)]
pub struct NewColumn<'c> {
    /// The values.
    pub cells: NewCells<'c>,
    /// Which rows they are of, counted from the first of the part and ascending; `None`: one each.
    pub rows: Option<&'c [u32]>,
}

impl GraphBuilder {
    /// Adds so many nodes without slugs, each with these labels; gives the first, which the others follow.
    pub fn add_nodes(&mut self, labels: &[LabelId], count: usize) -> NodeId {
        let first = NodeId::from_index(self.set_of_node.len());
        let set = self.label_set(labels);
        self.set_of_node.extend(std::iter::repeat_n(set, count));
        first
    }

    /// Gives nodes from a first one on a property. Rows must come ascending from call to call.
    pub fn extend_node_column(&mut self, first: NodeId, key: KeyId, column: NewColumn<'_>) {
        self.node_columns.entry(key).or_default().extend(first.0, column);
    }

    /// Adds edges of one type between nodes that were added before; gives the first, which the others follow.
    pub fn add_edges(&mut self, relation: TypeId, sources: &[NodeId], targets: &[NodeId]) -> NewEdge {
        debug_assert_eq!(sources.len(), targets.len());
        let edges = &mut self.edges[relation.index()];
        let row = to_u32(edges.sources.len());
        edges.sources.extend_from_slice(sources);
        edges.targets.extend_from_slice(targets);
        NewEdge { relation, row }
    }

    /// Gives edges from a first one on a property. Rows must come ascending from call to call.
    pub fn extend_edge_column(&mut self, first: NewEdge, key: KeyId, column: NewColumn<'_>) {
        let columns = &mut self.edges[first.relation.index()].columns;
        columns.entry(key).or_default().extend(first.row, column);
    }

    /// Says of edges from a first one on when they hold, for certain: see [`GraphBuilder::set_edge_days`].
    pub fn extend_edge_days(&mut self, first: NewEdge, days: &[Period]) {
        let times = &mut self.edges[first.relation.index()].times;
        (first.row..).zip(days).for_each(|(row, days)| times.set_days(row, *days));
    }
}
