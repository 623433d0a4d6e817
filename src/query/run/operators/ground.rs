//! The ground of a walk along a route, for one row: which turns lead on from a node, what of a path may repeat, and
//! what a walked path puts into the row.

use rustc_hash::FxHashSet;

use super::steps::{Steps, node_at};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::bound::{BoundExpr, LabelTest, Slot};
use crate::query::bind::tree::{Leg, PathMode, Stand};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::Walk;
use crate::query::run::admission::Admission;
use crate::query::run::batch::{Batch, Column};
use crate::query::run::expression::{Row, label_test};
use crate::query::run::{Execution, Outcome};

/// A relation, and the node to which it leads.
pub(super) type Hop = (EdgeId, NodeId);

/// How far a walk has come: the leg, and how many turns of it are done. Where no upper bound asks for the number,
/// turns are counted only as far as the lower bound asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stage {
    pub leg: usize,
    pub turns: u64,
}

/// What a row asks of a walk.
pub(super) struct Ask {
    /// The row in its batch.
    pub row: usize,
    pub from: NodeId,
    /// The node to which the walk must lead, where it is known.
    pub target: Option<NodeId>,
    admission: Option<Admission>,
    /// Relations that other parts of the pattern hold.
    pub taken: Vec<EdgeId>,
    /// The row by itself, in which conditions are tested; only where there are any.
    scratch: Batch,
}

impl Ask {
    /// What a row asks; none if one of its ends is null, so that nothing can match.
    pub(super) fn of(walk: &Walk, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Option<Self>> {
        let Some(from) = node_at(batch, row, walk.from) else { return Ok(None) };
        let target = if walk.to_is_bound { node_at(batch, row, walk.to) } else { None };
        if walk.to_is_bound && target.is_none() {
            return Ok(None);
        }
        let admission = Admission::of(walk.evidence.as_deref(), execution, Row { batch, index: row })?;
        let taken = super::steps::taken(batch, row, &walk.unlike);
        let legs = &walk.route.legs;
        let is_tested = |leg: &Leg| {
            let asks = !leg.conditions.is_empty() || !leg.end_conditions.is_empty();
            asks || leg.end.known.is_some() || leg.is_bound
        };
        let tests = legs.iter().any(is_tested);
        let scratch = if tests || !walk.route.conditions.is_empty() {
            batch.gather(&[u32::try_from(row).expect("a batch has fewer than 2^32 rows")])
        } else {
            Batch::unit()
        };
        Ok(Some(Self { row, from, target, admission, taken, scratch }))
    }
}

impl Ask {
    /// The time and evidence that are asked for.
    pub(super) fn admission(&self) -> Option<&Admission> {
        self.admission.as_ref()
    }
}

/// Rows as a walk makes them: the rows from which they come, and the columns that it fills.
pub(super) struct Found {
    pub rows: Vec<u32>,
    pub columns: Vec<Vec<Value>>,
    pub ends: Vec<NodeId>,
}

impl Found {
    pub(super) fn new(fills: &[Slot]) -> Self {
        Self { rows: Vec::new(), columns: vec![Vec::new(); fills.len()], ends: Vec::new() }
    }
}

/// The slots that a walk fills, each once.
pub(super) fn fills(walk: &Walk) -> Vec<Slot> {
    let mut fills = Vec::new();
    for leg in &walk.route.legs {
        let node = leg.node.filter(|slot| leg.end.known.is_none() && *slot != walk.from && *slot != walk.to);
        let rels = (!leg.is_bound).then_some(leg.rels);
        for slot in rels.into_iter().chain(node).chain(leg.places.iter().filter_map(|place| place.list)) {
            if !fills.contains(&slot) {
                fills.push(slot);
            }
        }
    }
    fills
}

/// A walk's surroundings.
pub(super) struct Ground<'s> {
    pub execution: &'s Execution<'s>,
    pub graph: &'s Graph,
    pub walk: &'s Walk,
    pub fills: &'s [Slot],
    pub ask: &'s mut Ask,
}

impl<'s> Ground<'s> {
    /// From a stage at a node: the legs of which a further turn may be taken, and whether the walk may end here.
    pub(super) fn onward(&mut self, mut stage: Stage, node: NodeId, into: &mut Vec<Stage>) -> Outcome<bool> {
        let legs = &self.walk.route.legs;
        loop {
            let leg = &legs[stage.leg];
            if leg.max.is_none_or(|max| stage.turns < max) {
                into.push(stage);
            }
            if stage.turns < leg.min || !self.stands(&leg.end, node, node, &[]) {
                return Ok(false);
            }
            if !leg.end_conditions.is_empty() {
                self.set(leg.node, Column::Nodes(vec![node]));
                if !self.all_hold(&leg.end_conditions)? {
                    return Ok(false);
                }
            }
            stage = Stage { leg: stage.leg + 1, turns: 0 };
            if stage.leg == legs.len() {
                return Ok(self.ask.target.is_none_or(|target| target == node));
            }
        }
    }

    /// Whether anything is asked of the node at which the last leg ends.
    pub(super) fn asks_of_ends(&self) -> bool {
        let leg = self.walk.route.legs.last().expect("a route has legs");
        self.ask.target.is_some() || !leg.end.is_free() || !leg.end_conditions.is_empty()
    }

    /// The labels that are asked of the node at which the last leg ends, where nothing else is.
    pub(super) fn asks_labels_alone(&self) -> Option<&'s LabelTest> {
        let walk: &'s Walk = self.walk;
        let leg = walk.route.legs.last().expect("a route has legs");
        let Stand { labels, is: None, known: None, same_as: None } = &leg.end else { return None };
        labels.as_ref().filter(|_| self.ask.target.is_none() && leg.end_conditions.is_empty())
    }

    /// Whether the route may end at a node.
    pub(super) fn is_end(&mut self, node: NodeId) -> Outcome<bool> {
        let leg = self.walk.route.legs.last().expect("a route has legs");
        if self.ask.target.is_some_and(|target| target != node) || !self.stands(&leg.end, node, node, &[]) {
            return Ok(false);
        }
        if leg.end_conditions.is_empty() {
            return Ok(true);
        }
        self.set(leg.node, Column::Nodes(vec![node]));
        self.all_hold(&leg.end_conditions)
    }

    /// The stage behind one more turn.
    pub(super) fn after(&self, stage: Stage) -> Stage {
        let leg = &self.walk.route.legs[stage.leg];
        let turns = stage.turns + 1;
        Stage { leg: stage.leg, turns: if leg.max.is_none() { turns.min(leg.min) } else { turns } }
    }

    /// Appends all turns of a leg from a node, each as many hops as the leg has.
    pub(super) fn turns(&mut self, leg: &Leg, from: NodeId, into: &mut Vec<Hop>) -> Outcome<()> {
        self.turns_to(leg, (from, None), into)
    }

    /// The same from a stage of the walk. Where this is the last turn that it may take, only those that lead to a known end.
    pub(super) fn turns_at(&mut self, stage: Stage, from: NodeId, into: &mut Vec<Hop>) -> Outcome<()> {
        let legs = &self.walk.route.legs;
        let leg = &legs[stage.leg];
        let is_last = stage.leg + 1 == legs.len() && leg.max == Some(stage.turns + 1) && leg.hops.len() == 1;
        self.turns_to(leg, (from, self.ask.target.filter(|_| is_last)), into)
    }

    fn turns_to(&mut self, leg: &Leg, (from, to): (NodeId, Option<NodeId>), into: &mut Vec<Hop>) -> Outcome<()> {
        if !self.stands(&leg.stands[0], from, from, &[]) {
            return Ok(());
        }
        if leg.hops.len() > 1 {
            return self.longer_turns(leg, from, &mut Vec::with_capacity(leg.hops.len()), into);
        }
        let start = into.len();
        self.steps((leg, 0), (from, to), into);
        if leg.stands[1].is_free() && leg.conditions.is_empty() {
            return Ok(());
        }
        let mut kept = start;
        for at in start..into.len() {
            let hop = into[at];
            if self.stands(&leg.stands[1], hop.1, from, &[]) && self.holds(leg, from, &[hop])? {
                into[kept] = hop;
                kept += 1;
            }
        }
        into.truncate(kept);
        Ok(())
    }

    /// Goes on with a turn that has some of its hops.
    fn longer_turns(&mut self, leg: &Leg, from: NodeId, turn: &mut Vec<Hop>, into: &mut Vec<Hop>) -> Outcome<()> {
        let done = turn.len();
        if done == leg.hops.len() {
            if self.holds(leg, from, turn)? {
                into.extend_from_slice(turn);
            }
            return Ok(());
        }
        let mut found = Vec::new();
        self.steps((leg, done), (turn.last().map_or(from, |hop| hop.1), None), &mut found);
        for hop in found {
            self.execution.token.step()?;
            if self.stands(&leg.stands[done + 1], hop.1, from, turn) {
                turn.push(hop);
                self.longer_turns(leg, from, turn, into)?;
                turn.pop();
            }
        }
        Ok(())
    }

    fn steps(&self, (leg, hop): (&Leg, usize), (node, to): (NodeId, Option<NodeId>), into: &mut Vec<Hop>) {
        // A selector chooses first; what other parts of the pattern hold is left out afterwards.
        let taken = if self.walk.route.select.is_selective() { &[][..] } else { &self.ask.taken };
        let steps = Steps { types: &leg.hops[hop], admission: self.ask.admission.as_ref(), taken };
        match to {
            Some(to) => steps.between(self.graph, (node, to), into),
            None => steps.from(self.graph, node, into),
        }
    }

    /// Whether a node is what is asked for, in a turn that began at `from`.
    fn stands(&self, stand: &Stand, node: NodeId, from: NodeId, turn: &[Hop]) -> bool {
        stand.is_free()
            || stand.labels.as_ref().is_none_or(|test| label_test(self.graph, node, test))
                && stand.is.is_none_or(|is| is == node)
                && stand.known.is_none_or(|slot| node_at(&self.ask.scratch, 0, slot) == Some(node))
                && stand.same_as.is_none_or(|place| node == if place == 0 { from } else { turn[place - 1].1 })
    }

    /// Whether a turn satisfies its leg's conditions.
    fn holds(&mut self, leg: &Leg, from: NodeId, turn: &[Hop]) -> Outcome<bool> {
        if leg.conditions.is_empty() {
            return Ok(true);
        }
        let nodes = std::iter::once(from).chain(turn.iter().map(|hop| hop.1));
        for (place, node) in leg.places.iter().step_by(2).zip(nodes) {
            // What is known stays in the row: whether the walk has come there is asked behind the leg.
            let is_known =
                self.walk.route.legs.iter().any(|leg| leg.end.known.is_some() && leg.end.known == place.single);
            if !is_known {
                self.set(place.single, Column::Nodes(vec![node]));
            }
        }
        for (place, (edge, _)) in leg.places.iter().skip(1).step_by(2).zip(turn) {
            self.set(place.single, Column::Rels(vec![*edge]));
        }
        self.all_hold(&leg.conditions)
    }

    fn set(&mut self, slot: Option<Slot>, column: Column) {
        if let Some(slot) = slot {
            self.ask.scratch.set(slot.index(), column);
        }
    }

    fn all_hold(&self, conditions: &[BoundExpr]) -> Outcome<bool> {
        let row = Row { batch: &self.ask.scratch, index: 0 };
        for condition in conditions {
            if !self.execution.evaluate(|evaluator| evaluator.holds(condition, row))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Takes in a whole path, given as its hops and, for each turn, its leg. Whether it is one of the paths: a
    /// selector counts it. What other parts of the pattern hold already, a selected path cannot use.
    pub(super) fn offer(&mut self, hops: &[Hop], turns: &[usize], found: &mut Found) -> Outcome<bool> {
        let end = hops.last().map_or(self.ask.from, |hop| hop.1);
        let Some(values) = self.values(hops, turns) else { return Ok(false) };
        if !self.walk.route.conditions.is_empty() && !self.whole_holds(&values, end)? {
            return Ok(false);
        }
        let route = &self.walk.route;
        if route.select.is_selective() && hops.iter().any(|(edge, _)| self.ask.taken.contains(edge)) {
            return Ok(true);
        }
        found.rows.push(u32::try_from(self.ask.row).expect("a batch has fewer than 2^32 rows"));
        found.ends.push(end);
        for (column, value) in found.columns.iter_mut().zip(values) {
            column.push(value);
        }
        Ok(true)
    }

    /// The values of the slots that are filled; none where one slot would need two values.
    fn values(&self, hops: &[Hop], turns: &[usize]) -> Option<Vec<Value>> {
        let walk = self.walk;
        let mut values: Vec<Option<Value>> = vec![None; self.fills.len()];
        let end = hops.last().map_or(self.ask.from, |hop| hop.1);
        let (mut at, mut turn) = (0, 0);
        for (number, leg) in walk.route.legs.iter().enumerate() {
            let start = at;
            while turns.get(turn) == Some(&number) {
                (at, turn) = (at + leg.hops.len(), turn + 1);
            }
            let before = if start == 0 { self.ask.from } else { hops[start - 1].1 };
            let own = &hops[start..at];
            let rels = self.rels_of(leg, own);
            if leg.is_bound {
                let known = self.ask.scratch.column(leg.rels.index()).value(0);
                known.is_equivalent(&rels).then_some(())?;
            } else {
                self.fill(&mut values, leg.rels, rels)?;
            }
            for (number, place) in leg.places.iter().enumerate() {
                if let Some(slot) = place.list {
                    self.fill(&mut values, slot, self.items(leg, before, own, number))?;
                }
            }
            if let Some(slot) = leg.node.filter(|_| leg.end.known.is_none()) {
                let node = own.last().map_or(before, |hop| hop.1);
                if slot == walk.from || slot == walk.to {
                    let other = if slot == walk.from { self.ask.from } else { end };
                    (other == node).then_some(())?;
                } else {
                    self.fill(&mut values, slot, Value::Node(node))?;
                }
            }
        }
        Some(values.into_iter().map(Option::unwrap_or_default).collect())
    }

    fn fill(&self, values: &mut [Option<Value>], slot: Slot, value: Value) -> Option<()> {
        let place = self.fills.iter().position(|fill| *fill == slot).expect("the walk fills its own slots");
        match &values[place] {
            Some(other) if !other.is_equivalent(&value) => None,
            _ => {
                values[place] = Some(value);
                Some(())
            }
        }
    }

    /// The relations of a leg: a list, in the order of the pattern, or the one of a leg that does not repeat.
    fn rels_of(&self, leg: &Leg, hops: &[Hop]) -> Value {
        if !leg.is_list {
            return Value::Rel(hops[0].0);
        }
        let rels = hops.iter().map(|(edge, _)| Value::Rel(*edge));
        Value::list(if self.walk.is_reversed { rels.rev().collect() } else { rels.collect() })
    }

    /// What stands at one place of a leg, turn by turn, in the order of the pattern.
    fn items(&self, leg: &Leg, before: NodeId, hops: &[Hop], place: usize) -> Value {
        let node = |at: usize| if at == 0 { before } else { hops[at - 1].1 };
        let item = |turn: usize| {
            let start = turn * leg.hops.len();
            if place.is_multiple_of(2) {
                Value::Node(node(start + place / 2))
            } else {
                Value::Rel(hops[start + place / 2].0)
            }
        };
        let turns = 0..hops.len() / leg.hops.len();
        Value::list(if self.walk.is_reversed { turns.rev().map(item).collect() } else { turns.map(item).collect() })
    }

    /// Whether a whole path satisfies the route's conditions.
    fn whole_holds(&mut self, values: &[Value], end: NodeId) -> Outcome<bool> {
        let walk = self.walk;
        for (slot, value) in self.fills.iter().zip(values) {
            self.ask.scratch.set(slot.index(), Column::from_values(vec![value.clone()]));
        }
        self.set(Some(walk.to), Column::Nodes(vec![end]));
        for path in &walk.route.paths {
            let row = Row { batch: &self.ask.scratch, index: 0 };
            let value = self.execution.evaluate(|evaluator| evaluator.value(&path.expression(), row))?;
            self.set(Some(path.slot), Column::Values(vec![value]));
        }
        self.all_hold(&walk.route.conditions)
    }
}

/// What of a path may not repeat, as it grows and shrinks at one end.
pub(super) struct Tracks {
    mode: PathMode,
    start: NodeId,
    edges: FxHashSet<EdgeId>,
    nodes: FxHashSet<NodeId>,
    /// The path has come back to its first node, and goes no further.
    is_closed: bool,
}

impl Tracks {
    /// A path that stands at its first node.
    pub(super) fn new(mode: PathMode, start: NodeId) -> Self {
        let nodes = FxHashSet::from_iter([start]);
        Self { mode, start, edges: FxHashSet::default(), nodes, is_closed: false }
    }

    /// Adds a hop, if it may be.
    pub(super) fn push(&mut self, (edge, node): Hop) -> bool {
        let is_back = self.mode == PathMode::Simple && node == self.start;
        let may = match self.mode {
            PathMode::Walk => return true,
            _ if self.is_closed || self.edges.contains(&edge) => false,
            PathMode::Trail => true,
            PathMode::Simple | PathMode::Acyclic => is_back || !self.nodes.contains(&node),
        };
        if may {
            self.edges.insert(edge);
            if self.mode != PathMode::Trail && !is_back {
                self.nodes.insert(node);
            }
            self.is_closed = is_back;
        }
        may
    }

    /// Takes the last hop off again.
    pub(super) fn pop(&mut self, (edge, node): Hop) {
        if self.mode == PathMode::Walk {
            return;
        }
        self.edges.remove(&edge);
        if self.is_closed {
            self.is_closed = is_injected(Fault::StaysClosed);
        } else {
            self.nodes.remove(&node);
        }
    }

    /// Adds all hops, or none.
    pub(super) fn push_all(&mut self, hops: impl Iterator<Item = Hop> + Clone) -> bool {
        for (count, hop) in hops.clone().enumerate() {
            if !self.push(hop) {
                let added: Vec<Hop> = hops.take(count).collect();
                self.pop_all(added.into_iter().rev());
                return false;
            }
        }
        true
    }

    /// Takes hops off again, the last first.
    pub(super) fn pop_all(&mut self, hops: impl Iterator<Item = Hop>) {
        hops.for_each(|hop| self.pop(hop));
    }
}
