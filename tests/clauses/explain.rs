//! EXPLAIN: core that can be run by itself, and says nothing that it need not.

use super::session;

fn core(query: &str) -> String {
    session().core(query).unwrap_or_else(|failure| panic!("{query}\n{failure}"))
}

#[test]
fn no_column_is_named_by_itself() {
    let core = core("allies of New as of 2012");
    assert!(!core.contains("actor AS actor") && core.contains("RETURN actor, relation,"), "{core}");
}

#[test]
fn a_statement_in_front_is_in_line_and_one_behind_sees_what_it_reads() {
    assert!(core("allies of New return actor").starts_with("MATCH (a 'New')"), "in line");
    let behind = core("match (g 'New')-[r]->(h) allies of g return h");
    assert!(behind.contains("CALL (g) { MATCH (g)-[relation:"), "{behind}");
    let timed = core("match (g 'New')-[r]->(h) allies of g as of (h.year) return h");
    assert!(timed.contains("CALL (h, g) { MATCH (g)") || timed.contains("CALL (g, h) { MATCH (g)"), "{timed}");
}
