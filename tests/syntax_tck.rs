//! Every query of the openCypher TCK that is not meant to be wrong parses, and its printed form parses to the same tree.
//!
//! Reads the feature files of `TCK_FEATURES`, else `../shared/tck/features`; without such a folder the test says so
//! and passes. Whether the answers are right is the business of the test target `tck`.

use griot::query::syntax;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
#[allow(clippy::print_stderr)] // a test that has nothing to read says so
fn every_query_of_the_tck_parses() {
    let folder =
        std::env::var_os("TCK_FEATURES").map_or_else(|| PathBuf::from("../shared/tck/features"), PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: no TCK at {} (set TCK_FEATURES to its folder)", folder.display());
        return;
    }
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    let (mut parsed, mut failures) = (0, Vec::new());
    for file in &files {
        let text = fs::read_to_string(file).expect("a feature file is readable").replace('\r', "");
        for scenario in scenarios(&text).iter().filter(|scenario| !scenario.wrong) {
            for query in &scenario.queries {
                match check(query) {
                    Ok(()) => parsed += 1,
                    Err(fault) => failures.push(format!("{}\n{query}\n{fault}\n", file.display())),
                }
            }
        }
    }
    assert!(parsed > 1000, "only {parsed} queries were found in {} files of {}", files.len(), folder.display());
    let shown = failures.iter().take(20).cloned().collect::<String>();
    assert!(failures.is_empty(), "{} of {} queries failed:\n{shown}", failures.len(), parsed + failures.len());
}

fn check(query: &str) -> Result<(), String> {
    let tree = syntax::parse(query).map_err(|faults| format!("{faults:?}"))?;
    let printed = syntax::print(&tree);
    let again = syntax::parse(&printed).map_err(|faults| format!("printed as\n{printed}\n{faults:?}"))?;
    if syntax::without_spans(tree) == syntax::without_spans(again) {
        Ok(())
    } else {
        Err(format!("printed as\n{printed}\nwhich is another tree"))
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("its entries are readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "feature") {
            files.push(path);
        }
    }
}

/// A scenario's queries, those of an outline once for each of its examples.
#[derive(Default)]
struct Scenario {
    queries: Vec<String>,
    /// Whether a fault of syntax is what the scenario expects.
    wrong: bool,
    examples: Vec<Vec<String>>,
}

/// Reads as much of Gherkin as the files use: scenarios, doc strings behind query steps, tables of examples.
fn scenarios(text: &str) -> Vec<Scenario> {
    let mut found = vec![Scenario::default()];
    let (mut is_query, mut in_examples) = (false, false);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let scenario = found.last_mut().expect("there is a first scenario");
        if line.starts_with("Scenario") {
            (is_query, in_examples) = (false, false);
            found.push(Scenario::default());
        } else if line.starts_with("Examples:") {
            in_examples = true;
            scenario.examples.clear();
        } else if in_examples && line.starts_with('|') {
            scenario.examples.push(cells(line));
        } else if line == "\"\"\"" {
            let body: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "\"\"\"").collect();
            if is_query {
                scenario.queries.push(body.join("\n"));
            }
        } else if line.contains("SyntaxError") {
            scenario.wrong = true;
        } else if !line.is_empty() {
            is_query = line.contains("executing query:")
                || line.contains("having executed:")
                || line.contains("control query:");
        }
    }
    found.into_iter().map(expand).collect()
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim_matches('|').replace("\\|", "\u{0}");
    inner.split('|').map(|cell| cell.trim().replace('\u{0}', "|")).collect()
}

fn expand(scenario: Scenario) -> Scenario {
    let Some((names, rows)) = scenario.examples.split_first() else { return scenario };
    let fill = |query: &String, row: &Vec<String>| {
        names.iter().zip(row).fold(query.clone(), |query, (name, value)| query.replace(&format!("<{name}>"), value))
    };
    let queries = rows.iter().flat_map(|row| scenario.queries.iter().map(move |query| fill(query, row))).collect();
    Scenario { queries, wrong: scenario.wrong, examples: Vec::new() }
}
