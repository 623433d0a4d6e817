//! Text to tree: the only place that knows pest. Needs no graph.
//!
//! [`parse`] scans a text for strings, brackets and semicolons (`scan`), lets pest read each query by the chapters of
//! `grammar/` (`grammar`), and makes the tree ([`ast`]) of pest's pairs (`build`). What a word means, which clause may
//! follow which, whether a variable exists: all that is [`bind`](crate::query::bind)'s. [`print()`] makes text of a tree
//! again, and so does `Display` of its parts.
//!
//! Invariant: a tree that comes from here is no higher than [`MAX_DEPTH`] brackets and 1,000 operators on one way from
//! root to leaf, so that later stages may recurse.

pub mod ast;
mod build;
mod errors;
mod expected;
mod explain;
#[cfg(test)]
pub(crate) mod generate;
mod grammar;
mod parse;
pub mod print;
pub mod rewrite;
mod scan;
pub mod spans;
#[cfg(test)]
mod tests;
pub mod tokens;
mod walk;
mod words;

pub use errors::{SyntaxError, SyntaxErrorKind};
pub use expected::{Expected, expected_at_end};
pub use parse::{MAX_DEPTH, parse, parse_expression, parse_query};
pub use print::print;
pub use scan::statement_end;
pub use spans::{Places, without_spans};
