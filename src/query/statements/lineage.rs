//! LINEAGE: chains of descent, in the order of time.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("path", "the chain, forerunner first"),
    ("steps", "how many relations it has"),
    ("since", "when its first step began, as far as the sources say"),
    ("until", "when its last step began or held"),
    ("certainty", "certain, disputed or possible: that of its weakest step"),
    ("weakest", "its weakest step"),
    ("sources", "whose word it rests on"),
];

/// `LINEAGE FROM a TO b`.
pub static FROM_TO: Definition = Definition {
    signature: &[Word("LINEAGE"), Word("FROM"), Subject("a"), Word("TO"), Subject("b")],
    meaning: "chains of descent from one actor to another, in the order of time",
    columns: COLUMNS,
    takes: &[Takes::Via, Takes::Within, Takes::Through],
    expansion: "
        MATCH path = (a)<-[:VIA*]-(b)
        RETURN path, length(path) AS steps, since(path) AS since, until(path) AS until,
            certainty(path, EVIDENCE) AS certainty, weakest(path, EVIDENCE) AS weakest, sources(path, EVIDENCE) AS sources
        ORDER BY steps, since",
    via: Some("lineage"),
    hops: Some((1, None)),
    shown: Some(20),
    silence: &[
        (
            "MATCH (a)-[:lineage*]->(b) RETURN DISTINCT name(b) + ' to ' + name(a) AS name",
            "the descent runs the other way: ask for the lineage from {}",
        ),
        (
            "MATCH (a)-[:lineage*]->(met)<-[:lineage*]-(b) RETURN DISTINCT name(met) AS name",
            "they meet in what both come from: {}",
        ),
        (
            "MATCH (a)<-[:lineage*]-(met)-[:lineage*]->(b) RETURN DISTINCT name(met) AS name",
            "they meet in what both became part of: {}",
        ),
        (
            "MATCH (b)-[:lineage*]->(before) MATCH (a) RETURN DISTINCT name(before) AS name",
            "forerunners that the sources know of the second: {}",
        ),
        (
            "MATCH (a)<-[:lineage*]-(after) MATCH (b) RETURN DISTINCT name(after) AS name",
            "successors that the sources know of the first: {}",
        ),
    ],
    examples: &["lineage from MUJAO to ISGS", "lineage from GSPC to AQIM"],
    tree: Tree::new(),
};

/// `LINEAGE OF a`: whole chains, from where nothing is known before to where nothing is known after.
pub static OF: Definition = Definition {
    signature: &[Word("LINEAGE"), Word("OF"), Subject("a")],
    meaning: "all that an actor came from and became, as whole chains of descent",
    columns: COLUMNS,
    takes: &[Takes::Via, Takes::Within, Takes::Through],
    expansion: "
        MATCH path = (first)<-[before:VIA*0..]-(a)<-[after:VIA*0..]-(last)
        WHERE length(path) > 0
            AND NOT EXISTS { (first)-[earlier:VIA]->() WHERE NOT earlier IN relationships(path) }
            AND NOT EXISTS { (last)<-[later:VIA]-() WHERE NOT later IN relationships(path) }
        RETURN path, length(path) AS steps, since(path) AS since, until(path) AS until,
            certainty(path, EVIDENCE) AS certainty, weakest(path, EVIDENCE) AS weakest, sources(path, EVIDENCE) AS sources
        ORDER BY steps, since",
    via: Some("lineage"),
    hops: None,
    shown: Some(20),
    silence: &[],
    examples: &["lineage of JNIM", "lineage of AQIM as of 2018"],
    tree: Tree::new(),
};
