//! An inferred claim says from what it is inferred.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::model::Basis;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let evidence = &claim.evidence;
        if evidence.basis == Basis::Inferred && evidence.inferred_from.is_none() {
            let message =
                format!("an inferred claim on `{}` does not say from what", knowledge.subject(claim).id.value);
            let fault = Diagnostic::error(codes::MISSING_INFERENCE, message).at(claim.head, "inferred");
            faults.push(fault.with_help("say in `inferred_from` what the source says instead"));
        }
    }
}
