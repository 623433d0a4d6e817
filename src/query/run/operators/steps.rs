//! The relations that one step of a pattern may take from a node: types, directions, time and evidence, conditions.

use crate::graph::{Direction, Graph};
use crate::model::{EdgeId, NodeId, TypeId, Value};
use crate::query::bind::bound::Slot;
use crate::query::bind::tree::{RelTypes, Way};
use crate::query::faults::{Fault, is_injected};
use crate::query::run::admission::Admission;
use crate::query::run::batch::{Batch, Column};

/// The direction in which the graph is asked.
pub(super) fn direction(way: Way) -> Direction {
    match way {
        Way::Along => Direction::Outgoing,
        Way::Against => Direction::Incoming,
        Way::Either => Direction::Both,
    }
}

/// What a step may take, for one row.
pub(super) struct Steps<'s> {
    pub types: &'s RelTypes,
    pub admission: Option<&'s Admission>,
    /// Relations that are taken already.
    pub taken: &'s [EdgeId],
}

impl Steps<'_> {
    /// Appends each relation at the node, with the node at its other end.
    pub(super) fn from(&self, graph: &Graph, node: NodeId, into: &mut Vec<(EdgeId, NodeId)>) {
        let start = into.len();
        match self.types {
            RelTypes::Any(way) => {
                for each in graph.types() {
                    self.of_type(graph, node, (each, *way), into);
                }
            }
            RelTypes::These(types) => types.iter().for_each(|each| self.of_type(graph, node, *each, into)),
        }
        self.sift(graph, start, into);
    }

    /// Appends each relation at the node that leads to another, by search among those that lie in order.
    pub(super) fn between(&self, graph: &Graph, (node, far): (NodeId, NodeId), into: &mut Vec<(EdgeId, NodeId)>) {
        let start = into.len();
        let of_type = |each: (TypeId, Way), into: &mut Vec<(EdgeId, NodeId)>| {
            let (kind, way) = each;
            let (Some((first, ends)), Some((back, starts))) = (graph.out_slice(node, kind), graph.out_slice(far, kind))
            else {
                let found = into.len();
                self.of_type(graph, node, each, into);
                let left = into.split_off(found);
                into.extend(left.into_iter().filter(|(_, end)| *end == far));
                return;
            };
            let is_backed = |edge: &EdgeId| self.admission.is_some() || graph.is_backed(*edge);
            let mut offer = |first: EdgeId, ends: &[NodeId], end: NodeId| {
                let from = ends.partition_point(|each| *each < end);
                let count = ends[from..].iter().take_while(|each| **each == end).count();
                let edges = (from..from + count).map(|place| EdgeId::from_index(first.index() + place));
                into.extend(edges.filter(is_backed).map(|edge| (edge, far)));
            };
            if way != Way::Against {
                offer(first, ends, far);
            }
            // A loop is taken once.
            if way == Way::Against || way == Way::Either && node != far {
                offer(back, starts, node);
            }
        };
        match self.types {
            RelTypes::Any(way) => graph.types().for_each(|kind| of_type((kind, *way), into)),
            RelTypes::These(types) => types.iter().for_each(|each| of_type(*each, into)),
        }
        self.sift(graph, start, into);
    }

    /// The relations of one type. What only denials back is no match; a question on time or sources asks for more, and
    /// sifts by itself.
    fn of_type(&self, graph: &Graph, node: NodeId, (kind, way): (TypeId, Way), into: &mut Vec<(EdgeId, NodeId)>) {
        let found = graph.neighbours(node, kind, direction(way));
        if self.admission.is_none() && !graph.all_are_backed(kind) {
            into.extend(found.filter(|(edge, _)| graph.is_backed(*edge)));
        } else {
            into.extend(found);
        }
    }

    fn sift(&self, graph: &Graph, start: usize, into: &mut Vec<(EdgeId, NodeId)>) {
        if self.taken.is_empty() && self.admission.is_none() {
            return;
        }
        let mut kept = start;
        for at in start..into.len() {
            let (edge, far) = into[at];
            let is_admitted = self.admission.is_none_or(|admission| admission.admits(graph, edge));
            if is_admitted && !self.taken.contains(&edge) {
                into[kept] = (edge, far);
                kept += 1;
            }
        }
        into.truncate(kept);
    }
}

/// The relations that other parts of the pattern hold in a row.
pub(super) fn taken(batch: &Batch, row: usize, slots: &[Slot]) -> Vec<EdgeId> {
    fn gather(value: &Value, into: &mut Vec<EdgeId>) {
        match value {
            Value::Rel(edge) => into.push(*edge),
            Value::List(items) => items.iter().for_each(|item| gather(item, into)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for slot in slots {
        gather(&batch.column(slot.index()).value(row), &mut found);
    }
    found
}

/// The relations that other parts of the pattern hold, row by row.
pub(super) struct Taken<'b> {
    batch: &'b Batch,
    slots: &'b [Slot],
    /// The columns, where all are of single relations.
    columns: Option<Vec<&'b [EdgeId]>>,
    present: Vec<EdgeId>,
}

impl<'b> Taken<'b> {
    pub(super) fn of(batch: &'b Batch, slots: &'b [Slot]) -> Self {
        let single = |slot: &Slot| match batch.column(slot.index()) {
            Column::Rels(edges) => Some(edges.as_slice()),
            _ => None,
        };
        let slots = if is_injected(Fault::TakenUnread) { &[] } else { slots };
        Self { batch, slots, columns: slots.iter().map(single).collect(), present: Vec::new() }
    }

    /// Those of a row.
    pub(super) fn of_row(&mut self, row: usize) -> &[EdgeId] {
        match &self.columns {
            Some(columns) if columns.is_empty() => {}
            Some(columns) => {
                self.present.clear();
                self.present.extend(columns.iter().map(|edges| edges[row]));
            }
            None => self.present = taken(self.batch, row, self.slots),
        }
        &self.present
    }
}

/// The node in a column; none where it is null or no node.
#[inline]
pub(super) fn node_at(batch: &Batch, row: usize, slot: Slot) -> Option<NodeId> {
    match batch.column(slot.index()) {
        Column::Nodes(nodes) => nodes[row].some(),
        other => match other.value(row) {
            Value::Node(node) => Some(node),
            _ => None,
        },
    }
}
