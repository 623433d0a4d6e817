//! The program `griot`: everything is in the library's shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    griot::shell::main()
}
