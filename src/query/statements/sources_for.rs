//! SOURCES FOR: the evidence of a relation that an earlier clause has bound.

use super::Piece::{Bound, Word};
use super::{Definition, Tree};

/// `SOURCES FOR r`.
pub static SOURCES_FOR: Definition = Definition {
    signature: &[Word("SOURCES"), Word("FOR"), Bound("r")],
    meaning: "the claims behind a relation, a path or a node that is bound",
    columns: &[
        ("matter", "what the claim is about"),
        ("value", "what it says, where that is no relation"),
        ("source", "who says it"),
        ("locator", "where in the source"),
        ("wording", "how the source puts it"),
        ("attributed_to", "whom the source quotes"),
        ("published", "when the source came out"),
    ],
    takes: &[],
    expansion: "
        UNWIND claims(r, EVIDENCE) AS claim
        RETURN claim.matter AS matter, claim.value AS value, claim.source AS source, claim.locator AS locator,
            claim.wording AS wording, claim.attributed_to AS attributed_to, claim.published AS published",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["match (:Person 'Amadou Koufa')-[r:leadership]->(g) sources for r return g.name, source, locator"],
    tree: Tree::new(),
};
