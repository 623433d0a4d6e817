//! The operators, one file each. An operator pulls batches from the one below and passes on what it makes of them.

mod aggregate;
mod branches;
mod call;
mod change;
mod claiming;
mod closed;
mod compute;
mod count_ways;
mod create;
mod cycle_count;
mod delete;
mod distinct;
mod eager;
mod every;
mod expand;
mod fan;
mod far_ends;
mod fields;
mod filter;
mod foreach;
mod from_both_ends;
mod gathering;
mod gauge;
mod ground;
mod guide;
mod histogram;
mod hops;
mod intersect;
mod join;
mod keys;
mod load_csv;
mod lookup;
mod making;
mod marks;
mod meeting;
mod merge;
mod numbers_of_ways;
mod optional;
mod page;
mod parts;
mod procedure;
mod reach;
mod scan;
mod scan_relations;
mod shortest;
mod sort;
mod states;
mod steps;
mod turns;
mod union;
mod unwind;
mod walk;
mod words;

use std::ops::Range;

use super::batch::Batch;
use super::{Execution, Outcome};
use crate::query::plan::logical::Yield;
use crate::query::plan::{Live, Pipeline, Step};
pub(super) use expand::degrees;
pub(super) use gauge::Gauges;
use parts::Parts;
pub(super) use reach::Spreads;

/// One operator of a running query.
pub(super) trait Operator {
    /// The next batch; `None` at the end. A batch may be empty.
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>>;
}

/// What an operator pulls from.
pub(super) type Input<'p> = Box<dyn Operator + 'p>;

/// The batch that an operator is at, and how far it has come in it; else the next one, from its start. `None` at the end.
fn resume<P: Default>(
    at: &mut Option<(Batch, P)>,
    input: &mut Input<'_>,
    execution: &Execution<'_>,
) -> Outcome<Option<(Batch, P)>> {
    match at.take() {
        Some(at) => Ok(Some(at)),
        None => Ok(input.next(execution)?.map(|batch| (batch, P::default()))),
    }
}

/// The rows that come in from outside: once.
struct Rows(Option<Batch>);

impl Operator for Rows {
    fn next(&mut self, _: &Execution<'_>) -> Outcome<Option<Batch>> {
        Ok(self.0.take())
    }
}

/// Builds the operators of a pipeline over some rows.
pub(super) fn build(pipeline: &Pipeline, rows: Batch) -> Box<dyn Operator + '_> {
    let around = rows.clone();
    chain(pipeline, 0..pipeline.steps.len(), Box::new(Rows(Some(rows))), &around)
}

/// Builds the operators of some steps of a pipeline, which began from the rows `around`.
fn chain<'p>(pipeline: &'p Pipeline, steps: Range<usize>, mut top: Input<'p>, around: &Batch) -> Input<'p> {
    let mut number = steps.start;
    while let Some(step) = pipeline.steps[..steps.end].get(number) {
        top = match step {
            // Conditions that follow each other are one filter.
            Step::Filter(_) => {
                let conditions = pipeline.steps[number..steps.end].iter().map_while(|step| match step {
                    Step::Filter(predicate) => Some(predicate),
                    _ => None,
                });
                let predicates: Vec<_> = conditions.collect();
                number += predicates.len() - 1;
                Box::new(filter::Filter::new(top, predicates, pipeline.live_after(number)))
            }
            Step::Around(slots) => Box::new(compute::Around { input: top, slots, row: around.clone() }),
            Step::Aggregate { keys, aggregates, evidence } => {
                let parts = if steps.start == 0 { Parts::of(pipeline, number, around) } else { None };
                let asked = aggregate::Asked { keys, aggregates, evidence: evidence.as_ref() };
                Box::new(aggregate::Aggregate::new(top, asked, parts))
            }
            step => operator(step, pipeline.live_after(number), top),
        };
        number += 1;
    }
    top
}

/// The operator of a step; `live` is what is read behind it.
fn operator<'p>(step: &'p Step, live: &'p Live, input: Input<'p>) -> Input<'p> {
    match step {
        Step::Around(_) | Step::Filter(_) | Step::Aggregate { .. } => {
            unreachable!("building a pipeline takes these steps out")
        }
        Step::Match(_) => unreachable!("the pass solve-patterns leaves no pattern unsolved"),
        Step::Scan { slot, by } => Box::new(scan::Scan::new(input, *slot, by, live)),
        Step::Expand(expand) if expand.rel_is_bound => Box::new(expand::ExpandKnown { input, expand, live }),
        Step::Expand(expand) => Box::new(expand::ExpandHop::new(input, expand, live)),
        Step::ScanRelations(scan) => Box::new(scan_relations::ScanHops::new(input, scan, live)),
        Step::Intersect(both) => Box::new(intersect::IntersectHops::new(input, both, live)),
        Step::Join(join) => Box::new(join::Join::new(input, join, live)),
        Step::Walk(walk) => match walk.yields {
            Yield::Ways => Box::new(walk::WalkRoute::new(input, walk, live)),
            Yield::Ends => Box::new(reach::ReachEnds::new(input, walk, live)),
            Yield::Counts(number) => Box::new(count_ways::CountWays::new(input, walk, number, live)),
        },
        Step::Exists(slot, evidence) => Box::new(filter::Exists::new(input, *slot, evidence)),
        Step::Compute(items) => Box::new(compute::Compute { input, items }),
        Step::Keep(slots) => Box::new(compute::Keep { input, slots }),
        Step::Distinct { slots, evidence } => Box::new(distinct::Distinct::new(input, slots, *evidence, live)),
        Step::Sort { keys, first } => Box::new(sort::Sort::new(input, keys, first.as_ref(), live)),
        Step::Skip(count) => Box::new(page::Skip::new(input, count)),
        Step::Limit(count) => Box::new(page::Limit::new(input, count)),
        Step::Unwind { list, slot } => Box::new(unwind::Unwind::new(input, list, *slot)),
        Step::Optional { inner, fills } => Box::new(optional::Optional::new(input, inner, fills)),
        Step::Call { inner, output, optional, returns } => {
            Box::new(call::Call::new(input, inner, output, *optional, *returns))
        }
        Step::Union { branches, output } => Box::new(union::Union::new(input, branches, output)),
        Step::Create(create) => Box::new(create::Create { input, create }),
        Step::Merge(merge) => Box::new(merge::Merge { input, merge }),
        Step::Change(changes) => Box::new(change::Change { input, changes }),
        Step::Delete(delete) => Box::new(delete::Delete { input, delete }),
        Step::Foreach { list, slot, inner } => Box::new(foreach::Foreach { input, list, slot: *slot, inner }),
        Step::LoadCsv(load) => Box::new(load_csv::LoadCsv::new(input, load)),
        Step::Procedure(call) => Box::new(procedure::CallProcedure { input, call }),
        Step::Eager => Box::new(eager::Eager::new(input)),
        Step::Gauge(number) => Box::new(gauge::Gauge { input, number: *number }),
    }
}
