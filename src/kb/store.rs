//! Checked records to a store: nodes with all their labels, one edge an episode, every claim behind what it backs.
//!
//! Nothing is judged here: the checks have passed, so that every name stands for something. Nodes that are joined
//! become one node, with the names, kinds and claims of all; what is said between them is said of it.
//!
//! A node bears the properties `id`, `name`, `kind`, and each attribute of which all live claims say the same; of
//! dates that agree, the narrowest. An edge bears `office`, `identity`, `membership` and `extent`, where its claims
//! agree on them. Everything else is evidence.

use indexmap::{IndexMap, IndexSet};

use super::attributes;
use super::content::claim_key;
use super::episodes::Episode;
use super::identity::JOINING_TYPE;
use super::knowledge::{Knowledge, SOURCE_KIND};
use super::record::{Amount, ClaimEntry, FigureEntry, Matter, RelationEntry, SourceEntry, Text};
use super::recorded;
use crate::graph::{ClaimRow, GraphBuilder, NewClaim, NewEdge, NewFigure, NewName, NewSource, Store};
use crate::model::{Basis, Extent, FigureValue, LabelId, NameKind, NodeId, RECORDED_SIDE, SourceId, Value};

/// Builds the store.
pub(super) fn store(knowledge: &Knowledge<'_>, episodes: &[Episode<'_>], version: u64) -> Store {
    let mut loader = Loader {
        knowledge,
        builder: GraphBuilder::new(),
        nodes: IndexMap::new(),
        sources: IndexMap::new(),
        seen: IndexSet::new(),
        joined_by: IndexMap::new(),
    };
    loader.builder.schema(knowledge.records.schema.clone());
    loader.builder.meta().version = version;
    loader.add_nodes();
    loader.add_sources();
    for (number, claim) in knowledge.records.claims.iter().enumerate() {
        loader.add_node_claim(number, claim);
    }
    for episode in episodes {
        loader.add_episode(episode);
    }
    loader.add_records();
    loader.add_joined_ids();
    for key in ["id", "name"] {
        let key = loader.builder.key(key);
        loader.builder.index_nodes_by(key);
    }
    loader.builder.freeze()
}

struct Loader<'k, 'r> {
    knowledge: &'k Knowledge<'r>,
    builder: GraphBuilder,
    /// By id, canonical ones and those that they stand for.
    nodes: IndexMap<&'r str, NodeId>,
    sources: IndexMap<&'r str, SourceId>,
    /// The keys of the claims that were taken: one given twice counts once.
    seen: IndexSet<u64>,
    /// By number, the nodes for which another stands, and a claim that says so.
    joined_by: IndexMap<usize, ClaimRow>,
}

impl<'r> Loader<'_, 'r> {
    fn add_nodes(&mut self) {
        let attributes = attributes::undisputed(self.knowledge);
        for (number, node) in self.knowledge.records.nodes.iter().enumerate() {
            let canonical = self.knowledge.canonical[number];
            if canonical != number {
                // The one that stands for it is defined earlier.
                let first = self.nodes[self.knowledge.records.nodes[canonical].id.as_str()];
                self.nodes.insert(node.id.as_str(), first);
                continue;
            }
            let labels = self.knowledge.labels_of_node(number);
            let handle = self.add_node(node.id.as_str(), &labels);
            self.builder.set_lifetime(handle, self.knowledge.lives[number].bounds);
            self.set_text(handle, "id", node.id.as_str());
            self.set_text(handle, "name", node.name.as_str());
            self.set_text(handle, "kind", node.kind.as_str());
            for (attribute, value) in attributes.get(&number).into_iter().flatten() {
                self.set_text(handle, attribute, value);
            }
        }
    }

    fn add_node(&mut self, id: &'r str, labels: &IndexSet<&str>) -> NodeId {
        let labels: Vec<LabelId> = labels.iter().map(|label| self.builder.label(label)).collect();
        let handle = self.builder.add_node(id, &labels);
        self.nodes.insert(id, handle);
        handle
    }

    fn set_text(&mut self, node: NodeId, key: &str, value: &str) {
        let key = self.builder.key(key);
        let text = self.builder.text(value);
        self.builder.set_node_text(node, key, text);
    }

    fn add_sources(&mut self) {
        for source in &self.knowledge.records.sources {
            let id = source.id.as_str();
            let labels = self.knowledge.labels(id).into_iter().flatten().map(String::as_str).collect();
            let node = self.add_node(id, &labels);
            let properties = [
                ("name", Some(source.title.as_str())),
                ("kind", Some(SOURCE_KIND)),
                ("title", Some(source.title.as_str())),
                ("author", said(source.author.as_ref())),
                ("publisher", said(source.publisher.as_ref())),
                ("date", source.date.as_ref().map(|date| date.value.as_str())),
                ("address", said(source.address.as_ref())),
                ("reliability", said(source.reliability.as_ref())),
                ("note", said(source.note.as_ref())),
            ];
            self.set_text(node, "id", id);
            for (key, value) in properties {
                if let Some(value) = value {
                    self.set_text(node, key, value);
                }
            }
            let (text, kind) = (source.title.as_str(), NameKind::Preferred);
            self.builder.add_name(&NewName { node, text, kind, language: "", script: "", claim: None });
            let handle = self.builder.add_source(&new_source(source));
            self.sources.insert(id, handle);
        }
    }

    /// Adds the ids of joined nodes, by which they are still found. Behind all names: who has another is called by that.
    fn add_joined_ids(&mut self) {
        for (number, node) in self.knowledge.records.nodes.iter().enumerate() {
            if self.knowledge.canonical[number] != number {
                let (id, claim) = (node.id.as_str(), self.joined_by.get(&number).copied());
                let (node, kind) = (self.nodes[id], NameKind::Other);
                self.builder.add_name(&NewName { node, text: id, kind, language: "", script: "", claim });
            }
        }
    }

    /// Adds a claim about a node: all but those on relations between two.
    fn add_node_claim(&mut self, number: usize, claim: &'r ClaimEntry) {
        let (matter, value) = match &claim.matter {
            Matter::Kind(kind) => ("kind", kind.value.clone()),
            Matter::Name(name) => ("name", name.text.value.clone()),
            Matter::Attribute(attribute) => (attribute.attribute.as_str(), attribute.value.value.clone()),
            Matter::Figure(figure) => (figure.measure.as_str(), figure_words(figure)),
            Matter::Relation(relation) if self.is_within(claim, relation) => {
                (relation.relation.as_str(), self.in_words(claim, relation))
            }
            Matter::Relation(_) => return,
        };
        let Some(mut new) = self.new_claim(number, claim) else { return };
        if !matches!(claim.matter, Matter::Name(_)) {
            new.subject_as = new.subject_as.or_else(|| self.joined_name(self.knowledge.subject(claim).id.as_str()));
        }
        matter.clone_into(&mut new.matter);
        new.value = value;
        let node = self.nodes[self.knowledge.subject(claim).id.as_str()];
        let row = self.builder.add_node_claim(node, &new);
        match &claim.matter {
            Matter::Name(name) => {
                let is_joined = self.knowledge.canonical[claim.node] != claim.node;
                let kind = if is_joined && name.kind == NameKind::Preferred { NameKind::Other } else { name.kind };
                let (language, script) =
                    (said(name.language.as_ref()).unwrap_or(""), said(name.script.as_ref()).unwrap_or(""));
                let text = name.text.as_str();
                self.builder.add_name(&NewName { node, text, kind, language, script, claim: Some(row) });
            }
            Matter::Figure(figure) => self.add_figure(node, figure, row),
            Matter::Relation(relation) if relation.relation.value == JOINING_TYPE => {
                for end in [Some(claim.node), self.knowledge.node(relation.object.as_str())].into_iter().flatten() {
                    self.joined_by.entry(end).or_insert(row);
                }
            }
            _ => {}
        }
    }

    /// Keeps the curator's records, and makes each side of a dispute a claim, so that it can be cited.
    fn add_records(&mut self) {
        let records = recorded::curator_records(self.knowledge);
        for dispute in &records.disputes {
            let Some(node) = dispute.about.first().and_then(|id| self.nodes.get(id.as_str()).copied()) else {
                continue;
            };
            for side in &dispute.sides {
                let Some(source) = self.sources.get(side.source.as_str()) else { continue };
                let mut claim = NewClaim::new(*source, side.at.as_str());
                RECORDED_SIDE.clone_into(&mut claim.matter);
                claim.value.clone_from(&side.says);
                if side.silent {
                    claim.basis = Basis::Inferred;
                    claim.inferred_from = Some("the source's silence".to_owned());
                }
                self.builder.add_node_claim(node, &claim);
            }
        }
        self.builder.records(records);
    }

    /// Whether both ends of a relation are one node: then no edge can say it.
    fn is_within(&self, claim: &ClaimEntry, relation: &RelationEntry) -> bool {
        let object = self.nodes.get(relation.object.as_str());
        object.is_some() && object == self.nodes.get(self.knowledge.subject(claim).id.as_str())
    }

    /// "Katiba Macina is the same as FLM".
    fn in_words(&self, claim: &ClaimEntry, relation: &RelationEntry) -> String {
        let reading = self.knowledge.relation_type(relation).map_or(relation.relation.as_str(), |known| &known.reading);
        let object = self.knowledge.name(relation.object.as_str());
        format!("{} {reading} {object}", self.knowledge.subject(claim).name.as_str())
    }

    /// What a node was called that another stands for.
    fn joined_name(&self, id: &str) -> Option<String> {
        let node = self.knowledge.node(id).filter(|node| self.knowledge.canonical[*node] != *node)?;
        Some(self.knowledge.records.nodes[node].name.value.clone())
    }

    fn add_figure(&mut self, node: NodeId, figure: &FigureEntry, claim: ClaimRow) {
        let jointly_with: Vec<&str> = figure.jointly_with.iter().map(Text::as_str).collect();
        self.builder.add_figure(&NewFigure {
            node,
            measure: figure.measure.as_str(),
            value: figure_value(&figure.amount),
            unit: said(figure.unit.as_ref()).unwrap_or(""),
            of: said(figure.of.as_ref()).unwrap_or(""),
            relative_to: said(figure.relative_to.as_ref()).unwrap_or(""),
            jointly_with: &jointly_with.join(", "),
            scope: said(figure.scope.as_ref()).unwrap_or(""),
            period: figure.period.as_ref().map_or("", |period| period.value.as_str()),
            claim,
        });
    }

    fn add_episode(&mut self, episode: &Episode<'r>) {
        let (subject, object) = (self.nodes[episode.subject], self.nodes[episode.object]);
        if subject == object {
            return;
        }
        let relation = self.builder.relation_type(episode.relation);
        let edge = self.builder.add_edge(relation, subject, object);
        self.builder.set_edge_key(edge, episode.key);
        let claims = || episode.claims.iter().map(|number| &self.knowledge.records.claims[*number]);
        let relations = || claims().filter_map(ClaimEntry::relation);
        let properties = [
            ("office", agreed(relations().map(|each| said(each.office.as_ref())))),
            ("identity", agreed(relations().map(|each| said(each.identity.as_ref())))),
            ("membership", agreed(relations().map(|each| said(each.membership.as_ref())))),
            ("extent", agreed(claims().map(|each| each.evidence.extent.map(Extent::word)))),
        ];
        for (key, value) in properties {
            if let Some(value) = value {
                let key = self.builder.key(key);
                self.builder.set_edge_property(edge, key, &Value::from(value));
            }
        }
        for number in &episode.claims {
            self.add_edge_claim(edge, *number, episode);
        }
    }

    fn add_edge_claim(&mut self, edge: NewEdge, number: usize, episode: &Episode<'r>) {
        let claim = &self.knowledge.records.claims[number];
        let Some(mut new) = self.new_claim(number, claim) else { return };
        let subject = self.knowledge.subject(claim);
        let is_turned = self.knowledge.canonical_id(subject.id.as_str()) != episode.subject;
        new.subject_as = new.subject_as.or_else(|| self.joined_name(subject.id.as_str()));
        let object = claim.relation().map(|relation| relation.object.as_str());
        new.object_as = new.object_as.or_else(|| self.joined_name(object?));
        if is_turned {
            std::mem::swap(&mut new.subject_as, &mut new.object_as);
        }
        self.builder.add_edge_claim(edge, &new);
    }

    /// The evidence of a claim; `None` for one that is given twice.
    fn new_claim(&mut self, number: usize, claim: &ClaimEntry) -> Option<NewClaim> {
        if !self.seen.insert(claim_key(self.knowledge.records, claim)) {
            return None;
        }
        let evidence = &claim.evidence;
        let source = *self.sources.get(said(evidence.source.as_ref())?)?;
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let date = |date: &Option<super::record::Date>| date.as_ref().map(|date| date.value.as_str().to_owned());
        Some(NewClaim {
            from: date(&evidence.from),
            to: date(&evidence.to),
            on: date(&evidence.on),
            observed: date(&evidence.observed),
            wording: evidence.wording,
            attributed_to: said(evidence.attributed_to.as_ref()).and_then(|id| self.nodes.get(id).copied()),
            attributed_on: date(&evidence.attributed_on),
            basis: evidence.basis,
            inferred_from: text(&evidence.inferred_from),
            credibility: evidence.credibility,
            rank: evidence.rank,
            extent: evidence.extent,
            complete: evidence.complete,
            note: note(evidence.note.as_ref(), evidence.reason.as_ref()),
            quote: text(&evidence.quote),
            subject_as: text(&evidence.subject_as),
            object_as: text(&evidence.object_as),
            bounds: self.knowledge.timings[number].bounds,
            ..NewClaim::new(source, said(evidence.at.as_ref()).unwrap_or(""))
        })
    }
}

fn said(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}

/// Our words, and why the claim no longer counts.
fn note(note: Option<&Text>, reason: Option<&Text>) -> Option<String> {
    let parts: Vec<&str> = note.into_iter().chain(reason).map(Text::as_str).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// What all that say something say; `None` where nobody does, or they differ.
fn agreed<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Option<&'a str> {
    let values: IndexSet<&str> = values.flatten().collect();
    if values.len() == 1 { values.first().copied() } else { None }
}

fn new_source(source: &SourceEntry) -> NewSource {
    let text = |text: &Option<Text>| said(text.as_ref()).unwrap_or("").to_owned();
    NewSource {
        id: source.id.value.clone(),
        author: text(&source.author),
        title: source.title.value.clone(),
        publisher: text(&source.publisher),
        date: source.date.as_ref().map_or_else(String::new, |date| date.value.as_str().to_owned()),
        kind: text(&source.kind),
        address: text(&source.address),
        reliability: text(&source.reliability),
        origin: text(&source.same_origin),
    }
}

fn figure_value(amount: &Amount) -> FigureValue<'_> {
    match amount {
        Amount::Exact(value) => FigureValue::Exact(*value),
        Amount::Range(low, high) => FigureValue::Range(*low, *high),
        Amount::AtLeast(value) => FigureValue::AtLeast(*value),
        Amount::AtMost(value) => FigureValue::AtMost(*value),
        Amount::About(value) => FigureValue::About(*value),
        Amount::Words(words) => FigureValue::Words(words),
    }
}

fn figure_words(figure: &FigureEntry) -> String {
    match &figure.unit {
        Some(unit) => format!("{} {}", figure.value.value, unit.value),
        None => figure.value.value.clone(),
    }
}
