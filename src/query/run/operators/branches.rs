//! One shortest way to each node around a start: a tree, grown breadth first, whose branches are the ways.

use super::ground::Hop;
use super::marks::Numbers;
use super::turns::Turns;
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId};
use crate::query::run::{Execution, Outcome};

/// The nodes within a distance, nearer ones first; the start is 0.
pub(super) struct Branches {
    pub nodes: Vec<NodeId>,
    /// How each node was reached: the relation, and the number of the node before it.
    came: Vec<(EdgeId, u32)>,
}

impl Branches {
    /// Grows the tree up to a distance.
    pub(super) fn grow(
        turns: &mut impl Turns,
        start: NodeId,
        max: u64,
        (graph, execution): (&Graph, &Execution<'_>),
    ) -> Outcome<Self> {
        let mut numbers = Numbers::below(graph.node_bound());
        numbers.number(start, 0);
        let (mut nodes, mut came) = (vec![start], vec![(EdgeId::NONE, 0)]);
        let (mut at, mut distance) = (0, 0);
        while at < nodes.len() && distance < max {
            let layer = nodes.len();
            for at in at..layer {
                execution.token.step()?;
                let before = u32::try_from(at).expect("fewer than 2^32 nodes");
                turns.each(nodes[at], |edge, far| {
                    let fresh = u32::try_from(nodes.len()).expect("fewer than 2^32 nodes");
                    if numbers.number(far, fresh).1 {
                        nodes.push(far);
                        came.push((edge, before));
                    }
                })?;
            }
            execution.token.hold((nodes.len() - layer) * BYTES)?;
            at = layer;
            distance += 1;
        }
        Ok(Self { nodes, came })
    }

    /// The way to a node, by its number.
    pub(super) fn way_to(&self, number: usize) -> Vec<Hop> {
        let (mut hops, mut number) = (Vec::new(), number);
        while number > 0 {
            let (edge, before) = self.came[number];
            hops.push((edge, self.nodes[number]));
            number = before as usize;
        }
        hops.reverse();
        hops
    }

    /// Notes that it is no longer held.
    pub(super) fn release(&self, execution: &Execution<'_>) {
        execution.token.release((self.nodes.len() - 1) * BYTES);
    }
}

/// What a node costs, about.
const BYTES: usize = size_of::<NodeId>() + size_of::<(EdgeId, u32)>() + 8;
