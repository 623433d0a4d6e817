//! Every source that is named is defined, as a source: of a claim, and as the origin of a copy.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::kb::knowledge::{Knowledge, Known};
use crate::kb::record::Text;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    // A node's default source stands in many claims, and is one fault.
    let mut reported: Vec<Place> = Vec::new();
    let claimed = knowledge.records.claims.iter().filter_map(|claim| claim.evidence.source.as_ref());
    let origins = knowledge.records.sources.iter().filter_map(|source| source.same_origin.as_ref());
    for id in claimed.chain(origins) {
        if !id.value.is_empty() && knowledge.source(id.as_str()).is_none() && !reported.contains(&id.place) {
            reported.push(id.place);
            let fault = fault(knowledge, id);
            let is_node = knowledge.find(id.as_str()).is_some();
            faults.push(if is_node {
                fault.with_help("name whom the source quotes with `attributed_to`")
            } else {
                fault
            });
        }
    }
}

/// The fault of an id that no source has.
pub(super) fn fault(knowledge: &Knowledge<'_>, id: &Text) -> Diagnostic {
    let candidates = knowledge.nearest_ids(id.as_str(), true);
    match knowledge.find(id.as_str()) {
        Some(Known::Node(_, node)) => {
            Diagnostic::error(codes::UNKNOWN_SOURCE, format!("`{}` is a node, and no source", id.value))
                .at(id.place, "not a [[source]]")
                .with_label(node.id.place, format!("a {}", node.kind.value))
                .with_candidates(candidates)
        }
        _ => Diagnostic::error(codes::UNKNOWN_SOURCE, format!("there is no source `{}`", id.value))
            .at(id.place, "no [[source]] has this id")
            .with_candidates(candidates),
    }
}
