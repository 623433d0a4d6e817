//! What leads on from a node in a walk whose turns are single hops: the inner loop of searches that look at nodes and
//! relations, and at no whole paths.

use super::ground::{Ground, Hop};
use super::steps::direction;
use crate::graph::{EdgeFilter, Graph, Lanes};
use crate::model::{EdgeId, NodeId};
use crate::query::bind::tree::{Leg, RelTypes, Stand, Way};
use crate::query::run::Outcome;
use crate::query::run::admission::Admission;

/// What leads on from any node.
pub(super) trait Turns {
    /// Shows each relation that may be taken from a node, and the node to which it leads.
    fn each(&mut self, node: NodeId, visit: impl FnMut(EdgeId, NodeId)) -> Outcome<()>;

    /// The same from each of some nodes, in an order of its own.
    fn each_of(&mut self, nodes: &[NodeId], mut visit: impl FnMut(EdgeId, NodeId)) -> Outcome<()> {
        nodes.iter().try_for_each(|node| self.each(*node, &mut visit))
    }
}

/// So many nodes are handed over at once.
pub(super) const BLOCK: usize = 32;

/// Whatever the relation types, the time and the evidence allow: nothing else is asked of relations and nodes.
pub(super) struct Free<'g> {
    lanes: Lanes<'g>,
    taken: &'g [EdgeId],
}

impl<'g> Free<'g> {
    pub(super) fn new(
        graph: &'g Graph,
        types: &RelTypes,
        admission: Option<&'g Admission>,
        taken: &'g [EdgeId],
    ) -> Self {
        let filter = admission.map_or(Some(EdgeFilter::nothing_asked()), Admission::filter);
        let lanes = match (types, filter) {
            (_, None) => graph.lanes(std::iter::empty(), EdgeFilter::nothing_asked()),
            (RelTypes::Any(way), Some(filter)) => {
                graph.lanes(graph.types().map(|each| (each, direction(*way))), filter)
            }
            (RelTypes::These(types), Some(filter)) => {
                graph.lanes(types.iter().map(|(each, way)| (*each, direction(*way))), filter)
            }
        };
        Self { lanes, taken }
    }
}

impl Turns for Free<'_> {
    #[inline]
    fn each(&mut self, node: NodeId, mut visit: impl FnMut(EdgeId, NodeId)) -> Outcome<()> {
        if self.taken.is_empty() {
            self.lanes.each(node, visit);
        } else {
            self.lanes.each(node, |edge, far| {
                if !self.taken.contains(&edge) {
                    visit(edge, far);
                }
            });
        }
        Ok(())
    }

    #[inline]
    fn each_of(&mut self, nodes: &[NodeId], mut visit: impl FnMut(EdgeId, NodeId)) -> Outcome<()> {
        if self.taken.is_empty() {
            self.lanes.each_of(nodes, visit);
            return Ok(());
        }
        nodes.iter().try_for_each(|node| self.each(*node, &mut visit))
    }
}

/// Turns of which the pattern asks more: labels, conditions.
pub(super) struct Tested<'a, 's> {
    pub ground: &'a mut Ground<'s>,
    pub leg: &'a Leg,
    pub hops: Vec<Hop>,
}

impl Turns for Tested<'_, '_> {
    fn each(&mut self, node: NodeId, mut visit: impl FnMut(EdgeId, NodeId)) -> Outcome<()> {
        self.hops.clear();
        self.ground.turns(self.leg, node, &mut self.hops)?;
        self.hops.iter().for_each(|(edge, far)| visit(*edge, *far));
        Ok(())
    }
}

/// Whether nothing but type, time and evidence is asked of the turns of a leg of single hops.
pub(super) fn is_free(leg: &Leg) -> bool {
    leg.hops.len() == 1 && leg.conditions.is_empty() && leg.stands.iter().all(Stand::is_free)
}

/// How relations may be walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Traffic {
    /// Each from one of its ends only.
    OneWay,
    /// Each from both.
    BothWays,
    /// Some so and some so.
    Mixed,
}

impl Traffic {
    pub(super) fn of(types: &RelTypes) -> Self {
        let ways = match types {
            RelTypes::Any(way) => vec![*way],
            RelTypes::These(types) => {
                let twice = |at: usize| types[..at].iter().any(|(each, _)| *each == types[at].0);
                if (0..types.len()).any(twice) {
                    return Self::Mixed;
                }
                types.iter().map(|(_, way)| *way).collect()
            }
        };
        let both = ways.iter().filter(|way| **way == Way::Either).count();
        match both {
            0 => Self::OneWay,
            _ if both == ways.len() => Self::BothWays,
            _ => Self::Mixed,
        }
    }
}
