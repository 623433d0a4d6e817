//! What is wrong with tables is told with file, line and column, and nothing is written.

use crate::support::{DATES, EDGES, Folder, NODES};

fn check(nodes: &str, edges: &str, more: &[&str], expected: &str) {
    let folder = Folder::of(&[("nodes.csv", nodes), ("edges.csv", edges)]);
    let run = folder.import(&["--nodes", "Actor=nodes.csv", "--edges", "edges.csv"], &[DATES, more].concat());
    assert_ne!(run.code, Some(0));
    assert!(run.err.contains(expected), "expected\n{expected}\n\nfound\n{}", run.err);
    let left = std::fs::read_dir(folder.dir.path()).expect("a folder").count();
    assert_eq!(left, 2, "no file is left behind");
}

#[test]
fn a_bad_date_is_shown_in_its_line() {
    let edges = format!("{EDGES}1,4,RIVAL_OF,20131301,99991231,\n");
    let expected = "\
error[G0507]: `20131301` is no date
 --> edges.csv:6:14
  |
6 | 1,4,RIVAL_OF,20131301,99991231,
  |              ^^^^^^^^ dates are written as yyyymmdd
  |";
    check(NODES, &edges, &[], expected);
}

#[test]
fn rows_that_fit_nothing_are_shown() {
    check(NODES, &format!("{EDGES}1,9,RIVAL_OF,,,\n"), &[], "no node has the key `9`\n --> edges.csv:6:3");
    check(NODES, &format!("{EDGES}1,2,,,,\n"), &[], "the edge has no relation type\n --> edges.csv:6:5");
    check(
        NODES,
        &format!("{EDGES}1,2,T\n"),
        &[],
        "the row has 3 fields, the first line names 6 columns\n --> edges.csv:6:5",
    );
    check(
        NODES,
        &format!("{EDGES}1,2,T,20130101,20120101,\n"),
        &[],
        "the edge ends before it begins\n --> edges.csv:6:16",
    );
    check(&format!("{NODES}2,again,x,1,1\n"), EDGES, &[], "two nodes have the key `2`\n --> nodes.csv:6:1");
    check(&format!("{NODES}5,a\"b,x,1,1\n"), EDGES, &[], "a quote within a field");
    check(&format!("{NODES}5,\"ab,x,1,1\n"), EDGES, &[], "this quote is not closed\n --> nodes.csv:6:3");
    check("", EDGES, &[], "the table is empty");
    check("id,id\n", EDGES, &[], "two columns are called `id`\n --> nodes.csv:1:4");
}

#[test]
fn several_faults_are_shown_at_once_but_not_all() {
    let mut edges = EDGES.to_owned();
    (0..50).for_each(|_| edges.push_str("1,77,RIVAL_OF,,,\n"));
    let folder = Folder::of(&[("nodes.csv", NODES), ("edges.csv", &edges)]);
    let run = folder.import(&["--nodes", "Actor=nodes.csv", "--edges", "edges.csv"], DATES);
    assert_eq!(run.err.matches("no node has the key").count(), 10, "{}", run.err);
    assert!(run.err.contains("more faults are not shown"));
}

#[test]
fn options_that_fit_no_table_are_told() {
    check(NODES, EDGES, &["--index", "nme"], "no table of nodes has a column `nme`");
    check(NODES, EDGES, &["--id-column", "key"], "nodes.csv has no column `key`");
    check(NODES, "a,b\n1,2\n", &[], "no table of edges has a column `since`");
    check(NODES, EDGES, &["--types", "founded=date"], "the types are int, float, bool and text");
}

#[test]
fn a_file_that_is_there_stays_as_it_was() {
    let folder = Folder::imported();
    let before = std::fs::read(folder.path("graph.griot")).expect("a file");
    std::fs::write(folder.path("edges.csv"), "src,dst,type\n1,77,T\n").expect("written");
    assert_eq!(folder.import(&["--nodes", "nodes.csv", "--edges", "edges.csv"], &[]).code, Some(1));
    assert!(std::fs::read(folder.path("graph.griot")).expect("a file") == before);
}
