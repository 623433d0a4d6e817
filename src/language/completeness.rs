//! Whether a text is whole, so that a prompt may run it, or wants more lines.

use super::progress::{at_end, word};
use crate::query::syntax::ast::{ClauseKind, Query};
use crate::query::syntax::tokens::{TokenKind, is_ended, queries, tokens};
use crate::query::syntax::{SyntaxError, parse_query};

/// What a prompt should do with a text at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// There is nothing but space and comments.
    Blank,
    /// It can be run; whether it is right is for the run to say.
    Complete,
    /// More must follow.
    Incomplete,
}

/// Whether a text is whole: it ends with `;`, or its last query can stand as it is, or it is wrong in a place that more
/// lines cannot mend.
#[must_use]
pub fn completeness(text: &str) -> Completeness {
    let all = tokens(text);
    if all.last().is_some_and(|last| last.is_unclosed(text)) {
        return Completeness::Incomplete;
    }
    let Some(last) = queries(text).last().copied() else { return Completeness::Blank };
    if is_ended(text) {
        return Completeness::Complete;
    }
    let part = last.of(text);
    let is_open = match parse_query(part) {
        Ok(query) => wants_more(&query) || wants_subject(part),
        Err(errors) => errors.iter().all(|error| is_at_end(error, part)),
    };
    if is_open { Completeness::Incomplete } else { Completeness::Complete }
}

/// A fault that more text may mend: nothing stands behind it, or a bracket waits for its partner.
fn is_at_end(error: &SyntaxError, text: &str) -> bool {
    let tokens = tokens(text);
    let end = tokens.iter().rfind(|token| token.kind != TokenKind::Comment).map_or(0, |last| last.span.end);
    error.span.start >= end || error.message.ends_with("is never closed")
}

/// Whether a query ends with a clause that gives nothing by itself.
fn wants_more(query: &Query) -> bool {
    let last = query.unions.last().map_or(&query.first, |(_, part)| part);
    last.clauses.last().is_some_and(|clause| {
        matches!(
            clause.kind,
            ClauseKind::Match(_)
                | ClauseKind::Unwind { .. }
                | ClauseKind::With(_)
                | ClauseKind::Let(_)
                | ClauseKind::Filter(_)
                | ClauseKind::LoadCsv { .. }
                | ClauseKind::Subquery(_)
        )
    })
}

/// Whether a statement ends with one of its words and a subject must follow, or another word of it.
fn wants_subject(text: &str) -> bool {
    let all: Vec<_> = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    if all.last().is_some_and(|last| last.text(text) == ",") {
        return true;
    }
    let written = at_end(text, &all);
    let ends_with_word = written.iter().any(|(_, each)| each.words.last() == Some(&(all.len() - 1)));
    let is_whole = |at: usize| {
        let (_, each) = &written[at];
        each.is_whole()
            && each.definition.signature.last().is_some_and(|last| each.subject.is_some() || word(last).is_some())
    };
    ends_with_word && !(0..written.len()).any(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Completeness) {
        assert_eq!(completeness(text), expected, "{text}");
    }

    #[test]
    fn a_statement_is_whole_when_its_subjects_stand_there() {
        use Completeness::*;
        check("lineage", Incomplete);
        check("lineage from", Incomplete);
        check("lineage from MUJAO to", Incomplete);
        check("lineage from MUJAO to ISGS", Complete);
        check("network of JNIM within", Complete);
        check("network of JNIM as of", Incomplete);
        check("nonsense", Complete);
    }

    #[test]
    fn a_core_query_is_whole_when_it_gives_something() {
        use Completeness::*;
        check("match (n)", Incomplete);
        check("match (n) return", Incomplete);
        check("match (n\n", Incomplete);
        check("match (n) return n", Complete);
        check("match (n);", Complete);
        check("create (n:A)", Complete);
        check("unwind [1, 2] as x", Incomplete);
        check("return 'abc", Incomplete);
        check("match (n))", Complete);
        check("retrun 1 +", Complete);
    }

    #[test]
    fn several_queries_are_whole_when_the_last_is() {
        use Completeness::*;
        check("return 1; match (n)", Incomplete);
        check("return 1; return 2", Complete);
        check("", Blank);
        check("// only words", Blank);
    }
}
