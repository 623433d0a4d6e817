//! No relation joins a node to itself.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let Some(relation) = claim.relation() else { continue };
        if relation.object.value == knowledge.subject(claim).id.value {
            let message = format!("`{}` joins `{}` to itself", relation.relation.value, relation.object.value);
            faults.push(
                Diagnostic::error(codes::SELF_RELATION, message)
                    .at(relation.object.place, "this is the node in which the claim stands"),
            );
        }
    }
}
