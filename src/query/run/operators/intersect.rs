//! Two hops to the same new node: for each row, each node that both lead to.
//!
//! Where nobody reads what is found, the rows are only counted: see [`cycle_count`](super::cycle_count).

use rustc_hash::FxHashSet;

use super::cycle_count::Asked;
use super::expand::Out;
use super::hops::Sink;
use super::steps::{Taken, node_at};
use super::{Input, Operator};
use crate::model::{EdgeId, NodeId};
use crate::query::bind::bound::Slot;
use crate::query::plan::Live;
use crate::query::plan::logical::{Expand, Intersect};
use crate::query::run::admission::Admission;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome};

/// To meet a row's relations costs about as much as to look at the ends of so many.
const RELATIONS_A_ROW: usize = if cfg!(feature = "faults") { 1 } else { 32 };

/// So many pairs of nodes are gathered before they are counted; with the feature `faults` so few that small graphs
/// fill several.
const PAIRS: usize = if cfg!(feature = "faults") { 5 } else { 1 << 17 };

pub(super) struct IntersectHops<'p> {
    input: Input<'p>,
    step: &'p Intersect,
    live: &'p Live,
    /// What the second hop may not take beside the first one's relation.
    unlike: Vec<Slot>,
    admissions: Option<[Option<Admission>; 2]>,
    /// The nodes that relations of the hops' types lead from to themselves; asked where many rows hold relations.
    loops: Option<FxHashSet<NodeId>>,
    /// How many rows were counted before that was asked; none once it was.
    rows_before_loops: Option<usize>,
    at: Option<(Batch, usize)>,
    is_done: bool,
}

impl<'p> IntersectHops<'p> {
    pub(super) fn new(input: Input<'p>, step: &'p Intersect, live: &'p Live) -> Self {
        let unlike: Vec<Slot> = step.second.unlike.iter().copied().filter(|slot| *slot != step.first.rel).collect();
        let holds = !(step.first.unlike.is_empty() && unlike.is_empty());
        let rows_before_loops = holds.then_some(0);
        Self { input, step, live, unlike, admissions: None, loops: None, rows_before_loops, at: None, is_done: false }
    }

    fn reads(&self, slot: Slot) -> bool {
        self.live.reads(slot.index())
    }

    /// Whether only the number of rows is wanted, for rows of this batch.
    fn only_counts(&self, batch: &Batch) -> bool {
        let Intersect { first, second } = self.step;
        !batch.carries(self.live) && ![first.rel, second.rel, first.to].iter().any(|slot| self.reads(*slot))
    }

    fn admit(&mut self, execution: &Execution<'_>, batch: &Batch) -> Outcome<()> {
        if self.admissions.is_none() {
            let row = Row { batch, index: 0 };
            let of = |expand: &Expand| Admission::of(expand.evidence.as_deref(), execution, row);
            self.admissions = Some([of(&self.step.first)?, of(&self.step.second)?]);
        }
        Ok(())
    }

    /// Asks for the loops once as many rows are counted as are worth a look at all relations.
    fn expect_rows(&mut self, execution: &Execution<'_>, rows: usize) {
        let Some(before) = self.rows_before_loops else { return };
        let graph = execution.graph.borrow();
        if (before + rows) * RELATIONS_A_ROW < self.asked().relations(&graph) {
            self.rows_before_loops = Some(before + rows);
        } else {
            self.rows_before_loops = None;
            self.loops = self.asked().loops(&graph);
        }
    }

    /// What is asked of each pair of nodes.
    fn asked(&self) -> Asked<'_> {
        Asked { step: self.step, admissions: self.admissions.as_ref().expect("admitted before the first row") }
    }

    /// The two known nodes of a row, unless one is null.
    fn pair(&self, batch: &Batch, row: usize) -> Option<(NodeId, NodeId)> {
        Some((node_at(batch, row, self.step.first.from)?, node_at(batch, row, self.step.second.from)?))
    }

    /// The known nodes of all rows, but of those that have a null. What rows lead to whose own relations are in the way is
    /// counted at once.
    fn add_pairs(
        &self,
        execution: &Execution<'_>,
        batch: &Batch,
        (pairs, apart): (&mut Vec<(NodeId, NodeId)>, &mut usize),
    ) -> Outcome<()> {
        let columns = [&self.step.first, &self.step.second].map(|hop| batch.column(hop.from.index()));
        let is_free = self.step.first.unlike.is_empty() && self.unlike.is_empty();
        if let ([Column::Nodes(one), Column::Nodes(other)], true) = (columns, is_free) {
            let all = one.iter().copied().zip(other.iter().copied());
            pairs.extend(all.filter(|(one, other)| one.some().is_some() && other.some().is_some()));
            return Ok(());
        }
        let graph = execution.graph.borrow();
        let asked = self.asked();
        let mut meeting = asked.meeting(&graph);
        let mut first = Taken::of(batch, &self.step.first.unlike);
        let mut second = Taken::of(batch, &self.unlike);
        for row in 0..batch.rows {
            let Some(pair) = self.pair(batch, row) else { continue };
            let taken = (first.of_row(row), second.of_row(row));
            let may_take = |edge: &EdgeId| asked.may_take(&graph, *edge, pair, self.loops.as_ref());
            if taken.0.iter().chain(taken.1).any(may_take) {
                execution.token.step()?;
                meeting.meet(pair, taken, &mut |_, _, _| *apart += 1);
            } else {
                pairs.push(pair);
            }
        }
        Ok(())
    }

    /// Counts what the rows of this batch and those that follow it lead to; a part of them at a time.
    fn count(&mut self, execution: &Execution<'_>, batch: &Batch) -> Outcome<usize> {
        let (mut pairs, mut apart) = (Vec::new(), 0);
        self.expect_rows(execution, batch.rows);
        self.add_pairs(execution, batch, (&mut pairs, &mut apart))?;
        while pairs.len() < PAIRS {
            let Some(batch) = self.input.next(execution)? else {
                self.is_done = true;
                break;
            };
            execution.token.check()?;
            self.expect_rows(execution, batch.rows);
            self.add_pairs(execution, &batch, (&mut pairs, &mut apart))?;
        }
        let held = pairs.len() * size_of::<(NodeId, NodeId)>();
        execution.token.hold(held)?;
        let graph = execution.graph.borrow();
        let count = self.asked().count(&graph, &mut pairs, execution.token.watch())?;
        execution.token.release(held);
        Ok(count + apart)
    }

    /// Rows from `row` on until the output is full; the next row.
    fn rows(
        &self,
        execution: &Execution<'_>,
        batch: &Batch,
        mut row: usize,
        (out, others): (&mut Out, &mut Option<Vec<EdgeId>>),
    ) -> Outcome<usize> {
        let graph = execution.graph.borrow();
        let mut meeting = self.asked().meeting(&graph);
        let mut first = Taken::of(batch, &self.step.first.unlike);
        let mut second = Taken::of(batch, &self.unlike);
        while row < batch.rows && out.count < BATCH_ROWS {
            execution.token.step()?;
            out.row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
            if let Some(pair) = self.pair(batch, row) {
                meeting.meet(pair, (first.of_row(row), second.of_row(row)), &mut |one, two, node| {
                    out.one(one, node);
                    others.iter_mut().for_each(|others| others.push(two));
                });
            }
            row += 1;
        }
        Ok(row)
    }
}

impl Operator for IntersectHops<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Intersect { first, second } = self.step;
        loop {
            if self.is_done {
                return Ok(None);
            }
            let (batch, row) = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) if batch.rows > 0 => (batch, 0),
                    Some(_) => continue,
                    None => return Ok(None),
                },
            };
            self.admit(execution, &batch)?;
            if row == 0 && self.only_counts(&batch) {
                let rows = self.count(execution, &batch)?;
                if rows > 0 {
                    return Ok(Some(Batch { columns: vec![None; batch.columns.len()], rows }));
                }
                continue;
            }
            let mut out = Out::new(&batch, self.live, self.reads(first.rel), self.reads(first.to));
            let mut others = self.reads(second.rel).then(Vec::new);
            let row = self.rows(execution, &batch, row, (&mut out, &mut others))?;
            let mut met = out.gathered(&batch, self.live);
            if row < batch.rows {
                self.at = Some((batch, row));
            }
            if out.count == 0 {
                continue;
            }
            let rels = [(first.rel, out.edges), (second.rel, others)];
            for (slot, edges) in rels.into_iter().filter_map(|(slot, edges)| Some((slot, edges?))) {
                met.set(slot.index(), Column::Rels(edges));
            }
            if let Some(nodes) = out.nodes {
                met.set(first.to.index(), Column::Nodes(nodes));
            }
            return Ok(Some(met));
        }
    }
}
