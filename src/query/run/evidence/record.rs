//! One thing of a graph as a record of an answer.

use indexmap::IndexMap;

use crate::answer::{Claim, Node, NodeRef, Relation, Source, Standing};
use crate::graph::{EdgeFilter, Graph};
use crate::model::{
    self, ClaimId, EdgeId, KeyId, LabelId, Map, NameKind, NodeId, Rank, Schema, SourceRecord, Value, Wording,
};
use crate::time::{self, Edtf};

/// The attributes that say when a node began, whatever it is.
const BEGINNINGS: &[&str] = &["founded", "born", "began", "occurred"];
/// The attributes that say when a node ended; what occurred on a day began and ended on it.
const ENDINGS: &[&str] = &["dissolved", "died", "ended", "occurred"];

/// Makes records, and remembers what nodes have in common.
pub struct Recorder<'g> {
    graph: &'g Graph,
    /// By label set: labels and kinds.
    labels: IndexMap<&'g [LabelId], (Vec<String>, Vec<String>)>,
    /// How relations are to stand.
    asked: EdgeFilter,
}

impl<'g> Recorder<'g> {
    /// A recorder of a graph.
    pub fn new(graph: &'g Graph) -> Self {
        Self { graph, labels: IndexMap::new(), asked: EdgeFilter::default() }
    }

    /// With the time and the sources by which relations stand.
    pub fn asked(mut self, asked: EdgeFilter) -> Self {
        self.asked = asked;
        self
    }

    /// A node.
    pub fn node(&mut self, node: NodeId) -> Node {
        let graph = self.graph;
        let (labels, kinds) = self.labels_of(node);
        let claims: Vec<model::Claim<'_>> = graph.claims_of_node(node).map(|claim| graph.claim(claim)).collect();
        let date = |matters: &[&str]| {
            let said = claims.iter().filter(|claim| matters.contains(&claim.matter) && stands(claim));
            as_written(said.map(|claim| claim.value))
        };
        Node {
            id: graph.slug(node).map(str::to_owned),
            kinds,
            labels,
            name: name_of(graph, node).map(str::to_owned),
            properties: map(graph, graph.node_properties(node)),
            since: date(BEGINNINGS),
            until: date(ENDINGS),
        }
    }

    fn labels_of(&mut self, node: NodeId) -> (Vec<String>, Vec<String>) {
        let graph = self.graph;
        let set = graph.labels_of(node);
        self.labels.entry(set).or_insert_with(|| {
            let labels: Vec<String> = set.iter().map(|label| graph.label_name(*label).to_string()).collect();
            let kinds = narrowest(&labels, graph.schema());
            (labels, kinds)
        });
        self.labels[set].clone()
    }

    /// A relation, with the claims behind it: preferred ones first, deprecated ones last.
    pub fn relation(&self, edge: EdgeId) -> Relation {
        let graph = self.graph;
        let kind = graph.type_name(graph.edge_type(edge)).to_string();
        let mut claims: Vec<model::Claim<'_>> = graph.claims_of_edge(edge).map(|claim| graph.claim(claim)).collect();
        claims.sort_by_key(|claim| match claim.rank {
            Rank::Preferred => 0,
            Rank::Normal => 1,
            Rank::Deprecated => 2,
        });
        let live = || claims.iter().filter(|claim| stands(claim));
        let (standing, why) = standing(graph, edge, &claims, &self.asked);
        let bare = Relation::bare(graph.source(edge), kind, graph.target(edge));
        Relation {
            id: graph.slug(bare.subject).map(|_| key(graph.edge_key(edge))),
            properties: map(graph, graph.edge_properties(edge)),
            since: as_written(live().filter_map(|claim| claim.on.or(claim.from))),
            until: as_written(live().filter_map(|claim| claim.to)),
            standing,
            why,
            claims: claims.iter().map(|claim| claim.handle).collect(),
            ..with_schema(bare, graph.schema())
        }
    }

    /// A claim.
    pub fn claim(&self, claim: ClaimId) -> Claim {
        let claim = self.graph.claim(claim);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Claim {
            id: key(claim.id),
            about: claim.about,
            matter: claim.matter.to_owned(),
            value: claim.value.to_owned(),
            source: claim.source,
            at: claim.at.to_owned(),
            from: owned(claim.from),
            to: owned(claim.to),
            on: owned(claim.on),
            observed: owned(claim.observed),
            wording: claim.wording,
            attributed_to: claim.attributed_to.map(|node| reference(self.graph, node)),
            attributed_on: owned(claim.attributed_on),
            basis: claim.basis,
            inferred_from: owned(claim.inferred_from),
            credibility: claim.credibility,
            rank: claim.rank,
            extent: claim.extent,
            complete: claim.complete,
            note: owned(claim.note),
            quote: owned(claim.quote),
            subject_as: owned(claim.subject_as),
            object_as: owned(claim.object_as),
            bounds: claim.bounds,
        }
    }
}

/// A source.
pub fn source(source: &SourceRecord<'_>) -> Source {
    Source {
        id: source.id.to_owned(),
        author: source.author.to_owned(),
        title: source.title.to_owned(),
        publisher: source.publisher.to_owned(),
        date: source.date.to_owned(),
        kind: source.kind.to_owned(),
        address: source.address.to_owned(),
        reliability: source.reliability.to_owned(),
        origin: source.origin.to_owned(),
    }
}

/// The preferred name, else the first one.
fn name_of(graph: &Graph, node: NodeId) -> Option<&str> {
    let preferred = graph.names_of(node).find(|name| name.kind == NameKind::Preferred);
    preferred.or_else(|| graph.names_of(node).next()).map(|name| name.text)
}

fn reference(graph: &Graph, node: NodeId) -> NodeRef {
    let id = graph.slug(node).unwrap_or_default();
    NodeRef { id: id.to_owned(), name: name_of(graph, node).unwrap_or(id).to_owned() }
}

/// A content key as answers write it.
fn key(key: u64) -> String {
    format!("{key:016x}")
}

fn map(graph: &Graph, properties: Vec<(KeyId, Value)>) -> Map {
    properties.into_iter().map(|(key, value)| (graph.key_name(key).clone(), value)).collect()
}

/// Labels less those that another one implies.
fn narrowest(labels: &[String], schema: &Schema) -> Vec<String> {
    let implies = |label: &String, above: &String| label != above && schema.labels_of(label).contains(above);
    labels.iter().filter(|above| !labels.iter().any(|label| implies(label, above))).cloned().collect()
}

/// What the schema says of a relation's type.
fn with_schema(relation: Relation, schema: &Schema) -> Relation {
    let Some(known) = schema.types.get(&relation.kind) else { return relation };
    let mut roles = Vec::new();
    let mut next = Some(known.role.as_str());
    // Roles that stand above each other are refused by `griot check`; here they must not go round for ever.
    while let Some(role) = next.filter(|role| !roles.iter().any(|known| known == role)) {
        roles.push(role.to_owned());
        next = schema.roles.get(role).and_then(|role| role.within.as_deref());
    }
    Relation {
        roles,
        reading: known.reading.clone(),
        symmetric: known.symmetric,
        earlier: known.earlier,
        time: Some(known.time),
        style: known.style.clone(),
        ..relation
    }
}

/// How a relation stands under what is asked, and why it is not certain. One that does not count there, since the
/// answer shows it for another reason, stands as it does at some time.
fn standing(
    graph: &Graph,
    edge: EdgeId,
    claims: &[model::Claim<'_>],
    asked: &EdgeFilter,
) -> (Standing, Option<String>) {
    if claims.is_empty() {
        return (Standing::Unsourced, None);
    }
    let whenever = EdgeFilter::default();
    let asked = if graph.standing(edge, asked) == time::Standing::No { &whenever } else { asked };
    let standing = match graph.standing(edge, asked) {
        time::Standing::Certain => Standing::Certain,
        time::Standing::Disputed => Standing::Disputed,
        time::Standing::Possible => Standing::Possible,
        time::Standing::No => Standing::Denied,
    };
    (standing, graph.why(edge, asked).map(|why| why.to_string()))
}

/// Whether a claim says that something holds: it is live, and no denial.
fn stands(claim: &model::Claim<'_>) -> bool {
    claim.rank != Rank::Deprecated && claim.wording != Wording::Denied
}

/// What sources write of one date: the narrowest where they agree, all of them where they do not.
fn as_written<'t>(dates: impl Iterator<Item = &'t str>) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    for date in dates {
        if kept.iter().any(|other| *other == date || is_within(other, date)) {
            continue;
        }
        kept.retain(|other| !is_within(date, other));
        kept.push(date);
    }
    (!kept.is_empty()).then(|| kept.join(" or "))
}

/// Whether one date says all that the other says, and more.
fn is_within(narrow: &str, wide: &str) -> bool {
    match (Edtf::parse(narrow), Edtf::parse(wide)) {
        (Ok(narrow), Ok(wide)) => narrow.is_narrower_than(&wide),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_dates_that_agree_the_narrowest_is_shown_and_of_others_all() {
        for (dates, expected) in [
            (&["2012", "2012-07"][..], Some("2012-07")),
            (&["2012-07", "2012", "2012-07"], Some("2012-07")),
            (&["2012", "2013"], Some("2012 or 2013")),
            (&[], None),
        ] {
            assert_eq!(as_written(dates.iter().copied()).as_deref(), expected);
        }
    }
}
