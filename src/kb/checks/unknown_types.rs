//! Every relation type is in the schema.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::names::nearest;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let types = &knowledge.records.schema.types;
    for relation in knowledge.records.claims.iter().filter_map(|claim| claim.relation()) {
        let name = &relation.relation;
        if !types.contains_key(name.as_str()) {
            faults.push(
                Diagnostic::error(codes::UNKNOWN_RELATION_TYPE, format!("there is no relation type `{}`", name.value))
                    .at(name.place, "no such type in schema/relations.toml")
                    .with_candidates(nearest(types.keys().map(String::as_str), name.as_str(), 3)),
            );
        }
    }
}
