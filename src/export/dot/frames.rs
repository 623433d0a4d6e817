//! Frames: a coalition and those components that belong to it alone stand in one.

use indexmap::{IndexMap, IndexSet};

use crate::answer::{Evidence, Relation};
use crate::model::NodeId;

/// The role whose relations say that the subject is a part of the object.
const COMPOSITION: &str = "composition";

/// By coalition: itself and its components. A body that is part of several stands in no frame.
pub fn frames(evidence: &Evidence) -> IndexMap<NodeId, IndexSet<NodeId>> {
    let mut wholes: IndexMap<NodeId, IndexSet<NodeId>> = IndexMap::new();
    for relation in evidence.relations.values().filter(|relation| is_composition(relation)) {
        wholes.entry(relation.subject).or_default().insert(relation.object);
    }
    let mut frames: IndexMap<NodeId, IndexSet<NodeId>> = IndexMap::new();
    for (part, wholes_of_part) in &wholes {
        let mut all = wholes_of_part.iter();
        let (Some(whole), None) = (all.next(), all.next()) else { continue };
        // A part that has parts of its own would be torn between two frames.
        if wholes.values().any(|objects| objects.contains(part)) || wholes.contains_key(whole) {
            continue;
        }
        frames.entry(*whole).or_insert_with(|| IndexSet::from([*whole])).insert(*part);
    }
    frames.retain(|_, members| members.len() > 2);
    frames
}

fn is_composition(relation: &Relation) -> bool {
    relation.roles.iter().any(|role| role == COMPOSITION)
}
