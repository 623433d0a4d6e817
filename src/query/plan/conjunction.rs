//! Conditions taken apart into those that must all hold, so that each is tested by itself, where it costs least.

use crate::query::bind::bound::{BoundExpr, BoundExprKind};
use crate::query::faults::{Fault, is_injected};
use crate::query::syntax::ast::BinaryOp;

/// Appends the parts of a condition: the sides of AND, and the links of a chain `a <= x.p < b` whose middle costs
/// nothing to be read twice.
pub(super) fn split(predicate: BoundExpr, into: &mut Vec<BoundExpr>) {
    let BoundExpr { span, kind } = predicate;
    match kind {
        BoundExprKind::Binary(BinaryOp::And, a, b) => {
            split(*a, into);
            if !is_injected(Fault::SecondConditionLost) {
                split(*b, into);
            }
        }
        BoundExprKind::Comparison(first, rest) if rest.len() > 1 && has_plain_middle(&rest) => {
            let mut left = *first;
            let links = rest.len() - usize::from(is_injected(Fault::LastLinkLost));
            for (op, right) in rest.into_iter().take(links) {
                let link = vec![(op, right.clone())];
                into.push(BoundExpr { span, kind: BoundExprKind::Comparison(Box::new(left), link) });
                left = right;
            }
        }
        kind => into.push(BoundExpr { span, kind }),
    }
}

fn has_plain_middle<O>(rest: &[(O, BoundExpr)]) -> bool {
    let is_column = |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Column(_));
    let mut middle = rest.iter().take(rest.len() - 1).map(|(_, operand)| operand);
    middle.all(|operand| match &operand.kind {
        BoundExprKind::Constant(_) | BoundExprKind::Parameter(_) | BoundExprKind::Column(_) => true,
        BoundExprKind::Property(of, _) => is_column(of),
        _ => false,
    })
}
