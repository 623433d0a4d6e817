//! Sessions: what a user of the library calls.
//!
//! A [`Session`] is a graph, its changes, and what queries run with: clock, chance, limits. [`Session::run`] takes a
//! text of one or more queries and gives an [`Answer`] for each; [`Session::prepare`] makes a query once that is run
//! often, with other parameters. A statement that fails leaves the session's graph as it was.

mod failure;
mod silence;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::answer::{Answer, Drawing, Effects, Message};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::graph::Graph;
use crate::model::Value;
use crate::query::bind::bound::Slot;
use crate::query::bind::expand::{Expanded, expand};
use crate::query::bind::fault::Fault;
use crate::query::bind::{BindOptions, bind};
use crate::query::functions::{Clock, Parameters, Random, SeededRandom};
use crate::query::plan::passes::{self, Surroundings};
use crate::query::plan::{self, Plan};
use crate::query::run::{CancelToken, Execution, Limits, Made, Setting, evidence};
use crate::query::syntax::ast::{Mode, Query};
use crate::query::syntax::{self, print};
use crate::source::Source;

pub use failure::{Failure, Phase, QueryFault};
use failure::{from_binding, from_running, from_syntax};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn milliseconds(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

/// A graph and what queries run with.
pub struct Session {
    graph: Graph,
    clock: Box<dyn Clock + Send>,
    random: RefCell<SeededRandom>,
    limits: Limits,
    evidence: bool,
    is_literal: bool,
    explains_silence: bool,
}

/// A query made ready for one graph.
pub struct Prepared {
    plan: Plan,
    expanded: Expanded,
    warnings: Diagnostics,
    source: Source,
    /// The graph that names and labels were looked up in.
    graph: Graph,
}

impl Session {
    /// A session on a graph, with the machine's clock and without limits.
    #[must_use]
    pub fn new(graph: Graph) -> Self {
        Self {
            graph,
            clock: Box::new(SystemClock),
            random: RefCell::new(SeededRandom(0)),
            limits: Limits::default(),
            evidence: true,
            is_literal: false,
            explains_silence: true,
        }
    }

    /// With another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock + Send + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// With another seed for `rand()`.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.random = RefCell::new(SeededRandom(seed));
        self
    }

    /// With limits on time and memory.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Rows alone: no evidence behind them, and no words on why there are none. What nobody reads is not computed.
    #[must_use]
    pub fn rows_only(mut self) -> Self {
        self.evidence = false;
        self.explains_silence = false;
        self
    }

    /// Without the optimiser: patterns are solved in the order written. For comparing the two.
    #[must_use]
    pub fn without_optimiser(mut self) -> Self {
        self.is_literal = true;
        self
    }

    /// The graph with the session's changes.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Stops the session's running query from another thread.
    #[must_use]
    pub fn cancel_token(&self) -> CancelToken {
        self.limits.cancel.clone()
    }

    /// Runs a text of one or more queries, in order; stops at the first that fails.
    ///
    /// # Errors
    /// What is wrong with the text, or went wrong while it ran. Queries before the failing one stay done.
    pub fn run(&mut self, text: &str, parameters: &Parameters) -> Result<Vec<Answer>, Failure> {
        let source = Source::new("<query>", text);
        let script = syntax::parse(text).map_err(|errors| from_syntax(&source, errors))?;
        let mut answers = Vec::with_capacity(script.queries.len());
        for query in &script.queries {
            let prepared = self.prepare_query(query, &source, Some(parameters))?;
            answers.push(self.answer(&prepared, query, parameters)?);
        }
        Ok(answers)
    }

    /// Makes a query ready; parameters may be missing until it runs.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn prepare(&self, text: &str) -> Result<Prepared, Failure> {
        let source = Source::new("<query>", text);
        let query = syntax::parse_query(text).map_err(|errors| from_syntax(&source, errors))?;
        self.prepare_query(&query, &source, None)
    }

    /// Runs a prepared query.
    ///
    /// # Errors
    /// What went wrong while it ran.
    pub fn execute(&mut self, prepared: &Prepared, parameters: &Parameters) -> Result<Answer, Failure> {
        if !self.graph.is_same_snapshot(&prepared.graph) {
            // Names and labels may mean something else by now.
            let again = self.prepare_query(&prepared.expanded.query, &prepared.source, None)?;
            return self.answer(&again, &again.expanded.query, parameters);
        }
        self.answer(prepared, &prepared.expanded.query, parameters)
    }

    /// The core query that a text stands for: statements expanded, printed as it can be parsed again.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn core(&self, text: &str) -> Result<String, Failure> {
        let source = Source::new("<query>", text);
        let query = syntax::parse_query(text).map_err(|errors| from_syntax(&source, errors))?;
        let expanded = expand(&query, &self.graph).map_err(|faults| from_binding(&source, faults))?;
        Ok(print::query(&expanded.query))
    }

    fn prepare_query(
        &self,
        query: &Query,
        source: &Source,
        parameters: Option<&Parameters>,
    ) -> Result<Prepared, Failure> {
        let expanded = expand(query, &self.graph).map_err(|faults| from_binding(source, faults))?;
        let options = BindOptions { parameters, evidence: self.evidence && self.graph.has_claims() };
        let bound = bind(&expanded.query, &self.graph, options).map_err(|faults| from_binding(source, faults))?;
        let mut plan = plan::build(&bound.query);
        passes::run(&mut plan, &Surroundings { graph: &self.graph, literally: self.is_literal });
        let mut warnings = bound.warnings;
        warnings.extend(expanded.notes.clone());
        Ok(Prepared { plan, expanded, warnings, source: source.clone(), graph: self.graph.clone() })
    }

    fn answer(&mut self, prepared: &Prepared, query: &Query, parameters: &Parameters) -> Result<Answer, Failure> {
        let mut answer = Answer {
            columns: prepared.plan.output.iter().map(|column| column.name.to_string()).collect(),
            knowledge: (self.graph.meta().version != 0).then(|| self.graph.meta().version_name()),
            messages: prepared.warnings.iter().map(message).collect(),
            ..Answer::default()
        };
        if let Some(export) = &query.export {
            let file = export.file.as_ref().map(|file| file.value.clone());
            answer.drawing = Some(Drawing { format: export.format.value.clone(), file });
        }
        match query.mode {
            Mode::Explain => {
                answer.columns = Vec::new();
                let core = print::query(&prepared.expanded.query);
                let steps = plan::explain::explain(&prepared.plan, &self.graph);
                answer.explanation = Some(format!("{core}\n\n{steps}"));
                return Ok(answer);
            }
            Mode::ExplainPortable | Mode::Profile => {
                let what = if query.mode == Mode::Profile { "PROFILE" } else { "EXPLAIN PORTABLE" };
                return Err(from_binding(&prepared.source, vec![Fault::not_built_yet(what, query.span)]));
            }
            Mode::Run => {}
        }
        let mut row_evidence = Vec::new();
        let (graph, made) = self.execute_plan(prepared, parameters, |batch, output, evidence| {
            for row in 0..batch.rows {
                answer.rows.push(output.iter().map(|slot| batch.column(slot.index()).value(row)).collect());
                let rests_on = evidence.and_then(|slot| batch.columns.get(slot.index()).cloned().flatten());
                row_evidence.push(match rests_on.map(|column| column.value(row)) {
                    Some(Value::List(items)) => Arc::unwrap_or_clone(items),
                    _ => Vec::new(),
                });
            }
        })?;
        if prepared.plan.writes {
            self.graph = graph;
        }
        answer.effects = Effects {
            nodes_created: made.nodes,
            relations_created: made.relations,
            properties_set: made.properties,
            labels_added: made.labels,
            ..Effects::default()
        };
        if let Some(last) = prepared.expanded.statements.iter().find(|used| used.is_last) {
            answer.shown = last.definition.shown;
            answer.footer.clone_from(&last.assumptions);
        }
        if answer.rows.is_empty() && !answer.columns.is_empty() && self.explains_silence {
            answer.messages.extend(self.why_empty(prepared, parameters));
        }
        if self.evidence {
            let filters = evidence::source_filters(&prepared.plan, self.clock.today());
            let (drawn, citations) = evidence::draw(&self.graph, &answer.rows, &row_evidence, &filters);
            answer.messages.extend(crate::query::run::disagreement::disagreements(&self.graph, &drawn));
            answer.evidence = drawn;
            answer.citations = citations;
        }
        Ok(answer)
    }

    /// Runs a plan on a graph of its own, and hands that graph back.
    fn execute_plan(
        &self,
        prepared: &Prepared,
        parameters: &Parameters,
        mut take: impl FnMut(&crate::query::run::batch::Batch, &[Slot], Option<Slot>),
    ) -> Result<(Graph, Made), Failure> {
        let output: Vec<Slot> = prepared.plan.output.iter().map(|column| column.slot).collect();
        let evidence = prepared.plan.evidence;
        let random: &RefCell<dyn Random> = &self.random;
        // A query sees one moment, however long it takes.
        let clock = FixedClock(self.clock.milliseconds());
        let setting = Setting { parameters, clock: &clock, random, limits: self.limits.clone() };
        let execution = Execution::new(&prepared.plan, self.graph.clone(), setting);
        let returns = !output.is_empty();
        let outcome = execution.run(|batch| {
            if returns {
                take(batch, &output, evidence);
            }
            true
        });
        outcome.map_err(|error| from_running(&prepared.source, error))?;
        Ok(execution.finish())
    }
}

fn message(diagnostic: &Diagnostic) -> Message {
    let hints = diagnostic.question().into_iter().chain(diagnostic.help.iter().cloned());
    let hint = hints.collect::<Vec<_>>().join("; ");
    Message {
        severity: diagnostic.severity,
        text: diagnostic.message.clone(),
        hint: (!hint.is_empty()).then_some(hint),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_send<T: Send>() {}
    fn assert_sync<T: Sync>() {}

    #[test]
    fn sessions_move_between_threads_and_graphs_are_shared() {
        assert_send::<Session>();
        assert_send::<Graph>();
        assert_sync::<Graph>();
        assert_send::<Prepared>();
        assert_sync::<Prepared>();
    }

    #[test]
    fn a_statement_that_fails_leaves_the_graph_as_it_was() {
        let mut session = Session::new(Graph::default());
        let none = Parameters::default();
        session.run("CREATE (:A {n: 1}), (:A {n: 0})", &none).expect("two nodes");
        assert!(session.run("MATCH (a:A) CREATE (:B {n: 1 / a.n})", &none).is_err());
        assert_eq!(session.graph().node_count(), 2);
    }

    #[test]
    fn a_prepared_query_takes_other_parameters_each_time() {
        let mut session = Session::new(Graph::default());
        session.run("UNWIND range(1, 5) AS n CREATE (:A {n: n})", &Parameters::default()).expect("five nodes");
        let prepared = session.prepare("MATCH (a:A) WHERE a.n >= $least RETURN count(*) AS n").expect("a query");
        for (least, count) in [(1, 5), (4, 2), (9, 0)] {
            let parameters = [("least".into(), Value::Int(least))].into_iter().collect();
            let answer = session.execute(&prepared, &parameters).expect("an answer");
            assert!(matches!(answer.rows.as_slice(), [row] if row[0].is_equivalent(&Value::Int(count))));
        }
    }

    #[test]
    fn a_cancelled_query_stops_and_says_so() {
        let mut session = Session::new(Graph::default());
        session.run("UNWIND range(1, 100) AS n CREATE ()", &Parameters::default()).expect("nodes");
        session.cancel_token().cancel();
        let failure = session.run("MATCH (a), (b), (c), (d) RETURN count(*)", &Parameters::default()).unwrap_err();
        assert_eq!(failure.stopped, Some(crate::query::run::Stopped::Cancelled));
        session.cancel_token().reset();
        assert!(session.run("RETURN 1", &Parameters::default()).is_ok());
    }

    #[test]
    fn limits_hold() {
        let limits = Limits { time: Some(std::time::Duration::from_millis(20)), ..Limits::default() };
        let mut session = Session::new(Graph::default()).with_limits(limits);
        let endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)";
        let failure = session.run(endless, &Parameters::default()).unwrap_err();
        assert!(matches!(failure.stopped, Some(crate::query::run::Stopped::Time(_))));
        let limits = Limits { memory: Some(100_000), ..Limits::default() };
        let mut session = Session::new(Graph::default()).with_limits(limits);
        let large = "UNWIND range(1, 100000) AS a RETURN a ORDER BY -a";
        let failure = session.run(large, &Parameters::default()).unwrap_err();
        assert!(matches!(failure.stopped, Some(crate::query::run::Stopped::Memory(_))));
    }
}
