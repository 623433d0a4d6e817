//! Nodes: for each row, each node that the scan finds.

use std::borrow::Cow;

use super::lookup::Lookup;
use super::{Input, Operator};
use crate::graph::Graph;
use crate::model::{NodeId, Value};
use crate::query::bind::bound::Slot;
use crate::query::faults::{Fault, is_injected};
use crate::query::plan::Live;
use crate::query::plan::logical::{ScanBy, Seek};
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::{ExpressionError, Row, no_list};
use crate::query::run::{Execution, Outcome};

pub(super) struct Scan<'p> {
    input: Input<'p>,
    slot: Slot,
    by: &'p ScanBy,
    live: &'p Live,
    /// The batch that is being combined with nodes, and how far that has come: row, and place in the nodes.
    at: Option<(Batch, usize, usize)>,
    /// The nodes for the present row, where they do not lie in the graph as a slice; kept from row to row where they
    /// do not depend on it.
    listed: Option<Vec<NodeId>>,
    lookup: Lookup,
}

impl<'p> Scan<'p> {
    pub(super) fn new(input: Input<'p>, slot: Slot, by: &'p ScanBy, live: &'p Live) -> Self {
        Self { input, slot, by, live, at: None, listed: None, lookup: Lookup::default() }
    }

    /// Lists the nodes for a row, unless they lie in the graph or are listed already.
    fn list(&mut self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<()> {
        let depends_on_row = matches!(self.by, ScanBy::Value(_)) && !is_injected(Fault::ScannedOnce);
        if self.listed.is_some() && !depends_on_row {
            return Ok(());
        }
        let graph = execution.graph.borrow();
        self.listed = match self.by {
            ScanBy::All => Some(graph.nodes().collect()),
            ScanBy::Label(label) if !execution.plan.writes && graph.label_slice(*label).is_some() => None,
            ScanBy::Label(label) => Some(graph.nodes_with_label(*label).collect()),
            ScanBy::Is(node) => Some(vec![*node]),
            ScanBy::Value(seek) => {
                let value = execution.evaluate(|evaluator| evaluator.value(&seek.value, Row { batch, index: row }))?;
                Some(sought(execution, &mut self.lookup, &graph, seek, &value)?)
            }
        };
        Ok(())
    }

    fn nodes<'s>(&'s self, graph: &'s Graph) -> &'s [NodeId] {
        match (&self.listed, self.by) {
            (Some(nodes), _) => nodes,
            (None, ScanBy::Label(label)) => graph.label_slice(*label).unwrap_or_default(),
            (None, _) => &[],
        }
    }
}

/// The nodes that a value names, ascending, each once.
fn sought(
    execution: &Execution<'_>,
    lookup: &mut Lookup,
    graph: &Graph,
    seek: &Seek,
    value: &Value,
) -> Outcome<Vec<NodeId>> {
    let mut one = |value: &Value| match (&seek.key, value) {
        (Some(key), value) => lookup.nodes(execution, graph, key, value).map(Cow::into_owned),
        (None, Value::Node(node)) if graph.has_node(*node) => Ok(vec![*node]),
        (None, _) => Ok(Vec::new()),
    };
    if !seek.any_of {
        return one(value);
    }
    let items = match value {
        Value::Null => return Ok(Vec::new()),
        Value::List(items) => items,
        other => return Err(ExpressionError::at(seek.value.span, no_list(other)).into()),
    };
    let mut found = Vec::new();
    for item in items.iter() {
        found.append(&mut one(item)?);
    }
    if !is_injected(Fault::SoughtTwice) {
        found.sort_unstable();
        found.dedup();
    }
    Ok(found)
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
            let is_carried = batch.carries(self.live);
            while row < batch.rows && found.len() < BATCH_ROWS {
                if place == 0 {
                    self.list(execution, &batch, row)?;
                }
                let graph = execution.graph.borrow();
                let nodes = self.nodes(&graph);
                let part = &nodes[place..(place + BATCH_ROWS - found.len()).min(nodes.len())];
                found.extend_from_slice(part);
                if is_carried {
                    rows.resize(found.len(), u32::try_from(row).expect("a batch has fewer than 2^32 rows"));
                }
                place += part.len();
                if place == nodes.len() {
                    (row, place) = (row + 1, 0);
                }
                execution.token.step()?;
            }
            let mut out = if is_carried {
                batch.gather_live(&rows, self.live)
            } else {
                Batch { columns: vec![None; batch.columns.len()], rows: found.len() }
            };
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
