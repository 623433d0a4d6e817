//! Standard input that is no terminal: run as a script.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::tempdir;

/// What a run left behind.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn piped(arguments: &[&str], text: &str, folder: &Path) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_griot"))
        .args(arguments)
        .env_remove("COLUMNS")
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_STATE_HOME", folder)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn a_script_runs_without_a_prompt() {
    let folder = tempdir().expect("a folder");
    let run = piped(
        &[],
        ".mode csv\n:param n = 41\nreturn $n + 1 as n;\nmatch (c:Coalition 'JNIM')\nreturn c.name as name",
        folder.path(),
    );
    assert_eq!((run.code, run.out.as_str()), (Some(0), "n\n42\nname\nJNIM\n"), "{}", run.err);
}

#[test]
fn the_first_fault_ends_it_with_its_line() {
    let folder = tempdir().expect("a folder");
    let run = piped(&[], "return 1 as one;\n\nreturn missing;\nreturn 2 as two;", folder.path());
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("stopped at line 3") && !run.out.contains("two"), "{}\n{}", run.out, run.err);
}

#[test]
fn answers_go_into_files_and_files_are_read() {
    let folder = tempdir().expect("a folder");
    fs::write(folder.path().join("inner.gq"), ".mode csv\nreturn 7 as seven;\n").expect("a file");
    let text = ".output out.csv\n.read inner.gq\n.output\n.export json last.json\nreturn 8 as eight";
    let run = piped(&[], text, folder.path());
    assert_eq!((run.code, run.out.as_str()), (Some(0), "eight\n8\n"), "{}", run.err);
    assert_eq!(fs::read_to_string(folder.path().join("out.csv")).expect("written"), "seven\n7\n");
    assert!(fs::read_to_string(folder.path().join("last.json")).expect("written").contains("\"seven\""));
    for text in [".read inner.gq", ".output x", "return 1 export dot to 'x.dot'", "return 1; .export json x"] {
        let run = piped(&["--no-files"], &text.replace("; ", ";\n"), folder.path());
        assert!(run.code == Some(1) && run.err.contains("--no-files"), "{text}: {}", run.err);
    }
    assert!(!folder.path().join("x").exists() && !folder.path().join("x.dot").exists());
}

#[test]
fn changes_are_listed_taken_back_and_refused_where_nothing_may_be_written() {
    let folder = tempdir().expect("a folder");
    let text = "create (:Person {name: 'Newcomer', source: 'weiss-2023', at: 'p. 1'});\n.changes\n.undo\n.undo\n";
    let run = piped(&[], text, folder.path());
    assert!(run.out.contains("+ (:") && run.out.contains("Newcomer"), "{}\n{}", run.out, run.err);
    assert!(run.err.contains("took back") && run.err.contains("nothing to take back"), "{}", run.err);
    let run = piped(&["--read-only"], "create (:New)", folder.path());
    assert!(run.code == Some(1) && run.err.contains("read-only"), "{}", run.err);
}

#[test]
fn what_cannot_be_saved_says_what_is_missing_and_writes_nothing() {
    let folder = tempdir().expect("a folder");
    fs::write(folder.path().join("empty.toml"), "").expect("a file");
    let run = piped(&[], ".save .", folder.path());
    assert!(run.err.contains("nothing that could be saved"), "{}", run.err);
    let run = piped(&[], "create (:Person {name: 'Nobody'});\n.save .", folder.path());
    assert!(run.code == Some(1) && run.err.contains("error"), "{}", run.err);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let run = piped(&["--no-files"], "create (:Person {name: 'Nobody'});\n.save .", folder.path());
    assert!(run.err.contains("--no-files"), "{}", run.err);
}

#[test]
fn names_schema_and_help_are_pages() {
    let folder = tempdir().expect("a folder");
    let text = ".names Ghali\n.schema ArmedGroup\n.schema lineage\n.schema SPLIT_FROM\n.help lineage\n.set\n.schema";
    let run = piped(&[], text, folder.path());
    assert_eq!(run.code, Some(0), "{}", run.err);
    for part in
        ["iyad-ag-ghali", "ArmedGroup (kind)", "lineage (role)", "SPLIT_FROM (relation type)", "LINEAGE FROM a TO b"]
    {
        assert!(run.out.contains(part), "`{part}` is missing in:\n{}", run.out);
    }
    assert!(run.out.contains("config.toml") && run.out.contains("Properties"));
}
