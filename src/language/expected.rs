//! What may come next: what completion offers at a place of a text.

use super::keywords::keyword;
use super::progress::{at_end, is_stop, of_run};
use crate::query::statements::{Definition, Piece, Takes};
use crate::query::syntax::tokens::{Token, TokenKind, tokens};
use crate::query::syntax::{Expected, expected_at_end};

/// Where something is being written, and what it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where the word that is being written begins, in bytes.
    pub start: usize,
    /// What it may be.
    pub wants: Vec<Want>,
}

/// Something that may be written at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Want {
    /// The first words of a statement.
    Statement,
    /// A clause.
    Clause,
    /// These words, in capitals, with what they are: `statement`, `modifier`, `keyword` …
    Words(String, &'static str),
    /// The name of a node; what is written of it begins here.
    Node(usize),
    /// The name of a node within quotes; what is written of it begins after the quote.
    QuotedNode(usize, char),
    /// A word that no graph look-up reads: a measure, an attribute.
    Text,
    /// A source; what is written of it begins here.
    Source(usize),
    /// A label of nodes.
    Label,
    /// A type of relations or a role.
    Type,
    /// The key of a property.
    Key,
    /// A parameter.
    Parameter,
    /// A variable that an earlier clause has bound.
    Variable(String),
    /// A function.
    Function,
    /// One of these columns, with what it holds.
    Column(&'static str, &'static str),
    /// An export format.
    Format,
    /// How a source puts a claim: `asserted` …
    Wording,
}

/// What may be written at the end of a text.
#[must_use]
pub fn place(text: &str) -> Place {
    let all = tokens(text);
    let Some(last) = all.last().copied() else { return asked(text, &all, text.len()) };
    if last.is_unclosed(text) {
        return unclosed(text, last);
    }
    let is_written = last.span.range().end == text.len();
    match last.kind {
        TokenKind::Parameter if is_written => Place { start: last.span.range().start, wants: vec![Want::Parameter] },
        TokenKind::Sign if is_written && last.text(text) == "$" => {
            Place { start: last.span.range().start, wants: vec![Want::Parameter] }
        }
        TokenKind::Word | TokenKind::Number if is_written => {
            let found = asked(text, &all[..all.len() - 1], last.span.range().start);
            if found.wants.is_empty() { inner_word(text, &all) } else { found }
        }
        _ => asked(text, &all, text.len()),
    }
}

/// A word such as `al-Mou`, of which the tokens are several.
fn inner_word(text: &str, all: &[Token]) -> Place {
    let mut at = all.len() - 1;
    while at > 0 && all[at - 1].span.end == all[at].span.start && is_joined(text, all[at - 1]) {
        at -= 1;
    }
    asked(text, &all[..at], all[at].span.range().start)
}

fn is_joined(text: &str, token: Token) -> bool {
    token.kind == TokenKind::Word || matches!(token.text(text), "-" | "." | "’" | "‘" | "‐" | "‑")
}

/// Within quotes: the name of a node, wherever a string may name one.
fn unclosed(text: &str, last: Token) -> Place {
    let start = last.span.range().start;
    let quote = last.text(text).chars().next().unwrap_or('\'');
    let wants = if last.kind == TokenKind::String { vec![Want::QuotedNode(start + 1, quote)] } else { Vec::new() };
    Place { start, wants }
}

/// Asks the grammar what may begin at `start`, after these tokens.
fn asked(text: &str, before: &[Token], start: usize) -> Place {
    let expected = expected_at_end(&text[..start]).unwrap_or_default();
    let progress: Vec<_> = if expected.contains(&Expected::Subject) || expected.contains(&Expected::Clause) {
        at_end(text, before).into_iter().map(|(_, each)| each).collect()
    } else {
        Vec::new()
    };
    let mut asking = Asking { text, before, start, wants: Vec::new() };
    if expected.contains(&Expected::Subject) {
        asking.names(&progress);
    }
    let whole = progress.iter().find(|each| each.is_whole()).map(|each| each.definition);
    // In the middle of a statement nothing else can follow, though the grammar, which knows no statement, would let it.
    let is_open = !progress.is_empty() && whole.is_none();
    for each in expected {
        match each {
            Expected::Subject => {}
            Expected::Clause | Expected::Words(_) if is_open => {}
            Expected::Clause => asking.wants.extend([Want::Statement, Want::Clause]),
            Expected::Words(words) => asking.words(words, whole),
            other => asking.core(&other),
        }
    }
    Place { start, wants: asking.wants }
}

struct Asking<'t> {
    text: &'t str,
    before: &'t [Token],
    start: usize,
    wants: Vec<Want>,
}

impl Asking<'_> {
    /// Names and words of a statement, or names after a modifier that takes some.
    fn names(&mut self, progress: &[super::progress::Progress]) {
        if progress.is_empty() {
            self.modifier_names();
            return;
        }
        for each in progress {
            let word = each.next_word().map(|word| Want::Words(word.to_owned(), "statement"));
            self.add(word);
            match each.due() {
                None => {}
                Some(Piece::Time(_)) => self.add(Some(Want::Words("TODAY".to_owned(), "keyword"))),
                Some(Piece::Statement(_)) => match each.subject {
                    Some(start) => self.names(&of_run(self.text, self.before, start)),
                    None => self.add(Some(Want::Statement)),
                },
                Some(Piece::Text(_) | Piece::Texts(_)) if each.definition.lead() != ["WHO", "IS"] => {
                    self.add(Some(Want::Text));
                }
                Some(_) => {
                    let from = each.subject.map_or(self.start, |at| self.name_from(at));
                    self.add(Some(Want::Node(from)));
                }
            }
        }
    }

    /// Where the name begins that is being written: after the last comma.
    fn name_from(&self, first: usize) -> usize {
        let after_comma = self.before.iter().rposition(|token| token.text(self.text) == ",").map(|at| at + 1);
        let at = after_comma.map_or(first, |after| after.max(first));
        self.before.get(at).map_or(self.start, |token| token.span.range().start)
    }

    fn modifier_names(&mut self) {
        let Some(at) = (0..self.before.len()).rev().find(|at| is_stop(self.text, self.before, *at)) else { return };
        let word = self.before[at].text(self.text).to_uppercase();
        // ACCORDING TO, WITHOUT SOURCE; THROUGH, AVOIDING.
        let (is_source, length) = match word.as_str() {
            "ACCORDING" | "WITHOUT" => (true, 2),
            "THROUGH" | "AVOIDING" => (false, 1),
            _ => return,
        };
        let from = self.name_from(at + length);
        self.wants.push(if is_source { Want::Source(from) } else { Want::Node(from) });
    }

    fn add(&mut self, want: Option<Want>) {
        if let Some(want) = want.filter(|want| !self.wants.contains(want)) {
            self.wants.push(want);
        }
    }

    fn words(&mut self, words: String, statement: Option<&'static Definition>) {
        let takes = |what: Takes| statement.is_none_or(|statement| statement.takes.contains(&what));
        let fits = match words.as_str() {
            "VIA" => statement.is_some() && takes(Takes::Via),
            "WITHIN" => statement.is_some() && takes(Takes::Within),
            _ => true,
        };
        let sort = keyword(&words).map_or("keyword", |keyword| keyword.sort);
        // Clauses are offered as such.
        if fits && sort != "clause" || matches!(words.as_str(), "EXPLAIN" | "PROFILE" | "UNION") {
            self.wants.push(Want::Words(words, sort));
        }
    }

    fn core(&mut self, expected: &Expected) {
        match expected {
            Expected::Expression => {
                self.variables();
                self.wants.push(Want::Function);
                self.wants
                    .extend(["NOT", "CASE", "NULL", "TRUE", "FALSE"].map(|word| Want::Words(word.into(), "keyword")));
            }
            Expected::Variable => self.variables(),
            Expected::Label => {
                self.wants.push(if self.bracket() == Some("(") || self.bracket().is_none() && !self.is_via() {
                    Want::Label
                } else {
                    Want::Type
                });
            }
            Expected::Name => self.name(),
            _ => {}
        }
    }

    /// A name, by the word that asks for it.
    fn name(&mut self) {
        if self.before.last().is_some_and(|last| last.text(self.text) == ".") {
            self.wants.push(Want::Key);
            return;
        }
        let asks = |at: &usize| ["YIELD", "EXPORT", "WORDED", "CALL", "AS"].iter().any(|word| self.is_word(*at, word));
        let Some(at) = (0..self.before.len()).rev().find(asks) else { return };
        match self.before[at].text(self.text).to_uppercase().as_str() {
            "YIELD" => self.columns(at),
            "EXPORT" => self.wants.push(Want::Format),
            "WORDED" => self.wants.push(Want::Wording),
            _ => {}
        }
    }

    fn columns(&mut self, at: usize) {
        for (word, _) in super::progress::statements_before(self.text, &self.before[..at]).into_iter().take(1) {
            self.wants.extend(word.columns.iter().map(|(name, meaning)| Want::Column(name, meaning)));
        }
    }

    /// What may be a variable: the words of the query that are no keywords, and the columns of its statements.
    fn variables(&mut self) {
        let part = self.before.iter().rposition(|token| token.kind == TokenKind::Semicolon).map_or(0, |at| at + 1);
        let mut found: Vec<String> = Vec::new();
        for at in part..self.before.len() {
            let previous = at.checked_sub(1).map_or("", |before| self.before[before].text(self.text));
            let is_bound = self.before[at].kind == TokenKind::Word
                && (matches!(previous, "(" | "[") || previous.eq_ignore_ascii_case("as") && !self.is_word(at, "of"));
            let is_path = self.before.get(at + 1).is_some_and(|next| next.text(self.text) == "=");
            let name = self.before[at].text(self.text);
            if (is_bound || is_path && self.before[at].kind == TokenKind::Word && previous != ".")
                && keyword(name).is_none()
                && !found.iter().any(|known| known == name)
            {
                found.push(name.to_owned());
            }
        }
        for (statement, is_yielded) in super::progress::statements_before(self.text, self.before) {
            if !is_yielded {
                self.wants.extend(statement.columns.iter().map(|(name, meaning)| Want::Column(name, meaning)));
            }
        }
        self.wants.extend(found.into_iter().map(Want::Variable));
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.before[at].kind == TokenKind::Word && self.before[at].text(self.text).eq_ignore_ascii_case(word)
    }

    fn is_via(&self) -> bool {
        let is_sign = |token: &&Token| matches!(token.text(self.text), "|" | "!" | "&" | ":");
        let mut at = self.before.len();
        while let Some(before) = at.checked_sub(1) {
            if self.is_word(before, "via") {
                return true;
            }
            // Names and signs of the expression on types.
            let is_inner = is_sign(&&self.before[before])
                || before.checked_sub(1).is_some_and(|it| is_sign(&&self.before[it]) || self.is_word(it, "via"));
            if !is_inner {
                return false;
            }
            at = before;
        }
        false
    }

    /// The innermost bracket that is open.
    fn bracket(&self) -> Option<&str> {
        let mut depth = 0usize;
        for token in self.before.iter().rev() {
            match token.kind {
                TokenKind::Closing => depth += 1,
                TokenKind::Opening if depth == 0 => return Some(token.text(self.text)),
                TokenKind::Opening => depth -= 1,
                TokenKind::Semicolon => return None,
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wants: &[Want]) {
        let found = place(text);
        for want in wants {
            assert!(found.wants.contains(want), "{want:?} is missing at `{text}`: {found:?}");
        }
    }

    fn word(word: &str, sort: &'static str) -> Want {
        Want::Words(word.to_owned(), sort)
    }

    #[test]
    fn a_query_begins_with_a_statement_or_a_clause() {
        check("", &[Want::Statement, Want::Clause]);
        check("lin", &[Want::Statement]);
        assert_eq!(place("lin").start, 0);
        check("match (n) ", &[Want::Statement, Want::Clause, word("AS OF", "modifier"), word("WHERE", "keyword")]);
    }

    #[test]
    fn a_statement_asks_for_its_words_and_names() {
        check("lineage ", &[word("FROM", "statement"), word("OF", "statement")]);
        check("lineage from MU", &[Want::Node(13)]);
        check("lineage from MUJAO ", &[Want::Node(13), word("TO", "statement")]);
        check("lineage from MUJAO to al-Mou", &[Want::Node(22)]);
        check("network of JNIM ", &[word("WITHIN", "modifier"), word("VIA", "modifier"), word("YIELD", "keyword")]);
        check("match (g:ArmedGroup) rivals of ", &[Want::Node(31)]);
        assert!(!place("lineage from MUJAO ").wants.contains(&Want::Clause), "the statement is not done");
        assert!(!place("who is JNIM ").wants.contains(&word("WITHIN", "modifier")), "it takes no hops");
    }

    #[test]
    fn a_statement_in_a_statement_asks_for_its_own() {
        check("changes in ", &[Want::Statement]);
        check("changes in allies of ", &[Want::Node(21)]);
        check("changes in allies of MNLA ", &[word("FROM", "statement"), Want::Node(21)]);
        check("compare JNIM, ", &[Want::Node(14)]);
        check("compare JNIM, HTS on ", &[Want::Text]);
    }

    #[test]
    fn modifiers_ask_for_sources_types_and_dates() {
        check("network of JNIM according to wei", &[Want::Source(29)]);
        check("network of JNIM via lin", &[Want::Type]);
        check("network of JNIM via lineage|", &[Want::Type]);
        check("network of JNIM as of ", &[word("TODAY", "keyword")]);
        check("network of JNIM export ", &[Want::Format]);
        check("network of JNIM worded ", &[Want::Wording]);
    }

    #[test]
    fn core_queries_ask_for_labels_types_keys_variables_and_functions() {
        check("match (n:Ar", &[Want::Label]);
        check("match (n)-[r:", &[Want::Type]);
        check("match (n)-[:LED|", &[Want::Type]);
        check("match (n) where n.", &[Want::Key]);
        check("match (n) where n:", &[Want::Label]);
        check(
            "match (n)-[r]-(m) return ",
            &[Want::Variable("n".into()), Want::Variable("r".into()), Want::Function, word("DISTINCT", "keyword")],
        );
        check("match (g:ArmedGroup 'Kati", &[Want::QuotedNode(21, '\'')]);
        check("return $na", &[Want::Parameter]);
        assert!(place("match (n)-[r:").wants.iter().all(|want| *want == Want::Type));
    }

    #[test]
    fn the_columns_of_a_statement_are_known_after_it() {
        let columns = |text: &str| place(text).wants.iter().filter(|want| matches!(want, Want::Column(..))).count();
        assert_eq!(columns("network of JNIM yield "), columns("network of JNIM return "));
        assert!(columns("network of JNIM yield ") > 3);
        assert_eq!(columns("network of JNIM yield node return "), 0);
    }
}
