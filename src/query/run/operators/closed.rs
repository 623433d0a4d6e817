//! Whether a way leads from a node back to itself, no relation taken twice.
//!
//! Where every relation is walked from one end only, each closed walk will do. Where relations are walked from both
//! ends, there and back by the same one is no trail: the node must lie on a cycle. The search colours every node by the
//! relation at the start through which it was first reached; a relation between two colours closes a cycle, and the
//! shortest cycle through the start is found this way (as Itai and Rodeh find shortest cycles: "Finding a minimum
//! circuit in a graph", 1978).

use super::ground::{Found, Ground};
use super::marks::Numbers;
use super::shortest::{Wanted, shortest};
use super::turns::Turns;
use crate::graph::Graph;
use crate::model::NodeId;
use crate::query::run::{Execution, Outcome};

/// The length of no cycle.
const NONE: u64 = u64::MAX;

/// Whether a cycle of at most so many relations leads through a node. All relations may be walked from both ends.
pub(super) fn is_closed_trail_from(
    turns: &mut impl Turns,
    start: NodeId,
    max: u64,
    (graph, execution): (&Graph, &Execution<'_>),
) -> Outcome<bool> {
    let mut shortest = NONE;
    // A colour, and the parity of the distance: of two nodes that are joined, the farther is in the same layer or in
    // the next.
    let mut colours = Numbers::below(graph.node_bound());
    let mut nodes = Vec::new();
    turns.each(start, |_, far| {
        let colour = u32::try_from(2 * nodes.len() + 1).expect("fewer relations than colours");
        if far == start {
            shortest = 1;
        } else if colours.number(far, colour).1 {
            nodes.push(far);
        } else {
            shortest = shortest.min(2);
        }
    })?;
    let has_one_branch = nodes.len() < 2;
    let (mut at, mut distance) = (0, 1);
    while at < nodes.len() && !has_one_branch && shortest > 2 * distance + 1 && 2 * distance < max {
        let layer = nodes.len();
        for at in at..layer {
            execution.token.step()?;
            let own = colours.get(nodes[at]).expect("a node in the queue has a colour");
            turns.each(nodes[at], |_, far| {
                if far == start {
                    return;
                }
                let (colour, is_new) = colours.number(far, own ^ 1);
                if is_new {
                    nodes.push(far);
                } else if colour / 2 != own / 2 {
                    shortest = shortest.min(2 * distance + 1 + u64::from(colour % 2 != own % 2));
                }
            })?;
        }
        at = layer;
        distance += 1;
    }
    Ok(shortest != NONE && shortest <= max)
}

/// Whether some way leads back to the start, whatever is asked of its turns.
pub(super) fn is_way_back(ground: &mut Ground<'_>) -> Outcome<bool> {
    let target = ground.ask.target.replace(ground.ask.from);
    let mut found = Found::new(ground.fills);
    let outcome = shortest(ground, Wanted::Paths(1), &mut found);
    ground.ask.target = target;
    outcome?;
    Ok(!found.rows.is_empty())
}
