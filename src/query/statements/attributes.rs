//! ATTRIBUTES: what sources say of an actor itself, apart from names, ties and figures.

use super::Piece::{Subject, Texts, Word};
use super::{Definition, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("attribute", "what of it: founded, died, status, ideology …"),
    ("value", "what is said"),
    ("since", "from when, where a source says"),
    ("until", "until when"),
    ("wording", "how the source puts it"),
    ("attributed_to", "whom the source quotes"),
    ("sources", "whose word it rests on"),
];

const SILENCE: &[(&str, &str)] = &[(
    "MATCH (a) UNWIND attributes(a) AS each RETURN DISTINCT each.attribute AS name",
    "attributes that the sources give: {}",
)];

/// `ATTRIBUTES OF a ON x, …`.
pub static ON: Definition = Definition {
    signature: &[Word("ATTRIBUTES"), Word("OF"), Subject("a"), Word("ON"), Texts("x")],
    meaning: "some of what sources say of an actor itself",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND attributes(a, EVIDENCE) AS each
        WITH each WHERE any(word IN x WHERE fold(word) = fold(each.attribute))
        RETURN each.attribute AS attribute, each.value AS value, each.since AS since, each.until AS until,
            each.wording AS wording, each.attributed_to AS attributed_to, [each.source] AS sources
        ORDER BY attribute, value",
    via: None,
    hops: None,
    shown: None,
    silence: SILENCE,
    examples: &["attributes of JNIM on founded", "attributes of Ansar Dine on founded, status"],
    tree: Tree::new(),
};

/// `ATTRIBUTES OF a`.
pub static ALL: Definition = Definition {
    signature: &[Word("ATTRIBUTES"), Word("OF"), Subject("a")],
    meaning: "what sources say of an actor itself, apart from names, ties and figures",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND attributes(a, EVIDENCE) AS each
        RETURN each.attribute AS attribute, each.value AS value, each.since AS since, each.until AS until,
            each.wording AS wording, each.attributed_to AS attributed_to, [each.source] AS sources
        ORDER BY attribute, value",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["attributes of JNIM"],
    tree: Tree::new(),
};
