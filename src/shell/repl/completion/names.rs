//! Candidates that are names: of nodes, by any alias and any word of it, and of sources.

use std::collections::BTreeSet;

use super::{Candidate, Known, cut, starts};
use crate::graph::Graph;
use crate::language::is_bare_name;
use crate::model::NodeId;
use crate::shell::repl::commands::kind_of;

/// Names at most.
const MOST: usize = 60;

/// Names that are looked at, at most.
const LOOKED_AT: usize = 1_000;

/// The kind whose titles are offered only where nothing else fits: hundreds of them hold the names of actors.
const SOURCE: &str = "Source";

/// The nodes with a name of which a word begins like this; a longer text may begin in the middle of a name.
pub(super) fn nodes(typed: &str, known: &Known) -> Vec<Candidate> {
    named(typed, &known.graph).map(|(node, name)| bare(&known.graph, node, name)).collect()
}

/// The same, for a text within quotes.
pub(super) fn quoted_nodes(typed: &str, quote: char, known: &Known) -> Vec<Candidate> {
    let graph = &known.graph;
    named(typed, graph)
        .map(|(node, name)| {
            let text = sure(graph, node, name);
            Candidate { text: in_quotes(&text, quote), shown: cut(&text), kind: kind(graph, node, name) }
        })
        .collect()
}

fn named<'g>(typed: &str, graph: &'g Graph) -> impl Iterator<Item = (NodeId, &'g str)> {
    let typed = typed.trim_start();
    let mut found = if typed.is_empty() { Vec::new() } else { graph.names_starting_with(typed, LOOKED_AT) };
    // Those that begin so stand before those with such a word somewhere; short ones first.
    found.sort_by_key(|(_, name)| (!starts(name, typed), name.chars().count() > 24, name.to_lowercase()));
    // Each node once: by its usual name, if that fits, else by the first that does.
    let fitting: BTreeSet<NodeId> =
        found.iter().filter(|(node, name)| graph.name_of(*node) == *name).map(|(node, _)| *node).collect();
    let mut seen = BTreeSet::new();
    found.retain(|(node, name)| (!fitting.contains(node) || graph.name_of(*node) == *name) && seen.insert(*node));
    let is_source = |node: NodeId| kind_of(graph, node) == SOURCE;
    if found.iter().any(|(node, _)| !is_source(*node)) {
        found.retain(|(node, _)| !is_source(*node));
    }
    found.into_iter().take(MOST)
}

fn bare(graph: &Graph, node: NodeId, name: &str) -> Candidate {
    let sure = sure(graph, node, name);
    let text = if is_bare_name(&sure) { sure.clone() } else { in_quotes(&sure, '\'') };
    Candidate { text, shown: cut(&sure), kind: kind(graph, node, name) }
}

/// The name, if it names this node alone; else its id, which does.
fn sure(graph: &Graph, node: NodeId, name: &str) -> String {
    let is_only =
        graph.find_name(name).is_some_and(|found| matches!(found.nodes.as_slice(), [(only, _)] if *only == node));
    match graph.slug(node) {
        Some(id) if !is_only => id.to_owned(),
        _ => name.to_owned(),
    }
}

/// The kind, and for another name than the usual one whom it names.
fn kind(graph: &Graph, node: NodeId, name: &str) -> String {
    let usual = graph.name_of(node);
    let kind = kind_of(graph, node);
    if usual == name { kind } else { cut(&format!("{kind}: {usual}")) }
}

fn in_quotes(text: &str, quote: char) -> String {
    let escaped = text.replace('\\', "\\\\").replace(quote, &format!("\\{quote}"));
    format!("{quote}{escaped}{quote}")
}

/// Sources by id, author or title.
pub(super) fn sources(typed: &str, known: &Known) -> Vec<Candidate> {
    let typed = typed.trim_start();
    let graph = &known.graph;
    let records = graph.sources().map(|source| graph.source_record(source));
    let has = |text: &str| text.to_lowercase().contains(&typed.to_lowercase());
    let fits = records.filter(|source| has(source.id) || has(source.author) || has(source.title));
    fits.map(|source| Candidate::new(source.id, cut(source.title))).collect()
}
