//! Property: on random small graphs, random queries have the answer that the naive matcher gives.
//!
//! Queries are made as syntax trees, printed, and read again by the engine, so that the printer and the parser take
//! part. A part of the queries write: then the graphs behind them are compared as well. `PROPTEST_CASES` says how many
//! cases are tried. A failure is shrunk, and shows the query, the graph as a CREATE clause, and both answers.

#![allow(missing_docs, clippy::unwrap_used)]

mod answers;
mod case;
mod draws;
mod engine;
mod expressions;
mod graphs;
#[path = "../naive/mod.rs"]
mod naive;
mod patterns;
mod queries;
mod routes;
mod shapes;
mod tree;
mod writes;

use griot::query::syntax::parse;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use case::{Case, Numbers, compared, parameters};
use graphs::NUMBERS;
use naive::{Fault, Naive};

/// As many as fit into half a minute of an unoptimised build, unless `PROPTEST_CASES` says otherwise.
fn config() -> Config {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { 3000 };
    Config { cases, max_shrink_iters: 20_000, failure_persistence: None, ..Config::default() }
}

/// Cases of up to six nodes, ten relations and four reading clauses; a part of them writes, a part is a union.
fn cases() -> impl Strategy<Value = Case> {
    let nodes =
        || prop_oneof![1 => 0usize..1, 19 => 1usize..7].prop_flat_map(|count| vec(vec(any::<u16>(), NUMBERS), count));
    let a_graph = || (nodes(), vec(vec(any::<u16>(), NUMBERS), 0..11), 0usize..10, 0usize..16);
    let numbers = || vec(any::<u16>(), 0..80);
    let writes = prop_oneof![3 => Just(Vec::new()), 1 => vec(numbers(), 1..4)];
    let second = prop_oneof![9 => Just(Vec::new()), 1 => vec(any::<u16>(), 1..20)];
    let parts = (a_graph(), vec(numbers(), 0..5), writes, numbers(), second);
    parts.prop_map(|(graph, clauses, writes, last, second)| Numbers { graph, clauses, writes, last, second }.case())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn engine_answers_as_the_naive_matcher(case in cases()) {
        compared(&case).map_err(TestCaseError::fail)?;
    }
}

/// What a failure shows can be pasted: the CREATE clause makes the very graph that failed.
#[test]
fn a_shown_graph_is_the_graph() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..100 {
        let graph = cases().new_tree(&mut runner).unwrap().current().graph;
        let text = graph.create();
        if !graph.plain.nodes.is_empty() {
            let script = parse(&text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
            let created = naive::created(naive::Graph::default(), &script.queries[0]).unwrap();
            assert_eq!(format!("{created:?}"), format!("{:?}", graph.plain), "{text}");
        }
    }
}

/// Random queries prove nothing if they are refused, left open, or empty: most must have rows to compare.
#[test]
fn most_random_queries_have_rows() {
    let mut runner = TestRunner::deterministic();
    let (mut answered, mut with_rows, mut wrong, mut open) = (0, 0, Vec::new(), Vec::new());
    for _ in 0..CASES {
        let case = cases().new_tree(&mut runner).unwrap().current();
        let parameters = parameters();
        let (graph, query) = (&case.graph.plain, &case.query.script.queries[0]);
        let answer = if case.query.writes {
            naive::written(graph, query, &parameters, naive::RowOrder::Forward).map(|written| written.table)
        } else {
            Naive { graph, parameters: &parameters }.answer(query)
        };
        match answer {
            Ok(table) => {
                answered += 1;
                with_rows += usize::from(!table.rows.is_empty());
            }
            Err(Fault::Error(reason)) => wrong.push(reason),
            Err(Fault::Unspecified(reason)) => open.push(reason),
        }
    }
    let counts = format!("{answered} answered, {with_rows} with rows, {} wrong, {} open", wrong.len(), open.len());
    assert!(with_rows * 2 > CASES, "{counts}");
    assert!(wrong.len() * 50 < CASES, "{counts}: {wrong:?}");
    assert!(open.len() * 5 < CASES, "{counts}: {open:?}");
}

const CASES: usize = 1000;
