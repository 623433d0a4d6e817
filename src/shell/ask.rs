//! `griot ask`: questions in, answers out.

use super::arguments::{Arguments, Ask};
use super::failure::Failure;
use super::interrupt;
use super::library::{self, Library};
use super::show::{self, Manner};
use super::terminal::Terminal;
use crate::answer::Answer;

/// Runs the queries in order, and stops at the first that fails.
pub fn run(ask: &Ask, arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut library = Library::open(arguments.kb.as_deref(), terminal)?.under(arguments.access);
    let cancel = library.cancel_token();
    interrupt::on_interrupt(1, move || cancel.cancel())?;
    let parameters = library::parameters(&ask.parameters);
    let mut is_first = true;
    for query in &ask.queries {
        for answer in library.ask(query, &parameters, terminal)? {
            if !is_first && ask.format != "json" {
                writeln!(terminal.out())?;
            }
            is_first = false;
            answered(&answer, ask, !arguments.access.no_files, terminal)?;
        }
    }
    Ok(())
}

/// Writes an answer where it asks to go, else in the format of the command line; then what is to be said of it.
fn answered(answer: &Answer, ask: &Ask, writes_files: bool, terminal: &mut Terminal) -> Result<(), Failure> {
    let manner = Manner {
        format: &ask.format,
        width: terminal.width,
        paint: terminal.paint,
        rest: "--format json has them all",
        writes_files,
    };
    let said = show::show(answer, manner, terminal.out())?;
    terminal.flush()?;
    said.iter().chain(&answer.messages).try_for_each(|message| terminal.message(message))
}
