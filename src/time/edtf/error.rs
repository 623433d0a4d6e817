//! Why a text is no EDTF date. Knows where and what; `nearest` adds the right writing where it finds one.

use std::ops::Range;

use thiserror::Error;

/// Why a text is no EDTF date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct EdtfError {
    /// The bytes of the text that are at fault; empty at its end where something is missing. Always between
    /// characters.
    pub span: Range<usize>,
    /// What was expected, in lower case without a full stop.
    pub message: String,
    /// What to write instead, in the imperative.
    pub hint: Option<String>,
}

impl EdtfError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None }
    }

    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
