//! The values of one column in one chunk, typed.

use rustc_hash::FxHashMap;

use super::fault::RowFault;
use super::options::ColumnType;
use super::record::Field;
use crate::graph::{GraphBuilder, NewCells, NewColumn};
use crate::model::TextId;

/// Values of some rows.
pub(super) struct ChunkColumn {
    cells: Cells,
    /// How many rows were said, with a value or without.
    count: u32,
    /// The rows that have a value; none while all have.
    rows: Option<Vec<u32>>,
}

enum Cells {
    Ints(Vec<i64>),
    Floats(Vec<f64>),
    Bools(Vec<u8>),
    Texts(ChunkTexts),
}

/// What a field holds that fits its column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'t> {
    Missing,
    Int(i64),
    Float(f64),
    Bool(bool),
    Text(&'t str),
}

/// Why a field cannot be taken.
pub(super) enum Misfit {
    /// It is of a wider type.
    Wider(ColumnType),
    Fault(RowFault),
}

impl ChunkColumn {
    pub(super) fn new(column_type: ColumnType) -> Self {
        let cells = match column_type {
            ColumnType::Int => Cells::Ints(Vec::new()),
            ColumnType::Float => Cells::Floats(Vec::new()),
            ColumnType::Bool => Cells::Bools(Vec::new()),
            ColumnType::Text => Cells::Texts(ChunkTexts::default()),
        };
        Self { cells, count: 0, rows: None }
    }

    /// Says the value of the next row. Without a value, or with one of another type, the row has none.
    #[inline]
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        match (&mut self.cells, cell) {
            (Cells::Ints(ints), Cell::Int(int)) => ints.push(int),
            (Cells::Floats(floats), Cell::Float(float)) => floats.push(float),
            (Cells::Bools(bools), Cell::Bool(bool)) => bools.push(u8::from(bool)),
            (Cells::Texts(texts), Cell::Text(text)) => texts.push(text),
            _ => return self.push_nothing(),
        }
        if let Some(rows) = &mut self.rows {
            rows.push(self.count);
        }
        self.count += 1;
    }

    #[cold]
    fn push_nothing(&mut self) {
        self.rows.get_or_insert_with(|| (0..self.count).collect());
        self.count += 1;
    }

    /// Whether no row has a value.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0 || self.rows.as_ref().is_some_and(Vec::is_empty)
    }

    /// Hands the values to a builder.
    pub(super) fn give(&self, builder: &mut GraphBuilder, take: impl FnOnce(&mut GraphBuilder, NewColumn<'_>)) {
        if self.is_empty() {
            return;
        }
        let rows = self.rows.as_deref();
        let codes;
        let cells = match &self.cells {
            Cells::Ints(ints) => NewCells::Ints(ints),
            Cells::Floats(floats) => NewCells::Floats(floats),
            Cells::Bools(bools) => NewCells::Bools(bools),
            Cells::Texts(texts) => {
                codes = texts.codes_in(builder);
                NewCells::Texts(&codes)
            }
        };
        take(builder, NewColumn { cells, rows });
    }
}

/// Strings of a chunk: what is said again and again is kept once.
#[derive(Default)]
pub(super) struct ChunkTexts {
    text: String,
    ends: Vec<u32>,
    /// Which string each value is.
    values: Vec<u32>,
    known: FxHashMap<Box<str>, u32>,
}

/// Strings that a chunk looks for among what it knows. A column with more than this is taken for one where each is new.
const FEW: usize = 256;

impl ChunkTexts {
    #[inline]
    pub(super) fn push(&mut self, text: &str) {
        let is_few = self.known.len() < FEW;
        if is_few && let Some(number) = self.known.get(text) {
            return self.values.push(*number);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a chunk is far shorter than 4 GiB")]
        let number = self.ends.len() as u32;
        if is_few {
            self.known.insert(text.into(), number);
        }
        self.text.push_str(text);
        #[expect(clippy::cast_possible_truncation, reason = "a chunk is far shorter than 4 GiB")]
        self.ends.push(self.text.len() as u32);
        self.values.push(number);
    }

    /// The values in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|number| self.get(*number as usize))
    }

    fn get(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.text[start..self.ends[number] as usize]
    }

    fn codes_in(&self, builder: &mut GraphBuilder) -> Vec<TextId> {
        let codes: Vec<TextId> = (0..self.ends.len()).map(|number| builder.text(self.get(number))).collect();
        self.values.iter().map(|number| codes[*number as usize]).collect()
    }
}

/// The number that some bytes are, in the one way in which it is printed.
#[inline]
pub(super) fn int(bytes: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let is_canonical = match digits {
        [] => false,
        [b'0'] => !is_negative,
        [first, ..] => *first != b'0',
    };
    if !is_canonical || digits.len() > 19 {
        return None;
    }
    let mut number: i64 = 0;
    for digit in digits {
        let digit = i64::from(digit.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        let next = number.checked_mul(10)?;
        number = if is_negative { next.checked_sub(digit)? } else { next.checked_add(digit)? };
    }
    Some(number)
}

/// The floating-point number that some bytes are: digits, with a point or an exponent or without.
fn float(bytes: &[u8]) -> Option<f64> {
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let is_number = matches!(digits, [b'0'..=b'9', ..]) && !matches!(digits, [b'0', b'0'..=b'9', ..]);
    let text = std::str::from_utf8(bytes).ok().filter(|_| is_number)?;
    text.parse().ok().filter(|float: &f64| float.is_finite())
}

fn bool(bytes: &[u8]) -> Option<bool> {
    match bytes {
        b"true" | b"TRUE" | b"True" => Some(true),
        b"false" | b"FALSE" | b"False" => Some(false),
        _ => None,
    }
}

/// The narrowest type that a field fits; none where it says nothing.
pub(super) fn type_of(field: Field, bytes: &[u8]) -> Option<ColumnType> {
    let raw = field.raw(bytes);
    if field.is_missing() {
        return None;
    }
    Some(match () {
        () if int(raw).is_some() => ColumnType::Int,
        () if float(raw).is_some() => ColumnType::Float,
        () if bool(raw).is_some() => ColumnType::Bool,
        () => ColumnType::Text,
    })
}

/// Takes a field into its column. A value that does not fit an inferred type asks for a wider one; one that does not
/// fit a given type is a fault.
#[inline]
pub(super) fn take(
    column: &mut ChunkColumn,
    field: Field,
    bytes: &[u8],
    column_type: ColumnType,
    is_given: bool,
) -> Result<(), Misfit> {
    if field.is_missing() {
        column.push(Cell::Missing);
        return Ok(());
    }
    let raw = field.raw(bytes);
    let cell = match column_type {
        ColumnType::Text => {
            let text = field.text(bytes).map_err(Misfit::Fault)?;
            column.push(Cell::Text(&text));
            return Ok(());
        }
        ColumnType::Int => int(raw).map(Cell::Int),
        ColumnType::Float => float(raw).map(Cell::Float),
        ColumnType::Bool => bool(raw).map(Cell::Bool),
    };
    match cell {
        Some(cell) => {
            column.push(cell);
            Ok(())
        }
        None => Err(misfit(field, bytes, column_type, is_given)),
    }
}

#[cold]
fn misfit(field: Field, bytes: &[u8], column_type: ColumnType, is_given: bool) -> Misfit {
    if !is_given {
        return Misfit::Wider(type_of(field, bytes).unwrap_or(column_type));
    }
    let what = match column_type {
        ColumnType::Int => "no whole number",
        ColumnType::Float => "no number",
        ColumnType::Bool => "neither true nor false",
        ColumnType::Text => "no text",
    };
    let text = String::from_utf8_lossy(field.raw(bytes)).into_owned();
    let label = format!("the column is of type {}", column_type.name());
    Misfit::Fault(RowFault::new(field.range(), format!("`{text}` is {what}")).label(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_one_way() {
        for (text, expected) in [("0", 0), ("-1", -1), ("99991231", 99_991_231), ("-9223372036854775808", i64::MIN)] {
            assert_eq!(int(text.as_bytes()), Some(expected));
        }
        for text in ["", "-", "007", "-0", "+1", "1.0", "9223372036854775808", "1e3", "٣"] {
            assert_eq!(int(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn floats_are_digits_and_no_words() {
        assert_eq!(float(b"-0.5"), Some(-0.5));
        assert_eq!(float(b"1e3"), Some(1000.0));
        for text in ["NaN", "inf", "007.5", "1e999", ".5", "1,5"] {
            assert_eq!(float(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn strings_of_a_chunk_keep_their_order() {
        let mut texts = ChunkTexts::default();
        let words: Vec<String> = (0..2000).map(|number| format!("w{}", number % 700)).collect();
        words.iter().for_each(|word| texts.push(word));
        assert!(texts.iter().eq(words.iter().map(String::as_str)));
    }
}
