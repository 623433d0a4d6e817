//! A hop to a new node, and another that joins this node to one that was known before: both at once.
//!
//! The two lists of neighbours are intersected, so that no row is made for a node that only one of them leads to (a
//! worst-case optimal join of two edges: Ngo, Ré and Rudra, "Skew strikes back", SIGMOD Record 42:4, 2013).

use super::Surroundings;
use crate::query::plan::columns::is_for_all_rows;
use crate::query::plan::logical::{Expand, Intersect, Pipeline, Step, Takes};

/// `Expand a → z, Filter …, Expand b → known z` becomes `Intersect, Filter …`.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    let mut at = 0;
    while at < pipeline.steps.len() {
        if let Some((second, step)) = closing(&pipeline.steps[at..]) {
            pipeline.steps[at] = step;
            pipeline.steps.remove(at + second);
        }
        at += 1;
    }
}

/// The place of the hop that closes the first step's, and the step that both become.
fn closing(steps: &[Step]) -> Option<(usize, Step)> {
    let [Step::Expand(first), rest @ ..] = steps else { return None };
    let is_constant = is_for_all_rows(first.evidence.as_deref());
    if first.to_is_bound || first.rel_is_bound || first.takes == Takes::One || !first.from_is_bound || !is_constant {
        return None;
    }
    let filters = rest.iter().take_while(|step| matches!(step, Step::Filter(_))).count();
    let Some(Step::Expand(second)) = rest.get(filters) else { return None };
    let second = seen_from_afar(second, first)?;
    Some((filters + 1, Step::Intersect(Box::new(Intersect { first: first.clone(), second }))))
}

/// The second hop as one to the first one's new node, if that is what it is.
fn seen_from_afar(second: &Expand, first: &Expand) -> Option<Expand> {
    let is_known = second.from_is_bound && second.to_is_bound && !second.rel_is_bound;
    if !is_known || second.from == second.to || !is_for_all_rows(second.evidence.as_deref()) {
        return None;
    }
    if second.to == first.to {
        return Some(second.clone());
    }
    let turned = || Expand { from: second.to, to: second.from, types: second.types.reversed(), ..second.clone() };
    (second.from == first.to).then(turned)
}
