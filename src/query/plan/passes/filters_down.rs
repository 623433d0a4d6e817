//! Conditions behind a projection go into the pattern before it, where an index may serve them, and fewer rows are made.
//!
//! A projection that neither groups nor cuts off lets a condition through if the condition can be said of what the
//! projection was computed from. What is the same for all rows is put in its place in later patterns as well.

use super::Surroundings;
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::{Pipeline, Step};

pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    let mut number = 0;
    while number < pipeline.steps.len() {
        place_constants(&mut pipeline.steps, number);
        if let Some((place, condition)) = way_down(&pipeline.steps, number) {
            if let Step::Match(matched) = &mut pipeline.steps[place] {
                matched.predicates.push(condition);
            }
            pipeline.steps.remove(number);
        } else {
            number += 1;
        }
    }
}

/// The pattern that a condition can go into, and the condition as it reads there.
fn way_down(steps: &[Step], from: usize) -> Option<(usize, BoundExpr)> {
    let Step::Filter(condition) = &steps[from] else { return None };
    columns_of(condition)?;
    if !condition.is_deterministic() {
        return None;
    }
    let mut condition = condition.clone();
    for (place, step) in steps[..from].iter().enumerate().rev() {
        match step {
            Step::Match(_) => return Some((place, condition)),
            Step::Filter(_) | Step::Keep(_) | Step::Sort { first: None, .. } => {}
            Step::Distinct { .. } if !is_injected(Fault::PagedBeforeFiltered) => {}
            Step::Limit(_) if is_injected(Fault::PagedBeforeFiltered) => {}
            Step::Compute(items) => {
                for (value, slot) in items {
                    if !reads(&condition, *slot) {
                        continue;
                    }
                    condition.put(*slot, value);
                    if !value.is_plain() || reads(&condition, *slot) {
                        return None;
                    }
                }
            }
            _ => return None,
        }
    }
    None
}

fn reads(condition: &BoundExpr, slot: Slot) -> bool {
    columns_of(condition).is_none_or(|columns| columns.contains(&slot))
}

/// Puts the constants of a projection into the conditions of the patterns behind it.
fn place_constants(steps: &mut [Step], number: usize) {
    let (before, behind) = steps.split_at_mut(number + 1);
    let Some(Step::Compute(items)) = before.last() else { return };
    for (value, slot) in items.iter().filter(|(value, _)| value.is_given()) {
        for step in behind.iter_mut() {
            if let Step::Match(matched) = step {
                matched
                    .predicates
                    .iter_mut()
                    .filter(|each| columns_of(each).is_some())
                    .for_each(|each| each.put(*slot, value));
            }
        }
    }
}
