//! Walking a tree without knowing all of it.

use super::ast::{Expr, ExprKind, MapProjectionItem};

impl Expr {
    /// The expressions right below this one, in the order written; patterns and subqueries are not entered.
    #[must_use]
    pub fn children(&self) -> Vec<&Expr> {
        let mut found: Vec<&Expr> = Vec::new();
        match &self.kind {
            ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Text(_)
            | ExprKind::Parameter(_)
            | ExprKind::Variable(_)
            | ExprKind::CountStar
            | ExprKind::Pattern(_)
            | ExprKind::Subquery(..) => {}
            ExprKind::List(items) => found.extend(items),
            ExprKind::Map(entries) => found.extend(entries.iter().map(|(_, value)| value)),
            ExprKind::Property(inner, _)
            | ExprKind::HasLabels(inner, _)
            | ExprKind::Unary(_, inner)
            | ExprKind::IsNull { operand: inner, .. }
            | ExprKind::Parenthesised(inner) => found.push(inner),
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => found.extend([&**a, b]),
            ExprKind::Slice(list, from, to) => {
                found.push(list);
                found.extend(from.as_deref());
                found.extend(to.as_deref());
            }
            ExprKind::Comparison(first, rest) => {
                found.push(first);
                found.extend(rest.iter().map(|(_, operand)| operand));
            }
            ExprKind::Call { args, .. } => found.extend(args),
            ExprKind::Case { operand, branches, otherwise } => {
                found.extend(operand.as_deref());
                found.extend(branches.iter().flat_map(|(when, then)| [when, then]));
                found.extend(otherwise.as_deref());
            }
            ExprKind::ListComprehension { list, filter, body, .. } => {
                found.push(list);
                found.extend(filter.as_deref());
                found.extend(body.as_deref());
            }
            ExprKind::PatternComprehension { filter, body, .. } => {
                found.extend(filter.as_deref());
                found.push(body);
            }
            ExprKind::Quantifier { list, filter, .. } => {
                found.push(list);
                found.extend(filter.as_deref());
            }
            ExprKind::Reduce { init, list, body, .. } => found.extend([&**init, list, body]),
            ExprKind::MapProjection(subject, items) => {
                found.push(subject);
                found.extend(items.iter().filter_map(|item| match item {
                    MapProjectionItem::Literal(_, value) => Some(value),
                    _ => None,
                }));
            }
        }
        found
    }
}
