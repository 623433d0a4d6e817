//! JSON: an answer is one object on one line, or an object a row; a whole graph is one object with a record a line.
//!
//! Keys are always there: what is unknown is `null`, so that a reader need not ask whether a key exists. Numbers that
//! JSON lacks (`NaN`, `Inf`) are strings.

mod answer;
mod lines;
mod record;
mod whole;

use super::Format;

/// The row of the registry.
pub const FORMAT: Format = Format {
    name: "json",
    extension: "json",
    meaning: "one object: columns, rows, claims and messages of an answer; nodes, relations, figures, sources of a graph",
    answer: answer::write,
    in_parts: false,
    knowledge: Some(whole::write),
};

/// The row of the registry for an object a row.
pub const LINES: Format = Format {
    name: "ndjson",
    extension: "ndjson",
    meaning: "an object a row, each with the claims that it rests on",
    answer: lines::write,
    in_parts: true,
    knowledge: None,
};
