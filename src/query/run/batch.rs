//! What operators pass to each other: a batch of rows as typed columns.
//!
//! A column is as narrow as its values allow: handles and numbers lie in plain vectors, and only a column of mixed
//! types or with nulls among numbers falls back to [`Value`]s. In handle columns a missing value is the handle's
//! `NONE`. Columns are shared: projecting one costs a counter.

use std::sync::Arc;

use crate::model::{EdgeId, NodeId, Value};

/// How many rows a scan puts into a batch; with the feature `faults` so few that small graphs fill several.
pub const BATCH_ROWS: usize = if cfg!(feature = "faults") { 3 } else { 1024 };

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
    /// Anything.
    Values(Vec<Value>),
}

impl Column {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Nodes(rows) => rows.len(),
            Self::Rels(rows) => rows.len(),
            Self::Ints(rows) => rows.len(),
            Self::Floats(rows) => rows.len(),
            Self::Bools(rows) => rows.len(),
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
            Self::Values(from) => Self::Values(pick(from, rows)),
        }
    }

    /// The narrowest column that holds these values.
    #[must_use]
    pub fn from_values(values: Vec<Value>) -> Self {
        fn narrow<T>(values: &[Value], pick: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
            values.iter().map(pick).collect()
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
            Some(Value::Int(_)) => narrow(&values, |value| match value {
                Value::Int(int) => Some(*int),
                _ => None,
            })
            .map(Self::Ints),
            Some(Value::Float(_)) => narrow(&values, |value| match value {
                Value::Float(float) => Some(*float),
                _ => None,
            })
            .map(Self::Floats),
            Some(Value::Bool(_)) => narrow(&values, |value| match value {
                Value::Bool(bool) => Some(*bool),
                _ => None,
            })
            .map(Self::Bools),
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

    /// The rows with these numbers, in this order.
    #[must_use]
    pub fn gather(&self, rows: &[u32]) -> Self {
        let columns = self.columns.iter().map(|column| column.as_ref().map(|column| Arc::new(column.gather(rows))));
        Self { columns: columns.collect(), rows: rows.len() }
    }
}
