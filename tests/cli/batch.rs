//! `griot run`: batch files, their parameters, and the answers that they expect.

use std::io::Write;
use std::process::Stdio;

use crate::support::{Run, griot, run};

/// Runs a file with this text, and gives the file's text afterwards too.
fn batch(text: &str, options: &[&str]) -> (Run, String) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("questions.gq");
    std::fs::write(&path, text).expect("written");
    let mut arguments = vec!["run", path.to_str().expect("UTF-8")];
    arguments.extend(options);
    let run = run(&arguments);
    (run, std::fs::read_to_string(&path).expect("still there"))
}

#[test]
fn queries_run_in_order_with_the_parameters_of_file_and_command_line() {
    let text = "#!/usr/bin/env -S griot run\n// two numbers\n:param a = 1 + 1\n:param b = $a * 10\n\
                return $a as a, $b as b; return 'x;y' as text; // done\n";
    let (run, _) = batch(text, &["--format", "csv"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "a,b\n2,20\n\ntext\nx;y\n"), "{}", run.err);
    let (run, _) = batch(text, &["--format", "csv", "-v", "a=5"]);
    assert_eq!(run.out, "a,b\n5,50\n\ntext\nx;y\n", "the command line goes first");
}

#[test]
fn a_fault_is_shown_at_its_place_in_the_file_and_stops_the_run() {
    let (run, _) = batch("return 1 as x;\n\n  match (a)\n  return b;\nreturn 3 as x;\n", &["--format", "csv"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), "x\n1\n"));
    assert!(run.err.contains("questions.gq:4:10") && run.err.contains('^'), "{}", run.err);
}

#[test]
fn keep_going_runs_the_rest_and_fails_all_the_same() {
    let text = "return 1 / 0;\nreturn 2 as x;\nlineage of Nobody Knows;\n:parm y = 1\n";
    let (run, _) = batch(text, &["--format", "csv", "--keep-going"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), "x\n2\n"), "{}", run.err);
    for part in ["questions.gq:1:8", "questions.gq:3:12", "questions.gq:4:1", "3 of 3 queries failed"] {
        assert!(run.err.contains(part), "`{part}` is missing in:\n{}", run.err);
    }
}

#[test]
fn statements_before_a_failing_one_stay_done_and_the_failing_one_leaves_nothing() {
    let text = "create (:Militia {name: 'Made first'});\n\
                unwind [1, 0] as n create (:Militia {name: 'Made ' + toString(1 / n)});\n\
                match (m:Militia) where m.name starts with 'Made' return count(*) as made;\n";
    let (run, _) = batch(text, &["--format", "csv", "--keep-going"]);
    assert!(run.out.ends_with("made\n1\n"), "{}", run.out);
    assert!(run.err.contains("nodes created: 1"), "{}", run.err);
}

#[test]
fn answers_are_compared_with_the_expected_ones() {
    let text = "return 1 as a, null as b;\n--> a | b\n--> 1 |\n\
                match (n:NoSuchLabel) return n;\n--> n\n--> (no rows)\n\
                unwind range(1, 9) as n return n;\n--> n\n--> 1\n--> …\n--> 9\n\
                lineage of Nobody;\n--> error G0201: nothing … 'Nobody'\n";
    let (right, _) = batch(text, &["--test"]);
    assert_eq!((right.code, right.out.as_str()), (Some(0), ""), "{}", right.err);
    let (wrong, _) = batch(&text.replace("--> 1 |", "--> 2 |"), &["--test"]);
    assert_eq!(wrong.code, Some(4), "{}", wrong.err);
    assert!(wrong.err.contains("questions.gq:1:1") && wrong.err.contains("- 2 |") && wrong.err.contains("+ 1 |"));
}

#[test]
fn an_expected_error_that_does_not_come_is_a_difference_and_an_unexpected_one_a_failure() {
    assert_eq!(batch("return 1 as n;\n--> error …\n", &["--test"]).0.code, Some(4));
    assert_eq!(batch("return y;\n", &["--test"]).0.code, Some(1));
}

#[test]
fn blessing_writes_the_answers_and_leaves_what_matches() {
    let text = "// kept\nreturn 1 as n; // this too\nreturn 2 as n;\n--> n\n--> 7\n\n\
                return 3 as n;\n--> …\nreturn 'a|b\\nc' as t";
    let (run, blessed) = batch(text, &["--bless"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let expected = "// kept\nreturn 1 as n; // this too\n--> n\n--> 1\nreturn 2 as n;\n--> n\n--> 2\n\n\
                    return 3 as n;\n--> …\nreturn 'a|b\\nc' as t;\n--> t\n--> a\\|b\\nc\n";
    assert_eq!(blessed, expected);
    assert_eq!(batch(&blessed, &["--test"]).0.code, Some(0));
}

#[test]
fn standard_input_is_a_file_too() {
    let mut command = griot(&["run", "-", "--format", "ndjson"]);
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(b"return 1 as n; return m").expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"row\":{\"n\":1},\"claims\":[]}\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("<stdin>:1:23"));
}

#[test]
fn a_file_that_is_not_there_is_an_outside_failure() {
    let run = run(&["run", "/no/such/file.gq"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("/no/such/file.gq"), "{}", run.err);
}

#[test]
fn rows_of_a_long_answer_come_in_parts() {
    let (run, _) = batch("unwind range(1, 5000) as n return n", &["--format", "csv"]);
    assert_eq!(run.out.lines().count(), 5001, "one head");
    let (run, _) = batch("unwind range(1, 5000) as n return n", &["--format", "ndjson"]);
    assert_eq!(run.out.lines().count(), 5000);
}
