//! Formats in which answers, and whole graphs, leave griot. One file a format, one row in [`FORMATS`].
//!
//! A format writes bytes into whatever it is given; it knows no files and no terminal, and neither the graph nor the
//! query: everything it needs is in the [`Answer`] or comes through [`Knowledge`]. The same input gives the same bytes.
//! The terminal's table is no export: it is the shell's.

mod csv;
mod dot;
mod json;
mod markdown;

use std::io::{self, Write};

use crate::answer::{Answer, Knowledge};

/// Writes an answer.
pub type WriteAnswer = fn(&Answer, &mut dyn Write) -> io::Result<()>;
/// Writes a whole graph.
pub type WriteKnowledge = fn(&dyn Knowledge, &mut dyn Write) -> io::Result<()>;

/// A format: everything there is to know of it.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name, as in `--format` and in `EXPORT`.
    pub name: &'static str,
    /// How its files end.
    pub extension: &'static str,
    /// One line for help and manual.
    pub meaning: &'static str,
    /// How an answer is written.
    pub answer: WriteAnswer,
    /// Whether the parts of an answer, written one after the other, are the answer: then memory does not grow with it.
    pub in_parts: bool,
    /// How a whole graph is written, if it can be.
    pub knowledge: Option<WriteKnowledge>,
}

/// All formats, in the order in which help lists them.
pub const FORMATS: &[Format] = &[json::FORMAT, json::LINES, csv::FORMAT, markdown::FORMAT, dot::FORMAT];

/// The format of a name, in any case.
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name))
}
