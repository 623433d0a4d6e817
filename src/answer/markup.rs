//! Text that says what its parts mean, not how they look. The shell decides on colours, the exports on nothing: they
//! take the plain text.

use std::fmt;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// Nothing in particular.
    Plain,
    /// The name of a node.
    Name,
    /// The title of a source.
    Title,
    /// The label or kind of a node.
    Kind,
    /// A relation type, with its arrow.
    Relation,
    /// A date or a span of dates.
    Date,
    /// A number.
    Number,
    /// "certain".
    Certain,
    /// "possible".
    Possible,
    /// "disputed".
    Disputed,
    /// The number of a citation.
    Citation,
    /// Of lesser weight: null, a locator, a count of what is not shown.
    Dim,
    /// The head of a column or section.
    Heading,
}

/// A piece of text and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// What it is.
    pub meaning: Meaning,
}

/// Pieces of text in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// The pieces; none is empty.
    pub pieces: Vec<Piece>,
}

impl Markup {
    /// One piece.
    #[must_use]
    pub fn of(meaning: Meaning, text: impl Into<String>) -> Self {
        let mut markup = Self::default();
        markup.push(meaning, text);
        markup
    }

    /// Adds a piece, unless it is empty.
    pub fn push(&mut self, meaning: Meaning, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push(Piece { text, meaning });
        }
    }

    /// Adds a piece that means nothing in particular.
    pub fn plain(&mut self, text: impl Into<String>) {
        self.push(Meaning::Plain, text);
    }

    /// Adds all pieces of another.
    pub fn append(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    /// Without blank pieces at either end.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        let is_blank = |piece: &Piece| piece.text.trim().is_empty();
        while self.pieces.last().is_some_and(is_blank) {
            self.pieces.pop();
        }
        let blank = self.pieces.iter().take_while(|piece| is_blank(piece)).count();
        self.pieces.drain(..blank);
        self
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| f.write_str(&piece.text))
    }
}
