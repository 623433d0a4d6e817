//! Queries that write: what they make, and whether the graph behind them is the one that the naive matcher makes.
//!
//! What is new has no place in the random graph; it is called by what it is (labels, type, properties), so that two
//! graphs agree if they hold the same things, the old ones each in its place.

use griot::graph::Graph;
use griot::model::{EdgeId, NodeId, Value};
use griot::query::syntax::ast::{
    BinaryOp, ClauseKind, Direction, Expr, ExprKind, Mode, NodePattern, Part, PathPattern, PatternElement, Query,
    RelPattern, RemoveItem, Script, SetItem,
};
use griot::source::Span;

use super::answers::{Names, node_name, rel_name, shown, shown_row};
use super::case::{Case, parameters};
use super::draws::Draws;
use super::expressions::{Kind, Scope, expression};
use super::graphs::{LABELS, Stored, TYPES};
use super::naive::{self, Fault, RowOrder};
use super::queries::{RandomQuery, clause, match_clause, placed, projection};
use super::tree::{binary, expr, ident, int, label, node, path, property, variable};

/// Reading clauses, writing clauses, now and then WITH and MATCH behind them, and RETURN.
pub fn query(reading: &[Vec<u16>], writing: &[Vec<u16>], last: &[u16]) -> RandomQuery {
    let mut scope = Scope::default();
    let mut body = Vec::new();
    for numbers in reading.iter().take(2) {
        body.extend(clause(&mut Draws::new(numbers), &mut scope, false).map(placed));
    }
    for numbers in writing {
        body.push(placed(writing_clause(&mut Draws::new(numbers), &mut scope)));
    }
    let mut draws = Draws::new(last);
    if draws.once_in(2) {
        body.push(placed(ClauseKind::With(projection(&mut draws, &mut scope, true).0)));
        let optional = draws.once_in(2);
        body.push(placed(match_clause(&mut draws, &mut scope, optional)));
    }
    let (mut returned, kinds) = projection(&mut draws, &mut scope, false);
    if !draws.once_in(4) {
        returned.page.skip = None;
        returned.page.limit = None;
    }
    body.push(placed(ClauseKind::Return(returned)));
    let first = Part { span: Span::default(), clauses: body };
    let query = Query { span: Span::default(), mode: Mode::Run, first, unions: Vec::new(), export: None };
    let bags = kinds.into_iter().map(Kind::is_bag).collect();
    RandomQuery { script: Script { queries: vec![query] }, bags, writes: true }
}

// ---- what is written ----

fn writing_clause(draws: &mut Draws, scope: &mut Scope) -> ClauseKind {
    match draws.below(10) {
        0..=1 => create(draws, scope),
        2..=4 => merge(draws, scope),
        // Without a node or relation in scope there is nothing to set.
        5..=7 if owner(&mut Draws::new(&[]), scope).is_none() => create(draws, scope),
        5..=6 => ClauseKind::Set(some(draws, |draws| set_item(draws, scope))),
        7 => ClauseKind::Remove(some(draws, |draws| remove_item(draws, scope))),
        8 => delete(draws, scope),
        _ => foreach(draws, scope),
    }
}

fn some<T>(draws: &mut Draws, mut one: impl FnMut(&mut Draws) -> Option<T>) -> Vec<T> {
    let count = 1 + draws.below(2);
    (0..count).filter_map(|_| one(draws)).collect()
}

/// A value that hangs on the row alone: what a clause makes of one row must not hang on the rows before.
fn value(draws: &mut Draws, scope: &Scope, kind: Kind) -> Expr {
    let plain = expression(draws, scope, kind, 0);
    if kind == Kind::Int && draws.once_in(4) { binary(BinaryOp::Add, plain, int(1)) } else { plain }
}

fn map(draws: &mut Draws, scope: &Scope) -> Expr {
    let mut entries = vec![(ident("i"), value(draws, scope, Kind::Int))];
    if draws.once_in(3) {
        entries.push((ident("t"), value(draws, scope, Kind::Text)));
    }
    expr(ExprKind::Map(entries))
}

fn new_node(draws: &mut Draws, scope: &Scope, named: &mut Vec<(String, Kind)>) -> NodePattern {
    let name = scope.fresh("n");
    let mut found = node(Some(&name));
    found.labels = draws.once_in(2).then(|| label(LABELS[draws.below(LABELS.len())]));
    found.properties = draws.once_in(2).then(|| map(draws, scope).into());
    named.push((name, Kind::Node));
    found
}

fn a_node(draws: &mut Draws, scope: &Scope, named: &mut Vec<(String, Kind)>) -> NodePattern {
    let known = scope.of(Kind::Node);
    if known.is_empty() || draws.once_in(4) { new_node(draws, scope, named) } else { node(Some(&draws.pick(&known))) }
}

/// `(a)-[r:T {i: …}]->(b)`.
fn relation(draws: &mut Draws, scope: &mut Scope, undirected: bool) -> PathPattern {
    let mut named = Vec::new();
    let first = a_node(draws, scope, &mut named);
    let name = scope.fresh("r");
    let direction = draws.pick(&[Direction::Right, Direction::Left]);
    let rel = RelPattern {
        span: Span::default(),
        variable: Some(ident(name.as_str())),
        types: Some(label(TYPES[draws.below(TYPES.len())])),
        direction: if undirected { Direction::Both } else { direction },
        length: None,
        properties: draws.once_in(3).then(|| map(draws, scope).into()),
        filter: None,
    };
    let last = a_node(draws, scope, &mut named);
    named.push((name, Kind::Rel));
    scope.variables.extend(named);
    path(vec![PatternElement::Node(first), PatternElement::Rel(rel), PatternElement::Node(last)])
}

fn single(draws: &mut Draws, scope: &mut Scope) -> PathPattern {
    let mut named = Vec::new();
    let found = new_node(draws, scope, &mut named);
    scope.variables.extend(named);
    path(vec![PatternElement::Node(found)])
}

fn create(draws: &mut Draws, scope: &mut Scope) -> ClauseKind {
    let pattern = if draws.once_in(2) { single(draws, scope) } else { relation(draws, scope, false) };
    ClauseKind::Create(vec![pattern])
}

fn merge(draws: &mut Draws, scope: &mut Scope) -> ClauseKind {
    let undirected = draws.once_in(3);
    let pattern = if draws.once_in(2) { single(draws, scope) } else { relation(draws, scope, undirected) };
    let items = |draws: &mut Draws| {
        if draws.once_in(2) { some(draws, |draws| set_item(draws, scope)) } else { Vec::new() }
    };
    let (on_create, on_match) = (items(draws), items(draws));
    ClauseKind::Merge { pattern, on_create, on_match }
}

/// A node or relation in scope.
fn owner(draws: &mut Draws, scope: &Scope) -> Option<(String, Kind)> {
    let owners: Vec<_> =
        scope.variables.iter().filter(|(_, kind)| matches!(kind, Kind::Node | Kind::Rel)).cloned().collect();
    (!owners.is_empty()).then(|| draws.pick(&owners))
}

/// Properties keep their meaning: `i` holds whole numbers, `t` strings, `f` fractions, `m` anything.
fn set_item(draws: &mut Draws, scope: &Scope) -> Option<SetItem> {
    let (name, kind) = owner(draws, scope)?;
    Some(match draws.below(8) {
        0..=3 => {
            let keys = [("i", Kind::Int), ("t", Kind::Text), ("f", Kind::Float), ("d", Kind::Date), ("m", Kind::Any)];
            let (key, kind) = draws.pick(&keys);
            SetItem::Property { target: property(variable(&name), key), value: value(draws, scope, kind) }
        }
        4 => SetItem::Replace { target: ident(name), value: map(draws, scope) },
        5 => SetItem::Merge { target: ident(name), value: map(draws, scope) },
        _ if kind == Kind::Node => {
            SetItem::Labels { target: ident(name), labels: vec![ident(LABELS[draws.below(LABELS.len())])] }
        }
        _ => SetItem::Property { target: property(variable(&name), "i"), value: int(7) },
    })
}

fn remove_item(draws: &mut Draws, scope: &Scope) -> Option<RemoveItem> {
    let (name, kind) = owner(draws, scope)?;
    Some(if kind == Kind::Node && draws.once_in(2) {
        RemoveItem::Labels { target: ident(name), labels: vec![ident(LABELS[draws.below(LABELS.len())])] }
    } else {
        let key = draws.pick(&["i", "t", "f", "m"]);
        RemoveItem::Property(property(variable(&name), key))
    })
}

/// Behind a DELETE nobody looks at nodes, relations and what may hold them.
fn delete(draws: &mut Draws, scope: &mut Scope) -> ClauseKind {
    let paths = scope.of(Kind::Path);
    let path = (!paths.is_empty() && draws.once_in(3)).then(|| draws.pick(&paths));
    let target = path.or_else(|| owner(draws, scope).map(|(name, _)| name));
    let targets: Vec<Expr> = target.map(|name| variable(&name)).into_iter().collect();
    scope.variables.retain(|(_, kind)| {
        matches!(kind, Kind::Int | Kind::Text | Kind::Float | Kind::Bool | Kind::Date | Kind::Clock(_) | Kind::Ints)
    });
    let detach = !draws.once_in(3);
    ClauseKind::Delete { detach, targets: if targets.is_empty() { vec![expr(ExprKind::Null)] } else { targets } }
}

fn foreach(draws: &mut Draws, scope: &Scope) -> ClauseKind {
    let list = expression(draws, scope, Kind::Ints, 1);
    let mut inner = scope.clone();
    let name = inner.add("e", Kind::Int);
    let body = match draws.below(3) {
        0 => create(draws, &mut inner),
        1 => merge(draws, &mut inner),
        _ => match set_item(draws, &inner) {
            Some(item) => ClauseKind::Set(vec![item]),
            None => create(draws, &mut inner),
        },
    };
    ClauseKind::Foreach { variable: ident(name), list, body: vec![placed(body)] }
}

// ---- what became of it ----

/// A graph and an answer as texts, in an order of their own.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    nodes: Vec<String>,
    rels: Vec<String>,
}

impl Outcome {
    fn sorted(mut self) -> Self {
        self.rows.sort();
        self.nodes.sort();
        self.rels.sort();
        self
    }

    /// To be read by people.
    pub fn shown(&self) -> String {
        let rows: Vec<_> = self.rows.iter().map(|row| format!("    | {} |", row.join(" | "))).collect();
        format!("{}\n    nodes {}\n    relations {}", rows.join("\n"), self.nodes.join(" "), self.rels.join(" "))
    }
}

fn properties<'v>(of: impl Iterator<Item = (String, &'v Value)>) -> String {
    let nobody = Names { node: &|_| "?".to_owned(), rel: &|_| "?".to_owned() };
    let mut entries: Vec<_> = of.map(|(key, value)| format!("{key}: {}", shown(value, false, &nobody))).collect();
    entries.sort();
    format!("{{{}}}", entries.join(", "))
}

fn plain_outcome(written: &naive::Written, before: &naive::Graph, bags: &[bool]) -> Outcome {
    let graph = &written.graph;
    let node_text = |place: usize| {
        let node = &graph.nodes[place];
        let labels: String = node.labels.iter().flat_map(|label| [":", label.as_str()]).collect();
        format!("{labels} {}", properties(node.properties.iter().map(|(key, value)| (key.clone(), value))))
    };
    let rel_text = |place: usize| {
        let rel = &graph.rels[place];
        format!(":{} {}", rel.kind, properties(rel.properties.iter().map(|(key, value)| (key.clone(), value))))
    };
    let node = |id: NodeId| {
        let place = id.index();
        if place < before.nodes.len() { node_name(place) } else { format!("(new{})", node_text(place)) }
    };
    let rel = |id: EdgeId| {
        let place = id.index();
        if place < before.rels.len() { rel_name(place) } else { format!("[new{}]", rel_text(place)) }
    };
    let names = Names { node: &node, rel: &rel };
    let ends = |place: usize| {
        let rel = &graph.rels[place];
        format!("{}->{}", node(NodeId::from_index(rel.source)), node(NodeId::from_index(rel.target)))
    };
    let rels = (0..graph.rels.len()).filter(|place| !graph.rels[*place].is_gone);
    Outcome {
        columns: written.table.columns.clone(),
        rows: written.table.rows.iter().map(|row| shown_row(row, bags, &names)).collect(),
        nodes: graph.present().map(|at| node(NodeId::from_index(at)) + &node_text(at)).collect(),
        rels: rels.map(|at| rel(EdgeId::from_index(at)) + &rel_text(at) + &ends(at)).collect(),
    }
    .sorted()
}

/// What the engine made of a case.
pub fn stored_outcome(
    (columns, rows): (Vec<String>, &[Vec<Value>]),
    graph: &Graph,
    stored: &Stored,
    bags: &[bool],
) -> Outcome {
    let keyed = |found: Vec<(griot::model::KeyId, Value)>| {
        let found: Vec<_> = found.into_iter().filter(|(_, value)| !value.is_null()).collect();
        properties(found.iter().map(|(key, value)| (graph.key_name(*key).to_string(), value)))
    };
    let node_text = |id: NodeId| {
        let mut labels: Vec<_> =
            graph.labels_of(id).iter().map(|label| format!(":{}", graph.label_name(*label))).collect();
        labels.sort();
        format!("{} {}", labels.concat(), keyed(graph.node_properties(id)))
    };
    let rel_text =
        |id: EdgeId| format!(":{} {}", graph.type_name(graph.edge_type(id)), keyed(graph.edge_properties(id)));
    let node =
        |id: NodeId| stored.nodes.get(&id).map_or_else(|| format!("(new{})", node_text(id)), |place| node_name(*place));
    let rel =
        |id: EdgeId| stored.rels.get(&id).map_or_else(|| format!("[new{}]", rel_text(id)), |place| rel_name(*place));
    let names = Names { node: &node, rel: &rel };
    let ends = |id: EdgeId| format!("{}->{}", node(graph.source(id)), node(graph.target(id)));
    Outcome {
        columns,
        rows: rows.iter().map(|row| shown_row(row, bags, &names)).collect(),
        nodes: graph.nodes().map(|id| node(id) + &node_text(id)).collect(),
        rels: graph.edges().map(|id| rel(id) + &rel_text(id) + &ends(id)).collect(),
    }
    .sorted()
}

/// In how many orders beside forth and back the rows of a writing clause are taken.
const ORDERS: usize = 6;

/// What the naive matcher makes of a case that writes; `None` where it is left open, or the order of rows decides.
pub fn expected(case: &Case) -> Option<Result<Outcome, String>> {
    let parameters = parameters();
    let (plain, bags) = (&case.graph.plain, &case.query.bags);
    let run = |order| match naive::written(plain, &case.query.script.queries[0], &parameters, order) {
        Ok(written) => Some(Ok(plain_outcome(&written, plain, bags))),
        Err(Fault::Error(reason)) => Some(Err(reason)),
        Err(Fault::Unspecified(_)) => None,
    };
    let expected = run(RowOrder::Forward)?;
    let others = [RowOrder::Backward].into_iter().chain((0..ORDERS).map(RowOrder::Shuffled));
    for order in others {
        match (&expected, run(order)?) {
            (Err(_), Err(_)) => {}
            (Ok(expected), Ok(other)) if *expected == other => {}
            _ => return None,
        }
    }
    Some(expected)
}
