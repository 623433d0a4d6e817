//! The registry of functions: its rows are whole, and its examples are true.

use std::collections::HashSet;

use griot::graph::Graph;
use griot::model::Value;
use griot::query::functions::{AGGREGATES, all, find};
use griot::{FixedClock, Parameters, Session};

fn row_of(query: &str) -> Vec<Value> {
    let mut session = Session::new(Graph::default()).with_clock(FixedClock(0)).rows_only();
    let answers = session.run(query, &Parameters::new()).unwrap_or_else(|failure| panic!("{query}: {failure:?}"));
    answers[0].rows[0].clone()
}

/// The same down to the type: 1 is not 1.0.
fn is_same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| is_same(a, b)),
        _ => found.is_equivalent(expected) && found.type_name() == expected.type_name(),
    }
}

#[test]
fn every_example_is_true() {
    let mut wrong = Vec::new();
    for function in all() {
        for (expression, expected) in function.examples {
            let row = row_of(&format!("RETURN {expression} AS found, {expected} AS expected"));
            if !is_same(&row[0], &row[1]) {
                wrong.push(format!("{expression} = {:?}, not {expected}", row[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_that_needs_no_graph_has_an_example() {
    let needs = |name: &str| {
        let graph = ["names and nodes", "evidence", "nodes, relationships, paths"];
        let families = griot::query::functions::FAMILIES.iter().filter(|family| graph.contains(&family.name));
        families.flat_map(|family| family.functions).any(|function| function.name == name)
    };
    // Of these the value is the clock's or chance's.
    let changing = ["timestamp", "rand", "today"];
    let bare = all().filter(|function| function.examples.is_empty() && !needs(function.name));
    let bare: Vec<&str> = bare.map(|function| function.name).filter(|name| !changing.contains(name)).collect();
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn names_are_unique_in_any_case() {
    let mut seen = HashSet::new();
    let functions = all().flat_map(|function| std::iter::once(&function.name).chain(function.aliases));
    let aggregates = AGGREGATES.iter().flat_map(|aggregate| std::iter::once(&aggregate.name).chain(aggregate.aliases));
    for name in functions.chain(aggregates) {
        assert!(seen.insert(name.to_lowercase()), "{name} is the name of two");
    }
}

#[test]
fn every_function_says_what_it_does_and_takes_optional_arguments_last() {
    for function in all() {
        assert!(!function.meaning.is_empty(), "{}", function.name);
        let (least, _) = function.arity();
        assert!(
            function.parameters[least..].iter().all(|each| each.optional || each.variadic),
            "{}",
            function.signature()
        );
    }
}

#[test]
fn signatures_read_as_written() {
    for (name, expected) in
        [("ROUND", "round(value, precision?, mode?)"), ("coalesce", "coalesce(value, value…)"), ("pi", "pi()")]
    {
        assert_eq!(find(name).expect("a known function").signature(), expected);
    }
}

#[test]
fn a_wrong_name_brings_the_nearest() {
    assert_eq!(griot::query::functions::nearest("toUper").first(), Some(&"toUpper"));
    assert_eq!(griot::query::functions::nearest("colect").first(), Some(&"collect"));
}
