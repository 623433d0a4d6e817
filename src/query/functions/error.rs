//! What goes wrong when a function runs, in openCypher's classes and details, without a place: the evaluator knows
//! the span and adds it.

use std::fmt;

/// openCypher's classes of errors that expressions raise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// A value of the wrong type.
    TypeError,
    /// A value of the right type that the function refuses.
    ArgumentError,
    /// Overflow, division by zero.
    ArithmeticError,
    /// A thing that is no longer there, or never was.
    EntityNotFound,
    /// A parameter that nobody gave.
    ParameterMissing,
    /// Meaningful in form, and yet not in this graph.
    SemanticError,
    /// The text is wrong, though only the run could tell: a negative LIMIT.
    SyntaxError,
    /// A file that cannot be read.
    FileError,
    /// What holds of every graph would hold no more.
    ConstraintVerificationFailed,
    /// Nothing is wrong: a limit of the session stopped the query.
    Stopped,
}

impl ErrorClass {
    /// The class's name as openCypher writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TypeError => "TypeError",
            Self::ArgumentError => "ArgumentError",
            Self::ArithmeticError => "ArithmeticError",
            Self::EntityNotFound => "EntityNotFound",
            Self::ParameterMissing => "ParameterMissing",
            Self::SemanticError => "SemanticError",
            Self::SyntaxError => "SyntaxError",
            Self::FileError => "FileError",
            Self::ConstraintVerificationFailed => "ConstraintVerificationFailed",
            Self::Stopped => "Stopped",
        }
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a function has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FunctionError {
    /// openCypher's class.
    pub class: ErrorClass,
    /// openCypher's detail, e.g. `InvalidArgumentValue`.
    pub detail: &'static str,
    /// One line, in lower case and without a full stop.
    pub message: String,
    /// What to do instead, in the imperative.
    pub hint: Option<String>,
}

impl FunctionError {
    /// An error of a class, with openCypher's detail.
    #[must_use]
    pub fn new(class: ErrorClass, detail: &'static str, message: impl Into<String>) -> Self {
        Self { class, detail, message: message.into(), hint: None }
    }

    /// `TypeError`, `InvalidArgumentValue`: the value is of a type that the function does not take.
    #[must_use]
    pub fn wrong_value(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::TypeError, "InvalidArgumentValue", message)
    }

    /// `TypeError`, `InvalidArgumentType`: an operator does not take the type.
    #[must_use]
    pub fn wrong_type(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::TypeError, "InvalidArgumentType", message)
    }

    /// `ArgumentError`, `NumberOutOfRange`.
    #[must_use]
    pub fn out_of_range(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::ArgumentError, "NumberOutOfRange", message)
    }

    /// `ArgumentError`, `InvalidArgumentValue`: right type, impossible content.
    #[must_use]
    pub fn bad_argument(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::ArgumentError, "InvalidArgumentValue", message)
    }

    /// `ArithmeticError`, `IntegerOverflow`.
    #[must_use]
    pub fn overflow(message: impl Into<String>) -> Self {
        Self::new(ErrorClass::ArithmeticError, "IntegerOverflow", message)
    }

    /// With an advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
