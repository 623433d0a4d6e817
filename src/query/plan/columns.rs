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

impl BoundExpr {
    /// The expressions right below this one.
    #[must_use]
    pub fn children(&self) -> Vec<&BoundExpr> {
        use BoundExprKind as Kind;
        let mut found: Vec<&BoundExpr> = Vec::new();
        match &self.kind {
            Kind::Constant(_)
            | Kind::Parameter(_)
            | Kind::Column(_)
            | Kind::Local(_)
            | Kind::Path(_)
            | Kind::Subquery(..)
            | Kind::Evidence(_) => {}
            Kind::List(items) | Kind::Call(_, items) => found.extend(items),
            Kind::Map(pieces) => {
                found.extend(pieces.iter().map(|(MapPiece::Entry(_, value) | MapPiece::Spread(value))| value));
            }
            Kind::Property(inner, _)
            | Kind::Not(inner)
            | Kind::Negate(inner)
            | Kind::Plus(inner)
            | Kind::IsNull(inner)
            | Kind::HasLabels(inner, _) => found.push(inner),
            Kind::Index(a, b) | Kind::Binary(_, a, b) => found.extend([&**a, b]),
            Kind::Slice(list, from, to) => {
                found.push(list);
                found.extend(from.as_deref());
                found.extend(to.as_deref());
            }
            Kind::Comparison(first, rest) => {
                found.push(first);
                found.extend(rest.iter().map(|(_, operand)| operand));
            }
            Kind::Case { operand, branches, otherwise } => {
                found.extend(operand.as_deref());
                found.extend(branches.iter().flat_map(|(when, then)| [when, then]));
                found.extend(otherwise.as_deref());
            }
            Kind::ListComprehension { list, filter, body } => {
                found.push(list);
                found.extend(filter.as_deref());
                found.extend(body.as_deref());
            }
            Kind::Quantifier { list, filter, .. } => found.extend([&**list, filter]),
            Kind::Reduce { init, list, body } => found.extend([&**init, list, body]),
        }
        found
    }
}
