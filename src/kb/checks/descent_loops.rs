//! Nothing descends from itself.
//!
//! Yet a body may split from another and merge into it again. A loop of descent is such a return, and no fault, if it
//! holds a merger (a type whose earlier end is its subject, whose result may be older than it) and its steps, begun
//! at some one of them, follow each other by their dates. A loop without a merger, and one without dates, is a fault.

use std::collections::VecDeque;

use indexmap::IndexSet;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, codes};
use crate::kb::knowledge::Knowledge;
use crate::model::schema::End;
use crate::time::{Bounds, Day};

/// One claimed step of descent, from forerunner to successor.
#[derive(Clone, Copy)]
struct Step {
    from: usize,
    to: usize,
    is_merger: bool,
    bounds: Bounds,
    place: Place,
}

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    let steps = steps(knowledge);
    let births: Vec<Step> = steps.iter().copied().filter(|step| !step.is_merger).collect();
    let mut reported: IndexSet<usize> = IndexSet::new();
    for tied in tied_nodes(&births) {
        let start = births.iter().find(|step| tied.contains(&step.from) && tied.contains(&step.to));
        if let Some(way) = start.and_then(|start| way_round(&births, start)) {
            reported.extend(tied);
            faults.push(fault(knowledge, &way));
        }
    }
    for tied in tied_nodes(&steps) {
        if tied.iter().any(|node| reported.contains(node)) {
            continue;
        }
        let mergers = steps.iter().filter(|step| step.is_merger && tied.contains(&step.from));
        let impossible = mergers.filter_map(|start| way_round(&steps, start)).find(|way| !is_return(way));
        faults.extend(impossible.map(|way| fault(knowledge, &way)));
    }
}

fn steps(knowledge: &Knowledge<'_>) -> Vec<Step> {
    let claims = knowledge.records.claims.iter().zip(&knowledge.timings);
    let live = claims.filter(|(claim, timing)| claim.evidence.is_live() && timing.stance.asserts());
    let steps = live.filter_map(|(claim, timing)| {
        let relation = claim.relation()?;
        let earlier = knowledge.relation_type(relation)?.earlier?;
        let object = knowledge.canonical[knowledge.node(relation.object.as_str())?];
        let subject = knowledge.canonical[claim.node];
        if subject == object {
            return None;
        }
        let (from, to) = if earlier == End::Subject { (subject, object) } else { (object, subject) };
        let (is_merger, bounds) = (earlier == End::Subject, timing.bounds);
        Some(Step { from, to, is_merger, bounds, place: relation.relation.place })
    });
    steps.collect()
}

/// The sets of nodes that reach each other, of two nodes and more.
fn tied_nodes(steps: &[Step]) -> Vec<Vec<usize>> {
    let number = |node: usize| u32::try_from(node).expect("a knowledge base has fewer than 2^32 nodes");
    let graph: DiGraph<(), ()> = DiGraph::from_edges(steps.iter().map(|step| (number(step.from), number(step.to))));
    let tied = tarjan_scc(&graph).into_iter().filter(|nodes| nodes.len() > 1);
    let mut tied: Vec<Vec<usize>> = tied.map(|nodes| nodes.into_iter().map(NodeIndex::index).collect()).collect();
    for nodes in &mut tied {
        nodes.sort_unstable();
    }
    tied.sort_unstable();
    tied
}

/// A shortest way that starts with a step and comes back to where it started.
fn way_round(steps: &[Step], start: &Step) -> Option<Vec<Step>> {
    let mut queue = VecDeque::from([vec![*start]]);
    let mut seen = IndexSet::from([start.to]);
    while let Some(way) = queue.pop_front() {
        let at = way.last().map_or(start.to, |step| step.to);
        if at == start.from {
            return Some(way);
        }
        for step in steps.iter().filter(|step| step.from == at) {
            if seen.insert(step.to) {
                queue.push_back(way.iter().chain([step]).copied().collect());
            }
        }
    }
    None
}

/// Whether the dates of the steps can follow each other, from some step on. A step without a date proves nothing.
fn is_return(way: &[Step]) -> bool {
    let is_dated = way.iter().all(|step| step.bounds.s1 != Day::MIN || step.bounds.s2 != Day::MAX);
    let follows = |first: usize| {
        let mut now = Day::MIN;
        way.iter().cycle().skip(first).take(way.len()).all(|step| {
            now = now.max(step.bounds.s1);
            now <= step.bounds.s2
        })
    };
    is_dated && (0..way.len()).any(follows)
}

fn fault(knowledge: &Knowledge<'_>, way: &[Step]) -> Diagnostic {
    let id = |node: usize| knowledge.records.nodes[node].id.as_str();
    let first = way[0];
    let round: Vec<&str> = way.iter().map(|step| id(step.from)).chain([id(first.from)]).collect();
    let message = format!("`{}` descends from itself", id(first.from));
    let mut fault = Diagnostic::error(codes::DESCENT_LOOPS, message)
        .at(first.place, format!("`{}` comes of `{}`", id(first.to), id(first.from)))
        .with_note(format!("forerunner to successor: {}", round.join(" → ")));
    for step in &way[1..] {
        fault = fault.with_label(step.place, format!("`{}` comes of `{}`", id(step.to), id(step.from)));
    }
    if way.iter().any(|step| step.is_merger) {
        fault = fault.with_help("date the steps if a body came back to one that it had left");
    }
    fault
}
