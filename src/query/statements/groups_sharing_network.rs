//! GROUPS SHARING NETWORK: the organisations that a leader's network joins, and through whom.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `GROUPS SHARING NETWORK OF p`. Rivalry and rupture are ties, but no shared network, unless VIA asks for them.
pub static GROUPS_SHARING_NETWORK: Definition = Definition {
    signature: &[Word("GROUPS"), Word("SHARING"), Word("NETWORK"), Word("OF"), Subject("p")],
    meaning: "the organisations that a leader's network joins, and through whom",
    columns: &[
        ("group", "the organisation"),
        ("via", "the actors between, if any"),
        ("ties", "how many ways lead to it"),
        ("depth", "the least number of hops"),
        ("certainty", "certain, disputed or possible: that of the best way"),
        ("sources", "whose word the ways rest on"),
    ],
    takes: &[Takes::Via, Takes::Within],
    expansion: "
        MATCH path = (p)-[:VIA*]-(group:ArmedGroup)
        WHERE group <> p AND all(n IN nodes(path) WHERE n:Actor)
        WITH group, collect(path) AS paths, min(length(path)) AS depth,
            collect(certainty(path, EVIDENCE)) AS standings
        RETURN group,
            reduce(met = [], way IN paths | met + [n IN nodes(way)[1..-1] WHERE NOT n IN met]) AS via,
            size(paths) AS ties, depth,
            CASE WHEN 'certain' IN standings THEN 'certain' WHEN 'disputed' IN standings THEN 'disputed'
                ELSE 'possible' END AS certainty,
            sources(paths, EVIDENCE) AS sources
        ORDER BY depth, ties DESC, toLower(name(group))",
    via: Some("lineage|allegiance|structure|people|alliance|support"),
    hops: Some((1, Some(2))),
    shown: None,
    silence: &[],
    examples: &["groups sharing network of Iyad Ag Ghali", "groups sharing network of Amadou Koufa within 1 hop"],
    tree: Tree::new(),
};
