//! Random queries: clauses that keep account of their scope.

use griot::query::syntax::ast::{
    BinaryOp, Clause, ClauseKind, Expr, ExprKind, Match, Mode, OrderAndPage, Part, Projection, ProjectionItem, Query,
    Script, SortItem, Subquery, Union,
};
use griot::source::Span;

use super::draws::Draws;
use super::expressions::{Kind, Scope, a_clock, expression, filter};
use super::patterns::{Wanted, pattern};
use super::routes::{searched, walk};
use super::shapes::shape;
use super::tree::{aggregate, binary, call, expr, ident, int, variable};

/// A query, and what its columns hold.
pub struct RandomQuery {
    /// The query.
    pub script: Script,
    /// Which columns are lists in no certain order.
    pub bags: Vec<bool>,
    /// Whether it changes the graph.
    pub writes: bool,
}

/// A query: a clause for each list of numbers, then RETURN; with a second part, a UNION of the two.
pub fn query(clauses: &[Vec<u16>], last: &[u16], second: &[u16]) -> RandomQuery {
    let mut scope = Scope::default();
    let mut body: Vec<Clause> = Vec::new();
    for numbers in clauses {
        let mut draws = Draws::new(numbers);
        let kinds = if draws.once_in(3) {
            shape(&mut draws, &mut scope)
        } else {
            clause(&mut draws, &mut scope, true).into_iter().collect()
        };
        body.extend(kinds.into_iter().map(placed));
    }
    let mut draws = Draws::new(last);
    let union = (!second.is_empty()).then_some(second);
    let (projection, kinds) = match union {
        // Parts of a union are compared as a whole: whole numbers only, and no page.
        Some(_) => columns(&mut draws, &scope),
        None => projection(&mut draws, &mut scope, false),
    };
    body.push(placed(ClauseKind::Return(projection)));
    let unions = union.map(|numbers| {
        let mut draws = Draws::new(numbers);
        let mut scope = Scope::default();
        let joined = draws.pick(&[Union::All, Union::Distinct]);
        let first = clause(&mut draws, &mut scope, false).map(placed);
        let last = placed(ClauseKind::Return(columns(&mut draws, &scope).0));
        (joined, Part { span: Span::default(), clauses: first.into_iter().chain([last]).collect() })
    });
    let query = Query {
        span: Span::default(),
        mode: Mode::Run,
        first: Part { span: Span::default(), clauses: body },
        unions: unions.into_iter().collect(),
        export: None,
    };
    let bags = kinds.into_iter().map(Kind::is_bag).collect();
    RandomQuery { script: Script { queries: vec![query] }, bags, writes: false }
}

/// A clause without a place.
pub fn placed(kind: ClauseKind) -> Clause {
    Clause { span: Span::default(), kind }
}

/// A reading clause.
pub fn clause(draws: &mut Draws, scope: &mut Scope, subqueries: bool) -> Option<ClauseKind> {
    Some(match draws.below(19) {
        0..=4 => match_clause(draws, scope, false),
        5..=6 => match_clause(draws, scope, true),
        7 => {
            let list = expression(draws, scope, Kind::Ints, 2);
            ClauseKind::Unwind { list, alias: ident(scope.add("u", Kind::Int)) }
        }
        8..=9 => ClauseKind::With(projection(draws, scope, true).0),
        10 | 13..=15 => ClauseKind::Match(searched(draws, scope)),
        11 => {
            let clock = a_clock(draws);
            let kind = draws.pick(&[Kind::Int, Kind::Text, Kind::Any, Kind::Ints, Kind::Bool, Kind::Map, clock]);
            let value = expression(draws, scope, kind, 2);
            ClauseKind::Let(vec![(ident(scope.add("l", kind)), value)])
        }
        12 => ClauseKind::Filter(filter(draws, scope, 2)),
        17..=18 => ClauseKind::Match(walk(draws, scope)),
        _ if subqueries => subquery(draws, scope),
        _ => return None,
    })
}

/// A MATCH.
pub fn match_clause(draws: &mut Draws, scope: &mut Scope, optional: bool) -> ClauseKind {
    let mut patterns = Vec::new();
    let clause = scope.clone();
    for _ in 0..=usize::from(draws.once_in(4)) {
        let before = scope.variables.clone();
        let mut found = pattern(draws, scope, &clause, Wanted::Clause);
        if draws.once_in(5) {
            found.variable = Some(ident(scope.add("p", Kind::Path)));
        }
        // A bound relation of this clause must not stand in its next pattern.
        let rels: Vec<String> =
            before.iter().filter(|(_, kind)| *kind == Kind::Rel).map(|(name, _)| name.clone()).collect();
        let again = scope.variables.iter().skip(before.len()).any(|(name, _)| rels.contains(name));
        patterns.push(found);
        if again || scope.variables.iter().skip(before.len()).any(|(_, kind)| *kind == Kind::Rel) {
            break;
        }
    }
    scope.variables.sort();
    scope.variables.dedup();
    let filter = draws.once_in(2).then(|| filter(draws, scope, 3));
    ClauseKind::Match(Match { optional, repeatable: false, patterns, modifiers: Vec::new(), filter })
}

/// `CALL (n) { MATCH … RETURN … }`.
fn subquery(draws: &mut Draws, scope: &mut Scope) -> ClauseKind {
    let import_all = draws.once_in(5);
    let imports: Vec<(String, Kind)> =
        scope.variables.iter().filter(|_| import_all || draws.once_in(2)).cloned().collect();
    let mut inner = scope.only(imports.clone());
    // The old way: a leading WITH.
    let by_with = !import_all && !imports.is_empty() && draws.once_in(3);
    let with = by_with.then(|| {
        let items = imports.iter().map(|(name, _)| item(variable(name), name)).collect();
        let page = OrderAndPage::default();
        placed(ClauseKind::With(Projection { distinct: false, star: false, items, page, filter: None }))
    });
    let optional = draws.once_in(4);
    let first = placed(match_clause(draws, &mut inner, optional));
    let (mut projection, kinds) = projection(draws, &mut inner, true);
    projection.filter = None;
    // Columns must be new around the call.
    for (item, kind) in projection.items.iter_mut().zip(kinds) {
        item.alias = Some(ident(scope.add("c", kind)));
    }
    projection.page = OrderAndPage::default();
    let part = Part {
        span: Span::default(),
        clauses: with.into_iter().chain([first, placed(ClauseKind::Return(projection))]).collect(),
    };
    let query = Query { span: Span::default(), mode: Mode::Run, first: part, unions: Vec::new(), export: None };
    ClauseKind::Subquery(Subquery {
        optional: draws.once_in(4),
        imports: (!by_with && !import_all).then(|| imports.into_iter().map(|(name, _)| ident(name)).collect()),
        import_all,
        query: query.into(),
    })
}

/// The two columns of a part of a union.
fn columns(draws: &mut Draws, scope: &Scope) -> (Projection, Vec<Kind>) {
    let kinds = [Kind::Int, Kind::Any];
    let items = kinds.iter().zip(["a", "b"]).map(|(kind, name)| item(expression(draws, scope, *kind, 1), name));
    let projection = Projection {
        distinct: false,
        star: false,
        items: items.collect(),
        page: OrderAndPage::default(),
        filter: None,
    };
    (projection, kinds.to_vec())
}

fn item(expr: Expr, name: &str) -> ProjectionItem {
    ProjectionItem { expr, alias: Some(ident(name)), text: name.to_owned() }
}

/// WITH (which may be followed by WHERE) or RETURN; the scope becomes what it shows. The kinds of the columns.
pub fn projection(draws: &mut Draws, scope: &mut Scope, with: bool) -> (Projection, Vec<Kind>) {
    let distinct = draws.once_in(5);
    let grouping = !distinct && draws.once_in(3);
    let mut shown: Vec<(ProjectionItem, Kind)> = Vec::new();
    // Now and then all that is known: whatever went wrong before shows.
    if !with && !distinct && !grouping && draws.once_in(2) {
        let known = scope.variables.iter().filter(|(_, kind)| *kind != Kind::SomePath);
        shown.extend(known.map(|(name, kind)| (item(variable(name), &scope.fresh("v")), *kind)));
    }
    let more = if shown.is_empty() { 1 + draws.below(3) } else { 0 };
    for _ in 0..more {
        let folded = grouping && (shown.is_empty() || draws.once_in(2));
        let (value, kind) =
            if folded { folded_value(draws, scope) } else { shown_value(draws, scope, distinct || grouping) };
        let name = scope.fresh("v");
        shown.push((item(value, &name), kind));
    }
    let mut after = scope.only(Vec::new());
    after.variables.extend(shown.iter().map(|(item, kind)| (item.text.clone(), *kind)));
    let sortable = if distinct || grouping {
        after.clone()
    } else {
        scope.only([scope.variables.clone(), after.variables.clone()].concat())
    };
    let page = page(draws, &after, &sortable);
    // A condition behind a page is not one before it.
    let filter = (with && draws.once_in(if page.limit.is_some() { 2 } else { 4 })).then(|| filter(draws, &after, 2));
    *scope = after;
    let (items, kinds) = shown.into_iter().unzip();
    (Projection { distinct, star: false, items, page, filter }, kinds)
}

/// A value to show: a variable as it is, or something computed.
fn shown_value(draws: &mut Draws, scope: &Scope, grouped: bool) -> (Expr, Kind) {
    let known: Vec<_> = scope
        .variables
        .iter()
        .filter(|(_, kind)| *kind != Kind::SomePath && (!grouped || kind.groups()))
        .cloned()
        .collect();
    if !known.is_empty() && draws.below(2) == 0 {
        let (name, kind) = draws.pick(&known);
        return (variable(&name), kind);
    }
    let node = scope.of(Kind::Node);
    let path = scope.of(Kind::Path);
    let clock = a_clock(draws);
    let kinds = [Kind::Int, Kind::Any, Kind::Text, Kind::Bool, Kind::Ints, Kind::Float, Kind::Map, Kind::Date, clock];
    let kind = draws.pick(&kinds);
    match draws.below(8) {
        6 if !node.is_empty() && !grouped => {
            let name = draws.pick(&["labels", "keys"]);
            (call(name, vec![variable(&draws.pick(&node))]), Kind::Bag)
        }
        7 if !path.is_empty() => {
            let path = variable(&draws.pick(&path));
            if draws.once_in(2) {
                (call("nodes", vec![path]), Kind::Nodes)
            } else {
                (call("relationships", vec![path]), Kind::Rels)
            }
        }
        5 if !grouped => (expression(draws, scope, Kind::BagOfInts, 2), Kind::BagOfInts),
        _ => (expression(draws, scope, kind, 3), kind),
    }
}

/// An aggregate, or something around one.
fn folded_value(draws: &mut Draws, scope: &Scope) -> (Expr, Kind) {
    let distinct = draws.once_in(4);
    let countable: Vec<_> = scope.variables.iter().filter(|(_, kind)| kind.groups()).cloned().collect();
    match draws.below(12) {
        9 => {
            let name = draws.pick(&["stDev", "stDevP"]);
            (aggregate(name, distinct, expression(draws, scope, Kind::Int, 1)), Kind::Float)
        }
        10 => (percentile(draws, scope, "percentileDisc", distinct), Kind::Int),
        11 => (percentile(draws, scope, "percentileCont", distinct), Kind::Float),
        0 => (expr(ExprKind::CountStar), Kind::Int),
        1 if !countable.is_empty() => {
            let (name, _) = draws.pick(&countable);
            (aggregate("count", distinct, variable(&name)), Kind::Int)
        }
        1..=2 => (aggregate("sum", distinct, expression(draws, scope, Kind::Int, 1)), Kind::Int),
        3 => {
            let name = draws.pick(&["min", "max"]);
            let clock = a_clock(draws);
            let kind = draws.pick(&[Kind::Int, Kind::Text, Kind::Any, Kind::Date, clock]);
            (aggregate(name, distinct, expression(draws, scope, kind, 1)), kind)
        }
        4 => (aggregate("collect", distinct, expression(draws, scope, Kind::Int, 1)), Kind::BagOfInts),
        5 if !countable.is_empty() => {
            let (name, _) = draws.pick(&countable);
            (aggregate("collect", distinct, variable(&name)), Kind::Bag)
        }
        5..=6 => (aggregate("avg", distinct, expression(draws, scope, Kind::Int, 1)), Kind::Float),
        7 => (binary(BinaryOp::Add, expr(ExprKind::CountStar), int(1)), Kind::Int),
        _ => {
            let collected = aggregate("collect", distinct, expression(draws, scope, Kind::Any, 1));
            (call("size", vec![collected]), Kind::Int)
        }
    }
}

fn percentile(draws: &mut Draws, scope: &Scope, name: &str, distinct: bool) -> Expr {
    let part = expr(ExprKind::Float(draws.pick(&[0.5, 0.0, 1.0, 0.25, 0.9])));
    let args = vec![expression(draws, scope, Kind::Int, 1), part];
    expr(ExprKind::Call { name: ident(name), distinct, args })
}

/// ORDER BY, SKIP, LIMIT. A page comes only behind an order of all columns; where the order is not certain all the
/// same, the naive matcher says so.
fn page(draws: &mut Draws, shown: &Scope, sortable: &Scope) -> OrderAndPage {
    let mut page = OrderAndPage::default();
    if !draws.once_in(3) {
        return page;
    }
    if draws.once_in(2) {
        let kind = draws.pick(&[Kind::Int, Kind::Any, Kind::Text]);
        page.order.push(SortItem { expr: expression(draws, sortable, kind, 1), descending: draws.once_in(2) });
        return page;
    }
    for (name, kind) in &shown.variables {
        if kind.groups() {
            page.order.push(SortItem { expr: variable(name), descending: draws.once_in(2) });
        }
    }
    if page.order.len() == shown.variables.len() {
        let count = |draws: &mut Draws| draws.pick(&[1, 2, 0, 4]);
        page.skip = draws.once_in(3).then(|| int(count(draws)));
        page.limit = (draws.below(4) > 0).then(|| int(count(draws)));
    }
    page
}
