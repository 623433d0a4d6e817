//! What is said of texts that are wrong: where, what, what else, and what to do.

use super::super::parse;

/// Every fault of a text as `«where» message; expected …; help: …; note «where» …`.
fn faults(text: &str) -> String {
    let faults = parse(text).expect_err("the text is wrong");
    let lines = faults.iter().map(|fault| {
        let hint = fault.hint.iter().map(|hint| format!("; help: {hint}"));
        let note = fault.note.iter().map(|(span, note)| format!("; note «{}» {note}", span.of(text)));
        let rest: String = hint.chain(note).collect();
        format!("«{}» {fault}{rest}", fault.span.of(text))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(faults(text), expected, "{text}");
}

#[test]
fn what_is_opened_must_be_closed() {
    check(
        "RETURN 'abc",
        "«'» this string has no end; help: close it with `'`; an apostrophe within a string is written `\\'`",
    );
    check("RETURN (1 + 2", "«(» `(` is never closed; help: close it with `)`");
    check("RETURN [1, 2}", "«}» `}` does not close `[`; note «[» `[` was opened here");
    check("RETURN 1)", "«)» `)` closes nothing; help: remove it, or open it with `(`");
    check("RETURN 1 /* x", "«/*» this comment has no end; help: close it with `*/`");
    check("RETURN x[", "«[» `[` is never closed; help: close it with `]`");
    check("CALL { RETURN 1", "«{» `{` is never closed; help: close it with `}`");
    check("RETURN (a)-[x]-(b", "«(» `(` is never closed; help: close it with `)`");
    check(
        "allies of 'a",
        "«'» this string has no end; help: close it with `'`; an apostrophe within a string is written `\\'`",
    );
    check("RETURN n.`a", "«`» this name in backticks has no end; help: close it with a backtick");
    check("CALL a.b(1", "«(» `(` is never closed; help: close it with `)`");
    check("RETURN count(*", "«(» `(` is never closed; help: close it with `)`");
}

#[test]
fn operators_of_other_languages_are_named() {
    check("MATCH (n) WHERE n.x == 1 RETURN n", "«==» `==` is no operator here; help: write =");
    check(
        "RETURN a != b && c || !d",
        "«!=» `!=` is no operator here; help: write <>\n«&&» `&&` is no operator here; help: write AND\n«||» `||` is no operator here; help: write OR, or `+` to join strings and lists\n«!» `!` negates no expression; help: write NOT",
    );
    check("RETURN 1 => 2", "«=>» `=>` is no operator here; help: write >=");
    check("RETURN 2 ** 3", "«**» `**` is no operator here; help: write ^");
    check("# comment\nRETURN 1", "«#» `#` is no operator here; help: write // before a comment");
}

#[test]
fn look_alikes_are_told_from_the_signs_they_resemble() {
    check("RETURN ‘abc’", "«‘abc’» typographic quotes do not enclose a string; help: write straight quotes: 'abc'");
    check("RETURN “abc", "«“» `“` is no quote of the language; help: write \"");
    check("MATCH (a)→(b) RETURN a", "«→» `→` is no arrow of the language; help: write ->");
    check("MATCH (a)-[r]→(b) RETURN a", "«→» `→` is no arrow of the language; help: write ->");
    check("RETURN 42 — 41", "«—» `—` is no dash of the language; help: write -");
}

#[test]
fn commas_too_many_and_too_few() {
    check(
        "RETURN [1 2]",
        "«2» unexpected `2`; expected an operator, a comma, `]`; help: is there a comma missing before it?",
    );
    check(
        "RETURN {a: 1 b: 2}",
        "«b» unexpected `b`; expected an operator, a comma, `}`; help: is there a comma missing before it?",
    );
    check(
        "RETURN f(1 2)",
        "«2» unexpected `2`; expected an operator, a comma, `)`; help: is there a comma missing before it?",
    );
    check(
        "RETURN a b",
        "«b» RETURN ends the query, and `b` stands behind it; help: write a comma between the items, AS before a new name, or `;` between two queries",
    );
    check(
        "RETURN n.a n.b",
        "«n.b» RETURN ends the query, and `n.b` stands behind it; help: write a comma between the items, AS before a new name, or `;` between two queries",
    );
    check("RETURN 1,", "«,» there is nothing behind this comma; help: remove it, or write what is missing");
    check("RETURN [1, 2,]", "«,» there is nothing behind this comma; help: remove it, or write what is missing");
    check("MATCH (n), RETURN n", "«,» there is nothing behind this comma; help: remove it, or write what is missing");
}

#[test]
fn arrows_and_nodes() {
    check("MATCH (a)->(b) RETURN a", "«>» this arrow is not whole; help: write -->, or -[…]-> with a type");
    check("MATCH (a)-(b) RETURN a", "«(» this arrow is not whole; help: write -- or -->, or -[…]-> with a type");
    check("MATCH (a)-[:R](b) RETURN a", "«(» this arrow is not whole; help: write ]-> or ]- before the next node");
    check("MATCH (a)-[:R]>(b) RETURN a", "«>» this arrow is not whole; help: write ]->");
    check("MATCH n RETURN n", "«n» a pattern begins with `(`, not with `n`; help: write (n) for a node");
    check(
        "MATCH (a) (b) RETURN a",
        "«(a) (b)» nothing joins these two nodes; help: write a relationship such as --> between them, or a comma",
    );
}

#[test]
fn what_stands_too_late_or_in_the_wrong_place() {
    check(
        "RETURN a + NOT b",
        "«NOT b» NOT binds more loosely than the operator before it; help: put it in parentheses: (NOT …)",
    );
    check(
        "RETURN n LIMIT 5 ORDER BY n",
        "«ORDER BY n» ORDER BY stands too late; help: the order is ORDER BY, SKIP, LIMIT",
    );
    check("RETURN n LIMIT 5 SKIP 2", "«SKIP 2» SKIP stands too late; help: the order is ORDER BY, SKIP, LIMIT");
    check(
        "MATCH (n) RETURN n WHERE n.x = 1",
        "«WHERE» WHERE can't stand here; help: it follows MATCH, WITH, YIELD or a statement; to filter what is returned, put WITH … WHERE before RETURN",
    );
    check("CREATE (n {name = 'x'})", "«=» `=` sets no property here; help: in a map, write `key: value`");
    check(
        "MATCH (a) WHERE a.x = 1 AS OF 2012 RETURN a",
        "«OF» AS OF stands too late; help: time and evidence stand right behind the pattern or the statement's words, before YIELD and WHERE",
    );
    check(
        "RETURN f(x WHERE y)",
        "«(x WHERE y)» WHERE can't stand among the arguments of `f`; help: quantifiers are written all(x IN list WHERE …), with any, none, single in all's place",
    );
    check(
        "RETURN [1 | 2]",
        "«[1 | 2]» `|` can't stand in a list; help: a comprehension is written [x IN list WHERE … | …] or [(a)-->(b) WHERE … | …]; in an expression write n:(A|B) for `A or B`",
    );
    check(
        "RETURN n:A|B",
        "«|» `|` can't stand here; help: in an expression, labels that may stand for each other need parentheses: n:(A|B)",
    );
    check(
        "MATCH (n) WHERE n.x = 1 DURING 2012 RETURN n",
        "«DURING» DURING stands too late; help: time and evidence stand right behind the pattern or the statement's words, before YIELD and WHERE",
    );
    check("CREATE (n:A {name = 1})", "«=» `=` sets no property here; help: in a map, write `key: value`");
}

#[test]
fn words_that_are_no_clause_and_no_variable() {
    check(
        "allies of Ansar Dine & AQIM",
        "«&» unexpected `&`; help: a name that holds more than letters, digits, hyphens and apostrophes stands in quotes",
    );
    check(
        "MATCH (order) RETURN 1",
        "«order» `order` is a word of the language and no variable; help: put it in backticks: `order`",
    );
    check(
        "RETURN limit",
        "«limit» `limit` is a word of the language and no variable; help: put it in backticks: `limit`",
    );
    check(
        "MTCH (n)-->(m) RETURN n",
        "«MTCH» `MTCH` is no clause; help: did you mean MATCH?; note «-->» read as a statement, it can't go on with `-->`",
    );
    check(
        "MATCH (n) WHER n.x = 1 RETURN n",
        "«WHER» `WHER` is no clause; help: did you mean WHERE?; note «=» read as a statement, it can't go on with `=`",
    );
    check(
        "MATCH (n) WHERE n.x = 1 ADN n.y = 2 RETURN n",
        "«ADN» `ADN` is no clause; help: did you mean AND?; note «=» read as a statement, it can't go on with `=`",
    );
    check("SELECT * FROM x", "«*» unexpected `*`; help: a query reads like MATCH (n:ArmedGroup) WHERE … RETURN n.name");
}

#[test]
fn numbers_strings_and_parameters() {
    check(
        "RETURN 12abc",
        "«12abc» `12abc` is no number; help: numbers are written 12, 1.5, 2e10, 0x1F or 0o17; a name that begins with a digit stands in backticks",
    );
    check(
        "RETURN 99999999999999999999",
        "«99999999999999999999» `99999999999999999999` is too large for a whole number; help: whole numbers have 64 bits; write `.0` behind it for a floating-point number",
    );
    check(
        "RETURN '\\x'",
        "«\\x» `\\x` is no escape; help: escapes are \\\\ \\' \\\" \\` \\b \\f \\n \\r \\t, \\u with four and \\U with eight hexadecimal digits",
    );
    check("RETURN $", "«$» this parameter has no name; help: write $name, or $0");
}

#[test]
fn what_is_missing() {
    check("MATCH (n) WHERE RETURN n", "«RETURN» an expression is missing between `WHERE` and `RETURN`");
    check("MATCH", "«» the query ends too early; expected a node `(…)`");
    check("RETURN", "«» the query ends too early; expected an expression, `*`, DISTINCT");
    check("MATCH (n) RETURN", "«» the query ends too early; expected an expression, `*`, DISTINCT");
    check("allies of a within 2", "«» the query ends too early; expected `..`, HOPS");
    check("allies of a as of", "«» the query ends too early; expected a date such as 2012-07, a string, a parameter");
    check("RETURN 1 + ", "«» the query ends too early; expected an expression");
    check("SET n = ", "«» the query ends too early; expected an expression");
    check("MATCH (n) RETURN n EXPORT", "«» the query ends too early; expected a name");
    check("RETURN all(x IN xs WHERE)", "«)» an expression is missing between `WHERE` and `)`");
    check("lineage from a to b via", "«» the query ends too early; expected a label or type");
}

#[test]
fn what_was_expected() {
    check(
        "allies of a from 2012..2013",
        "«..» unexpected `..`; help: such dates are written bare only after AS OF, DURING, THROUGHOUT and KNOWN BY; elsewhere put them in quotes",
    );
    check("RETURN CASE x WHEN 1 END", "«END» unexpected `END`; expected an operator, THEN");
    check("RETURN CASE x END", "«END» unexpected `END`; expected an operator, WHEN");
    check("UNWIND [1] RETURN 1", "«RETURN» unexpected `RETURN`; expected an operator, AS");
    check("allies of a as of soon", "«soon» unexpected `soon`; expected a date such as 2012-07, a string, a parameter");
    check(
        "RETURN x[]",
        "«[]» these brackets hold no index; help: write [0] for the first element, [1..3] for a part, [..] for all",
    );
    check("MATCH (n) SET n RETURN n", "«RETURN» unexpected `RETURN`; expected `=`, `+=` or a label");
    check("MERGE (n) ON CREATE n.x = 1", "«n» unexpected `n`; expected SET");
    check("MATCH (n:) RETURN n", "«)» unexpected `)`; expected a label or type");
    check("MATCH (n)-[:]->() RETURN n", "«]» unexpected `]`; expected a label or type");
    check("RETURN {1: 2}", "«1» unexpected `1`; expected a name");
    check("RETURN x IS 1", "«1» unexpected `1`; expected NOT, NULL");
    check("RETURN 'a' STARTS 'b'", "«'b'» unexpected `'b'`; expected WITH");
    check("WITH 1 AS x ORDER x RETURN x", "«x» unexpected `x`; expected BY");
    check("EXPORT dot", "«EXPORT» unexpected `EXPORT`; expected a clause");
    check("MATCH (n) RETURN n EXPORT dot to file", "«file» unexpected `file`; expected a string");
    check("FOREACH (x IN xs | MATCH (n))", "«MATCH» unexpected `MATCH`; expected a clause");
    check("RETURN reduce(a = 0, x IN xs)", "«)» unexpected `)`; expected an operator");
    check(
        "MATCH (a)-[r*1..x]->(b) RETURN a",
        "«x» unexpected `x`; expected a parameter, a map `{…}`, a whole number, WHERE",
    );
}

#[test]
fn one_fault_does_not_hide_another() {
    check(
        "RETURN 1; RETURN ]; RETURN 'x; RETURN 2",
        "«]» `]` closes nothing; help: remove it, or open it with `[`\n«'» this string has no end; help: close it with `'`; an apostrophe within a string is written `\\'`",
    );
}
