//! Why a text has no answer: the faults of every stage in one form, each with openCypher's name for it.

use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::query::bind::fault::{Detail, Fault};
use crate::query::functions::ErrorClass;
use crate::query::run::{RunError, Stopped};
use crate::query::syntax::{SyntaxError, SyntaxErrorKind};
use crate::source::Source;

/// When a fault showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before any row was read.
    CompileTime,
    /// While the query ran.
    Runtime,
}

/// One thing that is wrong with a query.
#[derive(Clone, Debug)]
pub struct QueryFault {
    /// openCypher's class: `SyntaxError`, `TypeError` …
    pub class: String,
    /// openCypher's detail: `UndefinedVariable` …
    pub detail: String,
    /// When it showed.
    pub phase: Phase,
    /// How it is shown; its places lie in [`Failure::source`].
    pub diagnostic: Diagnostic,
}

/// Why a text has no answer.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The text.
    pub source: Source,
    /// Everything that is wrong with it; at least one.
    pub faults: Vec<QueryFault>,
    /// Why it was stopped, if it was.
    pub stopped: Option<Stopped>,
}

impl Failure {
    /// The same of a text whose piece, from a byte on, was asked: places are those in the whole text. What was put
    /// before the piece makes `from` negative.
    #[must_use]
    pub fn within(mut self, whole: &Source, from: i64) -> Self {
        self.source = whole.clone();
        self.faults.iter_mut().for_each(|fault| fault.diagnostic = fault.diagnostic.clone().moved(from));
        self
    }

    /// The faults as they are shown.
    #[must_use]
    pub fn diagnostics(&self) -> Diagnostics {
        self.faults.iter().map(|fault| fault.diagnostic.clone()).collect()
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostics().fmt(f)
    }
}

impl std::error::Error for Failure {}

/// Faults of the text.
pub(super) fn from_syntax(source: &Source, errors: Vec<SyntaxError>) -> Failure {
    let faults = errors.into_iter().map(|error| {
        let code = match error.kind {
            SyntaxErrorKind::Unclosed | SyntaxErrorKind::Unbalanced => codes::UNCLOSED,
            SyntaxErrorKind::Number | SyntaxErrorKind::Escape => codes::BAD_LITERAL,
            SyntaxErrorKind::TooDeep => codes::NESTED_TOO_DEEPLY,
            _ => codes::UNEXPECTED_TEXT,
        };
        let expected = match error.expected.as_slice() {
            [] => String::new(),
            expected => format!("expected {}", expected.join(", ")),
        };
        let mut diagnostic = Diagnostic::error(code, error.message).at(error.span, expected);
        if let Some((span, text)) = error.note {
            diagnostic = diagnostic.with_label(span, text);
        }
        if let Some(hint) = error.hint {
            diagnostic = diagnostic.with_help(hint);
        }
        let detail = match error.kind {
            SyntaxErrorKind::Number => "InvalidNumberLiteral",
            SyntaxErrorKind::Escape => "InvalidUnicodeLiteral",
            SyntaxErrorKind::LookAlike => "InvalidUnicodeCharacter",
            SyntaxErrorKind::RelationshipPattern => "InvalidRelationshipPattern",
            _ => "UnexpectedSyntax",
        };
        let (class, detail) = ("SyntaxError".to_owned(), detail.to_owned());
        QueryFault { class, detail, phase: Phase::CompileTime, diagnostic }
    });
    Failure { source: source.clone(), faults: faults.collect(), stopped: None }
}

/// Faults of its meaning.
pub(super) fn from_binding(source: &Source, faults: Vec<Fault>) -> Failure {
    let mut told: Vec<QueryFault> = Vec::with_capacity(faults.len());
    for fault in faults {
        // What is wrong with a statement is found again in its expansion.
        let is_told = |before: &QueryFault| {
            (before.diagnostic.code, &before.diagnostic.message) == (fault.diagnostic.code, &fault.diagnostic.message)
                && fault.detail == Detail::MissingParameter
        };
        if told.iter().any(is_told) {
            continue;
        }
        told.push(QueryFault {
            class: fault.detail.class().to_owned(),
            detail: fault.detail.name().to_owned(),
            phase: Phase::CompileTime,
            diagnostic: fault.diagnostic,
        });
    }
    Failure { source: source.clone(), faults: told, stopped: None }
}

fn code_of(class: ErrorClass) -> Code {
    match class {
        ErrorClass::ArithmeticError => codes::ARITHMETIC,
        ErrorClass::ParameterMissing => codes::MISSING_PARAMETER,
        ErrorClass::SyntaxError | ErrorClass::ArgumentError => codes::WRONG_ARGUMENTS,
        ErrorClass::FileError => codes::CANNOT_READ,
        ErrorClass::ConstraintVerificationFailed => codes::STILL_CONNECTED,
        _ => codes::BAD_OPERAND,
    }
}

/// What went wrong while it ran.
pub(super) fn from_running(source: &Source, error: RunError) -> Failure {
    let (class, detail, diagnostic, stopped) = match error {
        RunError::Expression(error) => {
            let code = if error.detail == "MissingEvidence" { codes::MISSING_EVIDENCE } else { code_of(error.class) };
            let mut diagnostic = Diagnostic::error(code, error.message).at(error.span, "");
            if let Some(hint) = error.hint {
                diagnostic = diagnostic.with_help(hint);
            }
            (error.class.name(), error.detail, diagnostic, None)
        }
        RunError::Stopped(stopped) => {
            let code = match stopped {
                Stopped::Cancelled => codes::INTERRUPTED,
                Stopped::Time(_) => codes::TIME_LIMIT,
                Stopped::Memory(_) => codes::MEMORY_LIMIT,
            };
            let diagnostic = Diagnostic::error(code, stopped.to_string());
            ("Stopped", "", diagnostic, Some(stopped))
        }
    };
    let fault = QueryFault { class: class.to_owned(), detail: detail.to_owned(), phase: Phase::Runtime, diagnostic };
    Failure { source: source.clone(), faults: vec![fault], stopped }
}
