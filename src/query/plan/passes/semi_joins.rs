//! Conditions that ask whether a relation exists: a hop in their place, which a row passes once or not at all.
//!
//! `WHERE (x)-[:T]->(z)` and EXISTS are subqueries. One that is a single hop from known nodes, of which nobody reads what
//! it finds, needs no pipeline of its own: as a step among the others, the passes that follow see it (a hop that closes a
//! cycle becomes an intersection).

use std::collections::BTreeSet;

use super::Surroundings;
use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Expand, Pipeline, Plan, Step, Takes};
use crate::query::syntax::ast::SubqueryKind;

/// `Filter EXISTS { hop }` becomes the hop, behind the plain conditions that stand beside it.
pub(super) fn rewrite(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    if surroundings.literally || plan.subplans.is_empty() {
        return;
    }
    let tests: Vec<Option<Vec<Step>>> = plan
        .subplans
        .iter()
        .map(|subplan| is_test(&subplan.pipeline).then(|| subplan.pipeline.steps.clone()))
        .collect();
    if tests.iter().all(Option::is_none) {
        return;
    }
    let mut taken = BTreeSet::new();
    pipeline(&mut plan.root, &tests, &mut taken);
    for subplan in &mut plan.subplans {
        pipeline(&mut subplan.pipeline, &tests, &mut taken);
    }
    plan.all_steps(|step| {
        step.expressions().into_iter().for_each(|expr| keep_asked(expr, &mut taken));
        true
    });
    for number in taken {
        plan.subplans[number].pipeline.steps.clear();
    }
}

/// Whether a subquery is a hop that is taken once, behind conditions on what is known before.
fn is_test(pipeline: &Pipeline) -> bool {
    let Some((Step::Expand(hop), before)) = pipeline.steps.split_last() else { return false };
    hop.takes == Takes::One && hop.from_is_bound && before.iter().all(|step| matches!(step, Step::Filter(_)))
}

fn pipeline(of: &mut Pipeline, tests: &[Option<Vec<Step>>], taken: &mut BTreeSet<usize>) {
    for inner in of.steps.iter_mut().flat_map(Step::inner_mut) {
        pipeline(inner, tests, taken);
    }
    let mut hops: Vec<Step> = Vec::new();
    for step in std::mem::take(&mut of.steps) {
        match &step {
            Step::Filter(BoundExpr { kind: BoundExprKind::Subquery(SubqueryKind::Exists, number), .. })
                if tests[*number].is_some() =>
            {
                taken.insert(*number);
                hops.extend(tests[*number].iter().flatten().cloned().map(in_place));
            }
            Step::Filter(_) => of.steps.push(step),
            _ => {
                of.steps.append(&mut hops);
                of.steps.push(step);
            }
        }
    }
    of.steps.append(&mut hops);
}

fn in_place(step: Step) -> Step {
    match step {
        Step::Expand(hop) if is_injected(Fault::OnceForEach) => Step::Expand(Expand { takes: Takes::Each, ..hop }),
        other => other,
    }
}

/// Takes out the subqueries that an expression still asks.
fn keep_asked(expr: &BoundExpr, taken: &mut BTreeSet<usize>) {
    if let BoundExprKind::Subquery(_, number) = &expr.kind {
        taken.remove(number);
    }
    expr.children().into_iter().for_each(|child| keep_asked(child, taken));
}
