//! The edges of one relation type, ordered for walking in both directions.
//!
//! Edges stand ordered by (source, target, order of addition), so the targets of a node are a slice, sorted, and the
//! edges beside it have consecutive numbers. For the other direction there is a second order, by (target, source),
//! as two arrays: the sources, and which edge each is. Where an edge starts follows from the row starts.

use std::sync::OnceLock;

use super::array::{Array, to_u32};
use super::offsets::Offsets;
use crate::model::{EdgeId, NodeId};

/// The edges of one type.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    /// Number of the first edge.
    pub(crate) first: u32,
    /// How many edges.
    pub(crate) count: u32,
    /// Edges by source.
    pub(crate) out: Offsets,
    /// Edges by target.
    pub(crate) incoming: Offsets,
    /// Targets, by place within the type.
    pub(crate) targets: Array<NodeId>,
    /// Edges ordered by (target, source).
    pub(crate) in_edges: Array<EdgeId>,
    /// Their sources.
    pub(crate) in_sources: Array<NodeId>,
    /// Sources, by place within the type: made of the row starts when somebody asks.
    pub(crate) sources: OnceLock<Vec<NodeId>>,
}

impl Adjacency {
    /// Where each edge starts, by place within the type.
    #[inline]
    #[must_use]
    pub fn sources(&self) -> &[NodeId] {
        self.sources.get_or_init(|| self.out.keys_of_rows().map(NodeId).collect())
    }

    /// Where each edge points, by place within the type.
    #[inline]
    #[must_use]
    pub fn targets(&self) -> &[NodeId] {
        &self.targets
    }

    /// Whether the arrays fit so many edges.
    pub(crate) fn is_sound(&self) -> bool {
        let lengths = [self.targets.len(), self.in_edges.len(), self.in_sources.len()];
        let count = self.count as usize;
        lengths == [count; 3] && self.out.covers(count) && self.incoming.covers(count)
    }

    /// The number of the type's first edge.
    #[inline]
    #[must_use]
    pub fn first(&self) -> EdgeId {
        EdgeId(self.first)
    }
}

/// Orders edges, numbered from `first`; gives where each stood in the input, too. Time and memory are linear in edges
/// plus nodes, and in edges alone where they are few.
pub(super) fn order(sources: Vec<NodeId>, targets: Vec<NodeId>, nodes: usize, first: u32) -> (Adjacency, Vec<u32>) {
    let count = sources.len();
    let by_target = sort_by_node(0..to_u32(count), &targets, nodes);
    let old_rows = sort_by_node(by_target.into_iter(), &sources, nodes);
    let ordered_sources: Vec<NodeId> = old_rows.iter().map(|old| sources[*old as usize]).collect();
    drop(sources);
    let ordered_targets: Vec<NodeId> = old_rows.iter().map(|old| targets[*old as usize]).collect();
    drop(targets);
    let by_target = sort_by_node(0..to_u32(count), &ordered_targets, nodes);
    let adjacency = Adjacency {
        first,
        count: to_u32(count),
        out: Offsets::of_sorted(ordered_sources.iter().map(|node| node.0), nodes),
        incoming: Offsets::of_sorted(by_target.iter().map(|row| ordered_targets[*row as usize].0), nodes),
        in_sources: by_target.iter().map(|row| ordered_sources[*row as usize]).collect(),
        in_edges: by_target.into_iter().map(|row| EdgeId(first + row)).collect(),
        targets: ordered_targets.into(),
        sources: OnceLock::new(),
    };
    (adjacency, old_rows)
}

/// Rows in the order of their nodes; rows of one node keep their order. A counting sort where there are many rows.
fn sort_by_node(rows: impl ExactSizeIterator<Item = u32>, node_of: &[NodeId], nodes: usize) -> Vec<u32> {
    if rows.len() < nodes / 4 {
        let mut rows: Vec<u32> = rows.collect();
        rows.sort_by_key(|row| node_of[*row as usize]);
        return rows;
    }
    let mut next = vec![0u32; nodes + 1];
    for node in node_of {
        next[node.index() + 1] += 1;
    }
    for node in 1..=nodes {
        next[node] += next[node - 1];
    }
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        let at = &mut next[node_of[row as usize].index()];
        sorted[*at as usize] = row;
        *at += 1;
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edges: &[(u32, u32)], nodes: usize) {
        let split = |pick: fn(&(u32, u32)) -> u32| edges.iter().map(|edge| NodeId(pick(edge))).collect::<Vec<_>>();
        let (ordered, old_rows) = order(split(|edge| edge.0), split(|edge| edge.1), nodes, 7);
        let mut expected: Vec<_> = (0..).zip(edges).map(|(row, (source, target))| (*source, *target, row)).collect();
        expected.sort_unstable();
        for (at, (source, target, row)) in expected.iter().enumerate() {
            assert_eq!((ordered.sources()[at].0, ordered.targets[at].0), (*source, *target));
            assert_eq!(old_rows[at], *row);
        }
        for node in 0..to_u32(nodes) {
            let out = &ordered.targets[ordered.out.rows(node)];
            assert!(out.is_sorted() && out.len() == edges.iter().filter(|edge| edge.0 == node).count());
            let rows = ordered.incoming.rows(node);
            assert_eq!(rows.len(), edges.iter().filter(|edge| edge.1 == node).count());
            for at in rows {
                let edge = (ordered.in_edges[at].0 - 7) as usize;
                assert_eq!((ordered.targets[edge].0, ordered.sources()[edge]), (node, ordered.in_sources[at]));
            }
        }
    }

    #[test]
    fn edges_are_found_from_both_ends() {
        check(&[], 3);
        check(&[(2, 1), (0, 0), (2, 1), (1, 2), (0, 2)], 3);
        check(&[(2, 1), (0, 0), (2, 1), (1, 2), (0, 2)], 1000);
        check(&[(999, 0)], 1000);
    }
}
