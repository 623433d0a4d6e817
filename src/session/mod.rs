//! Sessions: what a user of the library calls.
//!
//! A [`Session`] is a graph, its changes, and what queries run with: clock, chance, limits. [`Session::run`] takes a
//! text of one or more queries and gives an [`Answer`] for each; [`Session::prepare`] makes a query once that is run
//! often, with other parameters. A statement that fails leaves the session's graph as it was.

mod answering;
mod default_time;
mod failure;
mod history;
mod plans;
mod profile;
mod rows;
mod saving;
mod silence;
mod why;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::answer::Answer;
use crate::diagnostics::Diagnostics;
use crate::graph::Graph;
use crate::query::bind::expand::{Expanded, encoded, expand};
use crate::query::bind::fault::{Detail, Fault};
use crate::query::bind::{BindOptions, bind, intern_new_names};
use crate::query::functions::{Clock, Parameters, Procedure, Procedures, SeededRandom};
use crate::query::plan::passes::{self, Surroundings};
use crate::query::plan::{self, Plan};
use crate::query::run::files::Files;
use crate::query::run::{CancelToken, Limits};
use crate::query::shape::{self, Shape};
use crate::query::syntax::ast::{Mode, Query};
use crate::query::syntax::{self, print};
use crate::source::Source;

use default_time::DefaultTime;
pub use failure::{Failure, Phase, QueryFault};
use failure::{from_binding, from_syntax};
use history::History;
pub use history::{Change, Changed, ChangedClaim, ChangedNode, ChangedRelation, Changes};
use plans::{Plans, Ready};
pub use rows::{Cell, Rows};
pub use saving::{SaveFailure, SavedChanges};

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
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, set by a word of its own")]
pub struct Session {
    graph: Graph,
    clock: Box<dyn Clock + Send>,
    random: RefCell<SeededRandom>,
    limits: Limits,
    evidence: bool,
    is_literal: bool,
    explains_silence: bool,
    is_read_only: bool,
    reads_files: bool,
    files: Option<Box<dyn Files + Send>>,
    /// The graph as it was when the session began.
    origin: Graph,
    history: History,
    default_time: Option<DefaultTime>,
    procedures: Procedures,
    plans: Plans,
}

/// A query made ready for one graph.
pub struct Prepared {
    plan: Plan,
    /// As it was written: on a changed graph it is made ready anew, statements and all.
    query: Query,
    expanded: Expanded,
    warnings: Diagnostics,
    source: Source,
    /// The graph that it was made ready for.
    graph: Graph,
    /// The same, with the labels and types that the query may bring in known already: what it runs on.
    named: Graph,
    /// Whether some part of it holds at the session's default time.
    takes_default_time: bool,
    /// Whether literals of the text have become parameters: then the text's own words are another's.
    is_lifted: bool,
}

impl Session {
    /// A session on a graph, with the machine's clock and without limits.
    #[must_use]
    pub fn new(graph: Graph) -> Self {
        Self {
            origin: graph.clone(),
            graph,
            clock: Box::new(SystemClock),
            random: RefCell::new(SeededRandom(0)),
            limits: Limits::default(),
            evidence: true,
            is_literal: false,
            explains_silence: true,
            is_read_only: false,
            reads_files: true,
            files: None,
            history: History::default(),
            default_time: None,
            procedures: Procedures::default(),
            plans: Plans::default(),
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
        self.plans = Plans::default();
        self.explains_silence = false;
        self
    }

    /// Without the optimiser: patterns are solved in the order written. For comparing the two.
    #[must_use]
    pub fn without_optimiser(mut self) -> Self {
        self.is_literal = true;
        self.plans = Plans::default();
        self
    }

    /// With a procedure that CALL may call; one of the same name is replaced.
    #[must_use]
    pub fn with_procedure(mut self, procedure: Procedure) -> Self {
        self.procedures.insert(procedure.name.clone(), Arc::new(procedure));
        self.plans = Plans::default();
        self
    }

    /// Refuses every query that would change the graph, before anything of it runs, and every file.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self.reads_files = false;
        self
    }

    /// With a way to local files, for LOAD CSV; a session has none of its own.
    #[must_use]
    pub fn with_files(mut self, files: impl Files + Send + 'static) -> Self {
        self.files = Some(Box::new(files));
        self
    }

    /// Refuses to read files (LOAD CSV).
    #[must_use]
    pub fn without_files(mut self) -> Self {
        self.reads_files = false;
        self
    }

    /// Whether queries that change the graph are refused.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// How long each query may run from here on.
    pub fn limit_time(&mut self, limit: Option<Duration>) {
        self.limits.time = limit;
    }

    /// What the statements of this session changed, the oldest first; those that were taken back are not listed.
    #[must_use]
    pub fn changes(&self) -> Vec<Changes> {
        self.history.changes()
    }

    /// Takes back the last statement that changed something, and says what it had changed; `None` if there is none.
    pub fn undo(&mut self) -> Option<Changes> {
        let (changes, before) = self.history.undo()?;
        self.graph = before;
        Some(changes)
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

    /// Runs a text of one or more queries, in order; stops at the first that fails. The plan of a query that reads is
    /// kept, and serves again for the same text and for others that differ in their values alone.
    ///
    /// # Errors
    /// What is wrong with the text, or went wrong while it ran. Queries before the failing one stay done.
    pub fn run(&mut self, text: &str, parameters: &Parameters) -> Result<Vec<Answer>, Failure> {
        if let Some(ready) = self.plans.find(text, parameters, &self.graph) {
            return Ok(vec![self.answer_ready(&ready, text, parameters)?]);
        }
        let source = Source::new("<query>", text);
        let script = syntax::parse(text).map_err(|errors| from_syntax(&source, errors))?;
        if let [query] = script.queries.as_slice() {
            let ready = self.make_ready(query, &source, parameters)?;
            return Ok(vec![self.answer_ready(&ready, text, parameters)?]);
        }
        let mut answers = Vec::with_capacity(script.queries.len());
        for query in &script.queries {
            let prepared = self.prepare_query(query, &source, Some(parameters))?;
            answers.push(self.answer(&prepared, parameters)?);
        }
        Ok(answers)
    }

    /// Runs one query, and hands its rows out in parts of about `rows`, so that no more of them are in memory: each part
    /// is an answer with the evidence of its own rows, and the last one has the footer. An answer whose query writes
    /// comes in one part, when all is done. `take` says `false` to stop.
    ///
    /// # Errors
    /// What is wrong with the text, or went wrong while it ran; parts may have come before.
    pub fn stream(
        &mut self,
        text: &str,
        parameters: &Parameters,
        rows: usize,
        take: &mut dyn FnMut(Answer) -> bool,
    ) -> Result<(), Failure> {
        let source = Source::new("<query>", text);
        let query = syntax::parse_query(text).map_err(|errors| from_syntax(&source, errors))?;
        let prepared = self.prepare_query(&query, &source, Some(parameters))?;
        self.answer_in_parts(&prepared, parameters, rows, take)
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
            let again = self.prepare_query(&prepared.query, &prepared.source, None)?;
            return self.answer(&again, parameters);
        }
        self.answer(prepared, parameters)
    }

    /// The core query that a text stands for: statements expanded, printed as it can be parsed again.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn core(&self, text: &str) -> Result<String, Failure> {
        let source = Source::new("<query>", text);
        let query = syntax::parse_query(text).map_err(|errors| from_syntax(&source, errors))?;
        let (timed, _) = self.with_default_time(&query);
        let expanded = expand(&timed, &self.graph).map_err(|faults| from_binding(&source, faults))?;
        Ok(print::query(&expanded.query))
    }

    /// The session's graph as statements of openCypher that build it in another engine, in the encoding that the text
    /// of EXPLAIN PORTABLE reads.
    #[must_use]
    pub fn portable_graph(&self) -> String {
        encoded(&self.graph)
    }

    fn prepare_query(
        &self,
        query: &Query,
        source: &Source,
        parameters: Option<&Parameters>,
    ) -> Result<Prepared, Failure> {
        let (timed, takes_default_time) = self.with_default_time(query);
        let expanded = expand(&timed, &self.graph).map_err(|faults| from_binding(source, faults))?;
        let options = BindOptions {
            parameters,
            procedures: Some(&self.procedures),
            evidence: self.evidence && self.graph.has_claims(),
        };
        let mut named = self.graph.clone();
        intern_new_names(&expanded.query, &mut named);
        let bound = bind(&expanded.query, &named, options).map_err(|faults| from_binding(source, faults))?;
        let mut plan = plan::build(&bound.query);
        let surroundings = Surroundings::of(&plan, &named, self.is_literal);
        passes::run(&mut plan, &surroundings);
        let mut warnings = bound.warnings;
        warnings.extend(expanded.notes.clone());
        let (query, source) = (query.clone(), source.clone());
        let graph = self.graph.clone();
        let is_lifted = false;
        Ok(Prepared { plan, query, expanded, warnings, source, graph, named, takes_default_time, is_lifted })
    }

    /// The plan of a query that is new to the session, which keeps it: with its literals as parameters, if that changes
    /// nothing that could be told.
    fn make_ready(&mut self, query: &Query, source: &Source, parameters: &Parameters) -> Result<Ready, Failure> {
        let text = &*source.text;
        if let Some(ready) = self.lift(query, source, parameters) {
            return Ok(ready);
        }
        let prepared = Arc::new(self.prepare_query(query, source, Some(parameters))?);
        if query.mode == Mode::Run && !prepared.plan.writes {
            self.plans.keep(text, parameters, &prepared);
        }
        Ok(Ready { prepared, parameters: None })
    }

    fn lift(&mut self, query: &Query, source: &Source, parameters: &Parameters) -> Option<Ready> {
        let shape = Shape::of(&source.text).filter(|_| query.mode == Mode::Run)?;
        let mut lifting = query.clone();
        let lifted = shape::lift(&mut lifting, &shape);
        if !lifted.contains(&true) {
            return None;
        }
        let mut all = parameters.clone();
        shape::bind(&mut all, &shape, &lifted);
        // What is wrong, or to be warned of, is said in the text's own words.
        let mut prepared = self.prepare_query(&lifting, source, Some(&all)).ok()?;
        if prepared.plan.writes || !prepared.warnings.is_empty() {
            return None;
        }
        prepared.is_lifted = true;
        let prepared = Arc::new(prepared);
        self.plans.keep_shape(&shape, lifted, parameters, &prepared);
        Some(Ready { prepared, parameters: Some(Arc::new(all)) })
    }

    fn refuse_writing(&self, prepared: &Prepared, query: &Query) -> Result<(), Failure> {
        if !self.is_read_only || !prepared.plan.writes {
            return Ok(());
        }
        let message = "this session is read-only, and the query would change the graph";
        let fault = Fault::new(Detail::ReadOnly, query.span, message).note("nothing of it was run");
        Err(from_binding(&prepared.source, vec![fault]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Value;

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
    fn changes_are_listed_and_taken_back_one_statement_at_a_time() {
        let mut session = Session::new(Graph::default());
        let none = Parameters::default();
        session.run("CREATE (:A {name: 'x'}); MATCH (a) RETURN a; CREATE (:B);", &none).expect("two nodes");
        let changes = session.changes();
        let statements: Vec<_> = changes.iter().flat_map(|each| each.statements.clone()).collect();
        assert_eq!(statements, ["CREATE (:A {name: 'x'})", "CREATE (:B)"]);
        assert_eq!(changes[0].items[0].to_string(), "+ (:A {name: 'x'})");
        assert_eq!(changes[0].effects.counts().map(|(_, count)| count), [1, 0, 0, 0, 1, 0, 1, 0, 0]);
        assert_eq!(session.undo().expect("a change").statements, ["CREATE (:B)"]);
        assert_eq!((session.graph().node_count(), session.changes().len()), (1, 1));
        session.undo().expect("a change");
        assert!(session.undo().is_none());
        assert_eq!(session.graph().node_count(), 0);
    }

    #[test]
    fn a_read_only_session_refuses_to_write_before_anything_runs() {
        let mut session = Session::new(Graph::default()).read_only();
        let failure = session.run("UNWIND [1, 0] AS x CREATE ({n: 1 / x})", &Parameters::default()).unwrap_err();
        assert_eq!(failure.faults[0].detail, "ReadOnly");
        assert!(session.run("RETURN 1", &Parameters::default()).is_ok());
        session.run("EXPLAIN CREATE (a)", &Parameters::default()).expect("a plan");
        session.run("EXPLAIN MERGE (a:New)-[:NEW]->(b:New)", &Parameters::default()).expect("a plan with new words");
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
    fn a_prepared_statement_keeps_its_footer_on_a_changed_graph() {
        let mut session = Session::new(crate::built_in().expect("the built-in graph"));
        let none = Parameters::default();
        let prepared = session.prepare("network of JNIM").expect("a statement");
        let before = session.execute(&prepared, &none).expect("an answer");
        session.graph.create_node(&[], []);
        let after = session.execute(&prepared, &none).expect("an answer");
        assert!(!before.footer.is_empty());
        assert_eq!((before.footer, before.shown), (after.footer, after.shown));
    }

    #[test]
    fn a_streamed_answer_is_the_whole_answer_in_parts() {
        let mut session = Session::new(crate::built_in().expect("the built-in graph"));
        let none = Parameters::default();
        let text = "UNWIND range(1, 4000) AS n MATCH (g:Coalition {id: 'jnim'}) RETURN n, g";
        let whole = session.run(text, &none).expect("an answer").remove(0);
        let mut parts = Vec::new();
        let mut take = |part| {
            parts.push(part);
            true
        };
        session.stream(text, &none, 1000, &mut take).expect("an answer");
        assert!(parts.len() > 1 && parts[1..].iter().all(|part| part.is_continued) && !parts[0].is_continued);
        assert!(parts.iter().all(|part| part.evidence.nodes.len() <= 1));
        let rows: usize = parts.iter().map(|part| part.rows.len()).sum();
        assert_eq!(rows, whole.rows.len());
        let mut count = 0;
        let mut stop = |_| {
            count += 1;
            false
        };
        session.stream(text, &none, 1000, &mut stop).expect("stopped by its reader");
        assert_eq!(count, 1);
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
