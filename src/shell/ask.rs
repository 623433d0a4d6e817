//! `griot ask`: questions in, answers out.

use std::io::Write;
use std::path::Path;

use super::arguments::{Access, Ask, TABLE};
use super::failure::Failure;
use super::library::{self, Library};
use super::terminal::Terminal;
use super::{file, interrupt, table};
use crate::answer::{Answer, Drawing, Message};
use crate::export;

/// Runs the queries in order, and stops at the first that fails.
pub fn run(ask: &Ask, kb: Option<&Path>, access: Access, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut library = Library::open(kb, terminal)?.under(access);
    let cancel = library.cancel_token();
    interrupt::on_interrupt(move || cancel.cancel())?;
    let parameters = library::parameters(&ask.parameters);
    let mut is_first = true;
    for query in &ask.queries {
        for answer in library.ask(query, &parameters, terminal)? {
            if !is_first && ask.format != "json" {
                writeln!(terminal.out())?;
            }
            is_first = false;
            show(&answer, &ask.format, terminal)?;
        }
    }
    Ok(())
}

/// Writes an answer where it asks to go, else in the format of the command line; then what is to be said of it.
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
    answer.messages.iter().try_for_each(|message| terminal.message(message))
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
