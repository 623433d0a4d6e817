//! One hop: for each row, each relation at a node and the node at its other end.
//!
//! A batch is expanded by runs of the graph's own arrays ([`Hops`]); only what is read later is written down, and where
//! nothing is, the rows are counted.

use super::hops::{Hops, Run, Sink};
use super::steps::{Taken, node_at};
use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::plan::columns::is_for_all_rows;
use crate::query::plan::logical::{Expand, Takes};
use crate::query::run::admission::{Admission, ForAllRows};
use crate::query::run::batch::{Batch, BatchSize, Column};
use crate::query::run::expression::{Row, label_test};
use crate::query::run::{Execution, Outcome};

pub(super) struct ExpandHop<'p> {
    input: Input<'p>,
    expand: &'p Expand,
    live: &'p Live,
    /// Time and evidence where they are the same for all rows, once they are known.
    admission: Option<ForAllRows>,
    /// How many rows have come in.
    seen: usize,
    size: BatchSize,
    /// How many rows the present output batch is to have.
    full: usize,
    /// A batch whose rows are being expanded, and what comes next.
    at: Option<(Batch, Next)>,
}

/// The row that is to be expanded next, and the leg of the hop by which. Where the hop leads to new nodes, all rows are
/// expanded by one leg before the first is by another.
#[derive(Clone, Copy, Default)]
struct Next {
    leg: usize,
    row: usize,
}

/// What the present output batch gathers; none of what nobody reads.
pub(super) struct Out {
    pub row: u32,
    pub count: usize,
    pub rows: Option<Vec<u32>>,
    pub edges: Option<Vec<EdgeId>>,
    pub nodes: Option<Vec<NodeId>>,
}

impl Out {
    /// For rows of a batch: they are counted in vain unless one of its columns is read later.
    pub(super) fn new(batch: &Batch, live: &Live, edges: bool, nodes: bool) -> Self {
        Self {
            row: 0,
            count: 0,
            rows: batch.carries(live).then(Vec::new),
            edges: edges.then(Vec::new),
            nodes: nodes.then(Vec::new),
        }
    }

    /// The batch with each row as often as it was found.
    pub(super) fn gathered(&self, batch: &Batch, live: &Live) -> Batch {
        match &self.rows {
            Some(rows) => batch.gather_live(rows, live),
            None => Batch { columns: vec![None; batch.columns.len()], rows: self.count },
        }
    }
}

impl Sink for Out {
    #[inline]
    fn run(&mut self, run: Run<'_>) {
        let count = run.nodes.len();
        self.count += count;
        if let Some(rows) = &mut self.rows {
            rows.resize(rows.len() + count, self.row);
        }
        if let Some(nodes) = &mut self.nodes {
            nodes.extend_from_slice(run.nodes);
        }
        if let Some(edges) = &mut self.edges {
            run.extend(edges);
        }
    }

    #[inline]
    fn one(&mut self, edge: EdgeId, far: NodeId) {
        self.count += 1;
        let row = self.row;
        self.rows.iter_mut().for_each(|rows| rows.push(row));
        self.nodes.iter_mut().for_each(|nodes| nodes.push(far));
        self.edges.iter_mut().for_each(|edges| edges.push(edge));
    }
}

/// Takes the first relation of a row, and no other.
struct First<'o> {
    out: &'o mut Out,
    is_found: bool,
}

impl Sink for First<'_> {
    fn run(&mut self, run: Run<'_>) {
        if let [far, ..] = run.nodes {
            self.one(run.edges.at(0), *far);
        }
    }

    fn one(&mut self, edge: EdgeId, far: NodeId) {
        if !std::mem::replace(&mut self.is_found, true) {
            self.out.one(edge, far);
        }
    }

    fn is_full(&self) -> bool {
        self.is_found
    }
}

impl<'p> ExpandHop<'p> {
    pub(super) fn new(input: Input<'p>, expand: &'p Expand, live: &'p Live) -> Self {
        Self { input, expand, live, admission: None, seen: 0, size: BatchSize::first(), full: 0, at: None }
    }

    /// Expands rows until the output is full; where to go on, if anywhere.
    fn rows(&self, execution: &Execution<'_>, batch: &Batch, next: Next, out: &mut Out) -> Outcome<Option<Next>> {
        let expand = self.expand;
        let graph = execution.graph.borrow();
        let known = self.admission.as_ref().map(|ForAllRows(admission)| hops(expand, &graph, admission.as_ref()));
        if let (Some(hops), false, Column::Nodes(nodes)) =
            (&known, expand.to_is_bound || expand.takes == Takes::One, batch.column(expand.from.index()))
        {
            return self.by_legs(execution, (batch, nodes), (hops, next), out);
        }
        let mut taken = Taken::of(batch, &expand.unlike);
        for row in next.row..batch.rows {
            if out.count >= self.full {
                return Ok(Some(Next { row, ..next }));
            }
            execution.token.step()?;
            out.row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
            let start = node_at(batch, row, expand.from);
            let far = if expand.to_is_bound { Far::Known(node_at(batch, row, expand.to)) } else { Far::New };
            match (start, &known) {
                (None, _) => {}
                (Some(start), Some(hops)) => hop(hops, (start, far), taken.of_row(row), expand.takes, out),
                (Some(start), None) => {
                    let admission = Admission::of(expand.evidence.as_deref(), execution, Row { batch, index: row })?;
                    let hops = hops(expand, &graph, admission.as_ref());
                    hop(&hops, (start, far), taken.of_row(row), expand.takes, out);
                }
            }
        }
        Ok(None)
    }

    /// The same leg by leg.
    fn by_legs(
        &self,
        execution: &Execution<'_>,
        (batch, nodes): (&Batch, &[NodeId]),
        (hops, next): (&Hops<'_>, Next),
        out: &mut Out,
    ) -> Outcome<Option<Next>> {
        let mut taken = Taken::of(batch, &self.expand.unlike);
        hops.expect(self.seen);
        let mut first = next.row;
        for (number, leg) in hops.legs.iter().enumerate().skip(next.leg) {
            execution.token.check()?;
            if let Some(starts) = hops.starts_of(leg, self.seen).filter(|_| self.expand.unlike.is_empty()) {
                let stopped = starts.runs(&nodes[first..], |place, run| {
                    out.row = u32::try_from(first + place).expect("a batch has fewer than 2^32 rows");
                    out.run(run);
                    out.count < self.full
                });
                if let Some(place) = stopped {
                    return Ok(Some(Next { leg: number, row: first + place }));
                }
                first = 0;
                continue;
            }
            for (row, node) in nodes.iter().enumerate().skip(first) {
                if out.count >= self.full {
                    return Ok(Some(Next { leg: number, row }));
                }
                if let Some(node) = node.some() {
                    out.row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
                    hops.by_leg(leg, node, taken.of_row(row), out);
                }
            }
            first = 0;
        }
        Ok(None)
    }
}

/// How many relations a hop takes from each row's node, where that can be told without looking at each.
pub(in crate::query::run) fn degrees(
    execution: &Execution<'_>,
    expand: &Expand,
    batch: &Batch,
) -> Outcome<Option<Vec<usize>>> {
    // Of a relation that is known, neither end need be.
    let is_known = expand.to_is_bound || expand.rel_is_bound || expand.takes == Takes::One;
    if is_known || batch.rows == 0 || !expand.unlike.is_empty() || !is_for_all_rows(expand.evidence.as_deref()) {
        return Ok(None);
    }
    let Column::Nodes(nodes) = batch.column(expand.from.index()) else { return Ok(None) };
    let admission = Admission::of(expand.evidence.as_deref(), execution, Row { batch, index: 0 })?;
    let graph = execution.graph.borrow();
    Ok(hops(expand, &graph, admission.as_ref()).degrees(nodes))
}

fn hops<'g>(expand: &'g Expand, graph: &'g Graph, admission: Option<&'g Admission>) -> Hops<'g> {
    Hops::new(graph, &expand.types, expand.to_labels.as_ref(), admission)
}

/// Where a hop leads: to any node, or to a known one, which may be null.
#[derive(Clone, Copy)]
enum Far {
    New,
    Known(Option<NodeId>),
}

/// One row.
fn hop(hops: &Hops<'_>, ends: (NodeId, Far), taken: &[EdgeId], takes: Takes, out: &mut Out) {
    fn into(hops: &Hops<'_>, (start, far): (NodeId, Far), taken: &[EdgeId], sink: &mut impl Sink) {
        match far {
            Far::New => hops.from(start, taken, sink),
            Far::Known(Some(target)) => hops.between(start, target, taken, sink),
            Far::Known(None) => {}
        }
    }
    if takes == Takes::One {
        let taken = if is_injected(Fault::FirstRelationOnly) { &[] } else { taken };
        into(hops, ends, taken, &mut First { out, is_found: false });
    } else {
        into(hops, ends, taken, out);
    }
}

impl Operator for ExpandHop<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let expand = self.expand;
        loop {
            let (batch, next) = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) => {
                        self.seen += batch.rows;
                        (batch, Next::default())
                    }
                    None => return Ok(None),
                },
            };
            if self.admission.is_none() && batch.rows > 0 && is_for_all_rows(expand.evidence.as_deref()) {
                let row = Row { batch: &batch, index: 0 };
                self.admission = Some(ForAllRows(Admission::of(expand.evidence.as_deref(), execution, row)?));
            }
            self.full = self.size.take();
            let is_read = |slot: crate::query::bind::bound::Slot| self.live.reads(slot.index());
            let mut out = Out::new(&batch, self.live, is_read(expand.rel), !expand.to_is_bound && is_read(expand.to));
            let next = self.rows(execution, &batch, next, &mut out)?;
            let mut expanded = out.gathered(&batch, self.live);
            if let Some(next) = next {
                self.at = Some((batch, next));
            }
            if out.count == 0 {
                continue;
            }
            if let Some(edges) = out.edges {
                expanded.set(expand.rel.index(), Column::Rels(edges));
            }
            if let Some(nodes) = out.nodes {
                expanded.set(expand.to.index(), Column::Nodes(nodes));
            }
            return Ok(Some(expanded));
        }
    }
}

/// A hop over a relation that is known already: it must be one of the step's, and join the two ends.
pub(super) struct ExpandKnown<'p> {
    pub input: Input<'p>,
    pub expand: &'p Expand,
    pub live: &'p Live,
}

/// What the ways of a batch's relations give.
#[derive(Default)]
struct Ways {
    rows: Vec<u32>,
    starts: Vec<NodeId>,
    ends: Vec<NodeId>,
}

impl ExpandKnown<'_> {
    fn row(&self, execution: &Execution<'_>, batch: &Batch, row: usize, found: &mut Ways) -> Outcome<()> {
        let expand = self.expand;
        let graph = execution.graph.borrow();
        let Value::Rel(edge) = batch.column(expand.rel.index()).value(row) else { return Ok(()) };
        if !graph.leads_on(edge) {
            return Ok(());
        }
        let admission = Admission::of(expand.evidence.as_deref(), execution, Row { batch, index: row })?;
        let is_taken = Taken::of(batch, &expand.unlike).of_row(row).contains(&edge);
        if is_taken || admission.as_ref().is_some_and(|admission| !admission.admits(&graph, edge)) {
            return Ok(());
        }
        let wanted = |slot, is_bound: bool| is_bound.then(|| node_at(batch, row, slot));
        let (from, to) = (wanted(expand.from, expand.from_is_bound), wanted(expand.to, expand.to_is_bound));
        ways(expand, &graph, edge, |start, far| {
            let is_wanted = from.is_none_or(|from| from == Some(start)) && to.is_none_or(|target| target == Some(far));
            let fits = expand.from != expand.to || start == far;
            if is_wanted && fits && expand.to_labels.as_ref().is_none_or(|test| label_test(&graph, far, test)) {
                found.rows.push(u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
                found.starts.push(start);
                found.ends.push(far);
            }
        });
        Ok(())
    }
}

/// The ways in which a known relation fits the step: its start and its far end.
fn ways(expand: &Expand, graph: &Graph, edge: EdgeId, mut fits: impl FnMut(NodeId, NodeId)) {
    let kind = graph.edge_type(edge);
    let ways: Vec<Way> = match &expand.types {
        RelTypes::Any(way) => vec![*way],
        RelTypes::These(types) => types.iter().filter(|(each, _)| *each == kind).map(|(_, way)| *way).collect(),
    };
    let (subject, object) = (graph.source(edge), graph.target(edge));
    for way in ways {
        if way != Way::Against {
            fits(subject, object);
        }
        if way != Way::Along && (way == Way::Against || subject != object) {
            fits(object, subject);
        }
    }
}

impl Operator for ExpandKnown<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        let Some(batch) = self.input.next(execution)? else { return Ok(None) };
        let mut found = Ways::default();
        for row in 0..batch.rows {
            execution.token.step()?;
            self.row(execution, &batch, row, &mut found)?;
        }
        let mut expanded = batch.gather_live(&found.rows, self.live);
        if !self.expand.to_is_bound {
            expanded.set(self.expand.to.index(), Column::Nodes(found.ends));
        }
        if !self.expand.from_is_bound {
            expanded.set(self.expand.from.index(), Column::Nodes(found.starts));
        }
        Ok(Some(expanded))
    }
}
