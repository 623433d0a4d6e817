//! Expressions with columns in the place of others, or of variables of their own.

use crate::query::bind::bound::{BoundExpr, BoundExprKind, PathPiece, Slot};

impl BoundExpr {
    /// The body of a quantifier that stands in no other, with a column in the place of its variable.
    #[must_use]
    pub fn with_local(&self, slot: Slot) -> Self {
        let mut body = self.clone();
        body.replace(&mut |kind| match kind {
            BoundExprKind::Local(0) => *kind = BoundExprKind::Column(slot),
            BoundExprKind::Local(number) => *number -= 1,
            _ => {}
        });
        body
    }

    /// Reads one column in the place of another. Subqueries keep what they import.
    pub fn read_instead(&mut self, of: Slot, other: Slot) {
        let turn = |slot: &mut Slot| {
            if *slot == of {
                *slot = other;
            }
        };
        self.replace(&mut |kind| match kind {
            BoundExprKind::Column(slot) => turn(slot),
            BoundExprKind::Path(pieces) => {
                pieces.iter_mut().for_each(|(PathPiece::Node(slot) | PathPiece::Rel(slot))| turn(slot));
            }
            BoundExprKind::Evidence(slots) => slots.iter_mut().for_each(turn),
            _ => {}
        });
    }

    /// Puts a value in the place of a column. Paths and evidence, which name columns, keep it.
    pub fn put(&mut self, column: Slot, value: &Self) {
        self.replace(&mut |kind| {
            if matches!(kind, BoundExprKind::Column(slot) if *slot == column) {
                kind.clone_from(&value.kind);
            }
        });
    }

    /// Shows each expression in this one, from the outermost on, to be changed.
    fn replace(&mut self, change: &mut dyn FnMut(&mut BoundExprKind)) {
        change(&mut self.kind);
        self.children_mut().into_iter().for_each(|child| child.replace(change));
    }
}
