//! Property: a column holds what each row yields, and a filter keeps the rows that are true.

use proptest::prelude::*;

use super::*;

const ROWS: usize = 6;

fn any_value() -> impl Strategy<Value = Value> {
    let simple = prop_oneof![
        2 => Just(Value::Null),
        2 => any::<bool>().prop_map(Value::Bool),
        3 => (-3i64..4).prop_map(Value::Int),
        1 => prop_oneof![Just(i64::MAX), Just(i64::MIN)].prop_map(Value::Int),
        2 => prop_oneof![Just(0.0), Just(-0.5), Just(2.0), Just(f64::NAN), Just(f64::INFINITY)].prop_map(Value::Float),
        2 => prop_oneof![Just(""), Just("a"), Just("ab"), Just("n")].prop_map(Value::from),
        1 => (0u32..3).prop_map(|node| Value::Node(NodeId(node))),
        1 => (0u32..2).prop_map(|edge| Value::Rel(EdgeId(edge))),
    ];
    simple.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::list),
            inner.prop_map(|value| Value::map([("n", value)])),
        ]
    })
}

fn column_of(values: impl Strategy<Value = Value>) -> impl Strategy<Value = Column> {
    prop::collection::vec(values, ROWS).prop_map(Column::from_values)
}

/// A batch with one column of each representation: nodes, relations, ints, floats, booleans, truths, anything.
fn any_batch() -> impl Strategy<Value = Batch> {
    let node = prop_oneof![4 => (0u32..3).prop_map(NodeId), 1 => Just(NodeId::NONE)];
    let edge = prop_oneof![4 => (0u32..2).prop_map(EdgeId), 1 => Just(EdgeId::NONE)];
    (
        prop::collection::vec(node, ROWS).prop_map(Column::Nodes),
        prop::collection::vec(edge, ROWS).prop_map(Column::Rels),
        column_of((-3i64..4).prop_map(Value::Int)),
        column_of(prop_oneof![Just(0.5), Just(-2.0), Just(f64::NAN)].prop_map(Value::Float)),
        column_of(any::<bool>().prop_map(Value::Bool)),
        column_of(prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::Bool)]),
        column_of(any_value()),
    )
        .prop_map(|(nodes, edges, ints, floats, bools, truths, values)| {
            let mut batch = Batch { rows: ROWS, ..Batch::default() };
            for (slot, column) in [nodes, edges, ints, floats, bools, truths, values].into_iter().enumerate() {
                batch.set(slot, column);
            }
            batch
        })
}

fn any_binary() -> impl Strategy<Value = BinaryOp> {
    prop::sample::select(vec![
        BinaryOp::Or,
        BinaryOp::Xor,
        BinaryOp::And,
        BinaryOp::Add,
        BinaryOp::Subtract,
        BinaryOp::Multiply,
        BinaryOp::Divide,
        BinaryOp::Modulo,
        BinaryOp::Power,
        BinaryOp::In,
        BinaryOp::StartsWith,
        BinaryOp::EndsWith,
        BinaryOp::Contains,
        BinaryOp::Matches,
    ])
}

fn any_comparison() -> impl Strategy<Value = ComparisonOp> {
    prop::sample::select(vec![
        ComparisonOp::Equal,
        ComparisonOp::NotEqual,
        ComparisonOp::Less,
        ComparisonOp::LessOrEqual,
        ComparisonOp::Greater,
        ComparisonOp::GreaterOrEqual,
    ])
}

fn any_label_test() -> impl Strategy<Value = LabelTest> {
    let name = (0u32..3).prop_map(|label| LabelTest::Label(crate::model::LabelId(label).some()));
    let types = (0u32..2).prop_map(|each| LabelTest::Types(vec![crate::model::TypeId(each)]));
    prop_oneof![name.clone(), types, Just(LabelTest::Any), name.prop_map(|test| LabelTest::Not(Box::new(test)))]
}

fn any_expr() -> impl Strategy<Value = BoundExpr> {
    let leaf = prop_oneof![
        4 => (0u32..7).prop_map(|slot| expr(BoundExprKind::Column(Slot(slot)))),
        2 => any_value().prop_map(constant),
        1 => Just(expr(BoundExprKind::Parameter("p".into()))),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let key = prop::sample::select(vec!["n", "w", "text", "int", "list", "last", "unheard of"]);
        let function = prop::sample::select(vec!["coalesce", "toString", "size", "keys", "toIntegerOrNull"]);
        prop_oneof![
            2 => (any_comparison(), 0u32..2, any_value()).prop_map(|(op, slot, value)| {
                let of = boxed_column(slot);
                compare(expr(BoundExprKind::Property(of, "text".into())), op, constant(value))
            }),
            3 => any_of_text(),
            4 => (any_binary(), inner.clone(), inner.clone()).prop_map(|(op, a, b)| binary(op, a, b)),
            3 => (inner.clone(), any_comparison(), inner.clone()).prop_map(|(a, op, b)| compare(a, op, b)),
            1 => (boxed.clone(), prop::collection::vec((any_comparison(), inner.clone()), 2))
                .prop_map(|(first, rest)| expr(BoundExprKind::Comparison(first, rest))),
            2 => (boxed.clone(), key).prop_map(|(of, key)| expr(BoundExprKind::Property(of, key.into()))),
            1 => boxed.clone().prop_map(|of| expr(BoundExprKind::IsNull(of))),
            1 => boxed.clone().prop_map(|of| expr(BoundExprKind::Not(of))),
            1 => boxed.clone().prop_map(|of| expr(BoundExprKind::Negate(of))),
            1 => (boxed.clone(), any_label_test()).prop_map(|(of, test)| expr(BoundExprKind::HasLabels(of, test))),
            1 => (function, inner.clone()).prop_map(|(name, arg)| call(name, [arg])),
            1 => prop::collection::vec(inner.clone(), 0..3).prop_map(|items| expr(BoundExprKind::List(items))),
            1 => (inner.clone(), inner.clone(), boxed.clone()).prop_map(|(when, then, otherwise)| {
                let branches = vec![(when, then)];
                expr(BoundExprKind::Case { operand: None, branches, otherwise: Some(otherwise) })
            }),
            1 => (boxed.clone(), boxed).prop_map(|(list, filter)| {
                expr(BoundExprKind::Quantifier { kind: QuantifierKind::Any, list, filter })
            }),
        ]
    })
}

/// What hangs on one string of a node or a relation.
fn any_of_text() -> impl Strategy<Value = BoundExpr> {
    let text = (0u32..2).prop_map(|slot| expr(BoundExprKind::Property(boxed_column(slot), "text".into())));
    let part =
        || prop_oneof![Just(Value::Null), Just("".into()), Just("a".into()), Just("b".into()), Just(Value::Int(1))];
    let function = prop::sample::select(vec!["toUpper", "size", "reverse", "toIntegerOrNull", "toInteger"]);
    prop_oneof![
        (text.clone(), any_binary(), part()).prop_map(|(text, op, part)| binary(op, text, constant(part))),
        (text.clone(), any_comparison(), part()).prop_map(|(text, op, part)| compare(constant(part), op, text)),
        (text.clone(), prop::collection::vec(part(), 0..3)).prop_map(|(text, items)| binary(
            BinaryOp::In,
            text,
            constant(Value::list(items))
        )),
        (function, text.clone()).prop_map(|(name, text)| call(name, [text])),
        (text, any_binary(), part(), any_comparison(), part()).prop_map(|(text, op, part, comparison, other)| {
            binary(op, constant(part), compare(call("toUpper", [text]), comparison, constant(other)))
        }),
    ]
}

fn boxed_column(slot: u32) -> Box<BoundExpr> {
    boxed(BoundExprKind::Column(Slot(slot)))
}

/// The small graph as it was built, or with changes laid over it.
fn any_graph() -> impl Strategy<Value = Graph> {
    any::<[bool; 3]>().prop_map(|[is_node_changed, is_edge_changed, is_edge_deleted]| {
        let mut graph = small_graph();
        let key = graph.intern_key("text");
        if is_node_changed {
            graph.set_node_property(NodeId(1), key, "a".into()).expect("a node");
        }
        if is_edge_changed {
            graph.set_edge_property(EdgeId(0), key, Value::Int(1)).expect("an edge");
        }
        if is_edge_deleted {
            graph.delete_edge(EdgeId(1)).expect("an edge");
        }
        graph
    })
}

fn row_by_row(evaluator: &Evaluator<'_>, expr: &BoundExpr, batch: &Batch) -> Evaluated<Vec<Value>> {
    (0..batch.rows).map(|index| evaluator.value(expr, Row { batch, index })).collect()
}

/// The same down to the type: 1 is not 1.0.
fn is_same(a: &Value, b: &Value) -> bool {
    a.is_equivalent(b) && a.type_name() == b.type_name()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn a_column_holds_what_each_row_yields(expr in any_expr(), batch in any_batch(), graph in any_graph()) {
        with_evaluator(&graph, |evaluator| {
            let rows = row_by_row(evaluator, &expr, &batch);
            match (evaluator.column(&expr, &batch), rows) {
                (Ok(column), Ok(rows)) => {
                    prop_assert_eq!(column.len(), ROWS);
                    // A second time, with what was kept of the first.
                    let again = evaluator.column(&expr, &batch).expect("what had values before");
                    for (row, expected) in rows.iter().enumerate() {
                        prop_assert!(is_same(&column.value(row), expected), "row {}: {:?}, not {:?}", row, column.value(row), expected);
                        prop_assert!(is_same(&again.value(row), expected), "row {}: {:?} the second time", row, again.value(row));
                    }
                }
                (column, rows) => prop_assert_eq!(column.is_err(), rows.is_err(), "{:?}", column.err()),
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_filter_keeps_the_rows_that_are_true(expr in any_expr(), batch in any_batch(), graph in any_graph()) {
        with_evaluator(&graph, |evaluator| {
            let rows = row_by_row(evaluator, &expr, &batch);
            let is_predicate = |value: &Value| matches!(value, Value::Bool(_) | Value::Null);
            match (evaluator.truths(&expr, &batch), rows) {
                (Ok(kept), Ok(rows)) => {
                    let expected = (0u32..).zip(&rows).filter(|(_, value)| matches!(value, Value::Bool(true)));
                    prop_assert_eq!(kept, expected.map(|(row, _)| row).collect::<Vec<_>>());
                }
                (Err(_), Ok(rows)) => prop_assert!(!rows.iter().all(is_predicate)),
                (kept, Err(error)) => prop_assert!(kept.is_err(), "{}", error),
            }
            Ok(())
        })?;
    }
}

/// What fails on both sides shows little: enough of what is drawn must have values.
#[test]
fn the_expressions_drawn_have_values_often_enough() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let mut with_values = 0;
    for _ in 0..300 {
        let drawn = (any_expr(), any_batch()).new_tree(&mut runner).expect("a sample");
        let (expr, batch) = drawn.current();
        with_values += usize::from(with_evaluator(&small_graph(), |it| it.column(&expr, &batch)).is_ok());
    }
    assert!(with_values >= 100, "{with_values} of 300");
}
