//! Both ends of a relation are of kinds that its type allows.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{RelationEntry, Text};

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let Some(relation) = claim.relation() else { continue };
        let Some(known) = knowledge.relation_type(relation) else { continue };
        let subject = &knowledge.subject(claim).id;
        let ends = [(subject, &known.subject, "subject"), (&relation.object, &known.object, "object")];
        let wrong: Vec<_> =
            ends.into_iter().filter(|(id, allowed, _)| !is_allowed(knowledge, id.as_str(), allowed)).collect();
        // A symmetric relation is written under either end.
        let fits_turned = known.symmetric
            && is_allowed(knowledge, subject.as_str(), &known.object)
            && is_allowed(knowledge, relation.object.as_str(), &known.subject);
        if !fits_turned {
            faults.extend(wrong.into_iter().map(|end| fault(knowledge, relation, end)));
        }
    }
}

/// Unknown kinds and ids have a check of their own, and are allowed here.
fn is_allowed(knowledge: &Knowledge<'_>, id: &str, allowed: &[String]) -> bool {
    let Some(labels) = knowledge.labels(id) else { return true };
    let is_known = labels.iter().any(|label| knowledge.records.schema.kinds.contains_key(label));
    !is_known || allowed.iter().any(|kind| labels.contains(kind))
}

fn fault(knowledge: &Knowledge<'_>, relation: &RelationEntry, end: (&Text, &Vec<String>, &str)) -> Diagnostic {
    let (id, allowed, end) = end;
    let kind = knowledge.labels(id.as_str()).and_then(|labels| labels.first().cloned()).unwrap_or_default();
    let (relation, name) = (&relation.relation, knowledge.name(id.as_str()));
    let message = format!("the {end} of `{}` cannot be {name}, of kind {kind}", relation.value);
    let at = if end == "object" { id.place } else { relation.place };
    let fault = Diagnostic::error(codes::WRONG_KIND_AT_END, message).at(at, format!("{name} is of kind {kind}"));
    fault.with_note(format!("`{}` takes as {end}: {}", relation.value, allowed.join(", ")))
}
