//! The examples that the description of the language keeps working: each runs at the prompt, in a file, and as DOT.

#![cfg(unix)]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

#[allow(dead_code, reason = "the terminal of the tests of the prompt, of which this needs a part")]
#[path = "prompt/screen.rs"]
mod screen;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use screen::{Opening, Screen};
use tempfile::tempdir;

/// Word for word the section “Examples to keep working” of LANGUAGE.md.
const EXAMPLES: &[&str] = &[
    "lineage from MUJAO to ISGS",
    "lineage of JNIM export dot to 'jnim.dot'",
    "groups sharing network of Iyad Ag Ghali within 2 hops",
    "allies and rivals of Ansar Dine as of 2012-07",
    "changes in allies of MNLA from 2012-03 to 2012-08",
    "leaders of the Sahara Emirate of AQIM as of 2019-07",
    "compare JNIM, HTS, Taliban on fighters, civilians per fighter",
    "disputes about JNIM",
    "match (g:ArmedGroup)-[:COMPONENT_OF]->(:Coalition 'JNIM') as of 2018\n  rivals of g as of 2020 return g.name, collect(actor.name) order by g.name",
    "match (l:Person)-[r:LED]->(g) return l.name, count(distinct g) as groups, collect(sources(r)) order by groups desc limit 5",
];

fn griot(arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_STATE_HOME", folder)
        .env_remove("NO_COLOR")
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    assert!(!said.contains("error["), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What Graphviz says of a drawing; none where it is not installed.
fn graphviz(dot: &str) -> Option<Output> {
    let mut child = Command::new("dot")
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().expect("a pipe").write_all(dot.as_bytes()).expect("it reads");
    Some(child.wait_with_output().expect("it ends"))
}

#[test]
fn each_runs_in_a_file_of_them_all() {
    let folder = tempdir().expect("a folder");
    let text: String = EXAMPLES.iter().flat_map(|example| [*example, ";\n"]).collect();
    fs::write(folder.path().join("examples.gq"), text).expect("a file");
    let printed = griot(&["run", "examples.gq"], folder.path());
    // One of them goes into a file of its own.
    assert_eq!(printed.matches("\nknowledge base ").count(), EXAMPLES.len() - 1, "{printed}");
    let drawn = fs::read_to_string(folder.path().join("jnim.dot")).expect("the drawing that was asked for");
    assert!(drawn.starts_with("digraph"), "{drawn}");
}

#[test]
fn each_runs_at_the_prompt_and_shows_what_it_shows_in_a_file() {
    let folder = tempdir().expect("a folder");
    // So high that the longest answer stays on it.
    let mut screen = Screen::with(&Opening { arguments: &[], home: folder.path(), height: 2000, variables: &[] });
    screen.wait_for_prompt();
    screen.line(".set pager off");
    for example in EXAMPLES {
        // A line of the terminal holds a hundred letters.
        let shown = screen.line(&example.replace(" return l.name", "\n return l.name"));
        assert!(!shown.contains("error[") && !shown.contains("error:"), "{example}:\n{shown}");
        if example.contains("export dot") {
            assert!(folder.path().join("jnim.dot").exists(), "{example}:\n{shown}");
            continue;
        }
        let printed = griot(&["ask", example], folder.path());
        for line in printed.lines().filter(|line| !line.trim().is_empty()) {
            assert!(shown.contains(line.trim_end()), "`{line}` of\n  {example}\nis not on the screen:\n{shown}");
        }
    }
}

#[test]
fn each_is_a_drawing_that_graphviz_reads() {
    let folder = tempdir().expect("a folder");
    for example in EXAMPLES {
        let question = example.split(" export ").next().expect("the question");
        let drawn = griot(&["ask", "--format", "dot", question], folder.path());
        let Some(output) = graphviz(&drawn) else {
            eprintln!("skipped: Graphviz is not installed, so nobody read the drawings");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{example}: {said}\n{drawn}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("<svg"), "{example}");
    }
}
