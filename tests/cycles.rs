//! Patterns that close a cycle: on graphs with hubs, parallel relations and loops, and with changes laid over them, the
//! answers are those of the pattern as it is written (the plan without the optimiser), and those of a count by hand.

#![allow(missing_docs, clippy::unwrap_used)]

use griot::graph::{Graph, GraphBuilder};
use griot::model::{NodeId, Value};
use griot::query::functions::{Random, SeededRandom};
use griot::time::Day;
use griot::{Parameters, Session};

/// A choice among so many; small ones more often, where it is skewed.
fn below(random: &mut SeededRandom, count: usize, skew: i32) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "small")]
    let drawn = (random.next_fraction().powi(skew) * count as f64) as usize;
    drawn.min(count - 1)
}

/// So many relations of two types between so many nodes; most of them at a few, where they are skewed.
fn graph(random: &mut SeededRandom, nodes: usize, relations: usize, skew: i32) -> Graph {
    let mut builder = GraphBuilder::new();
    let labels = [builder.label("Actor"), builder.label("Person")];
    let types = [builder.relation_type("ALLIED"), builder.relation_type("RIVAL")];
    let keys = ["id", "since"].map(|key| builder.key(key));
    let number = |number: usize| Value::Int(i64::try_from(number).unwrap());
    for node in 0..nodes {
        let made = builder.add_node("", &labels[..=node % 2]);
        builder.set_node_property(made, keys[0], &number(node));
    }
    for _ in 0..relations {
        let [from, to] = [nodes, nodes].map(|count| below(random, count, skew));
        let [kind, day] = [3, 9].map(|count| below(random, count, 1));
        let edge = builder.add_edge(types[kind / 2], NodeId::from_index(from), NodeId::from_index(to));
        builder.set_edge_property(edge, keys[1], &number(day));
        builder.set_edge_days(edge, Day(i32::try_from(day).unwrap()), Day::MAX);
    }
    Graph::from(builder.freeze())
}

fn rows(session: &mut Session, query: &str) -> Vec<String> {
    let answers = session.run(query, &Parameters::default()).unwrap_or_else(|failure| panic!("{query}: {failure:?}"));
    let mut rows: Vec<String> = answers[0].rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

const QUESTIONS: &[&str] = &[
    "MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z), (x)-[:RIVAL]->(z) RETURN count(*)",
    "MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z), (z)-[:RIVAL]->(x) RETURN count(*)",
    "MATCH (x)-[:ALLIED]->(y:Person)-[:ALLIED]->(z:Person)-[r:RIVAL]-(x) WHERE r.since < 3 RETURN count(*)",
    "MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z)-[:ALLIED]->(x) RETURN count(*), count(DISTINCT y)",
    "MATCH (x)-[a:ALLIED]-(y)-[b:ALLIED]-(z)-[c:RIVAL]-(x) WHERE x.id < 5 RETURN x, y, z, a, b, c",
    "MATCH (x {id: 0})-[a]->(y)<-[b]-(z)-[c:RIVAL]->(x) RETURN a, b, c, y.id",
    "MATCH (x)-[:RIVAL]->(y)-[:ALLIED]->(z), (x)-[:ALLIED]->(w)-[:RIVAL]->(z) RETURN count(*), max(w.id)",
    "MATCH (x)-[:RIVAL]->(y)-[:RIVAL]->(z)-[:RIVAL]->(w)-[:RIVAL]->(x) RETURN count(*)",
    "MATCH (x)-[r:RIVAL]->(z) OPTIONAL MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z) RETURN r, count(y)",
    "MATCH (x)-[:ALLIED]->(y)-[:RIVAL]->(z), (x)-[r:RIVAL]->(z) WITH x, y, z, r LIMIT 100000 RETURN r, y.id",
    "MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z), (x)-[:RIVAL]->(z) AS OF '1970-01-05' RETURN count(*)",
    "UNWIND [1, null, 0, 1] AS n OPTIONAL MATCH (x {id: n}) MATCH (x)-[:ALLIED]->(y)<-[:RIVAL]-(z), (x)-[:RIVAL]-(z) \
     RETURN n, x.id, y.id, z.id",
];

#[test]
fn closed_cycles_are_those_that_the_pattern_says() {
    let mut random = SeededRandom(20_261_122);
    for (nodes, relations) in [(3, 8), (7, 25), (30, 90), (60, 250), (200, 300)] {
        let graph = graph(&mut random, nodes, relations, 3);
        let mut planned = Session::new(graph.clone()).rows_only();
        let mut literal = Session::new(graph).rows_only().without_optimiser();
        for change in ["RETURN 1", "MATCH (x {id: 1}), (y {id: 2}) CREATE (x)-[:ALLIED]->(y)-[:RIVAL]->(x)"] {
            planned.run(change, &Parameters::default()).unwrap();
            literal.run(change, &Parameters::default()).unwrap();
            for question in QUESTIONS {
                assert_eq!(rows(&mut planned, question), rows(&mut literal, question), "{question}\nafter {change}");
            }
        }
    }
}

#[test]
fn many_rows_are_counted_on_all_cores() {
    const NODES: usize = 300;
    let graph = graph(&mut SeededRandom(7), NODES, 60_000, 1);
    let numbers = |name: &str| {
        let mut numbers = vec![[0u64; NODES]; NODES];
        let kind = graph.type_id(name).unwrap();
        graph.edges_of_type(kind).for_each(|edge| numbers[graph.source(edge).index()][graph.target(edge).index()] += 1);
        numbers
    };
    let (allied, rival) = (numbers("ALLIED"), numbers("RIVAL"));
    let mut count = 0;
    for x in 0..NODES {
        for z in (0..NODES).filter(|z| rival[x][*z] > 0) {
            let ways: u64 = (0..NODES).map(|y| allied[x][y] * allied[y][z]).sum();
            // One relation does not stand twice, where both ends and the middle are one node.
            let twice = if x == z { allied[x][x] } else { 0 };
            count += rival[x][z] * (ways - twice);
        }
    }
    let found = rows(&mut Session::new(graph).rows_only(), QUESTIONS[0]);
    assert_eq!(found, [format!("{:?}", vec![Value::Int(i64::try_from(count).unwrap())])]);
}
