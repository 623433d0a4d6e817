//! SET and REMOVE: change properties and labels, row by row, item by item.

use super::making::refuse_unstorable;
use super::{Input, Operator};
use crate::graph::{Graph, WriteError};
use crate::model::{EdgeId, Map, NodeId, Value};
use crate::query::bind::writing::{BoundChange, ChangeKind};
use crate::query::functions::{self, ErrorClass};
use crate::query::run::batch::Batch;
use crate::query::run::expression::{ExpressionError, Row};
use crate::query::run::{Execution, Outcome, RunError};
use crate::source::Span;

pub(super) struct Change<'p> {
    pub input: Input<'p>,
    pub changes: &'p [BoundChange],
}

impl Operator for Change<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        for row in 0..batch.rows {
            execution.token.step()?;
            change_row(execution, self.changes, &batch, row)?;
        }
        Ok(Some(batch))
    }
}

/// What has properties.
#[derive(Clone, Copy)]
enum Thing {
    Node(NodeId),
    Rel(EdgeId),
}

/// Makes all changes for one row.
pub(super) fn change_row(execution: &Execution<'_>, changes: &[BoundChange], batch: &Batch, row: usize) -> Outcome<()> {
    let row = Row { batch, index: row };
    for BoundChange { target, change, span } in changes {
        let thing = match execution.evaluate(|evaluator| evaluator.value(target, row))? {
            Value::Null => continue,
            Value::Node(node) => Thing::Node(node),
            Value::Rel(edge) => Thing::Rel(edge),
            other => {
                let message = format!("only nodes and relationships can be changed, not a {}", other.type_name());
                return Err(RunError::at(*span, ErrorClass::TypeError, "InvalidArgumentType", message));
            }
        };
        refuse_unsaid(&execution.graph.borrow(), thing, change, *span)?;
        apply(execution, thing, change, row, *span)?;
    }
    Ok(())
}

/// In a graph with a schema, what a source says is not overwritten, and kinds and ids stay.
fn refuse_unsaid(graph: &Graph, thing: Thing, change: &ChangeKind, span: Span) -> Outcome<()> {
    if graph.schema().is_empty() {
        return Ok(());
    }
    let (message, hint) = match (thing, change) {
        (Thing::Rel(_), _) => (
            "in this graph a relation is what its claims say, and SET changes no claim",
            "CREATE the relation again with what another source says, or DELETE it",
        ),
        (_, ChangeKind::Label(_) | ChangeKind::Unlabel(_)) => {
            ("in this graph the labels of a node are its kind, which stays", "CREATE a node of the right kind")
        }
        (_, ChangeKind::Replace(_)) => ("in this graph a node keeps its id and kind", "write SET n.key = … or n += …"),
        (_, ChangeKind::Property(key, _)) if ["id", "kind"].contains(&key.as_ref()) => {
            ("in this graph a node keeps its id and kind", "CREATE another node")
        }
        _ => return Ok(()),
    };
    Err(RunError::at(span, ErrorClass::SemanticError, "MissingEvidence", message).with_hint(hint))
}

fn apply(execution: &Execution<'_>, thing: Thing, change: &ChangeKind, row: Row<'_>, span: Span) -> Outcome<()> {
    let graph = || execution.graph.borrow_mut();
    match change {
        ChangeKind::Property(key, value) => {
            let value = execution.evaluate(|evaluator| evaluator.value(value, row))?;
            set(&mut graph(), thing, key, value, span)
        }
        ChangeKind::Replace(map) => {
            let map = properties(execution, map, row)?;
            let mut graph = graph();
            for key in keys(&graph, thing) {
                set(&mut graph, thing, &key, Value::Null, span)?;
            }
            map.into_iter().try_for_each(|(key, value)| set(&mut graph, thing, &key, value, span))
        }
        ChangeKind::Add(map) => {
            let map = properties(execution, map, row)?;
            let mut graph = graph();
            map.into_iter().try_for_each(|(key, value)| set(&mut graph, thing, &key, value, span))
        }
        ChangeKind::Label(labels) => relabel(&mut graph(), thing, labels, span, |graph, node, label| {
            let label = graph.intern_label(label);
            graph.add_label(node, label)
        }),
        ChangeKind::Unlabel(labels) => {
            relabel(&mut graph(), thing, labels, span, |graph, node, label| match graph.label_id(label) {
                Some(label) => graph.remove_label(node, label),
                None => Ok(()),
            })
        }
    }
}

/// The right side of `n = …`: the entries of a map, or the properties of a thing.
fn properties(execution: &Execution<'_>, map: &crate::query::bind::bound::BoundExpr, row: Row<'_>) -> Outcome<Map> {
    let value = execution.evaluate(|evaluator| evaluator.value(map, row))?;
    match &value {
        Value::Map(map) => Ok((**map).clone()),
        Value::Node(_) | Value::Rel(_) => functions::properties(&execution.graph.borrow(), &value)
            .map_err(|error| ExpressionError::at(map.span, error).into()),
        Value::Null => Ok(Map::default()),
        other => {
            let message = format!("properties are given as a map, and this is a {}", other.type_name());
            Err(RunError::at(map.span, ErrorClass::TypeError, "InvalidArgumentType", message))
        }
    }
}

fn keys(graph: &Graph, thing: Thing) -> Vec<std::sync::Arc<str>> {
    let properties = match thing {
        Thing::Node(node) => graph.node_properties(node),
        Thing::Rel(edge) => graph.edge_properties(edge),
    };
    properties.into_iter().map(|(key, _)| graph.key_name(key).clone()).collect()
}

fn set(graph: &mut Graph, thing: Thing, key: &str, value: Value, span: Span) -> Outcome<()> {
    if !value.is_null() {
        refuse_unstorable(key, &value, span)?;
    }
    let key = graph.intern_key(key);
    let done = match thing {
        Thing::Node(node) => graph.set_node_property(node, key, value),
        Thing::Rel(edge) => graph.set_edge_property(edge, key, value),
    };
    done.map_err(|error| gone(error, span))
}

fn relabel(
    graph: &mut Graph,
    thing: Thing,
    labels: &[std::sync::Arc<str>],
    span: Span,
    change: impl Fn(&mut Graph, NodeId, &str) -> Result<(), WriteError>,
) -> Outcome<()> {
    let Thing::Node(node) = thing else {
        let message = "labels belong to nodes, and this is a relationship";
        return Err(RunError::at(span, ErrorClass::TypeError, "InvalidArgumentType", message));
    };
    labels.iter().try_for_each(|label| change(graph, node, label)).map_err(|error| gone(error, span))
}

/// What was deleted cannot be changed.
fn gone(error: WriteError, span: Span) -> RunError {
    RunError::at(span, ErrorClass::EntityNotFound, "DeletedEntityAccess", error.to_string())
}
