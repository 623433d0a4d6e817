//! A figure has a unit, and one in which its measure is given. Figures in words need none.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;
use crate::kb::record::{Amount, Matter};
use crate::names::nearest;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let Matter::Figure(figure) = &claim.matter else { continue };
        let Some(measure) = knowledge.records.schema.measures.get(figure.measure.as_str()) else { continue };
        let units = measure.units.iter().map(String::as_str);
        match &figure.unit {
            None if matches!(figure.amount, Amount::Words(_)) => {}
            None => faults.push(
                Diagnostic::error(codes::MISSING_UNIT, format!("a figure of `{}` has no unit", figure.measure.value))
                    .at(claim.head, "no `unit`")
                    .with_note(format!("`{}` is given in: {}", figure.measure.value, measure.units.join(", "))),
            ),
            Some(unit) if !measure.units.contains(&unit.value) => faults.push(
                Diagnostic::error(
                    codes::UNKNOWN_UNIT,
                    format!("`{}` is not given in `{}`", figure.measure.value, unit.value),
                )
                .at(unit.place, "no unit of this measure")
                .with_candidates(nearest(units, unit.as_str(), 2))
                .with_note(format!(
                    "`{}` is given in: {}",
                    figure.measure.value,
                    measure.units.join(", ")
                )),
            ),
            Some(_) => {}
        }
    }
}
