//! What hangs on one code is kept by code, and only of codes that some row has.

use super::*;
use crate::query::run::batch::Batch;

/// Nodes with these strings, `-` being none; what a query over them finds in two batches, `split` telling them apart.
fn check(texts: &[&str], split: usize, expr: &BoundExpr, expected: &[Option<&str>]) {
    let mut builder = GraphBuilder::new();
    let key = builder.key("text");
    let nodes: Vec<NodeId> = texts.iter().map(|_| builder.add_node("", &[])).collect();
    for (node, text) in nodes.iter().zip(texts).filter(|(_, text)| **text != "-") {
        builder.set_node_property(*node, key, &Value::text(*text));
    }
    let graph: Graph = builder.freeze().into();
    let found: Vec<Value> = with_evaluator(&graph, |evaluator| {
        let batch = |nodes: &[NodeId]| {
            let mut batch = Batch { rows: nodes.len(), ..Batch::default() };
            batch.set(0, Column::Nodes(nodes.to_vec()));
            let column = evaluator.column(expr, &batch).expect("a column");
            (0..batch.rows).map(|row| column.value(row)).collect::<Vec<_>>()
        };
        [&nodes[..split], &nodes[split..]].into_iter().flat_map(batch).collect()
    });
    let expected: Vec<Value> = expected.iter().map(|text| text.map_or(Value::Null, Value::text)).collect();
    assert!(Value::list(found.clone()).is_equivalent(&Value::list(expected)), "{found:?}");
}

fn text() -> BoundExpr {
    expr(BoundExprKind::Property(boxed(BoundExprKind::Column(Slot(0))), "text".into()))
}

#[test]
fn a_string_has_the_same_value_in_each_batch() {
    let expr = call("left", [text(), constant(1)]);
    let texts = ["ab", "b", "ab", "-", "ac", "ab", "-", "d", "d", "b"];
    let expected = ["a", "b", "a", "-", "a", "a", "-", "d", "d", "b"].map(|text| (text != "-").then_some(text));
    for split in [0, 3, 4, 10] {
        check(&texts, split, &expr, &expected);
    }
}

#[test]
fn strings_that_no_row_has_cause_no_error() {
    let expr = call("toString", [call("toInteger", [text()])]);
    check(&["1", "2", "1", "2"], 2, &expr, &[Some("1"), Some("2"), Some("1"), Some("2")]);
    let failing = call("date", [text()]);
    let failed = |nodes: Vec<NodeId>| {
        let mut builder = GraphBuilder::new();
        let key = builder.key("text");
        for text in ["2012-01-01", "no date"] {
            let node = builder.add_node("", &[]);
            builder.set_node_property(node, key, &Value::text(text));
        }
        with_evaluator(&builder.freeze().into(), |evaluator| {
            let mut batch = Batch { rows: nodes.len(), ..Batch::default() };
            batch.set(0, Column::Nodes(nodes));
            evaluator.column(&failing, &batch).is_err()
        })
    };
    assert!(!failed(vec![NodeId(0), NodeId(0), NodeId(0)]));
    assert!(failed(vec![NodeId(0), NodeId(1), NodeId(0)]));
}

#[test]
fn what_most_strings_have_but_once_is_not_kept() {
    let texts: Vec<String> = (0..9000).map(|number| format!("{number}{}", "x".repeat(number % 3))).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let expected: Vec<Option<&str>> = texts.iter().map(|text| Some(&text[..1])).collect();
    check(&texts, 5000, &call("left", [text(), constant(1)]), &expected);
}

#[test]
fn types_and_labels_have_the_same_value_in_each_batch() {
    let graph = small_graph();
    let column = |slot| expr(BoundExprKind::Column(Slot(slot)));
    let first = |list| expr(BoundExprKind::Index(Box::new(list), Box::new(constant(0))));
    let cases: [(BoundExpr, [Option<&str>; 4]); 3] = [
        (call("type", [column(1)]), [Some("T"), Some("U"), Some("T"), None]),
        (first(call("labels", [column(0)])), [Some("A"), Some("B"), None, Some("A")]),
        (call("toLower", [call("type", [column(1)])]), [Some("t"), Some("u"), Some("t"), None]),
    ];
    for (expr, expected) in cases {
        with_evaluator(&graph, |evaluator| {
            for _ in 0..2 {
                let mut batch = Batch { rows: 4, ..Batch::default() };
                batch.set(0, Column::Nodes(vec![NodeId(0), NodeId(1), NodeId::NONE, NodeId(2)]));
                batch.set(1, Column::Rels(vec![EdgeId(0), EdgeId(1), EdgeId(0), EdgeId::NONE]));
                let found = evaluator.column(&expr, &batch).expect("a column");
                assert!(matches!(&*found, Column::Texts(_)), "{found:?}");
                let found: Vec<Value> = (0..4).map(|row| found.value(row)).collect();
                let expected = expected.iter().map(|text| text.map_or(Value::Null, Value::text)).collect();
                assert!(Value::list(found.clone()).is_equivalent(&Value::list(expected)), "{found:?}");
            }
        });
    }
}
