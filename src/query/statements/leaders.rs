//! LEADERS: who led an actor, in order of succession, then of date.

use super::Piece::{Subject, Word};
use super::{Definition, Tree};

/// `LEADERS OF a`. Who took over from whom decides the order where no date does: each leader comes after as many as
/// went before.
pub static LEADERS: Definition = Definition {
    signature: &[Word("LEADERS"), Word("OF"), Subject("a")],
    meaning: "who led an actor, in order of succession, then of date",
    columns: &[
        ("person", "who"),
        ("role", "in which office"),
        ("relation", "by which relation"),
        ("since", "from when, as far as the sources say"),
        ("until", "until when"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[],
    expansion: "
        MATCH (person:Person)-[relation:leadership]->(a)
        WITH person, relation, certainty(relation, EVIDENCE) AS certainty,
            COUNT { (person)-[:TOOK_OVER_FROM*]->(:Person) } AS place
        RETURN person, relation.office AS role, relation, since(relation) AS since, until(relation) AS until,
            certainty, sources(relation, EVIDENCE) AS sources
        ORDER BY place, since, toLower(name(person))",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["leaders of the Sahara Emirate of AQIM", "leaders of the Sahara Emirate of AQIM as of 2019-07"],
    tree: Tree::new(),
};
