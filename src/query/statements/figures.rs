//! FIGURES: what sources count of an actor; COMPARE: the same of several, a column each.

use super::Piece::{Subject, Subjects, Texts, Word};
use super::{Definition, Tree};

const COLUMNS: &[(&str, &str)] = &[
    ("measure", "what is counted"),
    ("value", "how much: a number, or as it is put: >=1000, 18..35, ~5000"),
    ("unit", "in which unit"),
    ("scope", "of which part"),
    ("period", "over which period"),
    ("attributed_to", "whom the source quotes"),
    ("sources", "whose word it rests on"),
];

const SILENCE: &[(&str, &str)] = &[(
    "MATCH (a) UNWIND figures(a) AS figure RETURN DISTINCT figure.measure AS name",
    "what the sources count of it: {}",
)];

/// `FIGURES OF a ON x, …`.
pub static ON: Definition = Definition {
    signature: &[Word("FIGURES"), Word("OF"), Subject("a"), Word("ON"), Texts("x")],
    meaning: "what sources count of an actor, by some measures",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND figures(a, EVIDENCE) AS figure
        WITH figure WHERE any(word IN x WHERE fold(word) = fold(figure.measure))
        RETURN figure.measure AS measure, figure.value AS value, figure.unit AS unit, figure.scope AS scope,
            figure.period AS period, figure.attributed_to AS attributed_to, [figure.source] AS sources
        ORDER BY measure, period, scope",
    via: None,
    hops: None,
    shown: None,
    silence: SILENCE,
    examples: &["figures of JNIM on components", "figures of FLM on share of violent events, civilian targeting"],
    tree: Tree::new(),
};

/// `FIGURES OF a`.
pub static ALL: Definition = Definition {
    signature: &[Word("FIGURES"), Word("OF"), Subject("a")],
    meaning: "what sources count of an actor",
    columns: COLUMNS,
    takes: &[],
    expansion: "
        MATCH (a)
        UNWIND figures(a, EVIDENCE) AS figure
        RETURN figure.measure AS measure, figure.value AS value, figure.unit AS unit, figure.scope AS scope,
            figure.period AS period, figure.attributed_to AS attributed_to, [figure.source] AS sources
        ORDER BY measure, period, scope",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &["figures of JNIM", "figures of JNIM according to eizenga-williams-2020"],
    tree: Tree::new(),
};

/// `COMPARE a, b, … ON x, y`: one row a measure, one column an actor, all figures of either in a cell. They are not
/// averaged.
pub static COMPARE: Definition = Definition {
    signature: &[Word("COMPARE"), Subjects("a"), Word("ON"), Texts("x")],
    meaning: "what sources count of several actors, one column an actor",
    columns: &[
        ("measure", "what is counted"),
        ("a", "a column for each actor: its figures, with scope, date and source"),
    ],
    takes: &[],
    expansion: "
        UNWIND x AS measure
        WITH measure, [figure IN figures(a, EVIDENCE) WHERE fold(figure.measure) = fold(measure)] AS found
        RETURN measure,
            reduce(said = null, figure IN [each IN found WHERE each.node = a] |
                coalesce(said + '; ', '') + figure.text) AS a",
    via: None,
    hops: None,
    shown: None,
    silence: &[],
    examples: &[
        "compare JNIM, HTS, Taliban on fighters, civilians per fighter",
        "compare JNIM and FLM on civilian targeting",
    ],
    tree: Tree::new(),
};
