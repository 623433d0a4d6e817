//! COMPONENTS: what a coalition is made of.

use super::Piece::{Subject, Word};
use super::{Definition, Tree};

/// `COMPONENTS OF a`.
pub static COMPONENTS: Definition = Definition {
    signature: &[Word("COMPONENTS"), Word("OF"), Subject("a")],
    meaning: "what a coalition or organisation is made of",
    columns: &[
        ("actor", "the component"),
        ("role", "founding or later, where the sources say"),
        ("relation", "by which relation"),
        ("since", "from when, as far as the sources say"),
        ("until", "until when"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[],
    expansion: "
        MATCH (actor)-[relation:composition]->(a)
        RETURN actor, relation.membership AS role, relation, since(relation) AS since, until(relation) AS until,
            certainty(relation, EVIDENCE) AS certainty, sources(relation, EVIDENCE) AS sources
        ORDER BY type(relation), toLower(name(actor))",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["components of JNIM", "components of JNIM according to eizenga-williams-2020"],
    tree: Tree::new(),
};
