//! A fault in a text, as data: where, what, what would have been right. No rendering, no codes: that is
//! [`diagnostics`](crate::diagnostics)' business.

use crate::source::Span;
use std::fmt;

/// A fault in the text of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which sort of fault.
    pub kind: SyntaxErrorKind,
    /// Where it stands, in bytes of the whole text.
    pub span: Span,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What could stand there instead, in words; empty where the message says all.
    pub expected: Vec<String>,
    /// What to do, in the imperative.
    pub hint: Option<String>,
    /// A second place that belongs to the fault (the bracket that was never closed), and why.
    pub note: Option<(Span, String)>,
}

/// The sorts of fault that callers tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Something stands where something else must.
    Unexpected,
    /// The brackets of a relationship hold something else than a name, types, a length, properties or a condition.
    RelationshipPattern,
    /// A string, comment or backticked name has no end.
    Unclosed,
    /// A bracket has no partner.
    Unbalanced,
    /// A number that is none, or is too large.
    Number,
    /// An escape in a string that is none.
    Escape,
    /// A character that looks like one of the language's and is not: typographic quotes, dashes, arrows.
    LookAlike,
    /// An operator of another language.
    ForeignOperator,
    /// Nested too deeply, or too long to parse.
    TooDeep,
}

impl SyntaxError {
    /// A fault of a kind, at a place, with its message.
    #[must_use]
    pub fn new(kind: SyntaxErrorKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), expected: Vec::new(), hint: None, note: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn note(mut self, span: Span, text: impl Into<String>) -> Self {
        self.note = Some((span, text.into()));
        self
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for SyntaxError {}
