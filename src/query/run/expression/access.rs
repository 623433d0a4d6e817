//! Looking into values: properties, items, slices, labels; paths put together, and the evidence that a row rests on.

use std::sync::Arc;

use indexmap::IndexSet;

use super::Row;
use crate::graph::Graph;
use crate::model::{GroupKey, LabelId, Map, NodeId, Path, TypeId, Value};
use crate::query::bind::bound::{LabelTest, PathPiece, Slot};
use crate::query::functions::{self, FunctionError, ValueKind};

type Outcome = Result<Value, FunctionError>;

/// `x.key`: null of null, and where there is no such property.
pub(super) fn property(graph: &Graph, of: &Value, key: &str) -> Outcome {
    functions::property(graph, of, key)
}

/// All properties of a node, a relation or a map: what `.*` stands for. None of null.
pub(super) fn properties(graph: &Graph, of: &Value) -> Result<Map, FunctionError> {
    functions::properties(graph, of)
}

/// `x[at]`: an item of a list, counted from 0 or, with a minus sign, from the end; a value of a map or a property by
/// its key. Null if there is none.
pub(super) fn index(graph: &Graph, of: &Value, at: &Value) -> Outcome {
    match (of, at) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(items), Value::Int(at)) => {
            Ok(place(*at, items.len()).and_then(|at| items.get(at)).cloned().into())
        }
        (Value::List(_), _) => {
            let message = format!("the items of a list are counted by integers, not by {}", ValueKind::of(at));
            Err(FunctionError::new(functions::ErrorClass::TypeError, "ListElementAccessByNonInteger", message))
        }
        (
            Value::Map(_) | Value::Node(_) | Value::Rel(_) | Value::Claim(_) | Value::Edtf(_) | Value::Temporal(_),
            Value::Text(key),
        ) => property(graph, of, key),
        (Value::Map(_) | Value::Node(_) | Value::Rel(_) | Value::Claim(_) | Value::Edtf(_) | Value::Temporal(_), _) => {
            let message = format!("the keys of {} are strings, not {}", ValueKind::of(of), ValueKind::of(at));
            Err(FunctionError::new(functions::ErrorClass::TypeError, "MapElementAccessByNonString", message))
        }
        _ => {
            Err(FunctionError::wrong_type(format!("brackets look into lists and maps, not into {}", ValueKind::of(of))))
        }
    }
}

/// The place that a signed number stands for; `None` before the start.
fn place(at: i64, length: usize) -> Option<usize> {
    match usize::try_from(at) {
        Ok(at) => Some(at),
        Err(_) => usize::try_from(at.unsigned_abs()).ok().and_then(|back| length.checked_sub(back)),
    }
}

/// `x[from..to]`: null if a bound that is written is null; bounds beyond the list are clipped to it.
pub(super) fn slice(list: &Value, bounds: [Option<Value>; 2]) -> Outcome {
    let items = match list {
        Value::Null => return Ok(Value::Null),
        Value::List(items) => items,
        other => return Err(FunctionError::wrong_type(format!("only lists are sliced, not {}", ValueKind::of(other)))),
    };
    let mut ends = [0, items.len()];
    for (end, bound) in ends.iter_mut().zip(bounds) {
        match bound {
            None => {}
            Some(Value::Null) => return Ok(Value::Null),
            Some(Value::Int(at)) => *end = place(at, items.len()).unwrap_or(0).min(items.len()),
            Some(other) => {
                let message = format!("a list is sliced at integers, not at {}", ValueKind::of(&other));
                return Err(FunctionError::wrong_type(message));
            }
        }
    }
    Ok(Value::list(items.get(ends[0]..ends[1]).unwrap_or_default().to_vec()))
}

/// `n:Label`, `r:TYPE`: null of null.
pub(super) fn has_labels(graph: &Graph, of: &Value, test: &LabelTest) -> Outcome {
    match of {
        Value::Null => Ok(Value::Null),
        Value::Node(node) => Ok(Value::Bool(label_test(graph, *node, test))),
        Value::Rel(edge) => {
            let relation = graph.edge_type(*edge);
            Ok(Value::Bool(relation_passes(relation, test)))
        }
        other => Err(FunctionError::wrong_type(format!("labels are borne by nodes, not by {}", ValueKind::of(other)))),
    }
}

/// Whether a node passes a label expression.
#[must_use]
pub fn label_test(graph: &Graph, node: NodeId, test: &LabelTest) -> bool {
    labels_pass(graph.labels_of(node), test)
}

/// Whether a node with these labels passes.
#[must_use]
pub fn labels_pass(labels: &[LabelId], test: &LabelTest) -> bool {
    match test {
        LabelTest::Label(label) | LabelTest::LabelOrTypes(label, _) => {
            label.is_some_and(|label| labels.contains(&label))
        }
        LabelTest::Types(_) => false,
        LabelTest::Any => !labels.is_empty(),
        LabelTest::Not(test) => !labels_pass(labels, test),
        LabelTest::And(a, b) => labels_pass(labels, a) && labels_pass(labels, b),
        LabelTest::Or(a, b) => labels_pass(labels, a) || labels_pass(labels, b),
    }
}

/// Whether a relation of this type passes.
pub(super) fn relation_passes(relation: TypeId, test: &LabelTest) -> bool {
    match test {
        LabelTest::Label(_) => false,
        LabelTest::Types(types) | LabelTest::LabelOrTypes(_, types) => types.contains(&relation),
        LabelTest::Any => true,
        LabelTest::Not(test) => !relation_passes(relation, test),
        LabelTest::And(a, b) => relation_passes(relation, a) && relation_passes(relation, b),
        LabelTest::Or(a, b) => relation_passes(relation, a) || relation_passes(relation, b),
    }
}

/// A path from its pieces; null if any is null. Relations are walked in whichever direction leads on.
pub(super) fn path(graph: &Graph, pieces: &[PathPiece], row: Row<'_>) -> Value {
    assemble(graph, pieces, row).map_or(Value::Null, |path| Value::Path(Arc::new(path)))
}

fn assemble(graph: &Graph, pieces: &[PathPiece], row: Row<'_>) -> Option<Path> {
    let mut path = Path { nodes: Vec::with_capacity(pieces.len() / 2 + 1), rels: Vec::with_capacity(pieces.len() / 2) };
    for piece in pieces {
        let (PathPiece::Node(slot) | PathPiece::Rel(slot)) = piece;
        let value = row.batch.column(slot.index()).value(row.index);
        match (piece, value) {
            (_, Value::Null) => return None,
            // The walk leads to every node but the first by itself.
            (PathPiece::Node(_), Value::Node(node)) if path.nodes.is_empty() => path.nodes.push(node),
            (PathPiece::Node(_), _) => {}
            (PathPiece::Rel(_), Value::List(steps)) => {
                for step in steps.iter() {
                    walk(graph, &mut path, step)?;
                }
            }
            (PathPiece::Rel(_), step) => walk(graph, &mut path, &step)?,
        }
    }
    Some(path)
}

fn walk(graph: &Graph, path: &mut Path, step: &Value) -> Option<()> {
    let Value::Rel(edge) = step else { return None };
    let at = *path.nodes.last().expect("a path starts with a node");
    path.nodes.push(graph.other_end(*edge, at));
    path.rels.push(*edge);
    Some(())
}

/// The relations and claims in the columns, however deep, each once, in order.
pub(super) fn evidence(slots: &[Slot], row: Row<'_>) -> Value {
    let mut found = IndexSet::new();
    for slot in slots {
        gather(&row.batch.column(slot.index()).value(row.index), &mut found);
    }
    Value::list(found.into_iter().map(|GroupKey(value)| value).collect())
}

fn gather(value: &Value, found: &mut IndexSet<GroupKey>) {
    match value {
        Value::Rel(_) | Value::Claim(_) => {
            found.insert(GroupKey(value.clone()));
        }
        Value::Path(path) => found.extend(path.rels.iter().map(|edge| GroupKey(Value::Rel(*edge)))),
        Value::List(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Map(map) => map.values().for_each(|value| gather(value, found)),
        _ => {}
    }
}
