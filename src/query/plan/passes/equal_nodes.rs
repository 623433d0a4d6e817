//! Two nodes of a pattern that a condition says are one: `MATCH (x)-->(y)-->(w) WHERE w = x`.
//!
//! They become one node of the pattern, so that what leads to the second closes a cycle instead of finding all nodes and
//! throwing most away. The second variable is a copy of the first.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, PathPiece, Slot};
use crate::query::bind::tree::{BoundEvidence, BoundMatch, PatternGraph};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::{Pipeline, Step};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};
use crate::source::Span;

/// `Match … WHERE w = x` becomes `Match …, Compute w`.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    let has_two = |step: &Step| matches!(step, Step::Match(matched) if matched.pattern.nodes.len() > 1);
    if surroundings.literally || !pipeline.steps.iter().any(has_two) {
        return;
    }
    for mut step in std::mem::take(&mut pipeline.steps) {
        let copies = match &mut step {
            Step::Match(matched) => unite(matched, surroundings),
            _ => Vec::new(),
        };
        pipeline.steps.push(step);
        if !copies.is_empty() {
            pipeline.steps.push(Step::Compute(copies));
        }
    }
}

/// Makes equal nodes one; the copies that are to be made of them.
fn unite(matched: &mut BoundMatch, surroundings: &Surroundings<'_>) -> Vec<(BoundExpr, Slot)> {
    let (mut copies, mut kept_slots) = (Vec::new(), Vec::new());
    loop {
        let pairs: Vec<(Slot, Slot)> = matched.predicates.iter().flat_map(equalities).collect();
        let found = pairs.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]).find_map(|(kept, gone)| {
            let place = |slot| matched.pattern.nodes.iter().position(|node| node.slot == slot);
            let places = (place(kept)?, place(gone)?);
            may_unite(matched, places, surroundings).then_some(places)
        });
        let Some((kept, gone)) = found else { break };
        let (slot, copy) = (matched.pattern.nodes[kept].slot, matched.pattern.nodes[gone].slot);
        kept_slots.push(slot);
        join(&mut matched.pattern, kept, gone);
        matched.predicates.iter_mut().for_each(|predicate| predicate.read_instead(copy, slot));
        let others = copies.iter_mut().map(|(expr, _)| expr);
        others.for_each(|expr: &mut BoundExpr| expr.read_instead(copy, slot));
        copies.push((BoundExpr { span: Span::default(), kind: BoundExprKind::Column(slot) }, copy));
    }
    if !copies.is_empty() {
        // What is found to be one node needs no second look.
        matched.predicates = std::mem::take(&mut matched.predicates)
            .into_iter()
            .filter_map(|predicate| without_truisms(predicate, &kept_slots))
            .collect();
    }
    copies
}

/// What is left of a condition without `x = x`, for some nodes that are there.
fn without_truisms(predicate: BoundExpr, of: &[Slot]) -> Option<BoundExpr> {
    let span = predicate.span;
    match predicate.kind {
        BoundExprKind::Binary(BinaryOp::And, a, b) => match (without_truisms(*a, of), without_truisms(*b, of)) {
            (Some(a), Some(b)) => {
                Some(BoundExpr { span, kind: BoundExprKind::Binary(BinaryOp::And, Box::new(a), Box::new(b)) })
            }
            (a, b) => a.or(b),
        },
        kind => {
            let predicate = BoundExpr { span, kind };
            (!is_truism(&predicate, of)).then_some(predicate)
        }
    }
}

fn is_truism(predicate: &BoundExpr, of: &[Slot]) -> bool {
    let BoundExprKind::Comparison(a, rest) = &predicate.kind else { return false };
    let (BoundExprKind::Column(a), [(ComparisonOp::Equal, b)]) = (&a.kind, rest.as_slice()) else { return false };
    of.contains(a) && matches!(b.kind, BoundExprKind::Column(b) if b == *a)
}

/// The nodes that a condition says are equal.
fn equalities(predicate: &BoundExpr) -> Vec<(Slot, Slot)> {
    match &predicate.kind {
        BoundExprKind::Binary(BinaryOp::And, a, b) => [equalities(a), equalities(b)].concat(),
        BoundExprKind::Comparison(a, rest) => match (&a.kind, rest.as_slice()) {
            (BoundExprKind::Column(a), [(ComparisonOp::Equal, b)]) => match b.kind {
                BoundExprKind::Column(b) if *a != b => vec![(*a, b)],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether the second node may be taken out: it is new, only single relations lead to it, and whatever else reads it can
/// read the first instead.
fn may_unite(matched: &BoundMatch, (kept, gone): (usize, usize), surroundings: &Surroundings<'_>) -> bool {
    let BoundMatch { pattern, predicates, evidence, .. } = matched;
    let (first, second) = (&pattern.nodes[kept], &pattern.nodes[gone]);
    let is_walked = pattern.routes.iter().any(|route| {
        let stands = route.left == gone || route.right == gone || route.ends.contains(&gone);
        let reads = route.route.legs.iter().any(|leg| leg.reads.contains(&second.slot));
        stands || reads || route.route.reads.contains(&second.slot) || route.route.slots().contains(&second.slot)
    });
    let mut imported = BTreeSet::new();
    predicates.iter().for_each(|predicate| surroundings.subqueries.add_imports(predicate, &mut imported));
    evidence.iter().flat_map(BoundEvidence::expressions).for_each(|expr| {
        surroundings.subqueries.add_reads(expr, &mut imported);
    });
    let is_told_by_labels = first.is_bound && second.labels.is_some();
    !second.is_bound
        && !is_walked
        && !imported.contains(&second.slot)
        && !is_told_by_labels
        && (first.is.is_none() || second.is.is_none())
}

fn join(pattern: &mut PatternGraph, kept: usize, gone: usize) {
    let (slot, node) = (pattern.nodes[kept].slot, pattern.nodes.remove(gone));
    let place = |number: usize| match number {
        _ if number == gone => kept - usize::from(kept > gone),
        _ => number - usize::from(number > gone),
    };
    for rel in &mut pattern.rels {
        (rel.left, rel.right) = (place(rel.left), place(rel.right));
    }
    for route in &mut pattern.routes {
        (route.left, route.right) = (place(route.left), place(route.right));
        route.ends.iter_mut().for_each(|end| *end = place(*end));
    }
    for piece in pattern.paths.iter_mut().flat_map(|path| &mut path.pieces) {
        if *piece == PathPiece::Node(node.slot) {
            *piece = PathPiece::Node(slot);
        }
    }
    let one = &mut pattern.nodes[place(kept)];
    one.is = one.is.or(node.is);
    if let Some(labels) = node.labels.filter(|_| !is_injected(Fault::SecondNodeUntested)) {
        one.ask(labels);
    }
}
