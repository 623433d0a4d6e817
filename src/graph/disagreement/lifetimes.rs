//! Something done before the doer began, or after the end: the dates of a claim against those of a life.
//!
//! What has happened goes on for ever, so of a lasting event only the doer must live; of everything else both ends.

use super::{Found, Side, claims_behind, claims_on, date};
use crate::graph::{Direction, Graph};
use crate::model::{Claim, LIFE_ENDS, LIFE_STARTS, NodeId};
use crate::time::{Edtf, TimeClass};

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    let lives = |matters: &[&'static str]| -> Vec<(Claim<'_>, Edtf)> {
        let claims = matters.iter().flat_map(|matter| claims_on(graph, node, matter));
        claims.filter_map(|claim| Some((claim.clone(), date(Some(claim.value))?))).collect()
    };
    let (starts, ends) = (lives(LIFE_STARTS), lives(LIFE_ENDS));
    if starts.is_empty() && ends.is_empty() {
        return;
    }
    for relation in graph.types() {
        let class = graph.time_class(relation);
        let direction = match class {
            TimeClass::Timeless | TimeClass::EventDate => continue,
            TimeClass::LastingEvent => Direction::Outgoing,
            TimeClass::Interval | TimeClass::MomentaryEvent => Direction::Both,
        };
        for (edge, other) in graph.neighbours(node, relation, direction) {
            for claim in claims_behind(graph, edge) {
                outside(node, other, &claim, (&starts, &ends), found);
            }
        }
    }
}

type Dated<'g> = [(Claim<'g>, Edtf)];

fn outside(
    node: NodeId,
    other: NodeId,
    claim: &Claim<'_>,
    (starts, ends): (&Dated<'_>, &Dated<'_>),
    found: &mut Found,
) {
    let acts = [claim.on, claim.from, claim.observed].into_iter().find_map(date);
    let last = [claim.on, claim.to, claim.observed].into_iter().find_map(date);
    if let Some(acts) = acts {
        for (end, day) in ends.iter().filter(|(_, day)| acts.earliest() > day.latest()) {
            note(node, other, (claim, &acts), (end, day), found);
        }
    }
    if let Some(last) = last.filter(|last| !last.is_open_end()) {
        for (start, day) in starts.iter().filter(|(_, day)| last.latest() < day.earliest()) {
            note(node, other, (claim, &last), (start, day), found);
        }
    }
}

fn note(
    node: NodeId,
    other: NodeId,
    (claim, acts): (&Claim<'_>, &Edtf),
    (bound, day): (&Claim<'_>, &Edtf),
    found: &mut Found,
) {
    let sides = [
        Side::of(claim, format!("{} in {}", claim.matter, acts.as_str())),
        Side::of(bound, format!("{} {}", bound.matter, day.as_str())),
    ];
    found.note(&[node, other], claim.matter, sides);
}
