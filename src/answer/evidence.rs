//! The subgraph behind an answer, owned: whatever a renderer may want to know of a handle.
//!
//! The records here are copies of what the graph says, taken when the answer is handed out. Maps keep the order in
//! which things were met, row by row, so that every rendering is the same in every run.

use indexmap::IndexMap;

use crate::model::{About, Basis, ClaimId, EdgeId, End, Extent, Map, NodeId, Rank, SourceId, Style, Wording};
use crate::time::{Bounds, TimeClass};

/// Everything that the handles of an answer mean.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The nodes, by handle.
    pub nodes: IndexMap<NodeId, Node>,
    /// The relations, by handle; the nodes at their ends are in `nodes`.
    pub relations: IndexMap<EdgeId, Relation>,
    /// The claims, by handle; their sources are in `sources`.
    pub claims: IndexMap<ClaimId, Claim>,
    /// The sources, by handle.
    pub sources: IndexMap<SourceId, Source>,
}

impl Evidence {
    /// The record of a node.
    #[must_use]
    pub fn node(&self, node: NodeId) -> Option<&Node> {
        self.nodes.get(&node)
    }

    /// The record of a relation.
    #[must_use]
    pub fn relation(&self, edge: EdgeId) -> Option<&Relation> {
        self.relations.get(&edge)
    }

    /// The record of a claim.
    #[must_use]
    pub fn claim(&self, claim: ClaimId) -> Option<&Claim> {
        self.claims.get(&claim)
    }

    /// The source of a claim.
    #[must_use]
    pub fn source_of(&self, claim: &Claim) -> Option<&Source> {
        self.sources.get(&claim.source)
    }
}

/// A node by its slug and name, where no more is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRef {
    /// Its slug; empty in a graph without slugs.
    pub id: String,
    /// Its preferred name, or its slug.
    pub name: String,
}

/// A node.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its slug; `None` in a graph of the empty schema.
    pub id: Option<String>,
    /// The kinds that it was given, most telling first, without those above them; all labels in the empty schema.
    pub kinds: Vec<String>,
    /// All labels, up the tree of kinds.
    pub labels: Vec<String>,
    /// Its preferred name; `None` where nodes have no names.
    pub name: Option<String>,
    /// Its properties.
    pub properties: Map,
    /// Founded, born or began, as EDTF.
    pub since: Option<String>,
    /// Dissolved, died or ended, as EDTF.
    pub until: Option<String>,
}

impl Node {
    /// The name, else the slug.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.name.as_deref().or(self.id.as_deref())
    }
}

/// How well a relation stands, by its claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Some live claim says so, and none denies it.
    Certain,
    /// No claim says it for certain.
    Possible,
    /// Live claims say both.
    Disputed,
    /// Only denials back it.
    Denied,
    /// It has no claims: one is implied, of the file or session it came from.
    #[default]
    Unsourced,
}

impl Standing {
    /// The word that answers use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
            Self::Disputed => "disputed",
            Self::Denied => "denied",
            Self::Unsourced => "unsourced",
        }
    }
}

/// A relation: one episode.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its content key, in hexadecimal; `None` in a graph of the empty schema.
    pub id: Option<String>,
    /// Where the arrow starts.
    pub subject: NodeId,
    /// The relation type.
    pub kind: String,
    /// Where it points.
    pub object: NodeId,
    /// Its role, and the roles above that; empty in the empty schema.
    pub roles: Vec<String>,
    /// The relation in words, from subject to object; the type's name in the empty schema.
    pub reading: String,
    /// Whether it says the same in both directions.
    pub symmetric: bool,
    /// For descent: which end is the forerunner.
    pub earlier: Option<End>,
    /// When it holds; `None` in the empty schema.
    pub time: Option<TimeClass>,
    /// How the schema wants it drawn.
    pub style: Style,
    /// Its properties.
    pub properties: Map,
    /// Start, as EDTF, as written.
    pub since: Option<String>,
    /// End, as EDTF, as written; `..` is "not ended".
    pub until: Option<String>,
    /// How well it stands.
    pub standing: Standing,
    /// Why it is not certain, in a few words: "alleged", "only seen in 2020", "undated".
    pub why: Option<String>,
    /// The claims behind it, deprecated ones last.
    pub claims: Vec<ClaimId>,
}

impl Relation {
    /// A relation of which nothing is known but its ends and its type.
    #[must_use]
    pub fn bare(subject: NodeId, kind: impl Into<String>, object: NodeId) -> Self {
        let kind = kind.into();
        Self {
            id: None,
            subject,
            reading: kind.clone(),
            kind,
            object,
            roles: Vec::new(),
            symmetric: false,
            earlier: None,
            time: None,
            style: Style::default(),
            properties: Map::default(),
            since: None,
            until: None,
            standing: Standing::Unsourced,
            why: None,
            claims: Vec::new(),
        }
    }

    /// Its role: the nearest one.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        self.roles.first().map(String::as_str)
    }
}

/// A claim: every field of the model, owned.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its content key, in hexadecimal.
    pub id: String,
    /// What it is about.
    pub about: About,
    /// What of it: a relation type's name, `name`, `founded`, a measure …
    pub matter: String,
    /// What is said, where the matter is not a relation.
    pub value: String,
    /// Who says it.
    pub source: SourceId,
    /// Where in it: the locator.
    pub at: String,
    /// Start, as EDTF.
    pub from: Option<String>,
    /// End, as EDTF.
    pub to: Option<String>,
    /// The date of an event, as EDTF.
    pub on: Option<String>,
    /// The time of which the source says that it holds, as EDTF.
    pub observed: Option<String>,
    /// How the source puts it.
    pub wording: Wording,
    /// Whom the source quotes.
    pub attributed_to: Option<NodeRef>,
    /// When they said it.
    pub attributed_on: Option<String>,
    /// Stated or inferred.
    pub basis: Basis,
    /// What it is inferred from.
    pub inferred_from: Option<String>,
    /// Admiralty 1–6; 0 where ungraded.
    pub credibility: u8,
    /// The curator's rank.
    pub rank: Rank,
    /// How much of a place.
    pub extent: Option<Extent>,
    /// The list that it belongs to is meant to be whole.
    pub complete: bool,
    /// Our words.
    pub note: Option<String>,
    /// The source's words.
    pub quote: Option<String>,
    /// The name that the source uses for the subject.
    pub subject_as: Option<String>,
    /// The name that the source uses for the object.
    pub object_as: Option<String>,
    /// When it holds by this claim alone.
    pub bounds: Bounds,
}

impl Claim {
    /// Whether it backs anything: deprecated claims are kept and shown, and back nothing.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.rank != Rank::Deprecated
    }
}

/// A source, owned. Empty texts are unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its slug.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as EDTF.
    pub date: String,
    /// What it is: article, report, listing …
    pub kind: String,
    /// Where it can be opened.
    pub address: String,
    /// Admiralty A–F.
    pub reliability: String,
    /// The witness that copies share: a source's slug, its own where it copies nobody.
    pub origin: String,
}
