//! From pest's error to ours: what was expected, in words.

use super::errors::{SyntaxError, SyntaxErrorKind};
use super::grammar::Rule;
use super::scan::{Scan, Segment};
use crate::source::Span;
use pest::error::{Error, ErrorVariant, InputLocation};

/// Our error for pest's; `None` if pest ran out of stack and should be given more.
pub(super) fn explain(text: &str, _scan: &Scan, segment: &Segment, error: &Error<Rule>) -> Option<SyntaxError> {
    let at = segment.range.start
        + match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
    let span = Span::new(at, at + text[at..segment.range.end].chars().next().map_or(0, char::len_utf8));
    match &error.variant {
        ErrorVariant::CustomError { message } if message.contains("stack") => None,
        ErrorVariant::CustomError { .. } => {
            let fault = SyntaxError::new(SyntaxErrorKind::TooDeep, span, "this query takes too long to parse");
            Some(fault.hint("split it into several queries"))
        }
        ErrorVariant::ParsingError { positives, .. } => {
            let mut fault = SyntaxError::new(SyntaxErrorKind::Unexpected, span, "unexpected text");
            fault.expected = positives.iter().map(|rule| format!("{rule:?}")).collect();
            Some(fault)
        }
    }
}
