//! Walks along a route: for each row, all paths from its node ([`every`](super::every)), or the shortest of them
//! ([`shortest`](super::shortest); where little is asked of them, from both ends at once,
//! [`from_both_ends`](super::from_both_ends), or as the [`branches`](super::branches) of a tree).

use std::cell::OnceCell;

use super::branches::Branches;
use super::every::Every;
use super::from_both_ends::{Shortest, meet};
use super::ground::{Ask, Found, Ground, fills};
use super::shortest::{Wanted, shortest, shortest_to};
use super::turns::{Free, Tested, is_free};
use super::{Input, Operator, resume};
use crate::graph::Graph;
use crate::model::Value;
use crate::query::bind::bound::{BoundExpr, Slot};
use crate::query::bind::tree::Select;
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::ErrorClass;
use crate::query::plan::Live;
use crate::query::plan::logical::Walk;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome, RunError};

pub(super) struct WalkRoute<'p> {
    input: Input<'p>,
    walk: &'p Walk,
    live: &'p Live,
    fills: Vec<Slot>,
    /// The same walk from its other end, once it is searched from there.
    back: OnceCell<Walk>,
    /// The batch being walked from, and its next row.
    at: Option<(Batch, usize)>,
    /// The search from the row before that one, if it is not at its end.
    search: Option<Every>,
}

impl<'p> WalkRoute<'p> {
    pub(super) fn new(input: Input<'p>, walk: &'p Walk, live: &'p Live) -> Self {
        Self { input, walk, live, fills: fills(walk), back: OnceCell::new(), at: None, search: None }
    }

    fn back(&self) -> &Walk {
        let turned = |walk: &Walk| Walk { from: walk.to, to: walk.from, route: walk.route.reversed(), ..walk.clone() };
        self.back.get_or_init(|| turned(self.walk))
    }

    /// Begins with a row; a selective walk is done with it at once.
    fn begin(&mut self, execution: &Execution<'_>, batch: &Batch, row: usize, found: &mut Found) -> Outcome<()> {
        let Some(mut ask) = Ask::of(self.walk, execution, batch, row)? else { return Ok(()) };
        match wanted(&self.walk.route.select, execution)? {
            None => self.search = Some(Every::new(ask, self.walk.route.mode)),
            Some(Wanted::Paths(1)) if self.may_meet(&ask) => {
                self.meet(execution, (&mut ask, batch), Shortest::One, found)?;
            }
            Some(Wanted::Lengths(1)) if self.may_meet(&ask) => {
                self.meet(execution, (&mut ask, batch), Shortest::All, found)?;
            }
            Some(Wanted::Paths(1)) if self.may_branch(&ask) => self.branch(execution, &mut ask, found)?,
            Some(wanted) => {
                let graph = execution.graph.borrow();
                shortest(&mut self.ground(execution, &graph, &mut ask), wanted, found)?;
            }
        }
        Ok(())
    }

    /// Whether the shortest ways between two known nodes are sought of which nothing is asked as a whole.
    fn may_meet(&self, ask: &Ask) -> bool {
        ask.target.is_some_and(|target| target != ask.from) && self.walk.is_asked_by_turns()
    }

    /// Searches shortest ways from both ends.
    fn meet(
        &self,
        execution: &Execution<'_>,
        (ask, batch): (&mut Ask, &Batch),
        wanted: Shortest,
        found: &mut Found,
    ) -> Outcome<()> {
        let graph = execution.graph.borrow();
        let leg = &self.walk.route.legs[0];
        let ends = (ask.from, ask.target.expect("both ends are known"));
        let bounds = (wanted, leg.max.unwrap_or(u64::MAX));
        let ways = if is_free(leg) {
            let types = leg.hops[0].reversed();
            // A selector chooses first; what other parts of the pattern hold is left out afterwards.
            let mut ahead = Free::new(&graph, &leg.hops[0], ask.admission(), &[]);
            let mut back = Free::new(&graph, &types, ask.admission(), &[]);
            meet((&mut ahead, &mut back), ends, bounds, (&graph, execution))?
        } else {
            let turned = self.back();
            let Some(mut other) = Ask::of(turned, execution, batch, ask.row)? else { return Ok(()) };
            let mut forth = self.ground(execution, &graph, ask);
            let mut back = Ground { execution, graph: &graph, walk: turned, fills: &self.fills, ask: &mut other };
            let mut ahead = Tested { ground: &mut forth, leg, hops: Vec::new() };
            let mut back = Tested { ground: &mut back, leg: &turned.route.legs[0], hops: Vec::new() };
            meet((&mut ahead, &mut back), ends, bounds, (&graph, execution))?
        };
        for hops in ways {
            self.ground(execution, &graph, ask).offer(&hops, &vec![0; hops.len()], found)?;
        }
        Ok(())
    }

    /// Whether `shortestPath()` seeks a way from a known node to each other that may be an end.
    fn may_branch(&self, ask: &Ask) -> bool {
        let route = &self.walk.route;
        let [leg] = route.legs.as_slice() else { return false };
        ask.target.is_none()
            && matches!(route.select, Select::Classic { all: false })
            && is_free(leg)
            && leg.min <= 1
            && !leg.is_bound
    }

    /// Takes the first shortest way to each end. Where it does not satisfy the conditions on the whole path, others are
    /// sought.
    fn branch(&self, execution: &Execution<'_>, ask: &mut Ask, found: &mut Found) -> Outcome<()> {
        let graph = execution.graph.borrow();
        let leg = &self.walk.route.legs[0];
        let mut turns = Free::new(&graph, &leg.hops[0], ask.admission(), &[]);
        let max = leg.max.unwrap_or(u64::MAX);
        let branches = Branches::grow(&mut turns, ask.from, max, (&graph, execution))?;
        let mut ground = self.ground(execution, &graph, ask);
        let mut others = Vec::new();
        for (number, end) in branches.nodes.iter().enumerate() {
            execution.token.step()?;
            // From a node to itself there is only the way without relations.
            if number == 0 && leg.min > 0 || !ground.is_end(*end)? {
                continue;
            }
            let hops = branches.way_to(number);
            if !ground.offer(&hops, &vec![0; hops.len()], found)? && number > 0 {
                others.push(*end);
            }
        }
        branches.release(execution);
        if others.is_empty() || is_injected(Fault::FirstWayOnly) {
            return Ok(());
        }
        shortest_to(&mut ground, &others, Wanted::Paths(1), found)
    }

    fn ground<'s>(&'s self, execution: &'s Execution<'s>, graph: &'s Graph, ask: &'s mut Ask) -> Ground<'s> {
        Ground { execution, graph, walk: self.walk, fills: &self.fills, ask }
    }

    fn advance(&self, execution: &Execution<'_>, search: &mut Every, found: &mut Found) -> Outcome<bool> {
        let graph = execution.graph.borrow();
        search.advance(execution, &graph, (self.walk, &self.fills), found)
    }
}

/// How many paths a selector wants; none without one.
fn wanted(select: &Select, execution: &Execution<'_>) -> Outcome<Option<Wanted>> {
    Ok(match select {
        Select::All => None,
        Select::Classic { all: false } => Some(Wanted::Paths(1)),
        Select::Classic { all: true } => Some(Wanted::Lengths(1)),
        Select::Paths(count) => Some(Wanted::Paths(number(count, execution)?)),
        Select::Lengths(count) => Some(Wanted::Lengths(number(count, execution)?)),
    })
}

fn number(count: &BoundExpr, execution: &Execution<'_>) -> Outcome<usize> {
    let unit = Batch::unit();
    let value = execution.evaluate(|evaluator| evaluator.value(count, Row { batch: &unit, index: 0 }))?;
    match value {
        Value::Int(int) if int > 0 => Ok(usize::try_from(int).unwrap_or(usize::MAX)),
        Value::Int(int) => {
            let message = format!("a selector wants at least one path, and this is {int}");
            Err(RunError::at(count.span, ErrorClass::ArgumentError, "NumberOutOfRange", message))
        }
        other => {
            let message = format!("a selector takes a whole number, and this is a {}", other.type_name());
            Err(RunError::at(count.span, ErrorClass::TypeError, "InvalidArgumentType", message))
        }
    }
}

impl Operator for WalkRoute<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let Some((batch, mut row)) = resume(&mut self.at, &mut self.input, execution)? else { return Ok(None) };
            let mut found = Found::new(&self.fills);
            while found.rows.len() < BATCH_ROWS {
                if let Some(mut search) = self.search.take() {
                    if !self.advance(execution, &mut search, &mut found)? {
                        self.search = Some(search);
                    }
                } else if row < batch.rows {
                    self.begin(execution, &batch, row, &mut found)?;
                    row += 1;
                } else {
                    break;
                }
            }
            let mut walked = batch.gather_live(&found.rows, self.live);
            if row < batch.rows || self.search.is_some() {
                self.at = Some((batch, row));
            }
            if found.rows.is_empty() {
                continue;
            }
            for (slot, column) in self.fills.iter().zip(found.columns) {
                walked.set(slot.index(), Column::from_values(column));
            }
            if !self.walk.to_is_bound {
                walked.set(self.walk.to.index(), Column::Nodes(found.ends));
            }
            return Ok(Some(walked));
        }
    }
}
