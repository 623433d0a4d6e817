//! Changing a graph: everything goes to the overlay, the base stays as it is.
//!
//! A writer whose overlay is shared with a snapshot gets a copy of the overlay first, so a statement that fails half
//! way is undone by going back to the snapshot from before it. What a schema demands of a graph is checked by those
//! who write, not here.

use std::sync::Arc;

use thiserror::Error;

use super::Graph;
use super::neighbours::Direction;
use super::overlay::{NewNode, NewTie, Overlay, Properties, put};
use crate::model::{EdgeId, GroupKey, KeyId, LabelId, NodeId, TypeId, Value};

/// Why a change was refused. The graph is as it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The node is of another graph, or deleted.
    #[error("there is no such node (it may have been deleted)")]
    NoSuchNode(NodeId),
    /// The edge is of another graph, or deleted.
    #[error("there is no such relationship (it may have been deleted)")]
    NoSuchEdge(EdgeId),
    /// The node still has edges.
    #[error("the node still has relationships")]
    StillRelated(NodeId),
    /// Another node has the slug.
    #[error("another node has this id")]
    SlugTaken(NodeId),
}

impl Graph {
    pub(super) fn overlay_mut(&mut self) -> &mut Overlay {
        let overlay = Arc::make_mut(&mut self.overlay);
        overlay.names.take();
        overlay
    }

    /// The label with a name, new or known.
    pub fn intern_label(&mut self, name: &str) -> LabelId {
        self.label_id(name).unwrap_or_else(|| {
            let known = self.base.labels.len();
            LabelId::from_index(known + self.overlay_mut().labels.intern(name))
        })
    }

    /// The relation type with a name, new or known.
    pub fn intern_type(&mut self, name: &str) -> TypeId {
        self.type_id(name).unwrap_or_else(|| {
            let known = self.base.types.len();
            TypeId::from_index(known + self.overlay_mut().types.intern(name))
        })
    }

    /// The property key with a name, new or known.
    pub fn intern_key(&mut self, name: &str) -> KeyId {
        self.key_id(name).unwrap_or_else(|| {
            let known = self.base.keys.len();
            KeyId::from_index(known + self.overlay_mut().keys.intern(name))
        })
    }

    /// Adds a node.
    pub fn create_node(&mut self, labels: &[LabelId], properties: impl IntoIterator<Item = (KeyId, Value)>) -> NodeId {
        let node = NodeId::from_index(self.node_bound());
        let mut labels = labels.to_vec();
        labels.sort_unstable();
        labels.dedup();
        let properties = collect(properties);
        let overlay = self.overlay_mut();
        for label in &labels {
            overlay.labelled.entry(*label).or_default().insert(node);
        }
        for (key, value) in &properties {
            overlay.index_value(node, *key, value);
        }
        overlay.nodes.push(NewNode { slug: None, labels, properties });
        node
    }

    /// Gives a new node its stable id. Those of the base keep theirs.
    ///
    /// # Errors
    /// If the node is not one of the overlay's, or another node has the slug.
    pub fn set_slug(&mut self, node: NodeId, slug: &str) -> Result<(), WriteError> {
        self.expect_node(node)?;
        match self.node_by_slug(slug) {
            Some(other) if other != node => return Err(WriteError::SlugTaken(other)),
            _ => {}
        }
        let number = node.index().checked_sub(self.base.node_count()).ok_or(WriteError::NoSuchNode(node))?;
        let slug: Arc<str> = slug.into();
        let overlay = self.overlay_mut();
        if let Some(old) = overlay.nodes[number].slug.replace(slug.clone()) {
            overlay.by_slug.remove(&old);
        }
        overlay.by_slug.insert(slug, node);
        Ok(())
    }

    /// Adds an edge.
    ///
    /// # Errors
    /// If one of its ends is not there.
    pub fn create_edge(
        &mut self,
        relation: TypeId,
        source: NodeId,
        target: NodeId,
        properties: impl IntoIterator<Item = (KeyId, Value)>,
    ) -> Result<EdgeId, WriteError> {
        self.expect_node(source)?;
        self.expect_node(target)?;
        let edge = EdgeId::from_index(self.edge_bound());
        let overlay = self.overlay_mut();
        overlay.ties.entry((source, relation)).or_default().out.push((edge, target));
        overlay.ties.entry((target, relation)).or_default().incoming.push((edge, source));
        overlay.tied.extend([source, target]);
        overlay.by_type.entry(relation).or_default().push(edge);
        overlay.edges.push(NewTie { relation, source, target, properties: collect(properties) });
        Ok(edge)
    }

    /// Gives a node a property; null takes it away.
    ///
    /// # Errors
    /// If the node is not there.
    pub fn set_node_property(&mut self, node: NodeId, key: KeyId, value: Value) -> Result<(), WriteError> {
        self.expect_node(node)?;
        let known = self.base.node_count();
        let overlay = self.overlay_mut();
        overlay.index_value(node, key, &value);
        if let Some(number) = node.index().checked_sub(known) {
            set(&mut overlay.nodes[number].properties, key, value);
        } else {
            put(overlay.node_patches.entry(node).or_default(), key, value);
            overlay.patched_node_keys.insert(key);
        }
        Ok(())
    }

    /// Gives an edge a property; null takes it away.
    ///
    /// # Errors
    /// If the edge is not there.
    pub fn set_edge_property(&mut self, edge: EdgeId, key: KeyId, value: Value) -> Result<(), WriteError> {
        self.expect_edge(edge)?;
        let known = self.base.edge_count();
        let overlay = self.overlay_mut();
        if let Some(number) = edge.index().checked_sub(known) {
            set(&mut overlay.edges[number].properties, key, value);
        } else {
            put(overlay.edge_patches.entry(edge).or_default(), key, value);
            overlay.patched_edge_keys.insert(key);
        }
        Ok(())
    }

    /// Gives a node a label, if it does not bear it.
    ///
    /// # Errors
    /// If the node is not there.
    pub fn add_label(&mut self, node: NodeId, label: LabelId) -> Result<(), WriteError> {
        self.relabel(node, |labels| {
            if let Err(at) = labels.binary_search(&label) {
                labels.insert(at, label);
            }
        })
    }

    /// Takes a label away from a node, if it bears it.
    ///
    /// # Errors
    /// If the node is not there.
    pub fn remove_label(&mut self, node: NodeId, label: LabelId) -> Result<(), WriteError> {
        self.relabel(node, |labels| labels.retain(|each| *each != label))
    }

    fn relabel(&mut self, node: NodeId, change: impl FnOnce(&mut Vec<LabelId>)) -> Result<(), WriteError> {
        self.expect_node(node)?;
        let old = self.labels_of(node).to_vec();
        let mut new = old.clone();
        change(&mut new);
        if new == old {
            return Ok(());
        }
        let known = self.base.node_count();
        let overlay = self.overlay_mut();
        for label in &old {
            overlay.labelled.entry(*label).or_default().remove(&node);
        }
        for label in &new {
            overlay.labelled.entry(*label).or_default().insert(node);
        }
        if let Some(number) = node.index().checked_sub(known) {
            overlay.nodes[number].labels = new;
        } else {
            overlay.relabelled.insert(node, new);
        }
        Ok(())
    }

    /// Deletes an edge.
    ///
    /// # Errors
    /// If it is not there.
    pub fn delete_edge(&mut self, edge: EdgeId) -> Result<(), WriteError> {
        self.expect_edge(edge)?;
        let ends = [self.source(edge), self.target(edge)];
        let overlay = self.overlay_mut();
        overlay.deleted_edges.insert(edge);
        for end in ends {
            overlay.dangling.remove(&(end, edge));
        }
        overlay.bereft.extend(ends);
        Ok(())
    }

    /// Deletes a node without edges.
    ///
    /// # Errors
    /// If it is not there, or has edges.
    pub fn delete_node(&mut self, node: NodeId) -> Result<(), WriteError> {
        self.expect_node(node)?;
        if self.all_neighbours(node, Direction::Both).next().is_some() {
            return Err(WriteError::StillRelated(node));
        }
        self.overlay_mut().deleted_nodes.insert(node);
        Ok(())
    }

    /// Deletes a node that may have edges still. They dangle from then on: they are there, but nothing leads over them.
    /// Who calls this sees to it that they are deleted too.
    ///
    /// # Errors
    /// If the node is not there.
    pub fn delete_node_before_its_edges(&mut self, node: NodeId) -> Result<(), WriteError> {
        self.expect_node(node)?;
        let edges: Vec<EdgeId> = self.all_neighbours(node, Direction::Both).map(|(edge, _)| edge).collect();
        for edge in edges {
            self.delete_edge(edge)?;
            let ends = [self.source(edge), self.target(edge)];
            self.overlay_mut().dangling.extend(ends.map(|end| (end, edge)));
        }
        self.overlay_mut().deleted_nodes.insert(node);
        Ok(())
    }

    /// Deletes a node and its edges.
    ///
    /// # Errors
    /// If the node is not there.
    pub fn detach_delete_node(&mut self, node: NodeId) -> Result<(), WriteError> {
        self.expect_node(node)?;
        let tied = self.all_neighbours(node, Direction::Both).map(|(edge, _)| edge);
        let edges: Vec<EdgeId> = tied.chain(self.dangling_edges(node)).collect();
        for edge in edges {
            self.delete_edge(edge)?;
        }
        self.overlay_mut().deleted_nodes.insert(node);
        Ok(())
    }

    pub(super) fn expect_node(&self, node: NodeId) -> Result<(), WriteError> {
        if self.has_node(node) { Ok(()) } else { Err(WriteError::NoSuchNode(node)) }
    }

    pub(super) fn expect_edge(&self, edge: EdgeId) -> Result<(), WriteError> {
        if self.has_edge(edge) { Ok(()) } else { Err(WriteError::NoSuchEdge(edge)) }
    }
}

impl Overlay {
    fn index_value(&mut self, node: NodeId, key: KeyId, value: &Value) {
        match value {
            Value::Null => {}
            Value::Edtf(_) => _ = self.dated_keys.insert(key),
            _ => _ = self.by_value.entry((key, GroupKey(value.clone()))).or_default().insert(node),
        }
    }
}

/// Properties sorted by key, without nulls; of one key the last value counts.
fn collect(properties: impl IntoIterator<Item = (KeyId, Value)>) -> Properties {
    let mut collected = Properties::new();
    for (key, value) in properties {
        set(&mut collected, key, value);
    }
    collected
}

/// Gives a key a value, or takes it away.
fn set(properties: &mut Properties, key: KeyId, value: Value) {
    if value.is_null() {
        properties.retain(|(each, _)| *each != key);
    } else {
        put(properties, key, value);
    }
}
