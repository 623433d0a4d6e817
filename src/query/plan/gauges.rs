//! Gauges for PROFILE: behind each step stands one that measures it.

use std::time::Duration;

use super::logical::{Pipeline, Plan, Step};

/// What a gauge has read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// Rows that the step gave.
    pub rows: u64,
    /// The time that it took itself, without the steps before and within it.
    pub time: Duration,
    /// The most bytes that it held at once, about.
    pub bytes: usize,
    /// The bytes that it holds now.
    pub held: i64,
}

/// Puts a gauge behind every step of a plan that no pass will touch any more, and numbers them.
pub fn add(plan: &mut Plan) {
    let mut number = 0;
    pipeline(&mut plan.root, &mut number);
    for subplan in &mut plan.subplans {
        pipeline(&mut subplan.pipeline, &mut number);
    }
}

fn pipeline(of: &mut Pipeline, number: &mut usize) {
    let steps = std::mem::take(&mut of.steps);
    let live = std::mem::take(&mut of.live);
    for (mut step, live) in steps.into_iter().zip(live) {
        step.inner_mut().into_iter().for_each(|inner| pipeline(inner, number));
        // The row around a subquery is no work, and its step has to stay where it is.
        let is_measured = !matches!(step, Step::Around(_));
        of.steps.push(step);
        of.live.push(live.clone());
        if is_measured {
            of.steps.push(Step::Gauge(*number));
            of.live.push(live);
            *number += 1;
        }
    }
}
