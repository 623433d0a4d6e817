//! What can be wrong with tables, and where: file, line, column.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::diagnostics::Place;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::{Source, Span};

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, for people.
    pub doing: &'static str,
    /// How many bytes of the tables were read; of all, once nothing is left to be read.
    pub done: u64,
    /// How many bytes the tables have.
    pub total: u64,
}

/// Why tables became no graph.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file could not be read.
    #[error("cannot read {path}: {source}", path = path.display())]
    CannotRead {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Rows or headers are wrong: the first few of them.
    #[error("the tables have faults")]
    Faulty {
        /// What is wrong.
        diagnostics: Diagnostics,
        /// The lines that it points into.
        sources: Vec<Source>,
    },
    /// The options do not fit one another, or the tables.
    #[error("{0}")]
    Options(String),
    /// Whoever was told of the progress wished an end.
    #[error("interrupted")]
    Cancelled,
}

/// What is wrong in a chunk, and where.
#[derive(Clone, Debug)]
pub(super) struct RowFault {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    label: String,
    help: Option<String>,
}

impl RowFault {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), label: String::new(), help: None }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Faults are shown until there are so many.
const FIRST: usize = 10;

/// The faults of a file that were found so far, in its order.
#[derive(Default)]
pub(super) struct Faults {
    found: Vec<(u64, RowFault)>,
}

impl Faults {
    /// Takes the faults of a chunk.
    pub(super) fn add(&mut self, offset: u64, faults: Vec<RowFault>) {
        let room = FIRST.saturating_sub(self.found.len());
        self.found.extend(faults.into_iter().take(room).map(|fault| (offset, fault)));
    }

    /// Whether no more are taken.
    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= FIRST
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The faults as they are shown, each with its line.
    pub(super) fn into_error(self, path: &Path) -> ImportError {
        let is_full = self.is_full();
        let (mut diagnostics, mut sources) = (Diagnostics::new(), Vec::new());
        for (offset, fault) in self.found {
            let start = offset + fault.at.start as u64;
            let (source, column) = match line_at(path, start) {
                Ok(line) => line,
                Err(source) => return ImportError::CannotRead { path: path.to_owned(), source },
            };
            let first_line = source.text.lines().next().unwrap_or_default().len();
            let end = (column + fault.at.len()).min(first_line).max(column);
            let place = Place::new(sources.len(), Span::new(column, end));
            let mut diagnostic = Diagnostic::error(codes::BAD_ROW, fault.message).at(place, fault.label);
            diagnostic.help.extend(fault.help);
            diagnostics.push(diagnostic);
            sources.push(source);
        }
        if is_full && let Some(last) = diagnostics.pop() {
            diagnostics.push(last.with_note("more faults are not shown"));
        }
        ImportError::Faulty { diagnostics, sources }
    }
}

/// A fault of one place.
pub(super) fn fault(path: &Path, offset: u64, fault: RowFault) -> ImportError {
    let mut faults = Faults::default();
    faults.add(offset, vec![fault]);
    faults.into_error(path)
}

/// A line is shown up to so many bytes.
const LONGEST_LINE: u64 = 4096;

/// The line around an offset of a file, as a source that knows its number, and where in it the offset lies.
fn line_at(path: &Path, offset: u64) -> io::Result<(Source, usize)> {
    let mut file = File::open(path)?;
    let (mut number, mut start, mut read) = (1, 0, 0u64);
    let mut buffer = vec![0; 1 << 16];
    while read < offset {
        let wanted = usize::try_from(offset - read).unwrap_or(usize::MAX).min(buffer.len());
        let count = file.read(&mut buffer[..wanted])?;
        if count == 0 {
            break;
        }
        number += buffer[..count].split(|byte| *byte == b'\n').count() - 1;
        if let Some(last) = buffer[..count].iter().rposition(|byte| *byte == b'\n') {
            start = read + last as u64 + 1;
        }
        read += count as u64;
    }
    start = start.max(offset.saturating_sub(LONGEST_LINE));
    file.seek(SeekFrom::Start(start))?;
    let mut line = Vec::new();
    file.take(offset - start + LONGEST_LINE).read_to_end(&mut line)?;
    let column = usize::try_from(offset - start).unwrap_or(0);
    let end =
        line[column.min(line.len())..].iter().position(|byte| *byte == b'\n').map_or(line.len(), |end| column + end);
    line.truncate(end);
    let text = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
    Ok((Source::excerpt(path.to_string_lossy(), text, number), column))
}
