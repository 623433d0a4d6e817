//! Patterns: chains of nodes and relations become a small graph with predicates beside it.

use std::sync::Arc;

use super::Binder;
use super::bound::{BoundExpr, BoundExprKind, PathPiece, Slot};
use super::expression::Typed;
use super::fault::{Detail, Fault};
use super::scope::{Scope, Variable};
use super::tree::{
    BoundClause, BoundMatch, BoundPart, BoundUnion, OutputColumn, PatternGraph, PatternNode, PatternPath, PatternPiece,
    PatternRel, RelLength, RelTypes, Search,
};
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{
    BinaryOp, ComparisonOp, Expr, ExprKind, Ident, Match, NodePattern, PathPattern, PathSearch, PatternElement, Range,
    RelPattern,
};
use crate::source::Span;

/// A pattern on its way: what is found, and what can only be bound when all its variables are known.
#[derive(Default)]
struct Draft<'t> {
    graph: PatternGraph,
    predicates: Vec<BoundExpr>,
    /// Property maps and inline conditions.
    later: Vec<Later<'t>>,
    unique_within: u32,
}

enum Later<'t> {
    /// The thing in the slot has these properties.
    Properties(Slot, ValueKind, &'t Expr),
    /// Each relation of a variable-length relation (by number) has these properties.
    StepProperties(usize, &'t Expr),
    /// A condition.
    Condition(&'t Expr),
    /// A condition on each relation of a variable-length relation, under its variable's name.
    StepCondition(usize, &'t Expr, String),
}

impl Binder<'_> {
    /// Binds MATCH: the scope gains the pattern's variables.
    pub(super) fn match_clause(&mut self, scope: &mut Scope, clause: &Match) -> BoundMatch {
        let (pattern, mut predicates) = self.patterns(scope, &clause.patterns);
        let evidence = self.evidence(scope, &clause.modifiers);
        if let Some(filter) = &clause.filter {
            predicates.push(self.predicate(scope, filter));
        }
        BoundMatch { optional: clause.optional, pattern, predicates, evidence }
    }

    fn patterns(&mut self, scope: &mut Scope, patterns: &[PathPattern]) -> (PatternGraph, Vec<BoundExpr>) {
        self.matches += 1;
        let mut draft = Draft { unique_within: self.matches, ..Draft::default() };
        let before = scope.clone();
        for pattern in patterns {
            self.path(scope, &before, pattern, &mut draft);
        }
        let later = std::mem::take(&mut draft.later);
        for each in later {
            self.bind_later(scope, &mut draft, each);
        }
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
        let (graph, mut predicates) = self.patterns(&mut inner, std::slice::from_ref(pattern));
        predicates.extend(filter.map(|filter| self.predicate(&inner, filter)));
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

    fn path<'t>(&mut self, scope: &mut Scope, before: &Scope, pattern: &'t PathPattern, draft: &mut Draft<'t>) {
        if let Some(mode) = pattern.mode {
            let fault = Fault::not_built_yet(&format!("the path mode {mode:?}").to_uppercase(), pattern.span);
            self.faults.push(fault);
        }
        let search = self.path_search(pattern);
        let mut pieces = Vec::new();
        let mut pending: Option<&'t RelPattern> = None;
        for element in &pattern.elements {
            match element {
                PatternElement::Node(node) => {
                    let number = self.node(scope, before, node, draft);
                    if let Some(rel) = pending.take() {
                        let left = match pieces.last() {
                            Some(PatternPiece::Node(left)) => *left,
                            _ => unreachable!("a relation stands between nodes"),
                        };
                        let rel = self.rel(scope, before, rel, (left, number), search, draft);
                        pieces.push(PatternPiece::Rel(rel));
                    }
                    pieces.push(PatternPiece::Node(number));
                }
                PatternElement::Rel(rel) => pending = Some(rel),
                PatternElement::Group(group) => {
                    self.faults.push(Fault::not_built_yet("a quantified path pattern", group.span));
                    return;
                }
            }
        }
        if let Some(variable) = &pattern.variable {
            self.path_variable(scope, variable, pieces, draft);
        }
    }

    fn path_variable(&mut self, scope: &mut Scope, variable: &Ident, pieces: Vec<PatternPiece>, draft: &mut Draft<'_>) {
        if scope.get(&variable.value).is_some() || self.is_local(&variable.value) {
            self.faults.push(already_bound(variable));
            return;
        }
        let slot = self.new_slot();
        scope.insert(variable.value.as_str(), Variable { slot, kind: ValueKind::Path });
        draft.graph.paths.push(PatternPath { slot, pieces });
    }

    fn path_search(&mut self, pattern: &PathPattern) -> Search {
        let search = match &pattern.search {
            PathSearch::All => return Search::Trails,
            PathSearch::ShortestPath | PathSearch::Any(None) => Search::AnyShortest,
            PathSearch::Any(Some(count)) | PathSearch::Shortest(count) if is_one(count) => Search::AnyShortest,
            PathSearch::AllShortestPaths | PathSearch::AllShortest => Search::AllShortest,
            PathSearch::ShortestGroups(count) if is_one(count) => Search::AllShortest,
            PathSearch::Any(_) | PathSearch::Shortest(_) | PathSearch::ShortestGroups(_) => {
                self.faults.push(Fault::not_built_yet("a search for several shortest paths", pattern.span));
                return Search::AnyShortest;
            }
        };
        let rels = pattern.elements.iter().filter(|element| matches!(element, PatternElement::Rel(_))).count();
        if rels != 1 {
            let fault = Fault::new(
                Detail::UnexpectedSyntax,
                pattern.span,
                "a shortest path has one relationship pattern between two nodes",
            );
            self.faults.push(fault.help("write it as (a)-[:TYPE*]->(b)"));
        }
        search
    }

    fn node<'t>(&mut self, scope: &mut Scope, before: &Scope, node: &'t NodePattern, draft: &mut Draft<'t>) -> usize {
        let number = match &node.variable {
            Some(variable) => self.named_node(scope, before, variable, draft),
            None => {
                let slot = self.new_slot();
                push_node(draft, slot, false)
            }
        };
        let slot = draft.graph.nodes[number].slot;
        if let Some(labels) = &node.labels {
            let test = self.label_test(labels);
            match &mut draft.graph.nodes[number].labels {
                empty @ None => *empty = Some(test),
                Some(_) => {
                    let subject = Box::new(column(slot, node.span));
                    draft.predicates.push(BoundExpr { span: node.span, kind: BoundExprKind::HasLabels(subject, test) });
                }
            }
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
        if let Some(properties) = &node.properties {
            self.refuse_parameter_map(properties);
            draft.later.push(Later::Properties(slot, ValueKind::Node, properties));
        }
        if let Some(filter) = &node.filter {
            draft.later.push(Later::Condition(filter));
        }
        number
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

    fn rel<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        rel: &'t RelPattern,
        (left, right): (usize, usize),
        search: Search,
        draft: &mut Draft<'t>,
    ) -> usize {
        let types = self.rel_types(rel.types.as_ref(), rel.direction);
        let length = self.rel_length(rel, search);
        let kind = if length.is_some() { ValueKind::List } else { ValueKind::Relationship };
        let (slot, is_bound) = self.rel_slot(scope, before, rel, kind, draft);
        let number = draft.graph.rels.len();
        let is_long = length.is_some();
        draft.graph.rels.push(PatternRel {
            slot,
            is_bound,
            left,
            right,
            types,
            length,
            span: rel.span,
            unique_within: draft.unique_within,
        });
        if let Some(properties) = &rel.properties {
            self.refuse_parameter_map(properties);
            draft.later.push(if is_long {
                Later::StepProperties(number, properties)
            } else {
                Later::Properties(slot, ValueKind::Relationship, properties)
            });
        }
        if let Some(filter) = &rel.filter {
            draft.later.push(match (&rel.variable, is_long) {
                (Some(variable), true) => Later::StepCondition(number, filter, variable.value.clone()),
                _ => Later::Condition(filter),
            });
        }
        number
    }

    fn rel_length(&mut self, rel: &RelPattern, search: Search) -> Option<RelLength> {
        let (min, max) = match rel.length {
            Some(Range { min, max, quantifier }) => (min.unwrap_or(u64::from(!quantifier)), max),
            None if search == Search::Trails => return None,
            None => (1, Some(1)),
        };
        if search != Search::Trails && min > 1 {
            let fault =
                Fault::new(Detail::UnexpectedSyntax, rel.span, "a shortest path is sought from a length of 0 or 1 on");
            self.faults.push(fault.help("filter by length(path) afterwards"));
        }
        Some(RelLength { min, max, search, step: None })
    }

    fn rel_slot(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        rel: &RelPattern,
        kind: ValueKind,
        draft: &mut Draft<'_>,
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
        if before.get(&variable.value).is_none() {
            let in_pattern = draft.graph.rels.iter().any(|other| other.slot == known.slot);
            self.faults.push(if in_pattern && known.kind == kind {
                Fault::new(
                    Detail::RelationshipUniquenessViolation,
                    variable.span,
                    format!(
                        "the relationship `{}` stands twice in this pattern, and none can match twice",
                        variable.value
                    ),
                )
            } else {
                type_conflict(
                    variable,
                    known.kind,
                    if kind == ValueKind::List { "a list of relationships" } else { "a relationship" },
                )
            });
        } else if !known.kind.may_be(kind) {
            self.faults.push(type_conflict(
                variable,
                known.kind,
                if kind == ValueKind::List { "a list of relationships" } else { "a relationship" },
            ));
        }
        self.note_read(known.slot);
        (known.slot, true)
    }

    fn bind_later(&mut self, scope: &Scope, draft: &mut Draft<'_>, later: Later<'_>) {
        match later {
            Later::Properties(slot, kind, map) => {
                let subject = || Typed::new(kind, map.span, BoundExprKind::Column(slot));
                draft.predicates.extend(self.has_properties(scope, &subject, map));
            }
            Later::Condition(filter) => draft.predicates.push(self.predicate(scope, filter)),
            Later::StepProperties(rel, map) => {
                let step = self.with_locals(&[("", ValueKind::Relationship)], |binder| {
                    let subject = || Typed::new(ValueKind::Relationship, map.span, BoundExprKind::Local(0));
                    binder.has_properties(scope, &subject, map)
                });
                step.into_iter().for_each(|condition| add_step(draft, rel, condition));
            }
            Later::StepCondition(rel, filter, name) => {
                let locals = [(name.as_str(), ValueKind::Relationship)];
                let step = self.with_locals(&locals, |binder| binder.predicate(scope, filter));
                add_step(draft, rel, step);
            }
        }
    }

    fn has_properties(&mut self, scope: &Scope, subject: &dyn Fn() -> Typed, map: &Expr) -> Vec<BoundExpr> {
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
}

impl RelTypes {
    /// Whether nothing can match.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::These(types) if types.is_empty())
    }
}

/// The path expression of a named path over its pattern's slots.
pub fn path_expression(graph: &PatternGraph, path: &PatternPath, span: Span) -> BoundExpr {
    let pieces = path.pieces.iter().map(|piece| match piece {
        PatternPiece::Node(node) => PathPiece::Node(graph.nodes[*node].slot),
        PatternPiece::Rel(rel) => PathPiece::Rel(graph.rels[*rel].slot),
    });
    BoundExpr { span, kind: BoundExprKind::Path(pieces.collect()) }
}

/// One part alone as a union.
pub(super) fn alone(part: BoundPart) -> BoundUnion {
    BoundUnion { output: part.output.clone(), evidence: part.evidence, first: part, rest: Vec::new() }
}

pub(super) fn column(slot: Slot, span: Span) -> BoundExpr {
    BoundExpr { span, kind: BoundExprKind::Column(slot) }
}

fn add_step(draft: &mut Draft<'_>, rel: usize, condition: BoundExpr) {
    let length = draft.graph.rels[rel].length.as_mut().expect("only a variable-length relation has steps");
    length.step = Some(match length.step.take() {
        None => condition,
        Some(other) => BoundExpr {
            span: other.span.to(condition.span),
            kind: BoundExprKind::Binary(BinaryOp::And, Box::new(other), Box::new(condition)),
        },
    });
}

fn push_node(draft: &mut Draft<'_>, slot: Slot, is_bound: bool) -> usize {
    draft.graph.nodes.push(PatternNode { slot, is_bound, labels: None, is: None });
    draft.graph.nodes.len() - 1
}

fn is_one(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Int(1))
}

pub(super) fn already_bound(variable: &Ident) -> Fault {
    let message = format!("the variable `{}` is already taken", variable.value);
    Fault::new(Detail::VariableAlreadyBound, variable.span, message).help("choose another name")
}

pub(super) fn type_conflict(variable: &Ident, is: ValueKind, wanted: &str) -> Fault {
    let message = format!("`{}` is {}, and stands here as {wanted}", variable.value, is.name());
    Fault::new(Detail::VariableTypeConflict, variable.span, message)
}
