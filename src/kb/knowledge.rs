//! Records with their names looked up: what the checks walk and the loader takes over.
//!
//! Nothing here fails: what names nothing is `None`, and a check reports it. So all checks run over all records, and
//! all faults show at once.

use indexmap::{IndexMap, IndexSet};

use super::identity;
use super::record::{ClaimEntry, NodeEntry, Records, RelationEntry, SourceEntry};
use super::timing::{self, Life, Timing};
use crate::model::schema::RelationType;
use crate::names::{fold, nearest};

/// The kind that every source bears, so that it is a node too.
pub(super) const SOURCE_KIND: &str = "Source";

/// What an id stands for.
#[derive(Clone, Copy, Debug)]
pub enum Known<'r> {
    /// A node, with its number in [`Records::nodes`].
    Node(usize, &'r NodeEntry),
    /// A source, with its number in [`Records::sources`].
    Source(usize, &'r SourceEntry),
}

/// Records with their names looked up.
#[derive(Debug)]
pub struct Knowledge<'r> {
    /// What was written.
    pub records: &'r Records,
    /// Per node: the life of the actor, as firm claims bound it.
    pub lives: Vec<Life>,
    /// Per claim: when it holds.
    pub timings: Vec<Timing>,
    /// Per node: the node that stands for it.
    pub canonical: Vec<usize>,
    ids: IndexMap<&'r str, Known<'r>>,
    labels: Vec<IndexSet<String>>,
    source_labels: IndexSet<String>,
}

impl<'r> Knowledge<'r> {
    /// Looks up ids and kinds, and bounds lives and claims in time. Of an id given twice the first counts.
    #[must_use]
    pub fn new(records: &'r Records) -> Self {
        let mut ids = IndexMap::new();
        for (number, source) in records.sources.iter().enumerate() {
            ids.entry(source.id.as_str()).or_insert(Known::Source(number, source));
        }
        for (number, node) in records.nodes.iter().enumerate() {
            ids.entry(node.id.as_str()).or_insert(Known::Node(number, node));
        }
        let labels = records.nodes.iter().map(|node| labels(records, node)).collect();
        let source_labels = records.schema.labels_of(SOURCE_KIND);
        let number = |id: &str| match ids.get(id) {
            Some(Known::Node(number, _)) => Some(*number),
            _ => None,
        };
        let canonical = identity::canonical(records, number);
        let lives = timing::lives(records, &canonical);
        let mut knowledge = Self { records, lives, timings: Vec::new(), canonical, ids, labels, source_labels };
        knowledge.timings = timing::timings(&knowledge);
        knowledge
    }

    /// What an id stands for.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Known<'r>> {
        self.ids.get(id).copied()
    }

    /// The source with an id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&'r SourceEntry> {
        match self.find(id)? {
            Known::Source(_, source) => Some(source),
            Known::Node(..) => None,
        }
    }

    /// The node with an id; not a source.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<usize> {
        match self.find(id)? {
            Known::Node(number, _) => Some(number),
            Known::Source(..) => None,
        }
    }

    /// The id that stands for an id: that of the first node of those that are one.
    #[must_use]
    pub fn canonical_id(&self, id: &'r str) -> &'r str {
        self.node(id).map_or(id, |node| self.records.nodes[self.canonical[node]].id.as_str())
    }

    /// The source of a claim.
    #[must_use]
    pub fn source_of(&self, claim: &ClaimEntry) -> Option<&'r SourceEntry> {
        claim.evidence.source.as_ref().and_then(|source| self.source(source.as_str()))
    }

    /// The node on which a claim stands.
    #[must_use]
    pub fn subject(&self, claim: &ClaimEntry) -> &'r NodeEntry {
        &self.records.nodes[claim.node]
    }

    /// The type of a relation.
    #[must_use]
    pub fn relation_type(&self, relation: &RelationEntry) -> Option<&'r RelationType> {
        self.records.schema.types.get(relation.relation.as_str())
    }

    /// All kinds of a node, and of those joined with it.
    #[must_use]
    pub fn labels_of_node(&self, node: usize) -> IndexSet<&str> {
        let joined = self.canonical.iter().enumerate().filter(|(_, canonical)| **canonical == node);
        joined.flat_map(|(number, _)| self.labels[number].iter().map(String::as_str)).collect()
    }

    /// All kinds of what an id stands for: its own, its further ones, and those above.
    #[must_use]
    pub fn labels(&self, id: &str) -> Option<&IndexSet<String>> {
        Some(match self.find(id)? {
            Known::Node(number, _) => &self.labels[number],
            Known::Source(..) => &self.source_labels,
        })
    }

    /// The preferred name of what an id stands for, or the id itself.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        match self.find(id) {
            Some(Known::Node(_, node)) => node.name.as_str(),
            Some(Known::Source(_, source)) => source.title.as_str(),
            None => id,
        }
    }

    /// The ids nearest to a wrong one: those of nodes that bear it as a name first, then those spelt alike.
    #[must_use]
    pub fn nearest_ids(&self, wrong: &str, sources_only: bool) -> Vec<&'r str> {
        let key = fold(wrong);
        let by_name = self.ids.iter().filter(|(_, known)| match known {
            Known::Node(_, node) => !sources_only && fold(node.name.as_str()) == key,
            Known::Source(_, source) => fold(source.title.as_str()) == key,
        });
        let mut found: IndexSet<&'r str> = by_name.map(|(id, _)| *id).collect();
        let all = self.ids.iter().filter(|(_, known)| !sources_only || matches!(known, Known::Source(..)));
        found.extend(nearest(all.map(|(id, _)| *id), wrong, 3));
        found.into_iter().take(3).collect()
    }
}

fn labels(records: &Records, node: &NodeEntry) -> IndexSet<String> {
    let kinds = std::iter::once(&node.kind).chain(&node.also);
    kinds.flat_map(|kind| records.schema.labels_of(kind.as_str())).collect()
}
