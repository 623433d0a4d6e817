//! Clauses that belong together, in shapes that a plan treats in ways of its own: walks between known nodes, what only
//! conditions join, cycles that are counted, relations that are counted or asked for.

use griot::query::syntax::ast::{
    BinaryOp, ClauseKind, ComparisonOp, Direction, Expr, ExprKind, Match, NodePattern, OrderAndPage, PathPattern,
    PathSearch, PatternElement, Projection, ProjectionItem, Range, RelPattern, SortItem, SubqueryBody, SubqueryKind,
    UnaryOp,
};
use griot::source::Span;

use super::draws::Draws;
use super::expressions::{Kind, Scope, told};
use super::patterns::{a_label, a_type};
use super::routes::{rel, walk};
use super::tree::{binary, call, comparison, expr, ident, int, node, parenthesised, path, property, variable};

/// Clauses of one of the shapes.
pub fn shape(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    match draws.below(10) {
        0..=1 => between(draws, scope),
        2..=3 => walk_and_fold(draws, scope),
        4 => vec![ClauseKind::Match(by_conditions(draws, scope))],
        5..=6 => cycle(draws, scope),
        7 => joined(draws, scope),
        8 => two_matches(draws, scope),
        _ => asked(draws, scope),
    }
}

fn matched(patterns: Vec<PathPattern>, filter: Option<Expr>) -> Match {
    Match { optional: false, repeatable: false, patterns, modifiers: Vec::new(), filter }
}

/// A new node, perhaps with a label.
fn new_node(draws: &mut Draws, scope: &mut Scope) -> NodePattern {
    let mut found = node(Some(&scope.add("n", Kind::Node)));
    found.labels = draws.once_in(4).then(|| a_label(draws));
    found
}

/// A single relation of certain types, without a name.
fn hop(draws: &mut Draws) -> RelPattern {
    let direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left]);
    let types = (!draws.once_in(3)).then(|| a_type(draws));
    RelPattern { span: Span::default(), variable: None, types, direction, length: None, properties: None, filter: None }
}

/// `MATCH (x)-->(y)-->(z)-->(x)`, and then how many there are, of all or of each `x`.
fn cycle(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    let is_counted = draws.once_in(2);
    let (first, second, third) = (new_node(draws, scope), new_node(draws, scope), new_node(draws, scope));
    let start = first.variable.clone().expect("it is named").value;
    let again = node(Some(&start));
    let mut elements = vec![PatternElement::Node(first)];
    for next in [second, third, again] {
        elements.extend([PatternElement::Rel(hop(draws)), PatternElement::Node(next)]);
    }
    let found = ClauseKind::Match(matched(vec![path(elements)], None));
    let folded = folded_ends(draws, scope, if is_counted { &[] } else { std::slice::from_ref(&start) });
    [found].into_iter().chain(folded).collect()
}

/// `MATCH (a)-->(c), (b) WHERE a.i = b.i`: what only values join, or lists of them, which may equal lists alone.
fn joined(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    let key = draws.pick(&["i", "t", "m", "f"]);
    let of_both = draws.below(4);
    let (first, second) = (new_node(draws, scope), new_node(draws, scope));
    let names = [&first, &second].map(|end| end.variable.clone().expect("it is named").value);
    let mut elements = vec![PatternElement::Node(first)];
    if draws.once_in(3) {
        elements.extend([PatternElement::Rel(hop(draws)), PatternElement::Node(new_node(draws, scope))]);
    }
    let patterns = vec![path(elements), path(vec![PatternElement::Node(second)])];
    let [one, other] = names.each_ref().map(|name| {
        let value = property(variable(name), key);
        match of_both {
            0 => expr(ExprKind::List(vec![value])),
            1 => expr(ExprKind::List(vec![value, property(variable(name), "i")])),
            _ => value,
        }
    });
    let found = ClauseKind::Match(matched(patterns, Some(comparison(one, ComparisonOp::Equal, other))));
    let folded = draws.once_in(2).then(|| folded_ends(draws, scope, &names));
    [found].into_iter().chain(folded.into_iter().flatten()).collect()
}

/// `MATCH (x)-->(y) MATCH (x)-->(y)`, of nodes that are known by then or not, with labels in WHERE.
fn two_matches(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    let mut names: Vec<String> = Vec::new();
    let mut clauses = Vec::new();
    for _ in 0..2 {
        let mut elements: Vec<PatternElement> = Vec::new();
        for place in 0..=draws.below(3) {
            if place > 0 {
                elements.push(PatternElement::Rel(hop(draws)));
            }
            let again = names.get(draws.below(6)).cloned();
            let found = again.map_or_else(|| new_node(draws, scope), |name| node(Some(&name)));
            names.extend(found.variable.iter().map(|name| name.value.clone()));
            elements.push(PatternElement::Node(found));
        }
        let filter = draws.once_in(2).then(|| {
            let of = variable(&draws.pick(&names)).into();
            expr(ExprKind::HasLabels(of, a_label(draws)))
        });
        clauses.push(ClauseKind::Match(matched(vec![path(elements)], filter)));
    }
    if draws.once_in(2) {
        clauses.extend(folded_ends(draws, scope, &names[..1]));
    }
    clauses
}

/// `MATCH (a), (b) WHERE EXISTS { (a)-[:T*]->(b) }`, or how many relations lie at a node.
fn asked(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    let from = new_node(draws, scope);
    let name = from.variable.clone().expect("it is named").value;
    let known = ClauseKind::Match(matched(vec![path(vec![PatternElement::Node(from)])], None));
    let known_node = || node(Some(&name));
    let inner =
        |from, rel, to| path(vec![PatternElement::Node(from), PatternElement::Rel(rel), PatternElement::Node(to)]);
    let of = |kind, pattern| expr(ExprKind::Subquery(kind, SubqueryBody::Pattern(matched(vec![pattern], None)).into()));
    if draws.once_in(2) {
        let pattern = inner(known_node(), hop(draws), node(None));
        let value = if draws.once_in(2) {
            let (pattern, body) = (pattern.into(), int(1).into());
            call("size", vec![expr(ExprKind::PatternComprehension { pattern, filter: None, body })])
        } else {
            of(SubqueryKind::Count, pattern)
        };
        return vec![known, ClauseKind::Let(vec![(ident(scope.add("l", Kind::Int)), value)])];
    }
    let to = new_node(draws, scope);
    let max = draws.pick(&[None, Some(2), Some(3)]);
    let length = Some(Range { min: draws.pick(&[None, Some(0)]), max, quantifier: false });
    let end = node(to.variable.as_ref().map(|name| name.value.as_str()));
    let walk = RelPattern { length, ..hop(draws) };
    let ways = if draws.once_in(2) { inner(end, walk, known_node()) } else { inner(known_node(), walk, end) };
    let exists = of(SubqueryKind::Exists, ways);
    let is_negated = draws.once_in(3);
    let filter = if is_negated { expr(ExprKind::Unary(UnaryOp::Not, parenthesised(exists).into())) } else { exists };
    vec![known, ClauseKind::Match(matched(vec![path(vec![PatternElement::Node(to)])], Some(filter)))]
}

/// Two nodes that are known, and what leads from one to the other: shortest ways within a bound, or a walk; now and then
/// what follows counts or dedupes the ends, behind a page or without one.
fn between(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    let (from, to) = (scope.add("n", Kind::Node), scope.add("n", Kind::Node));
    let mut an_end = |name: &str| {
        let mut found = node(Some(name));
        found.labels = draws.once_in(4).then(|| a_label(draws));
        found.filter = draws.once_in(3).then(|| both_conditions(draws, name, name).into());
        path(vec![PatternElement::Node(found)])
    };
    let patterns = vec![an_end(&from), an_end(&to)];
    let filter = draws.once_in(2).then(|| both_conditions(draws, &from, &to));
    let modifiers = Vec::new();
    let ends = Match { optional: false, repeatable: false, patterns, modifiers, filter };
    let max = draws.pick(&[Some(2), Some(3), Some(2), Some(1), None]);
    let length = Some(Range { min: None, max, quantifier: false });
    let mut way = RelPattern { length, ..rel(draws, scope, None) };
    way.properties = None;
    way.direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left, Direction::Right]);
    let is_walk = draws.below(3) > 0;
    // A walk may lead to wherever it leads.
    let target = if is_walk && draws.once_in(2) { scope.add("n", Kind::Node) } else { to };
    let elements = vec![
        PatternElement::Node(node(Some(&from))),
        PatternElement::Rel(way),
        PatternElement::Node(node(Some(&target))),
    ];
    let mut found = path(elements);
    if !is_walk {
        let all = draws.once_in(2);
        found.search = if all { PathSearch::AllShortestPaths } else { PathSearch::ShortestPath };
        found.variable = Some(ident(scope.add("p", if all { Kind::Path } else { Kind::SomePath })));
    }
    let way = Match { optional: false, repeatable: false, patterns: vec![found], modifiers: Vec::new(), filter: None };
    let mut clauses = vec![ClauseKind::Match(ends), ClauseKind::Match(way)];
    if draws.below(3) > 0 {
        clauses.extend(folded_ends(draws, scope, &[from, target]));
    }
    clauses
}

/// `(a.i <= 1 AND b.i >= 2)`.
fn both_conditions(draws: &mut Draws, first: &str, second: &str) -> Expr {
    let about = |draws: &mut Draws, name: &str| {
        let op = draws.pick(&[ComparisonOp::LessOrEqual, ComparisonOp::NotEqual, ComparisonOp::GreaterOrEqual]);
        comparison(property(variable(name), "i"), op, int(draws.pick(&[1, 2])))
    };
    binary(BinaryOp::And, about(draws, first), about(draws, second))
}

/// `WITH a.i AS a, b.i AS b ORDER BY a, b LIMIT 2`, or without the page, then how many rows there are or which different ones;
/// of no ends, how many rows there are.
fn folded_ends(draws: &mut Draws, scope: &mut Scope, ends: &[String]) -> Vec<ClauseKind> {
    let mut clauses = Vec::new();
    let item = |expr: Expr, name: &str| ProjectionItem { expr, alias: Some(ident(name)), text: name.to_owned() };
    let projection = |distinct, items, page| Projection { distinct, star: false, items, page, filter: None };
    let mut seen: Vec<(Expr, Kind)> = ends.iter().map(|name| (variable(name), Kind::Node)).collect();
    if !ends.is_empty() && draws.once_in(2) {
        let names: Vec<String> = ends.iter().map(|_| scope.fresh("v")).collect();
        // Nodes have no order, their numbers have one.
        let items = ends.iter().zip(&names).map(|(end, name)| item(property(variable(end), "i"), name)).collect();
        let order = names.iter().map(|name| SortItem { expr: variable(name), descending: false }).collect();
        let page = OrderAndPage { order, limit: Some(int(draws.pick(&[2, 1, 3]))), ..OrderAndPage::default() };
        // A condition behind a page is not one before it.
        let filter = draws.once_in(2).then(|| {
            let op = draws.pick(&[ComparisonOp::GreaterOrEqual, ComparisonOp::NotEqual]);
            comparison(variable(&draws.pick(&names)), op, int(draws.pick(&[1, 2])))
        });
        clauses.push(ClauseKind::With(Projection { filter, ..projection(false, items, page) }));
        seen = names.iter().map(|name| (variable(name), Kind::Int)).collect();
    }
    let distinct = !ends.is_empty() && draws.once_in(3);
    let mut shown: Vec<(ProjectionItem, Kind)> = Vec::new();
    for (value, kind) in seen {
        if distinct || draws.once_in(2) {
            shown.push((item(value, &scope.fresh("v")), kind));
        }
    }
    if !distinct {
        shown.push((item(expr(ExprKind::CountStar), &scope.fresh("v")), Kind::Int));
    }
    *scope = scope.only(shown.iter().map(|(item, kind)| (item.text.clone(), *kind)).collect());
    let items = shown.into_iter().map(|(item, _)| item).collect();
    clauses.push(ClauseKind::With(projection(distinct, items, OrderAndPage::default())));
    clauses
}

/// A walk, and then how many lead from where to where, or which ends there are.
fn walk_and_fold(draws: &mut Draws, scope: &mut Scope) -> Vec<ClauseKind> {
    let found = ClauseKind::Match(walk(draws, scope));
    let nodes = scope.of(Kind::Node);
    let ends = &nodes[nodes.len().saturating_sub(2)..];
    [found].into_iter().chain(if ends.is_empty() { Vec::new() } else { folded_ends(draws, scope, ends) }).collect()
}

/// `MATCH p = (a)-[r]->(b), (c) WHERE …`: what the nodes and relations are, and what joins them, the conditions say.
fn by_conditions(draws: &mut Draws, scope: &mut Scope) -> Match {
    let mut a_node = |draws: &mut Draws| {
        let mut found = node(Some(&scope.add("n", Kind::Node)));
        found.labels = draws.once_in(3).then(|| a_label(draws));
        PatternElement::Node(found)
    };
    let (from, to, other) = (a_node(draws), a_node(draws), a_node(draws));
    let is_walk = draws.once_in(2);
    let direction = draws.pick(&[Direction::Right, Direction::Both, Direction::Left]);
    let length = is_walk.then(|| Range { min: draws.pick(&[None, Some(0)]), max: Some(2), quantifier: false });
    let name = scope.add("r", if is_walk { Kind::Rels } else { Kind::Rel });
    let variable = Some(ident(name));
    let rel =
        RelPattern { span: Span::default(), variable, types: None, direction, length, properties: None, filter: None };
    let mut joined = path(vec![from, PatternElement::Rel(rel), to]);
    joined.variable = draws.once_in(2).then(|| ident(scope.add("p", Kind::Path)));
    let filter = told(draws, scope);
    let patterns = vec![joined, path(vec![other])];
    Match { optional: draws.once_in(2), repeatable: false, patterns, modifiers: Vec::new(), filter }
}
