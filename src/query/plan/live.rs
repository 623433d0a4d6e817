//! Which columns are still read behind each step, so that no operator gathers or makes what nobody reads.
//!
//! Read backwards through a pipeline, once all passes are done. Where a step's reading is not plain (subqueries, steps
//! that write), all columns count as read. Hidden columns of operators come after the query's slots and count as read.

use super::columns::columns_of;
use super::logical::{Expand, Pipeline, Plan, ScanBy, Step, Yield};
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::bind::tree::BoundEvidence;
use crate::query::faults::{Fault, is_injected};

/// The columns that are read from some place on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Live {
    /// All of them, as far as anybody knows.
    #[default]
    All,
    /// Of the query's slots, those that are marked.
    These(Vec<bool>),
}

impl Live {
    fn of(slots: impl IntoIterator<Item = Slot>, count: u32) -> Self {
        let mut live = Self::These(vec![false; count as usize]);
        live.extend(slots);
        live
    }

    /// Whether a slot is read.
    #[inline]
    #[must_use]
    pub fn reads(&self, slot: usize) -> bool {
        match self {
            Self::All => true,
            Self::These(marks) => marks.get(slot).copied().unwrap_or(true),
        }
    }

    fn extend(&mut self, slots: impl IntoIterator<Item = Slot>) {
        if let Self::These(marks) = self {
            for slot in slots {
                if let Some(mark) = marks.get_mut(slot.index()) {
                    *mark = true;
                }
            }
        }
    }

    fn join(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::These(marks), Self::These(others)) => {
                marks.iter_mut().zip(others).for_each(|(mark, other)| *mark |= other);
            }
            _ => *self = Self::All,
        }
    }

    fn remove(&mut self, slot: Slot) {
        if let Self::These(marks) = self
            && let Some(mark) = marks.get_mut(slot.index())
        {
            *mark = false;
        }
    }

    /// Adds what some expressions read.
    fn read<'e>(&mut self, exprs: impl IntoIterator<Item = &'e BoundExpr>) {
        for expr in exprs {
            match columns_of(expr) {
                Some(columns) => self.extend(columns),
                None => *self = Self::All,
            }
        }
    }

    /// What is read before a hop.
    fn hop(&mut self, expand: &Expand) {
        let ends =
            [(expand.from, expand.from_is_bound), (expand.to, expand.to_is_bound), (expand.rel, expand.rel_is_bound)];
        ends.iter().filter(|(_, is_bound)| !is_bound).for_each(|(slot, _)| self.remove(*slot));
        self.extend(ends.into_iter().filter(|(_, is_bound)| *is_bound).map(|(slot, _)| slot));
        if !is_injected(Fault::TakenUnread) {
            self.extend(expand.unlike.iter().copied());
        }
        self.read_evidence(expand.evidence.as_deref());
    }

    fn read_evidence(&mut self, evidence: Option<&BoundEvidence>) {
        if let Some(evidence) = evidence {
            self.read(evidence.expressions());
        }
    }
}

/// Notes behind each step of a plan what is still read.
pub(super) fn note(plan: &mut Plan) {
    let count = plan.slots;
    let output = plan.output.iter().map(|column| column.slot).chain(plan.evidence);
    pipeline(&mut plan.root, Live::of(output, count), count);
    for subplan in &mut plan.subplans {
        pipeline(&mut subplan.pipeline, Live::of(subplan.output.iter().map(|column| column.slot), count), count);
    }
}

/// What is read before the first step.
fn pipeline(of: &mut Pipeline, end: Live, count: u32) -> Live {
    let mut live = end;
    of.live = vec![Live::All; of.steps.len()];
    for (number, each) in of.steps.iter_mut().enumerate().rev() {
        of.live[number] = live.clone();
        live = before(each, live, count);
    }
    live
}

fn before(step: &mut Step, mut live: Live, count: u32) -> Live {
    match step {
        Step::Scan { slot, by } => {
            live.remove(*slot);
            if let ScanBy::Value(seek) = by {
                live.read([&seek.value]);
            }
        }
        Step::Expand(expand) => live.hop(expand),
        Step::ScanRelations(scan) => live.hop(&Expand { from_is_bound: false, ..scan.expand.clone() }),
        Step::Intersect(both) => {
            live.hop(&both.second);
            live.hop(&both.first);
        }
        Step::Join(join) => {
            let mut behind = live.clone();
            behind.read(join.keys.iter().map(|(_, found)| found));
            pipeline(&mut join.inner, behind, count);
            join.inner.steps.iter().flat_map(Step::filled).for_each(|slot| live.remove(slot));
            live.read(join.keys.iter().map(|(known, _)| known));
        }
        Step::Gauge(_) => {}
        Step::Walk(walk) => {
            if let Yield::Counts(number) = walk.yields {
                live.remove(number);
            }
            walk.inner_slots().into_iter().for_each(|slot| live.remove(slot));
            if !walk.to_is_bound {
                live.remove(walk.to);
            }
            live.extend(walk.reads());
            live.read(walk.expressions());
        }
        Step::Filter(predicate) => live.read([&*predicate]),
        Step::Exists(slot, evidence) => {
            live.extend([*slot]);
            live.read_evidence(Some(&**evidence));
        }
        Step::Compute(items) => {
            items.iter().for_each(|(_, slot)| live.remove(*slot));
            live.read(items.iter().map(|(expr, _)| expr));
        }
        Step::Keep(slots) => {
            let kept = slots.iter().copied().filter(|slot| live.reads(slot.index())).collect::<Vec<_>>();
            live = Live::of(kept, count);
        }
        Step::Around(slots) => slots.iter().for_each(|slot| live.remove(*slot)),
        Step::Aggregate { keys, aggregates, evidence } => {
            live = Live::of([], count);
            live.read(keys.iter().chain(evidence.iter()).map(|(expr, _)| expr));
            live.read(aggregates.iter().flat_map(|(aggregate, _)| &aggregate.args));
        }
        Step::Distinct { slots, evidence } => live.extend(slots.iter().copied().chain(*evidence)),
        Step::Sort { keys, .. } => live.read(keys.iter().map(|(expr, _)| expr)),
        Step::Skip(number) | Step::Limit(number) => live.read([&*number]),
        Step::Unwind { list, slot } => {
            live.remove(*slot);
            live.read([&*list]);
        }
        Step::Optional { inner, fills } => {
            let first = pipeline(inner, live.clone(), count);
            fills.iter().for_each(|slot| live.remove(*slot));
            live.join(&first);
        }
        Step::Union { branches, .. } => {
            for (branch, slots) in branches {
                pipeline(branch, Live::of(slots.iter().copied(), count), count);
            }
            live = Live::All;
        }
        Step::Call { inner, .. } | Step::Foreach { inner, .. } => {
            pipeline(inner, Live::All, count);
            live = Live::All;
        }
        Step::Merge(merge) => {
            pipeline(&mut merge.sought, Live::All, count);
            live = Live::All;
        }
        Step::Match(_)
        | Step::Create(_)
        | Step::Change(_)
        | Step::Delete(_)
        | Step::LoadCsv(_)
        | Step::Procedure(_)
        | Step::Eager => live = Live::All,
    }
    live
}
