//! petgraph's visit traits on `&Graph` and `&View`, so that its algorithms run on them without copying.
//!
//! A graph is directed as it is stored; a view runs as it is oriented. Where edges run both ways, every edge leaves both
//! of its ends, as petgraph expects of an undirected graph.

use fixedbitset::FixedBitSet;
use petgraph::Direction as Way;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount, NodeIndexable, VisitMap, Visitable,
};

use super::{Direction, Graph, View, Walk};
use crate::model::{EdgeId, NodeId, TypeId};

/// An edge as petgraph sees it; its weight is its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    edge: EdgeId,
    source: NodeId,
    target: NodeId,
    relation: TypeId,
}

impl EdgeRef for Tie {
    type NodeId = NodeId;
    type EdgeId = EdgeId;
    type Weight = TypeId;

    fn source(&self) -> NodeId {
        self.source
    }

    fn target(&self) -> NodeId {
        self.target
    }

    fn weight(&self) -> &TypeId {
        &self.relation
    }

    fn id(&self) -> EdgeId {
        self.edge
    }
}

/// A set of nodes that were visited.
#[derive(Clone, Debug, Default)]
pub struct VisitedNodes(FixedBitSet);

impl VisitMap<NodeId> for VisitedNodes {
    fn visit(&mut self, node: NodeId) -> bool {
        !self.0.put(node.index())
    }

    fn is_visited(&self, node: &NodeId) -> bool {
        self.0.contains(node.index())
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        let was_visited = self.0.contains(node.index());
        self.0.set(node.index(), false);
        was_visited
    }
}

/// What the two have in common: nodes and edges, walked.
trait Walked {
    fn graph(&self) -> &Graph;

    fn walk(&self, node: NodeId, way: Way) -> Walk<'_>;

    /// Where an edge starts and ends.
    fn ends(&self, edge: EdgeId) -> (NodeId, NodeId);

    fn tie(&self, edge: EdgeId) -> Tie {
        let (source, target) = self.ends(edge);
        Tie { edge, source, target, relation: self.graph().edge_type(edge) }
    }
}

impl Walked for Graph {
    fn graph(&self) -> &Graph {
        self
    }

    fn walk(&self, node: NodeId, way: Way) -> Walk<'_> {
        let direction = if way == Way::Outgoing { Direction::Outgoing } else { Direction::Incoming };
        Walk::unfiltered(self, node, direction)
    }

    fn ends(&self, edge: EdgeId) -> (NodeId, NodeId) {
        (self.source(edge), self.target(edge))
    }
}

impl Walked for View<'_> {
    fn graph(&self) -> &Graph {
        self.graph()
    }

    fn walk(&self, node: NodeId, way: Way) -> Walk<'_> {
        self.neighbours(node, way == Way::Incoming)
    }

    fn ends(&self, edge: EdgeId) -> (NodeId, NodeId) {
        self.ends(edge)
    }
}

/// The nodes at the other ends of a node's edges.
#[derive(Clone)]
pub struct NeighbourNodes<'a>(Walk<'a>);

impl Iterator for NeighbourNodes<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.0.next().map(|(_, node)| node)
    }
}

/// A node's edges, each as leaving the node or as entering it.
#[derive(Clone)]
pub struct NodeTies<'a> {
    graph: &'a Graph,
    node: NodeId,
    way: Way,
    walk: Walk<'a>,
}

impl Iterator for NodeTies<'_> {
    type Item = Tie;

    fn next(&mut self) -> Option<Tie> {
        let (edge, other) = self.walk.next()?;
        let (source, target) = if self.way == Way::Outgoing { (self.node, other) } else { (other, self.node) };
        Some(Tie { edge, source, target, relation: self.graph.edge_type(edge) })
    }
}

macro_rules! visit {
    ($($graph:ty,)+) => {$(
        impl GraphBase for $graph {
            type NodeId = NodeId;
            type EdgeId = EdgeId;
        }

        impl Data for $graph {
            type NodeWeight = ();
            type EdgeWeight = TypeId;
        }

        impl NodeIndexable for $graph {
            fn node_bound(&self) -> usize {
                Walked::graph(self).node_bound()
            }

            fn to_index(&self, node: NodeId) -> usize {
                node.index()
            }

            fn from_index(&self, index: usize) -> NodeId {
                NodeId::from_index(index)
            }
        }

        impl NodeCount for $graph {
            fn node_count(&self) -> usize {
                self.nodes().count()
            }
        }

        impl EdgeCount for $graph {
            fn edge_count(&self) -> usize {
                self.edges().count()
            }
        }

        impl GraphProp for $graph {
            type EdgeType = petgraph::Directed;
        }

        impl Visitable for $graph {
            type Map = VisitedNodes;

            fn visit_map(&self) -> VisitedNodes {
                VisitedNodes(FixedBitSet::with_capacity(Walked::graph(self).node_bound()))
            }

            fn reset_map(&self, map: &mut VisitedNodes) {
                map.0.clear();
                map.0.grow(Walked::graph(self).node_bound());
            }
        }

        impl<'a> IntoNeighbors for &'a $graph {
            type Neighbors = NeighbourNodes<'a>;

            fn neighbors(self, node: NodeId) -> NeighbourNodes<'a> {
                NeighbourNodes(self.walk(node, Way::Outgoing))
            }
        }

        impl<'a> IntoNeighborsDirected for &'a $graph {
            type NeighborsDirected = NeighbourNodes<'a>;

            fn neighbors_directed(self, node: NodeId, way: Way) -> NeighbourNodes<'a> {
                NeighbourNodes(self.walk(node, way))
            }
        }

        impl<'a> IntoNodeIdentifiers for &'a $graph {
            type NodeIdentifiers = Box<dyn Iterator<Item = NodeId> + 'a>;

            fn node_identifiers(self) -> Self::NodeIdentifiers {
                Box::new(self.nodes())
            }
        }

        impl<'a> IntoEdgeReferences for &'a $graph {
            type EdgeRef = Tie;
            type EdgeReferences = Box<dyn Iterator<Item = Tie> + 'a>;

            fn edge_references(self) -> Self::EdgeReferences {
                Box::new(self.edges().map(move |edge| self.tie(edge)))
            }
        }

        impl<'a> IntoEdges for &'a $graph {
            type Edges = NodeTies<'a>;

            fn edges(self, node: NodeId) -> NodeTies<'a> {
                self.edges_directed(node, Way::Outgoing)
            }
        }

        impl<'a> IntoEdgesDirected for &'a $graph {
            type EdgesDirected = NodeTies<'a>;

            fn edges_directed(self, node: NodeId, way: Way) -> NodeTies<'a> {
                NodeTies { graph: Walked::graph(self), node, way, walk: self.walk(node, way) }
            }
        }
    )+};
}

visit! { Graph, View<'_>, }

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use petgraph::algo::{dijkstra, has_path_connecting, toposort};
    use petgraph::visit::{Dfs, Reversed};
    use proptest::prelude::*;

    use super::super::{GraphBuilder, Orientation};
    use super::*;

    /// A graph of these edges, by (type, source, target), and the same as petgraph's own.
    fn both(nodes: usize, edges: &[(u32, usize, usize)]) -> (Graph, petgraph::Graph<(), ()>) {
        let (mut builder, mut theirs) = (GraphBuilder::new(), petgraph::Graph::new());
        (0..3).for_each(|number| _ = builder.relation_type(&format!("T{number}")));
        let own: Vec<NodeId> = (0..nodes).map(|_| builder.add_node("", &[])).collect();
        let their: Vec<_> = (0..nodes).map(|_| theirs.add_node(())).collect();
        for (relation, source, target) in edges {
            builder.add_edge(TypeId(*relation), own[*source], own[*target]);
            theirs.add_edge(their[*source], their[*target], ());
        }
        (Graph::from(builder.freeze()), theirs)
    }

    proptest! {
        #[test]
        fn algorithms_answer_as_on_a_graph_of_petgraphs_own(
            edges in prop::collection::vec((0u32..3, 0usize..8, 0usize..8), 0..24)
        ) {
            let (graph, theirs) = both(8, &edges);
            let view = View::new(&graph);
            let reach = |nodes: Vec<usize>| nodes.into_iter().collect::<BTreeSet<_>>();
            for start in 0..8 {
                let (own, their) = (NodeId::from_index(start), petgraph::graph::NodeIndex::new(start));
                let ours: BTreeSet<(usize, u32)> =
                    dijkstra(&graph, own, None, |_| 1).into_iter().map(|(node, cost)| (node.index(), cost)).collect();
                let expected: BTreeSet<(usize, u32)> =
                    dijkstra(&theirs, their, None, |_| 1).into_iter().map(|(node, cost)| (node.index(), cost)).collect();
                prop_assert_eq!(&ours, &expected);
                let mut dfs = Dfs::new(Reversed(&view), own);
                let ours = reach(std::iter::from_fn(|| dfs.next(Reversed(&view))).map(NodeId::index).collect());
                let mut dfs = Dfs::new(Reversed(&theirs), their);
                let expected = std::iter::from_fn(|| dfs.next(Reversed(&theirs)));
                prop_assert_eq!(ours, reach(expected.map(petgraph::graph::NodeIndex::index).collect()));
            }
            prop_assert_eq!(toposort(&view, None).is_ok(), toposort(&theirs, None).is_ok());
            let mut ends: Vec<_> = graph.edge_references().map(|tie| (tie.source().index(), tie.target().index())).collect();
            let mut expected: Vec<_> = edges.iter().map(|(_, source, target)| (*source, *target)).collect();
            ends.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(ends, expected);
            let undirected = View::new(&graph).oriented(Orientation::BothWays);
            let theirs = theirs.into_edge_type::<petgraph::Undirected>();
            for (from, to) in (0..8).flat_map(|from| (0..8).map(move |to| (from, to))) {
                let [a, b] = [from, to].map(petgraph::graph::NodeIndex::new);
                let expected = has_path_connecting(&theirs, a, b, None);
                let [a, b] = [from, to].map(NodeId::from_index);
                prop_assert_eq!(has_path_connecting(&undirected, a, b, None), expected);
            }
        }
    }
}
