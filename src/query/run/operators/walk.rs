//! Walks of variable length: for each row, each trail (no relation twice) from a node, depth first.

use super::steps::{Steps, node_at, taken};
use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{EdgeId, NodeId, Value};
use crate::query::plan::logical::Walk;
use crate::query::run::admission::Admission;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::{Row, label_test};
use crate::query::run::{Execution, Outcome};

pub(super) struct Trails<'p> {
    input: Input<'p>,
    walk: &'p Walk,
    /// The batch being walked from, and its next row.
    at: Option<(Batch, usize)>,
    /// The walk from the row before that one, if it is not at its end.
    search: Option<Search>,
}

/// A depth-first search in progress.
struct Search {
    row: usize,
    target: Option<NodeId>,
    admission: Option<Admission>,
    taken: Vec<EdgeId>,
    /// The trail so far.
    trail: Vec<EdgeId>,
    /// For each node on the trail: the relations that are still to be taken from it, last first.
    open: Vec<Vec<(EdgeId, NodeId)>>,
    /// The start has not been looked at yet.
    is_fresh: Option<NodeId>,
}

#[derive(Default)]
struct Out {
    rows: Vec<u32>,
    lists: Vec<Value>,
    ends: Vec<NodeId>,
}

impl<'p> Trails<'p> {
    pub(super) fn new(input: Input<'p>, walk: &'p Walk) -> Self {
        Self { input, walk, at: None, search: None }
    }

    fn start(&self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Option<Search>> {
        let Some(from) = node_at(batch, row, self.walk.from) else { return Ok(None) };
        let target = if self.walk.to_is_bound {
            match node_at(batch, row, self.walk.to) {
                Some(to) => Some(to),
                None => return Ok(None),
            }
        } else {
            None
        };
        let admission = Admission::of(self.walk.evidence.as_deref(), execution, Row { batch, index: row })?;
        let taken = taken(batch, row, &self.walk.unlike);
        Ok(Some(Search { row, target, admission, taken, trail: Vec::new(), open: Vec::new(), is_fresh: Some(from) }))
    }

    /// Goes on with the search until the batch is full; `true` at its end.
    fn advance(&self, execution: &Execution<'_>, batch: &Batch, search: &mut Search, out: &mut Out) -> Outcome<bool> {
        let graph = execution.graph.borrow();
        if let Some(from) = search.is_fresh.take() {
            self.arrive(execution, &graph, (batch, search), from, out)?;
        }
        while let Some(open) = search.open.last_mut() {
            execution.token.step()?;
            match open.pop() {
                Some((edge, far)) => {
                    search.trail.push(edge);
                    self.arrive(execution, &graph, (batch, search), far, out)?;
                }
                None => {
                    search.open.pop();
                    search.trail.pop();
                }
            }
            if out.rows.len() >= BATCH_ROWS {
                return Ok(search.open.is_empty());
            }
        }
        Ok(true)
    }

    /// The trail has come to a node: is it an answer, and where does it go from there?
    fn arrive(
        &self,
        execution: &Execution<'_>,
        graph: &Graph,
        (batch, search): (&Batch, &mut Search),
        node: NodeId,
        out: &mut Out,
    ) -> Outcome<()> {
        let length = &self.walk.length;
        let depth = search.trail.len() as u64;
        let is_end = depth >= length.min
            && search.target.is_none_or(|target| target == node)
            && self.walk.to_labels.as_ref().is_none_or(|test| label_test(graph, node, test));
        if is_end && self.is_known_list(batch, search) {
            out.rows.push(u32::try_from(search.row).expect("a batch has fewer than 2^32 rows"));
            out.lists.push(self.list(&search.trail));
            out.ends.push(node);
        }
        let mut open = Vec::new();
        if length.max.is_none_or(|max| depth < max) {
            let row = Row { batch, index: search.row };
            let steps = Steps {
                types: &self.walk.types,
                admission: search.admission.take(),
                taken: std::mem::take(&mut search.taken),
                condition: length.step.as_ref(),
                row,
            };
            let outcome = steps.from(execution, graph, node, &mut open);
            (search.admission, search.taken) = (steps.admission, steps.taken);
            outcome?;
            open.retain(|(edge, _)| !search.trail.contains(edge));
            open.reverse();
        }
        search.open.push(open);
        Ok(())
    }

    fn list(&self, trail: &[EdgeId]) -> Value {
        super::shortest::rels_list(trail, self.walk.is_reversed)
    }

    /// Where the list is bound already, the trail must be that list.
    fn is_known_list(&self, batch: &Batch, search: &Search) -> bool {
        !self.walk.rels_are_bound
            || batch.column(self.walk.rels.index()).value(search.row).is_equivalent(&self.list(&search.trail))
    }
}

impl Operator for Trails<'_> {
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
            while out.rows.len() < BATCH_ROWS {
                if let Some(mut search) = self.search.take() {
                    if !self.advance(execution, &batch, &mut search, &mut out)? {
                        self.search = Some(search);
                    }
                } else if row < batch.rows {
                    self.search = self.start(execution, &batch, row)?;
                    row += 1;
                } else {
                    break;
                }
            }
            let mut walked = batch.gather(&out.rows);
            if row < batch.rows || self.search.is_some() {
                self.at = Some((batch, row));
            }
            if out.rows.is_empty() {
                continue;
            }
            walked.set(self.walk.rels.index(), Column::Values(out.lists));
            if !self.walk.to_is_bound {
                walked.set(self.walk.to.index(), Column::Nodes(out.ends));
            }
            return Ok(Some(walked));
        }
    }
}
