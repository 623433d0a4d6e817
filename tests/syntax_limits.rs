//! What is nested costs time by its length. Pest does not memoise, so a grammar that reads a prefix twice costs twice
//! as much at each level; here pest's own steps are counted, by finding the call limit under which a text just parses.
//!
//! The limit belongs to the process, so this is one test in a binary of its own.

use griot::query::syntax::{MAX_DEPTH, parse};
use std::num::NonZeroUsize;

/// A form that nests: what opens a level, what stands innermost, what closes it, and what share of the depth it takes.
type Form = (&'static str, &'static str, &'static str, usize);

/// Expressions that nest.
const EXPRESSIONS: [Form; 32] = [
    ("[", "1", "]", 1),
    ("(", "1", ")", 1),
    ("-(", "1", ")", 2),
    ("x[", "1", "]", 1),
    ("x[1..", "2", "]", 1),
    ("{a: ", "1", "}", 1),
    ("f(1, ", "2", ")", 1),
    ("a.b.c(", "2", ")", 2),
    ("[x IN ", "xs", " WHERE x | x]", 1),
    ("[x IN xs | ", "x", "]", 1),
    ("all(x IN xs WHERE ", "x", ")", 1),
    ("reduce(a = 0, x IN xs | ", "a", ")", 1),
    ("CASE WHEN ", "a", " THEN 1 END", 1),
    ("CASE a WHEN 1 THEN ", "a", " END", 1),
    ("[(a)-->(b) | ", "1", "]", 2),
    ("size([(a)-->(b) WHERE ", "1", " | b])", 2),
    ("EXISTS { (a) WHERE ", "a", " }", 2),
    ("EXISTS { MATCH (a) WHERE ", "a", " RETURN a }", 2),
    ("NOT (a.x AND ", "c", ")", 2),
    ("n {a: ", "c", "}", 1),
    ("COUNT { MATCH (a) WHERE ", "a", " }", 2),
    ("COLLECT { MATCH (a) RETURN ", "1", " }", 2),
    ("EXISTS { (a WHERE ", "a", ") }", 2),
    ("[x IN [(a)-[r WHERE ", "r", "]->(b) | b] | x]", 4),
    ("[(a WHERE ", "a", ")-->(b) | b]", 2),
    ("[(a)-->(b WHERE ", "a", ") | b]", 4),
    ("size([(a)-[r]->({x: ", "1", "}) WHERE r.x | b])", 6),
    ("[({x: ", "1", "})-->(b) | b]", 3),
    ("[(a:A {x: ", "1", "})-[r]-(b) WHERE r.x | b]", 3),
    ("[(a {x: ", "1", "} WHERE a.y)-[r:T {x: a}]->(b) | b]", 3),
    ("[(a)-[r {x: ", "1", "}]->(b) WHERE b | b]", 4),
    ("(n {a: ", "c", "})", 2),
];

/// Queries that nest, behind what begins them and before what ends them.
const QUERIES: [(&str, Form, &str); 6] = [
    ("", ("CALL { ", "RETURN 1 AS x", " RETURN x }", 2), " RETURN x"),
    ("", ("CALL (x) { MATCH (a) ", "RETURN 1 AS x", " RETURN x }", 2), " RETURN x"),
    ("", ("FOREACH (x IN xs | ", "SET n.x = 1", ")", 1), ""),
    ("MATCH ", ("(", "(a)-->(b)", "){1,2}", 1), " RETURN 1"),
    ("MATCH (a:", ("(", "A", "|B)", 1), ") RETURN a"),
    ("MATCH (a)-[:", ("!(", "A", "&B)", 2), "]->() RETURN a"),
];

fn nested(form: Form, levels: usize) -> String {
    format!("{}{}{}", form.0.repeat(levels), form.1, form.2.repeat(levels))
}

/// The steps that pest takes for a text, within two per cent.
fn steps(text: &str) -> usize {
    let fits = |limit: usize| {
        pest::set_call_limit(NonZeroUsize::new(limit));
        parse(text).is_ok()
    };
    let (mut low, mut high) = (0, 1024);
    while !fits(high) {
        low = high;
        high *= 2;
        assert!(high < 1 << 32, "{} bytes take more than {low} steps: {:.80}…", text.len(), text);
    }
    while high - low > high / 50 {
        let middle = low.midpoint(high);
        if fits(middle) { high = middle } else { low = middle }
    }
    high
}

/// Twice as many levels take twice as many steps, not more.
fn check(before: &str, form: Form, after: &str) {
    let most = MAX_DEPTH / form.3 - 2;
    let text = |levels| format!("{before}{}{after}", nested(form, levels));
    if let Err(faults) = parse(&text(most / 8)) {
        panic!("{}: {faults:?}", text(1));
    }
    let counts = [most / 8, most / 4, most / 2, most].map(|levels| steps(&text(levels)));
    let form = format!("{before}{}…{}: {counts:?} steps", form.0, form.2);
    assert!(counts.windows(2).all(|pair| pair[1] < pair[0] * 5 / 2), "{form}");
}

#[test]
fn steps_grow_by_length_not_by_depth() {
    parse("RETURN 1").expect("the parser's own limit is set once, before ours");
    for form in EXPRESSIONS {
        check("RETURN ", form, "");
    }
    for (before, form, after) in QUERIES {
        check(before, form, after);
    }
}
