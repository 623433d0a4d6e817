//! What the passes make of a query, and that it changes no answer: on graphs with parallel relations, loops and several
//! labels, as they were built and with changes laid over them.

use griot::graph::{Graph, GraphBuilder};
use griot::model::Value;
use griot::time::Edtf;
use griot::{Parameters, Session};

/// Four groups and a person; two relations run side by side, one is a loop.
fn graph() -> Graph {
    let mut builder = GraphBuilder::new();
    let (actor, person) = (builder.label("Actor"), builder.label("Person"));
    let (id, name, since) = (builder.key("id"), builder.key("name"), builder.key("since"));
    let founded = builder.key("founded");
    builder.index_nodes_by(name);
    let nodes: Vec<_> = (0..5)
        .map(|number| {
            let labels = if number == 4 { vec![actor, person] } else { vec![actor] };
            let node = builder.add_node("", &labels);
            builder.set_node_int(node, id, number);
            builder.set_node_property(node, name, &format!("n{number}").into());
            // Equal to a string, which no other value of another type is.
            let year = Edtf::parse(["2012", "2012-07", "1999"][usize::try_from(number).expect("it is small") % 3])
                .expect("a year or a month");
            builder.set_node_property(node, founded, &Value::Edtf(year.into()));
            node
        })
        .collect();
    let edges = [
        ("ALLIED", vec![(0, 1), (1, 2), (0, 2), (0, 2), (2, 2), (2, 3), (3, 0), (1, 4)]),
        ("RIVAL", vec![(0, 2), (2, 0), (1, 3), (2, 2)]),
    ];
    for (relation, pairs) in edges {
        let relation = builder.relation_type(relation);
        for (row, (from, to)) in (0i64..).zip(pairs) {
            let edge = builder.add_edge(relation, nodes[from], nodes[to]);
            if row != 3 {
                builder.set_edge_int(edge, since, 2000 + row);
            }
        }
    }
    Graph::from(builder.freeze())
}

fn rows(session: &mut Session, query: &str) -> Vec<String> {
    let answers = session.run(query, &Parameters::default()).expect("the query runs");
    let mut rows: Vec<String> = answers[0].rows.iter().map(|row| format!("{row:?}")).collect();
    rows.sort();
    rows
}

/// Whether the plan has a step, and the answer is that of the query as it is written.
fn check(query: &str, step: &str) {
    let changes = [
        "RETURN 1",
        "MATCH (a {id: 1}), (b {id: 0}) CREATE (a)-[:RIVAL {since: 1990}]->(b)-[:ALLIED]->(:Person {id: 9})",
        "MATCH ({id: 0})-[r:ALLIED]->({id: 2}) WHERE r.since = 2002 DELETE r",
        "MATCH (a {id: 2}) REMOVE a:Actor SET a.id = 7.0",
        "MATCH (a {id: 3}) DETACH DELETE a",
    ];
    let mut planned = Session::new(graph());
    let mut literal = Session::new(graph()).without_optimiser();
    let plan = planned.run(&format!("EXPLAIN {query}"), &Parameters::default()).expect("the query is planned");
    let plan = plan[0].explanation.clone().expect("EXPLAIN explains");
    assert!(plan.contains(step), "no `{step}` in\n{plan}");
    for change in changes {
        rows(&mut planned, change);
        rows(&mut literal, change);
        assert_eq!(rows(&mut planned, query), rows(&mut literal, query), "{query}\nafter {change}\n{plan}");
    }
}

#[test]
fn a_closing_hop_becomes_an_intersection() {
    let step = "to the same";
    check("MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z), (x)-[:RIVAL]->(z) RETURN count(*)", step);
    check("MATCH (x)-[:ALLIED]-(y)-[:ALLIED]-(z)-[:RIVAL]-(x) RETURN count(DISTINCT z.id), count(*)", step);
    check("MATCH (x:Actor)-[a:ALLIED]->(y:Actor)-[b:ALLIED]->(z)-[c:ALLIED]->(x) RETURN x, y, z, a, b, c", step);
    check("MATCH (x)-[a]-(y)-[b]-(z)-[c]-(x) WHERE a.since < c.since RETURN x.id, z.id, b.since", step);
}

#[test]
fn nodes_found_by_text_are_put_in_place_first() {
    let query = "MATCH (x:Actor {name: 'n0'})-[:ALLIED]->(l)<-[:ALLIED]-(y:Actor {name: 'n1'}) RETURN l.id, x, y";
    check(query, "to the same");
    check("MATCH (x {name: 'n0'})-[r:ALLIED]-(y {name: 'n2'}) RETURN r.since", "to known");
}

#[test]
fn all_relations_of_a_type_are_read_as_they_lie() {
    let step = "scan relations";
    check("MATCH (a:Actor)<-[r:ALLIED]-(b:Actor) WHERE r.since <= 2004 RETURN a.id, count(*), min(r.since)", step);
    check("MATCH (a)-[r:ALLIED|RIVAL]->(b:Actor) RETURN b.id, r.since ORDER BY b.id DESC, r.since LIMIT 3", step);
    check("UNWIND [1, 2] AS n MATCH (a:Actor)-[:ALLIED]->(b) RETURN n, b.id, sum(a.id), avg(a.id)", step);
    check("MATCH (a)-[:ALLIED|RIVAL]->() RETURN count(*), count(DISTINCT a), max(a.id)", step);
    check("MATCH (a:Actor)<-[r:ALLIED]-(b) AS OF '2004-05-01' RETURN a.id, b.id, r.since", step);
}

#[test]
fn groups_and_duplicates_are_told_apart_whatever_their_type() {
    let step = "group by";
    check("MATCH (a) RETURN a.id AS id, count(*)", step);
    check("MATCH (a)-[r]-(b) RETURN a.id, b.name, r.since, count(DISTINCT b.id), sum(DISTINCT r.since)", step);
    check("UNWIND [1, 1.0, 'a', null, 2, null, true] AS x RETURN x, count(x), count(*)", step);
    check("UNWIND [3, 1, 2.5, null, 7] AS x RETURN sum(x), avg(x), min(x), max(x), count(DISTINCT x)", step);
    check("MATCH (a) WITH DISTINCT a.id AS id UNWIND [id, id, 1] AS x RETURN DISTINCT x", "remove duplicates");
}

#[test]
fn the_first_rows_are_those_of_the_whole_order() {
    let step = "sort the first rows";
    check("UNWIND range(1, 5000) AS x RETURN x, x % 7 AS y ORDER BY y DESC, x LIMIT 9", step);
    check("UNWIND range(1, 5000) AS x RETURN x % 1000 AS y, -x AS z ORDER BY z LIMIT 3", step);
    check("MATCH (a)-[r]->(b) RETURN b.name, r.since ORDER BY b.name DESC, r.since LIMIT 4", step);
    check("UNWIND range(1, 5000) AS x RETURN x, x % 7 AS y ORDER BY y DESC, x SKIP 990 LIMIT 9", step);
    check("UNWIND range(-900, 900) AS x RETURN x ORDER BY x SKIP 1 LIMIT 2000", step);
    check("MATCH (a)-[r]->(b) RETURN b.name, r.since ORDER BY b.name, r.since DESC SKIP 2 LIMIT 4", step);
    check("UNWIND [3, 'b', 1, null, 2.5, -7, 'a', true] AS x RETURN x ORDER BY x SKIP 1 LIMIT 4", step);
}

#[test]
fn values_seek_nodes_out() {
    check("MATCH (a) WHERE a.name IN ['n0', 'n2', 'n0', null] RETURN a.id", "seek nodes by name");
    check("MATCH (a:Actor) WHERE a.name = 'n1' OR 'n3' = a.name RETURN a.id", "seek nodes by name");
    check("MATCH (a {name: 'n0'})-[:ALLIED]->(b) WITH b MATCH (c)-[:RIVAL]->(d) WHERE c = b RETURN d.id", "into #");
    check("MATCH (a:Actor), (b:Actor) WHERE a.name = b.name AND a.id <= b.id RETURN a.id, b.id", "seek nodes by name");
    check(
        "MATCH (a {id: 0})-[:ALLIED]->(b) WITH collect(b) AS some MATCH (c)-[:RIVAL]->(d) WHERE c IN some RETURN d.id",
        "the nodes of a list",
    );
}

#[test]
fn conditions_behind_a_projection_go_into_the_pattern() {
    let seek = "seek nodes by name";
    check("MATCH (a:Actor) WITH a, a.id AS id WHERE a.name = 'n2' AND id > 1 RETURN id", seek);
    check("MATCH (a:Actor) WITH DISTINCT a.name AS name WHERE name = 'n2' RETURN name", seek);
    check("WITH 'n2' AS wanted MATCH (a:Actor) WHERE a.name = wanted RETURN a.id", seek);
    check("MATCH (a:Actor) WITH a ORDER BY a.id LIMIT 2 WHERE a.name = 'n0' RETURN a.id", "scan");
    check("MATCH (a:Actor) WITH a.name AS name, count(*) AS n WHERE name = 'n0' RETURN n", "scan");
}

#[test]
fn a_condition_on_the_type_narrows_the_hop() {
    check("MATCH (a {id: 2})-[r]->(b) WHERE type(r) = 'RIVAL' RETURN b.id", "-RIVAL->");
    check("MATCH (a {id: 2})-[r]-(b) WHERE type(r) IN ['RIVAL', 'NOBODY'] AND r.since > 0 RETURN b.id", "-RIVAL-");
    check("MATCH (a {id: 2})-[r:ALLIED|RIVAL]-(b) WHERE 'ALLIED' = type(r) RETURN b.id", "-ALLIED-");
    check("MATCH (a {id: 2})-[r]->(b) WHERE type(r) = 'NOBODY' RETURN b.id", "hop");
}

#[test]
fn a_condition_on_labels_is_one_of_the_pattern() {
    check("MATCH (p) WHERE p:Person RETURN p.id", "1 nodes with label Person");
    check("MATCH (a)-[:ALLIED]->(b) WHERE b:Person AND a:Actor RETURN a.id, b.id", "1 nodes with label Person");
    check("MATCH (a)-[r]->(b) WHERE r:RIVAL AND b:(Person|!Actor) RETURN a.id, b.id", "-RIVAL->");
    check("MATCH (a)-[:ALLIED*1..2]->(b)-[:RIVAL]->(c) WHERE b:Actor AND c:Person RETURN a.id, c.id", "hop");
    check("MATCH (a) OPTIONAL MATCH (a)-[:RIVAL]->(b) WHERE a:Person AND b:Actor RETURN a.id, b.id", "optionally");
}

#[test]
fn clauses_that_share_no_relation_are_solved_as_one() {
    let step = "to the same";
    check("MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z) MATCH (x)-[:RIVAL]->(z) RETURN count(*)", step);
    check(
        "MATCH (x:Actor)-[:RIVAL]->(z) MATCH (z:Actor) MATCH p = (x)-->(y:Actor) WHERE y.id > 1 RETURN length(p)",
        "hop",
    );
    // The same relation may stand in both.
    check("MATCH (x)-[r:ALLIED]->(y) MATCH (x)-[s:ALLIED]->(y) RETURN x.id, r.since, s.since", step);
}

#[test]
fn a_pattern_begins_where_few_rows_lie() {
    let step = "scan relations <-RIVAL-";
    check("MATCH (y)-[:ALLIED]->(z), (x)-[:ALLIED]->(y), (x)-[:RIVAL]->(z) RETURN count(*)", step);
    check("MATCH (y:Actor)-[:ALLIED]->(z:Actor), (x:Actor)-[:ALLIED]->(y), (x)-[:RIVAL]->(z) RETURN x.id, y.id", step);
}

#[test]
fn what_is_never_null_is_counted_by_rows() {
    let step = "count all ways";
    check("MATCH p = (a {name: 'n0'})-[rs:ALLIED*1..3]->(b) RETURN count(p)", step);
    check("MATCH (a {name: 'n0'})-[rs:ALLIED*1..3]->(b) WITH rs AS hops, b RETURN b.id, count(hops), count(b)", step);
    check(
        "MATCH (a {name: 'n0'}) OPTIONAL MATCH (a)-[r:RIVAL]->(b:Person) RETURN a.id, count(r), count(*)",
        "optionally",
    );
    check("MATCH (a {name: 'n0'})-[:ALLIED*1..3]->(b) WITH b.id AS id, count(*) AS n RETURN id", "find the ends");
    check("MATCH (a)-[:ALLIED]->() WITH count(*) AS n, collect(a) AS l RETURN 1", "group by 0 columns");
}

#[test]
fn fixed_repetitions_are_hops() {
    check("MATCH (a {name: 'n0'})-[:ALLIED*2]->(b) RETURN b.id", "hop");
    check("MATCH p = (a {name: 'n0'})-[:ALLIED]->{2}(b) RETURN [n IN nodes(p) | n.id]", "hop");
    check("MATCH (x)-[:ALLIED*2]-(y)-[:RIVAL]-(x) RETURN x.id, y.id", "to the same");
}

#[test]
fn chains_of_comparisons_are_conditions_of_their_own() {
    check("MATCH (a)-[:ALLIED]->(b) WHERE 0 <= a.id < 2 < b.id RETURN a.id, b.id", "filter");
    check("MATCH (a)-[r]->(b) WHERE 2000 < r.since <= a.id + 2000 RETURN a.id, b.id", "filter");
}

#[test]
fn relations_of_any_type_are_read_as_they_lie() {
    check("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id", "scan relations");
    check("MATCH ()<-[r]-(b:Person) RETURN count(r)", "r");
}

#[test]
fn parts_that_a_value_joins_are_joined_by_a_table() {
    check("MATCH (a), (b) WHERE a.id = b.id RETURN a.name, b.name", "seek nodes by id");
    check(
        "MATCH (a:Actor)-[r:RIVAL]->(), (b)-[:ALLIED]->(c) WHERE b.id = a.id + 1 RETURN a.id, b.id, c.id",
        "seek nodes by id",
    );
    check("MATCH (a), (b) WHERE b.id IN [a.id, a.id + 1, null] RETURN a.id, b.id", "seek nodes by id");
    check("MATCH (a:Nobody)<-[:ALLIED*]-(b {id: 2}) RETURN a, b", "scan all nodes into #0");
    check(
        "UNWIND [1, 7, 7.0, 2.5, 'x', null, true] AS id MATCH (a) WHERE a.id = id RETURN a.name, id",
        "seek nodes by id",
    );
    check(
        "UNWIND ['1999', '2012', '2013', '2012'] AS year MATCH (a) WHERE a.founded = year RETURN a.name, year",
        "seek nodes by founded",
    );
}

#[test]
fn parts_that_any_values_join_are_joined_by_a_table() {
    let step = "join by a value";
    check("MATCH (a)-[f:ALLIED]->(), ()-[g:RIVAL]->(b) WHERE f.since = g.since RETURN a.id, b.id", step);
    check("MATCH (a)-[f:ALLIED]->(b), (c)-[g:ALLIED]->(d) WHERE g.since = f.since RETURN a.id, b.id, c.id, d.id", step);
    check("MATCH ()-[f]-(b), ()-[g]->() WHERE f.since = g.since AND b.id < 3 RETURN b.id, f.since, count(*)", step);
    check("MATCH (a:Actor) MATCH (b:Actor) WHERE toUpper(b.name) = toUpper(a.name) RETURN a.id, b.id", step);
    check("MATCH (a), (b) WHERE [a.id, a.since] = [b.id, null] OR a.id = 1 RETURN a.id, b.id", "filter");
    check("MATCH (a), (b) WHERE [a.id, 1] = [b.id, 1.0] RETURN a.id, b.id", step);
    check("MATCH (a), (b) WHERE a.founded = '20' + toString(b.id + 10) RETURN a.id, b.id", step);
    check("MATCH (a), (b) WHERE a.id * 1.0 = b.id + 0 AND a.id <= b.id RETURN a.id, b.id", step);
    check("MATCH (a) OPTIONAL MATCH (b)-[r:RIVAL]->(c) WHERE r.since = a.id + 2000 RETURN a.id, b.id, c.id", step);
    check("MATCH (a) WHERE EXISTS { ()-[r:RIVAL]->() WHERE r.since = a.id + 2000 } RETURN a.id", step);
    check("UNWIND [2000, 2001.0, null, 'x', 2001] AS x MATCH ()-[r]->(b) WHERE r.since = x RETURN x, b.id", step);
    check(
        "MATCH (a)-[f]->(b) MATCH (c)-[g:RIVAL]->(d) WHERE g.since = f.since AND type(f) = type(g) RETURN a.id, d.id",
        "join by 2 values",
    );
}

#[test]
fn ways_asked_for_to_each_node_of_a_scan_are_searched_once() {
    let step = "find the ends of all ways";
    for way in ["-[:ALLIED*1..3]->", "<-[:ALLIED*..2]-", "-[:ALLIED|RIVAL*]-", "-[:ALLIED*0..]->", "-[:ALLIED*2..]->"] {
        for query in [
            format!("MATCH (a {{id: 0}}), (b) WHERE EXISTS {{ (a){way}(b) }} RETURN b.id"),
            format!("MATCH (a {{id: 0}}), (b:Actor) WHERE EXISTS {{ (b){way}(a) }} AND b.id > 0 RETURN b.id"),
            format!("MATCH (a {{id: 2}}) MATCH (b:Actor) WHERE (a){way}(b:Person) RETURN b.id"),
            format!("MATCH (a), (b) WHERE EXISTS {{ (a){way}(b) }} RETURN a.id, b.id"),
        ] {
            check(&query, step);
        }
    }
    check("MATCH (a {id: 0})-[:ALLIED*2..]->(b) RETURN DISTINCT b.id", step);
    check("MATCH (a {id: 0})-[:ALLIED*3..5]-(b) RETURN count(DISTINCT b)", step);
}

#[test]
fn relations_are_counted_where_they_lie() {
    for hop in ["<-[:ALLIED]-", "-[:ALLIED]->", "-[:ALLIED]-", "--", "-[:ALLIED|RIVAL]->"] {
        check(&format!("MATCH (a) RETURN a.id, COUNT {{ (a){hop}() }}"), "subquery 0, for many rows at once");
        check(&format!("MATCH (a) WHERE COUNT {{ (a){hop}(:Actor) }} > 1 RETURN a.id"), "filter");
        check(
            &format!("MATCH (a) RETURN a.id, size([(a){hop}(b) | b]) AS n, size([(a){hop}(b) | b.id]) AS m"),
            "at once",
        );
        check(&format!("MATCH (a) WHERE size(COLLECT {{ MATCH (a){hop}(b) RETURN 1 }}) > 1 RETURN a.id"), "filter");
    }
    // Of a relation that is known there is one, wherever it lies.
    check("MATCH (a)-[r]->(b) RETURN a.id, b.id, COUNT { ()-[r]->(c) } AS n, COUNT { ()-[r]-() } AS m", "at once");
}

#[test]
fn a_relation_that_is_asked_for_is_a_hop_that_passes_once() {
    let step = "once";
    check("MATCH (x), (y) WHERE (x)-[:ALLIED]->(y) RETURN x.id, y.id", step);
    check("MATCH (x), (z) WHERE EXISTS { (x)-[:ALLIED|RIVAL]-(z) } AND x.id < 9 RETURN x.id, z.id", step);
    check("MATCH (x)-[:RIVAL]->(z) WHERE (x)-[:ALLIED]->() RETURN x.id, count(*)", step);
    check("OPTIONAL MATCH (x:Person)-[:RIVAL]->(z) WITH x, z WHERE (x)--(z) RETURN x, z", step);
    check("MATCH (a)-[:ALLIED]->(b) RETURN DISTINCT a.id", step);
    check("MATCH (a) WHERE EXISTS { (a)-[:ALLIED]->(b)-[:ALLIED]->(c) } RETURN a.id", step);
    let closing = "to the same";
    check("MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z) WHERE (x)-[:ALLIED]->(z) RETURN count(*)", closing);
    check("MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z) WHERE EXISTS { (z)-[:RIVAL]-(x) } RETURN x.id, y.id, z.id", closing);
}

#[test]
fn subqueries_of_many_rows_are_run_at_once() {
    let step = "subquery 0, for many rows at once";
    check("MATCH (x)-[:ALLIED]->(y) WHERE NOT (x)-[:RIVAL]->(y) RETURN x.id, y.id", step);
    check(
        "MATCH (a) RETURN a.id, COUNT { (a)<-[r:ALLIED]-() WHERE r.since > 2001 } AS n, COUNT { (a)--() } AS m",
        step,
    );
    check("MATCH (a) RETURN a.id, size([(a)-[r]-(b) WHERE b.id > 1 | r.since]) AS n", step);
    check("MATCH (a), (b) WHERE NOT EXISTS { (a)-[:ALLIED*1..3]->(b) } RETURN a.id, b.id", step);
    check("MATCH (a), (b) WHERE NOT EXISTS { (a)-[:ALLIED|RIVAL*0..2]-(b) } RETURN a.id, b.id", step);
    check("MATCH (b) WHERE EXISTS { (:Person)<-[:ALLIED*]-(b) } RETURN b.id", step);
    check("OPTIONAL MATCH (a:Nobody) RETURN a, EXISTS { (a)-->() } AS e, COUNT { (a)--() } AS n", step);
    check("MATCH (a) WHERE a.id = 0 OR (a)-[:RIVAL]->({id: 2}) RETURN a.id", step);
    check(
        "MATCH (a) WHERE EXISTS { MATCH (a)-[r:ALLIED]->(b) WHERE r.since > a.id AND (b)-[:RIVAL]-() } RETURN a.id",
        "for many rows",
    );
}

#[test]
fn two_nodes_that_are_equal_are_one() {
    let step = "to the same";
    check("MATCH (x)-[:ALLIED]->(y)-[:ALLIED]->(z)-[:RIVAL]->(w) WHERE w = x RETURN x.id, y.id, z.id, w.id", step);
    check("MATCH (x)-[:ALLIED]-(y)-[:ALLIED]-(z)-[:RIVAL]-(w:Person) WHERE x = w AND w.id > 0 RETURN count(*)", step);
    check("MATCH p = (x)-[:ALLIED]->(y), (v:Actor)<-[:RIVAL]-(w) WHERE w = x AND y = v RETURN p, v, w", step);
    check("MATCH (x:Person) OPTIONAL MATCH (y)-[r]-(w) WHERE w = x RETURN x.id, y.id, w.id, r.since", "hop");
}

#[test]
fn what_is_asked_of_a_whole_walk_is_asked_on_the_way() {
    let step = "find the ends";
    check("MATCH (a {id: 0})-[f:ALLIED*1..3]->(b) WHERE all(r IN f WHERE r.since > 2000) RETURN DISTINCT b.id", step);
    check("MATCH p = (a)-[:ALLIED*0..]-(b) WHERE none(n IN nodes(p) WHERE n.id = 1) RETURN DISTINCT a.id, b.id", step);
    let step = "walk";
    check("MATCH (a)-[f*..3]-(b) WHERE NOT any(r IN f WHERE r.since < 2002) AND a.id < b.id RETURN a.id, f", step);
    check(
        "MATCH p = (a)-[:ALLIED*..2]->(b)-[:RIVAL]-(c) WHERE all(r IN relationships(p) WHERE r.since > 0) RETURN p",
        step,
    );
    check(
        "MATCH p = shortestPath((a)-[k*..2]-(b)) WHERE a <> b AND all(n IN nodes(p) WHERE n.id <> 2) RETURN length(p)",
        step,
    );
    check(
        "UNWIND [2000, 2003] AS s MATCH (a)-[f*..2]->(b) WHERE all(r IN f WHERE r.since >= s) RETURN s, a.id, f",
        step,
    );
}
