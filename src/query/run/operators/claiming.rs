//! Making things in a graph with a schema: the properties of a new relation are the fields of the claim that backs it,
//! and a new node is of a known kind and has a name. Everything that is wrong or missing is said at once.

use super::fields::Fields;
use crate::graph::{Direction, Graph, NewClaim, WriteError, stance};
use crate::model::schema::RelationType;
use crate::model::{About, EdgeId, Extent, LabelId, Map, NodeId, Rank, SourceId, TypeId, Value, Wording};
use crate::names::{nearest, slug};
use crate::query::functions::ErrorClass;
use crate::query::run::{Outcome, RunError};
use crate::source::Span;
use crate::time::{Bounds, ClaimDates, Edtf, Form, Lifetime};

/// What an edge bears beside its claims.
const OF_THE_EDGE: [&str; 4] = ["office", "identity", "membership", "extent"];
/// The longest quote, in words.
const QUOTE: usize = 25;

/// The fault that lists what is wrong.
fn refuse(span: Span, what: &str, problems: &[String], hint: &str) -> RunError {
    let message = format!("{what}: {}", problems.join("; "));
    RunError::at(span, ErrorClass::SemanticError, "MissingEvidence", message).with_hint(hint)
}

/// Makes a node of a kind of the schema; it bears the labels of all kinds above it.
pub(super) fn make_node(graph: &mut Graph, kinds: &[String], properties: &Map, span: Span) -> Outcome<NodeId> {
    let mut fields = Fields::new(properties);
    let mut problems = unknown_kinds(graph, kinds);
    let name = fields.text("name");
    if name.is_none() {
        problems.push("it has no `name`".to_owned());
    }
    let id = fields.text("id").or_else(|| name.as_deref().map(|name| free_slug(graph, name)));
    if let Some(id) = &id {
        problems.extend(id_problem(graph, id));
    }
    let evidence = match (source(graph, &mut fields), fields.text("at")) {
        (Some(source), Some(at)) => Some(NewClaim::new(source, at)),
        (None, None) => None,
        (Some(_), None) => {
            problems.push("it has a `source` and no `at`: where in it".to_owned());
            None
        }
        (None, Some(_)) => {
            problems.push("it has a locator `at` and no `source`".to_owned());
            None
        }
    };
    problems.append(&mut fields.problems);
    let (Some(id), Some(name), true) = (id, name, problems.is_empty()) else {
        let hint = "write (:Kind {name: '…', source: '…', at: '…'})";
        return Err(refuse(span, "a node of this graph cannot be made so", &problems, hint));
    };
    let labels: Vec<LabelId> = kinds
        .iter()
        .flat_map(|kind| graph.schema().labels_of(kind))
        .collect::<Vec<_>>()
        .iter()
        .map(|label| graph.intern_label(label))
        .collect();
    let attributes: Vec<(String, Value)> = properties
        .iter()
        .filter(|(key, _)| !["id", "name", "kind", "source", "at"].contains(&key.as_ref()))
        .map(|(key, value)| (key.to_string(), value.clone()))
        .collect();
    let own = [("id", id.as_str()), ("name", &name), ("kind", &kinds[0])];
    let own = own.map(|(key, value)| (key.to_owned(), Value::text(value)));
    let stored: Vec<_> =
        own.into_iter().chain(attributes.clone()).map(|(key, value)| (graph.intern_key(&key), value)).collect();
    let node = graph.create_node(&labels, stored);
    graph.set_slug(node, &id).expect("the id was seen to be free");
    if let Some(evidence) = evidence {
        let said = [("kind".to_owned(), Value::text(kinds[0].as_str())), ("name".to_owned(), Value::text(name))];
        for (matter, value) in said.into_iter().chain(attributes) {
            let value = value.as_text().map_or_else(String::new, str::to_owned);
            let claim = NewClaim { matter, value, ..evidence.clone() };
            graph.add_claim(About::Node(node), claim).expect("the node was just made");
        }
    }
    Ok(node)
}

fn unknown_kinds(graph: &Graph, kinds: &[String]) -> Vec<String> {
    let known = &graph.schema().kinds;
    if kinds.is_empty() {
        return vec!["it has no kind".to_owned()];
    }
    let unknown = kinds.iter().filter(|kind| !known.contains_key(kind.as_str()));
    unknown
        .map(|kind| match nearest(known.keys().map(String::as_str), kind, 1).first() {
            Some(near) => format!("there is no kind `{kind}`; did you mean `{near}`?"),
            None => format!("there is no kind `{kind}`"),
        })
        .collect()
}

fn free_slug(graph: &Graph, name: &str) -> String {
    let plain = slug(name);
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    std::iter::once(plain.clone())
        .chain(numbered)
        .find(|id| graph.node_by_slug(id).is_none())
        .expect("there are more numbers than nodes")
}

fn id_problem(graph: &Graph, id: &str) -> Option<String> {
    let is_slug = !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_slug {
        return Some(format!("`{id}` is no id: an id is made of the letters a to z, digits and hyphens"));
    }
    graph.node_by_slug(id).map(|_| format!("another node has the id `{id}`"))
}

/// The source that a field names.
fn source(graph: &Graph, fields: &mut Fields<'_>) -> Option<SourceId> {
    let value = fields.value("source")?;
    let found = match &value {
        Value::Text(id) => graph.source_by_slug(id),
        Value::Node(node) => graph.source_of_node(*node),
        _ => None,
    };
    if found.is_none() {
        let named = value.as_text().unwrap_or("this");
        let ids: Vec<String> = graph.sources().map(|source| graph.source_record(source).id.to_owned()).collect();
        let near = nearest(ids.iter().map(String::as_str), named, 1);
        let near = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        fields.problems.push(format!("there is no source `{named}`{near}"));
    }
    found
}

/// Backs a relation by a claim: the episode that the claim fits, or a new one.
pub(super) fn make_relation(
    graph: &mut Graph,
    name: &str,
    ends: (NodeId, NodeId),
    properties: &Map,
    span: Span,
) -> Outcome<EdgeId> {
    let Some(known) = graph.schema().types.get(name).cloned() else {
        let near = nearest(graph.schema().types.keys().map(String::as_str), name, 1);
        let near = near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let problems = [format!("there is no relation type `{name}`{near}")];
        return Err(refuse(span, "a relation of this graph cannot be made so", &problems, "take a type of the schema"));
    };
    let mut fields = Fields::new(properties);
    let mut problems = wrong_ends(graph, name, &known, ends);
    let claim = claim(graph, &known, ends, &mut fields);
    problems.append(&mut fields.problems);
    problems.extend(fields.unknown(&OF_THE_EDGE));
    let (Some(claim), true) = (claim, problems.is_empty()) else {
        let hint = format!("write -[:{name} {{source: '…', at: '…'}}]->");
        return Err(refuse(span, "every relation of this graph rests on a claim", &problems, &hint));
    };
    let relation = graph.intern_type(name);
    let edge = match episode(graph, relation, &known, ends, properties.get("office"), claim.bounds) {
        Some(edge) => edge,
        None => {
            let own = properties.iter().filter(|(key, _)| OF_THE_EDGE.contains(&key.as_ref()));
            let own: Vec<_> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
            let own: Vec<_> = own.into_iter().map(|(key, value)| (graph.intern_key(&key), value)).collect();
            graph.create_edge(relation, ends.0, ends.1, own).map_err(|error| gone(error, span))?
        }
    };
    let is_known = graph.claims_of_edge(edge).any(|each| {
        let said = NewClaim { matter: String::new(), value: String::new(), ..NewClaim::from(&graph.claim(each)) };
        said == claim
    });
    if !is_known {
        graph.add_claim(About::Edge(edge), claim).map_err(|error| gone(error, span))?;
    }
    Ok(edge)
}

fn gone(error: WriteError, span: Span) -> RunError {
    RunError::at(span, ErrorClass::EntityNotFound, "DeletedEntityAccess", error.to_string())
}

fn wrong_ends(graph: &Graph, name: &str, known: &RelationType, (subject, object): (NodeId, NodeId)) -> Vec<String> {
    let fits = |node: NodeId, allowed: &[String]| {
        graph.labels_of(node).iter().any(|label| allowed.iter().any(|kind| **kind == **graph.label_name(*label)))
    };
    let fits_turned = known.symmetric && fits(subject, &known.object) && fits(object, &known.subject);
    let mut problems = Vec::new();
    if subject == object {
        problems.push("both ends are the same node".to_owned());
    }
    for (node, allowed, end) in [(subject, &known.subject, "subject"), (object, &known.object, "object")] {
        if !fits_turned && !fits(node, allowed) {
            let who = graph.name_of(node);
            problems.push(format!("{who} cannot be the {end} of `{name}`, which takes {}", allowed.join(", ")));
        }
    }
    problems
}

/// The claim that the fields make; `None`, and the fields' problems say why.
fn claim(graph: &Graph, known: &RelationType, ends: (NodeId, NodeId), fields: &mut Fields<'_>) -> Option<NewClaim> {
    let found = source(graph, fields);
    if found.is_none() && !fields.has("source") {
        fields.problems.push("it has no `source`".to_owned());
    }
    let at = fields.text("at");
    if at.is_none() {
        fields.problems.push("it has no locator `at`: where in its source it stands".to_owned());
    }
    let from = fields.date("from", Form::is_point);
    let to = fields.date("to", |form| form.is_point() || form == Form::NotEnded);
    let on = fields.date("on", Form::is_point);
    let observed = fields.date("observed", |form| form != Form::NotEnded);
    if on.is_some() && (from.is_some() || to.is_some()) {
        fields.problems.push("it has both `on` and a start or an end".to_owned());
    }
    let text = |date: &Option<Edtf>| date.as_ref().map(|date| date.as_str().to_owned());
    let mut claim = NewClaim::new(found.unwrap_or(SourceId(0)), at.unwrap_or_default());
    claim.from = text(&from);
    claim.to = text(&to);
    claim.on = text(&on);
    claim.observed = text(&observed);
    fill(graph, &mut claim, fields);
    let published = found.and_then(|source| Edtf::parse(graph.source_record(source).date).ok());
    let dates = ClaimDates {
        from: from.as_ref(),
        to: to.as_ref(),
        on: on.as_ref(),
        observed: observed.as_ref(),
        published: published.as_ref(),
        is_expected: claim.wording == Wording::Expected,
        subject: life(graph, ends.0),
        object: life(graph, ends.1),
        ..ClaimDates::undated(known.time)
    };
    if stance(claim.wording, claim.basis).asserts() {
        match dates.bounds() {
            Ok(bounds) => claim.bounds = bounds,
            Err(crossed) => fields.problems.push(format!("its dates exclude each other: {crossed}")),
        }
    } else {
        claim.bounds = dates.denied_bounds();
    }
    found.map(|_| claim)
}

/// How the source puts it, and what we think of it.
fn fill(graph: &Graph, claim: &mut NewClaim, fields: &mut Fields<'_>) {
    claim.wording = fields.word("wording", Wording::ALL, Wording::word).unwrap_or(claim.wording);
    claim.basis = fields.word("basis", crate::model::Basis::ALL, crate::model::Basis::word).unwrap_or(claim.basis);
    claim.rank = fields.word("rank", Rank::ALL, Rank::word).unwrap_or(claim.rank);
    claim.extent = fields.word("extent", Extent::ALL, Extent::word);
    claim.attributed_to = fields.node(graph, "attributed_to");
    claim.attributed_on = fields.date("attributed_on", Form::is_point).map(|date| date.as_str().to_owned());
    claim.inferred_from = fields.text("inferred_from");
    claim.credibility = fields.number("credibility", 1..=6).unwrap_or(0);
    claim.complete = fields.truth("complete");
    claim.subject_as = fields.text("subject_as");
    claim.object_as = fields.text("object_as");
    claim.note = fields.text("note");
    claim.quote = fields.text("quote");
    if claim.quote.as_ref().is_some_and(|quote| quote.split_whitespace().count() > QUOTE) {
        fields.problems.push(format!("its quote has more than {QUOTE} words"));
    }
    if claim.basis == crate::model::Basis::Inferred && claim.inferred_from.is_none() {
        fields.problems.push("it is inferred and does not say from what: `inferred_from`".to_owned());
    }
    let reason = fields.text("reason");
    if claim.rank == Rank::Deprecated && reason.is_none() {
        fields.problems.push("it is deprecated and does not say why: `reason`".to_owned());
    }
    let notes: Vec<String> = claim.note.take().into_iter().chain(reason).collect();
    claim.note = (!notes.is_empty()).then(|| notes.join("; "));
}

fn life(graph: &Graph, node: NodeId) -> Lifetime {
    let Bounds { s1, e2, .. } = graph.lifetime(node);
    Lifetime { earliest_start: s1, latest_end: e2 }
}

/// The episode to which a claim belongs: of the same ends, type and office, and, where the type repeats, of a time
/// that the claim's can meet.
fn episode(
    graph: &Graph,
    relation: TypeId,
    known: &RelationType,
    (subject, object): (NodeId, NodeId),
    office: Option<&Value>,
    bounds: Bounds,
) -> Option<EdgeId> {
    let direction = if known.symmetric { Direction::Both } else { Direction::Outgoing };
    let key = graph.key_id("office");
    let has_office = |edge: EdgeId| {
        let has = key.map_or(Value::Null, |key| graph.edge_property(edge, key));
        has.is_equivalent(office.unwrap_or(&Value::Null))
    };
    let fits = |edge: EdgeId| {
        !known.repeats || graph.claims_of_edge(edge).any(|claim| graph.claim(claim).bounds.can_meet(bounds))
    };
    let between = graph.neighbours(subject, relation, direction).filter(|(_, other)| *other == object);
    between.map(|(edge, _)| edge).find(|edge| has_office(*edge) && fits(*edge))
}
