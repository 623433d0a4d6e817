//! Numbers about a graph that help to choose where to begin: how many nodes, edges, distinct ends there are.
//!
//! They describe the base; what the overlay changes is small beside it, and a plan that is a little off is still right.

use std::sync::OnceLock;

use super::adjacency::Adjacency;
use super::column::Column;
use super::neighbours::Direction;
use super::{Graph, Store, Unlisted};
use crate::model::{KeyId, TypeId};

/// The numbers of one relation type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeStatistics {
    /// How many edges.
    pub edges: usize,
    /// How many nodes have one that leaves them.
    pub sources: usize,
    /// How many nodes have one that enters them.
    pub targets: usize,
}

impl TypeStatistics {
    fn of(edges: &Adjacency) -> Self {
        Self { edges: edges.count as usize, sources: edges.out.occupied(), targets: edges.incoming.occupied() }
    }

    /// How many edges a node has on average that has any this way.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "an estimate needs no more than 52 bits")]
    pub fn fan_out(&self, direction: Direction) -> f64 {
        let average = |nodes: usize| self.edges as f64 / nodes.max(1) as f64;
        match direction {
            Direction::Outgoing => average(self.sources),
            Direction::Incoming => average(self.targets),
            Direction::Both => average(self.sources) + average(self.targets),
        }
    }
}

impl Store {
    fn type_statistics(&self) -> &[TypeStatistics] {
        self.statistics.get_or_init(|| self.edges.by_type.iter().map(TypeStatistics::of).collect())
    }
}

/// Statistics.
impl Graph {
    /// The numbers of a relation type, as of when the base was frozen; for one that is new since, its edges alone.
    #[must_use]
    pub fn type_statistics(&self, relation: TypeId) -> TypeStatistics {
        let known = self.base().type_statistics().get(relation.index()).copied();
        known.unwrap_or_else(|| {
            let edges = self.type_count(relation);
            TypeStatistics { edges, sources: edges, targets: edges }
        })
    }

    /// Whether a node property tells nodes apart: hardly two have the same value. As of when the base was frozen.
    #[must_use]
    pub fn tells_apart(&self, key: KeyId) -> bool {
        let cells =
            self.base().value_distinctness.get_or_init(|| self.base().keys().iter().map(|_| OnceLock::new()).collect());
        let known = cells.get(key.index()).map(|cell| {
            *cell.get_or_init(|| {
                let nodes = self.base().node_column(key).map_or(0, Column::count);
                self.distinct_values(key).is_some_and(|values| values * 2 >= nodes)
            })
        });
        known.unwrap_or(false)
    }

    /// How many different strings and whole numbers a node property has, as of when the base was frozen: how sharp a
    /// look-up on it is. `None` where a look-up may have to go through the nodes.
    #[must_use]
    pub fn distinct_values(&self, key: KeyId) -> Option<usize> {
        let index = self.base().value_index(key);
        (index.unlisted == Unlisted::Nothing).then(|| index.distinct())
    }

    /// How many nodes a look-up on a node property usually finds, drawn from a few of them; `None` as for
    /// [`Graph::distinct_values`].
    #[must_use]
    pub fn usual_bearers(&self, key: KeyId) -> Option<usize> {
        const DRAWN: usize = 7;
        let index = self.base().value_index(key);
        if index.unlisted != Unlisted::Nothing {
            return None;
        }
        let (texts, ints) = (&index.texts, &index.ints);
        let (starts, nodes) = if texts.nodes.len() >= ints.nodes.len() {
            (&texts.codes.starts, texts.nodes.len())
        } else {
            (&ints.starts, ints.nodes.len())
        };
        let bearers = |row: usize| {
            let after = starts.partition_point(|start| *start as usize <= row);
            let start = starts.get(after.checked_sub(1)?)?;
            Some((starts.get(after)? - start) as usize)
        };
        let mut drawn: Vec<usize> = (0..DRAWN.min(nodes)).filter_map(|draw| bearers(draw * nodes / DRAWN)).collect();
        drawn.sort_unstable();
        Some(drawn.get(drawn.len() / 2).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::GraphBuilder;

    #[test]
    fn numbers_of_a_type_count_edges_and_their_distinct_ends() {
        let mut builder = GraphBuilder::new();
        let (allied, name) = (builder.relation_type("ALLIED_WITH"), builder.key("name"));
        let nodes: Vec<_> = (0..100).map(|_| builder.add_node("", &[])).collect();
        for (number, node) in nodes.iter().enumerate() {
            builder.set_node_property(*node, name, &format!("{}", number % 7).into());
        }
        for target in 1..=6 {
            builder.add_edge(allied, nodes[0], nodes[target]);
        }
        builder.add_edge(allied, nodes[50], nodes[1]);
        let mut graph = Graph::from(builder.freeze());
        let numbers = graph.type_statistics(allied);
        assert_eq!(numbers, TypeStatistics { edges: 7, sources: 2, targets: 6 });
        assert!((numbers.fan_out(Direction::Outgoing) - 3.5).abs() < 1e-9);
        assert_eq!(graph.distinct_values(name), Some(7));
        let new = graph.intern_type("RIVAL_OF");
        graph.create_edge(new, nodes[0], nodes[1], []).unwrap();
        assert_eq!(graph.type_statistics(new).edges, 1);
    }
}
