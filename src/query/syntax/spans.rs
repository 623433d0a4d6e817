//! All the places of a tree, so that trees can be compared without them, or moved.
//!
//! [`without_spans`] makes two trees of the same meaning equal wherever they were written.

use super::ast::*;
use crate::source::{Span, Spanned};

/// A part of a tree that knows its places.
pub trait Places {
    /// Calls `f` with every span in this part.
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span));
}

/// The tree with every span empty.
#[must_use]
pub fn without_spans<T: Places>(mut tree: T) -> T {
    tree.each_span(&mut |span| *span = Span::default());
    tree
}

impl Places for Span {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        f(self);
    }
}

impl<T: Places> Places for Option<T> {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        for part in self.iter_mut() {
            part.each_span(f);
        }
    }
}

impl<T: Places> Places for Vec<T> {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        for part in self.iter_mut() {
            part.each_span(f);
        }
    }
}

impl<T: Places> Places for Box<T> {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        self.as_mut().each_span(f);
    }
}

impl<A: Places, B: Places> Places for (A, B) {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        self.0.each_span(f);
        self.1.each_span(f);
    }
}

impl Places for Spanned<String> {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        f(&mut self.span);
    }
}

/// Parts whose places are those of their fields.
macro_rules! fields {
    ($($part:ty { $($field:ident),* })*) => {
        $(impl Places for $part {
            fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
                $(self.$field.each_span(f);)*
            }
        })*
    };
}

/// Parts without places.
macro_rules! none {
    ($($part:ty),*) => {
        $(impl Places for $part {
            fn each_span(&mut self, _: &mut dyn FnMut(&mut Span)) {}
        })*
    };
}

none!(Union, ComparisonOp);

fields! {
    Script { queries }
    Query { span, first, unions, export }
    Part { span, clauses }
    Export { format, file }
    Clause { span, kind }
    Match { patterns, modifiers, filter }
    Projection { items, page, filter }
    ProjectionItem { expr, alias }
    OrderAndPage { order, skip, limit }
    SortItem { expr }
    Call { name, args, yields, filter }
    YieldItem { column, alias }
    Subquery { imports, query }
    Statement { items, modifiers, yields, filter, page }
    StatementItem { span, kind }
    Modifier { span, kind }
    PathPattern { span, variable, search, elements }
    GroupPattern { span, pattern, filter }
    NodePattern { span, variable, labels, name, properties, filter }
    RelPattern { span, variable, types, properties, filter }
    Expr { span, kind }
}

impl Places for ClauseKind {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Match(part) => part.each_span(f),
            Self::Unwind { list, alias } => {
                list.each_span(f);
                alias.each_span(f);
            }
            Self::With(part) | Self::Return(part) => part.each_span(f),
            Self::Let(items) => items.each_span(f),
            Self::Filter(filter) => filter.each_span(f),
            Self::OrderAndPage(page) => page.each_span(f),
            Self::Create(patterns) => patterns.each_span(f),
            Self::Merge { pattern, on_create, on_match } => {
                pattern.each_span(f);
                on_create.each_span(f);
                on_match.each_span(f);
            }
            Self::Set(items) => items.each_span(f),
            Self::Remove(items) => items.each_span(f),
            Self::Delete { detach: _, targets } => targets.each_span(f),
            Self::Foreach { variable, list, body } => {
                variable.each_span(f);
                list.each_span(f);
                body.each_span(f);
            }
            Self::Call(part) => part.each_span(f),
            Self::Subquery(part) => part.each_span(f),
            Self::LoadCsv { headers: _, file, alias, separator } => {
                file.each_span(f);
                alias.each_span(f);
                separator.each_span(f);
            }
            Self::Statement(part) => part.each_span(f),
        }
    }
}

impl Places for SetItem {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Property { target, value } => {
                target.each_span(f);
                value.each_span(f);
            }
            Self::Replace { target, value } | Self::Merge { target, value } => {
                target.each_span(f);
                value.each_span(f);
            }
            Self::Labels { target, labels } => {
                target.each_span(f);
                labels.each_span(f);
            }
        }
    }
}

impl Places for RemoveItem {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Property(target) => target.each_span(f),
            Self::Labels { target, labels } => {
                target.each_span(f);
                labels.each_span(f);
            }
        }
    }
}

impl Places for StatementItemKind {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        if let Self::Node(node) = self {
            node.each_span(f);
        }
    }
}

impl Places for ModifierKind {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::AsOf(point) | Self::KnownBy(point) => point.each_span(f),
            Self::During(span) | Self::Throughout(span) => span.each_span(f),
            Self::Via(labels) => labels.each_span(f),
            Self::Through(items) | Self::Avoiding(items) | Self::AccordingTo(items) | Self::WithoutSource(items) => {
                items.each_span(f);
            }
            Self::Worded(words) => words.each_span(f),
            Self::Certainly | Self::Within { .. } | Self::Rated(_) => {}
        }
    }
}

impl Places for TimePoint {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Literal(text) => text.each_span(f),
            Self::Today(span) => f(span),
            Self::Expr(expr) => expr.each_span(f),
        }
    }
}

impl Places for TimeSpan {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Point(point) => point.each_span(f),
            Self::Between(from, to) => {
                from.each_span(f);
                to.each_span(f);
            }
        }
    }
}

impl Places for PathSearch {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Any(count) => count.each_span(f),
            Self::Shortest(count) | Self::ShortestGroups(count) => count.each_span(f),
            Self::All | Self::ShortestPath | Self::AllShortestPaths | Self::AllShortest => {}
        }
    }
}

impl Places for PatternElement {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Node(node) => node.each_span(f),
            Self::Rel(rel) => rel.each_span(f),
            Self::Group(group) => group.each_span(f),
        }
    }
}

impl Places for LabelExpr {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Name(name) => name.each_span(f),
            Self::Any(span) => f(span),
            Self::Not(inner) => inner.each_span(f),
            Self::And(left, right) | Self::Or(left, right) => {
                left.each_span(f);
                right.each_span(f);
            }
        }
    }
}

impl Places for ExprKind {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Text(_)
            | Self::Parameter(_)
            | Self::Variable(_)
            | Self::CountStar => {}
            Self::List(items) => items.each_span(f),
            Self::Map(entries) => entries.each_span(f),
            Self::Property(base, key) => {
                base.each_span(f);
                key.each_span(f);
            }
            Self::Index(left, right) | Self::Binary(_, left, right) => {
                left.each_span(f);
                right.each_span(f);
            }
            Self::Slice(base, from, to) => {
                base.each_span(f);
                from.each_span(f);
                to.each_span(f);
            }
            Self::Unary(_, inner) | Self::IsNull { operand: inner, negated: _ } | Self::Parenthesised(inner) => {
                inner.each_span(f);
            }
            Self::Comparison(first, rest) => {
                first.each_span(f);
                rest.each_span(f);
            }
            Self::HasLabels(base, labels) => {
                base.each_span(f);
                labels.each_span(f);
            }
            Self::Call { name, distinct: _, args } => {
                name.each_span(f);
                args.each_span(f);
            }
            Self::Case { operand, branches, otherwise } => {
                operand.each_span(f);
                branches.each_span(f);
                otherwise.each_span(f);
            }
            Self::ListComprehension { variable, list, filter, body } => {
                variable.each_span(f);
                list.each_span(f);
                filter.each_span(f);
                body.each_span(f);
            }
            Self::PatternComprehension { pattern, filter, body } => {
                pattern.each_span(f);
                filter.each_span(f);
                body.each_span(f);
            }
            Self::Quantifier { kind: _, variable, list, filter } => {
                variable.each_span(f);
                list.each_span(f);
                filter.each_span(f);
            }
            Self::Reduce { accumulator, init, variable, list, body } => {
                accumulator.each_span(f);
                init.each_span(f);
                variable.each_span(f);
                list.each_span(f);
                body.each_span(f);
            }
            Self::Pattern(pattern) => pattern.each_span(f),
            Self::Subquery(_, body) => body.each_span(f),
            Self::MapProjection(base, items) => {
                base.each_span(f);
                items.each_span(f);
            }
        }
    }
}

impl Places for SubqueryBody {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Pattern(found) => found.each_span(f),
            Self::Query(query) => query.each_span(f),
        }
    }
}

impl Places for MapProjectionItem {
    fn each_span(&mut self, f: &mut dyn FnMut(&mut Span)) {
        match self {
            Self::Property(name) | Self::Variable(name) => name.each_span(f),
            Self::AllProperties => {}
            Self::Literal(key, value) => {
                key.each_span(f);
                value.each_span(f);
            }
        }
    }
}
