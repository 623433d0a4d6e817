//! A shortest way between two nodes, searched from both of them: the side with fewer nodes in its outermost layer goes
//! on, a whole layer at a time. While the two have not met, the way is longer than both depths together; so the first
//! node at which they meet lies on a shortest way (Pohl, "Bi-directional search", 1971).

use super::ground::Hop;
use super::marks::Numbers;
use super::turns::Turns;
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::{Execution, Outcome};

/// What has been searched from one of the two.
struct Side {
    numbers: Numbers,
    nodes: Vec<NodeId>,
    /// How each node was reached: the relation, and the number of the node before it.
    came: Vec<(EdgeId, u32)>,
    /// Where the outermost layer begins.
    layer: usize,
    depth: u64,
}

impl Side {
    fn new(start: NodeId, bound: usize) -> Self {
        let mut numbers = Numbers::below(bound);
        numbers.number(start, 0);
        Self { numbers, nodes: vec![start], came: vec![(EdgeId::NONE, 0)], layer: 0, depth: 0 }
    }

    fn breadth(&self) -> usize {
        self.nodes.len() - self.layer
    }

    /// Goes one layer further, up to a node of the other side.
    fn advance(&mut self, turns: &mut impl Turns, other: &Self, execution: &Execution<'_>) -> Outcome<Option<NodeId>> {
        let Self { numbers, nodes, came, layer, depth } = self;
        let end = nodes.len();
        let mut met = None;
        for at in *layer..end {
            execution.token.step()?;
            let before = u32::try_from(at).expect("fewer than 2^32 nodes");
            turns.each(nodes[at], |edge, far| {
                let fresh = u32::try_from(nodes.len()).expect("fewer than 2^32 nodes");
                if met.is_none() && numbers.number(far, fresh).1 {
                    nodes.push(far);
                    came.push((edge, before));
                    met = other.numbers.get(far).map(|_| far);
                }
            })?;
            if met.is_some() {
                break;
            }
        }
        execution.token.hold((nodes.len() - end) * (size_of::<NodeId>() + size_of::<(EdgeId, u32)>() + 8))?;
        *layer = end;
        *depth += 1;
        Ok(met)
    }

    /// The relations from a node back to the start, each with the node from which it was taken.
    fn way_back(&self, node: NodeId) -> Vec<Hop> {
        let mut number = self.numbers.get(node).expect("the side has come to the node") as usize;
        let mut hops = Vec::new();
        while number > 0 {
            let (edge, before) = self.came[number];
            number = before as usize;
            hops.push((edge, self.nodes[number]));
        }
        hops
    }
}

/// A shortest way between two different nodes that takes at most so many relations.
pub(super) fn meet(
    (ahead, back): (&mut impl Turns, &mut impl Turns),
    (from, to): (NodeId, NodeId),
    max: u64,
    (graph, execution): (&Graph, &Execution<'_>),
) -> Outcome<Option<Vec<Hop>>> {
    let bound = graph.node_bound();
    let (mut start, mut end) = (Side::new(from, bound), Side::new(to, bound));
    let mut met = None;
    while met.is_none() && start.breadth() > 0 && end.breadth() > 0 {
        let depth = if is_injected(Fault::MeetsTooLate) { start.depth } else { start.depth + end.depth };
        if depth >= max {
            break;
        }
        met = if start.breadth() <= end.breadth() {
            start.advance(ahead, &end, execution)?
        } else {
            end.advance(back, &start, execution)?
        };
    }
    execution.token.release((start.nodes.len() + end.nodes.len() - 2) * (size_of::<NodeId>() + size_of::<(EdgeId, u32)>() + 8));
    Ok(met.map(|node| {
        // Seen from the start, each relation of the first half leads to the node behind it.
        let first = start.way_back(node);
        let nodes = std::iter::once(node).chain(first.iter().map(|hop| hop.1));
        let mut hops: Vec<Hop> = first.iter().zip(nodes).map(|(hop, far)| (hop.0, far)).collect();
        hops.reverse();
        hops.extend(end.way_back(node));
        hops
    }))
}
