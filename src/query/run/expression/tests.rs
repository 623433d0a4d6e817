//! What expressions yield, after openCypher's scenarios, and that columns, rows and filters agree on it.

#![expect(clippy::needless_pass_by_value, reason = "expressions are built where they are checked")]

use std::cell::RefCell;

use super::*;
use crate::graph::GraphBuilder;
use crate::model::{EdgeId, NodeId};
use crate::query::bind::bound::{LabelTest, PathPiece, Slot};
use crate::query::functions::{self, FixedClock, SeededRandom};
use crate::query::run::batch::Column;

mod agreement;
mod by_code;

/// An expression that stands nowhere.
pub(super) fn expr(kind: BoundExprKind) -> BoundExpr {
    BoundExpr { span: Span::default(), kind }
}

pub(super) fn boxed(kind: BoundExprKind) -> Box<BoundExpr> {
    Box::new(expr(kind))
}

pub(super) fn constant(value: impl Into<Value>) -> BoundExpr {
    expr(BoundExprKind::Constant(value.into()))
}

fn null() -> BoundExpr {
    constant(Value::Null)
}

fn list(items: impl IntoIterator<Item = BoundExpr>) -> BoundExpr {
    expr(BoundExprKind::List(items.into_iter().collect()))
}

fn ints(items: impl IntoIterator<Item = i64>) -> BoundExpr {
    list(items.into_iter().map(constant))
}

fn binary(op: BinaryOp, left: BoundExpr, right: BoundExpr) -> BoundExpr {
    expr(BoundExprKind::Binary(op, Box::new(left), Box::new(right)))
}

fn compare(left: BoundExpr, op: ComparisonOp, right: BoundExpr) -> BoundExpr {
    expr(BoundExprKind::Comparison(Box::new(left), vec![(op, right)]))
}

fn call(name: &str, args: impl IntoIterator<Item = BoundExpr>) -> BoundExpr {
    expr(BoundExprKind::Call(functions::find(name).expect("a known function"), args.into_iter().collect()))
}

/// (0:A {n: 1, text: 'a', int: 2}) -[0:T {w: 2}]-> (1:B {text: 'ab', int: 2}) <-[1:U]- (2:A:B {n: 'x', int: 2})
pub(super) fn small_graph() -> Graph {
    let mut builder = GraphBuilder::new();
    let labels = ["A", "B"].map(|name| builder.label(name));
    let nodes = [("zero", &labels[..1]), ("", &labels[1..]), ("", &labels[..])];
    let nodes = nodes.map(|(slug, labels)| builder.add_node(slug, labels));
    let key = builder.key("n");
    builder.set_node_property(nodes[0], key, &Value::Int(1));
    builder.set_node_property(nodes[2], key, &"x".into());
    let key = builder.key("text");
    builder.set_node_property(nodes[0], key, &"a".into());
    builder.set_node_property(nodes[1], key, &"ab".into());
    let key = builder.key("list");
    builder.set_node_property(nodes[1], key, &Value::list(vec![Value::Int(1)]));
    let key = builder.key("last");
    builder.set_node_property(nodes[2], key, &Value::Int(5));
    let key = builder.key("int");
    for node in nodes {
        builder.set_node_int(node, key, 2);
    }
    let types = ["T", "U"].map(|name| builder.relation_type(name));
    let first = builder.add_edge(types[0], nodes[0], nodes[1]);
    let key = builder.key("w");
    builder.set_edge_property(first, key, &Value::Int(2));
    builder.add_edge(types[1], nodes[2], nodes[1]);
    builder.freeze().into()
}

/// Runs something with an evaluator over a graph.
pub(super) fn with_evaluator<T>(graph: &Graph, run: impl FnOnce(&Evaluator<'_>) -> T) -> T {
    let random = RefCell::new(SeededRandom(1));
    let context = Context { graph, clock: &FixedClock(1_000), random: &random };
    let parameters = Parameters::from_iter([("p".into(), Value::Int(7))]);
    run(&Evaluator::new(&context, &parameters, &NoSubqueries, &Memory::new(false)))
}

fn evaluate(expr: &BoundExpr) -> Evaluated {
    let unit = Batch::unit();
    with_evaluator(&Graph::default(), |evaluator| evaluator.value(expr, Row { batch: &unit, index: 0 }))
}

fn check(expr: BoundExpr, expected: impl Into<Value>) {
    let (found, expected) = (evaluate(&expr).expect("a value"), expected.into());
    let is_same = found.is_equivalent(&expected) && found.type_name() == expected.type_name();
    assert!(is_same, "{:?}\n= {found:?}, not {expected:?}", expr.kind);
}

fn check_error(expr: BoundExpr, class: ErrorClass, detail: &str) {
    let error = evaluate(&expr).expect_err("an error");
    assert_eq!((error.class, error.detail), (class, detail), "{error}");
}

const TRUTHS: [Truth; 3] = [Some(true), Some(false), None];

#[test]
fn connectives_follow_three_valued_logic() {
    for a in TRUTHS {
        check(expr(BoundExprKind::Not(Box::new(constant(a)))), a.map(|a| !a));
        for b in TRUTHS {
            // As in Kleene's logic, with false < null < true.
            let rank = |truth: Truth| truth.map_or(1, |known| if known { 2 } else { 0 });
            let of_rank = |rank| [Some(false), None, Some(true)][rank];
            check(binary(BinaryOp::And, constant(a), constant(b)), of_rank(rank(a).min(rank(b))));
            check(binary(BinaryOp::Or, constant(a), constant(b)), of_rank(rank(a).max(rank(b))));
            check(binary(BinaryOp::Xor, constant(a), constant(b)), a.zip(b).map(|(a, b)| a != b));
        }
    }
}

#[test]
fn connectives_take_booleans_only() {
    for op in [BinaryOp::And, BinaryOp::Or, BinaryOp::Xor] {
        check_error(binary(op, null(), constant(123)), ErrorClass::TypeError, "InvalidArgumentType");
        check_error(binary(op, constant("foo"), null()), ErrorClass::TypeError, "InvalidArgumentType");
    }
    check_error(expr(BoundExprKind::Not(Box::new(constant(0)))), ErrorClass::TypeError, "InvalidArgumentType");
}

#[test]
fn a_decided_connective_leaves_its_right_side_alone() {
    let broken = || binary(BinaryOp::Divide, constant(1), constant(0));
    let test = || compare(broken(), ComparisonOp::Greater, constant(1));
    check(binary(BinaryOp::And, constant(false), test()), false);
    check(binary(BinaryOp::Or, constant(true), test()), true);
    check_error(binary(BinaryOp::And, null(), test()), ErrorClass::ArithmeticError, "DivisionByZero");
}

#[test]
fn nan_is_unequal_to_all_and_in_no_order() {
    let nan = || binary(BinaryOp::Divide, constant(0.0), constant(0.0));
    for other in [|| constant(1), || constant(1.0), || constant(f64::NAN)] {
        check(compare(nan(), ComparisonOp::Equal, other()), false);
        check(compare(nan(), ComparisonOp::NotEqual, other()), true);
        for op in [ComparisonOp::Less, ComparisonOp::LessOrEqual, ComparisonOp::Greater, ComparisonOp::GreaterOrEqual] {
            check(compare(nan(), op, other()), false);
            check(compare(nan(), op, constant("a")), Value::Null);
        }
    }
}

#[test]
fn lists_compare_item_by_item() {
    let at_least = |a: BoundExpr, b: BoundExpr| compare(a, ComparisonOp::GreaterOrEqual, b);
    check(at_least(ints([1, 0]), ints([1])), true);
    check(at_least(list([constant(1), null()]), ints([1])), true);
    check(at_least(ints([1, 2]), list([constant(1), null()])), Value::Null);
    check(at_least(ints([1, 2]), list([constant(3), null()])), false);
    check(compare(constant("1"), ComparisonOp::Less, constant(1)), Value::Null);
}

#[test]
fn a_comparison_chain_is_a_conjunction() {
    let chain = |middle: Value| {
        let rest = vec![(ComparisonOp::Less, constant(middle)), (ComparisonOp::LessOrEqual, constant(3))];
        expr(BoundExprKind::Comparison(Box::new(constant(1)), rest))
    };
    check(chain(Value::Int(2)), true);
    check(chain(Value::Int(4)), false);
    check(chain(Value::Null), Value::Null);
}

#[test]
fn in_knows_null() {
    let within = |x: BoundExpr, list: BoundExpr| binary(BinaryOp::In, x, list);
    check(within(constant(3), list([constant(1), null(), constant(3)])), true);
    check(within(constant(4), list([constant(1), null()])), Value::Null);
    check(within(null(), list([])), false);
    check(within(null(), ints([1])), Value::Null);
    check(within(constant(1), null()), Value::Null);
    check(within(ints([1, 2]), list([list([null(), constant("foo")])])), false);
    check(within(list([]), list([constant(1), constant(2), null()])), Value::Null);
    check_error(within(constant(1), constant("foo")), ErrorClass::TypeError, "InvalidArgumentType");
}

#[test]
fn text_operators_are_null_on_what_is_no_text() {
    for op in [BinaryOp::StartsWith, BinaryOp::EndsWith, BinaryOp::Contains, BinaryOp::Matches] {
        for other in [constant(1), constant(true), list([]), null()] {
            check(binary(op, constant("abc"), other.clone()), Value::Null);
            check(binary(op, other, constant("abc")), Value::Null);
        }
    }
    check(binary(BinaryOp::Contains, constant("abc"), constant("")), true);
    check(binary(BinaryOp::StartsWith, constant("abc"), constant("ab")), true);
    check(binary(BinaryOp::EndsWith, constant("abc"), constant("ab")), false);
}

#[test]
fn a_regular_expression_matches_the_whole_text() {
    check(binary(BinaryOp::Matches, constant("Ansar Dine"), constant("Ansar.*")), true);
    check(binary(BinaryOp::Matches, constant("Ansar Dine"), constant("ansar|Dine")), false);
    check(binary(BinaryOp::Matches, constant("Ansar Dine"), constant("(?i)ansar dine")), true);
    let broken = binary(BinaryOp::Matches, constant("a"), constant("("));
    check_error(broken, ErrorClass::ArgumentError, "InvalidRegularExpression");
}

#[test]
fn plus_adds_and_joins() {
    let add = |a: BoundExpr, b: BoundExpr| binary(BinaryOp::Add, a, b);
    check(add(constant(1), constant(2)), 3);
    check(add(constant(1), constant(0.5)), 1.5);
    check(add(constant("a"), constant(1)), "a1");
    check(add(constant(1.0), constant("a")), "1.0a");
    check(add(ints([1]), ints([2])), Value::list(vec![1.into(), 2.into()]));
    check(add(ints([1]), constant(2)), Value::list(vec![1.into(), 2.into()]));
    check(add(constant(0), ints([1])), Value::list(vec![0.into(), 1.into()]));
    check(add(ints([1]), null()), Value::Null);
    check_error(add(constant(1), constant(true)), ErrorClass::TypeError, "InvalidArgumentType");
}

#[test]
fn whole_numbers_overflow_and_refuse_zero() {
    check_error(binary(BinaryOp::Add, constant(i64::MAX), constant(1)), ErrorClass::ArithmeticError, "IntegerOverflow");
    check_error(
        binary(BinaryOp::Divide, constant(i64::MIN), constant(-1)),
        ErrorClass::ArithmeticError,
        "IntegerOverflow",
    );
    check_error(
        expr(BoundExprKind::Negate(Box::new(constant(i64::MIN)))),
        ErrorClass::ArithmeticError,
        "IntegerOverflow",
    );
    for op in [BinaryOp::Divide, BinaryOp::Modulo] {
        check_error(binary(op, constant(1), constant(0)), ErrorClass::ArithmeticError, "DivisionByZero");
    }
    check(binary(BinaryOp::Modulo, constant(i64::MIN), constant(-1)), 0);
    check(binary(BinaryOp::Divide, constant(-7), constant(2)), -3);
    check(binary(BinaryOp::Modulo, constant(-7), constant(2)), -1);
    check(binary(BinaryOp::Divide, constant(1.0), constant(0)), f64::INFINITY);
    check(binary(BinaryOp::Power, constant(2), constant(3)), 8.0);
}

#[test]
fn items_are_counted_from_either_end() {
    let at = |of: BoundExpr, at: BoundExpr| expr(BoundExprKind::Index(Box::new(of), Box::new(at)));
    check(at(ints([1, 2, 3]), constant(0)), 1);
    check(at(ints([1, 2, 3]), constant(-1)), 3);
    check(at(ints([1, 2, 3]), constant(3)), Value::Null);
    check(at(ints([1, 2, 3]), constant(-4)), Value::Null);
    check(at(ints([1]), null()), Value::Null);
    check(at(null(), constant(0)), Value::Null);
    check(at(constant(Value::map([("k", Value::Int(1))])), constant("k")), 1);
    let type_error = |of, index, detail| check_error(at(of, index), ErrorClass::TypeError, detail);
    type_error(ints([1]), constant(1.0), "ListElementAccessByNonInteger");
    type_error(constant(Value::map([("k", Value::Null)])), constant(0), "MapElementAccessByNonString");
    type_error(constant("abc"), constant(0), "InvalidArgumentType");
}

#[test]
fn slices_clip_to_the_list() {
    let slice = |from: Option<BoundExpr>, to: Option<BoundExpr>| {
        expr(BoundExprKind::Slice(Box::new(ints([1, 2, 3])), from.map(Box::new), to.map(Box::new)))
    };
    let of = |items: &[i64]| Value::list(items.iter().copied().map(Value::Int).collect());
    check(slice(Some(constant(1)), Some(constant(9))), of(&[2, 3]));
    check(slice(None, Some(constant(2))), of(&[1, 2]));
    check(slice(Some(constant(-3)), Some(constant(-1))), of(&[1, 2]));
    check(slice(Some(constant(-9)), None), of(&[1, 2, 3]));
    check(slice(Some(constant(3)), Some(constant(1))), of(&[]));
    check(slice(Some(constant(0)), Some(constant(-5))), of(&[]));
    check(slice(None, Some(null())), Value::Null);
    check(slice(Some(null()), None), Value::Null);
}

#[test]
fn case_computes_only_what_it_takes() {
    let broken = || binary(BinaryOp::Divide, constant(1), constant(0));
    let case = |operand: Option<Value>, when: BoundExpr| {
        expr(BoundExprKind::Case {
            operand: operand.map(|value| Box::new(constant(value))),
            branches: vec![(when, constant("yes")), (constant(Value::Null), broken())],
            otherwise: Some(Box::new(constant("no"))),
        })
    };
    check(case(None, constant(true)), "yes");
    check(case(None, constant(false)), "no");
    check(case(Some(Value::Int(1)), constant(1.0)), "yes");
    check(case(Some(Value::Null), null()), "no");
    check_error(case(None, constant("x")), ErrorClass::TypeError, "InvalidArgumentType");
}

#[test]
fn comprehensions_have_a_variable_of_their_own() {
    let item = || expr(BoundExprKind::Local(0));
    let over = |list: BoundExpr| BoundExprKind::ListComprehension {
        list: Box::new(list),
        filter: Some(Box::new(compare(item(), ComparisonOp::Greater, constant(1)))),
        body: Some(Box::new(binary(BinaryOp::Multiply, item(), constant(10)))),
    };
    check(expr(over(list([constant(1), constant(2), null(), constant(3)]))), Value::list(vec![20.into(), 30.into()]));
    check(expr(over(null())), Value::Null);
    // The inner variable is the second local: [x IN [1, 2] | [y IN [x] | x + y]]
    let inner = BoundExprKind::ListComprehension {
        list: Box::new(list([item()])),
        filter: None,
        body: Some(Box::new(binary(BinaryOp::Add, item(), expr(BoundExprKind::Local(1))))),
    };
    let nested =
        BoundExprKind::ListComprehension { list: Box::new(ints([1, 2])), filter: None, body: Some(boxed(inner)) };
    check(expr(nested), Value::list(vec![Value::list(vec![2.into()]), Value::list(vec![4.into()])]));
}

#[test]
fn quantifiers_count_in_three_values() {
    let quantify = |kind, truths: &[Truth]| {
        let items = list(truths.iter().map(|truth| constant(*truth)));
        expr(BoundExprKind::Quantifier { kind, list: Box::new(items), filter: boxed(BoundExprKind::Local(0)) })
    };
    let (t, f, u) = (Some(true), Some(false), None);
    for (truths, all, any, none, single) in [
        (&[][..], t, f, t, f),
        (&[t, t], t, t, f, f),
        (&[t, f], f, t, f, t),
        (&[f, f], f, f, t, f),
        (&[t, u], u, t, f, u),
        (&[f, u], f, u, u, u),
        (&[u], u, u, u, u),
        (&[t, u, t], u, t, f, f),
    ] {
        check(quantify(QuantifierKind::All, truths), all);
        check(quantify(QuantifierKind::Any, truths), any);
        check(quantify(QuantifierKind::None, truths), none);
        check(quantify(QuantifierKind::Single, truths), single);
    }
}

#[test]
fn reduce_folds_from_the_left() {
    let (total, item) = (expr(BoundExprKind::Local(0)), expr(BoundExprKind::Local(1)));
    let reduce = |list: BoundExpr| {
        let body = Box::new(binary(BinaryOp::Add, total.clone(), item.clone()));
        expr(BoundExprKind::Reduce { init: Box::new(constant("")), list: Box::new(list), body })
    };
    check(reduce(ints([1, 2, 3])), "123");
    check(reduce(list([])), "");
    check(reduce(null()), Value::Null);
}

#[test]
fn parameters_are_looked_up() {
    check(expr(BoundExprKind::Parameter("p".into())), 7);
    check_error(expr(BoundExprKind::Parameter("q".into())), ErrorClass::ParameterMissing, "MissingParameter");
}

#[test]
fn functions_refuse_values_of_other_kinds() {
    check(call("toInteger", [constant("42")]), 42);
    check_error(call("toInteger", [list([])]), ErrorClass::TypeError, "InvalidArgumentValue");
    check_error(call("range", [constant(2), constant(8), constant(0)]), ErrorClass::ArgumentError, "NumberOutOfRange");
    check(call("range", [null(), constant(8)]), Value::Null);
}

#[test]
fn maps_spread_and_are_read_by_key() {
    let spread = MapPiece::Spread(constant(Value::map([("a", Value::Int(1)), ("b", Value::Int(2))])));
    let map = expr(BoundExprKind::Map(vec![spread, MapPiece::Entry("a".into(), constant("x"))]));
    check(map.clone(), Value::map([("a", Value::from("x")), ("b", Value::Int(2))]));
    check(expr(BoundExprKind::Property(Box::new(map.clone()), "b".into())), 2);
    check(expr(BoundExprKind::Property(Box::new(map), "c".into())), Value::Null);
    check(expr(BoundExprKind::Property(Box::new(null()), "c".into())), Value::Null);
    let on_number = expr(BoundExprKind::Property(Box::new(constant(1)), "c".into()));
    check_error(on_number, ErrorClass::TypeError, "InvalidArgumentType");
}

/// One row: two nodes and two relations of the small graph, a list of both, a null.
fn row_of_graph() -> Batch {
    let mut batch = Batch::unit();
    batch.set(0, Column::Nodes(vec![NodeId(0)]));
    batch.set(1, Column::Rels(vec![EdgeId(0)]));
    batch.set(2, Column::Nodes(vec![NodeId(1)]));
    batch.set(3, Column::Values(vec![Value::list(vec![Value::Rel(EdgeId(0)), Value::Rel(EdgeId(1))])]));
    batch.set(4, Column::Nodes(vec![NodeId(2)]));
    batch.set(5, Column::Rels(vec![EdgeId::NONE]));
    batch
}

fn in_graph(expr: &BoundExpr) -> Evaluated {
    let batch = row_of_graph();
    with_evaluator(&small_graph(), |evaluator| evaluator.value(expr, Row { batch: &batch, index: 0 }))
}

fn check_in_graph(expr: BoundExpr, expected: impl Into<Value>) {
    let (found, expected) = (in_graph(&expr).expect("a value"), expected.into());
    assert!(found.is_equivalent(&expected), "{:?}\n= {found:?}, not {expected:?}", expr.kind);
}

fn column(slot: u32) -> BoundExpr {
    expr(BoundExprKind::Column(Slot(slot)))
}

#[test]
fn nodes_and_relations_have_properties() {
    let property = |slot, key: &str| expr(BoundExprKind::Property(Box::new(column(slot)), key.into()));
    check_in_graph(property(0, "n"), 1);
    check_in_graph(property(0, "w"), Value::Null);
    check_in_graph(property(0, "unheard of"), Value::Null);
    check_in_graph(property(1, "w"), 2);
    check_in_graph(property(5, "w"), Value::Null);
    check_in_graph(call("keys", [column(0)]), Value::list(["n", "text", "int"].map(Value::from).to_vec()));
    check_in_graph(call("properties", [column(1)]), Value::map([("w", Value::Int(2))]));
    check_in_graph(call("labels", [column(4)]), Value::list(vec!["A".into(), "B".into()]));
    check_in_graph(call("type", [column(1)]), "T");
    check_in_graph(call("endNode", [column(1)]), Value::Node(NodeId(1)));
    check_in_graph(call("elementId", [column(0)]), "zero");
    let labels = in_graph(&call("labels", [constant(1)])).expect_err("no node");
    assert_eq!((labels.class, labels.detail), (ErrorClass::TypeError, "InvalidArgumentValue"));
}

#[test]
fn deleted_things_are_not_found() {
    let mut graph = small_graph();
    graph.delete_edge(EdgeId(0)).expect("an edge");
    let batch = row_of_graph();
    let on = |expr: &BoundExpr| with_evaluator(&graph, |it| it.value(expr, Row { batch: &batch, index: 0 }));
    let property = expr(BoundExprKind::Property(Box::new(column(1)), "w".into()));
    let error = on(&property).expect_err("deleted");
    assert_eq!((error.class, error.detail), (ErrorClass::EntityNotFound, "DeletedEntityAccess"));
    assert!(on(&call("type", [column(1)])).expect("its type").is_equivalent(&"T".into()));
}

#[test]
fn label_expressions_test_nodes_and_relations() {
    let graph = small_graph();
    let label = |name| LabelTest::Label(graph.label_id(name));
    let has = |slot, test| expr(BoundExprKind::HasLabels(Box::new(column(slot)), test));
    let both = LabelTest::And(Box::new(label("A")), Box::new(label("B")));
    check_in_graph(has(4, both.clone()), true);
    check_in_graph(has(0, both), false);
    check_in_graph(has(0, LabelTest::Not(Box::new(label("B")))), true);
    check_in_graph(has(0, label("C")), false);
    check_in_graph(has(1, LabelTest::Types(vec![graph.type_id("T").expect("a type")])), true);
    check_in_graph(has(5, LabelTest::Any), Value::Null);
}

#[test]
fn a_path_walks_its_relations_in_either_direction() {
    use PathPiece::{Node, Rel};
    let path = |pieces: &[PathPiece]| expr(BoundExprKind::Path(pieces.to_vec()));
    let [from, step, to, steps, far, none] = [0, 1, 2, 3, 4, 5].map(Slot);
    let walked = |nodes: &[u32], rels: &[u32]| {
        let (nodes, rels) = (nodes.iter().copied().map(NodeId), rels.iter().copied().map(EdgeId));
        Value::Path(Arc::new(crate::model::Path { nodes: nodes.collect(), rels: rels.collect() }))
    };
    check_in_graph(path(&[Node(from), Rel(step), Node(to)]), walked(&[0, 1], &[0]));
    check_in_graph(path(&[Node(to), Rel(step), Node(from)]), walked(&[1, 0], &[0]));
    check_in_graph(path(&[Node(from), Rel(steps), Node(far)]), walked(&[0, 1, 2], &[0, 1]));
    check_in_graph(path(&[Node(from)]), walked(&[0], &[]));
    check_in_graph(path(&[Node(from), Rel(none), Node(to)]), Value::Null);
    check_in_graph(call("length", [path(&[Node(from), Rel(steps), Node(far)])]), 2);
}

#[test]
fn evidence_is_flattened_and_each_once() {
    let evidence = expr(BoundExprKind::Evidence([0, 1, 3, 5].map(Slot).to_vec()));
    check_in_graph(evidence, Value::list(vec![Value::Rel(EdgeId(0)), Value::Rel(EdgeId(1))]));
}

#[test]
fn dates_compare_with_strings_that_say_dates() {
    let date = |text: &str| call("edtf", [constant(text)]);
    check(compare(date("2012-07"), ComparisonOp::Less, constant("2013")), true);
    check(compare(constant("2012-07"), ComparisonOp::Less, date("2012")), Value::Null);
    check(compare(date("2012"), ComparisonOp::LessOrEqual, constant("2012-12-31")), true);
    check(compare(date("2012"), ComparisonOp::Greater, constant("2012-12-31")), false);
    check(compare(date("2012-07-03"), ComparisonOp::Equal, constant("2012-07-03")), true);
    check(compare(date("2012"), ComparisonOp::Less, constant("a")), Value::Null);
    check(expr(BoundExprKind::Property(Box::new(date("2012-07")), "year".into())), 2012);
}
