//! No successor is there before its forerunner.
//!
//! A type whose `earlier` end is its object says that its subject came out of that one, so the subject cannot be the
//! older. Where the earlier end is the subject (a merger), the result may have been there before: then only a result
//! that was gone before its component came is a fault. Claims of different sources make it a warning: they disagree.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{ClaimEntry, Matter};
use crate::model::schema::End;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let claims = knowledge.records.claims.iter().zip(&knowledge.timings);
    for (claim, timing) in claims {
        let Some(relation) = claim.relation() else { continue };
        let Some(earlier) = knowledge.relation_type(relation).and_then(|known| known.earlier) else { continue };
        let Some(object) = knowledge.node(relation.object.as_str()) else { continue };
        if claim.evidence.is_live() && timing.stance.asserts() {
            faults.extend(fault(knowledge, claim, earlier, object));
        }
    }
}

fn fault(knowledge: &Knowledge<'_>, claim: &ClaimEntry, earlier: End, object: usize) -> Option<Diagnostic> {
    let (forerunner, successor) = match earlier {
        End::Subject => (claim.node, object),
        End::Object => (object, claim.node),
    };
    let (old, new) = (&knowledge.lives[forerunner], &knowledge.lives[successor]);
    let is_older = new.bounds.s2 < old.span.earliest_start && earlier == End::Object;
    let is_gone = new.span.latest_end < old.span.earliest_start;
    let id = |node: usize| knowledge.records.nodes[node].id.as_str();
    let (what, told) = match (is_older, is_gone) {
        (true, _) => ("is older than", &new.starts),
        (_, true) => ("was gone before", &new.ends),
        _ => return None,
    };
    let of = |numbers: &[usize]| numbers.iter().map(|number| &knowledge.records.claims[*number]).collect::<Vec<_>>();
    let (told, founded) = (of(told), of(&old.starts));
    let source = |claim: &&ClaimEntry| claim.evidence.source.as_ref().map(|source| source.value.clone());
    let own = source(&claim);
    let of_one_source = told.iter().chain(&founded).all(|each| source(each) == own);
    let severity = if of_one_source { Severity::Error } else { Severity::Warning };
    let message = format!("`{}` {what} its forerunner `{}`", id(successor), id(forerunner));
    let mut fault = Diagnostic::new(severity, codes::DESCENT_BACKWARDS, message)
        .at(claim.relation().map_or(claim.head, |relation| relation.relation.place), "descends, says this claim");
    for each in told {
        fault = fault.with_label(value_place(each), format!("`{}`", id(successor)));
    }
    for each in founded {
        fault = fault.with_label(value_place(each), format!("`{}`", id(forerunner)));
    }
    Some(fault)
}

fn value_place(claim: &ClaimEntry) -> Place {
    match &claim.matter {
        Matter::Attribute(attribute) => attribute.value.place,
        _ => claim.head,
    }
}
