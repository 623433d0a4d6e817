//! One hop: for each row, each relation at a node and the node at its other end.

use super::steps::{Steps, node_at, taken};
use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId, Value};
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::Expand;
use crate::query::run::admission::Admission;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::expression::label_test;
use crate::query::run::{Execution, Outcome};

pub(super) struct ExpandHop<'p> {
    input: Input<'p>,
    expand: &'p Expand,
    /// A batch whose rows are being expanded, and the next row.
    at: Option<(Batch, usize)>,
}

/// What the present output batch gathers.
#[derive(Default)]
struct Out {
    rows: Vec<u32>,
    edges: Vec<EdgeId>,
    nodes: Vec<NodeId>,
    starts: Vec<NodeId>,
}

impl<'p> ExpandHop<'p> {
    pub(super) fn new(input: Input<'p>, expand: &'p Expand) -> Self {
        Self { input, expand, at: None }
    }

    fn row(&self, execution: &Execution<'_>, graph: &Graph, batch: &Batch, row: usize, out: &mut Out) -> Outcome<()> {
        let expand = self.expand;
        let admission = Admission::of(expand.evidence.as_deref(), execution, Row { batch, index: row })?;
        let taken = taken(batch, row, &expand.unlike);
        let steps = Steps { types: &expand.types, admission: admission.as_ref(), taken: &taken };
        let mut found = Vec::new();
        let mut starts = Vec::new();
        if expand.rel_is_bound {
            let Value::Rel(edge) = batch.column(expand.rel.index()).value(row) else { return Ok(()) };
            known(expand, graph, edge, |start, far| {
                let is_wanted = !expand.from_is_bound || node_at(batch, row, expand.from) == Some(start);
                let fits = expand.from != expand.to || start == far;
                if is_wanted && fits && !taken.contains(&edge) {
                    found.push((edge, far));
                    starts.push(start);
                }
            });
            if admission.as_ref().is_some_and(|admission| !admission.admits(graph, edge)) {
                return Ok(());
            }
        } else {
            let Some(from) = node_at(batch, row, expand.from) else { return Ok(()) };
            steps.from(graph, from, &mut found);
            starts.resize(found.len(), from);
        }
        let target = if expand.to_is_bound { Some(node_at(batch, row, expand.to)) } else { None };
        let row = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
        for ((edge, far), start) in found.into_iter().zip(starts) {
            let is_target = target
                .is_none_or(|target| target == Some(far) || is_injected(Fault::TargetUnasked) && target.is_some());
            if is_target && expand.to_labels.as_ref().is_none_or(|test| label_test(graph, far, test)) {
                out.rows.push(row);
                out.edges.push(edge);
                out.nodes.push(far);
                out.starts.push(start);
            }
        }
        Ok(())
    }
}

/// The ways in which a known relation fits the step: its start and its far end.
fn known(expand: &Expand, graph: &Graph, edge: EdgeId, mut fits: impl FnMut(NodeId, NodeId)) {
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

impl Operator for ExpandHop<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let (batch, mut row) = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) => (batch, 0),
                    None => return Ok(None),
                },
            };
            let mut out = Out::default();
            let graph = execution.graph.borrow();
            while row < batch.rows && out.rows.len() < BATCH_ROWS {
                self.row(execution, &graph, &batch, row, &mut out)?;
                row += 1;
                execution.token.step()?;
            }
            let mut expanded = batch.gather(&out.rows);
            if row < batch.rows {
                self.at = Some((batch, row));
            }
            if out.rows.is_empty() {
                continue;
            }
            expanded.set(self.expand.rel.index(), Column::Rels(out.edges));
            if !self.expand.to_is_bound {
                expanded.set(self.expand.to.index(), Column::Nodes(out.nodes));
            }
            if !self.expand.from_is_bound {
                expanded.set(self.expand.from.index(), Column::Nodes(out.starts));
            }
            return Ok(Some(expanded));
        }
    }
}
