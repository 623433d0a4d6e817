//! Properties of a column of nodes or relations, read straight from the graph's columns where no change is in the way:
//! the key is looked up once, numbers stay typed, and strings are told apart by their dictionary codes.

use super::{Column, Evaluator};
use crate::graph::{self, Graph};
use crate::model::{EdgeId, KeyId, NodeId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::{self, FunctionError};
use crate::query::run::expression::operators::Truth;

/// A column of the graph, and the rows of it that a batch reads.
struct Stored<'g> {
    graph: &'g Graph,
    column: &'g graph::Column,
    rows: Vec<usize>,
}

impl Evaluator<'_> {
    /// `x.key` of a column.
    pub(super) fn properties(&self, of: &Column, key: &str) -> Result<Column, FunctionError> {
        let graph = self.graph();
        let Some(id) = graph.key_id(key) else { return each(graph, of, key) };
        if let Some(stored) = Stored::of(graph, of, id) {
            return Ok(stored.read());
        }
        match of {
            Column::Nodes(nodes) if nodes.iter().all(|node| *node == NodeId::NONE || graph.has_node(*node)) => {
                let property = |node: &NodeId| node.some().map(|node| graph.node_property(node, id));
                Ok(Column::from_values(nodes.iter().map(|node| property(node).unwrap_or_default()).collect()))
            }
            Column::Rels(edges) if edges.iter().all(|edge| *edge == EdgeId::NONE || graph.has_edge(*edge)) => {
                let property = |edge: &EdgeId| edge.some().map(|edge| graph.edge_property(edge, id));
                Ok(Column::from_values(edges.iter().map(|edge| property(edge).unwrap_or_default()).collect()))
            }
            _ => each(graph, of, key),
        }
    }

    /// `x.key = text` of a column, without making a string of any value; `None` where the graph's column does not
    /// hold strings only, or a change is in the way.
    pub(super) fn properties_equal(&self, of: &Column, key: &str, text: &str) -> Option<Vec<Truth>> {
        let graph = self.graph();
        let stored = Stored::of(graph, of, graph.key_id(key)?)?;
        if !matches!(stored.column.cells, graph::Cells::Text(_)) {
            return None;
        }
        let wanted = graph.base().texts().find(text);
        let missing = is_injected(Fault::NullDiffers).then_some(false);
        let equal = |row: &usize| stored.column.text(*row).map(|code| Some(code) == wanted).or(missing);
        Some(stored.rows.iter().map(equal).collect())
    }
}

/// One by one, whatever it is.
fn each(graph: &Graph, of: &Column, key: &str) -> Result<Column, FunctionError> {
    let values = (0..of.len()).map(|row| functions::property(graph, &of.value(row), key));
    Ok(Column::from_values(values.collect::<Result<_, _>>()?))
}

impl<'g> Stored<'g> {
    /// `None` where some row is null, deleted or not of the base, where the relations are of several types, or where
    /// no base node or relation has the property.
    fn of(graph: &'g Graph, of: &Column, key: KeyId) -> Option<Self> {
        let (column, rows) = match of {
            Column::Nodes(nodes) => {
                let base = graph.base_nodes();
                let row = |node: &NodeId| (base.contains(&node.0) && graph.has_node(*node)).then(|| node.index());
                let column = graph.node_column(key);
                let unseen = is_injected(Fault::ChangeUnseen).then(|| graph.base().node_column(key)).flatten();
                (column.or(unseen)?, nodes.iter().map(row).collect::<Option<Vec<_>>>()?)
            }
            Column::Rels(edges) => {
                let relation = graph.edge_type(edges.first()?.some()?);
                let base = graph.base().edges_of_type(relation);
                let row = |edge: &EdgeId| {
                    let is_stored = base.contains(&edge.0) && graph.has_edge(*edge);
                    is_stored.then(|| (edge.0 - base.start) as usize)
                };
                (graph.edge_column(relation, key)?, edges.iter().map(row).collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        };
        Some(Self { graph, column, rows })
    }

    fn read(&self) -> Column {
        let typed = match &self.column.cells {
            graph::Cells::Narrow(_) | graph::Cells::Int(_) => {
                let missing = is_injected(Fault::MissingIsZero).then_some(0);
                self.rows.iter().map(|row| self.column.int(*row).or(missing)).collect::<Option<_>>().map(Column::Ints)
            }
            graph::Cells::Float(cells) => {
                let cell = |row: &usize| self.column.presence.cell(*row).and_then(|cell| cells.get(cell).copied());
                self.rows.iter().map(cell).collect::<Option<_>>().map(Column::Floats)
            }
            _ => None,
        };
        typed.unwrap_or_else(|| {
            let texts = self.graph.base().texts();
            let values: Vec<Value> = self.rows.iter().map(|row| self.column.value(*row, texts)).collect();
            // Strings are never narrowed, so there is no need to look for a narrower column.
            match self.column.cells {
                graph::Cells::Text(_) => Column::Values(values),
                _ => Column::from_values(values),
            }
        })
    }
}
