//! A graph: a frozen base and the changes laid over it, read as one.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::column::Column;
use super::meta::Meta;
use super::neighbours::{Direction, Neighbours};
use super::overlay::{NewNode, NewTie, Overlay, Ties, property};
use super::store::Store;
use super::symbols::Symbols;
use crate::model::{EdgeId, KeyId, LabelId, NodeId, Schema, TypeId, Value};

/// A graph. Cloning it is cheap and gives a snapshot: what is written to one is not seen by the other.
#[derive(Clone)]
pub struct Graph {
    pub(super) base: Arc<Store>,
    pub(super) overlay: Arc<Overlay>,
}

impl From<Store> for Graph {
    fn from(store: Store) -> Self {
        Self { base: Arc::new(store), overlay: Arc::default() }
    }
}

impl From<Arc<Store>> for Graph {
    fn from(base: Arc<Store>) -> Self {
        Self { base, overlay: Arc::default() }
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Graph({} nodes, {} edges)", self.node_count(), self.edge_count())
    }
}

impl Default for Graph {
    fn default() -> Self {
        Self::from(super::GraphBuilder::new().freeze())
    }
}

/// The graph as a whole.
impl Graph {
    /// The frozen base. What it says holds for nodes and edges that no change touches (see [`Graph::is_unchanged`],
    /// [`Graph::out_slice`], [`Graph::node_column`]).
    #[inline]
    #[must_use]
    pub fn base(&self) -> &Store {
        &self.base
    }

    /// What the graph says of itself.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        self.base.meta()
    }

    /// What the graph may hold.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.base.meta().schema
    }

    /// Whether two graphs are the same snapshot.
    #[must_use]
    pub fn is_same_snapshot(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.base, &other.base) && Arc::ptr_eq(&self.overlay, &other.overlay)
    }
}

/// Labels, relation types and keys, base and overlay.
impl Graph {
    /// The label with a name.
    #[must_use]
    pub fn label_id(&self, name: &str) -> Option<LabelId> {
        find(&self.base.labels, &self.overlay.labels, name).map(LabelId::from_index)
    }

    /// The relation type with a name.
    #[must_use]
    pub fn type_id(&self, name: &str) -> Option<TypeId> {
        find(&self.base.types, &self.overlay.types, name).map(TypeId::from_index)
    }

    /// The property key with a name.
    #[must_use]
    pub fn key_id(&self, name: &str) -> Option<KeyId> {
        find(&self.base.keys, &self.overlay.keys, name).map(KeyId::from_index)
    }

    /// A label's name.
    ///
    /// # Panics
    /// For a label of another graph.
    #[must_use]
    pub fn label_name(&self, label: LabelId) -> &Arc<str> {
        name(&self.base.labels, &self.overlay.labels, label.index())
    }

    /// A relation type's name.
    ///
    /// # Panics
    /// For a type of another graph.
    #[must_use]
    pub fn type_name(&self, relation: TypeId) -> &Arc<str> {
        name(&self.base.types, &self.overlay.types, relation.index())
    }

    /// A property key's name.
    ///
    /// # Panics
    /// For a key of another graph.
    #[must_use]
    pub fn key_name(&self, key: KeyId) -> &Arc<str> {
        name(&self.base.keys, &self.overlay.keys, key.index())
    }

    /// All labels that were ever used, in order of number.
    pub fn labels(&self) -> impl Iterator<Item = LabelId> + use<> {
        (0..self.base.labels.len() + self.overlay.labels.len()).map(LabelId::from_index)
    }

    /// All relation types that were ever used, in order of number.
    pub fn types(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.base.types.len() + self.overlay.types.len()).map(TypeId::from_index)
    }

    /// All property keys that were ever used, in order of number.
    pub fn keys(&self) -> impl Iterator<Item = KeyId> + use<> {
        (0..self.base.keys.len() + self.overlay.keys.len()).map(KeyId::from_index)
    }
}

fn find(base: &Symbols, new: &Symbols, name: &str) -> Option<usize> {
    base.find(name).or_else(|| new.find(name).map(|number| base.len() + number))
}

fn name<'g>(base: &'g Symbols, new: &'g Symbols, number: usize) -> &'g Arc<str> {
    let found = base.name(number).or_else(|| new.name(number.checked_sub(base.len())?));
    found.expect("a handle belongs to the graph that gave it")
}

/// Nodes.
impl Graph {
    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.node_bound() - self.overlay.deleted_nodes.len()
    }

    /// One more than the greatest number of a node, living or deleted: the size of a set of nodes.
    #[must_use]
    pub fn node_bound(&self) -> usize {
        self.base.node_count() + self.overlay.nodes.len()
    }

    /// All nodes, ascending.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0..self.node_bound()).map(NodeId::from_index).filter(|node| !self.overlay.deleted_nodes.contains(node))
    }

    /// Whether a node is there: it is of this graph, and not deleted.
    #[must_use]
    pub fn has_node(&self, node: NodeId) -> bool {
        node.index() < self.node_bound() && !self.overlay.deleted_nodes.contains(&node)
    }

    /// A node's slug: its stable id.
    #[must_use]
    pub fn slug(&self, node: NodeId) -> Option<&str> {
        match self.new_node(node) {
            Some(new) => new.slug.as_deref(),
            None => self.base.slug(node),
        }
    }

    /// The node with a slug.
    #[must_use]
    pub fn node_by_slug(&self, slug: &str) -> Option<NodeId> {
        let node = self.overlay.by_slug.get(slug).copied().or_else(|| self.base.node_by_slug(slug))?;
        self.has_node(node).then_some(node)
    }

    /// A node's labels, ascending by number. Those of a deleted node are as they were.
    #[inline]
    #[must_use]
    pub fn labels_of(&self, node: NodeId) -> &[LabelId] {
        match self.new_node(node) {
            Some(new) => &new.labels,
            None if self.overlay.relabelled.is_empty() => self.base.labels_of(node),
            None => self.overlay.relabelled.get(&node).map_or_else(|| self.base.labels_of(node), Vec::as_slice),
        }
    }

    /// Whether a node bears a label.
    #[inline]
    #[must_use]
    pub fn has_label(&self, node: NodeId, label: LabelId) -> bool {
        self.labels_of(node).contains(&label)
    }

    /// The nodes that bear a label, ascending.
    pub fn nodes_with_label(&self, label: LabelId) -> impl Iterator<Item = NodeId> + '_ {
        let overlay = &*self.overlay;
        let is_as_in_base =
            |node: &NodeId| !overlay.relabelled.contains_key(node) && !overlay.deleted_nodes.contains(node);
        let base = self.base.nodes_with_label(label).iter().copied().filter(is_as_in_base);
        let new = overlay.labelled.get(&label).into_iter().flatten().copied();
        merge(base, new.filter(|node| !overlay.deleted_nodes.contains(node)))
    }

    /// The nodes that bear a label as one slice, where no change is in the way.
    #[must_use]
    pub fn label_slice(&self, label: LabelId) -> Option<&[NodeId]> {
        let overlay = &*self.overlay;
        let unchanged = overlay.relabelled.is_empty()
            && overlay.deleted_nodes.is_empty()
            && overlay.labelled.get(&label).is_none_or(std::collections::BTreeSet::is_empty);
        unchanged.then(|| self.base.nodes_with_label(label))
    }

    /// How many nodes bear a label.
    #[must_use]
    pub fn label_count(&self, label: LabelId) -> usize {
        self.label_slice(label).map_or_else(|| self.nodes_with_label(label).count(), <[NodeId]>::len)
    }

    /// A node's property; null where it has none. That of a deleted node is as it was.
    #[inline]
    #[must_use]
    pub fn node_property(&self, node: NodeId, key: KeyId) -> Value {
        if let Some(new) = self.new_node(node) {
            return property(&new.properties, key).cloned().unwrap_or_default();
        }
        match self.overlay.node_patches.get(&node).and_then(|patch| property(patch, key)) {
            Some(value) => value.clone(),
            None => self.base.node_property(node, key),
        }
    }

    /// A node's properties, by key, ascending.
    #[must_use]
    pub fn node_properties(&self, node: NodeId) -> Vec<(KeyId, Value)> {
        if let Some(new) = self.new_node(node) {
            return new.properties.clone();
        }
        let base = self.base.keys.iter().enumerate().map(|(key, _)| KeyId::from_index(key));
        let base = base.map(|key| (key, self.base.node_property(node, key)));
        patched(base, self.overlay.node_patches.get(&node))
    }

    /// The column of a node property, where it holds for all base nodes as it stands: for those in
    /// [`Graph::base_nodes`], read it by row; for others ask [`Graph::node_property`].
    #[must_use]
    pub fn node_column(&self, key: KeyId) -> Option<&Column> {
        if self.overlay.patched_node_keys.contains(&key) { None } else { self.base.node_column(key) }
    }

    /// Whether [`Graph::nodes_by_text`] answers for this key without looking at every node first.
    #[must_use]
    pub fn is_indexed(&self, key: KeyId) -> bool {
        self.base.is_indexed(key)
    }

    /// The numbers of the base's nodes.
    #[must_use]
    pub fn base_nodes(&self) -> Range<u32> {
        0..super::array::to_u32(self.base.node_count())
    }

    /// The nodes whose property is this string, ascending; `None` where the key has values that are no strings, so
    /// that no index stands ready and one has to look at the nodes.
    #[must_use]
    pub fn nodes_by_text(&self, key: KeyId, text: &str) -> Option<Cow<'_, [NodeId]>> {
        let base = self.base.text_index(key)?;
        let found = self.base.texts.find(text).map_or(&[][..], |code| base.nodes(code));
        if self.is_unchanged() {
            return Some(Cow::Borrowed(found));
        }
        let new = self.overlay.by_text.get(&(key, Arc::from(text)));
        let both = merge(found.iter().copied(), new.into_iter().flatten().copied());
        let holds = |node: &NodeId| self.has_node(*node) && self.node_property(*node, key).as_text() == Some(text);
        Some(both.filter(holds).collect())
    }

    #[inline]
    fn new_node(&self, node: NodeId) -> Option<&NewNode> {
        let number = node.index().checked_sub(self.base.node_count())?;
        self.overlay.nodes.get(number)
    }
}

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
        edge.index() < self.edge_bound() && !self.overlay.deleted_edges.contains(&edge)
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
    /// [`Store::edges_of_type`], read it by place within the type; for others ask [`Graph::edge_property`].
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

    /// Whether a node's edges are those of the base.
    #[inline]
    fn is_untied(&self, node: NodeId) -> bool {
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

/// Base properties without nulls, with a patch laid over them.
fn patched(base: impl Iterator<Item = (KeyId, Value)>, patch: Option<&Vec<(KeyId, Value)>>) -> Vec<(KeyId, Value)> {
    let mut properties: Vec<_> = base.filter(|(_, value)| !value.is_null()).collect();
    for (key, value) in patch.into_iter().flatten() {
        super::overlay::put(&mut properties, *key, value.clone());
    }
    properties.retain(|(_, value)| !value.is_null());
    properties
}

/// Two ascending sequences as one, each node once.
fn merge(left: impl Iterator<Item = NodeId>, right: impl Iterator<Item = NodeId>) -> impl Iterator<Item = NodeId> {
    let (mut left, mut right) = (left.peekable(), right.peekable());
    std::iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some(a), Some(b)) if a < b => left.next(),
        (Some(a), Some(b)) if a == b => {
            right.next();
            left.next()
        }
        (Some(_), None) => left.next(),
        _ => right.next(),
    })
}
