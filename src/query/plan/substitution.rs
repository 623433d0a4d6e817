//! Expressions with columns in the place of others, or of variables of their own.

use crate::query::bind::bound::{BoundExpr, BoundExprKind, MapPiece, PathPiece, Slot};

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

    /// Shows each expression in this one, from the outermost on, to be changed.
    fn replace(&mut self, change: &mut dyn FnMut(&mut BoundExprKind)) {
        change(&mut self.kind);
        self.children_mut().into_iter().for_each(|child| child.replace(change));
    }

    /// The expressions right below this one, to be changed.
    fn children_mut(&mut self) -> Vec<&mut Self> {
        use BoundExprKind as Kind;
        match &mut self.kind {
            Kind::Constant(_)
            | Kind::Parameter(_)
            | Kind::Column(_)
            | Kind::Local(_)
            | Kind::Path(_)
            | Kind::Subquery(..)
            | Kind::Evidence(_) => Vec::new(),
            Kind::List(items) | Kind::Call(_, items) => items.iter_mut().collect(),
            Kind::Map(pieces) => {
                pieces.iter_mut().map(|(MapPiece::Entry(_, value) | MapPiece::Spread(value))| value).collect()
            }
            Kind::Property(inner, _)
            | Kind::Not(inner)
            | Kind::Negate(inner)
            | Kind::Plus(inner)
            | Kind::IsNull(inner)
            | Kind::HasLabels(inner, _) => vec![inner],
            Kind::Index(a, b) | Kind::Binary(_, a, b) => vec![a, b],
            Kind::Slice(list, from, to) => {
                let bounds = [from, to].into_iter().filter_map(Option::as_deref_mut);
                std::iter::once(&mut **list).chain(bounds).collect()
            }
            Kind::Comparison(first, rest) => {
                std::iter::once(&mut **first).chain(rest.iter_mut().map(|(_, operand)| operand)).collect()
            }
            Kind::Case { operand, branches, otherwise } => {
                let branches = branches.iter_mut().flat_map(|(when, then)| [when, then]);
                operand.as_deref_mut().into_iter().chain(branches).chain(otherwise.as_deref_mut()).collect()
            }
            Kind::ListComprehension { list, filter, body } => {
                let rest = [filter, body].into_iter().filter_map(Option::as_deref_mut);
                std::iter::once(&mut **list).chain(rest).collect()
            }
            Kind::Quantifier { list, filter, .. } => vec![list, filter],
            Kind::Reduce { init, list, body } => vec![init, list, body],
        }
    }
}
