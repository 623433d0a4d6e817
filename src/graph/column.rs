//! Property columns: the values of one key, by row, typed where all are of one type.
//!
//! A row is a node, or an edge's place within its type. A column says which rows have a value ([`Presence`]) and holds
//! the values ([`Cells`]): one per row, or, in a sparse column, one per row that has any. A missing value is null;
//! null is never stored. A property that is of several types (an id that is a number in one table and a string in
//! another) has a part for each: a row has its value in one of them.

use super::array::Array;
use super::encoding;
use super::texts::Texts;
use crate::model::{TextId, Value};

/// Which rows have a value, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Every row; cell = row.
    All,
    /// Those whose bit is set, least significant first; cell = row, and the cells between hold anything.
    Bitmap(Array<u64>),
    /// Those listed, ascending; cell = place in the list.
    Rows(Array<u32>),
    /// So many, from a first one on: what one table of several has.
    Run {
        /// The first row; cell = row − first.
        first: u32,
        /// How many rows.
        count: u32,
    },
}

impl Presence {
    /// Finds where the values of many rows are.
    #[must_use]
    pub fn finder(&self) -> Finder<'_> {
        Finder { presence: self, at: 0 }
    }

    /// Where a row's value is.
    #[inline]
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<usize> {
        match self {
            Self::All => Some(row),
            Self::Bitmap(words) => {
                let word = words.get(row / 64)?;
                (word >> (row % 64) & 1 == 1).then_some(row)
            }
            Self::Rows(rows) => {
                let row = u32::try_from(row).ok()?;
                rows.binary_search(&row).ok()
            }
            Self::Run { first, count } => row.checked_sub(*first as usize).filter(|cell| *cell < *count as usize),
        }
    }
}

/// Finds where the values of one row after the other are: rows that mostly ascend are found from where the last one was.
pub struct Finder<'c> {
    presence: &'c Presence,
    /// The place in a list of rows where the last row is, or would be.
    at: usize,
}

impl Finder<'_> {
    /// Where a row's value is.
    #[inline]
    pub fn cell(&mut self, row: usize) -> Option<usize> {
        match self.presence {
            Presence::Rows(rows) => self.listed(rows, u32::try_from(row).ok()?),
            presence => presence.cell(row),
        }
    }

    /// The place of a row in a list: often the next one; else it is sought in steps that double, and then between the
    /// last two.
    #[inline]
    fn listed(&mut self, rows: &[u32], row: u32) -> Option<usize> {
        let is_before = |at: usize| rows.get(at).is_some_and(|each| *each < row);
        self.at += usize::from(is_before(self.at));
        if self.at > 0 && rows[self.at - 1] >= row {
            self.at = rows[..self.at].partition_point(|each| *each < row);
        } else if is_before(self.at) {
            let mut step = 1;
            while is_before(self.at + step - 1) {
                self.at += step;
                step *= 2;
            }
            let end = rows.len().min(self.at + step);
            self.at += rows[self.at..end].partition_point(|each| *each < row);
        }
        (rows.get(self.at) == Some(&row)).then_some(self.at)
    }
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Whole numbers that all fit 32 bits: the column's type is still Int.
    Narrow(Array<i32>),
    /// Whole numbers.
    Int(Array<i64>),
    /// Floating-point numbers.
    Float(Array<f64>),
    /// 0 or 1.
    Bool(Array<u8>),
    /// Strings, by dictionary code.
    Text(Array<TextId>),
    /// Lists, maps, dates: encoded, end to end.
    Mixed {
        /// Start of each value, and the end of the last.
        starts: Array<u32>,
        /// The encoded values.
        bytes: Array<u8>,
    },
}

impl Cells {
    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Narrow(cells) => cells.len(),
            Self::Int(cells) => cells.len(),
            Self::Float(cells) => cells.len(),
            Self::Bool(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
            Self::Mixed { starts, .. } => starts.len().saturating_sub(1),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a cell; null of one that is not there.
    #[must_use]
    pub fn value(&self, cell: usize, texts: &Texts) -> Value {
        let found = match self {
            Self::Narrow(cells) => cells.at(cell).map(|int| Value::Int(i64::from(*int))),
            Self::Int(cells) => cells.at(cell).map(|int| Value::Int(*int)),
            Self::Float(cells) => cells.get(cell).map(|float| Value::Float(*float)),
            Self::Bool(cells) => cells.get(cell).map(|bool| Value::Bool(*bool != 0)),
            Self::Text(cells) => cells.at(cell).map(|text| Value::text(texts.get(*text))),
            Self::Mixed { .. } => self.encoded(cell).and_then(encoding::decode),
        };
        found.unwrap_or_default()
    }

    fn encoded(&self, cell: usize) -> Option<&[u8]> {
        match self {
            Self::Mixed { starts, bytes } => match starts.get(cell..cell.wrapping_add(2)) {
                Some(&[start, end]) => bytes.get(start as usize..end as usize),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The values of one key.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Which rows have a value of this type.
    pub presence: Presence,
    /// The values of this type.
    pub cells: Cells,
    /// The values of other types, if there are any, of other rows.
    pub others: Option<Box<Self>>,
}

impl Column {
    /// The column part by part, each of one type; `others` of a part say nothing of the part itself.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |part| part.others.as_deref())
    }

    /// Where this part has a row's value; `None` where it has none.
    #[inline]
    #[must_use]
    pub fn cell(&self, row: usize) -> Option<usize> {
        self.presence.cell(row).filter(|cell| *cell < self.cells.len())
    }

    /// The value of a row; null where it has none.
    #[inline]
    #[must_use]
    pub fn value(&self, row: usize, texts: &Texts) -> Value {
        let found = self.parts().find_map(|part| Some((part, part.cell(row)?)));
        found.map_or(Value::Null, |(part, cell)| part.cells.value(cell, texts))
    }

    /// Whether a row has a value.
    #[inline]
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.parts().any(|part| part.cell(row).is_some())
    }

    /// The dictionary code of a row's string; `None` where it has no value or one that is no string.
    #[inline]
    #[must_use]
    pub fn text(&self, row: usize) -> Option<TextId> {
        self.parts().find_map(|part| match &part.cells {
            Cells::Text(cells) => cells.at(part.presence.cell(row)?).copied(),
            _ => None,
        })
    }

    /// A row's whole number; `None` where it has no value or one that is no whole number.
    #[inline]
    #[must_use]
    pub fn int(&self, row: usize) -> Option<i64> {
        self.parts().find_map(|part| match &part.cells {
            Cells::Narrow(cells) => cells.at(part.presence.cell(row)?).map(|int| i64::from(*int)),
            Cells::Int(cells) => cells.at(part.presence.cell(row)?).copied(),
            _ => None,
        })
    }

    /// Makes copies of the column one and the same with it.
    pub(super) fn share(&mut self) {
        let presence = match std::mem::replace(&mut self.presence, Presence::All) {
            Presence::All => Presence::All,
            Presence::Bitmap(words) => Presence::Bitmap(words.shared()),
            Presence::Rows(rows) => Presence::Rows(rows.shared()),
            run @ Presence::Run { .. } => run,
        };
        let cells = match std::mem::replace(&mut self.cells, Cells::Narrow(Array::default())) {
            Cells::Narrow(cells) => Cells::Narrow(cells.shared()),
            Cells::Int(cells) => Cells::Int(cells.shared()),
            other => other,
        };
        if let Some(others) = &mut self.others {
            others.share();
        }
        (self.presence, self.cells) = (presence, cells);
    }

    /// How many rows have a value.
    #[must_use]
    pub fn count(&self) -> usize {
        let count = |part: &Self| match &part.presence {
            Presence::Bitmap(words) => words.iter().map(|word| word.count_ones() as usize).sum(),
            Presence::All | Presence::Rows(_) | Presence::Run { .. } => part.cells.len(),
        };
        self.parts().map(count).sum()
    }

    /// The rows that have a value in this part, ascending, each with its cell.
    pub fn rows(&self) -> Box<dyn Iterator<Item = (usize, usize)> + '_> {
        match &self.presence {
            Presence::Rows(rows) => Box::new(rows.iter().enumerate().map(|(cell, row)| (*row as usize, cell))),
            Presence::All => Box::new((0..self.cells.len()).map(|row| (row, row))),
            Presence::Run { first, .. } => Box::new((0..self.cells.len()).map(|cell| (cell + *first as usize, cell))),
            Presence::Bitmap(_) => {
                let present = (0..self.cells.len()).filter(|row| self.presence.cell(*row).is_some());
                Box::new(present.map(|row| (row, row)))
            }
        }
    }

    /// Whether the arrays fit together and no code lies outside the dictionary: what a graph file must keep.
    pub(crate) fn is_sound(&self, rows: usize) -> bool {
        let cells = self.cells.len();
        let presence = match &self.presence {
            Presence::All => cells == rows && self.others.is_none(),
            Presence::Run { first, count } => *count as usize == cells && *first as usize + cells <= rows,
            Presence::Bitmap(words) => cells == rows && words.len() == rows.div_ceil(64),
            Presence::Rows(listed) => cells == listed.len() && listed.known().is_none_or(<[u32]>::is_sorted),
        };
        let mixed = match &self.cells {
            Cells::Mixed { starts, bytes } => {
                let ends_well = |starts: &[u32]| starts.last().is_none_or(|end| *end as usize == bytes.len());
                starts.known().is_none_or(|starts| starts.is_sorted() && ends_well(starts))
            }
            _ => true,
        };
        presence && mixed && self.others.as_ref().is_none_or(|others| others.is_sound(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_rows_are_found_in_any_order() {
        let listed: Vec<u32> = (0..300).filter(|row| row % 7 < 2 || *row > 250).collect();
        let presence = Presence::Rows(listed.clone().into());
        let orders: [Vec<usize>; 4] = [
            (0..320).collect(),
            (0..320).rev().collect(),
            (0..320).map(|row| row * 89 % 320).collect(),
            (0..320).step_by(40).flat_map(|row| [row, row, row + 3]).collect(),
        ];
        for order in orders {
            let mut finder = presence.finder();
            for row in order {
                let place = listed.iter().position(|each| *each as usize == row);
                assert_eq!((finder.cell(row), presence.cell(row)), (place, place), "row {row}");
            }
        }
    }
}
