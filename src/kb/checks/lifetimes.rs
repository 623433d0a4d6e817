//! Nobody acts before their birth or after their death, by any reading of the dates.
//!
//! Where one source says both, it is a slip of ours, and an error. Where two sources do, they disagree, and that is
//! data: a warning.

use super::crossed_bounds::place;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{ClaimEntry, Matter};
use crate::kb::timing::Life;
use crate::time::{DateField, Limit, TimeClass};

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for life in &knowledge.lives {
        turned(knowledge, life, faults);
    }
    for (number, claim) in knowledge.records.claims.iter().enumerate().filter(|(_, claim)| claim.evidence.is_live()) {
        outside(knowledge, number, claim, faults);
    }
}

/// A life that ends before it starts.
fn turned(knowledge: &Knowledge<'_>, life: &Life, faults: &mut Diagnostics) {
    let claims = &knowledge.records.claims;
    if let (true, Some(start), Some(end)) =
        (life.span.earliest_start > life.span.latest_end, life.starts.first(), life.ends.first())
    {
        let (start, end) = (&claims[*start], &claims[*end]);
        let message = format!("the life of `{}` ends before it starts", knowledge.subject(start).id.value);
        let fault = Diagnostic::new(severity(&[start, end]), codes::OUTSIDE_LIFETIME, message);
        faults.push(fault.at(value_place(end), "the end").with_label(value_place(start), "the start"));
    }
}

/// A claim that no reading of a life allows.
fn outside(knowledge: &Knowledge<'_>, number: usize, claim: &ClaimEntry, faults: &mut Diagnostics) {
    let timing = &knowledge.timings[number];
    let Some(relation) = claim.relation() else { return };
    let own_life = &knowledge.lives[claim.node];
    let (early, late) = match timing.fault {
        Some(crossed) if crossed.is_by_lifetime() => (crossed.not_before, crossed.not_after),
        // What has happened goes on for ever, so its bounds never cross a death; yet the dead do nothing.
        None if timing.class == TimeClass::LastingEvent && timing.bounds.s1 > own_life.span.latest_end => (
            Limit { day: timing.bounds.s1, field: DateField::On },
            Limit { day: own_life.span.latest_end, field: DateField::SubjectLife },
        ),
        _ => return,
    };
    let (life, dated) = if is_life(early) { (early, late) } else { (late, early) };
    let node =
        if life.field == DateField::SubjectLife { Some(claim.node) } else { knowledge.node(relation.object.as_str()) };
    let Some(node) = node else { return };
    let bounding = if is_life(early) { &knowledge.lives[node].starts } else { &knowledge.lives[node].ends };
    let bounding: Vec<&ClaimEntry> = bounding.iter().map(|number| &knowledge.records.claims[*number]).collect();
    let id = &knowledge.records.nodes[node].id.value;
    let (when, limit) = if is_life(early) { ("before", "start") } else { ("after", "end") };
    let (relation_name, object) = (&relation.relation.value, &relation.object.value);
    let message = format!("`{relation_name} {object}` is dated {when} the {limit} of the life of `{id}`");
    let mut all = bounding.clone();
    all.push(claim);
    let at = place(knowledge, claim, dated).unwrap_or(claim.head);
    let label = match dated.field {
        field if is_life(Limit { day: dated.day, field }) => format!("of {id} and {object}"),
        field => format!("not {} {}, by {}", if is_life(early) { "after" } else { "before" }, dated.day, field.words()),
    };
    let mut fault = Diagnostic::new(severity(&all), codes::OUTSIDE_LIFETIME, message).at(at, label);
    for claim in bounding {
        fault = fault.with_label(value_place(claim), format!("the {limit} of `{id}`"));
    }
    faults.push(if fault.is_error() { fault } else { fault.with_note("the claims are of different sources") });
}

fn is_life(limit: Limit) -> bool {
    matches!(limit.field, DateField::SubjectLife | DateField::ObjectLife)
}

fn severity(claims: &[&ClaimEntry]) -> Severity {
    let source = |claim: &&ClaimEntry| claim.evidence.source.as_ref().map(|source| source.value.clone());
    let first = claims.first().and_then(source);
    if claims.iter().all(|claim| source(claim) == first) { Severity::Error } else { Severity::Warning }
}

fn value_place(claim: &ClaimEntry) -> crate::diagnostics::Place {
    match &claim.matter {
        Matter::Attribute(attribute) => attribute.value.place,
        _ => claim.head,
    }
}
