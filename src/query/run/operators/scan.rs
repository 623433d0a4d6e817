//! Nodes: for each row, each node that the scan finds.

use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{NodeId, Value};
use crate::query::bind::bound::Slot;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::logical::ScanBy;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::{Execution, Outcome};

pub(super) struct Scan<'p> {
    input: Input<'p>,
    slot: Slot,
    by: &'p ScanBy,
    /// The batch that is being combined with nodes, and how far that has come: row, and place in the nodes.
    at: Option<(Batch, usize, usize)>,
    /// The nodes for the present row; kept from row to row where they do not depend on it.
    nodes: Vec<NodeId>,
    is_listed: bool,
}

impl<'p> Scan<'p> {
    pub(super) fn new(input: Input<'p>, slot: Slot, by: &'p ScanBy) -> Self {
        Self { input, slot, by, at: None, nodes: Vec::new(), is_listed: false }
    }

    fn list(&mut self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<()> {
        let depends_on_row = matches!(self.by, ScanBy::Text { .. }) && !is_injected(Fault::ScannedOnce);
        if self.is_listed && !depends_on_row {
            return Ok(());
        }
        self.is_listed = true;
        self.nodes = match self.by {
            ScanBy::All => execution.graph.borrow().nodes().collect(),
            ScanBy::Label(label) => execution.graph.borrow().nodes_with_label(*label).collect(),
            ScanBy::Is(node) => vec![*node],
            ScanBy::Text { key, value } => {
                let value = execution.evaluate(|evaluator| evaluator.value(value, Row { batch, index: row }))?;
                nodes_with(&execution.graph.borrow(), key, &value)
            }
        };
        Ok(())
    }
}

fn nodes_with(graph: &Graph, key: &str, value: &Value) -> Vec<NodeId> {
    let Some(key) = graph.key_id(key) else { return Vec::new() };
    if let Some(found) = graph.nodes_by_value(key, value) {
        return found.into_owned();
    }
    graph.nodes().filter(|node| graph.node_property(*node, key).equals(value) == Some(true)).collect()
}

impl Operator for Scan<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let (batch, mut row, mut place) = match self.at.take() {
                Some(at) => at,
                None => match self.input.next(execution)? {
                    Some(batch) => (batch, 0, 0),
                    None => return Ok(None),
                },
            };
            let (mut rows, mut found) = (Vec::new(), Vec::new());
            while row < batch.rows && found.len() < BATCH_ROWS {
                if place == 0 {
                    self.list(execution, &batch, row)?;
                }
                let part = &self.nodes[place..(place + BATCH_ROWS - found.len()).min(self.nodes.len())];
                found.extend_from_slice(part);
                rows.resize(found.len(), u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
                place += part.len();
                if place == self.nodes.len() {
                    (row, place) = (row + 1, 0);
                }
                execution.token.step()?;
            }
            let mut out = batch.gather(&rows);
            if row < batch.rows {
                self.at = Some((batch, row, place));
            }
            if !found.is_empty() {
                out.set(self.slot.index(), Column::Nodes(found));
                return Ok(Some(out));
            }
        }
    }
}
