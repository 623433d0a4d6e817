//! What a condition asks a node for: `n.key = value`, `n = value`, and the same with IN. By it a scan finds the node in an
//! index or a table of values instead of looking at all.

use std::sync::Arc;

use crate::query::bind::bound::{BoundExpr, BoundExprKind, Slot};
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::Seek;
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

/// What a condition asks a node for, by a value that is there before the node is.
pub(super) struct Sought<'e> {
    /// The property; none where the value is the node itself.
    pub key: Option<&'e Arc<str>>,
    pub value: &'e BoundExpr,
    /// Whether any element of the value will do.
    pub any_of: bool,
}

impl<'e> Sought<'e> {
    /// `node.key = value` and `node = value`, in either order, and both with IN.
    pub(super) fn of(predicate: &'e BoundExpr, slot: Slot) -> Option<Self> {
        let (sides, any_of): (&[(&'e BoundExpr, &'e BoundExpr)], _) = match &predicate.kind {
            BoundExprKind::Comparison(left, rest) => match rest.as_slice() {
                [(ComparisonOp::Equal, right)] => (&[(left, right), (right, left)], false),
                _ => return None,
            },
            BoundExprKind::Binary(BinaryOp::In, element, list) => (&[(element, list)], true),
            _ => return None,
        };
        let is_node = |expr: &BoundExpr| matches!(expr.kind, BoundExprKind::Column(at) if at == slot);
        sides.iter().find_map(|(of, value)| {
            let key = match &of.kind {
                BoundExprKind::Property(subject, key) if is_node(subject) => Some(key),
                _ if is_node(of) => None,
                _ => return None,
            };
            let is_known_before = columns_of(value).is_some_and(|columns| !columns.contains(&slot));
            is_known_before.then_some(Self { key, value, any_of })
        })
    }

    /// For the scan.
    pub(super) fn seek(self) -> Seek {
        Seek { key: self.key.cloned(), value: self.value.clone(), any_of: self.any_of }
    }
}
