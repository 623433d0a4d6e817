//! PROFILE: a query is run, and each step of its plan measured. Its rows are counted and not kept.

use std::time::Instant;

use super::failure::from_syntax;
use super::{Failure, Parameters, Prepared, Session};
use crate::query::plan::{explain, gauges};
use crate::query::syntax::{parse_query, print};
use crate::source::Source;

impl Session {
    /// Runs the query behind PROFILE with the plan that it would be run with now. What it changes is changed.
    pub(super) fn profile(&mut self, prepared: &Prepared, parameters: &Parameters) -> Result<String, Failure> {
        let Source { text, .. } = &prepared.source;
        let asked = text[prepared.query.first.span.range().start..prepared.query.span.range().end].trim();
        let began = Instant::now();
        let (ready, origin) = match self.plans.find(asked, parameters, &self.graph) {
            Some(ready) if ready.parameters.is_some() => (ready, "kept, for other values"),
            Some(ready) => (ready, "kept, for this text"),
            None => {
                let source = Source::new("<query>", asked);
                let query = parse_query(asked).map_err(|errors| from_syntax(&source, errors))?;
                (self.make_ready(&query, &source, parameters)?, "made anew")
            }
        };
        let made = began.elapsed();
        let asked = &ready.prepared;
        self.refuse_writing(asked, &asked.query)?;
        let mut plan = asked.plan.clone();
        gauges::add(&mut plan);
        let mut rows = 0;
        let began = Instant::now();
        let all = ready.parameters.as_deref().unwrap_or(parameters);
        let (graph, readings) = self.execute_gauged(&plan, asked, all, |batch, _, _| {
            rows += batch.rows;
            true
        })?;
        let ran = began.elapsed();
        if plan.writes {
            self.take_over(graph, asked.query.span.of(&asked.source.text));
        }
        let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1e3;
        Ok(format!(
            "{}\n\nplan: {origin} ({:.3} ms)\nrun: {rows} rows ({:.3} ms)\n\n{}",
            print::query(&asked.expanded.query).replace(crate::query::shape::MARK, "literal "),
            milliseconds(made),
            milliseconds(ran),
            explain::profile(&plan, &asked.named, &readings)
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(session: &mut Session, text: &str) -> String {
        let answer = session.run(text, &Parameters::default()).expect("a profile").remove(0);
        answer.explanation.expect("a text")
    }

    #[test]
    fn each_step_tells_its_rows_and_the_plan_where_it_came_from() {
        let mut session = Session::new(crate::graph::Graph::default()).rows_only();
        session.run("UNWIND range(1, 9) AS n CREATE (:A {n: n})", &Parameters::default()).expect("nodes");
        let text = "PROFILE MATCH (a:A) WHERE a.n > 3 CALL (a) { UNWIND [1, 2] AS x RETURN x } RETURN a.n + x AS n";
        let first = profile(&mut session, text);
        assert!(first.contains("plan: made anew") && first.contains("run: 12 rows"), "{first}");
        assert!(profile(&mut session, text).contains("plan: kept, for other values"));
        for (step, rows) in [("scan 9 nodes", "9"), ("filter", "6"), ("for each row", "12"), ("unwind", "12")] {
            let line = first.lines().find(|line| line.trim_start().starts_with(step)).expect("the step");
            assert!(line.split_whitespace().any(|word| word == rows), "{first}");
        }
    }

    #[test]
    fn what_it_changes_is_changed() {
        let mut session = Session::new(crate::graph::Graph::default());
        session.run("PROFILE CREATE (:A)", &Parameters::default()).expect("a profile");
        assert_eq!((session.graph().node_count(), session.changes().len()), (1, 1));
    }
}
