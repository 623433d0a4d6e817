//! `griot check`: read a knowledge base, report all its faults, and with `--coverage` what it holds of its documents.

use std::path::Path;

use super::arguments::{Base, Check};
use super::coverage;
use super::failure::Failure;
use super::library;
use super::terminal::Terminal;

/// The folder that is checked where none is named.
const USUAL_FOLDER: &str = "kb";

/// Checks the folder named, else that of `--kb`, else `kb`; of the graph file of `--db`, whether it is whole.
pub fn run(check: &Check, base: Base<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
    let folder = match (&check.folder, base) {
        (Some(folder), _) => folder,
        (None, Base::File(path)) => return Ok(writeln!(terminal.out(), "{}", library::check_file(path)?)?),
        (None, Base::Folder(folder)) => folder,
        (None, Base::BuiltIn) => Path::new(USUAL_FOLDER),
    };
    let (summary, is_usable) = library::check(folder, terminal)?;
    writeln!(terminal.out(), "{summary}")?;
    let is_sound = !check.coverage || coverage::show(library::files(folder)?, check.texts.as_deref(), terminal)?;
    if is_usable && is_sound { Ok(()) } else { Err(Failure::Faulty) }
}
