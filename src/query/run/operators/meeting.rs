//! The nodes that two hops from two known nodes both lead to: the intersection of two nodes' lists of neighbours.
//!
//! Both lists are sorted, so there are three ways: try each node of either list in the other by binary search, or mark
//! the first list in a set of bits, which pays when many second lists follow, and run through the second. The one is
//! taken that promises the fewest steps.

use super::hops::{Hops, Run};
use super::marks::Bits;
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId};
use crate::query::faults::{Fault, is_injected};

/// Two hops over one graph, and what is kept from one pair of nodes to the next.
pub(super) struct Meeting<'g> {
    graph: &'g Graph,
    first: Hops<'g>,
    second: Hops<'g>,
    /// The two hops may not take the same relation.
    differs: bool,
    /// Of the second hop's relations to a node, one is enough.
    once: bool,
    firsts: Vec<Stretch<'g>>,
    seconds: Vec<Stretch<'g>>,
    /// The node that `firsts` belong to.
    at: Option<NodeId>,
    /// The nodes of `firsts` as bits, and the node that these belong to.
    marks: Bits,
    marked: Option<NodeId>,
}

/// A run of one leg.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'g> {
    /// The leg, by number.
    pub leg: usize,
    pub run: Run<'g>,
    /// Loops are left out: another run has them.
    pub without_loops: bool,
}

/// What a pair costs whatever its lists, in looks at a mark.
const STEPS_A_PAIR: usize = 40;

/// How the two lists are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    FirstInSecond,
    SecondInFirst,
    SecondInMarks,
}

impl<'g> Meeting<'g> {
    pub(super) fn new(graph: &'g Graph, first: Hops<'g>, second: Hops<'g>, (differs, once): (bool, bool)) -> Self {
        let differs = differs && !is_injected(Fault::MeetingOnOneRelation);
        let (firsts, seconds, marks) = (Vec::new(), Vec::new(), Bits::default());
        Self { graph, first, second, differs, once, firsts, seconds, at: None, marks, marked: None }
    }

    /// Prepares for so many pairs of nodes.
    pub(super) fn expect(&self, pairs: usize) {
        self.first.expect(pairs);
        self.second.expect(pairs);
    }

    /// About how many looks at a mark it costs to meet a node with others; no change may be in the way.
    pub(super) fn steps(&mut self, a: NodeId, others: &[(NodeId, NodeId)]) -> usize {
        self.look_from(a);
        let each = others.iter().map(|(_, b)| {
            self.look_back_from(*b);
            STEPS_A_PAIR + self.way(a).1
        });
        each.sum()
    }

    fn look_from(&mut self, a: NodeId) {
        if self.at != Some(a) {
            self.at = Some(a);
            self.firsts.clear();
            self.first.stretches(a, &mut self.firsts);
        }
    }

    fn look_back_from(&mut self, b: NodeId) {
        self.seconds.clear();
        self.second.stretches(b, &mut self.seconds);
    }

    /// Each node that both hops lead to, from `a` and from `b`, with the relations taken: once for each pair of these.
    /// Relations that are taken already are left out. How many steps it took, about.
    pub(super) fn meet(
        &mut self,
        (a, b): (NodeId, NodeId),
        taken: (&[EdgeId], &[EdgeId]),
        emit: &mut impl FnMut(EdgeId, EdgeId, NodeId),
    ) -> usize {
        if self.graph.has_new_ties() {
            return self.meet_one_by_one((a, b), taken, emit);
        }
        self.look_from(a);
        if self.firsts.is_empty() {
            return STEPS_A_PAIR;
        }
        self.look_back_from(b);
        let (way, steps) = self.way(a);
        if way == Way::SecondInMarks && self.marked != Some(a) {
            self.marks.prepare(self.graph.node_bound());
            self.marks.clear();
            self.firsts.iter().flat_map(|stretch| stretch.run.nodes).for_each(|node| self.marks.insert(*node));
            self.marked = Some(a);
        }
        let (tried, others) = match way {
            Way::FirstInSecond => (&self.firsts, &self.seconds),
            Way::SecondInFirst | Way::SecondInMarks => (&self.seconds, &self.firsts),
        };
        for (number, stretch) in tried.iter().enumerate() {
            let mut last = NodeId::NONE;
            for node in stretch.run.nodes {
                let is_found = match way {
                    Way::SecondInMarks => self.marks.has(*node),
                    _ => others.iter().any(|other| other.run.nodes.binary_search(node).is_ok()),
                };
                // A node that stands several times in one list, or in several, is dealt with once.
                if is_found && *node != last {
                    last = *node;
                    let before = &tried[..number];
                    if before.iter().all(|earlier| earlier.run.nodes.binary_search(node).is_err()) {
                        self.pairs((a, b), *node, taken, emit);
                    }
                }
            }
        }
        STEPS_A_PAIR + steps
    }

    /// The cheapest way for the present lists, and its cost.
    fn way(&self, a: NodeId) -> (Way, usize) {
        let length = |list: &[Stretch<'_>]| list.iter().map(|stretch| stretch.run.nodes.len()).sum::<usize>();
        let (m, n) = (length(&self.firsts), length(&self.seconds));
        // About nanoseconds: a step of a search costs three times what a look at a mark does.
        let search = |count: usize| 3 * count.max(1).ilog2() as usize + 4;
        let unmarked = if self.marks.is_ready() { 0 } else { self.graph.node_bound() / 64 };
        let marking = if self.marked == Some(a) { n } else { n + 3 * m + unmarked };
        let (forth, back) = (m * search(n), n * search(m));
        if forth <= back && forth <= marking {
            (Way::FirstInSecond, forth)
        } else if back <= marking {
            (Way::SecondInFirst, back)
        } else {
            (Way::SecondInMarks, marking)
        }
    }

    /// All pairs of relations that lead to a node.
    fn pairs(
        &self,
        (a, b): (NodeId, NodeId),
        node: NodeId,
        taken: (&[EdgeId], &[EdgeId]),
        emit: &mut impl FnMut(EdgeId, EdgeId, NodeId),
    ) {
        for first in &self.firsts {
            for one in self.first.leading(first, a, node).filter(|edge| !taken.0.contains(edge)) {
                let seconds = self.seconds.iter().flat_map(|second| self.second.leading(second, b, node));
                let counts = |two: &EdgeId| !taken.1.contains(two) && (!self.differs || one != *two);
                for two in seconds.filter(counts).take(if self.once { 1 } else { usize::MAX }) {
                    emit(one, two, node);
                }
            }
        }
    }

    /// Where changes are in the way of the base's lists.
    fn meet_one_by_one(
        &self,
        (a, b): (NodeId, NodeId),
        taken: (&[EdgeId], &[EdgeId]),
        emit: &mut impl FnMut(EdgeId, EdgeId, NodeId),
    ) -> usize {
        let mut firsts = Vec::new();
        self.first.from(a, taken.0, &mut |edge, node| firsts.push((edge, node)));
        let steps = STEPS_A_PAIR * (1 + firsts.len());
        for (one, node) in firsts {
            let mut is_found = false;
            self.second.between(b, node, taken.1, &mut |two, _| {
                if (!self.differs || one != two) && !(self.once && is_found) {
                    is_found = true;
                    emit(one, two, node);
                }
            });
        }
        steps
    }
}
