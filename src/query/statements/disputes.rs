//! DISPUTES: where sources contradict each other, by rule or by the curator's record. Of a record with more than two
//! sides, the first is shown against each other one; who asks for two sources gets any two sides.

use super::Piece::{Subject, Subjects, Word};
use super::{Definition, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("subject", "whom it is about"),
    ("matter", "on what: an attribute, a relation, a measure; in words where the curator recorded it"),
    ("kind", "fact, wording, naming or scope"),
    ("side_a", "what the one says"),
    ("source_a", "which source that is"),
    ("side_b", "what the other says"),
    ("source_b", "which source that is"),
    ("independent", "whether they are two witnesses: not one source, nor copies of one"),
    ("found_by", "by which rule, or by the curator"),
];

/// `DISPUTES`.
pub static DISPUTES: Definition = Definition {
    signature: &[Word("DISPUTES")],
    meaning: "where sources contradict each other, on anything",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        UNWIND disputes(null, EVIDENCE) AS found
        WITH found WHERE found.foremost
        RETURN found.subject AS subject, found.matter AS matter, found.kind AS kind, found.side_a AS side_a,
            found.source_a AS source_a, found.side_b AS side_b, found.source_b AS source_b,
            found.independent AS independent, found.found_by AS found_by
        ORDER BY toLower(name(subject)), matter",
    via: None,
    hops: None,
    shown: Some(40),
    silence: &[],
    examples: &["disputes"],
    tree: Tree::new(),
};

/// `DISPUTES ABOUT a`.
pub static ABOUT: Definition = Definition {
    signature: &[Word("DISPUTES"), Word("ABOUT"), Subject("a")],
    meaning: "where sources contradict each other on an actor, or on its relations",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND disputes(a, EVIDENCE) AS found
        WITH found WHERE found.foremost
        RETURN found.subject AS subject, found.matter AS matter, found.kind AS kind, found.side_a AS side_a,
            found.source_a AS source_a, found.side_b AS side_b, found.source_b AS source_b,
            found.independent AS independent, found.found_by AS found_by
        ORDER BY CASE found_by WHEN 'curator' THEN 1 ELSE 0 END, matter",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["disputes about JNIM"],
    tree: Tree::new(),
};

/// `DISPUTES BETWEEN SOURCES s, t`: by source, or by whom a source quotes.
pub static BETWEEN_SOURCES: Definition = Definition {
    signature: &[Word("DISPUTES"), Word("BETWEEN"), Word("SOURCES"), Subjects("s")],
    meaning: "where some sources, or those whom they quote, contradict each other",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        UNWIND disputes(null, EVIDENCE) AS found
        WITH found WHERE any(one IN s WHERE one IN found.voices_a
            AND any(other IN s WHERE other <> one AND other IN found.voices_b))
        RETURN found.subject AS subject, found.matter AS matter, found.kind AS kind, found.side_a AS side_a,
            found.source_a AS source_a, found.side_b AS side_b, found.source_b AS source_b,
            found.independent AS independent, found.found_by AS found_by
        ORDER BY toLower(name(subject)), matter",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["disputes between sources nsag-governance-mali-2025, eizenga-williams-2020"],
    tree: Tree::new(),
};

/// `DISPUTES ABOUT a BETWEEN SOURCES s, t`.
pub static ABOUT_BETWEEN_SOURCES: Definition = Definition {
    signature: &[Word("DISPUTES"), Word("ABOUT"), Subject("a"), Word("BETWEEN"), Word("SOURCES"), Subjects("s")],
    meaning: "where some sources contradict each other on an actor",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND disputes(a, EVIDENCE) AS found
        WITH found WHERE any(one IN s WHERE one IN found.voices_a
            AND any(other IN s WHERE other <> one AND other IN found.voices_b))
        RETURN found.subject AS subject, found.matter AS matter, found.kind AS kind, found.side_a AS side_a,
            found.source_a AS source_a, found.side_b AS side_b, found.source_b AS source_b,
            found.independent AS independent, found.found_by AS found_by
        ORDER BY CASE found_by WHEN 'curator' THEN 1 ELSE 0 END, matter",
    via: None,
    hops: None,
    shown: None,
    silence: &[(
        "MATCH (a) UNWIND disputes(a) AS found RETURN DISTINCT found.matter AS name",
        "matters on which other sources disagree: {}",
    )],
    examples: &["disputes about JNIM between sources eizenga-williams-2020 and nsag-governance-mali-2025"],
    tree: Tree::new(),
};
