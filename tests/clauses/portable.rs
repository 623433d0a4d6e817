//! EXPLAIN PORTABLE: plain openCypher, which gives the same rows on the same graph in its portable encoding.

use super::{lines, session};
use griot::graph::Graph;
use griot::query::syntax;
use griot::{Parameters, Session};

/// The graph of these tests in the encoding, in a graph without schema and without claims.
fn encoded() -> Session {
    let script = session().portable_graph();
    let mut encoded = Session::new(Graph::default());
    encoded.run(&script, &Parameters::default()).unwrap_or_else(|failure| panic!("{failure}"));
    encoded
}

fn portable(query: &str) -> String {
    let explained = session().run(&format!("EXPLAIN PORTABLE {query}"), &Parameters::default());
    let answer = explained.unwrap_or_else(|failure| panic!("{query}\n{failure}")).remove(0);
    answer.explanation.expect("EXPLAIN explains")
}

/// The same rows here and there; a text without griot's own words.
#[track_caller]
fn same(query: &str) {
    let text = portable(query);
    syntax::parse_query(&text).unwrap_or_else(|errors| panic!("{query}\n{text}\n{errors:?}"));
    for word in ["AS OF", "CERTAINLY", "ACCORDING TO", "certainty(", "sources(", "node(", "lineage*", ":alliance"] {
        assert!(!text.contains(word), "{query} still says {word}:\n{text}");
    }
    let here = session().run(query, &Parameters::default()).unwrap_or_else(|failure| panic!("{query}\n{failure}"));
    let there =
        encoded().run(&text, &Parameters::default()).unwrap_or_else(|failure| panic!("{query}\n{text}\n{failure}"));
    let (mut here, mut there) = (lines(&here[0]), lines(&there[0]));
    here.sort();
    there.sort();
    assert_eq!(here, there, "{query}\n{text}");
}

#[test]
fn ties_of_one_step_are_the_same() {
    for asked in [
        "",
        "as of 2011",
        "as of 2012-08",
        "during 2012",
        "throughout 2012-02",
        "as of 2012-08 certainly",
        "certainly",
        "known by 2013",
        "according to late-2020",
        "according to Witness",
        "without source early-2012",
        "rated B2",
        "worded alleged",
        "as of 2012-08 worded asserted|alleged",
    ] {
        same(&format!(
            "allies and rivals of New {asked} return actor.name, standing, since, until, certainty, sources"
        ));
    }
    same("leaders of New as of 2011 return person.name, role, certainty, sources");
    same("components of New return actor.name");
    same("relations between New and Friend return type(relation), direction, since, until, certainty, sources");
}

#[test]
fn chains_are_the_same() {
    for asked in ["", "avoiding Side", "through Side", "as of 2007", "certainly", "without source early-2012"] {
        same(&format!(
            "lineage from Old to New {asked} return [n in nodes(path) | n.name], steps, since, until, certainty, sources"
        ));
    }
    same("lineage of Middle return [n in nodes(path) | n.name], steps, certainty, startNode(weakest).name");
    same("ancestors of New return node.name, depth, certainty, sources");
    same("network of New return node.name, depth, direction, certainty, sources");
    same("groups sharing network of Lead return group.name, ties, depth, certainty, sources");
}

#[test]
fn patterns_of_ones_own_are_the_same() {
    same("match (g:Organisation 'Friend')-[r:alliance|rivalry]-(h) as of 2012-01 return h.name, type(r)");
    same("match (g:Organisation) as of 2005 return g.name");
    same("match (g:Organisation) where exists { (g)-[:alliance]-(h 'New') as of 2011 } return g.name");
    same("match p = (a)-[:lineage*1..2]->(b 'Old') return a.name, length(p), certainty(p) as sure");
    same("match (a)-[:lineage]->(b) return a.name, b.name");
}

#[test]
fn what_is_not_portable_is_named_on_top() {
    let text = portable("match (g 'New') timeline of g return event");
    assert!(text.starts_with("// not portable: ") && text.contains("CALL (…)"), "{text}");
    assert!(text.contains("// not portable: the function lifeDates()"), "{text}");
    let given: Parameters = [("t".into(), "2011".into())].into_iter().collect();
    let timed = session().run("EXPLAIN PORTABLE allies of New as of $t", &given).expect("an explanation").remove(0);
    assert!(timed.explanation.is_some_and(|text| text.contains("// not portable: the date $t")));
    assert!(portable("allies of New as of today").contains("TODAY"));
}
