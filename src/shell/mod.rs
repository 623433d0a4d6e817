//! The command line: the only part that touches standard output, environment, clock, terminal and disk.
//!
//! A command reads its arguments, asks the library, and hands the answer to a renderer: the terminal's table here, or
//! a format of [`export`](crate::export). Nothing uses this module but `main`.

mod arguments;
mod ask;
mod batch;
mod bench;
mod bug;
mod check;
mod coverage;
mod failure;
mod file;
mod help;
mod import;
mod interrupt;
mod library;
mod pager;
mod paint;
mod paperwork;
mod repl;
mod settings;
mod show;
mod source_page;
mod table;
mod terminal;
mod whole;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Command};
use self::failure::Failure;
use self::terminal::Terminal;

/// Does what the command line says.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // That nobody reads the usage is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut terminal = Terminal::open(arguments.color);
    let done = bug::caught(|| run(&arguments, &mut terminal)).and_then(|()| terminal.flush());
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_silent() {
                terminal.failure(&failure);
            }
            ExitCode::from(&failure)
        }
    }
}

fn run(arguments: &Arguments, terminal: &mut Terminal) -> Result<(), Failure> {
    let base = arguments.base();
    match &arguments.command {
        Some(Command::Ask(ask)) => ask::run(ask, base, arguments.access, terminal),
        Some(Command::Run(batch)) => batch::run(batch, base, arguments.access, terminal),
        Some(Command::Check(check)) => check::run(check, base, terminal),
        Some(Command::Completions(completions)) => paperwork::completions(completions, terminal),
        Some(Command::Help(help)) => help::run(&help.topic, terminal),
        Some(Command::Man) => paperwork::man(terminal),
        Some(Command::Export(export)) => whole::run(export, base, terminal),
        Some(Command::Import(import)) => import::run(import, terminal),
        Some(Command::Bench(bench)) => bench::run(bench, base, terminal),
        None => repl::run(arguments, terminal),
    }
}
