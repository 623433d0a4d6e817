//! Conditions on all relations, or all nodes, of a walk: `all(r IN rels WHERE …)`, `none(…)`, over a list of relations or
//! over a path.
//!
//! Such a condition holds of a walk if it holds of each turn, so that it is tested turn by turn: a walk that fails goes no
//! further, and where nobody else reads the list, nobody makes it. (A walk of which a part fails fails as a whole: what
//! holds here does not hold of `any` or `single`.)

use std::collections::BTreeSet;

use super::Surroundings;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, PathPiece, Slot};
use crate::query::bind::tree::{BoundMatch, Leg, PatternGraph, Select};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::{Pipeline, Plan, Step};
use crate::query::syntax::ast::{BinaryOp, QuantifierKind};

/// Moves the conditions of patterns that are still to be solved.
pub(super) fn rewrite(plan: &mut Plan, surroundings: &Surroundings<'_>) {
    if surroundings.literally {
        return;
    }
    let mut slots = plan.slots;
    pipeline(&mut plan.root, &mut slots);
    for subplan in &mut plan.subplans {
        pipeline(&mut subplan.pipeline, &mut slots);
    }
    plan.slots = slots;
}

fn pipeline(of: &mut Pipeline, slots: &mut u32) {
    for step in &mut of.steps {
        if let Step::Match(matched) = step
            && !matched.pattern.routes.is_empty()
        {
            along(matched, slots);
        }
        step.inner_mut().into_iter().for_each(|inner| pipeline(inner, slots));
    }
}

fn along(matched: &mut BoundMatch, slots: &mut u32) {
    let BoundMatch { pattern, predicates, .. } = matched;
    let mut kept = Vec::new();
    let mut open: Vec<BoundExpr> = std::mem::take(predicates);
    open.reverse();
    while let Some(predicate) = open.pop() {
        if let BoundExprKind::Binary(BinaryOp::And, a, b) = predicate.kind {
            open.extend([*b, *a]);
        } else if let Some(conditions) = moved(&predicate, pattern, slots, |select| !select.is_selective()) {
            kept.extend(conditions);
        } else {
            kept.push(predicate);
        }
    }
    *predicates = kept;
    // `shortestPath()` searches by what is asked of the path.
    for number in 0..pattern.routes.len() {
        if matches!(pattern.routes[number].route.select, Select::Classic { .. }) {
            let conditions = std::mem::take(&mut pattern.routes[number].route.conditions);
            let is_classic = |select: &Select| matches!(select, Select::Classic { .. });
            for condition in conditions {
                match moved(&condition, pattern, slots, is_classic) {
                    Some(others) => matched.predicates.extend(others),
                    None => pattern.routes[number].route.conditions.push(condition),
                }
            }
        }
    }
}

/// What each element of a list must satisfy: the list, and the condition over the innermost variable.
fn of_each(predicate: &BoundExpr) -> Option<(&BoundExpr, BoundExpr)> {
    let (kind, list, filter) = match &predicate.kind {
        BoundExprKind::Quantifier { kind, list, filter } => (*kind, list, filter),
        BoundExprKind::Not(inner) => match &inner.kind {
            BoundExprKind::Quantifier { kind: QuantifierKind::Any, list, filter } => {
                (QuantifierKind::None, list, filter)
            }
            _ => return None,
        },
        _ => return None,
    };
    let condition = match kind {
        QuantifierKind::All => (**filter).clone(),
        QuantifierKind::None if is_injected(Fault::NoneTakenAsAll) => (**filter).clone(),
        QuantifierKind::None => BoundExpr { span: filter.span, kind: BoundExprKind::Not(filter.clone()) },
        QuantifierKind::Any | QuantifierKind::Single => return None,
    };
    Some((list, condition))
}

/// What a list holds of a pattern: the relations that are looked at, or the nodes of a path.
enum Elements {
    Relations(Vec<PathPiece>),
    Nodes(Vec<PathPiece>),
}

fn elements(list: &BoundExpr, pattern: &PatternGraph) -> Option<Elements> {
    match &list.kind {
        BoundExprKind::Column(slot) => Some(Elements::Relations(vec![PathPiece::Rel(*slot)])),
        BoundExprKind::Call(function, args) => {
            let [BoundExpr { kind: BoundExprKind::Column(slot), .. }] = args.as_slice() else { return None };
            let path = pattern.paths.iter().find(|path| path.slot == *slot)?;
            match function.name {
                "relationships" => Some(Elements::Relations(path.pieces.clone())),
                "nodes" => Some(Elements::Nodes(path.pieces.clone())),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Puts a condition on the turns of the walks of which it speaks; what is left of it speaks of single nodes and
/// relations. None, and nothing is changed, if it is no such condition.
fn moved(
    predicate: &BoundExpr,
    pattern: &mut PatternGraph,
    slots: &mut u32,
    takes: impl Fn(&Select) -> bool,
) -> Option<Vec<BoundExpr>> {
    let (list, condition) = of_each(predicate)?;
    let reads = columns_of(&condition)?;
    if !reads.is_disjoint(&pattern.new_slots()) {
        return None;
    }
    let elements = elements(list, pattern)?;
    let (Elements::Relations(pieces) | Elements::Nodes(pieces)) = &elements;
    let is_single = |slot: &Slot| pattern.rels.iter().any(|rel| rel.slot == *slot);
    let relations = pieces.iter().filter_map(|piece| if let PathPiece::Rel(slot) = piece { Some(*slot) } else { None });
    let walked: BTreeSet<Slot> = relations.filter(|slot| !is_single(slot)).collect();
    let routes = pattern.routes.iter().filter(|route| takes(&route.route.select));
    let legs: BTreeSet<Slot> =
        routes.flat_map(|route| &route.route.legs).filter(|leg| is_plain(leg)).map(|leg| leg.rels).collect();
    if walked.is_empty() || !walked.is_subset(&legs) {
        return None;
    }
    let (place, singles) = match &elements {
        Elements::Relations(pieces) => (1, single_relations(pieces, &walked)),
        // Each turn tells of the node to which it leads.
        Elements::Nodes(pieces) => (2, nodes_before_turns(pieces, &walked)),
    };
    for leg in pattern.routes.iter_mut().flat_map(|route| &mut route.route.legs) {
        if walked.contains(&leg.rels) {
            let slot = *leg.places[place].single.get_or_insert_with(|| {
                *slots += 1;
                Slot(*slots - 1)
            });
            leg.reads.extend(reads.iter().copied().chain([slot]));
            leg.conditions.push(condition.with_local(slot));
        }
    }
    Some(singles.into_iter().map(|slot| condition.with_local(slot)).collect())
}

/// Whether a leg is one relation, repeated, whose list the walk itself fills.
fn is_plain(leg: &Leg) -> bool {
    leg.is_list && !leg.is_bound && leg.hops.len() == 1
}

fn single_relations(pieces: &[PathPiece], walked: &BTreeSet<Slot>) -> Vec<Slot> {
    let single = |piece: &PathPiece| match piece {
        PathPiece::Rel(slot) if !walked.contains(slot) => Some(*slot),
        _ => None,
    };
    pieces.iter().filter_map(single).collect()
}

/// The nodes of a path to which no walked part leads.
fn nodes_before_turns(pieces: &[PathPiece], walked: &BTreeSet<Slot>) -> Vec<Slot> {
    let mut nodes = Vec::new();
    let mut is_led_to = false;
    for piece in pieces {
        match piece {
            PathPiece::Rel(slot) => is_led_to = walked.contains(slot),
            PathPiece::Node(slot) if !is_led_to => nodes.push(*slot),
            PathPiece::Node(_) => {}
        }
    }
    nodes
}
