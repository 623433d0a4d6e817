//! The test target `tck`: openCypher's conformance scenarios against the engine.
//!
//! The features lie in `$TCK_FEATURES`, else in `../shared/tck/features`; without them the target says so and passes.
//! It prints one line `TCK: passed N of M, skipped 0`: nothing is ever skipped, and a step that means nothing is a
//! failure. `floor.txt` holds the number below which N must not fall on the same M.
//!
//! The TCK knows nothing of what came to the language later (quantified path patterns, selectors, subqueries …). Of
//! that, scenarios of our own in the same form lie in `tests/features`, their results worked out by hand. They are
//! counted on a line of their own, `own scenarios: passed N of N`, and all must pass, errors with their details.
//!
//! For work on the engine: `TCK_REPORT=file` lists each failure with its query, `TCK_ONLY=text` runs only scenarios
//! whose place or name contains the text, `TCK_BLESS=1` writes the floor anew.

// A test program prints, and without libtest nothing does it for us.
#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

mod engine;
mod gherkin;
mod literal;
mod procedure;
mod scenario;
mod step;
mod suite;
mod value;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs};

use scenario::Passed;

const TEST_NAME: &str = "tck::scenarios_keep_the_floor";

fn main() -> ExitCode {
    // `cargo test` hands libtest's arguments to every target.
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        println!("{TEST_NAME}: test\n\n1 test, 0 benchmarks");
        return ExitCode::SUCCESS;
    }
    let mut filters = arguments.iter().filter(|argument| !argument.starts_with('-')).peekable();
    if filters.peek().is_some() && !filters.any(|filter| TEST_NAME.contains(filter.as_str())) {
        summary(0, 0, 1, Instant::now());
        return ExitCode::SUCCESS;
    }
    println!("\nrunning 1 test");
    let started = Instant::now();
    let verdict = test();
    match &verdict {
        Ok(()) => println!("test {TEST_NAME} ... ok"),
        Err(reason) => println!("test {TEST_NAME} ... FAILED\n\n{reason}"),
    }
    summary(usize::from(verdict.is_ok()), usize::from(verdict.is_err()), 0, started);
    if verdict.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

/// The closing line as libtest has it.
fn summary(passed: usize, failed: usize, filtered: usize, started: Instant) {
    let verdict = if failed == 0 { "ok" } else { "FAILED" };
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored; 0 measured; {filtered} filtered out; \
         finished in {seconds:.2}s\n"
    );
}

fn test() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // A scenario's panic is caught and counted; its backtrace would drown the rest.
    std::panic::set_hook(Box::new(|_| {}));
    let own = own_scenarios(&root.join("tests/features"));
    conformance(root).and(own)
}

/// The scenarios of our own.
fn own_scenarios(features: &Path) -> Result<(), String> {
    let mut cases = suite::collect(features).map_err(|error| format!("{}: {error}", features.display()))?;
    if let Ok(only) = env::var("TCK_ONLY") {
        cases.retain(|case| suite::place(case).contains(&only));
    }
    let ended = suite::run(cases, features);
    let passed = ended.iter().filter(|(_, result)| matches!(result, Ok(Passed::Strictly))).count();
    println!("own scenarios: passed {passed} of {}", ended.len());
    if passed == ended.len() { Ok(()) } else { Err(suite::report(&ended)) }
}

/// The TCK.
fn conformance(root: &Path) -> Result<(), String> {
    let features = env::var_os("TCK_FEATURES").map_or_else(|| root.join("../shared/tck/features"), PathBuf::from);
    if !features.exists() {
        println!("TCK: skipped, no features at {}; set TCK_FEATURES", features.display());
        return Ok(());
    }
    let mut cases =
        suite::collect(&features).map_err(|error| format!("features at {}: {error}", features.display()))?;
    let only = env::var("TCK_ONLY").ok();
    if let Some(only) = &only {
        cases.retain(|case| suite::place(case).contains(only));
    }
    let ended = suite::run(cases, &graphs_beside(&features));
    let passed = ended.iter().filter(|(_, result)| result.is_ok()).count();
    let strictly = ended.iter().filter(|(_, result)| matches!(result, Ok(Passed::Strictly))).count();
    println!("TCK: passed {passed} of {}, skipped 0", ended.len());
    println!("with the details of errors right as well: {strictly}");
    if let Some(path) = env::var_os("TCK_REPORT") {
        fs::write(&path, suite::report(&ended)).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    if only.is_some() {
        return Ok(());
    }
    keep_floor(&root.join("tests/tck/floor.txt"), passed, ended.len())
}

/// `graphs` beside the folder of features or beside one of those that it lies in.
fn graphs_beside(features: &Path) -> PathBuf {
    let absolute = features.canonicalize().unwrap_or_else(|_| features.to_owned());
    let found = absolute.ancestors().map(|folder| folder.join("graphs")).find(|folder| folder.is_dir());
    found.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tck/graphs"))
}

/// The floor holds for the suite that it was taken from, known by its size.
fn keep_floor(path: &Path, passed: usize, of: usize) -> Result<(), String> {
    if env::var_os("TCK_BLESS").is_some() {
        return fs::write(path, format!("{passed} of {of}\n")).map_err(|error| error.to_string());
    }
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let floor = text.trim().split_once(" of ").and_then(|(n, m)| Some((n.parse().ok()?, m.parse().ok()?)));
    let (floor, floor_of): (usize, usize) = floor.ok_or_else(|| format!("{} is not `N of M`", path.display()))?;
    if of == floor_of && passed < floor {
        return Err(format!(
            "{passed} scenarios pass, and {floor} did when the floor was set. TCK_REPORT=file lists the failures."
        ));
    }
    Ok(())
}
