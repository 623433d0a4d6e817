//! The passes: each rewrites a plan into one that gives the same rows, sooner. They run in the order of the list.

mod close_cycles;
mod conditions_along;
mod conjuncts;
mod equal_nodes;
mod filters_down;
mod join_matches;
mod rows_counted;
mod scan_relations;
mod semi_joins;
mod solve_patterns;
mod sought;
mod top_rows;
mod value_joins;
mod ways_unread;

use super::live;
use super::logical::{Pipeline, Plan, Step};
use super::reading::Subqueries;
use crate::graph::Graph;

/// A rewrite of plans.
pub struct Pass {
    /// What it is called in EXPLAIN.
    pub name: &'static str,
    /// One line.
    pub meaning: &'static str,
    rewrite: Rewrite,
}

/// What a pass works on.
enum Rewrite {
    /// One pipeline; inner pipelines come by themselves.
    Each(fn(&mut Pipeline, &Surroundings<'_>)),
    /// The plan as a whole.
    Whole(fn(&mut Plan, &Surroundings<'_>)),
}

/// All passes, in the order in which they run.
pub static PASSES: &[Pass] = &[
    Pass {
        name: "filters-down",
        meaning: "put conditions behind a projection, and its constants, into the patterns that they speak of",
        rewrite: Rewrite::Each(filters_down::rewrite),
    },
    Pass {
        name: "conditions-along",
        meaning: "test what is asked of all relations or nodes of a walk while it is walked",
        rewrite: Rewrite::Whole(conditions_along::rewrite),
    },
    Pass {
        name: "join-matches",
        meaning: "solve MATCH clauses together that cannot take the same relation",
        rewrite: Rewrite::Each(join_matches::rewrite),
    },
    Pass {
        name: "equal-nodes",
        meaning: "make one node of two that a condition says are equal",
        rewrite: Rewrite::Each(equal_nodes::rewrite),
    },
    Pass {
        name: "solve-patterns",
        meaning: "turn patterns into scans and hops, the cheapest first, and test each condition as soon as it can be",
        rewrite: Rewrite::Each(solve_patterns::rewrite),
    },
    Pass {
        name: "rows-counted",
        meaning: "count rows where what is counted is never null",
        rewrite: Rewrite::Each(rows_counted::rewrite),
    },
    Pass {
        name: "ways-unread",
        meaning: "find the ends of walks, or count the ways, without walking each way that nobody reads",
        rewrite: Rewrite::Whole(ways_unread::rewrite),
    },
    Pass {
        name: "semi-joins",
        meaning: "test by a hop, in its place among the steps, whether a relation exists",
        rewrite: Rewrite::Whole(semi_joins::rewrite),
    },
    Pass {
        name: "value-joins",
        meaning: "join parts of a query that only values join by a table",
        rewrite: Rewrite::Whole(value_joins::rewrite),
    },
    Pass {
        name: "close-cycles",
        meaning: "intersect the neighbours of two known nodes instead of trying each of one",
        rewrite: Rewrite::Each(close_cycles::rewrite),
    },
    Pass {
        name: "scan-relations",
        meaning: "read the relations of a type as they lie instead of asking each node for its own",
        rewrite: Rewrite::Each(scan_relations::rewrite),
    },
    Pass {
        name: "top-rows",
        meaning: "sort no more rows than a limit lets through",
        rewrite: Rewrite::Each(top_rows::rewrite),
    },
];

/// What a pass may know of the graph and of the rows that come in.
pub struct Surroundings<'g> {
    /// For statistics and indexes.
    pub graph: &'g Graph,
    /// Solve patterns in the order written, and move no condition: the plan that the others are compared with.
    pub literally: bool,
    subqueries: Subqueries,
}

impl<'g> Surroundings<'g> {
    /// What passes may know that rewrite a plan.
    #[must_use]
    pub fn of(plan: &Plan, graph: &'g Graph, literally: bool) -> Self {
        Self { graph, literally, subqueries: Subqueries::of(plan) }
    }
}

/// Runs all passes over a plan, and notes what is read behind each step.
pub fn run(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    for pass in PASSES {
        match pass.rewrite {
            Rewrite::Whole(rewrite) => rewrite(plan, surroundings),
            Rewrite::Each(rewrite) => {
                pipeline(&mut plan.root, rewrite, surroundings);
                for subplan in &mut plan.subplans {
                    pipeline(&mut subplan.pipeline, rewrite, surroundings);
                }
            }
        }
    }
    for subplan in plan.subplans.iter_mut().filter(|_| !surroundings.literally) {
        subplan.takes_batches = subplan.pipeline.treats_rows_alone();
    }
    live::note(plan);
}

fn pipeline(of: &mut Pipeline, rewrite: fn(&mut Pipeline, &Surroundings<'_>), surroundings: &Surroundings<'_>) {
    for inner in of.steps.iter_mut().flat_map(Step::inner_mut) {
        pipeline(inner, rewrite, surroundings);
    }
    rewrite(of, surroundings);
}
