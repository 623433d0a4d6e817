//! CREATE: makes nodes and relations, row by row. It stands between two steps that read all rows first.

use super::steps::node_at;
use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{EdgeId, KeyId, NodeId, Value};
use crate::query::bind::bound::BoundExpr;
use crate::query::bind::tree::{BoundCreate, CreateRel};
use crate::query::functions::ErrorClass;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome, RunError};
use crate::source::Span;

pub(super) struct Create<'p> {
    pub input: Input<'p>,
    pub create: &'p BoundCreate,
}

impl Operator for Create<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(mut batch) = self.input.next(execution)? else { return Ok(None) };
        for node in &self.create.nodes {
            let mut made = Vec::with_capacity(batch.rows);
            for row in 0..batch.rows {
                let properties = properties(execution, node.properties.as_ref(), &batch, row)?;
                made.push(make_node(execution, node, properties));
                execution.token.step()?;
            }
            batch.set(node.slot.index(), Column::Nodes(made));
        }
        for rel in &self.create.rels {
            let mut made = Vec::with_capacity(batch.rows);
            for row in 0..batch.rows {
                made.push(make_rel(execution, rel, &batch, row)?);
                execution.token.step()?;
            }
            batch.set(rel.slot.index(), Column::Rels(made));
        }
        for (path, slot) in &self.create.paths {
            let column = execution.evaluate(|evaluator| evaluator.column(path, &batch))?;
            batch.set_shared(slot.index(), column);
        }
        Ok(Some(batch))
    }
}

fn make_rel(execution: &Execution<'_>, rel: &CreateRel, batch: &Batch, row: usize) -> Outcome<EdgeId> {
    let end = |slot| {
        node_at(batch, row, slot).ok_or_else(|| {
            let message = "a relationship joins two nodes, and here one of them is null";
            RunError::at(rel.span, ErrorClass::SemanticError, "MissingNode", message)
        })
    };
    let (subject, object) = (end(rel.subject)?, end(rel.object)?);
    let properties = properties(execution, rel.properties.as_ref(), batch, row)?;
    let mut graph = execution.graph.borrow_mut();
    refuse_unsourced(&graph, rel)?;
    let kind = graph.intern_type(&rel.name);
    let properties = keyed(&mut graph, properties);
    let mut made = execution.made.get();
    made.relations += 1;
    made.properties += properties.len();
    execution.made.set(made);
    graph
        .create_edge(kind, subject, object, properties)
        .map_err(|error| RunError::at(rel.span, ErrorClass::EntityNotFound, "DeletedEntityAccess", error.to_string()))
}

/// In a graph with a schema, a relation rests on a source; claims are entered in the files of a knowledge base.
fn refuse_unsourced(graph: &Graph, rel: &CreateRel) -> Outcome<()> {
    if graph.schema().is_empty() {
        return Ok(());
    }
    let message = "in this graph every relation rests on a source, and CREATE cannot name one yet";
    let mut error = RunError::at(rel.span, ErrorClass::SemanticError, "MissingSource", message);
    if let RunError::Expression(error) = &mut error {
        error.hint = Some("enter the claim in a file of the knowledge base, with source and locator".to_owned());
    }
    Err(error)
}

fn make_node(
    execution: &Execution<'_>,
    node: &crate::query::bind::tree::CreateNode,
    properties: Vec<(String, Value)>,
) -> NodeId {
    let mut graph = execution.graph.borrow_mut();
    let labels: Vec<_> = node.labels.iter().map(|label| graph.intern_label(label)).collect();
    let properties = keyed(&mut graph, properties);
    let mut made = execution.made.get();
    made.nodes += 1;
    made.labels += labels.len();
    made.properties += properties.len();
    execution.made.set(made);
    graph.create_node(&labels, properties)
}

fn keyed(graph: &mut Graph, properties: Vec<(String, Value)>) -> Vec<(KeyId, Value)> {
    properties.into_iter().map(|(key, value)| (graph.intern_key(&key), value)).collect()
}

/// The properties of a map, without those that are null.
fn properties(
    execution: &Execution<'_>,
    expr: Option<&BoundExpr>,
    batch: &Batch,
    row: usize,
) -> Outcome<Vec<(String, Value)>> {
    let Some(expr) = expr else { return Ok(Vec::new()) };
    let value = execution.evaluate(|evaluator| evaluator.value(expr, Row { batch, index: row }))?;
    let map = match value {
        Value::Map(map) => map,
        Value::Null => return Ok(Vec::new()),
        other => {
            let message = format!("properties are given as a map, and this is a {}", other.type_name());
            return Err(RunError::at(expr.span, ErrorClass::TypeError, "InvalidArgumentType", message));
        }
    };
    let mut found = Vec::with_capacity(map.len());
    for (key, value) in map.iter().filter(|(_, value)| !value.is_null()) {
        refuse_unstorable(key, value, expr.span)?;
        found.push((key.to_string(), value.clone()));
    }
    Ok(found)
}

/// Properties hold numbers, strings, booleans, dates, and lists of them.
fn refuse_unstorable(key: &str, value: &Value, span: Span) -> Outcome<()> {
    let is_plain = |value: &Value| {
        matches!(
            value,
            Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Text(_) | Value::Edtf(_) | Value::Temporal(_)
        )
    };
    let is_storable = match value {
        Value::List(items) => items.iter().all(is_plain),
        other => is_plain(other),
    };
    if is_storable {
        return Ok(());
    }
    let message = format!("the property `{key}` cannot hold a {}", value.type_name());
    Err(RunError::at(span, ErrorClass::TypeError, "InvalidPropertyType", message))
}
