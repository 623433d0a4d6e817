//! FOUNDERS: who founded an actor.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `FOUNDERS OF a`.
pub static FOUNDERS: Definition = Definition {
    signature: &[Word("FOUNDERS"), Word("OF"), Subject("a")],
    meaning: "who founded an actor",
    columns: &[
        ("actor", "who"),
        ("role", "in which office, where the sources say"),
        ("relation", "by which relation"),
        ("since", "when, as far as the sources say"),
        ("until", "until when"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[Takes::Via],
    expansion: "
        MATCH (actor)-[relation:VIA]->(a)
        RETURN actor, relation.office AS role, relation, since(relation) AS since, until(relation) AS until,
            certainty(relation, EVIDENCE) AS certainty, sources(relation, EVIDENCE) AS sources
        ORDER BY since, toLower(name(actor))",
    via: Some("founding"),
    hops: None,
    shown: None,
    silence: &[
        (
            "MATCH (a)-[:lineage]->(origin) RETURN DISTINCT name(origin) AS name",
            "what it came from, according to the sources: {}",
        ),
        (
            "MATCH (person)-[:leadership]->(a) RETURN DISTINCT name(person) AS name",
            "those who led it, according to the sources: {}",
        ),
    ],
    examples: &["founders of Ansar Dine", "founders of Ansar Dine certainly"],
    tree: Tree::new(),
};
