//! The first row of a table: what its columns are called, and of which type they are as far as the first rows tell.

use std::path::Path;

use super::chunks::{Chunk, Chunks};
use super::column;
use super::fault::{ImportError, RowFault, fault};
use super::options::{ColumnType, TableOptions};
use super::record::{Field, Rows};
use crate::names::nearest;

/// A table whose first row was read.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    pub(super) delimiter: u8,
    /// Where the rows begin, in bytes.
    pub(super) length: usize,
}

/// A column of a table.
#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "`type` is a word of Rust")]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) column_type: ColumnType,
    /// Whether somebody said the type.
    pub(super) is_given: bool,
}

/// The mark that some programs put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Header {
    /// Reads the first row of a table, and infers types from the rows of the first piece.
    pub(super) fn read(path: &Path, options: &TableOptions) -> Result<Self, ImportError> {
        let cannot_read = |source| ImportError::CannotRead { path: path.to_owned(), source };
        let chunk = match Chunks::open(path).map_err(cannot_read)?.next() {
            Some(chunk) => chunk.map_err(cannot_read)?,
            None => Chunk { offset: 0, bytes: Vec::new() },
        };
        let start = if chunk.bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let bytes = &chunk.bytes[start..];
        let delimiter = options.delimiter.unwrap_or_else(|| delimiter(path, bytes));
        let at = start as u64;
        let (mut rows, mut fields) = (Rows::new(bytes, delimiter), Vec::new());
        if !rows.next(&mut fields).map_err(|found| fault(path, at, found))? {
            let found =
                RowFault::new(0..0, "the table is empty").help("write the names of its columns on the first line");
            return Err(fault(path, at, found));
        }
        let mut columns = columns(&fields, bytes).map_err(|found| fault(path, at, found))?;
        let length = start + rows.at();
        infer(&mut columns, rows);
        for (name, column_type) in &options.types {
            for column in columns.iter_mut().filter(|column| column.name == *name) {
                (column.column_type, column.is_given) = (*column_type, true);
            }
        }
        Ok(Self { columns, delimiter, length })
    }

    /// The column with a name that somebody said.
    pub(super) fn named(&self, name: &str, path: &Path) -> Result<usize, ImportError> {
        let found = self.columns.iter().position(|column| column.name == name);
        found.ok_or_else(|| {
            let names = self.columns.iter().map(|column| column.name.as_str());
            let near = nearest(names, name, 1).first().map(|name| format!(": did you mean `{name}`?"));
            let path = path.display();
            ImportError::Options(format!("{path} has no column `{name}`{}", near.unwrap_or_default()))
        })
    }

    /// The column that is called one of some names, whatever the case.
    pub(super) fn one_of(&self, names: &[&str]) -> Option<usize> {
        let is_one = |column: &Column| names.iter().any(|name| column.name.eq_ignore_ascii_case(name));
        self.columns.iter().position(is_one)
    }

    /// Gives a column a type that nobody may widen.
    pub(super) fn fix(&mut self, column: usize, column_type: ColumnType) {
        (self.columns[column].column_type, self.columns[column].is_given) = (column_type, true);
    }

    /// Makes a column wide enough for what was found in it.
    pub(super) fn widen(&mut self, column: usize, found: ColumnType) {
        let column = &mut self.columns[column];
        column.column_type = column.column_type.or(found);
    }
}

/// What stands between the fields of the first row: a tab in files .tsv; else the first of these that stands in it.
fn delimiter(path: &Path, bytes: &[u8]) -> u8 {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv")) {
        return b'\t';
    }
    let first_row = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    [b',', b'\t', b';', b'|'].into_iter().find(|delimiter| first_row.contains(delimiter)).unwrap_or(b',')
}

fn columns(fields: &[Field], bytes: &[u8]) -> Result<Vec<Column>, RowFault> {
    let mut columns: Vec<Column> = Vec::with_capacity(fields.len());
    for field in fields {
        let name = field.text(bytes)?.trim().to_owned();
        if name.is_empty() {
            return Err(RowFault::new(field.range(), "this column has no name"));
        }
        if columns.iter().any(|column| column.name == name) {
            return Err(RowFault::new(field.range(), format!("two columns are called `{name}`")));
        }
        columns.push(Column { name, column_type: ColumnType::Text, is_given: false });
    }
    Ok(columns)
}

/// Takes the narrowest types that fit the rows; a column without a value there is tried as whole numbers.
fn infer(columns: &mut [Column], mut rows: Rows<'_>) {
    let (mut found, mut fields) = (vec![None::<ColumnType>; columns.len()], Vec::new());
    let bytes = rows.bytes();
    // A faulty row is told of when all rows are read.
    while let Ok(true) = rows.next(&mut fields) {
        for (found, field) in found.iter_mut().zip(&fields) {
            if *found != Some(ColumnType::Text)
                && let Some(own) = column::type_of(*field, bytes)
            {
                *found = Some(found.map_or(own, |found| found.or(own)));
            }
        }
    }
    for (column, found) in columns.iter_mut().zip(found) {
        column.column_type = found.unwrap_or(ColumnType::Int);
    }
}
