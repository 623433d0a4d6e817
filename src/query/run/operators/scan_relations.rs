//! All relations of some types, with their nodes: for each row, each relation that counts.

use std::ops::Range;

use super::hops::{Hops, Leg};
use super::{Input, Operator, Rows};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId};
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::plan::logical::ScanRelations;
use crate::query::run::admission::{Admission, ForAllRows};
use crate::query::run::batch::{Batch, BatchSize, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome};

pub(super) struct ScanHops<'p> {
    input: Input<'p>,
    step: &'p ScanRelations,
    live: &'p Live,
    /// The same types seen from the other end: how the first node's labels are tested.
    turned: RelTypes,
    admission: Option<ForAllRows>,
    size: BatchSize,
    /// How many relations of its part are left.
    left: usize,
    /// The batch that is being combined with relations, and how far that has come.
    at: Option<(Batch, Place)>,
}

/// A row, a leg, and a relation among those of its type.
#[derive(Clone, Copy, Default)]
struct Place {
    row: usize,
    leg: usize,
    relation: usize,
}

/// What a batch of relations gathers.
struct Found {
    /// How many relations there are to be.
    size: usize,
    /// How many relations of the scan's part have not been looked at.
    left: usize,
    rows: Vec<u32>,
    edges: Vec<EdgeId>,
    from: Vec<NodeId>,
    to: Vec<NodeId>,
}

impl Found {
    fn new(size: usize, left: usize) -> Self {
        Self { size, left, rows: Vec::new(), edges: Vec::new(), from: Vec::new(), to: Vec::new() }
    }
}

impl<'p> ScanHops<'p> {
    pub(super) fn new(input: Input<'p>, step: &'p ScanRelations, live: &'p Live) -> Self {
        let turned = step.expand.types.reversed();
        Self { input, step, live, turned, admission: None, size: BatchSize::first(), left: usize::MAX, at: None }
    }

    /// A part of the relations, by their places among all that are scanned, for one row without columns.
    pub(super) fn of_part(step: &'p ScanRelations, live: &'p Live, part: Range<usize>, graph: &Graph) -> Self {
        let scan = Self::new(Box::new(Rows(None)), step, live);
        let (mut leg, mut relation) = (0, part.start);
        for count in counts(graph, step) {
            if relation < count {
                break;
            }
            (leg, relation) = (leg + 1, relation - count);
        }
        let first = Place { row: 0, leg, relation };
        Self { at: Some((Batch::unit(), first)), left: part.len(), ..scan }
    }

    /// Fills a batch from a place on; the next place.
    fn fill(&self, execution: &Execution<'_>, batch: &Batch, mut at: Place, found: &mut Found) -> Outcome<Place> {
        let graph = execution.graph.borrow();
        let expand = &self.step.expand;
        let admission = self.admission.as_ref().expect("admitted before the first row").0.as_ref();
        let forth = Hops::new(&graph, &expand.types, expand.to_labels.as_ref(), admission);
        let back = Hops::new(&graph, &self.turned, self.step.from_labels.as_ref(), admission);
        // A test of some type's relations reads their nodes.
        let is_free = forth.legs.iter().chain(&back.legs).all(Leg::is_free);
        let wanted = [expand.from, expand.to].map(|slot| !is_free || self.live.reads(slot.index()));
        while at.row < batch.rows && found.edges.len() < found.size && found.left > 0 {
            execution.token.step()?;
            let Some(leg) = forth.legs.get(at.leg) else {
                at = Place { row: at.row + 1, ..Place::default() };
                continue;
            };
            let count = (found.size - found.edges.len()).min(found.left);
            let start = found.edges.len();
            let is_over = some(&graph, leg, (at.relation, count), wanted, found);
            found.left -= found.edges.len() - start;
            if !is_free {
                found.sift(start, |found, each| {
                    forth.counts(at.leg, found.edges[each], found.to[each])
                        && back.counts(at.leg, found.edges[each], found.from[each])
                });
            }
            let row = u32::try_from(at.row).expect("a batch has fewer than 2^32 rows");
            if batch.carries(self.live) {
                found.rows.resize(found.edges.len(), row);
            }
            at = if is_over {
                Place { leg: at.leg + 1, relation: 0, ..at }
            } else {
                Place { relation: at.relation + count, ..at }
            };
        }
        Ok(at)
    }
}

/// How many relations each leg has.
fn counts<'s>(graph: &'s Graph, step: &'s ScanRelations) -> impl Iterator<Item = usize> + 's {
    let types = match &step.expand.types {
        RelTypes::These(types) => types.as_slice(),
        RelTypes::Any(_) => &[],
    };
    types.iter().map(|(kind, _)| graph.base().edges_of_type(*kind).len())
}

/// How many relations are scanned, where no change is in the way.
pub(super) fn length(graph: &Graph, step: &ScanRelations) -> Option<usize> {
    (!graph.has_new_ties()).then(|| counts(graph, step).sum())
}

/// Appends so many relations of a leg, from one on, and those of their nodes that are wanted; whether these were the
/// last.
fn some(
    graph: &Graph,
    leg: &Leg<'_>,
    (from, count): (usize, usize),
    [from_wanted, to_wanted]: [bool; 2],
    found: &mut Found,
) -> bool {
    let is_along = (leg.way == Way::Along) != is_injected(Fault::RelationsTurned);
    let from_nodes = from_wanted.then_some(&mut found.from);
    let to_nodes = to_wanted.then_some(&mut found.to);
    let (subjects, objects) = if is_along { (from_nodes, to_nodes) } else { (to_nodes, from_nodes) };
    if let Some((first, sources, targets)) = graph.edge_slices(leg.kind) {
        let part = from.min(sources.len())..(from + count).min(sources.len());
        subjects.into_iter().for_each(|subjects| subjects.extend_from_slice(&sources[part.clone()]));
        objects.into_iter().for_each(|objects| objects.extend_from_slice(&targets[part.clone()]));
        let is_over = part.end == sources.len();
        found.edges.extend(part.map(|place| EdgeId::from_index(first.index() + place)));
        return is_over;
    }
    // Where changes are in the way, all that are there come at once.
    let edges: Vec<EdgeId> = graph.edges_of_type(leg.kind).collect();
    subjects.into_iter().for_each(|subjects| subjects.extend(edges.iter().map(|edge| graph.source(*edge))));
    objects.into_iter().for_each(|objects| objects.extend(edges.iter().map(|edge| graph.target(*edge))));
    found.edges.extend(edges);
    true
}

impl Found {
    /// Keeps those from one on that pass.
    fn sift(&mut self, start: usize, passes: impl Fn(&Self, usize) -> bool) {
        let mut kept = start;
        for each in start..self.edges.len() {
            if passes(self, each) {
                (self.edges[kept], self.from[kept], self.to[kept]) = (self.edges[each], self.from[each], self.to[each]);
                kept += 1;
            }
        }
        self.edges.truncate(kept);
        self.from.truncate(kept);
        self.to.truncate(kept);
    }
}

impl Operator for ScanHops<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let expand = &self.step.expand;
        loop {
            let (batch, place) = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) if batch.rows > 0 => (batch, Place::default()),
                    Some(_) => continue,
                    None => return Ok(None),
                },
            };
            if self.admission.is_none() {
                let row = Row { batch: &batch, index: 0 };
                self.admission = Some(ForAllRows(Admission::of(expand.evidence.as_deref(), execution, row)?));
            }
            let mut found = Found::new(self.size.take(), self.left);
            let place = self.fill(execution, &batch, place, &mut found)?;
            self.left = found.left;
            let mut out = if batch.carries(self.live) {
                batch.gather_live(&found.rows, self.live)
            } else {
                Batch { columns: vec![None; batch.columns.len()], rows: found.edges.len() }
            };
            if place.row < batch.rows && self.left > 0 {
                self.at = Some((batch, place));
            }
            if found.edges.is_empty() {
                continue;
            }
            let ends = [(expand.from, found.from), (expand.to, found.to)];
            for (slot, nodes) in ends.into_iter().filter(|(slot, _)| self.live.reads(slot.index())) {
                out.set(slot.index(), Column::Nodes(nodes));
            }
            out.set(expand.rel.index(), Column::Rels(found.edges));
            return Ok(Some(out));
        }
    }
}
