//! The records behind an answer or a graph as JSON objects: nodes, relations, claims, sources.

use serde_json::{Value as Json, json};

use crate::answer::{Claim, Evidence, Node, Relation, Source};
use crate::model::{About, ClaimId, EdgeId, NodeId};

/// How a node is referred to: by its slug, or by its number where it has none.
pub fn node_id(node: NodeId, record: Option<&Node>) -> String {
    record.and_then(|record| record.id.clone()).unwrap_or_else(|| format!("#{}", node.0))
}

/// How a relation is referred to: by its content key, or by its number where it has none.
pub fn relation_id(edge: EdgeId, record: Option<&Relation>) -> String {
    record.and_then(|record| record.id.clone()).unwrap_or_else(|| format!("#{}", edge.0))
}

/// How claims are referred to.
pub fn claim_ids(claims: &[ClaimId], evidence: &Evidence) -> Vec<Json> {
    claims.iter().filter_map(|claim| evidence.claim(*claim)).map(|record| Json::from(record.id.as_str())).collect()
}

/// The fields of a claim. `about` names what it speaks of, where the reader cannot see that from where it stands.
pub fn claim(claim: &Claim, source: Option<&Source>, about: Option<Json>) -> Json {
    let mut object = json!({
        "id": claim.id,
        "source": source.map(|source| source.id.as_str()),
        "locator": claim.at,
        "wording": claim.wording.word(),
        "from": claim.from,
        "to": claim.to,
        "on": claim.on,
        "observed": claim.observed,
        "attributed_to": claim.attributed_to.as_ref().map(|quoted| quoted.id.as_str()),
        "attributed_on": claim.attributed_on,
        "basis": claim.basis.word(),
        "inferred_from": claim.inferred_from,
        "credibility": (claim.credibility > 0).then_some(claim.credibility),
        "rank": claim.rank.word(),
        "extent": claim.extent.map(crate::model::Extent::word),
        "complete": claim.complete,
        "note": claim.note,
        "quote": claim.quote,
        "subject_as": claim.subject_as,
        "object_as": claim.object_as,
        "matter": claim.matter,
        "value": non_empty(&claim.value),
    });
    if let (Some(about), Some(fields)) = (about, object.as_object_mut()) {
        fields.insert("about".to_owned(), about);
    }
    object
}

/// What a claim of an answer is about: `{"relation": id}` or `{"node": id}`.
pub fn about(claim: &Claim, evidence: &Evidence) -> Json {
    match claim.about {
        About::Edge(edge) => json!({ "relation": relation_id(edge, evidence.relation(edge)) }),
        About::Node(node) => json!({ "node": node_id(node, evidence.node(node)) }),
    }
}

/// A source.
pub fn source(source: &Source) -> Json {
    json!({
        "id": source.id,
        "author": non_empty(&source.author),
        "title": non_empty(&source.title),
        "publisher": non_empty(&source.publisher),
        "date": non_empty(&source.date),
        "kind": non_empty(&source.kind),
        "address": non_empty(&source.address),
        "reliability": non_empty(&source.reliability),
        "same_origin": (source.origin != source.id).then(|| non_empty(&source.origin)).flatten(),
    })
}

/// An empty text of a record is an unknown one.
fn non_empty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
