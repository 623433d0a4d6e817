//! A deprecated claim says why.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let evidence = &claim.evidence;
        if !evidence.is_live() && evidence.reason.is_none() {
            let message = format!("a deprecated claim on `{}` gives no reason", knowledge.subject(claim).id.value);
            let fault = Diagnostic::error(codes::MISSING_REASON, message).at(claim.head, "deprecated");
            faults.push(fault.with_help("say in `reason` why it no longer counts"));
        }
    }
}
