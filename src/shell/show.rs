//! Showing an answer: in the terminal's table, in a format of the registry, or where the query itself sends it. Shared by
//! `ask`, batch files and the prompt.

use std::io::Write;
use std::path::Path;

use super::arguments::TABLE;
use super::failure::Failure;
use super::library::{self, Library, Piece};
use super::paint::Paint;
use super::terminal::Terminal;
use super::{file, table};
use crate::Parameters;
use crate::answer::{Answer, Drawing, Message};
use crate::export;

/// How many rows are in memory at once where a format takes its answers in parts.
const PART: usize = 1024;

/// Answers, one after the other, in one format.
pub struct Showing {
    format: String,
    is_first: bool,
}

impl Showing {
    /// In a format of the registry, or the terminal's table.
    #[must_use]
    pub fn new(format: &str) -> Self {
        Self { format: format.to_owned(), is_first: true }
    }

    /// Runs the query and shows its answer, in parts where the format takes them.
    pub fn query(
        &mut self,
        library: &mut Library,
        piece: Piece<'_>,
        parameters: &Parameters,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let in_parts = export::format(&self.format).is_some_and(|format| format.in_parts);
        let rows = if in_parts { PART } else { usize::MAX };
        let mut shown = Ok(());
        let mut told = Vec::new();
        let writes_files = library.uses_files;
        let mut take = |part: Answer| {
            shown = self.part(&part, &mut told, writes_files, terminal);
            shown.is_ok()
        };
        let ran = library.stream(piece, parameters, rows, &mut take);
        shown?;
        match ran {
            Ok(()) => told.iter().try_for_each(|message| terminal.message(message)),
            Err(failure) => Err(library::failed(&failure, terminal)),
        }
    }

    /// One part of an answer. Its messages come when all of it is there, each once.
    fn part(
        &mut self,
        part: &Answer,
        told: &mut Vec<Message>,
        writes_files: bool,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let is_lines = matches!(self.format.as_str(), "json" | "ndjson");
        if !part.is_continued && !std::mem::take(&mut self.is_first) && !is_lines {
            writeln!(terminal.out())?;
        }
        let (width, paint) = (terminal.width, terminal.paint);
        let manner = Manner { format: &self.format, width, paint, rest: "--format json has them all", writes_files };
        let said = show(part, manner, terminal.out())?;
        terminal.flush()?;
        said.iter().try_for_each(|message| terminal.message(message))?;
        let new: Vec<Message> = part.messages.iter().filter(|message| !told.contains(message)).cloned().collect();
        told.extend(new);
        Ok(())
    }
}

/// How answers are written.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// `table`, or a format of the registry of exports.
    pub format: &'a str,
    /// How many columns a table may take.
    pub width: usize,
    /// How a table is painted.
    pub paint: Paint,
    /// Where rows are to be had that a table only counts.
    pub rest: &'static str,
    /// Whether files may be written.
    pub writes_files: bool,
}

/// Writes an answer where its query asks it to go, else to `out`. Gives what is to be said of it besides its own
/// messages.
pub fn show(answer: &Answer, manner: Manner<'_>, out: &mut dyn Write) -> Result<Vec<Message>, Failure> {
    let mut said = Vec::new();
    match &answer.drawing {
        Some(drawing) => said.extend(draw(answer, drawing, manner, out)?),
        None => write(answer, manner, out)?,
    }
    // Rows alone, or a picture, do not say what was changed.
    if answer.effects.any() && matches!(manner.format, "csv" | "dot") {
        let counts = answer.effects.counts().into_iter().filter(|(_, count)| *count > 0);
        let told: Vec<String> = counts.map(|(what, count)| format!("{what}: {count}")).collect();
        said.push(Message::note(told.join(", ")));
    }
    Ok(said)
}

/// Writes an answer in a format, whatever its query asks.
pub fn write(answer: &Answer, manner: Manner<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    if manner.format == TABLE {
        let text = table::render(answer, manner.width, manner.paint, manner.rest);
        return Ok(out.write_all(text.as_bytes())?);
    }
    Ok((format(manner.format)?.answer)(answer, out)?)
}

/// `EXPORT format [TO 'file']`.
fn draw(
    answer: &Answer,
    drawing: &Drawing,
    manner: Manner<'_>,
    out: &mut dyn Write,
) -> Result<Option<Message>, Failure> {
    let format = format(&drawing.format)?;
    let Some(path) = &drawing.file else {
        (format.answer)(answer, out)?;
        return Ok(None);
    };
    if !manner.writes_files {
        return Err(Failure::Usage(format!("cannot write '{path}': griot was started with --no-files")));
    }
    file::write(Path::new(path), |out| (format.answer)(answer, out))?;
    Ok(Some(Message::note(format!("wrote {path}"))))
}

/// The export format of a name.
pub fn format(name: &str) -> Result<&'static export::Format, Failure> {
    export::format(name).ok_or_else(|| {
        let known: Vec<&str> = export::FORMATS.iter().map(|format| format.name).collect();
        Failure::Usage(format!("there is no export format `{name}`; there are {}", known.join(", ")))
    })
}
