//! Clauses: reading, projecting, writing, and what begins and ends a query.

use super::{check, parse, same};

#[test]
fn reading_clauses() {
    same("OPTIONAL MATCH (a), (b) WHERE a.x = b.x RETURN *");
    same("UNWIND [1, 2] AS x RETURN x");
    check("FOR x IN [1, 2] RETURN x", "UNWIND [1, 2] AS x RETURN x");
    same("CALL db.labels");
    same("CALL db.labels() YIELD label AS l, other WHERE l > 'a' RETURN l");
    same("CALL a.b(1, $x) YIELD *");
    same("OPTIONAL CALL a.b() YIELD - RETURN 1");
    same("MATCH (x) CALL (x) { MATCH (x)-->(y) RETURN y LIMIT 1 } RETURN y");
    same("CALL { MATCH (y) RETURN y UNION ALL MATCH (z) RETURN z AS y } RETURN y");
    same("OPTIONAL CALL (*) { RETURN 1 AS y } CALL () { RETURN 2 AS z } RETURN y, z");
    same("LOAD CSV WITH HEADERS FROM 'a.csv' AS row FIELDTERMINATOR ';' RETURN row");
    same("LOAD CSV FROM $file AS line RETURN line[0]");
}

#[test]
fn projecting_clauses() {
    same("MATCH (n) WITH DISTINCT n, n.x AS x ORDER BY x DESC, n.y SKIP 1 LIMIT 2 WHERE x > 1 RETURN *, x AS z");
    check("RETURN 1 AS x ORDER BY x ASCENDING OFFSET 2", "RETURN 1 AS x ORDER BY x SKIP 2");
    same("MATCH (n) LET x = n.x, y = 2 FILTER x > 1 ORDER BY x LIMIT 3 RETURN x");
    check("MATCH (n) FILTER WHERE n.x RETURN n", "MATCH (n) FILTER n.x RETURN n");
    same("MATCH (n) SKIP 1 LIMIT 1 LIMIT 2 RETURN n AS limit");
    same("RETURN 1 AS x UNION RETURN 2 AS x UNION ALL RETURN 3 AS x");
}

#[test]
fn writing_clauses() {
    same("CREATE (a:A {x: 1})-[:R {y: 2}]->(b), (c)");
    same("MERGE (a:A {x: 1}) ON CREATE SET a.y = 1, a += $p ON MATCH SET a = {z: 1}, a:B:C");
    same("MATCH (n) SET n.x.y = 1, n:A, n += {a: 1} REMOVE n.x, n:A:B DETACH DELETE n");
    check("MATCH (n) SET (n).x = 1 REMOVE (n).y DELETE n, n.r", "MATCH (n) SET (n).x = 1 REMOVE (n).y DELETE n, n.r");
    check(
        "MERGE (a) ON MATCH SET a.x = 1 ON CREATE SET a.y = 2",
        "MERGE (a) ON CREATE SET a.y = 2 ON MATCH SET a.x = 1",
    );
    same("FOREACH (x IN [1, 2] | CREATE (:A {x: x}) FOREACH (y IN x | SET y.z = 1))");
}

#[test]
fn a_text_holds_several_queries() {
    let script = parse(" // nothing\n;; RETURN ';' /* ; */ AS x; MATCH (n) RETURN n ; ").expect("it parses");
    assert_eq!(script.queries.len(), 2);
    assert_eq!(parse("").expect("nothing is a script").queries.len(), 0);
    same("EXPLAIN RETURN 1;".trim_end_matches(';'));
    check("\u{FEFF}explain portable match (n) return n export json", "EXPLAIN PORTABLE MATCH (n) RETURN n EXPORT json");
}

#[test]
fn any_word_is_a_name_where_nothing_else_can_stand() {
    same("MATCH (n:MATCH {return: 1})-[:IN|OR]->(order2) RETURN n.where AS where, $limit AS limit, n.case");
    same("MATCH (`match`), (`a``b`), (`ein Wort`) RETURN `match`, `a``b`, `ein Wort`");
    same(
        "MATCH (offset), (filter), (let), (of), (portable), (count), (all) RETURN offset, filter, let, count.x, all.y",
    );
}

#[test]
fn spans_cover_what_was_written() {
    let text = "MATCH (n) /* x */ WHERE n.x = 'é'  // end\n RETURN n.x + 1  AS y ;";
    let script = parse(text).expect("it parses");
    let clauses = &script.queries[0].first.clauses;
    assert_eq!(clauses[0].span.of(text), "MATCH (n) /* x */ WHERE n.x = 'é'");
    assert_eq!(clauses[1].span.of(text), "RETURN n.x + 1  AS y");
}
