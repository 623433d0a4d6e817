//! Passages: the actors through whom every chain from one to another runs.
//!
//! There may be a hundred lines of descent from one group to another, and yet all of them pass through the same two
//! forerunners. Those are the ones to look at: if what is said of them is wrong, nothing is left of the descent.
//!
//! The idea is that of *dominators*, from the analysis of programs: a node dominates another if every way from the root
//! to the other goes through it. The dominators of a node form a chain, from the root down to it, since of two of them
//! one always dominates the other. petgraph computes them for all nodes at once by the iterative algorithm of
//! K. D. Cooper, T. J. Harvey and K. Kennedy, *A Simple, Fast Dominance Algorithm*, 2001: each node's closest dominator
//! is where the chains of those that lead to it meet; this is repeated until nothing changes, which takes a round or two
//! where edges run one way in time.

use petgraph::algo::dominators::simple_fast;

use super::super::View;
use crate::model::NodeId;

/// The nodes through which every way of the view from `from` to `to` passes, in the order of the way, with both ends;
/// `None` if no way leads there.
#[must_use]
pub fn passages(view: &View<'_>, from: NodeId, to: NodeId) -> Option<Vec<NodeId>> {
    let dominators = simple_fast(view, from);
    let mut chain: Vec<NodeId> = dominators.dominators(to)?.collect();
    chain.reverse();
    Some(chain)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Graph, GraphBuilder};
    use super::*;

    fn check(edges: &[(u32, u32)], from: u32, to: u32, expected: Option<&[u32]>) {
        let mut builder = GraphBuilder::new();
        let relation = builder.relation_type("SPLIT_FROM");
        (0..8).for_each(|_| _ = builder.add_node("", &[]));
        for (source, target) in edges {
            builder.add_edge(relation, NodeId(*source), NodeId(*target));
        }
        let graph = Graph::from(builder.freeze());
        let found = passages(&View::new(&graph), NodeId(from), NodeId(to));
        let found = found.map(|chain| chain.into_iter().map(|node| node.0).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected, "from {from} to {to} by {edges:?}");
    }

    #[test]
    fn ways_that_part_and_meet_have_only_the_meeting_points_in_common() {
        let diamond_twice = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (3, 5), (4, 6), (5, 6)];
        check(&diamond_twice, 0, 6, Some(&[0, 3, 6]));
        check(&diamond_twice, 0, 4, Some(&[0, 3, 4]));
        check(&[(0, 1), (1, 2), (2, 0), (2, 3)], 0, 3, Some(&[0, 1, 2, 3]));
    }

    #[test]
    fn where_no_way_leads_there_is_no_passage() {
        check(&[(1, 0)], 0, 1, None);
        check(&[], 3, 3, Some(&[3]));
    }
}
