//! Figures: what sources count of a node. They are not averaged.

use std::sync::Arc;

use super::When;
use crate::graph::Graph;
use crate::model::{Figure, FigureValue, Map, NodeId, Value};
use crate::query::functions::naming::said;
use crate::query::functions::{dates, simple_text};
use crate::time::Edtf;

/// The figures of a node, as far as their claims and periods answer what is asked. One without a period answers any.
pub(super) fn figures_of(graph: &Graph, node: NodeId, when: &When) -> Vec<Value> {
    let figures = graph.figures_of(node).filter(|figure| when.admits(graph, figure.claim));
    let asked = figures.filter(|figure| when.may_be_within(Edtf::parse(figure.period).ok().as_ref()));
    asked.map(|figure| map(graph, &figure)).collect()
}

fn map(graph: &Graph, figure: &Figure<'_>) -> Value {
    let claim = graph.claim(figure.claim);
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| {
        map.insert(key.into(), value);
    };
    put("node", Value::Node(figure.node));
    put("measure", figure.measure.into());
    put("value", amount(figure.value));
    let (low, high) = range(figure.value);
    put("low", low.into());
    put("high", high.into());
    put("unit", said(figure.unit));
    put("of", said(figure.of));
    put("relative_to", said(figure.relative_to));
    put("jointly_with", said(figure.jointly_with));
    put("scope", said(figure.scope));
    put("period", dates::read(Some(figure.period)));
    put("attributed_to", claim.attributed_to.map_or(Value::Null, Value::Node));
    put("source", graph.source_record(claim.source).id.into());
    put("locator", claim.at.into());
    put("claim", Value::Claim(figure.claim));
    put("text", text(graph, figure).into());
    Value::Map(Arc::new(map))
}

/// In words: `>=1000 persons, Mali, 2020 (weiss-2023, quoting ACLED)`.
pub(super) fn text(graph: &Graph, figure: &Figure<'_>) -> String {
    let claim = graph.claim(figure.claim);
    let mut text = simple_text(&amount(figure.value)).unwrap_or_default();
    if !figure.unit.is_empty() {
        text = format!("{text} {}", figure.unit);
    }
    let with = [("of ", figure.of), ("relative to ", figure.relative_to), ("with ", figure.jointly_with)];
    for (lead, said) in with.into_iter().chain([("", figure.scope), ("", figure.period)]) {
        if !said.is_empty() {
            text = format!("{text}, {lead}{said}");
        }
    }
    let quoted = claim.attributed_to.map(|voice| format!(", quoting {}", graph.name_of(voice))).unwrap_or_default();
    format!("{text} ({}{quoted})", graph.source_record(claim.source).id)
}

/// An exact value as a number, any other as it is written.
fn amount(value: FigureValue<'_>) -> Value {
    match value {
        FigureValue::Exact(number) => plain(number),
        FigureValue::Range(low, high) => format!("{}..{}", shown(low), shown(high)).into(),
        FigureValue::AtLeast(number) => format!(">={}", shown(number)).into(),
        FigureValue::AtMost(number) => format!("<={}", shown(number)).into(),
        FigureValue::About(number) => format!("~{}", shown(number)).into(),
        FigureValue::Words(words) => words.into(),
    }
}

/// The least and the greatest number that a value admits; nothing where it sets no such bound.
fn range(value: FigureValue<'_>) -> (Option<f64>, Option<f64>) {
    match value {
        FigureValue::Exact(number) => (Some(number), Some(number)),
        FigureValue::Range(low, high) => (Some(low), Some(high)),
        FigureValue::AtLeast(number) => (Some(number), None),
        FigureValue::AtMost(number) => (None, Some(number)),
        FigureValue::About(_) | FigureValue::Words(_) => (None, None),
    }
}

/// A whole number as an integer.
#[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2^53 fit")]
fn plain(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT { Value::Int(number as i64) } else { Value::Float(number) }
}

fn shown(number: f64) -> String {
    simple_text(&plain(number)).unwrap_or_default()
}
