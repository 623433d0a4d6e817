//! Every reconciled claim is there: the record names it by its nodes, its source and its locator, and something is
//! claimed of these nodes on its matter. (The other side may be on another: an alliance against a rivalry.)

use indexmap::IndexSet;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{ClaimEntry, Matter, Passage, ReconciledEntry, Text};
use crate::names::nearest;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for record in &knowledge.records.reconciled {
        let claims: Vec<&ClaimEntry> =
            knowledge.records.claims.iter().filter(|claim| is_about(knowledge, claim, record)).collect();
        if !claims.iter().any(|claim| matter(&claim.matter) == record.matter.as_str()) {
            faults.push(no_matter(record, &claims));
            continue;
        }
        for passage in &record.claims {
            faults.extend(no_claim(passage, record, &claims));
        }
    }
}

fn is_about(knowledge: &Knowledge<'_>, claim: &ClaimEntry, record: &ReconciledEntry) -> bool {
    let subject = knowledge.canonical_id(knowledge.subject(claim).id.as_str());
    let object = claim.relation().map(|relation| knowledge.canonical_id(relation.object.as_str()));
    record.about.iter().any(|id| {
        let id = knowledge.canonical_id(id.as_str());
        id == subject || object == Some(id)
    })
}

/// A relation type, an attribute, a measure, `name` or `kind`.
fn matter(matter: &Matter) -> &str {
    match matter {
        Matter::Kind(_) => "kind",
        Matter::Name(_) => "name",
        Matter::Attribute(attribute) => attribute.attribute.as_str(),
        Matter::Relation(relation) => relation.relation.as_str(),
        Matter::Figure(figure) => figure.measure.as_str(),
    }
}

fn no_matter(record: &ReconciledEntry, claims: &[&ClaimEntry]) -> Diagnostic {
    let known: IndexSet<&str> = claims.iter().map(|claim| matter(&claim.matter)).collect();
    let about: Vec<&str> = record.about.iter().map(Text::as_str).collect();
    let message = format!("nothing is claimed of `{}` on `{}`", about.join("`, `"), record.matter.value);
    Diagnostic::error(codes::NO_SUCH_CLAIM, message)
        .at(record.matter.place, "a relation type, an attribute or a measure of these nodes is wanted")
        .with_candidates(nearest(known, record.matter.as_str(), 3))
}

fn no_claim(passage: &Passage, record: &ReconciledEntry, claims: &[&ClaimEntry]) -> Option<Diagnostic> {
    let (source, at) = (passage.source.as_ref()?, passage.at.as_ref()?);
    let is = |one: Option<&Text>, other: &Text| one.is_some_and(|one| one.value == other.value);
    let of_source: Vec<&&ClaimEntry> =
        claims.iter().filter(|claim| is(claim.evidence.source.as_ref(), source)).collect();
    if of_source.iter().any(|claim| is(claim.evidence.at.as_ref(), at)) {
        return None;
    }
    let locators: IndexSet<&str> =
        of_source.iter().filter_map(|claim| claim.evidence.at.as_ref()).map(Text::as_str).collect();
    let about: Vec<&str> = record.about.iter().map(Text::as_str).collect();
    let message = format!("no claim about `{}` stands there", about.join("`, `"));
    let fault = Diagnostic::error(codes::NO_SUCH_CLAIM, message);
    Some(if locators.is_empty() {
        let sources: IndexSet<&str> =
            claims.iter().filter_map(|claim| claim.evidence.source.as_ref()).map(Text::as_str).collect();
        fault
            .at(source.place, "this source says nothing about them")
            .with_note(format!("those that do: {}", sources.into_iter().collect::<Vec<_>>().join(", ")))
    } else {
        let near = nearest(locators.iter().copied(), at.as_str(), 3);
        let near: Vec<&str> = if near.is_empty() { locators.into_iter().take(3).collect() } else { near };
        fault.at(at.place, "no claim of this source about them has this locator").with_candidates(near)
    })
}
