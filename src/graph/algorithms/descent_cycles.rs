//! Descent that loops: actors that are said to descend from each other.
//!
//! Lineage runs from later to earlier, so nobody can come back to where they started. Where claims, put together, say
//! so nevertheless, at least one of them is wrong, or one node stands for two bodies. No pair of claims shows it; only
//! the whole does.
//!
//! The idea is that of *strongly connected components*: two nodes belong together if each can be reached from the other.
//! In a proper lineage every node is alone; a component of several nodes is a knot of loops, and reporting the component
//! is better than reporting one loop of it, since the wrong claim may be on any. Kosaraju's algorithm finds all of them
//! in time linear in nodes and edges: it lists the nodes in the order in which a depth-first search leaves them, then
//! searches from each, last first, against the edges; what such a search reaches anew is one component. (A. V. Aho,
//! J. E. Hopcroft, J. D. Ullman, *Data Structures and Algorithms*, 1983, section 6.7, where it is credited to
//! S. R. Kosaraju.) petgraph's has no recursion, so long chains do not exhaust the stack.

use petgraph::algo::kosaraju_scc;

use super::super::View;
use crate::model::NodeId;

/// The knots of a view that should have none, such as [`View::lineage`]: each a set of nodes that lead to each other, or
/// a node that leads to itself. Ascending, within each and by the first of each.
#[must_use]
pub fn descent_cycles(view: &View<'_>) -> Vec<Vec<NodeId>> {
    let leads_to_itself = |node: NodeId| view.neighbours(node, false).any(|(_, other)| other == node);
    let mut knots = kosaraju_scc(view);
    knots.retain(|knot| knot.len() > 1 || leads_to_itself(knot[0]));
    for knot in &mut knots {
        knot.sort_unstable();
    }
    knots.sort_unstable();
    knots
}

#[cfg(test)]
mod tests {
    use super::super::super::{Graph, GraphBuilder};
    use super::*;
    use crate::model::{End, RelationType, Schema, Style};
    use crate::time::TimeClass;

    fn lineage(earlier: End) -> RelationType {
        RelationType {
            reading: String::new(),
            inverse: String::new(),
            meaning: String::new(),
            subject: Vec::new(),
            object: Vec::new(),
            symmetric: false,
            earlier: Some(earlier),
            role: "lineage".into(),
            time: TimeClass::LastingEvent,
            repeats: false,
            transitive: false,
            ends: Vec::new(),
            excludes: Vec::new(),
            from: None,
            single: None,
            style: Style::default(),
        }
    }

    /// Edges as (type, subject, object). `SPLIT_FROM` points at the earlier actor, `MERGED_INTO` at the later one.
    fn check(edges: &[(&str, u32, u32)], expected: &[&[u32]]) {
        let mut schema = Schema::default();
        schema.types.insert("SPLIT_FROM".into(), lineage(End::Object));
        schema.types.insert("MERGED_INTO".into(), lineage(End::Subject));
        schema.roles.insert("lineage".into(), crate::model::Role::default());
        let mut builder = GraphBuilder::new();
        builder.schema(schema);
        (0..6).for_each(|_| _ = builder.add_node("", &[]));
        for (name, subject, object) in edges {
            let relation = builder.relation_type(name);
            builder.add_edge(relation, NodeId(*subject), NodeId(*object));
        }
        let graph = Graph::from(builder.freeze());
        let found = descent_cycles(&View::new(&graph).lineage());
        let found: Vec<Vec<u32>> =
            found.into_iter().map(|knot| knot.into_iter().map(|node| node.0).collect()).collect();
        assert_eq!(found, expected, "{edges:?}");
    }

    #[test]
    fn a_lineage_without_loops_has_no_knot() {
        check(&[("SPLIT_FROM", 1, 0), ("SPLIT_FROM", 2, 0), ("MERGED_INTO", 1, 3), ("MERGED_INTO", 2, 3)], &[]);
    }

    #[test]
    fn types_are_read_from_later_to_earlier_whichever_way_they_point() {
        check(&[("SPLIT_FROM", 1, 0), ("MERGED_INTO", 0, 1)], &[]);
        check(&[("SPLIT_FROM", 1, 0), ("MERGED_INTO", 1, 0)], &[&[0, 1]]);
    }

    #[test]
    fn every_knot_is_found_whole() {
        check(
            &[
                ("SPLIT_FROM", 0, 1),
                ("SPLIT_FROM", 1, 2),
                ("SPLIT_FROM", 2, 0),
                ("SPLIT_FROM", 4, 4),
                ("SPLIT_FROM", 3, 2),
            ],
            &[&[0, 1, 2], &[4]],
        );
    }

    #[test]
    fn other_relations_do_not_matter() {
        check(&[("ALLIED_WITH", 0, 1), ("ALLIED_WITH", 1, 0)], &[]);
    }
}
