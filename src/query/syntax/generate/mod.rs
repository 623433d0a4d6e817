//! Trees by chance, for properties: every form of the language, as the parser could have made it, with empty spans.
//!
//! Operands that bind too loosely stand in [`ExprKind::Parenthesised`], and clauses that would be read as one with
//! their neighbour are left out, so that printing and parsing gives back the very same tree.

mod clauses;
mod expressions;
mod patterns;
mod statements;

#[allow(unused_imports)] // for the tests of other modules
pub(crate) use clauses::{query, script};
pub(crate) use expressions::expr;

use super::ast::{Expr, ExprKind, Ident};
use crate::source::{Span, Spanned};
use proptest::prelude::*;

/// Expressions of a smaller depth, from which larger things are made.
pub(crate) type Exprs = BoxedStrategy<Expr>;

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

fn bare(kind: ExprKind) -> Expr {
    Expr { span: Span::default(), kind }
}

fn parenthesised(expr: Expr) -> Expr {
    bare(ExprKind::Parenthesised(Box::new(expr)))
}

/// Names: plain ones, keywords, and such as need backticks.
fn name() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-d]",
        2 => "[a-z][a-z0-9_]{0,8}",
        1 => prop::sample::select(vec!["match", "Return", "end", "where", "null", "über", "ein Wort", "a`b", "1a", "'", "as"])
            .prop_map(str::to_owned),
        1 => "[\\PC&&[^`]]{1,4}",
    ]
    .boxed()
}

fn ident() -> BoxedStrategy<Ident> {
    name().prop_map(spanned).boxed()
}

fn text() -> BoxedStrategy<String> {
    prop_oneof!["[a-z ]{0,6}", "[\\PC\n\t\r\\\\'\"]{0,6}", Just("it's \u{7} \\ 😀".to_owned())].boxed()
}

/// A box of a strategy's values, or nothing.
fn maybe(values: &Exprs) -> BoxedStrategy<Option<Box<Expr>>> {
    prop::option::of(values.clone().prop_map(Box::new)).boxed()
}
