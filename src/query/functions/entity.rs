//! Functions on nodes, relationships and paths, and the properties of anything that has some.
//!
//! What a query deleted is no longer there: its properties and labels are `EntityNotFound` (`DeletedEntityAccess`); what
//! a relationship's type was can still be asked.

use std::sync::Arc;

use super::claim_fields::Cited;
use super::{ErrorClass, Function, FunctionError, Outcome, PLAIN, ValueKind, dates, required, temporal};
use crate::graph::Graph;
use crate::model::{EdgeId, Map, NodeId, Path, Value};

const NODE: super::Parameter = required("node", ValueKind::Node);
const RELATIONSHIP: super::Parameter = required("relationship", ValueKind::Relationship);
const ENTITY: super::Parameter = required("entity", ValueKind::ENTITY);
const PATH: super::Parameter = required("path", ValueKind::Path);

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "id",
        parameters: &[ENTITY],
        returns: ValueKind::Integer,
        meaning: "a number that stands for the node or relationship as long as the graph is open",
        body: |_, args| {
            Ok(Value::Int(i64::from(match &args[0] {
                Value::Rel(edge) => edge.0,
                node => of_node(node).0,
            })))
        },
        ..PLAIN
    },
    Function {
        name: "elementId",
        parameters: &[ENTITY],
        returns: ValueKind::String,
        meaning: "the node's slug, or a string that stands for node or relationship as long as the graph is open",
        body: |context, args| {
            Ok(match &args[0] {
                Value::Rel(edge) => format!("r{}", edge.0).into(),
                node => {
                    let node = of_node(node);
                    context.graph.slug(node).map_or_else(|| format!("n{}", node.0).into(), Value::from)
                }
            })
        },
        ..PLAIN
    },
    Function {
        name: "labels",
        parameters: &[NODE],
        returns: ValueKind::List,
        meaning: "the labels of a node",
        hangs_on_kind: true,
        body: |context, args| {
            let node = living_node(context.graph, of_node(&args[0]))?;
            let labels = context.graph.labels_of(node).iter();
            Ok(Value::list(labels.map(|label| Value::Text(context.graph.label_name(*label).clone())).collect()))
        },
        ..PLAIN
    },
    Function {
        name: "type",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::String,
        meaning: "the type of a relationship",
        hangs_on_kind: true,
        body: |context, args| {
            Ok(Value::Text(context.graph.type_name(context.graph.edge_type(of_edge(&args[0]))).clone()))
        },
        ..PLAIN
    },
    Function {
        name: "keys",
        parameters: &[required("entity", ValueKind::PROPERTIED)],
        returns: ValueKind::List,
        meaning: "the keys of a map, or of the properties of a node, relationship or claim",
        examples: &[("keys({a: 1, b: null})", "['a', 'b']")],
        body: |context, args| {
            let keys = properties(context.graph, &args[0])?.into_keys();
            Ok(Value::list(keys.map(Value::Text).collect()))
        },
        ..PLAIN
    },
    Function {
        name: "properties",
        parameters: &[required("entity", ValueKind::PROPERTIED)],
        returns: ValueKind::Map,
        meaning: "the properties of a node, relationship or claim as a map; of a map the map itself",
        examples: &[("properties({a: 1})", "{a: 1}")],
        body: |context, args| Ok(Value::Map(Arc::new(properties(context.graph, &args[0])?))),
        ..PLAIN
    },
    Function {
        name: "startNode",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::Node,
        meaning: "the node where a relationship starts",
        body: |context, args| Ok(Value::Node(context.graph.source(of_edge(&args[0])))),
        ..PLAIN
    },
    Function {
        name: "endNode",
        parameters: &[RELATIONSHIP],
        returns: ValueKind::Node,
        meaning: "the node where a relationship points",
        body: |context, args| Ok(Value::Node(context.graph.target(of_edge(&args[0])))),
        ..PLAIN
    },
    Function {
        name: "nodes",
        parameters: &[PATH],
        returns: ValueKind::List,
        meaning: "the nodes of a path, in walking order",
        body: |_, args| Ok(Value::list(of_path(&args[0]).nodes.iter().copied().map(Value::Node).collect())),
        ..PLAIN
    },
    Function {
        name: "relationships",
        aliases: &["rels"],
        parameters: &[PATH],
        returns: ValueKind::List,
        meaning: "the relationships of a path, in walking order",
        body: |_, args| Ok(Value::list(of_path(&args[0]).rels.iter().copied().map(Value::Rel).collect())),
        ..PLAIN
    },
];

pub(super) fn of_node(value: &Value) -> NodeId {
    match value {
        Value::Node(node) => *node,
        _ => unreachable!("the signature admits nodes only"),
    }
}

pub(super) fn of_edge(value: &Value) -> EdgeId {
    match value {
        Value::Rel(edge) => *edge,
        _ => unreachable!("the signature admits relationships only"),
    }
}

fn of_path(value: &Value) -> &Path {
    match value {
        Value::Path(path) => path,
        _ => unreachable!("the signature admits paths only"),
    }
}

fn deleted(what: &str) -> FunctionError {
    let message = format!("the {what} was deleted by this query");
    FunctionError::new(ErrorClass::EntityNotFound, "DeletedEntityAccess", message)
}

fn living_node(graph: &Graph, node: NodeId) -> Result<NodeId, FunctionError> {
    graph.has_node(node).then_some(node).ok_or_else(|| deleted("node"))
}

fn living_edge(graph: &Graph, edge: EdgeId) -> Result<EdgeId, FunctionError> {
    graph.has_edge(edge).then_some(edge).ok_or_else(|| deleted("relationship"))
}

/// `x.key` of a node, a relationship, a map, a claim, a date or another temporal value: null of null, and where there is no such property.
///
/// # Errors
/// `TypeError` (`InvalidArgumentType`) for what has no properties; `EntityNotFound` (`DeletedEntityAccess`).
pub fn property(graph: &Graph, of: &Value, key: &str) -> Outcome {
    match of {
        Value::Null => Ok(Value::Null),
        Value::Map(map) => Ok(map.get(key).cloned().unwrap_or_default()),
        Value::Node(node) => {
            let node = living_node(graph, *node)?;
            Ok(graph.key_id(key).map(|key| graph.node_property(node, key)).unwrap_or_default())
        }
        Value::Rel(edge) => {
            let edge = living_edge(graph, *edge)?;
            Ok(graph.key_id(key).map(|key| graph.edge_property(edge, key)).unwrap_or_default())
        }
        Value::Claim(claim) => Ok(Cited::of(graph, *claim).field(key)),
        Value::Edtf(date) => Ok(dates::field(date, key)),
        Value::Temporal(value) => temporal::field(value, key),
        other => {
            let message = format!("{} has no properties, so there is no .{key}", ValueKind::of(other));
            Err(FunctionError::wrong_type(message))
        }
    }
}

/// All properties of a node, a relationship, a map or a claim; none of null.
///
/// # Errors
/// As [`property`].
pub fn properties(graph: &Graph, of: &Value) -> Result<Map, FunctionError> {
    let listed = match of {
        Value::Null => return Ok(Map::new()),
        Value::Map(map) => return Ok(Map::clone(map)),
        Value::Claim(claim) => return Ok(Cited::of(graph, *claim).fields()),
        Value::Node(node) => graph.node_properties(living_node(graph, *node)?),
        Value::Rel(edge) => graph.edge_properties(living_edge(graph, *edge)?),
        other => return Err(FunctionError::wrong_type(format!("{} has no properties", ValueKind::of(other)))),
    };
    Ok(listed.into_iter().map(|(key, value)| (graph.key_name(key).clone(), value)).collect())
}
