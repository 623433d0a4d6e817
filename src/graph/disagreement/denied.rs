//! Asserted by one claim and denied by another, where the denial leaves the assertion no room.

use super::{Found, Side, claims_behind, relations_from, says_so};
use crate::graph::{Graph, stance};
use crate::model::{Claim, NodeId};
use crate::time::{Question, Stance, Verdict};

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    attributes(graph, node, found);
    for edge in relations_from(graph, node) {
        let denials: Vec<Claim<'_>> =
            graph.claims_of_edge(edge).map(|claim| graph.claim(claim)).filter(is_denial).collect();
        if denials.is_empty() {
            continue;
        }
        let class = graph.time_class(graph.edge_type(edge));
        let about = [graph.source(edge), graph.target(edge)];
        for claim in claims_behind(graph, edge) {
            for denial in &denials {
                // The assertion has a reading outside the denied time unless it surely holds on some day of it.
                let denied = Question::AsOf(denial.bounds.hull());
                if claim.bounds.verdict(denied, class) == Verdict::Certain {
                    let sides = [Side::of(&claim, "so"), Side::of(denial, "not so")];
                    found.note(&about, claim.matter, sides);
                }
            }
        }
    }
}

/// One value of one attribute, said and denied.
fn attributes(graph: &Graph, node: NodeId, found: &mut Found) {
    let claims: Vec<Claim<'_>> = graph.claims_of_node(node).map(|claim| graph.claim(claim)).collect();
    for denial in claims.iter().filter(|claim| is_denial(claim)) {
        let same = claims.iter().filter(|claim| says_so(claim));
        for claim in same.filter(|claim| claim.matter == denial.matter && claim.value == denial.value) {
            let sides = [Side::of(claim, claim.value), Side::of(denial, format!("not {}", denial.value))];
            found.note(&[node], claim.matter, sides);
        }
    }
}

fn is_denial(claim: &Claim<'_>) -> bool {
    stance(claim.wording, claim.basis) == Stance::Denied
}
