//! Parts of a query that only values join: `f.on = g.on`, `toLower(a.name) = b.alias`.
//!
//! Solved as they stand, the second part is read anew for each row of the first. Where nothing in it hangs on these rows,
//! it becomes a pipeline of its own, and rows that have equal values meet by a table.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, Slot};
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::{Expand, Pipeline, Plan, ScanBy, Step, ValueJoin};
use crate::query::plan::reading::Subqueries;
use crate::query::syntax::ast::ComparisonOp;
use crate::source::Span;

/// `Scan b, …, Filter a.x = b.y` becomes a join, wherever `a` is known before.
pub(super) fn rewrite(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    // A query that writes may change what the second part reads from one row to the next.
    if surroundings.literally || plan.writes {
        return;
    }
    let subqueries = Subqueries::of(plan);
    pipeline(&mut plan.root, &subqueries);
    for subplan in &mut plan.subplans {
        pipeline(&mut subplan.pipeline, &subqueries);
    }
}

fn pipeline(of: &mut Pipeline, subqueries: &Subqueries) {
    for inner in of.steps.iter_mut().flat_map(Step::inner_mut) {
        pipeline(inner, subqueries);
    }
    let mut at = 0;
    while at < of.steps.len() {
        if let Some((end, steps)) = joined(&of.steps, at, subqueries) {
            of.steps.splice(at..end, steps);
        }
        at += 1;
    }
}

/// The part that begins at a step, as a join: where its conditions end, and the steps that take the place of all.
fn joined(steps: &[Step], at: usize, subqueries: &Subqueries) -> Option<(usize, Vec<Step>)> {
    if !matches!(&steps[at], Step::Scan { by: ScanBy::All | ScanBy::Label(_), .. }) {
        return None;
    }
    let (mut own, mut inner, mut unlike) = (BTreeSet::new(), Vec::new(), Vec::new());
    for step in &steps[at..] {
        let Some(step) = alone(step, &own, &mut unlike, (&steps[..at], subqueries)) else { break };
        own.extend(step.filled());
        inner.push(step);
    }
    let conditions = steps[at + inner.len()..].iter().map_while(|step| match step {
        Step::Filter(condition) => Some(condition),
        _ => None,
    });
    let (mut keys, mut others, mut end) = (Vec::new(), Vec::new(), at + inner.len());
    for condition in conditions {
        end += 1;
        match key(condition, &own) {
            Some(key) => keys.push(key),
            None => others.push(Step::Filter(condition.clone())),
        }
    }
    if keys.is_empty() {
        return None;
    }
    let join = Step::Join(Box::new(ValueJoin { keys, inner: Pipeline::of(inner) }));
    Some((end, std::iter::once(join).chain(unlike).chain(others).collect()))
}

/// A step of the part, if it reads nothing but what the part has filled. That its relation differs from one of `before` is
/// asked behind the join.
fn alone(
    step: &Step,
    own: &BTreeSet<Slot>,
    unlike: &mut Vec<Step>,
    (before, subqueries): (&[Step], &Subqueries),
) -> Option<Step> {
    let mut step = step.clone();
    let mut differs = Vec::new();
    match &mut step {
        Step::Scan { by: ScanBy::All | ScanBy::Label(_), .. } if own.is_empty() => return Some(step),
        Step::Expand(expand) if expand.from_is_bound => {
            let (inside, outside) = expand.unlike.iter().partition(|slot| own.contains(slot));
            expand.unlike = inside;
            let outside: Vec<Slot> = outside;
            let is_one =
                |slot: &Slot| before.iter().any(|step| matches!(step, Step::Expand(Expand { rel, .. }) if rel == slot));
            if !outside.iter().all(is_one) {
                return None;
            }
            differs.extend(outside.iter().map(|slot| differing(expand.rel, *slot)));
        }
        Step::Filter(condition) if condition.is_deterministic() => {}
        Step::Exists(..) => {}
        _ => return None,
    }
    let mut reads = BTreeSet::new();
    subqueries.add_step(&step, &mut reads);
    (!own.is_empty() && reads.is_subset(own)).then(|| {
        unlike.append(&mut differs);
        step
    })
}

/// The condition that two relations are not the same.
fn differing(one: Slot, other: Slot) -> Step {
    let expr = |kind| BoundExpr { span: Span::default(), kind };
    let [one, other] = [one, other].map(|slot| expr(BoundExprKind::Column(slot)));
    Step::Filter(expr(BoundExprKind::Comparison(Box::new(one), vec![(ComparisonOp::NotEqual, other)])))
}

/// The sides of an equality: what earlier rows have, and what the part has.
fn key(condition: &BoundExpr, own: &BTreeSet<Slot>) -> Option<(BoundExpr, BoundExpr)> {
    let BoundExprKind::Comparison(left, rest) = &condition.kind else { return None };
    let [(ComparisonOp::Equal, right)] = rest.as_slice() else { return None };
    let reads = |expr: &BoundExpr| columns_of(expr).filter(|reads| !reads.is_empty() && expr.is_deterministic());
    let (reads_left, reads_right) = (reads(left)?, reads(right)?);
    if reads_left.is_disjoint(own) && reads_right.is_subset(own) {
        Some(((**left).clone(), right.clone()))
    } else if reads_right.is_disjoint(own) && reads_left.is_subset(own) {
        Some((right.clone(), (**left).clone()))
    } else {
        None
    }
}
