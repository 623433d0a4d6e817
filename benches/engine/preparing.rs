//! From a text to a plan: parsing alone, and all that stands before the first row (parsing, expansion, binding, planning).

use std::hint::black_box;

use criterion::Criterion;
use griot::query::syntax::parse_query;

use super::generated;

const QUERIES: [(&str, &str); 4] = [
    ("a look-up", "MATCH (a:Actor {name: 'kara 1'}) RETURN a.id AS id, a.kind AS kind, a.founded AS founded"),
    (
        "two hops",
        "MATCH (a:Actor {name: 'kara 1'})-[:ALLIED_WITH]->(:Actor)-[:ALLIED_WITH]->(c:Actor) RETURN count(DISTINCT c.id)",
    ),
    ("a group", "MATCH (a:Actor) WHERE a.country = 'C01' AND a.founded >= 1990 RETURN a.kind AS kind, count(*) AS n"),
    (
        "ancestors",
        "MATCH (a:Actor {name: 'kara 1'})-[:SPLIT_FROM|SUCCEEDED*1..60]->(b:Actor) RETURN DISTINCT b.id AS id",
    ),
];

pub fn preparing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for (name, text) in QUERIES {
        group.bench_function(name, |bencher| bencher.iter(|| parse_query(black_box(text))));
    }
    group.finish();
    let session = generated::session();
    let mut group = criterion.benchmark_group("parse, bind and plan");
    for (name, text) in QUERIES {
        group.bench_function(name, |bencher| bencher.iter(|| session.prepare(black_box(text))));
    }
    group.finish();
}
