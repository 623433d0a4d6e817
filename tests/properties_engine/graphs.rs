//! Random small graphs, held twice: plainly for the naive matcher, and in the engine's store, part of it frozen and
//! part laid over it, so that both ways of reading are tried.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use griot::graph::{Graph, GraphBuilder};
use griot::model::{EdgeId, NodeId, Value};
use griot::time::calendar::{Date, Temporal};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

use super::naive;

/// The labels of random graphs.
pub const LABELS: [&str; 3] = ["A", "B", "C"];
/// The relation types of random graphs.
pub const TYPES: [&str; 2] = ["T", "U"];

/// The days of random graphs: about the ends of months, leap days, and their like.
pub const DATES: [&str; 4] = ["2012-02-29", "2012-03-01", "1970-01-01", "2000-12-31"];

/// A random graph and how much of it lies in the frozen base.
#[derive(Clone, Debug)]
pub struct RandomGraph {
    /// As the naive matcher has it.
    pub plain: naive::Graph,
    /// How many nodes are frozen; an edge is frozen if both its ends are and `frozen_edges` is not used up.
    pub frozen_nodes: usize,
    /// How many edges are frozen at most.
    pub frozen_edges: usize,
}

/// The engine's graph, and which of the plain graph's things each handle stands for.
pub struct Stored {
    /// The graph.
    pub graph: Graph,
    /// Places of the plain graph's nodes by handle.
    pub nodes: BTreeMap<NodeId, usize>,
    /// Places of the plain graph's relations by handle.
    pub rels: BTreeMap<EdgeId, usize>,
}

/// Properties of one meaning: `i` holds whole numbers, `t` strings, `f` fractions, `d` days, `m` anything.
fn properties() -> impl Strategy<Value = BTreeMap<String, Value>> {
    let int = || (0i64..4).prop_map(Value::Int);
    let text = || select(vec!["a", "b", "ab", ""]).prop_map(Value::text);
    let float = || select(vec![0.5, -1.5, 2.25]).prop_map(Value::Float);
    let date = || {
        (0i64..20_000).prop_filter_map("a day", Date::from_days).prop_map(|date| Value::Temporal(Temporal::Date(date)))
    };
    let bool = || any::<bool>().prop_map(Value::Bool);
    let mixed = prop_oneof![
        3 => int(),
        2 => text(),
        1 => float(),
        1 => bool(),
        1 => vec(int(), 0..3).prop_map(Value::list),
        1 => Just(Value::Float(1.0)),
    ];
    let absent = || Just(Value::Null);
    let key =
        |name: &'static str, value: BoxedStrategy<Value>| (Just(name), prop_oneof![1 => absent(), 2 => value]).boxed();
    let entries = (
        key("i", int().boxed()),
        key("t", text().boxed()),
        key("f", float().boxed()),
        key("d", date().boxed()),
        key("m", mixed.boxed()),
    );
    entries.prop_map(|(i, t, f, d, m)| {
        [i, t, f, d, m]
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    })
}

/// Graphs of up to six nodes and ten edges, with loops, parallel and opposite edges.
pub fn graphs() -> impl Strategy<Value = RandomGraph> {
    let labels = btree_set(select(LABELS.to_vec()).prop_map(str::to_owned), 0..3);
    let nodes = vec(
        (labels, properties()).prop_map(|(labels, properties)| naive::Node { labels, properties, is_gone: false }),
        0..7,
    );
    let edge = (0usize..6, 0usize..6, select(TYPES.to_vec()), properties());
    let parts = (nodes, vec(edge, 0..11), 0usize..8, 0usize..12);
    parts.prop_map(|(nodes, edges, frozen_nodes, frozen_edges)| {
        let count = nodes.len();
        let rel = |(source, target, kind, properties): (usize, usize, &str, _)| naive::Rel {
            kind: kind.to_owned(),
            source: source % count,
            target: target % count,
            properties,
            is_gone: false,
        };
        let rels = if count == 0 { Vec::new() } else { edges.into_iter().map(rel).collect() };
        RandomGraph { plain: naive::Graph { nodes, rels }, frozen_nodes, frozen_edges }
    })
}

impl RandomGraph {
    /// Puts the graph into the engine's store.
    pub fn stored(&self) -> Stored {
        let mut builder = GraphBuilder::new();
        // So that patterns are solved by looking texts up.
        let text = builder.key("t");
        builder.index_nodes_by(text);
        let mut handles = Vec::new();
        for node in self.plain.nodes.iter().take(self.frozen_nodes) {
            let labels: Vec<_> = node.labels.iter().map(|label| builder.label(label)).collect();
            let handle = builder.add_node("", &labels);
            for (key, value) in &node.properties {
                let key = builder.key(key);
                builder.set_node_property(handle, key, value);
            }
            handles.push(handle);
        }
        let (mut frozen, mut later) = (Vec::new(), Vec::new());
        for (place, rel) in self.plain.rels.iter().enumerate() {
            if rel.source.max(rel.target) >= handles.len() || frozen.len() >= self.frozen_edges {
                later.push(place);
                continue;
            }
            let kind = builder.relation_type(&rel.kind);
            let edge = builder.add_edge(kind, handles[rel.source], handles[rel.target]);
            for (key, value) in &rel.properties {
                let key = builder.key(key);
                builder.set_edge_property(edge, key, value);
            }
            frozen.push((place, edge));
        }
        let (store, edges) = builder.freeze_with_edges();
        let rels = frozen.into_iter().map(|(place, edge)| (edges[edge.relation.index()][edge.row as usize], place));
        let mut rels: BTreeMap<EdgeId, usize> = rels.collect();
        let mut graph = Graph::from(store);
        for node in self.plain.nodes.iter().skip(self.frozen_nodes) {
            let labels: Vec<_> = node.labels.iter().map(|label| graph.intern_label(label)).collect();
            let properties = interned(&mut graph, &node.properties);
            handles.push(graph.create_node(&labels, properties));
        }
        for place in later {
            let rel = &self.plain.rels[place];
            let kind = graph.intern_type(&rel.kind);
            let properties = interned(&mut graph, &rel.properties);
            let edge = graph.create_edge(kind, handles[rel.source], handles[rel.target], properties);
            rels.insert(edge.expect("both ends are there"), place);
        }
        let nodes = handles.into_iter().enumerate().map(|(place, handle)| (handle, place)).collect();
        Stored { graph, nodes, rels }
    }

    /// The graph as a CREATE clause, to be pasted.
    pub fn create(&self) -> String {
        let mut text = String::from("CREATE ");
        for (place, node) in self.plain.nodes.iter().enumerate() {
            let labels = node.labels.iter().fold(String::new(), |text, label| text + ":" + label);
            let _ = write!(text, "(n{place}{labels} {}), ", literal_map(&node.properties));
        }
        for (place, rel) in self.plain.rels.iter().enumerate() {
            let (kind, properties) = (&rel.kind, literal_map(&rel.properties));
            let _ = write!(text, "(n{})-[r{place}:{kind} {properties}]->(n{}), ", rel.source, rel.target);
        }
        let (nodes, edges) = (self.frozen_nodes, self.frozen_edges);
        format!("{} // the first {nodes} nodes and {edges} edges frozen", text.trim_end_matches(", "))
    }
}

fn interned(graph: &mut Graph, properties: &BTreeMap<String, Value>) -> Vec<(griot::model::KeyId, Value)> {
    properties.iter().map(|(key, value)| (graph.intern_key(key), value.clone())).collect()
}

fn literal_map(properties: &BTreeMap<String, Value>) -> String {
    let entries: Vec<_> = properties.iter().map(|(key, value)| format!("{key}: {}", literal(value))).collect();
    format!("{{{}}}", entries.join(", "))
}

fn literal(value: &Value) -> String {
    match value {
        Value::Int(int) => int.to_string(),
        Value::Float(float) => format!("{float:?}"),
        Value::Bool(bool) => bool.to_string(),
        Value::Text(text) => format!("'{text}'"),
        Value::Temporal(date) => format!("date('{date}')"),
        Value::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        _ => "null".to_owned(),
    }
}
