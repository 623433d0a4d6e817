//! `griot export`: the whole graph into a file or to standard output.

use super::arguments::{Base, Export};
use super::failure::Failure;
use super::file;
use super::library::Library;
use super::terminal::Terminal;
use crate::answer::Message;
use crate::export;

/// Writes the graph in the format named.
pub fn run(arguments: &Export, base: Base<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
    let library = Library::open(base, terminal)?;
    let knowledge = library.knowledge();
    let write = export::format(&arguments.format)
        .and_then(|format| format.knowledge)
        .expect("the command line takes only formats that can hold a graph");
    let Some(path) = &arguments.output else { return Ok(write(&knowledge, terminal.out())?) };
    file::write(path, |out| write(&knowledge, out))?;
    terminal.message(&Message::note(format!("wrote {}", path.display())))
}
