//! Expressions.

use super::super::ast::{
    BinaryOp, ComparisonOp, Expr, ExprKind, LabelExpr, MapProjectionItem, PathSearch, QuantifierKind, SubqueryBody,
    SubqueryKind, UnaryOp,
};
use super::patterns::{label_expr, match_body, path_pattern, predicate};
use super::{Exprs, bare, clauses, ident, maybe, name, parenthesised, spanned, text};
use proptest::collection::vec;
use proptest::prelude::*;

/// Expressions nested at most so deep.
pub(crate) fn expr(depth: u32) -> Exprs {
    if depth == 0 {
        return leaf();
    }
    let sub = expr(depth - 1);
    prop_oneof![
        2 => leaf(),
        4 => operators(&sub),
        3 => postfixes(&sub),
        2 => forms(&sub),
        1 => comprehensions(&sub),
        1 => subqueries(&sub, depth),
    ]
    .boxed()
}

fn leaf() -> Exprs {
    prop_oneof![
        Just(ExprKind::Null),
        any::<bool>().prop_map(ExprKind::Bool),
        prop_oneof![0..5u64, any::<u64>()].prop_map(ExprKind::Int),
        prop_oneof![Just(0.5), Just(1e300), Just(1e-7), 0.0..1e6f64].prop_map(ExprKind::Float),
        text().prop_map(ExprKind::Text),
        name().prop_map(ExprKind::Parameter),
        name().prop_map(ExprKind::Variable),
        Just(ExprKind::CountStar),
    ]
    .prop_map(bare)
    .boxed()
}

/// How tightly an expression binds, OR loosest: written down a second time, so that printer and parser are held to it.
fn tightness(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Binary(BinaryOp::Or, ..) => 1,
        ExprKind::Binary(BinaryOp::Xor, ..) => 2,
        ExprKind::Binary(BinaryOp::And, ..) => 3,
        ExprKind::Unary(UnaryOp::Not, _) => 4,
        ExprKind::Comparison(..) => 5,
        ExprKind::Binary(BinaryOp::Add | BinaryOp::Subtract, ..) => 7,
        ExprKind::Binary(BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo, ..) => 8,
        ExprKind::Binary(BinaryOp::Power, ..) => 9,
        ExprKind::Binary(..) | ExprKind::IsNull { .. } => 6,
        ExprKind::Unary(..) => 10,
        _ => 11,
    }
}

/// The expression, in parentheses if it binds more loosely than `least`.
#[allow(clippy::unnecessary_box_returns)] // operands are boxed in the tree
fn at_least(expr: Expr, least: u8) -> Box<Expr> {
    Box::new(if tightness(&expr) < least { parenthesised(expr) } else { expr })
}

/// Right of `-` and `<` a sign or a list could be read as an arrow.
fn right_of_arrow(expr: Expr) -> Expr {
    let plain = matches!(expr.kind, ExprKind::Int(_) | ExprKind::Variable(_) | ExprKind::Parenthesised(_));
    if plain { expr } else { parenthesised(expr) }
}

fn operators(sub: &Exprs) -> Exprs {
    use BinaryOp as B;
    let operators = vec![
        B::Or,
        B::Xor,
        B::And,
        B::Add,
        B::Subtract,
        B::Multiply,
        B::Divide,
        B::Modulo,
        B::Power,
        B::In,
        B::StartsWith,
        B::EndsWith,
        B::Contains,
        B::Matches,
    ];
    let binary = (prop::sample::select(operators), sub.clone(), sub.clone()).prop_map(|(operator, left, right)| {
        let right = if operator == B::Subtract { right_of_arrow(right) } else { right };
        let power = tightness(&bare(ExprKind::Binary(operator, Box::new(left.clone()), Box::new(left.clone()))));
        ExprKind::Binary(operator, at_least(left, power), at_least(right, power + 1))
    });
    prop_oneof![
        4 => binary,
        2 => comparison(sub),
        1 => (any::<bool>(), sub.clone())
            .prop_map(|(negated, operand)| ExprKind::IsNull { operand: at_least(operand, 6), negated }),
        1 => sub.clone().prop_map(|operand| ExprKind::Unary(UnaryOp::Not, at_least(operand, 4))),
        1 => (any::<bool>(), sub.clone()).prop_map(|(minus, operand)| {
            ExprKind::Unary(if minus { UnaryOp::Minus } else { UnaryOp::Plus }, at_least(operand, 10))
        }),
    ]
    .prop_map(bare)
    .boxed()
}

fn comparison(sub: &Exprs) -> BoxedStrategy<ExprKind> {
    use ComparisonOp as C;
    let operators = vec![C::Equal, C::NotEqual, C::Less, C::LessOrEqual, C::Greater, C::GreaterOrEqual];
    let rest = vec((prop::sample::select(operators), sub.clone()), 1..3);
    (sub.clone(), rest)
        .prop_map(|(first, rest)| {
            let rest = rest.into_iter().map(|(operator, operand)| {
                let operand = if operator == C::Less { right_of_arrow(operand) } else { operand };
                (operator, *at_least(operand, 6))
            });
            ExprKind::Comparison(at_least(first, 6), rest.collect())
        })
        .boxed()
}

fn postfixes(sub: &Exprs) -> Exprs {
    let base = sub.clone().prop_map(|base| at_least(base, 11));
    let function = prop::sample::select(vec!["f", "a.b.c", "toUpper", "exists", "size"]);
    prop_oneof![
        3 => (base.clone(), ident()).prop_map(|(base, key)| ExprKind::Property(base, key)),
        1 => (base.clone(), sub.clone()).prop_map(|(base, index)| ExprKind::Index(base, Box::new(index))),
        1 => (base.clone(), maybe(sub), maybe(sub)).prop_map(|(base, from, to)| ExprKind::Slice(base, from, to)),
        1 => (base, label_expr()).prop_map(|(base, labels)| has_labels(base, labels)),
        2 => (function, any::<bool>(), vec(sub.clone(), 0..3)).prop_map(|(name, distinct, args)| {
            ExprKind::Call { name: spanned(name.to_owned()), distinct, args }
        }),
    ]
    .prop_map(bare)
    .boxed()
}

fn has_labels(base: Box<Expr>, labels: LabelExpr) -> ExprKind {
    // Labels behind labels are one conjunction.
    let base = if matches!(base.kind, ExprKind::HasLabels(..)) { Box::new(parenthesised(*base)) } else { base };
    ExprKind::HasLabels(base, labels)
}

fn forms(sub: &Exprs) -> Exprs {
    let case = (maybe(sub), vec((sub.clone(), sub.clone()), 1..3), maybe(sub));
    prop_oneof![
        vec(sub.clone(), 0..3).prop_map(list),
        vec((ident(), sub.clone()), 0..3).prop_map(ExprKind::Map),
        case.prop_map(|(operand, branches, otherwise)| ExprKind::Case { operand, branches, otherwise }),
        sub.clone().prop_map(|inner| ExprKind::Parenthesised(Box::new(inner))),
        ("[a-d]", vec(projected(sub), 0..3)).prop_map(|(variable, items)| {
            ExprKind::MapProjection(Box::new(bare(ExprKind::Variable(variable))), items)
        }),
    ]
    .prop_map(bare)
    .boxed()
}

fn list(mut items: Vec<Expr>) -> ExprKind {
    // Alone in brackets, `x IN list` is a comprehension.
    if let [only] = items.as_mut_slice()
        && matches!(only.kind, ExprKind::Binary(BinaryOp::In, ..))
    {
        *only = parenthesised(only.clone());
    }
    ExprKind::List(items)
}

fn projected(sub: &Exprs) -> BoxedStrategy<MapProjectionItem> {
    prop_oneof![
        ident().prop_map(MapProjectionItem::Property),
        Just(MapProjectionItem::AllProperties),
        (ident(), sub.clone()).prop_map(|(key, value)| MapProjectionItem::Literal(key, value)),
        ident().prop_map(MapProjectionItem::Variable),
    ]
    .boxed()
}

fn comprehensions(sub: &Exprs) -> Exprs {
    use QuantifierKind as Q;
    let list = sub.clone().prop_map(|list| at_least(list, 7));
    let body = sub.clone().prop_map(Box::new);
    let comprehension = (ident(), list.clone(), maybe(sub), maybe(sub))
        .prop_map(|(variable, list, filter, body)| ExprKind::ListComprehension { variable, list, filter, body });
    let kinds = prop::sample::select(vec![Q::All, Q::Any, Q::None, Q::Single]);
    let quantifier = (kinds, ident(), list, maybe(sub))
        .prop_map(|(kind, variable, list, filter)| ExprKind::Quantifier { kind, variable, list, filter });
    let reduce = (ident(), body.clone(), ident(), body.clone(), body.clone()).prop_map(
        |(accumulator, init, variable, list, body)| ExprKind::Reduce { accumulator, init, variable, list, body },
    );
    let named = (prop::option::of(ident()), predicate(sub), maybe(sub), body).prop_map(
        |(variable, mut pattern, filter, body)| {
            pattern.variable = variable;
            ExprKind::PatternComprehension { pattern: Box::new(pattern), filter, body }
        },
    );
    prop_oneof![comprehension, quantifier, reduce, named].prop_map(bare).boxed()
}

fn subqueries(sub: &Exprs, depth: u32) -> Exprs {
    let kinds = vec![SubqueryKind::Exists, SubqueryKind::Count, SubqueryKind::Collect];
    let pattern = match_body(sub).prop_map(|mut body| {
        body.optional = false;
        body.repeatable = false;
        SubqueryBody::Pattern(body)
    });
    let body = if depth > 1 {
        prop_oneof![pattern, clauses::nested_query(sub).prop_map(SubqueryBody::Query)].boxed()
    } else {
        pattern.boxed()
    };
    let searches = vec![PathSearch::All, PathSearch::ShortestPath, PathSearch::AllShortestPaths];
    prop_oneof![
        (prop::sample::select(kinds), body).prop_map(|(kind, body)| ExprKind::Subquery(kind, Box::new(body))),
        (prop::sample::select(searches), predicate(sub)).prop_map(|(search, mut pattern)| {
            pattern.search = search;
            ExprKind::Pattern(Box::new(pattern))
        }),
        path_pattern(sub).prop_map(|pattern| {
            let body = super::super::ast::Match {
                optional: false,
                repeatable: false,
                patterns: vec![pattern],
                modifiers: Vec::new(),
                filter: None,
            };
            ExprKind::Subquery(SubqueryKind::Exists, Box::new(SubqueryBody::Pattern(body)))
        }),
    ]
    .prop_map(bare)
    .boxed()
}
