//! What the statements of a session changed: kept as snapshots, told as data, taken back from the last one on.
//!
//! A [`Graph`] is two `Arc`s, but the changes of each snapshot are a copy of their own. So the history has a budget:
//! when its snapshots hold too much, the oldest statements become one entry, which is listed, and taken back, as a
//! whole.

use std::collections::VecDeque;
use std::fmt;

use crate::answer::{Effects, Evidence, TextForm};
use crate::graph::{Alteration, Graph};
use crate::model::{About, ClaimId, EdgeId, KeyId, Map, NodeId, Value};

/// How many statements are kept apart at most.
const STATEMENTS: usize = 1_000;
/// How many nodes, edges and patches the kept snapshots may hold together.
const HELD: usize = 2_000_000;

/// What one statement changed (or the oldest ones together, once the history is long).
#[derive(Clone, Debug)]
pub struct Changes {
    /// The text of the statement.
    pub statements: Vec<String>,
    /// Each change, in order of number: nodes first, then relations.
    pub items: Vec<Change>,
    /// The same, counted.
    pub effects: Effects,
}

/// One change. Its [`Display`](fmt::Display) is one line: `+ (:Actor {name: 'MNLA'})`.
#[derive(Clone, Debug)]
pub enum Change {
    /// A node that was not there before.
    NodeCreated(ChangedNode),
    /// A node that is there no more, as it was.
    NodeDeleted(ChangedNode),
    /// A relation that was not there before.
    RelationCreated(ChangedRelation),
    /// A relation that is there no more, as it was.
    RelationDeleted(ChangedRelation),
    /// A claim that was not made before.
    ClaimAdded(ChangedClaim),
    /// A label that a node bears now.
    LabelAdded(ChangedNode, String),
    /// A label that a node bears no more.
    LabelRemoved(ChangedNode, String),
    /// Another value of a property.
    PropertyChanged {
        /// Whose.
        of: Changed,
        /// The property.
        key: String,
        /// What it was; null where there was none.
        before: Value,
        /// What it is; null where there is none.
        after: Value,
    },
}

/// A node or a relation.
#[derive(Clone, Debug)]
pub enum Changed {
    /// A node.
    Node(ChangedNode),
    /// A relation.
    Relation(ChangedRelation),
}

/// A node as it is, or as it was before it was deleted.
#[derive(Clone, Debug)]
pub struct ChangedNode {
    /// Its handle.
    pub node: NodeId,
    /// Its name, else its slug, else `#` and its number.
    pub name: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// Its properties.
    pub properties: Map,
}

/// A relation as it is, or as it was before it was deleted.
#[derive(Clone, Debug)]
pub struct ChangedRelation {
    /// Its handle.
    pub relation: EdgeId,
    /// Its type.
    pub kind: String,
    /// The name of its subject.
    pub subject: String,
    /// The name of its object.
    pub object: String,
    /// Its properties.
    pub properties: Map,
}

/// A claim that was added.
#[derive(Clone, Debug)]
pub struct ChangedClaim {
    /// Its handle.
    pub claim: ClaimId,
    /// What it is about: a node's name, or a relation.
    pub about: String,
    /// What of it: a relation's type, `name`, an attribute.
    pub matter: String,
    /// The id of its source.
    pub source: String,
    /// Where in it.
    pub at: String,
}

/// The snapshots of a session.
#[derive(Default)]
pub(super) struct History {
    entries: VecDeque<Entry>,
}

struct Entry {
    statements: Vec<String>,
    before: Graph,
    after: Graph,
}

impl History {
    /// Notes a statement that may have changed the graph.
    pub fn note(&mut self, statement: &str, before: Graph, after: Graph) {
        self.entries.push_back(Entry { statements: vec![statement.to_owned()], before, after });
        while self.entries.len() > STATEMENTS || (self.entries.len() > 2 && self.held() > HELD) {
            self.join_oldest();
        }
    }

    fn held(&self) -> usize {
        self.entries.iter().map(|entry| entry.before.overlay_size()).sum()
    }

    fn join_oldest(&mut self) {
        let oldest = self.entries.pop_front().expect("only a history of several entries is shortened");
        let next = self.entries.front_mut().expect("only a history of several entries is shortened");
        next.before = oldest.before;
        next.statements.splice(0..0, oldest.statements);
    }

    /// All that was changed, the oldest first.
    pub fn changes(&self) -> Vec<Changes> {
        self.entries.iter().map(Entry::changes).collect()
    }

    /// Forgets the last entry; gives what it had changed, and the graph from before it.
    pub fn undo(&mut self) -> Option<(Changes, Graph)> {
        let last = self.entries.pop_back()?;
        Some((last.changes(), last.before))
    }
}

impl Entry {
    fn changes(&self) -> Changes {
        let mut items = Vec::new();
        self.after.alterations_since(&self.before, &mut |each| items.push(self.change(each)));
        Changes { statements: self.statements.clone(), items, effects: effects(&self.before, &self.after) }
    }

    fn change(&self, alteration: Alteration) -> Change {
        let (before, after) = (&self.before, &self.after);
        match alteration {
            Alteration::NodeCreated(node) => Change::NodeCreated(ChangedNode::of(after, node)),
            Alteration::NodeDeleted(node) => Change::NodeDeleted(ChangedNode::of(before, node)),
            Alteration::EdgeCreated(edge) => Change::RelationCreated(ChangedRelation::of(after, edge)),
            Alteration::EdgeDeleted(edge) => Change::RelationDeleted(ChangedRelation::of(before, edge)),
            Alteration::ClaimAdded(claim) => Change::ClaimAdded(ChangedClaim::of(after, claim)),
            Alteration::LabelAdded(node, label) => {
                Change::LabelAdded(ChangedNode::of(after, node), after.label_name(label).to_string())
            }
            Alteration::LabelRemoved(node, label) => {
                Change::LabelRemoved(ChangedNode::of(after, node), after.label_name(label).to_string())
            }
            Alteration::NodeProperty { node, key, before, after: new } => {
                let of = Changed::Node(ChangedNode::of(after, node));
                Change::PropertyChanged { of, key: after.key_name(key).to_string(), before, after: new }
            }
            Alteration::EdgeProperty { edge, key, before, after: new } => {
                let of = Changed::Relation(ChangedRelation::of(after, edge));
                Change::PropertyChanged { of, key: after.key_name(key).to_string(), before, after: new }
            }
        }
    }
}

/// What changed between two snapshots, counted: what is created brings its labels and properties along, what is
/// deleted takes them away uncounted.
pub(super) fn effects(before: &Graph, after: &Graph) -> Effects {
    let mut effects = Effects::default();
    after.alterations_since(before, &mut |each| match each {
        Alteration::NodeCreated(node) => {
            effects.nodes_created += 1;
            effects.labels_added += after.labels_of(node).len();
            effects.properties_set += after.node_properties(node).len();
        }
        Alteration::EdgeCreated(edge) => {
            effects.relations_created += 1;
            effects.properties_set += after.edge_properties(edge).len();
        }
        Alteration::NodeDeleted(_) => effects.nodes_deleted += 1,
        Alteration::EdgeDeleted(_) => effects.relations_deleted += 1,
        Alteration::ClaimAdded(_) => effects.claims_added += 1,
        Alteration::LabelAdded(..) => effects.labels_added += 1,
        Alteration::LabelRemoved(..) => effects.labels_removed += 1,
        Alteration::NodeProperty { after, .. } | Alteration::EdgeProperty { after, .. } => {
            let count = if after.is_null() { &mut effects.properties_removed } else { &mut effects.properties_set };
            *count += 1;
        }
    });
    effects
}

fn named(graph: &Graph, properties: Vec<(KeyId, Value)>) -> Map {
    properties.into_iter().map(|(key, value)| (graph.key_name(key).clone(), value)).collect()
}

impl ChangedNode {
    fn of(graph: &Graph, node: NodeId) -> Self {
        let labels = graph.labels_of(node).iter().map(|label| graph.label_name(*label).to_string());
        let properties = named(graph, graph.node_properties(node));
        Self { node, name: graph.name_of(node).into_owned(), labels: labels.collect(), properties }
    }
}

impl ChangedClaim {
    fn of(graph: &Graph, handle: ClaimId) -> Self {
        let claim = graph.claim(handle);
        let about = match claim.about {
            About::Node(node) => format!("({})", graph.name_of(node)),
            About::Edge(edge) => ChangedRelation::of(graph, edge).to_string(),
        };
        let source = graph.source_record(claim.source).id.to_owned();
        Self { claim: handle, about, matter: claim.matter.to_owned(), source, at: claim.at.to_owned() }
    }
}

impl ChangedRelation {
    fn of(graph: &Graph, relation: EdgeId) -> Self {
        Self {
            relation,
            kind: graph.type_name(graph.edge_type(relation)).to_string(),
            subject: graph.name_of(graph.source(relation)).into_owned(),
            object: graph.name_of(graph.target(relation)).into_owned(),
            properties: named(graph, graph.edge_properties(relation)),
        }
    }
}

/// A value inside other text: a string stands in quotes.
fn quoted(value: &Value) -> String {
    let nothing = Evidence::default();
    let shown = TextForm::new(&nothing).plain(&Value::list(vec![value.clone()]));
    shown[1..shown.len() - 1].to_owned()
}

fn properties(f: &mut fmt::Formatter<'_>, properties: &Map) -> fmt::Result {
    if properties.is_empty() { Ok(()) } else { write!(f, " {}", quoted(&Value::Map(properties.clone().into()))) }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NodeCreated(node) => write!(f, "+ {node:#}"),
            Self::NodeDeleted(node) => write!(f, "- {node:#}"),
            Self::RelationCreated(relation) => write!(f, "+ {relation:#}"),
            Self::RelationDeleted(relation) => write!(f, "- {relation:#}"),
            Self::ClaimAdded(claim) => write!(f, "+ {claim}"),
            Self::LabelAdded(node, label) => write!(f, "~ {node} + :{label}"),
            Self::LabelRemoved(node, label) => write!(f, "~ {node} - :{label}"),
            Self::PropertyChanged { of, key, before, after } => {
                match of {
                    Changed::Node(node) => write!(f, "~ {node}")?,
                    Changed::Relation(relation) => write!(f, "~ {relation}")?,
                }
                write!(f, ".{key}: {} → {}", quoted(before), quoted(after))
            }
        }
    }
}

/// `claim on (MNLA): name [weiss-2023, para 3]`.
impl fmt::Display for ChangedClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "claim on {}: {} [{}, {}]", self.about, self.matter, self.source, self.at)
    }
}

/// `(MNLA)`; with `#` the labels and properties: `(:Actor {name: 'MNLA'})`.
impl fmt::Display for ChangedNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write!(f, "({})", self.name);
        }
        f.write_str("(")?;
        if !self.properties.contains_key("name") {
            f.write_str(&self.name)?;
        }
        self.labels.iter().try_for_each(|label| write!(f, ":{label}"))?;
        properties(f, &self.properties)?;
        f.write_str(")")
    }
}

/// `(MNLA)-[:PART_OF]->(CMA)`; with `#` the properties too.
impl fmt::Display for ChangedRelation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({})-[:{}", self.subject, self.kind)?;
        if f.alternate() {
            properties(f, &self.properties)?;
        }
        write!(f, "]->({})", self.object)
    }
}
