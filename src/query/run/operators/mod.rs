//! The operators, one file each. An operator pulls batches from the one below and passes on what it makes of them.

mod aggregate;
mod call;
mod change;
mod claiming;
mod closed;
mod compute;
mod count_ways;
mod create;
mod delete;
mod distinct;
mod eager;
mod every;
mod expand;
mod fields;
mod filter;
mod foreach;
mod gauge;
mod ground;
mod guide;
mod load_csv;
mod making;
mod marks;
mod meeting;
mod merge;
mod numbers_of_ways;
mod optional;
mod page;
mod procedure;
mod reach;
mod scan;
mod shortest;
mod sort;
mod steps;
mod turns;
mod union;
mod unwind;
mod walk;

use super::batch::Batch;
use super::{Execution, Outcome};
use crate::query::plan::logical::Yield;
use crate::query::plan::{Pipeline, Step};
pub(super) use gauge::Gauges;

/// One operator of a running query.
pub(super) trait Operator {
    /// The next batch; `None` at the end. A batch may be empty.
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>>;
}

/// What an operator pulls from.
pub(super) type Input<'p> = Box<dyn Operator + 'p>;

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
    let mut top: Input<'_> = Box::new(Rows(Some(rows)));
    for step in &pipeline.steps {
        top = match step {
            Step::Around(slots) => Box::new(compute::Around { input: top, slots, row: around.clone() }),
            step => operator(step, top),
        };
    }
    top
}

fn operator<'p>(step: &'p Step, input: Input<'p>) -> Input<'p> {
    match step {
        Step::Around(_) => unreachable!("building a pipeline takes this step out"),
        Step::Match(_) => unreachable!("the pass solve-patterns leaves no pattern unsolved"),
        Step::Scan { slot, by } => Box::new(scan::Scan::new(input, *slot, by)),
        Step::Expand(expand) => Box::new(expand::ExpandHop::new(input, expand)),
        Step::Walk(walk) => match walk.yields {
            Yield::Ways => Box::new(walk::WalkRoute::new(input, walk)),
            Yield::Ends => Box::new(reach::ReachEnds::new(input, walk)),
            Yield::Counts(number) => Box::new(count_ways::CountWays::new(input, walk, number)),
        },
        Step::Filter(predicate) => Box::new(filter::Filter { input, predicate }),
        Step::Exists(slot, evidence) => Box::new(filter::Exists { input, slot: *slot, evidence }),
        Step::Compute(items) => Box::new(compute::Compute { input, items }),
        Step::Keep(slots) => Box::new(compute::Keep { input, slots }),
        Step::Aggregate { keys, aggregates, evidence } => {
            Box::new(aggregate::Aggregate::new(input, keys, aggregates, evidence.as_ref()))
        }
        Step::Distinct { slots, evidence } => Box::new(distinct::Distinct::new(input, slots, *evidence)),
        Step::Sort { keys, limit } => Box::new(sort::Sort::new(input, keys, limit.as_ref())),
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
