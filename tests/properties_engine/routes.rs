//! Random groups, and path patterns that are searched as a whole: selectors, path modes, match modes.

use griot::query::syntax::ast::{
    ComparisonOp, Direction, Expr, GroupPattern, Match, NodePattern, PathMode, PathPattern, PathSearch, PatternElement,
    Range, RelPattern,
};
use griot::source::Span;

use super::draws::Draws;
use super::expressions::{Kind, Scope, expression};
use super::patterns::{a_label, a_type, properties};
use super::tree::{call, comparison, ident, int, node, path, property, variable};

/// What may stand in a searched pattern.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// Quantifiers without an upper bound.
    pub endless: bool,
    /// Variables: where it is open which of several paths is taken, nobody may look.
    pub named: bool,
}

const DIRECTIONS: [Direction; 3] = [Direction::Right, Direction::Both, Direction::Left];

fn quantifier(draws: &mut Draws, bounds: Bounds) -> Range {
    let (min, max) = draws.pick(&[
        (Some(1), Some(2)),
        (Some(0), Some(1)),
        (Some(1), None),
        (None, Some(3)),
        (Some(0), None),
        (Some(2), Some(2)),
        (Some(2), None),
    ]);
    Range { min, max: if bounds.endless { max } else { max.or(Some(3)) }, quantifier: true }
}

pub fn rel(draws: &mut Draws, scope: &Scope, name: Option<String>) -> RelPattern {
    let direction = draws.pick(&DIRECTIONS);
    let types = draws.once_in(3).then(|| a_type(draws));
    let properties = draws.once_in(6).then(|| properties(draws, scope).into());
    let filter = name.clone().filter(|_| draws.once_in(5)).map(|name| {
        let own = scope.only([scope.variables.clone(), vec![(name, Kind::Rel)]].concat());
        expression(draws, &own, Kind::Bool, 1).into()
    });
    let variable = name.map(ident);
    RelPattern { span: Span::default(), variable, types, direction, length: None, properties, filter }
}

/// `((a)-[r]->(b) WHERE …){1,2}`, of one hop or two: its variables are lists outside.
pub fn group(draws: &mut Draws, outer: &Scope, bounds: Bounds, named: &mut Vec<(String, Kind)>) -> GroupPattern {
    let mut own: Vec<(String, Kind)> = Vec::new();
    let a_node = |draws: &mut Draws, own: &mut Vec<(String, Kind)>| {
        let again = own.iter().filter(|(_, kind)| *kind == Kind::Node).map(|(name, _)| name.clone()).next();
        let name = match again {
            Some(name) if draws.once_in(8) => Some(name),
            _ => draws.once_in(2).then(|| outer.fresh("g")),
        };
        let mut found = node(name.as_deref());
        found.labels = draws.once_in(5).then(|| a_label(draws));
        found.properties = draws.once_in(8).then(|| properties(draws, outer).into());
        own.extend(name.map(|name| (name, Kind::Node)));
        own.dedup();
        PatternElement::Node(found)
    };
    let mut elements = vec![a_node(draws, &mut own)];
    for _ in 0..=usize::from(draws.once_in(3)) {
        let name = draws.once_in(2).then(|| outer.fresh("g"));
        elements.push(PatternElement::Rel(rel(draws, outer, name.clone())));
        own.extend(name.map(|name| (name, Kind::Rel)));
        elements.push(a_node(draws, &mut own));
    }
    own.sort();
    own.dedup();
    let inner = outer.only([outer.variables.clone(), own.clone()].concat());
    let filter = draws.once_in(2).then(|| expression(draws, &inner, Kind::Bool, 2));
    if bounds.named {
        named.extend(
            own.into_iter().map(|(name, kind)| (name, if kind == Kind::Node { Kind::Nodes } else { Kind::Rels })),
        );
    }
    GroupPattern { span: Span::default(), pattern: path(elements), filter, quantifier: Some(quantifier(draws, bounds)) }
}

/// A MATCH of one path pattern with a selector, a path mode or a match mode.
pub fn searched(draws: &mut Draws, scope: &mut Scope) -> Match {
    if draws.once_in(4) {
        return shortest(draws, scope);
    }
    let search = search(draws);
    let is_certain = !matches!(search, PathSearch::Any(_) | PathSearch::Shortest(_));
    let mode = draws.pick(&[
        None,
        None,
        Some(PathMode::Trail),
        Some(PathMode::Acyclic),
        Some(PathMode::Simple),
        Some(PathMode::Walk),
    ]);
    let repeatable = draws.once_in(3);
    let walks = repeatable && !matches!(mode, Some(PathMode::Trail | PathMode::Acyclic | PathMode::Simple));
    let bounds = Bounds { endless: !walks || search != PathSearch::All, named: is_certain };
    let outer = scope.clone();
    let mut named = Vec::new();
    let first = end(draws, scope, &outer, &mut named);
    let mut elements = vec![PatternElement::Node(first)];
    let parts = [1, 2, 1, 1][draws.below(4)];
    for part in 0..parts {
        elements.push(step(draws, scope, bounds, &mut named));
        let next = if part + 1 == parts {
            Some(end(draws, scope, &outer, &mut named))
        } else {
            inside(draws, scope, &outer, &elements, bounds, &mut named)
        };
        elements.extend(next.map(PatternElement::Node));
    }
    let condition = draws.once_in(3).then(|| condition(draws, walks, &named));
    scope.variables.extend(named);
    let mut found = match condition {
        Some(filter) => {
            let group =
                GroupPattern { span: Span::default(), pattern: path(elements), filter: Some(filter), quantifier: None };
            path(vec![PatternElement::Group(group.into())])
        }
        None => path(elements),
    };
    (found.search, found.mode) = (search, mode);
    if draws.once_in(2) {
        let kind = if is_certain { Kind::Path } else { Kind::SomePath };
        found.variable = Some(ident(scope.add("p", kind)));
    }
    Match { optional: draws.once_in(4), repeatable, patterns: vec![found], modifiers: Vec::new(), filter: None }
}

/// A MATCH of one repeated relation without a name: whoever follows sees its ends alone.
pub fn walk(draws: &mut Draws, scope: &mut Scope) -> Match {
    let outer = scope.clone();
    let mut named = Vec::new();
    let from = end(draws, scope, &outer, &mut named);
    let (min, max) = draws.pick(&[
        (None, None),
        (Some(0), None),
        (None, Some(2)),
        (None, Some(3)),
        (Some(2), None),
        (Some(2), Some(3)),
        (Some(1), Some(1)),
    ]);
    let length = Some(Range { min, max, quantifier: false });
    let rel = RelPattern { length, ..rel(draws, scope, None) };
    let to = end(draws, scope, &outer, &mut named);
    scope.variables.extend(named);
    let pattern = path(vec![PatternElement::Node(from), PatternElement::Rel(rel), PatternElement::Node(to)]);
    Match {
        optional: draws.once_in(4),
        repeatable: false,
        patterns: vec![pattern],
        modifiers: Vec::new(),
        filter: None,
    }
}

fn search(draws: &mut Draws) -> PathSearch {
    let count = |draws: &mut Draws| Box::new(int(draws.pick(&[1, 2, 3])));
    match draws.below(7) {
        0 | 1 => PathSearch::All,
        2 => PathSearch::AllShortest,
        3 => PathSearch::ShortestGroups(count(draws)),
        4 => PathSearch::Shortest(count(draws)),
        5 => PathSearch::Any(None),
        _ => PathSearch::Any(Some(count(draws))),
    }
}

/// What leads on: a quantified relation, a group, or a single relation.
fn step(draws: &mut Draws, scope: &mut Scope, bounds: Bounds, named: &mut Vec<(String, Kind)>) -> PatternElement {
    match draws.below(4) {
        0 | 1 => {
            let name = draws.once_in(2).then(|| scope.fresh("r"));
            let mut found = rel(draws, scope, name.clone());
            found.length = Some(quantifier(draws, bounds));
            if bounds.named {
                named.extend(name.map(|name| (name, Kind::Rels)));
            }
            PatternElement::Rel(found)
        }
        2 => PatternElement::Group(group(draws, scope, bounds, named).into()),
        _ => {
            let name = bounds.named.then(|| scope.fresh("r"));
            let found = rel(draws, scope, name.clone());
            named.extend(name.map(|name| (name, Kind::Rel)));
            PatternElement::Rel(found)
        }
    }
}

/// A node at an end: known, or new; the other end again, now and then.
fn end(draws: &mut Draws, scope: &Scope, outer: &Scope, named: &mut Vec<(String, Kind)>) -> NodePattern {
    let nodes = outer.of(Kind::Node);
    if !nodes.is_empty() && draws.once_in(3) {
        return node(Some(&draws.pick(&nodes)));
    }
    let first = named.first().filter(|(name, kind)| *kind == Kind::Node && name.starts_with('n')).cloned();
    if let Some((name, _)) = first
        && draws.once_in(8)
    {
        return node(Some(&name));
    }
    let name = scope.fresh("n");
    let mut found = node(Some(&name));
    found.labels = draws.once_in(4).then(|| a_label(draws));
    found.properties = draws.once_in(8).then(|| properties(draws, outer).into());
    named.push((name, Kind::Node));
    found
}

/// A node inside; between a group and what follows there need be none.
fn inside(
    draws: &mut Draws,
    scope: &Scope,
    outer: &Scope,
    before: &[PatternElement],
    bounds: Bounds,
    named: &mut Vec<(String, Kind)>,
) -> Option<NodePattern> {
    if matches!(before.last(), Some(PatternElement::Group(_))) && draws.once_in(2) {
        return None;
    }
    let known = outer.of(Kind::Node);
    if !known.is_empty() && draws.once_in(6) {
        return Some(node(Some(&draws.pick(&known))));
    }
    let name = (bounds.named && draws.once_in(2)).then(|| scope.fresh("m"));
    let mut found = node(name.as_deref());
    found.labels = draws.once_in(4).then(|| a_label(draws));
    found.properties = draws.once_in(6).then(|| properties(draws, outer).into());
    named.extend(name.map(|name| (name, Kind::Node)));
    Some(found)
}

/// The condition in parentheses around a whole path: on its ends, or, where walks end by themselves, on anything.
fn condition(draws: &mut Draws, walks: bool, named: &[(String, Kind)]) -> Expr {
    let lists: Vec<_> = named.iter().filter(|(_, kind)| matches!(kind, Kind::Rels | Kind::Nodes)).collect();
    if !walks && !lists.is_empty() && draws.once_in(2) {
        let (name, _) = draws.pick(&lists);
        let op = draws.pick(&[ComparisonOp::NotEqual, ComparisonOp::Less, ComparisonOp::GreaterOrEqual]);
        return comparison(call("size", vec![variable(name)]), op, int(2));
    }
    let is_seen = |name: &str| if walks { name.starts_with('n') } else { true };
    let nodes: Vec<_> = named.iter().filter(|(name, kind)| *kind == Kind::Node && is_seen(name)).collect();
    if nodes.is_empty() {
        return comparison(int(1), ComparisonOp::Equal, int(1));
    }
    let mut one = || property(variable(&draws.pick(&nodes).0), "i");
    let (a, b) = (one(), one());
    comparison(a, draws.pick(&[ComparisonOp::LessOrEqual, ComparisonOp::NotEqual]), b)
}

/// `p = shortestPath((a)-[*]-(b))`, now and then with a WHERE that speaks of the path.
fn shortest(draws: &mut Draws, scope: &mut Scope) -> Match {
    let nodes = scope.of(Kind::Node);
    let end = |draws: &mut Draws, scope: &mut Scope| {
        if !nodes.is_empty() && draws.once_in(2) {
            node(Some(&draws.pick(&nodes)))
        } else {
            node(Some(&scope.add("n", Kind::Node)))
        }
    };
    let (from, to) = (end(draws, scope), end(draws, scope));
    let direction = draws.pick(&DIRECTIONS);
    let types = draws.once_in(3).then(|| a_type(draws));
    let (min, max) = draws.pick(&[(None, None), (None, Some(2)), (None, Some(3)), (Some(0), None), (Some(0), Some(2))]);
    let length = Some(Range { min, max, quantifier: false });
    let rel =
        RelPattern { span: Span::default(), variable: None, types, direction, length, properties: None, filter: None };
    let mut found: PathPattern =
        path(vec![PatternElement::Node(from), PatternElement::Rel(rel), PatternElement::Node(to)]);
    let all = draws.once_in(2);
    found.search = if all { PathSearch::AllShortestPaths } else { PathSearch::ShortestPath };
    let name = scope.add("p", if all { Kind::Path } else { Kind::SomePath });
    let filter = draws.once_in(3).then(|| {
        let op = draws.pick(&[ComparisonOp::NotEqual, ComparisonOp::Greater]);
        comparison(call("length", vec![variable(&name)]), op, int(1))
    });
    found.variable = Some(ident(name));
    let optional = draws.once_in(3);
    Match { optional, repeatable: false, patterns: vec![found], modifiers: Vec::new(), filter }
}
