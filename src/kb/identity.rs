//! Which nodes are one: a live claim of `SAME_AS` joins two nodes at load.
//!
//! The join can be undone, since it is a claim: nothing in the records changes. The node that is defined first stands
//! for both; the other's id and names become further names of it, and the claims keep the name that their source used.

use super::record::Records;
use crate::graph::stance;
use crate::time::Stance;

/// The relation type that joins: a word of the file format, as the model has it.
pub(super) const JOINING_TYPE: &str = "SAME_AS";

/// Per node, the node that stands for it: itself, or the first of those that it is joined with.
pub(super) fn canonical(records: &Records, number_of: impl Fn(&str) -> Option<usize>) -> Vec<usize> {
    let mut stands_for: Vec<usize> = (0..records.nodes.len()).collect();
    for claim in &records.claims {
        let Some(relation) = claim.relation().filter(|relation| relation.relation.value == JOINING_TYPE) else {
            continue;
        };
        let is_firm = stance(claim.evidence.wording, claim.evidence.basis) == Stance::Firm;
        if let Some(object) = number_of(relation.object.as_str()).filter(|_| is_firm && claim.evidence.is_live()) {
            let (a, b) = (stands_for[claim.node], stands_for[object]);
            for each in &mut stands_for {
                if *each == a.max(b) {
                    *each = a.min(b);
                }
            }
        }
    }
    stands_for
}
