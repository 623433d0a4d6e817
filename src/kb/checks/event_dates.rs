//! A claim has one date, `on`, or a start and an end; and what has no time has neither.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::time::TimeClass;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let evidence = &claim.evidence;
        let span = evidence.from.as_ref().or(evidence.to.as_ref());
        if let (Some(on), Some(span)) = (&evidence.on, span) {
            faults.push(
                Diagnostic::error(codes::DATES_DO_NOT_FIT, "a claim has both `on` and a start or an end")
                    .at(on.place, "the date of an event")
                    .with_label(span.place, "a start or an end")
                    .with_help("keep `on` for an event, `from` and `to` for what lasts"),
            );
        }
        let Some(relation) = claim.relation() else { continue };
        let is_timeless = knowledge.relation_type(relation).is_some_and(|known| known.time == TimeClass::Timeless);
        if let Some(date) = span.or(evidence.on.as_ref()).filter(|_| is_timeless) {
            let message = format!("`{}` has no time, and a claim dates it", relation.relation.value);
            faults.push(
                Diagnostic::error(codes::DATES_DO_NOT_FIT, message)
                    .at(date.place, "this date counts for nothing")
                    .with_label(relation.relation.place, "timeless, says schema/relations.toml"),
            );
        }
    }
}
