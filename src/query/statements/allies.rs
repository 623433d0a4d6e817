//! ALLIES and RIVALS: who stood with an actor, and who against it.

use super::Piece::{Subject, Word};
use super::{Definition, Takes, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("actor", "who"),
    ("relation", "by which relation"),
    ("standing", "ally, rival, or estranged (after a rupture)"),
    ("since", "when it began, as far as the sources say"),
    ("until", "when it ended"),
    ("certainty", "certain, disputed or possible"),
    ("sources", "whose word it rests on"),
];

/// The expansion is one for all three: they differ in the roles that they ask for.
const EXPANSION: &str = "
    MATCH (a)-[relation:VIA]-(actor:Actor)
    WITH actor, relation, certainty(relation, EVIDENCE) AS certainty
    RETURN actor, relation,
        CASE WHEN 'alliance' IN roles(relation) THEN 'ally' WHEN 'rivalry' IN roles(relation) THEN 'rival'
            ELSE 'estranged' END AS standing,
        since(relation) AS since, until(relation) AS until, certainty, sources(relation, EVIDENCE) AS sources
    ORDER BY CASE certainty WHEN 'certain' THEN 0 WHEN 'disputed' THEN 1 ELSE 2 END, standing, since, toLower(name(actor))";

/// `ALLIES OF a`.
pub static ALLIES: Definition = Definition {
    signature: &[Word("ALLIES"), Word("OF"), Subject("a")],
    meaning: "who was allied with an actor, or worked with it",
    columns: COLUMNS,
    takes: &[Takes::Via],
    expansion: EXPANSION,
    via: Some("alliance"),
    hops: None,
    shown: None,
    silence: &[],
    examples: &["allies of Ansar Dine", "allies of Ansar Dine during 2012 certainly"],
    tree: Tree::new(),
};

/// `RIVALS OF a`.
pub static RIVALS: Definition = Definition {
    signature: &[Word("RIVALS"), Word("OF"), Subject("a")],
    meaning: "who was an actor's rival or fought it, and with whom it broke",
    columns: COLUMNS,
    takes: &[Takes::Via],
    expansion: EXPANSION,
    via: Some("rivalry|rupture"),
    hops: None,
    shown: None,
    silence: &[],
    examples: &["rivals of JNIM"],
    tree: Tree::new(),
};

/// `ALLIES AND RIVALS OF a`.
pub static ALLIES_AND_RIVALS: Definition = Definition {
    signature: &[Word("ALLIES"), Word("AND"), Word("RIVALS"), Word("OF"), Subject("a")],
    meaning: "who stood with an actor and who against it",
    columns: COLUMNS,
    takes: &[Takes::Via],
    expansion: EXPANSION,
    via: Some("alliance|rivalry|rupture"),
    hops: None,
    shown: None,
    silence: &[],
    examples: &["allies and rivals of Ansar Dine as of 2012-07"],
    tree: Tree::new(),
};
