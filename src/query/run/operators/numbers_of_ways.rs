//! How many ways lead from a node to each end, without walking each of them.
//!
//! Where relations are walked one way and the part that is reached has no cycle, every walk is a trail, and takes no
//! node twice: the ways to a node are those to the nodes before it, added up in topological order. There may be
//! exponentially many, and they are counted in the time that it takes to see each relation once. (Once for each length,
//! where a bound on the length leaves some ways out.)
//!
//! What is not reached does not matter, nor what does not lead on to a known end; a cycle there does no harm. Where the
//! rest has one, the ways are walked one by one: see [`every`](super::every).

use super::marks::Numbers;
use super::turns::Turns;
use crate::graph::Graph;
use crate::model::NodeId;
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::ErrorClass;
use crate::query::run::{Execution, Outcome, RunError};
use crate::source::Span;

/// Numbers of ways, by node, or why there are none.
enum Counted {
    Numbers(Vec<u64>),
    /// Ways lead through a cycle.
    Cycle,
    /// There are more than fit.
    TooMany,
}

/// The part of a graph that a search has reached, its nodes numbered as they were found; the start is 0.
pub(super) struct Part {
    numbers: Numbers,
    nodes: Vec<NodeId>,
    /// For each node, up to where its relations lie in `heads`.
    ends: Vec<usize>,
    /// The nodes to which relations lead.
    heads: Vec<u32>,
    /// The distance of the nodes to expand next, and the first node that is one farther.
    depth: u64,
    layer: usize,
}

impl Part {
    pub(super) fn new(start: NodeId, graph: &Graph) -> Self {
        let mut numbers = Numbers::below(graph.node_bound());
        numbers.number(start, 0);
        Self { numbers, nodes: vec![start], ends: Vec::new(), heads: Vec::new(), depth: 0, layer: 1 }
    }

    /// Searches on, breadth first, until about so many relations are seen; whether nothing is left within a distance.
    pub(super) fn grow(
        &mut self,
        turns: &mut impl Turns,
        (max, relations): (u64, usize),
        execution: &Execution<'_>,
    ) -> Outcome<bool> {
        while self.ends.len() < self.nodes.len() && self.heads.len() < relations {
            if self.ends.len() == self.layer {
                self.depth += 1;
                self.layer = self.nodes.len();
            }
            if self.depth >= max {
                break;
            }
            execution.token.step()?;
            let Self { numbers, nodes, heads, .. } = self;
            let seen = (nodes.len(), heads.len());
            turns.each(nodes[self.ends.len()], |_, far| {
                let fresh = u32::try_from(nodes.len()).expect("fewer than 2^32 nodes");
                let (number, is_new) = numbers.number(far, fresh);
                if is_new {
                    nodes.push(far);
                }
                if is_new || !is_injected(Fault::ParallelOnce) || !heads[seen.1..].contains(&number) {
                    heads.push(number);
                }
            })?;
            execution.token.hold((nodes.len() - seen.0) * 20 + (heads.len() - seen.1) * size_of::<u32>())?;
            self.ends.push(self.heads.len());
        }
        let is_done = self.ends.len() == self.nodes.len() || self.depth >= max;
        if is_done {
            self.ends.resize(self.nodes.len(), self.heads.len());
        }
        Ok(is_done)
    }

    pub(super) fn relations(&self) -> usize {
        self.heads.len()
    }

    /// Notes that it is no longer held.
    pub(super) fn release(&self, execution: &Execution<'_>) {
        execution.token.release((self.nodes.len() - 1) * 20 + self.heads.len() * size_of::<u32>());
    }

    fn heads_of(&self, node: usize) -> &[u32] {
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        &self.heads[start..self.ends[node]]
    }

    /// Which nodes lie on a walk to this one.
    fn leading_to(&self, end: u32) -> Vec<bool> {
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        for (node, number) in (0..).zip(0..self.nodes.len()) {
            self.heads_of(number).iter().for_each(|head| before[*head as usize].push(node));
        }
        let mut leads = vec![false; self.nodes.len()];
        leads[end as usize] = true;
        let mut open = vec![end];
        while let Some(node) = open.pop() {
            for each in &before[node as usize] {
                if !std::mem::replace(&mut leads[*each as usize], true) {
                    open.push(*each);
                }
            }
        }
        leads
    }

    /// The nodes that matter in topological order; none if there is a cycle among them. (Kahn, "Topological sorting of
    /// large networks", 1962.)
    fn order(&self, matters: &[bool]) -> Option<Vec<u32>> {
        let mut entering = vec![0usize; self.nodes.len()];
        let all = || (0..self.nodes.len()).filter(|node| matters[*node]);
        for node in all() {
            self.heads_of(node).iter().for_each(|head| entering[*head as usize] += 1);
        }
        // Whatever is reached is reached from the start, so that nothing else is without a relation that enters it.
        if entering[0] > 0 {
            return None;
        }
        let mut order = vec![0];
        let mut at = 0;
        while let Some(node) = order.get(at) {
            at += 1;
            for head in self.heads_of(*node as usize) {
                let entering = &mut entering[*head as usize];
                *entering -= 1;
                if *entering == 0 && matters[*head as usize] {
                    order.push(*head);
                }
            }
        }
        (order.len() == all().count()).then_some(order)
    }

    /// Whether a way of so many relations leads to each of some nodes; none where a cycle may be in the way.
    pub(super) fn are_ends(&self, nodes: &[NodeId], (min, max): (u64, u64)) -> Option<Vec<bool>> {
        let all = vec![true; self.nodes.len()];
        let longest = self.lengths(&self.order(&all)?, &all);
        let reached = if longest.iter().all(|length| *length <= max) {
            longest.into_iter().map(|length| length >= min).collect()
        } else {
            self.reached_by((min, max))
        };
        Some(nodes.iter().map(|node| self.numbers.get(*node).is_some_and(|node| reached[node as usize])).collect())
    }

    /// The nodes to which a walk of so many relations leads.
    fn reached_by(&self, (min, max): (u64, u64)) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        let mut seen = vec![u64::MAX; self.nodes.len()];
        let (mut layer, mut length) = (vec![0], 0);
        while !layer.is_empty() && length <= max {
            let mut next: Vec<u32> = Vec::new();
            for node in layer {
                reached[node as usize] |= length >= min;
                let heads = self.heads_of(node as usize);
                next.extend(
                    heads.iter().filter(|head| std::mem::replace(&mut seen[**head as usize], length) != length),
                );
            }
            (layer, length) = (next, length + 1);
        }
        reached
    }

    /// How many ways of so many relations lead to each node, or to the one that is sought; none where a cycle is in the
    /// way.
    pub(super) fn ways(
        &self,
        sought: Option<NodeId>,
        bounds: (u64, u64),
        span: Span,
    ) -> Outcome<Option<Vec<(NodeId, i64)>>> {
        let end = sought.map(|sought| self.numbers.get(sought));
        if end == Some(None) {
            return Ok(Some(Vec::new()));
        }
        let mut counted = self.counted(&vec![true; self.nodes.len()], bounds);
        if let (Some(end), Counted::Cycle | Counted::TooMany) = (end.flatten(), &counted) {
            // What does not lead on to the end does not matter.
            counted = self.counted(&self.leading_to(end), bounds);
        }
        let counts = match counted {
            Counted::Numbers(counts) => counts,
            Counted::Cycle => return Ok(None),
            Counted::TooMany => return Err(too_many(span)),
        };
        let wanted = |(node, count): (&NodeId, u64)| {
            let is_wanted = count > 0 && sought.is_none_or(|sought| sought == *node);
            is_wanted.then(|| i64::try_from(count).map(|count| (*node, count)).map_err(|_| too_many(span)))
        };
        self.nodes.iter().zip(counts).filter_map(wanted).collect::<Result<_, _>>().map(Some)
    }

    /// Counts the ways over those nodes that matter.
    fn counted(&self, matters: &[bool], (min, max): (u64, u64)) -> Counted {
        let Some(order) = self.order(matters) else { return Counted::Cycle };
        let is_bounded = || self.lengths(&order, matters).into_iter().all(|length| length <= max);
        let counts = if min <= 1 && (is_bounded() || is_injected(Fault::LongWaysCounted)) {
            self.all_ways(&order, matters, min)
        } else {
            self.ways_by_length(matters, (min, max))
        };
        counts.map_or(Counted::TooMany, Counted::Numbers)
    }

    /// The length of the longest way to each node.
    fn lengths(&self, order: &[u32], matters: &[bool]) -> Vec<u64> {
        let mut lengths = vec![0u64; self.nodes.len()];
        for node in order {
            let length = lengths[*node as usize] + 1;
            for head in self.heads_of(*node as usize).iter().filter(|head| matters[**head as usize]) {
                lengths[*head as usize] = lengths[*head as usize].max(length);
            }
        }
        lengths
    }

    fn all_ways(&self, order: &[u32], matters: &[bool], min: u64) -> Option<Vec<u64>> {
        let mut counts = vec![0u64; self.nodes.len()];
        counts[0] = 1;
        for node in order {
            let count = counts[*node as usize];
            for head in self.heads_of(*node as usize).iter().filter(|head| matters[**head as usize]) {
                counts[*head as usize] = counts[*head as usize].checked_add(count)?;
            }
        }
        counts[0] = u64::from(min == 0);
        Some(counts)
    }

    fn ways_by_length(&self, matters: &[bool], (min, max): (u64, u64)) -> Option<Vec<u64>> {
        let mut counts = vec![0u64; self.nodes.len()];
        let mut present = vec![0u64; self.nodes.len()];
        present[0] = 1;
        let mut layer = vec![0];
        let mut length = 0;
        while !layer.is_empty() {
            let mut next = vec![0u64; self.nodes.len()];
            let mut beyond = Vec::new();
            for node in layer {
                let count = present[node as usize];
                if length >= min {
                    counts[node as usize] = counts[node as usize].checked_add(count)?;
                }
                for head in self.heads_of(node as usize).iter().filter(|head| length < max && matters[**head as usize])
                {
                    if next[*head as usize] == 0 {
                        beyond.push(*head);
                    }
                    next[*head as usize] = next[*head as usize].checked_add(count)?;
                }
            }
            (present, layer) = (next, beyond);
            length += 1;
        }
        Some(counts)
    }
}

pub(super) fn too_many(span: Span) -> RunError {
    RunError::at(span, ErrorClass::ArithmeticError, "NumberOutOfRange", "more ways lead there than 64 bits can count")
        .with_hint("give the pattern an upper bound, or ask for its ends with DISTINCT")
}
