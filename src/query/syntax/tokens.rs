//! A text as tokens, complete or not: for a prompt that colours it, and asks what may come next.
//!
//! Tokens are what the scan before pest sees, so strings, comments and apostrophes are read by the very rule of the
//! grammar. What a word *means* (keyword, statement, name) is not known here.

use super::scan::{is_name_part, pieces, scan};
use crate::source::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, digits and inner apostrophes, beginning with no digit.
    Word,
    /// Something that begins with a digit.
    Number,
    /// A string, with its quotes; without the last one if it has no end.
    String,
    /// A name in backticks.
    Backticked,
    /// `$name`.
    Parameter,
    /// A comment.
    Comment,
    /// One of `( [ {`.
    Opening,
    /// One of `) ] }`.
    Closing,
    /// `;`.
    Semicolon,
    /// Any other sign.
    Sign,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

impl Token {
    /// Its text.
    #[must_use]
    pub fn text(self, whole: &str) -> &str {
        self.span.of(whole)
    }

    /// Whether it is a string, comment or backticked name that has no end.
    #[must_use]
    pub fn is_unclosed(self, whole: &str) -> bool {
        let text = self.text(whole);
        match self.kind {
            TokenKind::String | TokenKind::Backticked => !is_closed(text),
            TokenKind::Comment => text.starts_with("/*") && !(text.len() >= 4 && text.ends_with("*/")),
            _ => false,
        }
    }
}

/// Whether a quoted text ends with the quote that it begins with, and not with an escaped one.
fn is_closed(text: &str) -> bool {
    let quote = text.chars().next().unwrap_or('\'');
    let inner = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner.is_some_and(|inner| quote == '`' || inner.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0)
}

/// The tokens of a text, in order, without the space between them.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for piece in pieces(text) {
        let span = Span::new(piece.start, piece.end);
        let kind = kind_of(&text[piece]);
        match found.last_mut() {
            // `$name` is scanned as a sign and a word.
            Some(last) if last.span.end == span.start && last.text(text) == "$" && is_named(kind) => {
                *last = Token { span: last.span.to(span), kind: TokenKind::Parameter };
            }
            _ => found.push(Token { span, kind }),
        }
    }
    found
}

fn is_named(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Backticked)
}

fn kind_of(text: &str) -> TokenKind {
    if text.starts_with("//") || text.starts_with("/*") {
        return TokenKind::Comment;
    }
    match text.chars().next() {
        Some('\'' | '"') => TokenKind::String,
        Some('`') => TokenKind::Backticked,
        Some('(' | '[' | '{') => TokenKind::Opening,
        Some(')' | ']' | '}') => TokenKind::Closing,
        Some(';') => TokenKind::Semicolon,
        Some(first) if first.is_ascii_digit() => TokenKind::Number,
        Some(first) if is_name_part(first) => TokenKind::Word,
        _ => TokenKind::Sign,
    }
}

/// The queries of a text, each with its place and without its semicolon; pieces of space and comments are left out.
#[must_use]
pub fn queries(text: &str) -> Vec<Span> {
    let segments = scan(text).segments;
    segments.iter().filter(|each| !each.blank).map(|each| Span::new(each.range.start, each.range.end)).collect()
}

/// Whether the last query of a text is ended by a semicolon, and nothing but space and comments follows.
#[must_use]
pub fn is_ended(text: &str) -> bool {
    let last = tokens(text).into_iter().rfind(|token| token.kind != TokenKind::Comment);
    last.is_some_and(|token| token.kind == TokenKind::Semicolon)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, TokenKind)]) {
        let found: Vec<_> = tokens(text).into_iter().map(|token| (token.text(text), token.kind)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_keep_their_apostrophes_and_strings_their_quotes() {
        use TokenKind::*;
        check("network of Jama'at 'x y'", &[("network", Word), ("of", Word), ("Jama'at", Word), ("'x y'", String)]);
        check("n.name = $who", &[("n", Word), (".", Sign), ("name", Word), ("=", Sign), ("$who", Parameter)]);
        check(
            "(`a b`); // c",
            &[("(", Opening), ("`a b`", Backticked), (")", Closing), (";", Semicolon), ("// c", Comment)],
        );
    }

    #[test]
    fn what_has_no_end_is_known() {
        let unclosed = |text: &str| tokens(text).last().is_some_and(|token| token.is_unclosed(text));
        assert!(unclosed("return 'abc") && unclosed(r"return 'abc\'") && unclosed("return '") && unclosed("/* abc"));
        assert!(!unclosed("return 'abc'") && !unclosed(r"return 'abc\\'") && !unclosed("/* abc */"));
        assert!(unclosed("/*/"));
    }

    #[test]
    fn queries_are_cut_at_semicolons_outside_strings() {
        let text = "return ';'; // none\n ; return 2";
        let parts: Vec<&str> = queries(text).iter().map(|span| text[span.range()].trim()).collect();
        assert_eq!(parts, ["return ';'", "return 2"]);
        assert!(is_ended("return 1; // done") && !is_ended("return ';'"));
    }
}
