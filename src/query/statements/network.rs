//! NETWORK: who is tied to an actor, by whatever role but place, event, class and provenance.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `NETWORK OF a`: every tie by which an actor is reached at its least distance.
pub static NETWORK: Definition = Definition {
    signature: &[Word("NETWORK"), Word("OF"), Subject("a")],
    meaning: "the actors tied to one, by whatever role",
    columns: &[
        ("node", "who is tied"),
        ("depth", "at how many hops"),
        ("relation", "the last tie of the way to it"),
        ("direction", "out: from nearer to farther; in: the other way"),
        ("path", "the way to it"),
        ("certainty", "certain, disputed or possible: that of the weakest tie on the way"),
        ("sources", "whose word the way rests on"),
    ],
    takes: &[Takes::Via, Takes::Within],
    expansion: "
        MATCH path = allShortestPaths((a)-[:VIA*]-(node:Actor))
        WITH path, node, last(relationships(path)) AS relation
        RETURN node, length(path) AS depth, relation,
            CASE WHEN endNode(relation) = node THEN 'out' ELSE 'in' END AS direction,
            path, certainty(path, EVIDENCE) AS certainty, sources(path, EVIDENCE) AS sources
        ORDER BY depth, toLower(name(node)), type(relation)",
    via: Some("lineage|allegiance|rupture|structure|people|alliance|support|rivalry|agreement"),
    hops: Some((1, Some(1))),
    shown: None,
    silence: &[],
    examples: &["network of Iyad Ag Ghali", "network of Ansar Dine within 2 hops via alliance|rivalry"],
    tree: Tree::new(),
};
