//! `griot export` and `griot check`: the whole graph, files, other knowledge.

use std::fs;

use serde_json::Value as Json;

use crate::support::{graphviz, run};

fn whole() -> Json {
    let run = run(&["export", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    serde_json::from_str(&run.out).expect("one object")
}

#[test]
fn the_whole_graph_is_one_object() {
    let whole = whole();
    let required: [(&str, &[&str]); 4] = [
        ("nodes", &["id", "kinds", "name", "names"]),
        ("relations", &["id", "subject", "type", "role", "object", "claims"]),
        ("figures", &["node", "measure", "value", "unit", "source", "locator"]),
        ("sources", &["id", "author", "title", "publisher", "date", "address"]),
    ];
    for (section, keys) in required {
        let records = whole[section].as_array().expect("a list");
        assert!(!records.is_empty(), "{section}");
        for key in keys {
            assert!(records.iter().all(|record| record.get(key).is_some()), "every one of {section} has `{key}`");
        }
    }
}

#[test]
fn every_claim_has_its_source_and_locator() {
    for relation in whole()["relations"].as_array().expect("a list") {
        let claims = relation["claims"].as_array().expect("a list");
        assert!(!claims.is_empty(), "{relation}");
        for claim in claims {
            assert!(claim["source"].is_string(), "{claim}");
            assert!(claim["locator"].as_str().is_some_and(|locator| !locator.is_empty()), "{claim}");
        }
    }
}

#[test]
fn relations_name_nodes_that_are_there() {
    let whole = whole();
    let ids: Vec<&str> =
        whole["nodes"].as_array().expect("a list").iter().filter_map(|node| node["id"].as_str()).collect();
    for relation in whole["relations"].as_array().expect("a list") {
        for end in ["subject", "object"] {
            assert!(ids.contains(&relation[end].as_str().expect("an id")), "{relation}");
        }
    }
}

#[test]
fn graphviz_reads_the_whole_graph() {
    let run = run(&["export", "--format", "dot"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    match graphviz(&run.out) {
        Some((is_read, complaint)) => assert!(is_read, "{complaint}"),
        None => eprintln!("skipped: Graphviz is not installed (Debian: apt-get install graphviz)"),
    }
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("graph.json");
    let written = run(&["export", "--format", "json", "-o", path.to_str().expect("UTF-8")]);
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""), "{}", written.err);
    assert_eq!(fs::read_to_string(&path).expect("written"), run(&["export", "--format", "json"]).out);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left behind");
}

#[test]
fn the_folder_kb_holds_what_is_built_in() {
    let arguments = ["export", "--format", "json"];
    let from_folder = run(&["export", "--format", "json", "--kb", "kb"]);
    assert_eq!(from_folder.code, Some(0), "{}", from_folder.err);
    assert_eq!(from_folder.out, run(&arguments).out);
}

#[test]
fn the_knowledge_base_passes_its_checks() {
    let run = run(&["check", "kb"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("0 errors"), "{}", run.out);
}

#[test]
fn all_faults_of_a_knowledge_base_are_shown_with_file_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("faulty.toml");
    let text = "[[node]]\nid = \"x\"\nkind = \"Ghost\"\nname = \"X\"\nsource = \"nobody\"\nat = \"p. 1\"\n";
    fs::write(&path, text).expect("written");
    let run = run(&["check", folder.path().to_str().expect("UTF-8")]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    for part in ["faulty.toml:3:8", "faulty.toml:5:10", "Ghost", "nobody"] {
        assert!(run.err.contains(part), "`{part}` is missing in:\n{}", run.err);
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_outside_failure() {
    for arguments in [["check", "/no/such/folder", ""], ["ask", "return 1", "--kb=/no/such/folder"]] {
        let arguments: Vec<&str> = arguments.into_iter().filter(|each| !each.is_empty()).collect();
        let run = run(&arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(3), ""), "{arguments:?}: {}", run.err);
        assert!(run.err.contains("/no/such/folder"), "{}", run.err);
    }
}
