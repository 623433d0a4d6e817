//! A property column while it grows: values in any order of rows, typed as long as all are of one type.

use super::array::{Array, to_u32};
use super::bulk::{NewCells, NewColumn};
use super::column::{Cells, Column, Presence};
use super::encoding;
use super::texts::TextsBuilder;
use crate::model::{TextId, Value};

/// A column is sparse where fewer rows than one in this many have a value.
const SPARSE: usize = 4;

/// Values said so far, in the order in which they were said.
#[derive(Default)]
pub(super) struct ColumnBuilder {
    rows: Rows,
    cells: Growing,
}

/// The rows of the cells. As long as the rows come as 0, 1, 2 …, only their number is kept.
enum Rows {
    Run(u32),
    Listed(Vec<u32>),
}

impl Default for Rows {
    fn default() -> Self {
        Self::Run(0)
    }
}

#[derive(Default)]
enum Growing {
    #[default]
    Empty,
    Narrow(Vec<i32>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<u8>),
    Text(Vec<TextId>),
    Mixed(Encoded),
}

#[derive(Clone, Default)]
struct Encoded {
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl Encoded {
    fn push(&mut self, value: &Value) {
        encoding::encode(value, &mut self.bytes);
        self.ends.push(to_u32(self.bytes.len()));
    }

    fn get(&self, cell: usize) -> &[u8] {
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] as usize };
        &self.bytes[start..self.ends[cell] as usize]
    }
}

impl ColumnBuilder {
    /// Adds a value; the last one said of a row counts.
    pub(super) fn push(&mut self, row: u32, value: &Value, texts: &mut TextsBuilder) {
        match value {
            Value::Null => {}
            Value::Int(int) => self.push_int(row, *int, texts),
            Value::Text(text) => {
                let code = texts.intern(text);
                self.push_text(row, code, texts);
            }
            _ => self.push_other(row, value, texts),
        }
    }

    /// Adds a whole number.
    pub(super) fn push_int(&mut self, row: u32, int: i64, texts: &TextsBuilder) {
        match (&mut self.cells, i32::try_from(int)) {
            (Growing::Empty, Ok(narrow)) => self.cells = Growing::Narrow(vec![narrow]),
            (Growing::Narrow(cells), Ok(narrow)) => cells.push(narrow),
            (Growing::Empty, Err(_)) => self.cells = Growing::Int(vec![int]),
            (Growing::Int(cells), _) => cells.push(int),
            (Growing::Narrow(cells), Err(_)) => {
                let mut wide: Vec<i64> = cells.iter().map(|each| i64::from(*each)).collect();
                wide.push(int);
                self.cells = Growing::Int(wide);
            }
            _ => self.mixed(texts).push(&Value::Int(int)),
        }
        self.rows.push(row);
    }

    /// Adds a string by its dictionary code.
    pub(super) fn push_text(&mut self, row: u32, code: TextId, texts: &TextsBuilder) {
        match &mut self.cells {
            Growing::Empty => self.cells = Growing::Text(vec![code]),
            Growing::Text(cells) => cells.push(code),
            _ => self.mixed(texts).push(&Value::text(texts.get(code))),
        }
        self.rows.push(row);
    }

    /// Adds values of rows from a first one on, which must not lie before the last that was said.
    pub(super) fn extend(&mut self, first: u32, column: NewColumn<'_>, texts: &TextsBuilder) {
        let NewColumn { cells, rows } = column;
        let row_of = |cell: usize| first + rows.map_or_else(|| to_u32(cell), |rows| rows[cell]);
        let is_run = rows.is_none() && matches!(&self.rows, Rows::Run(run) if *run == first);
        match (&mut self.cells, cells) {
            (Growing::Narrow(narrow), NewCells::Ints(ints))
                if is_run && ints.iter().all(|int| i32::try_from(*int).is_ok()) =>
            {
                #[expect(clippy::cast_possible_truncation, reason = "each was found to fit")]
                narrow.extend(ints.iter().map(|int| *int as i32));
                self.rows = Rows::Run(first + to_u32(ints.len()));
            }
            (Growing::Text(codes), NewCells::Texts(texts)) if is_run => {
                codes.extend_from_slice(texts);
                self.rows = Rows::Run(first + to_u32(texts.len()));
            }
            (_, NewCells::Ints(ints)) => {
                ints.iter().enumerate().for_each(|(cell, int)| self.push_int(row_of(cell), *int, texts));
            }
            (_, NewCells::Texts(codes)) => {
                codes.iter().enumerate().for_each(|(cell, code)| self.push_text(row_of(cell), *code, texts));
            }
            (_, NewCells::Floats(floats)) => {
                let values = floats.iter().map(|float| Value::Float(*float));
                values.enumerate().for_each(|(cell, value)| self.push_other(row_of(cell), &value, texts));
            }
            (_, NewCells::Bools(bools)) => {
                let values = bools.iter().map(|bool| Value::Bool(*bool != 0));
                values.enumerate().for_each(|(cell, value)| self.push_other(row_of(cell), &value, texts));
            }
        }
    }

    fn push_other(&mut self, row: u32, value: &Value, texts: &TextsBuilder) {
        match (&mut self.cells, value) {
            (Growing::Empty, Value::Float(float)) => self.cells = Growing::Float(vec![*float]),
            (Growing::Float(cells), Value::Float(float)) => cells.push(*float),
            (Growing::Empty, Value::Bool(bool)) => self.cells = Growing::Bool(vec![u8::from(*bool)]),
            (Growing::Bool(cells), Value::Bool(bool)) => cells.push(u8::from(*bool)),
            _ => self.mixed(texts).push(value),
        }
        self.rows.push(row);
    }

    /// The cells as encoded values, whatever they were.
    fn mixed(&mut self, texts: &TextsBuilder) -> &mut Encoded {
        if !matches!(self.cells, Growing::Mixed(_)) {
            let mut encoded = Encoded::default();
            match &self.cells {
                Growing::Narrow(cells) => cells.iter().for_each(|int| encoded.push(&Value::Int(i64::from(*int)))),
                Growing::Int(cells) => cells.iter().for_each(|int| encoded.push(&Value::Int(*int))),
                Growing::Float(cells) => cells.iter().for_each(|float| encoded.push(&Value::Float(*float))),
                Growing::Bool(cells) => cells.iter().for_each(|bool| encoded.push(&Value::Bool(*bool != 0))),
                Growing::Text(cells) => cells.iter().for_each(|text| encoded.push(&Value::text(texts.get(*text)))),
                Growing::Empty | Growing::Mixed(_) => {}
            }
            self.cells = Growing::Mixed(encoded);
        }
        match &mut self.cells {
            Growing::Mixed(encoded) => encoded,
            _ => unreachable!("the cells were just made mixed"),
        }
    }

    /// The column of `count` rows. `old_rows[new]` is where a row stood while building; none where rows stay.
    pub(super) fn freeze(self, count: usize, old_rows: Option<&[u32]>) -> Column {
        match (&self.rows, old_rows) {
            (Rows::Run(run), None) if *run as usize == count => {
                Column { presence: Presence::All, cells: self.cells.gather(None) }
            }
            (Rows::Run(run), Some(old_rows)) if *run as usize == count => {
                Column { presence: Presence::All, cells: self.cells.gather(Some(old_rows)) }
            }
            _ => self.freeze_partial(count, old_rows),
        }
    }

    fn freeze_partial(self, count: usize, old_rows: Option<&[u32]>) -> Column {
        // Cell of each row as it stood while building; the last one said wins.
        let cell_of = self.rows.entries(count);
        let cell_at = |row: usize| cell_of[old_rows.map_or(row, |old| old[row] as usize)];
        let present = cell_of.iter().filter(|cell| **cell != ABSENT).count();
        if present * SPARSE >= count {
            let mut words = vec![0u64; count.div_ceil(64)];
            let mut cells = Vec::with_capacity(count);
            for row in 0..count {
                let cell = cell_at(row);
                if cell == ABSENT {
                    cells.push(0);
                } else {
                    words[row / 64] |= 1 << (row % 64);
                    cells.push(cell);
                }
            }
            let presence = if present == count { Presence::All } else { Presence::Bitmap(words.into()) };
            return Column { presence, cells: self.cells.gather(Some(&cells)) };
        }
        let mut listed = Vec::with_capacity(present);
        let mut cells = Vec::with_capacity(present);
        for row in 0..count {
            let cell = cell_at(row);
            if cell != ABSENT {
                listed.push(to_u32(row));
                cells.push(cell);
            }
        }
        Column { presence: Presence::Rows(listed.into()), cells: self.cells.gather(Some(&cells)) }
    }

    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.cells, Growing::Empty)
    }
}

/// Marks a row without a value.
const ABSENT: u32 = u32::MAX;

impl Rows {
    fn push(&mut self, row: u32) {
        match self {
            Self::Run(run) if *run == row => *run += 1,
            Self::Run(run) => *self = Self::Listed((0..*run).chain([row]).collect()),
            Self::Listed(rows) => rows.push(row),
        }
    }

    /// The last cell of each row, or [`ABSENT`].
    fn entries(&self, count: usize) -> Vec<u32> {
        let mut cells = vec![ABSENT; count];
        match self {
            Self::Run(run) => (0..*run).for_each(|row| cells[row as usize] = row),
            Self::Listed(rows) => (0..).zip(rows).for_each(|(cell, row)| cells[*row as usize] = cell),
        }
        cells
    }
}

impl Growing {
    /// The cells in the order of `order`, or as they are.
    fn gather(self, order: Option<&[u32]>) -> Cells {
        fn pick<T: Copy>(cells: Vec<T>, order: Option<&[u32]>) -> Array<T> {
            match order {
                None => cells.into(),
                Some(order) => order.iter().map(|cell| cells[*cell as usize]).collect(),
            }
        }
        match self {
            Self::Empty => Cells::Narrow(Array::default()),
            Self::Narrow(cells) => Cells::Narrow(pick(cells, order)),
            Self::Int(cells) => Cells::Int(pick(cells, order)),
            Self::Float(cells) => Cells::Float(pick(cells, order)),
            Self::Bool(cells) => Cells::Bool(pick(cells, order)),
            Self::Text(cells) => Cells::Text(pick(cells, order)),
            Self::Mixed(encoded) => encoded.gather(order),
        }
    }
}

impl Encoded {
    fn gather(self, order: Option<&[u32]>) -> Cells {
        let mut starts = vec![0];
        let Some(order) = order else {
            starts.extend(self.ends);
            return Cells::Mixed { starts: starts.into(), bytes: self.bytes.into() };
        };
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for cell in order {
            bytes.extend_from_slice(self.get(*cell as usize));
            starts.push(to_u32(bytes.len()));
        }
        Cells::Mixed { starts: starts.into(), bytes: bytes.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Freezes values said of rows, and reads each row back.
    fn check(said: &[(u32, Value)], count: usize, old_rows: Option<&[u32]>) -> Column {
        let (mut texts, mut builder) = (TextsBuilder::default(), ColumnBuilder::default());
        for (row, value) in said {
            builder.push(*row, value, &mut texts);
        }
        let column = builder.freeze(count, old_rows);
        let texts = texts.freeze();
        assert!(column.is_sound(count), "{column:?}");
        for row in 0..count {
            let old = old_rows.map_or(row, |old| old[row] as usize);
            let said = said.iter().rev().find(|(each, value)| *each as usize == old && !value.is_null());
            let expected = said.map(|(_, value)| value.clone()).unwrap_or_default();
            assert!(column.value(row, &texts).is_equivalent(&expected), "row {row} of {column:?}");
            assert_eq!(column.has(row), !expected.is_null());
        }
        column
    }

    #[test]
    fn a_full_column_is_typed_and_has_no_bitmap() {
        let ints: Vec<_> = (0..10).map(|row| (row, Value::Int(i64::from(row)))).collect();
        let column = check(&ints, 10, None);
        assert!(matches!((column.presence, column.cells), (Presence::All, Cells::Narrow(_))));
        let order: Vec<u32> = (0..10).rev().collect();
        check(&ints, 10, Some(&order));
    }

    #[test]
    fn numbers_widen_and_types_mix() {
        let column = check(&[(0, Value::Int(1)), (1, Value::Int(i64::MAX))], 2, None);
        assert!(matches!(column.cells, Cells::Int(_)));
        for other in [Value::Float(0.5), Value::Bool(true), Value::text("x"), Value::list(vec![Value::Int(1)])] {
            let column = check(&[(0, Value::Int(1)), (1, other.clone()), (0, other)], 2, None);
            assert!(matches!(column.cells, Cells::Mixed { .. }));
        }
        check(&[(0, Value::text("x")), (1, Value::Int(1)), (2, Value::text("y"))], 3, Some(&[2, 0, 1]));
    }

    #[test]
    fn a_column_with_gaps_has_a_bitmap_and_a_sparse_one_lists_its_rows() {
        let some = [(3, Value::text("a")), (1, Value::text("b")), (3, Value::text("c"))];
        assert!(matches!(check(&some, 5, None).presence, Presence::Bitmap(_)));
        assert!(matches!(check(&some, 100, None).presence, Presence::Rows(_)));
        let order: Vec<u32> = (0..100).rev().collect();
        check(&some, 100, Some(&order));
        check(&[], 3, None);
    }
}
