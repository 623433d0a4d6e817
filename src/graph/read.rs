//! A graph: a frozen base and the changes laid over it, read as one.

use std::fmt;
use std::sync::Arc;

use super::meta::Meta;
use super::overlay::Overlay;
use super::store::Store;
use super::symbols::Symbols;
use crate::model::{KeyId, LabelId, Schema, TypeId};

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

    /// The frozen base, to be kept: for those who refer to its dictionary by code.
    #[must_use]
    pub fn shared_base(&self) -> &Arc<Store> {
        &self.base
    }

    /// What the graph says of itself.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        self.base.meta()
    }

    /// What the curator recorded beside the claims: disputes that no rule can see, claims that only seem to disagree.
    #[must_use]
    pub fn records(&self) -> &crate::model::CuratorRecords {
        self.base.records()
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
