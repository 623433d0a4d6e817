//! What the fuzz has found in the engine, each as the smallest query that told: the answers are worked out by hand.

#![allow(missing_docs)]

use griot::graph::{Graph, GraphBuilder};
use griot::model::Value;
use griot::{Parameters, Session};

/// A graph whose property `t` has an index of nodes, and what `making` makes in it.
fn session(making: &str) -> Session {
    let mut builder = GraphBuilder::new();
    let text = builder.key("t");
    builder.index_nodes_by(text);
    let mut session = Session::new(Graph::from(builder.freeze()));
    session.run(making, &Parameters::default()).unwrap_or_else(|failure| panic!("{failure}"));
    session
}

/// The rows of a query that returns whole numbers.
fn check(making: &str, query: &str, expected: &[&[i64]]) {
    let answers = session(making).run(query, &Parameters::default());
    let answers = answers.unwrap_or_else(|failure| panic!("{query}\n{failure}"));
    let number = |value: &Value| match value {
        Value::Int(int) => *int,
        other => panic!("{query}: {other:?}"),
    };
    let found: Vec<Vec<i64>> = answers[0].rows.iter().map(|row| row.iter().map(number).collect()).collect();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn a_text_that_reads_the_node_itself_is_not_looked_up() {
    let making = "CREATE (:A {i: 1, t: 'a'}), (:A {i: 2, t: 'ab'}), (:A {i: 3, t: ''})";
    check(making, "MATCH (n) WHERE n.t = left(n.t, 1) RETURN n.i ORDER BY n.i", &[&[1], &[3]]);
    check(
        making,
        "MATCH (n), (m) WHERE n.t = m.t + left(n.t, 1) RETURN n.i, m.i ORDER BY n.i, m.i",
        &[&[1, 3], &[3, 3]],
    );
}

#[test]
fn a_walk_comes_past_the_known_node_and_no_other() {
    let making = "CREATE (a:A {i: 0}), (b:B {i: 9}), (m:M {i: 1}), (n:M {i: 2}),
                  (a)-[:T]->(m), (a)-[:T]->(n), (m)-[:T]->(b), (n)-[:T]->(b)";
    let query = "MATCH (m:M) MATCH SHORTEST 5 (a:A)-[r]->(m)-[s]->(b:B)
                 RETURN m.i, startNode(s).i ORDER BY m.i, startNode(s).i";
    check(making, query, &[&[1, 1], &[2, 2]]);
    let query = "MATCH (m:M {i: 2}) MATCH ALL SHORTEST (a:A)-[r]->(m)-[s]->{1,2}(b:B) RETURN m.i, endNode(r).i";
    check(making, query, &[&[2, 2]]);
}

#[test]
fn a_condition_on_a_node_of_an_earlier_clause_goes_with_endless_walks() {
    let making = "CREATE (a:A {i: 0}), (m:M {i: 1}), (b:B {i: 2}), (a)-[:T]->(m), (m)-[:T]->(b), (b)-[:T]->(a)";
    let query = |condition: &str| {
        format!(
            "MATCH (m:M) MATCH REPEATABLE ELEMENTS SHORTEST 1 ((a:A)-[r]->+(m)-[s]->+(b:B) WHERE {condition})
             RETURN a.i, m.i, b.i"
        )
    };
    check(making, &query("m.i = 1"), &[&[0, 1, 2]]);
    check(making, &query("m.i = 2"), &[]);
    check(making, &query("a.i < m.i AND m.i < b.i"), &[&[0, 1, 2]]);
}

#[test]
fn nothing_leads_over_a_relation_whose_node_is_deleted() {
    let making = "CREATE (a:A {i: 1})-[:T {i: 5}]->(b:B {i: 2}), (a)-[:U]->(b)";
    // MERGE does not find the relation, and makes another: the first one still hangs at a node that is gone.
    let query = "MATCH (a:A) DELETE a MERGE (x:A)-[:T]->(y) DETACH DELETE y RETURN 1";
    let refused = session(making).run(query, &Parameters::default()).expect_err("relations are left over");
    assert!(refused.to_string().contains("still has relationships"), "{refused}");
    // It is still there itself: it can be read, and deleted with the other node.
    let query = "MATCH (a:A)-[r:T]->(b) DELETE a WITH r, b OPTIONAL MATCH (x)-[r]->(y)
                 WITH r, b, count(x) AS found, r.i AS i DETACH DELETE b RETURN found, i";
    check(making, query, &[&[0, 5]]);
    let query =
        "MATCH (a)-[r]->(b) DELETE a WITH r MATCH (n) WITH r, collect(n.i) AS left DELETE r RETURN left[0], size(left)";
    check(making, query, &[&[2, 1], &[2, 1]]);
}
