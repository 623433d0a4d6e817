//! The parser that pest makes of `grammar/*.pest`, chapter by chapter.
#![allow(missing_docs)] // the rules are documented in the grammar; pest's derive can't document the enum's items

use pest_derive::Parser;

/// Text to pairs of rules; [`build`](super::build) makes the tree of them.
#[derive(Parser)]
#[grammar = "../grammar/lexical.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/pattern.pest"]
#[grammar = "../grammar/clause.pest"]
#[grammar = "../grammar/statement.pest"]
pub(super) struct Grammar;
