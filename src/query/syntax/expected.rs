//! What may stand at the end of a text: the grammar itself is asked, so that completion knows what parsing knows.
//!
//! The text is parsed with a character behind it that nothing takes; the rules that pest tried there are what could
//! have gone on. A text that is wrong before its end has no answer.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::grammar::{Grammar, Rule};
use super::scan::scan;

/// A character that begins no token.
const PROBE: char = '\u{1}';

/// Nested deeper than this, a text gets no completion.
const DEPTH: usize = 64;

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// The first word of a clause or of a statement.
    Clause,
    /// A word or name of a statement, or of a modifier that takes names.
    Subject,
    /// An expression.
    Expression,
    /// A variable.
    Variable,
    /// A label of a node, a type of a relation, or a role.
    Label,
    /// A name that is made up here or known from elsewhere: a column, a format, a procedure, a key.
    Name,
    /// A date.
    Date,
    /// These words, in capitals.
    Words(String),
}

/// What may stand at the end of a text, where a query is being written, each once; `None` if it is wrong before.
#[must_use]
pub fn expected_at_end(text: &str) -> Option<Vec<Expected>> {
    let scan = scan(text);
    let segment = scan.segments.last()?;
    if segment.depth > DEPTH {
        return None;
    }
    let part = &text[segment.range.clone()];
    let error = Grammar::parse(Rule::single, &format!("{part}{PROBE}")).err()?;
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let ErrorVariant::ParsingError { positives, .. } = error.variant else { return None };
    if at < part.len() {
        return None;
    }
    let takes_time = positives.contains(&Rule::kw_during);
    let mut expected: Vec<Expected> = positives.into_iter().flat_map(|rule| of_rule(rule, takes_time)).collect();
    if segment.blank {
        expected.extend(["EXPLAIN", "PROFILE"].map(words));
    }
    expected.sort_unstable();
    expected.dedup();
    Some(expected)
}

fn words(text: &str) -> Expected {
    Expected::Words(text.to_owned())
}

/// What a rule stands for; `takes_time`: whether modifiers on time can stand here too.
fn of_rule(rule: Rule, takes_time: bool) -> Vec<Expected> {
    use Expected::{Clause, Date, Expression, Label, Name, Subject, Variable};
    use Rule as R;
    match rule {
        R::query | R::part | R::statement | R::match_clause => vec![Clause],
        R::word => vec![Subject],
        R::variable | R::set_item | R::remove_item => vec![Variable],
        R::label_not => vec![Label],
        R::name => vec![Name],
        R::time_literal => vec![Date],
        R::expression | R::projection_item | R::sort_item | R::prefix | R::constant => vec![Expression],
        R::today => vec![words("TODAY")],
        R::operator => ["AND", "OR", "XOR"].map(words).to_vec(),
        R::text_operator => ["IN", "CONTAINS", "STARTS WITH", "ENDS WITH"].map(words).to_vec(),
        R::kw_is => ["IS NULL", "IS NOT NULL"].map(words).to_vec(),
        R::skip => ["SKIP", "OFFSET"].map(words).to_vec(),
        R::descending => vec![words("DESC")],
        R::ascending => vec![words("ASC")],
        R::as_of => vec![words("AS OF")],
        R::kw_as => vec![words(if takes_time { "AS OF" } else { "AS" })],
        // These words of expressions are offered with the functions.
        R::kw_case | R::kw_reduce | R::kw_null => Vec::new(),
        R::kw_order | R::page_clause => vec![words("ORDER BY")],
        R::kw_load => vec![words("LOAD CSV")],
        R::kw_known | R::known_by => vec![words("KNOWN BY")],
        R::kw_according | R::according_to => vec![words("ACCORDING TO")],
        R::kw_without | R::without_source => vec![words("WITHOUT SOURCE")],
        R::during
        | R::throughout
        | R::certainly
        | R::within
        | R::via
        | R::through
        | R::avoiding
        | R::rated
        | R::worded => vec![words(&format!("{rule:?}").to_uppercase())],
        _ => format!("{rule:?}").strip_prefix("kw_").map(|word| words(&word.to_uppercase())).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[Expected], absent: &[Expected]) {
        let found = expected_at_end(text).unwrap_or_else(|| panic!("{text} is wrong before its end"));
        for each in expected {
            assert!(found.contains(each), "{each:?} is missing after `{text}`: {found:?}");
        }
        for each in absent {
            assert!(!found.contains(each), "{each:?} cannot stand after `{text}`: {found:?}");
        }
    }

    #[test]
    fn the_grammar_says_what_may_come() {
        use Expected::*;
        check("", &[Clause, words("EXPLAIN")], &[Expression]);
        check("return 1; ", &[Clause, words("PROFILE")], &[]);
        check("match (n:", &[Label], &[Clause]);
        check("match (n)-[:LED|", &[Label], &[]);
        check("match (n) ", &[Clause, words("AS OF"), words("WHERE"), words("RETURN")], &[Subject, words("AS")]);
        check("match (n) where n.", &[Name], &[]);
        check("match (n) return ", &[Expression, words("DISTINCT")], &[]);
        check("match (n) return n ", &[words("AS"), words("ORDER BY"), words("LIMIT")], &[words("AS OF")]);
        check("lineage from MUJAO ", &[Subject, words("VIA"), words("YIELD")], &[Expression]);
        check("network of JNIM as of ", &[Date, words("TODAY")], &[Subject]);
        check("network of JNIM via ", &[Label], &[]);
        check("network of JNIM according to ", &[Subject], &[words("VIA")]);
        check("network of JNIM export ", &[Name], &[]);
    }

    #[test]
    fn a_text_that_is_wrong_has_no_answer() {
        assert_eq!(expected_at_end("match n return "), None);
    }
}
