//! What a claim says of itself, field by field: `claim.source`, `claim.locator`.

use super::dates;
use crate::graph::Graph;
use crate::model::{About, Claim, Extent, Map, SourceRecord, Value};

/// A claim, its source, and the graph that both are of.
pub(super) struct Cited<'g> {
    graph: &'g Graph,
    claim: Claim<'g>,
    source: SourceRecord<'g>,
}

impl<'g> Cited<'g> {
    pub(super) fn of(graph: &'g Graph, claim: crate::model::ClaimId) -> Self {
        let claim = graph.claim(claim);
        let source = graph.source_record(claim.source);
        Self { graph, claim, source }
    }

    /// The value of a field; null where the claim does not say, or there is no such field.
    pub(super) fn field(&self, name: &str) -> Value {
        FIELDS.iter().find(|(field, _)| *field == name).map(|(_, read)| read(self)).unwrap_or_default()
    }

    /// All fields that say something.
    pub(super) fn fields(&self) -> Map {
        let said = FIELDS.iter().map(|(name, read)| ((*name).into(), read(self)));
        said.filter(|(_, value)| !value.is_null()).collect()
    }
}

type Read = fn(&Cited<'_>) -> Value;

/// The fields, as MODEL.md names them; the locator goes by both its names.
const FIELDS: &[(&str, Read)] = &[
    ("id", |cited| format!("{:016x}", cited.claim.id).into()),
    ("about", |cited| match cited.claim.about {
        About::Edge(edge) => Value::Rel(edge),
        About::Node(node) => Value::Node(node),
    }),
    ("matter", |cited| said(cited.claim.matter)),
    ("value", |cited| said(cited.claim.value)),
    ("source", |cited| said(cited.source.id)),
    ("locator", |cited| said(cited.claim.at)),
    ("at", |cited| said(cited.claim.at)),
    ("wording", |cited| cited.claim.wording.word().into()),
    ("from", |cited| dates::read(cited.claim.from)),
    ("to", |cited| dates::read(cited.claim.to)),
    ("on", |cited| dates::read(cited.claim.on)),
    ("observed", |cited| dates::read(cited.claim.observed)),
    ("attributed_to", |cited| cited.claim.attributed_to.map_or(Value::Null, Value::Node)),
    ("attributed_on", |cited| dates::read(cited.claim.attributed_on)),
    ("basis", |cited| cited.claim.basis.word().into()),
    ("inferred_from", |cited| cited.claim.inferred_from.into()),
    ("credibility", |cited| match cited.claim.credibility {
        0 => Value::Null,
        grade => Value::Int(i64::from(grade)),
    }),
    ("rank", |cited| cited.claim.rank.word().into()),
    ("extent", |cited| cited.claim.extent.map(Extent::word).into()),
    ("complete", |cited| Value::Bool(cited.claim.complete)),
    ("note", |cited| cited.claim.note.into()),
    ("quote", |cited| cited.claim.quote.into()),
    ("subject_as", |cited| cited.claim.subject_as.into()),
    ("object_as", |cited| cited.claim.object_as.into()),
    ("author", |cited| said(cited.source.author)),
    ("title", |cited| said(cited.source.title)),
    ("publisher", |cited| said(cited.source.publisher)),
    ("published", |cited| dates::read(Some(cited.source.date))),
    ("address", |cited| said(cited.source.address)),
    ("reliability", |cited| said(cited.source.reliability)),
    ("origin", |cited| said(cited.source.origin)),
    ("source_node", |cited| cited.graph.node_of_source(cited.claim.source).map_or(Value::Null, Value::Node)),
];

/// A text that may be empty, which says nothing.
fn said(text: &str) -> Value {
    Some(text).filter(|text| !text.is_empty()).into()
}
