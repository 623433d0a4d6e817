//! Two subjects at the same time where an object has one: two leaders of one organisation.
//!
//! The schema says of which types (`single = "subject"`). The office counts: an emir and a deputy agree. They disagree
//! if they surely overlap in time, whatever the readings of their dates. Whom one passage names together led together.

use super::places::types_with_one;
use super::{Found, claims_behind};
use crate::graph::{Direction, Graph};
use crate::model::{End, NodeId};
use crate::time::Verdict;

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    let office_key = graph.key_id("office");
    for (relation, _) in types_with_one(graph, End::Subject) {
        let mut about = vec![node];
        let mut claims = Vec::new();
        for (edge, leader) in graph.neighbours(node, relation, Direction::Incoming) {
            let office = office_key.map(|key| graph.edge_property(edge, key));
            let office = office.as_ref().and_then(|office| office.as_text()).unwrap_or_default().to_owned();
            for claim in claims_behind(graph, edge) {
                let passage = (claim.source, claim.at.to_owned());
                let says = graph.name_of(leader).into_owned();
                let held = (leader, office.clone(), claim.bounds, passage);
                claims.push((claim, held, says));
            }
            about.push(leader);
        }
        let name = graph.type_name(relation).to_string();
        found.pairs(&about, &name, &claims, |(a, office, when, one), (b, same, other, two)| {
            a != b && office == same && one != two && when.meets(*other) == Verdict::Certain
        });
    }
}
