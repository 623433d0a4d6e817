//! The ends of walks, each once: breadth first, and no way is put together.
//!
//! A walk of one repeated relation asks for trails, and there may be exponentially many; the nodes to which they lead
//! need none of them. To any other node a shortest walk takes no node twice, so it is a trail, and a simple path, and
//! shorter than any other: the node is an end if and only if its distance is within the upper bound. A lower bound of
//! 0 or 1 says nothing else of it; with others, see [`far_ends`](super::far_ends).
//!
//! Where row after row has the same start, or the same end, and the other one is known too, all that this node leads to is
//! searched once, and each row asks whether its other node is there.
//!
//! The start itself is an end by the walk without relations, where the lower bound is 0. Else it takes a closed way:
//! see [`closed`](super::closed).

use std::collections::BTreeMap;

use super::closed::{is_closed_trail_from, is_way_back};
use super::far_ends::far_ends;
use super::from_both_ends::{Shortest, meet};
use super::ground::{Ask, Ground, fills};
use super::marks::Marks;
use super::turns::{BLOCK, Free, Tested, Traffic, Turns, is_free};
use super::{Input, Operator, resume};
use crate::graph::Graph;
use crate::model::NodeId;
use crate::query::bind::bound::Slot;
use crate::query::bind::tree::{Leg, PathMode};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::plan::columns::is_for_all_rows;
use crate::query::plan::logical::Walk;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::label_test;
use crate::query::run::{Execution, Outcome};

pub(super) struct ReachEnds<'p> {
    input: Input<'p>,
    walk: &'p Walk,
    live: &'p Live,
    fills: Vec<Slot>,
    /// The batch being walked from, and its next row.
    at: Option<(Batch, usize)>,
    /// The ends of the row before that one that have not gone on yet, the next one last.
    open: Vec<NodeId>,
    marks: Option<Marks>,
}

/// So many rows in a row ask the same of a node before all is searched that it leads to.
const OFTEN: u32 = if cfg!(feature = "faults") { 2 } else { 16 };

/// For each walk, by the slot of its relations, what its start and its end lead to, if row after row has the same.
#[derive(Default)]
pub(in crate::query::run) struct Spreads(BTreeMap<Slot, [Side; 2]>);

/// One end of a walk, from row to row.
#[derive(Default)]
struct Side {
    node: Option<NodeId>,
    /// So many rows have had it, one after the other.
    rows: u32,
    /// What it leads to, the node itself apart, once that is known.
    reached: Option<Marks>,
    held: usize,
}

impl Side {
    /// Takes note of a row's node; whether the rows before have asked the same.
    fn is_asked_often(&mut self, node: NodeId) -> bool {
        if self.node != Some(node) && !(self.reached.is_some() && is_injected(Fault::ReachedFromElsewhere)) {
            (self.node, self.rows, self.reached) = (Some(node), 0, None);
        }
        self.rows = self.rows.saturating_add(1);
        self.rows > OFTEN
    }

    fn reaches(
        &mut self,
        turns: &mut impl Turns,
        (node, other): (NodeId, NodeId),
        max: u64,
        (graph, execution): (&Graph, &Execution<'_>),
    ) -> Outcome<bool> {
        if self.reached.is_none() {
            execution.token.release(std::mem::take(&mut self.held));
            let mut marks = Marks::below(graph.node_bound());
            let Reached { nodes, .. } = spread(turns, node, (max, None), &mut marks, execution)?;
            self.held = (nodes.len() - 1) * size_of::<NodeId>();
            self.reached = Some(marks);
        }
        Ok(self.reached.as_ref().is_some_and(|marks| marks.contains(other)))
    }
}

/// What a search has reached.
pub(super) struct Reached {
    /// The start, and the nodes within the upper bound, nearer ones first.
    pub nodes: Vec<NodeId>,
    /// A relation leads back to the start.
    pub is_back: bool,
}

/// Searches breadth first up to a distance; where a node is sought, until it is found.
pub(super) fn spread(
    turns: &mut impl Turns,
    from: NodeId,
    (max, sought): (u64, Option<NodeId>),
    marks: &mut Marks,
    execution: &Execution<'_>,
) -> Outcome<Reached> {
    marks.insert(from);
    let mut nodes = vec![from];
    let (mut is_back, mut is_found) = (false, false);
    let (mut at, mut distance) = (0, 0);
    while at < nodes.len() && distance < max {
        let layer = nodes.len();
        while at < layer && !is_found {
            let mut block = [NodeId::NONE; BLOCK];
            let count = BLOCK.min(layer - at);
            (0..count).try_for_each(|_| execution.token.step())?;
            block[..count].copy_from_slice(&nodes[at..at + count]);
            turns.each_of(&block[..count], |_, far| {
                if marks.insert(far) {
                    nodes.push(far);
                    is_found |= sought == Some(far);
                } else {
                    is_back |= far == from;
                }
            })?;
            at += count;
        }
        if is_found {
            break;
        }
        execution.token.hold((nodes.len() - layer) * size_of::<NodeId>())?;
        distance += 1;
    }
    Ok(Reached { nodes, is_back })
}

impl<'p> ReachEnds<'p> {
    pub(super) fn new(input: Input<'p>, walk: &'p Walk, live: &'p Live) -> Self {
        Self { input, walk, live, fills: fills(walk), at: None, open: Vec::new(), marks: None }
    }

    /// The ends of a row's walks, the next one last.
    fn ends(&mut self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Vec<NodeId>> {
        let Some(mut ask) = Ask::of(self.walk, execution, batch, row)? else { return Ok(Vec::new()) };
        let graph = execution.graph.borrow();
        let leg = &self.walk.route.legs[0];
        let max = leg.max.unwrap_or(u64::MAX);
        if leg.min > 1 {
            let mut ground = Ground { execution, graph: &graph, walk: self.walk, fills: &self.fills, ask: &mut ask };
            let mut ends = far_ends(&mut ground)?;
            ends.reverse();
            self.keep_ends(execution, &graph, &mut ask, &mut ends)?;
            return Ok(ends);
        }
        if let Some(target) = ask.target.filter(|target| *target != ask.from && is_free(leg)) {
            let is_end = match self.is_reached_again(&graph, &ask, (target, max), execution)? {
                Some(is_reached) => is_reached,
                None => is_met(&graph, &ask, leg, (target, max), execution)?,
            };
            let mut ends = if is_end { vec![target] } else { Vec::new() };
            self.keep_ends(execution, &graph, &mut ask, &mut ends)?;
            return Ok(ends);
        }
        let marks = self.marks.get_or_insert_with(|| Marks::below(graph.node_bound()));
        let sought = ask.target.filter(|target| *target != ask.from);
        let from = ask.from;
        let Reached { mut nodes, is_back } = if is_free(leg) {
            let mut turns = Free::new(&graph, &leg.hops[0], ask.admission(), &ask.taken);
            spread(&mut turns, from, (max, sought), marks, execution)?
        } else {
            let mut ground = Ground { execution, graph: &graph, walk: self.walk, fills: &self.fills, ask: &mut ask };
            let mut turns = Tested { ground: &mut ground, leg, hops: Vec::new() };
            spread(&mut turns, from, (max, sought), marks, execution)?
        };
        marks.clear(&nodes);
        execution.token.release((nodes.len() - 1) * size_of::<NodeId>());
        nodes.reverse();
        let is_end = leg.min == 0 || is_back && sought.is_none() && self.is_closed(execution, &graph, &mut ask)?;
        if !is_end {
            nodes.pop();
        }
        self.keep_ends(execution, &graph, &mut ask, &mut nodes)?;
        Ok(nodes)
    }

    /// Whether a way leads to a known end, where row after row asks the same of one of the two nodes: all that it leads to
    /// is searched once.
    fn is_reached_again(
        &self,
        graph: &Graph,
        ask: &Ask,
        (target, max): (NodeId, u64),
        execution: &Execution<'_>,
    ) -> Outcome<Option<bool>> {
        if !ask.taken.is_empty() || !is_for_all_rows(self.walk.evidence.as_deref()) {
            return Ok(None);
        }
        let leg = &self.walk.route.legs[0];
        let mut spreads = execution.spreads.borrow_mut();
        let [start, end] = spreads.0.entry(leg.rels).or_default();
        if start.is_asked_often(ask.from) {
            let mut turns = Free::new(graph, &leg.hops[0], ask.admission(), &[]);
            start.reaches(&mut turns, (ask.from, target), max, (graph, execution)).map(Some)
        } else if end.is_asked_often(target) {
            let types = leg.hops[0].reversed();
            let mut turns = Free::new(graph, &types, ask.admission(), &[]);
            end.reaches(&mut turns, (target, ask.from), max, (graph, execution)).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Whether a way leads from the start to itself, where a relation leads back to it.
    fn is_closed(&self, execution: &Execution<'_>, graph: &Graph, ask: &mut Ask) -> Outcome<bool> {
        let leg = &self.walk.route.legs[0];
        let traffic = Traffic::of(&leg.hops[0]);
        match self.walk.route.mode {
            PathMode::Acyclic => Ok(false),
            PathMode::Walk => Ok(true),
            _ if is_injected(Fault::StartAlwaysReached) => Ok(true),
            // A shortest closed walk takes no relation twice, and no node but the start.
            PathMode::Trail | PathMode::Simple if traffic == Traffic::OneWay => Ok(true),
            PathMode::Trail | PathMode::Simple if traffic == Traffic::BothWays && is_free(leg) => {
                let mut turns = Free::new(graph, &leg.hops[0], ask.admission(), &ask.taken);
                is_closed_trail_from(&mut turns, ask.from, leg.max.unwrap_or(u64::MAX), (graph, execution))
            }
            PathMode::Trail | PathMode::Simple => {
                is_way_back(&mut Ground { execution, graph, walk: self.walk, fills: &self.fills, ask })
            }
        }
    }

    /// Keeps those nodes that the pattern's end may be.
    fn keep_ends(
        &self,
        execution: &Execution<'_>,
        graph: &Graph,
        ask: &mut Ask,
        nodes: &mut Vec<NodeId>,
    ) -> Outcome<()> {
        let mut ground = Ground { execution, graph, walk: self.walk, fills: &self.fills, ask };
        if !ground.asks_of_ends() {
            return Ok(());
        }
        if let Some(test) = ground.asks_labels_alone().filter(|_| graph.is_unchanged()) {
            // Nodes of the same label set pass alike.
            let mut passes = vec![None; graph.base().label_set_count()];
            nodes.retain(|node| {
                let known = &mut passes[graph.base().label_set(*node) as usize];
                *known.get_or_insert_with(|| label_test(graph, *node, test))
            });
            return Ok(());
        }
        let mut kept = 0;
        for at in 0..nodes.len() {
            if ground.is_end(nodes[at])? {
                nodes[kept] = nodes[at];
                kept += 1;
            }
        }
        nodes.truncate(kept);
        Ok(())
    }
}

/// Whether a way leads from a row's start to another node.
fn is_met(
    graph: &Graph,
    ask: &Ask,
    leg: &Leg,
    (target, max): (NodeId, u64),
    execution: &Execution<'_>,
) -> Outcome<bool> {
    let mut ahead = Free::new(graph, &leg.hops[0], ask.admission(), &ask.taken);
    let types = leg.hops[0].reversed();
    let mut back = Free::new(graph, &types, ask.admission(), &ask.taken);
    let ways = meet((&mut ahead, &mut back), (ask.from, target), (Shortest::One, max), (graph, execution))?;
    Ok(!ways.is_empty())
}

impl Operator for ReachEnds<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let Some((batch, mut row)) = resume(&mut self.at, &mut self.input, execution)? else { return Ok(None) };
            let (mut rows, mut ends) = (Vec::new(), Vec::new());
            while ends.len() < BATCH_ROWS {
                if !self.open.is_empty() {
                    let from = self.open.len().saturating_sub(BATCH_ROWS - ends.len());
                    ends.extend(self.open.drain(from..).rev());
                    let walked = u32::try_from(row - 1).expect("a batch has fewer than 2^32 rows");
                    rows.resize(ends.len(), walked);
                } else if row < batch.rows {
                    self.open = self.ends(execution, &batch, row)?;
                    row += 1;
                } else {
                    break;
                }
            }
            if ends.is_empty() {
                continue;
            }
            let mut reached = batch.gather_live(&rows, self.live);
            if !self.walk.to_is_bound {
                reached.set(self.walk.to.index(), Column::Nodes(ends));
            }
            if row < batch.rows || !self.open.is_empty() {
                self.at = Some((batch, row));
            }
            return Ok(Some(reached));
        }
    }
}
