//! The ends of walks, each with the number of ways that lead there.
//!
//! Where both ends are known, the ways are counted from the end whose surroundings are smaller: both are searched in
//! turns, each time further, until one has been searched to its end. Where the ways cannot be counted without walking
//! them, they are walked, and each counts for one.

use super::every::Every;
use super::from_both_ends::number_of_shortest;
use super::ground::{Ask, Found, Ground, fills};
use super::numbers_of_ways::{Part, too_many};
use super::shortest::{Wanted, shortest};
use super::turns::{Free, Tested, Traffic, Turns, is_free};
use super::{Input, Operator, resume};
use crate::graph::Graph;
use crate::model::NodeId;
use crate::query::bind::bound::Slot;
use crate::query::bind::tree::Leg;
use crate::query::plan::Live;
use crate::query::plan::logical::Walk;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::{Execution, Outcome};
use crate::source::Span;

/// How many relations are looked at from one end before the other is tried.
const FIRST_TRY: usize = 256;

pub(super) struct CountWays<'p> {
    input: Input<'p>,
    walk: &'p Walk,
    live: &'p Live,
    number: Slot,
    fills: Vec<Slot>,
    /// The batch being walked from, and its next row.
    at: Option<(Batch, usize)>,
    /// The row before that one, if it is not at its end.
    open: Open,
}

/// What is left of a row.
enum Open {
    Nothing,
    /// Ends and their numbers, the next one last.
    Counted(Vec<(NodeId, i64)>),
    /// A search for the ways one by one.
    Walked(Box<Every>),
}

impl<'p> CountWays<'p> {
    pub(super) fn new(input: Input<'p>, walk: &'p Walk, number: Slot, live: &'p Live) -> Self {
        Self { input, walk, live, number, fills: fills(walk), at: None, open: Open::Nothing }
    }

    fn begin(&self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Open> {
        let Some(mut ask) = Ask::of(self.walk, execution, batch, row)? else { return Ok(Open::Nothing) };
        let graph = execution.graph.borrow();
        let leg = &self.walk.route.legs[0];
        if self.walk.route.select.is_selective() {
            let number = self.number_of_shortest(execution, &graph, &mut ask)?;
            let counted = ask.target.filter(|_| number > 0).map(|target| (target, number));
            return Ok(Open::Counted(counted.into_iter().collect()));
        }
        if Traffic::of(&leg.hops[0]) == Traffic::OneWay
            && let Some(mut counted) = self.count(execution, &graph, leg, &mut ask)?
        {
            counted.reverse();
            let mut ground = Ground { execution, graph: &graph, walk: self.walk, fills: &self.fills, ask: &mut ask };
            if ground.asks_of_ends() {
                let mut kept = Vec::with_capacity(counted.len());
                for (end, number) in counted {
                    if ground.is_end(end)? {
                        kept.push((end, number));
                    }
                }
                counted = kept;
            }
            return Ok(Open::Counted(counted));
        }
        Ok(Open::Walked(Box::new(Every::new(ask, self.walk.route.mode))))
    }

    /// How many shortest ways lead to a known end.
    fn number_of_shortest(&self, execution: &Execution<'_>, graph: &Graph, ask: &mut Ask) -> Outcome<i64> {
        let leg = &self.walk.route.legs[0];
        match ask.target {
            Some(target) if target != ask.from && is_free(leg) => {
                let types = leg.hops[0].reversed();
                let mut ahead = Free::new(graph, &leg.hops[0], ask.admission(), &[]);
                let mut back = Free::new(graph, &types, ask.admission(), &[]);
                let (ends, max) = ((ask.from, target), leg.max.unwrap_or(u64::MAX));
                let number = number_of_shortest((&mut ahead, &mut back), ends, max, (graph, execution))?;
                number.and_then(|number| i64::try_from(number).ok()).ok_or_else(|| too_many(Span::default()))
            }
            _ => {
                let mut ground = Ground { execution, graph, walk: self.walk, fills: &self.fills, ask };
                let mut found = Found::new(&self.fills);
                shortest(&mut ground, Wanted::Lengths(1), &mut found)?;
                Ok(i64::try_from(found.rows.len()).unwrap_or(i64::MAX))
            }
        }
    }

    /// The ends of a row's ways and their numbers, nearer ones first.
    fn count(
        &self,
        execution: &Execution<'_>,
        graph: &Graph,
        leg: &Leg,
        ask: &mut Ask,
    ) -> Outcome<Option<Vec<(NodeId, i64)>>> {
        let bounds = (leg.min, leg.max.unwrap_or(u64::MAX));
        let (from, target) = (ask.from, ask.target);
        let mut part = Part::new(from, graph);
        if !is_free(leg) {
            let mut ground = Ground { execution, graph, walk: self.walk, fills: &self.fills, ask };
            let mut turns = Tested { ground: &mut ground, leg, hops: Vec::new() };
            part.grow(&mut turns, (bounds.1, usize::MAX), execution)?;
            return finish(&part, target, bounds, execution);
        }
        let mut ahead = Free::new(graph, &leg.hops[0], ask.admission(), &ask.taken);
        let Some(target) = target else {
            part.grow(&mut ahead, (bounds.1, usize::MAX), execution)?;
            return finish(&part, None, bounds, execution);
        };
        let types = leg.hops[0].reversed();
        let mut back = Free::new(graph, &types, ask.admission(), &ask.taken);
        let backward = Part::new(target, graph);
        let (part, is_turned) = nearer((part, &mut ahead), (backward, &mut back), bounds.1, execution)?;
        let counted = finish(&part, Some(if is_turned { from } else { target }), bounds, execution)?;
        Ok(counted.map(|counted| counted.into_iter().map(|(_, number)| (target, number)).collect()))
    }

    /// Puts out rows until the batch is full or the row is at its end.
    fn put_out(&mut self, execution: &Execution<'_>, row: usize, out: &mut Out) -> Outcome<()> {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Counted(mut counted) => {
                let from = counted.len().saturating_sub(BATCH_ROWS - out.ends.len());
                for (end, number) in counted.drain(from..).rev() {
                    out.ends.push(end);
                    out.numbers.push(number);
                }
                out.rows.resize(out.ends.len(), u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
                if !counted.is_empty() {
                    self.open = Open::Counted(counted);
                }
            }
            Open::Walked(mut search) => {
                let mut found = Found::new(&self.fills);
                let graph = execution.graph.borrow();
                let is_done = search.advance(execution, &graph, (self.walk, &self.fills), &mut found)?;
                out.numbers.resize(out.numbers.len() + found.ends.len(), 1);
                out.rows.extend(found.rows);
                out.ends.extend(found.ends);
                if !is_done {
                    self.open = Open::Walked(search);
                }
            }
        }
        Ok(())
    }
}

/// Searches from both ends in turns until one search is at its end; whether it is the second. The one with fewer
/// relations at its start begins.
fn nearer(
    (mut first, ahead): (Part, &mut impl Turns),
    (mut second, back): (Part, &mut impl Turns),
    max: u64,
    execution: &Execution<'_>,
) -> Outcome<(Part, bool)> {
    let mut relations = FIRST_TRY;
    let mut is_second_turn = !first.grow(ahead, (max, 1), execution)?
        && (second.grow(back, (max, 1), execution)? || second.relations() < first.relations());
    loop {
        if !std::mem::replace(&mut is_second_turn, false) && first.grow(ahead, (max, relations), execution)? {
            second.release(execution);
            return Ok((first, false));
        }
        if second.grow(back, (max, relations), execution)? {
            first.release(execution);
            return Ok((second, true));
        }
        relations = relations.saturating_mul(2).max(first.relations().min(second.relations()) + 1);
    }
}

fn finish(
    part: &Part,
    sought: Option<NodeId>,
    bounds: (u64, u64),
    execution: &Execution<'_>,
) -> Outcome<Option<Vec<(NodeId, i64)>>> {
    let counted = part.ways(sought, bounds, Span::default());
    part.release(execution);
    counted
}

/// What the present output batch gathers.
#[derive(Default)]
struct Out {
    rows: Vec<u32>,
    ends: Vec<NodeId>,
    numbers: Vec<i64>,
}

impl Operator for CountWays<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let Some((batch, mut row)) = resume(&mut self.at, &mut self.input, execution)? else { return Ok(None) };
            let mut out = Out::default();
            while out.ends.len() < BATCH_ROWS {
                if !matches!(self.open, Open::Nothing) {
                    self.put_out(execution, row - 1, &mut out)?;
                } else if row < batch.rows {
                    self.open = self.begin(execution, &batch, row)?;
                    row += 1;
                } else {
                    break;
                }
            }
            if out.ends.is_empty() {
                continue;
            }
            let mut walked = batch.gather_live(&out.rows, self.live);
            walked.set(self.number.index(), Column::Ints(out.numbers));
            if !self.walk.to_is_bound {
                walked.set(self.walk.to.index(), Column::Nodes(out.ends));
            }
            if row < batch.rows || !matches!(self.open, Open::Nothing) {
                self.at = Some((batch, row));
            }
            return Ok(Some(walked));
        }
    }
}
