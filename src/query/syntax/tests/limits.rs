//! What is nested or strung together without end is refused, and nothing exhausts the stack.
//! (That time goes by length is shown in `tests/syntax_limits.rs`, which needs a process of its own.)

use super::super::{MAX_DEPTH, SyntaxErrorKind, parse, parse_expression};

#[track_caller]
fn refused(text: &str) {
    let faults = parse_expression(text).expect_err("it is too deep");
    assert_eq!(faults[0].kind, SyntaxErrorKind::TooDeep, "{faults:?}");
}

#[test]
fn five_hundred_and_twelve_levels_parse_and_one_more_does_not() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("CASE WHEN ", " THEN 1 END"), ("{a: ", "}"), ("NOT ", ""), ("- ", "")]
    {
        let nested = |levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
        parse_expression(&nested(MAX_DEPTH)).expect("as deep as may be");
        refused(&nested(MAX_DEPTH + 1));
        refused(&nested(100_000));
    }
    refused(&format!("{}1{}", "NOT (".repeat(300), ")".repeat(300)));
    refused(&format!("{}1{}", "- (".repeat(300), ")".repeat(300)));
}

#[test]
fn what_only_looks_deep_is_not() {
    parse_expression(&format!("'{}'", "(".repeat(10_000))).expect("a string");
    parse_expression(&format!("1 /* {} */", "[".repeat(10_000))).expect("a comment");
    parse_expression(&format!("[{}]", "CASE WHEN a THEN 1 END, ".repeat(2_000) + "1")).expect("one beside another");
    parse_expression("CASE WHEN end THEN end END + ".repeat(900).trim_end_matches("+ "))
        .expect("a variable named end");
    parse(&"MATCH (n) RETURN n;\n".repeat(2_000)).expect("many queries");
    parse(&format!("CREATE {}(z)", "(a:A {x: [1, 2]})-[:R]->(b), ".repeat(5_000))).expect("a long clause");
}

#[test]
fn what_is_deeper_than_it_looks_is_refused_all_the_same() {
    refused(&"CASE WHEN end THEN ".repeat(600));
    parse_expression(&format!("RETURN'a' + {}", "(".repeat(100_000))).expect_err("unclosed");
    parse(&format!("RETURN'a' + {}1{}", "(".repeat(600), ")".repeat(600))).expect_err("too deep");
    parse(&format!("who is al'a {}1{} 'b", "(".repeat(600), ")".repeat(600))).expect_err("not in a string");
}

#[test]
fn long_runs_of_operators_are_refused() {
    parse_expression(&("1 + ".repeat(1_000) + "1")).expect("a thousand");
    refused(("1 + ".repeat(1_001) + "1").as_str());
    refused(("a".to_owned() + &".b".repeat(1_001)).as_str());
    refused(&format!("{}1{}", "(1 + 1 + 1 + 1 + ".repeat(300), ")".repeat(300)));
    parse(&format!("MATCH (n:{}A) RETURN n", "A|".repeat(2_000))).expect_err("too many labels");
    parse(&format!("MATCH (n:{}A) RETURN n", "!".repeat(2_000))).expect_err("too many negations");
}

#[test]
fn a_small_stack_is_enough() {
    let text = format!("RETURN {}1{}", "[".repeat(60), "]".repeat(60));
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    let parsed = thread.spawn(move || parse(&text).is_ok()).expect("a thread").join();
    assert!(parsed.expect("no overflow"));
}
