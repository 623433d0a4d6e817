//! Lists that their sources mean to be whole, and that differ: who stands in a relation to one node.

use indexmap::{IndexMap, IndexSet};

use super::{Found, Side, says_so};
use crate::graph::{Direction, Graph};
use crate::model::{ClaimId, NodeId, Rank, SourceId};

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    for relation in graph.types() {
        let mut lists: IndexMap<(SourceId, bool), (IndexSet<NodeId>, Vec<ClaimId>)> = IndexMap::new();
        for (edge, member) in graph.neighbours(node, relation, Direction::Incoming) {
            let claims = graph.claims_of_edge(edge).map(|claim| graph.claim(claim));
            for claim in claims.filter(|claim| claim.complete && says_so(claim)) {
                let list = lists.entry((claim.source, claim.rank == Rank::Deprecated)).or_default();
                list.0.insert(member);
                list.1.push(claim.handle);
            }
        }
        let sides: Vec<(&IndexSet<NodeId>, Side)> = lists
            .iter()
            .map(|((source, is_deprecated), (members, claims))| {
                let names: Vec<_> = members.iter().map(|member| graph.name_of(*member)).collect();
                let mark = if *is_deprecated { " (deprecated)" } else { "" };
                let says = format!("{}: {}{mark}", names.len(), names.join(", "));
                (members, Side { says, source: *source, claims: claims.clone() })
            })
            .collect();
        let name = graph.type_name(relation);
        for (place, (members, side)) in sides.iter().enumerate() {
            for (others, other) in &sides[place + 1..] {
                if members.len() != others.len() || members.iter().any(|member| !others.contains(member)) {
                    let about: Vec<NodeId> =
                        std::iter::once(node).chain(members.iter().copied()).chain(others.iter().copied()).collect();
                    found.note(&about, format!("the whole list of {name}"), [side.clone(), other.clone()]);
                }
            }
        }
    }
}
