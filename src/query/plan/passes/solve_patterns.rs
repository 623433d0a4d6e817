//! Patterns into scans and hops.
//!
//! The solver starts from what is known: nodes of earlier clauses, nodes that a name stands for, texts that an index
//! finds, the rarest label. From there it always takes the hop that it expects to give the fewest rows, counted by the
//! graph's average degrees (a greedy order, as in Selinger's "Access path selection", 1979, without its
//! enumeration). Each condition is tested as soon as its columns are there.

use std::collections::BTreeSet;

use super::Surroundings;
use crate::graph::Graph;
use crate::query::bind::bound::{BoundExpr, BoundExprKind, LabelTest, Slot};
use crate::query::bind::path_expression;
use crate::query::bind::tree::{BoundEvidence, BoundMatch, PatternGraph, RelTypes, Search, Way};
use crate::query::plan::columns::columns_of;
use crate::query::plan::logical::{Expand, Pipeline, ScanBy, Step, Walk};
use crate::query::syntax::ast::{BinaryOp, ComparisonOp};

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

/// A condition and the new columns that it needs.
struct Waiting {
    predicate: BoundExpr,
    needs: BTreeSet<Slot>,
}

struct Solver<'g> {
    graph: &'g Graph,
    literally: bool,
    pattern: PatternGraph,
    evidence: Option<Box<BoundEvidence>>,
    waiting: Vec<Waiting>,
    known_nodes: Vec<bool>,
    done_rels: Vec<bool>,
    /// Slots of the pattern that no step has filled yet.
    missing: BTreeSet<Slot>,
    steps: Vec<Step>,
}

impl<'g> Solver<'g> {
    fn new(matched: BoundMatch, surroundings: &Surroundings<'g>) -> Self {
        let BoundMatch { pattern, predicates, evidence, .. } = matched;
        let nodes = pattern.nodes.iter().filter(|node| !node.is_bound).map(|node| node.slot);
        let rels = pattern.rels.iter().filter(|rel| !rel.is_bound).map(|rel| rel.slot);
        let paths = pattern.paths.iter().map(|path| path.slot);
        let missing: BTreeSet<Slot> = nodes.chain(rels).chain(paths).collect();
        let mut conjuncts = Vec::new();
        predicates.into_iter().for_each(|predicate| split(predicate, &mut conjuncts));
        let waiting = conjuncts.into_iter().map(|predicate| {
            let needs = match columns_of(&predicate) {
                Some(columns) => columns.into_iter().filter(|slot| missing.contains(slot)).collect(),
                // What a subquery reads is not looked up here: it waits for everything.
                None => missing.clone(),
            };
            Waiting { predicate, needs }
        });
        let waiting = waiting.collect();
        let known_nodes = pattern.nodes.iter().map(|node| node.is_bound).collect();
        let done_rels = vec![false; pattern.rels.len()];
        Self {
            graph: surroundings.graph,
            literally: surroundings.literally,
            pattern,
            evidence: evidence.map(Box::new),
            waiting,
            known_nodes,
            done_rels,
            missing,
            steps: Vec::new(),
        }
    }

    fn solve(mut self) -> Vec<Step> {
        for node in 0..self.pattern.nodes.len() {
            if self.pattern.nodes[node].is_bound {
                self.test_bound(node);
            }
        }
        self.flush();
        loop {
            if let Some(rel) = self.next_rel() {
                self.hop(rel);
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

    /// A node that an earlier clause found must still bear what this pattern says of it.
    fn test_bound(&mut self, node: usize) {
        let slot = self.pattern.nodes[node].slot;
        let column = || Box::new(BoundExpr { span: Default::default(), kind: BoundExprKind::Column(slot) });
        if let Some(labels) = self.pattern.nodes[node].labels.clone() {
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
            let certainly = evidence.certainly && self.pattern.rels.is_empty();
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

    /// The cheapest relation with a known end; as written when solving literally.
    fn next_rel(&self) -> Option<usize> {
        let open = (0..self.pattern.rels.len()).filter(|rel| !self.done_rels[*rel]);
        let reachable = open.filter(|rel| {
            let ends = &self.pattern.rels[*rel];
            ends.is_bound || self.known_nodes[ends.left] || self.known_nodes[ends.right]
        });
        if self.literally {
            return reachable.min();
        }
        reachable.min_by(|a, b| self.hop_cost(*a).total_cmp(&self.hop_cost(*b)).then(a.cmp(b)))
    }

    /// Expected rows for each row that comes in.
    fn hop_cost(&self, rel: usize) -> f64 {
        let rel = &self.pattern.rels[rel];
        let ends_known = self.known_nodes[rel.left] && self.known_nodes[rel.right];
        if rel.is_bound {
            return 0.1;
        }
        let forward = self.known_nodes[rel.left];
        let types = if forward { rel.types.clone() } else { rel.types.reversed() };
        let degree = self.average_degree(&types);
        let far = if forward { rel.right } else { rel.left };
        let selectivity = if ends_known { 0.01 } else { self.node_selectivity(far) };
        match &rel.length {
            None => degree * selectivity,
            Some(length) if length.search != Search::Trails => 1_000.0 * selectivity,
            Some(length) => {
                let steps = length.max.unwrap_or(8).min(8);
                let exponent = i32::try_from(steps).unwrap_or(8);
                degree.max(1.5).powi(exponent) * selectivity
            }
        }
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
        let mut open = (0..self.pattern.nodes.len()).filter(|node| !self.known_nodes[*node]);
        if self.literally {
            return open.next();
        }
        open.min_by(|a, b| self.start_cost(*a).total_cmp(&self.start_cost(*b)).then(a.cmp(b)))
    }

    /// How many nodes a scan for this node is expected to find.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn start_cost(&self, node: usize) -> f64 {
        if self.pattern.nodes[node].is.is_some() {
            return 1.0;
        }
        if self.text_seek(node).is_some() {
            return 2.0;
        }
        match self.scan_label(node) {
            Some(label) => self.graph.label_count(label) as f64,
            None => self.graph.node_count() as f64,
        }
    }

    fn scan_label(&self, node: usize) -> Option<crate::model::LabelId> {
        fn rarest(test: &LabelTest, graph: &Graph) -> Option<crate::model::LabelId> {
            match test {
                LabelTest::Label(label) => *label,
                LabelTest::And(a, b) => {
                    let found = [rarest(a, graph), rarest(b, graph)].into_iter().flatten();
                    found.min_by_key(|label| graph.label_count(*label))
                }
                _ => None,
            }
        }
        rarest(self.pattern.nodes[node].labels.as_ref()?, self.graph)
    }

    /// A condition `node.key = text` whose right side is known before the scan, on a key with an index.
    fn text_seek(&self, node: usize) -> Option<usize> {
        let slot = self.pattern.nodes[node].slot;
        self.waiting.iter().position(|each| {
            each.needs.len() == 1
                && each.needs.contains(&slot)
                && equality(&each.predicate, slot)
                    .is_some_and(|(key, _)| self.graph.key_id(key).is_some_and(|key| self.graph.is_indexed(key)))
        })
    }

    fn scan(&mut self, node: usize) {
        let slot = self.pattern.nodes[node].slot;
        let seek = if self.literally { None } else { self.text_seek(node) };
        let mut labels = self.pattern.nodes[node].labels.clone();
        let by = if let Some(is) = self.pattern.nodes[node].is {
            ScanBy::Is(is)
        } else if let Some(seek) = seek {
            let (key, value) = equality(&self.waiting[seek].predicate, slot).expect("text_seek found it");
            ScanBy::Text { key: key.clone(), value: value.clone() }
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
        let forward = self.known_nodes[rel.left] || (rel.is_bound && !self.known_nodes[rel.right]);
        let (from, to) = if forward { (rel.left, rel.right) } else { (rel.right, rel.left) };
        if !self.known_nodes[from] && rel.length.is_some() {
            // A list of relations is known, and neither end is.
            self.scan(from);
        }
        let from_is_bound = self.known_nodes[from];
        let types = if forward { rel.types.clone() } else { rel.types.reversed() };
        let to_is_bound = self.known_nodes[to];
        let to_node = &self.pattern.nodes[to];
        let (to_labels, is) = if to_is_bound { (None, None) } else { (to_node.labels.clone(), to_node.is) };
        // A far end that a name stands for is put in place first, so that the hop leads into it.
        let to_is_bound = match is {
            Some(_) => {
                self.scan(to);
                true
            }
            None => to_is_bound,
        };
        let unlike = self.unlike(number);
        let (from_slot, to_slot) = (self.pattern.nodes[from].slot, self.pattern.nodes[to].slot);
        let evidence = self.evidence.clone();
        let to_labels = if to_is_bound { None } else { to_labels };
        self.steps.push(match rel.length {
            None => Step::Expand(Expand {
                from: from_slot,
                to: to_slot,
                rel: rel.slot,
                types,
                from_is_bound,
                to_is_bound,
                rel_is_bound: rel.is_bound,
                to_labels,
                unlike,
                evidence,
            }),
            Some(length) => Step::Walk(Walk {
                from: from_slot,
                to: to_slot,
                rels: rel.slot,
                types,
                length,
                is_reversed: !forward,
                to_is_bound,
                rels_are_bound: rel.is_bound,
                to_labels,
                unlike,
                evidence,
            }),
        });
        self.done_rels[number] = true;
        self.missing.remove(&rel.slot);
        if !from_is_bound {
            self.known_nodes[from] = true;
            self.missing.remove(&from_slot);
            self.test_bound(from);
        }
        if !self.known_nodes[to] {
            self.known_nodes[to] = true;
            self.missing.remove(&to_slot);
            self.exists(to_slot);
        }
    }

    /// The relations of the same MATCH that are placed already and could be the same one.
    fn unlike(&self, number: usize) -> Vec<Slot> {
        let this = &self.pattern.rels[number];
        let others = self.pattern.rels.iter().enumerate().filter(|(other, rel)| {
            *other != number
                && self.done_rels[*other]
                && rel.unique_within == this.unique_within
                && may_share(&rel.types, &this.types)
        });
        others.map(|(_, rel)| rel.slot).collect()
    }

    fn paths(&mut self) {
        let computed: Vec<_> = self
            .pattern
            .paths
            .iter()
            .map(|path| (path_expression(&self.pattern, path, Default::default()), path.slot))
            .collect();
        if !computed.is_empty() {
            self.steps.push(Step::Compute(computed));
        }
    }
}

/// Whether two steps may take the same relation.
fn may_share(a: &RelTypes, b: &RelTypes) -> bool {
    match (a, b) {
        (RelTypes::These(a), RelTypes::These(b)) => a.iter().any(|(each, _)| b.iter().any(|(other, _)| each == other)),
        _ => true,
    }
}

fn split(predicate: BoundExpr, into: &mut Vec<BoundExpr>) {
    match predicate.kind {
        BoundExprKind::Binary(BinaryOp::And, a, b) => {
            split(*a, into);
            split(*b, into);
        }
        _ => into.push(predicate),
    }
}

/// The key and the value of `slot.key = value`, in either order.
fn equality(predicate: &BoundExpr, slot: Slot) -> Option<(&std::sync::Arc<str>, &BoundExpr)> {
    fn key_of(expr: &BoundExpr, slot: Slot) -> Option<&std::sync::Arc<str>> {
        match &expr.kind {
            BoundExprKind::Property(subject, key) if matches!(subject.kind, BoundExprKind::Column(at) if at == slot) => {
                Some(key)
            }
            _ => None,
        }
    }
    let BoundExprKind::Comparison(left, rest) = &predicate.kind else { return None };
    let [(ComparisonOp::Equal, right)] = rest.as_slice() else { return None };
    match (key_of(left, slot), key_of(right, slot)) {
        (Some(key), None) => Some((key, right)),
        (None, Some(key)) => Some((key, left)),
        _ => None,
    }
}
