//! Random patterns.

use griot::query::syntax::ast::{
    Direction, Expr, ExprKind, LabelExpr, NodePattern, PathPattern, PatternElement, Range, RelPattern,
};
use griot::source::Span;

use super::draws::Draws;
use super::expressions::{Kind, Scope, expression};
use super::graphs::{LABELS, TYPES};
use super::routes::{Bounds, group};
use super::tree::{expr, ident, label, node, path};

/// Where a pattern stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// In MATCH: variables may be new.
    Clause,
    /// In a subquery: likewise, and it is shorter.
    Subquery,
    /// In a pattern comprehension: likewise, without groups.
    Comprehension,
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

/// A path pattern; its new variables come into scope. What repeats sees only what was there before the clause.
pub fn pattern(draws: &mut Draws, scope: &mut Scope, before: &Scope, wanted: Wanted) -> PathPattern {
    let outer = scope.clone();
    let mut named = Vec::new();
    let first = node_pattern(draws, scope, &outer, wanted, &mut named);
    let mut elements = vec![PatternElement::Node(first)];
    let hops = match wanted {
        Wanted::Clause => [1, 0, 1, 2, 1][draws.below(5)],
        Wanted::Subquery | Wanted::Comprehension => [1, 1, 2][draws.below(3)],
        Wanted::Predicate => 1,
    };
    for _ in 0..hops {
        if matches!(wanted, Wanted::Clause | Wanted::Subquery) && draws.once_in(8) {
            let bounds = Bounds { endless: true, named: true };
            elements.push(PatternElement::Group(group(draws, before, bounds, &mut named).into()));
        } else {
            elements.push(PatternElement::Rel(rel_pattern(draws, scope, (&outer, before), wanted, &mut named)));
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
        let mut found = node(Some(&draws.pick(&known)));
        found.labels = draws.once_in(4).then(|| a_label(draws));
        return found;
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

/// `{i: …}` or `{t: …}`.
pub fn properties(draws: &mut Draws, outer: &Scope) -> Expr {
    let (key, kind) = draws.pick(&[("i", Kind::Int), ("i", Kind::Int), ("t", Kind::Text)]);
    let value = expression(draws, outer, kind, 1);
    expr(ExprKind::Map(vec![(ident(key), value)]))
}

fn rel_pattern(
    draws: &mut Draws,
    scope: &mut Scope,
    (outer, before): (&Scope, &Scope),
    wanted: Wanted,
    named: &mut Vec<(String, Kind)>,
) -> RelPattern {
    let direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left]);
    let types = draws.once_in(3).then(|| a_type(draws));
    let length = draws.once_in(4).then(|| range(draws));
    let outer = if length.is_some() { before } else { outer };
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
    // Inside the brackets the variable is one relation, repeated or not.
    if draws.once_in(8) {
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
