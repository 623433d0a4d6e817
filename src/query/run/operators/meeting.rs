//! The nodes that two hops from two known nodes both lead to: the intersection of two nodes' lists of neighbours.
//!
//! Both lists are sorted, so there are three ways: try each node of either list in the other by binary search, or mark
//! the first list in a set of bits, which pays when many second lists follow, and run through the second. The one is
//! taken that promises the fewest steps.

use super::hops::{Hops, Run};
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
    marks: Marks,
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

/// The neighbours of one node as bits.
#[derive(Default)]
struct Marks {
    bits: Vec<u64>,
    /// The node whose neighbours are marked.
    of: Option<NodeId>,
    marked: Vec<NodeId>,
}

impl Marks {
    fn set(&mut self, node: NodeId, bound: usize, neighbours: &[Stretch<'_>]) {
        if self.of == Some(node) {
            return;
        }
        self.bits.resize(bound.div_ceil(64), 0);
        for each in self.marked.drain(..) {
            self.bits[each.index() / 64] = 0;
        }
        for each in neighbours.iter().flat_map(|stretch| stretch.run.nodes) {
            self.bits[each.index() / 64] |= 1 << (each.index() % 64);
            self.marked.push(*each);
        }
        self.of = Some(node);
    }

    #[inline]
    fn has(&self, node: NodeId) -> bool {
        self.bits[node.index() / 64] >> (node.index() % 64) & 1 == 1
    }
}

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
        let marks = Marks::default();
        Self { graph, first, second, differs, once, firsts: Vec::new(), seconds: Vec::new(), at: None, marks }
    }

    /// Each node that both hops lead to, from `a` and from `b`, with the relations taken: once for each pair of these.
    /// Relations that are taken already are left out.
    pub(super) fn meet(
        &mut self,
        (a, b): (NodeId, NodeId),
        taken: (&[EdgeId], &[EdgeId]),
        emit: &mut impl FnMut(EdgeId, EdgeId, NodeId),
    ) {
        if self.graph.has_new_ties() {
            self.meet_one_by_one((a, b), taken, emit);
            return;
        }
        if self.at != Some(a) {
            self.at = Some(a);
            self.firsts.clear();
            self.first.stretches(a, &mut self.firsts);
        }
        self.seconds.clear();
        self.second.stretches(b, &mut self.seconds);
        let way = self.way(a);
        if way == Way::SecondInMarks {
            self.marks.set(a, self.graph.node_bound(), &self.firsts);
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
    }

    /// The cheapest way for the present lists.
    fn way(&self, a: NodeId) -> Way {
        let length = |list: &[Stretch<'_>]| list.iter().map(|stretch| stretch.run.nodes.len()).sum::<usize>();
        let (m, n) = (length(&self.firsts), length(&self.seconds));
        // About nanoseconds: a step of a search costs three times what a look at a mark does.
        let search = |count: usize| 3 * count.max(1).ilog2() as usize + 4;
        let unmarked = if self.marks.bits.is_empty() { self.graph.node_bound() / 64 } else { 0 };
        let marking = if self.marks.of == Some(a) { n } else { n + 3 * m + unmarked };
        let (forth, back) = (m * search(n), n * search(m));
        if forth <= back && forth <= marking {
            Way::FirstInSecond
        } else if back <= marking {
            Way::SecondInFirst
        } else {
            Way::SecondInMarks
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
    ) {
        let mut firsts = Vec::new();
        self.first.from(a, taken.0, &mut |edge, node| firsts.push((edge, node)));
        for (one, node) in firsts {
            let mut is_found = false;
            self.second.between(b, node, taken.1, &mut |two, _| {
                if (!self.differs || one != two) && !(self.once && is_found) {
                    is_found = true;
                    emit(one, two, node);
                }
            });
        }
    }
}
