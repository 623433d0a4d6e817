//! Relations of one pair that exclude each other, and surely hold at the same time.

use super::{Found, Side, claims_behind};
use crate::graph::{Direction, Graph};
use crate::model::{EdgeId, NodeId};
use crate::time::Verdict;

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    for (name, known) in graph.schema().types.iter().filter(|(_, known)| !known.excludes.is_empty()) {
        let Some(relation) = graph.type_id(name) else { continue };
        for (edge, other) in graph.neighbours(node, relation, Direction::Outgoing) {
            for excluded in known.excludes.iter().filter_map(|name| graph.type_id(name)) {
                let rivals = graph.neighbours(node, excluded, Direction::Both).filter(|(_, end)| *end == other);
                rivals.for_each(|(rival, _)| compare(graph, (node, other), (edge, rival), found));
            }
        }
    }
}

fn compare(graph: &Graph, (node, other): (NodeId, NodeId), (edge, rival): (EdgeId, EdgeId), found: &mut Found) {
    let says = |edge: EdgeId| graph.type_name(graph.edge_type(edge)).to_string();
    for claim in claims_behind(graph, edge) {
        for against in claims_behind(graph, rival) {
            if claim.bounds.meets(against.bounds) == Verdict::Certain {
                let sides = [Side::of(&claim, says(edge)), Side::of(&against, says(rival))];
                found.note(&[node, other], says(edge), sides);
            }
        }
    }
}
