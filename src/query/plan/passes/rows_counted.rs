//! `count(x)` of what is never null counts rows: `MATCH (a)-[r]->(b) RETURN count(r)`.
//!
//! So `x` is not read, and what finds it need not find each.

use super::Surroundings;
use crate::query::bind::bound::{BoundAggregate, BoundExprKind, Slot};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Pipeline, Step};

/// `count(x)` becomes `count(*)`.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    for at in 0..pipeline.steps.len() {
        let (before, rest) = pipeline.steps.split_at_mut(at);
        let Step::Aggregate { aggregates, .. } = &mut rest[0] else { continue };
        for (aggregate, _) in aggregates {
            if counted(aggregate).is_some_and(|slot| is_never_null(slot, before)) {
                aggregate.args.clear();
            }
        }
    }
}

/// The column whose values are counted.
fn counted(aggregate: &BoundAggregate) -> Option<Slot> {
    match aggregate.args.as_slice() {
        [arg] if !aggregate.distinct && aggregate.function.name == "count" => match arg.kind {
            BoundExprKind::Column(slot) => Some(slot),
            _ => None,
        },
        _ => None,
    }
}

/// Whether these steps, which make the rows, found a column in a pattern.
fn is_never_null(mut slot: Slot, steps: &[Step]) -> bool {
    for step in steps.iter().rev() {
        match step {
            Step::Compute(items) => match items.iter().find(|(_, to)| *to == slot).map(|(expr, _)| &expr.kind) {
                None => {}
                Some(BoundExprKind::Column(from)) => slot = *from,
                // A path is made where its pattern was found.
                Some(kind) => return matches!(kind, BoundExprKind::Path(_)),
            },
            Step::Optional { fills, .. } if fills.contains(&slot) => return is_injected(Fault::NullsCounted),
            step if step.filled().contains(&slot) => {
                return matches!(step, Step::Scan { .. } | Step::Expand(_) | Step::Walk(_));
            }
            _ => {}
        }
    }
    false
}
