//! Precedence, literals and the forms of expressions.

use super::{check, grouped, same};

#[test]
fn operators_bind_as_opencypher_has_it() {
    grouped("a OR b XOR c AND NOT d", "(a OR (b XOR (c AND (NOT d))))");
    grouped("NOT a = b", "(NOT (a = b))");
    grouped("a = b IN c", "(a = (b IN c))");
    grouped("1 + 2 * 3 ^ 2 - 4", "((1 + (2 * (3 ^ 2))) - 4)");
    grouped("-3 ^ 2", "((-3) ^ 2)");
    grouped("2 ^ 3 ^ 2", "((2 ^ 3) ^ 2)");
    grouped("a - b - c", "((a - b) - c)");
    grouped("[1] + [2] IN x", "(([1] + [2]) IN x)");
    grouped("a STARTS WITH 'x' AND b ENDS WITH 'y'", "((a STARTS WITH 'x') AND (b ENDS WITH 'y'))");
    grouped("NOT a IS NULL", "(NOT (a IS NULL))");
    grouped("a IN b IS NOT NULL", "((a IN b) IS NOT NULL)");
    grouped("a CONTAINS b + c", "(a CONTAINS (b + c))");
    grouped("- - x.y[0]", "(-(-x.y[0]))");
    grouped("NOT NOT a OR b", "((NOT (NOT a)) OR b)");
    grouped("a =~ 'x' = true", "((a =~ 'x') = true)");
}

#[test]
fn a_chain_of_comparisons_is_one() {
    grouped("1 < x <= 3 <> y", "(1 < x <= 3 <> y)");
    grouped("1 < x AND x <= 3", "((1 < x) AND (x <= 3))");
    grouped("(a = b) = c", "(((a = b)) = c)");
}

#[test]
fn a_parenthesis_may_be_a_pattern() {
    same("RETURN (a)-->(b)");
    same("RETURN (a)-[:KNOWS*1..3]->(:B {x: 1})<--(c) AS p");
    grouped("(a) - (b)", "((a) - (b))");
    grouped("(a)-[1]", "((a) - [1])");
    grouped("(a) < -(b)", "((a) < (-(b)))");
    same("RETURN (n:A) AND (a)-->(b) OR size([(a)-->(b) | b.name]) > 1");
    same("MATCH (n) WHERE NOT (n)-->() RETURN n");
    same("RETURN ((a)-->(b))");
    same("RETURN (n {.name}) AS m");
    same("RETURN exists((a)-->(b)) AS x, exists(n.name) AS y");
}

#[test]
fn brackets_hold_lists_comprehensions_and_subscripts() {
    same("RETURN [] AS a, [1, 2] AS b, [x IN xs] AS c, [x IN xs WHERE x > 1 | x * 2] AS d");
    same("RETURN [(x IN xs)] AS a, [x IN xs, y] AS b");
    same("RETURN [p = (a)-[:R]->(b) WHERE b:X | length(p)] AS a");
    same("RETURN xs[0] AS a, xs[1..2] AS b, xs[..2] AS c, xs[1..] AS d, xs[..] AS e, xs[-1] AS f");
    same("RETURN [x IN xs WHERE x:(A|B) | x] AS a");
    grouped("[x IN a + b | x]", "[x IN (a + b) | x]");
}

#[test]
fn calls_quantifiers_and_reduce_are_told_apart() {
    same("RETURN count(*), count(DISTINCT n), f(), a.b.c(1, 2)");
    same("RETURN all(x IN xs WHERE x > 1), any(x IN xs WHERE x), none(x IN xs WHERE x), single(x IN xs WHERE x)");
    same("RETURN reduce(sum = 0, x IN xs | sum + x) AS total");
    same("RETURN reduce(found = a OR b, x IN xs | found OR x) AS total");
    same("RETURN shortestPath((a)-[*]->(b)) AS p");
    same("RETURN any(x), all(x, y), reduce(x)");
}

#[test]
fn case_has_two_forms() {
    same("RETURN CASE x WHEN 1 THEN 'a' ELSE 'b' END AS y");
    same("RETURN CASE WHEN x > 1 THEN 'a' WHEN y THEN CASE z WHEN 1 THEN 2 END END AS y");
    same("MATCH (start)-->(end) RETURN CASE end WHEN end THEN end ELSE end END AS end");
}

#[test]
fn literals() {
    check(
        "RETURN 0x1F AS a, 0o17 AS b, 1e3 AS c, .5 AS d, 1.5E-3 AS e",
        "RETURN 31 AS a, 15 AS b, 1000.0 AS c, 0.5 AS d, 0.0015 AS e",
    );
    check(r#"RETURN "it's" AS a"#, r"RETURN 'it\'s' AS a");
    check(r"RETURN '\u0041\U0001F600\t' AS a", "RETURN 'A😀\\t' AS a");
    same("RETURN {a: 1, `b c`: {match: null}} AS m, $p AS p, $0 AS q, $`a b` AS r");
    same("RETURN 9223372036854775808 AS big, 1e999 AS infinite");
    same("RETURN TRUE");
    check("RETURN TRUE AS a", "RETURN true AS a");
}

#[test]
fn projections_of_maps_and_subqueries() {
    same("RETURN n {.name, .*, age: n.born + 1, m} AS x");
    same("RETURN EXISTS { (a)-->(b) WHERE b.x = 1 } AS x");
    same(
        "RETURN EXISTS { MATCH (a)-->(b) RETURN b } AS x, COUNT { (a)--() } AS y, COLLECT { MATCH (b) RETURN b.name } AS z",
    );
    same("RETURN EXISTS { (a)-->(b) AS OF 2012-07 CERTAINLY WHERE b.x = 1 } AS x");
    same("RETURN EXISTS { p = (a)-->(b) } AS x, COUNT { SHORTEST 1 (a)-->+(b) } AS y");
    same("MATCH (g) WHERE EXISTS { rivals of g AS OF 2020 } RETURN g");
}

#[test]
fn a_column_without_alias_keeps_its_text() {
    let script = super::parse("RETURN  count( * ) , n . name /* c */ , a  // end\n").expect("it parses");
    let super::super::ast::ClauseKind::Return(projection) = &script.queries[0].first.clauses[0].kind else {
        panic!("RETURN");
    };
    let texts: Vec<&str> = projection.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(texts, ["count( * )", "n . name", "a"]);
    check("RETURN  count( * ) , n . name", "RETURN count( * ), n . name");
}
