//! Where sources contradict each other, as values of the language.

use indexmap::IndexSet;

use super::When;
use crate::graph::Graph;
use crate::graph::disagreement::{self, Disagreement, Side};
use crate::model::{ClaimId, EdgeId, NodeId, Value};

/// The disputes about a node, or all, as maps. Where something is asked of time or sources, only those of which each
/// side has a claim that counts.
pub(super) fn disputes(graph: &Graph, node: Option<NodeId>, when: &When) -> Vec<Value> {
    let found = node.map_or_else(|| disagreement::all(graph), |node| disagreement::about(graph, node));
    let counts = |side: &Side| side.claims.iter().any(|claim| when.admits(graph, *claim));
    let asked = found.iter().filter(|each| !when.asks() || each.sides.iter().all(counts));
    asked.map(|each| map(graph, node, each)).collect()
}

/// Whether live claims behind a relation are a side of a disagreement of live claims.
pub(super) fn is_disputed(graph: &Graph, edge: EdgeId, when: &When) -> bool {
    let behind: IndexSet<ClaimId> = graph.claims_of_edge(edge).filter(|claim| when.admits(graph, *claim)).collect();
    let is_live = |side: &Side| side.claims.iter().any(|claim| when.admits(graph, *claim));
    disagreement::among(graph, &behind).iter().any(|found| found.sides.iter().all(is_live))
}

fn map(graph: &Graph, asked: Option<NodeId>, found: &Disagreement) -> Value {
    let subject = asked.or_else(|| found.about.first().copied());
    let [a, b] = &found.sides;
    let id = |side: &Side| Value::from(graph.source_record(side.source).id);
    Value::map([
        ("subject", subject.map_or(Value::Null, Value::Node)),
        ("about", Value::list(found.about.iter().map(|node| Value::Node(*node)).collect())),
        ("matter", found.matter.as_str().into()),
        ("kind", found.kind.into()),
        ("found_by", found.found_by.into()),
        ("foremost", found.is_foremost.into()),
        ("side_a", a.says.as_str().into()),
        ("source_a", id(a)),
        ("side_b", b.says.as_str().into()),
        ("source_b", id(b)),
        ("voices_a", voices(graph, a)),
        ("voices_b", voices(graph, b)),
        ("independent", found.is_independent(graph).into()),
        ("claims", Value::list(found.claims().map(Value::Claim).collect())),
    ])
}

/// The source of a side, and whom it quotes.
fn voices(graph: &Graph, side: &Side) -> Value {
    let quoted = side.claims.iter().filter_map(|claim| graph.claim(*claim).attributed_to);
    let voices: IndexSet<NodeId> = graph.node_of_source(side.source).into_iter().chain(quoted).collect();
    Value::list(voices.into_iter().map(Value::Node).collect())
}
