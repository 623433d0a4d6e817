//! Two kinds of one node, neither of which stands above the other. (A node that was joined with another brings the kinds
//! of both.)

use super::{Found, claims_on};
use crate::graph::Graph;
use crate::model::NodeId;

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    let schema = graph.schema();
    let claims: Vec<_> =
        claims_on(graph, node, "kind").map(|claim| (claim.clone(), claim.value, claim.value.to_owned())).collect();
    found.pairs(&[node], "kind", &claims, |a, b| !schema.is_kind_of(a, b) && !schema.is_kind_of(b, a));
}
