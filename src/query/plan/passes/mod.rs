//! The passes: each rewrites a plan into one that gives the same rows, sooner. They run in the order of the list.

mod close_cycles;
mod scan_relations;
mod solve_patterns;
mod top_rows;

use super::live;
use super::logical::{Pipeline, Plan, Step};
use crate::graph::Graph;

/// A rewrite of plans.
pub struct Pass {
    /// What it is called in EXPLAIN.
    pub name: &'static str,
    /// One line.
    pub meaning: &'static str,
    /// What it does to one pipeline; inner pipelines come by themselves.
    rewrite: fn(&mut Pipeline, &Surroundings<'_>),
}

/// All passes, in the order in which they run.
pub static PASSES: &[Pass] = &[
    Pass {
        name: "solve-patterns",
        meaning: "turn patterns into scans and hops, the cheapest first, and test each condition as soon as it can be",
        rewrite: solve_patterns::rewrite,
    },
    Pass {
        name: "close-cycles",
        meaning: "intersect the neighbours of two known nodes instead of trying each of one",
        rewrite: close_cycles::rewrite,
    },
    Pass {
        name: "scan-relations",
        meaning: "read the relations of a type as they lie instead of asking each node for its own",
        rewrite: scan_relations::rewrite,
    },
    Pass { name: "top-rows", meaning: "sort no more rows than a limit lets through", rewrite: top_rows::rewrite },
];

/// What a pass may know of the graph and of the rows that come in.
pub struct Surroundings<'g> {
    /// For statistics and indexes.
    pub graph: &'g Graph,
    /// Solve patterns in the order written, and move no condition: the plan that the others are compared with.
    pub literally: bool,
}

/// Runs all passes over a plan, and notes what is read behind each step.
pub fn run(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    for pass in PASSES {
        pipeline(&mut plan.root, pass, surroundings);
        for subplan in &mut plan.subplans {
            pipeline(&mut subplan.pipeline, pass, surroundings);
        }
    }
    live::note(plan);
}

fn pipeline(of: &mut Pipeline, pass: &Pass, surroundings: &Surroundings<'_>) {
    for step in &mut of.steps {
        match step {
            Step::Optional { inner, .. } | Step::Call { inner, .. } | Step::Foreach { inner, .. } => {
                pipeline(inner, pass, surroundings);
            }
            Step::Merge(merge) => pipeline(&mut merge.sought, pass, surroundings),
            Step::Union { branches, .. } => {
                branches.iter_mut().for_each(|(branch, _)| pipeline(branch, pass, surroundings));
            }
            _ => {}
        }
    }
    (pass.rewrite)(of, surroundings);
}
