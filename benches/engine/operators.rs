//! Each operator, by a question that is mostly made of it.

use criterion::Criterion;

use super::questions::ask_all;

const OPERATORS: &[(&str, &str)] = &[
    ("scan", "MATCH (a:Actor) RETURN count(a.id)"),
    ("seek", "MATCH (a:Actor {name: 'kara 1'}) RETURN a.id"),
    ("seek in a list", "MATCH (a:Actor) WHERE a.name IN ['kara 1', 'baka 2', 'duka 3'] RETURN a.id"),
    ("filter numbers", "MATCH (a:Actor) WHERE 1960 <= a.founded < 1975 RETURN count(*)"),
    ("filter strings", "MATCH (a:Actor) WHERE a.country = 'C01' RETURN count(*)"),
    ("filter by part of a string", "MATCH (a:Actor) WHERE a.name CONTAINS 'zor' RETURN count(*)"),
    ("hop", "MATCH (a:Actor)-[:ALLIED_WITH]->(b) WHERE a.founded < 1950 RETURN sum(b.strength)"),
    (
        "hop with dates",
        "MATCH (a:Actor)-[r:ALLIED_WITH]->(b) WHERE r.since <= 20100101 AND r.until > 20100101 RETURN count(b)",
    ),
    ("scan relations", "MATCH (:Actor)-[r:RIVAL_OF]->(:Actor) RETURN min(r.since), max(r.until)"),
    ("close cycles", "MATCH (x)-[:ALLIED_WITH]->(y)-[:ALLIED_WITH]->(z), (x)-[:RIVAL_OF]->(z) RETURN count(*)"),
    ("reach", "MATCH (a:Actor {name: 'kara 1'})<-[:SPLIT_FROM*1..]-(b) RETURN count(DISTINCT b)"),
    (
        "count ways",
        "MATCH (a:Actor)-[:SPLIT_FROM|MERGED_INTO*1..60]->(b:Actor {name: 'kara 1'}) WHERE a.founded > 2020 RETURN count(*)",
    ),
    ("every way", "MATCH p = (a:Actor)-[:SPLIT_FROM*1..3]->(b) WHERE a.founded > 2020 RETURN max(length(p))"),
    (
        "shortest way",
        "MATCH p = shortestPath((a:Actor {name: 'kavan 108'})<-[:SPLIT_FROM|SUCCEEDED*]-(b:Actor {name: 'kara 12'})) RETURN length(p)",
    ),
    ("exists", "MATCH (a:Actor) WHERE EXISTS { (a)-[:RIVAL_OF]->() } RETURN count(*)"),
    ("optional", "MATCH (a:Actor) OPTIONAL MATCH (a)-[:LED_BY]->(l) RETURN count(l)"),
    ("group by string and number", "MATCH (a:Actor) RETURN a.kind, a.founded, count(*), sum(a.strength)"),
    ("distinct", "MATCH (a:Actor)-[:ALLIED_WITH]->(b) RETURN DISTINCT b.country"),
    ("sort", "MATCH (a:Actor) WITH a ORDER BY a.strength DESC, a.name RETURN count(a)"),
    ("sort the first rows", "MATCH (a:Actor) RETURN a.name ORDER BY a.strength DESC, a.name LIMIT 10"),
    ("compute", "MATCH (a:Actor) RETURN max(a.founded * 12 + a.strength % 7)"),
    ("unwind", "UNWIND range(1, 20000) AS x RETURN sum(x)"),
    ("collect", "MATCH (a:Actor) RETURN a.country, size(collect(a.id))"),
    (
        "union",
        "MATCH (a:Actor {kind: 'leader'}) RETURN a.id AS id UNION MATCH (a:Actor {kind: 'faction'}) RETURN a.id AS id",
    ),
    (
        "call",
        "MATCH (a:Actor) WHERE a.founded < 1950 CALL (a) { MATCH (a)-[:RIVAL_OF]->(b) RETURN count(b) AS n } RETURN sum(n)",
    ),
    (
        "create and delete nothing lasting",
        "MATCH (a:Actor {name: 'kara 1'}) SET a.seen = true REMOVE a.seen RETURN a.id",
    ),
];

pub fn operators(criterion: &mut Criterion) {
    ask_all(criterion, "operators", OPERATORS);
}
