//! Patterns and label expressions.

use super::super::ast::{
    Direction, ExprKind, GroupPattern, LabelExpr, Match, NodePattern, PathMode, PathPattern, PathSearch,
    PatternElement, Range, RelPattern,
};
use super::statements::modifiers;
use super::{Exprs, bare, ident, maybe, name, spanned, text};
use crate::source::Span;
use proptest::collection::vec;
use proptest::prelude::*;

pub(super) fn label_expr() -> BoxedStrategy<LabelExpr> {
    let leaf = prop_oneof![6 => ident().prop_map(LabelExpr::Name), 1 => Just(LabelExpr::Any(Span::default()))];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let pair = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            inner.clone().prop_map(|inner| LabelExpr::Not(Box::new(inner))),
            pair().prop_map(|(left, right)| LabelExpr::And(left, right)),
            pair().prop_map(|(left, right)| LabelExpr::Or(left, right)),
        ]
    })
    .boxed()
}

fn properties(sub: &Exprs) -> BoxedStrategy<Option<Box<super::super::ast::Expr>>> {
    let map = vec((ident(), sub.clone()), 0..2).prop_map(ExprKind::Map);
    let some = prop_oneof![map, name().prop_map(ExprKind::Parameter)].prop_map(|kind| Box::new(bare(kind)));
    prop::option::weighted(0.3, some).boxed()
}

pub(super) fn node(sub: &Exprs) -> BoxedStrategy<NodePattern> {
    let label = prop::option::weighted(0.3, label_expr());
    let named = prop::option::weighted(0.1, text().prop_map(spanned));
    let filter = prop::option::weighted(0.1, sub.clone().prop_map(Box::new));
    (prop::option::of(ident()), label, named, properties(sub), filter)
        .prop_map(|(variable, labels, name, properties, filter)| NodePattern {
            span: Span::default(),
            variable,
            labels,
            name,
            properties,
            filter,
        })
        .boxed()
}

fn range() -> BoxedStrategy<Range> {
    (prop::option::of(0..9u64), prop::option::of(0..9u64), any::<bool>())
        .prop_map(|(min, max, quantifier)| Range { min, max, quantifier })
        .boxed()
}

fn relationship(sub: &Exprs) -> BoxedStrategy<RelPattern> {
    let directions = prop::sample::select(vec![Direction::Right, Direction::Left, Direction::Both]);
    let types = prop::option::weighted(0.3, label_expr());
    let filter = prop::option::weighted(0.1, sub.clone().prop_map(Box::new));
    let length = prop::option::weighted(0.2, range());
    (prop::option::of(ident()), types, directions, length, properties(sub), filter)
        .prop_map(|(variable, types, direction, length, properties, filter)| RelPattern {
            span: Span::default(),
            variable,
            types,
            direction,
            length,
            properties,
            filter,
        })
        .boxed()
}

/// A plain path of at least one relationship: what may stand in an expression.
pub(super) fn predicate(sub: &Exprs) -> BoxedStrategy<PathPattern> {
    (node(sub), vec((relationship(sub), node(sub)), 1..3))
        .prop_map(|(first, rest)| {
            let mut elements = vec![PatternElement::Node(first)];
            for (relationship, node) in rest {
                elements.extend([PatternElement::Rel(relationship), PatternElement::Node(node)]);
            }
            path(elements)
        })
        .boxed()
}

fn path(elements: Vec<PatternElement>) -> PathPattern {
    PathPattern { span: Span::default(), variable: None, search: PathSearch::All, mode: None, elements }
}

fn mode() -> BoxedStrategy<Option<PathMode>> {
    let modes = vec![PathMode::Walk, PathMode::Trail, PathMode::Acyclic, PathMode::Simple];
    prop::option::weighted(0.1, prop::sample::select(modes)).boxed()
}

fn group(sub: &Exprs) -> BoxedStrategy<PatternElement> {
    let quantifier = prop::option::of(range().prop_map(|range| Range { quantifier: true, ..range }));
    (predicate(sub), mode(), maybe(sub), quantifier)
        .prop_map(|(mut pattern, mode, filter, quantifier)| {
            pattern.mode = mode;
            let filter = filter.map(|filter| *filter);
            PatternElement::Group(Box::new(GroupPattern { span: Span::default(), pattern, filter, quantifier }))
        })
        .boxed()
}

/// A path as MATCH has it: named, searched, with groups.
pub(super) fn path_pattern(sub: &Exprs) -> BoxedStrategy<PathPattern> {
    let element = prop_oneof![5 => node(sub).prop_map(PatternElement::Node), 1 => group(sub)];
    let rest = vec((prop::option::weighted(0.8, relationship(sub)), element.clone()), 0..3);
    let variable = prop::option::weighted(0.3, ident());
    (variable, search(), mode(), element, rest)
        .prop_map(|(variable, search, mode, first, rest)| {
            let mut elements = vec![first];
            for (relationship, element) in rest {
                let group = matches!(element, PatternElement::Group(_));
                let joined = group || matches!(elements.last(), Some(PatternElement::Group(_)));
                match relationship {
                    Some(relationship) => elements.push(PatternElement::Rel(relationship)),
                    None if joined => {}
                    None => continue,
                }
                elements.push(element);
            }
            let called = matches!(search, PathSearch::ShortestPath | PathSearch::AllShortestPaths);
            let mode = if called { None } else { mode };
            PathPattern { span: Span::default(), variable, search, mode, elements }
        })
        .boxed()
}

fn search() -> BoxedStrategy<PathSearch> {
    let count = prop_oneof![(1..9u64).prop_map(ExprKind::Int), name().prop_map(ExprKind::Parameter)];
    let count = count.prop_map(|kind| Box::new(bare(kind)));
    prop_oneof![
        8 => Just(PathSearch::All),
        1 => Just(PathSearch::ShortestPath),
        1 => Just(PathSearch::AllShortestPaths),
        1 => Just(PathSearch::AllShortest),
        1 => prop::option::of(count.clone()).prop_map(PathSearch::Any),
        1 => count.clone().prop_map(PathSearch::Shortest),
        1 => count.prop_map(PathSearch::ShortestGroups),
    ]
    .boxed()
}

pub(super) fn match_body(sub: &Exprs) -> BoxedStrategy<Match> {
    (any::<bool>(), any::<bool>(), vec(path_pattern(sub), 1..3), modifiers(sub), maybe(sub))
        .prop_map(|(optional, repeatable, patterns, modifiers, filter)| Match {
            optional,
            repeatable,
            patterns,
            modifiers,
            filter: filter.map(|filter| *filter),
        })
        .boxed()
}
