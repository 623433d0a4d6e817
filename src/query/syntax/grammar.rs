//! The parser that pest makes of `grammar/*.pest`, chapter by chapter.
#![allow(missing_docs)] // the rules are documented in the grammar; pest's derive can't document the enum's items

use pest::Parser as _;
use pest_derive::Parser;

/// Text to pairs of rules; [`build`](super::build) makes the tree of them.
#[derive(Parser)]
#[grammar = "../grammar/lexical.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/pattern.pest"]
#[grammar = "../grammar/clause.pest"]
#[grammar = "../grammar/statement.pest"]
pub(super) struct Grammar;

/// Whether the whole text is one token of a rule.
pub(super) fn is_whole(rule: Rule, text: &str) -> bool {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    // No reserved word is so short, so long, or has a digit; most names need not be asked of pest.
    let free = text.len() == 1 || text.len() > 8 || text.bytes().any(|b| !b.is_ascii_alphabetic());
    if plain && (rule == Rule::name || rule == Rule::variable && free) {
        return true;
    }
    Grammar::parse(rule, text).is_ok_and(|pairs| pairs.as_str().len() == text.len())
}
