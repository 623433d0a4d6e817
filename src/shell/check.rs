//! `griot check`: read a knowledge base, report all its faults.

use std::path::Path;

use super::arguments::Check;
use super::failure::Failure;
use super::library;
use super::terminal::Terminal;

/// Checks the folder named, else that of `--kb`, else the built-in knowledge base.
pub fn run(check: &Check, kb: Option<&Path>, terminal: &mut Terminal) -> Result<(), Failure> {
    let folder = check.folder.as_deref().or(kb);
    let summary = library::check(folder, terminal)?;
    Ok(writeln!(terminal.out(), "{summary}")?)
}
