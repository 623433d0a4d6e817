//! What the steps of the TCK mean. A text that is none of them is `None`, which the runner counts as a failure.

/// A step's meaning; tables and doc strings stay with the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `an empty graph`, `any graph`.
    EmptyGraph,
    /// `the binary-tree-1 graph`.
    NamedGraph(String),
    /// `having executed:`.
    Executed,
    /// `parameters are:`.
    Parameters,
    /// `there exists a procedure …:` with its signature.
    Procedure(String),
    /// `there exists a CSV file with URL as $param, with rows:` with the parameter's name.
    CsvFile(String),
    /// `executing query:`.
    Query,
    /// `executing control query:`.
    ControlQuery,
    /// `the result should be …:`.
    Result {
        /// `in order`.
        ordered: bool,
        /// `(ignoring element order for lists)`.
        lists_as_bags: bool,
    },
    /// `the result should be empty`.
    EmptyResult,
    /// `no side effects`.
    NoSideEffects,
    /// `the side effects should be:`.
    SideEffects,
    /// `a TypeError should be raised at runtime: Detail`.
    Error(ExpectedError),
}

/// The fault that a query must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedError {
    /// `TypeError`.
    pub class: String,
    /// When it must show.
    pub phase: Option<Phase>,
    /// `InvalidArgumentType`, or `*` for any.
    pub detail: String,
}

/// When a fault shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the query runs.
    CompileTime,
    /// While it runs.
    Runtime,
}

impl Meaning {
    /// What a step's text means.
    pub fn of(text: &str) -> Option<Self> {
        let result = |ordered, lists_as_bags| Self::Result { ordered, lists_as_bags };
        Some(match text {
            "an empty graph" | "any graph" => Self::EmptyGraph,
            "having executed:" => Self::Executed,
            "parameters are:" => Self::Parameters,
            "executing query:" => Self::Query,
            "executing control query:" => Self::ControlQuery,
            "the result should be, in any order:" => result(false, false),
            "the result should be, in order:" => result(true, false),
            "the result should be (ignoring element order for lists):" => result(false, true),
            "the result should be, in order (ignoring element order for lists):" => result(true, true),
            "the result should be empty" => Self::EmptyResult,
            "no side effects" => Self::NoSideEffects,
            "the side effects should be:" => Self::SideEffects,
            _ => return Self::with_argument(text),
        })
    }

    fn with_argument(text: &str) -> Option<Self> {
        let between = |start: &str, end: &str| text.strip_prefix(start)?.strip_suffix(end).map(str::to_owned);
        between("the ", " graph")
            .map(Self::NamedGraph)
            .or_else(|| between("there exists a procedure ", ":").map(Self::Procedure))
            .or_else(|| between("there exists a CSV file with URL as $", ", with rows:").map(Self::CsvFile))
            .or_else(|| expected_error(text).map(Self::Error))
    }
}

/// `a TypeError should be raised at compile time: Detail`.
fn expected_error(text: &str) -> Option<ExpectedError> {
    let rest = text.strip_prefix("an ").or_else(|| text.strip_prefix("a "))?;
    let (class, rest) = rest.split_once(" should be raised at ")?;
    let (phase, detail) = rest.split_once(':')?;
    let phase = match phase {
        "compile time" => Some(Phase::CompileTime),
        "runtime" => Some(Phase::Runtime),
        "any time" => None,
        _ => return None,
    };
    Some(ExpectedError { class: class.to_owned(), phase, detail: detail.trim().to_owned() })
}
