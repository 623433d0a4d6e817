//! Why a query that was bound and planned has no answer.

use super::expression::ExpressionError;
use super::token::Stopped;
use crate::query::functions::{ErrorClass, FunctionError};
use crate::source::Span;

/// What goes wrong while a query runs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// An expression has no value.
    #[error(transparent)]
    Expression(ExpressionError),
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl RunError {
    /// An operator's own error, at a place.
    #[must_use]
    pub fn at(span: Span, class: ErrorClass, detail: &'static str, message: impl Into<String>) -> Self {
        Self::Expression(ExpressionError::at(span, FunctionError::new(class, detail, message)))
    }

    /// With what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        if let Self::Expression(error) = &mut self {
            error.hint = Some(hint.into());
        }
        self
    }
}

/// What an operator yields.
pub type Outcome<T> = Result<T, RunError>;

impl From<ExpressionError> for RunError {
    fn from(error: ExpressionError) -> Self {
        match error.stopped {
            Some(stopped) => Self::Stopped(stopped),
            None => Self::Expression(error),
        }
    }
}
