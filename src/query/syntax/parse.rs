//! The way from text to tree: scan, pest, build.
//!
//! A text of ordinary nesting is parsed where it is asked for. One that is nested deeply, or whose caller has little
//! stack left, is parsed on a thread with a stack of its own; beyond [`MAX_DEPTH`] it is refused. So no text can
//! exhaust the stack, and pest's call limit sees to it that none can hang.

use super::ast::{Expr, Query, Script};
use super::build::Builder;
use super::errors::{SyntaxError, SyntaxErrorKind};
use super::explain::explain;
use super::grammar::{Grammar, Rule};
use super::scan::{Scan, Segment, scan};
use crate::source::Span;
use pest::Parser;
use pest::iterators::Pairs;
use std::num::NonZeroUsize;
use std::sync::Once;

/// The most brackets and CASEs that may be open at once.
pub const MAX_DEPTH: usize = 512;

/// Up to this depth a text is parsed on the caller's stack: some 100 kB. Pest sees to its own part of the stack, the
/// builder of the tree does not; without optimisation it takes four times as much.
const SHALLOW: usize = if cfg!(debug_assertions) { 16 } else { 64 };

/// Stack of the thread for deep texts.
const DEEP_STACK: usize = 256 * 1024 * 1024;

/// Steps of pest's before it gives up: some seconds' worth, for texts of megabytes.
const CALL_LIMIT: usize = 400_000_000;

/// Sets the limit, which pest keeps for the whole process.
static LIMIT: Once = Once::new();

/// Parses a text of one or more queries, each but the last ended by `;`.
///
/// # Errors
/// All faults that were found: at least one for each query that has any.
pub fn parse(text: &str) -> Result<Script, Vec<SyntaxError>> {
    let scan = scan(text);
    let mut queries = Vec::new();
    let mut faults = Vec::new();
    for segment in scan.segments.iter().filter(|segment| !segment.blank) {
        match parse_segment(text, &scan, segment) {
            Ok(query) => queries.push(query),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(Script { queries }) } else { Err(faults) }
}

/// Parses a text of exactly one query; a `;` may end it.
///
/// # Errors
/// All faults that were found; also if the text holds no query or several.
pub fn parse_query(text: &str) -> Result<Query, Vec<SyntaxError>> {
    let mut queries = parse(text)?.queries;
    match queries.len() {
        1 => Ok(queries.remove(0)),
        0 => {
            Err(vec![SyntaxError::new(SyntaxErrorKind::Unexpected, Span::new(0, text.len()), "there is no query here")])
        }
        _ => {
            let message = "a second query stands here, and only one is expected";
            Err(vec![SyntaxError::new(SyntaxErrorKind::Unexpected, queries[1].span, message)])
        }
    }
}

/// Parses a text that is one expression.
///
/// # Errors
/// All faults that were found.
pub fn parse_expression(text: &str) -> Result<Expr, Vec<SyntaxError>> {
    let scan = scan(text);
    let mut segments = scan.segments.iter().filter(|segment| !segment.blank);
    let Some(segment) = segments.next() else {
        let span = Span::new(0, text.len());
        return Err(vec![SyntaxError::new(SyntaxErrorKind::Unexpected, span, "there is no expression here")]);
    };
    if let Some(second) = segments.next() {
        let span = Span::new(second.range.start, second.range.end);
        return Err(vec![SyntaxError::new(SyntaxErrorKind::Unexpected, span, "an expression holds no `;`")]);
    }
    parse_segment(text, &scan, segment)
}

/// What a whole text can be.
trait Whole: Sized + Send {
    /// The rule from its first to its last character.
    const RULE: Rule;
    /// Its tree.
    fn build<'t>(builder: &mut Builder<'t>, pairs: Pairs<'t, Rule>) -> Option<Self>;
}

impl Whole for Query {
    const RULE: Rule = Rule::single;
    fn build<'t>(builder: &mut Builder<'t>, pairs: Pairs<'t, Rule>) -> Option<Self> {
        builder.single(pairs)
    }
}

impl Whole for Expr {
    const RULE: Rule = Rule::single_expression;
    fn build<'t>(builder: &mut Builder<'t>, pairs: Pairs<'t, Rule>) -> Option<Self> {
        builder.single_expression(pairs)
    }
}

fn parse_segment<T: Whole>(text: &str, scan: &Scan, segment: &Segment) -> Result<T, Vec<SyntaxError>> {
    if !segment.faults.is_empty() {
        return Err(segment.faults.clone());
    }
    if segment.depth > MAX_DEPTH {
        let message = format!("nested more than {MAX_DEPTH} deep");
        let fault = SyntaxError::new(SyntaxErrorKind::TooDeep, segment.deepest, message);
        return Err(vec![fault.hint("split the query with WITH or a parameter")]);
    }
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(CALL_LIMIT)));
    let attempt = || attempt(text, scan, segment);
    if segment.depth <= SHALLOW {
        match attempt() {
            Err(Failure::Stack) => {}
            Err(Failure::Faults(faults)) => return Err(faults),
            Ok(tree) => return Ok(tree),
        }
    }
    let deep = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("griot-parse".to_owned()).stack_size(DEEP_STACK);
        thread
            .spawn_scoped(scope, attempt)
            .map(|handle| handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    match deep {
        Ok(Ok(tree)) => Ok(tree),
        Ok(Err(Failure::Faults(faults))) => Err(faults),
        Ok(Err(Failure::Stack)) | Err(_) => {
            let message = "nested too deeply for the memory at hand";
            Err(vec![SyntaxError::new(SyntaxErrorKind::TooDeep, segment.deepest, message)])
        }
    }
}

/// Whether the innermost open bracket is that of a relationship: `(a)-[`.
fn is_in_relationship(before: &str) -> bool {
    let mut depth = 0_usize;
    for (at, character) in before.char_indices().rev() {
        match character {
            ')' | ']' | '}' => depth += 1,
            '[' if depth == 0 => return before[..at].trim_end().ends_with('-'),
            '(' | '[' | '{' if depth == 0 => return false,
            '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// Why there is no tree.
enum Failure {
    /// The text is wrong.
    Faults(Vec<SyntaxError>),
    /// The stack is too small for it.
    Stack,
}

fn attempt<T: Whole>(text: &str, scan: &Scan, segment: &Segment) -> Result<T, Failure> {
    let part = &text[segment.range.clone()];
    let pairs = Grammar::parse(T::RULE, part).map_err(|error| match explain(text, scan, segment, &error) {
        Some(mut fault) => {
            let before =
                &text[segment.range.start..(fault.span.range().start).clamp(segment.range.start, segment.range.end)];
            if fault.kind == SyntaxErrorKind::Unexpected && is_in_relationship(before) {
                fault.kind = SyntaxErrorKind::RelationshipPattern;
            }
            Failure::Faults(vec![fault])
        }
        None => Failure::Stack,
    })?;
    let mut builder = Builder::new(text, segment.range.start, scan);
    let tree = T::build(&mut builder, pairs).expect("the top rule holds a query or an expression");
    if builder.faults.is_empty() { Ok(tree) } else { Err(Failure::Faults(builder.faults)) }
}
