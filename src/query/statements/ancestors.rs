//! ANCESTORS and DESCENDANTS: forerunners and successors, each once, by a shortest chain of descent.
//!
//! A chain runs in the order of time, as in LINEAGE; the shortest such chain takes no node twice. An actor is neither
//! its own forerunner nor its own successor.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("node", "the forerunner or successor"),
    ("depth", "how many steps away"),
    ("path", "a shortest chain to it"),
    ("certainty", "certain, disputed or possible: that of the chain's weakest step"),
    ("sources", "whose word the chain rests on"),
];

/// `ANCESTORS OF a`.
pub static ANCESTORS: Definition = Definition {
    signature: &[Word("ANCESTORS"), Word("OF"), Subject("a")],
    meaning: "the forerunners of an actor",
    columns: COLUMNS,
    takes: &[Takes::Via, Takes::Within],
    expansion: "
        MATCH path = shortestPath((a)-[:VIA*]->(node))
        WHERE node <> a AND inTimeOrder(reverse(relationships(path)), EVIDENCE)
        RETURN node, length(path) AS depth, path, certainty(path, EVIDENCE) AS certainty, sources(path, EVIDENCE) AS sources
        ORDER BY depth, toLower(name(node))",
    via: Some("lineage"),
    hops: Some((1, None)),
    shown: None,
    silence: &[],
    examples: &["ancestors of JNIM"],
    tree: Tree::new(),
};

/// `DESCENDANTS OF a`.
pub static DESCENDANTS: Definition = Definition {
    signature: &[Word("DESCENDANTS"), Word("OF"), Subject("a")],
    meaning: "the successors of an actor",
    columns: COLUMNS,
    takes: &[Takes::Via, Takes::Within],
    expansion: "
        MATCH path = shortestPath((a)<-[:VIA*]-(node))
        WHERE node <> a AND inTimeOrder(path, EVIDENCE)
        RETURN node, length(path) AS depth, path, certainty(path, EVIDENCE) AS certainty, sources(path, EVIDENCE) AS sources
        ORDER BY depth, toLower(name(node))",
    via: Some("lineage"),
    hops: Some((1, None)),
    shown: None,
    silence: &[],
    examples: &["descendants of GSPC"],
    tree: Tree::new(),
};
