//! MEMBERS: who belonged to an actor, or fought in its ranks.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `MEMBERS OF a`. Leaders and founders are asked for by their own statements, or by `VIA people`.
pub static MEMBERS: Definition = Definition {
    signature: &[Word("MEMBERS"), Word("OF"), Subject("a")],
    meaning: "who belonged to an actor, or fought in its ranks",
    columns: &[
        ("person", "who: a person, or several of whom a source speaks as one"),
        ("role", "in which office, where the sources say"),
        ("relation", "by which relation"),
        ("since", "from when, as far as the sources say"),
        ("until", "until when"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[Takes::Via],
    expansion: "
        MATCH (person)-[relation:VIA]->(a)
        RETURN person, relation.office AS role, relation, since(relation) AS since, until(relation) AS until,
            certainty(relation, EVIDENCE) AS certainty, sources(relation, EVIDENCE) AS sources
        ORDER BY since, toLower(name(person)), type(relation)",
    via: Some("membership"),
    hops: None,
    shown: None,
    silence: &[
        (
            "MATCH (person)-[:leadership|founding]->(a) RETURN DISTINCT name(person) AS name",
            "those who led or founded it, according to the sources: {}",
        ),
        (
            "MATCH (part)-[:composition]->(a) RETURN DISTINCT name(part) AS name",
            "the bodies that belong to it, according to the sources: {}",
        ),
    ],
    examples: &["members of GSPC", "members of AQIM via people"],
    tree: Tree::new(),
};
