//! Every id that is named is defined: the object of a relation, and whom a source quotes.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let object = claim.relation().map(|relation| &relation.object);
        for id in object.into_iter().chain(&claim.evidence.attributed_to) {
            if knowledge.find(id.as_str()).is_none() {
                faults.push(
                    Diagnostic::error(codes::UNKNOWN_ID, format!("there is no node `{}`", id.value))
                        .at(id.place, "no node and no source has this id")
                        .with_candidates(knowledge.nearest_ids(id.as_str(), false)),
                );
            }
        }
    }
}
