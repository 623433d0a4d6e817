//! Routes: what repeats in a path pattern, and path patterns that are searched as a whole.
//!
//! A path pattern is first flattened (parentheses without a quantifier are only a place for a condition), then walked
//! from left to right. Under DIFFERENT RELATIONSHIPS, whose paths are trails, each quantified part becomes a route of
//! one leg between two nodes of the pattern. A selector (`SHORTEST k`, `ANY`, …) or another path mode speaks of the
//! whole path, so that all of it becomes one route.
//!
//! The mode of a path is the stricter one of what is written before it and of the match mode: DIFFERENT RELATIONSHIPS
//! (the default) asks for trails at least, REPEATABLE ELEMENTS for nothing.
//!
//! What stands inside the path (labels, property maps, WHERE in nodes, relations and parentheses) is tested before
//! the selector counts; the WHERE of MATCH afterwards. Only the old `shortestPath()` also searches by that WHERE,
//! where it speaks of the path.

use std::collections::BTreeSet;

use super::Binder;
use super::bound::{BoundExpr, PathPiece, Slot};
use super::expression::Typed;
use super::fault::{Detail, Fault};
use super::group::{Item, flatten};
use super::pattern::{Draft, Later, LaterCondition, conjuncts};
use super::scope::Scope;
use super::tree::{Leg, PathMode, PatternGraph, PatternPath, PatternRoute, Place, Route, Select, Stand};
use crate::model::Value;
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{
    Expr, ExprKind, GroupPattern, Ident, PathMode as Written, PathPattern, PathSearch, PatternElement, Range,
    RelPattern,
};
use crate::source::Span;

/// How far a path pattern has come.
#[derive(Default)]
pub(super) struct Trace<'t> {
    /// The route that the whole path becomes, by number.
    pub route: Option<usize>,
    /// The node at which it stands, by number.
    at: Option<usize>,
    /// What leads on from there.
    open: Option<Open<'t>>,
    pieces: Vec<PathPiece>,
    /// Where parentheses with a path's name begin.
    named: Vec<(usize, &'t Ident)>,
    /// The path's names.
    paths: Vec<PatternPath>,
}

#[derive(Clone, Copy)]
enum Open<'t> {
    Rel(&'t RelPattern),
    Group(&'t GroupPattern),
}

impl Binder<'_> {
    pub(super) fn path<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        pattern: &'t PathPattern,
        draft: &mut Draft<'t>,
    ) {
        let select = self.select(pattern);
        let floor = if draft.graph.is_repeatable { PathMode::Walk } else { PathMode::Trail };
        let mode = pattern.mode.map_or(floor, mode_of).max(floor);
        let is_whole = select.is_selective() || mode != floor;
        let mut trace = Trace::default();
        let holds_rel = |element: &PatternElement| !matches!(element, PatternElement::Node(_));
        if is_whole && pattern.elements.iter().any(holds_rel) {
            trace.route = Some(draft.graph.routes.len());
            draft.route_paths.push(draft.path);
            draft.graph.routes.push(PatternRoute {
                left: 0,
                right: 0,
                ends: Vec::new(),
                route: Route {
                    legs: Vec::new(),
                    mode,
                    select,
                    conditions: Vec::new(),
                    reads: BTreeSet::new(),
                    paths: Vec::new(),
                },
                is_whole: true,
                span: pattern.span,
            });
        }
        for item in flatten(&pattern.elements) {
            self.path_item(scope, before, item, &mut trace, draft);
        }
        if trace.open.is_some() {
            let end = self.anonymous_node(draft);
            self.arrive(scope, before, end, &mut trace, draft);
        }
        let path = pattern.variable.as_ref();
        let path = path.and_then(|variable| self.path_variable(scope, variable, trace.pieces.clone(), draft));
        trace.paths.extend(path);
        if let Some(whole) = trace.route.map(|number| &mut draft.graph.routes[number]) {
            whole.route.paths = trace.paths;
            whole.right = trace.at.expect("a path pattern holds a node");
        }
    }

    fn path_item<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        item: Item<'t>,
        trace: &mut Trace<'t>,
        draft: &mut Draft<'t>,
    ) {
        match item {
            Item::Node(node) => match trace.at {
                Some(at) if trace.open.is_none() => self.same_node(scope, before, (at, node), trace, draft),
                _ => {
                    let number = self.node(scope, before, node, trace, draft);
                    self.arrive(scope, before, number, trace, draft);
                }
            },
            Item::Rel(rel) => {
                self.stand(scope, before, trace, draft);
                trace.open = Some(Open::Rel(rel));
            }
            Item::Group(group) => {
                self.stand(scope, before, trace, draft);
                trace.open = Some(Open::Group(group));
            }
            Item::Filter(filter) => {
                draft.later.push(Later { route: trace.route, condition: LaterCondition::Filter(filter) });
            }
            Item::Begin(variable) => {
                // Its first node is the one at which the path stands, or, behind a relation, the next.
                let pieces = trace.pieces.len();
                let first = if trace.open.is_some() { pieces + 1 } else { pieces.saturating_sub(1) };
                trace.named.push((first, variable));
            }
            Item::End => {
                self.stand(scope, before, trace, draft);
                if let Some((first, variable)) = trace.named.pop() {
                    let pieces = trace.pieces[first..].to_vec();
                    let path = self.path_variable(scope, variable, pieces, draft);
                    trace.paths.extend(path);
                }
            }
            Item::Misplaced(span, what) => {
                self.faults.push(Fault::new(Detail::UnexpectedSyntax, span, what));
            }
        }
    }

    /// Makes sure that the path stands at a node: where none is written, it is one without a name.
    fn stand<'t>(&mut self, scope: &mut Scope, before: &Scope, trace: &mut Trace<'t>, draft: &mut Draft<'t>) {
        if trace.at.is_none() || trace.open.is_some() {
            let number = self.anonymous_node(draft);
            self.arrive(scope, before, number, trace, draft);
        }
    }

    /// The path has come to a node: what led there is closed.
    fn arrive<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        number: usize,
        trace: &mut Trace<'t>,
        draft: &mut Draft<'t>,
    ) {
        let slot = draft.graph.nodes[number].slot;
        if let (Some(left), Some(open)) = (trace.at, trace.open.take()) {
            let rels = match open {
                Open::Rel(rel) if rel.length.is_none() && trace.route.is_none() => {
                    self.single_rel(scope, before, rel, (left, number), draft)
                }
                open => self.leg(scope, before, (left, number), open, trace.route, draft),
            };
            trace.pieces.push(PathPiece::Rel(rels));
        } else if let Some(route) = trace.route {
            draft.graph.routes[route].left = number;
        }
        trace.pieces.push(PathPiece::Node(slot));
        trace.at = Some(number);
    }

    /// Adds a leg to the route of the whole path, or makes it a route of its own.
    fn leg<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        (left, right): (usize, usize),
        open: Open<'t>,
        whole: Option<usize>,
        draft: &mut Draft<'t>,
    ) -> Slot {
        let number = whole.unwrap_or(draft.graph.routes.len());
        let place = whole.map_or(0, |route| draft.graph.routes[route].route.legs.len());
        let span = match &open {
            Open::Rel(rel) => rel.span,
            Open::Group(group) => group.span,
        };
        let leg = match open {
            Open::Rel(rel) => {
                let ends = (draft.graph.nodes[left].slot, draft.graph.nodes[right].slot);
                self.rel_leg(scope, before, rel, (number, place, ends), draft)
            }
            Open::Group(group) => self.group_leg(scope, before, group),
        };
        let rels = leg.rels;
        match whole {
            Some(route) => {
                let route = &mut draft.graph.routes[route];
                route.route.legs.push(leg);
                route.ends.push(right);
            }
            None => {
                let mode = if draft.graph.is_repeatable { PathMode::Walk } else { PathMode::Trail };
                let route = Route {
                    legs: vec![leg],
                    mode,
                    select: Select::All,
                    conditions: Vec::new(),
                    reads: BTreeSet::new(),
                    paths: Vec::new(),
                };
                draft.route_paths.push(draft.path);
                draft.graph.routes.push(PatternRoute { left, right, ends: vec![right], route, is_whole: false, span });
            }
        }
        rels
    }

    /// The leg of one relation pattern: repeated, or a single step of a searched path.
    fn rel_leg<'t>(
        &mut self,
        scope: &mut Scope,
        before: &Scope,
        rel: &'t RelPattern,
        (route, place, ends): (usize, usize, (Slot, Slot)),
        draft: &mut Draft<'t>,
    ) -> Leg {
        let types = self.rel_types(rel.types.as_ref(), rel.direction);
        let kind = if rel.length.is_some() { ValueKind::List } else { ValueKind::Relationship };
        let (slot, is_bound) = self.rel_slot(scope, before, rel, kind, draft);
        let single = |slot| Place { single: Some(slot), list: None };
        let mut leg = Leg {
            hops: vec![types],
            stands: vec![Stand::default(); 2],
            places: vec![Place::default(); 3],
            min: 1,
            max: Some(1),
            conditions: Vec::new(),
            reads: BTreeSet::new(),
            rels: slot,
            is_list: false,
            is_bound,
            end: Stand::default(),
            end_conditions: Vec::new(),
            node: None,
        };
        let Some(range) = rel.length else {
            leg.places = vec![single(ends.0), single(slot), single(ends.1)];
            self.rel_details(slot, rel, Some(route), draft);
            return leg;
        };
        self.check_range(range, rel.span);
        leg.is_list = true;
        (leg.min, leg.max) = (range.min.unwrap_or(u64::from(!range.quantifier)), range.max);
        if range.quantifier {
            leg.conditions = self.quantified_conditions(before, rel, &mut leg.places[1]);
            return leg;
        }
        if let Some(properties) = &rel.properties {
            self.refuse_parameter_map(properties);
            let condition = LaterCondition::StepProperties(place, properties);
            draft.later.push(Later { route: Some(route), condition });
        }
        if let Some(filter) = &rel.filter {
            let name = rel.variable.as_ref().map_or("", |variable| variable.value.as_str());
            let condition = LaterCondition::StepFilter(place, filter, name);
            draft.later.push(Later { route: Some(route), condition });
        }
        leg
    }

    /// The conditions of `-[r:T {…} WHERE …]->+`: they see earlier clauses and the relation itself.
    fn quantified_conditions(&mut self, before: &Scope, rel: &RelPattern, place: &mut Place) -> Vec<BoundExpr> {
        if rel.properties.is_none() && rel.filter.is_none() {
            return Vec::new();
        }
        let slot = self.new_slot();
        place.single = Some(slot);
        let mut conditions = Vec::new();
        let mut inner = before.clone();
        if let Some(variable) = &rel.variable {
            let kind = ValueKind::Relationship;
            inner.insert(variable.value.as_str(), super::scope::Variable { slot, kind });
        }
        if let Some(properties) = &rel.properties {
            self.refuse_parameter_map(properties);
            let subject =
                || Typed::new(ValueKind::Relationship, properties.span, super::bound::BoundExprKind::Column(slot));
            conditions.extend(self.has_properties(&inner, &subject, properties));
        }
        conditions.extend(rel.filter.iter().map(|filter| self.predicate(&inner, filter)));
        conditions
    }

    /// The bounds of a quantifier must leave something to match.
    pub(super) fn check_range(&mut self, range: Range, span: Span) {
        let message = match (range.min, range.max) {
            _ if !range.quantifier => return,
            (_, Some(0)) => "a quantifier lets its pattern match at least once".to_owned(),
            (Some(min), Some(max)) if min > max => format!("no number is at least {min} and at most {max}"),
            _ => return,
        };
        self.faults.push(Fault::new(Detail::NumberOutOfRange, span, message).help("write {1,3}, {1,} or {,3}"));
    }

    // ---- selectors ----

    fn select(&mut self, pattern: &PathPattern) -> Select {
        match &pattern.search {
            PathSearch::All => Select::All,
            PathSearch::ShortestPath => self.classic(pattern, false),
            PathSearch::AllShortestPaths => self.classic(pattern, true),
            PathSearch::Any(None) => Select::Paths(one(pattern.span)),
            PathSearch::AllShortest => Select::Lengths(one(pattern.span)),
            PathSearch::Any(Some(count)) | PathSearch::Shortest(count) => Select::Paths(self.path_count(count)),
            PathSearch::ShortestGroups(count) => Select::Lengths(self.path_count(count)),
        }
    }

    /// `shortestPath((a)-[*]-(b))`.
    fn classic(&mut self, pattern: &PathPattern, all: bool) -> Select {
        let rel = match pattern.elements.as_slice() {
            [PatternElement::Node(_), PatternElement::Rel(rel), PatternElement::Node(_)] => Some(rel),
            _ => None,
        };
        match rel {
            None => {
                let message = "a shortest path has one relationship pattern between two nodes";
                let fault = Fault::new(Detail::UnexpectedSyntax, pattern.span, message);
                self.faults.push(fault.help("write it as (a)-[:TYPE*]->(b), or search with SHORTEST 1"));
            }
            Some(rel) if rel.length.is_some_and(|length| length.min > Some(1)) => {
                let message = "shortestPath seeks from a length of 0 or 1 on";
                let fault = Fault::new(Detail::UnexpectedSyntax, rel.span, message);
                self.faults.push(fault.help("write SHORTEST 1, or filter by length(path)"));
            }
            Some(_) => {}
        }
        Select::Classic { all }
    }

    fn path_count(&mut self, count: &Expr) -> BoundExpr {
        if matches!(count.kind, ExprKind::Int(0)) {
            let message = "a selector wants at least one path";
            self.faults.push(Fault::new(Detail::NumberOutOfRange, count.span, message));
        }
        self.expr(&Scope::default(), count)
    }

    // ---- conditions ----

    /// Puts a condition of a searched path where it is tested soonest: outside, if it speaks of the ends alone; on
    /// the one step of which it speaks; else on the whole path.
    pub(super) fn place_condition(&mut self, draft: &mut Draft<'_>, route: usize, condition: BoundExpr) {
        let reads = self.reads_of(&condition);
        let Some(whole) = draft.graph.routes.get_mut(route).filter(|route| !route.route.legs.is_empty()) else {
            draft.predicates.push(condition);
            return;
        };
        let ends = [draft.graph.nodes[whole.left].slot, draft.graph.nodes[whole.right].slot];
        let mut own = whole.route.slots();
        own.extend(whole.route.paths.iter().map(|path| path.slot));
        own.extend(whole.ends.iter().map(|node| draft.graph.nodes[*node].slot));
        own.extend(ends);
        // What earlier clauses have found is there from the start.
        for node in draft.graph.nodes.iter().filter(|node| node.is_bound) {
            own.remove(&node.slot);
        }
        let own: BTreeSet<Slot> = own.intersection(&reads).copied().collect();
        if own.iter().all(|slot| ends.contains(slot)) {
            draft.predicates.push(condition);
            return;
        }
        let inside = whole.ends.iter().position(|node| own.len() == 1 && own.contains(&draft.graph.nodes[*node].slot));
        if let Some(leg) = inside {
            whole.route.legs[leg].end_conditions.push(condition);
            return;
        }
        let speaks_of = |leg: &&mut Leg| {
            !leg.is_list && own.iter().all(|slot| leg.places.iter().any(|place| place.single == Some(*slot)))
        };
        match whole.route.legs.iter_mut().find(speaks_of) {
            Some(leg) => leg.conditions.push(condition),
            None => {
                whole.route.reads.extend(reads);
                whole.route.conditions.push(condition);
            }
        }
    }

    /// Puts the WHERE of MATCH: `shortestPath()` searches by what it says of the path.
    pub(super) fn place_filter(
        &mut self,
        graph: &mut PatternGraph,
        filter: BoundExpr,
        predicates: &mut Vec<BoundExpr>,
    ) {
        for condition in conjuncts(filter) {
            let reads = self.reads_of(&condition);
            let searched = graph.routes.iter_mut().find(|route| {
                let paths = route.route.paths.iter().map(|path| path.slot);
                let mut own = route.route.slots().into_iter().chain(paths);
                matches!(route.route.select, Select::Classic { .. }) && own.any(|slot| reads.contains(&slot))
            });
            match searched {
                Some(route) => {
                    route.route.reads.extend(reads);
                    route.route.conditions.push(condition);
                }
                None => predicates.push(condition),
            }
        }
    }

    // ---- when all is bound ----

    /// Hands the nodes' labels to the legs that lead there, and finds what cannot be searched.
    pub(super) fn finish_routes(&mut self, draft: &mut Draft<'_>) {
        // A searched path that turned out to have no relation is a node like any other.
        let routes = std::mem::take(&mut draft.graph.routes);
        for (number, mut whole) in routes.into_iter().enumerate() {
            if whole.route.legs.is_empty() {
                continue;
            }
            let inside = whole.ends.len() - 1;
            for (leg, node) in whole.route.legs.iter_mut().zip(&whole.ends).take(inside) {
                let node = &draft.graph.nodes[*node];
                leg.node = Some(node.slot);
                let known = node.is_bound.then_some(node.slot);
                leg.end = Stand { labels: node.labels.clone(), is: node.is, known, same_as: None };
            }
            for leg in &mut whole.route.legs {
                let conditions = leg.conditions.iter().chain(&leg.end_conditions);
                leg.reads = conditions.flat_map(|condition| self.reads_of(condition)).collect();
            }
            self.check_inside(&whole, draft.route_paths[number], draft);
            self.check_bounds(&whole, draft);
            draft.graph.routes.push(whole);
        }
    }

    /// A selector chooses among the paths of its own pattern: what lies inside cannot hang on another pattern.
    fn check_inside(&mut self, whole: &PatternRoute, path: usize, draft: &Draft<'_>) {
        if !whole.route.select.is_selective() {
            return;
        }
        let inside = &whole.ends[..whole.ends.len() - 1];
        let elsewhere = |node: &&usize| {
            **node != whole.left && **node != whole.right && draft.stands_in[**node].iter().any(|other| *other != path)
        };
        if inside.iter().any(|node| elsewhere(&node)) {
            let message = "a node inside a searched path cannot stand in another pattern of the same MATCH";
            let fault = Fault::new(Detail::UnexpectedSyntax, whole.span, message);
            self.faults.push(fault.help("match the other pattern in a MATCH of its own"));
        }
    }

    /// Walks without bound are endless, unless a selector takes the shortest of them.
    fn check_bounds(&mut self, whole: &PatternRoute, draft: &Draft<'_>) {
        let route = &whole.route;
        if route.mode != PathMode::Walk || !route.is_unbounded() {
            return;
        }
        if !route.select.is_selective() {
            let message = "a pattern without upper bound has endless matches where elements may repeat";
            let fault = Fault::new(Detail::UnexpectedSyntax, whole.span, message);
            self.faults.push(fault.help(
                "give it an upper bound such as {1,5}, a selector such as SHORTEST 1, or a path mode such as TRAIL",
            ));
            return;
        }
        let ends = [whole.left, whole.right];
        let inside: Vec<usize> = whole.ends[..whole.ends.len() - 1].to_vec();
        // A node of an earlier clause is known at each step, however often it stands in the path.
        let is_new = |node: usize| !draft.graph.nodes[node].is_bound;
        let again = |at: usize, node: usize| inside[..at].contains(&node) || ends.contains(&node);
        let repeats = inside.iter().enumerate().any(|(at, node)| is_new(*node) && again(at, *node));
        let bound_list = route.legs.iter().any(|leg| leg.is_bound);
        if repeats || bound_list || !route.conditions.is_empty() {
            let message = "a condition on a whole path cannot be searched for among endless walks";
            let fault = Fault::new(Detail::UnexpectedSyntax, whole.span, message);
            self.faults.push(fault.help("give the pattern an upper bound, or a path mode such as TRAIL"));
        }
        debug_assert!(draft.graph.is_repeatable, "only REPEATABLE ELEMENTS lets relations repeat");
    }
}

fn mode_of(written: Written) -> PathMode {
    match written {
        Written::Walk => PathMode::Walk,
        Written::Trail => PathMode::Trail,
        Written::Acyclic => PathMode::Acyclic,
        Written::Simple => PathMode::Simple,
    }
}

fn one(span: Span) -> BoundExpr {
    BoundExpr { span, kind: super::bound::BoundExprKind::Constant(Value::Int(1)) }
}
