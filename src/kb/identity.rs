//! Which nodes are one: a live claim of `SAME_AS` joins two nodes at load.
//!
//! The join can be undone, since it is a claim: nothing in the records changes. The node that is defined first stands
//! for both; the other's id and names become further names of it, and the claims keep the name that their source used.
//!
//! Where another live claim says that two nodes are distinct, or denies that they are the same, there is a dispute, and
//! both stay, with `SAME_AS` between them; no chain of joins makes one of them either. A join is made for all questions
//! at once: leaving out the source that vouches for it (`WITHOUT SOURCE`) takes away its claims, and no join.

use super::record::{ClaimEntry, Records};
use crate::graph::stance;
use crate::model::Wording;
use crate::time::Stance;

/// The relation type that joins: a word of the file format, as the model has it.
pub(super) const JOINING_TYPE: &str = "SAME_AS";

/// The relation type that keeps apart.
const PARTING_TYPE: &str = "DISTINCT_FROM";

/// Per node, the node that stands for it: itself, or the first of those that it is joined with.
pub(super) fn canonical(records: &Records, number_of: impl Fn(&str) -> Option<usize>) -> Vec<usize> {
    let pairs = |is: fn(&ClaimEntry, &str) -> bool| {
        let live = records.claims.iter().filter(|claim| claim.evidence.is_live());
        let pairs = live.filter_map(|claim| {
            let relation = claim.relation().filter(|relation| is(claim, relation.relation.as_str()))?;
            Some((claim.node, number_of(relation.object.as_str())?))
        });
        pairs.collect::<Vec<(usize, usize)>>()
    };
    let apart = pairs(parts);
    let mut stands_for: Vec<usize> = (0..records.nodes.len()).collect();
    for (one, other) in pairs(joins) {
        let (a, b) = (stands_for[one], stands_for[other]);
        let would_join = |(x, y): &(usize, usize)| {
            let (x, y) = (stands_for[*x], stands_for[*y]);
            (x, y) == (a, b) || (x, y) == (b, a)
        };
        if apart.iter().any(would_join) {
            continue;
        }
        for each in &mut stands_for {
            if *each == a.max(b) {
                *each = a.min(b);
            }
        }
    }
    stands_for
}

fn joins(claim: &ClaimEntry, relation: &str) -> bool {
    relation == JOINING_TYPE && stance(claim.evidence.wording, claim.evidence.basis) == Stance::Firm
}

fn parts(claim: &ClaimEntry, relation: &str) -> bool {
    let wording = claim.evidence.wording;
    match relation {
        PARTING_TYPE => stance(wording, claim.evidence.basis).asserts(),
        JOINING_TYPE => wording == Wording::Denied,
        _ => false,
    }
}
