//! Walks whose ways nobody reads: on many small graphs, their ends, and the numbers of ways, are those that a plan gives
//! which walks each way (the one without the optimiser). Graphs are searched as they were frozen, and with changes laid
//! over.

#![allow(missing_docs, clippy::unwrap_used)]

use std::fmt::Write;

use griot::graph::Graph;
use griot::query::functions::{Random, SeededRandom};
use griot::{Parameters, Session};

/// A choice among so many.
fn below(random: &mut SeededRandom, count: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "small")]
    let drawn = (random.next_fraction() * count as f64) as usize;
    drawn.min(count - 1)
}

/// A CREATE clause of some relations between nodes that the clauses before it have matched.
fn relations(random: &mut SeededRandom, nodes: usize, count: usize, is_descent: bool) -> String {
    let mut text = String::new();
    for _ in 0..count {
        let (mut from, mut to) = (below(random, nodes), below(random, nodes));
        if is_descent {
            if from == to {
                continue;
            }
            (from, to) = (from.max(to), from.min(to));
        }
        let kind = ["T", "T", "U"][below(random, 3)];
        let comma = if text.is_empty() { "CREATE " } else { ", " };
        write!(text, "{comma}(n{from})-[:{kind} {{w: {}}}]->(n{to})", below(random, 4)).unwrap();
    }
    text
}

/// A graph: a frozen part, and further relations laid over it.
fn graph(random: &mut SeededRandom) -> Graph {
    let nodes = 2 + below(random, 5);
    let is_descent = below(random, 2) == 0;
    let mut create = String::from("CREATE ");
    let mut known = String::from("MATCH ");
    for node in 0..nodes {
        let comma = if node == 0 { "" } else { ", " };
        let label = ["", ":A"][below(random, 2)];
        let property = if below(random, 3) == 0 { "" } else { ", k: 7" };
        write!(create, "{comma}(n{node}{label} {{i: {node}{property}}})").unwrap();
        write!(known, "{comma}(n{node} {{i: {node}}})").unwrap();
    }
    let count = below(random, 9);
    let first = relations(random, nodes, count, is_descent);
    let mut session = Session::new(Graph::default());
    session.run(&format!("{create} {first}"), &Parameters::default()).unwrap();
    let mut session = Session::new(Graph::from(session.graph().freeze()));
    let count = below(random, 4);
    let further = relations(random, nodes, count, is_descent);
    if below(random, 3) == 0 && !further.is_empty() {
        session.run(&format!("{known} {further}"), &Parameters::default()).unwrap();
        session.run("MATCH ()-[r {w: 3}]->() WITH r LIMIT 1 DELETE r", &Parameters::default()).unwrap();
    }
    session.graph().clone()
}

/// The rows of an answer, sorted.
fn rows(session: &mut Session, query: &str) -> Vec<String> {
    let answers = session.run(query, &Parameters::default()).unwrap_or_else(|failure| panic!("{query}: {failure:?}"));
    let mut rows: Vec<String> = answers[0].rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

const BOUNDS: [&str; 11] = ["*", "*0..", "*1..1", "*1..2", "*0..2", "*..3", "*..4", "*2..", "*2..3", "*3..4", "*1..60"];
const TYPES: [&str; 4] = ["", ":T", ":T|U", ":U"];

/// What may follow a walk: `~` is the repeated relation, in one of the three directions.
const QUESTIONS: &[&str] = &[
    "MATCH (a {i: 0})~(b) RETURN DISTINCT b.i",
    "MATCH (a)~(b) RETURN DISTINCT a.i, b.i",
    "MATCH (a {i: 1})~(b:A) WHERE b.i <> a.i RETURN count(DISTINCT b)",
    "MATCH (a)~(b) RETURN a.i, b.i, count(*)",
    "MATCH (a {i: 0})~(b) RETURN count(*), count(b.k), max(b.i), count(DISTINCT b.k)",
    "MATCH (a {i: 0}), (b {i: 1}) MATCH (a)~(b) RETURN count(*)",
    "MATCH (a), (b) MATCH p = (a)~(b) RETURN a.i, b.i, count(*)",
    "MATCH (a), (b) WHERE EXISTS { (a)~(b) } RETURN a.i, b.i",
    "MATCH (a) WHERE EXISTS { (a)~(:A) } RETURN a.i",
    "MATCH (a)~(a) RETURN DISTINCT a.i",
    "MATCH (a)~(a) RETURN a.i, count(*)",
    "MATCH (a)~(b)-[:T]->(c) RETURN DISTINCT a.i, c.i",
    "MATCH (a)-[:U]->(b)~(c) RETURN DISTINCT a.i, c.i",
    "MATCH (a)-[:U]->(b)~(c) RETURN a.i, c.i, count(*)",
    "MATCH (a)~(b) WITH a, b MATCH (b)-[:T]-(c) RETURN a.i, c.i, count(*)",
    "MATCH (a)~(b) WITH DISTINCT a, b RETURN a.i, count(*)",
    "MATCH (a) OPTIONAL MATCH (a)~(b:A) RETURN DISTINCT a.i, b.i",
    "MATCH (a) OPTIONAL MATCH (a)~(b:A) RETURN a.i, count(b), count(*)",
    "MATCH (a)~(b) OPTIONAL MATCH (b)~(c {i: 2}) RETURN DISTINCT a.i, c.i",
    "MATCH (a) CALL (a) { MATCH (a)~(b) RETURN b } RETURN DISTINCT a.i, b.i",
    "MATCH (a) CALL (a) { MATCH (a)~(b) RETURN count(b) AS n } RETURN a.i, n",
    "MATCH (a)~(b) RETURN a.i AS x, b.i AS y UNION MATCH (a:A)~(b) RETURN b.i AS x, a.i AS y",
    "MATCH (a)~(b)~(c) RETURN count(*)",
    "MATCH (a)~(b) MATCH (b)~(c) RETURN a.i, count(*)",
    "MATCH (a) RETURN a.i, COUNT { (a)~() }",
    "MATCH (a)~(b) WITH b ORDER BY b.i LIMIT 3 RETURN count(*), count(DISTINCT b)",
    "MATCH (a)~(b) UNWIND [1, 2] AS u RETURN b.i, u, count(*)",
];

#[test]
fn ends_and_numbers_of_ways_are_those_of_each_way_walked() {
    let mut random = SeededRandom(20_261_122);
    for _ in 0..60 {
        let graph = graph(&mut random);
        let mut optimised = Session::new(graph.clone()).rows_only();
        let mut literal = Session::new(graph).rows_only().without_optimiser();
        for question in QUESTIONS {
            let (types, bounds) = (TYPES[below(&mut random, TYPES.len())], BOUNDS[below(&mut random, BOUNDS.len())]);
            for (left, right) in [("-", "->"), ("<-", "-"), ("-", "-")] {
                let query = question.replace('~', &format!("{left}[{types}{bounds}]{right}"));
                assert_eq!(rows(&mut optimised, &query), rows(&mut literal, &query), "{query}");
            }
        }
    }
}

/// Walks of which more is asked on the way, or which may repeat more or less.
const OTHERS: &[&str] = &[
    "MATCH (a)((x)-[r]->(y) WHERE x.i > y.i){1,3}(b) RETURN DISTINCT a.i, b.i",
    "MATCH (a)((x)-[r]->(y:A)){0,2}(b) RETURN a.i, b.i, count(*)",
    "MATCH (a)((x)-[r:T]-(y:A))+(b) RETURN DISTINCT a.i, b.i",
    "MATCH (a)((x)-[r:T]-(y) WHERE r.w <> x.i)+(b) RETURN DISTINCT a.i, b.i",
    "MATCH (a)-[{w: 1}]->*(b) RETURN a.i, b.i, count(*)",
    "MATCH (a)-[r:T|U WHERE r.w > 0]-+(b) RETURN DISTINCT a.i, b.i",
    "MATCH (a)-[* {w: 2}]-(b) RETURN DISTINCT a.i, b.i",
    "MATCH ACYCLIC (a)-->+(b) RETURN DISTINCT a.i, b.i",
    "MATCH ACYCLIC (a)--+(b) RETURN a.i, b.i, count(*)",
    "MATCH SIMPLE (a)--+(b) RETURN DISTINCT a.i, b.i",
    "MATCH SIMPLE (a)-[:T]->{1,3}(b) RETURN a.i, b.i, count(*)",
    "MATCH TRAIL (a)-[:T]-{1,3}(b) RETURN DISTINCT a.i, b.i",
    "MATCH REPEATABLE ELEMENTS (a)-[:T]-{1,3}(b) RETURN DISTINCT a.i, b.i",
    "MATCH REPEATABLE ELEMENTS (a)-->{1,3}(b) RETURN a.i, b.i, count(*)",
];

#[test]
fn walks_of_which_more_is_asked_have_the_same_ends() {
    let mut random = SeededRandom(7);
    for _ in 0..100 {
        let graph = graph(&mut random);
        let mut optimised = Session::new(graph.clone()).rows_only();
        let mut literal = Session::new(graph).rows_only().without_optimiser();
        for query in OTHERS {
            assert_eq!(rows(&mut optimised, query), rows(&mut literal, query), "{query}");
        }
    }
}

#[test]
fn a_shortest_way_is_as_long_as_the_shortest_of_all() {
    let mut random = SeededRandom(9);
    for _ in 0..60 {
        let graph = graph(&mut random);
        let mut session = Session::new(graph).rows_only();
        for bounds in ["*", "*..2", "*..3", "*0.."] {
            for (left, right) in [("-", "->"), ("<-", "-"), ("-", "-")] {
                let step = format!("{left}[:T{bounds}]{right}");
                let all =
                    format!("MATCH (a), (b) WHERE a <> b MATCH p = (a){step}(b) RETURN a.i, b.i, min(length(p)), true");
                for shortest in [format!("shortestPath((a){step}(b))"), format!("SHORTEST 1 (a){step}(b)")] {
                    let one = format!(
                        "MATCH (a), (b) WHERE a <> b MATCH p = {shortest} RETURN a.i, b.i, length(p), nodes(p)[0] = a AND nodes(p)[-1] = b"
                    );
                    assert_eq!(rows(&mut session, &one), rows(&mut session, &all), "{one}");
                }
            }
        }
    }
}

#[test]
fn a_shortest_way_to_each_node_satisfies_what_is_asked_of_it() {
    let mut random = SeededRandom(12);
    for _ in 0..60 {
        let graph = graph(&mut random);
        let mut session = Session::new(graph).rows_only();
        for bounds in ["*", "*..2", "*0.."] {
            for (left, right) in [("-", "->"), ("<-", "-"), ("-", "-")] {
                let step = format!("{left}[:T|U{bounds}]{right}");
                for asked in ["true", "all(r IN relationships(p) WHERE r.w > 0)", "length(p) > 1"] {
                    let one = format!(
                        "MATCH (a) MATCH p = shortestPath((a){step}(b)) WHERE a <> b AND {asked} RETURN a.i, b.i, length(p)"
                    );
                    let all = format!(
                        "MATCH (a) MATCH p = (a){step}(b) WHERE a <> b AND {asked} RETURN a.i, b.i, min(length(p))"
                    );
                    assert_eq!(rows(&mut session, &one), rows(&mut session, &all), "{one}");
                }
            }
        }
    }
}

#[test]
fn shortest_ways_between_known_nodes_satisfy_what_is_asked_of_each_relation_and_node() {
    let mut random = SeededRandom(14);
    for _ in 0..20 {
        let graph = graph(&mut random);
        let mut session = Session::new(graph).rows_only();
        for bounds in ["*", "*..3", "*0.."] {
            for (left, right) in [("-", "->"), ("<-", "-"), ("-", "-")] {
                let step = format!("{left}[rs:T|U{bounds}]{right}");
                for asked in [
                    "all(r IN rs WHERE r.w > 0)",
                    "all(r IN relationships(p) WHERE r.w <> a.i)",
                    "none(n IN nodes(p) WHERE n.k IS NULL)",
                ] {
                    let ends = "MATCH (a), (b) WHERE a <> b MATCH p =";
                    let one = format!("{ends} shortestPath((a){step}(b)) WHERE {asked} RETURN a.i, b.i, length(p)");
                    let all = format!("{ends} (a){step}(b) WHERE {asked} RETURN a.i, b.i, min(length(p))");
                    assert_eq!(rows(&mut session, &one), rows(&mut session, &all), "{one}");
                    let counted =
                        format!("{ends} allShortestPaths((a){step}(b)) WHERE {asked} RETURN a.i, b.i, count(*)");
                    let walked = counted.replace("count(*)", "size(collect(p))");
                    assert_eq!(rows(&mut session, &counted), rows(&mut session, &walked), "{counted}");
                }
                let counted =
                    format!("MATCH (a), (b) MATCH p = allShortestPaths((a){step}(b)) RETURN a.i, b.i, count(*)");
                let walked = counted.replace("count(*)", "size(collect(p))");
                assert_eq!(rows(&mut session, &counted), rows(&mut session, &walked), "{counted}");
            }
        }
    }
}

#[test]
fn all_shortest_ways_are_all_ways_of_the_smallest_length() {
    let mut random = SeededRandom(11);
    for _ in 0..60 {
        let graph = graph(&mut random);
        let mut session = Session::new(graph).rows_only();
        for bounds in ["*", "*..2", "*..3", "*0.."] {
            for (left, right) in [("-", "->"), ("<-", "-"), ("-", "-")] {
                let step = format!("{left}[:T{bounds}]{right}");
                let ends = "MATCH (a), (b) WHERE a <> b";
                let all = format!(
                    "{ends} MATCH p = (a){step}(b) WITH a, b, length(p) AS n, collect(p) AS all ORDER BY n WITH a, b, collect(all)[0] AS all UNWIND all AS p RETURN p"
                );
                for shortest in [format!("allShortestPaths((a){step}(b))"), format!("ALL SHORTEST (a){step}(b)")] {
                    let shortest = format!("{ends} MATCH p = {shortest} RETURN p");
                    assert_eq!(rows(&mut session, &shortest), rows(&mut session, &all), "{shortest}");
                }
            }
        }
    }
}

#[test]
fn more_ways_are_counted_than_could_be_walked() {
    let mut session = Session::new(Graph::default());
    let none = Parameters::default();
    session.run("UNWIND range(0, 40) AS i CREATE ({i: i})", &none).unwrap();
    let steps = "MATCH (a), (b {i: a.i + 1}) CREATE (a)-[:T]->(b), (a)-[:T]->(b)";
    session.run(steps, &none).unwrap();
    let mut session = Session::new(Graph::from(session.graph().freeze())).rows_only();
    let count = |session: &mut Session, query: &str| rows(session, query).join(" ");
    let all = "MATCH (a {i: 0})-[:T*]->(b {i: 40}) RETURN count(*)";
    assert_eq!(count(&mut session, all), format!("[Int({})]", 1u64 << 40));
    let half = "MATCH (a {i: 0})-[:T*..20]->(b) RETURN count(*)";
    assert_eq!(count(&mut session, half), format!("[Int({})]", (1u64 << 21) - 2));
    let ends = "MATCH (a {i: 20})-[:T*]-(b) RETURN count(DISTINCT b)";
    assert_eq!(count(&mut session, ends), "[Int(41)]");
    session.run("UNWIND range(41, 70) AS i CREATE ({i: i})", &none).unwrap();
    session.run("MATCH (a), (b {i: a.i + 1}) WHERE a.i >= 40 CREATE (a)-[:T]->(b), (a)-[:T]->(b)", &none).unwrap();
    let failure = session.run("MATCH (a {i: 0})-[:T*]->(b {i: 70}) RETURN count(*)", &none).unwrap_err();
    assert_eq!(failure.faults[0].detail, "NumberOutOfRange");
}

/// What EXPLAIN says of the one walk of a query.
fn plan(query: &str) -> String {
    let mut session = Session::new(Graph::default()).rows_only();
    session.run("CREATE (:A {i: 1})-[:T]->(:A {i: 2})", &Parameters::default()).unwrap();
    let answers = session.run(&format!("EXPLAIN {query}"), &Parameters::default()).unwrap();
    let text = answers[0].explanation.clone().unwrap();
    let mut walks = text.lines().filter_map(|line| line.split_once(", no relation twice"));
    walks.next().unwrap_or_else(|| panic!("{query}: {text}")).0.trim().to_owned()
}

#[test]
fn ways_are_walked_only_where_somebody_reads_them_or_counts_each_row() {
    let (ends, counted, walked) = ("find the ends of all ways", "count all ways", "walk all ways");
    let questions = [
        ("MATCH (a)-[*]->(b) RETURN DISTINCT b", ends),
        ("MATCH p = (a)-[r*]->(b) RETURN DISTINCT a, b", ends),
        ("MATCH (a)-[r*]->(b) RETURN DISTINCT r", walked),
        ("MATCH (a)-[r*]->(b) RETURN DISTINCT size(r)", walked),
        ("MATCH (a)-[*2..]->(b) RETURN DISTINCT b", ends),
        ("MATCH (a)-[*]->(b) RETURN b", walked),
        ("MATCH (a)-[*]->(b) WITH b LIMIT 3 RETURN DISTINCT b", walked),
        ("MATCH (a)-[*]->(b) WITH b ORDER BY b.i LIMIT 3 RETURN count(*)", walked),
        ("MATCH (a)-[*]->(b) WHERE rand() < 0.5 RETURN DISTINCT b", walked),
        ("MATCH (a)-[:T*]->(b)-[:T]->(c) RETURN DISTINCT c", walked),
        ("MATCH (a)-[:T*]->(b)-[:U]->(c) RETURN DISTINCT c", ends),
        ("MATCH (a)-[*]->(b) RETURN b, count(*)", counted),
        ("MATCH (a)-[*2..]->(b) RETURN b.i, count(a), max(a.i)", counted),
        ("MATCH (a)-[*]->(b) RETURN collect(b)", walked),
        ("MATCH (a)-[*]->(b) RETURN collect(DISTINCT b)", ends),
        ("MATCH (a)-[*]->(b) RETURN sum(b.i)", walked),
        ("MATCH (a) WHERE EXISTS { (a)-[*]->(:A) } RETURN a", ends),
        ("MATCH (a) RETURN COUNT { (a)-[*]->(:A) }", walked),
        ("MATCH (a)-[*]->(b) SET b.i = 1", walked),
        ("MATCH (a), (b) MATCH p = allShortestPaths((a)-[*]->(b)) RETURN count(*)", "count all shortest ways"),
        ("MATCH (a), (b) MATCH p = allShortestPaths((a)-[*]->(b)) RETURN count(p)", "count all shortest ways"),
        ("MATCH (a), (b) MATCH p = allShortestPaths((a)-[*]->(b)) RETURN collect(p)", "walk all shortest ways"),
    ];
    for (query, expected) in questions {
        assert_eq!(plan(query), expected, "{query}");
    }
}
