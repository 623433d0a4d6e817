//! A first look at the text, before pest: strings, comments, brackets and semicolons.
//!
//! It cuts a text into statements at `;`, measures how deeply each is nested (so that no text can exhaust the stack),
//! and finds what has a beginning and no end, which a grammar can only report at the end of the text. It reads strings
//! by the same rule as `grammar/lexical.pest`: an apostrophe between two characters of words belongs to the word,
//! unless the word is a keyword behind which a string may stand (the grammar's rule `quotable`).

use super::errors::{SyntaxError, SyntaxErrorKind};
use super::grammar::{Rule, is_whole};
use crate::source::Span;
use std::ops::Range;

/// Words that are operators or begin something, so that an operand follows them, and not END.
const OPERAND_FOLLOWS: [&str; 17] = [
    "return", "with", "in", "and", "or", "xor", "not", "where", "when", "then", "else", "case", "by", "unwind",
    "contains", "distinct", "skip",
];

/// One statement of a text, up to its `;`.
#[derive(Debug)]
pub(super) struct Segment {
    /// Its bytes, without the semicolon.
    pub(super) range: Range<usize>,
    /// The most brackets, CASEs and signs in a row that are open at once.
    pub(super) depth: usize,
    /// The innermost opening.
    pub(super) deepest: Span,
    /// Whether there is anything but space and comments.
    pub(super) blank: bool,
    /// Unclosed and unbalanced things; empty for a text that may be parsed.
    pub(super) faults: Vec<SyntaxError>,
}

/// What the first look found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The statements.
    pub(super) segments: Vec<Segment>,
    /// The comments, in order.
    pub(super) comments: Vec<Range<usize>>,
}

impl Scan {
    /// The end of the text before `end` without trailing space and comments.
    pub(super) fn trim_end(&self, text: &str, start: usize, mut end: usize) -> usize {
        loop {
            end = start + text[start..end].trim_end_matches(is_space).len();
            let at = self.comments.partition_point(|comment| comment.end < end);
            match self.comments.get(at) {
                Some(comment) if comment.end == end && comment.start >= start => end = comment.start,
                _ => return end,
            }
        }
    }
}

impl Scan {
    /// The first byte from `at` on that is neither space nor comment; `end` if there is none.
    pub(super) fn skip_trivia(&self, text: &str, mut at: usize, end: usize) -> usize {
        loop {
            at = end - text[at..end].trim_start_matches(is_space).len();
            let next = self.comments.partition_point(|comment| comment.start < at);
            match self.comments.get(next) {
                Some(comment) if comment.start == at && comment.end <= end => at = comment.end,
                _ => return at,
            }
        }
    }
}

/// The innermost bracket that is open at the end of a text.
pub(super) fn innermost_bracket(text: &str) -> Option<char> {
    let mut scanner = Scanner::new(text);
    while scanner.at < text.len() {
        scanner.step();
    }
    scanner.open.iter().rev().find(|(what, ..)| *what != b'c').map(|(what, ..)| char::from(*what))
}

/// White space as `WHITESPACE` of the grammar has it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// A character of a name or word, as `name_part` of the grammar has it.
pub(super) fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() && pest::unicode::XID_CONTINUE(c)
}

/// Looks through a text once.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner::new(text);
    while scanner.at < text.len() {
        scanner.step();
    }
    scanner.end_segment();
    scanner.found
}

/// Where the first statement of a text ends: behind its `;`, or with the text. Takes no longer than that statement is.
pub fn statement_end(text: &str) -> usize {
    let mut scanner = Scanner::new(text);
    while scanner.at < text.len() && scanner.found.segments.is_empty() {
        scanner.step();
    }
    scanner.at
}

impl Segment {
    fn at(start: usize) -> Self {
        Self { range: start..start, depth: 0, deepest: Span::new(start, start), blank: true, faults: Vec::new() }
    }
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    found: Scan,
    segment: Segment,
    /// What is open: `(`, `[`, `{`, or `c` for CASE; where; and the depth before it.
    open: Vec<(u8, usize, usize)>,
    /// Whether the last token ended an operand, so that END would close a CASE and is no variable.
    operand: bool,
    /// How many signs and NOTs came last: each is a level of the tree.
    prefixes: usize,
    /// How deep the innermost opening is, signs and NOTs before it included.
    depth: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        let (found, segment, open) = (Scan::default(), Segment::at(0), Vec::new());
        Self { text, at: 0, found, segment, open, operand: false, prefixes: 0, depth: 0 }
    }

    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let byte = rest.as_bytes()[0];
        match byte {
            b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
            b'/' if rest.starts_with("//") => self.comment(rest.find(['\n', '\r']).unwrap_or(rest.len())),
            b'/' if rest.starts_with("/*") => match rest[2..].find("*/") {
                Some(length) => self.comment(length + 4),
                None => self.unclosed("comment", "close it with `*/`"),
            },
            b'\'' | b'"' => self.string(byte),
            b'`' => self.backticked(),
            b'(' | b'[' | b'{' => self.opening(byte),
            b')' | b']' | b'}' => self.closing(byte),
            b';' => {
                self.end_segment();
                self.at += 1;
                self.segment = Segment::at(self.at);
            }
            _ => self.word_or_sign(),
        }
    }

    fn token(&mut self, length: usize, operand: bool) {
        let token = &self.text[self.at..self.at + length];
        let is_prefix = matches!(token, "-" | "+" | "!") || token.eq_ignore_ascii_case("not");
        self.prefixes = if is_prefix { self.prefixes + 1 } else { 0 };
        if is_prefix {
            self.measure(self.at, length);
        }
        self.segment.blank = false;
        self.at += length;
        self.operand = operand;
    }

    fn comment(&mut self, length: usize) {
        self.found.comments.push(self.at..self.at + length);
        self.at += length;
    }

    fn unclosed(&mut self, what: &str, hint: &str) {
        let opening = Span::new(self.at, self.at + if what == "comment" { 2 } else { 1 });
        let fault = SyntaxError::new(SyntaxErrorKind::Unclosed, opening, format!("this {what} has no end")).hint(hint);
        self.segment.faults.push(fault);
        self.token(self.text.len() - self.at, true);
    }

    fn string(&mut self, quote: u8) {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        while end < bytes.len() && bytes[end] != quote {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        if end < bytes.len() {
            self.token(end + 1 - self.at, true);
        } else if quote == b'"' {
            self.unclosed("string", "close it with `\"`");
        } else {
            self.unclosed("string", "close it with `'`; an apostrophe within a string is written `\\'`");
        }
    }

    fn backticked(&mut self) {
        let rest = &self.text[self.at + 1..];
        let mut end = 0;
        loop {
            match rest[end..].find('`') {
                Some(found) if rest[end + found + 1..].starts_with('`') => end += found + 2,
                Some(found) => return self.token(end + found + 2, true),
                None => return self.unclosed("name in backticks", "close it with a backtick"),
            }
        }
    }

    fn opening(&mut self, bracket: u8) {
        self.open_at(bracket, self.at, 1);
        self.token(1, false);
    }

    fn open_at(&mut self, what: u8, at: usize, length: usize) {
        self.open.push((what, at, self.depth));
        self.depth += self.prefixes + 1;
        self.prefixes = 0;
        self.measure(at, length);
    }

    fn close(&mut self) {
        if let Some((_, _, before)) = self.open.pop() {
            self.depth = before;
        }
    }

    fn measure(&mut self, at: usize, length: usize) {
        let depth = self.depth + self.prefixes;
        if depth > self.segment.depth {
            self.segment.depth = depth;
            self.segment.deepest = Span::new(at, at + length);
        }
    }

    fn closing(&mut self, bracket: u8) {
        let wanted = match bracket {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        // A CASE without END is the grammar's to report; here it must not hide the bracket.
        while self.open.last().is_some_and(|(what, ..)| *what == b'c') {
            self.close();
        }
        let here = Span::new(self.at, self.at + 1);
        match self.open.last().copied() {
            Some((what, ..)) if what == wanted => {
                self.close();
            }
            other => self.unbalanced(bracket, wanted, here, other),
        }
        self.token(1, true);
    }

    fn unbalanced(&mut self, bracket: u8, wanted: u8, here: Span, innermost: Option<(u8, usize, usize)>) {
        let closing = char::from(bracket);
        let fault = |message| SyntaxError::new(SyntaxErrorKind::Unbalanced, here, message);
        let fault = if let Some((what, at, _)) = innermost {
            let opening = char::from(what);
            fault(format!("`{closing}` does not close `{opening}`"))
                .note(Span::new(at, at + 1), format!("`{opening}` was opened here"))
        } else {
            fault(format!("`{closing}` closes nothing"))
                .hint(format!("remove it, or open it with `{}`", char::from(wanted)))
        };
        self.segment.faults.push(fault);
        // The nearest opening that fits is taken as its partner, so that one slip gives one message.
        if let Some(at) = self.open.iter().rposition(|(what, ..)| *what == wanted) {
            self.depth = self.open[at].2;
            self.open.truncate(at);
        }
    }

    fn end_segment(&mut self) {
        let unclosed = std::mem::take(&mut self.open).into_iter().rfind(|(what, ..)| *what != b'c');
        // A string without an end may have swallowed the closing bracket; it is enough to report the string.
        if let (Some((what, at, _)), true) = (unclosed, self.segment.faults.is_empty()) {
            let (opening, closing) = match what {
                b'(' => ('(', ')'),
                b'[' => ('[', ']'),
                _ => ('{', '}'),
            };
            let fault = SyntaxError::new(
                SyntaxErrorKind::Unbalanced,
                Span::new(at, at + 1),
                format!("`{opening}` is never closed"),
            );
            self.segment.faults.push(fault.hint(format!("close it with `{closing}`")));
        }
        (self.operand, self.prefixes, self.depth) = (false, 0, 0);
        let mut ended = std::mem::replace(&mut self.segment, Segment::at(self.at));
        ended.range.end = self.at;
        self.found.segments.push(ended);
    }

    fn word_or_sign(&mut self) {
        let rest = &self.text[self.at..];
        let length: usize = rest.chars().take_while(|c| is_name_part(*c)).map(char::len_utf8).sum();
        if length == 0 {
            let sign = rest.chars().next().map_or(1, char::len_utf8);
            if rest.starts_with(is_space) {
                self.at += sign;
            } else {
                self.token(sign, false);
            }
            return;
        }
        let word = &rest[..length];
        let is_key = self.text[..self.at].ends_with(['.', ':', '$']);
        let lists = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        if !is_key && word.eq_ignore_ascii_case("case") {
            self.open_at(b'c', self.at, length);
        } else if !is_key
            && self.operand
            && word.eq_ignore_ascii_case("end")
            && self.open.last().is_some_and(|(what, ..)| *what == b'c')
        {
            self.close();
        }
        let mut length = length;
        if rest[length..].starts_with('\'') && !is_whole(Rule::quotable, word) {
            // The apostrophes of Jama'at begin no string.
            while let Some(tail) = rest[length..].strip_prefix('\'') {
                let more: usize = tail.chars().take_while(|c| is_name_part(*c)).map(char::len_utf8).sum();
                if more == 0 {
                    break;
                }
                length += 1 + more;
            }
        }
        let operand = is_key || self.open.is_empty() || !lists(&OPERAND_FOLLOWS);
        self.token(length, operand);
    }
}

/// The pieces of a text as the scanner steps through it, without space: strings, comments, names, words, signs.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut scanner = Scanner::new(text);
    let mut pieces = Vec::new();
    while scanner.at < text.len() {
        let start = scanner.at;
        scanner.step();
        if !text[start..scanner.at].trim_matches(is_space).is_empty() {
            pieces.push(start..scanner.at);
        }
    }
    pieces
}
