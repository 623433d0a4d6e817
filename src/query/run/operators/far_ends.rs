//! The ends of walks that take at least so many relations, two or more: each once, and hardly any way is put together.
//!
//! A shortest way to a node takes no node twice. So a node is an end if its distance is no less than the lower bound. A
//! nearer one is an end, too, if a relation leads to it from a node that is far enough: a shortest way there and this
//! relation take no relation twice, unless it is the last one of that way. What this leaves open is decided by the lengths
//! of the ways, where what is reached has no cycle, and else by a search for a way.

use super::ground::{Found, Ground};
use super::marks::Numbers;
use super::numbers_of_ways::Part;
use super::shortest::{Wanted, shortest, shortest_to};
use super::turns::{Free, Tested, Traffic, Turns, is_free};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId};
use crate::query::bind::tree::PathMode;
use crate::query::faults::{Fault, is_injected};
use crate::query::run::{Execution, Outcome};

/// The nodes within the upper bound.
struct Surroundings {
    numbers: Numbers,
    /// The start, and the others, nearer ones first.
    nodes: Vec<NodeId>,
    /// The last relation of a shortest way to each.
    last: Vec<EdgeId>,
    /// Behind the nodes of each distance.
    layers: Vec<usize>,
}

/// What a node takes in them, about.
const BYTES: usize = size_of::<NodeId>() + size_of::<EdgeId>() + 4;

/// Nodes that some way leads to, and those of which it is not known.
struct Decided {
    ends: Vec<NodeId>,
    open: Vec<NodeId>,
}

/// The ends of a row's walks.
pub(super) fn far_ends(ground: &mut Ground<'_>) -> Outcome<Vec<NodeId>> {
    let (execution, graph, leg) = (ground.execution, ground.graph, &ground.walk.route.legs[0]);
    let (from, mode, target) = (ground.ask.from, ground.walk.route.mode, ground.ask.target);
    let bounds = (leg.min, leg.max.unwrap_or(u64::MAX));
    let is_one_way = Traffic::of(&leg.hops[0]) == Traffic::OneWay;
    let Decided { mut ends, mut open } = if is_free(leg) {
        let mut turns = Free::new(graph, &leg.hops[0], ground.ask.admission(), &ground.ask.taken);
        decide(&mut turns, (from, bounds), (mode, is_one_way), (graph, execution))?
    } else {
        let mut turns = Tested { ground, leg, hops: Vec::new() };
        decide(&mut turns, (from, bounds), (mode, is_one_way), (graph, execution))?
    };
    open.retain(|node| target.is_none_or(|target| target == *node));
    let mut found = Found::new(ground.fills);
    match open.as_slice() {
        [] => {}
        [one] => {
            ground.ask.target = Some(*one);
            let outcome = shortest(ground, Wanted::Paths(1), &mut found);
            ground.ask.target = target;
            outcome?;
        }
        _ => shortest_to(ground, &open, Wanted::Paths(1), &mut found)?,
    }
    ends.extend(found.ends);
    Ok(ends)
}

fn decide(
    turns: &mut impl Turns,
    (from, bounds): (NodeId, (u64, u64)),
    (mode, is_one_way): (PathMode, bool),
    (graph, execution): (&Graph, &Execution<'_>),
) -> Outcome<Decided> {
    let around = Surroundings::spread(turns, from, bounds.1, (graph, execution))?;
    let held = around.nodes.len() * BYTES;
    let decided = around.decide(turns, bounds, mode, execution);
    execution.token.release(held);
    let mut decided = decided?;
    if is_one_way && !decided.open.is_empty() {
        let mut part = Part::new(from, graph);
        part.grow(turns, (bounds.1, usize::MAX), execution)?;
        if let Some(are_ends) = part.are_ends(&decided.open, bounds) {
            let open = std::mem::take(&mut decided.open).into_iter();
            decided.ends.extend(open.zip(are_ends).filter_map(|(node, is_end)| is_end.then_some(node)));
        }
        part.release(execution);
    }
    Ok(decided)
}

impl Surroundings {
    fn spread(
        turns: &mut impl Turns,
        from: NodeId,
        max: u64,
        (graph, execution): (&Graph, &Execution<'_>),
    ) -> Outcome<Self> {
        let mut numbers = Numbers::below(graph.node_bound());
        numbers.number(from, 0);
        let (mut nodes, mut last, mut layers) = (vec![from], vec![EdgeId::NONE], vec![1]);
        let (mut at, mut distance) = (0, 0);
        while at < nodes.len() && distance < max {
            let layer = nodes.len();
            for place in at..layer {
                execution.token.step()?;
                turns.each(nodes[place], |edge, far| {
                    let fresh = u32::try_from(nodes.len()).expect("fewer than 2^32 nodes");
                    if numbers.number(far, fresh).1 {
                        nodes.push(far);
                        last.push(edge);
                    }
                })?;
            }
            execution.token.hold((nodes.len() - layer) * BYTES)?;
            layers.push(nodes.len());
            (at, distance) = (layer, distance + 1);
        }
        execution.token.hold(BYTES)?;
        Ok(Self { numbers, nodes, last, layers })
    }

    /// How many nodes are nearer than a distance.
    fn nearer(&self, distance: u64) -> usize {
        let layer = usize::try_from(distance).ok().and_then(|distance| distance.checked_sub(1));
        layer.map_or(0, |layer| self.layers.get(layer).copied().unwrap_or(self.nodes.len()))
    }

    fn decide(
        &self,
        turns: &mut impl Turns,
        (min, max): (u64, u64),
        mode: PathMode,
        execution: &Execution<'_>,
    ) -> Outcome<Decided> {
        let near = self.nearer(min);
        let mut is_end = vec![is_injected(Fault::FarEndsReached); near];
        let mut left = near;
        // A way that takes no node twice may not come back to one that it has left.
        let may_come_back = matches!(mode, PathMode::Trail | PathMode::Walk);
        let before = self.nearer(min - 1)..if may_come_back { self.nearer(max) } else { 0 };
        for place in before {
            if left == 0 {
                break;
            }
            execution.token.step()?;
            turns.each(self.nodes[place], |edge, far| {
                let number = self.numbers.get(far).map_or(usize::MAX, |number| number as usize);
                if number < near && edge != self.last[place] && !std::mem::replace(&mut is_end[number], true) {
                    left -= 1;
                }
            })?;
        }
        let of_near = |wanted: bool| {
            let nodes = self.nodes.iter().zip(&is_end);
            nodes.filter(move |(_, is_end)| **is_end == wanted).map(|(node, _)| *node)
        };
        let ends = of_near(true).chain(self.nodes[near..].iter().copied()).collect();
        Ok(Decided { ends, open: of_near(false).collect() })
    }
}
