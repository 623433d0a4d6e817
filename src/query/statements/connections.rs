//! CONNECTIONS BETWEEN: the shortest ways from one actor to another, by any role.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `CONNECTIONS BETWEEN a AND b`.
pub static CONNECTIONS: Definition = Definition {
    signature: &[Word("CONNECTIONS"), Word("BETWEEN"), Subject("a"), Word("AND"), Subject("b")],
    meaning: "all shortest ways from one actor to another, by any role",
    columns: &[
        ("path", "the way"),
        ("length", "how many ties it has"),
        ("certainty", "certain, disputed or possible: that of its weakest tie"),
        ("weakest", "its weakest tie"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[Takes::Via, Takes::Within, Takes::Through],
    expansion: "
        MATCH path = allShortestPaths((a)-[:VIA*]-(b))
        WITH path, certainty(path, EVIDENCE) AS certainty
        RETURN path, length(path) AS length, certainty, weakest(path, EVIDENCE) AS weakest,
            sources(path, EVIDENCE) AS sources
        ORDER BY CASE certainty WHEN 'certain' THEN 0 WHEN 'disputed' THEN 1 ELSE 2 END,
            [node IN nodes(path) | toLower(name(node))], [tie IN relationships(path) | type(tie)]",
    via: None,
    hops: Some((1, Some(6))),
    shown: Some(20),
    silence: &[],
    examples: &[
        "connections between MUJAO and Katiba Serma",
        "connections between GSPC and FLM via lineage|people|structure",
    ],
    tree: Tree::new(),
};
