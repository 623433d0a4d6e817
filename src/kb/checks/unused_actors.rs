//! Something is said of every actor: beyond its kind and name, or by a relation that points to it.
//!
//! That its kind and name rest on a claim is the business of `missing_evidence`, and an error; this is a warning, since
//! a knowledge base grows from such nodes.

use indexmap::IndexSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::Matter;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let records = knowledge.records;
    let mut used: IndexSet<usize> = IndexSet::new();
    for claim in &records.claims {
        if !matches!(claim.matter, Matter::Kind(_) | Matter::Name(_)) {
            used.insert(claim.node);
        }
        let object = claim.relation().map(|relation| &relation.object);
        let named = object.into_iter().chain(&claim.evidence.attributed_to);
        used.extend(named.filter_map(|id| knowledge.node(id.as_str())));
    }
    for (number, node) in records.nodes.iter().enumerate().filter(|(number, _)| !used.contains(number)) {
        let id = &node.id;
        if knowledge.node(id.as_str()) == Some(number) {
            let message = format!("nothing is said of `{}` beyond its kind and names", id.value);
            faults.push(Diagnostic::warning(codes::UNUSED_ACTOR, message).at(id.place, "no claim and no relation"));
        }
    }
}
