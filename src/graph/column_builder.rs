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
    Several(Several),
}

/// Cells of several types.
#[derive(Default)]
struct Several {
    /// The part of each cell, and its place there.
    places: Vec<(u32, u32)>,
    /// The cells of each type.
    parts: Vec<Growing>,
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
            Value::Int(int) => self.push_int(row, *int),
            Value::Text(text) => self.push_text(row, texts.intern(text)),
            _ => self.add(row, |cells| cells.push_other(value)),
        }
    }

    /// Adds a whole number.
    pub(super) fn push_int(&mut self, row: u32, int: i64) {
        self.add(row, |cells| cells.push_int(int));
    }

    /// Adds a string by its dictionary code.
    pub(super) fn push_text(&mut self, row: u32, code: TextId) {
        self.add(row, |cells| cells.push_text(code));
    }

    /// Adds a value of some type; `push` says whether the cells are of that type.
    fn add(&mut self, row: u32, push: impl Fn(&mut Growing) -> bool) {
        if !push(&mut self.cells) {
            self.cells.several().add(push);
        }
        self.rows.push(row);
    }

    /// Adds values of rows from a first one on, which must not lie before the last that was said.
    pub(super) fn extend(&mut self, first: u32, column: NewColumn<'_>) {
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
                ints.iter().enumerate().for_each(|(cell, int)| self.push_int(row_of(cell), *int));
            }
            (_, NewCells::Texts(codes)) => {
                codes.iter().enumerate().for_each(|(cell, code)| self.push_text(row_of(cell), *code));
            }
            (_, NewCells::Floats(floats)) => {
                let values = floats.iter().map(|float| Value::Float(*float));
                let mut add = |cell, value: &Value| self.add(row_of(cell), |cells| cells.push_other(value));
                values.enumerate().for_each(|(cell, value)| add(cell, &value));
            }
            (_, NewCells::Bools(bools)) => {
                let values = bools.iter().map(|bool| Value::Bool(*bool != 0));
                let mut add = |cell, value: &Value| self.add(row_of(cell), |cells| cells.push_other(value));
                values.enumerate().for_each(|(cell, value)| add(cell, &value));
            }
        }
    }

    /// The column of `count` rows. `old_rows[new]` is where a row stood while building; none where rows stay.
    pub(super) fn freeze(self, count: usize, old_rows: Option<&[u32]>) -> Column {
        match (self.rows, self.cells) {
            (Rows::Run(run), cells) if run as usize == count && !matches!(cells, Growing::Several(_)) => {
                Column { presence: Presence::All, cells: cells.gather(old_rows), others: None }
            }
            (rows, cells) => {
                // Cell of each row as it stood while building; the last one said wins.
                let said = rows.entries(count);
                match old_rows {
                    None => cells.freeze(&said),
                    Some(old) => cells.freeze(&old.iter().map(|row| said[*row as usize]).collect::<Vec<u32>>()),
                }
            }
        }
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

/// Values of one type, said one after the other. Each says whether it was added: not where the cells are of another
/// type.
impl Growing {
    fn push_int(&mut self, int: i64) -> bool {
        match (&mut *self, i32::try_from(int)) {
            (Self::Empty, Ok(narrow)) => *self = Self::Narrow(vec![narrow]),
            (Self::Narrow(cells), Ok(narrow)) => cells.push(narrow),
            (Self::Empty, Err(_)) => *self = Self::Int(vec![int]),
            (Self::Int(cells), _) => cells.push(int),
            (Self::Narrow(cells), Err(_)) => {
                *self = Self::Int(cells.iter().map(|each| i64::from(*each)).chain([int]).collect());
            }
            _ => return false,
        }
        true
    }

    fn push_text(&mut self, code: TextId) -> bool {
        match self {
            Self::Empty => *self = Self::Text(vec![code]),
            Self::Text(cells) => cells.push(code),
            _ => return false,
        }
        true
    }

    /// Of what is neither whole number nor string.
    fn push_other(&mut self, value: &Value) -> bool {
        match (&mut *self, value) {
            (Self::Empty, Value::Float(float)) => *self = Self::Float(vec![*float]),
            (Self::Float(cells), Value::Float(float)) => cells.push(*float),
            (Self::Empty, Value::Bool(bool)) => *self = Self::Bool(vec![u8::from(*bool)]),
            (Self::Bool(cells), Value::Bool(bool)) => cells.push(u8::from(*bool)),
            (_, Value::Float(_) | Value::Bool(_)) => return false,
            (Self::Empty, _) => {
                let mut encoded = Encoded::default();
                encoded.push(value);
                *self = Self::Mixed(encoded);
            }
            (Self::Mixed(encoded), _) => encoded.push(value),
            _ => return false,
        }
        true
    }

    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Narrow(cells) => cells.len(),
            Self::Int(cells) => cells.len(),
            Self::Float(cells) => cells.len(),
            Self::Bool(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
            Self::Mixed(encoded) => encoded.ends.len(),
            Self::Several(several) => several.places.len(),
        }
    }

    /// The cells as those of several types, if they are none yet.
    fn several(&mut self) -> &mut Several {
        if !matches!(self, Self::Several(_)) {
            let only = std::mem::take(self);
            let places = (0..to_u32(only.len())).map(|cell| (0, cell)).collect();
            *self = Self::Several(Several { places, parts: vec![only] });
        }
        match self {
            Self::Several(several) => several,
            _ => unreachable!("the cells were just made several"),
        }
    }

    /// The order of the parts of a column: that of the type, not that in which they were said.
    fn place(&self) -> u8 {
        match self {
            Self::Empty | Self::Several(_) => 0,
            Self::Text(_) => 1,
            Self::Narrow(_) | Self::Int(_) => 2,
            Self::Float(_) => 3,
            Self::Bool(_) => 4,
            Self::Mixed(_) => 5,
        }
    }

    /// The column, from the cell of each row, or [`ABSENT`].
    fn freeze(self, cell_of: &[u32]) -> Column {
        match self {
            Self::Several(several) => several.freeze(cell_of),
            only => only.freeze_part(cell_of, None),
        }
    }

    fn freeze_part(self, cell_of: &[u32], others: Option<Box<Column>>) -> Column {
        let count = cell_of.len();
        let rows = || (0u32..).zip(cell_of).filter(|(_, cell)| **cell != ABSENT);
        let present = rows().count();
        let (first, last) = (rows().next().map(|(row, _)| row), rows().last().map(|(row, _)| row));
        let presence = match (first, last) {
            (Some(first), Some(last)) if (last - first) as usize + 1 == present => {
                if present == count {
                    Presence::All
                } else {
                    Presence::Run { first, count: to_u32(present) }
                }
            }
            _ if present * SPARSE >= count => {
                let mut words = vec![0u64; count.div_ceil(64)];
                rows().for_each(|(row, _)| words[row as usize / 64] |= 1 << (row % 64));
                let cells: Vec<u32> = cell_of.iter().map(|cell| if *cell == ABSENT { 0 } else { *cell }).collect();
                let presence = Presence::Bitmap(words.into());
                return Column { presence, cells: self.gather(Some(&cells)), others };
            }
            _ => Presence::Rows(rows().map(|(row, _)| row).collect()),
        };
        let cells: Vec<u32> = rows().map(|(_, cell)| *cell).collect();
        Column { presence, cells: self.gather(Some(&cells)), others }
    }

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
            Self::Several(_) => unreachable!("the cells of several types are gathered type by type"),
        }
    }
}

impl Several {
    fn add(&mut self, push: impl Fn(&mut Growing) -> bool) {
        let part = match self.parts.iter_mut().position(&push) {
            Some(part) => part,
            None => {
                let mut part = Growing::Empty;
                push(&mut part);
                self.parts.push(part);
                self.parts.len() - 1
            }
        };
        self.places.push((to_u32(part), to_u32(self.parts[part].len() - 1)));
    }

    /// The column, from the cell of each row, or [`ABSENT`]. A type that no row has in the end is left out.
    fn freeze(self, cell_of: &[u32]) -> Column {
        let mut parts: Vec<(u32, Growing)> = (0..).zip(self.parts).collect();
        parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.place()));
        let mut column = None;
        for (number, part) in parts {
            let own = |cell: &u32| match self.places.get(*cell as usize) {
                Some((part, cell)) if *part == number => *cell,
                _ => ABSENT,
            };
            let own: Vec<u32> = cell_of.iter().map(own).collect();
            if own.iter().any(|cell| *cell != ABSENT) {
                column = Some(part.freeze_part(&own, column.map(Box::new)));
            }
        }
        column.expect("a column of several types has some value")
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
            let column = check(&[(0, Value::Int(1)), (1, other.clone()), (0, other.clone())], 2, None);
            assert!(column.others.is_none(), "no whole number is left");
            let column = check(&[(0, Value::Int(1)), (1, other.clone()), (2, Value::Int(2)), (5, other)], 7, None);
            assert!(column.parts().any(|part| matches!(part.cells, Cells::Narrow(_))));
            assert_eq!((column.parts().count(), column.count()), (2, 4));
        }
        check(&[(0, Value::text("x")), (1, Value::Int(1)), (2, Value::text("y"))], 3, Some(&[2, 0, 1]));
    }

    #[test]
    fn a_column_with_gaps_has_a_bitmap_and_a_sparse_one_lists_its_rows() {
        let run = [(3, Value::text("a")), (4, Value::text("b"))];
        assert!(matches!(check(&run, 9, None).presence, Presence::Run { first: 3, count: 2 }));
        let some = [(3, Value::text("a")), (1, Value::text("b")), (3, Value::text("c"))];
        assert!(matches!(check(&some, 5, None).presence, Presence::Bitmap(_)));
        assert!(matches!(check(&some, 100, None).presence, Presence::Rows(_)));
        let order: Vec<u32> = (0..100).rev().collect();
        check(&some, 100, Some(&order));
        check(&[], 3, None);
    }
}
