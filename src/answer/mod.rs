//! What a query gives: a table, and behind it the subgraph that it was drawn from, the claims that it rests on, and
//! messages.
//!
//! An [`Answer`] stands by itself: rows hold handles, and its [`Evidence`] owns everything that those handles mean, so
//! that no renderer needs the graph. It knows what a piece of text *means* ([`Markup`]), never how it is coloured or
//! laid out; that is the shell's and the exports' business. Filled by `query::run`, read by `export` and `shell`.
//!
//! Invariant: every handle in `rows` and `citations` has its record in `evidence`, and `citations` is as long as
//! `rows`.

mod citation;
mod evidence;
mod knowledge;
mod markup;
#[cfg(test)]
pub mod sample;
mod text;

pub use citation::{Citations, citation};
pub use evidence::{Claim, Evidence, Node, NodeRef, Relation, Source, Standing};
pub use knowledge::{Figure, FigureAmount, Knowledge, NodeName};
pub use markup::{Markup, Meaning, Piece};
pub use text::{TextForm, float_text};

pub use crate::diagnostics::Severity;

use crate::model::{ClaimId, Value};

/// What a statement gave.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The columns' names; empty for a statement that only writes.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Whether rows of the same answer came before, in another part: then there is no head to write.
    pub is_continued: bool,
    /// By row: the claims that the row rests on, each once, in the order in which they are to be read.
    pub citations: Vec<Vec<ClaimId>>,
    /// Whether its rows rest on relations that claims back, so that a table has a place for citations in every part of it.
    pub is_cited: bool,
    /// The subgraph that the rows were drawn from.
    pub evidence: Evidence,
    /// Warnings, and what is to be said of an empty answer.
    pub messages: Vec<Message>,
    /// What the statement changed.
    pub effects: Effects,
    /// The version of the knowledge base that the answer was drawn from.
    pub knowledge: Option<String>,
    /// How many rows the statement wishes shown; the rest is counted. Data formats write all rows.
    pub shown: Option<usize>,
    /// What the reader should know of how the answer came about: the default depth and the like, a line each.
    pub footer: Vec<String>,
    /// The text of EXPLAIN or PROFILE.
    pub explanation: Option<String>,
    /// `EXPORT format [TO 'file']` at the end of the query: where the answer is to go instead.
    pub drawing: Option<Drawing>,
}

impl Answer {
    /// Whether there is anything to print as a table.
    #[must_use]
    pub fn has_table(&self) -> bool {
        !self.columns.is_empty()
    }

    /// The claims that a row rests on.
    #[must_use]
    pub fn citations_of(&self, row: usize) -> &[ClaimId] {
        self.citations.get(row).map_or(&[], Vec::as_slice)
    }
}

/// Where an answer is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The name of an export format.
    pub format: String,
    /// The file; standard output where none is named.
    pub file: Option<String>,
}

/// What a statement changed, counted as openCypher's tests count it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Nodes created.
    pub nodes_created: usize,
    /// Nodes deleted.
    pub nodes_deleted: usize,
    /// Relations created.
    pub relations_created: usize,
    /// Relations deleted.
    pub relations_deleted: usize,
    /// Properties set to a value that is not null.
    pub properties_set: usize,
    /// Properties removed, or set to null.
    pub properties_removed: usize,
    /// Labels added.
    pub labels_added: usize,
    /// Labels removed.
    pub labels_removed: usize,
    /// Claims added.
    pub claims_added: usize,
}

impl Effects {
    /// Whether anything changed.
    #[must_use]
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// Each sort of change with its count, in words: `("nodes created", 2)`.
    #[must_use]
    pub fn counts(&self) -> [(&'static str, usize); 9] {
        [
            ("nodes created", self.nodes_created),
            ("nodes deleted", self.nodes_deleted),
            ("relations created", self.relations_created),
            ("relations deleted", self.relations_deleted),
            ("properties set", self.properties_set),
            ("properties removed", self.properties_removed),
            ("labels added", self.labels_added),
            ("labels removed", self.labels_removed),
            ("claims added", self.claims_added),
        ]
    }
}

/// Something to be said beside the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// What there is to say, in lower case, without a full stop.
    pub text: String,
    /// What to do about it, in the imperative.
    pub hint: Option<String>,
}

impl Message {
    /// A warning without a hint.
    #[must_use]
    pub fn warning(text: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, text: text.into(), hint: None }
    }

    /// A note without a hint.
    #[must_use]
    pub fn note(text: impl Into<String>) -> Self {
        Self { severity: Severity::Note, text: text.into(), hint: None }
    }

    /// With what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
