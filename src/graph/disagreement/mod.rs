//! Where claims disagree: no reading of their dates and values makes both true.
//!
//! One file a rule, all of them listed in [`RULES`]; what no rule can see the curator records (`recorded`). A rule
//! looks at one node, its claims and those of its relations, and finds each disagreement at one node only. Claims of one
//! source may disagree too. Deprecated claims take part, and their side is marked; claims that the curator has
//! reconciled do not. What is merely doubted, expected or inferred contradicts nobody.
//!
//! Nothing is resolved here, and nothing is weighed: both sides are handed out with their claims.

mod denied;
mod episode_bounds;
mod event_dates;
mod exclusive_types;
mod figures;
mod kinds;
mod leaders;
mod life_dates;
mod lifetimes;
mod places;
mod recorded;
mod whole_lists;

use indexmap::{IndexMap, IndexSet};

use super::{Direction, Graph, stance};
use crate::model::{About, Claim, ClaimId, EdgeId, NodeId, Rank, SourceId};
use crate::time::{Edtf, Stance};

/// A rule by which claims disagree.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What it is called: its file.
    pub name: &'static str,
    /// When it finds a disagreement, in a line.
    pub meaning: &'static str,
    find: fn(&Graph, NodeId, &mut Found),
}

/// All rules, in reading order: what a node is, when it lived, where and under whom, what holds of it and when.
pub const RULES: &[Rule] = &[
    Rule { name: "kind", meaning: "two kinds of one node, neither of which stands above the other", find: kinds::find },
    Rule { name: "date of a life", meaning: "a founding, birth, death or end with two dates", find: life_dates::find },
    Rule {
        name: "outside a lifetime",
        meaning: "something done before a beginning or after an end",
        find: lifetimes::find,
    },
    Rule { name: "place", meaning: "two places of one level where there can be one", find: places::find },
    Rule { name: "leader", meaning: "two at the same time where there can be one", find: leaders::find },
    Rule { name: "asserted and denied", meaning: "one says that it is so, another that it is not", find: denied::find },
    Rule { name: "start or end", meaning: "one episode with two starts or two ends", find: episode_bounds::find },
    Rule { name: "date of an event", meaning: "an event that does not repeat with two dates", find: event_dates::find },
    Rule {
        name: "exclusive",
        meaning: "relations that exclude each other at the same time",
        find: exclusive_types::find,
    },
    Rule { name: "whole list", meaning: "lists that are meant to be whole, and differ", find: whole_lists::find },
    Rule { name: "figure", meaning: "one measure of one scope and period with two values", find: figures::find },
];

/// Two sides that cannot both be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// Whom it is about, the first foremost.
    pub about: Vec<NodeId>,
    /// On what: an attribute, a relation type, a measure; in words where the curator recorded it.
    pub matter: String,
    /// What sort of thing is disputed: `fact`, or what the curator says.
    pub kind: &'static str,
    /// The rule's name, or `curator`.
    pub found_by: &'static str,
    /// What the two say.
    pub sides: [Side; 2],
    /// False of two later sides of one record: they are two positions beside the first, and may agree with each other.
    pub is_foremost: bool,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// In a few words.
    pub says: String,
    /// Who says it.
    pub source: SourceId,
    /// The claims that say it; one or more, all of that source.
    pub claims: Vec<ClaimId>,
}

impl Side {
    fn of(claim: &Claim<'_>, says: impl Into<String>) -> Self {
        let mut says = says.into();
        if claim.rank == Rank::Deprecated {
            says.push_str(" (deprecated)");
        }
        Self { says, source: claim.source, claims: vec![claim.handle] }
    }
}

impl Disagreement {
    /// Whether the two sides are two witnesses: of two sources, neither of which copies the other or the same third.
    #[must_use]
    pub fn is_independent(&self, graph: &Graph) -> bool {
        let [a, b] = self.sides.each_ref().map(|side| graph.source_record(side.source).origin);
        a != b
    }

    /// The claims of both sides.
    pub fn claims(&self) -> impl Iterator<Item = ClaimId> + '_ {
        self.sides.iter().flat_map(|side| side.claims.iter().copied())
    }
}

/// What the rules have found.
#[derive(Default)]
struct Found {
    disagreements: Vec<Disagreement>,
    rule: &'static str,
}

impl Found {
    /// Notes two sides.
    fn note(&mut self, about: &[NodeId], matter: impl Into<String>, sides: [Side; 2]) {
        let about: IndexSet<NodeId> = about.iter().copied().collect();
        let about = about.into_iter().collect();
        let (matter, found_by) = (matter.into(), self.rule);
        let found = Disagreement { about, matter, kind: "fact", found_by, sides, is_foremost: true };
        self.disagreements.push(found);
    }

    /// Notes every two of some claims that disagree, each with what it says. Claims of one source that say the same are
    /// one side.
    fn pairs<T>(
        &mut self,
        about: &[NodeId],
        matter: &str,
        claims: &[(Claim<'_>, T, String)],
        disagree: impl Fn(&T, &T) -> bool,
    ) {
        let mut sides: IndexMap<(SourceId, &str, bool), (Side, &T)> = IndexMap::new();
        for (claim, value, says) in claims {
            let key = (claim.source, says.as_str(), claim.rank == Rank::Deprecated);
            sides
                .entry(key)
                .and_modify(|(side, _)| side.claims.push(claim.handle))
                .or_insert_with(|| (Side::of(claim, says.as_str()), value));
        }
        let sides: Vec<_> = sides.into_values().collect();
        for (place, (a, one)) in sides.iter().enumerate() {
            for (b, other) in &sides[place + 1..] {
                if disagree(one, other) {
                    self.note(about, matter, [a.clone(), b.clone()]);
                }
            }
        }
    }
}

/// Whether a claim says that something is so: asserted, assessed, reported or alleged by its source.
fn says_so(claim: &Claim<'_>) -> bool {
    matches!(stance(claim.wording, claim.basis), Stance::Firm | Stance::Alleged)
}

/// The claims about a node on a matter that say so, with their values.
fn claims_on<'g>(graph: &'g Graph, node: NodeId, matter: &'g str) -> impl Iterator<Item = Claim<'g>> {
    let claims = graph.claims_of_node(node).map(|claim| graph.claim(claim));
    claims.filter(move |claim| claim.matter == matter && says_so(claim))
}

/// The relations that start at a node.
fn relations_from(graph: &Graph, node: NodeId) -> impl Iterator<Item = EdgeId> + '_ {
    graph.types().flat_map(move |relation| graph.neighbours(node, relation, Direction::Outgoing)).map(|(edge, _)| edge)
}

/// The claims behind a relation that say so.
fn claims_behind(graph: &Graph, edge: EdgeId) -> Vec<Claim<'_>> {
    graph.claims_of_edge(edge).map(|claim| graph.claim(claim)).filter(says_so).collect()
}

/// Whether two dates have no day in common, however they are read.
fn are_apart(a: &Edtf, b: &Edtf) -> bool {
    !a.readings().iter().any(|own| b.readings().iter().any(|theirs| own.overlaps(*theirs)))
}

fn date(text: Option<&str>) -> Option<Edtf> {
    Edtf::parse(text?).ok()
}

/// All disagreements of a graph, node by node, and what the curator recorded.
#[must_use]
pub fn all(graph: &Graph) -> Vec<Disagreement> {
    if !graph.has_claims() {
        return Vec::new();
    }
    of_nodes(graph, graph.nodes(), |_| true)
}

/// The disagreements about a node: on itself, on its relations, and on those of which it is the other end.
#[must_use]
pub fn about(graph: &Graph, node: NodeId) -> Vec<Disagreement> {
    if !graph.has_claims() {
        return Vec::new();
    }
    let mut nearby: IndexSet<NodeId> = IndexSet::new();
    for relation in graph.types() {
        nearby.extend(graph.neighbours(node, relation, Direction::Both).map(|(_, other)| other));
    }
    nearby.extend(recorded::foremost_beside(graph, node));
    let nodes = std::iter::once(node).chain(nearby.into_iter().filter(|other| *other != node));
    of_nodes(graph, nodes, |found| found.about.contains(&node))
}

/// How many nodes are looked at for what is said beside one answer: more rows than anybody reads need no more.
const LOOKED_AT: usize = 2_000;

/// The disagreements in which some of these claims are a side, as far as they are about the first `LOOKED_AT` nodes.
#[must_use]
pub fn among(graph: &Graph, claims: &IndexSet<ClaimId>) -> Vec<Disagreement> {
    let mut nodes = IndexSet::new();
    for claim in claims {
        match graph.claim(*claim).about {
            About::Node(node) => _ = nodes.insert(node),
            About::Edge(edge) => nodes.extend([graph.source(edge), graph.target(edge)]),
        }
    }
    of_nodes(graph, nodes.into_iter().take(LOOKED_AT), |found| found.claims().any(|claim| claims.contains(&claim)))
}

/// Runs all rules on some nodes.
fn of_nodes(
    graph: &Graph,
    nodes: impl Iterator<Item = NodeId>,
    keeps: impl Fn(&Disagreement) -> bool,
) -> Vec<Disagreement> {
    let mut found = Found::default();
    for node in nodes {
        for rule in RULES {
            found.rule = rule.name;
            (rule.find)(graph, node, &mut found);
        }
        recorded::find(graph, node, &mut found);
    }
    let reconciled = recorded::Reconciled::of(graph);
    let mut kept: Vec<Disagreement> = Vec::new();
    for each in found.disagreements {
        if keeps(&each) && !reconciled.settles(graph, &each) && !kept.contains(&each) {
            kept.push(each);
        }
    }
    kept
}
