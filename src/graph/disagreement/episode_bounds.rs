//! One episode with two starts, or two ends, that have no day in common.

use super::{Found, are_apart, claims_behind, date, relations_from};
use crate::graph::Graph;
use crate::model::NodeId;
use crate::time::TimeClass;

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    for edge in relations_from(graph, node) {
        let relation = graph.edge_type(edge);
        if graph.time_class(relation) != TimeClass::Interval {
            continue;
        }
        let claims = claims_behind(graph, edge);
        if claims.len() < 2 {
            continue;
        }
        let about = [graph.source(edge), graph.target(edge)];
        let name = graph.type_name(relation).to_string();
        let starts = claims.iter().filter_map(|claim| {
            let start = date(claim.from)?;
            Some((claim.clone(), start, format!("from {}", claim.from?)))
        });
        found.pairs(&about, &name, &starts.collect::<Vec<_>>(), are_apart);
        // "Not ended" stands against an end that was over before it was said.
        let ends = claims.iter().filter_map(|claim| {
            let to = date(claim.to)?;
            let says = if to.is_open_end() { "not ended".to_owned() } else { format!("to {}", claim.to?) };
            Some((claim.clone(), (to, claim.bounds.ends()), says))
        });
        found.pairs(&about, &name, &ends.collect::<Vec<_>>(), |(a, open), (b, other)| {
            match (a.is_open_end(), b.is_open_end()) {
                (true, true) => false,
                (false, false) => are_apart(a, b),
                (true, false) => b.latest() < open.first,
                (false, true) => a.latest() < other.first,
            }
        });
    }
}
