//! The relations that one hop may take, made ready for inner loops: types, directions, time and evidence, the labels
//! of the far end.
//!
//! What can be asked of a type as a whole is asked once: whether all its relations count, whether all nodes that they
//! lead to pass the label test. What is left is asked relation by relation, and where nothing is left, the slices of
//! the graph's base are taken as they lie ([`Run`]).

use std::cell::Cell;

use super::meeting::Stretch;
use crate::graph::{Direction, EdgeTest, Graph, RowStarts};
use crate::model::{EdgeId, NodeId, TypeId};
use crate::query::bind::bound::LabelTest;
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::admission::Admission;
use crate::query::run::expression::{label_test, labels_pass};

/// One hop over a graph.
pub(super) struct Hops<'g> {
    graph: &'g Graph,
    /// The types and ways that may be taken.
    pub legs: Vec<Leg<'g>>,
    labels: Option<&'g LabelTest>,
}

/// One type of a hop.
pub(super) struct Leg<'g> {
    pub kind: TypeId,
    pub way: Way,
    counting: Counting<'g>,
    /// No far end needs a look at its labels.
    all_pass: bool,
    /// Where the last node was found, among the sources and among the targets.
    hints: [Cell<usize>; 2],
}

/// Which relations of a type count.
enum Counting<'g> {
    Every,
    /// Those that something other than denials backs.
    Backed,
    Asked(EdgeTest<'g>),
}

/// Relations at a node as they lie in the base, with the nodes at their other ends, ascending.
#[derive(Clone, Copy)]
pub(super) struct Run<'g> {
    /// The relations.
    pub edges: Edges<'g>,
    /// The nodes.
    pub nodes: &'g [NodeId],
}

/// The relations of a run.
#[derive(Clone, Copy)]
pub(super) enum Edges<'g> {
    /// This one and those that follow it.
    From(EdgeId),
    /// These.
    Listed(&'g [EdgeId]),
}

impl Edges<'_> {
    #[inline]
    pub(super) fn at(self, place: usize) -> EdgeId {
        match self {
            #[expect(clippy::cast_possible_truncation, reason = "a run is shorter than the graph's relations")]
            Self::From(first) => EdgeId(first.0 + place as u32),
            Self::Listed(edges) => edges[place],
        }
    }
}

impl Run<'_> {
    /// Appends the relations.
    #[inline]
    pub(super) fn extend(self, edges: &mut Vec<EdgeId>) {
        match self.edges {
            #[expect(clippy::cast_possible_truncation, reason = "a run is shorter than the graph's relations")]
            Edges::From(first) => edges.extend((first.0..first.0 + self.nodes.len() as u32).map(EdgeId)),
            Edges::Listed(listed) => edges.extend_from_slice(listed),
        }
    }
}

/// The relations of a type from one side, all of which count.
#[derive(Clone, Copy)]
pub(super) struct Starts<'g> {
    rows: RowStarts<'g>,
    /// The nodes at the other ends, and the relations that lead there.
    nodes: &'g [NodeId],
    edges: Edges<'g>,
}

impl<'g> Starts<'g> {
    /// Hands out the run at each of some nodes that has one, with the node's place, until `take` says that it is enough;
    /// the place behind that.
    #[inline]
    pub(super) fn runs(&self, nodes: &[NodeId], mut take: impl FnMut(usize, Run<'g>) -> bool) -> Option<usize> {
        self.rows.each(nodes, |place, rows| {
            let edges = match self.edges {
                Edges::From(first) => Edges::From(EdgeId::from_index(first.index() + rows.start)),
                Edges::Listed(edges) => Edges::Listed(&edges[rows.clone()]),
            };
            take(place, Run { edges, nodes: &self.nodes[rows] })
        })
    }
}

/// The relations of a leg from one side.
pub(super) struct Side<'g> {
    /// The leg, by number.
    pub leg: usize,
    pub starts: Starts<'g>,
    /// Loops are left out: the other side has them.
    pub without_loops: bool,
    /// All relations count, and none is left out.
    pub is_plain: bool,
}

/// What a hop yields.
pub(super) trait Sink {
    /// A whole run.
    fn run(&mut self, run: Run<'_>);
    /// One relation and the node that it leads to.
    fn one(&mut self, edge: EdgeId, far: NodeId);
    /// Whether it wants no more.
    fn is_full(&self) -> bool {
        false
    }
}

/// Whatever takes relations one by one.
impl<F: FnMut(EdgeId, NodeId)> Sink for F {
    fn run(&mut self, run: Run<'_>) {
        run.nodes.iter().enumerate().for_each(|(place, far)| self(run.edges.at(place), *far));
    }

    fn one(&mut self, edge: EdgeId, far: NodeId) {
        self(edge, far);
    }
}

impl<'g> Hops<'g> {
    /// Makes a hop ready. An admission that admits nothing leaves no legs.
    pub(super) fn new(
        graph: &'g Graph,
        types: &RelTypes,
        labels: Option<&'g LabelTest>,
        admission: Option<&'g Admission>,
    ) -> Self {
        let leg = |(kind, way): (TypeId, Way)| Leg::new(graph, kind, way, labels, admission);
        let legs = match types {
            _ if admission.is_some_and(Admission::admits_nothing) => Vec::new(),
            RelTypes::Any(way) => graph.types().map(|kind| leg((kind, *way))).collect(),
            RelTypes::These(types) => types.iter().map(|each| leg(*each)).collect(),
        };
        Self { graph, legs, labels }
    }

    /// All that the hop may take from a node, without the relations that are taken already.
    pub(super) fn from(&self, node: NodeId, taken: &[EdgeId], sink: &mut impl Sink) {
        for leg in &self.legs {
            self.by_leg(leg, node, taken, sink);
            if sink.is_full() {
                return;
            }
        }
    }

    /// How many relations each of some nodes has, of those that the hop may take; nothing where more would have to be asked
    /// than where they lie.
    pub(super) fn degrees(&self, nodes: &[NodeId]) -> Option<Vec<usize>> {
        if self.graph.has_new_ties() || !self.legs.iter().all(Leg::is_free) {
            return None;
        }
        self.expect(nodes.len());
        let base = self.graph.base();
        let mut degrees = vec![0; nodes.len()];
        for leg in &self.legs {
            for (degree, node) in degrees.iter_mut().zip(nodes).filter(|(_, node)| node.some().is_some()) {
                if leg.way != Way::Against {
                    *degree += base.out_near(*node, leg.kind, &leg.hints[0]).1.len();
                }
                if leg.way != Way::Along {
                    let sources = base.incoming_near(*node, leg.kind, &leg.hints[1]).1;
                    // A loop is taken once.
                    let is_either = leg.way == Way::Either && !is_injected(Fault::LoopsTwice);
                    let start = if is_either { sources.partition_point(|source| source < node) } else { sources.len() };
                    let loops = sources[start..].iter().take_while(|source| *source == node).count();
                    *degree += sources.len() - loops;
                }
            }
        }
        Some(degrees)
    }

    /// Prepares for so many nodes from which the hop will be taken.
    pub(super) fn expect(&self, nodes: usize) {
        for leg in &self.legs {
            if leg.way != Way::Against {
                self.graph.base().expect_lookups((leg.kind, 0), nodes);
            }
            if leg.way != Way::Along {
                self.graph.base().expect_lookups((leg.kind, 1), nodes);
            }
        }
    }

    /// The same by one of its legs.
    #[inline]
    pub(super) fn by_leg(&self, leg: &Leg<'_>, node: NodeId, taken: &[EdgeId], sink: &mut impl Sink) {
        if !self.graph.is_untied(node) {
            self.one_by_one(leg, node, taken, sink);
            return;
        }
        let base = self.graph.base();
        if leg.way != Way::Against {
            let (first, nodes) = base.out_near(node, leg.kind, &leg.hints[0]);
            if !nodes.is_empty() {
                self.take(leg, (node, false), Run { edges: Edges::From(first), nodes }, taken, sink);
            }
        }
        if leg.way != Way::Along {
            let (edges, nodes) = base.incoming_near(node, leg.kind, &leg.hints[1]);
            if !nodes.is_empty() {
                let run = Run { edges: Edges::Listed(edges), nodes };
                self.take(leg, (node, leg.way == Way::Either), run, taken, sink);
            }
        }
    }

    /// The same where a change is in the way of the base's slices.
    fn one_by_one(&self, leg: &Leg<'_>, node: NodeId, taken: &[EdgeId], sink: &mut impl Sink) {
        for (edge, far) in self.graph.neighbours(node, leg.kind, direction(leg.way)) {
            if leg.counts(self.graph, edge) && self.passes(leg, far) && !taken.contains(&edge) {
                sink.one(edge, far);
            }
        }
    }

    /// A run at a node; `without_loops`: those have been taken from the other side.
    #[inline]
    fn take(
        &self,
        leg: &Leg<'_>,
        (node, without_loops): (NodeId, bool),
        run: Run<'_>,
        taken: &[EdgeId],
        sink: &mut impl Sink,
    ) {
        let has_loops = without_loops && run.nodes.binary_search(&node).is_ok();
        if leg.is_free() && !has_loops && !taken.iter().any(|edge| self.lies_in(*edge, leg, node, run)) {
            sink.run(run);
            return;
        }
        for (place, far) in run.nodes.iter().enumerate() {
            let edge = run.edges.at(place);
            let is_loop = has_loops && *far == node;
            if !is_loop && leg.counts(self.graph, edge) && self.passes(leg, *far) && !taken.contains(&edge) {
                sink.one(edge, *far);
                if sink.is_full() {
                    return;
                }
            }
        }
    }

    /// Whether a relation may stand in a run at a node.
    fn lies_in(&self, edge: EdgeId, leg: &Leg<'_>, node: NodeId, run: Run<'_>) -> bool {
        match run.edges {
            Edges::From(first) => (edge.0.wrapping_sub(first.0) as usize) < run.nodes.len(),
            Edges::Listed(_) => {
                let base = self.graph.base();
                base.edges_of_type(leg.kind).contains(&edge.0) && base.target(edge) == node
            }
        }
    }

    /// Where the relations of a leg begin at each node, so that many nodes are gone through in one loop: where all of
    /// them count, go one way and lie in the base, and so many nodes are asked that it pays to have all starts at hand.
    pub(super) fn starts_of(&self, leg: &Leg<'g>, asked: usize) -> Option<Starts<'g>> {
        let is_plain = leg.is_free() && leg.way != Way::Either;
        if is_plain { self.starts((leg.kind, leg.way == Way::Along), asked) } else { None }
    }

    /// Where the relations of a type begin by their sources (`is_along`) or by their targets, whether they count or not.
    fn starts(&self, (kind, is_along): (TypeId, bool), asked: usize) -> Option<Starts<'g>> {
        if self.graph.has_new_ties() {
            return None;
        }
        let edges = self.graph.base().adjacency(kind)?;
        let rows = self.graph.base().row_starts((kind, usize::from(!is_along)), asked)?;
        Some(if is_along {
            Starts { rows, nodes: &edges.targets, edges: Edges::From(edges.first()) }
        } else {
            Starts { rows, nodes: &edges.in_sources, edges: Edges::Listed(&edges.in_edges) }
        })
    }

    /// Where the relations of all legs begin, under the same conditions; relations that do not count are among them.
    pub(super) fn sides(&self, asked: usize) -> Option<Vec<Side<'g>>> {
        let ways = self.legs.iter().enumerate().flat_map(|(number, leg)| {
            let along = (leg.way != Way::Against).then_some((number, true, false));
            let against = (leg.way != Way::Along).then_some((number, false, leg.way == Way::Either));
            along.into_iter().chain(against)
        });
        let side = |(leg, is_along, without_loops): (usize, bool, bool)| {
            let starts = self.starts((self.legs[leg].kind, is_along), asked)?;
            Some(Side { leg, starts, without_loops, is_plain: self.legs[leg].is_free() && !without_loops })
        };
        ways.map(side).collect()
    }

    /// All that the hop may take from a node to another, by search in the shorter of their lists.
    pub(super) fn between(&self, node: NodeId, far: NodeId, taken: &[EdgeId], sink: &mut impl Sink) {
        for leg in &self.legs {
            if !self.passes(leg, far) {
                continue;
            }
            let along = leg.way != Way::Against;
            if along {
                self.joining(leg, (node, far), far, taken, sink);
            }
            // A loop is taken once.
            if leg.way == Way::Against || leg.way == Way::Either && node != far {
                self.joining(leg, (far, node), far, taken, sink);
            }
        }
    }

    /// The relations from a source to a target; `far` is the end that the hop leads to.
    fn joining(
        &self,
        leg: &Leg<'_>,
        (source, target): (NodeId, NodeId),
        far: NodeId,
        taken: &[EdgeId],
        sink: &mut impl Sink,
    ) {
        let mut offer = |edge: EdgeId| {
            if leg.counts(self.graph, edge) && !taken.contains(&edge) {
                sink.one(edge, far);
            }
        };
        let (Some((first, targets)), Some((edges, sources))) =
            (self.graph.out_slice(source, leg.kind), self.graph.in_slice(target, leg.kind))
        else {
            let found = self.graph.neighbours(source, leg.kind, Direction::Outgoing);
            found.filter(|(_, end)| *end == target).for_each(|(edge, _)| offer(edge));
            return;
        };
        let is_shorter = targets.len() <= sources.len();
        let (nodes, wanted) = if is_shorter { (targets, target) } else { (sources, source) };
        let listed = if is_shorter { Edges::From(first) } else { Edges::Listed(edges) };
        let start = nodes.partition_point(|each| *each < wanted);
        let found = nodes[start..].iter().take_while(|each| **each == wanted || is_injected(Fault::TargetUnasked));
        for (place, _) in found.enumerate() {
            offer(listed.at(start + place));
        }
    }

    /// The runs at a node, of all legs; no change may be in the way.
    pub(super) fn stretches(&self, node: NodeId, into: &mut Vec<Stretch<'g>>) {
        let base = self.graph.base();
        for (number, leg) in self.legs.iter().enumerate() {
            let mut push = |edges, nodes: &'g [NodeId], without_loops| {
                if !nodes.is_empty() {
                    into.push(Stretch { leg: number, run: Run { edges, nodes }, without_loops });
                }
            };
            if leg.way != Way::Against {
                let (first, nodes) = base.out_near(node, leg.kind, &leg.hints[0]);
                push(Edges::From(first), nodes, false);
            }
            if leg.way != Way::Along {
                let (edges, nodes) = base.incoming_near(node, leg.kind, &leg.hints[1]);
                push(Edges::Listed(edges), nodes, leg.way == Way::Either);
            }
        }
    }

    /// The relations of a stretch at a node that lead to another and count.
    pub(super) fn leading(
        &self,
        stretch: &Stretch<'g>,
        node: NodeId,
        far: NodeId,
    ) -> impl Iterator<Item = EdgeId> + use<'_, 'g> {
        let Stretch { leg, run, without_loops } = *stretch;
        let leg = &self.legs[leg];
        let is_wanted = !(without_loops && node == far) && self.passes(leg, far);
        let start = if is_wanted { run.nodes.partition_point(|each| *each < far) } else { run.nodes.len() };
        let places = (start..run.nodes.len()).take_while(move |place| run.nodes[*place] == far);
        places.map(move |place| run.edges.at(place)).filter(|edge| leg.counts(self.graph, *edge))
    }

    /// Whether a relation of a leg counts, with the node that it leads to.
    #[inline]
    pub(super) fn counts(&self, leg: usize, edge: EdgeId, far: NodeId) -> bool {
        let leg = &self.legs[leg];
        leg.counts(self.graph, edge) && self.passes(leg, far)
    }

    #[inline]
    fn passes(&self, leg: &Leg<'_>, far: NodeId) -> bool {
        leg.all_pass || self.labels.is_none_or(|test| label_test(self.graph, far, test))
    }
}

impl<'g> Leg<'g> {
    fn new(
        graph: &'g Graph,
        kind: TypeId,
        way: Way,
        labels: Option<&LabelTest>,
        admission: Option<&'g Admission>,
    ) -> Self {
        // What only denials back is no match; a question on time or sources asks for more.
        let counting = match admission {
            None if graph.all_are_backed(kind) => Counting::Every,
            None => Counting::Backed,
            Some(admission) => {
                let test = admission.test(graph, kind);
                if test.admits_all() { Counting::Every } else { Counting::Asked(test) }
            }
        };
        let all_pass = labels.is_none_or(|test| {
            graph.all_ends_pass(kind, direction(way), |labels| {
                labels_pass(labels, test) || is_injected(Fault::EndsUnread)
            })
        });
        Self { kind, way, counting, all_pass, hints: Default::default() }
    }

    /// Whether all relations of the leg count, wherever they lead.
    pub(super) fn is_free(&self) -> bool {
        self.all_pass && matches!(self.counting, Counting::Every)
    }

    #[inline]
    fn counts(&self, graph: &Graph, edge: EdgeId) -> bool {
        match &self.counting {
            Counting::Every => true,
            Counting::Backed => graph.is_backed(edge),
            Counting::Asked(test) => test.admits(edge),
        }
    }
}

/// The direction in which the graph is asked.
fn direction(way: Way) -> Direction {
    match way {
        Way::Along => Direction::Outgoing,
        Way::Against => Direction::Incoming,
        Way::Either => Direction::Both,
    }
}
