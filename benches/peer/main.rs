//! The adapter program of the peer harness: griot beside other engines, on the same data and the same questions.
//!
//! `peer load --data DIR --db DIR` makes a graph file of a folder's tables; `peer bench --data DIR --db DIR --queries
//! FILE --reps N --budget SECONDS` asks questions and writes what they took, one JSON object a line. Nothing here knows
//! what is asked. How to enter it into the harness stands in `benches/README.md`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod asking;
mod digest;
mod loading;
mod summary;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "peer load --data DIR --db DIR\npeer bench --db DIR --queries FILE [--reps N] [--budget SECONDS]\n\
                     peer summary --results FILE,FILE --into README\n";

/// What the command line says. Options that no command here needs are passed over.
struct Options {
    pairs: Vec<(String, String)>,
}

impl Options {
    fn of(arguments: &[String]) -> Self {
        let pairs = arguments.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
        Self { pairs }
    }

    fn get(&self, name: &str) -> Outcome<&str> {
        let found = self.pairs.iter().rev().find(|(each, _)| each == name);
        Ok(found.map(|(_, value)| value.as_str()).ok_or_else(|| format!("{name} is missing"))?)
    }

    fn folder(&self, name: &str) -> Outcome<&Path> {
        self.get(name).map(Path::new)
    }
}

/// The graph file in a folder of the harness.
fn graph_file(folder: &Path) -> PathBuf {
    folder.join("graph.griot")
}

/// Writes a line, at once.
fn say(line: &serde_json::Value) -> Outcome<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

fn run(command: &str, options: &Options) -> Outcome<()> {
    match command {
        "load" => loading::load(options.folder("--data")?, options.folder("--db")?),
        "bench" => {
            let (reps, budget) = (options.get("--reps").unwrap_or("5"), options.get("--budget").unwrap_or("1.5"));
            asking::bench(options.folder("--db")?, options.folder("--queries")?, reps.parse()?, budget.parse()?)
        }
        "summary" => summary::summary(options.get("--results")?, options.folder("--into")?),
        _ => Ok(io::stderr().write_all(USAGE.as_bytes())?),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = arguments.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    match run(command, &Options::of(rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
