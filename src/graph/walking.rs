//! Walking a graph from node to node, and telling where the base's own slices can be walked instead.

use rustc_hash::FxHashSet;

use super::Graph;
use super::neighbours::{Direction, Neighbours};
use super::overlay::Ties;
use crate::model::{EdgeId, NodeId, TypeId};

/// Walking.
impl Graph {
    /// The edges of one type at a node, each with the node at the other end.
    #[inline]
    #[must_use]
    pub fn neighbours(&self, node: NodeId, relation: TypeId, direction: Direction) -> Neighbours<'_> {
        Neighbours::new(self, node, relation, direction)
    }

    /// The edges of some types at a node, type by type. No type may stand twice.
    pub fn neighbours_via<'g>(
        &'g self,
        node: NodeId,
        relations: &'g [TypeId],
        direction: Direction,
    ) -> impl Iterator<Item = (EdgeId, NodeId)> + 'g {
        relations.iter().flat_map(move |relation| self.neighbours(node, *relation, direction))
    }

    /// All edges at a node, type by type.
    pub fn all_neighbours(&self, node: NodeId, direction: Direction) -> impl Iterator<Item = (EdgeId, NodeId)> + '_ {
        self.types().flat_map(move |relation| self.neighbours(node, relation, direction))
    }

    /// How many edges of a type are at a node.
    #[must_use]
    pub fn degree(&self, node: NodeId, relation: TypeId, direction: Direction) -> usize {
        match direction {
            Direction::Outgoing if self.is_untied(node) => self.base.out(node, relation).1.len(),
            Direction::Incoming if self.is_untied(node) => self.base.incoming(node, relation).1.len(),
            _ => self.neighbours(node, relation, direction).count(),
        }
    }

    /// The edges of a type that leave a node, as a slice: the number of the first (the others follow), and their
    /// targets, ascending. `None` where a change is in the way.
    #[inline]
    #[must_use]
    pub fn out_slice(&self, node: NodeId, relation: TypeId) -> Option<(EdgeId, &[NodeId])> {
        self.is_untied(node).then(|| self.base.out(node, relation))
    }

    /// The edges of a type that enter a node, as slices: edges, and their sources, ascending by source. `None` where
    /// a change is in the way.
    #[inline]
    #[must_use]
    pub fn in_slice(&self, node: NodeId, relation: TypeId) -> Option<(&[EdgeId], &[NodeId])> {
        self.is_untied(node).then(|| self.base.incoming(node, relation))
    }

    /// All edges of a type as they lie: the number of the first (the others follow), their sources and their targets.
    /// `None` where a change is in the way.
    #[must_use]
    pub fn edge_slices(&self, relation: TypeId) -> Option<(EdgeId, &[NodeId], &[NodeId])> {
        let edges = self.base.adjacency(relation).filter(|_| !self.has_new_ties())?;
        Some((edges.first(), edges.sources(), edges.targets()))
    }

    /// Whether nothing at all was changed since the base was frozen.
    #[inline]
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        let overlay = &*self.overlay;
        !self.has_new_ties()
            && overlay.nodes.is_empty()
            && overlay.node_patches.is_empty()
            && overlay.edge_patches.is_empty()
            && overlay.relabelled.is_empty()
            && overlay.deleted_nodes.is_empty()
    }

    /// Whether edges were added or deleted since the base was frozen. While not, every walk is a slice.
    #[inline]
    #[must_use]
    pub fn has_new_ties(&self) -> bool {
        !(self.overlay.edges.is_empty() && self.overlay.deleted_edges.is_empty())
    }

    /// Whether anything was deleted since the base was frozen.
    #[inline]
    #[must_use]
    pub fn has_deletions(&self) -> bool {
        !(self.overlay.deleted_nodes.is_empty() && self.overlay.deleted_edges.is_empty())
    }

    /// Whether some node of the base bears other labels than in the base.
    #[inline]
    #[must_use]
    pub fn has_relabelled(&self) -> bool {
        !self.overlay.relabelled.is_empty()
    }

    /// Whether a node's edges are those of the base.
    #[inline]
    #[must_use]
    pub fn is_untied(&self, node: NodeId) -> bool {
        !self.has_new_ties() || !self.overlay.bereft.contains(&node) && !self.overlay.tied.contains(&node)
    }

    #[inline]
    pub(super) fn ties(&self, node: NodeId, relation: TypeId) -> Option<&Ties> {
        if self.overlay.edges.is_empty() { None } else { self.overlay.ties.get(&(node, relation)) }
    }

    /// The deleted edges, where they may matter to a node.
    #[inline]
    pub(super) fn deleted_edges_at(&self, node: NodeId) -> Option<&FxHashSet<EdgeId>> {
        let matters = !self.is_untied(node) && !self.overlay.deleted_edges.is_empty();
        matters.then_some(&self.overlay.deleted_edges)
    }
}
