//! Whole-graph scans in parts, on all cores: what stands before an operator that gathers all rows is built once a part,
//! each over its own share of the nodes or relations that the scan finds.
//!
//! The parts are as many as there are cores and lie one behind the other, and what they give is handed back in their
//! order, so that nothing hangs on which is done first. Threads read the graph and end before the operator goes on.

use std::cell::RefCell;
use std::ops::Range;
use std::panic::resume_unwind;

use super::{Input, chain, scan, scan_relations};
use crate::query::functions::{FixedClock, Random, SeededRandom};
use crate::query::plan::columns::is_for_all_rows;
use crate::query::plan::{Pipeline, Step};
use crate::query::run::batch::Batch;
use crate::query::run::{Execution, Outcome, RunError, Setting};

/// Fewer nodes or relations than this are scanned on one core; with the feature `faults` so few that small graphs
/// have several parts.
const FEW: usize = if cfg!(feature = "faults") { 4 } else { 1 << 18 };

/// With the feature `faults`, so many parts on any machine.
const PARTS: Option<usize> = if cfg!(feature = "faults") { Some(3) } else { None };

/// The steps of a pipeline up to one that gathers all rows.
pub(super) struct Parts<'p> {
    pipeline: &'p Pipeline,
    steps: usize,
}

impl<'p> Parts<'p> {
    /// The first steps of a pipeline over some rows; `None` where they cannot be run in parts.
    pub(super) fn of(pipeline: &'p Pipeline, steps: usize, rows: &Batch) -> Option<Self> {
        let (source, others) = pipeline.steps[..steps].split_first()?;
        let is_alone = rows.rows == 1 && rows.columns.is_empty();
        let is_source = match source {
            Step::Scan { by, .. } => scan::is_divisible(by),
            Step::ScanRelations(_) => true,
            _ => false,
        };
        (is_alone && is_source && others.iter().all(is_plain)).then_some(Self { pipeline, steps })
    }

    /// Does some work on each part; what each gives, in their order. `None` where the scan finds too little.
    pub(super) fn run<T: Send>(
        &self,
        execution: &Execution<'_>,
        work: impl Fn(Input<'_>, &Execution<'_>) -> Outcome<T> + Sync,
    ) -> Option<Outcome<Vec<T>>> {
        let length = self.length(execution).filter(|length| *length >= FEW)?;
        let cores = PARTS.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, Into::into));
        if cores < 2 {
            return None;
        }
        let share = length.div_ceil(cores);
        let parts = (0..cores).map(|part| (part * share).min(length)..((part + 1) * share).min(length));
        let (plan, parameters, graph) =
            (execution.plan, execution.setting.parameters, execution.graph.borrow().clone());
        let (now, limits) = (execution.setting.clock.milliseconds(), execution.token.share(cores));
        let made = execution.memory.made();
        let one = |part: Range<usize>| {
            // No step of a part asks for chance.
            let (clock, random) = (FixedClock(now), RefCell::new(SeededRandom(0)));
            let random: &RefCell<dyn Random> = &random;
            let setting = Setting { parameters, clock: &clock, random, files: None, limits: limits.clone() };
            let own = Execution::new(plan, graph.clone(), setting).sharing(made.clone());
            let found = work(self.input(&own, part), &own)?;
            Ok((found, own.token.held()))
        };
        let outcomes: Vec<Outcome<(T, usize)>> = if cfg!(feature = "faults") {
            // A deliberate fault belongs to one thread.
            parts.map(one).collect()
        } else {
            // A damaged page unwinds (`storage::guarded`), and goes on to whoever catches it.
            std::thread::scope(|scope| {
                let one = &one;
                let started: Vec<_> = parts.map(|part| scope.spawn(move || one(part))).collect();
                started.into_iter().map(|part| part.join().unwrap_or_else(|damage| resume_unwind(damage))).collect()
            })
        };
        let told = outcomes.into_iter().map(|outcome| {
            let (found, held) = outcome.map_err(|error| match error {
                RunError::Stopped(stopped) => RunError::Stopped(execution.token.as_told(stopped)),
                error @ RunError::Expression(_) => error,
            })?;
            execution.token.hold(held)?;
            Ok(found)
        });
        Some(told.collect())
    }

    /// How many nodes or relations the scan finds.
    fn length(&self, execution: &Execution<'_>) -> Option<usize> {
        let graph = execution.graph.borrow();
        match &self.pipeline.steps[0] {
            Step::Scan { by, .. } => scan::length(&graph, by),
            Step::ScanRelations(scan) => scan_relations::length(&graph, scan),
            _ => None,
        }
    }

    /// The steps over a share of what the scan finds.
    fn input<'i>(&'i self, execution: &Execution<'_>, part: Range<usize>) -> Input<'i> {
        let live = self.pipeline.live_after(0);
        let source: Input<'i> = match &self.pipeline.steps[0] {
            Step::Scan { slot, by } => Box::new(scan::Scan::of_part(*slot, by, live, part)),
            Step::ScanRelations(step) => {
                Box::new(scan_relations::ScanHops::of_part(step, live, part, &execution.graph.borrow()))
            }
            _ => unreachable!("asked before"),
        };
        chain(self.pipeline, 1..self.steps, source, &Batch::unit())
    }
}

/// Whether a step does the same to each row, whatever came before, and asks neither chance nor a subquery.
fn is_plain(step: &Step) -> bool {
    match step {
        Step::Filter(expr) => expr.is_deterministic(),
        Step::Compute(items) => items.iter().all(|(expr, _)| expr.is_deterministic()),
        Step::Expand(expand) => is_for_all_rows(expand.evidence.as_deref()),
        Step::Exists(_, evidence) => is_for_all_rows(Some(evidence)),
        Step::Keep(_) => true,
        _ => false,
    }
}
