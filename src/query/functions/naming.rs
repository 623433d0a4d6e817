//! Functions on nodes of a knowledge graph: looking them up by name, and what they are called.

use std::sync::Arc;

use indexmap::IndexSet;

use super::entity::of_node;
use super::{ErrorClass, Function, FunctionError, PLAIN, ValueKind, dates, required, text};
use crate::graph::{Graph, Named};
use crate::model::{ClaimId, Name, NodeId, Rank, Value, Wording};
use crate::names;
use crate::time::Edtf;

const NODE: super::Parameter = required("node", ValueKind::Node);

/// How many candidates a message lists.
const LISTED: usize = 8;

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "node",
        parameters: &[required("name", ValueKind::String)],
        returns: ValueKind::Node,
        meaning: "the node with this id or name; an error if there is none, or more than one",
        body: |context, args| node_named(context.graph, text(&args[0])).map(Value::Node),
        ..PLAIN
    },
    Function {
        name: "candidates",
        parameters: &[required("name", ValueKind::String)],
        returns: ValueKind::List,
        meaning: "every node that a name may stand for: exact and folded names first, then names that hold the words",
        body: |context, args| Ok(candidates(context.graph, text(&args[0]))),
        ..PLAIN
    },
    Function {
        name: "name",
        parameters: &[NODE],
        returns: ValueKind::String,
        meaning: "what a node is called for short",
        body: |context, args| Ok(context.graph.name_of(of_node(&args[0])).as_ref().into()),
        ..PLAIN
    },
    Function {
        name: "names",
        parameters: &[NODE],
        returns: ValueKind::List,
        meaning: "all names of a node, each as a map of text, kind, language, script, sources and claims",
        body: |context, args| {
            let names = context.graph.names_of(of_node(&args[0]));
            Ok(Value::list(names.map(|name| named(context.graph, &name)).collect()))
        },
        ..PLAIN
    },
    Function {
        name: "kind",
        parameters: &[NODE],
        returns: ValueKind::String,
        meaning: "the most specific label of a node",
        body: |context, args| Ok(kinds(context.graph, of_node(&args[0])).into_iter().next().unwrap_or_default()),
        ..PLAIN
    },
    Function {
        name: "kinds",
        parameters: &[NODE],
        returns: ValueKind::List,
        meaning: "the labels of a node, the most specific first",
        body: |context, args| Ok(Value::list(kinds(context.graph, of_node(&args[0])))),
        ..PLAIN
    },
    Function {
        name: "founded",
        parameters: &[NODE],
        returns: ValueKind::Edtf,
        meaning: "when an actor was founded or began, as the sources date it",
        body: |context, args| Ok(dated(context.graph, of_node(&args[0]), &["founded", "began"])),
        ..PLAIN
    },
    Function {
        name: "ended",
        parameters: &[NODE],
        returns: ValueKind::Edtf,
        meaning: "when an actor was dissolved or ended, as the sources date it",
        body: |context, args| Ok(dated(context.graph, of_node(&args[0]), &["dissolved", "ended"])),
        ..PLAIN
    },
    Function {
        name: "born",
        parameters: &[NODE],
        returns: ValueKind::Edtf,
        meaning: "when a person was born",
        body: |context, args| Ok(dated(context.graph, of_node(&args[0]), &["born"])),
        ..PLAIN
    },
    Function {
        name: "died",
        parameters: &[NODE],
        returns: ValueKind::Edtf,
        meaning: "when a person died",
        body: |context, args| Ok(dated(context.graph, of_node(&args[0]), &["died"])),
        ..PLAIN
    },
    Function {
        name: "fold",
        parameters: &[required("text", ValueKind::String)],
        returns: ValueKind::String,
        meaning: "a name as look-up sees it: without case, accents, articles, apostrophes and hyphens",
        examples: &[("fold('Ansar al-Dine') = fold('ansar dine')", "true")],
        body: |_, args| Ok(names::fold(text(&args[0])).into()),
        ..PLAIN
    },
];

/// The node that a text names. Never a guess: what fits several nodes is an error with the candidates.
pub(super) fn node_named(graph: &Graph, wanted: &str) -> Result<NodeId, FunctionError> {
    one_of(graph, graph.find_name(wanted), wanted)
}

/// The node whose word a text asks for: the source of that name, if there is one. Never a guess, either.
pub(super) fn voice_named(graph: &Graph, wanted: &str) -> Result<NodeId, FunctionError> {
    one_of(graph, graph.find_source(wanted), wanted)
}

fn one_of(graph: &Graph, found: Option<Named<'_>>, wanted: &str) -> Result<NodeId, FunctionError> {
    let refused = |message: String| FunctionError::new(ErrorClass::ArgumentError, "UnknownName", message);
    let Some(found) = found else {
        let error = refused(format!("nothing in the graph is named '{wanted}'"));
        let holding = graph.names_with_words(wanted);
        let near = if holding.is_empty() { graph.nearest_names(wanted, 3) } else { holding };
        if near.is_empty() {
            return Err(error);
        }
        let nodes: Vec<NodeId> = near.iter().map(|(node, _)| *node).collect();
        return Err(error.with_hint(format!("write the whole name or the id: {}", listed(graph, &nodes))));
    };
    match found.nodes.as_slice() {
        [(node, _)] => Ok(*node),
        several => {
            let nodes: Vec<NodeId> = several.iter().map(|(node, _)| *node).collect();
            let error = refused(format!("'{wanted}' is the name of {} nodes", nodes.len()));
            Err(error.with_hint(format!("use the id of the one that you mean: {}", listed(graph, &nodes))))
        }
    }
}

/// "JNIM (Coalition, jnim), …": each node once.
fn listed(graph: &Graph, nodes: &[NodeId]) -> String {
    let seen: IndexSet<NodeId> = nodes.iter().copied().collect();
    let described = seen.iter().take(LISTED).map(|node| {
        let kind = kinds(graph, *node).into_iter().next().unwrap_or_default();
        let details: Vec<&str> = [kind.as_text(), graph.slug(*node)].into_iter().flatten().collect();
        let name = graph.name_of(*node);
        if details.is_empty() { name.into_owned() } else { format!("{name} ({})", details.join(", ")) }
    });
    let text = described.collect::<Vec<_>>().join(", ");
    match seen.len().checked_sub(LISTED) {
        None | Some(0) => text,
        Some(more) => format!("{text} and {more} more"),
    }
}

/// Maps of `node`, `name`, `name_kind`, `sources` and `claims`.
fn candidates(graph: &Graph, wanted: &str) -> Value {
    let found = graph.find_name(wanted).map(|found| found.nodes).unwrap_or_default();
    let by_words = graph.names_with_words(wanted).into_iter().map(|(node, name)| (node, Some(name)));
    let mut seen = IndexSet::new();
    let mut rows = Vec::new();
    for (node, name) in found.into_iter().chain(by_words) {
        if !seen.insert(node) {
            continue;
        }
        let called = graph.name_of(node);
        let text = name.unwrap_or(&called);
        let record = graph.names_of(node).find(|each| each.text == text);
        rows.push(Value::map([
            ("node", Value::Node(node)),
            ("name", text.into()),
            ("name_kind", record.as_ref().map(|record| record.kind.word()).into()),
            ("sources", source_of(graph, record.as_ref().and_then(|record| record.claim))),
            ("claims", claims_of(record.as_ref())),
        ]));
    }
    Value::list(rows)
}

fn named(graph: &Graph, name: &Name<'_>) -> Value {
    Value::map([
        ("text", name.text.into()),
        ("kind", name.kind.word().into()),
        ("language", said(name.language)),
        ("script", said(name.script)),
        ("sources", source_of(graph, name.claim)),
        ("claims", claims_of(Some(name))),
    ])
}

/// The claim behind a name, as a list of one or none.
fn claims_of(name: Option<&Name<'_>>) -> Value {
    Value::list(name.and_then(|name| name.claim).map(Value::Claim).into_iter().collect())
}

/// The source of a claim, as a list of one or none.
fn source_of(graph: &Graph, claim: Option<ClaimId>) -> Value {
    let source = claim.map(|claim| graph.source_record(graph.claim(claim).source).id);
    Value::list(source.map(Value::from).into_iter().collect())
}

/// A text that may be empty, which says nothing.
pub(super) fn said(text: &str) -> Value {
    Some(text).filter(|text| !text.is_empty()).into()
}

/// The labels of a node as kinds: the one that it was given first, then those that the schema puts below others.
fn kinds(graph: &Graph, node: NodeId) -> Vec<Value> {
    let given = graph.key_id("kind").map(|key| graph.node_property(node, key)).unwrap_or_default();
    let schema = graph.schema();
    let labels = graph.labels_of(node).iter().map(|label| graph.label_name(*label));
    let rank = |label: &str| (given.as_text() != Some(label), std::cmp::Reverse(schema.labels_of(label).len()));
    let mut ranked: Vec<_> = labels.map(|label| (rank(label), label)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, label)| Value::Text(label.clone())).collect()
}

/// The date that the live claims about a node give for one of these matters: a preferred one first, then the most
/// exact, then the one that was said first. A property of that name stands in where nobody claims anything.
fn dated(graph: &Graph, node: NodeId, matters: &[&str]) -> Value {
    let claims = graph.claims_of_node(node).map(|claim| graph.claim(claim));
    let live = claims
        .filter(|claim| claim.rank != Rank::Deprecated && claim.wording != Wording::Denied)
        .filter(|claim| matters.contains(&claim.matter));
    let dated = live.filter_map(|claim| Some((claim.rank, Edtf::parse(claim.value).ok()?)));
    let width = |date: &Edtf| i64::from(date.latest().0) - i64::from(date.earliest().0);
    if let Some((_, date)) = dated.min_by_key(|(rank, date)| (*rank != Rank::Preferred, width(date))) {
        return Value::Edtf(Arc::new(date));
    }
    let properties = matters.iter().filter_map(|matter| graph.key_id(matter));
    let mut written = properties.map(|key| graph.node_property(node, key)).filter(|value| !value.is_null());
    written.find_map(|value| dates::date(&value).ok()).map_or(Value::Null, Value::Edtf)
}
