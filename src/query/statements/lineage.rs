//! LINEAGE: chains of descent, in the order of time.
//!
//! A chain takes no actor twice, and no step of it certainly lies before an earlier one: what a group became after
//! others had left it did not come down to those. A chain is whole if every step that could be put before or behind it
//! breaks one of these rules.

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
        MATCH path = ACYCLIC (a)<-[:VIA*]-(b)
        WHERE inTimeOrder(path, EVIDENCE)
        RETURN path, length(path) AS steps, since(path) AS since, until(path) AS until,
            certainty(path, EVIDENCE) AS certainty, weakest(path, EVIDENCE) AS weakest, sources(path, EVIDENCE) AS sources
        ORDER BY steps, since",
    via: Some("lineage"),
    hops: Some((1, None)),
    shown: Some(20),
    silence: &[
        (
            "MATCH path = ACYCLIC (a)<-[:lineage*]-(b) UNWIND nodes(path)[1..-1] AS between
                RETURN DISTINCT name(between) AS name",
            "chains that run back in time lead there all the same, by way of {}",
        ),
        (
            "MATCH path = ACYCLIC (b)<-[:lineage*]-(a) WHERE inTimeOrder(path)
                RETURN DISTINCT name(b) + ' to ' + name(a) AS name",
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
        MATCH path = ACYCLIC (first)<-[:VIA*0..]-(a)<-[:VIA*0..]-(last)
        WHERE length(path) > 0 AND inTimeOrder(path, EVIDENCE)
            AND NOT EXISTS {
                (first)-[earlier:VIA]->(forerunner)
                WHERE NOT forerunner IN nodes(path) AND inTimeOrder([earlier] + relationships(path), EVIDENCE)
            }
            AND NOT EXISTS {
                (last)<-[later:VIA]-(successor)
                WHERE NOT successor IN nodes(path) AND inTimeOrder(relationships(path) + [later], EVIDENCE)
            }
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
