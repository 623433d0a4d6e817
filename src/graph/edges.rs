//! The edges of a graph, base and overlay read as one.

use super::Graph;
use super::column::Column;
use super::overlay::{NewTie, patched, property};
use crate::model::{EdgeId, KeyId, NodeId, TypeId, Value};

/// Edges.
impl Graph {
    /// How many edges there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edge_bound() - self.overlay.deleted_edges.len()
    }

    /// One more than the greatest number of an edge, living or deleted: the size of a set of edges.
    #[must_use]
    pub fn edge_bound(&self) -> usize {
        self.base.edge_count() + self.overlay.edges.len()
    }

    /// All edges, ascending.
    pub fn edges(&self) -> impl Iterator<Item = EdgeId> + '_ {
        (0..self.edge_bound()).map(EdgeId::from_index).filter(|edge| !self.overlay.deleted_edges.contains(edge))
    }

    /// The edges of a type, ascending.
    pub fn edges_of_type(&self, relation: TypeId) -> impl Iterator<Item = EdgeId> + '_ {
        let new = self.overlay.by_type.get(&relation).into_iter().flatten().copied();
        let all = self.base.edges_of_type(relation).map(EdgeId).chain(new);
        all.filter(|edge| !self.overlay.deleted_edges.contains(edge))
    }

    /// How many edges of a type there are.
    #[must_use]
    pub fn type_count(&self, relation: TypeId) -> usize {
        if self.overlay.edges.is_empty() && self.overlay.deleted_edges.is_empty() {
            self.base.edges_of_type(relation).len()
        } else {
            self.edges_of_type(relation).count()
        }
    }

    /// Whether an edge is there: it is of this graph, and not deleted.
    #[must_use]
    pub fn has_edge(&self, edge: EdgeId) -> bool {
        let dangling = &self.overlay.dangling;
        // A dangling edge is one of this graph, so that its ends can be asked for.
        let dangles = || edge.index() < self.edge_bound() && dangling.contains(&(self.source(edge), edge));
        self.leads_on(edge) || !dangling.is_empty() && dangles()
    }

    /// Whether an edge is there, and so are the nodes at both its ends.
    #[must_use]
    pub fn leads_on(&self, edge: EdgeId) -> bool {
        edge.index() < self.edge_bound() && !self.overlay.deleted_edges.contains(&edge)
    }

    /// The edges at a node that lead nowhere, since a node at one of their ends is deleted and they are not: while a
    /// statement runs.
    pub fn dangling_edges(&self, node: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
        let all = (node, EdgeId::from_index(0))..=(node, EdgeId::NONE);
        self.overlay.dangling.range(all).map(|(_, edge)| *edge)
    }

    /// An edge's type.
    #[inline]
    #[must_use]
    pub fn edge_type(&self, edge: EdgeId) -> TypeId {
        self.new_edge(edge).map_or_else(|| self.base.edge_type(edge), |new| new.relation)
    }

    /// Where an edge starts.
    #[inline]
    #[must_use]
    pub fn source(&self, edge: EdgeId) -> NodeId {
        self.new_edge(edge).map_or_else(|| self.base.source(edge), |new| new.source)
    }

    /// Where an edge points.
    #[inline]
    #[must_use]
    pub fn target(&self, edge: EdgeId) -> NodeId {
        self.new_edge(edge).map_or_else(|| self.base.target(edge), |new| new.target)
    }

    /// The end of an edge that is not this node; the node itself for a loop.
    #[must_use]
    pub fn other_end(&self, edge: EdgeId, node: NodeId) -> NodeId {
        let source = self.source(edge);
        if source == node { self.target(edge) } else { source }
    }

    /// An edge's property; null where it has none. That of a deleted edge is as it was.
    #[must_use]
    pub fn edge_property(&self, edge: EdgeId, key: KeyId) -> Value {
        if let Some(new) = self.new_edge(edge) {
            return property(&new.properties, key).cloned().unwrap_or_default();
        }
        match self.overlay.edge_patches.get(&edge).and_then(|patch| property(patch, key)) {
            Some(value) => value.clone(),
            None => self.base.edge_property(edge, key),
        }
    }

    /// An edge's properties, by key, ascending.
    #[must_use]
    pub fn edge_properties(&self, edge: EdgeId) -> Vec<(KeyId, Value)> {
        if let Some(new) = self.new_edge(edge) {
            return new.properties.clone();
        }
        let columns = self.base.edge_columns(self.base.edge_type(edge)).iter();
        let base = columns.map(|(key, _)| (*key, self.base.edge_property(edge, *key)));
        patched(base, self.overlay.edge_patches.get(&edge))
    }

    /// The column of a property of a type's edges, where it holds for all base edges as it stands: for those in
    /// [`Store::edges_of_type`](super::Store::edges_of_type), read it by place within the type; for others ask [`Graph::edge_property`].
    #[must_use]
    pub fn edge_column(&self, relation: TypeId, key: KeyId) -> Option<&Column> {
        if self.overlay.patched_edge_keys.contains(&key) { None } else { self.base.edge_column(relation, key) }
    }

    #[inline]
    fn new_edge(&self, edge: EdgeId) -> Option<&NewTie> {
        let number = edge.index().checked_sub(self.base.edge_count())?;
        self.overlay.edges.get(number)
    }
}
