//! Conditions that ask whether a relation exists: a hop in their place, which a row passes once or not at all.
//!
//! `WHERE (x)-[:T]->(z)` and EXISTS are subqueries. One that is a single hop from known nodes, of which nobody reads what
//! it finds, needs no pipeline of its own: as a step among the others, the passes that follow see it (a hop that closes a
//! cycle becomes an intersection). Where a way is asked for to each node of a scan, its ends are searched instead: they are
//! the nodes that pass.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::graph::Graph;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, LabelTest};
use crate::query::bind::tree::Stand;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Expand, Pipeline, Plan, ScanBy, Step, Takes, Walk, Yield};
use crate::query::syntax::ast::SubqueryKind;

/// `Filter EXISTS { hop }` becomes the hop, behind the plain conditions that stand beside it.
pub(super) fn rewrite(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    if surroundings.literally || plan.subplans.is_empty() {
        return;
    }
    let tests: Vec<Option<Test>> = plan.subplans.iter().map(|subplan| Test::of(&subplan.pipeline)).collect();
    if tests.iter().all(Option::is_none) {
        return;
    }
    let mut taken = BTreeSet::new();
    pipeline(&mut plan.root, &tests, (&mut taken, surroundings.graph));
    for subplan in &mut plan.subplans {
        pipeline(&mut subplan.pipeline, &tests, (&mut taken, surroundings.graph));
    }
    plan.all_steps(|step| {
        step.expressions().into_iter().for_each(|expr| keep_asked(expr, &mut taken));
        true
    });
    for number in taken {
        plan.subplans[number].pipeline.steps.clear();
    }
}

/// What a subquery asks, where steps can take its place.
enum Test {
    /// A hop that is taken once, behind conditions on what is known before.
    Hop(Vec<Step>),
    /// Whether a way leads from one known node to another, behind such conditions.
    Way(Vec<Step>, Box<Walk>),
}

impl Test {
    fn of(pipeline: &Pipeline) -> Option<Self> {
        let (last, before) = pipeline.steps.split_last()?;
        if !before.iter().all(|step| matches!(step, Step::Filter(_))) {
            return None;
        }
        match last {
            Step::Expand(hop) if hop.takes == Takes::One && hop.from_is_bound => {
                Some(Self::Hop(pipeline.steps.clone()))
            }
            Step::Walk(walk) if walk.yields == Yield::Ends && walk.to_is_bound && walk.unlike.is_empty() => {
                Some(Self::Way(before.to_vec(), Box::new(walk.clone())))
            }
            _ => None,
        }
    }
}

fn pipeline(of: &mut Pipeline, tests: &[Option<Test>], (taken, graph): (&mut BTreeSet<usize>, &Graph)) {
    for inner in of.steps.iter_mut().flat_map(Step::inner_mut) {
        pipeline(inner, tests, (taken, graph));
    }
    let mut hops: Vec<Step> = Vec::new();
    for step in std::mem::take(&mut of.steps) {
        let test = match &step {
            Step::Filter(BoundExpr { kind: BoundExprKind::Subquery(SubqueryKind::Exists, number), .. }) => {
                tests[*number].as_ref().map(|test| (*number, test))
            }
            _ => None,
        };
        match (test, &step) {
            (Some((number, Test::Hop(steps))), _) => {
                taken.insert(number);
                hops.extend(steps.iter().cloned().map(in_place));
            }
            (Some((number, Test::Way(conditions, walk))), _) if searched(&mut of.steps, walk, graph) => {
                taken.insert(number);
                of.steps.extend(conditions.iter().cloned());
            }
            (_, Step::Filter(_)) => of.steps.push(step),
            _ => {
                of.steps.append(&mut hops);
                of.steps.push(step);
            }
        }
    }
    of.steps.append(&mut hops);
}

/// A scan for so few nodes is left as it is, and each of them asked.
const FEW: usize = 4;

/// Puts a search for the ends of a walk in the place of the scan that finds one of its known ends, behind which nothing but
/// conditions stand; whether there is such a scan.
fn searched(steps: &mut [Step], walk: &Walk, graph: &Graph) -> bool {
    let Some(at) = steps.iter().rposition(|step| !matches!(step, Step::Filter(_))) else { return false };
    let Step::Scan { slot, by } = &steps[at] else { return false };
    let (slot, labels, count) = match by {
        ScanBy::All => (*slot, None, graph.node_count()),
        ScanBy::Label(label) => (*slot, Some(LabelTest::Label(Some(*label))), graph.label_count(*label)),
        ScanBy::Is(_) | ScanBy::Value(_) => return false,
    };
    let [leg] = walk.route.legs.as_slice() else { return false };
    let is_read = leg.reads.contains(&slot) || walk.route.reads.contains(&slot) || !leg.end_conditions.is_empty();
    if count < FEW || is_read || walk.from == walk.to || ![walk.from, walk.to].contains(&slot) {
        return false;
    }
    let mut walk = walk.clone();
    if walk.from == slot {
        if !is_injected(Fault::SearchNotTurned) {
            walk.route = walk.route.reversed();
            walk.is_reversed = !walk.is_reversed;
        }
        walk.from = walk.to;
    }
    (walk.to, walk.to_is_bound) = (slot, false);
    let last = walk.route.legs.last_mut().expect("a route has legs");
    last.end = Stand { labels, ..Stand::default() };
    steps[at] = Step::Walk(walk);
    true
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
