//! Running the real program: what the tests of the command line share.

use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

/// The program with these arguments, in an environment that no terminal of ours can colour or widen.
pub fn griot(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_griot"));
    command.args(arguments);
    for variable in ["NO_COLOR", "COLUMNS", "TERM", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs to the end.
pub fn run(arguments: &[&str]) -> Run {
    finished(&mut griot(arguments))
}

/// Runs a command to the end.
pub fn finished(command: &mut Command) -> Run {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("what griot writes is UTF-8");
    Run { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// Reads the first bytes of standard output, closes the pipe, and waits.
pub fn read_little(arguments: &[&str], bytes: usize) -> Run {
    let mut child = griot(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut out = child.stdout.take().expect("standard output is a pipe");
    let mut first = vec![0; bytes];
    out.read_exact(&mut first).expect("it writes at least that much");
    drop(out);
    let mut err = String::new();
    child.stderr.take().expect("standard error is a pipe").read_to_string(&mut err).expect("UTF-8");
    let status = child.wait().expect("it ends");
    Run { code: status.code(), out: String::from_utf8_lossy(&first).into_owned(), err }
}

/// Graphviz's `dot` on a text: `None` where it is not installed, else whether it could read it, and what it says.
pub fn graphviz(dot: &str) -> Option<(bool, String)> {
    let started =
        Command::new("dot").arg("-Tsvg").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => panic!("dot cannot be started: {error}"),
    };
    child.stdin.take().expect("standard input is a pipe").write_all(dot.as_bytes()).expect("dot reads");
    let output = child.wait_with_output().expect("dot ends");
    Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}
