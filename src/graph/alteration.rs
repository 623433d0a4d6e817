//! What differs between two snapshots of one graph, thing by thing: for those who list or count changes.
//!
//! [`SideEffects`](super::SideEffects) counts as openCypher's conformance suite does, in the suite's odd way; this
//! module says what happened to each node and edge, in order of number.

use super::Graph;
use super::changes::is_same_value;
use crate::model::{ClaimId, EdgeId, KeyId, LabelId, NodeId, Value};

/// One difference. What was created or deleted is one difference, whatever it bears.
#[derive(Clone, Debug)]
pub enum Alteration {
    /// A node that was not there before.
    NodeCreated(NodeId),
    /// A node that is there no more.
    NodeDeleted(NodeId),
    /// An edge that was not there before.
    EdgeCreated(EdgeId),
    /// An edge that is there no more.
    EdgeDeleted(EdgeId),
    /// A claim that was not made before.
    ClaimAdded(ClaimId),
    /// A label that the node bears now.
    LabelAdded(NodeId, LabelId),
    /// A label that the node bears no more.
    LabelRemoved(NodeId, LabelId),
    /// Another value of a node's property; null where there is none.
    NodeProperty {
        /// The node.
        node: NodeId,
        /// The property.
        key: KeyId,
        /// What it was.
        before: Value,
        /// What it is.
        after: Value,
    },
    /// Another value of an edge's property; null where there is none.
    EdgeProperty {
        /// The edge.
        edge: EdgeId,
        /// The property.
        key: KeyId,
        /// What it was.
        before: Value,
        /// What it is.
        after: Value,
    },
}

impl Graph {
    /// Hands out what differs between an earlier snapshot and this graph: nodes first, then edges, then claims, in order of number.
    /// Takes time linear in what either changed of their common base.
    ///
    /// # Panics
    /// If the two are not snapshots of one graph.
    pub fn alterations_since(&self, before: &Self, take: &mut dyn FnMut(Alteration)) {
        if self.is_same_snapshot(before) {
            return;
        }
        for node in self.touched_nodes_since(before) {
            match (before.has_node(node), self.has_node(node)) {
                (false, true) => take(Alteration::NodeCreated(node)),
                (true, false) => take(Alteration::NodeDeleted(node)),
                (true, true) => self.node_alterations(before, node, take),
                (false, false) => {}
            }
        }
        for edge in self.touched_edges_since(before) {
            match (before.has_edge(edge), self.has_edge(edge)) {
                (false, true) => take(Alteration::EdgeCreated(edge)),
                (true, false) => take(Alteration::EdgeDeleted(edge)),
                (true, true) => {
                    let (old, new) = (before.edge_properties(edge), self.edge_properties(edge));
                    for (key, before, after) in changed(&old, &new) {
                        take(Alteration::EdgeProperty { edge, key, before, after });
                    }
                }
                (false, false) => {}
            }
        }
        for claim in before.claim_count()..self.claim_count() {
            take(Alteration::ClaimAdded(ClaimId::from_index(claim)));
        }
    }

    fn node_alterations(&self, before: &Self, node: NodeId, take: &mut dyn FnMut(Alteration)) {
        let (old, new) = (before.labels_of(node), self.labels_of(node));
        for label in new.iter().filter(|label| !old.contains(label)) {
            take(Alteration::LabelAdded(node, *label));
        }
        for label in old.iter().filter(|label| !new.contains(label)) {
            take(Alteration::LabelRemoved(node, *label));
        }
        let (old, new) = (before.node_properties(node), self.node_properties(node));
        for (key, before, after) in changed(&old, &new) {
            take(Alteration::NodeProperty { node, key, before, after });
        }
    }
}

/// The keys whose values differ, ascending, with both values.
fn changed(old: &[(KeyId, Value)], new: &[(KeyId, Value)]) -> Vec<(KeyId, Value, Value)> {
    let of = |properties: &[(KeyId, Value)], key: KeyId| {
        properties.iter().find(|(each, _)| *each == key).map_or(Value::Null, |(_, value)| value.clone())
    };
    let mut keys: Vec<KeyId> = old.iter().chain(new).map(|(key, _)| *key).collect();
    keys.sort_unstable();
    keys.dedup();
    let both = keys.into_iter().map(|key| (key, of(old, key), of(new, key)));
    both.filter(|(_, before, after)| !is_same_value(before, after)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alterations(before: &Graph, after: &Graph) -> Vec<String> {
        let mut found = Vec::new();
        after.alterations_since(before, &mut |each| found.push(format!("{each:?}")));
        found
    }

    #[test]
    fn each_difference_is_told_once() {
        let mut graph = Graph::default();
        let (a, key) = (graph.intern_label("A"), graph.intern_key("n"));
        let kept = graph.create_node(&[a], [(key, Value::Int(1))]);
        let gone = graph.create_node(&[], []);
        let before = graph.clone();
        let b = graph.intern_label("B");
        graph.delete_node(gone).expect("it is there");
        graph.set_node_property(kept, key, Value::Int(2)).expect("it is there");
        graph.add_label(kept, b).expect("it is there");
        let relation = graph.intern_type("T");
        graph.create_edge(relation, kept, kept, []).expect("its end is there");
        let expected = [
            "LabelAdded(NodeId(0), LabelId(1))",
            "NodeProperty { node: NodeId(0), key: KeyId(0), before: Int(1), after: Int(2) }",
            "NodeDeleted(NodeId(1))",
            "EdgeCreated(EdgeId(0))",
        ];
        assert_eq!(alterations(&before, &graph), expected);
        assert!(alterations(&graph, &graph.clone()).is_empty());
    }

    #[test]
    fn what_was_made_and_unmade_in_between_is_no_difference() {
        let mut graph = Graph::default();
        let before = graph.clone();
        let node = graph.create_node(&[], []);
        graph.delete_node(node).expect("it is there");
        assert!(alterations(&before, &graph).is_empty());
    }
}
