//! The grammar's rules in words, for "expected …".
//!
//! Pest names every rule that it tried at the place where it could go no further, some forty after an expression.
//! [`expected`] folds those that belong together and leaves out what goes without saying.

use super::grammar::Rule;
use std::collections::BTreeSet;

/// A rule in a message.
enum Word {
    /// One of several that are said as one; the smaller number is said first.
    Group(u8, &'static str),
    /// The keyword's own name.
    Keyword,
    /// Not worth saying.
    Silent,
}

/// What the rules stand for, each once.
pub(super) fn expected(rules: &[Rule]) -> Vec<String> {
    let mut groups: BTreeSet<(u8, &'static str)> = BTreeSet::new();
    let mut keywords: BTreeSet<String> = BTreeSet::new();
    for rule in rules {
        match word(*rule) {
            Word::Group(order, text) => drop(groups.insert((order, text))),
            Word::Keyword => drop(keywords.insert(format!("{rule:?}").trim_start_matches("kw_").to_ascii_uppercase())),
            Word::Silent => {}
        }
    }
    // Where a whole expression or clause can stand, its parts need no mention.
    if wants_expression(rules) {
        groups.retain(|(_, text)| !matches!(*text, A_VARIABLE | A_STRING | A_PARAMETER | A_NODE | A_MAP));
        keywords.retain(|word| !matches!(word.as_str(), "CASE" | "REDUCE" | "NOT"));
    } else {
        groups.retain(|(_, text)| *text != AN_EXPRESSION);
    }
    // A statement's words can be followed by nearly anything.
    if rules.contains(&Rule::word) {
        groups.retain(|(_, text)| !matches!(*text, A_STRING | A_PARAMETER | A_NODE | A_COMMA));
        keywords.remove("AS");
    }
    let clauses = keywords.iter().filter(|word| CLAUSES.contains(&word.as_str())).count();
    if clauses > 3 || groups.contains(&(20, A_CLAUSE)) {
        keywords.retain(|word| !CLAUSES.contains(&word.as_str()));
        groups.insert((20, A_CLAUSE));
    }
    let words = groups.into_iter().map(|(_, text)| text.to_owned());
    words.chain(keywords).collect()
}

/// Whether an expression could begin where these rules were tried. Pest reports a rule in place of its parts if none
/// of them came further.
pub(super) fn wants_expression(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| {
        let whole = matches!(rule, Rule::expression | Rule::projection_item | Rule::sort_item);
        whole || matches!(rule, Rule::number | Rule::list | Rule::case | Rule::prefix | Rule::constant)
    })
}

const AN_EXPRESSION: &str = "an expression";
const A_CLAUSE: &str = "a clause";
const A_VARIABLE: &str = "a variable";
const A_STRING: &str = "a string";
const A_PARAMETER: &str = "a parameter";
const A_MAP: &str = "a map `{…}`";
const A_COMMA: &str = "a comma";
const A_NODE: &str = "a node `(…)`";

/// Words that begin a clause.
pub(super) const CLAUSES: [&str; 26] = [
    "MATCH", "OPTIONAL", "RETURN", "WITH", "UNWIND", "CALL", "CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH",
    "FOREACH", "LOAD", "LET", "FILTER", "FOR", "ORDER", "SKIP", "OFFSET", "LIMIT", "UNION", "EXPORT", "EXPLAIN",
    "PROFILE", "YIELD",
];

fn word(rule: Rule) -> Word {
    use Rule as R;
    use Word::{Group, Keyword, Silent};
    match rule {
        R::time_literal | R::today => Group(0, "a date such as 2012-07"),
        R::number
        | R::malformed_number
        | R::list
        | R::constant
        | R::case
        | R::reduce
        | R::prefix
        | R::expression
        | R::projection_item
        | R::sort_item
        | R::subquery_expression
        | R::pattern_predicate
        | R::mapped
        | R::parenthesised
        | R::subquery_kind => Group(1, AN_EXPRESSION),
        R::variable | R::set_item | R::remove_item => Group(2, A_VARIABLE),
        R::label_or | R::label_and | R::label_not => Group(3, "a label or type"),
        R::name | R::procedure | R::word => Group(3, "a name"),
        R::string | R::typographic_string | R::fuzzy => Group(4, A_STRING),
        R::parameter => Group(5, A_PARAMETER),
        R::map => Group(6, A_MAP),
        R::whole => Group(7, "a whole number"),
        R::node | R::group | R::path_pattern => Group(8, A_NODE),
        R::relationship | R::left_arrow | R::right_arrow => Group(9, "a relationship such as -->"),
        R::grade => Group(11, "a grade such as B2"),
        R::operator | R::text_operator | R::null_test | R::kw_is | R::kw_starts | R::kw_ends => {
            Group(12, "an operator")
        }
        R::map_entry | R::all_properties | R::projected_property => Group(13, "`key: value`"),
        R::when_branch | R::kw_when => Group(14, "WHEN"),
        R::comma => Group(15, A_COMMA),
        R::dots => Group(16, "`..`"),
        R::star => Group(17, "`*`"),
        R::assignment | R::set_label => Group(18, "`=`, `+=` or a label"),
        R::statement
        | R::match_clause
        | R::call_clause
        | R::subquery_clause
        | R::page_clause
        | R::delete_clause
        | R::set_clause
        | R::merge_clause
        | R::part
        | R::query => Group(20, A_CLAUSE),
        R::EOI => Group(30, "the end of the query"),
        rule if is_modifier(rule) => Group(19, "AS OF or another modifier"),
        rule if is_keyword(rule) => Keyword,
        _ => Silent,
    }
}

/// A modifier's rule, or a keyword that begins one and nothing else.
fn is_modifier(rule: Rule) -> bool {
    use Rule as R;
    matches!(
        rule,
        R::as_of
            | R::during
            | R::throughout
            | R::certainly
            | R::known_by
            | R::within
            | R::via
            | R::through
            | R::avoiding
            | R::according_to
            | R::without_source
            | R::rated
            | R::worded
            | R::kw_during
            | R::kw_throughout
            | R::kw_certainly
            | R::kw_known
            | R::kw_within
            | R::kw_via
            | R::kw_through
            | R::kw_avoiding
            | R::kw_according
            | R::kw_without
            | R::kw_rated
            | R::kw_worded
    )
}

fn is_keyword(rule: Rule) -> bool {
    format!("{rule:?}").starts_with("kw_")
}
