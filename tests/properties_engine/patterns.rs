//! Random patterns.

use griot::query::syntax::ast::{
    Direction, Expr, ExprKind, GroupPattern, LabelExpr, NodePattern, PathPattern, PathSearch, PatternElement, Range,
    RelPattern,
};
use griot::source::Span;

use super::draws::Draws;
use super::expressions::{Kind, Scope, expression};
use super::graphs::{LABELS, TYPES};
use super::tree::{comparison, expr, ident, int, label, node, path, property, variable};

/// Where a pattern stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// In MATCH: variables may be new.
    Clause,
    /// In a subquery or pattern comprehension: likewise, and it is shorter.
    Subquery,
    /// As a predicate: no new variables, at least one relation.
    Predicate,
}

/// A label expression on nodes.
pub fn a_label(draws: &mut Draws) -> LabelExpr {
    label_expression(draws, &LABELS)
}

/// A label expression on relations.
pub fn a_type(draws: &mut Draws) -> LabelExpr {
    match draws.below(5) {
        // Only one type stands on a relation: a conjunction of two says nothing.
        0..=2 => label(TYPES[draws.below(TYPES.len())]),
        3 => LabelExpr::Or(label("T").into(), label("U").into()),
        _ => LabelExpr::Not(label("T").into()),
    }
}

fn label_expression(draws: &mut Draws, names: &[&str]) -> LabelExpr {
    let name = |draws: &mut Draws| label(names[draws.below(names.len())]);
    match draws.below(8) {
        0..=3 => name(draws),
        4 => LabelExpr::Or(name(draws).into(), name(draws).into()),
        5 => LabelExpr::And(name(draws).into(), name(draws).into()),
        6 => LabelExpr::Not(name(draws).into()),
        _ => LabelExpr::Any(Span::default()),
    }
}

/// A path pattern; its new variables come into scope.
pub fn pattern(draws: &mut Draws, scope: &mut Scope, wanted: Wanted) -> PathPattern {
    let outer = scope.clone();
    let mut named = Vec::new();
    let first = node_pattern(draws, scope, &outer, wanted, &mut named);
    let mut elements = vec![PatternElement::Node(first)];
    let hops = match wanted {
        Wanted::Clause => [1, 0, 1, 2, 1][draws.below(5)],
        Wanted::Subquery => [1, 1, 2][draws.below(3)],
        Wanted::Predicate => 1,
    };
    for _ in 0..hops {
        if wanted == Wanted::Clause && draws.once_in(12) {
            elements.push(PatternElement::Group(group(draws, scope, &mut named).into()));
        } else {
            elements.push(PatternElement::Rel(rel_pattern(draws, scope, &outer, wanted, &mut named)));
        }
        elements.push(PatternElement::Node(node_pattern(draws, scope, &outer, wanted, &mut named)));
    }
    // What a pattern names can be used behind it, not in its own maps.
    scope.variables.extend(named);
    path(elements)
}

fn node_pattern(
    draws: &mut Draws,
    scope: &mut Scope,
    outer: &Scope,
    wanted: Wanted,
    named: &mut Vec<(String, Kind)>,
) -> NodePattern {
    let mut known = outer.of(Kind::Node);
    if wanted != Wanted::Predicate {
        known.extend(named.iter().filter(|(_, kind)| *kind == Kind::Node).map(|(name, _)| name.clone()));
    }
    let choice = draws.below(6);
    let mut pattern = if !known.is_empty() && choice >= 4 {
        return node(Some(&draws.pick(&known)));
    } else if choice == 3 || wanted == Wanted::Predicate {
        node(None)
    } else {
        let name = scope.fresh("n");
        named.push((name.clone(), Kind::Node));
        node(Some(&name))
    };
    if draws.once_in(3) {
        pattern.labels = Some(a_label(draws));
    }
    if draws.once_in(6) {
        pattern.properties = Some(properties(draws, outer).into());
    }
    if let Some(name) = pattern.variable.clone().filter(|_| draws.once_in(10)) {
        let own = outer.only(vec![(name.value, Kind::Node)]);
        pattern.filter = Some(expression(draws, &own, Kind::Bool, 1).into());
    }
    pattern
}

/// `{i: …}`.
fn properties(draws: &mut Draws, outer: &Scope) -> Expr {
    let value = expression(draws, outer, Kind::Int, 1);
    expr(ExprKind::Map(vec![(ident("i"), value)]))
}

fn rel_pattern(
    draws: &mut Draws,
    scope: &mut Scope,
    outer: &Scope,
    wanted: Wanted,
    named: &mut Vec<(String, Kind)>,
) -> RelPattern {
    let direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left]);
    let types = draws.once_in(3).then(|| a_type(draws));
    let length = draws.once_in(4).then(|| range(draws));
    let mut pattern =
        RelPattern { span: Span::default(), variable: None, types, direction, length, properties: None, filter: None };
    if draws.once_in(6) {
        pattern.properties = Some(properties(draws, outer).into());
    }
    if wanted == Wanted::Predicate || draws.once_in(3) {
        return pattern;
    }
    let rels = outer.of(Kind::Rel);
    if length.is_none() && !rels.is_empty() && draws.once_in(8) {
        let name = draws.pick(&rels);
        // A relation may stand in a clause only once.
        if !named.iter().any(|(known, _)| *known == name) {
            named.push((name.clone(), Kind::Rel));
            pattern.variable = Some(ident(name));
            return pattern;
        }
    }
    let name = scope.fresh("r");
    named.push((name.clone(), if length.is_some() { Kind::Rels } else { Kind::Rel }));
    if length.is_none() && draws.once_in(10) {
        let own = outer.only(vec![(name.clone(), Kind::Rel)]);
        pattern.filter = Some(expression(draws, &own, Kind::Bool, 1).into());
    }
    pattern.variable = Some(ident(name));
    pattern
}

fn range(draws: &mut Draws) -> Range {
    let (min, max, quantifier) = draws.pick(&[
        (Some(1), Some(2), false),
        (Some(0), Some(1), false),
        (Some(2), Some(2), false),
        (None, Some(3), false),
        (None, None, false),
        (Some(0), None, false),
        (Some(1), Some(2), true),
        (None, Some(2), true),
        (Some(1), None, true),
        (Some(2), Some(1), false),
    ]);
    Range { min, max, quantifier }
}

/// `((a)-[r]->(b) WHERE …){1,2}`: its variables are lists outside.
fn group(draws: &mut Draws, scope: &mut Scope, named: &mut Vec<(String, Kind)>) -> GroupPattern {
    let (from, rel, to) = (scope.fresh("g"), scope.fresh("g"), scope.fresh("g"));
    named.extend([(from.clone(), Kind::Nodes), (rel.clone(), Kind::Rels), (to.clone(), Kind::Nodes)]);
    let direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left]);
    let pattern = path(vec![
        PatternElement::Node(node(Some(&from))),
        PatternElement::Rel(RelPattern {
            span: Span::default(),
            variable: Some(ident(rel)),
            types: draws.once_in(3).then(|| a_type(draws)),
            direction,
            length: None,
            properties: None,
            filter: None,
        }),
        PatternElement::Node(node(Some(&to))),
    ]);
    let filter = draws.once_in(2).then(|| {
        let op = griot::query::syntax::ast::ComparisonOp::NotEqual;
        comparison(property(variable(&to), "i"), op, int(1))
    });
    let (min, max) = draws.pick(&[(Some(1), Some(2)), (Some(0), Some(1)), (Some(1), None), (Some(2), Some(2))]);
    let quantifier = Some(Range { min, max, quantifier: true });
    GroupPattern { span: Span::default(), pattern, filter, quantifier }
}

/// `p = shortestPath((a)-[*]-(b))`, alone in its clause; the path's name and kind.
pub fn shortest(draws: &mut Draws, scope: &mut Scope) -> PathPattern {
    let nodes = scope.of(Kind::Node);
    let end = |draws: &mut Draws, scope: &mut Scope| {
        if !nodes.is_empty() && draws.once_in(2) {
            node(Some(&draws.pick(&nodes)))
        } else {
            node(Some(&scope.add("n", Kind::Node)))
        }
    };
    let (from, to) = (end(draws, scope), end(draws, scope));
    let direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left]);
    let types = draws.once_in(3).then(|| a_type(draws));
    let max = draws.pick(&[None, Some(2), Some(3)]);
    let length = Some(Range { min: None, max, quantifier: false });
    let rel =
        RelPattern { span: Span::default(), variable: None, types, direction, length, properties: None, filter: None };
    let mut found = path(vec![PatternElement::Node(from), PatternElement::Rel(rel), PatternElement::Node(to)]);
    let all = draws.once_in(2);
    found.search = if all { PathSearch::AllShortestPaths } else { PathSearch::ShortestPath };
    found.variable = Some(ident(scope.add("p", if all { Kind::Path } else { Kind::SomePath })));
    found
}
