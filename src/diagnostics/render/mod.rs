//! Diagnostics as text: in full, one line each, or as JSON.
//!
//! A renderer takes the diagnostics and the sources that their places point into, and returns a string: it prints
//! nothing and asks nothing of the terminal. Every format holds the same facts.

mod concise;
mod full;
pub mod json;

use super::Diagnostics;
use crate::source::Source;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With the lines of the text, carets and advice, as rustc does.
    Full {
        /// Whether to colour it with ANSI escapes.
        colour: bool,
    },
    /// `file:line:column: error[G0101]: message`, one line each.
    Concise,
    /// One JSON array on one line.
    Json,
}

/// Writes all diagnostics in a format; the text ends with a line break unless there are none.
#[must_use]
pub fn render(diagnostics: &Diagnostics, sources: &[Source], format: Format) -> String {
    match format {
        Format::Full { colour } => full::render(diagnostics, sources, colour),
        Format::Concise => concise::render(diagnostics, sources),
        Format::Json => format!("{}\n", json::array(diagnostics, sources)),
    }
}

#[cfg(test)]
mod tests;
