//! RELATIONS BETWEEN: every tie of a pair.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `RELATIONS BETWEEN a AND b`.
pub static RELATIONS_BETWEEN: Definition = Definition {
    signature: &[Word("RELATIONS"), Word("BETWEEN"), Subject("a"), Word("AND"), Subject("b")],
    meaning: "every tie of two actors, in the order of time",
    columns: &[
        ("relation", "the tie"),
        (
            "direction",
            "out: from the first to the second; in: the other way; both: it says the same in both directions",
        ),
        ("since", "when it began, as far as the sources say"),
        ("until", "when it ended"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[Takes::Via],
    expansion: "
        MATCH (a)-[relation:VIA]-(b)
        WITH DISTINCT relation, startNode(relation) = a AS leaves
        RETURN relation, CASE WHEN isSymmetric(relation) THEN 'both' WHEN leaves THEN 'out' ELSE 'in' END AS direction,
            since(relation) AS since, until(relation) AS until, certainty(relation, EVIDENCE) AS certainty,
            sources(relation, EVIDENCE) AS sources
        ORDER BY since, until, relation",
    via: None,
    hops: None,
    shown: None,
    silence: &[(
        "MATCH (a)--(between)--(b) RETURN DISTINCT name(between) AS name",
        "no tie of the two themselves is known; both are tied to {}",
    )],
    examples: &["relations between Ansar Dine and MNLA", "relations between JNIM and ISGS via rivalry|rupture"],
    tree: Tree::new(),
};
