//! One case: a random graph and a random query, and whether the engine answers as the naive matcher does.

use std::collections::BTreeMap;
use std::fmt;

use griot::model::Value;
use griot::query::syntax::print;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::answers::Answer;
use super::engine::{self, Ran};
use super::graphs::{RandomGraph, graphs};
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

/// All cases.
pub fn cases() -> impl Strategy<Value = Case> {
    let numbers = || vec(any::<u16>(), 0..40);
    let writes = prop_oneof![3 => Just(Vec::new()), 1 => vec(numbers(), 1..4)];
    let second = prop_oneof![9 => Just(None), 1 => vec(any::<u16>(), 1..20).prop_map(Some)];
    let parts = (graphs(), vec(numbers(), 0..5), writes, numbers(), second);
    parts.prop_map(|(graph, clauses, writes, last, second)| Case {
        graph,
        query: match writes.as_slice() {
            [] => queries::query(&clauses, &last, second.as_deref()),
            writes => writes::query(&clauses, writes, &last),
        },
    })
}

/// `$k` and `$s`, which queries may use.
pub fn parameters() -> BTreeMap<String, Value> {
    [("k".to_owned(), Value::Int(2)), ("s".to_owned(), Value::text("a"))].into()
}

/// Whether engine and naive matcher agree on a case; if not, how they differ.
pub fn compared(case: &Case) -> Result<(), String> {
    if case.query.writes {
        return writes::compared(case);
    }
    let parameters = parameters();
    let naive = Naive { graph: &case.graph.plain, parameters: &parameters };
    let expected = match naive.answer(&case.query.script.queries[0]) {
        Ok(table) => Ok(Answer::plain(&table, &case.query.bags)),
        Err(Fault::Error(reason)) => Err(reason),
        Err(Fault::Unspecified(_)) => return Ok(()),
    };
    let stored = case.graph.stored();
    let ran = engine::run(stored.graph.clone(), &print(&case.query.script), &parameters);
    let found = |columns, rows: &[Vec<Value>]| Answer::stored(columns, rows, &case.query.bags, &stored);
    match (expected, ran) {
        (_, Ran::NotBuiltYet) => Err("the engine lacks a part of the language".to_owned()),
        (Err(_), Ran::Failed(_)) => Ok(()),
        (Ok(expected), Ran::Answered(columns, rows, _)) => {
            let found = found(columns, &rows);
            let differ = || format!("answers differ\nnaive:\n{}\nengine:\n{}", expected.shown(), found.shown());
            if expected.agrees_with(&found) { Ok(()) } else { Err(differ()) }
        }
        (Ok(expected), Ran::Failed(reason)) => Err(format!("the engine fails: {reason}\nnaive:\n{}", expected.shown())),
        (Err(reason), Ran::Answered(columns, rows, _)) => {
            Err(format!("the naive matcher fails: {reason}\nengine:\n{}", found(columns, &rows).shown()))
        }
    }
}

/// The case that these bytes stand for: they are the chance from which it is drawn, and behind them comes always the
/// same chance (zeros would never fill a set). So whatever mutates bytes mutates cases.
#[allow(dead_code, reason = "the fuzz asks for it, the property does not")]
pub fn from_bytes(bytes: &[u8]) -> Option<Case> {
    let mut chance = bytes.to_vec();
    let mut state = 2026u64;
    chance.extend((0..TAIL).map(|_| {
        // Knuth's linear congruential generator, its upper bits.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    }));
    let chance = TestRng::from_seed(RngAlgorithm::PassThrough, &chance);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, chance);
    Some(cases().new_tree(&mut runner).ok()?.current())
}

/// More bytes than a case takes.
const TAIL: usize = 16_384;
