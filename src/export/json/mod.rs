//! JSON: an answer is one object on one line; a whole graph is one object with a record a line.
//!
//! Keys are always there: what is unknown is `null`, so that a reader need not ask whether a key exists. Numbers that
//! JSON lacks (`NaN`, `Inf`) are strings.

mod answer;
mod record;
mod whole;

use super::Format;

/// The row of the registry.
pub const FORMAT: Format = Format {
    name: "json",
    extension: "json",
    meaning: "one object: columns, rows, claims and messages of an answer; nodes, relations, figures, sources of a graph",
    answer: answer::write,
    knowledge: Some(whole::write),
};
