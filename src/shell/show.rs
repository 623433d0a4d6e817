//! Showing an answer: in the terminal's table, in a format of the registry, or where the query itself sends it.

use std::io::Write;
use std::path::Path;

use super::arguments::TABLE;
use super::failure::Failure;
use super::library::{self, Library, Piece};
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
        let mut take = |part: Answer| {
            shown = self.part(&part, &mut told, terminal);
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
    fn part(&mut self, part: &Answer, told: &mut Vec<Message>, terminal: &mut Terminal) -> Result<(), Failure> {
        let is_lines = matches!(self.format.as_str(), "json" | "ndjson");
        if !part.is_continued && !std::mem::take(&mut self.is_first) && !is_lines {
            writeln!(terminal.out())?;
        }
        show(part, &self.format, terminal)?;
        let new: Vec<Message> = part.messages.iter().filter(|message| !told.contains(message)).cloned().collect();
        told.extend(new);
        Ok(())
    }
}

/// Writes an answer where it asks to go, else in a format; then what it changed, where the format does not say it.
fn show(answer: &Answer, format: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    match &answer.drawing {
        Some(drawing) => draw(answer, drawing, terminal)?,
        None if format == TABLE => {
            let text = table::render(answer, terminal.width, terminal.paint);
            terminal.out().write_all(text.as_bytes())?;
        }
        None => write(answer, format, terminal.out())?,
    }
    terminal.flush()?;
    // Rows alone, or a picture, do not say what was changed.
    if answer.effects.any() && matches!(format, "csv" | "dot") {
        let counts = answer.effects.counts().into_iter().filter(|(_, count)| *count > 0);
        let told: Vec<String> = counts.map(|(what, count)| format!("{what}: {count}")).collect();
        terminal.message(&Message::note(told.join(", ")))?;
    }
    Ok(())
}

/// `EXPORT format [TO 'file']`.
fn draw(answer: &Answer, drawing: &Drawing, terminal: &mut Terminal) -> Result<(), Failure> {
    let Some(format) = export::format(&drawing.format) else {
        let known: Vec<&str> = export::FORMATS.iter().map(|format| format.name).collect();
        let known = known.join(", ");
        return Err(Failure::Usage(format!("there is no export format `{}`; there are {known}", drawing.format)));
    };
    let Some(path) = &drawing.file else { return Ok((format.answer)(answer, terminal.out())?) };
    file::write(Path::new(path), |out| (format.answer)(answer, out))?;
    terminal.message(&Message::note(format!("wrote {path}")))
}

fn write(answer: &Answer, format: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let format = export::format(format).expect("the command line takes only the formats of the registry");
    Ok((format.answer)(answer, out)?)
}
