//! Every measure is in the schema.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::Matter;
use crate::names::nearest;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let measures = &knowledge.records.schema.measures;
    for claim in &knowledge.records.claims {
        let Matter::Figure(figure) = &claim.matter else { continue };
        let name = &figure.measure;
        if !measures.contains_key(name.as_str()) {
            faults.push(
                Diagnostic::error(codes::UNKNOWN_MEASURE, format!("there is no measure `{}`", name.value))
                    .at(name.place, "no such measure in schema/measures.toml")
                    .with_candidates(nearest(measures.keys().map(String::as_str), name.as_str(), 3)),
            );
        }
    }
}
