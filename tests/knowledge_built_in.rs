//! The built-in knowledge base: it has no fault, what is embedded is what is in `kb/`, and folding keeps its names
//! apart.

use std::collections::BTreeMap;
use std::path::Path;

use griot::diagnostics::{Format, render};
use griot::graph::Graph;
use griot::kb;
use griot::model::{NodeId, SourceId};
use griot::names::fold;
use griot::{Parameters, Session};

fn built_in() -> Graph {
    griot::built_in().expect("the embedded file is sound")
}

fn folder() -> Vec<(String, String)> {
    kb::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kb")).expect("kb/ can be read")
}

#[test]
fn it_has_neither_errors_nor_warnings() {
    let loaded = kb::load(folder());
    assert_eq!(render(&loaded.diagnostics, &loaded.sources, Format::Full { colour: false }), "");
    assert!(loaded.store.is_some());
}

#[test]
fn the_embedded_graph_is_that_of_the_folder() {
    let loaded = kb::load(folder());
    let (embedded, read) = (built_in(), Graph::from(loaded.store.expect("kb/ has no errors")));
    assert_eq!(embedded.meta(), read.meta());
    let size = |graph: &Graph| (graph.nodes().count(), graph.edges().count());
    assert_eq!(size(&embedded), size(&read));
    assert_eq!(size(&read), (loaded.report.nodes + loaded.report.sources, loaded.report.relations));
}

#[test]
fn every_name_finds_its_node() {
    let graph = built_in();
    for (node, name) in names(&graph) {
        for spelling in [name.clone(), name.to_uppercase(), fold(&name)] {
            let found = graph.find_name(&spelling).unwrap_or_else(|| panic!("{spelling} finds nothing"));
            let found =
                if is_source(&graph, node) { graph.find_source(&spelling).expect("found above") } else { found };
            assert!(found.nodes.iter().any(|(each, _)| *each == node), "{spelling} does not find {}", id(&graph, node));
        }
    }
}

/// Names that fold alike and yet stand for several nodes are asked back for. Such a pair is listed here with its
/// reason, or the folding is wrong.
const KNOWN_COLLISIONS: &[(&str, &[&str])] = &[
    // A kunya that two men bore: an emir of the GIA, and the head of the moral police of Timbuktu.
    ("abu turab", &["rachid-abou-tourab: Abou Tourab", "ahmad-al-mahdi: Abou Tourab"]),
    // A name of Koufa, and the head of the military wing of Ganda Izo.
    ("amadu dialu", &["amadou-koufa: Amadou Diallo", "amadou-diallo-ganda-izo: Amadou Diallo"]),
];

#[test]
fn folding_keeps_different_nodes_apart() {
    let graph = built_in();
    let mut bearers: BTreeMap<String, Vec<(NodeId, String)>> = BTreeMap::new();
    // The titles of sources are names too, and give way to those of others.
    let of_others = names(&graph).into_iter().filter(|(node, _)| !is_source(&graph, *node));
    for (node, name) in of_others {
        bearers.entry(fold(&name)).or_default().push((node, name));
    }
    let is_shared = |of: &&(String, Vec<(NodeId, String)>)| of.1.iter().any(|(node, _)| *node != of.1[0].0);
    let shared: Vec<(String, Vec<(NodeId, String)>)> = bearers.into_iter().collect();
    let shared: Vec<(String, Vec<String>)> = shared
        .iter()
        .filter(is_shared)
        .map(|(key, of)| {
            (key.clone(), of.iter().map(|(node, name)| format!("{}: {name}", id(&graph, *node))).collect())
        })
        .collect();
    let known: Vec<(String, Vec<String>)> = KNOWN_COLLISIONS
        .iter()
        .map(|(key, of)| ((*key).to_owned(), of.iter().map(|name| (*name).to_owned()).collect()))
        .collect();
    assert_eq!(shared, known);
}

fn names(graph: &Graph) -> Vec<(NodeId, String)> {
    let of = |node: NodeId| graph.names_of(node).map(move |name| (node, name.text.to_owned())).collect::<Vec<_>>();
    graph.nodes().flat_map(of).collect()
}

fn is_source(graph: &Graph, node: NodeId) -> bool {
    graph.label_id("Source").is_some_and(|label| graph.has_label(node, label))
}

fn id(graph: &Graph, node: NodeId) -> String {
    graph.slug(node).unwrap_or_default().to_owned()
}

#[test]
fn every_claim_names_its_source_and_place() {
    let graph = built_in();
    assert!(graph.claim_count() > 0);
    for claim in graph.claims().map(|claim| graph.claim(claim)) {
        assert!(!claim.at.is_empty() && claim.source != SourceId::NONE, "{claim:?}");
    }
}

/// Whose word counts is known before a row is: a variable of the same pattern is no source.
#[test]
fn a_source_is_no_variable_of_its_own_pattern() {
    let mut session = Session::new(built_in());
    for modifier in ["ACCORDING TO", "WITHOUT SOURCE"] {
        let query = format!("MATCH (a)-[r:LED]->(x) {modifier} 'x' RETURN count(*)");
        let failure = session.run(&query, &Parameters::default()).expect_err("nothing is named so");
        assert!(failure.to_string().contains("nothing in the graph is named 'x'"), "{failure}");
        let query = format!("MATCH (s:Source) WITH s LIMIT 1 MATCH (a)-[r:LED]->(x) {modifier} s RETURN count(*)");
        session.run(&query, &Parameters::default()).expect("a variable from before");
    }
}
