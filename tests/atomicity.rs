//! A statement is done as a whole or not at all: random statements, some of which fail in the middle, on random graphs.

use griot::graph::{Graph, SideEffects};
use griot::{Parameters, Session};
use proptest::prelude::*;

/// A clause that changes something of `n`, `m` or `r`, or of nothing that was there.
fn change() -> impl Strategy<Value = String> {
    let value = prop_oneof![Just("1"), Just("n.x + 1"), Just("null"), Just("'a'"), Just("[1, 2]")];
    prop_oneof![
        value.clone().prop_map(|value| format!("SET n.y = {value}")),
        value.prop_map(|value| format!("SET n += {{z: {value}}}")),
        Just("SET n:C".to_owned()),
        Just("REMOVE n:A, n.x".to_owned()),
        Just("SET n = {x: n.x}".to_owned()),
        Just("CREATE (n)-[:T {x: n.x}]->(:B {x: n.x})".to_owned()),
        Just("MERGE (:D {x: n.x % 2})".to_owned()),
        Just("MERGE (n)-[:U]->(:B {x: 0})".to_owned()),
        Just("DETACH DELETE n".to_owned()),
        Just("DELETE n".to_owned()),
        Just("FOREACH (i IN range(1, n.x) | CREATE (:E {i: i}))".to_owned()),
    ]
}

/// Changes, and in the end, for some row, perhaps a fault.
fn statement() -> impl Strategy<Value = String> {
    let fault = prop_oneof![
        Just(""),
        Just("CREATE (:F {x: 1 / (x - 2)})"),
        Just("CREATE (:F {x: {a: x}})"),
        Just("RETURN 10 / (x - 3) AS q"),
        Just("MERGE (:F {x: CASE x WHEN 2 THEN null ELSE x END})"),
    ];
    (prop::collection::vec(change(), 1..4), fault)
        .prop_map(|(changes, fault)| format!("MATCH (n:A) WITH n, n.x AS x {} {fault}", changes.join(" ")))
}

fn graph() -> Session {
    let mut session = Session::new(Graph::default()).rows_only();
    let make = "UNWIND range(0, 4) AS i CREATE (:A {x: i})-[:T {x: i}]->(:B {x: i % 2})";
    session.run(make, &Parameters::default()).expect("a graph");
    session
}

proptest! {
    #[test]
    fn a_statement_that_fails_leaves_nothing_behind(statements in prop::collection::vec(statement(), 1..5)) {
        let mut session = graph();
        for statement in statements {
            let before = session.graph().clone();
            let changes = session.changes().len();
            let ran = session.run(&statement, &Parameters::default());
            let effects = SideEffects::between(&before, session.graph());
            if ran.is_err() {
                prop_assert!(session.graph().is_same_snapshot(&before), "{statement}");
                prop_assert_eq!(session.changes().len(), changes, "{}", statement);
            } else {
                // Taken back, and done again, a statement does the same.
                if session.changes().len() > changes {
                    session.undo().expect("it was noted");
                    prop_assert!(SideEffects::between(&before, session.graph()).is_none(), "{statement}");
                    session.run(&statement, &Parameters::default()).expect("it ran before");
                }
                prop_assert_eq!(SideEffects::between(&before, session.graph()), effects, "{}", statement);
            }
            // No relationship is left without its ends.
            let graph = session.graph();
            for edge in graph.edges() {
                prop_assert!(graph.has_node(graph.source(edge)) && graph.has_node(graph.target(edge)), "{statement}");
            }
        }
    }
}
