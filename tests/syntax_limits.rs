//! What is nested costs time by its length. Pest does not memoise, so a grammar that reads a prefix twice costs twice
//! as much at each level; here pest's own steps are counted, by finding the call limit under which a text just parses.
//!
//! The limit belongs to the process, so this is one test in a binary of its own.

use griot::query::syntax::{MAX_DEPTH, parse_expression};
use std::num::NonZeroUsize;

/// Forms that nest: what opens a level, what stands innermost, what closes it, and what share of the depth it takes.
const NESTING: [(&str, &str, &str, usize); 20] = [
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
];

fn nested(form: (&str, &str, &str, usize), levels: usize) -> String {
    format!("{}{}{}", form.0.repeat(levels), form.1, form.2.repeat(levels))
}

/// The steps that pest takes for a text, within two per cent.
fn steps(text: &str) -> usize {
    let fits = |limit: usize| {
        pest::set_call_limit(NonZeroUsize::new(limit));
        parse_expression(text).is_ok()
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

#[test]
fn steps_grow_by_length_not_by_depth() {
    parse_expression("1").expect("the parser's own limit is set once, before ours");
    for form in NESTING {
        let most = MAX_DEPTH / form.3 - 1;
        let counts = [most / 8, most / 4, most / 2, most].map(|levels| steps(&nested(form, levels)));
        let text = format!("{}…{}: {counts:?} steps", form.0, form.2);
        assert!(counts.windows(2).all(|pair| pair[1] < pair[0] * 5 / 2), "{text}");
    }
}
