//! Text that people wrote, and places in it.
//!
//! A [`Source`] is one text with a name (a file, or `<query>`); a [`Span`] is a range of bytes in it. Everything
//! that griot reads, queries and knowledge-base files alike, keeps its spans, so that every fault can be shown where
//! it stands. This module knows nothing of what the texts mean.

use std::fmt;
use std::ops::Range;

/// A half-open range of bytes in a source text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`. Texts are shorter than 4 GiB; longer offsets saturate.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clip(start), end: clip(end) }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span so many bytes further on, or back where that is negative.
    #[must_use]
    pub fn moved(self, by: i64) -> Self {
        let moved = |at: u32| u32::try_from((i64::from(at) + by).max(0)).unwrap_or(u32::MAX);
        Self { start: moved(self.start), end: moved(self.end) }
    }

    /// As a range for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span; empty if it lies outside.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A thing and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A thing with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// One text with a name.
#[derive(Clone, Debug)]
pub struct Source {
    /// What the text is called in messages: a path, or `<query>`.
    pub name: String,
    /// The text.
    pub text: String,
    /// The number of its first line: 1, unless it is a part of a longer text.
    pub first_line: usize,
    line_starts: Vec<u32>,
}

impl Source {
    /// Takes a part of a text that begins at a line with this number.
    #[must_use]
    pub fn excerpt(name: impl Into<String>, text: impl Into<String>, first_line: usize) -> Self {
        Self { first_line, ..Self::new(name, text) }
    }

    /// Takes a text and finds its lines.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let after_newline =
            text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| Span::new(i + 1, 0).start);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        Self { name: name.into(), text, first_line: 1, line_starts }
    }

    /// Line and column of a byte offset. Offsets past the end give the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_starts[line - 1] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(end.saturating_sub(start), |part| part.chars().count()) + 1;
        Position { line: line + self.first_line - 1, column }
    }
}
