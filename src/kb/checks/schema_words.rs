//! The schema names only kinds, roles and types that it defines.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::MentionSort;
use crate::names::nearest;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let schema = &knowledge.records.schema;
    let kinds: Vec<&str> = schema.kinds.keys().map(String::as_str).collect();
    let roles: Vec<&str> = schema.roles.keys().map(String::as_str).collect();
    let types: Vec<&str> = schema.types.keys().map(String::as_str).collect();
    for mention in &knowledge.records.mentions {
        let (known, code, sort) = match mention.sort {
            MentionSort::KindAbove | MentionSort::KindAtEnd => (&kinds, codes::UNKNOWN_KIND, "kind"),
            MentionSort::RoleAbove | MentionSort::Role => (&roles, codes::UNKNOWN_ROLE, "role"),
            MentionSort::RelationType => (&types, codes::UNKNOWN_RELATION_TYPE, "relation type"),
        };
        let name = mention.name.as_str();
        if !known.contains(&name) {
            faults.push(
                Diagnostic::error(
                    code,
                    format!("`{}` names the {sort} `{name}`, which does not exist", mention.within),
                )
                .at(mention.name.place, format!("no such {sort}"))
                .with_candidates(nearest(known.iter().copied(), name, 3)),
            );
        }
    }
}
