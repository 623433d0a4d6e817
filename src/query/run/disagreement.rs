//! Where the sources behind one answer contradict each other.
//!
//! Looks at the relations that an answer rests on and at the lists to which they belong, so that whoever reads an
//! answer is told that its own sources disagree. Finding every disagreement of a graph is another matter.

use indexmap::{IndexMap, IndexSet};

use crate::answer::{Evidence, Message};
use crate::graph::{Direction, Graph};
use crate::model::{NodeId, Rank, SourceId, TypeId, Wording};

/// What to say of disagreements: one message each, in the order of the evidence.
#[must_use]
pub fn disagreements(graph: &Graph, evidence: &Evidence) -> Vec<Message> {
    let mut lists: IndexMap<(TypeId, NodeId), IndexSet<SourceId>> = IndexMap::new();
    for relation in evidence.relations.values() {
        let Some(kind) = graph.type_id(&relation.kind) else { continue };
        for claim in relation.claims.iter().filter_map(|claim| evidence.claim(*claim)) {
            if claim.complete && claim.is_live() {
                lists.entry((kind, relation.object)).or_default().insert(claim.source);
            }
        }
    }
    lists.into_iter().filter_map(|((kind, of), sources)| whole_list(graph, kind, of, &sources)).collect()
}

/// Compares the lists that these sources mean to be whole: who stands in the relation to the node. The lists are the
/// graph's, not the answer's, which may show a part of them.
fn whole_list(graph: &Graph, kind: TypeId, of: NodeId, sources: &IndexSet<SourceId>) -> Option<Message> {
    let mut by_source: IndexMap<SourceId, IndexSet<NodeId>> = IndexMap::new();
    for (edge, member) in graph.neighbours(of, kind, Direction::Incoming) {
        for claim in graph.claims_of_edge(edge).map(|claim| graph.claim(claim)) {
            let is_live = claim.rank != Rank::Deprecated && claim.wording != Wording::Denied;
            if claim.complete && is_live && sources.contains(&claim.source) {
                by_source.entry(claim.source).or_default().insert(member);
            }
        }
    }
    let first = by_source.values().next()?;
    if by_source.values().all(|other| other.len() == first.len() && other.iter().all(|it| first.contains(it))) {
        return None;
    }
    let sides = by_source.iter().map(|(source, members)| {
        let names: Vec<_> = members.iter().map(|member| graph.name_of(*member)).collect();
        format!("{} names {} ({})", graph.source_record(*source).id, names.len(), names.join(", "))
    });
    let sides: Vec<String> = sides.collect();
    let (kind, of) = (graph.type_name(kind), graph.name_of(of));
    Some(Message::warning(format!("the sources disagree on the whole list of {kind} {of}: {}", sides.join("; "))))
}
