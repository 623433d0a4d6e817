//! Which columns an expression reads.

use std::collections::BTreeSet;

use crate::query::bind::bound::{BoundExpr, BoundExprKind, MapPiece, PathPiece, Slot};
use crate::query::bind::tree::BoundEvidence;

/// The columns that an expression reads; `None` if it holds a subquery, whose reading is its own business.
#[must_use]
pub fn columns_of(expr: &BoundExpr) -> Option<BTreeSet<Slot>> {
    let mut found = BTreeSet::new();
    gather(expr, &mut found).then_some(found)
}

/// Whether a pattern's time and evidence are the same for all rows, since no row is read for them.
#[must_use]
pub fn is_for_all_rows(evidence: Option<&BoundEvidence>) -> bool {
    let reads_nothing = |expr| columns_of(expr).is_some_and(|columns| columns.is_empty());
    evidence.is_none_or(|evidence| evidence.expressions().all(reads_nothing))
}

fn gather(expr: &BoundExpr, found: &mut BTreeSet<Slot>) -> bool {
    match &expr.kind {
        BoundExprKind::Subquery(..) => return false,
        BoundExprKind::Column(slot) => {
            found.insert(*slot);
        }
        BoundExprKind::Path(pieces) => {
            found.extend(pieces.iter().map(|(PathPiece::Node(slot) | PathPiece::Rel(slot))| *slot));
        }
        BoundExprKind::Evidence(slots) => found.extend(slots),
        _ => {}
    }
    expr.children().into_iter().all(|child| gather(child, found))
}

/// What stands right below an expression, borrowed as the expression is.
macro_rules! children {
    ($expr:expr) => {{
        use BoundExprKind as Kind;
        let mut found = Vec::new();
        match $expr {
            Kind::Constant(_)
            | Kind::Parameter(_)
            | Kind::Column(_)
            | Kind::Local(_)
            | Kind::Path(_)
            | Kind::Subquery(..)
            | Kind::Evidence(_) => {}
            Kind::List(items) | Kind::Call(_, items) => found.extend(items),
            Kind::Map(pieces) => {
                for MapPiece::Entry(_, value) | MapPiece::Spread(value) in pieces {
                    found.push(value);
                }
            }
            Kind::Property(inner, _)
            | Kind::Not(inner)
            | Kind::Negate(inner)
            | Kind::Plus(inner)
            | Kind::IsNull(inner)
            | Kind::HasLabels(inner, _) => found.push(inner),
            Kind::Index(a, b) | Kind::Binary(_, a, b) => {
                found.push(a);
                found.push(b);
            }
            Kind::Slice(list, from, to) => {
                found.push(list);
                for each in from.into_iter().chain(to) {
                    found.push(each);
                }
            }
            Kind::Comparison(first, rest) => {
                found.push(first);
                for (_, operand) in rest {
                    found.push(operand);
                }
            }
            Kind::Case { operand, branches, otherwise } => {
                for each in operand.into_iter().chain(otherwise) {
                    found.push(each);
                }
                for (when, then) in branches {
                    found.push(when);
                    found.push(then);
                }
            }
            Kind::ListComprehension { list, filter, body } => {
                found.push(list);
                for each in filter.into_iter().chain(body) {
                    found.push(each);
                }
            }
            Kind::Quantifier { list, filter, .. } => {
                found.push(list);
                found.push(filter);
            }
            Kind::Reduce { init, list, body } => {
                found.push(init);
                found.push(list);
                found.push(body);
            }
        }
        found
    }};
}

impl BoundExpr {
    /// The expressions right below this one.
    #[must_use]
    pub fn children(&self) -> Vec<&BoundExpr> {
        children!(&self.kind)
    }

    /// The same, to be rewritten.
    #[must_use]
    pub fn children_mut(&mut self) -> Vec<&mut BoundExpr> {
        children!(&mut self.kind)
    }

    /// A constant or a parameter.
    #[must_use]
    pub fn is_given(&self) -> bool {
        matches!(self.kind, BoundExprKind::Constant(_) | BoundExprKind::Parameter(_))
    }

    /// Whether it can be computed again at hardly any cost: what is given, a column, or a property of one.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let is_column = |expr: &Self| matches!(expr.kind, BoundExprKind::Column(_));
        self.is_given() || is_column(self) || matches!(&self.kind, BoundExprKind::Property(of, _) if is_column(of))
    }

    /// Whether the same row gives the same value wherever and whenever it is asked; of a subquery nobody says so.
    #[must_use]
    pub fn is_deterministic(&self) -> bool {
        let own = match &self.kind {
            BoundExprKind::Subquery(..) => false,
            BoundExprKind::Call(function, _) => function.is_deterministic,
            _ => true,
        };
        own && self.children().into_iter().all(Self::is_deterministic)
    }
}
