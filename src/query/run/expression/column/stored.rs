//! Properties of a column of nodes or relations, read straight from the graph's columns where no change is in the way:
//! the key is looked up once, numbers stay typed, and strings stay dictionary codes.

use super::{Column, Evaluator};
use crate::graph::{self, Cells, Graph, Presence};
use crate::model::{EdgeId, KeyId, NodeId, TextId, Value};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::{self, FunctionError};
use crate::query::run::batch::Codes;

/// A column of the graph, and the rows of it that a batch reads.
pub(super) struct Stored<'g> {
    graph: &'g Graph,
    /// The part of it, of one type, that has all values of these rows.
    pub column: &'g graph::Column,
    pub rows: Places<'g>,
}

/// Rows of a column of the graph.
#[derive(Clone, Copy)]
pub(super) enum Places<'g> {
    Nodes(&'g [NodeId]),
    /// Relations of a type, and the number of its first.
    Edges(&'g [EdgeId], u32),
}

impl Places<'_> {
    fn len(self) -> usize {
        match self {
            Self::Nodes(nodes) => nodes.len(),
            Self::Edges(edges, _) => edges.len(),
        }
    }

    #[inline]
    pub(super) fn at(self, row: usize) -> usize {
        match self {
            Self::Nodes(nodes) => nodes[row].index(),
            Self::Edges(edges, first) => (edges[row].0 - first) as usize,
        }
    }

    /// Something of each place, with the loop inside the choice of shape.
    #[inline]
    fn collect<T, C: FromIterator<T>>(self, pick: impl Fn(usize) -> T) -> C {
        match self {
            Self::Nodes(nodes) => nodes.iter().map(|node| pick(node.index())).collect(),
            Self::Edges(edges, first) => edges.iter().map(|edge| pick((edge.0 - first) as usize)).collect(),
        }
    }
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
                if let Some(ints) = ints_of_types(graph, edges, id) {
                    return Ok(Column::Ints(ints));
                }
                let property = |edge: &EdgeId| edge.some().map(|edge| graph.edge_property(edge, id));
                Ok(Column::from_values(edges.iter().map(|edge| property(edge).unwrap_or_default()).collect()))
            }
            _ => each(graph, of, key),
        }
    }
}

/// The whole numbers of relations of several types; `None` where one has none, or a change is in the way.
fn ints_of_types(graph: &Graph, edges: &[EdgeId], key: KeyId) -> Option<Vec<i64>> {
    let (mut range, mut column) = (0..0, None);
    let mut ints = Vec::with_capacity(edges.len());
    for edge in edges {
        if !range.contains(&edge.0) {
            let relation = graph.edge_type(edge.some()?);
            range = graph.base().edges_of_type(relation);
            column = graph.edge_column(relation, key).filter(|_| range.contains(&edge.0));
        }
        ints.push(column?.int((edge.0 - range.start) as usize)?);
    }
    Some(ints)
}

/// The part of a column that has all values of some rows; `None` where several have some.
fn part_of<'g>(column: &'g graph::Column, rows: Places<'_>) -> Option<&'g graph::Column> {
    if column.others.is_none() {
        return Some(column);
    }
    let all = 0..rows.len();
    let part_of = |row: usize| column.parts().find(|part| part.cell(rows.at(row)).is_some());
    let part = all.clone().find_map(part_of).unwrap_or(column);
    let is_elsewhere = |row: usize| part.cell(rows.at(row)).is_none() && column.has(rows.at(row));
    let is_alone = is_injected(Fault::OtherTypesUnread) || !all.into_iter().any(is_elsewhere);
    is_alone.then_some(part)
}

/// One by one, whatever it is.
fn each(graph: &Graph, of: &Column, key: &str) -> Result<Column, FunctionError> {
    let values = (0..of.len()).map(|row| functions::property(graph, &of.value(row), key));
    Ok(Column::from_values(values.collect::<Result<_, _>>()?))
}

impl<'g> Stored<'g> {
    /// `None` where some row is null, deleted or not of the base, where the relations or their values are of several
    /// types, or where no base node or relation has the property.
    pub(super) fn of(graph: &'g Graph, of: &'g Column, key: KeyId) -> Option<Self> {
        let is_whole = !graph.has_deletions();
        let (column, rows) = match of {
            Column::Nodes(nodes) => {
                let base = graph.base_nodes();
                let is_stored = |node: &NodeId| base.contains(&node.0) && (is_whole || graph.has_node(*node));
                let column = graph.node_column(key);
                let unseen = is_injected(Fault::ChangeUnseen).then(|| graph.base().node_column(key)).flatten();
                (column.or(unseen)?, nodes.iter().all(is_stored).then_some(Places::Nodes(nodes))?)
            }
            Column::Rels(edges) => {
                let relation = graph.edge_type(edges.first()?.some()?);
                let base = graph.base().edges_of_type(relation);
                let is_stored = |edge: &EdgeId| base.contains(&edge.0) && (is_whole || graph.has_edge(*edge));
                let rows = edges.iter().all(is_stored).then_some(Places::Edges(edges, base.start))?;
                (graph.edge_column(relation, key)?, rows)
            }
            _ => return None,
        };
        Some(Self { graph, column: part_of(column, rows)?, rows })
    }

    fn read(&self) -> Column {
        let column = self.column;
        let typed = match (&column.cells, &column.presence) {
            (Cells::Narrow(cells), Presence::All) => {
                let cells: &[i32] = cells;
                Some(Column::Ints(self.rows.collect(|row| i64::from(cells[row]))))
            }
            (Cells::Text(cells), Presence::All) => {
                let cells: &[TextId] = cells;
                let codes = self.rows.collect(|row| cells[row]);
                Some(Column::Texts(Codes { codes, base: self.graph.shared_base().clone() }))
            }
            (Cells::Narrow(_) | Cells::Int(_), _) => {
                let missing = is_injected(Fault::MissingIsZero).then_some(0);
                self.rows.collect::<_, Option<_>>(|row| column.int(row).or(missing)).map(Column::Ints)
            }
            (Cells::Float(cells), _) => {
                let cell = |row| column.presence.cell(row).and_then(|cell| cells.get(cell).copied());
                self.rows.collect::<_, Option<_>>(cell).map(Column::Floats)
            }
            (Cells::Text(_), _) => {
                let codes = self.rows.collect(|row| column.text(row).unwrap_or(TextId::NONE));
                Some(Column::Texts(Codes { codes, base: self.graph.shared_base().clone() }))
            }
            _ => None,
        };
        typed.unwrap_or_else(|| {
            let texts = self.graph.base().texts();
            let values: Vec<Value> = (0..self.rows.len()).map(|row| column.value(self.rows.at(row), texts)).collect();
            Column::from_values(values)
        })
    }
}
