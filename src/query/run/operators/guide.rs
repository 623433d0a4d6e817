//! How far it is from any node to the known end of a walk, at least: what a search for all ways need not try.

use super::ground::{Ground, Hop};
use super::marks::Numbers;
use super::turns::{Free, Turns, is_free};
use crate::query::bind::tree::Leg;
use crate::query::faults::{Fault, is_injected};
use crate::query::run::Outcome;

/// So many nodes are looked at; those farther off count as being just outside.
const NODES: usize = 1 << 16;

/// Distances to the end of a walk of single hops.
pub(super) struct Guide {
    distances: Numbers,
    /// What lies outside is at least so far.
    outside: u64,
}

impl Guide {
    /// Looks around the end of a walk; none where the walk has no known end, or is not of one repeated relation.
    pub(super) fn new(ground: &Ground<'_>) -> Outcome<Option<Self>> {
        let ([leg], Some(target)) = (ground.walk.route.legs.as_slice(), ground.ask.target) else { return Ok(None) };
        if !is_free(leg) {
            return Ok(None);
        }
        let types = leg.hops[0].reversed();
        let mut turns = Free::new(ground.graph, &types, ground.ask.admission(), &ground.ask.taken);
        let mut distances = Numbers::below(ground.graph.node_bound());
        distances.number(target, 0);
        let mut nodes = vec![target];
        let (mut at, mut distance) = (0, 0);
        while at < nodes.len() && nodes.len() < NODES {
            let layer = nodes.len();
            distance += 1;
            for at in at..layer {
                ground.execution.token.step()?;
                turns.each(nodes[at], |_, far| {
                    if distances.number(far, distance).1 {
                        nodes.push(far);
                    }
                })?;
            }
            at = layer;
        }
        // Where the search came to its end, nothing outside leads there at all.
        let outside = if at == nodes.len() { u64::MAX } else { u64::from(distance) + 1 };
        Ok(Some(Self { distances, outside }))
    }

    /// Leaves out the hops behind a path of some length that do not lead to the end in time.
    pub(super) fn sift(&self, leg: &Leg, length: usize, hops: &mut Vec<Hop>) {
        let left = leg.max.unwrap_or(u64::MAX - 1).saturating_sub(u64::try_from(length + 1).unwrap_or(u64::MAX));
        let left = if is_injected(Fault::GuidedAstray) { left.saturating_sub(1) } else { left };
        hops.retain(|(_, node)| self.distances.get(*node).map_or(self.outside, u64::from) <= left);
    }
}
