//! The shortest ways between two nodes, searched from both of them: the side with fewer nodes in its outermost layer
//! goes on, a whole layer at a time. While the two have not met, every way is longer than both depths together; so all
//! nodes at which they first meet lie on shortest ways, and every shortest way takes one of them (Pohl, "Bi-directional
//! search", 1971).

use super::ground::Hop;
use super::marks::Numbers;
use super::turns::Turns;
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::{Execution, Outcome};

/// Which of the shortest ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shortest {
    One,
    All,
}

/// How a node was reached: the relation, the number of the node before it, and the number of another such step.
#[derive(Clone, Copy)]
struct Step {
    edge: EdgeId,
    before: u32,
    other: u32,
}

const NO_OTHER: u32 = u32::MAX;

/// What has been searched from one of the two.
struct Side {
    numbers: Numbers,
    nodes: Vec<NodeId>,
    /// The steps by which nodes were reached. The first step of each node stands at its number.
    steps: Vec<Step>,
    /// Further steps.
    others: Vec<Step>,
    /// Where the outermost layer begins.
    layer: usize,
    depth: u64,
}

impl Side {
    fn new(start: NodeId, bound: usize) -> Self {
        let mut numbers = Numbers::below(bound);
        numbers.number(start, 0);
        let first = Step { edge: EdgeId::NONE, before: 0, other: NO_OTHER };
        Self { numbers, nodes: vec![start], steps: vec![first], others: Vec::new(), layer: 0, depth: 0 }
    }

    fn breadth(&self) -> usize {
        self.nodes.len() - self.layer
    }

    fn bytes(&self) -> usize {
        self.nodes.len() * (size_of::<NodeId>() + size_of::<Step>() + 8) + self.others.len() * size_of::<Step>()
    }

    /// Goes one layer further; adds the nodes at which it meets the other side. One is enough, unless all are wanted.
    fn advance(
        &mut self,
        turns: &mut impl Turns,
        (other, wanted): (&Self, Shortest),
        met: &mut Vec<NodeId>,
        execution: &Execution<'_>,
    ) -> Outcome<()> {
        let held = self.bytes();
        let Self { numbers, nodes, steps, others, layer, depth } = self;
        let end = nodes.len();
        for at in *layer..end {
            execution.token.step()?;
            let before = number(at);
            turns.each(nodes[at], |edge, far| {
                let fresh = number(nodes.len());
                let (known, is_new) = numbers.number(far, fresh);
                if is_new {
                    nodes.push(far);
                    steps.push(Step { edge, before, other: NO_OTHER });
                    if other.numbers.get(far).is_some() {
                        met.push(far);
                    }
                } else if wanted == Shortest::All && known as usize >= end {
                    let first = &mut steps[known as usize];
                    let another = std::mem::replace(&mut first.other, number(others.len()));
                    others.push(Step { edge, before, other: another });
                }
            })?;
            if wanted == Shortest::One && !met.is_empty() {
                break;
            }
        }
        *layer = end;
        *depth += 1;
        Ok(execution.token.hold(self.bytes() - held)?)
    }

    /// All ways from a node back to the start: relations, each with the node from which it was taken.
    fn ways_back(&self, node: NodeId) -> Vec<Vec<Hop>> {
        let node = self.numbers.get(node).expect("the side has come to the node");
        let (mut open, mut done) = (vec![(node, Vec::new())], Vec::new());
        while let Some((node, way)) = open.pop() {
            if node == 0 {
                done.push(way);
                continue;
            }
            let mut step = self.steps[node as usize];
            loop {
                let mut longer = Vec::with_capacity(way.len() + 1);
                longer.extend_from_slice(&way);
                longer.push((step.edge, self.nodes[step.before as usize]));
                open.push((step.before, longer));
                match self.others.get(step.other as usize) {
                    Some(other) => step = *other,
                    None => break,
                }
            }
        }
        done
    }

    /// How many ways lead from the start to each node; none where a number does not fit. A node stands behind all those from
    /// which it was reached.
    fn numbers_of_ways(&self) -> Option<Vec<u64>> {
        let mut ways = vec![1u64; self.nodes.len()];
        for node in 1..self.nodes.len() {
            let mut step = self.steps[node];
            let mut sum = ways[step.before as usize];
            while let Some(other) = self.others.get(step.other as usize) {
                sum = sum.checked_add(ways[other.before as usize])?;
                step = *other;
            }
            ways[node] = if is_injected(Fault::OneWayEach) { 1 } else { sum };
        }
        Some(ways)
    }

    /// The first way found from a node back to the start.
    fn way_back(&self, node: NodeId) -> Vec<Hop> {
        let mut node = self.numbers.get(node).expect("the side has come to the node");
        let mut way = Vec::with_capacity(usize::try_from(self.depth).unwrap_or(0));
        while node != 0 {
            let step = self.steps[node as usize];
            way.push((step.edge, self.nodes[step.before as usize]));
            node = step.before;
        }
        way
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("fewer than 2^32 nodes and relations")
}

/// How many shortest ways there are between two different nodes, if they take no more than so many relations; none where the
/// number does not fit.
pub(super) fn number_of_shortest(
    turns: (&mut impl Turns, &mut impl Turns),
    ends: (NodeId, NodeId),
    max: u64,
    surroundings: (&Graph, &Execution<'_>),
) -> Outcome<Option<u64>> {
    let (start, end, met) = search(turns, ends, (Shortest::All, max), surroundings)?;
    let sum = || {
        let (first, second) = (start.numbers_of_ways()?, end.numbers_of_ways()?);
        met.iter().try_fold(0u64, |sum, node| {
            let [first, second] = [(&start, &first), (&end, &second)].map(|(side, ways)| {
                let number = side.numbers.get(*node).expect("both sides have come to the node");
                ways[number as usize]
            });
            sum.checked_add(first.checked_mul(second)?)
        })
    };
    Ok(sum())
}

/// Shortest ways between two different nodes, if they take no more than so many relations.
pub(super) fn meet(
    turns: (&mut impl Turns, &mut impl Turns),
    ends: (NodeId, NodeId),
    (wanted, max): (Shortest, u64),
    (graph, execution): (&Graph, &Execution<'_>),
) -> Outcome<Vec<Vec<Hop>>> {
    let (start, end, met) = search(turns, ends, (wanted, max), (graph, execution))?;
    let mut ways = Vec::new();
    for node in met {
        if wanted == Shortest::One {
            ways.push(joined(node, &start.way_back(node), &end.way_back(node)));
            break;
        }
        let second = end.ways_back(node);
        for first in start.ways_back(node) {
            execution.token.check()?;
            ways.extend(second.iter().map(|second| joined(node, &first, second)));
        }
    }
    Ok(ways)
}

/// Searches from two nodes until both sides meet: what each has searched, and the nodes at which they met.
fn search(
    (ahead, back): (&mut impl Turns, &mut impl Turns),
    (from, to): (NodeId, NodeId),
    (wanted, max): (Shortest, u64),
    (graph, execution): (&Graph, &Execution<'_>),
) -> Outcome<(Side, Side, Vec<NodeId>)> {
    let bound = graph.node_bound();
    let (mut start, mut end) = (Side::new(from, bound), Side::new(to, bound));
    let held = start.bytes() + end.bytes();
    let mut met = Vec::new();
    while met.is_empty() && start.breadth() > 0 && end.breadth() > 0 {
        let depth = if is_injected(Fault::MeetsTooLate) { start.depth } else { start.depth + end.depth };
        if depth >= max {
            break;
        }
        if start.breadth() <= end.breadth() {
            start.advance(ahead, (&end, wanted), &mut met, execution)?;
        } else {
            end.advance(back, (&start, wanted), &mut met, execution)?;
        }
    }
    execution.token.release(start.bytes() + end.bytes() - held);
    Ok((start, end, met))
}

/// The way from the start over a node to the end, each relation with the node to which it leads.
fn joined(node: NodeId, to_start: &[Hop], to_end: &[Hop]) -> Vec<Hop> {
    let nodes = std::iter::once(node).chain(to_start.iter().map(|hop| hop.1));
    let mut hops = Vec::with_capacity(to_start.len() + to_end.len());
    hops.extend(to_start.iter().zip(nodes).map(|(hop, far)| (hop.0, far)));
    hops.reverse();
    hops.extend_from_slice(to_end);
    hops
}
