//! Pairs of pest's rules to the syntax tree. One file for each chapter of the grammar.
//!
//! The builder never stops: where the grammar let something through only so that it can be named (`==`, a malformed
//! number), it notes the fault and goes on. Its tree counts only if no fault was noted.

mod clause;
mod expression;
mod literal;
mod operators;
mod pattern;
mod projection;
mod statement;
mod write;

use super::ast::{Expr, Ident, Query};
use super::errors::{SyntaxError, SyntaxErrorKind};
use super::grammar::Rule;
use super::scan::Scan;
use crate::source::{Span, Spanned};
use pest::iterators::Pair as PestPair;

/// A pair of our rules.
type Pair<'t> = PestPair<'t, Rule>;
/// The pairs within a pair.
type Pairs<'t> = pest::iterators::Pairs<'t, Rule>;

/// The most operators that may stand on the way from an expression's root to a leaf; it bounds the height of trees,
/// so that every later stage may recurse.
pub(super) const MAX_OPERATORS: usize = 1000;

/// Makes trees of pairs, and notes what is wrong with them.
pub(super) struct Builder<'t> {
    /// The whole text.
    text: &'t str,
    /// Where the parsed segment begins in it.
    offset: usize,
    /// Where the comments are.
    scan: &'t Scan,
    /// Operators between the root and here.
    operators: usize,
    /// What was wrong.
    pub(super) faults: Vec<SyntaxError>,
}

impl<'t> Builder<'t> {
    /// A builder for the segment of `text` that begins at `offset`.
    pub(super) fn new(text: &'t str, offset: usize, scan: &'t Scan) -> Self {
        Self { text, offset, scan, operators: 0, faults: Vec::new() }
    }

    /// The tree of [`Rule::single`].
    pub(super) fn single(&mut self, pairs: Pairs<'t>) -> Option<Query> {
        let query = pairs.flat_map(Pair::into_inner).find(|pair| pair.as_rule() == Rule::query)?;
        Some(self.query(query))
    }

    /// The tree of [`Rule::single_expression`].
    pub(super) fn single_expression(&mut self, pairs: Pairs<'t>) -> Option<Expr> {
        let found = pairs.flat_map(Pair::into_inner).find(|pair| pair.as_rule() == Rule::expression)?;
        Some(self.expression(found))
    }

    /// The place of a pair in the whole text. Pest lets a rule that ends with something optional run on over spaces
    /// and comments; they are cut off.
    fn span(&self, pair: &Pair<'t>) -> Span {
        let start = pair.as_span().start() + self.offset;
        let end = pair.as_span().end() + self.offset;
        Span::new(start, self.scan.trim_end(self.text, start, end))
    }

    fn name(&self, pair: &Pair<'t>) -> Ident {
        Spanned::new(literal::unquoted_name(pair.as_str()), self.span(pair))
    }

    fn fault(&mut self, kind: SyntaxErrorKind, span: Span, message: impl Into<String>) -> &mut SyntaxError {
        self.faults.push(SyntaxError::new(kind, span, message));
        self.faults.last_mut().expect("a fault was just pushed")
    }

    /// The expression within a pair that holds one beside its keyword: WHERE, SKIP, `|`, a parenthesis.
    fn inner_expression(&mut self, pair: Pair<'t>) -> Expr {
        let found = pair.into_inner().find(|inner| inner.as_rule() == Rule::expression);
        self.expression(found.expect("the grammar puts an expression here"))
    }
}

/// Whether a rule is a keyword: it says something by being there, and has no tree of its own.
fn has(pair: &Pair<'_>, rule: Rule) -> bool {
    pair.clone().into_inner().any(|inner| inner.as_rule() == rule)
}
