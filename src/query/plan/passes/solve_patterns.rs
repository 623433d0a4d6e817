//! Patterns into scans and hops.
//!
//! The solver starts from what is known: nodes of earlier clauses, nodes that a name stands for, texts that an index
//! finds, the rarest label. From there it always takes the hop that it expects to give the fewest rows, counted by the
//! graph's average degrees (a greedy order, as in Selinger's "Access path selection", 1979, without its
//! enumeration). Each condition is tested as soon as its columns are there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::sought::Sought;
use super::{Surroundings, conjuncts};
use crate::graph::Graph;
use crate::model::TypeId;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, LabelTest, Slot};
use crate::query::bind::tree::{BoundEvidence, BoundMatch, PatternGraph, PatternRoute, RelTypes, Stand, Way};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::{Expand, Pipeline, ScanBy, Step, Takes, Walk, Yield};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};
use crate::source::Span;

/// Replaces each pattern by steps.
pub(super) fn rewrite(pipeline: &mut Pipeline, surroundings: &Surroundings<'_>) {
    let steps = std::mem::take(&mut pipeline.steps);
    for step in steps {
        match step {
            Step::Match(matched) => pipeline.steps.extend(Solver::new(matched, surroundings).solve()),
            other => pipeline.steps.push(other),
        }
    }
}

/// How many nodes a list is expected to name: lists are written by hand.
const LISTED: f64 = 10.0;

/// A condition and the new columns that it needs.
struct Waiting {
    predicate: BoundExpr,
    needs: BTreeSet<Slot>,
}

/// What joins nodes of the pattern: a relation or a route, by number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Rel(usize),
    Route(usize),
}

struct Solver<'g> {
    graph: &'g Graph,
    literally: bool,
    pattern: PatternGraph,
    evidence: Option<Box<BoundEvidence>>,
    waiting: Vec<Waiting>,
    known_nodes: Vec<bool>,
    done_rels: Vec<bool>,
    done_routes: Vec<bool>,
    /// Slots of the pattern that no step has filled yet.
    missing: BTreeSet<Slot>,
    steps: Vec<Step>,
}

impl<'g> Solver<'g> {
    fn new(matched: BoundMatch, surroundings: &Surroundings<'g>) -> Self {
        let BoundMatch { mut pattern, predicates, evidence, .. } = matched;
        let missing = pattern.new_slots();
        let mut conditions = conjuncts::conjuncts(predicates);
        if !surroundings.literally {
            conditions.retain(|condition| !narrow(&mut pattern, condition, surroundings.graph));
        }
        let waiting = conditions.into_iter().map(|predicate| {
            let mut needs = BTreeSet::new();
            surroundings.subqueries.add_reads(&predicate, &mut needs);
            needs.retain(|slot| missing.contains(slot));
            Waiting { predicate, needs }
        });
        let waiting = waiting.collect();
        let known_nodes = pattern.nodes.iter().map(|node| node.is_bound).collect();
        let done_rels = vec![false; pattern.rels.len()];
        let done_routes = vec![false; pattern.routes.len()];
        Self {
            graph: surroundings.graph,
            literally: surroundings.literally,
            pattern,
            evidence: evidence.map(Box::new),
            waiting,
            known_nodes,
            done_rels,
            done_routes,
            missing,
            steps: Vec::new(),
        }
    }

    fn solve(mut self) -> Vec<Step> {
        for node in 0..self.pattern.nodes.len() {
            if self.pattern.nodes[node].is_bound {
                self.test_present(node);
                self.test_bound(node);
            }
        }
        if !self.literally && self.is_impossible() {
            let never = BoundExprKind::Constant(crate::model::Value::Bool(false));
            self.steps.push(Step::Filter(BoundExpr { span: Span::default(), kind: never }));
        }
        self.flush();
        self.seek_all();
        loop {
            if let Some(join) = self.next_join() {
                match join {
                    Join::Rel(rel) => self.hop(rel),
                    Join::Route(route) => self.walk(route),
                }
            } else if let Some(node) = self.next_start() {
                self.scan(node);
            } else {
                break;
            }
            self.flush();
        }
        self.paths();
        self.missing.clear();
        self.flush();
        self.steps
    }

    /// Whether something is asked for that no graph, or not this one, can have: then nothing is looked for.
    fn is_impossible(&self) -> bool {
        let PatternGraph { nodes, rels, routes, .. } = &self.pattern;
        let has_no_type = |types: &RelTypes| matches!(types, RelTypes::These(types) if types.is_empty());
        let mut legs = routes.iter().flat_map(|route| &route.route.legs);
        nodes.iter().any(|node| node.labels == Some(LabelTest::Label(None)))
            || rels.iter().any(|rel| has_no_type(&rel.types))
            || legs.any(|leg| {
                let is_walked = leg.min > 0 || is_injected(Fault::OptionalLegAsked);
                leg.max.is_some_and(|max| max < leg.min) || is_walked && leg.hops.iter().any(has_no_type)
            })
    }

    /// Where a text finds hardly more than one node, and several nodes of the pattern are found so, all of them are put
    /// in place first: what joins them then leads from known nodes to known nodes.
    fn seek_all(&mut self) {
        let sought = |solver: &Self, node: &usize| {
            !solver.known_nodes[*node] && !solver.lies_inside(*node) && solver.seeks_about_one(*node)
        };
        let nodes: Vec<usize> = (0..self.pattern.nodes.len()).filter(|node| sought(self, node)).collect();
        if self.literally || nodes.len() < 2 {
            return;
        }
        for node in nodes {
            self.scan(node);
            self.flush();
        }
    }

    /// Whether a text that hangs on no row finds few nodes.
    fn seeks_about_one(&self, node: usize) -> bool {
        let Some(Sought { key, value, any_of: false }) = self.sought(node).map(|(_, sought)| sought) else {
            return false;
        };
        let is_constant = columns_of(value).is_some_and(|columns| columns.is_empty());
        let tells_apart = |key: &Arc<str>| self.graph.key_id(key).is_some_and(|key| self.graph.tells_apart(key));
        is_constant && key.is_none_or(tells_apart)
    }

    /// A node that an earlier clause left null matches nothing. A relation at the node tells by itself.
    fn test_present(&mut self, node: usize) {
        if !self.stands_alone(node) || is_injected(Fault::NullNodeMatches) {
            return;
        }
        let slot = self.pattern.nodes[node].slot;
        let column = BoundExpr { span: Span::default(), kind: BoundExprKind::Column(slot) };
        let is_null = BoundExpr { span: Span::default(), kind: BoundExprKind::IsNull(Box::new(column)) };
        self.steps.push(Step::Filter(BoundExpr { span: Span::default(), kind: BoundExprKind::Not(Box::new(is_null)) }));
    }

    /// A node that an earlier clause found must still bear what this pattern says of it.
    fn test_bound(&mut self, node: usize) {
        let slot = self.pattern.nodes[node].slot;
        let column = || Box::new(BoundExpr { span: Default::default(), kind: BoundExprKind::Column(slot) });
        let labels = self.pattern.nodes[node].labels.clone();
        if let Some(labels) = labels.filter(|_| !is_injected(Fault::KnownNodeUntested)) {
            let kind = BoundExprKind::HasLabels(column(), labels);
            self.steps.push(Step::Filter(BoundExpr { span: Default::default(), kind }));
        }
        if let Some(is) = self.pattern.nodes[node].is {
            let value =
                BoundExpr { span: Default::default(), kind: BoundExprKind::Constant(crate::model::Value::Node(is)) };
            let kind = BoundExprKind::Comparison(column(), vec![(ComparisonOp::Equal, value)]);
            self.steps.push(Step::Filter(BoundExpr { span: Default::default(), kind }));
        }
        self.exists(slot);
    }

    /// Under a time, nodes count only while they exist.
    fn exists(&mut self, slot: Slot) {
        if let Some(evidence) = &self.evidence
            && evidence.time.is_some()
        {
            // A relation that surely held says enough of its ends: CERTAINLY asks more of bare nodes only.
            let certainly = evidence.certainly && self.pattern.rels.is_empty() && self.pattern.routes.is_empty();
            self.steps.push(Step::Exists(slot, Box::new(BoundEvidence { certainly, ..(**evidence).clone() })));
        }
    }

    /// Emits the conditions whose columns are there.
    fn flush(&mut self) {
        if self.literally && !self.missing.is_empty() {
            return;
        }
        let (ready, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|each: &Waiting| each.needs.iter().all(|slot| !self.missing.contains(slot)));
        self.waiting = waiting;
        self.steps.extend(ready.into_iter().map(|each: Waiting| Step::Filter(each.predicate)));
    }

    /// The cheapest relation or route with a known end; as written when solving literally.
    fn next_join(&self) -> Option<Join> {
        let mut reachable = self.joins().filter(|join| self.is_reachable(*join));
        if self.literally {
            return reachable.next();
        }
        let cost = |join: &Join| self.cost(*join, &self.known_nodes);
        reachable.min_by(|a, b| cost(a).total_cmp(&cost(b)))
    }

    /// The relations and routes that no step has placed yet.
    fn joins(&self) -> impl Iterator<Item = Join> {
        let rels = (0..self.pattern.rels.len()).filter(|rel| !self.done_rels[*rel]).map(Join::Rel);
        let routes = (0..self.pattern.routes.len()).filter(|route| !self.done_routes[*route]).map(Join::Route);
        rels.chain(routes)
    }

    /// The nodes that it joins, left and right as written.
    fn ends(&self, join: Join) -> [usize; 2] {
        match join {
            Join::Rel(rel) => [self.pattern.rels[rel].left, self.pattern.rels[rel].right],
            Join::Route(route) => [self.pattern.routes[route].left, self.pattern.routes[route].right],
        }
    }

    fn is_reachable(&self, join: Join) -> bool {
        match join {
            Join::Rel(rel) => {
                let rel = &self.pattern.rels[rel];
                !self.missing.contains(&rel.slot) || self.known_nodes[rel.left] || self.known_nodes[rel.right]
            }
            Join::Route(number) => {
                let route = &self.pattern.routes[number];
                let is_node = |slot: &Slot| self.pattern.nodes.iter().any(|node| node.slot == *slot);
                (self.known_nodes[route.left] || self.known_nodes[route.right])
                    // Nodes that it needs can be scanned for; relations must be there.
                    && self.needs(number).iter().all(is_node)
            }
        }
    }

    /// What the conditions along a route read that neither earlier steps nor the route itself fill.
    fn needs(&self, number: usize) -> BTreeSet<Slot> {
        let pattern = &self.pattern.routes[number];
        let mut needs = BTreeSet::new();
        for leg in &pattern.route.legs {
            let own =
                |slot: &Slot| leg.node == Some(*slot) || leg.places.iter().any(|place| place.single == Some(*slot));
            needs.extend(leg.reads.iter().filter(|slot| !own(slot)));
        }
        let mut own = pattern.route.slots();
        own.extend(pattern.route.paths.iter().map(|path| path.slot));
        own.extend([self.pattern.nodes[pattern.left].slot, self.pattern.nodes[pattern.right].slot]);
        needs.extend(pattern.route.reads.difference(&own));
        needs.retain(|slot| self.missing.contains(slot));
        needs
    }

    /// Expected rows for each row that comes in, where these nodes are known.
    fn cost(&self, join: Join, known: &[bool]) -> f64 {
        match join {
            Join::Rel(rel) => {
                let rel = &self.pattern.rels[rel];
                if !self.missing.contains(&rel.slot) {
                    return 0.1;
                }
                let (forward, selectivity) = self.arrival((rel.left, rel.right), known);
                self.average_degree(&turned(&rel.types, forward)) * selectivity
            }
            Join::Route(route) => {
                let PatternRoute { left, right, route, .. } = &self.pattern.routes[route];
                if route.legs.iter().any(|leg| leg.is_bound) {
                    return 0.1;
                }
                let (forward, selectivity) = self.arrival((*left, *right), known);
                if route.select.is_selective() {
                    return 1_000.0 * selectivity;
                }
                let legs = route.legs.iter().map(|leg| {
                    let degrees = leg.hops.iter().map(|hop| self.average_degree(&turned(hop, forward)));
                    let turn: f64 = degrees.product();
                    let turns = i32::try_from(leg.max.unwrap_or(8).min(8)).unwrap_or(8);
                    if leg.is_list { turn.max(1.5).powi(turns) } else { turn }
                });
                legs.product::<f64>() * selectivity
            }
        }
    }

    /// Whether it is walked from left to right, and which part of the far ends is wanted.
    fn arrival(&self, (left, right): (usize, usize), known: &[bool]) -> (bool, f64) {
        let forward = known[left];
        if forward && known[right] {
            return (true, 0.01);
        }
        (forward, self.node_selectivity(if forward { right } else { left }))
    }

    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn average_degree(&self, types: &RelTypes) -> f64 {
        let nodes = self.graph.node_count().max(1) as f64;
        let both = |way: Way| if way == Way::Either { 2.0 } else { 1.0 };
        match types {
            RelTypes::Any(way) => self.graph.edge_count() as f64 * both(*way) / nodes,
            RelTypes::These(types) => {
                types.iter().map(|(each, way)| self.graph.type_count(*each) as f64 * both(*way) / nodes).sum()
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn node_selectivity(&self, node: usize) -> f64 {
        let all = self.graph.node_count().max(1) as f64;
        (self.start_cost(node) / all).min(1.0)
    }

    fn next_start(&self) -> Option<usize> {
        let mut open =
            (0..self.pattern.nodes.len()).filter(|node| !self.known_nodes[*node] && !self.lies_inside(*node));
        if self.literally {
            return open.next();
        }
        let costs: Vec<(usize, f64)> = open.map(|node| (node, self.start_cost(node))).collect();
        let least = costs.iter().map(|(_, cost)| *cost).min_by(f64::total_cmp)?;
        let mut equals = costs.iter().filter(|(_, cost)| *cost <= least).map(|(node, _)| *node);
        // Of equals a node that stands alone comes first: where nothing is found for it, nothing is walked elsewhere.
        if let Some(alone) = equals.clone().find(|node| self.stands_alone(*node)) {
            return Some(alone);
        }
        let first = equals.next()?;
        if equals.clone().next().is_none() {
            return Some(first);
        }
        // Where a pattern begins is left to who wrote it, but for a cycle: the fewer rows the first hop gives, the less
        // often the cycle is to be closed.
        let around = self.on_cycles();
        let (mut best, mut rows) = (first, self.rows_around(first, &around));
        for node in equals {
            let found = self.rows_around(node, &around);
            if found < rows {
                (best, rows) = (node, found);
            }
        }
        Some(best)
    }

    /// How many rows the cheapest of some hops from a node is expected to give.
    fn rows_around(&self, node: usize, around: &[Join]) -> f64 {
        let here = around.iter().filter(|join| self.ends(**join).contains(&node));
        let mut known = self.known_nodes.clone();
        known[node] = true;
        here.map(|join| self.cost(*join, &known)).fold(f64::INFINITY, f64::min)
    }

    /// The relations and routes that lie on cycles, or between them: what is left when those with an end to which no
    /// other leads are taken away, again and again.
    fn on_cycles(&self) -> Vec<Join> {
        let mut left: Vec<Join> = self.joins().collect();
        let mut touching = vec![0usize; self.pattern.nodes.len()];
        left.iter().flat_map(|join| self.ends(*join)).for_each(|end| touching[end] += 1);
        loop {
            let before = left.len();
            left.retain(|join| {
                let ends = self.ends(*join);
                let stays = ends.iter().all(|end| touching[*end] > 1);
                if !stays {
                    ends.iter().for_each(|end| touching[*end] -= 1);
                }
                stays
            });
            if left.len() == before {
                return left;
            }
        }
    }

    /// Whether no relation and no route begins or ends at the node.
    fn stands_alone(&self, node: usize) -> bool {
        let PatternGraph { rels, routes, .. } = &self.pattern;
        let mut ends =
            rels.iter().map(|rel| (rel.left, rel.right)).chain(routes.iter().map(|each| (each.left, each.right)));
        !ends.any(|(left, right)| left == node || right == node)
    }

    /// Whether a route leads through the node, and nothing begins or ends there: the route will find it.
    fn lies_inside(&self, node: usize) -> bool {
        self.pattern.routes.iter().any(|route| route.ends.contains(&node)) && self.stands_alone(node)
    }

    /// How many nodes a scan for this node is expected to find.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn start_cost(&self, node: usize) -> f64 {
        if self.pattern.nodes[node].is.is_some() {
            return 1.0;
        }
        // Nobody bears a label that the graph does not know.
        if self.pattern.nodes[node].labels == Some(LabelTest::Label(None)) {
            return 0.0;
        }
        let nodes = match self.scan_label(node) {
            Some(label) => self.graph.label_count(label),
            None => self.graph.node_count(),
        };
        match self.sought(node) {
            Some((_, Sought { any_of: true, .. })) => LISTED.min(nodes as f64 / 2.0),
            Some((_, Sought { key: None, .. })) => 1.0,
            Some(_) => 2.0_f64.min(nodes as f64),
            None => nodes as f64 * self.own_selectivity(node),
        }
    }

    /// Which part of the nodes the conditions on a node alone are expected to let through: an equality one in twenty, a
    /// range one in three, as in Selinger's paper, where nothing is known of the values.
    fn own_selectivity(&self, node: usize) -> f64 {
        let slot = self.pattern.nodes[node].slot;
        let own = self.waiting.iter().filter(|each| each.needs.len() == 1 && each.needs.contains(&slot));
        own.map(|each| match &each.predicate.kind {
            BoundExprKind::Comparison(_, rest) if rest.iter().any(|(op, _)| *op == ComparisonOp::Equal) => 0.05,
            BoundExprKind::Binary(BinaryOp::In, ..) => 0.1,
            BoundExprKind::Comparison(..) | BoundExprKind::Binary(..) => 0.33,
            _ => 0.5,
        })
        .product()
    }

    fn scan_label(&self, node: usize) -> Option<crate::model::LabelId> {
        fn rarest(test: &LabelTest, graph: &Graph) -> Option<crate::model::LabelId> {
            match test {
                LabelTest::Label(label) => *label,
                LabelTest::Or(first, _) if is_injected(Fault::FirstOfTwoLabels) => rarest(first, graph),
                LabelTest::And(a, b) => {
                    let found = [rarest(a, graph), rarest(b, graph)].into_iter().flatten();
                    found.min_by_key(|label| graph.label_count(*label))
                }
                _ => None,
            }
        }
        rarest(self.pattern.nodes[node].labels.as_ref()?, self.graph)
    }

    /// The condition by which a node is sought best, and what it asks for: the node itself before a key with an index, one
    /// value before a list. What it is compared with is known before the scan.
    fn sought(&self, node: usize) -> Option<(usize, Sought<'_>)> {
        let slot = self.pattern.nodes[node].slot;
        let is_indexed = |key: &Arc<str>| self.graph.key_id(key).is_some_and(|key| self.graph.is_indexed(key));
        let found = self.waiting.iter().enumerate().filter_map(|(place, each)| {
            let is_alone = each.needs.contains(&slot)
                && each.needs.iter().all(|need| *need == slot || !self.missing.contains(need));
            let sought = Sought::of(&each.predicate, slot).filter(|_| is_alone)?;
            // Without an index, a table of the values serves where many rows ask; one constant is found by looking.
            let joins = |value| columns_of(value).is_some_and(|columns| !columns.is_empty());
            sought.key.is_none_or(|key| is_indexed(key) || joins(sought.value)).then_some((place, sought))
        });
        found.min_by_key(|(_, sought)| {
            (sought.any_of, sought.key.is_some_and(|key| !is_indexed(key)), sought.key.is_some())
        })
    }

    /// Whether a name or a look-up finds the node at once, or hardly more nodes than it: a walk that knows its end finds
    /// it sooner, and from both sides.
    fn is_sought_out(&self, node: usize) -> bool {
        let usual = |key: &Arc<str>| self.graph.key_id(key).and_then(|key| self.graph.usual_bearers(key));
        let finds_few = |(_, sought): (usize, Sought<'_>)| {
            !sought.any_of && sought.key.is_none_or(|key| usual(key).is_some_and(|nodes| nodes <= 2))
        };
        self.pattern.nodes[node].is.is_some() || !self.literally && self.sought(node).is_some_and(finds_few)
    }

    fn scan(&mut self, node: usize) {
        let slot = self.pattern.nodes[node].slot;
        let seek = self.sought(node).filter(|_| !self.literally).map(|(place, sought)| (place, sought.seek()));
        let mut labels = self.pattern.nodes[node].labels.clone();
        let by = if let Some(is) = self.pattern.nodes[node].is {
            ScanBy::Is(is)
        } else if let Some((place, seek)) = seek {
            // What the look-up finds needs no second look.
            self.waiting.remove(place);
            labels = labels.filter(|_| !is_injected(Fault::SoughtTextAlone));
            ScanBy::Value(seek)
        } else if let Some(label) = self.scan_label(node) {
            if labels == Some(LabelTest::Label(Some(label))) {
                labels = None;
            }
            ScanBy::Label(label)
        } else {
            ScanBy::All
        };
        self.steps.push(Step::Scan { slot, by });
        if let Some(labels) = labels {
            let column = Box::new(BoundExpr { span: Default::default(), kind: BoundExprKind::Column(slot) });
            let kind = BoundExprKind::HasLabels(column, labels);
            self.steps.push(Step::Filter(BoundExpr { span: Default::default(), kind }));
        }
        self.known_nodes[node] = true;
        self.missing.remove(&slot);
        self.exists(slot);
    }

    fn hop(&mut self, number: usize) {
        let rel = self.pattern.rels[number].clone();
        let rel_is_bound = !self.missing.contains(&rel.slot);
        let forward = self.known_nodes[rel.left] || (rel_is_bound && !self.known_nodes[rel.right]);
        let (from, to) = if forward { (rel.left, rel.right) } else { (rel.right, rel.left) };
        let from_is_bound = self.known_nodes[from];
        // A far end that a name stands for is put in place first, so that the hop leads into it.
        if !self.known_nodes[to] && self.pattern.nodes[to].is.is_some() {
            self.scan(to);
        }
        let to_is_bound = self.known_nodes[to];
        let (from_slot, to_slot) = (self.pattern.nodes[from].slot, self.pattern.nodes[to].slot);
        self.steps.push(Step::Expand(Expand {
            from: from_slot,
            to: to_slot,
            rel: rel.slot,
            types: turned(&rel.types, forward),
            from_is_bound,
            to_is_bound,
            rel_is_bound,
            to_labels: if to_is_bound { None } else { self.pattern.nodes[to].labels.clone() },
            unlike: self.unlike(Join::Rel(number)),
            evidence: self.evidence.clone(),
            takes: Takes::Each,
        }));
        self.done_rels[number] = true;
        self.missing.remove(&rel.slot);
        if !from_is_bound {
            self.known_nodes[from] = true;
            self.missing.remove(&from_slot);
            self.test_bound(from);
        }
        self.arrive(to);
    }

    fn walk(&mut self, number: usize) {
        for slot in self.needs(number) {
            let node = self.pattern.nodes.iter().position(|node| node.slot == slot);
            self.scan(node.expect("a route waits until all that it needs but nodes is there"));
        }
        let PatternRoute { left, right, ends, route, .. } = self.pattern.routes[number].clone();
        let forward = self.known_nodes[left];
        let (from, to) = if forward { (left, right) } else { (right, left) };
        if !self.known_nodes[to] && self.is_sought_out(to) {
            self.scan(to);
            self.flush();
        }
        let to_is_bound = self.known_nodes[to];
        let unlike = self.unlike(Join::Route(number));
        let mut route = if forward { route } else { route.reversed() };
        for leg in &mut route.legs {
            // A node inside may have been found by another part of the pattern.
            leg.end.known = leg.node.filter(|slot| !self.missing.contains(slot));
        }
        if !to_is_bound && let Some(last) = route.legs.last_mut() {
            last.end = Stand { labels: self.pattern.nodes[to].labels.clone(), ..Stand::default() };
        }
        let filled: BTreeSet<Slot> = route.slots();
        let (from, to_slot) = (self.pattern.nodes[from].slot, self.pattern.nodes[to].slot);
        self.steps.push(Step::Walk(Walk {
            from,
            to: to_slot,
            route,
            is_reversed: !forward && !is_injected(Fault::WalkNotTurned),
            to_is_bound,
            unlike,
            evidence: self.evidence.clone(),
            yields: Yield::Ways,
        }));
        self.done_routes[number] = true;
        self.missing.retain(|slot| !filled.contains(slot));
        self.arrive(to);
        ends.into_iter().for_each(|node| self.arrive(node));
    }

    /// A step has led to a node, which is known from now on.
    fn arrive(&mut self, node: usize) {
        let slot = self.pattern.nodes[node].slot;
        self.missing.remove(&slot);
        if !self.known_nodes[node] {
            self.known_nodes[node] = true;
            self.exists(slot);
        }
    }

    /// The relations of the same MATCH that are placed already and could be the same one.
    fn unlike(&self, join: Join) -> Vec<Slot> {
        if self.pattern.is_repeatable || is_injected(Fault::RelationTwice) {
            return Vec::new();
        }
        let types = |join: Join| match join {
            Join::Rel(rel) => vec![(self.pattern.rels[rel].slot, &self.pattern.rels[rel].types)],
            Join::Route(route) => {
                let legs = self.pattern.routes[route].route.legs.iter();
                legs.flat_map(|leg| leg.hops.iter().map(|hop| (leg.rels, hop))).collect()
            }
        };
        let this = types(join);
        let rels = (0..self.done_rels.len()).filter(|rel| self.done_rels[*rel]).map(Join::Rel);
        let routes = (0..self.done_routes.len()).filter(|route| self.done_routes[*route]).map(Join::Route);
        let others = rels.chain(routes).filter(|other| *other != join).flat_map(types);
        let shared = others.filter(|(_, other)| this.iter().any(|(_, own)| may_share(own, other)));
        let slots: BTreeSet<Slot> = shared.map(|(slot, _)| slot).collect();
        slots.into_iter().collect()
    }

    fn paths(&mut self) {
        let computed: Vec<_> = self.pattern.paths.iter().map(|path| (path.expression(), path.slot)).collect();
        if !computed.is_empty() {
            self.steps.push(Step::Compute(computed));
        }
    }
}

fn turned(types: &RelTypes, forward: bool) -> RelTypes {
    if forward || is_injected(Fault::HopNotTurned) { types.clone() } else { types.reversed() }
}

/// Whether two steps may take the same relation.
pub(super) fn may_share(a: &RelTypes, b: &RelTypes) -> bool {
    match (a, b) {
        (RelTypes::These(a), RelTypes::These(b)) => a.iter().any(|(each, _)| b.iter().any(|(other, _)| each == other)),
        _ => true,
    }
}

/// Takes a condition into the pattern where it says what the pattern could have said: `n:Label` of a new node, `r:TYPE`
/// or `type(r) = 'TYPE'` of a new relation, and the last with IN. Whether it was such.
fn narrow(pattern: &mut PatternGraph, condition: &BoundExpr, graph: &Graph) -> bool {
    if let BoundExprKind::HasLabels(of, test) = &condition.kind {
        let BoundExprKind::Column(slot) = of.kind else { return false };
        return match test {
            LabelTest::Types(types) => narrow_rel(pattern, slot, types.clone()),
            test => narrow_node(pattern, slot, test),
        };
    }
    let Some((of, names)) = conjuncts::names(condition) else { return false };
    let BoundExprKind::Call(function, args) = &of.kind else { return false };
    let [BoundExpr { kind: BoundExprKind::Column(slot), .. }] = args.as_slice() else { return false };
    function.name == "type" && narrow_rel(pattern, *slot, names.iter().filter_map(|name| graph.type_id(name)).collect())
}

fn narrow_node(pattern: &mut PatternGraph, slot: Slot, labels: &LabelTest) -> bool {
    // What is asked of a node within a route, the route asks while it is walked.
    let is_inside = |node: usize| pattern.routes.iter().any(|route| route.ends.contains(&node) && route.right != node);
    let place = pattern.nodes.iter().position(|node| node.slot == slot && !node.is_bound);
    let Some(place) = place.filter(|place| !is_inside(*place)) else { return false };
    if !is_injected(Fault::LabelsUnasked) {
        pattern.nodes[place].ask(labels.clone());
    }
    true
}

fn narrow_rel(pattern: &mut PatternGraph, slot: Slot, mut wanted: Vec<TypeId>) -> bool {
    let Some(rel) = pattern.rels.iter_mut().find(|rel| rel.slot == slot && !rel.is_bound) else { return false };
    if is_injected(Fault::FirstOfTwoTypes) {
        wanted.truncate(1);
    }
    wanted.sort_unstable();
    wanted.dedup();
    rel.types = RelTypes::These(match &rel.types {
        RelTypes::Any(way) => wanted.into_iter().map(|each| (each, *way)).collect(),
        RelTypes::These(types) => types.iter().filter(|(each, _)| wanted.contains(each)).copied().collect(),
    });
    true
}
