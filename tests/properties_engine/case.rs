//! One case: a random graph and a random query, and whether the engine answers as the naive matcher does.

use std::collections::BTreeMap;
use std::fmt;

use griot::model::Value;
use griot::query::syntax::print;

use super::answers::Answer;
use super::engine::{self, Ran};
use super::graphs::{self, GraphNumbers, RandomGraph};
use super::naive::{Fault, Naive};
use super::queries::{self, RandomQuery};
use super::writes;

/// A graph, a query, and the decisions that made it.
pub struct Case {
    /// The graph.
    pub graph: RandomGraph,
    /// The query.
    pub query: RandomQuery,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}\n{}", print(&self.query.script), self.graph.create())
    }
}

/// The numbers that a case is made of.
pub struct Numbers {
    /// Of the graph.
    pub graph: GraphNumbers,
    /// Of each reading clause.
    pub clauses: Vec<Vec<u16>>,
    /// Of each writing clause; none for a query that only reads.
    pub writes: Vec<Vec<u16>>,
    /// Of what is returned.
    pub last: Vec<u16>,
    /// Of the second part of a union; empty without one.
    pub second: Vec<u16>,
}

impl Numbers {
    /// The case.
    pub fn case(&self) -> Case {
        let query = if self.writes.is_empty() {
            queries::query(&self.clauses, &self.last, &self.second)
        } else {
            writes::query(&self.clauses, &self.writes, &self.last)
        };
        Case { graph: graphs::graph(&self.graph), query }
    }
}

/// `$k` and `$s`, which queries may use.
pub fn parameters() -> BTreeMap<String, Value> {
    [("k".to_owned(), Value::Int(2)), ("s".to_owned(), Value::text("a"))].into()
}

/// What the naive matcher says of a case: an answer, the graph behind a query that writes, or why it is wrong.
pub struct Expected(Result<Outcome, String>);

enum Outcome {
    Answer(Answer),
    Written(writes::Outcome),
}

/// What the naive matcher says of a case; `None` where the language leaves it open.
pub fn expected(case: &Case) -> Option<Expected> {
    if case.query.writes {
        return Some(Expected(writes::expected(case)?.map(Outcome::Written)));
    }
    let parameters = parameters();
    let naive = Naive { graph: &case.graph.plain, parameters: &parameters };
    match naive.answer(&case.query.script.queries[0]) {
        Ok(table) => Some(Expected(Ok(Outcome::Answer(Answer::plain(&table, &case.query.bags))))),
        Err(Fault::Error(reason)) => Some(Expected(Err(reason))),
        Err(Fault::Unspecified(_)) => None,
    }
}

impl Expected {
    /// Whether the engine says the same; if not, how they differ.
    pub fn holds(&self, case: &Case) -> Result<(), String> {
        let bags = &case.query.bags;
        let stored = case.graph.stored();
        let ran = engine::run(stored.graph.clone(), &print(&case.query.script), &parameters());
        match (&self.0, ran) {
            (_, Ran::NotBuiltYet) => Err("the engine lacks a part of the language".to_owned()),
            (Err(_), Ran::Failed(_)) => Ok(()),
            (Ok(Outcome::Answer(expected)), Ran::Answered(columns, rows, _)) => {
                let found = Answer::stored(columns, &rows, bags, &stored);
                let differ = || format!("answers differ\nnaive:\n{}\nengine:\n{}", expected.shown(), found.shown());
                if expected.agrees_with(&found) { Ok(()) } else { Err(differ()) }
            }
            (Ok(Outcome::Written(expected)), Ran::Answered(columns, rows, graph)) => {
                let found = writes::stored_outcome((columns, &rows), &graph, &stored, bags);
                let differ = || format!("outcomes differ\nnaive:\n{}\nengine:\n{}", expected.shown(), found.shown());
                if *expected == found { Ok(()) } else { Err(differ()) }
            }
            (Ok(expected), Ran::Failed(reason)) => {
                Err(format!("the engine fails: {reason}\nnaive:\n{}", expected.shown()))
            }
            (Err(reason), Ran::Answered(columns, rows, _)) => {
                let found = Answer::stored(columns, &rows, bags, &stored);
                Err(format!("the naive matcher fails: {reason}\nengine:\n{}", found.shown()))
            }
        }
    }
}

impl Outcome {
    fn shown(&self) -> String {
        match self {
            Self::Answer(answer) => answer.shown(),
            Self::Written(written) => written.shown(),
        }
    }
}

/// Whether engine and naive matcher agree on a case; if not, how they differ.
pub fn compared(case: &Case) -> Result<(), String> {
    expected(case).map_or(Ok(()), |expected| expected.holds(case))
}
