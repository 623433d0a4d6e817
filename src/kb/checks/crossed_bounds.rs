//! Some start and some end fit what a claim says of time.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{ClaimEntry, Date, Matter};
use crate::time::{CrossedBounds, DateField, Limit};

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for (claim, timing) in knowledge.records.claims.iter().zip(&knowledge.timings) {
        match timing.fault {
            Some(crossed) if !crossed.is_by_lifetime() => faults.push(fault(knowledge, claim, crossed)),
            _ => {}
        }
    }
}

fn fault(knowledge: &Knowledge<'_>, claim: &ClaimEntry, crossed: CrossedBounds) -> Diagnostic {
    let CrossedBounds { not_before, not_after } = crossed;
    let message = format!("the dates of a claim on `{}` exclude each other", knowledge.subject(claim).id.value);
    let says = |limit: Limit, word: &str| format!("{word} {}, by {}", limit.day, limit.field.words());
    let (early, late) = (says(not_before, "not before"), says(not_after, "not after"));
    let places = [(not_before, &early), (not_after, &late)].map(|(limit, says)| (place(knowledge, claim, limit), says));
    let fault = Diagnostic::error(codes::CROSSED_BOUNDS, message);
    match places {
        [(Some(a), early), (Some(b), late)] if a != b => fault.at(a, early.as_str()).with_label(b, late.as_str()),
        [(Some(at), _), _] | [_, (Some(at), _)] => fault.at(at, format!("{early}, yet {late}")),
        _ => fault.at(claim.head, format!("{early}, yet {late}")),
    }
}

/// Where a limit was written.
pub(super) fn place(knowledge: &Knowledge<'_>, claim: &ClaimEntry, limit: Limit) -> Option<Place> {
    let evidence = &claim.evidence;
    let place = |date: &Option<Date>| date.as_ref().map(|date| date.place);
    match limit.field {
        DateField::From => place(&evidence.from),
        DateField::To => place(&evidence.to),
        DateField::Observed => place(&evidence.observed).or(match &claim.matter {
            Matter::Figure(figure) => place(&figure.period),
            _ => None,
        }),
        DateField::On => place(&evidence.on).or(match &claim.matter {
            Matter::Attribute(attribute) => Some(attribute.value.place),
            _ => None,
        }),
        DateField::Published => knowledge.source_of(claim).and_then(|source| place(&source.date)),
        DateField::Blank | DateField::SubjectLife | DateField::ObjectLife => None,
    }
}
