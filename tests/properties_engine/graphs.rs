//! Random small graphs, held twice: plainly for the naive matcher, and in the engine's store, part of it frozen and
//! part laid over it, so that both ways of reading are tried.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use griot::graph::{Graph, GraphBuilder};
use griot::model::{EdgeId, NodeId, Value};
use griot::time::calendar::{
    Date, DateTime, DateTimeText, Duration, LocalDateTime, LocalTime, Temporal, Time, TimeText,
};

use super::draws::Draws;
use super::naive;

/// The labels of random graphs.
pub const LABELS: [&str; 3] = ["A", "B", "C"];
/// The relation types of random graphs.
pub const TYPES: [&str; 2] = ["T", "U"];

/// The days of random graphs: about the ends of months, leap days, and their like.
pub const DATES: [&str; 4] = ["2012-02-29", "2012-03-01", "1970-01-01", "2000-12-31"];

/// Temporal values of random graphs and queries beside days: what makes them, and the texts that it makes them of. About
/// midnight, of one moment at two offsets, in leap years; durations by parts that do not become each other.
pub const CLOCKS: [(&str, [&str; 4]); 5] = [
    ("localtime", ["00:00", "23:59:59", "12:30", "06:00:01"]),
    ("time", ["12:00Z", "13:00+01:00", "00:30-05:30", "23:59:59Z"]),
    ("localdatetime", ["2012-02-29T00:00", "1999-12-31T23:59:59", "1970-01-01T00:00", "2012-03-31T12:00"]),
    ("datetime", ["2012-02-29T23:30Z", "2012-03-01T00:30+01:00", "1969-12-31T23:59:59-05:30", "2000-01-31T12:00Z"]),
    ("duration", ["P1M", "PT25H", "P1DT-1S", "P1Y2M3DT4H5M6S"]),
];

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

fn clock(function: &str, text: &str) -> Value {
    let read = "the texts are right";
    Value::Temporal(match function {
        "localtime" => LocalTime::parse(text).expect(read).into(),
        "time" => {
            let TimeText { local, offset } = TimeText::parse(text).expect(read);
            Time { local, offset: offset.expect(read) }.into()
        }
        "localdatetime" => LocalDateTime::parse(text).expect(read).into(),
        "datetime" => {
            let DateTimeText { local, offset, .. } = DateTimeText::parse(text).expect(read);
            DateTime::at_offset(local, offset.expect(read)).into()
        }
        _ => Duration::parse(text).expect(read).into(),
    })
}

/// Properties of one meaning: `i` holds whole numbers, `t` strings, `f` fractions, `d` days, `m` anything.
fn properties(draws: &mut Draws) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for key in ["i", "t", "f", "d", "m"] {
        let is_there = draws.below(3) > 0;
        let value = value(draws, key);
        if is_there {
            found.insert(key.to_owned(), value);
        }
    }
    found
}

fn value(draws: &mut Draws, key: &str) -> Value {
    let number = draws.below(usize::from(u16::MAX));
    let int = |number: usize| Value::Int(i64::try_from(number % 4).expect("it is small"));
    let text = |number: usize| Value::text(["a", "b", "ab", ""][number % 4]);
    match key {
        "i" if number % 5 == 4 => Value::Int(-1),
        "i" => int(number),
        "t" => text(number),
        "f" => Value::Float([0.5, -1.5, 2.25, 1.0][number % 4]),
        "d" => {
            let days = i64::try_from(number % 20_000).expect("it is small");
            Value::Temporal(Temporal::Date(Date::from_days(days).expect("the calendar has them")))
        }
        _ => match draws.below(12) {
            0..=2 => int(number),
            3..=4 => text(number),
            5 => Value::Float([0.5, -1.5, 2.25][number % 3]),
            6 => Value::Bool(number.is_multiple_of(2)),
            7 => Value::list((0..number % 3).map(|place| int(number / 3 + place)).collect()),
            8 => Value::Float(1.0),
            kind => {
                let (function, texts) = CLOCKS[(kind + number) % CLOCKS.len()];
                clock(function, texts[number / CLOCKS.len() % texts.len()])
            }
        },
    }
}

/// How many numbers make a node or a relation.
pub const NUMBERS: usize = 15;

/// What a graph is made of: the numbers of each node and of each relation, and how much of it is frozen.
pub type GraphNumbers = (Vec<Vec<u16>>, Vec<Vec<u16>>, usize, usize);

/// Graphs with loops, parallel and opposite edges; a part of them only leads forward, by ways of several lengths.
pub fn graph((nodes, rels, frozen_nodes, frozen_edges): &GraphNumbers) -> RandomGraph {
    let node = |numbers: &Vec<u16>| {
        let mut draws = Draws::new(numbers);
        let labels = (0..draws.below(3)).map(|_| draws.pick(&LABELS).to_owned()).collect();
        naive::Node { labels, properties: properties(&mut draws), is_gone: false }
    };
    let is_forward = nodes.len() > 2 && nodes[0].last().is_some_and(|number| number % 3 == 2);
    let rel = |(place, numbers): (usize, &Vec<u16>)| {
        // Some lie beside the one before.
        let is_parallel = place > 0 && numbers.last().is_some_and(|number| number % 4 == 3);
        let mut ends = Draws::new(if is_parallel { &rels[place - 1] } else { numbers });
        let (mut source, mut target) = (ends.below(nodes.len()), ends.below(nodes.len()));
        let mut draws = Draws::new(&numbers[2.min(numbers.len())..]);
        if is_forward {
            // From one node after the other, so that ways of several lengths lead on.
            source = (place + source % 2) % (nodes.len() - 1);
            target = nodes.len().min(source + 2 + target % 2) - 1;
        }
        let kind = draws.pick(&TYPES).to_owned();
        naive::Rel { kind, source, target, properties: properties(&mut draws), is_gone: false }
    };
    // All ways over ten loops at one node would be a question of patience.
    let rels = rels.iter().take(4 * nodes.len()).enumerate().map(rel).collect();
    let plain = naive::Graph { nodes: nodes.iter().map(node).collect(), rels };
    RandomGraph { plain, frozen_nodes: *frozen_nodes, frozen_edges: *frozen_edges }
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
        Value::Temporal(temporal) => format!("{}('{temporal}')", temporal.type_name().to_lowercase()),
        Value::List(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        _ => "null".to_owned(),
    }
}
