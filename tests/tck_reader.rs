//! The reader of the TCK's feature files, its literals and its steps, on samples and on the suite itself.

#![allow(missing_docs, clippy::unwrap_used)]

#[path = "tck/gherkin.rs"]
mod gherkin;
#[path = "tck/literal.rs"]
mod literal;
#[path = "tck/step.rs"]
mod step;
#[path = "tck/value.rs"]
mod value;

use std::path::{Path, PathBuf};
use std::{env, fs};

use gherkin::{Feature, Scenario, read};
use step::{ExpectedError, Meaning, Phase};

const SAMPLE: &str = r#"# a comment
#encoding: utf-8

@everywhere
Feature: Sample - all constructs in use
  Free text about it.

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (:A)

        // # kept, with its indentation
      """

  @here @there
  Scenario: [1] A plain one
    When executing query:
      """
      RETURN '<x>'
      """
    Then the result should be, in any order:
      | a      | b    |
      # a comment between rows
      | 'x\|y' | '\n' |
    And no side effects

  Scenario Outline: [2] An outline of <x>
    When executing query:
      """
      RETURN <x> <> <y>
      """
    Then the result should be, in any order:
      | <x> |
      | <y> |

    Examples:
      | x   | y     |
      | 1   | '<x>' |
      | 2   | 3     |
    Examples: a second table
      | y | x |
      | 4 | 5 |
"#;

fn sample() -> Feature {
    read(SAMPLE).unwrap()
}

/// The text of a scenario's steps, tables and queries, in a line each.
fn shown(scenario: &Scenario) -> Vec<String> {
    let step = |step: &gherkin::Step| format!("{} {:?} {:?}", step.text, step.doc.as_deref().unwrap_or(""), step.table);
    scenario.steps.iter().map(step).collect()
}

#[test]
fn a_scenario_begins_with_the_steps_of_the_background() {
    let scenario = &sample().scenarios[0];
    assert_eq!(scenario.name, "[1] A plain one");
    assert_eq!(scenario.line, 18);
    assert_eq!(scenario.tags, ["@everywhere", "@here", "@there"]);
    assert_eq!(
        shown(scenario),
        [
            r#"an empty graph "" []"#,
            r#"having executed: "CREATE (:A)\n\n  // # kept, with its indentation" []"#,
            r#"executing query: "RETURN '<x>'" []"#,
            r#"the result should be, in any order: "" [["a", "b"], ["'x|y'", "'\n'"]]"#,
            r#"no side effects "" []"#,
        ]
    );
}

#[test]
fn an_outline_is_expanded_over_all_its_tables() {
    let feature = sample();
    let names: Vec<_> =
        feature.scenarios.iter().map(|scenario| (scenario.name.as_str(), scenario.example, scenario.line)).collect();
    assert_eq!(
        names,
        [
            ("[1] A plain one", None, 18),
            ("[2] An outline of 1", Some(1), 40),
            ("[2] An outline of 2", Some(2), 41),
            ("[2] An outline of 5", Some(3), 44)
        ]
    );
    assert_eq!(
        shown(&feature.scenarios[1])[2..],
        [r#"executing query: "RETURN 1 <> '<x>'" []"#, r#"the result should be, in any order: "" [["1"], ["'<x>'"]]"#,]
    );
}

#[test]
fn line_ends_of_windows_change_nothing() {
    assert_eq!(read(&SAMPLE.replace('\n', "\r\n")).unwrap(), sample());
}

#[test]
fn what_fits_nowhere_is_an_error_with_its_line() {
    let check = |text: &str, line: usize, reason: &str| {
        let error = read(text).unwrap_err();
        assert_eq!((error.line, error.reason.as_str()), (line, reason));
    };
    check("Given an empty graph", 1, "a step outside of background and scenario: Given an empty graph");
    check("Feature: x\nScenario: y\nGiven z\nUnless w", 4, "a line that is no keyword: Unless w");
    check("Feature: x\nScenario: y\n| a |", 3, "a table without a step");
    check("Feature: x\nScenario: y\nGiven z\n| a | b", 4, "a row that does not end with a pipe: | a | b");
    check("Feature: x\nScenario: y\nGiven z\n\"\"\"\nnever closed", 4, "the doc string does not end");
    check("Feature: x\nScenario Outline: y\nGiven z\nExamples:\n|a|b|\n|1|", 6, "1 cells under 2 names");
    check("", 1, "no `Feature:` in this file");
}

#[test]
fn literals_are_read_and_shown() {
    let check = |text: &str| assert_eq!(literal::parse(text).unwrap().to_string(), text);
    for text in [
        "null",
        "true",
        "-7",
        "1.0",
        "NaN",
        "inf",
        "'it\\'s'",
        "[]",
        "[1, [null, 'x']]",
        "{}",
        "{a: 1, b: {c: []}}",
        "()",
        "(:A:B {p: 1})",
        "({p: 'x'})",
        "[:T]",
        "[:T {p: 1.5}]",
        "<(:A)-[:T]->(:B)<-[:U {p: 1}]-()>",
        "<()>",
        "[[:T], <(:A)-[:T]->()>]",
    ] {
        if text == "inf" {
            assert_eq!(literal::parse("Inf").unwrap().to_string(), "inf");
        } else {
            check(text);
        }
    }
    for text in ["", "1 2", "[1", "(:A", "'open", "nan", "tru", "<()-[:T]-()>", "{1}"] {
        assert!(literal::parse(text).is_err(), "{text} is read");
    }
}

#[test]
fn comparing_tells_numbers_apart_and_takes_lists_as_bags_on_request() {
    let check = |a: &str, b: &str, as_lists: bool, as_bags: bool| {
        let (a, b) = (literal::parse(a).unwrap(), literal::parse(b).unwrap());
        assert_eq!((a.same(&b, false), a.same(&b, true)), (as_lists, as_bags), "{a} and {b}");
    };
    check("1", "1.0", false, false);
    check("NaN", "NaN", true, true);
    check("0.0", "-0.0", true, true);
    check("'1'", "1", false, false);
    check("[1, 2, 2]", "[2, 1, 2]", false, true);
    check("[1, 2, 2]", "[1, 1, 2]", false, false);
    check("{a: [1, 2]}", "{a: [2, 1]}", false, true);
    check("(:A:B)", "(:B:A)", true, true);
    check("(:A)", "(:A {p: null})", false, false);
    check("<()-[:T]->()>", "<()<-[:T]-()>", false, false);
}

#[test]
fn errors_are_expected_by_class_phase_and_detail() {
    let error = |class: &str, phase, detail: &str| {
        Some(Meaning::Error(ExpectedError { class: class.to_owned(), phase, detail: detail.to_owned() }))
    };
    let check = |text: &str, expected: Option<Meaning>| assert_eq!(Meaning::of(text), expected);
    check("a TypeError should be raised at any time: *", error("TypeError", None, "*"));
    check(
        "an ArgumentError should be raised at runtime: NumberOutOfRange",
        error("ArgumentError", Some(Phase::Runtime), "NumberOutOfRange"),
    );
    check("a SyntaxError should be raised at noon: X", None);
    check("the result should be", None);
}

/// The suite's folder, if it is there; the target `tck` says so where it is not.
fn features() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tck/features");
    let folder = env::var_os("TCK_FEATURES").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(self::texts(&path));
        } else if path.extension().is_some_and(|extension| extension == "feature") {
            let text = fs::read_to_string(&path).unwrap();
            texts.push((path, text));
        }
    }
    texts
}

/// Counts scenarios by their lines alone, in another way than the reader's: keywords, and rows under `Examples:`.
fn scenarios_by_lines(text: &str) -> usize {
    let (mut plain, mut rows, mut headings, mut in_examples) = (0, 0, 0, false);
    for line in text.lines().map(str::trim) {
        plain += usize::from(line.starts_with("Scenario:"));
        rows += usize::from(in_examples && line.starts_with('|'));
        if line.starts_with("Examples:") {
            in_examples = true;
            headings += 1;
        } else if !line.starts_with('|') && !line.starts_with('#') && !line.is_empty() {
            in_examples = false;
        }
    }
    plain + rows - headings
}

#[test]
fn the_reader_finds_as_many_scenarios_as_their_lines_say() {
    assert_eq!(scenarios_by_lines(SAMPLE), 4);
    for (path, text) in features().iter().flat_map(|folder| texts(folder)) {
        let feature = read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(feature.scenarios.len(), scenarios_by_lines(&text), "{}", path.display());
    }
}

#[test]
fn every_step_and_every_literal_of_the_suite_is_understood() {
    for (path, text) in features().iter().flat_map(|folder| texts(folder)) {
        for step in read(&text).unwrap().scenarios.iter().flat_map(|scenario| &scenario.steps) {
            let place = format!("{}:{} {}", path.display(), step.line, step.text);
            let meaning = Meaning::of(&step.text).unwrap_or_else(|| panic!("{place}"));
            let cells: Vec<&String> = match meaning {
                Meaning::Result { .. } => step.table.iter().skip(1).flatten().collect(),
                Meaning::Parameters => step.table.iter().map(|row| &row[1]).collect(),
                _ => Vec::new(),
            };
            for cell in cells {
                literal::parse(cell).unwrap_or_else(|error| panic!("{place}: {error}"));
            }
        }
    }
}
