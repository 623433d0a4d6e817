//! Properties of a column of nodes or relations, read straight from the graph's columns where no change is in the way:
//! the key is looked up once, numbers stay typed, and strings stay dictionary codes.

use std::ops::Range;

use super::{Column, Evaluator};
use crate::graph::{self, Cells, Graph, Presence};
use crate::model::{EdgeId, KeyId, NodeId, TextId};
use crate::query::faults::{Fault, is_injected};
use crate::query::functions::{self, FunctionError};
use crate::query::run::batch::Codes;
use crate::query::run::dictionary::Dictionary;

/// A column of the graph, and the rows of it that a batch reads.
pub(super) struct Stored<'g> {
    graph: &'g Graph,
    /// The part of it, of one type, that has all values of these rows.
    pub column: &'g graph::Column,
    /// Which of the rows have a cell.
    pub presence: &'g Presence,
    pub rows: Places<'g>,
}

/// Rows of a column of the graph.
#[derive(Clone, Copy)]
pub(super) enum Places<'g> {
    /// So many from one on: what a scan finds mostly lies in one piece.
    Run(usize, usize),
    /// These numbers, less the first of their kind.
    Each(&'g [u32], u32),
}

impl<'g> Places<'g> {
    /// The places of some numbers, which all have to lie within a range.
    fn of(numbers: &'g [u32], range: &Range<u32>) -> Option<Self> {
        let (first, last) = (*numbers.first()?, *numbers.last()?);
        let length = u32::try_from(numbers.len()).ok()?;
        let is_run = last.wrapping_sub(first).wrapping_add(1) == length
            && range.contains(&first)
            && range.contains(&last)
            && (first..).zip(numbers).filter(|(wanted, number)| wanted != *number).count() == 0;
        if is_run {
            return Some(Self::Run((first - range.start) as usize, numbers.len()));
        }
        let (least, most) =
            numbers.iter().fold((u32::MAX, 0), |(least, most), each| (least.min(*each), most.max(*each)));
        (range.contains(&least) && range.contains(&most)).then_some(Self::Each(numbers, range.start))
    }

    /// The same as places in a run of so many from a first one on; `None` where one lies outside.
    fn within(self, first: u32, count: usize) -> Option<Self> {
        let from = first as usize;
        let is_within = |place: usize| place >= from && place - from < count;
        match self {
            Self::Run(_, 0) => None,
            Self::Run(start, length) => {
                (is_within(start) && is_within(start + length - 1)).then(|| Self::Run(start - from, length))
            }
            Self::Each(numbers, base) => {
                let all = numbers.iter().all(|number| is_within((number - base) as usize));
                all.then_some(Self::Each(numbers, base + first))
            }
        }
    }

    pub(super) fn len(self) -> usize {
        match self {
            Self::Run(_, length) => length,
            Self::Each(numbers, _) => numbers.len(),
        }
    }

    #[inline]
    pub(super) fn at(self, row: usize) -> usize {
        match self {
            Self::Run(start, _) => start + row,
            Self::Each(numbers, first) => (numbers[row] - first) as usize,
        }
    }

    /// Something of each place, with the loop inside the choice of shape.
    #[inline]
    fn collect<T, C: FromIterator<T>>(self, mut pick: impl FnMut(usize) -> T) -> C {
        match self {
            Self::Run(start, length) => (start..start + length).map(pick).collect(),
            Self::Each(numbers, first) => numbers.iter().map(|number| pick((number - first) as usize)).collect(),
        }
    }

    /// Something of each cell.
    #[inline]
    fn pick<T: Copy, U>(self, cells: &[T], make: impl Fn(T) -> U) -> Vec<U> {
        match self {
            Self::Run(start, length) => cells[start..start + length].iter().map(|cell| make(*cell)).collect(),
            Self::Each(numbers, first) => numbers.iter().map(|number| make(cells[(number - first) as usize])).collect(),
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
            Column::Rels(edges) if let Some(column) = of_types(graph, edges, id) => Ok(column),
            Column::Rels(edges) if edges.iter().all(|edge| *edge == EdgeId::NONE || graph.has_edge(*edge)) => {
                let property = |edge: &EdgeId| edge.some().map(|edge| graph.edge_property(edge, id));
                Ok(Column::from_values(edges.iter().map(|edge| property(edge).unwrap_or_default()).collect()))
            }
            _ => each(graph, of, key),
        }
    }
}

/// Relations of several types, as they come from a hop: type after type. `None` where a change is in the way, where the
/// columns of the types differ in kind, or the types alternate.
fn of_types(graph: &Graph, edges: &[EdgeId], key: KeyId) -> Option<Column> {
    let mut found: Option<Column> = None;
    let (mut rest, mut pieces) = (edges, 0);
    while let Some(edge) = rest.first() {
        let range = graph.base().edges_of_type(graph.edge_type(edge.some()?));
        let end = rest.iter().position(|edge| !range.contains(&edge.0)).unwrap_or(rest.len());
        let (piece, others) = rest.split_at(end);
        pieces += 1;
        if piece.is_empty() || pieces > 8 + edges.len() / 16 {
            return None;
        }
        let read = Stored::of_relations(graph, piece, key)?.read();
        match &mut found {
            None => found = Some(read),
            Some(found) => found.append(read)?,
        }
        rest = others;
    }
    found
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
        match of {
            Column::Nodes(nodes) => {
                let column = graph.node_column(key);
                let unseen = is_injected(Fault::ChangeUnseen).then(|| graph.base().node_column(key)).flatten();
                let column = column.or(unseen)?;
                let rows = Places::of(bytemuck::cast_slice(nodes), &graph.base_nodes())?;
                let is_whole = !graph.has_deletions() || nodes.iter().all(|node| graph.has_node(*node));
                if is_whole { Self::at(graph, column, rows) } else { None }
            }
            Column::Rels(edges) => Self::of_relations(graph, edges, key),
            _ => None,
        }
    }

    /// The same of relations, which have to be of one type.
    fn of_relations(graph: &'g Graph, edges: &'g [EdgeId], key: KeyId) -> Option<Self> {
        let relation = graph.edge_type(edges.first()?.some()?);
        let column = graph.edge_column(relation, key)?;
        let rows = Places::of(bytemuck::cast_slice(edges), &graph.base().edges_of_type(relation))?;
        let is_whole = !graph.has_deletions() || edges.iter().all(|edge| graph.has_edge(*edge));
        if is_whole { Self::at(graph, column, rows) } else { None }
    }

    fn at(graph: &'g Graph, column: &'g graph::Column, rows: Places<'g>) -> Option<Self> {
        let column = part_of(column, rows)?;
        let within = match column.presence {
            Presence::Run { first, count } => rows.within(first, count as usize),
            _ => None,
        };
        Some(match within {
            Some(rows) => Self { graph, column, presence: &Presence::All, rows },
            None => Self { graph, column, presence: &column.presence, rows },
        })
    }

    /// The codes of strings, where they lie in one piece and none is missing.
    pub(super) fn codes(&self) -> Option<&'g [u32]> {
        match (&self.column.cells, self.presence, self.rows) {
            (Cells::Text(cells), Presence::All, Places::Run(start, length)) => {
                cells.get(start..start + length).map(bytemuck::cast_slice)
            }
            _ => None,
        }
    }

    fn read(&self) -> Column {
        let (column, rows) = (self.column, self.rows);
        if *self.presence == Presence::All {
            match &column.cells {
                Cells::Narrow(cells) => return Column::Ints(rows.pick(cells, i64::from)),
                Cells::Int(cells) => return Column::Ints(rows.pick(cells, |cell| cell)),
                Cells::Float(cells) => return Column::Floats(rows.pick(cells, |cell| cell)),
                Cells::Bool(cells) => return Column::Bools(rows.pick(cells, |cell| cell != 0)),
                Cells::Text(cells) => return self.texts(rows.pick(cells, |cell| cell)),
                Cells::Mixed { .. } => {}
            }
        }
        match &column.cells {
            Cells::Narrow(cells) => self.partial(cells, i64::from, Column::Ints),
            Cells::Int(cells) => self.partial(cells, |cell| cell, Column::Ints),
            Cells::Float(cells) => self.partial(cells, |cell| cell, Column::Floats),
            Cells::Bool(cells) => self.partial(cells, |cell| cell != 0, Column::Bools),
            Cells::Text(cells) => {
                let mut finder = self.presence.finder();
                let mut cell = |row| finder.cell(row).and_then(|cell| cells.get(cell).copied());
                self.texts(rows.collect(|row| cell(row).unwrap_or(TextId::NONE)))
            }
            Cells::Mixed { .. } => {
                let texts = self.graph.base().texts();
                let cell = |row| self.presence.cell(row).map(|cell| column.cells.value(cell, texts));
                Column::from_values(rows.collect(|row| cell(row).unwrap_or_default()))
            }
        }
    }

    fn texts(&self, codes: Vec<TextId>) -> Column {
        Column::Texts(Codes { codes, texts: Dictionary::Stored(self.graph.shared_base().clone()) })
    }

    /// Cells of which some are missing.
    fn partial<T: Copy, U: Default>(
        &self,
        cells: &[T],
        make: impl Fn(T) -> U,
        column: impl Fn(Vec<U>) -> Column,
    ) -> Column {
        let (mut finder, mut present) = (self.presence.finder(), Vec::with_capacity(self.rows.len()));
        let all_there = is_injected(Fault::MissingIsZero);
        let cell = |row| {
            let cell = finder.cell(row).and_then(|cell| cells.get(cell));
            present.push(cell.is_some() || all_there);
            cell.map_or_else(U::default, |cell| make(*cell))
        };
        let cells = column(self.rows.collect(cell));
        Column::partial(cells, present)
    }
}
