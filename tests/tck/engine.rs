//! The engine as the TCK sees it: queries with parameters in, tables of graph-free values or a fault out, and a census
//! of the graph. All that the runner knows of griot's interface stands in this file.

use std::collections::BTreeSet;
use std::time::Duration;

use griot::graph::Graph;
use griot::model::{EdgeId, KeyId, NodeId, Value};
use griot::query::functions::{Context, ValueKind};
use griot::{Failure, Limits, Parameters, ProcedureField, Session};

use super::procedure::Procedure;
use super::step::Phase;
use super::value::{Properties, TckHop, TckNode, TckRel, TckValue};

/// The engine stops itself after this long; the runner waits a little longer and then leaves it alone.
const TIME_LIMIT: Duration = Duration::from_secs(8);

/// The files that scenarios bring along.
struct Disk;

impl griot::Files for Disk {
    fn open(&self, path: &str) -> std::io::Result<Box<dyn std::io::Read>> {
        Ok(Box::new(std::fs::File::open(path)?))
    }
}

/// A result table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The columns' names, in order.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<TckValue>>,
}

/// Why a query failed.
#[derive(Clone, Debug)]
pub struct Fault {
    /// `SyntaxError`, `TypeError` …
    pub class: String,
    /// When it showed.
    pub phase: Phase,
    /// `UndefinedVariable` …
    pub detail: String,
    /// In words.
    pub message: String,
    /// Whether the engine merely lacks a part of the language. It is never the error that a scenario wants, though
    /// it comes before running as syntax errors do.
    pub is_gap: bool,
}

/// Everything in a graph that the TCK counts side effects by, things by their handles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// The nodes.
    pub nodes: BTreeSet<u32>,
    /// The relations.
    pub rels: BTreeSet<u32>,
    /// The labels that some node bears.
    pub labels: BTreeSet<String>,
    /// Every property of every node (`n`) and relation (`r`), its value as text.
    pub properties: BTreeSet<(char, u32, String, String)>,
}

/// One session on a graph of its own.
pub struct Engine {
    session: Session,
}

impl Engine {
    /// A session on an empty graph without a schema.
    pub fn empty() -> Self {
        let limits = Limits { time: Some(TIME_LIMIT), ..Limits::default() };
        Self { session: Session::new(Graph::default()).with_limits(limits).with_files(Disk) }
    }

    /// Takes a procedure whose rows are a table: those whose inputs equal the arguments.
    pub fn take_procedure(&mut self, procedure: Procedure) {
        let field = |(name, kind): &(String, ValueKind)| ProcedureField { name: name.clone(), kind: *kind };
        let arguments: Vec<_> = procedure.inputs.iter().map(field).collect();
        let results = procedure.outputs.iter().map(field).collect();
        let known = arguments.len();
        let rows: Vec<Vec<Value>> = procedure.rows.iter().map(|row| row.iter().map(given).collect()).collect();
        let body = move |_: &Context<'_>, wanted: &[Value]| {
            let fits = |row: &&Vec<Value>| row.iter().zip(wanted).all(|(a, b)| a.is_equivalent(b));
            Ok(rows.iter().filter(fits).map(|row| row[known..].to_vec()).collect())
        };
        let procedure = griot::Procedure { name: procedure.name, arguments, results, body: Box::new(body) };
        let session = std::mem::replace(&mut self.session, Session::new(Graph::default()));
        self.session = session.with_procedure(procedure);
    }

    /// Runs a text of one query.
    pub fn run(&mut self, query: &str, parameters: &Properties) -> Result<Table, Fault> {
        let parameters = parameters.iter().map(|(name, value)| (name.as_str().into(), given(value)));
        let parameters: Parameters = parameters.collect();
        let mut answers = self.session.run(query, &parameters).map_err(|failure| fault(&failure))?;
        let answer = answers.pop().expect("a text of one query has an answer");
        let graph = self.session.graph();
        let rows = answer.rows.iter().map(|row| row.iter().map(|value| shown(graph, value)).collect());
        Ok(Table { rows: rows.collect(), columns: answer.columns })
    }

    /// Counts what the graph holds.
    pub fn census(&self) -> Census {
        let graph = self.session.graph();
        let mut census = Census::default();
        for node in graph.nodes() {
            census.nodes.insert(node.0);
            census.labels.extend(graph.labels_of(node).iter().map(|label| graph.label_name(*label).to_string()));
            let properties = shown_properties(graph, &graph.node_properties(node));
            census.properties.extend(properties.into_iter().map(|(key, value)| ('n', node.0, key, value.to_string())));
        }
        for edge in graph.edges() {
            census.rels.insert(edge.0);
            let properties = shown_properties(graph, &graph.edge_properties(edge));
            census.properties.extend(properties.into_iter().map(|(key, value)| ('r', edge.0, key, value.to_string())));
        }
        census
    }
}

/// The first of the faults: the engine collects them in the order of the text.
fn fault(failure: &Failure) -> Fault {
    let first = failure.faults.first().expect("a failure has a fault");
    let phase = match first.phase {
        griot::Phase::CompileTime => Phase::CompileTime,
        griot::Phase::Runtime => Phase::Runtime,
    };
    let (class, detail) = (first.class.clone(), first.detail.clone());
    let is_gap = failure.faults.iter().any(|fault| fault.detail == "NotBuiltYet");
    Fault { class, phase, detail, message: first.diagnostic.message.clone(), is_gap }
}

/// A value free of its graph.
fn shown(graph: &Graph, value: &Value) -> TckValue {
    match value {
        Value::Null => TckValue::Null,
        Value::Bool(bool) => TckValue::Bool(*bool),
        Value::Int(int) => TckValue::Int(*int),
        Value::Float(float) => TckValue::Float(*float),
        Value::Text(text) => TckValue::Text(text.to_string()),
        Value::List(items) => TckValue::List(items.iter().map(|item| shown(graph, item)).collect()),
        Value::Map(map) => {
            TckValue::Map(map.iter().map(|(key, value)| (key.to_string(), shown(graph, value))).collect())
        }
        Value::Node(node) => TckValue::Node(shown_node(graph, *node)),
        Value::Rel(edge) => TckValue::Rel(shown_rel(graph, *edge)),
        Value::Path(path) => {
            let hops = path.rels.iter().zip(path.nodes.windows(2)).map(|(edge, ends)| TckHop {
                forward: graph.source(*edge) == ends[0],
                rel: shown_rel(graph, *edge),
                node: shown_node(graph, ends[1]),
            });
            TckValue::Path(shown_node(graph, path.nodes[0]), hops.collect())
        }
        // Dates are compared by their text; claims have none, and no scenario wants them.
        Value::Edtf(date) => TckValue::Text(date.to_string()),
        Value::Temporal(value) => TckValue::Text(value.to_string()),
        Value::Claim(claim) => TckValue::Text(format!("{claim:?}")),
    }
}

fn shown_node(graph: &Graph, node: NodeId) -> TckNode {
    let labels = graph.labels_of(node).iter().map(|label| graph.label_name(*label).to_string());
    TckNode { labels: labels.collect(), properties: shown_properties(graph, &graph.node_properties(node)) }
}

fn shown_rel(graph: &Graph, edge: EdgeId) -> TckRel {
    let kind = graph.type_name(graph.edge_type(edge)).to_string();
    TckRel { kind, properties: shown_properties(graph, &graph.edge_properties(edge)) }
}

fn shown_properties(graph: &Graph, properties: &[(KeyId, Value)]) -> Properties {
    properties.iter().map(|(key, value)| (graph.key_name(*key).to_string(), shown(graph, value))).collect()
}

/// A parameter's value for the engine; nodes and the like cannot be given, and no scenario does.
fn given(value: &TckValue) -> Value {
    match value {
        TckValue::Null | TckValue::Node(_) | TckValue::Rel(_) | TckValue::Path(..) => Value::Null,
        TckValue::Bool(bool) => Value::Bool(*bool),
        TckValue::Int(int) => Value::Int(*int),
        TckValue::Float(float) => Value::Float(*float),
        TckValue::Text(text) => Value::text(text.as_str()),
        TckValue::List(items) => Value::list(items.iter().map(given).collect()),
        TckValue::Map(map) => Value::map(map.iter().map(|(key, value)| (key.as_str(), given(value)))),
    }
}
