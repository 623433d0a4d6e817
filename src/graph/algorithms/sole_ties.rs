//! Sole ties: pairs of actors whose relations are all that joins one part of a network to another.
//!
//! A cell that is tied to the rest through one pledge alone is cut off if that pledge is broken, and unknown to be part
//! of the network if that pledge was never made. M. Granovetter (*The Strength of Weak Ties*, 1973) calls such ties
//! bridges and shows that news travels along them; in a graph made of claims they are also where it hangs on a single
//! report that two networks are one.
//!
//! A *bridge* is an edge whose loss leaves its ends without any way to each other, whichever way edges run. A depth-first
//! search finds them all in time linear in nodes and edges (R. E. Tarjan, *A Note on Finding the Bridges of a Graph*,
//! 1974): it numbers the nodes as it meets them, and an edge from a node down to a new one is a bridge if nothing beyond
//! it leads back to that node or above. petgraph's search takes the edges of one pair for one, which is what is wanted
//! here: two pledges between the same two are two reports of one tie.

use petgraph::algo::bridges::bridges;
use petgraph::visit::EdgeRef;

use super::super::{Orientation, View};
use crate::model::{EdgeId, NodeId};

/// A pair of nodes, lesser first, and the edges that alone join what lies on either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoleTie {
    /// The two.
    pub between: (NodeId, NodeId),
    /// All edges of the view between the two, ascending.
    pub edges: Vec<EdgeId>,
}

/// The sole ties of a view, ascending by pair. Edges count both ways, however the view is oriented.
#[must_use]
pub fn sole_ties(view: &View<'_>) -> Vec<SoleTie> {
    let view = view.clone().oriented(Orientation::BothWays);
    let mut found: Vec<((NodeId, NodeId), EdgeId)> = bridges(&view)
        .map(|tie| ((tie.source().min(tie.target()), tie.source().max(tie.target())), tie.id()))
        .collect();
    found.sort_unstable();
    let of_pairs = found.chunk_by(|a, b| a.0 == b.0);
    of_pairs.map(|ties| SoleTie { between: ties[0].0, edges: ties.iter().map(|(_, edge)| *edge).collect() }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::{Graph, GraphBuilder};
    use super::*;

    fn graph(edges: &[(u32, u32)]) -> Graph {
        let mut builder = GraphBuilder::new();
        let relation = builder.relation_type("PLEDGED_TO");
        (0..8).for_each(|_| _ = builder.add_node("", &[]));
        for (source, target) in edges {
            builder.add_edge(relation, NodeId(*source), NodeId(*target));
        }
        Graph::from(builder.freeze())
    }

    fn pairs(edges: &[(u32, u32)]) -> Vec<(u32, u32)> {
        sole_ties(&View::new(&graph(edges))).into_iter().map(|tie| (tie.between.0.0, tie.between.1.0)).collect()
    }

    #[test]
    fn two_circles_joined_by_one_pledge_hang_on_it() {
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 5), (5, 3)];
        assert_eq!(pairs(&edges), [(2, 3)]);
    }

    #[test]
    fn several_edges_of_one_pair_are_one_tie() {
        let graph = graph(&[(0, 1), (1, 0), (1, 1)]);
        let ties = sole_ties(&View::new(&graph));
        assert_eq!(ties.len(), 1);
        assert_eq!(ties[0].edges.len(), 2);
    }

    /// The parts of a graph without the edges of one pair, counted the long way.
    fn parts(edges: &[(u32, u32)], without: Option<(u32, u32)>) -> usize {
        let mut part: Vec<u32> = (0..8).collect();
        for (a, b) in edges.iter().filter(|(a, b)| Some((*a.min(b), *a.max(b))) != without) {
            let (old, new) = (part[*a as usize], part[*b as usize]);
            part.iter_mut().filter(|each| **each == old).for_each(|each| *each = new);
        }
        part.sort_unstable();
        part.dedup();
        part.len()
    }

    proptest! {
        #[test]
        fn a_pair_is_a_sole_tie_if_its_loss_makes_one_part_more(edges in prop::collection::vec((0u32..8, 0u32..8), 0..14)) {
            let mut expected: Vec<(u32, u32)> = edges.iter().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
            expected.sort_unstable();
            expected.dedup();
            expected.retain(|pair| parts(&edges, Some(*pair)) > parts(&edges, None));
            prop_assert_eq!(pairs(&edges), expected);
        }
    }
}
