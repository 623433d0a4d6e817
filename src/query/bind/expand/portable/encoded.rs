//! A graph as statements of openCypher that build it anew in the portable [encoding](super::encoding).

use std::cell::RefCell;
use std::fmt::Write;

use super::encoding::quoted;
use crate::graph::{Graph, reading};
use crate::model::{EdgeId, NodeId, Value};
use crate::query::functions::{self, Context, FixedClock, Random, SeededRandom};
use crate::query::syntax::ast::{Expr, ExprKind, LabelExpr, NodePattern};
use crate::query::syntax::print;
use crate::source::{Span, Spanned};
use crate::time::{Day, Stance};

type Entry = (String, Expr);

/// The statements, each ended by `;`: nodes first, then relationships, which find their ends by id.
#[must_use]
pub fn encoded(graph: &Graph) -> String {
    let mut script = String::new();
    for node in graph.nodes() {
        let pattern = print::node(&node_pattern(graph, node));
        writeln!(script, "CREATE {pattern};").expect("a String takes any text");
    }
    for edge in graph.edges().filter(|edge| graph.is_backed(*edge)) {
        let end = |node| quoted(graph.slug(node).unwrap_or_default());
        let (from, to) = (end(graph.source(edge)), end(graph.target(edge)));
        let relation =
            LabelExpr::Name(Spanned::new(graph.type_name(graph.edge_type(edge)).to_string(), Span::default()));
        // A node pattern prints labels and properties as a relationship does.
        let detail = NodePattern {
            labels: Some(relation),
            properties: Some(Box::new(map(relationship(graph, edge)))),
            ..NodePattern::default()
        };
        let detail = print::node(&detail);
        let detail = &detail[1..detail.len() - 1];
        writeln!(script, "MATCH (a {{id: {from}}}), (b {{id: {to}}}) CREATE (a)-[{detail}]->(b);")
            .expect("a String takes any text");
    }
    script
}

fn node_pattern(graph: &Graph, node: NodeId) -> NodePattern {
    let names = graph.labels_of(node).iter().map(|label| graph.label_name(*label).to_string());
    let labels = names.map(|name| LabelExpr::Name(Spanned::new(name, Span::default())));
    let labels = labels.reduce(|all, each| LabelExpr::And(Box::new(all), Box::new(each)));
    let mut entries = own(graph.node_properties(node).into_iter().map(|(key, value)| (graph.key_name(key), value)));
    let mut set = |key: &str, value: Expr| {
        entries.retain(|(known, _)| known != key);
        entries.push((key.to_owned(), value));
    };
    set("id", text(graph.slug(node).unwrap_or_default()));
    set("name", text(&graph.name_of(node)));
    set("names", list(graph.names_of(node).map(|name| text(name.text))));
    let life = graph.lifetime(node);
    for (key, day) in [("s1", life.s1), ("s2", life.s2), ("e1", life.e1), ("e2", life.e2)] {
        set(key, int(day));
    }
    NodePattern { labels, properties: Some(Box::new(map(entries))), ..NodePattern::default() }
}

fn relationship(graph: &Graph, edge: EdgeId) -> Vec<Entry> {
    let mut entries = own(graph.edge_properties(edge).into_iter().map(|(key, value)| (graph.key_name(key), value)));
    let clock = FixedClock(0);
    let random: &RefCell<dyn Random> = &RefCell::new(SeededRandom(0));
    let context = Context { graph, clock: &clock, random };
    let read = |function: &str| {
        let function = functions::find(function).expect("the encoding reads functions of the registry");
        function.call(&context, &[Value::Rel(edge)]).unwrap_or(Value::Null)
    };
    let (since, until) = (read("since"), read("until"));
    let ended = if until.is_null() { since.clone() } else { until.clone() };
    if let Value::Edtf(date) = &since {
        let first = date.earliest();
        entries.push(("since_at".to_owned(), int(if first == Day::MIN { Day::MAX } else { first })));
    }
    if let Value::Edtf(date) = &ended {
        let last = date.latest();
        entries.push(("ended_at".to_owned(), int(if last == Day::MAX { Day::MIN } else { last })));
    }
    let computed = [("since", since), ("until", until), ("ended", ended), ("roles", read("roles"))];
    let computed = computed.into_iter().chain([("timeClass", read("timeClass")), ("certainty", read("certainty"))]);
    entries.extend(computed.filter_map(|(key, value)| Some((key.to_owned(), expr(&value)?))));
    entries.extend(claims(graph, edge));
    entries
}

/// The live claims as parallel lists.
fn claims(graph: &Graph, edge: EdgeId) -> Vec<Entry> {
    const KEYS: [&str; 13] = [
        "source",
        "origin",
        "voice",
        "wording",
        "stance",
        "reliability",
        "credibility",
        "published",
        "s1",
        "s2",
        "e1",
        "e2",
        "dated",
    ];
    let mut columns: Vec<Vec<Expr>> = vec![Vec::new(); KEYS.len()];
    let mut push = |row: [Expr; 13]| {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    };
    for claim in graph.claims_of_edge(edge).map(|claim| graph.claim(claim)) {
        let Some(reading) = reading(&claim) else { continue };
        let source = graph.source_record(claim.source);
        let voice = claim.attributed_to.and_then(|node| graph.slug(node)).unwrap_or_default();
        let published = graph.published_by(claim.source).unwrap_or(Day::MAX);
        let grade = source.reliability.get(..1).unwrap_or_default().to_uppercase();
        let bounds = reading.bounds;
        push([
            text(source.id),
            text(source.origin),
            text(voice),
            text(claim.wording.word()),
            text(stance_word(reading.stance)),
            text(&grade),
            Expr { span: Span::default(), kind: ExprKind::Int(claim.credibility.into()) },
            int(published),
            int(bounds.s1),
            int(bounds.s2),
            int(bounds.e1),
            int(bounds.e2),
            boolean(functions::is_dated(&claim)),
        ]);
    }
    if columns[0].is_empty() {
        let bounds = graph.edge_time(edge).window.bounds;
        let none = || text("");
        let zero = Expr { span: Span::default(), kind: ExprKind::Int(0) };
        let days = [bounds.s1, bounds.s2, bounds.e1, bounds.e2].map(int);
        let [s1, s2, e1, e2] = days;
        let (wording, stance) = (text("asserted"), text("firm"));
        columns =
            [none(), none(), none(), wording, stance, none(), zero, int(Day::MAX), s1, s2, e1, e2, boolean(false)]
                .map(|value| vec![value])
                .to_vec();
    }
    KEYS.iter().zip(columns).map(|(key, values)| (format!("claim_{key}"), list(values))).collect()
}

/// How a claim takes a stand, as far as certainty goes.
fn stance_word(stance: Stance) -> &'static str {
    match (stance.asserts(), stance.can_be_certain()) {
        (true, true) => "firm",
        (true, false) => "weak",
        (false, true) => "denied",
        (false, false) => "mute",
    }
}

fn own<'g>(properties: impl Iterator<Item = (&'g std::sync::Arc<str>, Value)>) -> Vec<Entry> {
    properties.filter_map(|(key, value)| Some((key.to_string(), expr(&value)?))).collect()
}

fn text(text: &str) -> Expr {
    Expr { span: Span::default(), kind: ExprKind::Text(text.to_owned()) }
}

fn list(items: impl IntoIterator<Item = Expr>) -> Expr {
    Expr { span: Span::default(), kind: ExprKind::List(items.into_iter().collect()) }
}

fn map(entries: Vec<Entry>) -> Expr {
    let entries = entries.into_iter().map(|(key, value)| (Spanned::new(key, Span::default()), value));
    Expr { span: Span::default(), kind: ExprKind::Map(entries.collect()) }
}

fn boolean(is: bool) -> Expr {
    Expr { span: Span::default(), kind: ExprKind::Bool(is) }
}

fn int(day: Day) -> Expr {
    signed(day.0.into())
}

fn signed(number: i64) -> Expr {
    let kind = ExprKind::Int(number.unsigned_abs());
    let expr = Expr { span: Span::default(), kind };
    if number >= 0 {
        return expr;
    }
    let kind = ExprKind::Unary(crate::query::syntax::ast::UnaryOp::Minus, Box::new(expr));
    Expr { span: Span::default(), kind }
}

/// A value as a literal; dates become text. What other engines keep in no property is left out.
fn expr(value: &Value) -> Option<Expr> {
    let kind = match value {
        Value::Bool(is) => ExprKind::Bool(*is),
        Value::Int(number) => return Some(signed(*number)),
        Value::Float(number) if number.is_finite() && *number >= 0.0 => ExprKind::Float(*number),
        Value::Text(text) => ExprKind::Text(text.to_string()),
        Value::Edtf(date) => ExprKind::Text(date.to_string()),
        Value::List(items) => ExprKind::List(items.iter().filter_map(expr).collect()),
        _ => return None,
    };
    Some(Expr { span: Span::default(), kind })
}
