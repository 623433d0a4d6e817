//! Walks whose ways nobody reads: only their ends go on, once each, or with the number of ways. Hops whose ends nobody
//! reads either: the first relation will do.
//!
//! A variable-length pattern has a row for each way between two nodes, and there can be exponentially many. Two things
//! that often follow need none of them: what takes duplicates away (DISTINCT, `count(DISTINCT x)`, EXISTS, …), and what
//! counts rows. The pass reads a pipeline backwards and carries along what is read from there on and how rows count.
//!
//! Between the walk and what takes duplicates away stand only steps that treat each row by itself, so that alike rows
//! stay alike. Where chance is in the plan, or writing, nothing is done.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::model::Value;
use crate::query::bind::bound::{BoundAggregate, BoundExpr, BoundExprKind, Slot};
use crate::query::bind::tree::Select;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Pipeline, Plan, Step, Takes, Walk, Yield};
use crate::query::plan::reading::Subqueries;
use crate::query::syntax::ast::BinaryOp;

/// How the rows at a place count for what follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// Each of them, in its place.
    Each,
    /// Whether there is such a row at all.
    Alike,
    /// As many as there are: a grouping of this number counts them.
    Number(usize),
}

/// What is wanted of the rows at a place.
#[derive(Clone)]
struct Wanted {
    rows: Rows,
    live: BTreeSet<Slot>,
}

struct Reader<'a> {
    subqueries: &'a Subqueries,
    /// The number of the next new slot.
    next_slot: &'a mut u32,
}

/// Rewrites all pipelines of a plan.
pub(super) fn rewrite(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    let is_found = |step: &Step| matches!(step, Step::Expand(_) | Step::Walk(_));
    if plan.writes || plan.all_steps(|step| !is_found(step)) || !plan.all_steps(is_repeatable) {
        return;
    }
    let subqueries = Subqueries::of(plan);
    let existences = plan.existences();
    let mut next_slot = plan.slots;
    let mut reader = Reader { subqueries: &subqueries, next_slot: &mut next_slot };
    let output = plan.output.iter().map(|column| column.slot).chain(plan.evidence).collect();
    reader.pipeline(&mut plan.root, Wanted { rows: Rows::Each, live: output });
    for (number, subplan) in plan.subplans.iter_mut().enumerate() {
        let wanted = if existences.contains(&number) {
            Wanted { rows: Rows::Alike, live: BTreeSet::new() }
        } else {
            Wanted { rows: Rows::Each, live: subplan.output.iter().map(|column| column.slot).collect() }
        };
        reader.pipeline(&mut subplan.pipeline, wanted);
    }
    plan.slots = next_slot;
}

/// Whether the step does the same with the same row, and nothing else.
fn is_repeatable(step: &Step) -> bool {
    fn is_certain(expr: &BoundExpr) -> bool {
        let is_own = !matches!(&expr.kind, BoundExprKind::Call(function, _) if !function.is_deterministic);
        is_own && expr.children().into_iter().all(is_certain)
    }
    !matches!(step, Step::Procedure(_) | Step::LoadCsv(_)) && step.expressions().into_iter().all(is_certain)
}

/// Whether the ends of a walk can be found without its ways, or counted.
fn ends_may_suffice(walk: &Walk) -> bool {
    let [leg] = walk.route.legs.as_slice() else { return false };
    leg.hops.len() == 1
        && !leg.is_bound
        && matches!(walk.route.select, Select::All)
        && walk.route.conditions.is_empty()
        && walk.yields == Yield::Ways
}

/// Whether the shortest ways between two known nodes can be counted without being put together.
fn is_counted_by_layers(walk: &Walk) -> bool {
    matches!(walk.route.select, Select::Classic { all: true })
        && walk.to_is_bound
        && walk.unlike.is_empty()
        && walk.is_asked_by_turns()
        && walk.yields == Yield::Ways
}

/// Where a way to any node at all will do, the shortest is as good as the others.
fn shorten(walk: &mut Walk) {
    let leg = &mut walk.route.legs[0];
    let is_any = !walk.to_is_bound && leg.end.is_free() && leg.end_conditions.is_empty();
    if is_any {
        leg.max = leg.max.map(|max| max.min(leg.min)).or(Some(leg.min));
    }
}

/// Whether an aggregate of some rows is the same if alike rows are taken away.
fn overlooks_alike_rows(aggregate: &BoundAggregate) -> bool {
    aggregate.distinct || matches!(aggregate.function.name, "min" | "max")
}

fn counts_rows(aggregate: &BoundAggregate) -> bool {
    !aggregate.distinct && aggregate.function.name == "count"
}

/// Whether it has an answer whatever the values are, so that nobody misses it who does not read it.
fn cannot_fail(aggregate: &BoundAggregate) -> bool {
    let is_there = |arg: &BoundExpr| matches!(arg.kind, BoundExprKind::Column(_) | BoundExprKind::Constant(_));
    matches!(aggregate.function.name, "count" | "collect" | "min" | "max") && aggregate.args.iter().all(is_there)
}

impl Reader<'_> {
    /// What is wanted of the rows that come in.
    fn pipeline(&mut self, pipeline: &mut Pipeline, end: Wanted) -> Wanted {
        let mut wanted = end;
        // For each grouping that counts rows, the numbers of ways that it has to add up.
        let mut weights: Vec<(usize, Vec<Slot>)> = Vec::new();
        for at in (0..pipeline.steps.len()).rev() {
            if let (Step::Walk(walk), Rows::Number(grouping)) = (&mut pipeline.steps[at], wanted.rows)
                && (ends_may_suffice(walk) || is_counted_by_layers(walk))
                && walk.inner_slots().is_disjoint(&wanted.live)
            {
                let number = Slot(*self.next_slot);
                *self.next_slot += 1;
                walk.yields = Yield::Counts(number);
                match weights.iter_mut().find(|(at, _)| *at == grouping) {
                    Some((_, numbers)) => numbers.push(number),
                    None => weights.push((grouping, vec![number])),
                }
            }
            wanted = self.before(&mut pipeline.steps[at], at, wanted);
        }
        for (grouping, numbers) in weights {
            for step in &mut pipeline.steps[..grouping] {
                if let Step::Keep(slots) = step {
                    slots.extend(&numbers);
                }
            }
            weigh(&mut pipeline.steps[grouping], &numbers);
        }
        wanted
    }

    /// What is wanted of the rows before a step.
    fn before(&mut self, step: &mut Step, at: usize, mut wanted: Wanted) -> Wanted {
        match step {
            Step::Walk(walk) => {
                let are_unread = ends_may_suffice(walk) && walk.inner_slots().is_disjoint(&wanted.live);
                if wanted.rows == Rows::Alike && are_unread {
                    walk.yields = Yield::Ends;
                    if !wanted.live.contains(&walk.to) {
                        shorten(walk);
                    }
                }
            }
            Step::Expand(expand) => {
                let is_read = expand.filled().iter().any(|slot| wanted.live.contains(slot));
                let is_unread = !is_read || is_injected(Fault::OnceThoughRead);
                if wanted.rows == Rows::Alike && !expand.rel_is_bound && is_unread {
                    expand.takes = Takes::One;
                }
            }
            Step::Compute(items) => {
                // A path that nobody reads would need its relations, a copy the column that it is one of.
                let is_plain =
                    |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Path(_) | BoundExprKind::Column(_));
                items.retain(|(expr, slot)| wanted.live.contains(slot) || !is_plain(expr));
            }
            Step::Keep(slots) => {
                let kept: BTreeSet<Slot> = slots.iter().copied().collect();
                wanted.live.retain(|slot| kept.contains(slot));
            }
            Step::Distinct { evidence, .. } => {
                wanted.rows = if evidence.is_none() { Rows::Alike } else { Rows::Each };
            }
            Step::Aggregate { aggregates, evidence, .. } => {
                let is_read = |slot: &Slot| wanted.live.contains(slot) && !is_injected(Fault::AggregateUnread);
                aggregates.retain(|(each, slot)| evidence.is_some() || is_read(slot) || !cannot_fail(each));
                wanted.live.clear();
                let mut each = aggregates.iter().map(|(each, _)| each);
                wanted.rows = if evidence.is_some() {
                    Rows::Each
                } else if each.clone().all(overlooks_alike_rows) {
                    Rows::Alike
                } else if each.all(|each| overlooks_alike_rows(each) || counts_rows(each)) {
                    Rows::Number(at)
                } else {
                    Rows::Each
                };
            }
            Step::Skip(_) | Step::Limit(_) | Step::Sort { first: Some(_), .. }
                if !is_injected(Fault::LimitOverlooked) =>
            {
                wanted.rows = Rows::Each;
            }
            Step::Optional { .. } | Step::Call { .. } | Step::Union { .. } => return self.around(step, wanted),
            Step::Foreach { .. } | Step::Merge(_) | Step::Match(_) => wanted.rows = Rows::Each,
            _ => {}
        }
        for slot in step.filled() {
            wanted.live.remove(&slot);
        }
        self.subqueries.add_step(step, &mut wanted.live);
        wanted
    }

    /// What is wanted of the rows before a step that holds pipelines. A number of ways does not pass through them.
    fn around(&mut self, step: &mut Step, mut wanted: Wanted) -> Wanted {
        if let Rows::Number(_) = wanted.rows {
            wanted.rows = Rows::Each;
        }
        match step {
            Step::Optional { inner, fills } => {
                let first = self.pipeline(inner, wanted.clone());
                fills.retain(|slot| wanted.live.contains(slot));
                fills.iter().for_each(|slot| _ = wanted.live.remove(slot));
                wanted.live.extend(first.live);
            }
            Step::Call { inner, output, returns, .. } => {
                let rows = if *returns { wanted.rows } else { Rows::Each };
                let first = self.pipeline(inner, Wanted { rows, live: output.iter().copied().collect() });
                output.iter().for_each(|slot| _ = wanted.live.remove(slot));
                wanted.live.extend(first.live);
            }
            Step::Union { branches, output } => {
                output.iter().for_each(|slot| _ = wanted.live.remove(slot));
                for (branch, slots) in branches {
                    let end = Wanted { rows: wanted.rows, live: slots.iter().copied().collect() };
                    wanted.live.extend(self.pipeline(branch, end).live);
                }
            }
            _ => {}
        }
        wanted
    }
}

/// Lets a grouping add up numbers of ways instead of counting rows.
fn weigh(grouping: &mut Step, numbers: &[Slot]) {
    let Step::Aggregate { aggregates, .. } = grouping else { return };
    for (aggregate, _) in aggregates.iter_mut().filter(|(each, _)| counts_rows(each)) {
        let span = aggregate.span;
        let expr = |kind| BoundExpr { span, kind };
        let column = |slot: &Slot| expr(BoundExprKind::Column(*slot));
        let product = numbers.iter().map(column).reduce(|product, number| {
            expr(BoundExprKind::Binary(BinaryOp::Multiply, Box::new(product), Box::new(number)))
        });
        let product = product.expect("a grouping that weighs its rows has numbers of ways");
        let weight = match aggregate.args.pop() {
            None => product,
            Some(counted) => {
                let is_null = expr(BoundExprKind::IsNull(Box::new(counted)));
                let none = expr(BoundExprKind::Constant(Value::Int(0)));
                let (operand, otherwise) = (None, Some(Box::new(product)));
                expr(BoundExprKind::Case { operand, branches: vec![(is_null, none)], otherwise })
            }
        };
        *aggregate = aggregate.summing(weight);
    }
}
