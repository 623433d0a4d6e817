//! Trees, not acceptance: what is checked is the printed tree.

mod clauses;
mod expressions;
mod limits;
mod messages;
mod patterns;
mod properties;
mod statements;

use super::parse::{parse, parse_expression};
use super::print::Printer;

/// The canonical text of the text's tree on one line, or its faults.
fn canonical(text: &str) -> String {
    match parse(text) {
        Ok(script) => script.to_string().replace('\n', " "),
        Err(faults) => format!("{faults:?}"),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(canonical(text), expected, "{text}");
}

/// What is canonical already prints as it is.
#[track_caller]
fn same(text: &str) {
    check(text, text);
}

/// An expression with every operator in parentheses.
#[track_caller]
fn grouped(text: &str, expected: &str) {
    let expr = parse_expression(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let mut printer = Printer::new();
    printer.all_parentheses = true;
    printer.expr_for_tests(&expr);
    assert_eq!(printer.finish(), expected, "{text}");
}
