//! What operators pass to each other: a batch of rows as typed columns.
//!
//! A column is as narrow as its values allow: handles and numbers lie in plain vectors, numbers with nulls among them
//! have a mark beside each ([`Partial`]), and only a column of mixed types falls back to [`Value`]s. Strings that the
//! graph's dictionary holds, or that the query has made, are their codes ([`Codes`]). In columns of handles and codes a missing value is `NONE`.
//! Columns are shared: projecting one costs a counter.

use std::sync::Arc;

use super::dictionary::Dictionary;
use crate::model::{EdgeId, NodeId, TextId, Value};
use crate::query::plan::Live;

/// How many rows an operator puts into its first batch; with the feature `faults` so few that small graphs fill several.
pub const BATCH_ROWS: usize = if cfg!(feature = "faults") { 3 } else { 1024 };

/// The most that those put into one who make larger and larger batches.
const MOST_ROWS: usize = 8 * BATCH_ROWS;

/// How many rows the next batch of a scan or a hop has: few at first, so that a LIMIT is soon reached; twice as many
/// with each batch, so that what is done once a batch does not count where few rows pass a condition.
#[derive(Clone, Copy, Debug)]
pub struct BatchSize(usize);

impl BatchSize {
    /// Of the first batch.
    #[must_use]
    pub fn first() -> Self {
        Self(BATCH_ROWS)
    }

    /// The rows of this batch; from then on it speaks of the next one.
    pub fn take(&mut self) -> usize {
        let rows = self.0;
        self.0 = (rows * 2).min(MOST_ROWS);
        rows
    }
}

/// One column.
#[derive(Clone, Debug)]
pub enum Column {
    /// Nodes; `NONE` is null.
    Nodes(Vec<NodeId>),
    /// Relations; `NONE` is null.
    Rels(Vec<EdgeId>),
    /// Whole numbers, no nulls.
    Ints(Vec<i64>),
    /// Floating-point numbers, no nulls.
    Floats(Vec<f64>),
    /// Booleans, no nulls.
    Bools(Vec<bool>),
    /// Strings of a dictionary; `NONE` is null.
    Texts(Codes),
    /// Numbers or booleans of which some are missing.
    Partial(Partial),
    /// Anything.
    Values(Vec<Value>),
}

/// Numbers or booleans of one type, and which of them are there.
#[derive(Clone, Debug)]
pub struct Partial {
    /// A column of whole numbers, floating-point numbers or booleans; anything where none is there.
    pub cells: Box<Column>,
    /// Whether there is a value in each row, or null.
    pub present: Vec<bool>,
}

/// Strings by their codes in a dictionary.
#[derive(Clone, Debug)]
pub struct Codes {
    /// The code in each row; `NONE` is null.
    pub codes: Vec<TextId>,
    /// What they mean.
    pub texts: Dictionary,
}

impl Codes {
    /// The string in a row; `None` is null.
    #[inline]
    #[must_use]
    pub fn text(&self, row: usize) -> Option<&str> {
        self.texts.optional(self.codes[row])
    }
}

impl Column {
    /// A column of numbers or booleans of which those are there that are marked.
    #[must_use]
    pub fn partial(cells: Self, present: Vec<bool>) -> Self {
        debug_assert_eq!(cells.len(), present.len(), "a mark beside each cell");
        if present.iter().all(|is| *is) { cells } else { Self::Partial(Partial { cells: Box::new(cells), present }) }
    }

    /// The cells by themselves, and which of them are there; all where no marks are given.
    #[must_use]
    pub fn cells(&self) -> (&Self, Option<&[bool]>) {
        match self {
            Self::Partial(partial) => (&partial.cells, Some(&partial.present)),
            whole => (whole, None),
        }
    }

    /// A column of the same type in which nothing is there.
    #[must_use]
    pub fn nulls(&self, rows: usize) -> Self {
        let partial = |cells| Self::Partial(Partial { cells: Box::new(cells), present: vec![false; rows] });
        match self.cells().0 {
            Self::Nodes(_) => Self::Nodes(vec![NodeId::NONE; rows]),
            Self::Rels(_) => Self::Rels(vec![EdgeId::NONE; rows]),
            Self::Texts(texts) => Self::Texts(Codes { codes: vec![TextId::NONE; rows], texts: texts.texts.clone() }),
            Self::Ints(_) => partial(Self::Ints(vec![0; rows])),
            Self::Floats(_) => partial(Self::Floats(vec![0.0; rows])),
            Self::Bools(_) => partial(Self::Bools(vec![false; rows])),
            Self::Partial(_) | Self::Values(_) => Self::Values(vec![Value::Null; rows]),
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Nodes(rows) => rows.len(),
            Self::Rels(rows) => rows.len(),
            Self::Ints(rows) => rows.len(),
            Self::Floats(rows) => rows.len(),
            Self::Bools(rows) => rows.len(),
            Self::Texts(rows) => rows.codes.len(),
            Self::Partial(rows) => rows.present.len(),
            Self::Values(rows) => rows.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a row.
    pub fn value(&self, row: usize) -> Value {
        match self {
            Self::Nodes(rows) => rows[row].some().map_or(Value::Null, Value::Node),
            Self::Rels(rows) => rows[row].some().map_or(Value::Null, Value::Rel),
            Self::Ints(rows) => Value::Int(rows[row]),
            Self::Floats(rows) => Value::Float(rows[row]),
            Self::Bools(rows) => Value::Bool(rows[row]),
            Self::Texts(rows) => rows.text(row).map_or(Value::Null, Value::text),
            Self::Partial(rows) => {
                if rows.present[row] {
                    rows.cells.value(row)
                } else {
                    Value::Null
                }
            }
            Self::Values(rows) => rows[row].clone(),
        }
    }

    /// The rows with these numbers, in this order.
    #[must_use]
    pub fn gather(&self, rows: &[u32]) -> Self {
        fn pick<T: Clone>(from: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().map(|row| from[*row as usize].clone()).collect()
        }
        match self {
            Self::Nodes(from) => Self::Nodes(pick(from, rows)),
            Self::Rels(from) => Self::Rels(pick(from, rows)),
            Self::Ints(from) => Self::Ints(pick(from, rows)),
            Self::Floats(from) => Self::Floats(pick(from, rows)),
            Self::Bools(from) => Self::Bools(pick(from, rows)),
            Self::Texts(from) => Self::Texts(Codes { codes: pick(&from.codes, rows), texts: from.texts.clone() }),
            Self::Partial(from) => {
                let (cells, present) = (Box::new(from.cells.gather(rows)), pick(&from.present, rows));
                Self::Partial(Partial { cells, present })
            }
            Self::Values(from) => Self::Values(pick(from, rows)),
        }
    }

    /// Puts the rows of another column behind these; `None`, and nothing is changed, where the two are of different types.
    pub fn append(&mut self, other: Self) -> Option<()> {
        match (&mut *self, other) {
            (Self::Nodes(rows), Self::Nodes(others)) => rows.extend(others),
            (Self::Rels(rows), Self::Rels(others)) => rows.extend(others),
            (Self::Ints(rows), Self::Ints(others)) => rows.extend(others),
            (Self::Floats(rows), Self::Floats(others)) => rows.extend(others),
            (Self::Bools(rows), Self::Bools(others)) => rows.extend(others),
            (Self::Texts(rows), Self::Texts(others)) if rows.texts.is(&others.texts) => {
                rows.codes.extend(others.codes);
            }
            (Self::Values(rows), Self::Values(others)) => rows.extend(others),
            (Self::Partial(rows), Self::Partial(others)) => {
                rows.cells.append(*others.cells)?;
                rows.present.extend(others.present);
            }
            (Self::Partial(rows), others) => {
                let length = rows.present.len() + others.len();
                rows.cells.append(others)?;
                rows.present.resize(length, true);
            }
            (rows, Self::Partial(others)) => {
                let mut present = vec![true; rows.len()];
                rows.append(*others.cells)?;
                present.extend(others.present);
                let cells = std::mem::replace(rows, Self::Values(Vec::new()));
                *rows = Self::Partial(Partial { cells: Box::new(cells), present });
            }
            _ => return None,
        }
        Some(())
    }

    /// Rows of several columns, each named by its column and its row there, in this order.
    #[must_use]
    pub fn gather_from(columns: &[&Self], rows: &[(u32, u32)]) -> Self {
        /// The cells of all columns, where all are of one type.
        fn cells<'c, T>(columns: &[&'c Column], of: impl Fn(&'c Column) -> Option<&'c [T]>) -> Option<Vec<&'c [T]>> {
            columns.iter().map(|column| of(column)).collect()
        }
        fn pick<T: Clone>(cells: &[&[T]], rows: &[(u32, u32)]) -> Vec<T> {
            rows.iter().map(|(column, row)| cells[*column as usize][*row as usize].clone()).collect()
        }
        macro_rules! typed {
            ($($shape:ident),*) => {
                $(if let Some(cells) = cells(columns, |column| match column {
                    Self::$shape(cells) => Some(cells.as_slice()),
                    _ => None,
                }) {
                    return Self::$shape(pick(&cells, rows));
                })*
            };
        }
        typed!(Ints, Nodes, Rels, Floats, Bools);
        let texts = columns.first().and_then(|column| match column {
            Self::Texts(codes) => Some(&codes.texts),
            _ => None,
        });
        if let Some(texts) = texts
            && let Some(cells) = cells(columns, |column| match column {
                Self::Texts(codes) if codes.texts.is(texts) => Some(codes.codes.as_slice()),
                _ => None,
            })
        {
            return Self::Texts(Codes { codes: pick(&cells, rows), texts: texts.clone() });
        }
        if columns.iter().any(|column| matches!(column, Self::Partial(_))) {
            let cells: Vec<&Self> = columns.iter().map(|column| column.cells().0).collect();
            let is_there = |(column, row): &(u32, u32)| {
                columns[*column as usize].cells().1.is_none_or(|present| present[*row as usize])
            };
            let cells = Self::gather_from(&cells, rows);
            if matches!(cells, Self::Ints(_) | Self::Floats(_) | Self::Bools(_)) {
                return Self::partial(cells, rows.iter().map(is_there).collect());
            }
        }
        Self::from_values(rows.iter().map(|(column, row)| columns[*column as usize].value(*row as usize)).collect())
    }

    /// The narrowest column that holds these values.
    #[must_use]
    pub fn from_values(values: Vec<Value>) -> Self {
        fn narrow<T>(values: &[Value], pick: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
            values.iter().map(pick).collect()
        }
        fn partial<T: Default>(
            values: &[Value],
            column: impl Fn(Vec<T>) -> Column,
            pick: impl Fn(&Value) -> Option<T>,
        ) -> Option<Column> {
            let cell = |value: &Value| if value.is_null() { Some(T::default()) } else { pick(value) };
            let cells = values.iter().map(cell).collect::<Option<_>>()?;
            Some(Column::partial(column(cells), values.iter().map(|value| !value.is_null()).collect()))
        }
        let found = match values.iter().find(|value| !value.is_null()) {
            Some(Value::Node(_)) => narrow(&values, |value| match value {
                Value::Node(node) => Some(*node),
                Value::Null => Some(NodeId::NONE),
                _ => None,
            })
            .map(Self::Nodes),
            Some(Value::Rel(_)) => narrow(&values, |value| match value {
                Value::Rel(edge) => Some(*edge),
                Value::Null => Some(EdgeId::NONE),
                _ => None,
            })
            .map(Self::Rels),
            Some(Value::Int(_)) => partial(&values, Self::Ints, |value| match value {
                Value::Int(int) => Some(*int),
                _ => None,
            }),
            Some(Value::Float(_)) => partial(&values, Self::Floats, |value| match value {
                Value::Float(float) => Some(*float),
                _ => None,
            }),
            Some(Value::Bool(_)) => partial(&values, Self::Bools, |value| match value {
                Value::Bool(bool) => Some(*bool),
                _ => None,
            }),
            _ => None,
        };
        found.unwrap_or(Self::Values(values))
    }
}

/// Rows as columns, all of the same length. Columns that no later operator reads may be absent (`None`).
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The columns by slot.
    pub columns: Vec<Option<Arc<Column>>>,
    /// The number of rows (a batch may have rows and no columns).
    pub rows: usize,
}

impl Batch {
    /// One row without columns: where every query starts.
    #[must_use]
    pub fn unit() -> Self {
        Self { columns: Vec::new(), rows: 1 }
    }

    /// The column of a slot.
    ///
    /// # Panics
    /// If the plan reads a slot that no operator below fills: a fault of the planner.
    pub fn column(&self, slot: usize) -> &Column {
        self.columns.get(slot).and_then(Option::as_ref).expect("a slot is filled before it is read")
    }

    /// The same, to be shared.
    ///
    /// # Panics
    /// As [`Batch::column`].
    pub fn shared(&self, slot: usize) -> &Arc<Column> {
        self.columns.get(slot).and_then(Option::as_ref).expect("a slot is filled before it is read")
    }

    /// Puts a column into a slot.
    pub fn set(&mut self, slot: usize, column: Column) {
        debug_assert_eq!(column.len(), self.rows, "all columns of a batch are of one length");
        self.set_shared(slot, Arc::new(column));
    }

    /// Puts a shared column into a slot.
    pub fn set_shared(&mut self, slot: usize, column: Arc<Column>) {
        if self.columns.len() <= slot {
            self.columns.resize(slot + 1, None);
        }
        self.columns[slot] = Some(column);
    }

    /// Whether it has a column that is still read.
    #[must_use]
    pub fn carries(&self, live: &Live) -> bool {
        self.columns.iter().enumerate().any(|(slot, column)| column.is_some() && live.reads(slot))
    }

    /// The rows with these numbers, in this order, of those columns that are still read.
    #[must_use]
    pub fn gather_live(&self, rows: &[u32], live: &Live) -> Self {
        let mut gathered = Self { columns: vec![None; self.columns.len()], rows: rows.len() };
        for (slot, column) in self.columns.iter().enumerate() {
            if let Some(column) = column
                && live.reads(slot)
            {
                gathered.columns[slot] = Some(Arc::new(column.gather(rows)));
            }
        }
        gathered
    }

    /// The rows with these numbers, in this order.
    #[must_use]
    pub fn gather(&self, rows: &[u32]) -> Self {
        let columns = self.columns.iter().map(|column| column.as_ref().map(|column| Arc::new(column.gather(rows))));
        Self { columns: columns.collect(), rows: rows.len() }
    }
}
