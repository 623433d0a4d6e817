//! `--db` on the commands.

use serde_json::Value as Json;

use crate::support::Folder;

const KNOWLEDGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/kb");

#[test]
fn a_folder_of_knowledge_gives_the_same_graph_as_a_file() {
    let folder = Folder::of(&[]);
    let run = folder.griot(&["import", KNOWLEDGE, "-o", "kb.griot"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let written = |from: &[&str]| folder.griot(&[&["export", "--format", "json"], from].concat()).out;
    assert!(written(&["--db", "kb.griot"]) == written(&["--kb", KNOWLEDGE]));
    let asked = |from: &[&str]| folder.griot(&[&["ask", "lineage from MUJAO to ISGS"], from].concat()).out;
    assert_eq!(asked(&["--db", "kb.griot"]), asked(&["--kb", KNOWLEDGE]));
    let run = folder.griot(&["check", "--db", "kb.griot"]);
    assert!(run.code == Some(0) && run.out.contains("the file is whole"), "{}{}", run.out, run.err);
}

#[test]
fn the_file_is_never_written_to() {
    let folder = Folder::imported();
    let before = std::fs::read(folder.path("graph.griot")).expect("a file");
    let run = folder.griot(&[
        "ask",
        "--db",
        "graph.griot",
        "create (:Actor {name: 'x'})",
        "match (a) return count(*)",
        "--format",
        "csv",
    ]);
    assert!(run.out.contains("\n5\n"), "{}{}", run.out, run.err);
    assert!(std::fs::read(folder.path("graph.griot")).expect("a file") == before);
}

#[test]
fn a_batch_file_is_measured() {
    let folder = Folder::imported();
    let questions =
        ":param n = 'MUJAO'\nmatch (a {name: $n}) return a.founded;\nmatch (a)-[r]->(b) return a.id, b.id;\n";
    std::fs::write(folder.path("questions.gq"), questions).expect("written");
    let measure = |more: &[&str]| {
        folder.griot(&[&["bench", "questions.gq", "--db", "graph.griot", "--repeat", "5"], more].concat())
    };
    let run = measure(&["--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let figures: Json = serde_json::from_str(&run.out).expect("JSON");
    let queries = figures["queries"].as_array().expect("a list");
    assert_eq!(queries.iter().map(|query| query["rows"].as_i64()).collect::<Vec<_>>(), [Some(1), Some(4)]);
    for query in queries {
        let [least, median, most] = ["min_ms", "median_ms", "p95_ms"].map(|key| query[key].as_f64().expect("a number"));
        assert!(0.0 < least && least <= median && median <= most, "{query}");
        assert_eq!(query["runs"], 5);
    }
    let run = measure(&[]);
    assert!(run.out.starts_with("query") && run.out.lines().count() == 3, "{}", run.out);
    std::fs::write(folder.path("questions.gq"), "create (a)").expect("written");
    assert_eq!(measure(&[]).code, Some(1), "what writes is not measured");
}
