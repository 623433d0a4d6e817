//! SUPPORTERS: who helped an actor with arms, money, training, troops or shelter.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

/// `SUPPORTERS OF a`. Taxes, sanctions and mere requests are ties of the role `support`, and no help given.
pub static SUPPORTERS: Definition = Definition {
    signature: &[Word("SUPPORTERS"), Word("OF"), Subject("a")],
    meaning: "who helped an actor with arms, money, training, troops or shelter",
    columns: &[
        ("actor", "who"),
        ("relation", "by which relation"),
        ("standing", "supporter, or estranged (after the support was withdrawn)"),
        ("since", "when it began, as far as the sources say"),
        ("until", "when it ended"),
        ("certainty", "certain, disputed or possible"),
        ("sources", "whose word it rests on"),
    ],
    takes: &[Takes::Via],
    expansion: "
        MATCH (actor)-[relation:VIA]->(a)
        WITH actor, relation, certainty(relation, EVIDENCE) AS certainty
        RETURN actor, relation, CASE WHEN 'rupture' IN roles(relation) THEN 'estranged' ELSE 'supporter' END AS standing,
            since(relation) AS since, until(relation) AS until, certainty, sources(relation, EVIDENCE) AS sources
        ORDER BY CASE certainty WHEN 'certain' THEN 0 WHEN 'disputed' THEN 1 ELSE 2 END, since, toLower(name(actor))",
    via: Some("assistance"),
    hops: None,
    shown: None,
    silence: &[
        (
            "MATCH (a)-[:alliance]-(ally) RETURN DISTINCT name(ally) AS name",
            "its allies, according to the sources: {}",
        ),
        (
            "MATCH (a)-[:assistance]->(other) RETURN DISTINCT name(other) AS name",
            "whom it supported itself: {}",
        ),
    ],
    examples: &["supporters of Mali", "supporters of Mali via support"],
    tree: Tree::new(),
};
