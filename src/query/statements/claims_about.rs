//! CLAIMS ABOUT: all that is said of a node.

use super::Piece::{Subject, Word};
use super::{Definition, Tree};

/// `CLAIMS ABOUT a`: on itself and on its relations, denials among them; deprecated claims are left out, as
/// everywhere.
pub static CLAIMS_ABOUT: Definition = Definition {
    signature: &[Word("CLAIMS"), Word("ABOUT"), Subject("a")],
    meaning: "all that is said of a node: on itself, and on its relations",
    columns: &[
        ("matter", "what the claim is about"),
        ("value", "what it says: a value, or the relation"),
        ("source", "who says it"),
        ("locator", "where in the source"),
        ("wording", "how the source puts it"),
        ("attributed_to", "whom the source quotes"),
        ("published", "when the source came out"),
    ],
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND allClaims(a, EVIDENCE) AS claim
        RETURN claim.matter AS matter, CASE WHEN claim.value IS NULL THEN claim.about ELSE claim.value END AS value,
            claim.source AS source, claim.locator AS locator, claim.wording AS wording,
            claim.attributed_to AS attributed_to, claim.published AS published",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["claims about MUJAO", "claims about Ansar Dine according to nsag-governance-mali-2025"],
    tree: Tree::new(),
};
