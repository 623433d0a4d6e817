//! The nodes of a graph, base and overlay read as one.

use std::borrow::Cow;
use std::ops::Range;

use super::Graph;
use super::column::Column;
use super::index::Unlisted;
use super::overlay::{NewNode, patched, property};
use crate::model::{GroupKey, KeyId, LabelId, NodeId, Value};

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
        self.bears_as_in_base(label).then(|| self.base.nodes_with_label(label))
    }

    /// Whether no change is in the way between a label and the nodes of the base that bear it.
    fn bears_as_in_base(&self, label: LabelId) -> bool {
        let overlay = &*self.overlay;
        overlay.relabelled.is_empty()
            && overlay.deleted_nodes.is_empty()
            && overlay.labelled.get(&label).is_none_or(std::collections::BTreeSet::is_empty)
    }

    /// How many nodes bear a label.
    #[must_use]
    pub fn label_count(&self, label: LabelId) -> usize {
        if self.bears_as_in_base(label) { self.base.label_count(label) } else { self.nodes_with_label(label).count() }
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

    /// Whether [`Graph::nodes_by_value`] answers for this key without looking at every node first.
    #[must_use]
    pub fn is_indexed(&self, key: KeyId) -> bool {
        self.base.is_indexed(key)
    }

    /// The numbers of the base's nodes.
    #[must_use]
    pub fn base_nodes(&self) -> Range<u32> {
        0..super::array::to_u32(self.base.node_count())
    }

    /// The nodes whose property equals this value, ascending; `None` where that cannot be looked up and one has to go
    /// through the nodes: numbers in a column with floating-point numbers, and whatever stands beside dates or lists.
    #[must_use]
    pub fn nodes_by_value(&self, key: KeyId, value: &Value) -> Option<Cow<'_, [NodeId]>> {
        let index = self.base.value_index(key);
        let found = match (value, index.unlisted) {
            (Value::Edtf(_), _) | (_, Unlisted::Anything) => return None,
            (Value::Text(text), _) => self.base.texts.find(text).map_or(&[][..], |code| index.texts.nodes(code)),
            (_, Unlisted::Scalars) => return None,
            (Value::Int(int), _) => index.ints.nodes(*int),
            (Value::Float(_), _) if !index.ints.values.is_empty() => return None,
            _ => &[],
        };
        if self.is_unchanged() {
            return Some(Cow::Borrowed(found));
        }
        if self.overlay.dated_keys.contains(&key) {
            return None;
        }
        let new = self.overlay.by_value.get(&(key, GroupKey(value.clone())));
        let both = merge(found.iter().copied(), new.into_iter().flatten().copied());
        let equals = |node: &NodeId| self.has_node(*node) && self.node_property(*node, key).equals(value) == Some(true);
        Some(both.filter(equals).collect())
    }

    #[inline]
    fn new_node(&self, node: NodeId) -> Option<&NewNode> {
        let number = node.index().checked_sub(self.base.node_count())?;
        self.overlay.nodes.get(number)
    }
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
