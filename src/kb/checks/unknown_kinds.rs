//! Every kind of a node is in the schema.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::names::nearest;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let kinds = &knowledge.records.schema.kinds;
    for node in &knowledge.records.nodes {
        for kind in std::iter::once(&node.kind).chain(&node.also) {
            // A kind that could not be read is reported as that.
            if !kind.value.is_empty() && !kinds.contains_key(kind.as_str()) {
                faults.push(
                    Diagnostic::error(codes::UNKNOWN_KIND, format!("there is no kind `{}`", kind.value))
                        .at(kind.place, "no such kind in schema/kinds.toml")
                        .with_candidates(nearest(kinds.keys().map(String::as_str), kind.as_str(), 3)),
                );
            }
        }
    }
}
