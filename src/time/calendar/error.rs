//! Why a text is no temporal value.

/// What is wrong with a text, and how the value is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemporalError {
    /// One line, in lower case and without a full stop.
    pub message: String,
    /// How it is written, in the imperative.
    pub hint: Option<&'static str>,
}

impl TemporalError {
    /// A text in no form that is known for the kind.
    pub(super) fn unreadable(text: &str, kind: &str, hint: &'static str) -> Self {
        Self { message: format!("'{text}' is no {kind}"), hint: Some(hint) }
    }

    /// A text in a known form that names nothing.
    pub(super) fn missing(text: &str, reason: &str) -> Self {
        Self { message: format!("'{text}': {reason}"), hint: None }
    }
}
