//! The command line itself: usage, help, exit code 2, and what goes to which stream.

use crate::support::run;

#[test]
fn help_is_data_and_no_failure() {
    let run = run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for command in ["ask", "check", "export", "Exit codes"] {
        assert!(run.out.contains(command), "`{command}` is missing in:\n{}", run.out);
    }
}

#[test]
fn the_version_is_the_crates() {
    let run = run(&["--version"]);
    assert_eq!(run.out, format!("griot {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_is_told_on_standard_error_with_code_2() {
    let mistakes: [&[&str]; 6] = [
        &["asks"],
        &["ask"],
        &["ask", "return 1", "--format", "xml"],
        &["ask", "return $x", "-p", "x"],
        &["export"],
        &["export", "--format", "csv"],
    ];
    for mistake in mistakes {
        let run = run(mistake);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{mistake:?}");
        assert!(run.err.contains("error:"), "{mistake:?} says:\n{}", run.err);
    }
}

#[test]
fn a_wrong_format_is_answered_with_the_right_ones() {
    let run = run(&["ask", "return 1", "--format", "xml"]);
    for format in ["table", "json", "csv", "dot"] {
        assert!(run.err.contains(format), "`{format}` is missing in:\n{}", run.err);
    }
}

#[test]
fn completions_and_the_man_page_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let written = run(&["completions", shell]);
        assert_eq!(written.code, Some(0), "{}", written.err);
        for command in ["ask", "run", "check", "export", "keep-going", "markdown"] {
            assert!(written.out.contains(command), "`{command}` is missing for {shell}");
        }
    }
    let man = run(&["man"]);
    assert_eq!(man.code, Some(0), "{}", man.err);
    for part in [".TH griot", "GRIOT RUN", "\\-\\-keep\\-going", "GRIOT CHECK"] {
        assert!(man.out.contains(part), "`{part}` is missing in:\n{}", man.out);
    }
}
