//! A whole graph as one JSON object, written record by record, so that memory does not grow with the graph.

use std::io::{self, Write};

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::record;
use crate::answer::{Claim, Evidence, Figure, FigureAmount, Knowledge, Node, NodeName, Relation, Source};
use crate::model::{Map, NodeId, SourceId};

type Sources = IndexMap<SourceId, Source>;

/// Writes a whole graph.
pub fn write(knowledge: &dyn Knowledge, out: &mut dyn Write) -> io::Result<()> {
    let sources: Sources = knowledge.sources().collect();
    write!(out, "{{\"knowledge\":{}", Json::from(knowledge.version()))?;
    section(out, "nodes", knowledge.nodes().map(|(id, each)| node(knowledge, &sources, id, &each)))?;
    section(out, "relations", knowledge.relations().map(|(_, each)| relation(knowledge, &sources, &each)))?;
    section(out, "figures", knowledge.figures().map(|each| figure(knowledge, &sources, &each)))?;
    section(out, "sources", sources.values().map(record::source))?;
    out.write_all(b"\n}\n")
}

fn section(out: &mut dyn Write, name: &str, records: impl Iterator<Item = Json>) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    for (at, record) in records.enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &record)?;
    }
    out.write_all(b"]")
}

fn node(knowledge: &dyn Knowledge, sources: &Sources, id: NodeId, node: &Node) -> Json {
    let names: Vec<Json> = knowledge.names(id).iter().map(|each| name(knowledge, sources, each)).collect();
    let claims: Vec<Json> =
        knowledge.claims_about(id).iter().map(|each| record::claim(each, sources.get(&each.source), None)).collect();
    json!({
        "id": knowledge.slug(id),
        "kinds": node.kinds,
        "labels": node.labels,
        "name": node.title(),
        "names": names,
        "since": node.since,
        "until": node.until,
        "properties": properties(&node.properties),
        "claims": claims,
    })
}

fn name(knowledge: &dyn Knowledge, sources: &Sources, name: &NodeName) -> Json {
    let claim = name.claim.map(|claim| knowledge.claim(claim));
    let source = claim.as_ref().and_then(|claim| sources.get(&claim.source));
    json!({
        "text": name.text,
        "kind": name.kind,
        "language": name.language,
        "script": name.script,
        "source": source.map(|source| source.id.as_str()),
        "locator": claim.as_ref().map(|claim| claim.at.as_str()),
    })
}

fn relation(knowledge: &dyn Knowledge, sources: &Sources, relation: &Relation) -> Json {
    let claims: Vec<Claim> = relation.claims.iter().map(|each| knowledge.claim(*each)).collect();
    let claims: Vec<Json> = claims.iter().map(|each| record::claim(each, sources.get(&each.source), None)).collect();
    json!({
        "id": relation.id,
        "subject": knowledge.slug(relation.subject),
        "type": relation.kind,
        "role": relation.role(),
        "object": knowledge.slug(relation.object),
        "since": relation.since,
        "until": relation.until,
        "standing": relation.standing.word(),
        "why": relation.why,
        "properties": properties(&relation.properties),
        "claims": claims,
    })
}

/// A figure: what was counted, then the claim's own fields, so that source and locator stand beside the value.
fn figure(knowledge: &dyn Knowledge, sources: &Sources, figure: &Figure) -> Json {
    let mut object = json!({
        "node": knowledge.slug(figure.node),
        "measure": figure.measure,
        "value": amount(&figure.amount),
        "unit": figure.unit,
        "of": figure.of,
        "relative_to": figure.relative_to,
        "jointly_with": figure.jointly_with,
        "scope": figure.scope,
        "period": figure.period,
    });
    let claim = record::claim(&figure.claim, sources.get(&figure.claim.source), None);
    if let (Some(fields), Json::Object(claim)) = (object.as_object_mut(), claim) {
        let further = claim.into_iter().filter(|(key, _)| !["matter", "value"].contains(&key.as_str()));
        fields.extend(further);
    }
    object
}

/// An exact value is a number, words are a string, and anything else says what sort of value it is.
fn amount(amount: &FigureAmount) -> Json {
    match amount {
        FigureAmount::Exact(value) => number(*value),
        FigureAmount::Range(least, most) => json!({ "at_least": number(*least), "at_most": number(*most) }),
        FigureAmount::AtLeast(value) => json!({ "at_least": number(*value) }),
        FigureAmount::AtMost(value) => json!({ "at_most": number(*value) }),
        FigureAmount::About(value) => json!({ "about": number(*value) }),
        FigureAmount::Words(words) => words.as_str().into(),
    }
}

/// Counts of people read better without `.0`.
#[expect(clippy::cast_possible_truncation, reason = "only whole numbers below 2^53 are cast")]
fn number(value: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT { (value as i64).into() } else { value.into() }
}

/// Properties of a stored graph are plain values: no handles among them.
fn properties(properties: &Map) -> Json {
    let nothing = Evidence::default();
    properties.iter().map(|(key, each)| (key.to_string(), super::answer::value(each, &nothing))).collect()
}
