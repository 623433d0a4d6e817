//! What the steps of a pipeline read and fill: the ground for passes that leave out what nobody reads.

use std::collections::BTreeSet;

use super::columns::columns_of;
use super::logical::{Expand, FirstRows, Pipeline, Plan, ScanBy, Step, Walk};
use crate::query::bind::bound::{BoundExpr, BoundExprKind, Slot};
use crate::query::bind::tree::Select;
use crate::query::syntax::ast::SubqueryKind;

/// What is known of a plan's subqueries: the outer slots that each reads, by number.
pub struct Subqueries {
    imports: Vec<Vec<Slot>>,
}

impl Subqueries {
    /// Those of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self { imports: plan.subplans.iter().map(|subplan| subplan.imports.clone()).collect() }
    }

    /// Adds the slots that an expression reads, its subqueries included.
    pub fn add_reads(&self, expr: &BoundExpr, into: &mut BTreeSet<Slot>) {
        if let Some(columns) = columns_of(expr) {
            into.extend(columns);
            return;
        }
        self.add_imports(expr, into);
        expr.children().into_iter().for_each(|child| self.add_reads(child, into));
    }

    /// Adds the outer slots that the subqueries of an expression read.
    pub fn add_imports(&self, expr: &BoundExpr, into: &mut BTreeSet<Slot>) {
        if let BoundExprKind::Subquery(_, number) = &expr.kind {
            into.extend(&self.imports[*number]);
        }
        expr.children().into_iter().for_each(|child| self.add_imports(child, into));
    }

    /// Adds the slots that a step itself reads; what its inner pipelines read is theirs.
    pub fn add_step(&self, step: &Step, into: &mut BTreeSet<Slot>) {
        step.expressions().into_iter().for_each(|expr| self.add_reads(expr, into));
        match step {
            Step::Expand(expand) => {
                into.extend(expand.from_is_bound.then_some(expand.from));
                into.extend(expand.to_is_bound.then_some(expand.to));
                into.extend(expand.rel_is_bound.then_some(expand.rel));
                into.extend(&expand.unlike);
            }
            Step::Walk(walk) => into.extend(walk.reads()),
            Step::Exists(slot, _) => {
                into.insert(*slot);
            }
            Step::Distinct { slots, evidence } => into.extend(slots.iter().chain(evidence)),
            _ => {}
        }
    }
}

impl Step {
    /// The slots that the step fills itself.
    #[must_use]
    pub fn filled(&self) -> Vec<Slot> {
        match self {
            Self::Scan { slot, .. } | Self::Unwind { slot, .. } => vec![*slot],
            Self::Expand(expand) => expand.filled(),
            Self::Walk(walk) => {
                let to = (!walk.to_is_bound).then_some(walk.to);
                walk.inner_slots().into_iter().chain(to).collect()
            }
            Self::ScanRelations(scan) => Expand { from_is_bound: false, ..scan.expand.clone() }.filled(),
            Self::Intersect(both) => [both.first.filled(), both.second.filled()].concat(),
            Self::Join(join) => join.inner.steps.iter().flat_map(Self::filled).collect(),
            Self::Compute(items) => items.iter().map(|(_, slot)| *slot).collect(),
            Self::Around(slots) => slots.clone(),
            _ => Vec::new(),
        }
    }

    /// The expressions of the step itself.
    #[must_use]
    pub fn expressions(&self) -> Vec<&BoundExpr> {
        match self {
            Self::Scan { by: ScanBy::Value(seek), .. } => vec![&seek.value],
            Self::Filter(expr) | Self::Skip(expr) | Self::Limit(expr) => vec![expr],
            Self::Unwind { list, .. } | Self::Foreach { list, .. } => vec![list],
            Self::Compute(items) => items.iter().map(|(expr, _)| expr).collect(),
            Self::Sort { keys, first } => {
                keys.iter().map(|(expr, _)| expr).chain(first.iter().flat_map(FirstRows::numbers)).collect()
            }
            Self::Aggregate { keys, aggregates, evidence } => {
                let keys = keys.iter().map(|(expr, _)| expr);
                let args = aggregates.iter().flat_map(|(each, _)| &each.args);
                keys.chain(args).chain(evidence.iter().map(|(expr, _)| expr)).collect()
            }
            Self::Join(join) => join.keys.iter().flat_map(|(known, found)| [known, found]).collect(),
            Self::Expand(expand) => expand.evidence.iter().flat_map(|evidence| evidence.expressions()).collect(),
            Self::Exists(_, evidence) => evidence.expressions().collect(),
            Self::Walk(walk) => walk.expressions(),
            _ => Vec::new(),
        }
    }

    /// The pipelines inside the step.
    #[must_use]
    pub fn inner(&self) -> Vec<&Pipeline> {
        match self {
            Self::Optional { inner, .. } | Self::Call { inner, .. } | Self::Foreach { inner, .. } => vec![inner],
            Self::Merge(merge) => vec![&merge.sought],
            Self::Join(join) => vec![&join.inner],
            Self::Union { branches, .. } => branches.iter().map(|(branch, _)| branch).collect(),
            _ => Vec::new(),
        }
    }

    /// The same, to be rewritten.
    #[must_use]
    pub fn inner_mut(&mut self) -> Vec<&mut Pipeline> {
        match self {
            Self::Optional { inner, .. } | Self::Call { inner, .. } | Self::Foreach { inner, .. } => vec![inner],
            Self::Merge(merge) => vec![&mut merge.sought],
            Self::Join(join) => vec![&mut join.inner],
            Self::Union { branches, .. } => branches.iter_mut().map(|(branch, _)| branch).collect(),
            _ => Vec::new(),
        }
    }
}

impl Pipeline {
    /// Whether what comes out for some rows is what comes out for each of them, put together, and no step reads more of
    /// the graph than the row leads it to.
    #[must_use]
    pub fn treats_rows_alone(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Scan { by, .. } => matches!(by, ScanBy::Is(_) | ScanBy::Value(_)),
            Step::Expand(_)
            | Step::Intersect(_)
            | Step::Join(_)
            | Step::Walk(_)
            | Step::Filter(_)
            | Step::Exists(..)
            | Step::Compute(_)
            | Step::Keep(_)
            | Step::Unwind { .. } => true,
            _ => false,
        })
    }
}

impl Expand {
    /// The slots that the hop fills.
    #[must_use]
    pub fn filled(&self) -> Vec<Slot> {
        let from = (!self.from_is_bound).then_some(self.from);
        let to = (!self.to_is_bound).then_some(self.to);
        let rel = (!self.rel_is_bound).then_some(self.rel);
        [from, to, rel].into_iter().flatten().collect()
    }
}

impl Walk {
    /// The slots that the way itself fills: relations, and nodes on the way.
    #[must_use]
    pub fn inner_slots(&self) -> BTreeSet<Slot> {
        let mut slots = BTreeSet::new();
        for leg in &self.route.legs {
            slots.extend((!leg.is_bound).then_some(leg.rels));
            slots.extend(leg.node.filter(|slot| *slot != self.from && *slot != self.to));
            slots.extend(leg.places.iter().filter_map(|place| place.list));
        }
        slots
    }

    /// The slots that the walk itself reads, beside those of its expressions.
    #[must_use]
    pub fn reads(&self) -> BTreeSet<Slot> {
        let mut reads = self.route.reads.clone();
        reads.insert(self.from);
        reads.extend(self.to_is_bound.then_some(self.to));
        reads.extend(&self.unlike);
        for leg in &self.route.legs {
            reads.extend(leg.is_bound.then_some(leg.rels));
            reads.extend(&leg.reads);
            reads.extend(leg.stands.iter().chain([&leg.end]).filter_map(|stand| stand.known));
        }
        reads
    }

    /// The expressions of its conditions, its selector, and of the time and evidence that it asks for.
    #[must_use]
    pub fn expressions(&self) -> Vec<&BoundExpr> {
        let legs = self.route.legs.iter().flat_map(|leg| leg.conditions.iter().chain(&leg.end_conditions));
        let count = match &self.route.select {
            Select::Paths(count) | Select::Lengths(count) => Some(count),
            Select::All | Select::Classic { .. } => None,
        };
        let evidence = self.evidence.iter().flat_map(|evidence| evidence.expressions());
        legs.chain(&self.route.conditions).chain(count).chain(evidence).collect()
    }
}

impl Plan {
    /// Whether a test passes for every step, inner ones and those of subqueries included.
    pub fn all_steps(&self, mut test: impl FnMut(&Step) -> bool) -> bool {
        fn all(pipeline: &Pipeline, test: &mut dyn FnMut(&Step) -> bool) -> bool {
            pipeline.steps.iter().all(|step| test(step) && step.inner().into_iter().all(|inner| all(inner, test)))
        }
        let subplans = self.subplans.iter().map(|subplan| &subplan.pipeline);
        std::iter::once(&self.root).chain(subplans).all(|pipeline| all(pipeline, &mut test))
    }

    /// The subqueries of which it is only asked whether they yield a row.
    #[must_use]
    pub fn existences(&self) -> BTreeSet<usize> {
        fn gather(expr: &BoundExpr, asked: &mut BTreeSet<usize>, read: &mut BTreeSet<usize>) {
            if let BoundExprKind::Subquery(kind, number) = &expr.kind {
                if *kind == SubqueryKind::Exists {
                    asked.insert(*number)
                } else {
                    read.insert(*number)
                };
            }
            expr.children().into_iter().for_each(|child| gather(child, asked, read));
        }
        let (mut asked, mut read) = (BTreeSet::new(), BTreeSet::new());
        self.all_steps(|step| {
            step.expressions().into_iter().for_each(|expr| gather(expr, &mut asked, &mut read));
            true
        });
        asked.difference(&read).copied().collect()
    }
}
