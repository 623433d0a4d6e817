//! Conditions one by one, each in the form in which it serves best: chains of comparisons taken apart, alternatives for
//! one value put together.
//!
//! Only what a condition lets through counts here, so null and false are one.

use crate::model::Value;
use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

/// The conditions that together let through what these let through.
pub(super) fn conjuncts(predicates: Vec<BoundExpr>) -> Vec<BoundExpr> {
    let mut found = Vec::new();
    predicates.into_iter().for_each(|predicate| split(predicate, &mut found));
    found
}

fn split(predicate: BoundExpr, into: &mut Vec<BoundExpr>) {
    let span = predicate.span;
    match predicate.kind {
        BoundExprKind::Binary(BinaryOp::And, a, b) => {
            split(*a, into);
            if !is_injected(Fault::SecondConditionLost) {
                split(*b, into);
            }
        }
        BoundExprKind::Comparison(first, rest) if rest.len() > 1 && rest.iter().all(|(_, each)| each.is_plain()) => {
            let mut left = *first;
            for (op, right) in rest {
                let kind = BoundExprKind::Comparison(Box::new(left), vec![(op, right.clone())]);
                into.push(BoundExpr { span, kind });
                if is_injected(Fault::ChainCut) {
                    return;
                }
                left = right;
            }
        }
        BoundExprKind::Binary(BinaryOp::Or, ..) => into.push(one_of(&predicate).unwrap_or(predicate)),
        BoundExprKind::Binary(BinaryOp::In, of, list) => into.push(BoundExpr { span, kind: one_in(of, *list) }),
        _ => into.push(predicate),
    }
}

/// `x IN [a]` as `x = a`.
fn one_in(of: Box<BoundExpr>, list: BoundExpr) -> BoundExprKind {
    let span = list.span;
    let one = match list.kind {
        BoundExprKind::List(mut items) if items.len() == 1 => items.remove(0),
        BoundExprKind::Constant(Value::List(items)) if items.len() == 1 => {
            BoundExpr { span, kind: BoundExprKind::Constant(items[0].clone()) }
        }
        kind => return BoundExprKind::Binary(BinaryOp::In, of, Box::new(BoundExpr { span, kind })),
    };
    BoundExprKind::Comparison(of, vec![(ComparisonOp::Equal, one)])
}

/// `x = a OR x = b` as `x IN [a, b]`.
fn one_of(predicate: &BoundExpr) -> Option<BoundExpr> {
    let mut equalities = Vec::new();
    gather(predicate, &mut equalities)?;
    let (first, second) = equalities[0];
    let subject = [first, second].into_iter().find(|side| {
        !side.is_given()
            && equalities.iter().all(|(a, b)| is_same(a, side) && b.is_given() || is_same(b, side) && a.is_given())
    })?;
    let mut values: Vec<BoundExpr> =
        equalities.iter().map(|(a, b)| if is_same(a, subject) { (*b).clone() } else { (*a).clone() }).collect();
    if is_injected(Fault::AlternativeLost) {
        values.truncate(1);
    }
    let list = BoundExpr { span: predicate.span, kind: BoundExprKind::List(values) };
    let kind = BoundExprKind::Binary(BinaryOp::In, Box::new(subject.clone()), Box::new(list));
    Some(BoundExpr { span: predicate.span, kind })
}

/// The sides of all equalities of a disjunction; none if it holds anything else.
fn gather<'e>(predicate: &'e BoundExpr, into: &mut Vec<(&'e BoundExpr, &'e BoundExpr)>) -> Option<()> {
    match &predicate.kind {
        BoundExprKind::Binary(BinaryOp::Or, a, b) => {
            gather(a, into)?;
            gather(b, into)
        }
        BoundExprKind::Comparison(left, rest) => match rest.as_slice() {
            [(ComparisonOp::Equal, right)] => {
                into.push((left, right));
                Some(())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether both are the same column, the same property of a column, or the same function of one.
fn is_same(a: &BoundExpr, b: &BoundExpr) -> bool {
    match (&a.kind, &b.kind) {
        (BoundExprKind::Column(a), BoundExprKind::Column(b)) => a == b,
        (BoundExprKind::Property(a, key), BoundExprKind::Property(b, other)) => key == other && is_same(a, b),
        (BoundExprKind::Call(a, of), BoundExprKind::Call(b, other)) => {
            let ([of], [other]) = (of.as_slice(), other.as_slice()) else { return false };
            a.is_deterministic && a.name == b.name && is_same(of, other)
        }
        _ => false,
    }
}

/// The names that `of = 'a'` or `of IN ['a', 'b']` lets through, if they stand in the query, and what they are compared with.
pub(super) fn names(predicate: &BoundExpr) -> Option<(&BoundExpr, Vec<&str>)> {
    fn text(expr: &BoundExpr) -> Option<&str> {
        match &expr.kind {
            BoundExprKind::Constant(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
    match &predicate.kind {
        BoundExprKind::Comparison(left, rest) => match rest.as_slice() {
            [(ComparisonOp::Equal, right)] => {
                text(right).map(|name| (&**left, vec![name])).or_else(|| text(left).map(|name| (right, vec![name])))
            }
            _ => None,
        },
        BoundExprKind::Binary(BinaryOp::In, of, list) => {
            let names = match &list.kind {
                BoundExprKind::List(items) => items.iter().map(text).collect::<Option<_>>()?,
                BoundExprKind::Constant(Value::List(items)) => {
                    items.iter().map(Value::as_text).collect::<Option<_>>()?
                }
                _ => return None,
            };
            Some((of, names))
        }
        _ => None,
    }
}
