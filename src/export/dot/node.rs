//! A node of the picture.

use std::fmt::Write;

use super::escape;
use super::style;
use crate::answer::{Evidence, Node, TextForm};
use crate::model::NodeId;

/// How wide a name may run before it breaks, in characters.
const NAME_WIDTH: usize = 20;

/// The identifier of a node in the picture: its slug, or its number.
pub fn id(node: NodeId, evidence: &Evidence) -> String {
    let slug = evidence.node(node).and_then(|record| record.id.as_deref());
    escape::id(&slug.map_or_else(|| format!("n{}", node.0), str::to_owned))
}

/// The line that draws a node.
pub fn line(node: NodeId, record: &Node, evidence: &Evidence) -> String {
    let shape = style::shape_of(&record.labels);
    let text = TextForm::new(evidence).node(node).to_string();
    let mut name = escape::wrapped(&text, NAME_WIDTH);
    if let Some(life) = span(record.since.as_deref(), record.until.as_deref()) {
        let _ = write!(name, "\n{life}");
    }
    format!(
        "{} [label={}, {}, fillcolor=\"{}\", tooltip={}];",
        id(node, evidence),
        escape::label(&name),
        shape.attributes,
        shape.fill,
        escape::label(&tooltip(record, &text)),
    )
}

fn tooltip(record: &Node, text: &str) -> String {
    if record.kinds.is_empty() { text.to_owned() } else { format!("{text} ({})", record.kinds.join(", ")) }
}

/// From when until when, as written: `2011 – 2013`, `since 2017-03`, `until 2013`; `None` where neither is known.
pub fn span(since: Option<&str>, until: Option<&str>) -> Option<String> {
    let known = |date: Option<&str>| date.filter(|date| !date.is_empty()).map(str::to_owned);
    match (known(since), known(until)) {
        (None, None) => None,
        (Some(since), Some(until)) if since == until => Some(since),
        (Some(since), Some(until)) if until == ".." => Some(format!("since {since}")),
        (Some(since), Some(until)) => Some(format!("{since} – {until}")),
        (Some(since), None) => Some(format!("{since} –")),
        (None, Some(until)) if until == ".." => Some("not ended".to_owned()),
        (None, Some(until)) => Some(format!("– {until}")),
    }
}
