//! What is missing of an actor: when it was founded, who led it, a second witness.

use indexmap::IndexSet;

use super::super::knowledge::Knowledge;
use super::super::record::{ClaimEntry, Matter};
use crate::model::LIFE_STARTS;

/// Of these more is asked: groups have a founding and a leader.
const GROUP: &str = "ArmedGroup";

/// Several actors that are spoken of as one have neither.
const COLLECTIVE: &str = "Collective";

/// What acts.
const ACTOR: &str = "Actor";

/// Who led: the role of the relation types that say so.
const LEADERSHIP: &str = "leadership";

/// What no claim says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// When a group was founded.
    Founding,
    /// Who led a group.
    Leader,
    /// What a second witness says: copies of one story are one.
    SecondWitness,
}

impl Missing {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Founding => "no date of founding",
            Self::Leader => "no leader",
            Self::SecondWitness => "no second independent source",
        }
    }
}

/// An actor, and what no claim says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is an armed group.
    pub is_group: bool,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// What is known of an actor.
#[derive(Default)]
struct Known<'r> {
    is_founded: bool,
    is_led: bool,
    witnesses: IndexSet<&'r str>,
}

/// Each actor of which something is missing, in the order of the files; and how many actors and groups there are.
pub(super) fn gaps(knowledge: &Knowledge<'_>) -> (Vec<Gap>, usize, usize) {
    let known = known(knowledge);
    let (mut actors, mut groups, mut gaps) = (0, 0, Vec::new());
    for (number, node) in knowledge.records.nodes.iter().enumerate() {
        let labels = knowledge.labels_of_node(number);
        if knowledge.canonical[number] != number || !labels.contains(ACTOR) || labels.contains(COLLECTIVE) {
            continue;
        }
        let is_group = labels.contains(GROUP);
        actors += 1;
        groups += usize::from(is_group);
        let asked = [
            (is_group && !known[number].is_founded, Missing::Founding),
            (is_group && !known[number].is_led, Missing::Leader),
            (known[number].witnesses.len() < 2, Missing::SecondWitness),
        ];
        let missing: Vec<Missing> = asked.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
        if !missing.is_empty() {
            gaps.push(Gap { id: node.id.value.clone(), name: node.name.value.clone(), is_group, missing });
        }
    }
    (gaps, actors, groups)
}

fn known<'r>(knowledge: &Knowledge<'r>) -> Vec<Known<'r>> {
    let records = knowledge.records;
    let mut known: Vec<Known<'_>> = records.nodes.iter().map(|_| Known::default()).collect();
    for claim in records.claims.iter().filter(|claim| claim.evidence.is_live()) {
        let subject = &mut known[knowledge.canonical[claim.node]];
        subject.witnesses.extend(witness(knowledge, claim));
        if let Matter::Attribute(attribute) = &claim.matter {
            subject.is_founded |= LIFE_STARTS.contains(&attribute.attribute.as_str());
        }
        let Some(relation) = claim.relation() else { continue };
        let Some(object) = knowledge.node(relation.object.as_str()) else { continue };
        let object = &mut known[knowledge.canonical[object]];
        object.witnesses.extend(witness(knowledge, claim));
        object.is_led |= knowledge.relation_type(relation).is_some_and(|known| known.role == LEADERSHIP);
    }
    known
}

/// The source of a claim, or the one that it copies.
fn witness<'r>(knowledge: &Knowledge<'r>, claim: &ClaimEntry) -> Option<&'r str> {
    let source = knowledge.source_of(claim)?;
    Some(source.same_origin.as_ref().map_or(source.id.as_str(), |origin| origin.as_str()))
}
