//! What the curator recorded: disputes that no rule can see, and claims that only seem to disagree.

use super::{Disagreement, Found, Side};
use crate::graph::Graph;
use crate::model::{ClaimId, NodeId, RECORDED_SIDE, ReconciledClaims, RecordedDispute, RecordedSide};

/// The recorded disputes that are foremost about a node.
pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    let Some(slug) = graph.slug(node) else { return };
    let disputes = graph.records().disputes.iter();
    for dispute in disputes.filter(|dispute| dispute.about.first().is_some_and(|id| id == slug)) {
        let about: Vec<NodeId> = dispute.about.iter().filter_map(|id| graph.node_by_slug(id)).collect();
        let sides: Vec<Side> = dispute.sides.iter().filter_map(|each| side(graph, node, each)).collect();
        for (place, one) in sides.iter().enumerate() {
            for other in &sides[place + 1..] {
                note(dispute, &about, ([one.clone(), other.clone()], place == 0), found);
            }
        }
    }
}

/// The nodes at which the disputes are found that are about this node too.
pub(super) fn foremost_beside(graph: &Graph, node: NodeId) -> Vec<NodeId> {
    let Some(slug) = graph.slug(node) else { return Vec::new() };
    let disputes = graph.records().disputes.iter().filter(|dispute| dispute.about.iter().any(|id| id == slug));
    disputes.filter_map(|dispute| graph.node_by_slug(dispute.about.first()?)).collect()
}

fn note(dispute: &RecordedDispute, about: &[NodeId], (sides, is_foremost): ([Side; 2], bool), found: &mut Found) {
    found.disagreements.push(Disagreement {
        about: about.to_vec(),
        matter: dispute.matter.clone(),
        kind: dispute.kind.word(),
        found_by: "curator",
        sides,
        is_foremost,
    });
}

/// A side and the claim that was made of it.
fn side(graph: &Graph, node: NodeId, side: &RecordedSide) -> Option<Side> {
    let source = graph.source_by_slug(&side.source)?;
    let says = if side.silent { format!("{} (silent)", side.says) } else { side.says.clone() };
    let is_it = |claim: &ClaimId| {
        let claim = graph.claim(*claim);
        claim.matter == RECORDED_SIDE && claim.source == source && claim.at == side.at && claim.value == side.says
    };
    Some(Side { says, source, claims: graph.claims_of_node(node).filter(is_it).collect() })
}

/// The claims that the curator has reconciled.
pub(super) struct Reconciled<'g>(&'g [ReconciledClaims]);

impl<'g> Reconciled<'g> {
    pub fn of(graph: &'g Graph) -> Self {
        Self(&graph.records().reconciled)
    }

    /// Whether a record says that the two sides only seem to disagree: it is about one of their nodes and their
    /// matter, and names a claim of either.
    pub fn settles(&self, graph: &Graph, found: &Disagreement) -> bool {
        self.0.iter().any(|record| {
            let mut about = found.about.iter().filter_map(|node| graph.slug(*node));
            let is_on = |side: &Side| side.claims.iter().any(|claim| graph.claim(*claim).matter == record.matter);
            let has = |side: &Side| side.claims.iter().any(|claim| names(graph, record, *claim));
            about.any(|slug| record.about.iter().any(|id| id == slug))
                && found.sides.iter().any(is_on)
                && found.sides.iter().all(has)
        })
    }
}

fn names(graph: &Graph, record: &ReconciledClaims, claim: ClaimId) -> bool {
    let claim = graph.claim(claim);
    let source = graph.source_record(claim.source).id;
    record.claims.iter().any(|each| each.source == source && each.at == claim.at)
}
