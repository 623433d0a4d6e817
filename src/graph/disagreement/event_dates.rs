//! An event that does not repeat, with two dates that have no day in common.

use super::{Found, are_apart, claims_behind, date, relations_from};
use crate::graph::Graph;
use crate::model::NodeId;
use crate::time::TimeClass;

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    for edge in relations_from(graph, node) {
        let relation = graph.edge_type(edge);
        let is_event = matches!(graph.time_class(relation), TimeClass::LastingEvent | TimeClass::MomentaryEvent);
        let name = graph.type_name(relation).to_string();
        // Of a type that repeats, each episode is an event of its own: claims that share one have met.
        if !is_event || graph.schema().types.get(&name).is_some_and(|known| known.repeats) {
            continue;
        }
        let dated = claims_behind(graph, edge).into_iter().filter_map(|claim| {
            let on = date(claim.on.or(claim.from))?;
            let says = format!("in {}", on.as_str());
            Some((claim, on, says))
        });
        let claims: Vec<_> = dated.collect();
        found.pairs(&[graph.source(edge), graph.target(edge)], &name, &claims, are_apart);
    }
}
