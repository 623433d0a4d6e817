//! How many pairs of hops lead from two known nodes to the same new one, summed over many pairs of known nodes.
//!
//! Pairs come in runs that share one node, as a hop or a scan of relations leaves them. For each run there are two ways,
//! and the one is taken that promises fewer steps: pair by pair ([`Meeting`]), or from the shared node over the nodes in
//! the middle to all others at once ([`Fan`]). A sample says what a pair costs; where the rest is worth it, all cores
//! take parts of it, whose sums are added, so that nothing hangs on which is done first.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashSet;

use super::fan::Fan;
use super::hops::Hops;
use super::meeting::Meeting;
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId, TypeId};
use crate::query::bind::bound::LabelTest;
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::plan::logical::{Intersect, Takes};
use crate::query::run::admission::Admission;
use crate::query::run::token::{Stopped, Watch};

/// So many pairs are a sample.
const SAMPLE: usize = if cfg!(feature = "faults") { 4 } else { 1 << 10 };

/// So many steps are worth another core.
const STEPS_A_CORE: usize = if cfg!(feature = "faults") { 3 } else { 1 << 18 };

/// Parts that a core may take, one after the other, so that none waits long for the last.
const PARTS_A_CORE: usize = if cfg!(feature = "faults") { 1 } else { 8 };

/// After so many steps somebody asks whether to go on.
const STEPS_A_CHECK: usize = 1 << 16;

/// So many steps a pair are taken over the middle without asking what else they would cost: to ask costs about as much.
const STEPS_UNASKED: usize = 128;

/// What a run of pairs costs, whatever lies around its nodes.
const STEPS_A_RUN: usize = 16;

/// What is asked of each pair of nodes: all that several threads share.
#[derive(Clone, Copy)]
pub(super) struct Asked<'s> {
    pub step: &'s Intersect,
    pub admissions: &'s [Option<Admission>; 2],
}

/// Which end of the pairs stays the same from one to the next more often; it becomes the first one of each pair.
fn share_first(pairs: &mut [(NodeId, NodeId)]) -> bool {
    let changes =
        |end: fn(&(NodeId, NodeId)) -> NodeId| pairs.windows(2).filter(|two| end(&two[0]) != end(&two[1])).count();
    let is_turned = changes(|pair| pair.1) < changes(|pair| pair.0);
    if is_turned {
        pairs.iter_mut().for_each(|(one, two)| std::mem::swap(one, two));
    }
    is_turned
}

impl<'s> Asked<'s> {
    /// The hops from two known nodes, met.
    pub(super) fn meeting(self, graph: &'s Graph) -> Meeting<'s> {
        self.meeting_of(self.hops(graph, false), graph)
    }

    fn meeting_of(self, [first, second, _]: [Hops<'s>; 3], graph: &'s Graph) -> Meeting<'s> {
        Meeting::new(graph, first, second, (self.differs(), self.once()))
    }

    /// The two hops may not take the same relation.
    fn differs(self) -> bool {
        self.step.second.unlike.contains(&self.step.first.rel)
    }

    /// Of the second hop's relations to a node, one is enough.
    fn once(self) -> bool {
        self.step.second.takes == Takes::One
    }

    /// The hop from the first node of each pair, the one from the second, and the latter seen from where it leads to.
    fn hops(self, graph: &'s Graph, is_turned: bool) -> [Hops<'s>; 3] {
        let (first, second) = (&self.step.first, &self.step.second);
        let hops = |end: usize, types: &RelTypes, labels: Option<&'s LabelTest>| {
            Hops::new(graph, types, labels, self.admissions[end].as_ref())
        };
        let types = [&first.types, &second.types];
        let (near, far) = if is_turned { (1, 0) } else { (0, 1) };
        let there = hops(near, types[near], first.to_labels.as_ref());
        [there, hops(far, types[far], None), hops(far, &types[far].reversed(), None)]
    }

    /// The types of the two hops.
    fn kinds(self, graph: &Graph) -> Vec<TypeId> {
        let types = [&self.step.first.types, &self.step.second.types];
        let of = |types: &RelTypes| match types {
            RelTypes::Any(_) => graph.types().collect(),
            RelTypes::These(types) => types.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
        };
        types.into_iter().flat_map(of).collect()
    }

    /// How many relations have the types of the hops.
    pub(super) fn relations(self, graph: &Graph) -> usize {
        self.kinds(graph).into_iter().map(|kind| graph.type_count(kind)).sum()
    }

    /// The nodes that relations of the hops' types lead from to themselves; nothing where changes are in the way.
    pub(super) fn loops(self, graph: &Graph) -> Option<FxHashSet<NodeId>> {
        let mut loops = FxHashSet::default();
        for kind in self.kinds(graph) {
            let (_, sources, targets) = graph.edge_slices(kind)?;
            let pairs = sources.iter().zip(targets);
            loops.extend(pairs.filter(|(source, target)| source == target).map(|(node, _)| *node));
        }
        Some(loops)
    }

    /// Whether a relation that a row holds could be one of those that lead from its two nodes to a third. One that joins the two
    /// leads from either to the other, and from there only a loop leads to the same.
    pub(super) fn may_take(
        self,
        graph: &Graph,
        edge: EdgeId,
        (a, b): (NodeId, NodeId),
        loops: Option<&FxHashSet<NodeId>>,
    ) -> bool {
        let kind = graph.edge_type(edge);
        let ends = (graph.source(edge), graph.target(edge));
        let leads = |types: &RelTypes, from: NodeId, other: NodeId| {
            let has_loop = loops.is_none_or(|loops| loops.contains(&other));
            let on = |way: Way| {
                let leads = |near: NodeId, far: NodeId| near == from && (far != other || has_loop || a == b);
                way != Way::Against && leads(ends.0, ends.1) || way != Way::Along && leads(ends.1, ends.0)
            };
            match types {
                RelTypes::Any(way) => on(*way),
                RelTypes::These(types) => types.iter().any(|(each, way)| *each == kind && on(*way)),
            }
        };
        leads(&self.step.first.types, a, b) || leads(&self.step.second.types, b, a)
    }

    /// Counts what some pairs of nodes lead to.
    pub(super) fn count(
        self,
        graph: &'s Graph,
        pairs: &mut [(NodeId, NodeId)],
        watch: Watch<'_>,
    ) -> Result<usize, Stopped> {
        let is_turned = !self.once() && share_first(pairs);
        let counting = || Counting::new(self, graph, (is_turned, pairs.len()), watch);
        let mut own = counting();
        let (sample, rest) = pairs.split_at(pairs.len().min(SAMPLE));
        own.add(sample)?;
        let cores = std::thread::available_parallelism().map_or(1, Into::into);
        let cores = cores.min(own.steps * rest.len() / sample.len().max(1) / STEPS_A_CORE);
        if cores < 2 {
            own.add(rest)?;
            return Ok(own.count);
        }
        let (part, next) = (rest.len().div_ceil(cores * PARTS_A_CORE), AtomicUsize::new(0));
        let take = |counting: &mut Counting<'_, '_>| {
            while let Some(part) = rest.chunks(part).nth(next.fetch_add(1, Ordering::Relaxed)) {
                counting.add(part)?;
            }
            Ok(())
        };
        let others: Vec<Result<usize, Stopped>> = std::thread::scope(|scope| {
            let help = || {
                let mut counting = counting();
                take(&mut counting).map(|()| counting.count)
            };
            let started: Vec<_> = (1..cores).map(|_| scope.spawn(help)).collect();
            let own = take(&mut own).map(|()| 0);
            let joined = started.into_iter().map(|part| part.join().unwrap_or_else(|damage| resume_unwind(damage)));
            joined.chain([own]).collect()
        });
        Ok(own.count + others.into_iter().sum::<Result<usize, Stopped>>()?)
    }
}

/// The counting of one thread.
struct Counting<'s, 't> {
    meeting: Meeting<'s>,
    fan: Option<Fan<'s>>,
    differs: bool,
    /// Pairs that a fan leaves for another round.
    left: Vec<(NodeId, NodeId)>,
    count: usize,
    steps: usize,
    /// The number of steps after which to ask whether to go on.
    ask: usize,
    watch: Watch<'t>,
}

impl<'s, 't> Counting<'s, 't> {
    fn new(asked: Asked<'s>, graph: &'s Graph, (is_turned, pairs): (bool, usize), watch: Watch<'t>) -> Self {
        let [there, _, on] = asked.hops(graph, is_turned);
        let fan = if asked.once() { None } else { Fan::over(graph, [there, on], pairs) };
        let meeting = asked.meeting_of(asked.hops(graph, is_turned), graph);
        meeting.expect(pairs);
        let differs = asked.differs();
        Self { meeting, fan, differs, left: Vec::new(), count: 0, steps: 0, ask: STEPS_A_CHECK, watch }
    }

    fn add(&mut self, pairs: &[(NodeId, NodeId)]) -> Result<(), Stopped> {
        for run in pairs.chunk_by(|one, two| one.0 == two.0) {
            self.add_run(run)?;
            self.check()?;
        }
        Ok(())
    }

    /// Asks now and then whether to go on.
    fn check(&mut self) -> Result<(), Stopped> {
        if self.steps >= self.ask {
            self.ask = self.steps + STEPS_A_CHECK;
            self.watch.check()?;
        }
        Ok(())
    }

    /// Counts pairs that share their first node.
    fn add_run(&mut self, run: &[(NodeId, NodeId)]) -> Result<(), Stopped> {
        self.steps += STEPS_A_RUN;
        let Some(fan) = &mut self.fan else { return self.meet(run) };
        let shared = run[0].0;
        let by_fan = fan.take(shared);
        if by_fan > run.len() * STEPS_UNASKED && by_fan > self.meeting.steps(shared, run) {
            return self.meet(run);
        }
        if by_fan == 0 {
            return Ok(());
        }
        self.steps += by_fan;
        // One relation taken twice leads back to where it was taken first.
        let differs = self.differs;
        let mut left = std::mem::take(&mut self.left);
        self.count += fan.count(run, |other| differs && other == shared, &mut left);
        self.meet(&left)?;
        left.clear();
        self.left = left;
        Ok(())
    }

    /// Counts pairs one after the other.
    fn meet(&mut self, pairs: &[(NodeId, NodeId)]) -> Result<(), Stopped> {
        for pair in pairs {
            let Self { meeting, count, steps, .. } = self;
            *steps += meeting.meet(*pair, (&[], &[]), &mut |_, _, _| *count += 1);
            self.check()?;
        }
        Ok(())
    }
}
