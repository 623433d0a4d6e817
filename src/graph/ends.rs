//! Which labels the ends of a type's edges bear: a test that all of them pass need not be made edge by edge.

use std::sync::OnceLock;

use super::neighbours::Direction;
use super::{Graph, Store};
use crate::model::{LabelId, NodeId, TypeId};

/// The label sets that occur among the sources and among the targets of each type's edges, found when first asked for.
pub(crate) type EndSets = OnceLock<Vec<[OnceLock<Vec<u32>>; 2]>>;

impl Store {
    /// The label sets of the nodes that edges of a type lead to, ascending.
    fn label_sets_at(&self, relation: TypeId, direction: Direction) -> &[u32] {
        let known = self.end_sets.get_or_init(|| self.edges.by_type.iter().map(|_| Default::default()).collect());
        let Some([sources, targets]) = known.get(relation.index()) else { return &[] };
        let edges = &self.edges.by_type[relation.index()];
        if self.label_set_count() == 1 && edges.count > 0 {
            return &[0];
        }
        match direction {
            Direction::Outgoing => targets.get_or_init(|| self.label_sets_of(edges.targets())),
            _ => sources.get_or_init(|| self.label_sets_of(&edges.in_sources)),
        }
    }

    fn label_sets_of(&self, nodes: &[NodeId]) -> Vec<u32> {
        let count = self.label_set_count();
        let mut occurs = vec![false; count];
        nodes.iter().for_each(|node| occurs[self.label_set(*node) as usize] = true);
        (0..).zip(occurs).filter(|(_, occurs)| *occurs).map(|(set, _)| set).collect()
    }
}

impl Graph {
    /// Whether all nodes that edges of a type lead to pass a test of their labels. Where a change is in the way the
    /// answer is no, though they may pass.
    #[must_use]
    pub fn all_ends_pass(
        &self,
        relation: TypeId,
        direction: Direction,
        mut passes: impl FnMut(&[LabelId]) -> bool,
    ) -> bool {
        if self.has_new_ties() || self.has_relabelled() {
            return false;
        }
        let mut pass = |direction| {
            let mut sets = self.base().label_sets_at(relation, direction).iter();
            sets.all(|set| passes(self.base().labels_of_set(*set)))
        };
        match direction {
            Direction::Both => pass(Direction::Outgoing) && pass(Direction::Incoming),
            one => pass(one),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphBuilder;

    #[test]
    fn labels_at_the_ends_are_told_by_direction_until_a_change_is_in_the_way() {
        let mut builder = GraphBuilder::new();
        let (group, person) = (builder.label("Group"), builder.label("Person"));
        let led = builder.relation_type("LED_BY");
        let (a, b) = (builder.add_node("a", &[group]), builder.add_node("b", &[group, person]));
        let c = builder.add_node("c", &[person]);
        builder.add_edge(led, a, b);
        builder.add_edge(led, a, c);
        let mut graph = Graph::from(builder.freeze());
        let all = |graph: &Graph, label, way| graph.all_ends_pass(led, way, |labels| labels.contains(&label));
        assert!(all(&graph, person, Direction::Outgoing) && !all(&graph, group, Direction::Outgoing));
        assert!(all(&graph, group, Direction::Incoming) && !all(&graph, group, Direction::Both));
        graph.create_edge(led, b, c, []).unwrap();
        assert!(!all(&graph, person, Direction::Outgoing));
    }
}
