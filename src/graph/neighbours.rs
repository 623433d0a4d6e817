//! Walking from a node to its neighbours, over base and overlay.

use std::iter::Zip;
use std::slice::Iter;

use rustc_hash::FxHashSet;

use super::Graph;
use super::overlay::Ties;
use crate::model::{EdgeId, NodeId, TypeId};

/// Which way edges are walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From source to target.
    Outgoing,
    /// From target to source.
    Incoming,
    /// Both ways; an edge from a node to itself comes once.
    Both,
}

impl Direction {
    /// The other way round.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Both => Self::Both,
        }
    }
}

/// The edges of one type at a node, each with the node at the other end: first those that leave it, ascending by
/// target, then those that enter it, ascending by source; in each half, the base's before the overlay's.
#[derive(Clone)]
pub struct Neighbours<'g> {
    node: NodeId,
    /// Number of the next edge of `targets`.
    next: u32,
    targets: Iter<'g, NodeId>,
    new_out: Iter<'g, (EdgeId, NodeId)>,
    incoming: Zip<Iter<'g, EdgeId>, Iter<'g, NodeId>>,
    new_incoming: Iter<'g, (EdgeId, NodeId)>,
    /// Edges to leave out, if any.
    deleted: Option<&'g FxHashSet<EdgeId>>,
    /// Whether loops were already given by the outgoing half.
    loops_given: bool,
}

impl<'g> Neighbours<'g> {
    pub(super) fn new(graph: &'g Graph, node: NodeId, relation: TypeId, direction: Direction) -> Self {
        let (goes_out, comes_in) = (direction != Direction::Incoming, direction != Direction::Outgoing);
        let (first, targets) = if goes_out { graph.base().out(node, relation) } else { (EdgeId(0), [].as_slice()) };
        let (edges, sources) = if comes_in { graph.base().incoming(node, relation) } else { Default::default() };
        let ties = graph.ties(node, relation);
        let new = |wanted: bool, pick: fn(&Ties) -> &[(EdgeId, NodeId)]| match ties {
            Some(ties) if wanted => pick(ties).iter(),
            _ => [].iter(),
        };
        Self {
            node,
            next: first.0,
            targets: targets.iter(),
            new_out: new(goes_out, |ties| &ties.out),
            incoming: edges.iter().zip(sources),
            new_incoming: new(comes_in, |ties| &ties.incoming),
            deleted: graph.deleted_edges_at(node),
            loops_given: goes_out,
        }
    }

    #[inline]
    fn any(&mut self) -> Option<(EdgeId, NodeId)> {
        if let Some(target) = self.targets.next() {
            let edge = EdgeId(self.next);
            self.next += 1;
            return Some((edge, *target));
        }
        if let Some(found) = self.new_out.next() {
            return Some(*found);
        }
        let (node, loops_given) = (self.node, self.loops_given);
        let is_fresh = |source: NodeId| !(loops_given && source == node);
        if let Some((edge, source)) = self.incoming.find(|(_, source)| is_fresh(**source)) {
            return Some((*edge, *source));
        }
        self.new_incoming.find(|(_, source)| is_fresh(*source)).copied()
    }
}

impl Iterator for Neighbours<'_> {
    type Item = (EdgeId, NodeId);

    #[inline]
    fn next(&mut self) -> Option<(EdgeId, NodeId)> {
        loop {
            let found = self.any()?;
            match self.deleted {
                Some(deleted) if deleted.contains(&found.0) => {}
                _ => return Some(found),
            }
        }
    }
}
