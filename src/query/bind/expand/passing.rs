//! THROUGH and AVOIDING: what the paths of a statement pass by.
//!
//! Both are conditions on the nodes of a path. Where an expansion looks for shortest paths, what is sought is the
//! shortest of those that meet the condition: AVOIDING then holds at every step of the search, and THROUGH within it.

use super::asked::{self, call, variable};
use super::ident;
use super::instantiate::node_of;
use crate::query::syntax::ast::{
    BinaryOp, Expr, ExprKind, GroupPattern, Ident, Match, PathPattern, PathSearch, PatternElement, StatementItem,
    UnaryOp,
};
use crate::source::Span;

/// All conditions as one.
pub(super) fn all_of(conditions: impl IntoIterator<Item = Expr>) -> Option<Expr> {
    conditions.into_iter().reduce(|all, each| {
        let span = all.span;
        Expr { span, kind: ExprKind::Binary(BinaryOp::And, Box::new(all), Box::new(each)) }
    })
}

/// The nodes that paths pass through, and those that they avoid.
#[derive(Clone, Default)]
pub(super) struct Passing {
    through: Vec<Expr>,
    avoiding: Vec<Expr>,
}

impl Passing {
    /// Takes up THROUGH; false if it was there before.
    pub(super) fn through(&mut self, items: &[StatementItem], scope: &[String]) -> bool {
        let is_first = self.through.is_empty();
        self.through.extend(asked::names(items).iter().map(|named| node_of(named, scope)));
        is_first
    }

    /// Takes up AVOIDING; false if it was there before.
    pub(super) fn avoiding(&mut self, items: &[StatementItem], scope: &[String]) -> bool {
        let is_first = self.avoiding.is_empty();
        self.avoiding.extend(asked::names(items).iter().map(|named| node_of(named, scope)));
        is_first
    }

    /// All nodes that are named.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Expr> {
        self.through.iter().chain(&self.avoiding)
    }

    /// Puts the conditions into a MATCH with named paths.
    pub(super) fn put_into(&self, matched: &mut Match, span: Span) {
        if self.through.is_empty() && self.avoiding.is_empty() {
            return;
        }
        let mut conditions = Vec::new();
        for pattern in &mut matched.patterns {
            let Some(path) = pattern.variable.clone() else { continue };
            let is_search = pattern.search != PathSearch::All;
            if is_search {
                self.avoid_at_each_step(pattern, span);
            }
            if is_search && !self.through.is_empty() {
                self.search_through(pattern, &path, span);
            } else {
                conditions.extend(self.on_nodes(&path.value, span));
            }
        }
        matched.filter = all_of(matched.filter.take().into_iter().chain(conditions));
    }

    /// `node('x') IN nodes(path)`, and NOT for those to avoid.
    fn on_nodes(&self, path: &str, span: Span) -> Vec<Expr> {
        let is_on = |node: &Expr| {
            let nodes = call("nodes", vec![variable(path, span)], span);
            Expr { span, kind: ExprKind::Binary(BinaryOp::In, Box::new(node.clone()), Box::new(nodes)) }
        };
        let is_off = |node: &Expr| Expr { span, kind: ExprKind::Unary(UnaryOp::Not, Box::new(is_on(node))) };
        self.through.iter().map(is_on).chain(self.avoiding.iter().map(is_off)).collect()
    }

    /// Makes a search one for the shortest of those paths that meet the conditions:
    /// `SHORTEST 1 GROUPS (path = … WHERE node('x') IN nodes(path))`.
    fn search_through(&self, pattern: &mut PathPattern, path: &Ident, span: Span) {
        let inner = PathPattern { search: PathSearch::All, ..pattern.clone() };
        let filter = all_of(self.on_nodes(&path.value, span));
        let group = GroupPattern { span, pattern: inner, filter, quantifier: None };
        pattern.variable = None;
        pattern.search = PathSearch::ShortestGroups(Box::new(Expr { span, kind: ExprKind::Int(1) }));
        pattern.elements = vec![PatternElement::Group(Box::new(group))];
    }

    /// The condition on a step of a search: neither end is one of those to avoid.
    fn avoid_at_each_step(&self, pattern: &mut PathPattern, span: Span) {
        for element in &mut pattern.elements {
            let PatternElement::Rel(rel) = element else { continue };
            if self.avoiding.is_empty() {
                continue;
            }
            let step = rel.variable.get_or_insert_with(|| ident("step", span)).value.clone();
            let ends = ["startNode", "endNode"].map(|end| call(end, vec![variable(&step, span)], span));
            let ends = Expr { span, kind: ExprKind::List(ends.to_vec()) };
            let conditions = self.avoiding.iter().map(|node| {
                let is_end = ExprKind::Binary(BinaryOp::In, Box::new(node.clone()), Box::new(ends.clone()));
                let is_end = Expr { span, kind: is_end };
                Expr { span, kind: ExprKind::Unary(UnaryOp::Not, Box::new(is_end)) }
            });
            let own = rel.filter.take().map(|filter| *filter);
            rel.filter = all_of(own.into_iter().chain(conditions)).map(Box::new);
        }
    }
}
