//! Two places of one level where there can be one: an event in two states, a person born in two towns.
//!
//! The schema says of which types a subject has one object at a time (`single = "object"`). A place stands in those
//! above it by the transitive types of the same sort, so a town and the state around it agree. Its level is its
//! attribute `level` (region, cercle, commune), else the kind that it bears below that of all places; places whose level
//! nobody gives agree with any. What one passage says of two places together is one statement.

use indexmap::{IndexMap, IndexSet};

use super::{Found, claims_behind};
use crate::graph::{Direction, Graph};
use crate::model::{Claim, EdgeId, End, Extent, NodeId, RelationType, TypeId};

pub(super) fn find(graph: &Graph, node: NodeId, found: &mut Found) {
    for (relation, known) in types_with_one(graph, End::Object) {
        let edges: Vec<(EdgeId, NodeId)> = graph.neighbours(node, relation, Direction::Outgoing).collect();
        if edges.len() < 2 {
            continue;
        }
        let mut about = vec![node];
        let mut claims = Vec::new();
        for (edge, place) in edges {
            let levels = levels(graph, place, known);
            for claim in claims_behind(graph, edge).into_iter().filter(|claim| !is_partial(claim)) {
                let says = graph.name_of(place).into_owned();
                let passage = (claim.source, claim.at.to_owned());
                claims.push((claim, (levels.clone(), passage), says));
            }
            about.push(place);
        }
        let name = graph.type_name(relation).to_string();
        found.pairs(&about, &name, &claims, |(a, one), (b, other)| one != other && are_elsewhere(a, b));
    }
}

/// The types of which that end is one at a time.
pub(super) fn types_with_one(graph: &Graph, end: End) -> impl Iterator<Item = (TypeId, &RelationType)> {
    let types = graph.schema().types.iter().filter(move |(_, known)| known.single == Some(end));
    types.filter_map(|(name, known)| Some((graph.type_id(name)?, known)))
}

fn is_partial(claim: &Claim<'_>) -> bool {
    matches!(claim.extent, Some(Extent::Part | Extent::Border))
}

type Levels = IndexMap<String, IndexSet<NodeId>>;

/// The place itself and all around it, by level.
fn levels(graph: &Graph, place: NodeId, known: &RelationType) -> Levels {
    let around: Vec<TypeId> = graph
        .schema()
        .types
        .iter()
        .filter(|(_, each)| each.transitive && each.single == Some(End::Object) && each.object == known.object)
        .filter_map(|(name, _)| graph.type_id(name))
        .collect();
    let mut seen = IndexSet::from([place]);
    let mut next = 0;
    while let Some(at) = seen.get_index(next).copied() {
        let wider = around.iter().flat_map(|relation| graph.neighbours(at, *relation, Direction::Outgoing));
        seen.extend(wider.map(|(_, wider)| wider));
        next += 1;
    }
    let mut levels = Levels::new();
    for each in seen {
        if let Some(level) = level(graph, each, &known.object) {
            levels.entry(level).or_default().insert(each);
        }
    }
    levels
}

fn level(graph: &Graph, place: NodeId, general: &[String]) -> Option<String> {
    let text = |key: &str| graph.node_property(place, graph.key_id(key)?).as_text().map(str::to_owned);
    text("level").or_else(|| text("kind").filter(|kind| !general.contains(kind)))
}

/// Whether the two name different places on some level.
fn are_elsewhere(a: &Levels, b: &Levels) -> bool {
    a.iter().any(|(level, own)| b.get(level).is_some_and(|theirs| own.iter().all(|place| !theirs.contains(place))))
}
