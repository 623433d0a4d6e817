//! Patterns: chains of nodes and relations become a small graph with predicates beside it.
//!
//! What repeats or is searched for ([`route`](super::route)) becomes a route between two of the graph's nodes; single
//! relations stay apart, so that the plan may take them in any order. Semantics after GQL (ISO/IEC 39075), as Neo4j's
//! manual of Cypher 25 states them ("Match modes and path modes", "Shortest paths", "Variable length paths").

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind, PathPiece, Slot};
use super::expression::Typed;
use super::fault::{Detail, Fault};
use super::route::Trace;
use super::scope::{Scope, Variable};
use super::tree::{
    BoundClause, BoundMatch, BoundPart, BoundUnion, OutputColumn, PatternGraph, PatternNode, PatternPath, PatternRel,
};
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{
    BinaryOp, ComparisonOp, Expr, ExprKind, Ident, Match, NodePattern, PathPattern, RelPattern,
};
use crate::source::Span;

/// A pattern on its way: what is found, and what can only be bound when all its variables are known.
#[derive(Default)]
pub(super) struct Draft<'t> {
    pub graph: PatternGraph,
    pub predicates: Vec<BoundExpr>,
    /// Property maps and inline conditions.
    pub later: Vec<Later<'t>>,
    /// For each node the numbers of the path patterns in which it stands.
    pub stands_in: Vec<BTreeSet<usize>>,
    /// The number of the path pattern being bound.
    pub path: usize,
    /// For each route the number of its path pattern.
    pub route_paths: Vec<usize>,
}

/// What is bound at the end, and the searched route to which it belongs, if any.
pub(super) struct Later<'t> {
    pub route: Option<usize>,
    pub condition: LaterCondition<'t>,
}

pub(super) enum LaterCondition<'t> {
    /// The thing in the slot has these properties.
    Properties(Slot, ValueKind, &'t Expr),
    /// A condition.
    Filter(&'t Expr),
    /// A condition that is bound already.
    Bound(BoundExpr),
    /// Each relation of a variable-length leg (by its number in the route) has these properties.
    StepProperties(usize, &'t Expr),
    /// A condition on each relation of a variable-length leg, under its variable's name.
    StepFilter(usize, &'t Expr, &'t str),
}

impl Binder<'_> {
    /// Binds MATCH: the scope gains the pattern's variables.
    pub(super) fn match_clause(&mut self, scope: &mut Scope, clause: &Match) -> BoundMatch {
        // Whose word counts is known before the pattern: its own variables are no sources.
        let outer = if clause.modifiers.is_empty() { Scope::default() } else { scope.clone() };
        let (mut pattern, mut predicates) = self.patterns(scope, &clause.patterns, clause.repeatable);
        let evidence = self.evidence(&outer, &clause.modifiers);
        if let Some(filter) = &clause.filter {
            let filter = self.predicate(scope, filter);
            self.place_filter(&mut pattern, filter, &mut predicates);
        }
        BoundMatch { optional: clause.optional, pattern, predicates, evidence }
    }

    fn patterns(
        &mut self,
        scope: &mut Scope,
        patterns: &[PathPattern],
        is_repeatable: bool,
    ) -> (PatternGraph, Vec<BoundExpr>) {
        let mut draft = Draft::default();
        draft.graph.is_repeatable = is_repeatable;
        let before = scope.clone();
        for (number, pattern) in patterns.iter().enumerate() {
            draft.path = number;
            self.path(scope, &before, pattern, &mut draft);
        }
        for later in std::mem::take(&mut draft.later) {
            self.bind_later(scope, &before, &mut draft, later);
        }
        self.finish_routes(&mut draft);
        (draft.graph, draft.predicates)
    }

    /// A pattern alone as a query: `MATCH pattern WHERE filter RETURN body`.
    pub(super) fn pattern_query(
        &mut self,
        scope: &Scope,
        pattern: &PathPattern,
        filter: Option<&Expr>,
        body: Option<&Expr>,
    ) -> BoundUnion {
        let mut inner = scope.clone();
        let (mut graph, mut predicates) = self.patterns(&mut inner, std::slice::from_ref(pattern), false);
        if let Some(filter) = filter {
            let filter = self.predicate(&inner, filter);
            self.place_filter(&mut graph, filter, &mut predicates);
        }
        let matched = BoundMatch { optional: false, pattern: graph, predicates, evidence: None };
        let mut clauses = vec![BoundClause::Match(matched)];
        let mut output = Vec::new();
        if let Some(body) = body {
            let value = self.expr(&inner, body);
            let slot = self.new_slot();
            output.push(OutputColumn { name: "value".into(), slot });
            clauses.push(BoundClause::Project(super::tree::BoundProjection {
                grouping: None,
                items: vec![(value, slot)],
                distinct: None,
                order: Vec::new(),
                skip: None,
                limit: None,
                filter: None,
                keep: vec![slot],
                evidence: None,
                around: Vec::new(),
            }));
        }
        alone(BoundPart { clauses, output, evidence: None })
    }

    /// `EXISTS { pattern … }` without a query around it.
    pub(super) fn match_query(&mut self, scope: &Scope, clause: &Match) -> BoundUnion {
        let mut inner = scope.clone();
        let matched = self.match_clause(&mut inner, clause);
        alone(BoundPart { clauses: vec![BoundClause::Match(matched)], output: Vec::new(), evidence: None })
    }

    pub(super) fn path_variable(
        &mut self,
        scope: &mut Scope,
        variable: &Ident,
        pieces: Vec<PathPiece>,
        draft: &mut Draft<'_>,
    ) -> Option<PatternPath> {
        if scope.get(&variable.value).is_some() || self.is_local(&variable.value) {
            self.faults.push(already_bound(variable));
            return None;
        }
        let slot = self.new_slot();
        scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Path });
        let path = PatternPath { slot, pieces };
        draft.graph.paths.push(path.clone());
        Some(path)
    }

    pub(super) fn node<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        node: &'t NodePattern,
        trace: &Trace<'t>,
        draft: &mut Draft<'t>,
    ) -> usize {
        let number = match &node.variable {
            Some(variable) => self.named_node(scope, before, variable, draft),
            None => self.anonymous_node(draft),
        };
        self.node_details(number, node, trace, draft);
        number
    }

    /// A second node pattern for the node at which the path stands: `(a) ((b)-->(c))`.
    pub(super) fn same_node<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        (number, node): (usize, &'t NodePattern),
        trace: &Trace<'t>,
        draft: &mut Draft<'t>,
    ) {
        let slot = draft.graph.nodes[number].slot;
        if let Some(variable) = &node.variable {
            if scope.get(&variable.value).is_none() && !self.is_local(&variable.value) {
                scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Node });
            } else {
                let other = self.named_node(scope, before, variable, draft);
                if other != number {
                    let other = column(draft.graph.nodes[other].slot, variable.span);
                    let link = vec![(ComparisonOp::Equal, other)];
                    let kind = BoundExprKind::Comparison(Box::new(column(slot, variable.span)), link);
                    let condition = LaterCondition::Bound(BoundExpr { span: variable.span, kind });
                    draft.later.push(Later { route: trace.route, condition });
                }
            }
        }
        self.node_details(number, node, trace, draft);
    }

    pub(super) fn anonymous_node(&mut self, draft: &mut Draft<'_>) -> usize {
        let slot = self.new_slot();
        push_node(draft, slot, false)
    }

    fn node_details<'t>(&mut self, number: usize, node: &'t NodePattern, trace: &Trace<'t>, draft: &mut Draft<'t>) {
        let slot = draft.graph.nodes[number].slot;
        if let Some(labels) = &node.labels {
            let test = self.label_test(labels);
            draft.graph.nodes[number].ask(test);
        }
        if let Some(name) = &node.name
            && let Some(found) = self.resolve_name(&name.value, name.span)
        {
            match draft.graph.nodes[number].is {
                Some(other) if other != found => {
                    let never = BoundExprKind::Constant(crate::model::Value::Bool(false));
                    draft.predicates.push(BoundExpr { span: name.span, kind: never });
                }
                _ => draft.graph.nodes[number].is = Some(found),
            }
        }
        let route = trace.route;
        if let Some(properties) = &node.properties {
            self.refuse_parameter_map(properties);
            let condition = LaterCondition::Properties(slot, ValueKind::Node, properties);
            draft.later.push(Later { route, condition });
        }
        if let Some(filter) = &node.filter {
            draft.later.push(Later { route, condition: LaterCondition::Filter(filter) });
        }
    }

    fn named_node(&mut self, scope: &mut Scope, before: &Scope, variable: &Ident, draft: &mut Draft<'_>) -> usize {
        if self.is_local(&variable.value) {
            self.faults.push(already_bound(variable));
        }
        if let Some(known) = scope.get(&variable.value).cloned() {
            if !known.kind.may_be(ValueKind::Node) {
                self.faults.push(type_conflict(variable, known.kind, "a node"));
            }
            if let Some(number) = draft.graph.nodes.iter().position(|node| node.slot == known.slot) {
                draft.stands_in[number].insert(draft.path);
                return number;
            }
            let is_bound = before.get(&variable.value).is_some();
            self.note_read(known.slot);
            return push_node(draft, known.slot, is_bound);
        }
        let slot = self.new_slot();
        scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Node });
        push_node(draft, slot, false)
    }

    /// A single relation between two nodes that stands for itself.
    pub(super) fn single_rel<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        rel: &'t RelPattern,
        (left, right): (usize, usize),
        draft: &mut Draft<'t>,
    ) -> Slot {
        let types = self.rel_types(rel.types.as_ref(), rel.direction);
        let (slot, is_bound) = self.rel_slot(scope, before, rel, ValueKind::Relationship, draft);
        draft.graph.rels.push(PatternRel { slot, is_bound, left, right, types, span: rel.span });
        self.rel_details(slot, rel, None, draft);
        slot
    }

    /// Property map and inline condition of a relation that does not repeat.
    pub(super) fn rel_details<'t>(
        &mut self,
        slot: Slot,
        rel: &'t RelPattern,
        route: Option<usize>,
        draft: &mut Draft<'t>,
    ) {
        if let Some(properties) = &rel.properties {
            self.refuse_parameter_map(properties);
            let condition = LaterCondition::Properties(slot, ValueKind::Relationship, properties);
            draft.later.push(Later { route, condition });
        }
        if let Some(filter) = &rel.filter {
            draft.later.push(Later { route, condition: LaterCondition::Filter(filter) });
        }
    }

    pub(super) fn rel_slot(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        rel: &RelPattern,
        kind: ValueKind,
        draft: &Draft<'_>,
    ) -> (Slot, bool) {
        let Some(variable) = &rel.variable else {
            // Nobody names it, and yet rows rest on it.
            let slot = self.new_slot();
            scope.evidence.push(slot);
            return (slot, false);
        };
        if self.is_local(&variable.value) {
            self.faults.push(already_bound(variable));
        }
        let Some(known) = scope.get(&variable.value).cloned() else {
            let slot = self.new_slot();
            scope.insert(variable.value.as_str(), Variable { slot, kind });
            return (slot, false);
        };
        let wanted = if kind == ValueKind::List { "a list of relationships" } else { "a relationship" };
        let is_new = before.get(&variable.value).is_none();
        if is_new && known.kind == kind && kind == ValueKind::Relationship {
            if !draft.graph.is_repeatable {
                self.faults.push(stands_twice(variable));
            }
            return (known.slot, false);
        }
        if is_new || !known.kind.may_be(kind) {
            let in_pattern = is_new && known.kind == kind;
            self.faults.push(if in_pattern {
                stands_twice(variable)
            } else {
                type_conflict(variable, known.kind, wanted)
            });
        }
        self.note_read(known.slot);
        (known.slot, true)
    }

    fn bind_later(&mut self, scope: &Scope, before: &Scope, draft: &mut Draft<'_>, later: Later<'_>) {
        let conditions = match later.condition {
            LaterCondition::Properties(slot, kind, map) => {
                let subject = || Typed::new(kind, map.span, BoundExprKind::Column(slot));
                self.has_properties(scope, &subject, map)
            }
            LaterCondition::Filter(filter) => vec![self.predicate(scope, filter)],
            LaterCondition::Bound(condition) => vec![condition],
            LaterCondition::StepProperties(leg, map) => {
                let route = later.route.expect("a step belongs to a route");
                let scope = step_scope(scope, before, &draft.graph, route);
                return self.step_condition(draft, (route, leg), |binder, slot| {
                    let subject = || Typed::new(ValueKind::Relationship, map.span, BoundExprKind::Column(slot));
                    binder.has_properties(&scope, &subject, map)
                });
            }
            LaterCondition::StepFilter(leg, filter, name) => {
                let route = later.route.expect("a step belongs to a route");
                let mut scope = step_scope(scope, before, &draft.graph, route);
                return self.step_condition(draft, (route, leg), |binder, slot| {
                    scope.insert(name, Variable { slot, kind: ValueKind::Relationship });
                    vec![binder.predicate(&scope, filter)]
                });
            }
        };
        for condition in conditions {
            match later.route {
                Some(route) => self.place_condition(draft, route, condition),
                None => draft.predicates.push(condition),
            }
        }
    }

    /// A condition on each relation of a variable-length leg: the relation has a slot of its own meanwhile.
    fn step_condition(
        &mut self,
        draft: &mut Draft<'_>,
        (route, leg): (usize, usize),
        bind: impl FnOnce(&mut Self, Slot) -> Vec<BoundExpr>,
    ) {
        let known = draft.graph.routes[route].route.legs[leg].places[1].single;
        let slot = known.unwrap_or_else(|| self.new_slot());
        let conditions = bind(self, slot);
        let leg = &mut draft.graph.routes[route].route.legs[leg];
        leg.places[1].single = Some(slot);
        leg.conditions.extend(conditions);
    }

    pub(super) fn has_properties(&mut self, scope: &Scope, subject: &dyn Fn() -> Typed, map: &Expr) -> Vec<BoundExpr> {
        let ExprKind::Map(entries) = &map.kind else { return Vec::new() };
        let mut conditions = Vec::new();
        for (key, value) in entries {
            let name: Arc<str> = key.value.as_str().into();
            let property = BoundExprKind::Property(Box::new(subject().expr), name);
            let property = Box::new(BoundExpr { span: key.span, kind: property });
            let value = self.expr(scope, value);
            let span = key.span.to(value.span);
            let equal = BoundExprKind::Comparison(property, vec![(ComparisonOp::Equal, value)]);
            conditions.push(BoundExpr { span, kind: equal });
        }
        conditions
    }

    pub(super) fn refuse_parameter_map(&mut self, properties: &Expr) {
        if let ExprKind::Parameter(name) = &properties.kind {
            let fault = Fault::new(
                Detail::InvalidParameterUse,
                properties.span,
                format!("`${name}` cannot stand for all properties of a pattern that is sought"),
            );
            self.faults.push(fault.help("name the properties: {key: $value}"));
        }
    }

    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals[self.locals_base..].iter().any(|local| local.name == name)
    }

    /// The slots that an expression reads, subqueries included.
    pub(super) fn reads_of(&self, expr: &BoundExpr) -> BTreeSet<Slot> {
        let mut reads = BTreeSet::new();
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            match &expr.kind {
                BoundExprKind::Column(slot) => drop(reads.insert(*slot)),
                BoundExprKind::Subquery(_, number) => reads.extend(&self.subqueries[*number].imports),
                BoundExprKind::Path(pieces) => {
                    reads.extend(pieces.iter().map(|(PathPiece::Node(slot) | PathPiece::Rel(slot))| *slot));
                }
                BoundExprKind::Evidence(slots) => reads.extend(slots),
                _ => {}
            }
            open.extend(expr.children());
        }
        reads
    }
}

/// What the condition on a step may see: earlier clauses, and the single nodes and relations of its own; within a
/// searched path, whose inside is not yet known, its two ends.
fn step_scope(scope: &Scope, before: &Scope, graph: &PatternGraph, route: usize) -> Scope {
    let route = &graph.routes[route];
    let ends = [graph.nodes[route.left].slot, graph.nodes[route.right].slot];
    let is_whole = route.is_whole;
    let mut seen = before.clone();
    for (name, variable) in scope.iter() {
        let is_single = matches!(variable.kind, ValueKind::Node | ValueKind::Relationship);
        if before.get(name).is_none() && is_single && (!is_whole || ends.contains(&variable.slot)) {
            seen.insert(name.clone(), variable.clone());
        }
    }
    seen
}

impl super::tree::RelTypes {
    /// Whether nothing can match.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::These(types) if types.is_empty())
    }
}

/// One part alone as a union.
pub(super) fn alone(part: BoundPart) -> BoundUnion {
    BoundUnion { output: part.output.clone(), evidence: part.evidence, first: part, rest: Vec::new() }
}

pub(super) fn column(slot: Slot, span: Span) -> BoundExpr {
    BoundExpr { span, kind: BoundExprKind::Column(slot) }
}

/// The parts of a conjunction.
pub(super) fn conjuncts(predicate: BoundExpr) -> Vec<BoundExpr> {
    match predicate.kind {
        BoundExprKind::Binary(BinaryOp::And, a, b) => {
            let mut parts = conjuncts(*a);
            parts.extend(conjuncts(*b));
            parts
        }
        _ => vec![predicate],
    }
}

fn push_node(draft: &mut Draft<'_>, slot: Slot, is_bound: bool) -> usize {
    draft.graph.nodes.push(PatternNode { slot, is_bound, labels: None, is: None });
    draft.stands_in.push(BTreeSet::from([draft.path]));
    draft.graph.nodes.len() - 1
}

fn stands_twice(variable: &Ident) -> Fault {
    let message =
        format!("the relationship `{}` stands twice in this pattern, and none can match twice", variable.value);
    Fault::new(Detail::RelationshipUniquenessViolation, variable.span, message)
}

pub(super) fn already_bound(variable: &Ident) -> Fault {
    let message = format!("the variable `{}` is already taken", variable.value);
    Fault::new(Detail::VariableAlreadyBound, variable.span, message).help("choose another name")
}

pub(super) fn type_conflict(variable: &Ident, is: ValueKind, wanted: &str) -> Fault {
    let message = format!("`{}` is {}, and stands here as {wanted}", variable.value, is.name());
    Fault::new(Detail::VariableTypeConflict, variable.span, message)
}
