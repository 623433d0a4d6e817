//! How many pairs of hops lead from one node to others over nodes in the middle: what lies around a middle node is gone
//! through once for all of the others.
//!
//! Beside [`Meeting`](super::meeting), which intersects two lists for each pair of ends. Hubs in the middle make that one
//! the better, hubs at the ends this; [`cycle_count`](super::cycle_count) compares what both would cost.

use super::hops::{Hops, Run, Side};
use crate::graph::Graph;
use crate::model::NodeId;
use crate::query::faults::{Fault, is_injected};

/// Room for all nodes is made where at least one in so many is asked for.
const NODES_A_PAIR: usize = 64;

/// A hop, with where the relations of its legs begin.
struct Leap<'g> {
    hops: Hops<'g>,
    sides: Vec<Side<'g>>,
}

/// The hops from the shared node, and on from the middle.
pub(super) struct Fan<'g> {
    there: Leap<'g>,
    on: Leap<'g>,
    middles: Vec<NodeId>,
    /// What lies behind these, on sides of which all counts.
    behind: Vec<&'g [NodeId]>,
    /// How often each node is sought.
    sought: Vec<u8>,
}

impl<'g> Leap<'g> {
    fn over(hops: Hops<'g>, pairs: usize) -> Option<Self> {
        hops.expect(pairs);
        let sides = hops.sides(pairs)?;
        Some(Self { hops, sides })
    }

    /// The relations of a run at a node that count, on a side where some may not: their ends.
    fn counted<'s>(&'s self, side: &'s Side<'g>, node: NodeId, run: Run<'g>) -> impl Iterator<Item = NodeId> + 's {
        let ends = run.nodes.iter().enumerate().filter(move |(_, end)| !(side.without_loops && **end == node));
        ends.filter(move |(at, end)| self.hops.counts(side.leg, run.edges.at(*at), **end)).map(|(_, end)| *end)
    }
}

impl<'g> Fan<'g> {
    /// For so many pairs of ends; nothing where changes are in the way, or the pairs are too few.
    pub(super) fn over(graph: &'g Graph, [there, on]: [Hops<'g>; 2], pairs: usize) -> Option<Self> {
        if graph.has_new_ties() || pairs * NODES_A_PAIR < graph.node_bound() {
            return None;
        }
        let (there, on) = (Leap::over(there, pairs)?, Leap::over(on, pairs)?);
        let (middles, behind) = (Vec::new(), Vec::new());
        Some(Self { there, on, middles, behind, sought: vec![0; graph.node_bound()] })
    }

    /// Takes in what lies between a node and others; how many looks at a mark counting would cost.
    pub(super) fn take(&mut self, shared: NodeId) -> usize {
        self.middles.clear();
        for side in &self.there.sides {
            side.starts.runs(&[shared], |_, run| {
                if side.is_plain {
                    self.middles.extend_from_slice(run.nodes);
                } else {
                    self.middles.extend(self.there.counted(side, shared, run));
                }
                true
            });
        }
        self.behind.clear();
        let mut steps = 0;
        for side in &self.on.sides {
            side.starts.runs(&self.middles, |_, run| {
                steps += run.nodes.len();
                if side.is_plain {
                    self.behind.push(run.nodes);
                }
                true
            });
        }
        steps
    }

    /// How many pairs of hops lead from the node that was taken in to each of the others, the second nodes of pairs. Those
    /// that it leaves out, or that come too often, go into a list.
    pub(super) fn count(
        &mut self,
        pairs: &[(NodeId, NodeId)],
        leaves_out: impl Fn(NodeId) -> bool,
        left: &mut Vec<(NodeId, NodeId)>,
    ) -> usize {
        for (shared, other) in pairs {
            let often = &mut self.sought[other.index()];
            if leaves_out(*other) || *often == u8::MAX {
                left.push((*shared, *other));
            } else {
                *often = if is_injected(Fault::AlikeEndsOnce) { 1 } else { *often + 1 };
            }
        }
        let sought = self.sought.as_slice();
        let often = |end: NodeId| usize::from(sought[end.index()]);
        let mut count = 0;
        for ends in &self.behind {
            for end in *ends {
                count += often(*end);
            }
        }
        for side in self.on.sides.iter().filter(|side| !side.is_plain) {
            side.starts.runs(&self.middles, |place, run| {
                count += self.on.counted(side, self.middles[place], run).map(often).sum::<usize>();
                true
            });
        }
        pairs.iter().for_each(|(_, other)| self.sought[other.index()] = 0);
        count
    }
}
