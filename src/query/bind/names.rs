//! Names of nodes: a text that stands for one node, or a fault that says for which it could stand.

use super::Binder;
use super::fault::{Detail, Fault};
use crate::diagnostics::codes;
use crate::graph::{Graph, Named};
use crate::model::{NodeId, Value};
use crate::source::Span;

/// How many candidates a message lists.
const LISTED: usize = 8;

impl Binder<'_> {
    /// The node that a name stands for; otherwise a fault is noted.
    pub(super) fn resolve_name(&mut self, name: &str, span: Span) -> Option<NodeId> {
        self.noted(resolve(self.graph, name, span))
    }

    /// The node whose word a name asks for: the source of that name, if there is one.
    pub(super) fn resolve_voice(&mut self, name: &str, span: Span) -> Option<NodeId> {
        self.noted(one_of(self.graph, self.graph.find_source(name), name, span))
    }

    fn noted(&mut self, found: Result<NodeId, Fault>) -> Option<NodeId> {
        found.map_err(|fault| self.faults.push(fault)).ok()
    }
}

/// The node that a name stands for: by id, by exact name, by folded name.
///
/// # Errors
/// If it stands for none, with the nearest names; if it stands for several, with all of them. Never a guess.
pub(super) fn resolve(graph: &Graph, name: &str, span: Span) -> Result<NodeId, Fault> {
    one_of(graph, graph.find_name(name), name, span)
}

fn one_of(graph: &Graph, found: Option<Named<'_>>, name: &str, span: Span) -> Result<NodeId, Fault> {
    if let Some(named) = found {
        let nodes: Vec<NodeId> = named.nodes.iter().map(|(node, _)| *node).collect();
        if let [node] = nodes.as_slice() {
            return Ok(*node);
        }
        let message = format!("'{name}' is the name of {} nodes", nodes.len());
        let fault = Fault::new(Detail::UnknownName, span, message).under(codes::AMBIGUOUS_NAME);
        return Err(listed(graph, fault, &nodes).help("use the id of the one that you mean"));
    }
    let fault = Fault::new(Detail::UnknownName, span, format!("nothing in the graph is named '{name}'"));
    let holding = graph.names_with_words(name);
    if holding.is_empty() {
        let near: Vec<String> = graph.nearest_names(name, 3).into_iter().map(|(_, text)| text.to_owned()).collect();
        if near.is_empty() {
            let slugs = graph.nodes().filter_map(|node| graph.slug(node));
            return Err(fault.candidates(crate::names::nearest(slugs, name, 3)));
        }
        return Err(fault.candidates(near));
    }
    let nodes: Vec<NodeId> = holding.iter().map(|(node, _)| *node).collect();
    Err(listed(graph, fault, &nodes).help("use the whole name, or the id, of the one that you mean"))
}

/// Adds what the name could mean: name, kind and id of each node.
fn listed(graph: &Graph, mut fault: Fault, nodes: &[NodeId]) -> Fault {
    let kind_key = graph.key_id("kind");
    for node in nodes.iter().take(LISTED) {
        let name = graph.name_of(*node);
        let kind = kind_key.map_or(Value::Null, |key| graph.node_property(*node, key));
        let kind = kind.as_text().unwrap_or("node");
        let id = graph.slug(*node).unwrap_or_default();
        fault = fault.note(format!("it could mean {name} ({kind}, id {id})"));
    }
    if nodes.len() > LISTED {
        fault = fault.note(format!("and {} more", nodes.len() - LISTED));
    }
    fault
}
