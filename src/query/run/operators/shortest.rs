//! Shortest walks: for each row, breadth first from a node, one shortest walk to each end, or all of them.
//!
//! A shortest walk between two different nodes repeats neither node nor relation, so that breadth-first search with
//! each node's first arrival (or all arrivals of its first layer) finds just the shortest trails. From a node to
//! itself there is the walk of length nought, if that may be, and no other.

use rustc_hash::FxHashMap;

use super::steps::{Steps, node_at, taken};
use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::tree;
use crate::query::plan::logical::Walk;
use crate::query::run::admission::Admission;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::{Row, label_test};
use crate::query::run::{Execution, Outcome};

pub(super) struct Shortest<'p> {
    input: Input<'p>,
    walk: &'p Walk,
}

/// How a node was reached: its distance, and each relation by which it was reached at that distance.
struct Arrival {
    depth: u64,
    by: Vec<(EdgeId, NodeId)>,
}

#[derive(Default)]
struct Out {
    rows: Vec<u32>,
    lists: Vec<Value>,
    ends: Vec<NodeId>,
}

impl<'p> Shortest<'p> {
    pub(super) fn new(input: Input<'p>, walk: &'p Walk) -> Self {
        Self { input, walk }
    }

    fn row(&self, execution: &Execution<'_>, graph: &Graph, batch: &Batch, row: usize, out: &mut Out) -> Outcome<()> {
        let walk = self.walk;
        let Some(from) = node_at(batch, row, walk.from) else { return Ok(()) };
        let target = if walk.to_is_bound { Some(node_at(batch, row, walk.to)) } else { None };
        if target == Some(None) {
            return Ok(());
        }
        let target = target.flatten();
        let steps = Steps {
            types: &walk.types,
            admission: Admission::of(walk.evidence.as_deref(), execution, Row { batch, index: row })?,
            taken: taken(batch, row, &walk.unlike),
            condition: walk.length.step.as_ref(),
            row: Row { batch, index: row },
        };
        let (order, arrivals) = self.search(execution, graph, &steps, from, target)?;
        let row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
        let ends = match target {
            Some(target) => vec![target],
            None => order,
        };
        for end in ends {
            let is_end = arrivals.get(&end).is_some_and(|arrival| arrival.depth >= walk.length.min)
                && walk.to_labels.as_ref().is_none_or(|test| label_test(graph, end, test));
            if !is_end {
                continue;
            }
            unroll(&arrivals, end, &mut |trail| {
                execution.token.step()?;
                out.rows.push(row);
                out.lists.push(rels_list(trail, walk.is_reversed));
                out.ends.push(end);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The nodes in the order in which they were reached, and how.
    fn search(
        &self,
        execution: &Execution<'_>,
        graph: &Graph,
        steps: &Steps<'_>,
        from: NodeId,
        target: Option<NodeId>,
    ) -> Outcome<(Vec<NodeId>, FxHashMap<NodeId, Arrival>)> {
        let keeps_all = self.walk.length.search == tree::Search::AllShortest;
        let mut arrivals = FxHashMap::default();
        arrivals.insert(from, Arrival { depth: 0, by: Vec::new() });
        let mut order = vec![from];
        let (mut layer, mut depth) = (0..1, 0);
        let mut found = Vec::new();
        while !layer.is_empty()
            && self.walk.length.max.is_none_or(|max| depth < max)
            && target.is_none_or(|target| !arrivals.contains_key(&target))
        {
            depth += 1;
            for at in layer.clone() {
                execution.token.step()?;
                let node = order[at];
                found.clear();
                steps.from(execution, graph, node, &mut found)?;
                for (edge, far) in &found {
                    match arrivals.get_mut(far) {
                        None => {
                            arrivals.insert(*far, Arrival { depth, by: vec![(*edge, node)] });
                            order.push(*far);
                        }
                        Some(arrival) if keeps_all && arrival.depth == depth => arrival.by.push((*edge, node)),
                        Some(_) => {}
                    }
                }
            }
            layer = layer.end..order.len();
        }
        Ok((order, arrivals))
    }
}

/// Hands over each trail that leads to the node, from its start on.
fn unroll(
    arrivals: &FxHashMap<NodeId, Arrival>,
    end: NodeId,
    take: &mut dyn FnMut(&[EdgeId]) -> Outcome<()>,
) -> Outcome<()> {
    // Ways back, each with how many relations lie behind it.
    let mut behind: Vec<EdgeId> = Vec::new();
    let mut open = vec![(end, 0, None)];
    while let Some((node, length, edge)) = open.pop() {
        behind.truncate(length);
        behind.extend(edge);
        let arrival = &arrivals[&node];
        if arrival.by.is_empty() {
            let trail: Vec<EdgeId> = behind.iter().rev().copied().collect();
            take(&trail)?;
        }
        for (edge, before) in arrival.by.iter().rev() {
            open.push((*before, behind.len(), Some(*edge)));
        }
    }
    Ok(())
}

/// The list of a trail's relations, in the order of the pattern.
pub(super) fn rels_list(trail: &[EdgeId], is_reversed: bool) -> Value {
    let rels = trail.iter().map(|edge| Value::Rel(*edge));
    Value::list(if is_reversed { rels.rev().collect() } else { rels.collect() })
}

impl Operator for Shortest<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let mut out = Out::default();
        let graph = execution.graph.borrow();
        for row in 0..batch.rows {
            self.row(execution, &graph, &batch, row, &mut out)?;
        }
        let mut walked = batch.gather(&out.rows);
        walked.set(self.walk.rels.index(), Column::Values(out.lists));
        if !self.walk.to_is_bound {
            walked.set(self.walk.to.index(), Column::Nodes(out.ends));
        }
        Ok(Some(walked))
    }
}
