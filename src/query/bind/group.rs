//! Groups: `((a)-[r]->(b) WHERE …){1,3}`.
//!
//! Inside, a variable is one node or relation, and the conditions see it so; outside it is the list of them, one for
//! each turn. Inside, one sees earlier clauses and the group itself, not the rest of the MATCH. Groups do not nest.

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind, Slot};
use super::expression::Typed;
use super::fault::{Detail, Fault};
use super::pattern::already_bound;
use super::scope::{Scope, Variable};
use super::tree::{Leg, Place, Stand};
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{
    Expr, GroupPattern, Ident, NodePattern, PathPattern, PathSearch, PatternElement, RelPattern,
};
use crate::source::Span;

/// One item of a flattened path pattern.
#[derive(Clone, Copy)]
pub(super) enum Item<'t> {
    Node(&'t NodePattern),
    Rel(&'t RelPattern),
    /// A quantified group.
    Group(&'t GroupPattern),
    /// The condition of parentheses without a quantifier.
    Filter(&'t Expr),
    /// Parentheses with a path's name begin.
    Begin(&'t Ident),
    /// They end.
    End,
    /// Something that cannot stand in parentheses.
    Misplaced(Span, &'static str),
}

/// Nodes, relations and quantified groups in order; parentheses without a quantifier are taken off.
pub(super) fn flatten(elements: &[PatternElement]) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    flatten_into(elements, &mut items);
    items
}

fn flatten_into<'t>(elements: &'t [PatternElement], items: &mut Vec<Item<'t>>) {
    for element in elements {
        match element {
            PatternElement::Node(node) => items.push(Item::Node(node)),
            PatternElement::Rel(rel) => items.push(Item::Rel(rel)),
            PatternElement::Group(group) if group.quantifier.is_some() => items.push(Item::Group(group)),
            PatternElement::Group(group) => {
                items.extend(misplaced(&group.pattern));
                items.extend(group.pattern.variable.as_ref().map(Item::Begin));
                flatten_into(&group.pattern.elements, items);
                items.extend(group.filter.as_ref().map(Item::Filter));
                items.extend(group.pattern.variable.as_ref().map(|_| Item::End));
            }
        }
    }
}

/// Selectors and modes belong to the whole path.
fn misplaced(pattern: &PathPattern) -> Option<Item<'_>> {
    let stands_first = pattern.search != PathSearch::All || pattern.mode.is_some();
    stands_first.then_some(Item::Misplaced(pattern.span, "a selector or path mode stands before the whole path"))
}

/// A group on its way.
struct Turn<'t> {
    leg: Leg,
    /// What the conditions see.
    inner: Scope,
    /// Named places: the variable, and its number among the places.
    named: Vec<(&'t Ident, usize)>,
    properties: Vec<(usize, &'t Expr)>,
    filters: Vec<&'t Expr>,
}

impl Binder<'_> {
    /// The leg of a quantified group.
    pub(super) fn group_leg(&mut self, scope: &mut Scope, before: &Scope, group: &GroupPattern) -> Leg {
        let quantifier = group.quantifier.expect("a group without a quantifier is flattened");
        self.check_range(quantifier, group.span);
        let rels = self.new_slot();
        scope.evidence.push(rels);
        let leg = Leg {
            hops: Vec::new(),
            stands: vec![Stand::default()],
            places: vec![Place::default()],
            min: quantifier.min.unwrap_or(0),
            max: quantifier.max,
            conditions: Vec::new(),
            reads: std::collections::BTreeSet::new(),
            rels,
            is_list: true,
            is_bound: false,
            end: Stand::default(),
            end_conditions: Vec::new(),
            node: None,
        };
        let mut turn =
            Turn { leg, inner: before.clone(), named: Vec::new(), properties: Vec::new(), filters: Vec::new() };
        if let Some(variable) = &group.pattern.variable {
            let message = "a path inside a repeated pattern has no name";
            self.faults.push(Fault::new(Detail::UnexpectedSyntax, variable.span, message));
        }
        if let Some(Item::Misplaced(span, message)) = misplaced(&group.pattern) {
            self.faults.push(Fault::new(Detail::UnexpectedSyntax, span, message));
        }
        for item in flatten(&group.pattern.elements) {
            self.turn_item(scope, item, &mut turn);
        }
        if turn.leg.hops.is_empty() {
            let message = "a repeated pattern holds at least one relationship";
            self.faults.push(Fault::new(Detail::UnexpectedSyntax, group.span, message));
            turn.leg.hops.push(super::tree::RelTypes::These(Vec::new()));
        }
        // A last node that is not written stands behind the last relation all the same.
        while turn.leg.stands.len() <= turn.leg.hops.len() {
            turn.leg.stands.push(Stand::default());
        }
        turn.leg.places.resize(turn.leg.hops.len() * 2 + 1, Place::default());
        turn.filters.extend(&group.filter);
        self.turn_conditions(&mut turn);
        for (name, place) in turn.named {
            let list = turn.leg.places[place].list.unwrap_or_else(|| self.new_slot());
            turn.leg.places[place].list = Some(list);
            scope.insert(name.value.as_str(), Variable { slot: list, kind: ValueKind::List });
        }
        turn.leg
    }

    fn turn_item<'t>(&mut self, scope: &Scope, item: Item<'t>, turn: &mut Turn<'t>) {
        match item {
            Item::Node(node) => self.turn_node(scope, node, turn),
            Item::Rel(rel) if rel.length.is_none() => self.turn_rel(scope, rel, turn),
            Item::Rel(RelPattern { span, .. }) | Item::Group(GroupPattern { span, .. }) => {
                let message = "a repeated pattern cannot hold another one that repeats";
                self.faults.push(Fault::new(Detail::UnexpectedSyntax, *span, message));
            }
            Item::Filter(filter) => turn.filters.push(filter),
            Item::Begin(name) => {
                let message = "a path inside a repeated pattern has no name";
                self.faults.push(Fault::new(Detail::UnexpectedSyntax, name.span, message));
            }
            Item::End => {}
            Item::Misplaced(span, message) => self.faults.push(Fault::new(Detail::UnexpectedSyntax, span, message)),
        }
    }

    fn turn_node<'t>(&mut self, scope: &Scope, node: &'t NodePattern, turn: &mut Turn<'t>) {
        if turn.leg.stands.len() <= turn.leg.hops.len() {
            turn.leg.stands.push(Stand::default());
            turn.leg.places.push(Place::default());
        }
        let number = turn.leg.hops.len();
        if let Some(variable) = &node.variable {
            match turn.named.iter().find(|(name, _)| name.value == variable.value) {
                Some((_, place)) if place % 2 == 0 => {
                    turn.leg.stands[number].same_as = Some(place / 2).filter(|first| *first != number);
                }
                _ => self.name_place(scope, variable, number * 2, ValueKind::Node, turn),
            }
        }
        let test = node.labels.as_ref().map(|labels| self.label_test(labels));
        let named = node.name.as_ref().and_then(|name| self.resolve_name(&name.value, name.span));
        let stand = &mut turn.leg.stands[number];
        stand.labels = match (stand.labels.take(), test) {
            (Some(a), Some(b)) => Some(super::bound::LabelTest::And(Box::new(a), Box::new(b))),
            (a, b) => a.or(b),
        };
        stand.is = named.or(stand.is);
        turn.properties.extend(node.properties.iter().map(|map| (number * 2, &**map)));
        turn.filters.extend(node.filter.as_deref());
    }

    fn turn_rel<'t>(&mut self, scope: &Scope, rel: &'t RelPattern, turn: &mut Turn<'t>) {
        let types = self.rel_types(rel.types.as_ref(), rel.direction);
        turn.leg.hops.push(types);
        turn.leg.places.push(Place::default());
        let place = turn.leg.hops.len() * 2 - 1;
        if let Some(variable) = &rel.variable {
            self.name_place(scope, variable, place, ValueKind::Relationship, turn);
        }
        turn.properties.extend(rel.properties.iter().map(|map| (place, &**map)));
        turn.filters.extend(rel.filter.as_deref());
    }

    /// Gives a place of a turn its name.
    fn name_place<'t>(
        &mut self,
        scope: &Scope,
        variable: &'t Ident,
        place: usize,
        kind: ValueKind,
        turn: &mut Turn<'t>,
    ) {
        let is_again = turn.named.iter().any(|(name, _)| name.value == variable.value);
        if is_again || scope.get(&variable.value).is_some() || self.is_local(&variable.value) {
            let fault = already_bound(variable);
            self.faults.push(fault.note("inside a repeated pattern a variable stands for one thing a turn"));
            return;
        }
        let slot = self.single_slot(place, turn);
        turn.inner.insert(variable.value.as_str(), Variable { slot, kind });
        turn.named.push((variable, place));
    }

    fn single_slot(&mut self, place: usize, turn: &mut Turn<'_>) -> Slot {
        if let Some(slot) = turn.leg.places[place].single {
            return slot;
        }
        let slot = self.new_slot();
        turn.leg.places[place].single = Some(slot);
        slot
    }

    fn turn_conditions(&mut self, turn: &mut Turn<'_>) {
        let mut conditions: Vec<BoundExpr> = Vec::new();
        for (place, map) in std::mem::take(&mut turn.properties) {
            self.refuse_parameter_map(map);
            let slot = self.single_slot(place, turn);
            let kind = if place % 2 == 0 { ValueKind::Node } else { ValueKind::Relationship };
            let subject = || Typed::new(kind, map.span, BoundExprKind::Column(slot));
            conditions.extend(self.has_properties(&turn.inner, &subject, map));
        }
        for filter in std::mem::take(&mut turn.filters) {
            conditions.push(self.predicate(&turn.inner, filter));
        }
        // Slots that no condition reads need not be filled.
        let reads: std::collections::BTreeSet<Slot> =
            conditions.iter().flat_map(|condition| self.reads_of(condition)).collect();
        for place in &mut turn.leg.places {
            place.single = place.single.filter(|slot| reads.contains(slot));
        }
        turn.leg.conditions = conditions;
    }
}
