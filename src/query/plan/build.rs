//! From bound clauses to a pipeline, clause by clause, in the order written.

use super::logical::{Merge, Pipeline, Plan, Step, Subplan};
use crate::query::bind::bound::Slot;
use crate::query::bind::tree::{
    BoundCall, BoundClause, BoundMatch, BoundPart, BoundProjection, BoundQuery, BoundUnion,
};
use crate::query::bind::writing::{BoundForeach, BoundMerge};
use crate::query::faults::{Fault, is_injected};
use crate::query::syntax::ast::Union;

/// Builds the plan of a query as it is written; patterns are whole steps, which the passes solve.
#[must_use]
pub fn build(query: &BoundQuery) -> Plan {
    let subplans = query.subqueries.iter().map(|subquery| Subplan {
        pipeline: union(&subquery.query),
        output: subquery.query.output.clone(),
        imports: subquery.imports.clone(),
        locals: subquery.locals.clone(),
        takes_batches: false,
    });
    Plan {
        root: union(&query.root),
        output: query.root.output.clone(),
        evidence: query.root.evidence,
        subplans: subplans.collect(),
        slots: query.slots,
        writes: query.writes,
    }
}

fn union(union: &BoundUnion) -> Pipeline {
    if union.rest.is_empty() {
        return part(&union.first);
    }
    let output: Vec<Slot> = union.output.iter().map(|column| column.slot).collect();
    let parts = std::iter::once(&union.first).chain(union.rest.iter().map(|(_, part)| part));
    let branches = parts.map(|each| {
        let slots = each.output.iter().map(|column| column.slot).chain(each.evidence);
        (part(each), slots.collect())
    });
    let with_evidence = output.iter().copied().chain(union.evidence).collect();
    let mut steps = vec![Step::Union { branches: branches.collect(), output: with_evidence }];
    if union.rest.iter().any(|(kind, _)| *kind == Union::Distinct) {
        steps.push(Step::Distinct { slots: output, evidence: union.evidence });
    }
    Pipeline::of(steps)
}

fn part(part: &BoundPart) -> Pipeline {
    Pipeline::of(clauses(&part.clauses))
}

fn clauses(clauses: &[BoundClause]) -> Vec<Step> {
    let mut steps = Vec::new();
    for clause in clauses {
        match clause {
            BoundClause::Match(matched) if matched.optional => steps.push(optional(matched)),
            BoundClause::Match(matched) => steps.push(Step::Match(matched.clone())),
            BoundClause::Unwind { list, slot } => steps.push(Step::Unwind { list: list.clone(), slot: *slot }),
            BoundClause::Project(projection) => project(projection, &mut steps),
            BoundClause::Create(create) => write(Step::Create(create.clone()), &mut steps),
            BoundClause::Merge(merge) => write(Step::Merge(Box::new(self::merge(merge))), &mut steps),
            BoundClause::Change(changes) => write(Step::Change(changes.clone()), &mut steps),
            BoundClause::Delete(delete) => write(Step::Delete(delete.clone()), &mut steps),
            BoundClause::Foreach(BoundForeach { list, slot, body }) => {
                let inner = Pipeline::of(self::clauses(body));
                write(Step::Foreach { list: list.clone(), slot: *slot, inner }, &mut steps);
            }
            BoundClause::LoadCsv(load) => steps.push(Step::LoadCsv(load.clone())),
            BoundClause::Procedure(call) => steps.push(Step::Procedure(call.clone())),
            BoundClause::Call(call) if call.writes => write(self::call(call), &mut steps),
            BoundClause::Call(call) => steps.push(self::call(call)),
        }
    }
    steps
}

/// What is read before is read to its end, and what is written is written for all rows before the first goes on.
fn write(step: Step, steps: &mut Vec<Step>) {
    if is_injected(Fault::NotEager) {
        steps.push(step);
        return;
    }
    if !steps.is_empty() {
        steps.push(Step::Eager);
    }
    steps.push(step);
    steps.push(Step::Eager);
}

fn optional(matched: &BoundMatch) -> Step {
    let mut inner = matched.clone();
    inner.optional = false;
    let fills = inner.pattern.new_slots().into_iter().collect();
    Step::Optional { inner: Pipeline::of(vec![Step::Match(inner)]), fills }
}

fn merge(merge: &BoundMerge) -> Merge {
    let BoundMerge { matched, create, on_create, on_match } = merge.clone();
    Merge { sought: Pipeline::of(vec![Step::Match(matched)]), create, on_create, on_match }
}

fn call(call: &BoundCall) -> Step {
    Step::Call {
        inner: union(&call.query),
        output: call.query.output.iter().map(|column| column.slot).chain(call.query.evidence).collect(),
        optional: call.optional,
        returns: call.returns,
    }
}

fn project(projection: &BoundProjection, steps: &mut Vec<Step>) {
    let BoundProjection { grouping, items, distinct, order, skip, limit, filter, keep, evidence, around } = projection;
    if let Some(grouping) = grouping {
        steps.push(Step::Aggregate {
            keys: grouping.keys.clone(),
            aggregates: grouping.aggregates.clone(),
            evidence: grouping.evidence.clone(),
        });
    }
    if !items.is_empty() {
        steps.push(Step::Compute(items.clone()));
    }
    if let Some(slots) = distinct {
        steps.push(Step::Keep(keep.clone()));
        steps.push(Step::Distinct { slots: slots.clone(), evidence: *evidence });
    }
    if !order.is_empty() {
        steps.push(Step::Sort { keys: order.clone(), first: None });
    }
    steps.extend(skip.clone().map(Step::Skip));
    steps.extend(limit.clone().map(Step::Limit));
    steps.extend(filter.clone().map(Step::Filter));
    steps.push(Step::Keep(keep.clone()));
    if !around.is_empty() {
        steps.push(Step::Around(around.clone()));
    }
}
