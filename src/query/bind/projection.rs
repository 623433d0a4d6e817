//! WITH, RETURN and their sugar: items, grouping, order, page, filter, and what goes on.

use std::sync::Arc;

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind, Slot};
use super::expression::{Aggregation, Typed, contains_aggregate};
use super::fault::{Detail, Fault};
use super::pattern::column;
use super::scope::{Scope, Variable};
use super::tree::{BoundProjection, Grouping, OutputColumn};
use crate::query::functions::{self, ValueKind};
use crate::query::syntax::ast::{Expr, ExprKind, OrderAndPage, Projection, ProjectionItem};
use crate::query::syntax::print;
use crate::source::Span;

/// An item while it is bound.
struct Item<'t> {
    name: Arc<str>,
    expr: &'t Expr,
    slot: Slot,
    kind: ValueKind,
    aggregates: bool,
}

impl Binder<'_> {
    /// Binds WITH or RETURN; the scope becomes what it lets through. RETURN gives names to unnamed items by their text.
    pub(super) fn projection(
        &mut self,
        scope: &mut Scope,
        projection: &Projection,
        is_return: bool,
        span: Span,
    ) -> (BoundProjection, Vec<OutputColumn>) {
        let kept = self.star(scope, projection, is_return, span);
        let mut unnamed = Vec::new();
        let mut items = self.items(projection, is_return, &kept, &mut unnamed);
        let aggregates = items.iter().any(|item| item.aggregates);
        let mut bound = Vec::new();
        let grouping = if aggregates {
            Some(self.grouping(scope, &kept, &mut items, &mut bound))
        } else {
            for item in &mut items {
                let typed = self.typed(scope, item.expr);
                item.kind = typed.kind;
                bound.push((typed.expr, item.slot));
            }
            None
        };
        let mut after = Scope::default();
        for (name, variable) in &kept {
            after.insert(name.clone(), variable.clone());
        }
        for item in &items {
            after.insert(item.name.clone(), Variable { slot: item.slot, kind: item.kind });
        }
        let output: Vec<_> =
            after.iter().map(|(name, variable)| OutputColumn { name: name.clone(), slot: variable.slot }).collect();
        let evidence = self.carry_evidence(scope, grouping.is_some(), span, &mut bound);
        let mut keep: Vec<Slot> = output.iter().map(|each| each.slot).collect();
        let distinct = projection.distinct.then(|| keep.clone());
        let evidence_slot = match &evidence {
            Some((_, slot)) => {
                keep.push(*slot);
                after.evidence = vec![*slot];
                Some(*slot)
            }
            None => None,
        };
        let grouping = grouping.map(|mut grouping| {
            grouping.evidence = evidence;
            grouping
        });
        // ORDER BY and WHERE see what came in too, unless rows were joined.
        let joined = aggregates || projection.distinct;
        let mut beside = if joined { Scope::default() } else { scope.clone() };
        for (name, variable) in after.iter() {
            beside.insert(name.clone(), variable.clone());
        }
        let sorted = Sorted { beside: &beside, before: scope, items: &items, joined };
        let order = self.order(&projection.page, &sorted, aggregates);
        let skip = self.page_number(projection.page.skip.as_ref(), "SKIP");
        let limit = self.page_number(projection.page.limit.as_ref(), "LIMIT");
        let filter = projection.filter.as_ref().map(|filter| {
            if joined {
                self.as_condition(|binder| binder.sort_key(filter, &sorted))
            } else {
                self.predicate(&beside, filter)
            }
        });
        // What is wrong with an item or a key says more than that it lacks a name.
        self.faults.extend(unnamed);
        let around = if is_return { Vec::new() } else { after.stay_within(scope) };
        *scope = after;
        let bound = BoundProjection {
            grouping,
            items: bound,
            distinct,
            order,
            skip,
            limit,
            filter,
            keep,
            evidence: evidence_slot,
            around,
        };
        (bound, output)
    }

    /// The variables that `*` lets through.
    fn star(
        &mut self,
        scope: &Scope,
        projection: &Projection,
        is_return: bool,
        span: Span,
    ) -> Vec<(Arc<str>, Variable)> {
        if !projection.star {
            return Vec::new();
        }
        if is_return && scope.is_empty() {
            let message = "RETURN * has nothing to return: no variable is in scope";
            self.faults.push(Fault::new(Detail::NoVariablesInScope, span, message));
        }
        // What a subquery sees of its surroundings is no column of its own.
        let seen = scope.iter().filter(|(name, _)| !is_return || !scope.is_around(name));
        let mut all: Vec<_> = seen.map(|(name, variable)| (name.clone(), variable.clone())).collect();
        if is_return {
            // The columns of RETURN * come in the order of their names.
            all.sort_by(|a, b| a.0.cmp(&b.0));
        }
        all.iter().for_each(|(_, variable)| self.note_read(variable.slot));
        all
    }

    fn items<'t>(
        &mut self,
        projection: &'t Projection,
        is_return: bool,
        kept: &[(Arc<str>, Variable)],
        unnamed: &mut Vec<Fault>,
    ) -> Vec<Item<'t>> {
        let mut items: Vec<Item<'t>> = Vec::new();
        for item in &projection.items {
            let name = item_name(item);
            if !is_return && item.alias.is_none() && !matches!(item.expr.kind, ExprKind::Variable(_)) {
                let message = "an expression in WITH needs a name";
                let fault = Fault::new(Detail::NoExpressionAlias, item.expr.span, message);
                unnamed.push(fault.help("add `AS name` behind it"));
            }
            let is_taken = items.iter().any(|other| other.name == name);
            // `WITH *, x AS y` may name a variable anew.
            if is_taken || (is_return && kept.iter().any(|(other, _)| *other == name)) {
                let span = item.alias.as_ref().map_or(item.expr.span, |alias| alias.span);
                let message = format!("two columns are named `{name}`");
                self.faults.push(
                    Fault::new(Detail::ColumnNameConflict, span, message).help("give one of them another name with AS"),
                );
            }
            let aggregates = contains_aggregate(&item.expr);
            items.push(Item { name, expr: &item.expr, slot: self.new_slot(), kind: ValueKind::Any, aggregates });
        }
        items
    }

    /// Keys are the items without aggregates; the others are computed from keys and aggregates.
    fn grouping(
        &mut self,
        scope: &Scope,
        kept: &[(Arc<str>, Variable)],
        items: &mut [Item<'_>],
        bound: &mut Vec<(BoundExpr, Slot)>,
    ) -> Grouping {
        let mut keys = Vec::new();
        let mut aggregation = Aggregation::default();
        for (_, variable) in kept {
            keys.push((column(variable.slot, Span::default()), variable.slot));
            aggregation.keys.push((String::new(), variable.clone()));
        }
        for item in items.iter_mut().filter(|item| !item.aggregates) {
            let typed = self.typed(scope, item.expr);
            item.kind = typed.kind;
            keys.push((typed.expr, item.slot));
            let variable = Variable { slot: item.slot, kind: item.kind };
            let text = if is_simple(item.expr) { print::expression(item.expr) } else { String::new() };
            aggregation.keys.push((text, variable));
        }
        for item in items.iter_mut().filter(|item| item.aggregates) {
            self.aggregation = Some(aggregation);
            let typed = self.typed(scope, item.expr);
            aggregation = self.aggregation.take().unwrap_or_default();
            item.kind = typed.kind;
            bound.push((typed.expr, item.slot));
        }
        Grouping { keys, aggregates: aggregation.aggregates, evidence: None }
    }

    /// The evidence of the rows goes along with them, if anybody asks for it: as a column of its own, or gathered by
    /// group.
    fn carry_evidence(
        &mut self,
        scope: &Scope,
        grouped: bool,
        span: Span,
        items: &mut Vec<(BoundExpr, Slot)>,
    ) -> Option<(BoundExpr, Slot)> {
        if !self.keeps_evidence() {
            return None;
        }
        let slots = scope.evidence_slots();
        if slots.is_empty() {
            return None;
        }
        slots.iter().for_each(|slot| self.note_read(*slot));
        let expr = BoundExpr { span, kind: BoundExprKind::Evidence(slots) };
        let slot = self.new_slot();
        if !grouped {
            items.push((expr.clone(), slot));
        }
        Some((expr, slot))
    }

    fn order(&mut self, page: &OrderAndPage, sorted: &Sorted<'_, '_>, aggregates: bool) -> Vec<(BoundExpr, bool)> {
        let mut order = Vec::new();
        for item in &page.order {
            if contains_aggregate(&item.expr) && !aggregates {
                let message = "an aggregate sorts rows only where the items aggregate too";
                self.faults.push(Fault::new(Detail::InvalidAggregation, item.expr.span, message));
                continue;
            }
            let expr = self.sort_key(&item.expr, sorted);
            order.push((expr, item.descending));
        }
        order
    }

    /// A sort key reads aliases first; a part that is written like an item is that item's column.
    fn sort_key(&mut self, expr: &Expr, sorted: &Sorted<'_, '_>) -> BoundExpr {
        let whole = print::expression(expr);
        let keys = sorted.items.iter().map(|item| {
            let text = print::expression(item.expr);
            // Beside an aggregate, only simple keys may be a part of something larger.
            let may_match = text == whole || is_simple(item.expr) || item.aggregates || !contains_aggregate(expr);
            (if may_match { text } else { String::new() }, Variable { slot: item.slot, kind: item.kind })
        });
        let mut keys: Vec<_> = keys.collect();
        if !sorted.joined {
            // What came in is still there, under its own name; only whole items are taken from their columns.
            return match keys.into_iter().find(|(text, _)| *text == whole) {
                Some((_, variable)) if !is_shadowed(expr, sorted) => column(variable.slot, expr.span),
                _ => self.expr(sorted.beside, expr),
            };
        }
        let visible = sorted.beside.iter().map(|(_, variable)| (String::new(), variable.clone()));
        keys.extend(visible);
        let mut names = sorted.before.clone();
        for (name, variable) in sorted.beside.iter() {
            names.insert(name.clone(), variable.clone());
        }
        let outer = self.aggregation.replace(Aggregation { keys, aggregates: Vec::new() });
        let faults = self.faults.len();
        let typed = self.typed(&names, expr);
        let aggregation = std::mem::replace(&mut self.aggregation, outer);
        if aggregation.is_some_and(|aggregation| !aggregation.aggregates.is_empty()) {
            let message = "an aggregate that sorts must be one of the items";
            self.faults.push(Fault::new(Detail::UndefinedVariable, expr.span, message));
        }
        for fault in &mut self.faults[faults..] {
            if fault.detail != Detail::AmbiguousAggregationExpression {
                continue;
            }
            let place = fault.diagnostic.primary.as_ref().map(|label| label.place.span);
            let is_in_item = place
                .and_then(|place| variable_at(expr, place))
                .is_some_and(|name| sorted.items.iter().any(|item| reads_beside_aggregates(item.expr, name)));
            if !contains_aggregate(expr) || !is_in_item {
                fault.detail = Detail::UndefinedVariable;
            }
        }
        typed.expr
    }

    /// SKIP and LIMIT: a whole number that no row decides.
    fn page_number(&mut self, expr: Option<&Expr>, what: &str) -> Option<BoundExpr> {
        let expr = expr?;
        if mentions_variable(expr) {
            let message = format!("{what} takes a number that is the same for all rows");
            self.faults.push(Fault::new(Detail::NonConstantExpression, expr.span, message));
            return None;
        }
        let Typed { expr: bound, kind } = self.typed(&Scope::default(), expr);
        match (&bound.kind, kind) {
            (BoundExprKind::Constant(crate::model::Value::Int(int)), _) if *int < 0 => {
                let message = format!("{what} takes no negative number");
                self.faults.push(Fault::new(Detail::NegativeIntegerArgument, expr.span, message));
            }
            (BoundExprKind::Constant(crate::model::Value::Int(_)), _) | (_, ValueKind::Any | ValueKind::Integer) => {}
            (_, ValueKind::Number) => {}
            (_, other) => {
                let message = format!("{what} takes a whole number, and this is {}", other.name());
                self.faults.push(Fault::new(Detail::InvalidArgumentType, expr.span, message));
            }
        }
        Some(bound)
    }
}

/// The alias, the variable, or the text.
fn item_name(item: &ProjectionItem) -> Arc<str> {
    match (&item.alias, &item.expr.kind) {
        (Some(alias), _) => alias.value.as_str().into(),
        (None, ExprKind::Variable(name)) => name.as_str().into(),
        _ => item.text.as_str().into(),
    }
}

/// What a sort key may read.
struct Sorted<'s, 't> {
    beside: &'s Scope,
    before: &'s Scope,
    items: &'s [Item<'t>],
    joined: bool,
}

/// The variable that stands at a place of an expression.
fn variable_at(expr: &Expr, place: Span) -> Option<&str> {
    match &expr.kind {
        ExprKind::Variable(name) if expr.span == place => Some(name),
        _ => expr.children().into_iter().find_map(|child| variable_at(child, place)),
    }
}

/// Whether an expression reads a variable outside its aggregates.
fn reads_beside_aggregates(expr: &Expr, name: &str) -> bool {
    match &expr.kind {
        ExprKind::Variable(other) => other == name,
        ExprKind::Call { name, .. } if functions::find_aggregate(&name.value).is_some() => false,
        _ => expr.children().into_iter().any(|child| reads_beside_aggregates(child, name)),
    }
}

/// Whether an alias hides the variable that the expression would otherwise read.
fn is_shadowed(expr: &Expr, sorted: &Sorted<'_, '_>) -> bool {
    match &expr.kind {
        ExprKind::Variable(name) => {
            sorted.beside.get(name).is_some_and(|now| sorted.before.get(name).is_some_and(|then| now != then))
        }
        _ => expr.children().into_iter().any(|child| is_shadowed(child, sorted)),
    }
}

/// A variable, or a property of one: what may stand beside an aggregate in a larger expression.
fn is_simple(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) => true,
        ExprKind::Property(subject, _) => is_simple(subject),
        ExprKind::Parenthesised(inner) => is_simple(inner),
        _ => false,
    }
}

fn mentions_variable(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) | ExprKind::Pattern(_) | ExprKind::Subquery(..) => true,
        _ => expr.children().into_iter().any(mentions_variable),
    }
}
