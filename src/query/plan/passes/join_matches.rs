//! Two MATCH clauses, one behind the other, as one: `MATCH (x)-[:A]->(y) MATCH (x)-[:B]->(y)`.
//!
//! A pattern as a whole is solved better than its parts. What tells them apart is that no relation stands twice in one
//! MATCH; where none could, they are the same.

use super::Surroundings;
use super::solve_patterns::may_share;
use crate::query::bind::tree::{BoundMatch, PatternGraph, PatternNode};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Pipeline, Step};

/// `Match …, Match …` becomes one `Match`.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    for step in std::mem::take(&mut pipeline.steps) {
        match (pipeline.steps.last_mut(), step) {
            (Some(Step::Match(first)), Step::Match(second)) if may_join(first, &second) => join(first, second),
            (_, step) => pipeline.steps.push(step),
        }
    }
}

/// Whether both are plain patterns of single relations, none of which could be one of the other's.
fn may_join(first: &BoundMatch, second: &BoundMatch) -> bool {
    let is_plain = |matched: &BoundMatch| {
        let PatternGraph { rels, routes, is_repeatable, .. } = &matched.pattern;
        let is_new = rels.iter().all(|rel| !rel.is_bound);
        !matched.optional && matched.evidence.is_none() && !is_repeatable && routes.is_empty() && is_new
    };
    let (own, other) = (&first.pattern, &second.pattern);
    let shares = own.rels.iter().any(|own| other.rels.iter().any(|other| may_share(&own.types, &other.types)));
    // Two names for one node are two conditions, of which a pattern holds one.
    let names = |pattern: &PatternGraph, slot| pattern.nodes.iter().any(|node| node.slot == slot && node.is.is_some());
    let is_named_twice = own.nodes.iter().any(|node| node.is.is_some() && names(other, node.slot));
    is_plain(first) && is_plain(second) && !is_named_twice && (!shares || is_injected(Fault::MatchesJoined))
}

fn join(first: &mut BoundMatch, second: BoundMatch) {
    let nodes = &mut first.pattern.nodes;
    let places: Vec<usize> = second.pattern.nodes.into_iter().map(|node| place(nodes, node)).collect();
    let rels = second.pattern.rels.into_iter().map(|mut rel| {
        (rel.left, rel.right) = (places[rel.left], places[rel.right]);
        rel
    });
    first.pattern.rels.extend(rels);
    first.pattern.paths.extend(second.pattern.paths);
    first.predicates.extend(second.predicates);
}

/// Where a node stands among others: with that of its variable, if there is one.
fn place(nodes: &mut Vec<PatternNode>, node: PatternNode) -> usize {
    let known = nodes.iter().position(|other| other.slot == node.slot);
    let Some(known) = known else {
        nodes.push(node);
        return nodes.len() - 1;
    };
    if let Some(labels) = node.labels {
        nodes[known].ask(labels);
    }
    nodes[known].is = nodes[known].is.or(node.is);
    known
}
