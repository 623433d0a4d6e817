//! What can be wrong with a query's meaning, by the names that openCypher gives it.

use crate::diagnostics::{Code, Diagnostic, codes};
use crate::source::Span;

/// openCypher's name for what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// The text does not parse.
    UnexpectedSyntax,
    /// A variable that is not in scope.
    UndefinedVariable,
    /// A variable used as something that it is not.
    VariableTypeConflict,
    /// A name that is already taken.
    VariableAlreadyBound,
    /// An argument or operand of a type that cannot be right.
    InvalidArgumentType,
    /// A property of something that has none.
    NoProperties,
    /// A wrong number of arguments.
    InvalidNumberOfArguments,
    /// An argument whose value cannot be right.
    InvalidArgumentValue,
    /// A negative SKIP or LIMIT.
    NegativeIntegerArgument,
    /// SKIP or LIMIT that depends on a row.
    NonConstantExpression,
    /// An aggregate where none may stand.
    InvalidAggregation,
    /// An aggregate inside another.
    NestedAggregation,
    /// An expression that is neither a grouping key nor an aggregate.
    AmbiguousAggregationExpression,
    /// A function that does not exist.
    UnknownFunction,
    /// Arguments left out where they must be written.
    InvalidArgumentPassingMode,
    /// A procedure that does not exist.
    ProcedureNotFound,
    /// A clause in the wrong place.
    InvalidClauseComposition,
    /// A relation to be created with no type, or several.
    NoSingleRelationshipType,
    /// DELETE of something that is not a thing.
    InvalidDelete,
    /// A property that nothing can hold.
    InvalidPropertyType,
    /// A relation to be created without a direction.
    RequiresDirectedRelationship,
    /// A variable-length relation to be created.
    CreatingVarLength,
    /// The same relation twice in a pattern.
    RelationshipUniquenessViolation,
    /// A column without a name in WITH.
    NoExpressionAlias,
    /// Two columns of one name.
    ColumnNameConflict,
    /// UNION of parts with other columns.
    DifferentColumnsInUnion,
    /// `RETURN *` with nothing in scope.
    NoVariablesInScope,
    /// A parameter where only a map may stand.
    InvalidParameterUse,
    /// A number out of range.
    NumberOutOfRange,
    /// A whole number that does not fit into 64 bits.
    IntegerOverflow,
    /// A floating-point number that is too large.
    FloatingPointOverflow,
    /// A predicate that is not one.
    UnexpectedSyntaxInPredicate,
    /// A parameter that was not given.
    MissingParameter,
    /// A name that stands for no node, or for several.
    UnknownName,
    /// A statement, modifier or column of griot's own that does not fit.
    StatementMismatch,
    /// A query that writes, where nothing may be written.
    ReadOnly,
    /// A part of the language that this version lacks.
    NotBuiltYet,
}

impl Detail {
    /// The detail's name in openCypher's conformance suite.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnexpectedSyntax | Self::UnexpectedSyntaxInPredicate => "UnexpectedSyntax",
            Self::UndefinedVariable => "UndefinedVariable",
            Self::VariableTypeConflict => "VariableTypeConflict",
            Self::VariableAlreadyBound => "VariableAlreadyBound",
            Self::InvalidArgumentType | Self::NoProperties => "InvalidArgumentType",
            Self::InvalidNumberOfArguments => "InvalidNumberOfArguments",
            Self::InvalidArgumentValue => "InvalidArgumentValue",
            Self::NegativeIntegerArgument => "NegativeIntegerArgument",
            Self::NonConstantExpression => "NonConstantExpression",
            Self::InvalidAggregation => "InvalidAggregation",
            Self::NestedAggregation => "NestedAggregation",
            Self::AmbiguousAggregationExpression => "AmbiguousAggregationExpression",
            Self::UnknownFunction => "UnknownFunction",
            Self::InvalidArgumentPassingMode => "InvalidArgumentPassingMode",
            Self::ProcedureNotFound => "ProcedureNotFound",
            Self::InvalidClauseComposition => "InvalidClauseComposition",
            Self::NoSingleRelationshipType => "NoSingleRelationshipType",
            Self::InvalidDelete => "InvalidDelete",
            Self::InvalidPropertyType => "InvalidPropertyType",
            Self::RequiresDirectedRelationship => "RequiresDirectedRelationship",
            Self::CreatingVarLength => "CreatingVarLength",
            Self::RelationshipUniquenessViolation => "RelationshipUniquenessViolation",
            Self::NoExpressionAlias => "NoExpressionAlias",
            Self::ColumnNameConflict => "ColumnNameConflict",
            Self::DifferentColumnsInUnion => "DifferentColumnsInUnion",
            Self::NoVariablesInScope => "NoVariablesInScope",
            Self::InvalidParameterUse => "InvalidParameterUse",
            Self::NumberOutOfRange => "NumberOutOfRange",
            Self::IntegerOverflow => "IntegerOverflow",
            Self::FloatingPointOverflow => "FloatingPointOverflow",
            Self::MissingParameter => "MissingParameter",
            Self::UnknownName => "UnknownName",
            Self::StatementMismatch => "StatementMismatch",
            Self::ReadOnly => "ReadOnly",
            Self::NotBuiltYet => "NotBuiltYet",
        }
    }

    /// The class of error that openCypher puts it in.
    pub fn class(self) -> &'static str {
        match self {
            Self::ProcedureNotFound => "ProcedureError",
            Self::MissingParameter => "ParameterMissing",
            Self::NoProperties | Self::InvalidPropertyType => "TypeError",
            _ => "SyntaxError",
        }
    }

    /// The code under which it is shown.
    pub fn code(self) -> Code {
        match self {
            Self::UnexpectedSyntax | Self::UnexpectedSyntaxInPredicate => codes::UNEXPECTED_TEXT,
            Self::UndefinedVariable => codes::UNKNOWN_VARIABLE,
            Self::VariableTypeConflict
            | Self::VariableAlreadyBound
            | Self::ColumnNameConflict
            | Self::RelationshipUniquenessViolation => codes::VARIABLE_TAKEN,
            Self::InvalidArgumentType | Self::NoProperties | Self::InvalidDelete | Self::InvalidPropertyType => {
                codes::WRONG_TYPE
            }
            Self::InvalidNumberOfArguments
            | Self::InvalidArgumentPassingMode
            | Self::InvalidArgumentValue
            | Self::NegativeIntegerArgument
            | Self::NonConstantExpression
            | Self::InvalidParameterUse
            | Self::NumberOutOfRange => codes::WRONG_ARGUMENTS,
            Self::IntegerOverflow | Self::FloatingPointOverflow => codes::BAD_LITERAL,
            Self::InvalidAggregation | Self::NestedAggregation | Self::AmbiguousAggregationExpression => {
                codes::MISPLACED_AGGREGATE
            }
            Self::UnknownFunction => codes::UNKNOWN_FUNCTION,
            Self::ProcedureNotFound => codes::UNKNOWN_PROCEDURE,
            Self::InvalidClauseComposition | Self::NoVariablesInScope => codes::CLAUSE_ORDER,
            Self::NoSingleRelationshipType | Self::RequiresDirectedRelationship | Self::CreatingVarLength => {
                codes::BAD_PATTERN
            }
            Self::NoExpressionAlias => codes::MISSING_ALIAS,
            Self::DifferentColumnsInUnion => codes::DIFFERENT_COLUMNS,
            Self::MissingParameter => codes::MISSING_PARAMETER,
            Self::UnknownName => codes::UNKNOWN_NAME,
            Self::StatementMismatch => codes::BAD_MODIFIER,
            Self::ReadOnly => codes::CANNOT_WRITE_HERE,
            Self::NotBuiltYet => codes::NOT_BUILT_YET,
        }
    }
}

/// A fault: openCypher's name for it, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort of fault.
    pub detail: Detail,
    /// How it is shown.
    pub diagnostic: Diagnostic,
}

impl Fault {
    /// A fault at a place.
    pub fn new(detail: Detail, span: Span, message: impl Into<String>) -> Self {
        Self { detail, diagnostic: Diagnostic::error(detail.code(), message).at(span, "") }
    }

    /// Under another code than the detail's usual one.
    #[must_use]
    pub fn under(mut self, code: Code) -> Self {
        self.diagnostic.code = code;
        self
    }

    /// What to say beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.diagnostic.primary {
            primary.text = label.into();
        }
        self
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.with_help(help);
        self
    }

    /// What else is to be known.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.with_note(note);
        self
    }

    /// The nearest right names.
    #[must_use]
    pub fn candidates<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.diagnostic = self.diagnostic.with_candidates(names);
        self
    }

    /// A variable that is not in scope.
    pub fn undefined_variable(name: &str, span: Span) -> Self {
        Self::new(Detail::UndefinedVariable, span, format!("the variable `{name}` is not defined here"))
    }

    /// A part of the language that this version does not have.
    pub fn not_built_yet(what: &str, span: Span) -> Self {
        Self::new(Detail::NotBuiltYet, span, format!("{what} is not part of this version of griot"))
    }
}
