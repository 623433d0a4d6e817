//! What CREATE and MERGE make: nodes first, then the relations between them, then the paths over both.

use super::claiming;
use super::steps::node_at;
use crate::graph::Graph;
use crate::model::{EdgeId, KeyId, Map, NodeId, Value};
use crate::query::bind::bound::BoundExpr;
use crate::query::bind::tree::{BoundCreate, CreateNode, CreateRel};
use crate::query::functions::ErrorClass;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome, RunError};
use crate::source::Span;

/// Makes everything for each row of a batch, and puts it into its columns.
pub(super) fn make(execution: &Execution<'_>, create: &BoundCreate, batch: &mut Batch) -> Outcome<()> {
    for node in &create.nodes {
        let mut made = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            made.push(make_node(execution, node, batch, row)?);
            execution.token.step()?;
        }
        batch.set(node.slot.index(), Column::Nodes(made));
    }
    for rel in &create.rels {
        let mut made = Vec::with_capacity(batch.rows);
        for row in 0..batch.rows {
            made.push(make_rel(execution, rel, batch, row)?);
            execution.token.step()?;
        }
        batch.set(rel.slot.index(), Column::Rels(made));
    }
    for (path, slot) in &create.paths {
        let column = execution.evaluate(|evaluator| evaluator.column(path, batch))?;
        batch.set_shared(slot.index(), column);
    }
    Ok(())
}

fn make_node(execution: &Execution<'_>, node: &CreateNode, batch: &Batch, row: usize) -> Outcome<NodeId> {
    let properties = properties(execution, node.properties.as_ref(), batch, row)?;
    let mut graph = execution.graph.borrow_mut();
    if !graph.schema().is_empty() {
        let kinds: Vec<String> = node.labels.iter().map(ToString::to_string).collect();
        return claiming::make_node(&mut graph, &kinds, &properties, node.span);
    }
    let labels: Vec<_> = node.labels.iter().map(|label| graph.intern_label(label)).collect();
    let properties = keyed(&mut graph, properties);
    Ok(graph.create_node(&labels, properties))
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
    if !graph.schema().is_empty() {
        return claiming::make_relation(&mut graph, &rel.name, (subject, object), &properties, rel.span);
    }
    let kind = graph.intern_type(&rel.name);
    let properties = keyed(&mut graph, properties);
    graph
        .create_edge(kind, subject, object, properties)
        .map_err(|error| RunError::at(rel.span, ErrorClass::EntityNotFound, "DeletedEntityAccess", error.to_string()))
}

fn keyed(graph: &mut Graph, properties: Map) -> Vec<(KeyId, Value)> {
    properties.into_iter().map(|(key, value)| (graph.intern_key(&key), value)).collect()
}

/// The properties of a map, without those that are null.
fn properties(execution: &Execution<'_>, expr: Option<&BoundExpr>, batch: &Batch, row: usize) -> Outcome<Map> {
    let Some(expr) = expr else { return Ok(Map::default()) };
    let mut map = written(execution, expr, batch, row)?;
    map.retain(|_, value| !value.is_null());
    if execution.graph.borrow().schema().is_empty() {
        map.iter().try_for_each(|(key, value)| refuse_unstorable(key, value, expr.span))?;
    }
    Ok(map)
}

/// A map of properties as it was written, nulls included.
pub(super) fn written(execution: &Execution<'_>, expr: &BoundExpr, batch: &Batch, row: usize) -> Outcome<Map> {
    match execution.evaluate(|evaluator| evaluator.value(expr, Row { batch, index: row }))? {
        Value::Map(map) => Ok(std::sync::Arc::unwrap_or_clone(map)),
        Value::Null => Ok(Map::default()),
        other => {
            let message = format!("properties are given as a map, and this is a {}", other.type_name());
            Err(RunError::at(expr.span, ErrorClass::TypeError, "InvalidArgumentType", message))
        }
    }
}

/// Properties hold numbers, strings, booleans, dates, and lists of them.
pub(super) fn refuse_unstorable(key: &str, value: &Value, span: Span) -> Outcome<()> {
    let is_plain = |value: &Value| {
        !matches!(
            value,
            Value::Null
                | Value::List(_)
                | Value::Map(_)
                | Value::Node(_)
                | Value::Rel(_)
                | Value::Path(_)
                | Value::Claim(_)
        )
    };
    let is_storable = match value {
        Value::List(items) => items.iter().all(is_plain),
        other => is_plain(other),
    };
    if is_storable {
        return Ok(());
    }
    let message = match value {
        Value::List(_) => format!("the property `{key}` can hold a list of plain values only"),
        other => format!("the property `{key}` cannot hold a {}", other.type_name()),
    };
    Err(RunError::at(span, ErrorClass::TypeError, "InvalidPropertyType", message))
}
