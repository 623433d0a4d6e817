//! Conditions as a filter asks them: which of them are tests of one property, and which of these belong together.

use super::is_constant;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, Slot};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

/// A test of `x.key`: the slot of x, the key, and what is asked.
pub(super) struct Test<'e> {
    pub slot: Slot,
    pub key: &'e str,
    pub asked: Asked<'e>,
}

/// What is asked of a property.
#[derive(Clone, Copy)]
pub(super) enum Asked<'e> {
    /// How it compares with a constant, seen from the property.
    Compares(ComparisonOp, &'e BoundExpr),
    /// Whether there is any.
    IsThere(bool),
    /// Whether it is true, or false.
    Is(bool),
}

/// The test that a condition is.
pub(super) fn test(predicate: &BoundExpr) -> Option<Test<'_>> {
    fn of_property<'e>(expr: &'e BoundExpr, asked: Asked<'e>) -> Option<Test<'e>> {
        let (slot, key) = property(expr)?;
        Some(Test { slot, key, asked })
    }
    match &predicate.kind {
        BoundExprKind::Comparison(left, rest) => {
            let [(op, right)] = rest.as_slice() else { return None };
            if is_constant(right) {
                of_property(left, Asked::Compares(*op, right))
            } else if is_constant(left) {
                of_property(right, Asked::Compares(turned(*op), left))
            } else {
                None
            }
        }
        BoundExprKind::IsNull(of) => of_property(of, Asked::IsThere(false)),
        BoundExprKind::Not(of) => match &of.kind {
            BoundExprKind::IsNull(of) => of_property(of, Asked::IsThere(true)),
            _ => of_property(of, Asked::Is(false)),
        },
        _ => of_property(predicate, Asked::Is(true)),
    }
}

/// `x.key`: the slot of x, and the key.
fn property(expr: &BoundExpr) -> Option<(Slot, &str)> {
    let BoundExprKind::Property(of, key) = &expr.kind else { return None };
    match of.kind {
        BoundExprKind::Column(slot) => Some((slot, key)),
        _ => None,
    }
}

/// Conditions on rows, to be asked together.
pub enum Condition<'p> {
    /// One.
    One(&'p BoundExpr),
    /// Comparisons of one property with constants, and all of them as one condition.
    Range(Vec<&'p BoundExpr>, BoundExpr),
}

impl<'p> Condition<'p> {
    /// Orders conditions that are all to hold: those first that cost little and cannot fail, and comparisons of one
    /// property together.
    #[must_use]
    pub fn all(predicates: Vec<&'p BoundExpr>) -> Vec<Self> {
        let (plain, others): (Vec<_>, Vec<_>) = predicates.into_iter().partition(|each| is_plain_test(each));
        let mut found: Vec<Vec<&BoundExpr>> = Vec::new();
        for each in plain {
            let fits = |group: &Vec<&BoundExpr>| compared(group[0]).is_some() && compared(group[0]) == compared(each);
            match found.iter_mut().find(|group| fits(group)) {
                Some(group) => group.push(each),
                None => found.push(vec![each]),
            }
        }
        let plain = found.into_iter().map(|group| match group.as_slice() {
            [one] => Self::One(one),
            [first, others @ ..] => {
                let all = others.iter().fold((*first).clone(), |all, each| {
                    let kind = BoundExprKind::Binary(BinaryOp::And, Box::new(all), Box::new((*each).clone()));
                    BoundExpr { span: first.span, kind }
                });
                Self::Range(group, all)
            }
            [] => unreachable!("a group has its first condition"),
        });
        plain.chain(others.into_iter().map(Self::One)).collect()
    }
}

/// Whether a condition is a test of a property that cannot fail, and costs little.
fn is_plain_test(predicate: &BoundExpr) -> bool {
    // A property that is asked whether it is true may be no boolean.
    test(predicate).is_some_and(|test| !matches!(test.asked, Asked::Is(_)))
}

/// The property that a condition compares with a constant.
fn compared(predicate: &BoundExpr) -> Option<(Slot, &str)> {
    let Test { slot, key, asked } = test(predicate)?;
    matches!(asked, Asked::Compares(..)).then_some((slot, key))
}

/// The comparison seen from its right side.
fn turned(op: ComparisonOp) -> ComparisonOp {
    match op {
        ComparisonOp::Less => ComparisonOp::Greater,
        ComparisonOp::LessOrEqual => ComparisonOp::GreaterOrEqual,
        ComparisonOp::Greater => ComparisonOp::Less,
        ComparisonOp::GreaterOrEqual => ComparisonOp::LessOrEqual,
        ComparisonOp::Equal | ComparisonOp::NotEqual => op,
    }
}
