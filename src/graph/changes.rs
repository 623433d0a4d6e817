//! What changed between two snapshots of one graph.

use rustc_hash::FxHashSet;

use super::Graph;
use crate::model::{EdgeId, KeyId, NodeId, Value};

/// Changes as openCypher's conformance suite counts them: by comparing what is there before and after, so that a value
/// that was changed is one property removed and one added, and the properties of a deleted node are removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideEffects {
    /// Nodes that were not there before.
    pub nodes_created: usize,
    /// Nodes that are there no more.
    pub nodes_deleted: usize,
    /// Relationships that were not there before.
    pub relationships_created: usize,
    /// Relationships that are there no more.
    pub relationships_deleted: usize,
    /// Labels that some node bears now and none did before.
    pub labels_added: usize,
    /// Labels that some node bore and none does now.
    pub labels_removed: usize,
    /// Values of properties that were not there before.
    pub properties_added: usize,
    /// Values of properties that are there no more.
    pub properties_removed: usize,
}

impl SideEffects {
    /// What changed from `before` to `after`, in time and memory linear in what either changed of their common base.
    ///
    /// # Panics
    /// If the two are not snapshots of one graph.
    #[must_use]
    pub fn between(before: &Graph, after: &Graph) -> Self {
        let mut effects = Self::default();
        if before.is_same_snapshot(after) {
            return effects;
        }
        for node in after.touched_nodes_since(before) {
            effects.count_node(before, after, node);
        }
        for edge in after.touched_edges_since(before) {
            effects.count_edge(before, after, edge);
        }
        for label in after.labels() {
            let bore = before.nodes_with_label(label).next().is_some();
            let bears = after.nodes_with_label(label).next().is_some();
            effects.labels_added += usize::from(bears && !bore);
            effects.labels_removed += usize::from(bore && !bears);
        }
        effects
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    fn count_node(&mut self, before: &Graph, after: &Graph, node: NodeId) {
        let (was, is) = (before.has_node(node), after.has_node(node));
        self.nodes_created += usize::from(is && !was);
        self.nodes_deleted += usize::from(was && !is);
        let of = |graph: &Graph, there: bool| if there { graph.node_properties(node) } else { Vec::new() };
        self.count_properties(&of(before, was), &of(after, is));
    }

    fn count_edge(&mut self, before: &Graph, after: &Graph, edge: EdgeId) {
        let (was, is) = (before.has_edge(edge), after.has_edge(edge));
        self.relationships_created += usize::from(is && !was);
        self.relationships_deleted += usize::from(was && !is);
        let of = |graph: &Graph, there: bool| if there { graph.edge_properties(edge) } else { Vec::new() };
        self.count_properties(&of(before, was), &of(after, is));
    }

    fn count_properties(&mut self, before: &[(KeyId, Value)], after: &[(KeyId, Value)]) {
        let missing = |some: &[(KeyId, Value)], others: &[(KeyId, Value)]| {
            let is_there = |entry: &(KeyId, Value)| {
                others.iter().any(|other| other.0 == entry.0 && is_same_value(&other.1, &entry.1))
            };
            some.iter().filter(|entry| !is_there(entry)).count()
        };
        self.properties_added += missing(after, before);
        self.properties_removed += missing(before, after);
    }
}

/// Equivalent and of one type: `1` and `1.0` are two values.
pub(super) fn is_same_value(a: &Value, b: &Value) -> bool {
    a.type_name() == b.type_name() && a.is_equivalent(b)
}

/// What either of the two snapshots touched, ascending.
fn both<T: Ord + Copy>(before: &Graph, after: &Graph, touched: fn(&Graph) -> Vec<T>) -> Vec<T> {
    assert!(std::sync::Arc::ptr_eq(&before.base, &after.base), "only snapshots of one graph are compared");
    let mut all = touched(before);
    all.extend(touched(after));
    all.sort_unstable();
    all.dedup();
    all
}

impl Graph {
    /// Nodes that either of two snapshots touched, ascending.
    pub(super) fn touched_nodes_since(&self, before: &Self) -> Vec<NodeId> {
        both(before, self, Self::touched_nodes)
    }

    /// Edges that either of two snapshots touched, ascending.
    pub(super) fn touched_edges_since(&self, before: &Self) -> Vec<EdgeId> {
        both(before, self, Self::touched_edges)
    }

    /// About how many things the overlay holds: what a snapshot of it costs.
    #[must_use]
    pub fn overlay_size(&self) -> usize {
        let overlay = &*self.overlay;
        let patched = overlay.node_patches.len() + overlay.edge_patches.len() + overlay.relabelled.len();
        overlay.nodes.len() + overlay.edges.len() + patched + overlay.claims.len()
    }

    /// Nodes that the overlay added, changed or deleted.
    fn touched_nodes(&self) -> Vec<NodeId> {
        let overlay = &*self.overlay;
        let new = (self.base.node_count()..self.node_bound()).map(NodeId::from_index);
        let patched = overlay.node_patches.keys().chain(overlay.relabelled.keys()).copied();
        new.chain(patched).chain(sorted(&overlay.deleted_nodes)).collect()
    }

    /// Edges that the overlay added, changed or deleted.
    fn touched_edges(&self) -> Vec<EdgeId> {
        let overlay = &*self.overlay;
        let new = (self.base.edge_count()..self.edge_bound()).map(EdgeId::from_index);
        new.chain(overlay.edge_patches.keys().copied()).chain(sorted(&overlay.deleted_edges)).collect()
    }
}

fn sorted<T: Ord + Copy>(set: &FxHashSet<T>) -> Vec<T> {
    let mut items: Vec<T> = set.iter().copied().collect();
    items.sort_unstable();
    items
}
