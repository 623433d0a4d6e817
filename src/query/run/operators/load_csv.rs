//! LOAD CSV: for each row, the records of a file, read as they are asked for.

use std::io::Read;
use std::sync::Arc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Input, Operator, resume};
use crate::model::Value;
use crate::query::bind::writing::BoundLoad;
use crate::query::functions::ErrorClass;
use crate::query::run::batch::{BATCH_ROWS, Batch, Column};
use crate::query::run::expression::Row;
use crate::query::run::files::local_path;
use crate::query::run::{Execution, Outcome, RunError};

pub(super) struct LoadCsv<'p> {
    input: Input<'p>,
    load: &'p BoundLoad,
    at: Option<(Batch, usize)>,
    open: Option<Open>,
}

/// A file that is being read.
struct Open {
    path: String,
    reader: Reader<Box<dyn Read>>,
    /// The names of the columns, where the first line gives them.
    headers: Option<Vec<Arc<str>>>,
    record: ByteRecord,
}

impl<'p> LoadCsv<'p> {
    pub(super) fn new(input: Input<'p>, load: &'p BoundLoad) -> Self {
        Self { input, load, at: None, open: None }
    }

    fn fault(&self, detail: &'static str, message: impl Into<String>) -> RunError {
        RunError::at(self.load.file.span, ErrorClass::FileError, detail, message)
    }

    fn open(&self, execution: &Execution<'_>, batch: &Batch, row: usize) -> Outcome<Option<Open>> {
        let address = execution.evaluate(|evaluator| evaluator.value(&self.load.file, Row { batch, index: row }))?;
        let address = match address {
            Value::Null => return Ok(None),
            Value::Text(address) => address,
            other => {
                return Err(self.fault("NoFile", format!("a file is named by a text, not by a {}", other.type_name())));
            }
        };
        let Some(path) = local_path(&address) else {
            return Err(self.fault("NoFile", format!("only local files are read, and `{address}` is elsewhere")));
        };
        let Some(files) = execution.setting.files else {
            let message = format!("this session reads no files, and the query would read `{path}`");
            return Err(self.fault("NoFiles", message));
        };
        let cannot = |error: &dyn std::fmt::Display| self.fault("CannotRead", format!("cannot read `{path}`: {error}"));
        let bytes = files.open(&path).map_err(|error| cannot(&error))?;
        let mut reader =
            ReaderBuilder::new().delimiter(self.load.separator).has_headers(false).flexible(true).from_reader(bytes);
        let mut record = ByteRecord::new();
        let mut headers = None;
        if self.load.headers {
            if !reader.read_byte_record(&mut record).map_err(|error| cannot(&error))? {
                return Ok(None);
            }
            let names = record.iter().map(|field| self.text(&path, 1, field).map(Arc::from));
            headers = Some(names.collect::<Outcome<Vec<Arc<str>>>>()?);
        }
        Ok(Some(Open { path, reader, headers, record }))
    }

    fn text<'t>(&self, path: &str, line: u64, field: &'t [u8]) -> Outcome<&'t str> {
        // A mark of the byte order may stand before the first field.
        let field = field.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(field);
        std::str::from_utf8(field).map_err(|_| self.fault("CannotRead", format!("{path}:{line}: not UTF-8 text")))
    }

    /// The next record of the open file.
    fn record(&self, open: &mut Open) -> Outcome<Option<Value>> {
        let read = open.reader.read_byte_record(&mut open.record);
        let is_there = read.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            self.fault("CannotRead", format!("{}:{line}: {error}", open.path))
        })?;
        if !is_there {
            return Ok(None);
        }
        let line = open.record.position().map_or(0, csv::Position::line);
        let cells = open.record.iter().map(|field| {
            let text = self.text(&open.path, line, field)?;
            Ok(if text.is_empty() { Value::Null } else { Value::text(text) })
        });
        let cells: Vec<Value> = cells.collect::<Outcome<_>>()?;
        let Some(headers) = &open.headers else { return Ok(Some(Value::list(cells))) };
        if cells.len() > headers.len() {
            let (found, named) = (cells.len(), headers.len());
            let message = format!("{}:{line}: {found} fields, and the first line names {named}", open.path);
            return Err(self.fault("CannotRead", message));
        }
        let cells = cells.into_iter().chain(std::iter::repeat(Value::Null));
        Ok(Some(Value::map(headers.iter().cloned().zip(cells))))
    }
}

impl Operator for LoadCsv<'_> {
    fn next(&mut self, execution: &Execution<'_>) -> Outcome<Option<Batch>> {
        loop {
            let Some((batch, row)) = resume(&mut self.at, &mut self.input, execution)? else { return Ok(None) };
            if row == batch.rows {
                continue;
            }
            let mut open = match self.open.take() {
                Some(open) => open,
                None => match self.open(execution, &batch, row)? {
                    Some(open) => open,
                    None => {
                        self.at = Some((batch, row + 1));
                        continue;
                    }
                },
            };
            let mut found = Vec::new();
            let mut is_over = false;
            while found.len() < BATCH_ROWS && !is_over {
                execution.token.step()?;
                match self.record(&mut open)? {
                    Some(record) => found.push(record),
                    None => is_over = true,
                }
            }
            let number = u32::try_from(row).expect("a batch has fewer than 2^32 rows");
            let mut out = batch.gather(&vec![number; found.len()]);
            self.at = Some((batch, if is_over { row + 1 } else { row }));
            self.open = (!is_over).then_some(open);
            if !found.is_empty() {
                out.set(self.load.slot.index(), Column::from_values(found));
                return Ok(Some(out));
            }
        }
    }
}
