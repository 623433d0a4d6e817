//! How far a statement has been written: which of its words and subjects stand there, and which come next.

use super::keywords::ends_subject;
use crate::query::statements::{ALL, Definition, Piece};
use crate::query::syntax::ast::{ClauseKind, StatementItemKind};
use crate::query::syntax::parse_query;
use crate::query::syntax::tokens::{Token, TokenKind};

/// What comes next of a statement's signature, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The rest of the word that is being written, and what follows: `age FROM a TO b`.
    pub rest: String,
    /// How much of it are words, which can be taken over: `age FROM `.
    pub words: String,
}

/// A statement at the end of a text, as far as it is written.
#[derive(Clone)]
pub(super) struct Progress {
    /// Which statement.
    pub(super) definition: &'static Definition,
    /// The piece of its signature that is being written: the next word, or a subject.
    pub(super) piece: usize,
    /// Where the subject that is being written begins, as the number of a token; none where no token of it is there.
    pub(super) subject: Option<usize>,
    /// The tokens that are words of the signature.
    pub(super) words: Vec<usize>,
}

impl Progress {
    /// The word that may come next: the next piece, or the one after a subject of which something stands there.
    pub(super) fn next_word(&self) -> Option<&'static str> {
        let next = if self.subject.is_some() { self.piece + 1 } else { self.piece };
        self.definition.signature.get(next).and_then(word)
    }

    /// Whether a subject is due or being written here.
    pub(super) fn takes_subject(&self) -> bool {
        self.due().is_some()
    }

    /// The subject that is due or being written.
    pub(super) fn due(&self) -> Option<&'static Piece> {
        self.definition.signature.get(self.piece).filter(|piece| word(piece).is_none())
    }

    /// Whether all of the signature stands there.
    pub(super) fn is_whole(&self) -> bool {
        let length = self.definition.signature.len();
        self.piece == length || self.piece + 1 == length && self.subject.is_some()
    }
}

pub(super) fn word(piece: &Piece) -> Option<&'static str> {
    match piece {
        Piece::Word(word) => Some(word),
        _ => None,
    }
}

/// Every statement that the tokens at the end of a text can be, from the token where it begins. The tokens hold no
/// word that is being written.
pub(super) fn at_end(text: &str, tokens: &[Token]) -> Vec<(usize, Progress)> {
    let run = run_at_end(text, tokens);
    let starts = run..tokens.len();
    let found = starts.map(|start| (start, of_run(text, tokens, start))).find(|(_, found)| !found.is_empty());
    found.into_iter().flat_map(|(start, found)| found.into_iter().map(move |each| (start, each))).collect()
}

/// Where the run of words at the end begins that no clause word or modifier interrupts.
fn run_at_end(text: &str, tokens: &[Token]) -> usize {
    let mut depth = 0usize;
    for at in (0..tokens.len()).rev() {
        match tokens[at].kind {
            TokenKind::Closing => depth += 1,
            TokenKind::Opening if depth == 0 => return at + 1,
            TokenKind::Opening => depth -= 1,
            TokenKind::Semicolon => return at + 1,
            TokenKind::Word if depth == 0 && is_stop(text, tokens, at) => return at + 1,
            _ => {}
        }
    }
    0
}

/// Whether a token ends the run of a statement's words.
pub(super) fn is_stop(text: &str, tokens: &[Token], at: usize) -> bool {
    tokens[at].kind == TokenKind::Word
        && ends_subject(tokens[at].text(text), tokens.get(at + 1).map(|next| next.text(text)))
}

/// The statements that the tokens from `start` to the end can be.
pub(super) fn of_run(text: &str, tokens: &[Token], start: usize) -> Vec<Progress> {
    ALL.iter().filter_map(|definition| of_definition(text, tokens, start, definition)).collect()
}

fn of_definition(text: &str, tokens: &[Token], start: usize, definition: &'static Definition) -> Option<Progress> {
    let mut progress = Progress { definition, piece: 0, subject: None, words: Vec::new() };
    for (at, token) in tokens.iter().enumerate().skip(start) {
        let is = |wanted: &str| token.kind == TokenKind::Word && token.text(text).eq_ignore_ascii_case(wanted);
        let next = progress.next_word();
        if next.is_some_and(is) {
            progress.piece += if progress.subject.take().is_some() { 2 } else { 1 };
            progress.words.push(at);
        } else if progress.takes_subject() {
            progress.subject.get_or_insert(at);
        } else {
            return None;
        }
    }
    (!progress.words.is_empty()).then_some(progress)
}

/// The statements of the last query among the tokens, the last first, each with whether a YIELD follows it.
pub(super) fn statements_before(text: &str, tokens: &[Token]) -> Vec<(&'static Definition, bool)> {
    let mut found = Vec::new();
    let mut end = tokens.len();
    let mut is_yielded = false;
    while end > 0 && tokens[end - 1].kind != TokenKind::Semicolon {
        let whole = at_end(text, &tokens[..end]).into_iter().find(|(_, each)| each.is_whole());
        if let Some((_, progress)) = whole {
            found.push((progress.definition, is_yielded));
        }
        // Back to before the word that ended the run, which may be one of the statement before it.
        let start = run_at_end(text, &tokens[..end]).saturating_sub(1);
        is_yielded = tokens[start].text(text).eq_ignore_ascii_case("yield");
        if start >= end {
            break;
        }
        end = start;
    }
    found
}

/// What comes next of the statements that a text may be the beginning of; none where nothing is known.
#[must_use]
pub fn signature_hint(text: &str) -> Option<Signature> {
    let all = crate::query::syntax::tokens::tokens(text);
    let last = all.last()?;
    let is_written = last.span.range().end == text.len() && last.kind == TokenKind::Word;
    let before = if is_written { &all[..all.len() - 1] } else { &all[..] };
    let written = if is_written { last.text(text) } else { "" };
    let in_place = text.ends_with(char::is_whitespace) || is_written;
    if !in_place {
        return None;
    }
    let candidates = at_end(text, before);
    if before.is_empty() || candidates.is_empty() {
        // The first word of a statement.
        let is_start = before.is_empty() || before.last().is_some_and(|last| last.kind == TokenKind::Semicolon);
        return if is_start && written.len() > 1 { first_of(written, 0, ALL.iter().copied()) } else { None };
    }
    let best = candidates.iter().map(|(_, each)| each);
    let mut due = best.filter(|each| each.next_word().is_some_and(|next| starts(next, written)));
    if let Some(progress) = due.next() {
        let next = if progress.subject.is_some() { progress.piece + 1 } else { progress.piece };
        return Some(rest_of(progress.definition, next, written));
    }
    let (_, open) = candidates.iter().find(|(_, each)| each.takes_subject() && each.subject.is_none())?;
    written.is_empty().then(|| rest_of(open.definition, open.piece, ""))
}

fn starts(word: &str, written: &str) -> bool {
    word.len() >= written.len()
        && word.is_char_boundary(written.len())
        && word[..written.len()].eq_ignore_ascii_case(written)
}

fn first_of(written: &str, piece: usize, mut all: impl Iterator<Item = &'static Definition>) -> Option<Signature> {
    let fits = |each: &&'static Definition| word(&each.signature[piece]).is_some_and(|first| starts(first, written));
    all.find(fits).map(|definition| rest_of(definition, piece, written))
}

/// The signature from a piece on, less what is written of it, in the writer's case.
fn rest_of(definition: &'static Definition, piece: usize, written: &str) -> Signature {
    let lower = !written.chars().any(char::is_uppercase);
    let cased = |word: &str| if lower { word.to_lowercase() } else { word.to_owned() };
    let pieces = &definition.signature[piece..];
    let all: Vec<String> = pieces.iter().map(|each| word(each).map_or_else(|| shown(each), cased)).collect();
    let words: Vec<String> = pieces.iter().map_while(word).map(cased).collect();
    let cut = |text: String| text.get(written.len()..).unwrap_or("").to_owned();
    let is_open = words.len() < all.len();
    let words = cut(words.join(" ")) + if is_open && !words.is_empty() { " " } else { "" };
    Signature { rest: cut(all.join(" ")), words }
}

/// A subject in a hint.
fn shown(piece: &Piece) -> String {
    match piece {
        Piece::Subjects(name) | Piece::Texts(name) => format!("{name}, …"),
        other => other.name().to_owned(),
    }
}

/// Whether a name can be written without quotes as the subject of a statement: it is read back as the same words.
#[must_use]
pub fn is_bare_name(name: &str) -> bool {
    let Ok(query) = parse_query(&format!("WHO IS {name}")) else { return false };
    let [clause] = query.first.clauses.as_slice() else { return false };
    let ClauseKind::Statement(statement) = &clause.kind else { return false };
    let words = statement.items.iter().map(|item| match &item.kind {
        StatementItemKind::Word(word) => Some(word.as_str()),
        _ => None,
    });
    let Some(words) = words.collect::<Option<Vec<_>>>() else { return false };
    !name.is_empty()
        && query.unions.is_empty()
        && statement.modifiers.is_empty()
        && words.get(2..).is_some_and(|rest| rest.join(" ") == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str) -> String {
        signature_hint(text).map(|hint| hint.rest).unwrap_or_default()
    }

    #[test]
    fn the_rest_of_a_signature_is_known_while_it_is_written() {
        assert_eq!(hint("lin"), "eage from a to b");
        assert_eq!(hint("lineage "), "FROM a TO b".to_lowercase());
        assert_eq!(hint("LINEAGE FR"), "OM a TO b");
        assert_eq!(hint("lineage from "), "a TO b".replace("TO", "to"));
        assert_eq!(hint("lineage from MUJAO "), "to b");
        assert_eq!(hint("lineage from MUJAO t"), "o b");
        assert_eq!(hint("lineage o"), "f a");
        assert_eq!(hint("lineage of JNIM "), "");
        assert_eq!(hint("match (g) ri"), "");
        assert_eq!(hint("match (g:ArmedGroup) rivals "), "of a");
    }

    #[test]
    fn only_words_of_a_hint_can_be_taken_over() {
        let hint = signature_hint("groups sh").expect("a statement");
        assert_eq!(hint.words, "aring network of ");
        assert_eq!(signature_hint("lineage from ").expect("a subject").words, "");
    }

    #[test]
    fn names_with_words_of_the_language_need_quotes() {
        for name in
            ["JNIM", "Iyad Ag Ghali", "al-Mourabitoun", "Jama'at Nusrat al-Islam", "Movement for Oneness and Jihad"]
        {
            assert!(is_bare_name(name), "{name}");
        }
        for name in ["Peace during war", "G5 (Sahel)", "a, b", "O' Neil", "War / Peace", ""] {
            assert!(!is_bare_name(name), "{name}");
        }
    }
}
