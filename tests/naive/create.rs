//! CREATE, so that a graph can be made of a text: each row makes what its patterns name and do not know yet.

use std::collections::BTreeMap;

use griot::model::{EdgeId, NodeId, Value};
use griot::query::syntax::ast::{
    ClauseKind, Direction, Expr, Ident, LabelExpr, NodePattern, PathPattern, PatternElement, Query,
};

use super::{Fault, Graph, Naive, Node, Rel, Row};

/// A graph with what a query of CREATE, MATCH and UNWIND clauses makes of it.
#[allow(dead_code, reason = "not everybody makes graphs of texts")]
pub fn created(mut graph: Graph, query: &Query) -> Result<Graph, Fault> {
    let parameters = BTreeMap::new();
    let mut rows = vec![Row::new()];
    for clause in &query.first.clauses {
        if let ClauseKind::Create(patterns) = &clause.kind {
            for row in &mut rows {
                for pattern in patterns {
                    create(&mut graph, pattern, row, &parameters)?;
                }
            }
        } else {
            let naive = Naive { graph: &graph, parameters: &parameters };
            rows = naive.clause(clause, rows, &Row::new())?.rows;
        }
    }
    Ok(graph)
}

/// Makes what a pattern names and the row does not know. A relation without direction, as MERGE may have it, leads to
/// the right.
pub(super) fn create(
    graph: &mut Graph,
    pattern: &PathPattern,
    row: &mut Row,
    parameters: &BTreeMap<String, Value>,
) -> Result<(), Fault> {
    let mut elements = pattern.elements.iter();
    let Some(PatternElement::Node(first)) = elements.next() else {
        return Err(Fault::error("a path starts with a node"));
    };
    let mut at = create_node(graph, first, row, parameters)?;
    while let (Some(rel), Some(node)) = (elements.next(), elements.next()) {
        let (PatternElement::Rel(rel), PatternElement::Node(node)) = (rel, node) else {
            return Err(Fault::error("a created path holds nodes and relations"));
        };
        let Some(LabelExpr::Name(kind)) = &rel.types else { return Err(Fault::error("a relation has one type")) };
        let next = create_node(graph, node, row, parameters)?;
        let (source, target) = match rel.direction {
            Direction::Right | Direction::Both => (at, next),
            Direction::Left => (next, at),
        };
        let properties = properties(graph, rel.properties.as_deref(), row, parameters)?;
        graph.rels.push(Rel { kind: kind.value.clone(), source, target, properties, is_gone: false });
        name(row, rel.variable.as_ref(), Value::Rel(EdgeId::from_index(graph.rels.len() - 1)));
        at = next;
    }
    Ok(())
}

/// The place of a node: of the one that the variable holds, else of a new one.
fn create_node(
    graph: &mut Graph,
    pattern: &NodePattern,
    row: &mut Row,
    parameters: &BTreeMap<String, Value>,
) -> Result<usize, Fault> {
    let known = pattern.variable.as_ref().and_then(|variable| row.get(&variable.value));
    match known {
        Some(Value::Node(id)) if !graph.nodes[id.index()].is_gone => return Ok(id.index()),
        Some(_) => return Err(Fault::unspecified("a relation at a node that is null or deleted")),
        None => {}
    }
    let mut node = Node::default();
    pattern.labels.iter().try_for_each(|labels| labels_of(labels, &mut node))?;
    node.properties = properties(graph, pattern.properties.as_deref(), row, parameters)?;
    graph.nodes.push(node);
    let place = graph.nodes.len() - 1;
    name(row, pattern.variable.as_ref(), Value::Node(NodeId::from_index(place)));
    Ok(place)
}

fn labels_of(labels: &LabelExpr, node: &mut Node) -> Result<(), Fault> {
    match labels {
        LabelExpr::Name(name) => {
            node.labels.insert(name.value.clone());
            Ok(())
        }
        LabelExpr::And(a, b) => labels_of(a, node).and_then(|()| labels_of(b, node)),
        _ => Err(Fault::error("a created node has certain labels")),
    }
}

fn properties(
    graph: &Graph,
    map: Option<&Expr>,
    row: &Row,
    parameters: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, Value>, Fault> {
    let Some(map) = map else { return Ok(BTreeMap::new()) };
    match (Naive { graph, parameters }).eval(map, row)? {
        Value::Map(map) => {
            let set = map.iter().filter(|(_, value)| !value.is_null());
            Ok(set.map(|(key, value)| (key.to_string(), value.clone())).collect())
        }
        other => Err(Fault::error(format!("{} as properties", other.type_name()))),
    }
}

fn name(row: &mut Row, variable: Option<&Ident>, value: Value) {
    if let Some(variable) = variable {
        row.insert(variable.value.clone(), value);
    }
}
