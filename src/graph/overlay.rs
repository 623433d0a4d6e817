//! The changes laid over a frozen base: new nodes and edges, new values, deletions.
//!
//! Numbers go on where the base ends: the first new node of a graph with a base of `n` nodes is node `n`, and so for
//! edges, labels, types and keys. Numbers are not used again, so a handle to a deleted thing stays a handle to that
//! thing. The overlay holds what readers need to skip the base or add to it, and nothing that a reader has to scan:
//! new edges by node and type, new nodes by label, new strings by key.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::naming::NewNames;
use super::said::{NewClaim, NewSource};
use super::symbols::Symbols;
use crate::model::{About, ClaimId, EdgeId, GroupKey, KeyId, LabelId, NodeId, TypeId, Value};
use crate::time::{Reading, Window};

/// Properties by key, ascending.
pub(super) type Properties = Vec<(KeyId, Value)>;

/// All changes since the base was frozen.
#[derive(Clone, Default)]
pub(super) struct Overlay {
    pub(super) labels: Symbols,
    pub(super) types: Symbols,
    pub(super) keys: Symbols,
    /// New nodes, deleted ones included.
    pub(super) nodes: Vec<NewNode>,
    /// New edges, deleted ones included.
    pub(super) edges: Vec<NewTie>,
    /// Base nodes with other labels than in the base: all their labels, ascending.
    pub(super) relabelled: BTreeMap<NodeId, Vec<LabelId>>,
    /// Changed properties of base nodes; null is "removed".
    pub(super) node_patches: BTreeMap<NodeId, Properties>,
    /// Changed properties of base edges; null is "removed".
    pub(super) edge_patches: BTreeMap<EdgeId, Properties>,
    pub(super) deleted_nodes: FxHashSet<NodeId>,
    /// Edges that nothing leads over any more.
    pub(super) deleted_edges: FxHashSet<EdgeId>,
    /// Those of them that are not deleted themselves, only a node at their end, by each of their ends: within a
    /// statement, which must delete them before it ends.
    pub(super) dangling: BTreeSet<(NodeId, EdgeId)>,
    /// Ends of deleted base edges.
    pub(super) bereft: FxHashSet<NodeId>,
    /// Ends of new edges.
    pub(super) tied: FxHashSet<NodeId>,
    /// New edges by node and type, deleted ones included.
    pub(super) ties: FxHashMap<(NodeId, TypeId), Ties>,
    /// New edges by type, deleted ones included.
    pub(super) by_type: BTreeMap<TypeId, Vec<EdgeId>>,
    /// New and relabelled nodes by label, deleted ones included.
    pub(super) labelled: BTreeMap<LabelId, BTreeSet<NodeId>>,
    /// Nodes that were given a value, by key and value; they may have lost it since.
    pub(super) by_value: FxHashMap<(KeyId, GroupKey), BTreeSet<NodeId>>,
    /// Keys that some node was given an uncertain date for: what equals such a one cannot be looked up.
    pub(super) dated_keys: FxHashSet<KeyId>,
    /// Keys that some base node has another value for than in the base.
    pub(super) patched_node_keys: FxHashSet<KeyId>,
    /// Keys that some base edge has another value for than in the base.
    pub(super) patched_edge_keys: FxHashSet<KeyId>,
    pub(super) by_slug: FxHashMap<Arc<str>, NodeId>,
    /// New sources.
    pub(super) sources: Vec<NewSource>,
    /// New claims.
    pub(super) claims: Vec<Said>,
    /// New claims by edge and by node.
    pub(super) claims_by_edge: FxHashMap<EdgeId, Vec<ClaimId>>,
    pub(super) claims_by_node: FxHashMap<NodeId, Vec<ClaimId>>,
    /// The time of new edges that have one, and of base edges that got new claims.
    pub(super) times: FxHashMap<EdgeId, (Window, Vec<Reading>)>,
    /// The names of new nodes and of nodes with a new `name`, when first asked for.
    pub(super) names: OnceLock<Arc<NewNames>>,
}

/// A new claim.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) id: u64,
    pub(super) about: About,
    pub(super) matter: Arc<str>,
    pub(super) claim: NewClaim,
}

/// A new node.
#[derive(Clone, Debug)]
pub(super) struct NewNode {
    pub(super) slug: Option<Arc<str>>,
    /// Ascending.
    pub(super) labels: Vec<LabelId>,
    pub(super) properties: Properties,
}

/// A new edge.
#[derive(Clone, Debug)]
pub(super) struct NewTie {
    pub(super) relation: TypeId,
    pub(super) source: NodeId,
    pub(super) target: NodeId,
    pub(super) properties: Properties,
}

/// The new edges of one node and type, with the node at the other end.
#[derive(Clone, Debug, Default)]
pub(super) struct Ties {
    pub(super) out: Vec<(EdgeId, NodeId)>,
    pub(super) incoming: Vec<(EdgeId, NodeId)>,
}

/// The value of a key.
pub(super) fn property(properties: &[(KeyId, Value)], key: KeyId) -> Option<&Value> {
    let at = properties.binary_search_by_key(&key, |(key, _)| *key).ok()?;
    Some(&properties[at].1)
}

/// Gives a key a value, null included.
pub(super) fn put(properties: &mut Properties, key: KeyId, value: Value) {
    match properties.binary_search_by_key(&key, |(key, _)| *key) {
        Ok(at) => properties[at].1 = value,
        Err(at) => properties.insert(at, (key, value)),
    }
}

/// Base properties without nulls, with a patch laid over them.
pub(super) fn patched(base: impl Iterator<Item = (KeyId, Value)>, patch: Option<&Properties>) -> Properties {
    let mut properties: Vec<_> = base.filter(|(_, value)| !value.is_null()).collect();
    for (key, value) in patch.into_iter().flatten() {
        put(&mut properties, *key, value.clone());
    }
    properties.retain(|(_, value)| !value.is_null());
    properties
}
