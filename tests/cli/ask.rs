//! `griot ask`: formats, several queries, parameters, streams, pipes, faults.

use serde_json::Value as Json;

use crate::support::{finished, graphviz, griot, read_little, run};

const LINEAGE: &str = "lineage from MUJAO to ISGS";

#[test]
fn a_lineage_is_answered_with_its_citations() {
    let run = run(&["ask", LINEAGE]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for part in ["MUJAO", "ISGS", "[1]", "—"] {
        assert!(run.out.contains(part), "`{part}` is missing in:\n{}", run.out);
    }
}

#[test]
fn json_is_one_object_a_statement() {
    let run = run(&["ask", LINEAGE, "return 1 as one; return 2 as two", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let answers: Vec<Json> = run.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 3);
    for answer in &answers {
        for key in ["columns", "rows", "claims", "messages"] {
            assert!(answer[key].is_array(), "`{key}` is missing in {answer}");
        }
    }
    for key in ["id", "source", "locator", "wording"] {
        assert!(answers[0]["claims"][0][key].is_string(), "a claim has its `{key}`");
    }
    assert_eq!(answers[2]["rows"][0][0], 2);
}

#[test]
fn csv_has_a_column_of_citations() {
    let run = run(&["ask", LINEAGE, "--format", "csv"]);
    let head = run.out.lines().next().expect("a head");
    assert!(head.starts_with("path,steps,"), "{head}");
    assert!(head.ends_with(",citations"), "{head}");
    let mut table = csv::Reader::from_reader(run.out.as_bytes());
    assert!(table.records().all(|record| record.is_ok()));
}

#[test]
fn graphviz_reads_every_drawing() {
    for query in [LINEAGE, "network of Iyad Ag Ghali", "return 1", "match (n) where false return n"] {
        let run = run(&["ask", query, "--format", "dot"]);
        assert_eq!(run.code, Some(0), "{query}: {}", run.err);
        let Some((is_read, complaint)) = graphviz(&run.out) else {
            eprintln!("skipped: Graphviz is not installed (Debian: apt-get install graphviz)");
            return;
        };
        assert!(is_read && complaint.is_empty(), "{query}: {complaint}");
    }
}

#[test]
fn an_answer_is_the_same_in_every_run() {
    for format in ["table", "json", "csv", "dot"] {
        let arguments = ["ask", "network of Iyad Ag Ghali within 2 hops", "--format", format];
        assert_eq!(run(&arguments).out, run(&arguments).out, "{format}");
    }
}

#[test]
fn parameters_reach_the_query() {
    let run =
        run(&["ask", "return $n + 1 as n, $name as name", "-p", "n=41", "-p", "name=Ansar Dine", "--format", "csv"]);
    assert_eq!(run.out, "n,name\n42,Ansar Dine\n", "{}", run.err);
}

#[test]
fn a_fault_in_a_query_goes_to_standard_error_with_code_1() {
    let run = run(&["ask", "match (n retrun n"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("error[") && run.err.contains('^'), "{}", run.err);
}

#[test]
fn queries_run_in_order_and_stop_at_the_first_fault() {
    let run = run(&["ask", "return 1 as x", "return y", "return 3 as z", "--format", "csv"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), "x\n1\n"), "{}", run.err);
}

#[test]
fn warnings_do_not_mix_with_data() {
    let run = run(&["ask", "match (n:Organization) return n", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out.lines().count(), 1);
    assert!(run.err.contains("warning"), "{}", run.err);
}

#[test]
fn whoever_stops_reading_is_no_failure() {
    let run = read_little(&["ask", "unwind range(1, 200000) as n return n", "--format", "csv"], 2);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn colour_is_written_when_asked_for_and_never_under_no_color() {
    let ask = ["ask", LINEAGE, "--color", "always"];
    assert!(finished(&mut griot(&ask)).out.contains("\u{1b}["));
    assert!(!finished(griot(&ask).env("NO_COLOR", "1")).out.contains('\u{1b}'));
    assert!(!finished(&mut griot(&ask[..2])).out.contains('\u{1b}'), "a pipe is no terminal");
}

#[test]
fn tables_fit_the_columns_of_the_terminal() {
    for columns in ["60", "100", "160"] {
        let run = finished(griot(&["ask", LINEAGE]).env("COLUMNS", columns));
        let widest = run.out.lines().map(|line| line.chars().count()).max().expect("some lines");
        assert!(widest <= columns.parse().expect("a number"), "{widest} at {columns}:\n{}", run.out);
    }
}

#[test]
fn export_at_the_end_of_a_query_writes_a_file() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("jnim.dot");
    let query = format!("lineage of JNIM export dot to '{}'", path.display());
    let run = run(&["ask", &query]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(std::fs::read_to_string(&path).expect("written").starts_with("digraph"));
}

#[test]
fn a_file_that_cannot_be_written_is_an_outside_failure() {
    let run = run(&["ask", "lineage of JNIM export dot to '/no/such/folder/x.dot'"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(run.err.contains("/no/such/folder/x.dot"), "{}", run.err);
}

#[test]
fn a_statement_stands_after_match_and_keeps_what_it_found() {
    let query = "match (g:ArmedGroup)-[:COMPONENT_OF]->(:Coalition 'JNIM') leaders of g \
                 return g.name as body, collect(person.name) as people order by body";
    let run = run(&["ask", query, "--format", "csv"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.lines().any(|line| line.starts_with("AQIM Sahara,") && line.contains("Ali Maychou")),
        "{}",
        run.out
    );
}

#[test]
fn a_read_only_session_refuses_to_write() {
    let refused = run(&["ask", "create (a)", "--read-only"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.err.contains("read-only"), "{}", refused.err);
    assert_eq!(run(&["ask", "return 1", "--read-only", "--no-files"]).code, Some(0));
}
